// Flat expressions that are 0 or 1, put together.

import { and, binary, known, not, ONE, or, same, select, ZERO } from "./fold.ts";
import type { FlatExpr } from "./program.ts";

const COMPARISONS: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">=", "and", "or"]);

/** Whether an expression is sure to be 0 or 1. */
export function isTruth(expr: FlatExpr): boolean {
  switch (expr.kind) {
    case "const":
      return expr.value === 0 || expr.value === 1;
    case "unary":
      return expr.operator === "not";
    case "binary":
      return (
        COMPARISONS.has(expr.operator) || (expr.operator === "bit-and" && known(expr.right) === 1)
      );
    case "select":
      return isTruth(expr.then) && isTruth(expr.otherwise);
    default:
      return false;
  }
}

/** 1 if the expression is not 0. */
export function truth(expr: FlatExpr): FlatExpr {
  return isTruth(expr) ? expr : binary("!=", expr, ZERO);
}

/** `condition ? then : otherwise`, as a plain `and` or `or` where it is one. The condition is a truth. */
export function choice(condition: FlatExpr, then: FlatExpr, otherwise: FlatExpr): FlatExpr {
  if (known(condition) !== null) return select(condition, then, otherwise);
  const refused = not(condition);
  // `x ? then : x`, `x ? then : !x`: where it is taken, it is known.
  const no = same(otherwise, condition) ? ZERO : same(otherwise, refused) ? ONE : otherwise;
  if (known(no) === 0 && isTruth(then)) return and(condition, then);
  if (known(then) === 1 && isTruth(no)) return or(condition, no);
  if (known(then) === 0 && isTruth(no)) return and(refused, no);
  if (known(no) === 1 && isTruth(then)) return or(refused, then);
  return select(condition, then, no);
}

/** The parts of a conjunction. */
export function conjuncts(expr: FlatExpr): readonly FlatExpr[] {
  if (expr.kind !== "binary" || expr.operator !== "and") return [expr];
  return [...conjuncts(expr.left), ...conjuncts(expr.right)];
}

/** The parts of a disjunction. */
export function disjuncts(expr: FlatExpr): readonly FlatExpr[] {
  if (expr.kind !== "binary" || expr.operator !== "or") return [expr];
  return [...disjuncts(expr.left), ...disjuncts(expr.right)];
}
