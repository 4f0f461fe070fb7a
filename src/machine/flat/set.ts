// Sets while flattening: building them, running over them, and what is asked of them.

import type { Span } from "../../diagnostics/source.ts";
import { isScalar, WORD_BITS } from "../layout.ts";
import { cardinality, type Expr, type Type } from "../machine.ts";
import { type Builder, branch, captured, count, emit, hold, newLocal, require } from "./builder.ts";
import { assign, converted, insert, located, maskOf } from "./convert.ts";
import {
  add,
  binary,
  bitAt,
  constant,
  local,
  ONE,
  select,
  shiftLeft,
  shiftRight,
  subtract,
  unary,
  ZERO,
} from "./fold.ts";
import { ordinalOf, valueAtOrdinal } from "./ordinal.ts";
import type { FlatExpr } from "./program.ts";
import { apart, bind, type ExprOf, mayEnd, number, type Scope, value } from "./scope.ts";
import {
  clear,
  elementType,
  type FlatValue,
  held,
  inSet,
  lowest,
  room,
  scalar,
  setWord,
  writeSetWord,
} from "./value.ts";

type SetExpr = ExprOf<"set-operation" | "interval" | "type-set" | "set" | "map" | "filter">;

/** The value of an expression that makes a set. */
export function setValue(scope: Scope, expr: SetExpr): FlatValue {
  const { b } = scope;
  if (expr.kind === "set-operation") return setOperation(scope, expr);
  const of = elementType(expr.type);
  if (expr.kind === "interval" && isScalar(expr.type))
    return scalar(expr.type, intervalMask(scope, expr, of));
  if (expr.kind === "type-set" && isScalar(expr.type)) {
    return scalar(expr.type, constant(maskOf(0, cardinality(of) - 1)));
  }
  if (expr.kind === "set" && isScalar(expr.type)) {
    const bits = expr.elements.map((element) =>
      bitAt(ordinalOf(b, value(scope, element), of).ordinal),
    );
    return scalar(
      expr.type,
      bits.reduce((all, bit) => binary("bit-or", all, bit), ZERO),
    );
  }
  const set = gathering(b, expr.type);
  switch (expr.kind) {
    case "set":
      for (const element of expr.elements) set.add(ordinalOf(b, value(scope, element), of).ordinal);
      break;
    case "map":
      forEach(scope, expr.set, (element) => {
        const image = bind(scope, expr.binder, element, () => value(scope, expr.body));
        set.add(ordinalOf(b, image, of).ordinal);
      });
      break;
    case "filter":
      forEach(scope, expr.set, (element) => {
        const condition = bind(scope, expr.binder, element, () => number(scope, expr.condition));
        branch(b, condition, () => set.add(ordinalOf(b, element, of).ordinal));
      });
      break;
    default:
      forEach(scope, expr, (element) => set.add(ordinalOf(b, element, of).ordinal));
  }
  return set.value();
}

interface Gathering {
  readonly add: (ordinal: FlatExpr) => void;
  readonly value: () => FlatValue;
}

/** A set that grows. While it is one constant mask, it stays one. */
function gathering(b: Builder, type: Type): Gathering {
  if (!isScalar(type)) {
    const place = room(b, type);
    clear(b, place);
    return { add: (ordinal) => insert(b, place, hold(b, ordinal, "ordinal")), value: () => place };
  }
  const mask = newLocal(b, "set");
  emit(b, { kind: "set", local: mask, value: ZERO });
  return {
    add: (ordinal) =>
      emit(b, { kind: "set", local: mask, value: binary("bit-or", local(mask), bitAt(ordinal)) }),
    value: () => scalar(type, local(mask)),
  };
}

function intervalMask(scope: Scope, expr: ExprOf<"interval">, of: Type): FlatExpr {
  const { b } = scope;
  const lo = hold(b, number(scope, expr.lo), "lo");
  const hi = hold(b, number(scope, expr.hi), "hi");
  const ones = shiftRight(constant(-1), subtract(constant(WORD_BITS - 1), subtract(hi, lo)));
  const mask = shiftLeft(ones, subtract(lo, constant(lowest(of))));
  return select(binary("<=", lo, hi), mask, ZERO);
}

function setOperation(scope: Scope, expr: ExprOf<"set-operation">): FlatValue {
  const { b } = scope;
  const left = asSet(b, held(b, value(scope, expr.left)), expr.type);
  const right = asSet(b, held(b, value(scope, expr.right)), expr.type);
  if (left.kind === "scalar" && right.kind === "scalar") {
    return scalar(expr.type, combined(expr.operator, left.value, right.value));
  }
  const place = room(b, expr.type);
  count(b, "i", ZERO, constant(Math.ceil(cardinality(elementType(expr.type)) / WORD_BITS)), (i) => {
    const words = [setWord(b, located(left), i), setWord(b, located(right), i)] as const;
    writeSetWord(b, place, i, combined(expr.operator, ...words));
  });
  return place;
}

function combined(
  operator: ExprOf<"set-operation">["operator"],
  left: FlatExpr,
  right: FlatExpr,
): FlatExpr {
  if (operator === "union") return binary("bit-or", left, right);
  return binary("bit-and", left, operator === "intersect" ? right : unary("bit-not", right));
}

/** The set as one of this type; elements that the type lacks are left out. */
function asSet(b: Builder, set: FlatValue, type: Type): FlatValue {
  if (isScalar(type)) return converted(b, set, type, null);
  const place = room(b, type);
  assign(b, place, set, null);
  return place;
}

/** Runs over the elements of a set in the order of their type; the body may `break` the loop by its id. */
export function forEach(
  scope: Scope,
  set: Expr,
  body: (element: FlatValue, id: number) => void,
): void {
  const { b } = scope;
  const of = elementType(set.type);
  if (set.kind === "type-set") {
    return count(b, "o", ZERO, constant(cardinality(set.of)), (o, id) =>
      body(valueAtOrdinal(b, set.of, o), id),
    );
  }
  if (set.kind === "interval") {
    const lo = hold(b, number(scope, set.lo), "lo");
    const hi = hold(b, number(scope, set.hi), "hi");
    return count(b, "n", lo, add(hi, ONE), (n, id) => body(scalar(of, n), id));
  }
  if (set.kind === "filter" && forEachFiltered(scope, set, body)) return;
  eachElement(b, held(b, value(scope, set), "set"), body);
}

/** Tests each element on the way, which is right only if the test cannot fault: else all are tested first. */
function forEachFiltered(
  scope: Scope,
  set: ExprOf<"filter">,
  body: (element: FlatValue, id: number) => void,
): boolean {
  const { b } = scope;
  let faults = false;
  const loop = captured(b, () => {
    forEach(scope, set.set, (element, id) => {
      const test = bind(scope, set.binder, element, () =>
        apart(b, () => number(scope, set.condition)),
      );
      faults ||= mayEnd(test.work);
      if (faults) return;
      for (const statement of test.work) emit(b, statement);
      branch(b, test.value, () => body(element, id));
    });
  });
  if (faults) return false;
  for (const statement of loop) emit(b, statement);
  return true;
}

/** Runs over the elements of a set value. */
export function eachElement(
  b: Builder,
  set: FlatValue,
  body: (element: FlatValue, id: number) => void,
): void {
  const of = elementType(set.type);
  count(b, "o", ZERO, constant(cardinality(of)), (o, id) => {
    branch(b, inSet(b, set, o), () => body(valueAtOrdinal(b, of, o), id));
  });
}

/** `size` of a set. */
export function sizeOfSet(b: Builder, set: FlatValue): FlatExpr {
  if (set.kind === "scalar") return unary("count-bits", set.value);
  const size = newLocal(b, "size");
  emit(b, { kind: "set", local: size, value: ZERO });
  count(b, "i", ZERO, wordsOf(set), (i) => {
    const more = unary("count-bits", setWord(b, set, i));
    emit(b, { kind: "set", local: size, value: add(local(size), more) });
  });
  return local(size);
}

/** `min` or `max` of a set: its first or last element, in the order of the type. */
export function endOfSet(b: Builder, which: "min" | "max", set: FlatValue, span: Span): FlatValue {
  const of = elementType(set.type);
  const end = which === "min" ? "lowest-bit" : "highest-bit";
  if (set.kind === "scalar") {
    const mask = hold(b, set.value, "set");
    require(b, binary("!=", mask, ZERO), "empty-set", span);
    return valueAtOrdinal(b, of, unary(end, mask));
  }
  const found = newLocal(b, which);
  emit(b, { kind: "set", local: found, value: constant(-1) });
  const words = wordsOf(set);
  count(b, "i", ZERO, words, (i, id) => {
    const position = which === "min" ? i : subtract(subtract(words, ONE), i);
    const word = hold(b, setWord(b, set, position), "word");
    branch(b, binary("!=", word, ZERO), () => {
      const first = shiftLeft(position, constant(5));
      emit(b, { kind: "set", local: found, value: add(first, unary(end, word)) });
      emit(b, { kind: "break", id });
    });
  });
  require(b, binary(">=", local(found), ZERO), "empty-set", span);
  return valueAtOrdinal(b, of, local(found));
}

/** Words of a set of more than 32 elements. */
function wordsOf(set: FlatValue): FlatExpr {
  return constant(Math.ceil(cardinality(elementType(set.type)) / WORD_BITS));
}
