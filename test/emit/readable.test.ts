// The readable form does what the interpreter does, and both of its forms, with and without types, are one program.

import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import { emitTypeScript } from "../../src/emit/typescript.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { prepare } from "../support/corpus.ts";
import { randomSpec } from "../support/random-spec.ts";
import { loadReadable, readableDifference } from "../support/readable.ts";
import { machineOf } from "../support/spec.ts";

const options = { toolVersion: "0.0.0", sourceHash: "none" };

/** What is left of a module without its types and its layout. */
function stripped(machine: Machine, types: boolean): string {
  const text = emitTypeScript(machine, { ...options, types });
  return transformSync(text, { loader: "ts", target: "es2022", minifyWhitespace: true }).code;
}

const CHUNK = 20;

for (let from = 0; from < 100; from += CHUNK) {
  test(`random specs ${from} to ${from + CHUNK - 1} agree with the interpreter`, {
    timeout: 120_000,
  }, () => {
    for (let seed = from; seed < from + CHUNK; seed += 1) {
      const { machine } = prepare(randomSpec(seed));
      if (machine === null) continue;
      expect([seed, readableDifference(machine, 25)]).toEqual([seed, null]);
      expect([seed, stripped(machine, true) === stripped(machine, false)]).toEqual([seed, true]);
    }
  });
}

const counter = machineOf(`/// Counts.
spec counter
param TOP: 1..9 = 3
type Who = 1..2
enum Mood { calm, busy }
var n: 0..TOP = 0                         /// how far
var mood[Who]: Mood = calm
spinlock l[Who]
process worker[w: Who] {
  acquire l[w]                            /// spin_lock(l)
  mood[w] := busy
work:
  n += 1                                  /// n++
  release l[w]
}
action reset(to: 0..1) when n == TOP { n := to }
invariant small: n <= 2
step forward: n' >= n || taken(reset)`);

test("a module offers the spec's own names", () => {
  const module = loadReadable(counter);
  expect(Object.keys(module).sort()).toEqual(
    [
      "Fault",
      "TOP",
      "decode",
      "enabled",
      "encode",
      "forward",
      "initialStates",
      "movers",
      "newReport",
      "next",
      "packed",
      "reset",
      "small",
      "worker",
      "worker_at_worker_1",
      "worker_at_worker_2",
      "worker_at_worker_4",
      "worker_at_worker_work",
    ].sort(),
  );
  expect(module.movers).toEqual(["worker[1]", "worker[2]", "reset"]);
});

test("an action takes what it is given", () => {
  const module = loadReadable(counter);
  const [state] = module.initialStates(module.newReport());
  const full = { ...state, n: 3 };
  const reset = module["reset"] as (
    state: unknown,
    given?: { to?: number },
  ) => readonly { n: number }[];
  expect(reset(full).map(({ n }) => n)).toEqual([0, 1]);
  expect(reset(full, { to: 1 }).map(({ n }) => n)).toEqual([1]);
  expect(reset(state, { to: 1 })).toEqual([]);
});

test("what goes wrong is reported with its place", () => {
  const module = loadReadable(counter);
  const report = module.newReport();
  const [state] = module.initialStates(report);
  const l = { 1: "worker[1]", 2: null };
  const late = { ...state, n: 3, l, worker: { 1: { at: "worker.work" }, 2: { at: "done" } } };
  expect(module.next(late as never, "worker[1]", report)).toEqual([]);
  expect(report.faults.map(({ kind, place }) => `${kind} at ${place}`)).toEqual([
    "range at test.weft:13",
  ]);
});

test("the readable part of a small module", async () => {
  const text = emitTypeScript(counter, { ...options, types: true });
  const [readable = ""] = text.split("/** Where the words of a packed state keep what");
  expect(readable).toMatchInlineSnapshot(`
    "// counter: made by Weft 0.0.0 from test.weft.
    // Sources none. Do not edit: compile the spec again.

    // Counts.

    const all_Who: readonly Who[] = [1, 2];
    const all_0_to_1: readonly (0 | 1)[] = [0, 1];
    const all_Mood: readonly Mood[] = ["calm", "busy"];
    const all_process: readonly Process[] = ["worker[1]", "worker[2]"];
    const all_option: readonly (Process | null)[] = [null, ...all_process];

    export type Who = 1 | 2;

    export type Mood = "calm" | "busy";

    /** The instances of the processes. */
    export type Process = "worker[1]" | "worker[2]";

    /** The shared variables, who holds which lock, and where each process stands with its local variables. */
    export type State = {
      /** how far */
      n: 0 | 1 | 2 | 3;
      mood: { [key in Who]: Mood };
      l: { [key in Who]: Process | null };
      worker: { [key in 1 | 2]: { at: "worker.1" | "worker.2" | "worker.work" | "worker.4" | "done" } };
    };

    export const TOP = 3 as 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

    /** First values everywhere, locks free, processes at their first steps. */
    const blank: State = {
      n: 0,
      mood: { 1: "calm", 2: "calm" },
      l: { 1: null, 2: null },
      worker: { 1: { at: "worker.1" }, 2: { at: "worker.1" } },
    };

    /** The states in which the system may begin. */
    export function initialStates(report: Report = newReport()): State[] {
      return run<State>(blank, report, (s) => {
        s.n = 0;
        s.mood = keyed(all_Who, () => "calm") as { [key in Who]: Mood };
      });
    }

    /**
     * worker.1: \`acquire l[w]\`
     * spin_lock(l)
     * test.weft:10
     */
    export function worker_at_worker_1(state: State, w: 1 | 2, report: Report = newReport()): State[] {
      return run<State>(state, report, (s) => {
        const self = \`worker[\${w}]\` as Process;
        const own = s.worker[w];
        s.l[w] = acquired(s.l[w], self, "test.weft:10");
        own.at = "worker.2";
      });
    }

    /**
     * worker.2: \`mood[w] := busy\`
     * test.weft:11
     */
    export function worker_at_worker_2(state: State, w: 1 | 2, report: Report = newReport()): State[] {
      return run<State>(state, report, (s) => {
        const own = s.worker[w];
        s.mood[w] = "busy";
        own.at = "worker.work";
      });
    }

    /**
     * worker.work: \`n += 1\`
     * n++
     * test.weft:13
     */
    export function worker_at_worker_work(state: State, w: 1 | 2, report: Report = newReport()): State[] {
      return run<State>(state, report, (s) => {
        const own = s.worker[w];
        s.n = within(s.n + 1, 0, 3, "test.weft:13");
        own.at = "worker.4";
      });
    }

    /**
     * worker.4: \`release l[w]\`
     * test.weft:14
     */
    export function worker_at_worker_4(state: State, w: 1 | 2, report: Report = newReport()): State[] {
      return run<State>(state, report, (s) => {
        const self = \`worker[\${w}]\` as Process;
        const own = s.worker[w];
        s.l[w] = released(s.l[w], self, "test.weft:14");
        if (Object.values(s.l).some((lock) => holds(lock, self))) fault("lock-held-at-end", "test.weft:15");
        own.at = "done";
      });
    }

    /** The steps that worker can take. */
    export function worker(state: State, w: 1 | 2, report: Report = newReport()): State[] {
      switch (state.worker[w].at) {
        case "worker.1":
          return worker_at_worker_1(state, w, report);
        case "worker.2":
          return worker_at_worker_2(state, w, report);
        case "worker.work":
          return worker_at_worker_work(state, w, report);
        case "worker.4":
          return worker_at_worker_4(state, w, report);
        default:
          return [];
      }
    }

    /** test.weft:16 */
    export function reset(state: State, given: { readonly to?: 0 | 1 } = {}, report: Report = newReport()): State[] {
      return run<State>(state, report, (s, choose) => {
        let to: 0 | 1 = 0;
        to = pick<0 | 1>(choose, given.to === undefined ? all_0_to_1 : [given.to], () => true);
        if (!same(s.n, TOP)) wait();
        // n := to
        s.n = to;
      });
    }

    /** Who takes steps: process instances, then actions. */
    export type Mover = "worker[1]" | "worker[2]" | "reset";

    export const movers: readonly Mover[] = ["worker[1]", "worker[2]", "reset"];

    /** The states to which a mover can go; what goes wrong on the way is added to the report. */
    export function next(state: State, mover: Mover, report: Report = newReport()): State[] {
      switch (mover) {
        case "worker[1]":
          return worker(state, 1, report);
        case "worker[2]":
          return worker(state, 2, report);
        case "reset":
          return reset(state, {}, report);
      }
    }

    /** Who can take a step, though it may go wrong. */
    export function enabled(state: State): Mover[] {
      return movers.filter((mover) => {
        const report = newReport();
        return next(state, mover, report).length > 0 || report.faults.length > 0;
      });
    }

    /**
     * invariant small
     * test.weft:17
     */
    export function small(state: State): boolean {
      return state.n <= 2;
    }

    /**
     * step forward
     * test.weft:18
     */
    export function forward(before: State, after: State, taken: Mover): boolean {
      return after.n >= before.n || same(taken, "reset");
    }

    "
  `);
});
