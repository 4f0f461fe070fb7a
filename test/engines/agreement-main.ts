// `npm run agreement`: has all engines check all specs with the built program, and writes docs/agreement.md.

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readText, writeTextAtomically } from "../../src/runtime/files.ts";
import { type Agreement, drawPage } from "./agreement-document.ts";
import type { RandomResults } from "./random-results.ts";

const page = "docs/agreement.md";
const results = "test/engines/random-results.json";

const specs = readdirSync("specs", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".weft"))
  .map((path) => join("specs", path))
  .sort();

const agreements = specs.map(agreementOn);
const kept = JSON.parse(readText(results) ?? '{ "engines": [] }') as RandomResults;
const text = drawPage({ command: "npm run agreement", agreements, random: kept.engines });
writeTextAtomically(page, text);
process.stderr.write(`written to ${page}\n`);
if (agreements.some(({ status }) => status !== "agreed")) process.exitCode = 1;

function agreementOn(path: string): Agreement {
  process.stderr.write(`${path}\n`);
  // What is given to each does not depend on what is free at the moment.
  const options = ["--engine", "all", "--json", "--quiet", "--memory", "8G"];
  const args = ["dist/cli.js", "check", ...options, path];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Agreement;
}
