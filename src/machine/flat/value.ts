// Values while flattening: a scalar as one expression, anything larger as the place where it lies.
// In memory a value's words are contiguous: options flag first, sequences length first; like fields of a state, words
// hold ordinals, and what means nothing is 0, so that equal values have equal words.

import { type Item, isScalar, type Stored, WORD_BITS } from "../layout.ts";
import { cardinality, type Type } from "../machine.ts";
import { type Builder, branch, count, emit, hold, reserve } from "./builder.ts";
import {
  add,
  binary,
  bit,
  constant,
  known,
  multiply,
  ONE,
  select,
  shiftRight,
  subtract,
  ZERO,
} from "./fold.ts";
import type { FlatExpr, FlatMemory, FlatState } from "./program.ts";

/** Where a value lies: in fields of a state, or in memory. */
export type Location =
  | {
      readonly kind: "stored";
      readonly type: Type;
      readonly stored: Stored;
      readonly index: FlatExpr;
      readonly state: FlatState;
    }
  | {
      readonly kind: "memory";
      readonly type: Type;
      readonly memory: FlatMemory;
      readonly address: FlatExpr;
    };

export interface Scalar {
  readonly kind: "scalar";
  readonly type: Type;
  readonly value: FlatExpr;
}

/** A location is never of a scalar type here: `valueAt` reads those. */
export type FlatValue = Scalar | Location;

export function scalar(type: Type, value: FlatExpr): Scalar {
  return { kind: "scalar", type, value };
}

/** The least value of a range: what its ordinal 0 stands for. */
export function lowest(type: Type): number {
  return type.kind === "range" ? type.lo : 0;
}

/** The value with this ordinal, of a scalar type. */
export function fromOrdinal(type: Type, ordinal: FlatExpr): FlatExpr {
  return add(ordinal, constant(lowest(type)));
}

export function toOrdinal(type: Type, value: FlatExpr): FlatExpr {
  return subtract(value, constant(lowest(type)));
}

/** Words of a value in memory. */
export function sizeOf(type: Type): number {
  if (isScalar(type)) return 1;
  switch (type.kind) {
    case "option":
      return 1 + sizeOf(type.of);
    case "record":
      return type.fields.reduce((total, field) => total + sizeOf(field.type), 0);
    case "array":
      return cardinality(type.key) * sizeOf(type.of);
    case "set":
      return Math.ceil(cardinality(type.of) / WORD_BITS);
    case "sequence":
      return 1 + type.upto * sizeOf(type.of);
    default:
      throw new Error(`${type.kind} is a scalar`);
  }
}

/** Room in scratch for a value of this type. */
export function room(b: Builder, type: Type): Location {
  return { kind: "memory", type, memory: "scratch", address: reserve(b, sizeOf(type)) };
}

function readItem(item: Item, index: FlatExpr, state: FlatState): FlatExpr {
  return item.bits === 0 ? ZERO : { kind: "read", item: item.id, index, state };
}

function loadWord(b: Builder, memory: FlatMemory, address: FlatExpr): FlatExpr {
  const at = known(address);
  if (memory === "data" && at !== null) return constant(b.data[at] ?? 0);
  return { kind: "load", memory, address };
}

/** The ordinal at a location of a scalar type. */
function readOrdinal(b: Builder, at: Location): FlatExpr {
  if (at.kind === "memory") return loadWord(b, at.memory, at.address);
  if (at.stored.kind !== "scalar") throw new Error(`a ${at.stored.kind} is no scalar`);
  return readItem(at.stored.item, at.index, at.state);
}

/** What lies there: a scalar read, or the location itself. */
export function valueAt(b: Builder, at: Location): FlatValue {
  return isScalar(at.type) ? scalar(at.type, fromOrdinal(at.type, readOrdinal(b, at))) : at;
}

function writeItem(b: Builder, item: Item, index: FlatExpr, value: FlatExpr): void {
  if (item.bits > 0) emit(b, { kind: "write", item: item.id, index, value });
}

/** Writes a value of the location's own scalar type. */
export function writeScalar(b: Builder, at: Location, value: FlatExpr): void {
  const ordinal = toOrdinal(at.type, value);
  if (at.kind === "memory") emit(b, { kind: "store", address: at.address, value: ordinal });
  else if (at.stored.kind === "scalar") writeItem(b, at.stored.item, at.index, ordinal);
}

// ---- parts of a location

export function fieldOf(at: Location, name: string): Location {
  if (at.type.kind !== "record") throw new Error(`a ${at.type.kind} has no field ${name}`);
  const position = at.type.fields.findIndex((field) => field.name === name);
  const field = at.type.fields[position];
  if (field === undefined) throw new Error(`no field ${name}`);
  if (at.kind === "stored") {
    const stored = at.stored.kind === "record" ? at.stored.fields[position] : undefined;
    if (stored === undefined) throw new Error(`no stored field ${name}`);
    return { ...at, type: field.type, stored: stored.of };
  }
  const before = at.type.fields
    .slice(0, position)
    .reduce((total, other) => total + sizeOf(other.type), 0);
  return { ...at, type: field.type, address: add(at.address, constant(before)) };
}

/** Element of an array, or slot of a sequence, by its position from 0. */
export function elementOf(at: Location, position: FlatExpr): Location {
  if (at.type.kind !== "array" && at.type.kind !== "sequence")
    throw new Error(`a ${at.type.kind} has no elements`);
  const type = at.type.of;
  if (at.kind === "stored") {
    if (at.stored.kind !== "array" && at.stored.kind !== "sequence")
      throw new Error("stored otherwise");
    const many = at.stored.kind === "array" ? at.stored.count : at.stored.upto;
    return {
      ...at,
      type,
      stored: at.stored.of,
      index: add(multiply(at.index, constant(many)), position),
    };
  }
  const first = at.type.kind === "sequence" ? ONE : ZERO;
  const offset = add(first, multiply(position, constant(sizeOf(type))));
  return { ...at, type, address: add(at.address, offset) };
}

/** The value inside an option of a value that is no plain scalar; meaningless while the option is null. */
export function insideOf(at: Location): Location {
  if (at.type.kind !== "option") throw new Error(`a ${at.type.kind} has no inside`);
  if (at.kind === "memory") return { ...at, type: at.type.of, address: add(at.address, ONE) };
  if (at.stored.kind !== "option") throw new Error("stored otherwise");
  return { ...at, type: at.type.of, stored: at.stored.of };
}

/** The leading number: an option's flag (1 if there is a value), or a sequence's length. */
export function headOf(b: Builder, at: Location): FlatExpr {
  if (at.kind === "memory") return loadWord(b, at.memory, at.address);
  if (at.stored.kind === "option") return readItem(at.stored.flag, at.index, at.state);
  if (at.stored.kind === "sequence") return readItem(at.stored.length, at.index, at.state);
  throw new Error(`a ${at.stored.kind} has no head`);
}

export function writeHead(b: Builder, at: Location, value: FlatExpr): void {
  if (at.kind === "memory") emit(b, { kind: "store", address: at.address, value });
  else if (at.stored.kind === "option") writeItem(b, at.stored.flag, at.index, value);
  else if (at.stored.kind === "sequence") writeItem(b, at.stored.length, at.index, value);
}

/** Word `position` of a set of more than 32 elements. */
export function setWord(b: Builder, at: Location, position: FlatExpr): FlatExpr {
  if (at.kind === "memory") return loadWord(b, at.memory, add(at.address, position));
  if (at.stored.kind !== "set") throw new Error("stored otherwise");
  const { wholeWords, whole, rest } = at.stored;
  const wholeIndex = add(multiply(at.index, constant(wholeWords)), position);
  return select(
    binary("<", position, constant(wholeWords)),
    readItem(whole, wholeIndex, at.state),
    readItem(rest, at.index, at.state),
  );
}

export function writeSetWord(b: Builder, at: Location, position: FlatExpr, value: FlatExpr): void {
  if (at.kind === "memory")
    return emit(b, { kind: "store", address: add(at.address, position), value });
  if (at.stored.kind !== "set") throw new Error("stored otherwise");
  const { wholeWords, whole, rest } = at.stored;
  const isWhole = binary("<", position, constant(wholeWords));
  const wholeIndex = add(multiply(at.index, constant(wholeWords)), position);
  const { index } = at;
  branch(
    b,
    rest.bits === 0 ? ONE : isWhole,
    () => writeItem(b, whole, wholeIndex, value),
    () => writeItem(b, rest, index, value),
  );
}

/** Is the element with this ordinal in the set? The ordinal must be one of its type's. */
export function inSet(b: Builder, set: FlatValue, ordinal: FlatExpr): FlatExpr {
  if (set.kind === "scalar") return bit(set.value, ordinal);
  const word = setWord(b, set, shiftRight(ordinal, constant(5)));
  return bit(word, binary("bit-and", ordinal, constant(WORD_BITS - 1)));
}

/** Sets what lies there to the first value of its type, whose words are all 0. */
export function clear(b: Builder, at: Location): void {
  if (at.kind === "memory") {
    const { address } = at;
    count(b, "i", ZERO, constant(sizeOf(at.type)), (i) => {
      emit(b, { kind: "store", address: add(address, i), value: ZERO });
    });
    return;
  }
  const { stored, index } = at;
  switch (stored.kind) {
    case "scalar":
      return writeItem(b, stored.item, index, ZERO);
    case "option":
      writeItem(b, stored.flag, index, ZERO);
      return clear(b, insideOf(at));
    case "record":
      for (const field of stored.fields) clear(b, fieldOf(at, field.name));
      return;
    case "array":
      return count(b, "i", ZERO, constant(stored.count), (i) => clear(b, elementOf(at, i)));
    case "set":
      count(b, "i", ZERO, constant(stored.wholeWords), (i) => writeSetWord(b, at, i, ZERO));
      return writeItem(b, stored.rest, index, ZERO);
    case "sequence":
      writeItem(b, stored.length, index, ZERO);
      return count(b, "i", ZERO, constant(stored.upto), (i) => clear(b, elementOf(at, i)));
    default:
      return stored satisfies never;
  }
}

/** The element type of a set's type. */
export function elementType(type: Type): Type {
  if (type.kind !== "set") throw new Error(`a ${type.kind} has no elements`);
  return type.of;
}

/** The value as something that costs little to use again. */
export function held(b: Builder, value: FlatValue, wish = "t"): FlatValue {
  if (value.kind === "scalar") return { ...value, value: hold(b, value.value, wish) };
  if (value.kind === "stored") return { ...value, index: hold(b, value.index, "at") };
  return { ...value, address: hold(b, value.address, "at") };
}

/** A location held; scalars, which are mostly used once, stay as they are. */
export function heldPlace(b: Builder, value: FlatValue): FlatValue {
  return value.kind === "scalar" ? value : held(b, value);
}
