// A searched state graph and the weights of its edges, in flat arrays: what totals of costs are computed from.

import { FAULTED } from "./edge-log.ts";
import { edgesOf } from "./edges.ts";
import type { Search } from "./explore.ts";
import { canReach } from "./reachability.ts";
import { type TransitionSystem, Transitions } from "./transition-system.ts";

export interface WeightedGraph {
  readonly states: number;
  /** The edges of state s are starts[s] … starts[s+1]-1, in the order of successors. Faulting steps are left out. */
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  readonly movers: Uint16Array;
  /** 1 for states without any step, not even a faulting one. */
  readonly ends: Uint8Array;
  readonly initialStates: number;
}

/** What adds to one total. Graphs are large: the weights of one total at a time are enough. */
export interface Weights {
  /** By edge of the graph. */
  readonly edges: Float64Array;
  /** By initial state: what the work before the first step adds. */
  readonly initial: Float64Array;
}

/** All edges of a complete search. */
export function weightedGraph(search: Search): WeightedGraph {
  const { table, initialStates, transitions } = search;
  const starts = new Int32Array(table.count + 1);
  const targets = new Int32Array(transitions);
  const movers = new Uint16Array(transitions);
  const ends = new Uint8Array(table.count);
  const edges = edgesOf(search);
  let edge = 0;
  for (let state = 0; state < table.count; state += 1) {
    const count = edges.load(state);
    if (count === 0) ends[state] = 1;
    for (let step = 0; step < count; step += 1) {
      const target = edges.targets[step] as number;
      if (target === FAULTED) continue;
      targets[edge] = target;
      movers[edge] = edges.movers[step] as number;
      edge += 1;
    }
    starts[state + 1] = edge;
  }
  return { states: table.count, starts, targets, movers, ends, initialStates };
}

/**
 * The weights of one cost of a system: the one that was searched, or one with the same states and steps in the same order
 * and other costs. All steps are found anew.
 */
export function costWeights(
  search: Search,
  graph: WeightedGraph,
  system: TransitionSystem,
  cost: number,
): Weights {
  const { table } = search;
  const costs = system.costs.length;
  const out = new Transitions(system.width, costs);
  const edges = new Float64Array(graph.targets.length);
  let edge = 0;
  for (let state = 0; state < table.count; state += 1) {
    system.successors(table.arena, state * system.width, out);
    for (let step = 0; step < out.count; step += 1) {
      if ((out.fault[step] as number) >= 0) continue;
      edges[edge] = out.weights[step * costs + cost] as number;
      edge += 1;
    }
  }
  const initial = new Float64Array(graph.initialStates);
  system.initial(out);
  for (let step = 0; step < out.count; step += 1) {
    if ((out.fault[step] as number) >= 0) continue;
    const state = table.find(out.words, step * system.width);
    initial[state] = out.weights[step * costs + cost] as number;
  }
  return { edges, initial };
}

/** The state that an edge leaves. */
export function sourceOf(graph: WeightedGraph, edge: number): number {
  let low = 0;
  let high = graph.states - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((graph.starts[middle] as number) <= edge) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A way through the graph: where it begins, and its edges. */
export interface Walk {
  readonly from: number;
  readonly edges: readonly number[];
}

/** A shortest walk along allowed edges from one of some states to a goal; null if there is none. */
export function shortestWalk(
  graph: WeightedGraph,
  from: Iterable<number>,
  isGoal: (state: number) => boolean,
  isAllowed: (source: number, edge: number) => boolean,
): Walk | null {
  const cameBy = new Int32Array(graph.states).fill(-1);
  const queue = new Int32Array(graph.states);
  const STARTED = -2;
  let queued = 0;
  for (const state of from) {
    if (cameBy[state] === STARTED) continue;
    cameBy[state] = STARTED;
    queue[queued] = state;
    queued += 1;
  }
  for (let next = 0; next < queued; next += 1) {
    const state = queue[next] as number;
    if (isGoal(state)) return walkBack(graph, cameBy, state);
    for (
      let edge = graph.starts[state] as number;
      edge < (graph.starts[state + 1] as number);
      edge += 1
    ) {
      const target = graph.targets[edge] as number;
      if (cameBy[target] !== -1 || !isAllowed(state, edge)) continue;
      cameBy[target] = edge;
      queue[queued] = target;
      queued += 1;
    }
  }
  return null;
}

/** The walk to a state, given the edge by which each state was reached (negative where walks begin). */
export function walkBack(graph: WeightedGraph, cameBy: Int32Array, state: number): Walk {
  const edges: number[] = [];
  let at = state;
  for (let edge = cameBy[at] as number; edge >= 0; edge = cameBy[at] as number) {
    edges.push(edge);
    at = sourceOf(graph, edge);
  }
  return { from: at, edges: edges.reverse() };
}

/** Marks the states from which an end can be reached. */
export function reachingEnds({ states, starts, targets, ends }: WeightedGraph): Uint8Array {
  return canReach({
    states,
    leadsTo(state, marks) {
      const end = starts[state + 1] as number;
      for (let edge = starts[state] as number; edge < end; edge += 1) {
        if (marks[targets[edge] as number] === 1) return true;
      }
      return ends[state] === 1;
    },
    unmet(state, marks) {
      const end = starts[state + 1] as number;
      for (let edge = starts[state] as number; edge < end; edge += 1) {
        const target = targets[edge] as number;
        if (marks[target] === 0) return target;
      }
      return -1;
    },
    eachTarget(state, visit) {
      const end = starts[state + 1] as number;
      for (let edge = starts[state] as number; edge < end; edge += 1)
        visit(targets[edge] as number);
    },
  });
}
