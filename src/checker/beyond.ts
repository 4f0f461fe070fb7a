// What is left of a search that has outgrown one memory, for passes that would see all of its states.

import type { NotJudged } from "./exploration.ts";
import type { Search } from "./explore.ts";

/** What all states come to, where the table of a search has only some. */
export interface Beyond {
  readonly states: number;
  /** As those of a search. */
  readonly levels: readonly number[];
  readonly initialStates: number;
  /** Does the table have every state on a shortest way to what traces are wanted for? */
  readonly allWays: boolean;
}

/** How many states a search met, wherever they are. */
export function allStates({ beyond, table }: Search): number {
  return beyond?.states ?? table.count;
}

/** What is judged of searches in one memory only, for it takes all states and steps at once. */
export function notJudgedBeyond({ beyond, system }: Search): readonly NotJudged[] {
  if (beyond === null) return [];
  const stuck = system.movers.some(({ mustFinish }) => mustFinish);
  return [
    ...(stuck ? [{ kind: "stuck", name: "stuck" } as const] : []),
    ...system.costs.map((name) => ({ kind: "cost", name }) as const),
  ];
}
