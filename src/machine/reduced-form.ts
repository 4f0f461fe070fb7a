// What reductions make of a machine's search, wherever it is written as code.

import type { Persistence } from "./independence/persistent.ts";
import type { SortPlan } from "./symmetry/sort-plan.ts";

export interface ReducedForm {
  /** Where the steps of one process are enough; null or missing: nowhere. */
  readonly choices?: Persistence | null;
  /** How values are sorted in states that stand for others; empty or missing: every state is itself. */
  readonly plan?: SortPlan;
}
