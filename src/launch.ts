#!/usr/bin/env node
// The executable: runs the program, which is cli.ts and all that it needs in one file beside this one.

import { loadProgram } from "./runtime/program.ts";

loadProgram(new URL("./", import.meta.url), import.meta.url).run();
