// Transplants of random specs: onto themselves, where everything must go alike, and from a base to what a random patch makes of it.

import { expect, test } from "vitest";
import { outcomeOf } from "../../src/checker/expectations.ts";
import { finish } from "../../src/checker/explore.ts";
import { interpret } from "../../src/checker/interpret.ts";
import type { State } from "../../src/checker/transition-system.ts";
import { sameValue } from "../../src/checker/values.ts";
import { matchLines } from "../../src/diff/matching/matching.ts";
import type { Transplant } from "../../src/diff/transplant/transplant.ts";
import { transplanterOf } from "../../src/diff/transplant/transplanter.ts";
import type { Version } from "../../src/diff/version.ts";
import { stateKey } from "../../src/machine/state.ts";
import { versionOf } from "../../src/pipeline.ts";
import { prepare, STATE_LIMIT } from "../support/corpus.ts";
import { type RandomSpec, randomSpec } from "../support/random-spec.ts";
import { UNLIMITED } from "./unlimited.ts";

/** States that are counted anew. */
const FEW = 500;
const SEEDS = Number(process.env["WEFT_TRANSPLANTS"] ?? 20);

/** Every counterexample of one version on another; those that fault before their first step are left out. */
function* all(before: Version, after: Version): Generator<Transplant> {
  const matching = matchLines(before.machine, after.machine);
  const transplanter = transplanterOf(before, after, matching, UNLIMITED);
  for (const verdict of before.exploration.verdicts) {
    const { trace } = verdict;
    if (verdict.outcome !== "violated" || trace === null) continue;
    if (trace.start.some(({ fault }) => fault !== null)) continue;
    const transplant = finish(transplanter(verdict, trace));
    if (transplant !== null) yield transplant;
  }
}

/** A file of a random spec as a version; null if it is no spec by itself or has too many states. */
function versionIn(spec: RandomSpec, path: string): Version | null {
  const { machine } = prepare({ ...spec, path });
  const version = machine && versionOf(machine, path, { maxStates: STATE_LIMIT });
  return version?.search.complete ? version : null;
}

/** Is this a behaviour of the version, step by step, and does it begin as it may? */
function isBehaviour({ machine }: Version, { followed }: Transplant): boolean {
  const interpreter = interpret(machine);
  const { states, steps } = followed;
  return (
    interpreter.beginningWith(states[0] as State) !== null &&
    steps.every(({ mover, fault }, index) =>
      interpreter
        .stepsOf(states[index] as State, mover)
        .some(({ next }) =>
          next === null ? fault !== null : sameValue(next, states[index + 1] ?? null),
        ),
    )
  );
}

/** How many states the interpreter reaches from this one; null if they are many. */
function reachableFrom({ machine }: Version, start: State): number | null {
  const interpreter = interpret(machine);
  const known = new Set([stateKey(start)]);
  const queue = [start];
  for (const state of queue) {
    for (const { next } of interpreter.steps(state)) {
      if (next === null || known.has(stateKey(next))) continue;
      known.add(stateKey(next));
      queue.push(next);
    }
    if (known.size > FEW) return null;
  }
  return known.size;
}

test("every counterexample runs on its own spec", { timeout: 600_000 }, () => {
  let transplants = 0;
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const spec = randomSpec(seed);
    const version = versionIn(spec, spec.path);
    if (version === null) continue;
    for (const transplant of all(version, version)) {
      const { verdict, trace, rows, parting, followed } = transplant;
      const where = `${verdict.name} of seed ${seed}`;
      expect(parting, where).toBe(null);
      expect(rows, where).toEqual(
        trace.steps.map((_, step) => ({ kind: "alike", before: step, after: step })),
      );
      expect(followed, where).toEqual(trace);
      transplants += 1;
    }
  }
  expect(transplants).toBeGreaterThan(SEEDS / 4);
});

test("on another version, what is told is so", { timeout: 600_000 }, () => {
  let transplants = 0;
  for (let seed = 0; seed < 3 * SEEDS; seed += 1) {
    const spec = randomSpec(seed);
    const base = [...spec.files.keys()].find((path) => path !== spec.path);
    const before = base === undefined ? null : versionIn(spec, base);
    const after = before && versionIn(spec, spec.path);
    if (before === null || after === null) continue;
    for (const transplant of all(before, after)) {
      const { verdict, trace, rows, parting, followed, continuation } = transplant;
      const where = `${verdict.name} of seed ${seed}`;
      expect(isBehaviour(after, transplant), where).toBe(true);
      const [old, fresh] = (["before", "after"] as const).map((side) =>
        rows.flatMap((row) => (side in row ? [(row as Record<string, unknown>)[side]] : [])),
      );
      expect(old, where).toEqual(trace.steps.slice(0, parting?.before).map((_, step) => step));
      expect(fresh, where).toEqual(followed.steps.map((_, step) => step));
      if (
        parting === null &&
        after.exploration.verdicts.some(({ name }) => name === verdict.name)
      ) {
        expect(outcomeOf(after.exploration, verdict.name), where).toBe("violated");
      }
      const violation = continuation?.violation;
      if (violation) {
        expect(outcomeOf(after.exploration, violation.verdict.name), where).toBe("violated");
        expect(violation.trace.states[0], where).toEqual(followed.states.at(-1));
      }
      expect(continuation === null, where).toBe(parting?.why.kind === "no-start");
      const reachable = reachableFrom(after, followed.states.at(-1) as State);
      if (continuation !== null && reachable !== null) {
        expect(continuation.states, where).toBe(reachable);
      }
      transplants += 1;
    }
  }
  expect(transplants).toBeGreaterThan(SEEDS / 10);
});
