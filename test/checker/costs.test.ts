import fc from "fast-check";
import { expect, test } from "vitest";
import { type CostRun, costTotals } from "../../src/checker/costs.ts";
import { DEFAULT_SEARCH, explore, finish, type Search } from "../../src/checker/explore.ts";
import { arbitraryGraph, type Graph, graphSystem, stateOf } from "../support/graphs.ts";

const search = (graph: Graph): Search => finish(explore(graphSystem(graph), DEFAULT_SEARCH));

/** The best totals over all walks of at most `length` steps from a start to a state without steps. */
function bestWalks(
  graph: Graph,
  length: number,
  choose: (left: number, right: number) => number,
): number | null {
  let best: number | null = null;
  let totals = new Map(graph.initial.map((state) => [state, 0]));
  for (let step = 0; step <= length; step += 1) {
    const next = new Map<number, number>();
    for (const [state, total] of totals) {
      const edges = graph.edges[state] ?? [];
      if (edges.length === 0) best = best === null ? total : choose(best, total);
      for (const { to, weight } of edges) {
        if (to < 0) continue;
        next.set(to, choose(next.get(to) ?? total + weight, total + weight));
      }
    }
    totals = next;
  }
  return best;
}

/** Does the run exist, end where nothing is possible, and add up? */
function total(graph: Graph, searched: Search, run: CostRun): number {
  const numberOf = (index: number): number => stateOf(searched.table.arena[index] as number);
  let state = numberOf(run.path.from);
  expect(graph.initial).toContain(state);
  run.path.steps.forEach(({ mover, to }, index) => {
    const next = numberOf(to);
    const weight = run.weights[index];
    expect(
      graph.edges[state]?.some(
        (edge) => edge.mover === mover && edge.to === next && edge.weight === weight,
      ),
    ).toBe(true);
    state = next;
  });
  expect(graph.edges[state]).toEqual([]);
  return run.weights.reduce((sum, weight) => sum + weight, 0);
}

test("totals agree with trying all walks", () => {
  const kinds = { none: 0, bounded: 0, unbounded: 0 };
  fc.assert(
    fc.property(
      arbitraryGraph({ maxStates: 6, maxEdges: 3, maxWeight: 2, faults: true }),
      (graph) => {
        const searched = search(graph);
        const [cost] = costTotals(searched);
        const states = graph.edges.length;
        // A loop that adds, gone round 17 times or more, beats every walk without repetition: 5 steps of 2 at most.
        const long = bestWalks(graph, 20 * states, Math.max);
        const short = bestWalks(graph, states, Math.max);
        expect(cost?.least).toBe(bestWalks(graph, states, Math.min));
        expect(cost?.greatest).toBe(long === short ? short : "unbounded");
        if (cost?.leastRun === null || cost?.greatestRun === null || cost === undefined) {
          kinds.none += 1;
          return;
        }
        expect(total(graph, searched, cost.leastRun)).toBe(cost.least);
        const greatest = total(graph, searched, cost.greatestRun);
        if (cost.greatest !== "unbounded") {
          kinds.bounded += 1;
          expect(greatest).toBe(cost.greatest);
          return;
        }
        kinds.unbounded += 1;
        const { path, weights } = cost.greatestRun;
        const states_ = [path.from, ...path.steps.map(({ to }) => to)];
        const loop = cost.loopStart ?? -1;
        const back = states_.indexOf(states_[loop] as number, loop + 1);
        expect(back).toBeGreaterThan(loop);
        expect(weights.slice(loop, back).reduce((sum, weight) => sum + weight, 0)).toBeGreaterThan(
          0,
        );
      },
    ),
    { numRuns: 600 },
  );
  expect(Math.min(...Object.values(kinds))).toBeGreaterThan(30);
});
