// Does a search with symmetry reduction come to what a search of all states comes to?

import { expect } from "vitest";
import { checkSearch, type Searched } from "../../src/checker/check.ts";
import type { Detail, Exploration, Trace, VerdictKind } from "../../src/checker/exploration.ts";
import { type CompiledForm, finish } from "../../src/checker/explore.ts";
import { symmetryReduction } from "../../src/checker/symmetric.ts";
import type { Machine } from "../../src/machine/machine.ts";
import type { ReducedForm } from "../../src/machine/reduced-form.ts";
import { compiledSearch, packedSystem } from "../../src/pipeline.ts";
import { STATE_LIMIT } from "./corpus.ts";
import { countOrbits } from "./orbit-oracle.ts";

export interface Compared {
  readonly whole: Exploration;
  readonly reduced: Exploration;
}

/** Compares both searches of a machine; null if it is too large, or its symmetric types are not. */
export function compareReduced(machine: Machine): Compared | null {
  // In JavaScript first, so that both forms of the search sort.
  const compiled = (form: ReducedForm): CompiledForm => compiledSearch(machine, 50, form);
  const reduction = symmetryReduction({ ...machine, expectations: [] }, "at-once", null, compiled);
  if (reduction === null || reduction.reduce === null || !reduction.report.applied) return null;
  const whole = finish(checkSearch(machine, packedSystem(machine), { maxStates: STATE_LIMIT }));
  if (!whole.exploration.complete) return null;
  const { system, settings } = reduction.reduce({
    system: packedSystem(machine),
    settings: { compiled: compiled({}) },
  });
  const reduced = finish(checkSearch(machine, system, settings));
  expect(described(reduced.exploration)).toEqual(described(whole.exploration));
  const types = reduction.report.types.map(({ name }) => name);
  expect(reduced.exploration.distinctStates).toBe(countOrbits(machine, statesOf(whole), types));
  return { whole: whole.exploration, reduced: reduced.exploration };
}

/** All states that a search has met, as people read them. */
export function statesOf({ search }: Searched): Parameters<typeof countOrbits>[1] {
  const { system, table } = search;
  return Array.from({ length: table.count }, (_, state) =>
    system.decode(table.arena, state * system.width),
  );
}

/** What must be the same; which of several shortest traces is shown, and under which names, need not be. */
function described(exploration: Exploration): unknown {
  const { complete, depth, verdicts, costs, coverage } = exploration;
  return {
    complete,
    depth,
    verdicts: verdicts
      .map(({ kind, name, outcome, span, detail, trace }) => ({
        what: `${kind} ${name} ${outcome} ${span?.start} ${detailOf(kind, detail)}`,
        trace: lengthOf(trace),
      }))
      .toSorted((left, right) => (left.what < right.what ? -1 : left.what > right.what ? 1 : 0)),
    costs: costs.map(({ name, least, greatest, leastRun, greatestRun }) => ({
      ...{ name, least, greatest },
      leastRun: lengthOf(leastRun),
      // Of several loops that add any may be shown.
      greatestRun: greatest === "unbounded" ? null : lengthOf(greatestRun),
    })),
    ...{ branches: coverage.branchesNeverEntered, actions: coverage.actionsNeverTaken },
    labels: coverage.labels.map(({ trace, ...label }) => ({ ...label, trace: lengthOf(trace) })),
  };
}

function lengthOf(trace: Trace | null): number | null {
  return trace?.steps.length ?? null;
}

/** Who is stuck is the same; who is blocked in a deadlock depends on names. */
function detailOf(kind: VerdictKind, detail: Detail | null): string {
  switch (detail?.kind) {
    case "lock-cycle":
      return `cycle of ${detail.edges.length}`;
    case "blocked":
      return kind === "stuck" ? detail.processes.join() : "blocked";
    case "fault":
      return `${detail.fault} ${detail.span.start}`;
    default:
      return detail?.kind ?? "";
  }
}
