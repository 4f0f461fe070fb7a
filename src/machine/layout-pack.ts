// Readable states to packed ones and back, by the layout. Slow and plain: traces, tests and tools use it, searches do not.

import { type Item, type Layout, layout, type Stored, WORD_BITS } from "./layout.ts";
import { type Machine, type Type, type Value, valuesOf } from "./machine.ts";
import { lockType } from "./state.ts";

/** A state as an object, in the shape of machine/state.ts. */
export type ReadableState = { readonly [name: string]: Value };

export interface Packer {
  readonly layout: Layout;
  /** Writes a state's words at `offset`. */
  pack(state: ReadableState, into: Int32Array, offset: number): void;
  unpack(states: Int32Array, offset: number): ReadableState;
}

/** Both directions for one machine. */
export function packer(machine: Machine, given: Layout = layout(machine)): Packer {
  const values = new Map<Type, readonly Value[]>();
  const ordinals = new Map<Type, ReadonlyMap<string, number>>();

  function valuesFor(type: Type): readonly Value[] {
    const known = values.get(type) ?? [...valuesOf(type)];
    values.set(type, known);
    return known;
  }

  function ordinal(type: Type, value: Value): number {
    if (type.kind === "range") return Number(value) - type.lo;
    if (type.kind === "set")
      return (value as readonly Value[]).reduce<number>(
        (mask, one) => mask | (1 << ordinal(type.of, one)),
        0,
      );
    if (type.kind === "option") return value === null ? 0 : 1 + ordinal(type.of, value);
    const known =
      ordinals.get(type) ??
      new Map(valuesFor(type).map((one, index) => [JSON.stringify(one), index] as const));
    ordinals.set(type, known);
    const found = known.get(JSON.stringify(value));
    if (found === undefined) throw new Error(`${JSON.stringify(value)} is no value of its type`);
    return found;
  }

  function scalar(type: Type, stored: number): Value {
    if (type.kind === "range") return type.lo + stored;
    if (type.kind === "option") return stored === 0 ? null : scalar(type.of, stored - 1);
    if (type.kind === "set")
      return valuesFor(type.of).filter((_, index) => ((stored >>> index) & 1) === 1);
    return valuesFor(type)[stored] ?? null;
  }

  function write(
    stored: Stored,
    type: Type,
    index: number,
    value: Value,
    words: Int32Array,
    offset: number,
  ): void {
    if (stored.kind === "scalar")
      return put(stored.item, index, ordinal(type, value), words, offset);
    if (stored.kind === "option" && type.kind === "option") {
      put(stored.flag, index, value === null ? 0 : 1, words, offset);
      if (value !== null) write(stored.of, type.of, index, value, words, offset);
    } else if (stored.kind === "record" && type.kind === "record") {
      stored.fields.forEach((field, at) => {
        write(field.of, fieldType(type, at), index, member(value, field.name), words, offset);
      });
    } else if (stored.kind === "array" && type.kind === "array") {
      valuesFor(type.key).forEach((key, at) => {
        write(
          stored.of,
          type.of,
          index * stored.count + at,
          member(value, String(key)),
          words,
          offset,
        );
      });
    } else if (stored.kind === "set" && type.kind === "set") {
      for (const one of value as readonly Value[]) {
        const bit = ordinal(type.of, one);
        const word = Math.floor(bit / WORD_BITS);
        const item = word < stored.wholeWords ? stored.whole : stored.rest;
        const at = word < stored.wholeWords ? index * stored.wholeWords + word : index;
        put(item, at, get(item, at, words, offset) | (1 << (bit % WORD_BITS)), words, offset);
      }
    } else if (stored.kind === "sequence" && type.kind === "sequence") {
      const elements = value as readonly Value[];
      put(stored.length, index, elements.length, words, offset);
      for (const [at, one] of elements.entries()) {
        write(stored.of, type.of, index * stored.upto + at, one, words, offset);
      }
    }
  }

  function read(
    stored: Stored,
    type: Type,
    index: number,
    words: Int32Array,
    offset: number,
  ): Value {
    if (stored.kind === "scalar") return scalar(type, get(stored.item, index, words, offset));
    if (stored.kind === "option" && type.kind === "option") {
      return get(stored.flag, index, words, offset) === 0
        ? null
        : read(stored.of, type.of, index, words, offset);
    }
    if (stored.kind === "record" && type.kind === "record") {
      return Object.fromEntries(
        stored.fields.map((field, at) => [
          field.name,
          read(field.of, fieldType(type, at), index, words, offset),
        ]),
      );
    }
    if (stored.kind === "array" && type.kind === "array") {
      return Object.fromEntries(
        valuesFor(type.key).map((key, at) => [
          String(key),
          read(stored.of, type.of, index * stored.count + at, words, offset),
        ]),
      );
    }
    if (stored.kind === "set" && type.kind === "set") {
      return valuesFor(type.of).filter((_, bit) => {
        const word = Math.floor(bit / WORD_BITS);
        const mask =
          word < stored.wholeWords
            ? get(stored.whole, index * stored.wholeWords + word, words, offset)
            : get(stored.rest, index, words, offset);
        return ((mask >>> (bit % WORD_BITS)) & 1) === 1;
      });
    }
    if (stored.kind === "sequence" && type.kind === "sequence") {
      const length = get(stored.length, index, words, offset);
      return Array.from({ length }, (_, at) =>
        read(stored.of, type.of, index * stored.upto + at, words, offset),
      );
    }
    throw new Error(`a ${type.kind} is not stored as a ${stored.kind}`);
  }

  function pack(state: ReadableState, into: Int32Array, offset: number): void {
    into.fill(0, offset, offset + given.width);
    for (const [variable, stored] of given.variables) {
      write(stored, variable.type, 0, member(state, variable.name), into, offset);
    }
    for (const [lock, stored] of given.locks) {
      write(stored, lockType(machine, lock), 0, member(state, lock.name), into, offset);
    }
    given.processes.forEach((place, at) => {
      const process = machine.processes[at];
      machine.instances.slice(place.first, place.first + place.count).forEach((instance, index) => {
        const whole = member(state, instance.process.name);
        const one = instance.index === null ? whole : member(whole, String(instance.index));
        const name = member(one, "at");
        const location = process?.locations.findIndex((candidate) => candidate.name === name) ?? -1;
        if (location < 0) throw new Error(`${String(name)} is no location of ${instance.name}`);
        put(place.location, index, location, into, offset);
        for (const [local, stored] of place.locals) {
          write(stored, local.type, index, member(one, local.name), into, offset);
        }
      });
    });
  }

  function unpack(states: Int32Array, offset: number): ReadableState {
    const state: { [name: string]: Value } = {};
    for (const [variable, stored] of given.variables) {
      state[variable.name] = read(stored, variable.type, 0, states, offset);
    }
    for (const [lock, stored] of given.locks) {
      state[lock.name] = read(stored, lockType(machine, lock), 0, states, offset);
    }
    given.processes.forEach((place, at) => {
      const process = machine.processes[at];
      const instances = machine.instances
        .slice(place.first, place.first + place.count)
        .map((instance, index) => {
          const one: { [name: string]: Value } = {
            at: process?.locations[get(place.location, index, states, offset)]?.name ?? "",
          };
          for (const [local, stored] of place.locals) {
            one[local.name] = read(stored, local.type, index, states, offset);
          }
          return [instance.index, one] as const;
        });
      const [first] = instances;
      if (process === undefined) return;
      state[process.name] =
        first !== undefined && first[0] === null
          ? first[1]
          : Object.fromEntries(instances.map(([index, one]) => [String(index), one]));
    });
    return state;
  }

  return { layout: given, pack, unpack };
}

function fieldType(type: Type & { kind: "record" }, at: number): Type {
  const field = type.fields[at];
  if (field === undefined) throw new Error("a record is stored with its own fields");
  return field.type;
}

function member(value: Value | ReadableState, key: string): Value {
  const found = (value as ReadableState)[key];
  if (found === undefined) throw new Error(`the state has no ${key}`);
  return found;
}

/** The ordinal in field `index` of an item. */
export function get(item: Item, index: number, words: Int32Array, offset: number): number {
  if (item.bits === 0) return 0;
  const word = words[offset + item.word + Math.floor(index / item.perWord)] ?? 0;
  return (word >>> (item.shift + (index % item.perWord) * item.bits)) & mask(item.bits);
}

function put(item: Item, index: number, ordinal: number, words: Int32Array, offset: number): void {
  if (item.bits === 0) return;
  const at = offset + item.word + Math.floor(index / item.perWord);
  const shift = item.shift + (index % item.perWord) * item.bits;
  words[at] = ((words[at] ?? 0) & ~(mask(item.bits) << shift)) | (ordinal << shift);
}

/** The lowest `bits` bits. */
export function mask(bits: number): number {
  return bits >= WORD_BITS ? -1 : 2 ** bits - 1;
}
