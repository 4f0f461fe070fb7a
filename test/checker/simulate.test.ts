// What random walks report is so: on random specs, the whole search confirms everything. And they find what a search for all
// states cannot come to.
//
// WEFT_WALKED_SPECS says how many random specs to walk through.

import { describe, expect, test } from "vitest";
import type { Verdict } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import { type Simulation, simulate } from "../../src/checker/simulate.ts";
import type { WalkSettings } from "../../src/checker/walks.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { checkMachine, packedSystem } from "../../src/pipeline.ts";
import { lowered, prepareSeed, STATE_LIMIT } from "../support/corpus.ts";
import { machineOf } from "../support/spec.ts";

const specs = Number(process.env["WEFT_WALKED_SPECS"] ?? 60);

function walked(machine: Machine, settings: Partial<WalkSettings> = {}): Simulation {
  const limits = {
    runs: 100,
    depth: 100,
    seed: 1,
    memoryBytes: Number.POSITIVE_INFINITY,
    timeLimitSeconds: Number.POSITIVE_INFINITY,
    interrupted: () => false,
    now: () => 0,
  };
  return finish(simulate(machine, packedSystem(machine), { ...limits, ...settings }));
}

/** What a verdict is about. Which deadlock or cycle of locks is met first, of several, is another matter. */
function subject({ kind, name, detail, span }: Verdict): string {
  const place = kind === "deadlock" || kind === "lock_order" ? null : (span?.start ?? null);
  return JSON.stringify([kind, name, place, detail?.kind === "fault" ? detail.fault : null]);
}

/** Compares the walks through a machine with all that it can do; how many violations they found. */
function compare(machine: Machine, settings: Partial<WalkSettings>): number {
  const all = checkMachine(machine, { maxStates: STATE_LIMIT });
  if (!all.complete || all.initialStates === 0) return 0;
  const simulation = walked(machine, settings);
  const { verdicts, coverage, distinctStates } = simulation;
  expect(distinctStates).toBeLessThanOrEqual(all.distinctStates);
  expect([simulation.complete, simulation.initialStates]).toEqual([false, all.initialStates]);
  for (const verdict of verdicts) {
    expect(["violated", "reachable", "unknown"]).toContain(verdict.outcome);
    // Only how many beginnings there are is known.
    if (verdict.trace?.steps.length !== 0) expect(verdict.shortest).toBeNull();
    if (verdict.outcome === "unknown") continue;
    const confirmed = all.verdicts.find(
      (other) => subject(other) === subject(verdict) && other.outcome !== "holds",
    );
    expect(confirmed, subject(verdict)).toBeDefined();
    expect([confirmed?.outcome, confirmed?.kind]).toEqual([verdict.outcome, verdict.kind]);
    if (verdict.kind === "lock_order" || confirmed?.detail?.kind === "property-fault") continue;
    const steps = verdict.trace?.steps.length ?? -1;
    expect(steps).toBeGreaterThanOrEqual(confirmed?.trace?.steps.length ?? 0);
  }
  const met = new Set(coverage.branchesNeverEntered);
  expect(all.coverage.branchesNeverEntered.filter((branch) => !met.has(branch))).toEqual([]);
  for (const action of all.coverage.actionsNeverTaken)
    expect(coverage.actionsNeverTaken).toContain(action);
  for (const { name, reached } of coverage.labels)
    if (reached)
      expect(all.coverage.labels.find((label) => label.name === name)?.reached).toBe(true);
  const violated = new Set(verdicts.filter(({ outcome }) => outcome === "violated").map(subject));
  // Walks that met every state know as much as a search, but for what takes all states to be judged: where a cover cannot be
  // evaluated, it may be reached elsewhere.
  if (distinctStates === all.distinctStates) {
    const judged = all.verdicts.filter(
      ({ outcome, kind }) => outcome === "violated" && kind !== "stuck" && kind !== "cover",
    );
    expect(new Set(judged.map(subject))).toEqual(violated);
  }
  return violated.size;
}

describe("everything that walks report, the whole search confirms", () => {
  const sizes = [
    { runs: 1, depth: 1 },
    { runs: 3, depth: 4 },
    { runs: 5, depth: 1000 },
    { runs: 200, depth: 30 },
  ];
  test("on random specs, folded and unfolded", { timeout: 300_000 }, () => {
    let violations = 0;
    for (let seed = 0; seed < specs; seed += 1) {
      const { machine, model } = prepareSeed(seed);
      if (machine === null || model === null) continue;
      const unfolded = lowered(model, { fold: false, reset: false });
      const size = sizes[seed % sizes.length] ?? {};
      violations += compare(machine, { ...size, seed });
      violations += compare(unfolded, { ...size, seed });
    }
    expect(violations).toBeGreaterThan(specs / 5);
  });
});

/** Workers that count, each in its own time: (STEPS + 1)^6 states, all within reach of few walks. */
const large = `spec large
param STEPS: 1..200 = 40
param WORKERS: 1..6 = 6
type Worker = 1..WORKERS
var done[Worker]: 0..STEPS = 0
mutex last
process worker[w: Worker] {
  while done[w] < STEPS {
    done[w] := done[w] + 1
  }
  acquire last
  assert finished: exists v in Worker: done[v] < STEPS
  release last
}
`;

test("a violation that lies too deep for a search of all states is found at once", () => {
  const machine = machineOf(large);
  const all = checkMachine(machine, { maxStates: 100_000 });
  expect(all.verdicts.filter(({ outcome }) => outcome !== "unknown")).toEqual([]);
  const simulation = walked(machine, { runs: 10, depth: 1000 });
  const [finished] = simulation.verdicts.filter(({ name }) => name === "finished");
  expect(finished?.outcome).toBe("violated");
  expect(finished?.trace?.steps.length).toBeGreaterThanOrEqual(240);
});

/** A process that may go round for long before it does what is wrong, in a shorter way each time. */
const wandering = `spec wandering
var at: 0..9 = 0
process wanderer {
  while true {
    either { await at < 9; at := at + 1 } or { await at > 0; at := at - 1 }
  }
}
invariant near: at < 8
`;

test("a found way is made as short as the states met allow", () => {
  const machine = machineOf(wandering);
  const simulation = walked(machine, { runs: 1, depth: 10_000 });
  const [near] = simulation.verdicts;
  const [shortest] = checkMachine(machine).verdicts;
  expect(near?.outcome).toBe("violated");
  expect(near?.trace?.steps.length).toBe(shortest?.trace?.steps.length);
  expect(simulation.walks.longest).toBeGreaterThan(20);
});

test("the same seed meets the same, another one something else", () => {
  const machine = machineOf(wandering);
  const plain = (seed: number): string =>
    JSON.stringify(walked(machine, { runs: 3, depth: 50, seed }), (key, value: unknown) =>
      key === "source" || key === "seed" ? null : value,
    );
  expect(plain(7)).toBe(plain(7));
  expect(plain(7)).not.toBe(plain(8));
});

test("each mover is drawn as often as the others, however many steps it has", () => {
  const machine = machineOf(`spec fair
type Many = 1..50
var narrow: 0..1000 = 0
var broad: 0..1000 = 0
action one { await narrow < 1000; narrow := narrow + 1 }
action fifty(m: Many) { await broad < 1000 && m > 0; broad := broad + 1 }
cover even: narrow > 400 && broad > 400
terminal when true
`);
  const { verdicts } = walked(machine, { runs: 1, depth: 1000 });
  expect(verdicts[0]?.outcome).toBe("reachable");
});

test("a known violation does not hide what lies behind it", () => {
  const machine = machineOf(`spec twice
var n: 0..20 = 0
process p { while n < 20 { n := n + 1 } }
invariant early: n < 2
invariant late: n < 19
`);
  const { verdicts } = walked(machine, { runs: 2 });
  expect(verdicts.slice(0, 2).map(({ outcome }) => outcome)).toEqual(["violated", "violated"]);
});

describe("limits", () => {
  const machine = machineOf(large);

  test("walks stop at a limit on memory, time, and at Ctrl-C, and what they met is judged", () => {
    const small = walked(machine, { runs: 1e9, memoryBytes: 1 << 20 });
    expect(small.stoppedBy).toBe("memory");
    expect(small.distinctStates).toBeLessThan((0.4 * (1 << 20)) / 8);
    let clock = 0;
    const now = (): number => (clock += 50);
    expect(walked(machine, { runs: 1e9, timeLimitSeconds: 1, now }).stoppedBy).toBe("time-limit");
    const interrupted = walked(machine, { runs: 1e9, interrupted: () => true, now });
    expect(interrupted.stoppedBy).toBe("interrupted");
    expect(interrupted.distinctStates).toBeGreaterThan(100);
    expect(walked(machine, { runs: 1 }).stoppedBy).toBe("walks");
  });

  test("walks without any step heed them too", () => {
    const still = machineOf(
      "spec still\nvar n: bool = false\naction never { await n; n := true }\n",
    );
    let clock = 0;
    const now = (): number => (clock += 50);
    const { stoppedBy, verdicts } = walked(still, { runs: 1e9, timeLimitSeconds: 1, now });
    expect(stoppedBy).toBe("time-limit");
    expect(verdicts.find(({ kind }) => kind === "deadlock")?.outcome).toBe("violated");
  });
});
