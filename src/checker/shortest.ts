// Among all shortest behaviours that reach a goal, one with the fewest context switches; and how many there are.
//
// The shortest behaviours are the paths from level to level. A sweep from the goal's level back to the first marks the
// states that lie on one. For each of them it keeps, for each class of movers that may take the next step, the fewest
// switches that are still to come, and it counts the ways on. From the start one then follows the first step, in the
// order of successors, that attains the optimum: the choice depends on contents only, not on how the search ran.
// One sweep serves any number of goals.

import { type Edges, edgesOf } from "./edges.ts";
import type { Search } from "./explore.ts";
import {
  type Expander,
  expanderOf,
  type Goal,
  levelRange,
  type Path,
  type PathStep,
  switchClasses,
} from "./paths.ts";

/** A goal and the length of the shortest behaviours that reach it. */
export interface ShortestGoal {
  readonly goal: Goal;
  readonly depth: number;
}

export interface Shortest {
  readonly path: Path;
  /** Different sequences of (mover, state), or (mover, fault) at the end. */
  readonly count: bigint;
}

/** The states of one level from which a goal is reached in the steps that are left, in rows. */
interface Layer {
  /** Index of the level's first state. */
  readonly first: number;
  /** rows[state - first] is the state's row, counted from 1; 0 for states that are on no way to the goal. */
  readonly rows: Int32Array;
  readonly classes: number;
  /** switches[row*classes + c]: more switches if the next step is one of class c; FAR if it cannot be. */
  switches: Int32Array;
  /** Fewest switches to come, whoever goes on. */
  least: Int32Array;
  /** Ways on. Dropped once the level before has used them. */
  counts: bigint[];
  length: number;
}

const FAR = 0x3fffffff;

/** What all parts of a sweep share. */
interface Sweep {
  readonly search: Search;
  readonly classOf: readonly number[];
  readonly edges: Edges;
  readonly expander: Expander;
  /** Steps of the state at hand that were counted already: pairs (mover, target). */
  readonly counted: Set<number>;
  /** Switches to come for each class, of the state at hand. */
  readonly onward: Int32Array;
}

/** One shortest path for each goal; each must be reachable in exactly its depth. */
export function shortestPaths(search: Search, goals: readonly ShortestGoal[]): readonly Shortest[] {
  const classes = switchClasses(search.system.movers);
  const sweep: Sweep = {
    search,
    classOf: classes.of,
    edges: edgesOf(search),
    expander: expanderOf(search),
    counted: new Set(),
    onward: new Int32Array(classes.count),
  };
  const layers = goals.map(({ goal, depth }): Layer[] => {
    const found: Layer[] = [];
    if (goal.kind === "state") found[depth] = goalLayer(search, depth, goal.holds, classes.count);
    return found;
  });
  const deepest = goals.reduce((most, { depth }) => Math.max(most, depth), 0);
  for (let depth = deepest - 1; depth >= 0; depth -= 1) {
    const open = goals.flatMap(({ goal, depth: length }, index) => {
      if (depth >= length) return [];
      const levels = layers[index] as Layer[];
      const layer = newLayer(search, depth, classes.count);
      levels[depth] = layer;
      return [{ goal, layer, above: levels[depth + 1] ?? null }];
    });
    const [first, last] = levelRange(search, depth);
    for (let state = first; state < last; state += 1) {
      const count = sweep.edges.load(state);
      for (const { goal, layer, above } of open) {
        if (above !== null) markBefore(sweep, layer, above, state, count);
        else if (goal.kind === "step") markGoalSteps(sweep, layer, goal.holds, state);
      }
    }
    for (const { above } of open) if (above !== null) above.counts = [];
  }
  return goals.map((goal, index) => follow(sweep, goal, layers[index] as Layer[]));
}

function newLayer(search: Search, depth: number, classes: number): Layer {
  const [first, last] = levelRange(search, depth);
  return {
    first,
    rows: new Int32Array(last - first),
    classes,
    switches: new Int32Array(16 * classes),
    least: new Int32Array(16),
    counts: [],
    length: 0,
  };
}

/** The states of the goal's own level: nothing is left to be done in them. */
function goalLayer(
  search: Search,
  depth: number,
  holds: (state: number) => boolean,
  classes: number,
): Layer {
  const layer = newLayer(search, depth, classes);
  const nothing = new Int32Array(classes);
  const [first, last] = levelRange(search, depth);
  for (let state = first; state < last; state += 1) {
    if (holds(state)) addRow(layer, state, nothing, 1n);
  }
  return layer;
}

function addRow(layer: Layer, state: number, switches: Int32Array, count: bigint): void {
  const { classes, length } = layer;
  if (length === layer.least.length) {
    layer.switches = larger(layer.switches);
    layer.least = larger(layer.least);
  }
  let least = FAR;
  for (let of = 0; of < classes; of += 1) {
    const value = switches[of] as number;
    layer.switches[length * classes + of] = value;
    least = Math.min(least, value);
  }
  layer.least[length] = least;
  layer.counts.push(count);
  layer.length = length + 1;
  layer.rows[state - layer.first] = layer.length;
}

function larger(list: Int32Array): Int32Array {
  const copy = new Int32Array(2 * list.length);
  copy.set(list);
  return copy;
}

/** The row of a state in its layer, -1 if it is on no way to the goal (or of another level). */
function rowOf(layer: Layer, state: number): number {
  return (layer.rows[state - layer.first] ?? 0) - 1;
}

/** Fewest switches from a row on when the last step was one of class `of`. */
function remaining(layer: Layer, row: number, of: number): number {
  const same = layer.switches[row * layer.classes + of] as number;
  return Math.min(same, (layer.least[row] as number) + 1);
}

/** Adds a state to its layer if one of its steps leads to the layer above. Its edges are loaded. */
function markBefore(sweep: Sweep, layer: Layer, above: Layer, state: number, edges: number): void {
  const { classOf, counted, onward } = sweep;
  const { targets, movers } = sweep.edges;
  counted.clear();
  let count = 0n;
  for (let edge = 0; edge < edges; edge += 1) {
    const target = targets[edge] as number;
    const row = rowOf(above, target);
    if (row < 0) continue;
    if (counted.size === 0) onward.fill(FAR);
    const mover = movers[edge] as number;
    const of = classOf[mover] as number;
    onward[of] = Math.min(onward[of] as number, remaining(above, row, of));
    const step = target * classOf.length + mover;
    if (counted.has(step)) continue;
    counted.add(step);
    count += above.counts[row] as bigint;
  }
  if (counted.size > 0) addRow(layer, state, onward, count);
}

/** Adds a state to its layer if one of its steps is the goal. */
function markGoalSteps(
  sweep: Sweep,
  layer: Layer,
  holds: (Goal & { readonly kind: "step" })["holds"],
  state: number,
): void {
  const { classOf, counted, onward, expander } = sweep;
  counted.clear();
  onward.fill(FAR);
  const steps = expander.load(state);
  for (let step = 0; step < steps; step += 1) {
    if (!holds(state, expander.out, step)) continue;
    const mover = expander.out.mover[step] as number;
    onward[classOf[mover] as number] = 0;
    counted.add(expander.target(step) * classOf.length + mover);
  }
  if (counted.size > 0) addRow(layer, state, onward, BigInt(counted.size));
}

/** From the start, always the first step in the order of successors that attains the fewest switches. */
function follow(sweep: Sweep, { goal, depth }: ShortestGoal, layers: readonly Layer[]): Shortest {
  const { classOf, expander } = sweep;
  const start = layers[0];
  if (start === undefined || start.length === 0) throw new Error("a goal that no path leads to");
  const least = start.least
    .subarray(0, start.length)
    .reduce((fewest, value) => Math.min(fewest, value));
  const from = start.first + start.rows.indexOf(start.least.indexOf(least) + 1);
  const steps: PathStep[] = [];
  let left = least;
  let [state, last] = [from, -1];
  for (let at = 0; at < depth; at += 1) {
    const above = layers[at + 1];
    const count = expander.load(state);
    let step = 0;
    for (; step < count; step += 1) {
      const of = classOf[expander.out.mover[step] as number] as number;
      const switched = last < 0 || last === of ? 0 : 1;
      if (switched + switchesAfter(sweep, goal, above, state, step) === left) break;
    }
    if (step === count) throw new Error("a path that ends before its goal");
    const mover = expander.out.mover[step] as number;
    const of = classOf[mover] as number;
    if (last >= 0 && last !== of) left -= 1;
    last = of;
    state = expander.target(step);
    steps.push({ mover, to: state });
  }
  return { path: { from, steps }, count: start.counts.reduce((sum, count) => sum + count, 0n) };
}

/** Switches to come after a step of the state at hand; FAR if it does not lead to the goal in time. */
function switchesAfter(
  { classOf, expander }: Sweep,
  goal: Goal,
  above: Layer | undefined,
  state: number,
  step: number,
): number {
  if (above === undefined)
    return goal.kind === "step" && goal.holds(state, expander.out, step) ? 0 : FAR;
  const row = rowOf(above, expander.target(step));
  return row < 0
    ? FAR
    : remaining(above, row, classOf[expander.out.mover[step] as number] as number);
}
