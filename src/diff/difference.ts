// The difference of two versions, as data. Only report/ makes sentences of it.

import type { Progress } from "../checker/explore.ts";
import { type Behaviours, compareBehaviours } from "./behaviours/behaviours.ts";
import { type CostPair, compareCosts } from "./costs.ts";
import { matchLines } from "./matching/matching.ts";
import type { DifferenceOptions } from "./options.ts";
import { type Structure, structureOf } from "./structure/structure.ts";
import { type Transplant, transplants } from "./transplant/transplant.ts";
import { compareVerdicts, type VerdictPair } from "./verdicts.ts";
import type { Version } from "./version.ts";

/** Two versions under the same choice of parameters. */
export interface Difference {
  readonly before: Version;
  readonly after: Version;
  /** Flips first. */
  readonly verdicts: readonly VerdictPair[];
  /** Of each counterexample of the old version that its new one does not expect or have, the flipped ones first. */
  readonly transplants: readonly Transplant[];
  /** Null if a search was not complete: then nothing is known of what a version cannot do. */
  readonly behaviours: Behaviours | null;
  /** Declared costs first; those that differ before the others. */
  readonly costs: readonly CostPair[];
  readonly structure: Structure;
}

/** Compares two versions; pauses now and then, as a search does. */
export function* difference(
  before: Version,
  after: Version,
  options: DifferenceOptions,
): Generator<Progress, Difference, void> {
  const matching = matchLines(before.machine, after.machine);
  const verdicts = compareVerdicts(before, after);
  const complete = before.search.complete && after.search.complete;
  return {
    before,
    after,
    verdicts,
    transplants: yield* transplants(before, after, matching, verdicts, options),
    behaviours: complete ? yield* compareBehaviours(before, after, options) : null,
    costs: compareCosts(before, after),
    structure: structureOf(before, after, matching),
  };
}
