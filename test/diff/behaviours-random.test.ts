// Inclusion and state sets of random pairs of small specs, against brute force. WEFT_PAIRS says how many pairs; WEFT_SEED where to begin.

import { expect, test } from "vitest";
import type { Trace } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import {
  type Behaviours,
  compareBehaviours,
  type Inclusion,
  type StateSets,
} from "../../src/diff/behaviours/behaviours.ts";
import { observableNames } from "../../src/diff/behaviours/observation.ts";
import { versionOf } from "../../src/pipeline.ts";
import { prepare } from "../support/corpus.ts";
import { seeded } from "../support/random.ts";
import {
  endingText,
  type OracleGraph,
  oracleAfter,
  oracleGraph,
  oracleIncludes,
  oracleShortest,
  oracleSwitches,
  valuesLetter,
  wordOf,
} from "./inclusion-oracle.ts";
import { randomPair } from "./random-pairs.ts";
import { UNLIMITED } from "./unlimited.ts";

const PAIRS = Number(process.env["WEFT_PAIRS"] ?? 60);
const SEED = Number(process.env["WEFT_SEED"] ?? 1);
/** Brute force is slow: larger specs are passed over. */
const STATES = 200;

interface Pair {
  readonly found: Behaviours;
  readonly graphs: readonly [OracleGraph, OracleGraph];
}

/** The pair of a seed, compared; null if one does not compile or is too large. */
function compared(seed: number): Pair | null {
  const [before, after] = randomPair(seed).map(
    ({ path, files }) => prepare({ seed, path, files }).machine,
  );
  if (before == null || after == null) return null;
  const small = [before, after].every((machine) => oracleGraph(machine, [], STATES) !== null);
  if (!small) return null;
  const random = seeded(seed);
  const shared = observableNames(before).filter((name) => observableNames(after).includes(name));
  const observe = random.chance(0.5) ? null : random.shuffled(shared).slice(0, random.int(0, 4));
  const found = finish(
    compareBehaviours(versionOf(before), versionOf(after), { ...UNLIMITED, observe }),
  );
  const graphs = [before, after].map((machine) => oracleGraph(machine, found.observed, STATES));
  return { found, graphs: graphs as [OracleGraph, OracleGraph] };
}

/** What an inclusion came to, in a word, after everything about it has been found right. */
function judged(inclusion: Inclusion, inner: OracleGraph, outer: OracleGraph): string {
  expect(inclusion.kind).toBe(oracleIncludes(inner, outer) ? "included" : "differs");
  const shortest = oracleShortest(inner, outer);
  if (inclusion.kind !== "differs") {
    expect(shortest).toBeNull();
    return inclusion.kind;
  }
  const { trace, ending, instead } = inclusion;
  expect(trace.steps.length).toBe(shortest);
  const word = wordOf(inner, trace, ending);
  expect(oracleAfter(inner, word)).not.toBeNull();
  expect(trace.contextSwitches).toBe(oracleSwitches(inner, word, trace.steps.length));
  expect(oracleAfter(outer, word)).toBeNull();
  const others = oracleAfter(outer, word.slice(0, -1));
  const endings = instead.endings.map(endingText);
  const values = instead.values.map((one) => valuesLetter(outer, one));
  expect(new Set([...endings, ...values]).size).toBe(endings.length + values.length);
  expect(others).toEqual(expect.arrayContaining([...endings, ...values]));
  const told = endings.length + Math.min(5, (others?.length ?? 0) - endings.length);
  expect(endings.length + values.length).toBe(told);
  return ending?.kind ?? "values";
}

function expectStateSets(states: StateSets, before: OracleGraph, after: OracleGraph): void {
  const [old, fresh] = [nearest(before), nearest(after)];
  const kept = [...old.keys()].filter((observation) => fresh.has(observation));
  const removed = [...old.keys()].filter((observation) => !fresh.has(observation));
  const addedOnes = [...fresh.keys()].filter((observation) => !old.has(observation));
  expect([states.kept, states.removed, states.added]).toEqual([
    kept.length,
    removed.length,
    addedOnes.length,
  ]);
  const depths = (of: readonly string[], from: ReadonlyMap<string, number>): readonly number[] =>
    of.map((observation) => from.get(observation) ?? 0);
  expectExample(states.examples.kept, before, kept, Math.max(...depths(kept, old)));
  expectExample(states.examples.removed, before, removed, Math.min(...depths(removed, old)));
  expectExample(states.examples.added, after, addedOnes, Math.min(...depths(addedOnes, fresh)));
}

/** Observations, and the steps of a shortest way to each. */
function nearest({ observed, depth }: OracleGraph): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [state, observation] of observed) {
    if (!found.has(observation)) found.set(observation, depth.get(state) ?? 0);
  }
  return found;
}

function expectExample(
  example: StateSets["examples"]["kept"],
  graph: OracleGraph,
  among: readonly string[],
  steps: number,
): void {
  expect(example === null).toBe(among.length === 0);
  if (example === null) return;
  const last = lastObservation(graph, example.trace);
  expect(among).toContain(last);
  expect(example.trace.steps.length).toBe(steps);
  expect(valuesLetter(graph, example.values)).toBe(`${last} `);
}

function lastObservation({ observed }: OracleGraph, { states }: Trace): string {
  return observed.get(JSON.stringify(states.at(-1))) ?? "none";
}

test(`${PAIRS} random pairs`, { timeout: 3_600_000 }, () => {
  const kinds = new Map<string, number>();
  const count = (kind: string): void => {
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  };
  let pairs = 0;
  for (let seed = SEED; pairs < PAIRS; seed += 1) {
    try {
      const pair = compared(seed);
      if (pair === null) continue;
      pairs += 1;
      const { found, graphs } = pair;
      const [before, after] = graphs;
      expectStateSets(found.states, before, after);
      const removed = judged(found.beforeInAfter, before, after);
      const added = judged(found.afterInBefore, after, before);
      for (const kind of [removed, added]) count(kind);
      count(removed === "included" && added === "included" ? "same" : "different");
    } catch (error) {
      throw new Error(`the pair of seed ${seed}`, { cause: error });
    }
  }
  process.stdout.write(`${[...kinds].map(([kind, times]) => `${kind} ${times}`).join(", ")}\n`);
  const share = (kinds.get("different") ?? 0) / pairs;
  expect(share).toBeGreaterThan(0.25);
  expect(share).toBeLessThan(0.85);
  for (const kind of ["same", "values", "ended", "blocked", "fault", "included"]) {
    expect(kinds.get(kind)).toBeGreaterThan(0);
  }
});
