// Where each part of a state lies in its 32-bit words.
//
// Takes a machine; gives a tree of fields for every variable, lock and process, whose leaves are items: rows of
// equally wide fields. An array of records becomes one row for each scalar in the record, so that an element is
// found by shifting and masking with its (row-major) index. No field straddles a word; equal states have equal words,
// since every field holds an ordinal from 0 and what means nothing (slots beyond a length, the inside of a null) is 0.

import {
  cardinality,
  type Lock,
  type Machine,
  type MachineLocal,
  type Type,
  type Variable,
} from "./machine.ts";
import { lockType } from "./state.ts";

/** `count` fields of `bits` bits: field i is at word + i / perWord, shift + (i % perWord) * bits. */
export interface Item {
  readonly id: number;
  /** What it holds, for readers: `pmd`, `node.next`, `zapper.at`. */
  readonly name: string;
  readonly bits: number;
  readonly count: number;
  readonly word: number;
  readonly shift: number;
  readonly perWord: number;
}

/** How a type is stored. A field's index is that of the enclosing arrays, the outermost first: index * count + i at each. */
export type Stored =
  | { readonly kind: "scalar"; readonly type: Type; readonly item: Item }
  | { readonly kind: "option"; readonly flag: Item; readonly of: Stored }
  | {
      readonly kind: "record";
      readonly fields: readonly { readonly name: string; readonly of: Stored }[];
    }
  | { readonly kind: "array"; readonly count: number; readonly of: Stored }
  /** A set of more than 32 elements: `whole` words of 32, then the `rest` (either may have no bits). */
  | { readonly kind: "set"; readonly wholeWords: number; readonly whole: Item; readonly rest: Item }
  | {
      readonly kind: "sequence";
      readonly length: Item;
      readonly upto: number;
      readonly of: Stored;
    };

export interface StoredProcess {
  /** One field an instance of the process, in their order. */
  readonly location: Item;
  /** The stored locals; the outermost index is the instance's position among those of the process. */
  readonly locals: ReadonlyMap<MachineLocal, Stored>;
  /** Instances: global ids from `first`. */
  readonly first: number;
  readonly count: number;
}

export interface Layout {
  /** Words a state. */
  readonly width: number;
  readonly items: readonly Item[];
  readonly variables: ReadonlyMap<Variable, Stored>;
  readonly locks: ReadonlyMap<Lock, Stored>;
  /** In the order of Machine.processes. */
  readonly processes: readonly StoredProcess[];
}

/** Elements of a set that fit one word. */
export const WORD_BITS = 32;

/** Whether values of the type are one number: plain values, options of plain values, sets of up to 32 elements. */
export function isScalar(type: Type): boolean {
  if (type.kind === "option") return isPlain(type.of);
  return isPlain(type) || (type.kind === "set" && cardinality(type.of) <= WORD_BITS);
}

function isPlain(type: Type): boolean {
  return (
    type.kind === "bool" || type.kind === "range" || type.kind === "enum" || type.kind === "process"
  );
}

/** Bits that tell `count` values apart. */
export function bitsFor(count: number): number {
  let bits = 0;
  while (2 ** bits < count) bits += 1;
  return bits;
}

function scalarBits(type: Type): number {
  return type.kind === "set" ? cardinality(type.of) : bitsFor(cardinality(type));
}

type MutableItem = { -readonly [K in keyof Item]: Item[K] };

/** Packs the machine's state into as few words as first-fit decreasing finds. */
export function layout(machine: Machine): Layout {
  const items: MutableItem[] = [];

  function addItem(name: string, bits: number, count: number): Item {
    const item = { id: items.length, name, bits, count, word: 0, shift: 0, perWord: 1 };
    items.push(item);
    return item;
  }

  function addType(name: string, type: Type, count: number): Stored {
    if (isScalar(type))
      return { kind: "scalar", type, item: addItem(name, scalarBits(type), count) };
    switch (type.kind) {
      case "option":
        return {
          kind: "option",
          flag: addItem(`${name}?`, 1, count),
          of: addType(name, type.of, count),
        };
      case "record":
        return {
          kind: "record",
          fields: type.fields.map((field) => ({
            name: field.name,
            of: addType(`${name}.${field.name}`, field.type, count),
          })),
        };
      case "array": {
        const keys = cardinality(type.key);
        return { kind: "array", count: keys, of: addType(name, type.of, count * keys) };
      }
      case "set": {
        const elements = cardinality(type.of);
        const wholeWords = Math.floor(elements / WORD_BITS);
        const whole = addItem(name, WORD_BITS, count * wholeWords);
        return { kind: "set", wholeWords, whole, rest: addItem(name, elements % WORD_BITS, count) };
      }
      case "sequence": {
        const length = addItem(`${name}.length`, bitsFor(type.upto + 1), count);
        return {
          kind: "sequence",
          length,
          upto: type.upto,
          of: addType(name, type.of, count * type.upto),
        };
      }
      default:
        throw new Error(`${type.kind} is a scalar`);
    }
  }

  const variables = new Map(
    machine.variables.map(
      (variable) => [variable, addType(variable.name, variable.type, 1)] as const,
    ),
  );
  const locks = new Map(
    machine.locks.map((lock) => [lock, addType(lock.name, lockType(machine, lock), 1)] as const),
  );
  const processes = machine.processes.map((process): StoredProcess => {
    const ids = machine.instances.filter((instance) => instance.process === process.process);
    const count = ids.length;
    return {
      first: ids[0]?.id ?? 0,
      count,
      location: addItem(`${process.name}.at`, bitsFor(process.locations.length), count),
      locals: new Map(
        process.locals
          .filter((local) => local.stored)
          .map(
            (local) =>
              [local, addType(`${process.name}.${local.name}`, local.type, count)] as const,
          ),
      ),
    };
  });
  return { width: place(items), items, variables, locks, processes };
}

/** Gives every item its place; returns the number of words. Long rows get words of their own, the rest fills the gaps. */
function place(items: readonly MutableItem[]): number {
  const used: number[] = [];
  const size = (item: MutableItem) => item.bits * item.count;
  const placed = items
    .filter((item) => size(item) > 0)
    .toSorted((a, b) => size(b) - size(a) || a.id - b.id);
  for (const item of placed.filter((item) => size(item) > WORD_BITS)) {
    item.perWord = Math.floor(WORD_BITS / item.bits);
    item.word = used.length;
    for (let left = item.count; left > 0; left -= item.perWord) {
      used.push(Math.min(left, item.perWord) * item.bits);
    }
  }
  for (const item of placed.filter((item) => size(item) <= WORD_BITS)) {
    const fitting = used.findIndex((bits) => bits + size(item) <= WORD_BITS);
    const word = fitting < 0 ? used.length : fitting;
    item.perWord = item.count;
    item.word = word;
    item.shift = used[word] ?? 0;
    used[word] = item.shift + size(item);
  }
  return Math.max(used.length, 1);
}
