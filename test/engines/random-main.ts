// A long run of random specs through all engines: `npm run test:engines -- --runs N`.
//
//   --runs N         specs to try (1000)
//   --seed S         the first one's seed (0)
//   --only A,B,…     just these seeds
//   --engines A,B    spin, rumur, tlc (spin,rumur)
//   --jobs J         specs at a time (2)
//   --shrink T       seconds for making one disagreement smaller (120; 0: they stay as they are)
//   --choose N       no run: prints seeds of N small specs that have every kind of node, for the short run in the tests
//   --json FILE      keeps the counts there; a run that begins where the kept one ended goes on with its counts
//
// Exits with 1 if anything disagrees, breaks down or is refused too often.

import { parseArgs } from "node:util";
import type { Engine } from "../../src/engines/engine.ts";
import { engines as known } from "../../src/engines/engines.ts";
import { chooseSeeds } from "./random-choose.ts";
import { poolOf } from "./random-pool.ts";
import { longRun, type RunOptions } from "./random-run.ts";
import { serve } from "./random-worker.ts";

interface Options extends RunOptions {
  readonly jobs: number;
  /** How many seeds to choose instead of running. */
  readonly choose: number | null;
}

/** Seeds are chosen among so many. */
const CHOSEN_AMONG = 2_500;

function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: "string", default: "1000" },
      seed: { type: "string", default: "0" },
      only: { type: "string" },
      engines: { type: "string", default: "spin,rumur" },
      jobs: { type: "string", default: "2" },
      shrink: { type: "string", default: "120" },
      choose: { type: "string" },
      json: { type: "string" },
    },
  });
  const first = whole("seed", values.seed);
  const row = Array.from({ length: whole("runs", values.runs) }, (_, at) => first + at);
  return {
    seeds: values.only?.split(",").map((seed) => whole("only", seed)) ?? row,
    engines: values.engines.split(",").map((name) => engineOf(name).name),
    jobs: Math.max(1, whole("jobs", values.jobs)),
    shrinkSeconds: whole("shrink", values.shrink),
    choose: values.choose === undefined ? null : whole("choose", values.choose),
    json: values.json ?? null,
  };
}

function whole(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`--${option} takes whole numbers, not ${text}`);
}

function engineOf(name: string): Engine {
  const engine = known.find((one) => one.name === name);
  if (engine !== undefined) return engine;
  throw new Error(`no engine ${name}: ${known.map((one) => one.name).join(", ")}`);
}

async function main(args: readonly string[]): Promise<boolean> {
  const options = optionsFrom(args);
  if (options.choose !== null) {
    process.stdout.write(`${chooseSeeds(options.choose, CHOSEN_AMONG).join(", ")}\n`);
    return true;
  }
  for (const name of options.engines) {
    const missing = await engineOf(name).missing({ tlc: null });
    if (missing !== null) throw new Error(`${missing.message}\n${missing.hint ?? ""}`);
  }
  const pool = poolOf(options.jobs, options.engines);
  const stop = new AbortController();
  stop.signal.addEventListener("abort", () => pool.close());
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort());
  const well = await longRun(options, pool, stop.signal);
  pool.close();
  return well;
}

const [mode, ...rest] = process.argv.slice(2);
if (mode === "--worker") serve(rest.map(engineOf));
else process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
