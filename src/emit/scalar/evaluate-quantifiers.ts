// Going through the elements of a set in the order of their type: quantifiers, and bodies that may go wrong for some.

import type { Binder, Expr } from "../../machine/machine.ts";
import type { Evaluate, ExprOf } from "./evaluate-operators.ts";
import type { Scalar, ScalarType } from "./scalar.ts";
import { and, implies, isFalse, not, number, select } from "./scalar-build.ts";
import { apart, bind, type Scope, under } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";
import { expect, type SetSymbolic, scalar, scalarOf } from "./symbolic-build.ts";
import { candidatesOf, combined, elementType, isScalarType, overSet } from "./symbolic-values.ts";

export function quantified(evaluate: Evaluate, expr: ExprOf<"quantifier">, scope: Scope): Scalar {
  const { quantifier: kind, binder } = expr;
  const set = expect(evaluate(expr.set, scope), "set");
  const of = elementType(expr.set.type);
  if (!mayFaultInside(evaluate, expr.body, binder, expr.set, scope)) {
    return overSet(scope.notions, kind, set, of, binder.name, (value) =>
      scalarOf(evaluate(expr.body, bind(apart(scope), binder, value))),
    );
  }
  let at = scope;
  const parts: Scalar[] = [];
  for (const { value, when } of candidatesOf(scope.notions, set, of)) {
    const body = scalarOf(evaluate(expr.body, bind(under(at, when), binder, value)));
    // The first false ends a `forall`, the first true an `exists`.
    if (kind === "forall") {
      parts.push(implies(when, body));
      at = under(at, implies(when, body));
    } else if (kind === "exists") {
      parts.push(and(when, body));
      at = under(at, not(and(when, body)));
    } else {
      parts.push(kind === "sum" ? select(when, body, number(0)) : and(when, body));
    }
    if (isFalse(at.path)) break;
  }
  return combined(kind, parts);
}

/** May a body go wrong for some element of the set? Asked of an element that is not known. */
export function mayFaultInside(
  evaluate: Evaluate,
  body: Expr,
  binder: Binder,
  set: Expr | null,
  scope: Scope,
): boolean {
  const type = set === null ? binder.type : elementType(set.type);
  // An element of many parts is not made up: then each of them is looked at.
  if (!isScalarType(type)) return true;
  const within = apart(scope);
  evaluate(body, bind(within, binder, unknown(binder.name, type)));
  return within.sites.length > 0;
}

function unknown(name: string, type: ScalarType): Symbolic {
  return scalar({ kind: "bound", bound: { name, type } });
}

/** Evaluates a body for each element, for what may go wrong; the values are given with the conditions of their elements. */
export function forEach(
  evaluate: Evaluate,
  body: Expr,
  binder: Binder,
  elements: { readonly set: SetSymbolic; readonly expr: Expr },
  scope: Scope,
): readonly { readonly element: Symbolic; readonly when: Scalar; readonly value: Symbolic }[] {
  const of = elementType(elements.expr.type);
  return candidatesOf(scope.notions, elements.set, of).map(({ value: element, when }) => ({
    element,
    when,
    value: evaluate(body, bind(under(scope, when), binder, element)),
  }));
}
