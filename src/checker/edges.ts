// The edges of a finished search, state by state: from its log when it kept one, else found again, in WebAssembly if that
// found the states. Of a graph that is not large they are written down then, for passes that read them again and again.

import type { CompiledSearch } from "./compiled-search.ts";
import { EdgeLog, FAULTED } from "./edge-log.ts";
import type { Search } from "./explore.ts";
import { Transitions } from "./transition-system.ts";

/** The edges of one state at a time; `load` fills the arrays and says how many there are. */
export interface Edges {
  /** States reached; FAULTED where the step faults or leads to a state that the search did not keep. */
  targets: Int32Array;
  movers: Int32Array;
  load(state: number): number;
}

/**
 * Edges of a graph that are worth to be written down when they had to be found again, at 6 bytes each: to find them in the
 * order of the states is several times as fast as here and there.
 */
const FEW = 1 << 25;

/** Logs written after the search. */
const logs = new WeakMap<Search, EdgeLog>();

/** Reads the edges of a search, in the order of the states or against it, once or twice. */
export function edgesOf(search: Search): Edges {
  const log = search.edges ?? logs.get(search) ?? null;
  if (log !== null) return logged(log);
  const { compiled } = search;
  return compiled === null ? foundAgain(search) : foundByModule(search, compiled);
}

/** Reads the edges of a search in any order, again and again. */
export function edgesAtRandom(search: Search): Edges {
  const edges = edgesOf(search);
  const known = search.edges !== null || logs.has(search);
  if (known || search.compiled === null || search.transitions > FEW) return edges;
  const log = writtenDown(search, edges);
  logs.set(search, log);
  return logged(log);
}

function writtenDown({ expanded }: Search, edges: Edges): EdgeLog {
  const log = new EdgeLog();
  for (let state = 0; state < expanded; state += 1) {
    const count = edges.load(state);
    for (let edge = 0; edge < count; edge += 1)
      log.push(edges.targets[edge] as number, edges.movers[edge] as number);
    log.endState();
  }
  return log;
}

function noEdges(): Edges {
  return { targets: new Int32Array(16), movers: new Int32Array(16), load: () => 0 };
}

function reserve(edges: Edges, count: number): void {
  if (count <= edges.targets.length) return;
  edges.targets = new Int32Array(2 * count);
  edges.movers = new Int32Array(2 * count);
}

function logged({ targets, movers, starts }: EdgeLog): Edges {
  const edges = noEdges();
  edges.load = (state) => {
    const start = starts[state] as number;
    const count = (starts[state + 1] as number) - start;
    reserve(edges, count);
    for (let edge = 0; edge < count; edge += 1) {
      edges.targets[edge] = targets[start + edge] as number;
      edges.movers[edge] = movers[start + edge] as number;
    }
    return count;
  };
  return edges;
}

function foundByModule(search: Search, compiled: CompiledSearch): Edges {
  const edges = noEdges();
  const blocks = compiled.edges();
  const others = foundAgain(search);
  edges.load = (state) => {
    const count = blocks.load(state);
    if (count < 0) {
      const many = others.load(state);
      edges.targets = others.targets;
      edges.movers = others.movers;
      return many;
    }
    reserve(edges, count);
    const { targets, movers, start } = blocks;
    for (let edge = 0; edge < count; edge += 1) {
      edges.targets[edge] = targets[start + edge] as number;
      edges.movers[edge] = movers[start + edge] as number;
    }
    return count;
  };
  return edges;
}

function foundAgain({ system, table }: Search): Edges {
  const edges = noEdges();
  const out = new Transitions(system.width, system.costs.length);
  edges.load = (state) => {
    system.successors(table.arena, state * system.width, out);
    reserve(edges, out.count);
    for (let step = 0; step < out.count; step += 1) {
      edges.targets[step] =
        (out.fault[step] as number) >= 0 ? FAULTED : table.find(out.words, step * system.width);
      edges.movers[step] = out.mover[step] as number;
    }
    return out.count;
  };
  return edges;
}
