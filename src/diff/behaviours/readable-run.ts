// Of the shortest runs that show a behaviour, one with the fewest context switches: what is easiest to read.
//
// A run with k letters seen so far is at a pair of a node and k. On a shortest run every pair is met as early as it can be, or
// the steps before it could be replaced by fewer. So breadth-first layers of pairs hold all shortest runs, and for each pair
// and each class of movers that may have taken the last step, the fewest switches are kept.
//
// It is done for the reader's sake: where it would take too much, the run that was found first has to do.

import { switchClasses } from "../../checker/paths.ts";
import { END, SILENT, type VisibleGraph } from "./visible-graph.ts";

/** A way to a pair, or over its last edge to the end. */
interface Arrival {
  readonly node: number;
  readonly seen: number;
  /** The class of the last step's mover; -1 before the first step. */
  readonly of: number;
  readonly switches: number;
  readonly edge: number;
  readonly before: Arrival | null;
}

/** Arrivals that may be kept; each takes about 100 bytes. */
const MOST = 1 << 21;

/** The edges of such a run, from the root, given those of any shortest run that shows the behaviour. */
export function withFewestSwitches(
  graph: VisibleGraph,
  edges: readonly number[],
): readonly number[] {
  const word = edges.map((edge) => graph.letters[edge] as number).filter((one) => one !== SILENT);
  const classes = switchClasses(graph.version.search.system.movers);
  const { root } = graph;
  const start: Arrival = { node: root, seen: 0, of: -1, switches: 0, edge: -1, before: null };
  const met = new Set<number>();
  let layer: readonly Arrival[] = [start];
  let kept = 0;
  const ends: Arrival[] = [];
  while (ends.length === 0 && layer.length > 0) {
    for (const { node, seen } of layer) met.add(seen * (root + 1) + node);
    const next = new Map<number, Arrival>();
    for (const arrival of layer) {
      for (const onward of arrivalsAfter(graph, classes.of, word, arrival)) {
        if (onward.seen === word.length) {
          ends.push(onward);
          continue;
        }
        const pair = onward.seen * (root + 1) + onward.node;
        if (met.has(pair)) continue;
        const key = pair * (classes.count + 1) + onward.of + 1;
        const known = next.get(key);
        if (known === undefined || onward.switches < known.switches) next.set(key, onward);
      }
    }
    layer = [...next.values()];
    kept += next.size;
    if (kept > MOST) return edges;
  }
  const best = ends.reduce((one, other) => (other.switches < one.switches ? other : one));
  const found: number[] = [];
  for (let at = best; at.before !== null; at = at.before) found.push(at.edge);
  return found.reverse();
}

/** Where the edges of a pair lead that show nothing, or the next letter. */
function* arrivalsAfter(
  { starts, targets, movers, letters }: VisibleGraph,
  classOf: readonly number[],
  word: readonly number[],
  before: Arrival,
): Generator<Arrival, void, void> {
  const last = starts[before.node + 1] as number;
  for (let edge = starts[before.node] as number; edge < last; edge += 1) {
    const silent = letters[edge] === SILENT;
    if (!silent && letters[edge] !== word[before.seen]) continue;
    const of = classOf[movers[edge] as number] ?? before.of;
    const switched = before.of >= 0 && of !== before.of ? 1 : 0;
    const node = targets[edge] === END ? before.node : (targets[edge] as number);
    const seen = before.seen + (silent ? 0 : 1);
    yield { node, seen, of, switches: before.switches + switched, edge, before };
  }
}
