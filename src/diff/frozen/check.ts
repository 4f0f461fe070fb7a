// What freezing a spec, or holding it against what is frozen, comes to: plain data, of which report/ makes sentences.

import type { VersionsDiff } from "../vectors.ts";
import type { Drift, FrozenVector } from "./frozen.ts";

export interface FrozenCheck {
  /** The spec, and the file of its frozen results. */
  readonly path: string;
  readonly lock: string;
  readonly outcome:
    | { readonly kind: "frozen" }
    /** Nothing drifted. `textChanged`: though the text is another one than was frozen. */
    | { readonly kind: "same"; readonly textChanged: boolean }
    | { readonly kind: "drifted"; readonly cause: DriftCause };
  readonly vectors: readonly FrozenVectorCheck[];
}

/** One choice of parameters. */
export interface FrozenVectorCheck {
  /** Null if it is frozen now. */
  readonly frozen: FrozenVector | null;
  readonly found: FrozenVector;
  /** Empty if nothing drifted. */
  readonly drifts: readonly Drift[];
}

/** Where a drift comes from; `then` is the version of Weft that froze the results. */
export type DriftCause =
  /**
   * The text that was frozen and the present one, under the choice of parameters that drifted most tellingly.
   * `asFrozen`: the text that was frozen still comes to the results that were.
   */
  | {
      readonly kind: "text";
      readonly diff: VersionsDiff;
      readonly asFrozen: boolean;
      readonly then: string;
    }
  /** The text is as it was: the file was edited, or this version of Weft finds something else. */
  | { readonly kind: "not-text"; readonly then: string }
  /** This version of Weft does not take the text that was frozen. */
  | { readonly kind: "text-refused"; readonly then: string };

/** The choice of parameters that is shown in full: the first with a verdict that flipped, else the first that drifted. */
export function leadingDrift(vectors: readonly FrozenVectorCheck[]): FrozenVectorCheck | null {
  const flipped = vectors.find(({ drifts }) => drifts.some(({ kind }) => kind === "verdict"));
  return flipped ?? vectors.find(({ drifts }) => drifts.length > 0) ?? null;
}
