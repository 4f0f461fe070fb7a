// Who appears in a trace: the columns, and where each process stands.

import type { Step, Trace } from "../checker/exploration.ts";
import { locationName, machineProcess } from "../checker/processes.ts";
import type { State } from "../checker/transition-system.ts";
import type { Location, Machine } from "../machine/machine.ts";
import { formatPlainValue } from "./values.ts";

/** Who a column belongs to: a process instance, or the environment for the actions of the spec. */
export interface Column {
  /** `CPU0`, `CPU1`, …; `env` for actions. */
  readonly title: string;
  /** What runs there, `munmap` or `zapper[1]`; null for the environment. */
  readonly role: string | null;
  /** The movers that it shows: one instance, or all actions. */
  readonly movers: readonly number[];
}

/** The columns of a trace: instances in the order of the spec, then one for all actions. */
export function columnsOf(
  machine: Machine,
  trace: Trace,
  also: readonly number[],
): readonly Column[] {
  const acting = new Set([...trace.steps.map(({ mover }) => mover), ...also]);
  const shown = machine.instances.filter(({ id }) => acting.has(id));
  const columns = shown.map((instance, position): Column => {
    const { name, doc } = instance.process;
    const alone = shown.filter(({ process }) => process.name === name).length === 1;
    const role = alone && doc !== null && isName(doc) ? doc : instance.name;
    return { title: `CPU${position}`, role, movers: [instance.id] };
  });
  const actions = [...acting].filter((mover) => mover >= machine.instances.length);
  if (actions.length > 0) columns.push({ title: "env", role: null, movers: actions });
  return columns;
}

/** The index of a mover's column; -1 if it has none. */
export function columnOf(columns: readonly Column[], mover: number): number {
  return columns.findIndex(({ movers }) => movers.includes(mover));
}

/** The step of an action as a call, `grant(2)`; null for a step of a process. */
export function actionCall(machine: Machine, { mover, name, events }: Step): string | null {
  const action = machine.actions[mover - machine.instances.length];
  if (action === undefined) return null;
  const picked = events.flatMap((event) => (event.kind === "pick" ? [event.value] : []));
  const passed = picked.slice(0, action.parameters.length).map(formatPlainValue);
  return `${name}(${passed.join(", ")})`;
}

/** A process's text is its role if it is a name, such as a system call's, rather than a sentence. */
function isName(doc: string): boolean {
  return /^\w{1,20}(\(\))?$/.test(doc);
}

/** A location of an instance's process by its name; null for actions. */
export function locationNamed(
  machine: Machine,
  mover: number,
  name: string | null,
): Location | null {
  const instance = machine.instances[mover];
  if (instance === undefined || name === null) return null;
  const { locations } = machineProcess(machine, instance.process);
  return locations.find((location) => location.name === name) ?? null;
}

/** Where an instance stands in a state. */
export function standing(machine: Machine, state: State, mover: number): Location | null {
  const instance = machine.instances[mover];
  if (instance === undefined) return null;
  return locationNamed(machine, mover, locationName(instance, state));
}
