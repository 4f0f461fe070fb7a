// The least and the greatest total of each cost over complete runs: those that end in a state without any step.
//
// Least: Dijkstra's search over (total, steps), with a bucket for each such pair in place of a queue. Greatest: in the part
// of the graph from which an end can be reached, values are taken over from successors until nothing changes. Breadth-first
// order mostly needs a few rounds. Where it does not, the strongly connected components decide: a loop that adds makes the
// total unbounded; otherwise all edges inside a component are free, and the greatest total follows from component to
// component. Runs that attain the totals are as short as they can be.

import { Buckets } from "./buckets.ts";
import { type Components, components } from "./components.ts";
import type { Search } from "./explore.ts";
import type { Path } from "./paths.ts";
import {
  costWeights,
  reachingEnds,
  shortestWalk,
  sourceOf,
  type Walk,
  type WeightedGraph,
  type Weights,
  walkBack,
  weightedGraph,
} from "./weighted-graph.ts";

/** A run, with what each step adds to the cost in question: parallel steps may differ in nothing else. */
export interface CostRun {
  readonly path: Path;
  readonly weights: readonly number[];
}

/** What is known of one cost; all null if no run is complete. */
export interface CostTotals {
  readonly least: number | null;
  readonly greatest: number | "unbounded" | null;
  readonly leastRun: CostRun | null;
  readonly greatestRun: CostRun | null;
  /** The step with which the loop of an unbounded run begins; it goes round once and then on to an end. */
  readonly loopStart: number | null;
}

const NO_RUN: CostTotals = {
  least: null,
  greatest: null,
  leastRun: null,
  greatestRun: null,
  loopStart: null,
};

/** A graph with what totals need to know of it, whatever its edges weigh. */
export interface CostGraph {
  readonly graph: WeightedGraph;
  /** Marks the states from which an end can be reached; `parts` are the components among them. */
  readonly reaching: Uint8Array;
  readonly parts: () => Components;
}

/** Rounds over all states that are cheaper than their components. */
const MOST_ROUNDS = 6;

/** The graph of a complete search. */
export function costGraph(search: Search): CostGraph {
  const graph = weightedGraph(search);
  const reaching = reachingEnds(graph);
  let parts: Components | null = null;
  return {
    graph,
    reaching,
    parts() {
      parts ??= components(graph, reaching);
      return parts;
    },
  };
}

/** The totals of all costs of a complete search, in their order. */
export function costTotals(search: Search): readonly CostTotals[] {
  const { system } = search;
  if (system.costs.length === 0) return [];
  const graph = costGraph(search);
  return system.costs.map((_, cost) =>
    totalsOf(graph, costWeights(search, graph.graph, system, cost)),
  );
}

/** The totals of one cost. */
export function totalsOf(costs: CostGraph, weights: Weights): CostTotals {
  const least = leastTotal(costs.graph, weights);
  return least === null ? NO_RUN : { ...least, ...greatestTotal(costs, weights) };
}

function leastTotal(
  graph: WeightedGraph,
  weights: Weights,
): Pick<CostTotals, "least" | "leastRun"> | null {
  const { starts, targets, ends } = graph;
  const totals = new Float64Array(graph.states).fill(Number.POSITIVE_INFINITY);
  const steps = new Int32Array(graph.states);
  const cameBy = new Int32Array(graph.states).fill(-1);
  const queue = new Buckets();
  for (let state = 0; state < graph.initialStates; state += 1) {
    totals[state] = weights.initial[state] as number;
    queue.push(totals[state] as number, 0, state);
  }
  for (let bucket = queue.pop(); bucket !== null; bucket = queue.pop()) {
    const { total, length, states } = bucket;
    let end = -1;
    for (let at = 0; at < states.count; at += 1) {
      const state = states.items[at] as number;
      if (total !== totals[state] || length !== steps[state]) continue;
      if (ends[state] === 1 && (end < 0 || state < end)) end = state;
      const last = starts[state + 1] as number;
      for (let edge = starts[state] as number; edge < last; edge += 1) {
        const target = targets[edge] as number;
        const next = total + (weights.edges[edge] as number);
        const known = totals[target] as number;
        if (next === known && length + 1 === steps[target]) {
          const before = cameBy[target] as number;
          // Of edges from this bucket, the first: a queue would take out the states of a bucket in their order.
          const here = weights.edges[before] === weights.edges[edge];
          if (here && edge < before) cameBy[target] = edge;
          continue;
        }
        if (next > known || (next === known && length + 1 > (steps[target] as number))) continue;
        totals[target] = next;
        steps[target] = length + 1;
        cameBy[target] = edge;
        queue.push(next, length + 1, target);
      }
    }
    if (end >= 0)
      return { least: total, leastRun: runOf(graph, weights, walkBack(graph, cameBy, end)) };
  }
  return null;
}

type Greatest = Pick<CostTotals, "greatest" | "greatestRun" | "loopStart">;

function greatestTotal(costs: CostGraph, weights: Weights): Greatest {
  const { graph, reaching } = costs;
  let values = valuesBySweeps(costs, weights.edges);
  if (values === null) {
    const growing = edgeThatAddsInALoop(costs, weights.edges);
    if (growing !== null) return unboundedRun(costs, weights, growing);
    values = valuesToEnds(costs, weights.edges);
  }
  const starts = initialStates(graph).filter((state) => reaching[state] === 1);
  const total = (state: number): number =>
    (weights.initial[state] as number) + (values[state] as number);
  const greatest = starts.reduce((most, state) => Math.max(most, total(state)), 0);
  const walk = shortestWalk(
    graph,
    starts.filter((state) => total(state) === greatest),
    (state) => graph.ends[state] === 1,
    (source, edge) => {
      const target = graph.targets[edge] as number;
      return (
        reaching[target] === 1 &&
        (weights.edges[edge] as number) + (values[target] as number) === values[source]
      );
    },
  );
  return { greatest, greatestRun: runOf(graph, weights, found(walk)), loopStart: null };
}

/** The first edge that adds to the cost and can be taken again and again on the way to an end. */
function edgeThatAddsInALoop(
  { graph, reaching, parts }: CostGraph,
  weights: Float64Array,
): number | null {
  const { of } = parts();
  for (let state = 0; state < graph.states; state += 1) {
    if (reaching[state] === 0) continue;
    for (
      let edge = graph.starts[state] as number;
      edge < (graph.starts[state + 1] as number);
      edge += 1
    ) {
      const inLoop = of[graph.targets[edge] as number] === of[state];
      if (inLoop && (weights[edge] as number) > 0) return edge;
    }
  }
  return null;
}

/** To the loop, once around, and on to an end, each part as short as can be. */
function unboundedRun(
  { graph, reaching, parts }: CostGraph,
  weights: Weights,
  growing: number,
): Greatest {
  const { of } = parts();
  const source = sourceOf(graph, growing);
  const target = graph.targets[growing] as number;
  const isSource = (state: number): boolean => state === source;
  const before = found(shortestWalk(graph, initialStates(graph), isSource, () => true));
  const around = found(
    shortestWalk(
      graph,
      [target],
      isSource,
      (_, edge) => of[graph.targets[edge] as number] === of[source],
    ),
  );
  const after = found(
    shortestWalk(
      graph,
      [source],
      (state) => graph.ends[state] === 1,
      (_, edge) => reaching[graph.targets[edge] as number] === 1,
    ),
  );
  const edges = [...before.edges, growing, ...around.edges, ...after.edges];
  return {
    greatest: "unbounded",
    greatestRun: runOf(graph, weights, { from: before.from, edges }),
    loopStart: before.edges.length,
  };
}

/** The greatest total from each state to an end; null if a few rounds do not settle it. */
function valuesBySweeps(
  { graph, reaching }: CostGraph,
  weights: Float64Array,
): Float64Array | null {
  const { states, starts, targets } = graph;
  const values = new Float64Array(states);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let changed = false;
    for (let state = states - 1; state >= 0; state -= 1) {
      if (reaching[state] === 0) continue;
      let most = 0;
      const last = starts[state + 1] as number;
      for (let edge = starts[state] as number; edge < last; edge += 1) {
        const target = targets[edge] as number;
        if (reaching[target] === 0) continue;
        const value = (weights[edge] as number) + (values[target] as number);
        if (value > most) most = value;
      }
      if (most === values[state]) continue;
      values[state] = most;
      changed = true;
    }
    if (!changed) return values;
  }
  return null;
}

/** The greatest total from each state to an end, when no loop adds. Components come after those that they lead to. */
function valuesToEnds({ graph, reaching, parts }: CostGraph, weights: Float64Array): Float64Array {
  const { count, of, order, starts } = parts();
  const values = new Float64Array(graph.states);
  for (let part = 0; part < count; part += 1) {
    const members = order.subarray(starts[part], starts[part + 1]);
    let most = 0;
    for (const state of members) {
      for (
        let edge = graph.starts[state] as number;
        edge < (graph.starts[state + 1] as number);
        edge += 1
      ) {
        const target = graph.targets[edge] as number;
        if (reaching[target] === 0 || of[target] === part) continue;
        most = Math.max(most, (weights[edge] as number) + (values[target] as number));
      }
    }
    for (const state of members) values[state] = most;
  }
  return values;
}

function initialStates(graph: WeightedGraph): readonly number[] {
  return Array.from({ length: graph.initialStates }, (_, state) => state);
}

function found(walk: Walk | null): Walk {
  if (walk === null) throw new Error("a walk that must exist is missing");
  return walk;
}

function runOf(graph: WeightedGraph, weights: Weights, walk: Walk): CostRun {
  const steps = walk.edges.map((edge) => ({
    mover: graph.movers[edge] as number,
    to: graph.targets[edge] as number,
  }));
  return {
    path: { from: walk.from, steps },
    weights: walk.edges.map((edge) => weights.edges[edge] as number),
  };
}
