// What expressions mean, as scalars of their parts. Goes through an expression as it would be evaluated, so that faults
// come in the same order and under the same conditions.

import type { Expr } from "../../machine/machine.ts";
import { builtin, collection } from "./evaluate-collections.ts";
import { arithmetic, comparison, type Evaluate, type ExprOf, truth } from "./evaluate-operators.ts";
import { aboutProcess } from "./evaluate-processes.ts";
import { quantified } from "./evaluate-quantifiers.ts";
import { replaced } from "./replace.ts";
import type { Scalar } from "./scalar.ts";
import {
  and,
  atMost,
  eq,
  implies,
  isFalse,
  less,
  negate,
  not,
  number,
  or,
} from "./scalar-build.ts";
import { bind, boundValue, mayGoWrong, type Scope, under } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";
import { asOption, choose, expect, scalar, scalarOf, shaped } from "./symbolic-build.ts";
import { fits, guarded } from "./symbolic-fits.ts";
import { literal } from "./symbolic-values.ts";

/** The value; what may go wrong on the way is added to `scope.sites`. */
export const evaluate: Evaluate = (expr, scope) => {
  const { notions, reading } = scope;
  switch (expr.kind) {
    case "literal":
      return literal(notions, expr.value, expr.type);
    case "constant":
      return literal(notions, expr.constant.value, expr.constant.type);
    case "variable":
      return guarded(notions, reading.variable(expr.variable), expr.variable.type);
    case "local":
      return guarded(notions, reading.local(expr.local), expr.local.type);
    case "bound":
      return boundValue(scope, expr.binder);
    case "index":
    case "element":
    case "with-index":
    case "with-element":
      return part(expr, scope);
    case "field":
      return expect(evaluate(expr.base, scope), "record").field(expr.field);
    case "with-field": {
      const base = evaluate(expr.base, scope);
      const value = evaluate(expr.value, scope);
      return replaced(base, [{ kind: "field", name: expr.field }], value, expr.value.type);
    }
    case "not":
      return scalar(not(truth(evaluate, expr.operand, scope)));
    case "negate":
      return scalar(negate(scalarOf(evaluate(expr.operand, scope))));
    case "logical":
      return scalar(logical(expr, scope));
    case "arithmetic":
      return scalar(arithmetic(evaluate, expr, scope));
    case "comparison":
      return scalar(comparison(evaluate, expr, scope));
    case "if": {
      const condition = truth(evaluate, expr.condition, scope);
      const otherwise = not(condition);
      if (isFalse(otherwise)) return evaluate(expr.then, scope);
      if (isFalse(condition)) return evaluate(expr.otherwise, scope);
      return choose(
        condition,
        evaluate(expr.then, under(scope, condition)),
        evaluate(expr.otherwise, under(scope, otherwise)),
      );
    }
    case "let":
      return evaluate(expr.body, bind(scope, expr.binder, evaluate(expr.value, scope)));
    case "quantifier":
      return scalar(quantified(evaluate, expr, scope));
    case "record": {
      const values = new Map(
        expr.fields.map(({ name, value }) => [name, evaluate(value, scope)] as const),
      );
      return {
        kind: "record",
        field: (name) => {
          const value = values.get(name);
          if (value === undefined) throw new Error(`a record without its field ${name}`);
          return value;
        },
      };
    }
    case "member":
    case "set-operation":
    case "subset":
    case "interval":
    case "type-set":
    case "set":
    case "sequence":
    case "array":
    case "map":
    case "filter":
      return collection(evaluate, expr, scope);
    case "builtin":
      return builtin(evaluate, expr, scope);
    case "some":
      return asOption(evaluate(expr.value, scope));
    case "unwrap": {
      const value = evaluate(expr.value, scope);
      if (value.kind !== "option") return value;
      mayGoWrong(scope, value.isNull, "null-used", expr.span);
      return value.value;
    }
    case "convert": {
      const value = evaluate(expr.value, scope);
      const lies = fits(notions, value, expr.value.type, expr.type);
      mayGoWrong(scope, not(lies), "range", expr.span);
      return shaped(value, expr.type);
    }
    case "prime":
      if (scope.after === null) throw new Error("a primed expression outside a step property");
      return evaluate(expr.operand, { ...scope, reading: scope.after });
    default:
      return aboutProcess(evaluate, expr, scope);
  }
};

function logical(expr: ExprOf<"logical">, scope: Scope): Scalar {
  const left = truth(evaluate, expr.left, scope);
  const rightWhere = (condition: Scalar): Scalar =>
    isFalse(condition) ? condition : truth(evaluate, expr.right, under(scope, condition));
  switch (expr.operator) {
    case "&&":
      return and(left, rightWhere(left));
    case "||":
      return or(left, rightWhere(not(left)));
    case "=>":
      return implies(left, rightWhere(left));
    case "<=>":
      return eq(left, truth(evaluate, expr.right, scope));
    default:
      return expr.operator satisfies never;
  }
}

/** A part of an array or sequence, or the whole with that part replaced. */
function part(
  expr: ExprOf<"index" | "element" | "with-index" | "with-element">,
  scope: Scope,
): Symbolic {
  const base = evaluate(expr.base, scope);
  const key = evaluate(expr.index, scope);
  const value =
    expr.kind === "with-index" || expr.kind === "with-element" ? evaluate(expr.value, scope) : null;
  const index = scalarOf(key);
  mayGoWrong(scope, not(exists(expr, base, key, scope)), "index", expr.span);
  if (expr.kind === "with-index" || expr.kind === "with-element") {
    const kind = expr.kind === "with-index" ? "index" : "element";
    return value === null ? base : replaced(base, [{ kind, index }], value, expr.value.type);
  }
  return expr.kind === "index"
    ? expect(base, "array").at(index)
    : expect(base, "sequence").at(index);
}

function exists(
  { base: { type }, index }: { readonly base: Expr; readonly index: Expr },
  base: Symbolic,
  key: Symbolic,
  { notions }: Scope,
): Scalar {
  if (type.kind === "array") return fits(notions, key, index.type, type.key);
  const at = scalarOf(key);
  return and(atMost(number(0), at), less(at, expect(base, "sequence").length));
}
