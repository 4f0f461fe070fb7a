// Costs that every spec has without declaring them: how often processes take each lock, how many steps there are, and how
// many of them go by while a process waits. All are told by single steps, so no state needs to remember anything.

import { acquiresName } from "../machine/counted.ts";
import type { Lock, Machine } from "../machine/machine.ts";
import { type CostRun, type CostTotals, costGraph, totalsOf } from "./costs.ts";
import { edgesOf } from "./edges.ts";
import type { Trace } from "./exploration.ts";
import type { Search } from "./explore.ts";
import type { InterpretedStep } from "./interpret.ts";
import { type Replayer, traceOf } from "./trace.ts";
import type { TransitionSystem } from "./transition-system.ts";
import { costWeights, type WeightedGraph, type Weights } from "./weighted-graph.ts";

export interface BuiltInCost {
  /** `waits`: steps that others take while this process has not ended and has no step itself. */
  readonly kind: "acquires" | "steps" | "waits";
  /** What is counted: `acquires pmd_ptl`, `steps`, `waits`. */
  readonly name: string;
  /** Null unless acquisitions are counted. */
  readonly lock: Lock | null;
  /** Whose: a process instance, by its position among the movers; null: everyone's, actions among them. */
  readonly mover: number | null;
}

/** A built-in cost with its totals over complete runs. */
export interface BuiltInTotals extends BuiltInCost, CostTotals {}

/**
 * The totals of all built-in costs of a complete search: acquisitions of each lock, steps, waits; of everyone, then of each
 * process. `counted` has the search's states and steps in the same order and weighs acquisitions (machine/counted.ts).
 */
export function builtInTotals(
  machine: Machine,
  search: Search,
  counted: TransitionSystem,
): readonly BuiltInTotals[] {
  const costs = costGraph(search);
  const { graph } = costs;
  const everyStep = weightsOf(graph, () => 1);
  const processes = machine.instances.map((_, mover) => mover);
  const ofEach = (cost: Pick<BuiltInCost, "kind" | "name" | "lock">, all: Weights) =>
    [null, ...processes].map((mover): BuiltInTotals => {
      const weights = mover === null ? all : ofMover(graph, all, mover);
      return { ...cost, mover, ...totalsOf(costs, weights) };
    });
  return [
    ...machine.locks.flatMap((lock) => {
      const name = acquiresName(lock);
      const weights = costWeights(search, graph, counted, counted.costs.indexOf(name));
      return ofEach({ kind: "acquires", name, lock }, weights);
    }),
    ...ofEach({ kind: "steps", name: "steps", lock: null }, everyStep),
    ...processes.map((mover): BuiltInTotals => {
      const totals = totalsOf(costs, waitWeights(search, graph, mover));
      return { kind: "waits", name: "waits", lock: null, mover, ...totals };
    }),
  ];
}

function waitWeights(search: Search, graph: WeightedGraph, mover: number): Weights {
  const { system, table } = search;
  const weights = weightsOf(graph, () => 0);
  const edges = edgesOf(search);
  for (let state = 0; state < graph.states; state += 1) {
    if (system.finished(table.arena, state * system.width, mover)) continue;
    // A step that faults is a step, though it is no edge.
    const count = edges.load(state);
    if (edges.movers.subarray(0, count).includes(mover)) continue;
    weights.edges.fill(1, graph.starts[state], graph.starts[state + 1]);
  }
  return weights;
}

function weightsOf(graph: WeightedGraph, weigh: (edge: number) => number): Weights {
  return {
    edges: new Float64Array(graph.targets.length).map((_, edge) => weigh(edge)),
    initial: new Float64Array(graph.initialStates),
  };
}

/** What of these weights is this mover's. */
function ofMover(graph: WeightedGraph, weights: Weights, mover: number): Weights {
  return weightsOf(graph, (edge) =>
    graph.movers[edge] === mover ? (weights.edges[edge] as number) : 0,
  );
}

/** The run of a built-in cost as a trace. The interpreter must see as many acquisitions in each step as the run counts. */
export function builtInTrace(
  replayer: Replayer,
  { lock, mover }: BuiltInCost,
  { path, weights }: CostRun,
): Trace {
  if (lock === null) return traceOf(replayer, path);
  return traceOf(replayer, path, (step, position) => {
    const counts = mover === null || mover === step.mover;
    return (counts ? acquisitions(step, lock) : 0) === weights[position];
  });
}

/** How often a step takes a lock, whatever its keys. */
function acquisitions({ events }: InterpretedStep, lock: Lock): number {
  return events.filter((event) => {
    const taken = event.kind === "acquire" || (event.kind === "try-acquire" && event.taken);
    return taken && event.lock.replace(/\[.*$/, "") === lock.name;
  }).length;
}
