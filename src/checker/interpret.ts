// The interpreter of machines: initial states, steps and properties, straight from the machine and its expressions.
// Slow and obviously right. Steps come in the fixed order: instances, then actions; choices in the order of text and type.

import type { Expr, Instance, Local, Machine, MachineAction, Value } from "../machine/machine.ts";
import { firstValue } from "../machine/machine.ts";
import { type Environment, Fault, isTrue } from "./evaluate.ts";
import { runCode } from "./interpret-code.ts";
import { type Beginning, beginnings, freshLocals } from "./interpret-initial.ts";
import type { Blocker, Outcome, Ways } from "./interpret-path.ts";
import { isDone, locationOf, machineProcess, processFields } from "./processes.ts";
import type { Mover, State, Truth } from "./transition-system.ts";
import { entryOf, sameValue } from "./values.ts";

/** A step from a state, with everything that is worth telling about it. */
export interface InterpretedStep extends Outcome {
  readonly mover: number;
}

export interface Interpreter {
  readonly machine: Machine;
  readonly movers: readonly Mover[];
  /** Initial states, each once, and the faults met on the way to them. */
  initial(): readonly Beginning[];
  /** The beginning with this initial state; null if it is none. */
  beginningWith(state: State): Beginning | null;
  /** All steps from a state, faulting ones included. */
  steps(state: State): readonly InterpretedStep[];
  stepsOf(state: State, mover: number): readonly InterpretedStep[];
  /** What keeps this mover's next step, or parts of it, from being offered here. */
  blockers(state: State, mover: number): readonly Blocker[];
  judge(condition: Expr, state: State): Truth;
  judgeStep(condition: Expr, from: State, next: State, mover: number): Truth;
  finished(state: State, mover: number): boolean;
  /** Does no process stand at a local location? */
  atRest(state: State): boolean;
}

/** An interpreter of this machine. It keeps nothing between calls. */
export function interpret(machine: Machine): Interpreter {
  const { instances, actions } = machine;
  const stepsOf = (state: State, mover: number): readonly InterpretedStep[] =>
    ways(machine, state, mover).outcomes.map((outcome) => ({ ...outcome, mover }));
  return {
    machine,
    movers: moversOf(machine),
    initial: () => beginnings(machine, null),
    beginningWith: (wanted) =>
      beginnings(machine, wanted).find(({ state }) => state !== null && sameValue(state, wanted)) ??
      null,
    stepsOf,
    steps: (state) => [...instances, ...actions].flatMap((_, mover) => stepsOf(state, mover)),
    blockers: (state, mover) => ways(machine, state, mover).blocked,
    judge: (condition, state) =>
      judge(condition, { machine, state, step: null, locals: new Map(), bound: null }),
    judgeStep: (condition, state, next, mover) =>
      judge(condition, { machine, state, step: { next, mover }, locals: new Map(), bound: null }),
    finished(state, mover) {
      const instance = instances[mover];
      return instance !== undefined && isDone(machine, instance, state);
    },
    atRest: (state) => instances.every((instance) => !locationOf(machine, instance, state).local),
  };
}

/** Who takes steps in this machine: process instances, then actions. */
export function moversOf(machine: Machine): readonly Mover[] {
  return [
    ...machine.instances.map((instance): Mover => {
      const { daemon } = machineProcess(machine, instance.process);
      return { kind: "process", name: instance.name, mustFinish: !daemon };
    }),
    ...machine.actions.map(({ name }): Mover => ({ kind: "action", name, mustFinish: false })),
  ];
}

/** The state after a mover's local work is done, which is where unfolded machines are judged; null if that work faults. */
export function settled(interpreter: Interpreter, state: State, mover: number): State | null {
  let at = state;
  while (!interpreter.atRest(at)) {
    const next = interpreter.stepsOf(at, mover)[0]?.next;
    if (next === null || next === undefined) return null;
    at = next;
  }
  return at;
}

function ways(machine: Machine, state: State, mover: number): Ways {
  const instance = machine.instances[mover];
  if (instance !== undefined) {
    const { code } = locationOf(machine, instance, state);
    if (code.length === 0) return { outcomes: [], blocked: [] };
    return runCode(machine, instance, code, state, localsAt(machine, instance, state));
  }
  const action = machine.actions[mover - machine.instances.length];
  if (action === undefined) throw new Error(`no mover ${mover}`);
  return runCode(machine, null, action.code, state, actionLocals(action));
}

/** The locals when a process's next step begins: stored ones as the state has them, others at their first value. */
function localsAt(machine: Machine, instance: Instance, state: State): ReadonlyMap<Local, Value> {
  const fields = processFields(instance, state);
  const locals = freshLocals(machine, instance);
  for (const local of machineProcess(machine, instance.process).locals) {
    if (local.stored) locals.set(local, entryOf(fields, local.name) as Value);
  }
  return locals;
}

function actionLocals(action: MachineAction): ReadonlyMap<Local, Value> {
  return new Map(
    [...action.parameters, ...action.locals].map((local) => [local, firstValue(local.type)]),
  );
}

function judge(condition: Expr, environment: Environment): Truth {
  try {
    return isTrue(condition, environment) ? 1 : 0;
  } catch (error) {
    if (error instanceof Fault) return 2;
    throw error;
  }
}
