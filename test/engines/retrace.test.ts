// Counterexamples of engines, found again in Weft's machine: as states, as steps, with choices, and none that does not fit.

import { expect, test } from "vitest";
import type { Found, Verdict } from "../../src/checker/exploration.ts";
import type { State } from "../../src/checker/transition-system.ts";
import type { EngineBehaviour, EngineResult, EngineVerdict } from "../../src/engines/engine.ts";
import { foundBy } from "../../src/engines/found-by.ts";
import { type CheckedSpec, checked } from "../support/checked.ts";

const race = `spec race
var n: 0..3 = 0
process p[i: 1..2] {
  var seen: 0..3 = n
  n := seen + 1
}
process q { pick x in {2, 3} { n := x } }
invariant both: (done(p[1]) && done(p[2]) && done(q)) => n >= 2
step up: n' >= n
cover three: n == 3 && done(p[1])
expect both violated
`;

type Told = Pick<EngineVerdict, "kind" | "name"> & { readonly behaviour: Partial<EngineBehaviour> };

const outcomes = { cover: "reachable" } as Readonly<Record<string, EngineVerdict["outcome"]>>;

/** The result of an engine that tells one thing. */
function resultOf({ kind, name, behaviour }: Told): EngineResult {
  const outcome = outcomes[kind] ?? "violated";
  const told = { states: null, steps: null, faults: false, ...behaviour };
  return {
    ...{ engine: "spin", version: "6.5.2", flags: [], complete: true, seconds: 1 },
    ...{ states: 1, transitions: 1, depth: 1, memoryBytes: null },
    verdicts: [{ kind, name, outcome, behaviour: told }],
  };
}

/** The verdict that comes of it; null if the behaviour does not fit. */
function retraced({ machine }: CheckedSpec, told: Told): Verdict | null {
  const { found, unconfirmed } = foundBy(machine, resultOf(told), null);
  if (unconfirmed.length > 0) return null;
  return (found as Found).verdicts.find(({ name }) => name === told.name) ?? null;
}

const spec = checked(race);

/** Weft's own trace of a property. */
function ownTrace({ exploration }: CheckedSpec, name: string): NonNullable<Verdict["trace"]> {
  const trace = exploration.verdicts.find((verdict) => verdict.name === name)?.trace ?? null;
  if (trace === null) throw new Error(`no trace of ${name}`);
  return trace;
}

function stepsOf(trace: NonNullable<Verdict["trace"]>): EngineBehaviour["steps"] {
  return trace.steps.map(({ name, from, events }) => ({
    mover: name,
    from,
    choices: events.flatMap((event) =>
      event.kind === "pick" ? [{ name: event.name, value: event.value }] : [],
    ),
  }));
}

const told = [
  ["invariant", "both"],
  ["step", "up"],
  ["cover", "three"],
] as const;

test.each(told)("the states of %s %s are enough to find it again", (kind, name) => {
  const trace = ownTrace(spec, name);
  const verdict = retraced(spec, { kind, name, behaviour: { states: trace.states } });
  expect(verdict?.trace?.states).toEqual(trace.states);
  expect(verdict?.trace?.steps).toEqual(trace.steps);
});

test.each(told)("so are the steps of %s %s", (kind, name) => {
  const trace = ownTrace(spec, name);
  const verdict = retraced(spec, { kind, name, behaviour: { steps: stepsOf(trace) } });
  expect(verdict?.trace).toEqual(trace);
  const movers = trace.steps.map((step) => ({ mover: step.name, from: null, choices: null }));
  const other = retraced(spec, { kind, name, behaviour: { steps: movers } });
  expect(other?.trace?.steps.map((step) => step.name)).toEqual(movers.map(({ mover }) => mover));
});

test("choices are kept to where they fit", () => {
  const trace = ownTrace(spec, "three");
  const steps = stepsOf(trace);
  expect(steps?.some(({ choices }) => choices?.length === 1)).toBe(true);
  const renamed = steps?.map((step) => ({
    ...step,
    choices: step.choices?.map(({ value }) => ({ name: "x_1", value })) ?? null,
  }));
  for (const behaviour of [{ steps }, { steps: renamed ?? null }]) {
    const verdict = retraced(spec, { kind: "cover", name: "three", behaviour });
    expect(verdict?.trace?.states).toEqual(trace.states);
  }
});

test("a behaviour that the machine does not have is none of ours", () => {
  const trace = ownTrace(spec, "both");
  const states = trace.states.with(1, { ...(trace.states[1] as State), n: 3 });
  const cut = trace.states.slice(0, -1);
  const jumped = trace.states.toSpliced(1, 1);
  const [first, ...rest] = stepsOf(trace) ?? [];
  const swapped = [...rest, first].flatMap((step) => (step === undefined ? [] : [step]));
  const told: Told = { kind: "invariant", name: "both", behaviour: { states } };
  for (const behaviour of [{ states }, { states: cut }, { states: jumped }, { steps: swapped }]) {
    expect(retraced(spec, { ...told, behaviour })).toBeNull();
  }
});

// ---------------------------------------------------------------- what goes wrong in steps

const faulty = checked(`spec faulty
var n: 0..2 = 0
spinlock a
mutex m
process p { acquire a; acquire m; n := 2; release m }
process q { await n == 2; n := n + 1 }
process r { await n == 2; assert low: n < 2; skip }
`);

test.each([
  ["range", "range", { kind: "fault", fault: "range" }],
  ["lock_use", "lock_use", { kind: "sleep" }],
  ["assert", "low", null],
] as const)(
  "a step that goes wrong is found with and without its last state: %s",
  (kind, name, detail) => {
    const trace = ownTrace(faulty, name);
    const before = trace.states.slice(0, trace.steps.length);
    const behaviours: readonly Partial<EngineBehaviour>[] = [
      { states: trace.states, faults: trace.states.length === trace.steps.length },
      { states: before, faults: true },
      { states: before },
      { steps: stepsOf(trace), faults: kind === "range" },
    ];
    for (const behaviour of behaviours) {
      const verdict = retraced(faulty, { kind, name, behaviour });
      expect(verdict?.trace?.steps.length).toBe(trace.steps.length);
      if (detail === null) expect(verdict?.detail).toBeNull();
      else expect(verdict?.detail).toMatchObject(detail);
    }
  },
);

test("a deadlock names who is blocked; a state that is none does not fit", () => {
  const stuck = checked(`spec stuck
spinlock a
spinlock b
process p { acquire a; acquire b; release b; release a }
process q { acquire b; acquire a; release a; release b }
`);
  const trace = ownTrace(stuck, "deadlock");
  const told = { kind: "deadlock", name: "deadlock" } as const;
  const verdict = retraced(stuck, { ...told, behaviour: { states: trace.states } });
  expect(verdict?.detail).toEqual({ kind: "blocked", processes: ["p", "q"] });
  const early = { states: trace.states.slice(0, -1) };
  expect(retraced(stuck, { ...told, behaviour: early })).toBeNull();
});

test("what goes wrong before the first step has no steps", () => {
  const early = checked(`spec early
process p[i: 1..2] { assert one: i == 1; skip }
`);
  const behaviour = { steps: [] };
  const verdict = retraced(early, { kind: "assert", name: "one", behaviour });
  expect(verdict?.trace?.steps).toEqual([]);
  expect(verdict?.trace?.start.at(-1)?.failedAsserts).toEqual(["one"]);
});

test("what an engine does not judge is said, not called good", () => {
  const unsaid = { kind: "cover", name: "three", outcome: "unknown", behaviour: null } as const;
  const told = resultOf({ kind: "step", name: "up", behaviour: {} });
  const { found } = foundBy(spec.machine, { ...told, verdicts: [unsaid] }, null);
  const cut = foundBy(spec.machine, { ...told, complete: false, verdicts: [unsaid] }, null);
  expect(cut.found.verdicts.map(({ outcome }) => outcome)).toEqual(["unknown"]);
  expect(found.verdicts).toEqual([]);
  expect(found.by?.notJudged.map(({ kind, name }) => (name === "" ? kind : name))).toEqual([
    "both",
    "up",
    "three",
    "deadlock",
    "stuck",
    "range",
    "lock_use",
    "lock_order",
    "coverage",
  ]);
});
