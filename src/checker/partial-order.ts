// Partial-order reduction: where the steps of one process are independent of all that others may do before it moves, and hide
// nothing that is looked for, only they are taken. machine/independence says where that is so; docs/reductions.md says why it
// keeps every verdict.
//
// The choice depends on the state alone, so that whoever searches, in whatever order, finds the same states.

import { type Persistence, persistence } from "../machine/independence/persistent.ts";
import type { Machine } from "../machine/machine.ts";
import type { ReducedForm } from "../machine/reduced-form.ts";
import { countExpected } from "./expectations.ts";
import type { CompiledForm } from "./explore.ts";
import {
  type PartialOrderReport,
  type Reduction,
  type ReductionRefusal,
  reducedFurther,
  type Wish,
} from "./reduction.ts";
import type { TransitionSystem } from "./transition-system.ts";

/** The machine's steps in the forms that a search runs, without those that need not be taken. */
export interface ReducedForms {
  readonly system: (choices: Persistence) => TransitionSystem;
  readonly compiled: (form: ReducedForm) => CompiledForm | null;
}

/**
 * The partial-order reduction of a machine's search; null if it was not asked for and no two processes could be told apart by it.
 * `without` is an option that rules it out. What processes touch is looked at when it is first needed.
 */
export function partialOrderReduction(
  machine: Machine,
  wish: Wish,
  without: string | null,
  forms: ReducedForms,
): Reduction<PartialOrderReport> | null {
  if (machine.instances.length < 2 && wish !== "at-once") return null;
  const reason = refusal(machine, without);
  if (reason !== null) {
    const report = { kind: "partial-order", applied: false, reason } as const;
    return { wish, report, reduce: null };
  }
  let analysed: Persistence | null | undefined;
  const choices = (): Persistence | null => {
    if (analysed === undefined) analysed = persistence(machine);
    return analysed;
  };
  return {
    wish,
    get report() {
      return reportOf(choices());
    },
    reduce(searching) {
      const chosen = choices();
      if (chosen === null) return searching;
      const system = forms.system(chosen);
      return reducedFurther({ ...searching, system }, { choices: chosen }, forms.compiled);
    },
  };
}

function reportOf(choices: Persistence | null): PartialOrderReport {
  if (choices === null)
    return { kind: "partial-order", applied: false, reason: { kind: "nobody-alone" } };
  const locations = choices.flat();
  const alone = locations.filter((choice) => choice !== null).length;
  return { kind: "partial-order", applied: true, locations: { alone, all: locations.length } };
}

function refusal(machine: Machine, without: string | null): ReductionRefusal | null {
  if (without !== null) return { kind: "option", option: without };
  const judging = machine.properties.find(({ kind }) => kind === "step");
  if (judging !== undefined)
    return { kind: "step-property", name: judging.name, span: judging.span };
  const expected = countExpected(machine);
  return expected === null ? null : { kind: "expected-count", ...expected };
}
