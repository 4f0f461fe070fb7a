// Specs that once made a check say something false, or nothing for a very long time. Both machines must get them right.

import { expect, test } from "vitest";
import { check } from "../src/checker/check.ts";
import { finish } from "../src/checker/explore.ts";
import { interpretedSystem } from "../src/checker/interpreted-system.ts";
import { sweep } from "../src/checker/sweeps.ts";
import { checked } from "./support/checked.ts";

type Total = number | "unbounded" | null;

/** Totals of costs, `[least, greatest]` each, by the body of the one process. */
const totals: readonly [string, string, readonly (readonly [Total, Total])[]][] = [
  [
    "one step may add more than 32 bits hold",
    "x := 1; cost a += 2000000000; cost a += 2000000000; cost a += 2000000000",
    [[6_000_000_000, 6_000_000_000]],
  ],
  [
    "so may each of several choices",
    "either { x := 1; cost a += 2147483647; cost a += 2147483647 } or { x := 1; cost a += 1 }",
    [[1, 4_294_967_294]],
  ],
  [
    "a loop that adds that much does not add nothing or less",
    "loop { either { x := 1; cost a += 2000000000; cost a += 2000000000 } or { x := 2; break } }",
    [[0, "unbounded"]],
  ],
  [
    "without an end there is no total",
    "loop { x := 1; cost a += 2000000000; cost a += 2000000000 }",
    [[null, null]],
  ],
  [
    "work before the first step may add as much",
    "cost a += 2000000000; cost a += 2000000000; x := 1",
    [[4_000_000_000, 4_000_000_000]],
  ],
];

test.each(totals)("totals: %s", (_, body, expected) => {
  const { machine, exploration } = checked(
    `spec s\ncost a\nvar x: 0..3 = 0\nprocess p { ${body} }\n`,
  );
  const slow = finish(check(machine, interpretedSystem(machine)));
  for (const { costs } of [exploration, slow]) {
    expect(costs.map(({ least, greatest }) => [least, greatest])).toEqual(expected);
  }
});

test("what follows a long way back through the states takes few rounds", () => {
  // As `pick x in 0..N { n := x }; while n > 0 { n -= 1 }`: an upper half leads to the lower, and that one state back.
  const half = 20_000;
  const targets = (state: number): readonly number[] => {
    if (state === 0) return [];
    return [state < half ? state + half : Math.max(state - half - 1, 0)];
  };
  const ending = new Uint8Array(2 * half);
  ending[0] = 1;
  let updates = 0;
  const update = (state: number): boolean => {
    updates += 1;
    if (ending[state] === 1 || !targets(state).some((target) => ending[target] === 1)) return false;
    ending[state] = 1;
    return true;
  };
  sweep(2 * half, update, (state, visit) => targets(state).forEach(visit));
  expect(ending.every((ends) => ends === 1)).toBe(true);
  expect(updates).toBeLessThan(20 * half);
});

/** Property, length of the trace, its switches, and how many are as short. */
type Shown = readonly [string, number, number, bigint | null];

const ways: readonly [boolean, readonly Shown[]][] = [
  [
    false,
    [
      ["five", 6, 1, 8n],
      ["seven", 7, 2, 6n],
    ],
  ],
  [
    true,
    [
      ["five", 6, 1, 8n],
      ["seven", 9, 1, null],
    ],
  ],
];

test.each(ways)(
  "only shortest traces are among the shortest (fewest switches: %s)",
  (fewest, shown) => {
    const { exploration } = checked(
      `spec s
var x: 0..9 = 0
var t: bool = false
process p { x += 1; await t; x += 1; x += 1 }
process q { either { t := true; await x >= 2; x += 4 } or { x += 1; x += 1; t := true; skip; x += 2 } }
invariant five: x < 5
invariant seven: x < 7
`,
      new Map(),
      { fewestSwitches: fewest },
    );
    const found = exploration.verdicts.flatMap(({ name, trace, shortest }): Shown[] =>
      trace === null ? [] : [[name, trace.steps.length, trace.contextSwitches, shortest]],
    );
    expect(found).toEqual(shown);
  },
);
