// Reading and changing locks in a state: who holds them, in which mode, and what they are called.

import { type Lock, type Machine, type Value, valuesOf } from "../machine/machine.ts";
import type { State } from "./transition-system.ts";
import { elementsOf, entryOf, type Fields } from "./values.ts";

/** One lock: a declared lock with its keys valued, as they are written in states. */
export interface LockInstance {
  readonly lock: Lock;
  readonly keys: readonly string[];
}

/** Who holds a lock: at most one owner (of a spinlock or mutex, or the writer), or readers. */
export interface Holders {
  readonly owner: string | null;
  readonly readers: readonly string[];
}

/** All locks of a machine, in the order of declaration and keys. */
export function lockInstances(machine: Machine): readonly LockInstance[] {
  return machine.locks.flatMap((lock) =>
    lock.keys
      .reduce<readonly (readonly string[])[]>(
        (prefixes, key) =>
          prefixes.flatMap((prefix) =>
            [...valuesOf(key)].map((value) => [...prefix, String(value)]),
          ),
        [[]],
      )
      .map((keys) => ({ lock, keys })),
  );
}

/** The name as it is written in code and shown in traces: `ptl[1]`. */
export function lockName({ lock, keys }: LockInstance): string {
  return lock.name + keys.map((key) => `[${key}]`).join("");
}

/** Who holds this lock in a state. */
export function holdersOf(state: State, { lock, keys }: LockInstance): Holders {
  let value: Value = state[lock.name] as Value;
  for (const key of keys) value = entryOf(value, key) as Value;
  if (lock.class !== "rwsem") return { owner: value as string | null, readers: [] };
  const { writer, readers } = value as {
    readonly writer: string | null;
    readonly readers: readonly Value[];
  };
  return { owner: writer, readers: elementsOf(readers) as readonly string[] };
}

/** Does this process hold the lock, in any mode? */
export function holds(holders: Holders, process: string): boolean {
  return holders.owner === process || holders.readers.includes(process);
}

/** The state with other holders of one lock. */
export function withHolders(
  machine: Machine,
  state: State,
  { lock, keys }: LockInstance,
  holders: Holders,
): State {
  const value: Value =
    lock.class === "rwsem"
      ? { writer: holders.owner, readers: inOrder(machine, holders.readers) }
      : holders.owner;
  return { ...state, [lock.name]: withEntry(state[lock.name] as Value, keys, value) };
}

function inOrder(machine: Machine, readers: readonly string[]): readonly string[] {
  return machine.instances
    .map((instance) => instance.name)
    .filter((name) => readers.includes(name));
}

function withEntry(base: Value, keys: readonly string[], value: Value): Value {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  return { ...(base as Fields), [key]: withEntry(entryOf(base, key) as Value, rest, value) };
}

/** The value of a lock that nobody holds. */
export function freeLock(lock: Lock): Value {
  const free: Value = lock.class === "rwsem" ? { writer: null, readers: [] } : null;
  return lock.keys.reduceRight<Value>(
    (of, key) => Object.fromEntries([...valuesOf(key)].map((value) => [String(value), of])),
    free,
  );
}
