// Two versions under several choices of parameters: one difference for each.

import type { Difference } from "./difference.ts";

export interface VersionsDiff {
  readonly before: string;
  readonly after: string;
  readonly vectors: readonly VectorDifference[];
}

export interface VectorDifference {
  /** The params that vary, as written; empty if nothing varies. */
  readonly values: readonly (readonly [string, string])[];
  readonly difference: Difference;
}

/** The difference that tells most: the first in which a verdict flips, else the first. */
export function leading({ vectors }: VersionsDiff): Difference {
  const flipped = vectors.find(({ difference }) =>
    difference.verdicts.some((pair) => pair.flipped),
  );
  const found = flipped ?? vectors[0];
  if (found === undefined) throw new Error("a comparison of no parameters");
  return found.difference;
}
