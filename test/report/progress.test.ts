// The line of progress: what is left is told only where levels shrink, and never as a promise.

import { expect, test } from "vitest";
import { guessLeft } from "../../src/checker/levels.ts";
import { progressLine } from "../../src/report/progress.ts";

const facts = { states: 1_234_567, transitions: 0, depth: 42, frontier: 34_567, elapsedSeconds: 2 };

test("while levels grow, nothing is said of the end", () => {
  const lastLevels = [1000, 1500, 2000, 2500, 3000];
  expect(progressLine({ ...facts, lastLevels, nextLevel: 10 }, 182 * 2 ** 20)).toBe(
    "1,234,567 states, 617,284/s, 182 MiB; left: unknown (levels do not shrink); level 42, frontier 34,567",
  );
});

test("while they shrink, the time is told on that condition; what is met already is not counted twice", () => {
  const lastLevels = [64_000, 32_000, 16_000, 8_000, 4_000];
  const line = (nextLevel: number): string =>
    progressLine({ ...facts, states: 100_000, frontier: 4_000, lastLevels, nextLevel }, 2 ** 31);
  expect(line(0)).toMatch(
    / 2\.0 GiB; left: 1 s if levels go on shrinking; level 42, frontier 4,000$/,
  );
  const slow = { ...facts, states: 100_000, frontier: 4_000, lastLevels, elapsedSeconds: 9600 };
  // 4,000 met, 4,000 to come, at ten a second.
  expect(progressLine({ ...slow, nextLevel: 0 }, 0)).toMatch(/left: 14 min if/);
  expect(progressLine({ ...slow, nextLevel: 2_000 }, 0)).toMatch(/left: 10 min if/);
});

test("the states that a search was given do not make it faster", () => {
  const line = progressLine({ ...facts, states: 2_000, given: 1_000, frontier: 0 }, 0);
  expect(line).toMatch(/^2,000 states, 500\/s, /);
});

test("of a search that is over no rate is told, as what it found is judged", () => {
  expect(progressLine({ ...facts, judging: true }, 182 * 2 ** 20)).toBe(
    "1,234,567 states, 182 MiB, level 42; now they are judged",
  );
});

test("what levels will add lies between what it comes to if they shrink alike, faster, or as slowly as they did", () => {
  expect(guessLeft([100, 50, 25])).toBeNull();
  expect(guessLeft([100, 50, 60, 30])).toBeNull();
  const half = guessLeft([800, 400, 200, 100]);
  expect([half?.low, half?.high].map((guess) => Math.round(guess ?? 0))).toEqual([99, 100]);
  // The levels of two-phase commit with eight resource managers, from the largest on.
  const levels = [
    244_342, 228_712, 188_304, 135_833, 85_377, 46_392, 21_560, 8_456, 2_758, 736, 156, 24, 2,
  ];
  for (let known = 4; known < levels.length - 1; known += 1) {
    const left = levels.slice(known).reduce((sum, level) => sum + level, 0);
    const guess = guessLeft(levels.slice(0, known));
    expect(guess?.low).toBeLessThanOrEqual(left);
    expect(guess?.high).toBeGreaterThanOrEqual(left);
  }
});
