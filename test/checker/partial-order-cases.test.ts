// Partial-order reduction where it is known to go wrong: small specs, each for one rule. All verdicts must be those of a search that takes
// every step, and some specs must lose states.

import { expect, test } from "vitest";
import { checkSearch } from "../../src/checker/check.ts";
import { outcomeOf } from "../../src/checker/expectations.ts";
import type { Exploration } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import { partialOrderReduction } from "../../src/checker/partial-order.ts";
import { renderDiagnostics } from "../../src/diagnostics/frame.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compile, packedSystem } from "../../src/pipeline.ts";

function machineOf(text: string): Machine {
  const { machine, diagnostics } = compile("a.weft", () => `spec a\n${text}`);
  if (machine === null) throw new Error(renderDiagnostics(diagnostics));
  return machine;
}

function reductionOf(machine: Machine, without: string | null = null) {
  const reduction = partialOrderReduction(machine, "at-once", without, {
    system: (choices) => packedSystem(machine, choices),
    compiled: () => null,
  });
  if (reduction === null) throw new Error("nothing to reduce");
  return reduction;
}

function explored(machine: Machine, reduced: boolean): Exploration {
  const searching = { system: packedSystem(machine), settings: {} };
  const { system, settings } = reduced
    ? (reductionOf(machine).reduce?.(searching) ?? searching)
    : searching;
  return finish(checkSearch(machine, system, settings)).exploration;
}

interface Case {
  readonly about: string;
  readonly text: string;
  /** What comes out for these names, whichever way it is searched. */
  readonly outcomes: { readonly [name: string]: string };
  /** States must be left out. */
  readonly fewer?: true;
}

const cases: readonly Case[] = [
  {
    about: "a process that spins hides no other",
    text: `var x: 0..2 = 0
      process spinner { loop { skip } }
      process other { x := 1; x := 2 }
      invariant small: x < 2`,
    outcomes: { small: "violated", deadlock: "holds" },
  },
  {
    about: "an index that another changes decides whether a step can be taken",
    text: `type K = 0..1
      var i: K = 0
      var open[k: K]: bool = k == 1
      var x: 0..1 = 0
      process waiter { await open[i]; x := 1 }
      process turner { i := 1; i := 0 }
      cover passed: x == 1`,
    outcomes: { passed: "reachable", deadlock: "violated" },
  },
  {
    about: "a walk has nothing to do with who stays elsewhere",
    text: `type K = 0..3
      var a[K]: 0..3 = 0
      process walker { for k in 1..3 { a[k] := 1; a[k] := 2 } }
      process stayer { a[0] := 1; a[0] := 2; a[0] := 3 }`,
    outcomes: { deadlock: "holds" },
    fewer: true,
  },
  {
    about: "who waits for a lock does nothing behind it",
    text: `spinlock l
      var x: 0..3 = 0
      process p[i: 0..1] { acquire l; x := 1; x := 2; x := 0; release l }`,
    outcomes: { deadlock: "holds" },
    fewer: true,
  },
  {
    about: "a lock that is held on one way only keeps nobody out on the other",
    text: `spinlock l
      var x: 0..2 = 0
      var seen: 0..2 = 0
      process p {
        var mine: bool = false
        either { acquire l; mine := true } or { skip }
        x := 1
        x := 2
        if mine { release l }
      }
      process q { acquire l; seen := x; release l }
      cover between: seen == 1`,
    outcomes: { between: "reachable" },
  },
  {
    about: "an index that is set in the step is not the one that it was",
    text: `type K = 0..1
      var a[K]: 0..1 = 0
      var hit: bool = false
      process p {
        var k: K = 0
        var j: K = 0
        pick n in K { j := n }
        atomic { k := j; a[k] := 1 }
        await false
      }
      process q { if a[1] == 0 { hit := true } }
      cover early: hit && a[1] == 1`,
    outcomes: { early: "reachable" },
  },
  {
    about: "who owns a lock keeps nobody out of its neighbour",
    text: `spinlock l[0..1]
      var x: 0..2 = 0
      var seen: 0..2 = 0
      process p { acquire l[0]; x := 1; x := 2; release l[0] }
      process q { acquire l[1]; seen := x; release l[1] }
      cover between: seen == 1`,
    outcomes: { between: "reachable" },
  },
  {
    about: "a try sees a lock that another is about to give back",
    text: `spinlock l
      var got: bool = false
      process holder { acquire l; release l }
      process trier { var t: bool = try acquire l; if t { release l }; got := t }
      cover taken: got
      cover missed: done(trier) && !got`,
    outcomes: { taken: "reachable", missed: "reachable" },
  },
  {
    about: "a state between two steps may be what a cover asks for",
    text: `var x: 0..1 = 0
      var y: 0..1 = 0
      process p { x := 1; x := 0 }
      process q { y := 1; y := 0 }
      cover both: x == 1 && y == 1
      invariant never: !(x == 1 && y == 1)`,
    outcomes: { both: "reachable", never: "violated" },
  },
  {
    about: "the end of a process is waited for",
    text: `var x: 0..1 = 0
      process p { skip; skip }
      process q { await done(p); x := 1 }
      cover after: x == 1`,
    outcomes: { after: "reachable", deadlock: "holds" },
  },
  {
    about: "the end of a process is seen",
    text: `var early: bool = false
      process p { skip; skip }
      process q { if !done(p) { early := true } }
      cover before: early`,
    outcomes: { before: "reachable" },
  },
  {
    about: "what goes up may mend what went wrong",
    text: `var x: 0..2 = 0
      var y: 0..2 = 0
      process p { y += 1 }
      process q { x += 1 }
      invariant ordered: x <= y`,
    outcomes: { ordered: "violated" },
  },
  {
    about: "an action may come between any two steps",
    text: `var x: 0..2 = 0
      var seen: 0..2 = 0
      process p { x := 1; x := 2 }
      process q { skip; skip }
      action look when x == 1 { seen := x }
      cover between: seen == 1`,
    outcomes: { between: "reachable" },
    fewer: true,
  },
  {
    about: "a step that only faults stands for nothing",
    text: `var a: 0..1 = 1
      var x: 0..2 = 0
      process p { a += 1 }
      process q { x := 1; x := 2 }
      invariant small: x < 2`,
    outcomes: { small: "violated", range: "violated" },
  },
  {
    about: "what happens in steps that are passed over is told",
    text: `var x: 0..3 = 0
      var y: 0..3 = 0
      cost c
      process p { x := 1; cost c += 2; x := 2; assert even: x == 1; x := 3 }
      process q { y := 1; inner: y := 2; y := 3 }
      expect q.inner reachable`,
    outcomes: { even: "violated", deadlock: "holds" },
    fewer: true,
  },
];

test.each(cases)("$about", ({ text, outcomes, fewer }) => {
  const machine = machineOf(text);
  const [all, some] = [explored(machine, false), explored(machine, true)];
  for (const [name, outcome] of Object.entries(outcomes)) {
    expect([name, outcomeOf(all, name)]).toEqual([name, outcome]);
    expect([name, outcomeOf(some, name)]).toEqual([name, outcome]);
  }
  const totals = ({ costs }: Exploration) => costs.map(({ least, greatest }) => [least, greatest]);
  expect(totals(some)).toEqual(totals(all));
  expect(some.coverage.branchesNeverEntered).toEqual(all.coverage.branchesNeverEntered);
  const labels = ({ coverage }: Exploration) => coverage.labels.map(({ reached }) => reached);
  expect(labels(some)).toEqual(labels(all));
  if (fewer) expect(some.distinctStates).toBeLessThan(all.distinctStates);
});

test("a trace shows each step of a process that went on, and ends where it goes wrong", () => {
  const machine = machineOf(`var x: 0..3 = 0
    var y: 0..1 = 0
    process p { x := 1; x := 2; assert low: x < 2; x := 3 }
    process q { y := 1 }`);
  const { verdicts } = explored(machine, true);
  const trace = verdicts.find(({ name }) => name === "low")?.trace;
  expect(trace?.steps.at(-1)?.failedAsserts).toEqual(["low"]);
  expect(trace?.steps.length).toBe((trace?.states.length ?? 0) - 1);
  expect(trace?.steps.filter(({ name }) => name === "p")).toHaveLength(3);
});

test("it is off where it would not do", () => {
  const two = "process p { skip }\nprocess q { skip }";
  const reasonOf = (text: string, without: string | null = null) => {
    const { report, reduce } = reductionOf(machineOf(text), without);
    if (report.applied) throw new Error("applied");
    return [report.reason.kind, reduce === null];
  };
  expect(reasonOf(`var x: 0..1 = 0\n${two}\nstep stays: x' == x`)).toEqual(["step-property", true]);
  expect(reasonOf(`${two}\nexpect states 4`)).toEqual(["expected-count", true]);
  expect(reasonOf(two, "--fewest-switches")).toEqual(["option", true]);
  expect(reasonOf("var x: 0..1 = 0\naction a { x := 1 - x }")).toEqual(["nobody-alone", false]);
});
