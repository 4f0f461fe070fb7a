import fc from "fast-check";
import { expect, test } from "vitest";
import {
  DEFAULT_SEARCH,
  explore,
  finish,
  type Search,
  type SearchOptions,
} from "../../src/checker/explore.ts";
import { arbitraryGraph, type Graph, graphSystem, stateOf } from "../support/graphs.ts";

const search = (graph: Graph, options: Partial<SearchOptions> = {}): Search =>
  finish(explore(graphSystem(graph), { ...DEFAULT_SEARCH, ...options }));

/** Shortest distances by the book, with a plain queue of numbers. */
function distances(graph: Graph): ReadonlyMap<number, number> {
  const found = new Map(graph.initial.map((state) => [state, 0]));
  const queue = [...graph.initial];
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    for (const { to } of graph.edges[state] ?? []) {
      if (to < 0 || found.has(to)) continue;
      found.set(to, (found.get(state) ?? 0) + 1);
      queue.push(to);
    }
  }
  return found;
}

const least = (depths: Iterable<number | undefined>): number | undefined => {
  const known = [...depths].filter((depth) => depth !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};

test("finds what a plain search finds", () => {
  const shape = { maxStates: 14, maxEdges: 4, maxWeight: 0, faults: true };
  fc.assert(
    fc.property(arbitraryGraph(shape), (graph) => {
      const result = search(graph);
      const distance = distances(graph);
      const reached = [...distance.keys()];
      const edges = reached.flatMap((from) =>
        (graph.edges[from] ?? []).map((edge) => ({ ...edge, from })),
      );

      expect(result.complete).toBe(true);
      expect(result.table.count).toBe(distance.size);
      expect(result.transitions).toBe(edges.length);
      expect(result.levels.length - 1).toBe(Math.max(...distance.values()));
      const found = Array.from(result.table.arena.subarray(0, result.table.count), stateOf);
      found.forEach((state, index) => {
        const level = result.levels.findLastIndex((start) => start <= index);
        expect(level).toBe(distance.get(state));
        const parent = result.parents.parentOf(index);
        expect(parent < 0 ? -1 : distance.get(found[parent] as number)).toBe(level - 1);
      });

      const { findings } = result;
      const at = (states: readonly number[]) => least(states.map((state) => distance.get(state)));
      const after = (chosen: typeof edges) =>
        least(chosen.map(({ from }) => (distance.get(from) as number) + 1));
      expect(findings.states[0]?.depth).toBe(at(graph.bad));
      expect(findings.states[1]?.depth).toBe(at(graph.wanted));
      expect(findings.steps[0]?.depth).toBe(
        after(
          edges.filter(
            ({ from, mover, to }) => mover === 0 && to !== from && graph.badTargets.includes(to),
          ),
        ),
      );
      expect(findings.faults[0]?.depth).toBe(after(edges.filter(({ to }) => to < 0)));
      const dead = reached.filter(
        (state) =>
          graph.edges[state]?.length === 0 &&
          (graph.finished[state]?.length ?? 0) < graph.processes &&
          !graph.terminal.includes(state),
      );
      expect(findings.deadlock?.depth).toBe(at(dead));
    }),
    { numRuns: 300 },
  );
});

test("logs the edges that it finds", () => {
  const shape = { maxStates: 10, maxEdges: 4, maxWeight: 0, faults: true };
  fc.assert(
    fc.property(arbitraryGraph(shape), (graph) => {
      const { edges, table } = search(graph);
      if (edges === null) throw new Error("no log");
      const states = Array.from(table.arena.subarray(0, table.count), stateOf);
      const logged = states.map((_, index) =>
        Array.from(
          edges.targets.subarray(edges.starts[index], edges.starts[index + 1]),
          (to, position) => ({
            to: to < 0 ? -1 : states[to],
            mover: edges.movers[(edges.starts[index] as number) + position],
          }),
        ),
      );
      expect(logged).toEqual(
        states.map((state) => graph.edges[state]?.map(({ to, mover }) => ({ to, mover }))),
      );
    }),
  );
});

/** 0 → 1 → 2 → …, each state also going back to 0. */
const chain = (length: number, bad: readonly number[] = []): Graph => ({
  initial: [0],
  edges: Array.from({ length }, (_, state) => [
    { mover: 0, to: Math.min(state + 1, length - 1), weight: 0, notes: [] },
    { mover: 1, to: 0, weight: 0, notes: [] },
  ]),
  processes: 2,
  actions: 0,
  finished: [],
  notes: [],
  bad,
  wanted: [],
  terminal: [],
  badTargets: [],
});

test("stops at a number of states, and says so", () => {
  const result = search(chain(1000), { maxStates: 100 });
  expect([result.stoppedBy, result.complete, result.table.count]).toEqual([
    "max-states",
    false,
    100,
  ]);
});

test("a limit that is never reached does not make a search incomplete", () => {
  const result = search(chain(100), { maxStates: 101 });
  expect([result.stoppedBy, result.complete]).toEqual([null, true]);
});

test("stops after the level of the first violation", () => {
  const result = search(chain(1000, [500, 700]), { stop: "violation" });
  expect([result.stoppedBy, result.table.count, result.findings.states[0]?.depth]).toEqual([
    "first-violation",
    501,
    500,
  ]);
});

test("stops when time is over, when memory is used up and when asked to", () => {
  let clock = 0;
  const slow = { now: () => (clock += 1000) };
  expect(search(chain(5000), { ...slow, timeLimitSeconds: 4 }).stoppedBy).toBe("time-limit");
  expect(search(chain(5000), { ...slow, interrupted: () => true }).stoppedBy).toBe("interrupted");
  expect(search(chain(100_000), { memoryBytes: 500_000 }).stoppedBy).toBe("memory");
});

test("goes on without the log of edges when it grows too long", () => {
  const result = search(chain(5000), { maxLoggedEdges: 1000 });
  expect([result.edges, result.complete, result.table.count]).toEqual([null, true, 5000]);
});
