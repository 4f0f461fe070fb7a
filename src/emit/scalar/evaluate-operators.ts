// Arithmetic and comparison of values that are evaluated.

import { type Expr, firstValue } from "../../machine/machine.ts";
import { ordinal } from "./ordinal.ts";
import type { Scalar } from "./scalar.ts";
import { add, atMost, divide, less, multiply, not, number, or, subtract } from "./scalar-build.ts";
import { mayGoWrong, type Notions, type Scope } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";
import { scalarOf } from "./symbolic-build.ts";
import { equal } from "./symbolic-values.ts";

export function arithmetic(
  expr: Extract<Expr, { readonly kind: "arithmetic" }>,
  leftValue: Symbolic,
  rightValue: Symbolic,
  scope: Scope,
): Scalar {
  const [left, right] = [scalarOf(leftValue), scalarOf(rightValue)];
  switch (expr.operator) {
    case "+":
      return add(left, right);
    case "-":
      return subtract(left, right);
    case "*":
      return multiply(left, right);
    case "/":
    case "%": {
      const undefinedThere = or(less(left, number(0)), atMost(right, number(0)));
      mayGoWrong(scope, undefinedThere, "division", expr.span);
      return divide(expr.operator, left, right);
    }
    default:
      return expr.operator satisfies never;
  }
}

export function comparison(
  expr: Extract<Expr, { readonly kind: "comparison" }>,
  left: Symbolic,
  right: Symbolic,
  notions: Notions,
): Scalar {
  const { operator } = expr;
  if (operator === "==" || operator === "!=") {
    const same = equal(notions, left, expr.left.type, right, expr.right.type);
    return operator === "==" ? same : not(same);
  }
  // Numbers, or members of an enum in loops that the machine makes.
  const ranked = (value: Symbolic, type: Expr["type"]): Scalar =>
    typeof firstValue(type) === "number" ? scalarOf(value) : ordinal(notions, value, type);
  const [a, b] = [ranked(left, expr.left.type), ranked(right, expr.right.type)];
  switch (operator) {
    case "<":
      return less(a, b);
    case "<=":
      return atMost(a, b);
    case ">":
      return less(b, a);
    case ">=":
      return atMost(b, a);
    default:
      return operator satisfies never;
  }
}
