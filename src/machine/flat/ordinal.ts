// Ordinals while flattening: the position of a value among those of a type, and the value at a position.
// A set keeps one bit for each ordinal of its element type, loops and choices go over ordinals.

import { isScalar } from "../layout.ts";
import { cardinality, type Type } from "../machine.ts";
import { type Builder, branch, captured, count, emit, hold, lookUp, newLocal } from "./builder.ts";
import {
  add,
  and,
  binary,
  constant,
  local,
  multiply,
  not,
  ONE,
  or,
  select,
  subtract,
  ZERO,
} from "./fold.ts";
import type { FlatExpr } from "./program.ts";
import {
  clear,
  elementOf,
  type FlatValue,
  fieldOf,
  fromOrdinal,
  headOf,
  insideOf,
  type Location,
  lowest,
  room,
  scalar,
  toOrdinal,
  valueAt,
  writeHead,
  writeScalar,
} from "./value.ts";

/** `inside`: is the value one of the type's? Only then `ordinal` means something. */
export interface Ordinal {
  readonly inside: FlatExpr;
  readonly ordinal: FlatExpr;
}

/** The ordinal, in `type`, of a value of a type alike. */
export function ordinalOf(b: Builder, value: FlatValue, type: Type): Ordinal {
  if (type.kind === "option") return optionOrdinal(b, value, type.of);
  if (value.type.kind === "option") {
    const inner = ordinalOf(b, unwrapped(b, value), type);
    return { inside: and(hasValue(b, value), inner.inside), ordinal: inner.ordinal };
  }
  if (value.kind === "scalar") {
    if (type.kind !== "range" || value.type.kind !== "range")
      return { inside: ONE, ordinal: toOrdinal(type, value.value) };
    return {
      inside: inRange(b, value.value, value.type, type),
      ordinal: toOrdinal(type, value.value),
    };
  }
  switch (type.kind) {
    case "record": {
      const parts = type.fields.map((field) => {
        return {
          type: field.type,
          ...ordinalOf(b, valueAt(b, fieldOf(value, field.name)), field.type),
        };
      });
      const inside = parts.reduce<FlatExpr>((all, part) => and(all, part.inside), ONE);
      const ordinal = parts.reduce<FlatExpr>(
        (sum, part) => add(multiply(sum, constant(cardinality(part.type))), part.ordinal),
        ZERO,
      );
      return { inside, ordinal };
    }
    case "array":
      return rowOrdinal(b, value, constant(cardinality(type.key)), type.of, ZERO);
    case "sequence": {
      const length = hold(b, headOf(b, value), "length");
      const fits = binary("<=", length, constant(type.upto));
      const inner = rowOrdinal(
        b,
        value,
        length,
        type.of,
        lookUp(b, firstOfLength(type), select(fits, length, ZERO)),
      );
      return { inside: and(fits, inner.inside), ordinal: inner.ordinal };
    }
    default:
      throw new Error(`no ordinals of a large ${type.kind}`);
  }
}

function optionOrdinal(b: Builder, value: FlatValue, of: Type): Ordinal {
  if (value.type.kind !== "option") {
    const inner = ordinalOf(b, value, of);
    return { inside: inner.inside, ordinal: add(inner.ordinal, ONE) };
  }
  const some = hold(b, hasValue(b, value), "some");
  const inner = ordinalOf(b, unwrapped(b, value), of);
  return {
    inside: or(not(some), inner.inside),
    ordinal: select(some, add(inner.ordinal, ONE), ZERO),
  };
}

/** Elements as digits, the first one the most significant; `base` is added. */
function rowOrdinal(
  b: Builder,
  row: Location,
  length: FlatExpr,
  of: Type,
  base: FlatExpr,
): Ordinal {
  const inside = newLocal(b, "inside");
  const digits = newLocal(b, "digits");
  emit(b, { kind: "set", local: inside, value: ONE });
  emit(b, { kind: "set", local: digits, value: ZERO });
  count(b, "i", ZERO, length, (i) => {
    const element = ordinalOf(b, valueAt(b, elementOf(row, i)), of);
    emit(b, { kind: "set", local: inside, value: and(local(inside), element.inside) });
    const moved = multiply(local(digits), constant(cardinality(of)));
    emit(b, { kind: "set", local: digits, value: add(moved, element.ordinal) });
  });
  return { inside: local(inside), ordinal: add(local(digits), base) };
}

/** The ordinal of the first sequence of each length. */
function firstOfLength(type: Type & { readonly kind: "sequence" }): readonly number[] {
  const firsts = [0];
  for (let length = 0; length < type.upto; length += 1) {
    firsts.push((firsts[length] ?? 0) + cardinality(type.of) ** length);
  }
  return firsts;
}

/** Is a number of one range in another? What the types tell is not asked again. */
export function inRange(b: Builder, value: FlatExpr, from: Type, to: Type): FlatExpr {
  if (from.kind !== "range" || to.kind !== "range") return ONE;
  const held = from.lo < to.lo && from.hi > to.hi ? hold(b, value) : value;
  const above = from.lo < to.lo ? binary(">=", held, constant(to.lo)) : ONE;
  const below = from.hi > to.hi ? binary("<=", held, constant(to.hi)) : ONE;
  return and(above, below);
}

/** Is this option no null? */
export function hasValue(b: Builder, value: FlatValue): FlatExpr {
  return value.kind === "scalar" ? binary("!=", value.value, ZERO) : headOf(b, value);
}

/** The value inside an option, if it has one. */
export function unwrapped(b: Builder, value: FlatValue): FlatValue {
  if (value.type.kind !== "option") throw new Error(`a ${value.type.kind} is no option`);
  if (value.kind !== "scalar") return valueAt(b, insideOf(value));
  const { of } = value.type;
  return scalar(of, add(value.value, constant(lowest(of) - 1)));
}

/** The value of a type at an ordinal; a large one is built in scratch. */
export function valueAtOrdinal(b: Builder, type: Type, ordinal: FlatExpr): FlatValue {
  if (isScalar(type)) return scalar(type, fromOrdinal(type, ordinal));
  const place = room(b, type);
  build(b, place, ordinal);
  return place;
}

/** Builds the value at an ordinal. */
export function build(b: Builder, place: Location, ordinal: FlatExpr): void {
  const { type } = place;
  if (isScalar(type)) return writeScalar(b, place, fromOrdinal(type, ordinal));
  const held = hold(b, ordinal, "ordinal");
  switch (type.kind) {
    case "option":
      writeHead(b, place, binary("!=", held, ZERO));
      return branch(
        b,
        binary("==", held, ZERO),
        () => clear(b, insideOf(place)),
        () => build(b, insideOf(place), subtract(held, ONE)),
      );
    case "record": {
      let left = held;
      for (const field of type.fields.toReversed()) {
        const digits = constant(cardinality(field.type));
        build(b, fieldOf(place, field.name), binary("%", left, digits));
        left = hold(b, binary("/", left, digits), "left");
      }
      return;
    }
    case "array":
      return buildRow(b, place, constant(cardinality(type.key)), type.of, held);
    case "sequence": {
      const firsts = firstOfLength(type);
      clear(b, place);
      const length = newLocal(b, "length");
      emit(b, { kind: "set", local: length, value: ZERO });
      firsts.forEach((first, at) => {
        if (at === 0) return;
        const then = captured(b, () =>
          emit(b, { kind: "set", local: length, value: constant(at) }),
        );
        emit(b, {
          kind: "if",
          condition: binary(">=", held, constant(first)),
          then,
          otherwise: [],
        });
      });
      writeHead(b, place, local(length));
      return buildRow(
        b,
        place,
        local(length),
        type.of,
        subtract(held, lookUp(b, firsts, local(length))),
      );
    }
    default:
      throw new Error(`no ordinals of a large ${type.kind}`);
  }
}

function buildRow(
  b: Builder,
  place: Location,
  length: FlatExpr,
  of: Type,
  ordinal: FlatExpr,
): void {
  const left = newLocal(b, "left");
  emit(b, { kind: "set", local: left, value: ordinal });
  const digits = constant(cardinality(of));
  count(b, "i", ZERO, length, (i) => {
    const position = subtract(subtract(length, ONE), i);
    build(b, elementOf(place, position), binary("%", local(left), digits));
    emit(b, { kind: "set", local: left, value: binary("/", local(left), digits) });
  });
}
