import { expect, test } from "vitest";
import { randomNumbers, xoshiro } from "../../src/checker/random-numbers.ts";

test("xoshiro128** gives the numbers of its authors' program", () => {
  // From the C program at prng.di.unimi.it, begun with 1, 2, 3, 4.
  const { next } = xoshiro([1, 2, 3, 4]);
  expect(Array.from({ length: 10 }, next)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
    4258142804,
  ]);
});

test("a seed gives the same numbers each time, and others than its neighbours", () => {
  const first = (seed: number): readonly number[] => {
    const { next } = randomNumbers(seed);
    return Array.from({ length: 4 }, next);
  };
  expect(first(1)).toEqual(first(1));
  const seeds = [0, 1, 2, 3, 2 ** 31, 2 ** 32 - 1];
  expect(new Set(seeds.flatMap(first)).size).toBe(4 * seeds.length);
});

test("every number below a bound is as likely as the others", () => {
  const { below } = randomNumbers(1);
  const draws = 60_000;
  for (const bound of [1, 2, 3, 7]) {
    const counts = new Array<number>(bound).fill(0);
    for (let draw = 0; draw < draws; draw += 1) {
      const drawn = below(bound);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    const expected = draws / bound;
    for (const count of counts) {
      // Six standard deviations.
      expect(Math.abs(count - expected)).toBeLessThanOrEqual(6 * Math.sqrt(expected));
    }
  }
  // Nearly a third of all words lie beyond the last whole multiple of this bound: they would double the small numbers.
  const bound = 3 * 2 ** 30;
  let low = 0;
  for (let draw = 0; draw < draws; draw += 1) if (below(bound) < 2 ** 30) low += 1;
  expect(Math.abs(low - draws / 3)).toBeLessThanOrEqual(6 * Math.sqrt(draws / 3));
});
