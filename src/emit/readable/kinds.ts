// What can be told of an expression before it is printed: how it is compared, copied, and how exact its type is.

import type { Expr, Type } from "../../machine/machine.ts";
import { fitsIn } from "../../machine/may-fault.ts";

/** Whether values of the type are compared with `===`. */
export function isScalarValue(type: Type): boolean {
  if (type.kind === "option") return isScalarValue(type.of);
  return (
    type.kind === "bool" || type.kind === "range" || type.kind === "enum" || type.kind === "process"
  );
}

/** Whether TypeScript sees the value as narrowly as the spec does; arithmetic, for one, gives just a `number`. */
export function isExact(expr: Expr): boolean {
  switch (expr.kind) {
    case "arithmetic":
    case "negate":
    case "quantifier":
    case "builtin":
    case "array":
    case "instance":
    case "let":
    case "with-index":
    case "with-element":
    case "with-field":
    case "sequence":
      return false;
    case "set-operation":
      return expr.operator === "union" || fitsIn(expr.left.type, expr.type);
    case "if":
      return isExact(expr.then) && isExact(expr.otherwise);
    case "some":
      return isExact(expr.value);
    case "convert":
      return expr.type.kind !== "range" || expr.type.name !== null;
    case "literal":
      return isScalarValue(expr.type);
    default:
      return true;
  }
}

/** Whether the value shares nothing with the state that is changed later: made here, of plain parts. */
export function isFresh(expr: Expr): boolean {
  if (isImmutable(expr.type)) return true;
  switch (expr.kind) {
    case "literal":
      return true;
    case "record":
      return expr.fields.every(({ value }) => isFresh(value));
    case "sequence":
      return expr.elements.every(isFresh);
    case "array":
      return isFresh(expr.body);
    case "some":
      return isFresh(expr.value);
    case "if":
      return isFresh(expr.then) && isFresh(expr.otherwise);
    case "with-field":
      return (
        expr.base.type.kind === "record" &&
        expr.base.type.fields.every(({ type }) => isImmutable(type))
      );
    case "with-index":
      return expr.base.type.kind === "array" && isImmutable(expr.base.type.of);
    default:
      return false;
  }
}

/** Values that no step changes in place: numbers, names, and sets, which are made anew. */
function isImmutable(type: Type): boolean {
  return isScalarValue(type) || (type.kind === "set" && isImmutable(type.of));
}
