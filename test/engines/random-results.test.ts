// The counts of long runs: what is counted, how runs go on where others ended, how troubles are grouped.

import { expect, test } from "vitest";
import type { Comparison, EngineComparison } from "./differential.ts";
import { describeGroups, type Group, sortIn } from "./random-findings.ts";
import { counted, merged, noRuns, resumed } from "./random-results.ts";

const DAY = "2026-01-02";

function compared(outcome: EngineComparison["outcome"], signature = ""): Comparison {
  const one = { outcome, signature, message: signature, seconds: 0.5, version: "6", flags: ["-a"] };
  return { kind: "compared", states: 10, violated: true, engines: [{ engine: "spin", ...one }] };
}

const INVALID: Comparison = { kind: "invalid", reason: "" };

test("each spec is counted once, by what became of it", () => {
  const comparisons = [
    ...[INVALID, { kind: "cut" } as const, compared("agrees")],
    ...[compared("differs"), compared("refused"), compared("failed")],
  ];
  const entry = comparisons.reduce(
    (before, comparison) => counted(before, comparison, DAY),
    noRuns("spin", 7, 100),
  );
  expect(entry).toEqual({
    ...{ engine: "spin", version: "6", flags: ["-a"], date: DAY, firstSeed: 7, stateLimit: 100 },
    ...{ specs: 6, invalid: 1, cut: 1, runs: 4, violated: 4, states: 40 },
    ...{ refused: 1, failed: 1, disagreements: 1, seconds: 2 },
  });
});

test("a run goes on with the counts of the one that ended before it, and no other", () => {
  const before = { ...noRuns("spin", 0, 100), specs: 50, runs: 48 };
  const kept = merged(null, [before]);
  expect(resumed(kept, "spin", 50, 100)).toEqual(before);
  expect(resumed(kept, "spin", 51, 100)).toEqual(noRuns("spin", 51, 100));
  expect(resumed(kept, "spin", 50, 200)).toEqual(noRuns("spin", 50, 200));
  expect(resumed(kept, "rumur", 50, 100)).toEqual(noRuns("rumur", 50, 100));
  expect(resumed(null, "spin", 0, 100)).toEqual(noRuns("spin", 0, 100));
});

test("fresh counts take the place of those of the same engine, others stay", () => {
  const kept = merged(null, [noRuns("tlc", 0, 100), noRuns("spin", 0, 100)]);
  const fresh = { ...noRuns("spin", 0, 100), specs: 3 };
  expect(merged(kept, [fresh]).engines).toEqual([fresh, noRuns("tlc", 0, 100)]);
});

test("like troubles are told together", () => {
  const groups = new Map<string, Group>();
  for (let seed = 12; seed > 0; seed -= 1) sortIn(groups, seed, compared("differs", "states: few"));
  sortIn(groups, 13, compared("agrees"));
  sortIn(groups, 14, INVALID);
  const [newest] = sortIn(groups, 15, compared("failed", "crash"));
  expect(newest?.seeds).toEqual([15]);
  expect(describeGroups(groups)).toEqual([
    "spin differs, 12 times: states: few (1, 2, 3, 4, 5, 6, 7, 8, …)",
    "spin failed, 1 times: crash (15)",
  ]);
});
