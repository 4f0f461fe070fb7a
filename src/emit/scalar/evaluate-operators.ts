// Arithmetic and comparisons.

import type { Expr, Type } from "../../machine/machine.ts";
import type { Scalar } from "./scalar.ts";
import {
  add,
  and,
  atMost,
  divide,
  eq,
  less,
  member,
  multiply,
  not,
  number,
  or,
  subtract,
} from "./scalar-build.ts";
import { mayGoWrong, type Scope } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";
import { scalarOf } from "./symbolic-build.ts";
import { equal } from "./symbolic-values.ts";

/** How parts are evaluated; passed on, since expressions of all kinds hold one another. */
export type Evaluate = (expr: Expr, scope: Scope) => Symbolic;

export type ExprOf<K extends Expr["kind"]> = Extract<Expr, { readonly kind: K }>;

/** A condition. */
export function truth(evaluate: Evaluate, expr: Expr, scope: Scope): Scalar {
  return scalarOf(evaluate(expr, scope));
}

export function arithmetic(evaluate: Evaluate, expr: ExprOf<"arithmetic">, scope: Scope): Scalar {
  const left = scalarOf(evaluate(expr.left, scope));
  const right = scalarOf(evaluate(expr.right, scope));
  switch (expr.operator) {
    case "+":
      return add(left, right);
    case "-":
      return subtract(left, right);
    case "*":
      return multiply(left, right);
    case "/":
    case "%": {
      const isUndefined = or(less(left, number(0)), atMost(right, number(0)));
      mayGoWrong(scope, isUndefined, "division", expr.span);
      return divide(expr.operator, left, right);
    }
    default:
      return expr.operator satisfies never;
  }
}

export function comparison(evaluate: Evaluate, expr: ExprOf<"comparison">, scope: Scope): Scalar {
  const left = evaluate(expr.left, scope);
  const right = evaluate(expr.right, scope);
  const { operator } = expr;
  if (operator === "==" || operator === "!=") {
    const same = equal(scope.notions, left, expr.left.type, right, expr.right.type);
    return operator === "==" ? same : not(same);
  }
  const before = (a: Symbolic, b: Symbolic): Scalar =>
    isBefore(expr.left.type, scalarOf(a), scalarOf(b));
  switch (operator) {
    case "<":
      return before(left, right);
    case ">":
      return before(right, left);
    case "<=":
      return not(before(right, left));
    case ">=":
      return not(before(left, right));
    default:
      return operator satisfies never;
  }
}

/** The order of a scalar type. */
function isBefore(type: Type, left: Scalar, right: Scalar): Scalar {
  if (type.kind === "bool") return and(not(left), right);
  if (type.kind !== "enum") return less(left, right);
  const members = type.members.map((name) => member(type, name));
  return or(
    ...members.map((name, position) =>
      and(eq(left, name), or(...members.slice(position + 1).map((later) => eq(right, later)))),
    ),
  );
}
