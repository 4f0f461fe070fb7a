// The module that TLC is run on: it extends the translation and has every verdict found in one complete run.
//
// A translation's module offers a predicate for each invariant, cover and `deadlock`, an action for each step property,
// and calls `Report(verdict)` inside the steps that fault or fail an assertion (in a context where it is TRUE and no
// disjunct of the action, so that no step is counted twice). Registers of TLC remember what has been found: once,
// on its first occurrence, it is printed, and the search goes on. For a counterexample a second run stops at one of them.

/** What is judged and under which name the translation offers it. */
export interface TlcCheck {
  /** Unique text, told back by TLC: `invariant no_lost_update`. */
  readonly key: string;
  readonly judged:
    /** Found where the predicate is `expected` not to be, in any reachable state. */
    | { readonly by: "state"; readonly predicate: string; readonly found: "true" | "false" }
    /** Found on a step that changes the state and for which the action is false. */
    | { readonly by: "step"; readonly action: string }
    /** Found when the translation calls `Report(report)`. */
    | { readonly by: "report"; readonly report: string };
}

export interface TlcModule {
  readonly name: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Configurations: of the complete run, and of the one that stops at a check. */
  readonly complete: string;
  stopAt(check: TlcCheck): string;
}
