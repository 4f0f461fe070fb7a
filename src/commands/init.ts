// `weft init NAME`: a small spec to start from.

import { existsSync } from "node:fs";
import type { Command } from "commander";
import { print, remark, wroteFile } from "./console.ts";
import { exitCodes } from "./exit-codes.ts";

export function addInit(program: Command): void {
  program
    .command("init")
    .description("write a small spec to start from")
    .argument("<name>", "its name; the file is NAME.weft")
    .action(runInit);
}

function runInit(given: string): void {
  const path = given.endsWith(".weft") ? given : `${given}.weft`;
  const name = path
    .replace(/^.*[\\/]/, "")
    .replace(/\.weft$/, "")
    .replaceAll("-", "_");
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    remark(`\`${name}\` cannot be the name of a spec: use letters, digits and underscores`);
    process.exitCode = exitCodes.usage;
  } else if (existsSync(path)) {
    remark(`${path} exists already`);
    process.exitCode = exitCodes.usage;
  } else if (wroteFile(path, starter(name))) {
    print(`wrote ${path}; now try: weft check ${path}`);
  } else {
    process.exitCode = exitCodes.usage;
  }
}

/** Two CPUs count up, each reading and writing in two steps: the classic lost update. */
export function starter(name: string): string {
  return `/// Two CPUs count an event each. Is any of them lost?
spec ${name}

type Cpu = 1..2

var hits: 0..2 = 0

fn count_hit() {
  var seen: 0..2 = hits                   /// seen = READ_ONCE(hits)
  hits := seen + 1                        /// WRITE_ONCE(hits, seen + 1)
}

process cpu[c: Cpu] { count_hit() }

/// When both are done, both were counted. (Not so: take a lock around the two steps and see.)
invariant none_lost: (forall c in Cpu: done(cpu[c])) => hits == 2

cover both_counted: hits == 2

expect none_lost violated
expect both_counted reachable
`;
}
