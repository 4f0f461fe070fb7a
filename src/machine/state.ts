// The shape of a state as a person reads it, for one machine: which names it has and what they hold.
// The same object is the interpreter's state, a trace's state, the `State` type of generated modules and (after ITF encoding) a stored trace.

import type { Machine, MachineLocal, MachineProcess, Type, Value } from "./machine.ts";

/**
 * One property of a state object, in order: shared variables and ghosts as declared, then locks, then processes.
 * - variable: its value.
 * - lock: spinlock and mutex hold `null` or the owner's instance name; rwsem holds `{ writer: null | name, readers: [names] }`;
 *   keyed locks are nested objects by key, as arrays are.
 * - process: `{ at: location name, …stored locals by name }`, keyed by the index value when the process has an index.
 */
export type StateField =
  | { readonly kind: "variable"; readonly name: string; readonly type: Type }
  | { readonly kind: "lock"; readonly name: string; readonly type: Type }
  | {
      readonly kind: "process";
      readonly name: string;
      readonly process: MachineProcess;
      readonly locals: readonly MachineLocal[];
    };

/** The type of a lock's value: an option of a process, or a record of writer and readers; nested arrays for keys. */
export function lockType(machine: Machine, lock: Machine["locks"][number]): Type {
  const owner: Type = {
    kind: "process",
    members: machine.instances.map((instance) => instance.name),
  };
  const one: Type =
    lock.class === "rwsem"
      ? {
          kind: "record",
          name: null,
          fields: [
            { name: "writer", type: { kind: "option", of: owner } },
            { name: "readers", type: { kind: "set", of: owner } },
          ],
        }
      : { kind: "option", of: owner };
  return lock.keys.reduceRight<Type>((of, key) => ({ kind: "array", key, of }), one);
}

/** The fields of this machine's states, in their order. */
export function stateFields(machine: Machine): readonly StateField[] {
  return [
    ...machine.variables.map(
      (variable): StateField => ({ kind: "variable", name: variable.name, type: variable.type }),
    ),
    ...machine.locks.map(
      (lock): StateField => ({ kind: "lock", name: lock.name, type: lockType(machine, lock) }),
    ),
    ...machine.processes.map(
      (process): StateField => ({
        kind: "process",
        name: process.name,
        process,
        locals: process.locals.filter((local) => local.stored),
      }),
    ),
  ];
}

/** A text that is equal for equal states only: keys in the order of the fields, sets already in the order of their type. */
export function stateKey(state: { readonly [name: string]: Value }): string {
  return JSON.stringify(state);
}
