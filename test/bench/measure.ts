// One exploration in a process of its own: compile, make the machine, search to the end. What it took is plain data.

import { spawnSync } from "node:child_process";
import { DEFAULT_SEARCH, explore, finish } from "../../src/checker/explore.ts";
import { interpretedSystem } from "../../src/checker/interpreted-system.ts";
import { compile, compiledSearch, packedSystem } from "../../src/pipeline.ts";
import { readText } from "../../src/runtime/files.ts";
import { startCrew } from "../../src/runtime/worker-threads.ts";
import { type Case, caseName } from "./cases.ts";

/** What takes the steps: the generated module, the module in WebAssembly, or the interpreter. */
export type Backend = "js" | "wasm" | "interpreter";

export interface Setting {
  readonly backend: Backend;
  readonly workers: number;
}

/** What one exploration took. */
export interface Measured {
  readonly states: number;
  readonly initialStates: number;
  readonly transitions: number;
  readonly depth: number;
  /** Bytes of one packed state. */
  readonly packedBytes: number;
  readonly seconds: number;
}

const measureFlag = "--measure";

/** Explores in a fresh process, so that nothing is warm. */
export function measure(of: Case, setting: Setting): Measured {
  const program = process.argv[1] ?? "";
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, ...request(of, setting)],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`cannot measure ${caseName(of)}: ${stderr}`);
  return answered(stdout);
}

/** The arguments of the fresh process. */
export function request(of: Case, setting: Setting): readonly string[] {
  return [measureFlag, JSON.stringify({ of, setting })];
}

/** What the fresh process has written. */
export function answered(stdout: string): Measured {
  return JSON.parse(stdout) as Measured;
}

/** In the fresh process: explores what was asked for and writes the figures. False if nothing was asked for. */
export function answerMeasure(args: readonly string[]): boolean {
  const [flag, request] = args;
  if (flag !== measureFlag || request === undefined) return false;
  const { of, setting } = JSON.parse(request) as { of: Case; setting: Setting };
  process.stdout.write(JSON.stringify(exploreOnce(of, setting)));
  return true;
}

function exploreOnce({ path, settings }: Case, { backend, workers }: Setting): Measured {
  const { machine, diagnostics } = compile(path, readText, new Map(Object.entries(settings)));
  if (machine === null) {
    throw new Error(`${path}: ${diagnostics.map(({ message }) => message).join("; ")}`);
  }
  const system = backend === "interpreter" ? interpretedSystem(machine) : packedSystem(machine);
  const started = performance.now();
  // To make the module of WebAssembly is part of what it takes.
  const crew = workers > 1 ? { count: workers, startCrew } : null;
  const compiled = backend === "wasm" ? compiledSearch(machine, 0, {}, crew) : null;
  const search = finish(explore(system, { ...DEFAULT_SEARCH, compiled }));
  const seconds = (performance.now() - started) / 1000;
  const { table } = search;
  return {
    states: table.count,
    initialStates: search.initialStates,
    transitions: search.transitions,
    depth: search.levels.length - 1,
    packedBytes: table.width * Int32Array.BYTES_PER_ELEMENT,
    seconds,
  };
}
