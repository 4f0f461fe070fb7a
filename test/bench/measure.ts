// One exploration in a process of its own: compile, make the machine, search to the end. What it took is plain data.

import { spawnSync } from "node:child_process";
import { DEFAULT_SEARCH, explore, finish } from "../../src/checker/explore.ts";
import { interpretedSystem } from "../../src/checker/interpreted-system.ts";
import { compile, compiledSearch, packedSystem } from "../../src/pipeline.ts";
import { readText } from "../../src/runtime/files.ts";
import { type Case, caseName } from "./cases.ts";

/** What takes the steps: the generated module, the module in WebAssembly, or the interpreter. */
export type Backend = "js" | "wasm" | "interpreter";

/** What one exploration took. */
export interface Measured {
  readonly states: number;
  readonly transitions: number;
  /** Bytes of one packed state. */
  readonly packedBytes: number;
  /** All that the search keeps at its end: states, hash slots, parents, and the edges for later passes. */
  readonly keptBytes: number;
  readonly seconds: number;
  /** The most that the process had in memory, Node itself included. */
  readonly peakBytes: number;
}

const measureFlag = "--measure";

/** Explores in a fresh process, so that nothing is warm and the peak of memory is its own. */
export function measure(of: Case, backend: Backend): Measured {
  const program = process.argv[1] ?? "";
  const request = JSON.stringify({ of, backend });
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, measureFlag, request], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`cannot measure ${caseName(of)}: ${stderr}`);
  return JSON.parse(stdout) as Measured;
}

/** In the fresh process: explores what was asked for and writes the figures. False if nothing was asked for. */
export function answerMeasure(args: readonly string[]): boolean {
  const [flag, request] = args;
  if (flag !== measureFlag || request === undefined) return false;
  const { of, backend } = JSON.parse(request) as { of: Case; backend: Backend };
  process.stdout.write(JSON.stringify(exploreOnce(of, backend)));
  return true;
}

function exploreOnce({ path, settings }: Case, backend: Backend): Measured {
  const { machine, diagnostics } = compile(path, readText, new Map(Object.entries(settings)));
  if (machine === null) {
    throw new Error(`${path}: ${diagnostics.map(({ message }) => message).join("; ")}`);
  }
  const system = backend === "interpreter" ? interpretedSystem(machine) : packedSystem(machine);
  const started = performance.now();
  // To make the module of WebAssembly is part of what it takes.
  const compiled = backend === "wasm" ? compiledSearch(machine, 0) : null;
  const search = finish(explore(system, { ...DEFAULT_SEARCH, compiled }));
  const seconds = (performance.now() - started) / 1000;
  const { table, parents, edges } = search;
  return {
    states: table.count,
    transitions: search.transitions,
    packedBytes: table.width * table.arena.BYTES_PER_ELEMENT,
    keptBytes: table.bytes + parents.bytes + (edges?.bytes ?? 0),
    seconds,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}
