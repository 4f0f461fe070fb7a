// From an engine's counterexample to a behaviour of Weft's own machine: the interpreter follows it step by step, keeping
// every state that fits so far, and the end must show what the engine says. What cannot be followed is never shown as ours.

import type { Step, Trace } from "../checker/exploration.ts";
import type { InterpretedStep, Interpreter } from "../checker/interpret.ts";
import { locationName } from "../checker/processes.ts";
import { stepOf, traceOfBeginning, traceThrough } from "../checker/trace.ts";
import type { State } from "../checker/transition-system.ts";
import { sameValue } from "../checker/values.ts";
import { stateKey } from "../machine/state.ts";
import type { Ending, Shown } from "./endings.ts";
import type { EngineBehaviour, EngineStep } from "./engine.ts";

export interface Retraced extends Shown {
  readonly trace: Trace;
}

/** A behaviour of the machine that fits the engine's and ends as it says; null if there is none. */
export function retrace(
  interpreter: Interpreter,
  behaviour: EngineBehaviour,
  ending: Ending,
): Retraced | null {
  return (
    follow(interpreter, behaviour, ending, sameChoices) ??
    // An engine may name what was chosen in other words.
    follow(interpreter, behaviour, ending, () => true)
  );
}

/** A state on the way, and how it was come by. */
interface Reached {
  readonly state: State;
  readonly before: Reached | null;
  readonly step: InterpretedStep | null;
}

type ChoicesFit = (step: InterpretedStep, told: EngineStep) => boolean;

function follow(
  interpreter: Interpreter,
  behaviour: EngineBehaviour,
  ending: Ending,
  choicesFit: ChoicesFit,
): Retraced | null {
  const length = lengthOf(behaviour);
  if (length === 0 && ending.kind === "step") {
    const begun = fromBeginning(interpreter, ending);
    if (begun !== null) return begun;
  }
  const fits = (from: Reached, step: InterpretedStep, position: number): boolean => {
    const told = behaviour.steps?.[position];
    const wanted = behaviour.states?.[position + 1];
    if (told !== undefined && !fitsTold(interpreter, from.state, step, told, choicesFit)) {
      return false;
    }
    return wanted === undefined || (step.next !== null && sameValue(step.next, wanted));
  };
  let reached = starts(interpreter, behaviour);
  for (let position = 0; position < length; position += 1) {
    const last = position === length - 1;
    if (last && ending.kind === "step") {
      const found = lastStep(interpreter, reached, ending, (from, step) =>
        fits(from, step, position),
      );
      if (found !== null) return found;
    }
    reached = onward(interpreter, reached, (from, step) => fits(from, step, position));
  }
  // Some engines end with the state in which the step goes wrong, not with the step.
  if (ending.kind === "step") return lastStep(interpreter, reached, ending, () => true);
  for (const end of reached) {
    const shown = ending.shows(end.state);
    if (shown !== null) return { ...shown, trace: traceTo(interpreter, end, null) };
  }
  return null;
}

/** The steps that the engine tells of. */
function lengthOf({ states, steps, faults }: EngineBehaviour): number {
  if (steps !== null) return steps.length;
  return states === null ? 0 : Math.max(states.length - 1, 0) + (faults ? 1 : 0);
}

function starts(interpreter: Interpreter, { states }: EngineBehaviour): readonly Reached[] {
  const first = states?.[0];
  const beginnings =
    first === undefined ? interpreter.initial() : [interpreter.beginningWith(first)];
  return beginnings.flatMap((beginning) =>
    beginning === null || beginning.state === null
      ? []
      : [{ state: beginning.state, before: null, step: null }],
  );
}

/** The states that fitting steps lead to, each once. */
function onward(
  interpreter: Interpreter,
  reached: readonly Reached[],
  fits: (from: Reached, step: InterpretedStep) => boolean,
): readonly Reached[] {
  const found = new Map<string, Reached>();
  for (const from of reached) {
    for (const step of interpreter.steps(from.state)) {
      if (step.next === null || !fits(from, step)) continue;
      const key = stateKey(step.next);
      if (!found.has(key)) found.set(key, { state: step.next, before: from, step });
    }
  }
  return [...found.values()];
}

function lastStep(
  interpreter: Interpreter,
  reached: readonly Reached[],
  ending: Ending & { readonly kind: "step" },
  fits: (from: Reached, step: InterpretedStep) => boolean,
): Retraced | null {
  for (const from of reached) {
    for (const step of interpreter.steps(from.state)) {
      const shown = fits(from, step) ? ending.shows(from.state, step) : null;
      if (shown !== null) return { ...shown, trace: traceTo(interpreter, from, step) };
    }
  }
  return null;
}

function fitsTold(
  { machine, movers }: Interpreter,
  before: State,
  step: InterpretedStep,
  told: EngineStep,
  choicesFit: ChoicesFit,
): boolean {
  if (movers[step.mover]?.name !== told.mover) return false;
  const instance = machine.instances[step.mover];
  if (told.from !== null && instance !== undefined) {
    if (locationName(instance, before) !== told.from) return false;
  }
  return choicesFit(step, told);
}

function sameChoices({ events }: InterpretedStep, { choices }: EngineStep): boolean {
  return (choices ?? []).every(({ name, value }) =>
    events.some(
      (event) => event.kind === "pick" && event.name === name && sameValue(event.value, value),
    ),
  );
}

// ---------------------------------------------------------------- traces

function fromBeginning(
  interpreter: Interpreter,
  ending: Ending & { readonly kind: "step" },
): Retraced | null {
  const beginnings = interpreter.initial();
  for (const beginning of beginnings) {
    const shown = ending.begins(beginning);
    if (shown === null) continue;
    const replayer = { interpreter, beginnings: () => beginnings };
    const trace = traceOfBeginning(replayer, (one) => one === beginning);
    if (trace !== null) return { ...shown, trace };
  }
  return null;
}

/** The way to a state, with a step behind it if one is given. */
function traceTo(interpreter: Interpreter, end: Reached, last: InterpretedStep | null): Trace {
  const { machine } = interpreter;
  const states: State[] = [];
  const steps: Step[] = [];
  for (let at: Reached | null = end; at !== null; at = at.before) {
    states.unshift(at.state);
    if (at.step !== null && at.before !== null) {
      steps.unshift(stepOf(machine, interpreter, at.step.mover, at.before.state, at.step));
    }
  }
  if (last !== null) {
    steps.push(stepOf(machine, interpreter, last.mover, end.state, last));
    if (last.next !== null) states.push(last.next);
  }
  return traceThrough(interpreter, states, steps);
}
