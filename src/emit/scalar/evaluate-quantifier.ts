// Quantifiers: kept or unrolled where nothing can go wrong, else gone through element by element.

import type { Expr } from "../../machine/machine.ts";
import { mayFault } from "../../machine/may-fault.ts";
import type { Evaluate } from "./lock-keys.ts";
import type { Scalar } from "./scalar.ts";
import { and, implies, not, number, select, TRUE } from "./scalar-build.ts";
import { apart, bind, type Scope, under } from "./scope.ts";
import { expect, scalarOf } from "./symbolic-build.ts";
import { candidatesOf, combined, elementType, overSet } from "./symbolic-values.ts";

/** `forall` and `exists` stop at the first element that decides, in the order of the type; the others go through all. */
export function quantified(
  expr: Extract<Expr, { readonly kind: "quantifier" }>,
  scope: Scope,
  evaluate: Evaluate,
): Scalar {
  const { quantifier, binder, body } = expr;
  const set = expect(evaluate(expr.set, scope), "set");
  const of = elementType(expr.set.type);
  if (!mayFault(body)) {
    const quiet = apart(scope);
    return overSet(scope.notions, quantifier, set, of, binder.name, (value) =>
      scalarOf(evaluate(body, bind(quiet, binder, value))),
    );
  }
  let undecided: Scalar = TRUE;
  const parts = candidatesOf(scope.notions, set, of).map(({ value, when }) => {
    const here = bind(under(under(scope, undecided), when), binder, value);
    const part = scalarOf(evaluate(body, here));
    switch (quantifier) {
      case "forall": {
        const holds = implies(when, part);
        undecided = and(undecided, holds);
        return holds;
      }
      case "exists": {
        const found = and(when, part);
        undecided = and(undecided, not(found));
        return found;
      }
      case "count":
        return and(when, part);
      case "sum":
        return select(when, part, number(0));
      default:
        return quantifier satisfies never;
    }
  });
  return combined(quantifier, parts);
}
