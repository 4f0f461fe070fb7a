// Where the processes of a machine stand in a state, by instance.

import type { Instance, Location, Machine, Process } from "../machine/machine.ts";
import type { State } from "./transition-system.ts";
import { entryOf, type Fields } from "./values.ts";

/** The part of a state that belongs to a process instance: `at` and its stored locals. */
export function processFields(instance: Instance, state: State): Fields {
  const all = state[instance.process.name] as Fields;
  return (instance.index === null ? all : entryOf(all, String(instance.index))) as Fields;
}

/** The state with another part for a process instance. */
export function withProcessFields(instance: Instance, state: State, fields: Fields): State {
  const { name } = instance.process;
  if (instance.index === null) return { ...state, [name]: fields };
  return { ...state, [name]: { ...(state[name] as Fields), [String(instance.index)]: fields } };
}

/** The machine's form of a process. */
export function machineProcess(machine: Machine, process: Process): Machine["processes"][number] {
  const found = machine.processes.find((candidate) => candidate.process === process);
  if (found === undefined) throw new Error(`no such process in the machine: ${process.name}`);
  return found;
}

/** The name of the location at which an instance stands. */
export function locationName(instance: Instance, state: State): string {
  return entryOf(processFields(instance, state), "at") as string;
}

/** The location at which an instance stands. */
export function locationOf(machine: Machine, instance: Instance, state: State): Location {
  const at = locationName(instance, state);
  const found = machineProcess(machine, instance.process).locations.find(({ name }) => name === at);
  if (found === undefined) throw new Error(`${instance.name} has no location ${at}`);
  return found;
}

/** Has this instance come to its end? */
export function isDone(machine: Machine, instance: Instance, state: State): boolean {
  const last = machineProcess(machine, instance.process).locations.at(-1);
  return last !== undefined && locationName(instance, state) === last.name;
}
