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

/** The difference that tells most: the first in which a verdict flips, else behaviours differ, else a total; else the first. */
export function leading({ vectors }: VersionsDiff): Difference {
  const tells: readonly ((difference: Difference) => boolean)[] = [
    ({ verdicts }) => verdicts.some(({ flipped }) => flipped),
    ({ behaviours }) =>
      behaviours?.beforeInAfter.kind === "differs" || behaviours?.afterInBefore.kind === "differs",
    ({ costs }) => costs.some(({ differs }) => differs),
    () => true,
  ];
  const [found] = tells.flatMap((tell) => vectors.find(({ difference }) => tell(difference)) ?? []);
  if (found === undefined) throw new Error("a comparison of no parameters");
  return found.difference;
}
