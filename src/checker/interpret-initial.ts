// The initial states: every choice of initial values, and then the local work of each process before its first step.

import type { Span } from "../diagnostics/source.ts";
import {
  type FaultKind,
  firstValue,
  type Instance,
  type Local,
  type Machine,
  type Value,
  type Variable,
  valuesOf,
} from "../machine/machine.ts";
import { stateKey } from "../machine/state.ts";
import { bind, type Environment, evaluate, Fault, isTrue } from "./evaluate.ts";
import { placeProcess, runCode } from "./interpret-code.ts";
import type { Effects, Outcome } from "./interpret-path.ts";
import { freeLock } from "./locks.ts";
import { machineProcess } from "./processes.ts";
import type { State } from "./transition-system.ts";
import { elementsOf, fits, sameValue } from "./values.ts";

/** The work of one process before its first step. */
export interface StartWork extends Effects {
  readonly mover: number;
  readonly fault: Outcome["fault"];
}

/** One way to begin: an initial state, or a fault on the way to it. */
export interface Beginning {
  readonly state: State | null;
  readonly fault: Outcome["fault"];
  /** Whose start work faults; -1 if an initial value or `init where` does. */
  readonly mover: number;
  /** The state that the start work began from: variables have their values, no process stands at its first step yet. */
  readonly before: State;
  readonly start: readonly StartWork[];
}

/**
 * All beginnings in a fixed order: the first variable, and in it the first key, varies slowest. Each state comes once.
 * With `like`, only those that may lead to this state; ghosts may differ, since the start work may assign them.
 */
export function beginnings(machine: Machine, like: State | null): readonly Beginning[] {
  const found: Beginning[] = [];
  const seen = new Set<string>();
  chooseVariables({ machine, like, found }, 0, unstarted(machine), (state) => {
    const beginning = startProcesses(machine, state);
    const key = beginning.state === null ? null : stateKey(beginning.state);
    if (key !== null && seen.has(key)) return;
    if (key !== null) seen.add(key);
    found.push(beginning);
  });
  return found;
}

/** The locals of a process as they are before its first assignment. */
export function freshLocals(machine: Machine, instance: Instance): Map<Local, Value> {
  const process = machineProcess(machine, instance.process);
  const locals = new Map<Local, Value>(
    process.locals.map((local) => [local, firstValue(local.type)]),
  );
  if (process.index !== null) locals.set(process.index, instance.index);
  return locals;
}

/** First values everywhere, locks free, processes at their first locations. */
function unstarted(machine: Machine): State {
  const variables = machine.variables.map(
    (variable) => [variable.name, firstValue(variable.type)] as const,
  );
  const locks = machine.locks.map((lock) => [lock.name, freeLock(lock)] as const);
  const processes = machine.processes.map((process) => [process.name, {}] as const);
  const state: State = Object.fromEntries<Value>([...variables, ...locks, ...processes]);
  return machine.instances.reduce<State>(
    (placed, instance) =>
      placeProcess(machine, instance, placed, 0, freshLocals(machine, instance)),
    state,
  );
}

interface Choosing {
  readonly machine: Machine;
  readonly like: State | null;
  readonly found: Beginning[];
}

function chooseVariables(
  choosing: Choosing,
  position: number,
  state: State,
  visit: (state: State) => void,
): void {
  const { machine, like, found } = choosing;
  const environment: Environment = { machine, state, step: null, locals: new Map(), bound: null };
  const variable = machine.variables[position];
  try {
    if (variable === undefined) {
      if (machine.initConditions.every((condition) => isTrue(condition, environment))) visit(state);
      return;
    }
    const fixed = like === null || variable.ghost ? undefined : like[variable.name];
    for (const value of choices(variable, 0, environment)) {
      if (fixed !== undefined && !sameValue(value, fixed)) continue;
      chooseVariables(choosing, position + 1, { ...state, [variable.name]: value }, visit);
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    found.push(faulting(state, -1, error, []));
  }
}

/** All values that a variable may begin with, below the keys that are bound so far. */
function choices(variable: Variable, depth: number, environment: Environment): readonly Value[] {
  const key = variable.keys[depth];
  if (key !== undefined) {
    let partial: readonly (readonly (readonly [string, Value])[])[] = [[]];
    for (const value of valuesOf(key.type)) {
      const below = choices(variable, depth + 1, bind(environment, key.binder, value));
      partial = partial.flatMap((entries) =>
        below.map((choice) => [...entries, [String(value), choice] as const]),
      );
    }
    return partial.map((entries) => Object.fromEntries(entries));
  }
  const { kind, value } = variable.initial;
  const evaluated = evaluate(value, environment);
  const all = kind === "in" ? elementsOf(evaluated) : [evaluated];
  if (!all.every((choice) => fits(variable.elementType, choice)))
    throw new Fault("range", value.span);
  return all;
}

function startProcesses(machine: Machine, before: State): Beginning {
  const start: StartWork[] = [];
  let state = before;
  for (const instance of machine.instances) {
    const { start: code } = machineProcess(machine, instance.process);
    const [outcome, ...others] = runCode(
      machine,
      instance,
      code,
      state,
      freshLocals(machine, instance),
    ).outcomes;
    if (outcome === undefined || others.length > 0)
      throw new Error(`the start of ${instance.name} waits or chooses`);
    start.push({ ...outcome, mover: instance.id });
    if (outcome.next === null) return faulting(before, instance.id, outcome.fault, start);
    state = outcome.next;
  }
  return { state, fault: null, mover: -1, before, start };
}

function faulting(
  before: State,
  mover: number,
  fault: { readonly kind: FaultKind; readonly span: Span } | null,
  start: readonly StartWork[],
): Beginning {
  return {
    state: null,
    fault: fault && { kind: fault.kind, span: fault.span },
    mover,
    before,
    start,
  };
}
