// The last step of the build: runs the program in a folder with some arguments, says nothing of what it shows, and keeps
// the code that V8 has made of it by then.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { loadProgram } from "./program.ts";

const [folder = "dist", ...args] = process.argv.slice(2);
const url = pathToFileURL(`${resolve(folder)}/`);
process.argv = [...process.argv.slice(0, 2), ...args];
process.stdout.write = () => true;
const program = loadProgram(url, new URL("cli.js", url).href);
process.on("exit", program.keepCompiled);
program.run();
