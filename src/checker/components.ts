// Strongly connected components (Tarjan's algorithm, with a stack of its own instead of recursion).

import type { WeightedGraph } from "./weighted-graph.ts";

export interface Components {
  readonly count: number;
  /** of[state] is its component, -1 for states left out. A component's number is larger than those it leads to. */
  readonly of: Int32Array;
  /** The states, those of component 0 first; those of component c begin at starts[c]. */
  readonly order: Int32Array;
  readonly starts: readonly number[];
}

/** The components of the part of the graph that `included` marks. */
export function components(
  graph: Pick<WeightedGraph, "states" | "starts" | "targets">,
  included: Uint8Array,
): Components {
  const { states, starts, targets } = graph;
  const of = new Int32Array(states).fill(-1);
  const order = new Int32Array(states);
  const componentStarts: number[] = [];
  /** Order of discovery, from 1; 0 is not met yet. */
  const met = new Int32Array(states);
  const low = new Int32Array(states);
  const nextEdge = starts.slice(0, states);
  const path = new Int32Array(states);
  const open = new Int32Array(states);
  let [discovered, opened, ordered] = [0, 0, 0];

  for (let root = 0; root < states; root += 1) {
    if (included[root] === 0 || met[root] !== 0) continue;
    let depth = 0;
    path[0] = root;
    while (depth >= 0) {
      const state = path[depth] as number;
      if (met[state] === 0) {
        discovered += 1;
        met[state] = discovered;
        low[state] = discovered;
        open[opened] = state;
        opened += 1;
      }
      let descended = false;
      for (let edge = nextEdge[state] as number; edge < (starts[state + 1] as number); edge += 1) {
        const target = targets[edge] as number;
        if (included[target] === 0) continue;
        if (met[target] === 0) {
          // This edge is looked at again on the way back, when the target's `low` is known.
          nextEdge[state] = edge;
          depth += 1;
          path[depth] = target;
          descended = true;
          break;
        }
        if (of[target] === -1) low[state] = Math.min(low[state] as number, low[target] as number);
      }
      if (descended) continue;
      depth -= 1;
      if (low[state] !== met[state]) continue;
      componentStarts.push(ordered);
      let member = -1;
      while (member !== state) {
        opened -= 1;
        member = open[opened] as number;
        of[member] = componentStarts.length - 1;
        order[ordered] = member;
        ordered += 1;
      }
    }
  }
  return {
    count: componentStarts.length,
    of,
    order: order.subarray(0, ordered),
    starts: componentStarts,
  };
}
