// Threads for searches by several workers, kept from one search to the next: to start them takes longer than small searches.

import { Worker } from "node:worker_threads";
import type { SharedForm } from "../../src/checker/team.ts";
import { emitShared } from "../../src/emit/wasm/rounds/module.ts";
import type { Sharing } from "../../src/emit/wasm/rounds/shared-map.ts";
import type { Machine } from "../../src/machine/machine.ts";

const script = `
require("node:worker_threads").parentPort.on("message", ({ bytes, memory }) => {
  new WebAssembly.Instance(new WebAssembly.Module(bytes), { shared: { memory } }).exports.serve();
});
`;

/** Turns that are taken after some rounds; the last call of all, to leave, is one too. */
const SOME_ROUNDS = 10;

const threads: Worker[] = [];

function thread(at: number): Worker {
  const known = threads[at];
  if (known !== undefined) return known;
  const worker = new Worker(script, { eval: true });
  worker.unref();
  threads.push(worker);
  return worker;
}

/** The form for several workers who have begun before the search goes on, so that small searches are shared too. */
export function readyForm(
  machine: Machine,
  sharing: Sharing,
  after: number,
  onShared: () => void,
): SharedForm {
  const modules = emitShared(machine, sharing);
  return {
    after,
    modules: () => modules,
    startCrew: (own, memory) => {
      for (const [at, bytes] of own.entries()) thread(at).postMessage({ bytes, memory });
      const words = new Int32Array(memory.buffer);
      own.forEach((_, at) => {
        if (modules === null) return;
        const { workersAt, worker } = modules;
        const done = (workersAt + (at + 1) * worker.stride + worker.done) >> 2;
        while (Atomics.load(words, done) === 0) Atomics.wait(words, done, 0, 10);
      });
      // Those who were never called wait still.
      const stop = (): void => {
        if (modules === null) return;
        const { controlAt, control, jobs } = modules;
        if ((words[(controlAt + control.turn) >> 2] as number) > SOME_ROUNDS) onShared();
        words[(controlAt + control.job) >> 2] = jobs.indexOf("leave");
        Atomics.add(words, (controlAt + control.turn) >> 2, 1);
        Atomics.notify(words, (controlAt + control.turn) >> 2);
      };
      return { lost: () => false, stop };
    },
  };
}
