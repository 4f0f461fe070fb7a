// Makes scalars, folding what literals and the bounds of types decide, so that unrolled quantifiers stay small.

import { cardinality } from "../../machine/machine.ts";
import type { Bound, Scalar, ScalarType } from "./scalar.ts";

export const TRUE: Scalar = { kind: "boolean", value: true };
export const FALSE: Scalar = { kind: "boolean", value: false };

type Operator = Extract<Scalar, { readonly kind: "binary" }>["operator"];

export const isTrue = (scalar: Scalar): boolean => scalar.kind === "boolean" && scalar.value;
export const isFalse = (scalar: Scalar): boolean => scalar.kind === "boolean" && !scalar.value;

export const boolean = (value: boolean): Scalar => (value ? TRUE : FALSE);
export const number = (value: number): Scalar => ({ kind: "number", value });
export const member = (type: ScalarType, name: string): Scalar => ({
  kind: "member",
  type,
  member: name,
});
export const boundScalar = (bound: Bound): Scalar => ({ kind: "bound", bound });

const binary = (operator: Operator, left: Scalar, right: Scalar): Scalar => ({
  kind: "binary",
  operator,
  left,
  right,
});

/** Conjunction from left to right; what follows a `false` is not evaluated. */
export function and(...parts: readonly Scalar[]): Scalar {
  let all: Scalar = TRUE;
  for (const part of parts) {
    if (isFalse(all)) return FALSE;
    if (isTrue(part)) continue;
    if (isFalse(part)) {
      // What stands before cannot fault.
      return FALSE;
    }
    all = isTrue(all) ? part : binary("and", all, part);
  }
  return all;
}

/** Disjunction from left to right. */
export function or(...parts: readonly Scalar[]): Scalar {
  let any: Scalar = FALSE;
  for (const part of parts) {
    if (isFalse(part)) continue;
    if (isTrue(part) || isTrue(any)) return TRUE;
    any = isFalse(any) ? part : binary("or", any, part);
  }
  return any;
}

const COMPLEMENTS: { readonly [operator in Operator]?: Operator } = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};

export function not(operand: Scalar): Scalar {
  if (operand.kind === "boolean") return boolean(!operand.value);
  if (operand.kind === "not") return operand.operand;
  if (operand.kind === "binary") {
    const complement = COMPLEMENTS[operand.operator];
    if (complement !== undefined) return { ...operand, operator: complement };
  }
  return { kind: "not", operand };
}

/** `left` implies `right`. */
export const implies = (left: Scalar, right: Scalar): Scalar => or(not(left), right);

export function select(condition: Scalar, then: Scalar, otherwise: Scalar): Scalar {
  if (isTrue(condition)) return then;
  if (isFalse(condition) || same(then, otherwise)) return otherwise;
  if (isTrue(then)) return or(condition, otherwise);
  if (isFalse(then)) return and(not(condition), otherwise);
  if (isTrue(otherwise)) return or(not(condition), then);
  if (isFalse(otherwise)) return and(condition, then);
  return { kind: "select", condition, then, otherwise };
}

/** Surely the same, without looking far: equal literals, the very same scalar. */
function same(left: Scalar, right: Scalar): boolean {
  if (left === right) return true;
  if (left.kind === "number" && right.kind === "number") return left.value === right.value;
  if (left.kind === "boolean" && right.kind === "boolean") return left.value === right.value;
  return left.kind === "member" && right.kind === "member" && left.member === right.member;
}

// ---------------------------------------------------------------- numbers

interface Interval {
  readonly lo: number;
  readonly hi: number;
}

const intervals = new WeakMap<Scalar, Interval>();
const ANY: Interval = { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY };

/** Bounds of a number, as far as literals and types tell. */
export function intervalOf(scalar: Scalar): Interval {
  if (scalar.kind === "number") return { lo: scalar.value, hi: scalar.value };
  const known = intervals.get(scalar);
  if (known !== undefined) return known;
  const found = computedInterval(scalar);
  intervals.set(scalar, found);
  return found;
}

function computedInterval(scalar: Scalar): Interval {
  switch (scalar.kind) {
    case "read":
      return scalar.type.kind === "range" ? scalar.type : ANY;
    case "bound":
      return scalar.bound.type.kind === "range" ? scalar.bound.type : ANY;
    case "negate": {
      const { lo, hi } = intervalOf(scalar.operand);
      return { lo: 0 - hi, hi: 0 - lo };
    }
    case "select": {
      const [a, b] = [intervalOf(scalar.then), intervalOf(scalar.otherwise)];
      return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) };
    }
    case "quantifier": {
      const times = cardinality(scalar.bound.type);
      if (scalar.quantifier === "count") return { lo: 0, hi: times };
      if (scalar.quantifier !== "sum") return ANY;
      const { lo, hi } = intervalOf(scalar.body);
      return Number.isFinite(lo) && Number.isFinite(hi) ? { lo: lo * times, hi: hi * times } : ANY;
    }
    case "binary":
      return binaryInterval(scalar.operator, intervalOf(scalar.left), intervalOf(scalar.right));
    default:
      return ANY;
  }
}

function binaryInterval(operator: Operator, a: Interval, b: Interval): Interval {
  const finite = [a.lo, a.hi, b.lo, b.hi].every(Number.isFinite);
  switch (operator) {
    case "+":
      return { lo: a.lo + b.lo, hi: a.hi + b.hi };
    case "-":
      return { lo: a.lo - b.hi, hi: a.hi - b.lo };
    case "*": {
      if (!finite) return ANY;
      const corners = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
      return { lo: Math.min(...corners), hi: Math.max(...corners) };
    }
    // Where it is evaluated, the left side is not negative and the right one positive.
    case "/":
      return { lo: 0, hi: Math.max(0, a.hi) };
    case "%":
      return { lo: 0, hi: Math.max(0, Math.min(a.hi, b.hi - 1)) };
    default:
      return ANY;
  }
}

export function add(left: Scalar, right: Scalar): Scalar {
  if (left.kind === "number" && right.kind === "number") return number(left.value + right.value);
  if (left.kind === "number" && left.value === 0) return right;
  if (right.kind === "number" && right.value === 0) return left;
  return binary("+", left, right);
}

export function subtract(left: Scalar, right: Scalar): Scalar {
  if (left.kind === "number" && right.kind === "number") return number(left.value - right.value);
  if (right.kind === "number" && right.value === 0) return left;
  return binary("-", left, right);
}

export function multiply(left: Scalar, right: Scalar): Scalar {
  if (left.kind === "number" && right.kind === "number")
    return number(left.value * right.value + 0);
  return binary("*", left, right);
}

/** Only evaluated where the left side is not negative and the right one positive. */
export function divide(operator: "/" | "%", left: Scalar, right: Scalar): Scalar {
  if (left.kind === "number" && right.kind === "number" && left.value >= 0 && right.value > 0) {
    return number(
      operator === "/" ? Math.floor(left.value / right.value) : left.value % right.value,
    );
  }
  return binary(operator, left, right);
}

export function negate(operand: Scalar): Scalar {
  return operand.kind === "number" ? number(0 - operand.value) : { kind: "negate", operand };
}

// ---------------------------------------------------------------- comparisons

/** Equality of two booleans, two numbers or two members. */
export function eq(left: Scalar, right: Scalar): Scalar {
  if (isLiteral(left) && isLiteral(right)) return boolean(same(left, right));
  if (left.kind === "boolean") return left.value ? right : not(right);
  if (right.kind === "boolean") return right.value ? left : not(left);
  const [a, b] = [intervalOf(left), intervalOf(right)];
  if (a.hi < b.lo || b.hi < a.lo) return FALSE;
  if (a.lo === a.hi && a.lo === b.lo && a.lo === b.hi) return TRUE;
  return isLiteral(left) ? binary("==", right, left) : binary("==", left, right);
}

function isLiteral(scalar: Scalar): boolean {
  return scalar.kind === "boolean" || scalar.kind === "number" || scalar.kind === "member";
}

/** `<` and `<=` of numbers. */
export function less(left: Scalar, right: Scalar): Scalar {
  const [a, b] = [intervalOf(left), intervalOf(right)];
  if (a.hi < b.lo) return TRUE;
  if (a.lo >= b.hi) return FALSE;
  return isLiteral(left) ? binary(">", right, left) : binary("<", left, right);
}

export function atMost(left: Scalar, right: Scalar): Scalar {
  const [a, b] = [intervalOf(left), intervalOf(right)];
  if (a.hi <= b.lo) return TRUE;
  if (a.lo > b.hi) return FALSE;
  return isLiteral(left) ? binary(">=", right, left) : binary("<=", left, right);
}

/** Does a number lie between two literals? */
export function within(scalar: Scalar, lo: number, hi: number): Scalar {
  if (lo === hi) return eq(scalar, number(lo));
  return and(atMost(number(lo), scalar), atMost(scalar, number(hi)));
}

export function quantifier(
  kind: Extract<Scalar, { readonly kind: "quantifier" }>["quantifier"],
  bound: Bound,
  body: Scalar,
): Scalar {
  if (body.kind === "boolean" && (kind === "forall" || kind === "exists")) return body;
  return { kind: "quantifier", quantifier: kind, bound, body };
}
