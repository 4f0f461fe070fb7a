// What a comparison of two versions is asked to look at, and how far it may go.

import type { SearchOptions } from "../checker/explore.ts";

export interface DifferenceOptions
  extends Pick<SearchOptions, "interrupted" | "now" | "memoryBytes" | "timeLimitSeconds"> {
  /** Names to observe, in place of those that the specs name; null: theirs. */
  readonly observe: readonly string[] | null;
}
