// What never happens though it should, and which labels are reached though they should not be, in sentences.

import type { Findings, LabelFinding } from "../checker/expectations.ts";
import { formatPlace, type Span } from "../diagnostics/source.ts";
import type { Machine } from "../machine/machine.ts";
import type { Paint } from "./style.ts";
import { plural } from "./words.ts";

/** Covers and labels not reached, branches never entered, actions never taken; null if there is nothing to say. */
export function drawCoverage(machine: Machine, findings: Findings, paint: Paint): string | null {
  const lines = coverageLines(machine, findings);
  return lines.length === 0 ? null : lines.map((line) => paint("warn", line)).join("\n");
}

/** A sentence for each of these, without a full stop. */
export function coverageLines(machine: Machine, findings: Findings): readonly string[] {
  return [
    ...findings.covers.map(({ name, span }) => `cover ${name} is never reached${at(span)}`),
    ...unreached(findings).map(
      ({ name, expectation }) =>
        `label ${name} is never reached, though it is expected to be${at(expectation.span)}`,
    ),
    ...findings.branches.flatMap((index) => {
      const branch = machine.branches[index];
      if (branch === undefined) return [];
      const { description, span, function: owner } = branch;
      return [`branch never entered in ${owner}: ${description}${at(span)}`];
    }),
    ...findings.actions.map((name) => {
      const action = machine.actions.find((candidate) => candidate.name === name);
      return `action ${name} is never taken${at(action?.action.span ?? null)}`;
    }),
  ];
}

/** `label f.L is reached, though it is expected to be unreachable (a.weft:3:1)` */
export function reachedWords({ name, expectation }: LabelFinding): string {
  return `label ${name} is reached, though it is expected to be unreachable${at(expectation.span)}`;
}

/** `2 things never happen and 1 label is reached against expectation`; null if neither is so. */
export function coverageWords(findings: Findings): string | null {
  const { covers, branches, actions, labels } = findings;
  const missing = unreached(findings);
  const absent = covers.length + branches.length + actions.length + missing.length;
  const reached = labels.length - missing.length;
  const words = [
    ...(absent > 0
      ? [`${plural(absent, "thing")} never ${absent === 1 ? "happens" : "happen"}`]
      : []),
    ...(reached > 0
      ? [`${plural(reached, "label")} ${reached === 1 ? "is" : "are"} reached against expectation`]
      : []),
  ];
  return words.length === 0 ? null : words.join(" and ");
}

function unreached({ labels }: Findings): readonly LabelFinding[] {
  return labels.filter(({ trace }) => trace === null);
}

function at(span: Span | null): string {
  return span === null ? "" : ` (${formatPlace(span)})`;
}
