// Follows an old behaviour on the new version, step by step.
//
// Each old step is matched with the new version's step of the same process at the same place, or of the same action. What the
// patch inserted before it is taken first; what the patch removed is passed over. Where several ways fit, all of them
// are followed, up to a bound, those that differ least first: a later step may tell which of them was meant.

import type { Trace } from "../checker/exploration.ts";
import type { InterpretedStep } from "../checker/interpret.ts";
import type { State } from "../checker/transition-system.ts";
import { stateKey } from "../machine/state.ts";
import type { Difference } from "./replay.ts";
import { fitOf, nearestFits } from "./transplant-fit.ts";
import type { Ground, OldStep } from "./transplant-ground.ts";

/** A state of the new version on the way, and how it was come by. */
export interface Reached {
  readonly state: State;
  readonly how: How;
  readonly previous: Reached | null;
  /** How much differs from the old behaviour up to here. */
  readonly cost: number;
}

export type How =
  | { readonly kind: "start" }
  | { readonly kind: "inserted"; readonly step: InterpretedStep }
  | { readonly kind: "removed"; readonly before: number }
  | {
      readonly kind: "matched";
      readonly before: number;
      readonly step: InterpretedStep;
      readonly alike: boolean;
      readonly differences: readonly Difference[];
    };

/** How far the old behaviour could be followed. */
export interface Followed {
  /** Old steps that are behind us. */
  readonly steps: number;
  /** Where the way ends; if old steps are left, where the next one cannot be matched. */
  readonly end: Reached;
  /** Does the end show what the old behaviour shows? */
  readonly shows: boolean;
}

/** Ways that are kept at each old step. */
const WAYS = 32;
/** States that steps of the patch alone are followed to, at each old step. */
const INSERTED_STATES = 256;

const COST_OF_INSERTED = 1;
const COST_OF_REMOVED = 2;

/** Follows an old trace from these states; `shows` tells whether a way ends as the old one does. */
export function follow(
  ground: Ground,
  trace: Trace,
  starts: readonly State[],
  shows: (end: Reached) => boolean,
): Followed {
  let ways: readonly Reached[] = starts.map((state) => ({
    state,
    how: { kind: "start" },
    previous: null,
    cost: 0,
  }));
  for (const index of trace.steps.keys()) {
    const old = ground.oldStep(index);
    if (old.mover < 0) return { steps: index, end: first(ways), shows: false };
    const own = withInserted(ground, ways, [old.mover]);
    let onward = advance(ground, own, old);
    if (onward.length === 0 && isHeldUp(ground, furthest(ground, own, old.mover), old.mover)) {
      // Another process may have to finish what the patch made it begin.
      onward = advance(ground, withInserted(ground, ways, ground.processes), old);
    }
    if (onward.length === 0) {
      return { steps: index, end: furthest(ground, own, old.mover), shows: false };
    }
    ways = onward;
  }
  const steps = trace.steps.length;
  const end = ways.find(shows) ?? withInserted(ground, ways, ground.processes).find(shows);
  return { steps, end: end ?? first(ways), shows: end !== undefined };
}

function first(ways: readonly Reached[]): Reached {
  const [way] = ways;
  if (way === undefined) throw new Error("a behaviour that begins nowhere");
  return way;
}

/** Does the mover wait, or go round in steps of the patch? */
function isHeldUp(ground: Ground, { state }: Reached, mover: number): boolean {
  const { interpreter } = ground;
  if (interpreter.finished(state, mover)) return false;
  return ground.standsAtInserted(state, mover) || interpreter.stepsOf(state, mover).length === 0;
}

/** The first way on which the mover has taken all that was inserted before its next step. */
function furthest(ground: Ground, ways: readonly Reached[], mover: number): Reached {
  return ways.find((way) => insertedSteps(ground, way, mover).length === 0) ?? first(ways);
}

/** The ways, and those on which these movers have gone on by steps that the patch inserted; those that differ least first. */
function withInserted(
  ground: Ground,
  ways: readonly Reached[],
  movers: readonly number[],
): readonly Reached[] {
  const known = new Set(ways.map(({ state }) => stateKey(state)));
  const found = [...ways];
  for (let at = 0; at < found.length && found.length < INSERTED_STATES; at += 1) {
    const way = found[at] as Reached;
    if (hasFaulted(way)) continue;
    for (const mover of movers) {
      for (const step of insertedSteps(ground, way, mover)) {
        const next = step.next as State;
        const key = stateKey(next);
        if (known.has(key)) continue;
        known.add(key);
        const cost = way.cost + COST_OF_INSERTED;
        found.push({ state: next, how: { kind: "inserted", step }, previous: way, cost });
      }
    }
  }
  return found.toSorted((left, right) => left.cost - right.cost);
}

/** Steps of the patch that a process can take here, without those that fault. */
function insertedSteps(
  { interpreter, standsAtInserted }: Ground,
  { state }: Reached,
  mover: number,
): readonly InterpretedStep[] {
  if (!standsAtInserted(state, mover)) return [];
  return interpreter.stepsOf(state, mover).filter(({ next }) => next !== null);
}

/** A faulting step is the last one: it leads nowhere. */
export function hasFaulted({ how }: Reached): boolean {
  return how.kind === "matched" && how.step.fault !== null;
}

/** The ways behind an old step, each state once, those that differ least first. */
function advance(ground: Ground, ways: readonly Reached[], old: OldStep): readonly Reached[] {
  const onward = ways
    .flatMap((way) => [...matched(ground, way, old), ...passedOver(ground, way, old)])
    .toSorted((left, right) => left.cost - right.cost);
  const known = new Set<string>();
  const distinct = onward.filter((way) => {
    const key = `${hasFaulted(way)} ${stateKey(way.state)}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
  return distinct.slice(0, WAYS);
}

/** The new version's steps that stand for the old one. */
function matched(ground: Ground, way: Reached, old: OldStep): readonly Reached[] {
  if (!ground.standsAt(way.state, old.mover, old.place)) return [];
  const fits = ground.interpreter
    .stepsOf(way.state, old.mover)
    .flatMap((step) => fitOf(ground, way.state, step, old) ?? []);
  return nearestFits(fits).map(({ step, differences, distance }) => ({
    state: step.next ?? way.state,
    how: {
      kind: "matched",
      before: old.index,
      step,
      alike:
        differences.length === 0 &&
        !ground.readsOtherwise(way.state, old.mover) &&
        (step.fault === null) === (old.after !== null),
      differences,
    },
    previous: way,
    cost: way.cost + distance,
  }));
}

/** The way without a step that the new version does not have. */
function passedOver(ground: Ground, way: Reached, old: OldStep): readonly Reached[] {
  if (!ground.isRemoved(way.state, old)) return [];
  const cost = way.cost + COST_OF_REMOVED;
  return [{ state: way.state, how: { kind: "removed", before: old.index }, previous: way, cost }];
}
