import { expect, test } from "vitest";
import { finish } from "../../src/checker/explore.ts";
import { guessNext, measure } from "../../src/checker/growth.ts";
import { packedSystem } from "../../src/pipeline.ts";
import { machineOf } from "../support/spec.ts";

const sizesOf = (count: number, of: (size: number) => number): readonly number[] =>
  Array.from({ length: count }, (_, index) => of(index + 1));

test("growth by the same factor is guessed as it is", () => {
  for (const { low, high } of guessNext([7, 21, 63], 5)) expect(low).toBeCloseTo(high, 6);
  expect(guessNext([7, 21, 63], 5).map(({ high }) => Math.round(high))).toEqual([
    189, 567, 1701, 5103, 15309,
  ]);
});

test("growth that slows down or speeds up lies within the guess for the next sizes", () => {
  const laws: readonly ((size: number) => number)[] = [
    (size) => (size + 1) ** 3,
    (size) => (size + 1) ** 6,
    (size) => 3 ** size + 2 ** size,
    (size) => size * 4 ** size,
    (size) => Array.from({ length: size }, (_, factor) => factor + 1).reduce((x, y) => x * y, 1),
  ];
  for (const law of laws) {
    const sizes = sizesOf(6, law);
    const [next, second] = guessNext(sizes.slice(0, 4), 2);
    expect(next?.low).toBeLessThanOrEqual(sizes[4] ?? 0);
    expect(next?.high).toBeGreaterThanOrEqual(sizes[4] ?? 0);
    expect(second?.high).toBeGreaterThanOrEqual(sizes[5] ?? 0);
    expect(next?.low).toBeGreaterThanOrEqual(sizes[3] ?? 0);
  }
});

test("there is no guess from fewer than three sizes, or from none", () => {
  expect(guessNext([1, 2], 3)).toEqual([]);
  expect(guessNext([], 3)).toEqual([]);
  expect(guessNext([0, 0, 1], 3)).toEqual([]);
});

/** (TOP + 1)^5 states. */
const grid = `spec grid
type Digit = 0..30
param TOP: 0..30 = 3
type Place = 1..5
var digits[Place]: Digit = 0
action up(p: Place) when digits[p] < TOP { digits[p] := digits[p] + 1 }
terminal when true
`;

test("counts are exact, and a search stays within the bytes a state that are told", () => {
  const limited = (memoryBytes: number, top: string) => {
    const machine = machineOf(grid, new Map([["TOP", top]]));
    return finish(measure(packedSystem(machine), { memoryBytes }));
  };
  const small = limited(Number.POSITIVE_INFINITY, "3");
  expect([small.states, small.depth, small.stoppedBy]).toEqual([1024, 15, null]);
  const larger = limited(Number.POSITIVE_INFINITY, "9");
  for (const memoryBytes of [3e6, 5e6, 8e6, 12e6, 16e6]) {
    const { states, stoppedBy } = limited(memoryBytes, "30");
    expect(stoppedBy).toBe("memory");
    // The limit is heeded some batches of states before it is met.
    expect(states + 64 * 128 + 128).toBeGreaterThan(memoryBytes / larger.bytesAState.high);
    expect(states).toBeLessThan(memoryBytes / larger.bytesAState.low);
  }
});
