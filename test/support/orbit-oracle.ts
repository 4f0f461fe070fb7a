// Counts orbits the slow way: all reachable states as people read them, renamed by exchanges of neighbouring values, must be
// reachable too; those that lead to each other so are one orbit. Shares no code with the reduction.

import type { Machine, Type, Value } from "../../src/machine/machine.ts";
import { valuesOf } from "../../src/machine/machine.ts";
import { lockType } from "../../src/machine/state.ts";

type State = { readonly [name: string]: Value };

/** An exchange of two values of a type, as they are written. */
interface Exchange {
  readonly type: string;
  readonly one: Value;
  readonly other: Value;
}

/** The number of orbits under the types with these names; throws if a renamed state is not among the states. */
export function countOrbits(
  machine: Machine,
  states: readonly State[],
  types: readonly string[],
): number {
  const nothing = { type: "", one: null, other: null };
  const sorted = states.map((state) => renamed(machine, state, nothing, () => false));
  const keys = new Map(sorted.map((state, index) => [keyOf(state), index]));
  const parent = states.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) at = parent[at] as number;
    return at;
  };
  const unset = neverSet(machine, states);
  for (const exchange of exchanges(machine, types)) {
    states.forEach((state, index) => {
      const image = keys.get(keyOf(renamed(machine, state, exchange, unset)));
      if (image === undefined) {
        throw new Error(
          `not reachable under other names: ${keyOf(state)} by ${JSON.stringify(exchange)}`,
        );
      }
      parent[root(image)] = root(index);
    });
  }
  return parent.filter((at, index) => at === index).length;
}

function exchanges(machine: Machine, types: readonly string[]): readonly Exchange[] {
  return types.flatMap((type) => {
    const declared = machine.types.find(({ type: of }) => "name" in of && of.name === type)?.type;
    const values = declared === undefined ? [] : [...valuesOf(declared)];
    return values.slice(1).map((other, at) => ({ type, one: values[at] as Value, other }));
  });
}

/** `process location local` where the local has its first value in all states: nothing was ever assigned there that lives. */
function neverSet(machine: Machine, states: readonly State[]): (where: string) => boolean {
  const set = new Set<string>();
  for (const state of states) {
    for (const process of machine.processes) {
      for (const fields of instancesOf(state, process.name, process.index !== null)) {
        for (const local of process.locals.filter(({ stored }) => stored)) {
          const [first] = valuesOf(local.type);
          if (keyOf(fields[local.name] as Value) !== keyOf(first as Value))
            set.add(`${process.name} ${fields["at"]} ${local.name}`);
        }
      }
    }
  }
  return (where) => !set.has(where);
}

type Fields = { readonly [name: string]: Value };

function instancesOf(state: State, name: string, indexed: boolean): readonly Fields[] {
  const fields = (state[name] ?? {}) as Fields;
  return indexed ? (Object.values(fields) as readonly Fields[]) : [fields];
}

function renamed(
  machine: Machine,
  state: State,
  exchange: Exchange,
  neverSetAt: (where: string) => boolean,
): State {
  const move = (type: Type, value: Value): Value => renamedValue(machine, type, value, exchange);
  const result: { [name: string]: Value } = {};
  for (const { name, type } of machine.variables) result[name] = move(type, state[name] as Value);
  for (const lock of machine.locks)
    result[lock.name] = move(lockType(machine, lock), state[lock.name] as Value);
  for (const process of machine.processes) {
    const one = (fields: Fields): Fields =>
      Object.fromEntries(
        Object.entries(fields).map(([name, value]) => {
          const local = process.locals.find((other) => other.stored && other.name === name);
          const dead = neverSetAt(`${process.name} ${fields["at"]} ${name}`);
          return [name, local === undefined || dead ? value : move(local.type, value)];
        }),
      );
    const all = (state[process.name] ?? {}) as Fields;
    const { index } = process;
    result[process.name] =
      index === null
        ? one(all)
        : Object.fromEntries(
            Object.entries(all).map(([key, fields]) => [
              movedKey(machine, index.type, key, exchange),
              one(fields as Fields),
            ]),
          );
  }
  return result;
}

function renamedValue(machine: Machine, type: Type, value: Value, exchange: Exchange): Value {
  const inner = (of: Type, part: Value): Value => renamedValue(machine, of, part, exchange);
  switch (type.kind) {
    case "bool":
      return value;
    case "range":
    case "enum":
      if (!type.symmetric || type.name !== exchange.type) return value;
      return value === exchange.one
        ? exchange.other
        : value === exchange.other
          ? exchange.one
          : value;
    case "process": {
      const instance = machine.instances.find(({ name }) => name === value);
      const index = instance?.process.index;
      if (instance === undefined || !index || instance.index === null) return value;
      const moved = inner(index.local.type, instance.index);
      const other = machine.instances.find(
        (one) => one.process === instance.process && one.index === moved,
      );
      return other?.name ?? "nobody";
    }
    case "option":
      return value === null ? null : inner(type.of, value);
    case "set":
      return (value as readonly Value[])
        .map((element) => inner(type.of, element))
        .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
    case "sequence":
      return (value as readonly Value[]).map((element) => inner(type.of, element));
    case "record":
      return Object.fromEntries(
        type.fields.map(({ name, type: of }) => [
          name,
          inner(of, (value as Fields)[name] as Value),
        ]),
      );
    case "array":
      return Object.fromEntries(
        Object.entries(value as Fields).map(([key, element]) => [
          movedKey(machine, type.key, key, exchange),
          inner(type.of, element),
        ]),
      );
    default:
      return type satisfies never;
  }
}

function movedKey(machine: Machine, type: Type, key: string, exchange: Exchange): string {
  const value = [...valuesOf(type)].find((one) => String(one) === key) as Value;
  return String(renamedValue(machine, type, value, exchange));
}

/** A text that is the same for the same value; sets are in the order of these texts. */
function keyOf(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value as Fields).map(([key, one]) => `${key}:${keyOf(one)}`);
    return `{${entries.sort().join()}}`;
  }
  return JSON.stringify(value);
}
