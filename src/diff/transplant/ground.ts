// What a transplant stands on: the old behaviour, the new machine, and which places and values of the two are the same.

import type { Step, StepEvent, Trace } from "../../checker/exploration.ts";
import type { InterpretedStep, Interpreter } from "../../checker/interpret.ts";
import { locationOf } from "../../checker/processes.ts";
import type { State } from "../../checker/transition-system.ts";
import { spanText } from "../../diagnostics/source.ts";
import type { FaultKind, Location, Machine } from "../../machine/machine.ts";
import type { Matching } from "../matching/matching.ts";
import { type Choice, picksOf } from "./fit.ts";
import { type Leaves, leavesOf } from "./leaves.ts";
import { type Places, placesOf } from "./places.ts";

/** A step of the old behaviour, and who is to take it in the new version. */
export interface OldStep {
  readonly index: number;
  /** The new version's mover of this name; -1 if it has none. */
  readonly mover: number;
  readonly before: State;
  /** Null if it faults. */
  readonly after: State | null;
  readonly fault: FaultKind | null;
  readonly picks: readonly Choice[];
  readonly step: Step;
  /** Where it begins; null for an action. */
  readonly place: Location | null;
}

export interface Ground {
  readonly interpreter: Interpreter;
  /** The new version's movers that are processes. */
  readonly processes: readonly number[];
  oldStep(index: number): OldStep;
  oldLeaves(state: State): Leaves;
  newLeaves(state: State): Leaves;
  /** Where a mover of the new version stands; null for an action. */
  placeOf(state: State, mover: number): Location | null;
  /** Does a mover stand at what an old place has become? An action, which has none, always does. */
  standsAt(state: State, mover: number, old: Location | null): boolean;
  /** Where this mover stands when the old behaviour is over; null for an action. */
  endOf(mover: number): Location | null;
  /** Does a process stand before a step that the patch inserted? */
  standsAtInserted(state: State, mover: number): boolean;
  /** Is an old step one that the new version does not have, its mover standing at what came later? */
  isRemoved(state: State, old: OldStep): boolean;
  /** Was the text of the step changed that the mover takes next? */
  readsOtherwise(state: State, mover: number): boolean;
  /** Does a new step pass the same lines as the old one, and fail the same asserts? */
  goesThroughSame(old: OldStep, step: InterpretedStep): boolean;
  /** Does its mover come to another old place by the new step than by the old one? */
  goesAstray(old: OldStep, next: State): boolean;
}

/** The ground for one old trace. */
export function groundOf(
  before: Machine,
  after: Machine,
  matching: Matching,
  interpreter: Interpreter,
  trace: Trace,
): Ground {
  const places = placesOf(before, after, matching);
  const { movers } = interpreter;
  const processNameOf = (mover: number): string => after.instances[mover]?.process.name ?? "";
  const oldPlace = (state: State, name: string): Location | null => {
    const instance = before.instances.find((one) => one.name === name);
    return instance === undefined ? null : locationOf(before, instance, state);
  };
  const placeOf = (state: State, mover: number): Location | null => {
    const instance = after.instances[mover];
    return instance === undefined ? null : locationOf(after, instance, state);
  };
  const oldStep = (index: number): OldStep => {
    const step = trace.steps[index];
    const state = trace.states[index];
    if (step === undefined || state === undefined) throw new Error(`no old step ${index}`);
    return {
      index,
      mover: movers.findIndex(({ name }) => name === step.name),
      before: state,
      after: trace.states[index + 1] ?? null,
      fault: step.fault?.kind ?? null,
      picks: picksOf(step.events),
      step,
      place: oldPlace(state, step.name),
    };
  };
  /** Where a process stands at its old steps from here on, and at the end. */
  const laterPlaces = (name: string, from: number): readonly Location[] => {
    const states = trace.states.filter(
      (_, index) => index >= from && (trace.steps[index]?.name ?? name) === name,
    );
    return states.flatMap((state) => oldPlace(state, name) ?? []);
  };
  const actionChanged = changedActions(before, after, matching);
  return {
    interpreter,
    processes: after.instances.map(({ id }) => id),
    oldStep,
    oldLeaves: remembered(leavesOf(before)),
    newLeaves: remembered(leavesOf(after)),
    placeOf,
    standsAt(state, mover, old) {
      const here = placeOf(state, mover);
      return old === null || here === null ? old === here : places.same(old, here);
    },
    endOf: (mover) => oldPlace(trace.states.at(-1) as State, movers[mover]?.name ?? ""),
    standsAtInserted(state, mover) {
      const here = placeOf(state, mover);
      return here !== null && places.inserted(processNameOf(mover), here);
    },
    isRemoved(state, { index, mover, place }) {
      const here = placeOf(state, mover);
      if (place === null || here === null || places.kept(processNameOf(mover), place)) return false;
      const name = movers[mover]?.name ?? "";
      return laterPlaces(name, index + 1).some((later) => places.same(later, here));
    },
    readsOtherwise(state, mover) {
      const here = placeOf(state, mover);
      return here === null
        ? actionChanged.has(movers[mover]?.name ?? "")
        : isChanged(matching, here);
    },
    goesThroughSame({ step: old }, step) {
      const lines = linesOf(old.events).map((line) => matching.after[line] ?? -1);
      return (
        sameItems(lines, linesOf(step.events)) &&
        sameItems(old.failedAsserts, failedIn(after, step))
      );
    },
    goesAstray: (old, next) =>
      goesAstray(places, processNameOf(old.mover), {
        before: old.after === null ? null : oldPlace(old.after, movers[old.mover]?.name ?? ""),
        after: placeOf(next, old.mover),
      }),
  };
}

function linesOf(events: readonly StepEvent[]): readonly number[] {
  return events.flatMap((event) => (event.kind === "line" ? [event.line] : []));
}

function failedIn({ assertions }: Machine, { notes }: InterpretedStep): readonly string[] {
  const failed = notes.flatMap((note) => (note.kind === "assert" ? [note.assertion] : []));
  return [...new Set(failed)].map((assertion) => assertions[assertion]?.name ?? "");
}

function sameItems<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

function goesAstray(
  places: Places,
  process: string,
  { before, after }: { readonly before: Location | null; readonly after: Location | null },
): boolean {
  if (before === null || after === null) return false;
  const comparable = places.kept(process, before) && !places.inserted(process, after);
  return comparable && !places.same(before, after);
}

function isChanged(matching: Matching, { line }: Location): boolean {
  return matching.changed[line] === 1;
}

/** Actions whose guard or body was changed. */
function changedActions(before: Machine, after: Machine, matching: Matching): ReadonlySet<string> {
  const guardOf = (machine: Machine, name: string): string | null => {
    const when = machine.actions.find((action) => action.name === name)?.action.when ?? null;
    return when === null ? null : spanText(when.span).replace(/\s+/g, " ");
  };
  const changed = after.lines.flatMap((line, index) =>
    matching.before[index] === -1 || matching.changed[index] === 1 ? [line.function] : [],
  );
  const gone = before.lines.flatMap((line, index) =>
    matching.after[index] === -1 ? [line.function] : [],
  );
  const guarded = after.actions.flatMap(({ name }) =>
    guardOf(before, name) === guardOf(after, name) ? [] : [name],
  );
  return new Set([...changed, ...gone, ...guarded]);
}

/** Takes each state apart once. */
function remembered(take: (state: State) => Leaves): (state: State) => Leaves {
  const known = new WeakMap<State, Leaves>();
  return (state) => {
    const found = known.get(state) ?? take(state);
    known.set(state, found);
    return found;
  };
}
