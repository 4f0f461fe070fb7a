// What expressions mean, as scalars of their parts. Goes through an expression as it would be evaluated, so faults come in
// the same order and under the same conditions.

import type { Expr } from "../../machine/machine.ts";
import { collection } from "./evaluate-collections.ts";
import { arithmetic, comparison } from "./evaluate-operators.ts";
import { aboutProcesses } from "./evaluate-processes.ts";
import { quantified } from "./evaluate-quantifier.ts";
import { replaced } from "./replace.ts";
import type { Scalar } from "./scalar.ts";
import { and, atMost, eq, FALSE, less, negate, not, number, or } from "./scalar-build.ts";
import { bind, boundValue, mayGoWrong, type Scope, under } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";
import { asOption, choose, expect, option, scalar, scalarOf, shaped } from "./symbolic-build.ts";
import { fits, guarded, literal } from "./symbolic-values.ts";

/** The value; what may go wrong on the way is added to `scope.sites`. */
export function evaluate(expr: Expr, scope: Scope): Symbolic {
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
    case "not":
      return scalar(not(truth(expr.operand, scope)));
    case "negate":
      return scalar(negate(scalarOf(evaluate(expr.operand, scope))));
    case "logical":
      return scalar(logical(expr, scope));
    case "arithmetic": {
      const left = evaluate(expr.left, scope);
      return scalar(arithmetic(expr, left, evaluate(expr.right, scope), scope));
    }
    case "comparison": {
      const left = evaluate(expr.left, scope);
      return scalar(comparison(expr, left, evaluate(expr.right, scope), notions));
    }
    case "if": {
      const condition = truth(expr.condition, scope);
      const then = evaluate(expr.then, under(scope, condition));
      return choose(condition, then, evaluate(expr.otherwise, under(scope, not(condition))));
    }
    case "let":
      return evaluate(expr.body, bind(scope, expr.binder, evaluate(expr.value, scope)));
    case "some": {
      const value = evaluate(expr.value, scope);
      return option(FALSE, () => value);
    }
    case "unwrap": {
      const value = asOption(evaluate(expr.value, scope));
      mayGoWrong(scope, value.isNull, "null-used", expr.span);
      return value.value;
    }
    case "convert": {
      const value = evaluate(expr.value, scope);
      const fitting = fits(notions, value, expr.value.type, expr.type);
      mayGoWrong(scope, not(fitting), "range", expr.span);
      return shaped(value, expr.type);
    }
    case "index":
    case "element":
    case "field":
    case "record":
    case "with-index":
    case "with-element":
    case "with-field":
      return partOrWhole(expr, scope);
    case "quantifier":
      return scalar(quantified(expr, scope, evaluate));
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
    case "builtin":
      return collection(expr, scope, evaluate);
    case "instance":
    case "done":
    case "holder":
    case "held":
    case "prime":
    case "at":
    case "located":
    case "process-variable":
    case "taken":
    case "taken-action":
      return aboutProcesses(expr, scope, evaluate);
    default:
      return expr satisfies never;
  }
}

type ExprOf<K extends Expr["kind"]> = Extract<Expr, { readonly kind: K }>;

function truth(expr: Expr, scope: Scope): Scalar {
  return scalarOf(evaluate(expr, scope));
}

function logical(expr: ExprOf<"logical">, scope: Scope): Scalar {
  const left = truth(expr.left, scope);
  switch (expr.operator) {
    case "&&":
      return and(left, truth(expr.right, under(scope, left)));
    case "||":
      return or(left, truth(expr.right, under(scope, not(left))));
    case "=>":
      return or(not(left), truth(expr.right, under(scope, left)));
    case "<=>":
      return eq(left, truth(expr.right, scope));
    default:
      return expr.operator satisfies never;
  }
}

/** Parts of records, arrays and sequences, records as written, and values with a part replaced. */
function partOrWhole(
  expr: ExprOf<
    "index" | "element" | "field" | "record" | "with-index" | "with-element" | "with-field"
  >,
  scope: Scope,
): Symbolic {
  if (expr.kind === "record") {
    const fields = new Map(expr.fields.map(({ name, value }) => [name, evaluate(value, scope)]));
    return {
      kind: "record",
      field(name) {
        const field = fields.get(name);
        if (field === undefined) throw new Error(`no field ${name}`);
        return field;
      },
    };
  }
  const base = evaluate(expr.base, scope);
  switch (expr.kind) {
    case "field":
      return expect(base, "record").field(expr.field);
    case "index": {
      const key = evaluate(expr.index, scope);
      checkKey(expr, key, scope);
      return expect(base, "array").at(scalarOf(key));
    }
    case "element": {
      const { length, at } = expect(base, "sequence");
      const index = scalarOf(evaluate(expr.index, scope));
      checkElement(expr, index, length, scope);
      return at(index);
    }
    case "with-field": {
      const value = evaluate(expr.value, scope);
      return replaced(base, [{ kind: "field", name: expr.field }], value, expr.value.type);
    }
    case "with-index": {
      const key = evaluate(expr.index, scope);
      const value = evaluate(expr.value, scope);
      checkKey(expr, key, scope);
      const index = scalarOf(key);
      return replaced(base, [{ kind: "index", index }], value, expr.value.type);
    }
    case "with-element": {
      const index = scalarOf(evaluate(expr.index, scope));
      const value = evaluate(expr.value, scope);
      checkElement(expr, index, expect(base, "sequence").length, scope);
      return replaced(base, [{ kind: "element", index }], value, expr.value.type);
    }
    default:
      return expr satisfies never;
  }
}

function checkKey(expr: ExprOf<"index" | "with-index">, key: Symbolic, scope: Scope): void {
  const { type } = expr.base;
  if (type.kind !== "array") throw new Error("an index into what is no array");
  const exists = fits(scope.notions, key, expr.index.type, type.key);
  mayGoWrong(scope, not(exists), "index", expr.span);
}

function checkElement(expr: Expr, index: Scalar, length: Scalar, scope: Scope): void {
  const outside = or(less(index, number(0)), atMost(length, index));
  mayGoWrong(scope, outside, "index", expr.span);
}
