// Moving values while flattening: copying one into a place of a type alike, with or without a check that it fits.
// Types are alike when the same values can be of both: ranges that overlap, an option and its inner type, and so on.

import type { Span } from "../../diagnostics/source.ts";
import { isScalar, WORD_BITS } from "../layout.ts";
import { cardinality, type Type, valuesOf } from "../machine.ts";
import { type Builder, branch, count, emit, hold, lookUp, newLocal, require } from "./builder.ts";
import {
  add,
  and,
  binary,
  bitAt,
  constant,
  local,
  ONE,
  or,
  select,
  shiftLeft,
  shiftRight,
  ZERO,
} from "./fold.ts";
import { hasValue, inRange, unwrapped } from "./ordinal.ts";
import type { FlatExpr } from "./program.ts";
import {
  clear,
  elementOf,
  elementType,
  type FlatValue,
  fieldOf,
  headOf,
  inSet,
  insideOf,
  type Location,
  lowest,
  scalar,
  setWord,
  toOrdinal,
  valueAt,
  writeHead,
  writeScalar,
  writeSetWord,
} from "./value.ts";

/** Where a value that does not fit is the fault `range`; null where it is known to fit (sets: others are left out). */
export type Check = Span | null;

/** Makes the place hold the value. The value must not lie in a different part of the same place. */
export function assign(b: Builder, place: Location, value: FlatValue, check: Check): void {
  const { type } = place;
  if (isScalar(type)) return writeScalar(b, place, converted(b, value, type, check).value);
  if (value.type.kind === "option" && type.kind !== "option") {
    if (check !== null) require(b, hasValue(b, value), "range", check);
    return assign(b, place, unwrapped(b, value), check);
  }
  switch (type.kind) {
    case "option":
      return assignOption(b, place, value, check);
    case "record":
      for (const field of type.fields) {
        assign(
          b,
          fieldOf(place, field.name),
          valueAt(b, fieldOf(located(value), field.name)),
          check,
        );
      }
      return;
    case "array": {
      const from = located(value);
      return count(b, "i", ZERO, constant(cardinality(type.key)), (i) => {
        assign(b, elementOf(place, i), valueAt(b, elementOf(from, i)), check);
      });
    }
    case "set":
      return assignSet(b, place, value, check);
    case "sequence":
      return assignSequence(b, place, located(value), type.upto, check);
    default:
      throw new Error(`${type.kind} is a scalar`);
  }
}

function assignOption(b: Builder, place: Location, value: FlatValue, check: Check): void {
  if (value.type.kind !== "option") {
    writeHead(b, place, ONE);
    return assign(b, insideOf(place), value, check);
  }
  const some = hold(b, hasValue(b, value), "some");
  writeHead(b, place, some);
  branch(
    b,
    some,
    () => assign(b, insideOf(place), unwrapped(b, value), check),
    () => clear(b, insideOf(place)),
  );
}

function assignSequence(
  b: Builder,
  place: Location,
  value: Location,
  upto: number,
  check: Check,
): void {
  const length = hold(b, headOf(b, value), "length");
  if (check !== null && uptoOf(value.type) > upto) {
    require(b, binary("<=", length, constant(upto)), "range", check);
  }
  writeHead(b, place, length);
  count(b, "i", ZERO, length, (i) =>
    assign(b, elementOf(place, i), valueAt(b, elementOf(value, i)), check),
  );
  count(b, "i", length, constant(upto), (i) => clear(b, elementOf(place, i)));
}

function uptoOf(type: Type): number {
  return type.kind === "sequence" ? type.upto : 0;
}

function assignSet(b: Builder, place: Location, value: FlatValue, check: Check): void {
  const to = elementType(place.type);
  const from = elementType(value.type);
  if (sameElements(from, to) && value.kind !== "scalar") {
    const words = constant(Math.ceil(cardinality(to) / WORD_BITS));
    return count(b, "i", ZERO, words, (i) => writeSetWord(b, place, i, setWord(b, value, i)));
  }
  clear(b, place);
  eachMapped(b, value, to, check, (ordinal) => insert(b, place, ordinal));
}

/** Adds the element with this ordinal to a set of more than 32 elements. */
export function insert(b: Builder, place: Location, ordinal: FlatExpr): void {
  const word = hold(b, shiftRight(ordinal, constant(5)), "word");
  const mask = bitAt(binary("bit-and", ordinal, constant(WORD_BITS - 1)));
  writeSetWord(b, place, word, binary("bit-or", setWord(b, place, word), mask));
}

/** Runs over the elements of a set, as ordinals of another element type. */
function eachMapped(
  b: Builder,
  value: FlatValue,
  to: Type,
  check: Check,
  body: (ordinal: FlatExpr) => void,
): void {
  const from = elementType(value.type);
  const map = ordinalMap(from, to);
  const total = map.every((ordinal) => ordinal >= 0);
  const shift = from.kind === "range" && to.kind === "range" ? from.lo - to.lo : null;
  count(b, "o", ZERO, constant(cardinality(from)), (o) => {
    branch(b, inSet(b, value, o), () => {
      const ordinal =
        shift === null ? hold(b, lookUp(b, map, o), "ordinal") : add(o, constant(shift));
      if (total) return body(ordinal);
      const inside = and(
        binary(">=", ordinal, ZERO),
        binary("<", ordinal, constant(cardinality(to))),
      );
      if (check !== null) require(b, inside, "range", check);
      if (check !== null) body(ordinal);
      else branch(b, inside, () => body(ordinal));
    });
  });
}

/** For each ordinal of one type the ordinal that its value has in another, -1 for none. */
export function ordinalMap(from: Type, to: Type): readonly number[] {
  const there = new Map(
    [...valuesOf(to)].map((value, ordinal) => [valueKey(value), ordinal] as const),
  );
  return [...valuesOf(from)].map((value) => there.get(valueKey(value)) ?? -1);
}

/** A text that is the same for the same values, whatever the order of an object's keys. */
export function valueKey(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [z]) => (a < z ? -1 : 1)))
      : inner,
  );
}

/** Whether the two types have the same values at the same ordinals. */
export function sameElements(left: Type, right: Type): boolean {
  if (left === right) return true;
  if (left.kind === "range" && right.kind === "range")
    return left.lo === right.lo && left.hi === right.hi;
  if (left.kind === "enum" && right.kind === "enum")
    return left.members.join() === right.members.join();
  if (left.kind === "option" && right.kind === "option") return sameElements(left.of, right.of);
  if (left.kind === "set" && right.kind === "set") return sameElements(left.of, right.of);
  return left.kind === right.kind && (left.kind === "bool" || left.kind === "process");
}

/** The value as one of a scalar type. */
export function converted(
  b: Builder,
  value: FlatValue,
  to: Type,
  check: Check,
): { readonly kind: "scalar"; readonly type: Type; readonly value: FlatExpr } {
  const from = value.type;
  if (from.kind === "option" && to.kind === "option")
    return scalar(to, optionConverted(b, value, from.of, to.of, check));
  if (to.kind === "option") {
    const inner = converted(b, value, to.of, check).value;
    return scalar(to, add(toOrdinal(to.of, inner), ONE));
  }
  if (from.kind === "option") {
    if (check !== null) require(b, hasValue(b, value), "range", check);
    return converted(b, unwrapped(b, value), to, check);
  }
  if (to.kind === "set") return scalar(to, setConverted(b, value, to.of, check));
  if (value.kind !== "scalar") throw new Error(`a large ${from.kind} as ${to.kind}`);
  if (check === null || from.kind !== "range" || to.kind !== "range")
    return scalar(to, value.value);
  if (from.lo >= to.lo && from.hi <= to.hi) return scalar(to, value.value);
  const number = hold(b, value.value);
  require(b, inRange(b, number, from, to), "range", check);
  return scalar(to, number);
}

function optionConverted(
  b: Builder,
  value: FlatValue,
  from: Type,
  to: Type,
  check: Check,
): FlatExpr {
  if (value.kind !== "scalar") throw new Error("a large option as a scalar");
  const shift = lowest(from) - lowest(to);
  if (from.kind !== "range" || to.kind !== "range") return value.value;
  const fits = from.lo >= to.lo && from.hi <= to.hi;
  if (shift === 0 && (fits || check === null)) return value.value;
  const option = hold(b, value.value, "option");
  const isNull = binary("==", option, ZERO);
  if (!fits && check !== null) {
    const number = add(option, constant(from.lo - 1));
    require(b, or(isNull, inRange(b, number, from, to)), "range", check);
  }
  return shift === 0 ? option : select(isNull, ZERO, add(option, constant(shift)));
}

function setConverted(b: Builder, value: FlatValue, to: Type, check: Check): FlatExpr {
  const from = elementType(value.type);
  if (value.kind === "scalar" && sameElements(from, to)) return value.value;
  if (value.kind === "scalar" && from.kind === "range" && to.kind === "range") {
    const shift = from.lo - to.lo;
    const kept = maskOf(Math.max(0, -shift), Math.min(from.hi, to.hi) - from.lo);
    const mask = hold(b, value.value, "set");
    const outside = binary("bit-and", mask, constant(~kept & maskOf(0, from.hi - from.lo)));
    const fits = from.lo >= to.lo && from.hi <= to.hi;
    if (!fits && check !== null) require(b, binary("==", outside, ZERO), "range", check);
    const inside = fits ? mask : binary("bit-and", mask, constant(kept));
    return shift >= 0 ? shiftLeft(inside, constant(shift)) : shiftRight(inside, constant(-shift));
  }
  const result = newLocal(b, "set");
  emit(b, { kind: "set", local: result, value: ZERO });
  eachMapped(b, value, to, check, (ordinal) => {
    emit(b, { kind: "set", local: result, value: binary("bit-or", local(result), bitAt(ordinal)) });
  });
  return local(result);
}

/** Bits `first` to `last`. */
export function maskOf(first: number, last: number): number {
  let mask = 0;
  for (let position = first; position <= last; position += 1) mask |= 1 << position;
  return mask;
}

/** The location of a value that is no scalar. */
export function located(value: FlatValue): Location {
  if (value.kind === "scalar") throw new Error(`a ${value.type.kind} is a scalar`);
  return value;
}
