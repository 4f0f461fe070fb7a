// Where the way of an old counterexample parts on the new version: who stands where, and why it cannot go on as before.

import type { Trace } from "../../checker/exploration.ts";
import type { Interpreter } from "../../checker/interpret.ts";
import { runCode } from "../../checker/interpret-code.ts";
import type { Blocker } from "../../checker/interpret-path.ts";
import type { State, TransitionSystem } from "../../checker/transition-system.ts";
import { sameValue } from "../../checker/values.ts";
import {
  type Code,
  firstValue,
  type Local,
  type Location,
  type Value,
} from "../../machine/machine.ts";
import type { Difference } from "../replay.ts";
import { type Choice, picksOf } from "./fit.ts";
import type { Ground, OldStep } from "./ground.ts";
import { blockedBy } from "./holding.ts";
import { isEnd } from "./places.ts";
import type { Parting, PartingReason } from "./transplant.ts";

export interface Standstill {
  readonly ground: Ground;
  /** The new version's, for looking ahead. */
  readonly system: TransitionSystem;
  /** The new behaviour up to here. */
  readonly followed: Trace;
}

/** The parting at an old step that cannot be matched. */
export function partingAt(standstill: Standstill, before: number): Parting {
  const { ground, followed } = standstill;
  const old = ground.oldStep(before);
  const state = followed.states.at(-1) as State;
  if (old.mover < 0) return unmoved(before, state, { kind: "unknown-mover" });
  return {
    ...standing(ground, state, old.mover, old.place),
    before,
    why: reason(standstill, state, old),
  };
}

/** The parting after the last old step: nothing is violated there, be it that a step of the patch holds a process back. */
export function partingAtEnd(standstill: Standstill, before: number): Parting {
  const { ground, followed } = standstill;
  const { interpreter } = ground;
  const state = followed.states.at(-1) as State;
  const last = before === 0 ? -1 : ground.oldStep(before - 1).mover;
  const held = [last, ...ground.processes].find(
    (mover) =>
      mover >= 0 &&
      ground.standsAtInserted(state, mover) &&
      interpreter.stepsOf(state, mover).length === 0,
  );
  if (held !== undefined) {
    const why = blocked(standstill, interpreter.blockers(state, held));
    return { ...standing(ground, state, held, ground.endOf(held)), before, why };
  }
  if (last < 0) return unmoved(before, state, { kind: "not-violated" });
  const why: PartingReason = { kind: "not-violated" };
  return { ...standing(ground, state, last, ground.endOf(last)), before, why };
}

/** The parting of a behaviour that cannot even begin; `state` is the start that comes nearest. */
export function partingAtStart(state: State, differs: readonly Difference[]): Parting {
  return unmoved(0, state, { kind: "no-start", differs });
}

function unmoved(before: number, state: State, why: PartingReason): Parting {
  return { before, mover: null, state, location: null, line: null, next: "none", why };
}

/** Where a mover stands, and how that place came to be; `old` is the place where the old behaviour has it. */
function standing(
  ground: Ground,
  state: State,
  mover: number,
  old: Location | null,
): Pick<Parting, "mover" | "state" | "location" | "line" | "next"> {
  const location = ground.placeOf(state, mover);
  const line = ground.interpreter.machine.lines[location?.line ?? -1] ?? null;
  if (location !== null && isEnd(location)) {
    return { mover, state, location: null, line, next: "none" };
  }
  const here = { mover, state, location, line };
  if (ground.standsAtInserted(state, mover)) return { ...here, next: "inserted" };
  if (!ground.standsAt(state, mover, old)) return { ...here, next: "elsewhere" };
  return { ...here, next: ground.readsOtherwise(state, mover) ? "changed" : "same" };
}

function reason(standstill: Standstill, state: State, old: OldStep): PartingReason {
  const { ground } = standstill;
  const { interpreter } = ground;
  if (interpreter.finished(state, old.mover)) return { kind: "done" };
  const steps = interpreter.stepsOf(state, old.mover);
  const chosen = blockersOfChoice(interpreter, state, old);
  if (steps.length === 0 || chosen.length > 0) {
    return blocked(standstill, chosen.length > 0 ? chosen : interpreter.blockers(state, old.mover));
  }
  if (steps.every(({ next }) => next === null)) return { kind: "faults" };
  if (!ground.standsAt(state, old.mover, old.place)) return { kind: "elsewhere" };
  const differences = steps.map(({ events }) => pickDifferences(old.picks, picksOf(events)));
  const [nearest] = differences.toSorted((left, right) => left.length - right.length);
  return { kind: "differs", differences: nearest ?? [] };
}

function blocked(
  { ground, system, followed }: Standstill,
  blockers: readonly Blocker[],
): PartingReason {
  return { kind: "blocked", by: blockedBy(ground.interpreter, system, followed, blockers) };
}

function pickDifferences(old: readonly Choice[], found: readonly Choice[]): readonly Difference[] {
  return old.flatMap(({ name, value }, index) => {
    const other = found[index];
    return other === undefined || sameValue(value, other.value)
      ? []
      : [{ name, recorded: value, found: other.value }];
  });
}

/** What keeps an action from happening with the very arguments that it had; nothing if it can. */
function blockersOfChoice(
  { machine }: Interpreter,
  state: State,
  { mover, picks }: OldStep,
): readonly Blocker[] {
  const action = machine.actions[mover - machine.instances.length];
  if (action === undefined) return [];
  const locals = new Map<Local, Value>(
    [...action.parameters, ...action.locals].map((local) => [local, firstValue(local.type)]),
  );
  let code: Code = action.code;
  for (const { name, value } of picks) {
    const pick = code.at(-1);
    if (pick?.kind !== "pick" || pick.local.name !== name) break;
    locals.set(pick.local, value);
    code = pick.body;
  }
  const { outcomes, blocked: blockers } = runCode(machine, null, code, state, locals);
  return outcomes.length === 0 ? blockers : [];
}
