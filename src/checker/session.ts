// A stepping session: a behaviour, and how far along it one stands.
// What lies ahead was walked before or belongs to a counterexample; another step cuts it off. Every move gives a new session.

import type { Step, Trace, Verdict } from "./exploration.ts";
import type { InterpretedStep, Interpreter } from "./interpret.ts";
import type { Beginning } from "./interpret-initial.ts";
import type { Blocker } from "./interpret-path.ts";
import { beginningVerdicts, stateVerdicts, stepVerdicts } from "./judgement.ts";
import { holdersOf, holds, lockInstances, lockName } from "./locks.ts";
import { contextSwitches } from "./paths.ts";
import { beginningTrace, stepOf } from "./trace.ts";
import type { State } from "./transition-system.ts";
import { sameValue } from "./values.ts";

export interface Session {
  readonly interpreter: Interpreter;
  /** All ways to begin. */
  readonly beginnings: readonly Beginning[];
  readonly trace: Trace;
  /** How many steps of the trace are taken. */
  readonly at: number;
}

/** A session in the first initial state; null if there is none. */
export function openSession(interpreter: Interpreter): Session | null {
  const beginnings = interpreter.initial();
  const [first] = beginnings;
  if (first === undefined) return null;
  return { interpreter, beginnings, trace: beginningTrace(interpreter, first), at: 0 };
}

/** The session at the start of another behaviour. */
export function begun(session: Session, beginning: Beginning): Session {
  return { ...session, trace: beginningTrace(session.interpreter, beginning), at: 0 };
}

/** The session at the end of a behaviour that is known already. */
export function goneTo(session: Session, trace: Trace): Session {
  return { ...session, trace, at: trace.steps.length };
}

/** The state in which one stands; after a step that faults, the one before it. */
export function present({ trace, at }: Session): State {
  return trace.states[Math.min(at, trace.states.length - 1)] as State;
}

/** The step that led here; null at the start. */
export function lastStep({ trace, at }: Session): Step | null {
  return trace.steps[at - 1] ?? null;
}

/** Has the last step, or the work before the first one, faulted? Then nothing follows. */
export function isBroken(session: Session): boolean {
  return (lastStep(session) ?? session.trace.start.at(-1))?.fault != null;
}

/** Stands so many steps further along the behaviour, or back, as far as it goes. */
export function moved(session: Session, steps: number): Session {
  const at = Math.max(0, Math.min(session.at + steps, session.trace.steps.length));
  return { ...session, at };
}

/** Takes a step. If it is the one that lies ahead, the rest of the behaviour is kept; if not, it is gone. */
export function take(session: Session, step: InterpretedStep): Session {
  if (isAhead(session, step)) return moved(session, 1);
  const { at } = session;
  const { trace } = walked(session);
  const steps = [...trace.steps, told(session, step)];
  const states = step.next === null ? trace.states : [...trace.states, step.next];
  return { ...session, trace: withSteps(session, states, steps), at: at + 1 };
}

/** A step from the present state as a trace shows it. */
export function told(session: Session, step: InterpretedStep): Step {
  const { interpreter } = session;
  return stepOf(interpreter.machine, interpreter, step.mover, present(session), step);
}

/** The session without what lies ahead. */
export function walked(session: Session): Session {
  const { trace, at } = session;
  return {
    ...session,
    trace: withSteps(session, trace.states.slice(0, at + 1), trace.steps.slice(0, at)),
  };
}

function withSteps(
  { interpreter, trace }: Session,
  states: readonly State[],
  steps: readonly Step[],
): Trace {
  const switches = contextSwitches(interpreter.movers, steps);
  return { ...trace, states, steps, contextSwitches: switches, loop: null };
}

/** Is this step from the present state the one that the behaviour takes next? */
function isAhead({ trace, at }: Session, step: InterpretedStep): boolean {
  const ahead = trace.steps[at];
  return ahead !== undefined && isTaken(step, ahead, trace.states[at + 1] ?? null);
}

function isTaken(step: InterpretedStep, shown: Step, next: State | null): boolean {
  if (step.mover !== shown.mover || step.fault?.kind !== shown.fault?.kind) return false;
  if (JSON.stringify(step.events) !== JSON.stringify(shown.events)) return false;
  return next === null || step.next === null ? next === step.next : sameValue(step.next, next);
}

// ---------------------------------------------------------------- what is possible here

/** A step that can be taken. */
export interface Offer {
  /** Counted from 1 over all movers. */
  readonly number: number;
  readonly step: InterpretedStep;
  /** Is it the step that the behaviour takes next? */
  readonly ahead: boolean;
  /** What is wrong with the step, or with the state that it leads to and not with the present one. */
  readonly wrong: readonly Verdict[];
}

/** How things stand for one process or action. */
export interface Situation {
  readonly mover: number;
  readonly offers: readonly Offer[];
  /** What keeps its next step, or parts of it, from being offered. */
  readonly blockers: readonly Blocker[];
  readonly done: boolean;
}

/** Every mover, in their order; none after a fault. */
export function situations(session: Session): readonly Situation[] {
  if (isBroken(session)) return [];
  const { interpreter } = session;
  const state = present(session);
  const known = stateVerdicts(interpreter, state);
  let number = 0;
  return interpreter.movers.map((_, mover) => ({
    mover,
    offers: interpreter.stepsOf(state, mover).map((step) => {
      number += 1;
      const after = step.next === null ? [] : stateVerdicts(interpreter, step.next);
      const fresh = after.filter(({ name }) => !known.some((old) => old.name === name));
      const wrong = [...stepVerdicts(interpreter, state, step), ...fresh];
      return { number, step, ahead: isAhead(session, step), wrong };
    }),
    blockers: interpreter.blockers(state, mover),
    done: interpreter.finished(state, mover),
  }));
}

/** What is wrong with the present state, or with the step that led here. */
export function wrongHere(session: Session): readonly Verdict[] {
  const { interpreter, trace, at } = session;
  const last = lastStep(session);
  const state = present(session);
  const inState = isBroken(session) ? [] : stateVerdicts(interpreter, state);
  if (last === null) return [...beginningVerdicts(interpreter, trace), ...inState];
  const before = trace.states[at - 1] as State;
  const next = trace.states[at] ?? null;
  const taken = interpreter.stepsOf(before, last.mover).find((step) => isTaken(step, last, next));
  if (taken === undefined) throw new Error(`step ${at} cannot be taken again`);
  return [...stepVerdicts(interpreter, before, taken), ...inState];
}

// ---------------------------------------------------------------- locks

/** Who holds a lock, and since when. */
export interface Held {
  /** As it is written, `ptl[1]`. */
  readonly lock: string;
  readonly holder: string;
  readonly read: boolean;
  /** The number of the step, counted from 1, that took it. */
  readonly since: number;
}

/** All locks that are held in the present state, in the order of the spec. */
export function heldLocks(session: Session): readonly Held[] {
  const { interpreter, trace } = session;
  const state = present(session);
  return lockInstances(interpreter.machine).flatMap((lock) => {
    const { owner, readers } = holdersOf(state, lock);
    const name = lockName(lock);
    return (owner === null ? readers : [owner]).map((holder): Held => {
      const states = trace.states.slice(0, session.at + 1);
      const before = states.findLastIndex((other) => !holds(holdersOf(other, lock), holder));
      return { lock: name, holder, read: owner === null, since: before + 1 };
    });
  });
}

// ---------------------------------------------------------------- behaviours from elsewhere

/** What is known of a state: does this one agree, and whose step (null: anyone's) led to it? */
export interface Waypoint {
  readonly agrees: (state: State) => boolean;
  readonly mover: string | null;
}

/** Walks by these states, the first one initial; the position of the first one that is not reached, if that cannot be done. */
export function follow(session: Session, waypoints: readonly Waypoint[]): Session | number {
  const { interpreter, beginnings } = session;
  const [first, ...rest] = waypoints;
  const beginning = beginnings.find(({ state }) => state !== null && first?.agrees(state));
  if (beginning === undefined) return 0;
  let walking = begun(session, beginning);
  for (const [index, { agrees, mover }] of rest.entries()) {
    const step = interpreter
      .steps(present(walking))
      .filter((one) => mover === null || interpreter.movers[one.mover]?.name === mover)
      .find(({ next }) => next !== null && agrees(next));
    if (step === undefined) return index + 1;
    walking = take(walking, step);
  }
  return walking;
}
