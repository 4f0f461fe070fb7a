// The least and the greatest total of each cost over complete runs: those that end in a state without any step.
//
// Least: Dijkstra's search over (total, steps). Greatest: in the part of the graph from which an end can be reached, a loop
// that adds makes it unbounded; otherwise all edges inside a strongly connected component are free, and the greatest total
// follows from component to component. Runs that attain the totals are as short as they can be.

import { type Components, components } from "./components.ts";
import type { Search } from "./explore.ts";
import { Heap } from "./heap.ts";
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
  readonly parts: Components;
}

/** The graph of a complete search. */
export function costGraph(search: Search): CostGraph {
  const graph = weightedGraph(search);
  const reaching = reachingEnds(graph);
  return { graph, reaching, parts: components(graph, reaching) };
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
  const totals = new Float64Array(graph.states).fill(Number.POSITIVE_INFINITY);
  const steps = new Int32Array(graph.states);
  const cameBy = new Int32Array(graph.states).fill(-1);
  const isBefore = (left: number, right: number): boolean => {
    const byTotal = (totals[left] as number) - (totals[right] as number);
    if (byTotal !== 0) return byTotal < 0;
    const bySteps = (steps[left] as number) - (steps[right] as number);
    return bySteps === 0 ? left < right : bySteps < 0;
  };
  const queue = new Heap(graph.states, isBefore);
  for (let state = 0; state < graph.initialStates; state += 1) {
    totals[state] = weights.initial[state] as number;
    queue.push(state);
  }
  for (let state = queue.pop(); state >= 0; state = queue.pop()) {
    const total = totals[state] as number;
    const length = steps[state] as number;
    if (graph.ends[state] === 1) {
      return { least: total, leastRun: runOf(graph, weights, walkBack(graph, cameBy, state)) };
    }
    for (
      let edge = graph.starts[state] as number;
      edge < (graph.starts[state + 1] as number);
      edge += 1
    ) {
      const target = graph.targets[edge] as number;
      const next = total + (weights.edges[edge] as number);
      const known = totals[target] as number;
      if (next > known || (next === known && length + 1 >= (steps[target] as number))) continue;
      totals[target] = next;
      steps[target] = length + 1;
      cameBy[target] = edge;
      queue.push(target);
    }
  }
  return null;
}

type Greatest = Pick<CostTotals, "greatest" | "greatestRun" | "loopStart">;

function greatestTotal(costs: CostGraph, weights: Weights): Greatest {
  const { graph, reaching } = costs;
  const growing = edgeThatAddsInALoop(costs, weights.edges);
  if (growing !== null) return unboundedRun(costs, weights, growing);

  const values = valuesToEnds(costs, weights.edges);
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
  for (let state = 0; state < graph.states; state += 1) {
    if (reaching[state] === 0) continue;
    for (
      let edge = graph.starts[state] as number;
      edge < (graph.starts[state + 1] as number);
      edge += 1
    ) {
      const inLoop = parts.of[graph.targets[edge] as number] === parts.of[state];
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
  const source = sourceOf(graph, growing);
  const target = graph.targets[growing] as number;
  const isSource = (state: number): boolean => state === source;
  const before = found(shortestWalk(graph, initialStates(graph), isSource, () => true));
  const around = found(
    shortestWalk(
      graph,
      [target],
      isSource,
      (_, edge) => parts.of[graph.targets[edge] as number] === parts.of[source],
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

/** The greatest total from each state to an end, when no loop adds. Components come after those that they lead to. */
function valuesToEnds({ graph, reaching, parts }: CostGraph, weights: Float64Array): Float64Array {
  const values = new Float64Array(graph.states);
  for (let part = 0; part < parts.count; part += 1) {
    const members = parts.order.subarray(parts.starts[part], parts.starts[part + 1]);
    let most = 0;
    for (const state of members) {
      for (
        let edge = graph.starts[state] as number;
        edge < (graph.starts[state + 1] as number);
        edge += 1
      ) {
        const target = graph.targets[edge] as number;
        if (reaching[target] === 0 || parts.of[target] === part) continue;
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
