// What a patch costs: the least and the greatest totals of both versions.

import type { CostResult } from "../checker/exploration.ts";
import type { Version } from "./version.ts";

export interface CostPair {
  /** `idle_locks`; of a built-in cost what it counts, `acquires pmd_ptl`, `steps`, `waits`. */
  readonly name: string;
  readonly kind: "declared" | "acquires" | "steps" | "waits";
  /** The process instance that is counted, `splitter`; null: all together. */
  readonly process: string | null;
  /** Null: this version has no such cost, lock or process, or its search is not complete. */
  readonly before: CostResult | null;
  readonly after: CostResult | null;
  readonly differs: boolean;
}

/** Compares the costs of two versions. */
export function compareCosts(before: Version, after: Version): readonly CostPair[] {
  return before.exploration.costs.map((cost): CostPair => {
    const other = after.exploration.costs.find(({ name }) => name === cost.name) ?? null;
    const differs = cost.least !== other?.least || cost.greatest !== other?.greatest;
    const { name } = cost;
    return { name, kind: "declared", process: null, before: cost, after: other, differs };
  });
}
