import fc from "fast-check";
import { expect, test } from "vitest";
import { FAULTED } from "../../src/checker/edge-log.ts";
import { DEFAULT_SEARCH, explore, finish, type Search } from "../../src/checker/explore.ts";
import { fewestSwitches } from "../../src/checker/fewest-switches.ts";
import { contextSwitches, type Goal, type Path } from "../../src/checker/paths.ts";
import { shortestPaths } from "../../src/checker/shortest.ts";
import {
  arbitraryGraph,
  type Edge,
  type Graph,
  type GraphShape,
  graphSystem,
  stateOf,
  wordOf,
} from "../support/graphs.ts";

const DENSE = { maxStates: 7, maxEdges: 4, maxWeight: 0, faults: true };
/** Few ways, and long ones: the fewest switches are often not on a shortest way. */
const SPARSE = { maxStates: 14, maxEdges: 2, maxWeight: 0, faults: true };

interface Setting {
  readonly graph: Graph;
  readonly search: Search;
  /** What to reach, in the graph's own numbers: a state, or an edge. */
  readonly isGoal: (from: number, edge: Edge | null) => boolean;
  readonly goal: Goal;
}

const settings = (shape: GraphShape): fc.Arbitrary<Setting> =>
  arbitraryGraph(shape).chain((graph) =>
    fc.constantFrom<"bad" | "step" | "fault">("bad", "step", "fault").map((kind): Setting => {
      const search = finish(explore(graphSystem(graph), DEFAULT_SEARCH));
      const numberOf = (index: number): number => stateOf(search.table.arena[index] as number);
      if (kind === "bad") {
        const isBad = (state: number): boolean => graph.bad.includes(state);
        return {
          graph,
          search,
          isGoal: (from, edge) => edge === null && isBad(from),
          goal: { kind: "state", holds: (index) => isBad(numberOf(index)) },
        };
      }
      const isGoalEdge = (mover: number, to: number): boolean =>
        kind === "fault" ? to < 0 : mover === 0 && graph.badTargets.includes(to);
      return {
        graph,
        search,
        isGoal: (_, edge) => edge !== null && isGoalEdge(edge.mover, edge.to),
        goal: {
          kind: "step",
          holds: (_, out, step) =>
            isGoalEdge(
              out.mover[step] as number,
              (out.fault[step] as number) >= 0 ? -1 : stateOf(out.words[step] as number),
            ),
        },
      };
    }),
  );

const classOf = (graph: Graph, mover: number): number => Math.min(mover, graph.processes);

/** All behaviours of the least length that reach the goal, each once, as texts, with their switches; by trying everything. */
function allShortest({
  graph,
  isGoal,
}: Setting): { depth: number; behaviours: Map<string, number> } | null {
  interface Partial {
    text: string;
    state: number;
    last: number;
    switches: number;
  }
  let level: Partial[] = graph.initial.map((state) => ({
    text: `${state}`,
    state,
    last: -1,
    switches: 0,
  }));
  for (let depth = 0; depth <= graph.edges.length; depth += 1) {
    const there = level.filter(({ state, last }) => last !== -2 && isGoal(state, null));
    const after: Partial[] = [];
    const next: Partial[] = [];
    for (const { text, state, last, switches } of level) {
      for (const edge of graph.edges[state] ?? []) {
        const of = classOf(graph, edge.mover);
        const one = {
          text: `${text} ${edge.mover}>${edge.to}`,
          state: edge.to,
          last: of,
          switches: switches + (last >= 0 && last !== of ? 1 : 0),
        };
        if (isGoal(state, edge)) after.push(one);
        if (edge.to >= 0) next.push(one);
      }
    }
    const texts = (found: Partial[]) =>
      new Map(found.map(({ text, switches }) => [text, switches]));
    if (there.length > 0) return { depth, behaviours: texts(there) };
    if (after.length > 0) return { depth: depth + 1, behaviours: texts(after) };
    level = next;
  }
  return null;
}

const textOf = ({ search }: Setting, path: Path): string => {
  const name = (index: number): number =>
    index === FAULTED ? -1 : stateOf(search.table.arena[index] as number);
  return [`${name(path.from)}`, ...path.steps.map(({ mover, to }) => `${mover}>${name(to)}`)].join(
    " ",
  );
};

test("chooses a shortest behaviour with the fewest switches, and counts them all", () => {
  let judged = 0;
  fc.assert(
    fc.property(settings(DENSE), (setting) => {
      const expected = allShortest(setting);
      if (expected === null) return;
      judged += 1;
      const goal = { goal: setting.goal, depth: expected.depth };
      // Twice in one sweep: goals must not disturb each other.
      const [first, second] = shortestPaths(setting.search, [goal, goal]);
      if (first === undefined) throw new Error("no path");
      expect(second).toEqual(first);
      expect(first.count).toBe(BigInt(expected.behaviours.size));
      const switches = expected.behaviours.get(textOf(setting, first.path));
      expect(switches).toBe(Math.min(...expected.behaviours.values()));
      expect(contextSwitches(setting.search.system.movers, first.path.steps)).toBe(switches);
    }),
    { numRuns: 400 },
  );
  expect(judged).toBeGreaterThan(150);
});

/** Fewest switches and then steps to the goal, by relaxing all edges until nothing changes. */
function fewestByRelaxing({ graph, isGoal }: Setting): readonly [number, number] | null {
  const nobody = graph.processes + 1;
  const best = new Map<string, readonly [number, number]>();
  let goal: readonly [number, number] | null = null;
  const better = (
    left: readonly [number, number],
    right: readonly [number, number] | null | undefined,
  ): boolean =>
    right === null ||
    right === undefined ||
    left[0] < right[0] ||
    (left[0] === right[0] && left[1] < right[1]);
  for (const state of graph.initial) best.set(`${state} ${nobody}`, [0, 0]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [key, [switches, steps]] of [...best]) {
      const [state = 0, last = 0] = key.split(" ").map(Number);
      if (isGoal(state, null) && better([switches, steps], goal)) goal = [switches, steps];
      for (const edge of graph.edges[state] ?? []) {
        const of = classOf(graph, edge.mover);
        const cost = [switches + (last === nobody || last === of ? 0 : 1), steps + 1] as const;
        if (isGoal(state, edge) && better(cost, goal)) goal = cost;
        if (edge.to < 0 || !better(cost, best.get(`${edge.to} ${of}`))) continue;
        best.set(`${edge.to} ${of}`, cost);
        changed = true;
      }
    }
  }
  return goal;
}

test("finds the fewest switches of all behaviours", () => {
  fc.assert(
    fc.property(fc.oneof(settings(DENSE), settings(SPARSE)), (setting) => {
      const expected = fewestByRelaxing(setting);
      const path = fewestSwitches(setting.search, setting.goal);
      if (path === null) {
        expect(expected).toBeNull();
        return;
      }
      expect([
        contextSwitches(setting.search.system.movers, path.steps),
        path.steps.length,
      ]).toEqual(expected);
      expect(isPath(setting, path)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

function isPath({ graph, search }: Setting, path: Path): boolean {
  const name = (index: number): number =>
    index < 0 ? -1 : stateOf(search.table.arena[index] as number);
  const states = [path.from, ...path.steps.map(({ to }) => to)].map(name);
  return (
    path.steps.every(({ mover }, index) =>
      graph.edges[states[index] as number]?.some(
        (edge) => edge.mover === mover && edge.to === states[index + 1],
      ),
    ) && graph.initial.includes(states[0] as number)
  );
}

/** A graph with one bad state and no more than edges. */
const graphOf = (edges: readonly (readonly Edge[])[], bad: number): Graph => ({
  initial: [0],
  edges,
  processes: 2,
  actions: 0,
  finished: [],
  notes: [],
  bad: [bad],
  wanted: [],
  terminal: [],
  badTargets: [],
});
const edge = (mover: number, to: number): Edge => ({ mover, to, weight: 0, notes: [] });

test("a longer way may have fewer switches", () => {
  // 0 → 1 → 4 by two movers, 0 → 2 → 3 → 4 by one.
  const graph = graphOf(
    [[edge(0, 1), edge(1, 2)], [edge(1, 4)], [edge(1, 3)], [edge(1, 4)], []],
    4,
  );
  const search = finish(explore(graphSystem(graph), DEFAULT_SEARCH));
  const goal: Goal = { kind: "state", holds: (index) => search.table.arena[index] === wordOf(4) };
  expect(fewestSwitches(search, goal)?.steps.map(({ mover }) => mover)).toEqual([1, 1, 1]);
  const [shortest] = shortestPaths(search, [{ goal, depth: 2 }]);
  expect(shortest?.path.steps.map(({ mover }) => mover)).toEqual([0, 1]);
});

test("ties are decided by the order of successors", () => {
  // 0 → 1 → 3 and 0 → 2 → 3, both without a switch; the first step in order goes to 2.
  const graph = graphOf([[edge(0, 2), edge(0, 1)], [edge(0, 3)], [edge(0, 3)], []], 3);
  const search = finish(explore(graphSystem(graph), DEFAULT_SEARCH));
  const holds = (index: number): boolean => search.table.arena[index] === wordOf(3);
  const [found] = shortestPaths(search, [{ goal: { kind: "state", holds }, depth: 2 }]);
  expect(found?.count).toBe(2n);
  expect(search.table.arena[found?.path.steps[0]?.to ?? 0]).toBe(wordOf(2));
});
