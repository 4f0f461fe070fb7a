// Traces: paths of a search as a person reads them. Each is proved on the way: the interpreter, which shares no code with
// packed systems, must be able to take every step. If it cannot, one of the two is wrong, and that is our fault.

import type { Machine } from "../machine/machine.ts";
import { FAULTED } from "./edge-log.ts";
import type { Step, Trace } from "./exploration.ts";
import type { Search } from "./explore.ts";
import type { InterpretedStep, Interpreter } from "./interpret.ts";
import type { Beginning, StartWork } from "./interpret-initial.ts";
import type { Effects, Outcome } from "./interpret-path.ts";
import { faultKey } from "./interpreted-system.ts";
import type { Renaming } from "./orbit-table.ts";
import { contextSwitches, type Path } from "./paths.ts";
import { locationName } from "./processes.ts";
import type { State, TransitionSystem } from "./transition-system.ts";
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

/**
 * What a step from a state must show beside its mover and where it leads, by its position in the path; choices may differ in nothing
 * else. Where states are passed over, all that the mover does is one step in this.
 */
export type Accept = (step: InterpretedStep, position: number, before: State) => boolean;

/** A behaviour as the interpreter takes it; there is one state less if the last step faults. */
export interface Followed {
  readonly states: readonly State[];
  readonly steps: readonly InterpretedStep[];
}

/** Where states are taken for one: what the steps must show under any names, and the names under which the ending is wanted. */
export interface UnderNames {
  readonly accept: Accept;
  readonly renaming: (followed: Followed) => Renaming;
}

/** How a behaviour ends: with the whole of its path, or with the first step of the last part that shows what it must. */
export type Ending = "path" | "step";

/** The trace of a path; where states are taken for one, of a behaviour in real values that the path stands for. */
export function traceOf(
  replayer: Replayer,
  path: Path,
  accept: Accept = () => true,
  names: UnderNames | null = null,
  ending: Ending = "path",
): Trace {
  const trace = traceIfAny(replayer, path, accept, names, ending);
  if (trace === null) throw new Error("a path that cannot be replayed");
  return trace;
}

/** As `traceOf`; null if the interpreter cannot take the path so. */
export function traceIfAny(
  replayer: Replayer,
  path: Path,
  accept: Accept,
  names: UnderNames | null,
  ending: Ending,
): Trace | null {
  const { search, interpreter } = replayer;
  const { system, table } = search;
  const from = system.decode(table.arena, path.from * system.width);
  const followed = follow(
    replayer,
    from,
    path,
    ({ next }, position) => isTarget(search, next, path.steps[position]?.to ?? FAULTED),
    names === null ? accept : names.accept,
    ending,
  );
  if (followed === null) return null;
  if (names === null)
    return traceThrough(interpreter, followed.states, shownSteps(interpreter, followed));
  const states = followed.states.map(names.renaming(followed));
  // Each step by itself now; what the last part of the path must show, its last step does.
  const steps = followed.steps.map(({ mover, next }) => ({
    mover,
    to: next === null ? FAULTED : 0,
  }));
  const last = steps.length - 1;
  const renamed = follow(
    replayer,
    states[0] as State,
    { from: path.from, steps },
    ({ next }, position) => sameState(next, states[position + 1] ?? null),
    (step, position, before) =>
      accept(step, position === last ? path.steps.length - 1 : -1, before),
    "path",
  );
  if (renamed === null) return null;
  return traceThrough(interpreter, renamed.states, shownSteps(interpreter, renamed));
}

/** Takes a path's steps from a state, each the first that leads where it should and shows what it must; null if there is none. */
function follow(
  { search, interpreter }: Replayer,
  from: State,
  path: Path,
  leads: (step: InterpretedStep, position: number) => boolean,
  accept: Accept,
  ending: Ending,
): Followed | null {
  const { system, orbits } = search;
  if (interpreter.beginningWith(from) === null)
    throw new Error("an initial state that the interpreter does not begin with");
  const states = [from];
  const steps: InterpretedStep[] = [];
  for (const [position, { mover }] of path.steps.entries()) {
    const before = states.at(-1) as State;
    const last = steps.at(-1)?.mover;
    // Of those who are alike, the one who took the step before: fewer context switches.
    const movers = (orbits?.kin[mover] ?? [mover]).toSorted(
      (left, right) => Number(right === last) - Number(left === last),
    );
    const taken = movers
      .flatMap((one) => interpreter.stepsOf(before, one))
      .flatMap((step) => (system.partial ? runsOf(interpreter, step) : [[step]]))
      .find((run) => {
        const together = asOne(run);
        return leads(together, position) && accept(together, position, before);
      });
    if (taken === undefined) return null;
    for (const step of taken) {
      const shows = accept(step, position, states.at(-1) as State);
      if (step.next !== null) states.push(stored(system, step.next));
      steps.push(step);
      if (ending === "step" && position === path.steps.length - 1 && shows) break;
    }
  }
  return { states, steps };
}

/** A process goes round its code without a choice no longer than this. */
const LONGEST_RUN = 1000;

/**
 * What a mover may have done where states are passed over: the step, and for as long as it has only one, each that follows. The
 * shortest comes first.
 */
function runsOf(
  interpreter: Interpreter,
  first: InterpretedStep,
): readonly (readonly InterpretedStep[])[] {
  const runs: InterpretedStep[][] = [[first]];
  for (let run = [first]; run.length < LONGEST_RUN; ) {
    const at = run.at(-1)?.next ?? null;
    const [only, ...more] = at === null ? [] : interpreter.stepsOf(at, first.mover);
    if (only === undefined || only.next === null || more.length > 0) break;
    run = [...run, only];
    runs.push(run);
  }
  return runs;
}

/** Several steps of a mover as one. */
function asOne(run: readonly InterpretedStep[]): InterpretedStep {
  const last = run.at(-1) as InterpretedStep;
  if (run.length === 1) return last;
  return {
    ...last,
    events: run.flatMap(({ events }) => events),
    branches: run.flatMap(({ branches }) => branches),
    notes: run.flatMap(({ notes }) => notes),
    costs: last.costs.map((_, cost) =>
      run.reduce((sum, { costs }) => sum + (costs[cost] as number), 0),
    ),
  };
}

/** Is this, or the state that stands for it, the state with that index? */
function isTarget({ system, table, orbits }: Search, next: State | null, to: number): boolean {
  if (next === null || to < 0) return next === null && to < 0;
  if (orbits === null) return sameValue(next, system.decode(table.arena, to * system.width));
  const words = new Int32Array(system.width);
  system.encode(next, words, 0);
  return table.find(words, 0) === to;
}

function sameState(left: State | null, right: State | null): boolean {
  return left === null || right === null ? left === right : sameValue(left, right);
}

/** A state in the form that the system gives it. */
function stored(system: TransitionSystem, state: State): State {
  const words = new Int32Array(system.width);
  system.encode(state, words, 0);
  return system.decode(words, 0);
}

function shownSteps(interpreter: Interpreter, { states, steps }: Followed): readonly Step[] {
  return steps.map((step, position) =>
    stepOf(interpreter.machine, interpreter, step.mover, states[position] as State, step),
  );
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
