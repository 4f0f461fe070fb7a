// Stored traces on their own spec and on changed ones.

import { expect, test } from "vitest";
import { type RecordedState, replay } from "../../src/diff/replay.ts";
import { packedSystem } from "../../src/pipeline.ts";
import { checked, verdictNamed } from "../support/checked.ts";

const race = `spec race
var n: 0..2 = 0
process p[i: 1..2] { var seen: 0..2 = n; n := seen + 1 }
invariant both: (forall i in {1, 2}: done(p[i])) => n == 2
`;

/** The counterexample of the race, as far as its variable goes. */
function recorded(): readonly RecordedState[] {
  const { trace } = verdictNamed(checked(race), "both");
  return (trace?.states ?? []).map((state, index) => ({
    values: new Map([["n", state["n"] ?? null]]),
    mover: trace?.steps[index - 1]?.name ?? null,
  }));
}

function on(text: string): ReturnType<typeof replay> {
  return replay(packedSystem(checked(text).machine), recorded());
}

test("a trace runs on its own spec", () => {
  expect(on(race)).toEqual({ kind: "runs", steps: 4 });
});

test("a step that comes to another state", () => {
  expect(on(race.replace("n := seen + 1", "n += 1"))).toMatchObject({
    kind: "stops",
    step: 3,
    mover: "p[1]",
    why: { kind: "differs", differences: [{ name: "n", recorded: 1, found: 2 }] },
  });
});

test("a process that has to wait", () => {
  const locked = race
    .replace("process p", "spinlock l\nprocess p")
    .replace("{ var seen", "{ acquire l; var seen")
    .replace("+ 1 }", "+ 1; release l }");
  expect(on(locked)).toMatchObject({
    kind: "stops",
    step: 1,
    mover: "p[2]",
    why: { kind: "waits" },
  });
});

test("a step that is a fault now", () => {
  const faulty = race
    .replace("n: 0..2", "n: 0..1")
    .replace("seen + 1", "if seen == 0 then 2 else 0");
  expect(on(faulty)).toMatchObject({ kind: "stops", step: 2, why: { kind: "faults" } });
});

test("a process that is gone, and another beginning", () => {
  expect(
    on(race.replace("process p[i: 1..2]", "process p[i: 2..2]").replace("{1, 2}", "{2}")),
  ).toMatchObject({
    why: { kind: "unknown-mover" },
  });
  expect(on(race.replace("n: 0..2 = 0", "n: 0..3 = 1"))).toEqual({
    kind: "no-start",
    differs: [{ name: "n", recorded: 0, found: 1 }],
  });
});
