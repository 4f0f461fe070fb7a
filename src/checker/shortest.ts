// Among all shortest behaviours that reach a goal, one with the fewest context switches; and how many there are.
//
// The shortest behaviours are the paths from level to level. A sweep from the goal's level back to the first marks the
// states that lie on one. For each of them it keeps, for each class of movers that may take the next step, the fewest
// switches that are still to come, and it counts the ways on. From the start one then follows the first step, in the
// order of successors, that attains the optimum: the choice depends on contents only, not on how the search ran.
// One sweep serves any number of goals.

import { FAULTED } from "./edge-log.ts";
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

/** The states of one level from which a goal is reached in the steps that are left. */
interface Layer {
  /** Ascending. */
  readonly states: readonly number[];
  /** For state i and class c: switches[i*classes + c] more switches if the next step is one of c; FAR if it cannot be. */
  readonly switches: readonly number[];
  /** Fewest switches to come, whoever goes on. */
  readonly least: readonly number[];
  readonly counts: readonly bigint[];
  readonly rows: ReadonlyMap<number, number>;
}

const FAR = 0x3fffffff;

/** One shortest path for each goal; each must be reachable in exactly its depth. */
export function shortestPaths(search: Search, goals: readonly ShortestGoal[]): readonly Shortest[] {
  const classes = switchClasses(search.system.movers);
  const expander = expanderOf(search);
  const layers = goals.map(({ goal, depth }): Layer[] => {
    const found: Layer[] = [];
    if (goal.kind === "state") found[depth] = goalLayer(search, depth, goal.holds, classes.count);
    return found;
  });
  const deepest = goals.reduce((most, { depth }) => Math.max(most, depth), 0);
  for (let depth = deepest - 1; depth >= 0; depth -= 1) {
    const open = [...goals.keys()].filter((index) => depth < (goals[index] as ShortestGoal).depth);
    const builders = open.map(() => newBuilder(classes.count));
    const [first, last] = levelRange(search, depth);
    for (let state = first; state < last; state += 1) {
      const count = expander.load(state);
      const targets = Array.from({ length: count }, (_, step) => expander.target(step));
      open.forEach((index, position) => {
        const way = { ...(goals[index] as ShortestGoal), above: layers[index]?.[depth + 1] };
        markState(builders[position] as Builder, state, {
          way,
          depth,
          expander,
          targets,
          classOf: classes.of,
        });
      });
    }
    open.forEach((index, position) => {
      (layers[index] as Layer[])[depth] = builders[position] as Builder;
    });
  }
  return goals.map((goal, index) => follow(goal, layers[index] as Layer[], expander, classes.of));
}

interface Builder {
  readonly classes: number;
  readonly states: number[];
  readonly switches: number[];
  readonly least: number[];
  readonly counts: bigint[];
  readonly rows: Map<number, number>;
}

function newBuilder(classes: number): Builder {
  return { classes, states: [], switches: [], least: [], counts: [], rows: new Map() };
}

/** The states of the goal's own level: nothing is left to be done in them. */
function goalLayer(
  search: Search,
  depth: number,
  holds: (state: number) => boolean,
  classes: number,
): Layer {
  const layer = newBuilder(classes);
  const [first, last] = levelRange(search, depth);
  for (let state = first; state < last; state += 1) {
    if (!holds(state)) continue;
    layer.rows.set(state, layer.states.push(state) - 1);
    for (let of = 0; of < classes; of += 1) layer.switches.push(0);
    layer.least.push(0);
    layer.counts.push(1n);
  }
  return layer;
}

/** What is known while a state's steps are looked at. */
interface Around {
  readonly way: ShortestGoal & { readonly above: Layer | undefined };
  readonly depth: number;
  readonly expander: Expander;
  readonly targets: readonly number[];
  readonly classOf: readonly number[];
}

/** Adds a state to its layer if one of its steps leads on. */
function markState(layer: Builder, state: number, around: Around): void {
  const { expander, targets, classOf } = around;
  const switches = new Array<number>(layer.classes).fill(FAR);
  const counted = new Set<string>();
  let count = 0n;
  for (let step = 0; step < targets.length; step += 1) {
    const mover = expander.out.mover[step] as number;
    const of = classOf[mover] as number;
    const onward = onwardSwitches(around, state, step, of);
    if (onward === FAR) continue;
    switches[of] = Math.min(switches[of] as number, onward);
    const key = `${mover} ${targets[step]}`;
    if (!counted.has(key)) count += onwardCount(around, step);
    counted.add(key);
  }
  if (count === 0n) return;
  layer.rows.set(state, layer.states.push(state) - 1);
  layer.switches.push(...switches);
  layer.least.push(Math.min(...switches));
  layer.counts.push(count);
}

/** Switches to come after a step by this class; FAR if it does not lead to the goal in time. */
function onwardSwitches(
  { way, depth, expander, targets }: Around,
  state: number,
  step: number,
  of: number,
): number {
  const { goal } = way;
  if (goal.kind === "step" && depth === way.depth - 1)
    return goal.holds(state, expander.out, step) ? 0 : FAR;
  const target = targets[step] as number;
  const row = target === FAULTED ? undefined : way.above?.rows.get(target);
  return row === undefined ? FAR : remaining(way.above as Layer, row, of);
}

/** Fewest switches from a state of a layer when the last step was one of class `of`. */
function remaining(layer: Layer, row: number, of: number): number {
  const classes = layer.switches.length / layer.states.length;
  return Math.min(layer.switches[row * classes + of] as number, (layer.least[row] as number) + 1);
}

function onwardCount({ way, depth, targets }: Around, step: number): bigint {
  if (way.goal.kind === "step" && depth === way.depth - 1) return 1n;
  const row = way.above?.rows.get(targets[step] as number);
  return row === undefined ? 0n : (way.above?.counts[row] ?? 0n);
}

/** From the start, always the first step in the order of successors that attains the fewest switches. */
function follow(
  goal: ShortestGoal,
  layers: readonly Layer[],
  expander: Expander,
  classOf: readonly number[],
): Shortest {
  const start = layers[0];
  if (start === undefined || start.states.length === 0)
    throw new Error("a goal that no path leads to");
  const least = start.least.reduce((fewest, value) => Math.min(fewest, value), FAR);
  const from = start.states[start.least.indexOf(least)] as number;
  const steps: PathStep[] = [];
  let left = least;
  for (let depth = 0; depth < goal.depth; depth += 1) {
    const before = steps.at(-1);
    const state = before?.to ?? from;
    const count = expander.load(state);
    const targets = Array.from({ length: count }, (_, step) => expander.target(step));
    const around = {
      way: { ...goal, above: layers[depth + 1] },
      depth,
      expander,
      targets,
      classOf,
    };
    const step = targets.findIndex((_, position) => {
      const of = classOf[expander.out.mover[position] as number] as number;
      const switched = before !== undefined && classOf[before.mover] !== of ? 1 : 0;
      return switched + onwardSwitches(around, state, position, of) === left;
    });
    if (step < 0) throw new Error("a path that ends before its goal");
    const mover = expander.out.mover[step] as number;
    if (before !== undefined && classOf[before.mover] !== classOf[mover]) left -= 1;
    steps.push({ mover, to: targets[step] as number });
  }
  return { path: { from, steps }, count: start.counts.reduce((sum, count) => sum + count, 0n) };
}
