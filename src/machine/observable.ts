// Where `p @ L` can be seen: the locations at which control rests after passing a label, and only then.
// A label before a step is that step's location; before a call it is the first step of that copy of the callee; before a
// `while` or `loop` it is where each round begins. A label is
// hidden if control can come to rest there without passing it, or cannot come to rest there at all (inside `atomic`, before
// the first step of a branch of a choice, before the end).

import { type GraphNode, type NopNode, successorsOf } from "./graph.ts";

export interface LabelNode {
  readonly owner: string;
  readonly name: string;
  readonly node: NopNode;
  /** The loop that the label stands before, if it does: each of its rounds begins at the label. */
  readonly loop: GraphNode | null;
}

export interface ObservableLabels {
  /** The labels of each location, [owner, label]. */
  readonly at: ReadonlyMap<GraphNode, readonly (readonly [string, string])[]>;
  /** `owner.label` of labels that control passes, but that cannot be observed. */
  readonly hidden: ReadonlySet<string>;
}

/** Judges every label that is reachable from `entry`; labels of code that is not part of the machine are in neither set. */
export function observeLabels(
  entry: GraphNode,
  labels: readonly LabelNode[],
  locations: ReadonlySet<GraphNode>,
): ObservableLabels {
  const predecessors = predecessorsFrom(entry);
  const at = new Map<GraphNode, (readonly [string, string])[]>();
  const hidden = new Set<string>();
  for (const { owner, name, node, loop } of labels) {
    if (!predecessors.has(node)) continue;
    const rests = restsAfter(node);
    const visible = rests?.every(
      (rest) => locations.has(rest) && onlyThrough(rest, [node, loop ?? node], entry, predecessors),
    );
    if (rests === null || !visible) {
      hidden.add(`${owner}.${name}`);
      continue;
    }
    for (const rest of rests) at.set(rest, [...(at.get(rest) ?? []), [owner, name]]);
  }
  return { at, hidden };
}

function predecessorsFrom(entry: GraphNode): ReadonlyMap<GraphNode, readonly GraphNode[]> {
  const found = new Map<GraphNode, GraphNode[]>([[entry, []]]);
  const work = [entry];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    for (const next of successorsOf(node)) {
      const known = found.get(next);
      if (known === undefined) {
        found.set(next, [node]);
        work.push(next);
      } else {
        known.push(node);
      }
    }
  }
  return found;
}

/** The steps at which control can rest after local work from here; null if it may end, or is inside `atomic`. */
function restsAfter(label: NopNode): readonly GraphNode[] | null {
  if (label.region !== null) return null;
  const seen = new Set<GraphNode>();
  const rests: GraphNode[] = [];
  const work: GraphNode[] = [label];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === "end") return null;
    if (node.step) rests.push(node);
    else work.push(...successorsOf(node));
  }
  return rests;
}

/** Whether every way from a step (or from the start) to rest at `location` passes the label. */
function onlyThrough(
  location: GraphNode,
  points: readonly GraphNode[],
  entry: GraphNode,
  predecessors: ReadonlyMap<GraphNode, readonly GraphNode[]>,
): boolean {
  const seen = new Set<GraphNode>(points);
  // Coming back to the location from its own step, as the rounds of a short loop do, is staying there.
  const work: GraphNode[] = [location];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node === entry || (node !== location && node.step)) return false;
    // What lies inside an `atomic` block comes to rest behind it, like a step.
    if (node !== location && node.region !== null) return false;
    work.push(...(predecessors.get(node) ?? []));
  }
  return true;
}
