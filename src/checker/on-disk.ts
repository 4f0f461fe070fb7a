// What is left of a search whose states are on disk, for passes that would see all of them in memory.

import type { NotJudged } from "./exploration.ts";
import type { Search } from "./explore.ts";

/** What all states come to, where the table of a search has only some. */
export interface OnDisk {
  readonly states: number;
  /** As those of a search. */
  readonly levels: readonly number[];
  readonly initialStates: number;
  /** Does the table have every state on a shortest way to what traces are wanted for? */
  readonly allWays: boolean;
}

/** How many states a search met, wherever they are. */
export function allStates({ onDisk, table }: Search): number {
  return onDisk?.states ?? table.count;
}

/** What is judged of searches in memory only, for it takes all states and steps at once. */
export function notJudgedOnDisk({ onDisk, system }: Search): readonly NotJudged[] {
  if (onDisk === null) return [];
  const stuck = system.movers.some(({ mustFinish }) => mustFinish);
  return [
    ...(stuck ? [{ kind: "stuck", name: "stuck" } as const] : []),
    ...system.costs.map((name) => ({ kind: "cost", name }) as const),
  ];
}
