// How far a path through the graph is with its step: what decides where steps begin and end.

import type { GraphNode, Region, Scope } from "./graph.ts";

/** Where a path stands. */
export interface Progress {
  /** The step has been taken: the next step is the next location. */
  readonly spent: boolean;
  /** The innermost branch chosen whose first step is still to come. */
  readonly choice: Scope | null;
  readonly region: Region | null;
  /** A step inside the region has been taken: nothing may wait any more. */
  readonly begun: boolean;
  /** One local node is to run by itself (unfolded machines). */
  readonly single: boolean;
}

export const FRESH: Progress = {
  spent: false,
  choice: null,
  region: null,
  begun: false,
  single: false,
};
export const SPENT: Progress = { ...FRESH, spent: true };

/** What leaving an `atomic` block or the branch of a choice means for the path. */
export function arrive(node: GraphNode, progress: Progress): Progress {
  let now = progress;
  if (now.region !== null && node.region !== now.region) now = SPENT;
  if (now.choice !== null && !within(node.scope, now.choice)) {
    now = now.region === null ? SPENT : { ...now, choice: null, begun: true };
  }
  return now;
}

function within(scope: Scope | null, outer: Scope): boolean {
  for (let at = scope; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

/** The progress behind a node that is no choice. */
export function after(node: GraphNode, progress: Progress): Progress {
  if (progress.spent) return progress;
  if (progress.single) return SPENT;
  if (!node.step) return progress;
  return progress.region === null ? SPENT : { ...progress, choice: null, begun: true };
}

/** Whether two paths stand alike. */
export function same(a: Progress, b: Progress): boolean {
  return (
    a.spent === b.spent &&
    a.choice === b.choice &&
    a.region === b.region &&
    a.begun === b.begun &&
    a.single === b.single
  );
}
