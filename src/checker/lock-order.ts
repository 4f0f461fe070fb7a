// Lock-order cycles: locks of which each was taken, by somebody at some time, while the one before it was held.
// A cycle is a finding even if no run deadlocks. One shortest cycle is reported for each set of locks that are tied up so.

import { compareFindings, type Finding } from "./findings.ts";
import type { Note } from "./transition-system.ts";

/** While `held` was held, `taken` was taken; `note` is its index, `finding` its first occurrence. */
export interface OrderEdge {
  readonly held: string;
  readonly taken: string;
  readonly note: number;
  readonly finding: Finding;
}

/** All orders of two locks that are met wherever this one is, under other names. */
export type Images = (order: readonly string[]) => readonly (readonly string[])[];

/** The cycles among the lock orders met, in the order of their first locks. */
export function lockCycles(
  notes: readonly Note[],
  findings: readonly (Finding | undefined)[],
  imagesOf: Images = (order) => [order],
): readonly (readonly OrderEdge[])[] {
  const graph = earliestEdges(notes, findings, imagesOf);
  const locks = [...graph.keys()].toSorted();
  const settled = new Set<string>();
  const cycles: (readonly OrderEdge[])[] = [];
  for (const lock of locks) {
    if (settled.has(lock)) continue;
    const group = locks.filter(
      (other) => reaches(graph, lock, other) && reaches(graph, other, lock),
    );
    for (const member of group) settled.add(member);
    const shortest = group
      .map((member) => shortestCycle(graph, member))
      .reduce(
        (best, cycle) =>
          cycle !== null && (best === null || cycle.length < best.length) ? cycle : best,
        null,
      );
    if (shortest !== null) cycles.push(shortest);
  }
  return cycles;
}

type OrderGraph = ReadonlyMap<string, ReadonlyMap<string, OrderEdge>>;

/** Of several places that take the same locks in the same order, the one met first. */
function earliestEdges(
  notes: readonly Note[],
  findings: readonly (Finding | undefined)[],
  imagesOf: Images,
): OrderGraph {
  const edges = notes.flatMap((note, index): readonly OrderEdge[] => {
    const finding = findings[index];
    if (note.kind !== "lock-order" || finding === undefined) return [];
    return imagesOf([note.held, note.taken]).map(([held = "", taken = ""]) => {
      return { held, taken, note: index, finding };
    });
  });
  const graph = new Map<string, Map<string, OrderEdge>>();
  // In the order of the search, whatever numbers notes were given meanwhile.
  for (const edge of edges.toSorted((one, other) => compareFindings(one.finding, other.finding))) {
    const from = graph.get(edge.held) ?? new Map<string, OrderEdge>();
    graph.set(edge.held, from);
    if (!from.has(edge.taken)) from.set(edge.taken, edge);
  }
  return graph;
}

function reaches(graph: OrderGraph, from: string, to: string): boolean {
  return from === to || shortestWay(graph, from, to) !== null;
}

function shortestCycle(graph: OrderGraph, lock: string): readonly OrderEdge[] | null {
  return shortestWay(graph, lock, lock);
}

/** The fewest edges, at least one, that lead from a lock to another or back to itself. */
function shortestWay(graph: OrderGraph, from: string, to: string): readonly OrderEdge[] | null {
  const ways = new Map<string, readonly OrderEdge[]>([[from, []]]);
  for (const [lock, way] of ways) {
    for (const [taken, edge] of graph.get(lock) ?? []) {
      if (taken === to) return [...way, edge];
      if (!ways.has(taken)) ways.set(taken, [...way, edge]);
    }
  }
  return null;
}
