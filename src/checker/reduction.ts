// What reductions of a search have in common: what is asked of them, what they change, and what is said of them. A reduction keeps
// every verdict and searches fewer states. Where it would not keep them, or cannot be had, it says why instead.

import type { Span } from "../diagnostics/source.ts";
import type { ReducedForm } from "../machine/reduced-form.ts";
import type { Distinction } from "../machine/symmetry/distinctions.ts";
import type { SymmetricType } from "../machine/symmetry/types.ts";
import type { CheckSettings } from "./check.ts";
import type { CompiledForm } from "./explore.ts";
import type { TransitionSystem } from "./transition-system.ts";

/** From the first state on, once a search has turned out to be large, or not at all. */
export type Wish = "at-once" | "when-large" | "never";

/** A search as it will be: reductions replace parts of it. */
export interface Searching {
  readonly system: TransitionSystem;
  readonly settings: Partial<CheckSettings>;
  /** What the reductions so far make of its code; missing: nothing. */
  readonly form?: ReducedForm;
}

/** The search with more made of its code. What has no compiled form so far has none with this either. */
export function reducedFurther(
  searching: Searching,
  more: ReducedForm,
  compiled: (form: ReducedForm) => CompiledForm | null,
): Searching {
  const form = { ...searching.form, ...more };
  const { settings } = searching;
  const compiledForm = (settings.compiled ?? null) === null ? null : compiled(form);
  return { ...searching, form, settings: { ...settings, compiled: compiledForm } };
}

/** A reduction of one machine's search. */
export interface Reduction<R extends ReductionReport = ReductionReport> {
  readonly wish: Wish;
  /** What is said of it once it was used, or of why it was not. */
  readonly report: R;
  /** Null if it cannot be used. */
  readonly reduce: ((searching: Searching) => Searching) | null;
}

/** What a result says of a reduction. */
export type ReductionReport = SymmetryReport | PartialOrderReport;

export type SymmetryReport =
  | {
      readonly kind: "symmetry";
      readonly applied: true;
      /** One state stands for all that differ only in the names of these types' values. */
      readonly types: readonly SymmetricType[];
      /** Symmetric types whose values are told apart. */
      readonly kept: readonly KeptType[];
    }
  | NotApplied<"symmetry">;

export type PartialOrderReport =
  | {
      readonly kind: "partial-order";
      readonly applied: true;
      /** Locations at which a process may go alone, of all. */
      readonly locations: { readonly alone: number; readonly all: number };
    }
  | NotApplied<"partial-order">;

interface NotApplied<K> {
  readonly kind: K;
  readonly applied: false;
  readonly reason: ReductionRefusal;
}

/** Why a reduction is not used. */
export type ReductionRefusal =
  /** The spec expects a number of states or steps of this run, which are those of the whole. */
  | {
      readonly kind: "expected-count";
      readonly what: "states" | "transitions" | "depth";
      readonly span: Span;
    }
  /** Step properties judge every step in every state. */
  | { readonly kind: "step-property"; readonly name: string; readonly span: Span }
  /** Everything that a process does may matter to others, or to what is looked for. */
  | { readonly kind: "nobody-alone" }
  /** Something is violated, and the shortest counterexamples are those of the whole. */
  | { readonly kind: "violated" }
  /** What was asked for would not be known: an option of the command. */
  | { readonly kind: "option"; readonly option: string }
  | { readonly kind: "no-symmetric-type" }
  /** All symmetric types have values that are told apart. */
  | { readonly kind: "told-apart"; readonly types: readonly KeptType[] };

export interface KeptType {
  readonly name: string;
  readonly distinction: Distinction;
}
