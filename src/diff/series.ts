// What the patches of a series do together: which are needed, and which order passes through a broken state.

import type { Outcome } from "../checker/exploration.ts";

/** One choice among the patches of a series, applied in the order of the series. */
export interface SubsetResult {
  /** Indices into the series' patches, ascending. */
  readonly patches: readonly number[];
  /** By property; null if the patches do not apply without the others, and then `reason` says why. */
  readonly outcomes: ReadonlyMap<string, Outcome> | null;
  readonly reason: string | null;
  /** Properties with another outcome than this very set of patches expects. */
  readonly unexpected: readonly string[];
}
