// Bars are judged by the worst case that speaks of them, and by none that does not.

import { expect, test } from "vitest";
import { bars, isMet } from "./bars.ts";
import type { Ran } from "./contenders/contender.ts";
import type { Raced } from "./race.ts";
import type { ReducedCase } from "./reductions.ts";

const BARE = 40e6;

/** A case with so many states, where each contender took these seconds in its runs. */
function raced(
  states: number,
  packedBytes: number,
  seconds: Readonly<Record<string, readonly number[]>>,
): Raced {
  const ran = (took: number): Ran => ({
    ...{ counts: null, stored: states, exploringSeconds: took, wholeSeconds: took + 1 },
    peakBytes: BARE + 20 * states,
  });
  const measured = { states, packedBytes, initialStates: 1, transitions: 1, depth: 1, seconds: 1 };
  return {
    of: { path: "specs/classics/two-phase-commit.weft", settings: {} },
    measured,
    entries: Object.entries(seconds).map(([name, runs]) => ({
      ...{ name, runs: runs.map(ran), missing: null, failure: null },
    })),
    leftOut: null,
  };
}

const all: readonly Raced[] = [
  raced(2_000_000, 8, {
    "Weft 1": [1, 9, 1],
    "SPIN DFS": [7, 7, 7],
    "SPIN BFS": [9, 9, 9],
    "rumur 1": [25],
    C: [0.8],
  }),
  raced(10_000_000, 8, { "Weft 1": [10], "Weft 2": [8], "SPIN DFS": [55], "SPIN BFS": [65] }),
  raced(1_500_000, 12, { "Weft 1": [1], "SPIN DFS": [4], "SPIN BFS": [3.5] }),
  raced(60_000_000, 8, { "Weft 1": [30], "Weft 2": [20] }),
  raced(300, 4, { "Weft 1": [-0.8], "SPIN DFS": [-0.9] }),
];

const reduced: readonly ReducedCase[] = [
  {
    of: { path: "specs/thp-unmap/any-order-sync.weft", settings: { MMS: 6 } },
    ...{ states: 3000, weft: { states: 20, wholeSeconds: 1 }, spin: null, failures: [] },
  },
];

test("what was measured of each bar", () => {
  const lines = bars(all, reduced, BARE).map(
    (bar) => `${isMet(bar)} ${bar.measured.map((value) => value.toFixed(2)).join(" ")}`,
  );
  expect(lines).toEqual([
    // SPIN: 7 and 5.5 times.
    "false 7.00 5.50",
    "true 25.00",
    "null ",
    "true 1.25",
    "null ",
    // Wide states.
    "true 3.50",
    // Two workers.
    "true 1.25",
    "true 1.50",
    // From the shell.
    "true 0.20",
    "false 4.00 5.09 2.25 0.50",
    // Bytes a state.
    "true 20.00",
    // Reductions.
    "true 150.00",
  ]);
});
