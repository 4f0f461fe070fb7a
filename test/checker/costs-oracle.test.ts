// The totals of costs of random specs against brute force over the interpreter's graph. WEFT_COSTS says of how many.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  type BuiltInTotals,
  builtInTotals,
  builtInTrace,
} from "../../src/checker/built-in-costs.ts";
import type { Trace } from "../../src/checker/exploration.ts";
import { replayerOf } from "../../src/checker/trace.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compile, versionOf } from "../../src/pipeline.ts";
import { prepareSeed } from "../support/corpus.ts";
import {
  acquiresWeigher,
  declaredWeigher,
  extremes,
  stepsWeigher,
  type Weigher,
  waitsWeigher,
} from "../support/cost-oracle.ts";
import { costSpec } from "../support/cost-spec.ts";
import { type ExplicitGraph, explicitGraph } from "../support/explicit-graph.ts";
import { machineOf } from "../support/spec.ts";

const SPECS = Number(process.env["WEFT_COSTS"] ?? 25);
const MAX_STATES = 250;

/** A cost as the checker has it, beside what it should be. */
interface Judged {
  readonly name: string;
  readonly least: number | null;
  readonly greatest: number | "unbounded" | null;
  readonly leastRun: Trace | null;
  readonly greatestRun: Trace | null;
  readonly loopStart: number | null;
  readonly weigher: Weigher;
}

function judgedCosts(machine: Machine, graph: ExplicitGraph): readonly Judged[] {
  const { search, exploration, counted } = versionOf(machine);
  const replayer = replayerOf(search, graph.interpreter);
  const weigherOf = ({ kind, lock, mover }: BuiltInTotals): Weigher => {
    if (lock !== null) return acquiresWeigher(lock.name, mover);
    return kind === "waits" ? waitsWeigher(graph, mover ?? -1) : stepsWeigher(mover);
  };
  return [
    ...exploration.costs.map((cost, index) => ({ ...cost, weigher: declaredWeigher(index) })),
    ...builtInTotals(machine, search, counted()).map((cost): Judged => {
      const [leastRun, greatestRun] = [cost.leastRun, cost.greatestRun].map((run) =>
        run === null ? null : builtInTrace(replayer, cost, run),
      );
      return {
        ...cost,
        name: `${cost.name} of ${cost.mover}`,
        leastRun: leastRun ?? null,
        greatestRun: greatestRun ?? null,
        weigher: weigherOf(cost),
      };
    }),
  ];
}

/** What the steps of a run may add up to: steps that look the same may weigh differently. */
interface Sums {
  readonly start: ReadonlySet<number>;
  readonly steps: readonly ReadonlySet<number>[];
}

function sumsOf(graph: ExplicitGraph, trace: Trace, weigher: Weigher): Sums {
  const numbers = trace.states.map((state) => graph.numberOf(state));
  expect(numbers.every((number) => number < graph.steps.length)).toBe(true);
  expect(graph.steps[numbers.at(-1) as number]).toEqual([]);
  const beginnings = graph.beginnings.filter(({ state }) => state === numbers[0]);
  expect(beginnings).not.toEqual([]);
  const start = new Set(
    beginnings.map(({ beginning }) =>
      beginning.start.reduce((sum, work) => sum + weigher.start(work), 0),
    ),
  );
  const steps = trace.steps.map(({ mover }, position) => {
    const from = numbers[position] as number;
    const fitting = graph.steps[from]?.filter(
      (step) => step.mover === mover && step.to === numbers[position + 1],
    );
    return new Set(fitting?.map(weigher.step));
  });
  return { start, steps };
}

/** Is there a choice among the weights of the steps that adds up to this? */
function addsUp(sets: readonly ReadonlySet<number>[], total: number): boolean {
  let sums = new Set([0]);
  for (const set of sets) {
    sums = new Set([...sums].flatMap((sum) => [...set].map((weight) => sum + weight)));
  }
  return sums.has(total);
}

function judge(graph: ExplicitGraph, cost: Judged): void {
  const { least, greatest, leastRun, greatestRun, loopStart, weigher } = cost;
  expect({ name: cost.name, least, greatest }).toEqual({
    name: cost.name,
    ...extremes(graph, weigher),
  });
  expect(leastRun === null).toBe(least === null);
  expect(greatestRun === null).toBe(least === null);
  if (leastRun === null || greatestRun === null || least === null) return;
  const low = sumsOf(graph, leastRun, weigher);
  expect(addsUp([low.start, ...low.steps], least)).toBe(true);
  const high = sumsOf(graph, greatestRun, weigher);
  if (greatest !== "unbounded") {
    expect(loopStart).toBeNull();
    expect(addsUp([high.start, ...high.steps], greatest ?? -1)).toBe(true);
    return;
  }
  const states = greatestRun.states.map((state) => graph.numberOf(state));
  const back = states.indexOf(states[loopStart ?? -1] as number, (loopStart ?? 0) + 1);
  expect(back).toBeGreaterThan(0);
  expect(high.steps.slice(loopStart ?? 0, back).some((set) => Math.max(...set) > 0)).toBe(true);
}

interface Seen {
  specs: number;
  costs: number;
  /** Specs with a cost that has no greatest total; with one that has; without a complete run. */
  unbounded: number;
  bounded: number;
  withoutRun: number;
}

/** Judges all costs of specs that are small enough, from seed 0 on. */
function judgeSpecs(name: string, machineOfSeed: (seed: number) => Machine | null): Seen {
  const seen: Seen = { specs: 0, costs: 0, unbounded: 0, bounded: 0, withoutRun: 0 };
  for (let seed = 0; seen.specs < SPECS; seed += 1) {
    const machine = machineOfSeed(seed);
    const graph = machine && explicitGraph(machine, MAX_STATES);
    if (machine === null || graph === null) continue;
    const costs = judgedCosts(machine, graph);
    for (const cost of costs) judge(graph, cost);
    const greatest = costs.map((cost) => cost.greatest);
    seen.specs += 1;
    seen.costs += costs.length;
    if (greatest.includes("unbounded")) seen.unbounded += 1;
    if (greatest.some((total) => typeof total === "number" && total > 0)) seen.bounded += 1;
    if (greatest.every((total) => total === null)) seen.withoutRun += 1;
  }
  process.stdout.write(`${name}: ${JSON.stringify(seen)}\n`);
  return seen;
}

const LONG = { timeout: 1_200_000 };

test("costs of specs made for it have the totals that brute force finds", LONG, () => {
  const seen = judgeSpecs("specs of costs", (seed) => machineOf(costSpec(seed)));
  expect(seen.unbounded).toBeGreaterThan(SPECS / 6);
  expect(seen.bounded).toBeGreaterThan(SPECS / 2);
});

test("costs of random specs have the totals that brute force finds", LONG, () => {
  const seen = judgeSpecs("random specs", (seed) => prepareSeed(seed).machine);
  expect(seen.bounded).toBeGreaterThan(SPECS / 10);
  expect(seen.withoutRun).toBeGreaterThan(SPECS / 10);
});

test.each(["pre-patch", "post-patch"])("so have those of %s.weft", LONG, (version) => {
  const { machine } = compile(
    `specs/thp-unmap/${version}.weft`,
    (path) => readFileSync(path, "utf8"),
    new Map([["MMS", "1"]]),
  );
  const graph = machine && explicitGraph(machine, Number.POSITIVE_INFINITY);
  if (machine === null || graph === null) throw new Error(version);
  for (const cost of judgedCosts(machine, graph)) judge(graph, cost);
});
