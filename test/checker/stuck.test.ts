import fc from "fast-check";
import { expect, test } from "vitest";
import { expectedOutcome } from "../../src/checker/expectations.ts";
import { DEFAULT_SEARCH, explore, finish, type SearchOptions } from "../../src/checker/explore.ts";
import { findStuck } from "../../src/checker/stuck.ts";
import { arbitraryGraph, type Graph, graphSystem, stateOf } from "../support/graphs.ts";
import { machineOf } from "../support/spec.ts";

/** States reachable from one, by the book. */
function reachable(graph: Graph, from: number): ReadonlySet<number> {
  const found = new Set([from]);
  for (const state of found) {
    for (const { to } of graph.edges[state] ?? []) if (to >= 0) found.add(to);
  }
  return found;
}

/** Nothing excuses it: it can reach no fault, no terminal state, no deadlock, and no step of its own. */
function isStuck(graph: Graph, state: number, process: number): boolean {
  if (graph.finished[state]?.includes(process)) return false;
  return [...reachable(graph, state)].every((later) => {
    const edges = graph.edges[later] ?? [];
    return (
      edges.length > 0 &&
      !graph.terminal.includes(later) &&
      edges.every(({ mover, to }) => mover !== process && to >= 0)
    );
  });
}

function check(options: Partial<SearchOptions>): number {
  let stuck = 0;
  fc.assert(
    fc.property(
      arbitraryGraph({ maxStates: 8, maxEdges: 3, maxWeight: 0, faults: true }),
      (graph) => {
        const search = finish(explore(graphSystem(graph), { ...DEFAULT_SEARCH, ...options }));
        const states = Array.from(search.table.arena.subarray(0, search.table.count), stateOf);
        const expected = Array.from({ length: graph.processes }, (_, mover) => {
          const found = [...states.keys()].filter((index) =>
            isStuck(graph, states[index] as number, mover),
          );
          return { mover, found };
        }).filter(({ found }) => found.length > 0);
        const actual = findStuck(search);
        expect(
          actual.map(({ mover, holds }) => ({ mover, found: [...states.keys()].filter(holds) })),
        ).toEqual(expected);
        for (const [position, { state, depth }] of actual.entries()) {
          expect(state).toBe(expected[position]?.found[0]);
          expect(depth).toBe(search.levels.findLastIndex((first) => first <= state));
        }
        stuck += expected.length;
      },
    ),
    { numRuns: 800 },
  );
  return stuck;
}

test("finds exactly the processes that can never move again", () => {
  expect(check({})).toBeGreaterThan(25);
});

test("finds them without a log of edges, too", () => {
  expect(check({ maxLoggedEdges: 0 })).toBeGreaterThan(25);
});

test.each([
  ["deadlock violated", "violated"],
  ["deadlock holds", null],
  ["stuck holds", "holds"],
])("`expect %s` expects of stuck processes: %s", (expectation, expected) => {
  const machine = machineOf(`spec s\nprocess p { skip }\nexpect ${expectation}\n`);
  expect(expectedOutcome(machine, [], "stuck")).toBe(expected);
});
