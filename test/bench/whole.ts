// The whole program, from its start to the verdict, beside a Node that starts and does nothing.

import { spawnSync } from "node:child_process";
import type { Case } from "./cases.ts";
import { median } from "./figures.ts";

const program = "dist/cli.js";
/** Exit codes of a check that came to its end, whatever it found. */
const verdicts: readonly (number | null)[] = [0, 11, 12, 14, 15];

/** What the whole program took for one spec. */
export interface Whole {
  readonly states: number;
  readonly seconds: number;
  readonly bareSeconds: number;
  /** Of pairs of runs right after each other. */
  readonly ratio: number;
}

/** Times `weft check` and `node -e 0` in turn. */
export function timeWhole(path: string, runs: number): Whole {
  const states = distinctStates(path);
  const pairs = Array.from({ length: runs }, () => {
    const bare = timed(["-e", "0"]);
    const check = timed([program, "check", "--quiet", path]);
    return { bare, check };
  });
  return {
    states,
    seconds: median(pairs.map(({ check }) => check)),
    bareSeconds: median(pairs.map(({ bare }) => bare)),
    ratio: median(pairs.map(({ bare, check }) => check / bare)),
  };
}

/** Seconds of one `weft check` at some size. */
export function timeCheck({ path, settings }: Case): number {
  const given = Object.entries(settings).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
  return timed([program, "check", "--quiet", ...given, path]);
}

/** Not timed: it also brings the files into memory. */
function distinctStates(path: string): number {
  const args = [program, "check", "--json", path];
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  return (JSON.parse(stdout) as { distinctStates: number }).distinctStates;
}

function timed(args: readonly string[]): number {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  const seconds = (performance.now() - started) / 1000;
  if (!verdicts.includes(status)) throw new Error(`node ${args.join(" ")} ended with ${status}`);
  return seconds;
}
