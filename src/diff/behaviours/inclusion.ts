// Is every behaviour of one version a behaviour of the other? If not, a shortest run that shows one that is not.
//
// After a behaviour the one version, whose runs are followed, is in some state; the other one may be in any of a set of
// states, of which only the future matters: a set of classes (futures.ts). The search goes breadth-first through such pairs,
// from step to step, and ends at the first one where the state can do what no class of the set can. The sets and where they
// lead are found when they are first met, each once.
//
// A pair (s, S) is left out if the class of s is in S, for then all that s can do is possible from S too; and if a pair
// (s, T) with T within S was met before: a run on which s does what S cannot shows the same for T, in as many steps, and
// breadth-first order has brought s with T there in no more steps than with S. So what remains still has a shortest
// difference. (De Wulf, Doyen, Henzinger, Raskin: Antichains, CAV 2006; leaving out what is simulated: Abdulla, Chen, Holík,
// Mayr, Vojnar: When simulation meets antichains, TACAS 2010.)
//
// Neither whether a run may go on silently for ever nor fairness is looked at.

import type { Futures } from "./futures.ts";
import { Gathering, NumberSets } from "./number-sets.ts";
import { END, SILENT, type VisibleGraph } from "./visible-graph.ts";

/** What a search for a difference comes to. */
export interface Comparison {
  /** Pairs of a state and a set that were looked at. */
  readonly pairs: number;
  /** Null: there is none. */
  readonly difference: Distinction | null;
}

/** A run that shows a behaviour which only one version has. */
export interface Distinction {
  /** Edges of the graph, from the root; the last one is where the ways part. */
  readonly edges: readonly number[];
  /** Letters by which the other version can go on where the last edge is not possible. */
  readonly instead: readonly number[];
}

/** Between two pauses. */
const BATCH = 256;

/** How far a search for a difference is. */
export interface PairProgress {
  readonly pairs: number;
  readonly open: number;
  readonly bytes: number;
}

/** Looks for a behaviour of `graph` that the other version, whose root is of class `other`, does not have. */
export function* findDistinction(
  graph: VisibleGraph,
  classes: Int32Array,
  future: Futures,
  other: number,
): Generator<PairProgress, Comparison, void> {
  const { starts, targets, letters } = graph;
  const subsets = new Subsets(future);
  const pairs = new Pairs(graph.root + 1, subsets.sets);
  if (classes[graph.root] !== other) pairs.add(graph.root, subsets.single(other), -1, -1);
  for (let pair = 0; pair < pairs.count; pair += 1) {
    if (pair % BATCH === BATCH - 1) {
      yield { pairs: pair, open: pairs.count - pair, bytes: pairs.bytes + subsets.bytes };
    }
    const node = pairs.nodes[pair] as number;
    const subset = pairs.subsets[pair] as number;
    for (let edge = starts[node] as number; edge < (starts[node + 1] as number); edge += 1) {
      const letter = letters[edge] as number;
      const target = targets[edge] as number;
      const next = letter === SILENT ? subset : subsets.after(subset, letter);
      if (next === null) {
        return distinction(pairs, pair, [edge], subsets.letters(subset));
      }
      if (target === END || subsets.sets.has(next, classes[target] as number)) continue;
      if (!pairs.add(target, next, pair, edge)) continue;
      // A run that ends here is no longer than the way here: it must not wait until the pair's turn.
      const last = endingEdge(graph, target);
      if (last >= 0 && subsets.after(next, letters[last] as number) === null) {
        return distinction(pairs, pairs.count - 1, [last], subsets.letters(next));
      }
    }
  }
  return { pairs: pairs.count, difference: null };
}

/** The edge of a state without steps; -1 if the state has some. */
function endingEdge({ starts, targets, movers }: VisibleGraph, node: number): number {
  const edge = starts[node] as number;
  return targets[edge] === END && movers[edge] === -1 ? edge : -1;
}

function distinction(
  pairs: Pairs,
  last: number,
  end: readonly number[],
  instead: readonly number[],
): Comparison {
  const edges = [...end];
  for (let pair = last; pairs.parents[pair] !== -1; pair = pairs.parents[pair] as number) {
    edges.push(pairs.edges[pair] as number);
  }
  return { pairs: pairs.count, difference: { edges: edges.reverse(), instead } };
}

/** Sets of classes, and where letters lead from them. */
class Subsets {
  readonly sets = new NumberSets();
  private readonly future: Futures;
  private readonly next: (ReadonlyMap<number, number> | undefined)[] = [];
  private readonly gathering = new Gathering();
  private transitions = 0;

  constructor(future: Futures) {
    this.future = future;
  }

  single(of: number): number {
    return this.sets.insert(Int32Array.of(of));
  }

  /** The set of all classes that the letter leads to from one of the set; null if there are none. */
  after(set: number, letter: number): number | null {
    return this.expanded(set).get(letter) ?? null;
  }

  /** All letters possible from the set. */
  letters(set: number): readonly number[] {
    return [...this.expanded(set).keys()];
  }

  /** A rough figure: an entry of a map takes some words. */
  get bytes(): number {
    return this.sets.bytes + 40 * this.transitions;
  }

  private expanded(set: number): ReadonlyMap<number, number> {
    const known = this.next[set];
    if (known !== undefined) return known;
    const { moves, letterOf, classOf } = this.future;
    const reached = new Map<number, number[]>();
    for (const member of this.sets.get(set)) {
      for (const move of moves.get(member)) {
        const classes = reached.get(letterOf(move));
        if (classes === undefined) reached.set(letterOf(move), [classOf(move)]);
        else classes.push(classOf(move));
      }
    }
    const found = new Map<number, number>();
    for (const [letter, classes] of reached) {
      this.gathering.clear();
      for (const one of classes) this.gathering.add(one);
      found.set(letter, this.sets.insert(this.gathering.sorted()));
    }
    this.next[set] = found;
    this.transitions += found.size;
    return found;
  }
}

/** Pairs of a node and a set of classes in the order in which they were met, each with the one it was met from. */
class Pairs {
  count = 0;
  nodes = new Int32Array(1 << 10);
  subsets = new Int32Array(1 << 10);
  parents = new Int32Array(1 << 10);
  edges = new Int32Array(1 << 10);
  private readonly sets: NumberSets;
  /** By node: the smallest sets met with it, none within another. */
  private readonly antichains: (readonly number[] | undefined)[];

  constructor(nodes: number, sets: NumberSets) {
    this.sets = sets;
    this.antichains = new Array<undefined>(nodes);
  }

  /** Adds a pair; false if one with a smaller set has been met. */
  add(node: number, subset: number, parent: number, edge: number): boolean {
    const met = this.antichains[node] ?? [];
    if (met.some((smaller) => this.sets.includes(smaller, subset))) return false;
    this.antichains[node] = [
      ...met.filter((larger) => !this.sets.includes(subset, larger)),
      subset,
    ];
    const { count } = this;
    if (count === this.nodes.length) this.grow();
    this.nodes[count] = node;
    this.subsets[count] = subset;
    this.parents[count] = parent;
    this.edges[count] = edge;
    this.count = count + 1;
    return true;
  }

  get bytes(): number {
    return 4 * this.nodes.byteLength + 8 * this.antichains.length + 24 * this.count;
  }

  private grow(): void {
    this.nodes = doubled(this.nodes);
    this.subsets = doubled(this.subsets);
    this.parents = doubled(this.parents);
    this.edges = doubled(this.edges);
  }
}

function doubled(words: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * words.length);
  larger.set(words);
  return larger;
}
