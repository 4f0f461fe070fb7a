// The machine that counts its locks has the same states and steps, word for word, and counts what the interpreter sees.

import { expect, test } from "vitest";
import { DEFAULT_SEARCH, explore, finish } from "../../src/checker/explore.ts";
import { interpret } from "../../src/checker/interpret.ts";
import { type TransitionSystem, Transitions } from "../../src/checker/transition-system.ts";
import { withLockCosts } from "../../src/machine/counted.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { packedSystem } from "../../src/pipeline.ts";
import { prepareSeed } from "../support/corpus.ts";
import { acquiresWeigher } from "../support/cost-oracle.ts";
import { costSpec } from "../support/cost-spec.ts";
import { machineOf } from "../support/spec.ts";

const SPECS = 25;
const STATES = 200;

/** What `out` has found: by step, all but what it weighs; and its weights. */
function found(system: TransitionSystem, out: Transitions) {
  const { width, costs } = out;
  return Array.from({ length: out.count }, (_, step) => {
    const fault = out.fault[step] as number;
    return {
      mover: out.mover[step],
      fault: system.faults[fault] ?? null,
      words: fault >= 0 ? null : [...out.words.slice(step * width, (step + 1) * width)],
      weights: [...out.weights.slice(step * costs, (step + 1) * costs)],
    };
  });
}

/** Compares the first states of a machine with those of the machine that counts; the number of acquisitions seen. */
function compare(machine: Machine): number {
  const plain = packedSystem(machine);
  const counting = packedSystem(withLockCosts(machine));
  expect(counting.width).toBe(plain.width);
  expect(counting.costs).toEqual([
    ...plain.costs,
    ...machine.locks.map(({ name }) => `acquires ${name}`),
  ]);
  const interpreter = interpret(machine);
  const { table } = finish(explore(plain, { ...DEFAULT_SEARCH, maxStates: STATES }));
  const [one, other] = [plain, counting].map(
    (system) => new Transitions(system.width, system.costs.length),
  ) as [Transitions, Transitions];
  let acquired = 0;
  for (let state = 0; state < table.count; state += 1) {
    plain.successors(table.arena, state * plain.width, one);
    counting.successors(table.arena, state * plain.width, other);
    const steps = interpreter.steps(plain.decode(table.arena, state * plain.width));
    const acquisitions = machine.locks.map(({ name }) => acquiresWeigher(name, null));
    const counted = found(counting, other);
    expect(counted).toEqual(
      found(plain, one).map((step, index) => {
        const taken = steps[index] as (typeof steps)[number];
        const whole = { from: state, mover: taken.mover, to: 0, key: "", taken };
        // A faulting step weighs what it came to.
        const weights = acquisitions.map((weigher) => weigher.step(whole));
        acquired += weights.reduce((sum, weight) => sum + weight, 0);
        return {
          ...step,
          weights: step.fault ? counted[index]?.weights : [...step.weights, ...weights],
        };
      }),
    );
  }
  plain.initial(one);
  counting.initial(other);
  const withZeros = found(plain, one).map((step) => {
    return { ...step, weights: [...step.weights, ...machine.locks.map(() => 0)] };
  });
  expect(found(counting, other)).toEqual(withZeros);
  return acquired;
}

test("counting locks changes no state and no step, and misses no acquisition", {
  timeout: 60_000,
}, () => {
  let acquired = 0;
  for (let seed = 0; seed < SPECS; seed += 1) {
    acquired += compare(machineOf(costSpec(seed)));
    const { machine } = prepareSeed(seed);
    if (machine !== null) acquired += compare(machine);
  }
  expect(acquired).toBeGreaterThan(300);
});

test("a lock taken and released within one step is counted, once more if it is tried again", () => {
  const machine = machineOf(`spec s
    mutex m
    process p {
      atomic {
        acquire m
        release m
        if try acquire m { release m }
      }
    }`);
  const system = packedSystem(withLockCosts(machine));
  const out = new Transitions(system.width, system.costs.length);
  system.initial(out);
  system.successors(out.words.slice(), 0, out);
  expect([...out.weights.slice(0, out.count)]).toEqual([2]);
});
