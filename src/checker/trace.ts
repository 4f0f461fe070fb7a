// Traces: paths of a search as a person reads them. Each is proved on the way: the interpreter, which shares no code with
// packed systems, must be able to take every step. If it cannot, one of the two is wrong, and that is our fault.

import type { Machine } from "../machine/machine.ts";
import type { Step, Trace } from "./exploration.ts";
import type { Search } from "./explore.ts";
import type { InterpretedStep, Interpreter } from "./interpret.ts";
import type { Beginning, StartWork } from "./interpret-initial.ts";
import type { Effects, Outcome } from "./interpret-path.ts";
import { faultKey } from "./interpreted-system.ts";
import { contextSwitches, type Path } from "./paths.ts";
import { locationName } from "./processes.ts";
import type { State } from "./transition-system.ts";
import { sameValue } from "./values.ts";

/** What is replayed with, made once for a search. */
export interface Replayer {
  readonly search: Search;
  readonly interpreter: Interpreter;
  beginnings(): readonly Beginning[];
}

export function replayerOf(search: Search, interpreter: Interpreter): Replayer {
  let known: readonly Beginning[] | null = null;
  return {
    search,
    interpreter,
    beginnings() {
      known ??= interpreter.initial();
      return known;
    },
  };
}

/** What a step must show beside its mover and where it leads, by its position; choices may differ in nothing else. */
export type Accept = (step: InterpretedStep, position: number) => boolean;

/** The trace of a path. */
export function traceOf(replayer: Replayer, path: Path, accept: Accept = () => true): Trace {
  const { search, interpreter } = replayer;
  const { system, table } = search;
  const { machine } = interpreter;
  const decode = (state: number): State => system.decode(table.arena, state * system.width);
  const states = [decode(path.from)];
  const beginning = interpreter.beginningWith(states[0] as State);
  if (beginning === null)
    throw new Error("an initial state that the interpreter does not begin with");
  const steps = path.steps.map(({ mover, to }, position): Step => {
    const before = states[position] as State;
    const next = to < 0 ? null : decode(to);
    if (next !== null) states.push(next);
    const taken = interpreter
      .stepsOf(before, mover)
      .find((step) => leadsTo(step, next) && accept(step, position));
    if (taken === undefined) {
      throw new Error(`step ${position + 1}, of ${system.movers[mover]?.name}, cannot be replayed`);
    }
    return stepOf(machine, interpreter, mover, before, taken);
  });
  return {
    ...headOf(machine),
    states,
    start: startSteps(machine, interpreter, beginning.start),
    steps,
    contextSwitches: contextSwitches(system.movers, path.steps),
    loop: null,
  };
}

function leadsTo(step: InterpretedStep, next: State | null): boolean {
  if (next === null || step.next === null) return next === step.next;
  return sameValue(step.next, next);
}

/** The trace of a behaviour that the interpreter has taken, from its first state. */
export function traceThrough(
  interpreter: Interpreter,
  states: readonly State[],
  steps: readonly Step[],
): Trace {
  const { machine, movers } = interpreter;
  const beginning = interpreter.beginningWith(states[0] as State);
  return {
    ...headOf(machine),
    states,
    start: startSteps(machine, interpreter, beginning?.start ?? []),
    steps,
    contextSwitches: contextSwitches(movers, steps),
    loop: null,
  };
}

/** The trace of work before the first step that shows something; null if no beginning does. */
export function traceOfBeginning(
  replayer: Pick<Replayer, "interpreter" | "beginnings">,
  shows: (beginning: Beginning) => boolean,
): Trace | null {
  const beginning = replayer.beginnings().find(shows);
  return beginning === undefined ? null : beginningTrace(replayer.interpreter, beginning);
}

/** A behaviour that has only begun. */
export function beginningTrace(interpreter: Interpreter, beginning: Beginning): Trace {
  const { machine } = interpreter;
  const { state, before, start, fault, mover } = beginning;
  const steps = startSteps(machine, interpreter, start);
  // An initial value that faults belongs to nobody's work.
  const initial: Step = { mover, name: "init", from: null, events: [], fault, failedAsserts: [] };
  return {
    ...headOf(machine),
    states: [state ?? before],
    start: fault !== null && mover < 0 ? [...steps, initial] : steps,
    steps: [],
    contextSwitches: 0,
    loop: null,
  };
}

/** Does this beginning fault so? */
export function beginsWithFault(beginning: Beginning, key: string): boolean {
  return beginning.fault !== null && faultKey(beginning.fault) === key;
}

/** Everything that the work before the first step noted. */
export function beginningNotes(beginning: Beginning): Effects["notes"] {
  return beginning.start.flatMap(({ notes }) => notes);
}

/** Spec and parameters, which stand at the head of every trace. */
export function headOf(machine: Machine): Pick<Trace, "spec" | "parameters"> {
  return {
    spec: machine.name,
    parameters: machine.parameters.map(({ name, value }) => ({ name, value })),
  };
}

/** The start work that shows anything, as steps. */
export function startSteps(
  machine: Machine,
  interpreter: Interpreter,
  start: readonly StartWork[],
): readonly Step[] {
  return start.flatMap((work) => {
    const step = {
      ...shown(machine, work),
      mover: work.mover,
      name: interpreter.movers[work.mover]?.name ?? "",
      from: null,
    };
    const silent =
      step.events.length === 0 && step.fault === null && step.failedAsserts.length === 0;
    return silent ? [] : [step];
  });
}

/** A step of the interpreter as a trace shows it. */
export function stepOf(
  machine: Machine,
  interpreter: Interpreter,
  mover: number,
  before: State,
  taken: InterpretedStep,
): Step {
  const instance = machine.instances[mover];
  return {
    mover,
    name: interpreter.movers[mover]?.name ?? "",
    from: instance === undefined ? null : locationName(instance, before),
    ...shown(machine, taken),
  };
}

function shown(
  machine: Machine,
  effects: Effects & Pick<Outcome, "fault">,
): Pick<Step, "events" | "fault" | "failedAsserts"> {
  const failed = effects.notes.flatMap((note) => (note.kind === "assert" ? [note.assertion] : []));
  return {
    events: effects.events,
    fault: effects.fault,
    failedAsserts: [...new Set(failed)].map(
      (assertion) => machine.assertions[assertion]?.name ?? "",
    ),
  };
}
