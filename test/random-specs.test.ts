// What the random specs are worth: they compile, they are large enough, many of them go wrong, and together they have
// every kind of node, machine op, fault and violation often.

import { expect, test } from "vitest";
import {
  countSpec,
  describeStatistics,
  newStatistics,
  prepareSeed,
  rareKinds,
} from "./support/corpus.ts";
import { randomSpec } from "./support/random-spec.ts";

const SPECS = 1000;

test("a thousand random specs cover the language", { timeout: 300_000 }, () => {
  const statistics = newStatistics();
  for (let seed = 0; seed < SPECS; seed += 1) countSpec(statistics, prepareSeed(seed));
  process.stdout.write(`${describeStatistics(statistics)}\n`);
  const { refused, large, violated, locking } = statistics;
  expect(refused).toBe(0);
  expect(large / SPECS).toBeGreaterThanOrEqual(0.6);
  expect(violated / SPECS).toBeGreaterThanOrEqual(0.3);
  expect(violated / SPECS).toBeLessThanOrEqual(0.7);
  expect(locking / SPECS).toBeGreaterThanOrEqual(0.25);
  expect(rareKinds(statistics, 20)).toEqual([]);
});

test("a seed always gives the same spec", () => {
  for (const seed of [0, 1, 4711]) {
    expect([...randomSpec(seed).files]).toEqual([...randomSpec(seed).files]);
  }
  expect([...randomSpec(0).files]).not.toEqual([...randomSpec(1).files]);
});
