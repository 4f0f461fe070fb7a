// Comparing values of types alike while flattening.

import { WORD_BITS } from "../layout.ts";
import { cardinality } from "../machine.ts";
import { type Builder, branch, captured, count, emit, hold, lookUp, newLocal } from "./builder.ts";
import { located, ordinalMap, sameElements } from "./convert.ts";
import { add, and, binary, constant, known, local, not, ONE, or, unary, ZERO } from "./fold.ts";
import { hasValue, ordinalOf, unwrapped } from "./ordinal.ts";
import type { FlatExpr } from "./program.ts";
import {
  elementOf,
  elementType,
  type FlatValue,
  fieldOf,
  headOf,
  inSet,
  type Location,
  lowest,
  setWord,
  valueAt,
} from "./value.ts";

/** Are these the same value? 0 or 1. */
export function equal(b: Builder, left: FlatValue, right: FlatValue): FlatExpr {
  const [a, z] = [left.type, right.type];
  if (a.kind === "option" || z.kind === "option") return optionsEqual(b, left, right);
  if (a.kind === "set" && z.kind === "set") return setsEqual(b, left, right);
  if (left.kind === "scalar" && right.kind === "scalar")
    return binary("==", left.value, right.value);
  const [from, to] = [located(left), located(right)];
  switch (a.kind) {
    case "record":
      return a.fields.reduce<FlatExpr>((all, field) => {
        return and(
          all,
          equal(b, valueAt(b, fieldOf(from, field.name)), valueAt(b, fieldOf(to, field.name))),
        );
      }, ONE);
    case "array":
      return rowsEqual(b, from, to, constant(cardinality(a.key)));
    case "sequence": {
      const length = hold(b, headOf(b, from), "length");
      const same = newLocal(b, "same");
      emit(b, { kind: "set", local: same, value: binary("==", length, headOf(b, to)) });
      branch(b, local(same), () => {
        emit(b, { kind: "set", local: same, value: rowsEqual(b, from, to, length) });
      });
      return local(same);
    }
    default:
      throw new Error(`a ${a.kind} is compared as one number`);
  }
}

function rowsEqual(b: Builder, left: Location, right: Location, length: FlatExpr): FlatExpr {
  const same = newLocal(b, "same");
  emit(b, { kind: "set", local: same, value: ONE });
  count(b, "i", ZERO, length, (i, id) => {
    const equals = equal(b, valueAt(b, elementOf(left, i)), valueAt(b, elementOf(right, i)));
    branch(b, not(equals), () => {
      emit(b, { kind: "set", local: same, value: ZERO });
      emit(b, { kind: "break", id });
    });
  });
  return local(same);
}

function optionsEqual(b: Builder, left: FlatValue, right: FlatValue): FlatExpr {
  if (left.type.kind !== "option") return optionsEqual(b, right, left);
  if (right.type.kind !== "option")
    return both(b, hasValue(b, left), () => equal(b, unwrapped(b, left), right));
  if (left.kind === "scalar" && right.kind === "scalar") {
    const shift = lowest(left.type.of) - lowest(right.type.of);
    if (shift === 0) return binary("==", left.value, right.value);
    const [a, z] = [hold(b, left.value), hold(b, right.value)];
    const nulls = and(binary("==", a, ZERO), binary("==", z, ZERO));
    const values = and(binary("!=", a, ZERO), binary("!=", z, ZERO));
    return or(nulls, and(values, binary("==", add(a, constant(shift)), z)));
  }
  const some = hold(b, hasValue(b, left), "some");
  const other = hold(b, hasValue(b, right), "some");
  const values = both(b, and(some, other), () => equal(b, unwrapped(b, left), unwrapped(b, right)));
  return or(and(not(some), not(other)), values);
}

/** `first && second`, where what `second` does is done only if the first is true. */
export function both(b: Builder, first: FlatExpr, second: () => FlatExpr): FlatExpr {
  let value: FlatExpr = ZERO;
  const work = captured(b, () => {
    value = second();
  });
  if (work.length === 0) return and(first, value);
  const result = newLocal(b, "both");
  emit(b, { kind: "set", local: result, value: first });
  emit(b, {
    kind: "if",
    condition: local(result),
    then: [...work, { kind: "set", local: result, value }],
    otherwise: [],
  });
  return local(result);
}

function setsEqual(b: Builder, left: FlatValue, right: FlatValue): FlatExpr {
  if (
    left.kind === "scalar" &&
    right.kind === "scalar" &&
    sameElements(elementType(left.type), elementType(right.type))
  ) {
    return binary("==", left.value, right.value);
  }
  return both(b, subset(b, left, right), () => subset(b, right, left));
}

/** Is every element of the first set in the second? */
export function subset(b: Builder, left: FlatValue, right: FlatValue): FlatExpr {
  const [from, to] = [elementType(left.type), elementType(right.type)];
  const same = sameElements(from, to);
  if (same && left.kind === "scalar" && right.kind === "scalar") {
    return binary("==", binary("bit-and", left.value, unary("bit-not", right.value)), ZERO);
  }
  const result = newLocal(b, "subset");
  emit(b, { kind: "set", local: result, value: ONE });
  const fail = (id: number): void => {
    emit(b, { kind: "set", local: result, value: ZERO });
    emit(b, { kind: "break", id });
  };
  if (same && left.kind !== "scalar" && right.kind !== "scalar") {
    count(b, "i", ZERO, constant(Math.ceil(cardinality(from) / WORD_BITS)), (i, id) => {
      const missing = binary(
        "bit-and",
        setWord(b, left, i),
        unary("bit-not", setWord(b, right, i)),
      );
      branch(b, binary("!=", missing, ZERO), () => fail(id));
    });
    return local(result);
  }
  const map = ordinalMap(from, to);
  count(b, "o", ZERO, constant(cardinality(from)), (o, id) => {
    branch(b, inSet(b, left, o), () => {
      const ordinal = hold(b, lookUp(b, map, o), "ordinal");
      const there = both(b, binary(">=", ordinal, ZERO), () => hold(b, inSet(b, right, ordinal)));
      branch(b, not(there), () => fail(id));
    });
  });
  return local(result);
}

/** Is the value an element of the set? */
export function member(b: Builder, element: FlatValue, set: FlatValue): FlatExpr {
  const { inside, ordinal } = ordinalOf(b, element, elementType(set.type));
  if (known(inside) === 1) return inSet(b, set, hold(b, ordinal, "ordinal"));
  return both(b, inside, () => {
    const held = hold(b, ordinal, "ordinal");
    return inSet(b, set, held);
  });
}
