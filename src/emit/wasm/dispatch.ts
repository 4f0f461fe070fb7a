// All steps from a state: which of the machine's steps may be taken, by where its processes stand.

import { sizeOfBlock } from "../../machine/flat/knowledge.ts";
import type { FlatProcess, FlatProgram, FlatRoutine } from "../../machine/flat/program.ts";
import { specialise } from "../../machine/flat/specialise.ts";
import { aloneFunctions, passesOver, runningOn, type StepCall, tryAlone } from "./alone.ts";
import type { Code, WasmFunction } from "./code.ts";
import * as wasm from "./code.ts";
import { locationCode, type Step, stepFunction, type Writing } from "./routine.ts";

/** Parts of statements that the steps of one process may become by being written for each of its instances. */
const MOST_FOR_INSTANCES = 1500;

/** The steps of a program, specialised; those of processes, where that is short, for each instance. */
export function stepsOf(program: FlatProgram): readonly Step[] {
  const { layout, processes } = program;
  const instances = processes.reduce((sum, { count }) => sum + count, 0);
  const ofProcesses = processes.flatMap((process, at) => {
    const each = forEachInstance(process);
    return process.steps.flatMap((step, location): readonly Step[] => {
      if (step === null || process.count === 0) return [];
      const { first } = process;
      if (!each || !step.parameter) {
        const routine = specialise(layout, step);
        return [{ name: stepName(at, location), routine, mover: first }];
      }
      return instancesOf(process).map((instance) => ({
        name: stepName(at, location, instance),
        routine: {
          ...specialise(layout, step, { local: 0, number: instance }),
          parameter: false,
        },
        mover: first + instance,
      }));
    });
  });
  const ofActions = program.actions.map((action, at) => ({
    name: actionName(at),
    routine: specialise(layout, action),
    mover: instances + at,
  }));
  return [...ofProcesses, ...ofActions];
}

/** Whether the steps of a process are written for each of its instances. */
function forEachInstance({ count, steps }: FlatProcess): boolean {
  const size = steps.reduce((sum, step) => sum + (step === null ? 0 : sizeOfBlock(step.body)), 0);
  return count > 1 && count * size <= MOST_FOR_INSTANCES;
}

function stepName(process: number, location: number, instance?: number): string {
  return `step ${process} ${location}${instance === undefined ? "" : ` of ${instance}`}`;
}

function actionName(action: number): string {
  return `action ${action}`;
}

function instancesOf({ count }: FlatProcess): readonly number[] {
  return Array.from({ length: count }, (_, instance) => instance);
}

/** The functions of the steps, and `successors(states)`: all steps from the state there, in the fixed order of movers. */
export function stepFunctions(writing: Writing, steps: readonly Step[]): readonly WasmFunction[] {
  const { program } = writing;
  const states = wasm.get("states");
  const stepCall: StepCall = (at, location, instance) =>
    stepOf(program.processes[at] as FlatProcess, at, location, instance);
  const runs = passesOver(writing);
  const successors: WasmFunction = {
    name: runs ? "stepsFrom" : "successors",
    exported: false,
    parameters: ["states"],
    results: 0,
    body: [
      ...program.processes.flatMap((process, at) => tryAlone(writing, process, at, stepCall)),
      ...program.processes.map((process, at) => dispatch(writing, process, at)),
      ...program.actions.map((_, at) => wasm.call(actionName(at), states)),
    ],
  };
  return [
    ...steps.map((step) => stepFunction(writing, step)),
    ...aloneFunctions(writing),
    successors,
    ...(runs ? runningOn(writing, stepCall) : []),
  ];
}

/** The call of an instance's step. */
function stepOf(process: FlatProcess, at: number, location: number, instance: number): Code {
  const states = wasm.get("states");
  if (process.count === 1) return wasm.call(stepName(at, location), states);
  return forEachInstance(process)
    ? wasm.call(stepName(at, location, instance), states)
    : wasm.call(stepName(at, location), states, wasm.constant(instance));
}

function dispatch(writing: Writing, process: FlatProcess, at: number): Code {
  if (process.count === 0 || process.steps.every((step) => step === null)) return wasm.sequence([]);
  const choose = (instance: Code | number, call: (location: number, step: FlatRoutine) => Code) =>
    wasm.choice(
      locationCode(writing, process.location, instance),
      process.steps.map((step, location) => (step === null ? [] : [call(location, step)])),
    );
  if (process.count === 1) return choose(0, (location) => stepOf(process, at, location, 0));
  if (forEachInstance(process)) {
    return wasm.sequence(
      instancesOf(process).map((instance) =>
        choose(instance, (location) => stepOf(process, at, location, instance)),
      ),
    );
  }
  return wasm.sequence([
    wasm.set("k", wasm.constant(0)),
    wasm.count("k", "instances", wasm.constant(process.count), [
      choose(wasm.get("k"), (location) =>
        wasm.call(stepName(at, location), wasm.get("states"), wasm.get("k")),
      ),
    ]),
  ]);
}
