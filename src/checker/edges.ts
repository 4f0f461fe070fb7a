// The edges of a finished search, state by state: from its log when it kept one, else found again.

import { FAULTED } from "./edge-log.ts";
import type { Search } from "./explore.ts";
import { Transitions } from "./transition-system.ts";

/** The edges of one state at a time; `load` fills the arrays and says how many there are. */
export interface Edges {
  /** States reached; FAULTED where the step faults or leads to a state that the search did not keep. */
  targets: Int32Array;
  movers: Int32Array;
  load(state: number): number;
}

/** Reads the edges of a search. */
export function edgesOf(search: Search): Edges {
  const { edges: log } = search;
  const edges: Edges = { targets: new Int32Array(16), movers: new Int32Array(16), load: () => 0 };
  const reserve = (count: number): void => {
    if (count <= edges.targets.length) return;
    edges.targets = new Int32Array(2 * count);
    edges.movers = new Int32Array(2 * count);
  };
  if (log !== null) {
    edges.load = (state) => {
      const start = log.starts[state] as number;
      const count = (log.starts[state + 1] as number) - start;
      reserve(count);
      for (let edge = 0; edge < count; edge += 1) {
        edges.targets[edge] = log.targets[start + edge] as number;
        edges.movers[edge] = log.movers[start + edge] as number;
      }
      return count;
    };
    return edges;
  }
  const { system, table } = search;
  const out = new Transitions(system.width, system.costs.length);
  edges.load = (state) => {
    system.successors(table.arena, state * system.width, out);
    reserve(out.count);
    for (let step = 0; step < out.count; step += 1) {
      edges.targets[step] =
        (out.fault[step] as number) >= 0 ? FAULTED : table.find(out.words, step * system.width);
      edges.movers[step] = out.mover[step] as number;
    }
    return out.count;
  };
  return edges;
}
