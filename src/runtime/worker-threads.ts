// Threads that run modules of WebAssembly over one shared memory.

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** As many as there are cores, but no more than one memory can keep busy. */
export function defaultWorkers(): number {
  return Math.min(availableParallelism(), 8);
}

/** Threads that were started. */
export interface Crew {
  /** Whether the thread with this number, from 0, has come to an end, or could not begin. */
  readonly lost: (thread: number) => boolean;
  /** Ends them all. */
  readonly stop: () => void;
}

// As text, since the program is one file, of which a thread needs no more than this.
const script = `
const { bytes, memory } = require("node:worker_threads").workerData;
const module = new WebAssembly.Module(bytes);
new WebAssembly.Instance(module, { shared: { memory } }).exports.serve();
`;

/** Starts a thread for each module, which is given the memory as `shared.memory` and runs its function `serve`. */
export function startCrew(modules: readonly Uint8Array<ArrayBuffer>[], memory: object): Crew {
  const lost = new Set<number>();
  const threads = modules.map((bytes, thread) => {
    const lose = (): void => {
      lost.add(thread);
    };
    const worker = new Worker(script, { eval: true, workerData: { bytes, memory }, execArgv: [] });
    worker.on("error", lose);
    worker.on("exit", lose);
    // It never keeps the program from ending.
    worker.unref();
    return worker;
  });
  return {
    lost: (thread) => lost.has(thread),
    stop: () => {
      for (const thread of threads) thread.terminate().catch(() => {});
    },
  };
}
