// The state graph that a page shows: of all states where they are few, else of the values of the observed names, and for two
// versions of both at once, so that what a patch took away or brought in can be seen.

import type { Search } from "../../checker/explore.ts";
import { locationName } from "../../checker/processes.ts";
import { type State, Transitions } from "../../checker/transition-system.ts";
import type { Machine, Value } from "../../machine/machine.ts";
import { stateFields } from "../../machine/state.ts";
import { summarize } from "../values.ts";
import { grouped, listed } from "../words.ts";
import type { Graph } from "./data.ts";
import type { NodeOf } from "./track.ts";

/** A drawing with more nodes than this helps nobody. */
export const mostNodes = 250;
/** A search with more states than this is not walked again for a drawing. */
export const mostStates = 50_000;

export interface Explored {
  readonly machine: Machine;
  readonly search: Search;
}

export interface GraphNode {
  /** Of which versions it is a state. */
  readonly versions: readonly boolean[];
  readonly initial: boolean;
  /** `pmd[1] huge` */
  readonly values: readonly string[];
}

export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly versions: readonly boolean[];
  readonly movers: readonly string[];
}

export interface PageGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly nodeOf: NodeOf;
}

/** A graph, or null with the reason; `note` also says what the graph shows. */
export interface Charted {
  readonly graph: PageGraph | null;
  readonly note: string;
}

/** What a page holds of a graph beside its drawing. */
export function graphData({ graph }: Charted): Graph | null {
  return graph === null ? null : { nodes: graph.nodes.map(({ values }) => values) };
}

/** Why there is no graph where nothing can be charted: the search is not `complete`, or has too many states. */
export function unchartedBecause(complete: boolean): Charted {
  const why = complete
    ? `there are more than ${grouped(mostStates)} states`
    : "the search ended early";
  return { graph: null, note: `No state graph: ${why}.` };
}

/** Charts the states of the versions; `observed` are the names to look at where there are too many. */
export function chart(versions: readonly Explored[], observed: readonly string[]): Charted {
  const states = Math.max(...versions.map(({ search }) => search.table.count));
  if (versions.some(({ search }) => !search.complete)) return unchartedBecause(false);
  if (versions.length === 1 && states <= mostNodes) {
    const graph = drawnBy(versions, null);
    const note =
      "Every reachable state; initial ones have a double line. Steps that change nothing are left out.";
    if (graph !== null) return { graph, note };
  }
  if (states > mostStates) return unchartedBecause(true);
  const names = listed(observed);
  const graph = observed.length === 0 ? null : drawnBy(versions, observed);
  if (graph === null) {
    const note = `No state graph: ${grouped(states)} states, and more than ${mostNodes} even where only ${names} are looked at.`;
    return { graph: null, note };
  }
  const note = `The reachable values of ${names}: ${grouped(states)} states come to ${grouped(graph.nodes.length)}. An edge is a step that changes one of them; initial values have a double line.`;
  return { graph, note };
}

/** The graph of all versions together, over these names; null: over whole states. Null if it has too many nodes. */
function drawnBy(
  versions: readonly Explored[],
  observed: readonly string[] | null,
): PageGraph | null {
  const keyOf = (state: State): string =>
    JSON.stringify(observed === null ? state : observed.map((name) => state[name] ?? null));
  const nodes = new Map<string, { index: number; state: State; in: boolean[]; initial: boolean }>();
  const edges = new Map<string, { from: number; to: number; in: boolean[]; by: Set<string> }>();
  const absent = (): boolean[] => versions.map(() => false);
  for (const [version, { search }] of versions.entries()) {
    const { table, system } = search;
    const numbers = new Int32Array(table.count);
    for (let state = 0; state < table.count; state += 1) {
      const decoded = system.decode(table.arena, state * table.width);
      const key = keyOf(decoded);
      let node = nodes.get(key);
      if (node === undefined) {
        if (nodes.size === mostNodes) return null;
        node = { index: nodes.size, state: decoded, in: absent(), initial: false };
        nodes.set(key, node);
      }
      node.in[version] = true;
      node.initial ||= state < search.initialStates;
      numbers[state] = node.index;
    }
    const out = new Transitions(system.width, system.costs.length);
    for (let state = 0; state < table.count; state += 1) {
      system.successors(table.arena, state * table.width, out);
      for (let step = 0; step < out.count; step += 1) {
        if ((out.fault[step] ?? -1) >= 0) continue;
        const from = numbers[state] ?? 0;
        const to = numbers[table.find(out.words, step * table.width)] ?? 0;
        if (from === to) continue;
        const key = `${from} ${to}`;
        const edge = edges.get(key) ?? { from, to, in: absent(), by: new Set() };
        edge.in[version] = true;
        edge.by.add(system.movers[out.mover[step] ?? -1]?.name ?? "");
        edges.set(key, edge);
      }
    }
  }
  const all = [...nodes.values()];
  const valued = all.map(({ state }) => state);
  const shown = wordsOf(versions, observed, valued);
  return {
    nodes: all.map(
      (node, index): GraphNode => ({
        versions: node.in,
        initial: node.initial,
        values: shown[index] ?? [],
      }),
    ),
    edges: [...edges.values()].map(
      ({ from, to, in: versionsOf, by }): GraphEdge => ({
        from,
        to,
        versions: versionsOf,
        movers: [...by].sort(),
      }),
    ),
    nodeOf: (state) => nodes.get(keyOf(state))?.index ?? -1,
  };
}

/** What each state is called: the values of what is not the same in all of them. */
function wordsOf(
  versions: readonly Explored[],
  observed: readonly string[] | null,
  states: readonly State[],
): readonly (readonly string[])[] {
  const machine = versions[0]?.machine;
  if (machine === undefined) return [];
  const fields = stateFields(machine).filter(({ name }) => observed?.includes(name) ?? true);
  const told = states.map((state) =>
    fields.flatMap((field): readonly string[] =>
      field.kind === "process"
        ? machine.instances
            .filter(({ process }) => process.name === field.name)
            .map((instance) => `${instance.name} @ ${locationName(instance, state)}`)
        : summarize(field.name, (state[field.name] ?? null) as Value, field.type),
    ),
  );
  const constant = (word: string): boolean => told.every((words) => words.includes(word));
  return told.map((words) => {
    const varying = words.filter((word) => !constant(word));
    return varying.length === 0 ? words : varying;
  });
}
