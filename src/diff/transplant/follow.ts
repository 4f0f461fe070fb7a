// Follows an old behaviour on the new version, step by step.
//
// Each old step is matched with the new version's step of the same process at the same place, or of the same action. What the
// patch inserted before it is taken first; what the patch removed is passed over. Where several ways fit, all of them
// are followed, up to a bound, those that differ least first: a later step may tell which of them was meant.

import type { Trace } from "../../checker/exploration.ts";
import type { InterpretedStep } from "../../checker/interpret.ts";
import type { State } from "../../checker/transition-system.ts";
import { stateKey } from "../../machine/state.ts";
import type { Difference } from "../replay.ts";
import { fitOf, nearestFits } from "./fit.ts";
import type { Ground, OldStep } from "./ground.ts";

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

/** Ways that are kept at each old step, those that differ least. */
const WAYS = 32;
/** The same where steps of the patch may come at any time. */
const WAYS_AT_ANY_TIME = 2000;
/** States that steps of the patch alone may lead to at each old step; more are not looked at. */
const INSERTED_STATES = 2000;
/** States that are looked at in all where steps of the patch may come at any time. */
const STATES_AT_ANY_TIME = 10_000;

const COST_OF_INSERTED = 1;
/** What a step of the patch costs more before it is due, at most: the more, the earlier it is. */
const COST_OF_EARLY = 0.01;
const COST_OF_REMOVED = 2;

/**
 * Follows an old trace from these states; `shows` tells whether a way ends as the old one does.
 *
 * A step of the patch is taken when it is due: before the old step of its process. If that does not lead to the end, and
 * some behaviour of the new version might (`mayShow`), such steps are tried at any time, since two processes may be in them
 * at once; that counts only if it leads to the end.
 */
export function follow(
  ground: Ground,
  trace: Trace,
  starts: readonly State[],
  shows: (end: Reached) => boolean,
  mayShow: boolean,
): Followed {
  const ways = starts.map((state): Reached => startAt(state));
  const due = followFrom(ground, trace, ways, shows, "when-due");
  if (due.shows || !mayShow) return due;
  const early = followFrom(ground, trace, ways, shows, "any-time");
  return early.shows ? early : due;
}

/** The beginning of a way. */
export function startAt(state: State): Reached {
  return { state, how: { kind: "start" }, previous: null, cost: 0 };
}

function followFrom(
  ground: Ground,
  trace: Trace,
  starts: readonly Reached[],
  shows: (end: Reached) => boolean,
  timing: "when-due" | "any-time",
): Followed {
  let ways = starts;
  let looked = 0;
  for (const index of trace.steps.keys()) {
    const old = ground.oldStep(index);
    if (old.mover < 0) return { steps: index, end: first(ways), shows: false };
    const everybody = [old.mover, ...ground.processes.filter((mover) => mover !== old.mover)];
    const early = COST_OF_EARLY * (1 - index / trace.steps.length);
    const movers = timing === "when-due" ? [old.mover] : everybody;
    const due = withInserted(ground, ways, movers, early);
    looked += due.length;
    if (timing === "any-time" && looked > STATES_AT_ANY_TIME) {
      return { steps: index, end: first(ways), shows: false };
    }
    let onward = advance(ground, due, old, timing === "when-due" ? WAYS : WAYS_AT_ANY_TIME);
    if (onward.length === 0 && isHeldUp(ground, furthest(ground, due, old.mover), old.mover)) {
      // Another process may have to finish what the patch made it begin.
      onward = advance(ground, withInserted(ground, ways, everybody, early), old, WAYS);
    }
    if (onward.length === 0) {
      return { steps: index, end: furthest(ground, due, old.mover), shows: false };
    }
    ways = onward;
  }
  const steps = trace.steps.length;
  const end = ways.find(shows) ?? withInserted(ground, ways, ground.processes, 0).find(shows);
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

/**
 * The ways, and those on which these movers have gone on by steps that the patch inserted; those that differ least first.
 * Only the first mover's are due, those of the others cost `early` more.
 */
function withInserted(
  ground: Ground,
  ways: readonly Reached[],
  movers: readonly number[],
  early: number,
): readonly Reached[] {
  const least = new Map(ways.map(({ state, cost }) => [stateKey(state), cost]));
  const found = [...ways];
  const most = ways.length + INSERTED_STATES;
  for (let at = 0; at < found.length && found.length < most; at += 1) {
    const way = found[at] as Reached;
    if (hasFaulted(way)) continue;
    for (const mover of movers) {
      for (const step of insertedSteps(ground, way, mover)) {
        const next = step.next as State;
        const key = stateKey(next);
        const cost = way.cost + COST_OF_INSERTED + (mover === movers[0] ? 0 : early);
        if ((least.get(key) ?? Number.POSITIVE_INFINITY) <= cost) continue;
        least.set(key, cost);
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
function hasFaulted({ how }: Reached): boolean {
  return how.kind === "matched" && how.step.fault !== null;
}

/** The ways behind an old step, each state once, those that differ least first. */
function advance(
  ground: Ground,
  ways: readonly Reached[],
  old: OldStep,
  most: number,
): readonly Reached[] {
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
  return distinct.slice(0, most);
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
