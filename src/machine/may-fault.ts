// Whether evaluating an expression may go wrong, as far as the types of its parts tell.

import { childrenOf } from "../language/expressions.ts";
import type { Expr, LockPlace, Process, Type, Value } from "./machine.ts";

/** May this expression, or a part of it, be a fault? */
export function mayFault(expr: Expr): boolean {
  return faultsItself(expr) || childrenOf(expr).some(mayFault);
}

function faultsItself(expr: Expr): boolean {
  switch (expr.kind) {
    case "index":
    case "with-index":
      return expr.base.type.kind !== "array" || !fitsIn(expr.index.type, expr.base.type.key);
    case "element":
    case "with-element":
    case "unwrap":
      return true;
    case "arithmetic":
      return (expr.operator === "/" || expr.operator === "%") && !divides(expr.left, expr.right);
    case "builtin":
      return expr.function !== "size" && expr.function !== "length";
    case "convert":
      return !fitsIn(expr.value.type, expr.type);
    case "instance":
    case "done":
    case "located":
    case "at":
    case "process-variable":
    case "taken":
      return expr.index !== null && !isInstance(expr.index.type, expr.process);
    case "holder":
    case "held":
      return !isLock(expr.lock);
    default:
      return false;
  }
}

/** Is a division always defined? */
export function divides(left: Expr, right: Expr): boolean {
  return (
    left.type.kind === "range" &&
    left.type.lo >= 0 &&
    right.type.kind === "range" &&
    right.type.lo > 0
  );
}

/** Does each value of the type index an instance of the process? */
export function isInstance(type: Type, process: Process): boolean {
  const values = process.index?.values ?? [];
  if (type.kind === "range") return rangeIn(type.lo, type.hi, values);
  if (type.kind === "enum") return type.members.every((member) => values.includes(member));
  return type.kind === "bool" && values.length === 2;
}

function rangeIn(lo: number, hi: number, values: readonly Value[]): boolean {
  if (hi - lo >= values.length) return false;
  for (let value = lo; value <= hi; value += 1) if (!values.includes(value)) return false;
  return true;
}

/** Do all indices that the place may have denote a lock? */
export function isLock(place: LockPlace): boolean {
  return place.lock.keys.every((key, depth) => {
    const index = place.indices[depth];
    return index !== undefined && fitsIn(index.type, key);
  });
}

/** Is every value of one type also one of the other, as far as the types tell? */
export function fitsIn(type: Type, whole: Type): boolean {
  if (whole.kind === "option") return fitsIn(type.kind === "option" ? type.of : type, whole.of);
  if (type.kind === "range" && whole.kind === "range") {
    return type.lo >= whole.lo && type.hi <= whole.hi;
  }
  if (type.kind !== whole.kind) return false;
  switch (type.kind) {
    case "set":
      return whole.kind === "set" && fitsIn(type.of, whole.of);
    case "array":
      return whole.kind === "array" && fitsIn(type.of, whole.of);
    case "sequence":
      return whole.kind === "sequence" && type.upto <= whole.upto && fitsIn(type.of, whole.of);
    case "record":
      return whole.kind === "record" && recordFits(type, whole);
    default:
      return true;
  }
}

type RecordType = Type & { readonly kind: "record" };

function recordFits(type: RecordType, whole: RecordType): boolean {
  return type.fields.every((field) =>
    whole.fields.some((other) => other.name === field.name && fitsIn(field.type, other.type)),
  );
}
