// What of a state is observed: by which names two versions are compared, and the observed values of every state.
//
// A state's observation is found without decoding the state: its words are masked to the items that hold observed values,
// and only distinct masked words are decoded. Two versions lay out their states differently, and their types may differ:
// what links them is a text of the decoded values that is equal for equal values.

import { packedStates } from "../../checker/packed-states.ts";
import { StateTable } from "../../checker/state-table.ts";
import { type Layout, layout } from "../../machine/layout.ts";
import { maskOf } from "../../machine/layout-mask.ts";
import { packer } from "../../machine/layout-pack.ts";
import type { Machine, Type, Value } from "../../machine/machine.ts";
import { type StateField, stateFields } from "../../machine/state.ts";
import type { Version } from "../version.ts";
import type { ObservedValue } from "./behaviours.ts";

/** Names that are compared, and those that cannot be because one version lacks them. */
export interface ObservedNames {
  readonly observed: readonly string[];
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

/** The names by which a machine's behaviours may be observed: its variables, ghosts among them, its locks and its costs. */
export function observableNames(machine: Machine): readonly string[] {
  return [...machine.variables, ...machine.locks, ...machine.costs].map(({ name }) => name);
}

/**
 * What two machines are compared by: the names asked for, else those that either spec observes, else the variables that
 * are no ghosts. A name that neither has is passed over.
 */
export function observedNames(
  before: Machine,
  after: Machine,
  asked: readonly string[] | null,
): ObservedNames {
  const stated = [...before.observed, ...after.observed];
  const wanted = asked ?? (stated.length > 0 ? stated : sharedNames(before, after));
  const names = [...new Set(wanted)];
  const comparable = (name: string): boolean => {
    const kind = kindOf(before, name);
    return kind !== null && kind === kindOf(after, name);
  };
  return {
    observed: names.filter(comparable),
    onlyBefore: names.filter((name) => !comparable(name) && kindOf(before, name) !== null),
    onlyAfter: names.filter((name) => !comparable(name) && kindOf(after, name) !== null),
  };
}

/** Variables of either that are a ghost in none. */
function sharedNames(before: Machine, after: Machine): readonly string[] {
  const variables = [...before.variables, ...after.variables];
  const ghosts = new Set(variables.flatMap(({ name, ghost }) => (ghost ? [name] : [])));
  return variables.map(({ name }) => name).filter((name) => !ghosts.has(name));
}

function kindOf(machine: Machine, name: string): "variable" | "lock" | "cost" | null {
  const named = (one: { readonly name: string }): boolean => one.name === name;
  if (machine.variables.some(named)) return "variable";
  if (machine.locks.some(named)) return "lock";
  return machine.costs.some(named) ? "cost" : null;
}

/** Observations of both versions: equal values have equal numbers. */
export class Observations {
  private readonly numbers = new Map<string, number>();
  private readonly known: (readonly ObservedValue[])[] = [];

  number(values: readonly ObservedValue[]): number {
    const key = JSON.stringify(values.map(({ type, value }) => canonical(type, value)));
    const number = this.numbers.get(key);
    if (number !== undefined) return number;
    this.numbers.set(key, this.known.length);
    return this.known.push(values) - 1;
  }

  values(number: number): readonly ObservedValue[] {
    const values = this.known[number];
    if (values === undefined) throw new Error(`no observation ${number}`);
    return values;
  }

  get count(): number {
    return this.known.length;
  }
}

/** The number of the observation of every state that a version's search met. */
export function observeStates(
  { machine, search }: Version,
  names: readonly string[],
  observations: Observations,
): Int32Array {
  const place = layout(machine);
  const read = valuesReader(machine, place, names);
  const masks = masksOf(place, names);
  const words = [...masks.keys()].filter((word) => masks[word] !== 0);
  const distinct = new StateTable(Math.max(words.length, 1));
  const masked = new Int32Array(distinct.width);
  const whole = new Int32Array(place.width);
  const numbers: number[] = [];
  const states = packedStates(machine, search);
  const { count } = states;
  const observed = new Int32Array(count);
  for (let state = 0; state < count; state += 1) {
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at] as number;
      masked[at] = (states.words[state * place.width + word] as number) & (masks[word] as number);
    }
    const index = distinct.insert(masked, 0);
    if (index === numbers.length) {
      words.forEach((word, at) => {
        whole[word] = masked[at] as number;
      });
      numbers.push(observations.number(read(whole)));
    }
    observed[state] = numbers[index] as number;
  }
  return observed;
}

type ValueField = StateField & { readonly type: Type };

/** The variables and locks of these names, in the order of the names. */
function observedFields(machine: Machine, names: readonly string[]): readonly ValueField[] {
  const fields = stateFields(machine).filter(
    (field): field is ValueField => field.kind !== "process",
  );
  return names.flatMap((name) => fields.find((field) => field.name === name) ?? []);
}

function valuesReader(
  machine: Machine,
  place: Layout,
  names: readonly string[],
): (words: Int32Array) => readonly ObservedValue[] {
  const fields = observedFields(machine, names);
  const wanted = new Set(names);
  const { unpack } = packer(machine, {
    ...place,
    variables: new Map([...place.variables].filter(([{ name }]) => wanted.has(name))),
    locks: new Map([...place.locks].filter(([{ name }]) => wanted.has(name))),
    processes: [],
  });
  return (words) => {
    const state = unpack(words, 0);
    return fields.map(({ name, type }) => ({ name, value: state[name] ?? null, type }));
  };
}

/** By word of a state: the bits that hold observed values. */
function masksOf(place: Layout, names: readonly string[]): Int32Array {
  const declared = [...place.variables, ...place.locks];
  const observed = declared.filter(([{ name }]) => names.includes(name));
  return maskOf(
    place,
    observed.map(([, stored]) => stored),
  );
}

/**
 * The value with what a type orders, elements of sets and fields of records, in an order that no type has a say in; and
 * with the kinds of its collections, since a set is no sequence, nor a record an array.
 */
function canonical(type: Type, value: Value): Value {
  if (value === null) return null;
  switch (type.kind) {
    case "option":
      return canonical(type.of, value);
    case "set": {
      const elements = (value as readonly Value[]).map((one) => canonical(type.of, one));
      const set = elements.toSorted((one, other) =>
        compareTexts(JSON.stringify(one), JSON.stringify(other)),
      );
      return { set };
    }
    case "sequence":
      return { sequence: (value as readonly Value[]).map((one) => canonical(type.of, one)) };
    case "record": {
      const fields = value as { readonly [name: string]: Value };
      const record = sortedEntries(
        type.fields.map(({ name, type: of }) => [name, canonical(of, fields[name] ?? null)]),
      );
      return { record };
    }
    case "array": {
      const array = sortedEntries(
        Object.entries(value).map(([key, one]) => [key, canonical(type.of, one as Value)]),
      );
      return { array };
    }
    case "bool":
    case "range":
    case "enum":
    case "process":
      return value;
    default:
      return type satisfies never;
  }
}

function sortedEntries(entries: readonly (readonly [string, Value])[]): Value {
  return entries
    .toSorted(([one], [other]) => compareTexts(one, other))
    .map(([key, value]) => [key, value]);
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
