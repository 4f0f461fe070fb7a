// Expressions as far as they are known before a machine runs: the index of a process instance, locals with one value.

import { mapChildren } from "../../language/expressions.ts";
import type { Expr, Local, Type, Value } from "../machine.ts";
import { cardinality, evaluateConstant, valuesOf } from "../machine.ts";

/** Values of locals that are known. */
export type Known = ReadonlyMap<Local, Value>;

/** The value of an expression if the known locals tell it; undefined if not. */
export function knownValue(expr: Expr, known: Known): Value | undefined {
  return evaluateConstant(known.size === 0 ? expr : substituted(expr, known));
}

function substituted(expr: Expr, known: Known): Expr {
  if (expr.kind === "local") {
    const value = known.get(expr.local);
    return value === undefined
      ? expr
      : { kind: "literal", value, type: expr.type, span: expr.span };
  }
  return mapChildren(expr, (child) => substituted(child, known));
}

/** The value at a position of a type; undefined if there is none. */
export function valueAt(type: Type, position: number): Value | undefined {
  if (type.kind === "range") return type.lo + position;
  let at = 0;
  for (const value of valuesOf(type)) {
    if (at === position) return value;
    at += 1;
  }
  return undefined;
}

/** Types of more values than this are not listed. */
const MOST_VALUES = 1 << 12;
const listed = new WeakMap<Type, ReadonlyMap<string, number>>();

/** The position of a value among those of a type: -1 if it is none of them, null if there are too many to say. */
export function positionIn(type: Type, value: Value): number | null {
  if (type.kind === "range") {
    const inside = typeof value === "number" && value >= type.lo && value <= type.hi;
    return inside ? value - type.lo : -1;
  }
  if (cardinality(type) > MOST_VALUES) return null;
  const positions =
    listed.get(type) ??
    new Map([...valuesOf(type)].map((one, position) => [JSON.stringify(one), position]));
  listed.set(type, positions);
  return positions.get(JSON.stringify(value)) ?? -1;
}
