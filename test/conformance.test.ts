// The language, rule by rule: each case is a smallest spec and what its check must find, worked out by hand. Every case is
// run on both machines, folded and not, with dead locals reset and not.

import { expect, test } from "vitest";
import { check } from "../src/checker/check.ts";
import { findingsOf } from "../src/checker/expectations.ts";
import type { Exploration, Verdict } from "../src/checker/exploration.ts";
import { finish } from "../src/checker/explore.ts";
import { interpretedSystem } from "../src/checker/interpreted-system.ts";
import { codeOfDiagnostics, codeOfExploration } from "../src/commands/exit-codes.ts";
import type { Machine } from "../src/machine/machine.ts";
import { packedSystem } from "../src/pipeline.ts";
import { compileFiles, type Files } from "./support/spec.ts";

/** What a check found, one word a fact: the exit code, then what is not as it should be, then covers and costs. */
type Facts = readonly string[];

interface Found {
  /** Holds however the machine is built. */
  readonly facts: Facts;
  /** `states/transitions/depth` of the folded machine. */
  readonly counts: string | null;
}

const BACKENDS = [packedSystem, interpretedSystem];
const LOWERINGS = [
  { fold: true, reset: true },
  { fold: false, reset: true },
  { fold: true, reset: false },
  { fold: false, reset: false },
];

/** Checks a spec (or files, the first one) in every way and expects the same facts of all; gives counts only of the usual one. */
function conforms(spec: string | Files, expected: string, settings: string): void {
  const files = typeof spec === "string" ? { "t.weft": `spec t\n${spec}` } : spec;
  const values = new Map(
    settings
      .split(" ")
      .filter((one) => one !== "")
      .map((one) => one.split("=") as [string, string]),
  );
  const [usual] = LOWERINGS;
  const wanted = expected.split(" ");
  const counted = wanted.find((fact) => /^\d+\/\d+\/\d+$/.test(fact));
  for (const options of LOWERINGS) {
    const { machine, diagnostics } = compileFiles(files, values, options);
    for (const backend of BACKENDS) {
      const found =
        machine === null
          ? {
              facts: [
                String(codeOfDiagnostics(diagnostics)),
                ...diagnostics.map((one) => one.code),
              ],
              counts: null,
            }
          : foundIn(machine, finish(check(machine, backend(machine))));
      const facts = wanted.filter((fact) => fact !== counted);
      expect({ options, facts: found.facts }).toEqual({ options, facts });
      if (options === usual && counted !== undefined) expect(found.counts).toBe(counted);
    }
  }
}

function foundIn(machine: Machine, exploration: Exploration): Found {
  const { distinctStates, transitions, depth, verdicts, costs } = exploration;
  const findings = findingsOf(machine, exploration);
  return {
    facts: [
      String(codeOfExploration(exploration, findings)),
      ...verdicts.flatMap(({ outcome, name, detail }) =>
        outcome === "violated"
          ? [`${name}${detailOf(detail)}`]
          : outcome === "unreachable"
            ? [`${name}:unreachable`]
            : [],
      ),
      ...findings.branches.map(() => "branch"),
      ...findings.actions,
      ...costs.map(({ name, least, greatest }) => `${name}=${least}..${greatest}`),
    ],
    counts: `${distinctStates}/${transitions}/${depth}`,
  };
}

function detailOf(detail: Verdict["detail"]): string {
  if (detail?.kind === "fault") return `:${detail.fault}`;
  if (detail?.kind === "blocked") return `:${detail.processes.join()}`;
  return "";
}

test.for<readonly [rule: string, spec: string | Files, expected: string, settings?: string]>([
  [
    "conditions made only of params and consts are exempt from vacuity, those of `while` too",
    `var x: 0..3 = 0
     const C: bool = false
     process p { while C { if x == 1 { x := 2 } else { x := 3 } }
       x := 1 }`,
    "0 2/1/1",
  ],
  [
    "a `while` that a const rules out is still there for a `goto` into it",
    `var x: 0..3 = 0
     const C: bool = false
     process p { goto l ; while C {
       l: x := 1 }
       x := 2 }`,
    "0 3/2/2",
  ],
  [
    "with neither processes nor actions nobody can be deadlocked",
    "var x: 0..3 in 0..2\ninvariant small: x < 3",
    "0 3/0/0",
  ],
  [
    "a variable of a process that is done has its type's first value, dead locals reset or not",
    `var x: 0..3 = 0
     process p { var v: 0..3 = 1 ; x := 1 }
     invariant after: done(p) => p.v == 0`,
    "0 2/1/1",
  ],
  [
    "a label at the end of a block is not the head of the loop behind it",
    `var x: 0..3 = 0
     process p { while x < 3 { x += 1 ; l: } ; x := 1 }
     cover c: p @ l`,
    "120 label-not-observable",
  ],
  [
    "a label before a loop is seen at each round",
    `var x: 0..3 = 0
     process p { l: m: while x < 2 { x += 1 } }
     cover c: p @ l && p @ m && x == 2`,
    "0 6/5/5",
  ],
  [
    "an action that params and consts rule out is exempt from vacuity, its branches too",
    `param P: bool = false
     var x: 0..1 = 0
     action a(k: 0..1) when P { if x == 1 { x := k } else { x := 1 } }
     action b { x := 0 }`,
    "0 1/1/0",
  ],
  [
    "an action that could run is not exempt",
    `var x: 0..1 = 0
     action a when x == 1 { x := 0 }
     action b { x := 0 }`,
    "15 a 1/1/0",
  ],
  [
    "`for any` over a set that is empty by params and consts has no rounds to enter",
    `param N: 0..2 = 0
     var x: 0..1 = 0
     process b { for any i in {k in 1..2 where k <= N} { x := 0 } ; x := 1 }`,
    "0 2/1/1",
  ],
  [
    "where a process stands is for properties to read, not for ghosts",
    `ghost var g: bool = false
     var x: 0..3 = 0
     process p { var v: bool = true ; x := 1 ; l: x := 2 }
     process q { skip ; ghost g := p @ l ; skip ; ghost g := p.v }`,
    "120 property-only property-only",
  ],
])("%s", ([, spec, expected, settings = ""]) => {
  conforms(spec, expected, settings);
});
