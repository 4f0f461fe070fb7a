// Chooses few random specs that together have every kind of node, machine op, fault and violation, and are small.

import { checkMachine } from "../../src/pipeline.ts";
import { countSpec, coveredKinds, newStatistics, prepareSeed } from "../support/corpus.ts";

/** Larger ones take too long where many tests run. */
const SMALL = 1_000;
/** What a kind is worth that no chosen spec has, one has, two have. */
const WORTH = [1, 0.1, 0.02] as const;

/** Greedily: each seed is the one that adds most to those before it. */
export function chooseSeeds(count: number, among: number): readonly number[] {
  const kindsOf = new Map<number, readonly string[]>();
  for (let seed = 0; seed < among; seed += 1) {
    const kinds = kindsOfSmall(seed);
    if (kinds !== null) kindsOf.set(seed, kinds);
  }
  const chosen: number[] = [];
  const times = new Map<string, number>();
  const worth = (seed: number): number =>
    (kindsOf.get(seed) ?? []).reduce((sum, kind) => sum + (WORTH[times.get(kind) ?? 0] ?? 0), 0);
  while (chosen.length < count && kindsOf.size > 0) {
    const best = [...kindsOf.keys()].reduce((one, other) =>
      worth(other) > worth(one) ? other : one,
    );
    chosen.push(best);
    for (const kind of kindsOf.get(best) ?? []) times.set(kind, (times.get(kind) ?? 0) + 1);
    kindsOf.delete(best);
  }
  return chosen;
}

/** The kinds that a spec has; null if it does not compile or is not small. */
function kindsOfSmall(seed: number): readonly string[] | null {
  const prepared = prepareSeed(seed);
  if (prepared.machine === null) return null;
  const settings = { maxStates: SMALL + 1, refine: "none" } as const;
  const { complete, distinctStates } = checkMachine(prepared.machine, settings);
  if (!complete || distinctStates > SMALL) return null;
  const statistics = newStatistics();
  countSpec(statistics, prepared);
  return coveredKinds.filter((kind) => statistics.kinds.has(kind));
}

/** The kinds that none of the seeds has. */
export function kindsMissing(seeds: readonly number[]): readonly string[] {
  const statistics = newStatistics();
  for (const seed of seeds) countSpec(statistics, prepareSeed(seed));
  return coveredKinds.filter((kind) => !statistics.kinds.has(kind));
}
