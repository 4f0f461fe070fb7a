// A smallest spec and what its check must find, tried on both machines, folded and not, with dead locals reset and not.

import { expect } from "vitest";
import { check } from "../../src/checker/check.ts";
import { findingsOf } from "../../src/checker/expectations.ts";
import type { Exploration, Verdict } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import { interpretedSystem } from "../../src/checker/interpreted-system.ts";
import { codeOfDiagnostics, codeOfExploration } from "../../src/commands/exit-codes.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { packedSystem } from "../../src/pipeline.ts";
import { compileFiles, type Files } from "./spec.ts";

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

/** A rule of the language, a spec, the facts (and perhaps the counts) that its check must find, and params. */
export type Case = readonly [
  rule: string,
  spec: string | Files,
  expected: string,
  settings?: string,
];

/** Checks a spec (or files, the first one) in every way and expects the same facts of all; gives counts only of the usual one. */
export function conforms(spec: string | Files, expected: string, settings: string): void {
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
      ...findings.labels.map(({ name }) => `label:${name}`),
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
