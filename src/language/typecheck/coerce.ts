// Fitting a typed expression to the type that its place wants.
//
// `T` fits `T?`; a `T?` where a `T` is wanted is unwrapped, null being a fault when it runs; numbers that
// fit only partly are checked when it runs, numbers that never fit are refused.

import type { Expression } from "../ast.ts";
import { evaluateConstant } from "../constants.ts";
import { isConstant } from "../expressions.ts";
import type { Expr } from "../model.ts";
import { needsHint } from "../resolve-names.ts";
import type { RangeType, Type } from "../types.ts";
import { fitsType } from "../values.ts";
import { type Checker, fail, type Hint, type Scope } from "./context.ts";
import { BOOL, describeType, isScalar, isSymmetric, join, relate } from "./relations.ts";

/** An assignment checks the range of what it stores itself, any other use needs a conversion. */
export type Use = "assign" | "value";

/** The expression as a value of `target`. */
export function coerce(checker: Checker, expr: Expr, target: Type, use: Use): Expr | null {
  if (target.kind === "option" && expr.type.kind !== "option") {
    const value = coerce(checker, expr, target.of, "value");
    return value === null ? null : { kind: "some", value, type: target, span: expr.span };
  }
  if (target.kind !== "option" && expr.type.kind === "option") {
    return coerce(checker, plain(expr), target, use);
  }
  switch (relate(expr.type, target)) {
    case "equal":
      return expr;
    case "fits":
      return isScalar(target) ? expr : convert(expr, target);
    case "partial":
      if (isScalar(target) && (use === "assign" || isKnownToFit(expr, target))) return expr;
      return convert(expr, target);
    case "disjoint":
      return fail(checker, "out-of-range", expr.span, {
        found: describeExpr(expr),
        expected: describeType(target),
      });
    case "unlike":
      return mismatch(checker, expr, target);
  }
}

/** Whether a constant, which has the range of its declared type, has a value that fits. */
function isKnownToFit(expr: Expr, target: Type): boolean {
  const value = isConstant(expr) ? evaluateConstant(expr) : undefined;
  return value !== undefined && fitsType(value, target);
}

function convert(expr: Expr, target: Type): Expr {
  return { kind: "convert", value: expr, type: target, span: expr.span };
}

/** Reports that a value is of another type than its place wants. */
export function mismatch(checker: Checker, expr: Expr, target: Type): null {
  const source = expr.type;
  if (source.kind === "range" && target.kind === "range") {
    const symmetric = target.symmetric ? target : source;
    if (!(target.symmetric && source.symmetric)) {
      const what = target.symmetric ? "a number" : "use as a number";
      return fail(checker, "symmetric-misuse", expr.span, { what, type: symmetric.name ?? "" });
    }
  }
  return fail(checker, "type-mismatch", expr.span, {
    expected: describeType(target),
    found: describeExpr(expr),
  });
}

/** An expression in a message: the value of a literal, else its type. */
export function describeExpr(expr: Expr): string {
  if (expr.kind === "literal" && expr.value === null) return "`null`";
  if (expr.kind === "type-set" || expr.kind === "interval") return `the ${describeType(expr.type)}`;
  return describeType(expr.type);
}

/** The expression without its option: null is a fault when it runs. */
export function plain(expr: Expr): Expr {
  if (expr.type.kind !== "option") return expr;
  return { kind: "unwrap", value: expr, type: expr.type.of, span: expr.span };
}

/** The expression as a value of a type that is known to cover its own. */
export function lift(expr: Expr, target: Type): Expr {
  if (target.kind === "option" && expr.type.kind !== "option") {
    return { kind: "some", value: lift(expr, target.of), type: target, span: expr.span };
  }
  const relation = relate(expr.type, target);
  return relation === "equal" || isScalar(target) ? expr : convert(expr, target);
}

/** Looks for mistakes in an expression whose place is wrong already, so that no type is expected of it. */
export function lookInto(checker: Checker, expression: Expression, scope: Scope | null): null {
  if (!needsHint(checker, expression, scope)) checker.infer(expression, scope, null);
  return null;
}

/** Types an expression with the help of a soft hint; beside options, a plain value becomes an option too. */
export function inferNear(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
  near: Type | null,
): Expr | null {
  const expr = checker.infer(expression, scope, near && { type: near, strict: false });
  const beside = near?.kind === "option" && expr !== null && expr.type.kind !== "option";
  return beside && join(expr.type, near.of) !== null
    ? lift(expr, { kind: "option", of: expr.type })
    : expr;
}

/** Checks an expression against the type that its place wants. */
export function check(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
  target: Type,
  use: Use,
): Expr | null {
  const expr = checker.infer(expression, scope, { type: target, strict: true });
  return expr === null ? null : coerce(checker, expr, target, use);
}

/** Checks a condition. */
export function checkBool(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
): Expr | null {
  return check(checker, expression, scope, BOOL, "value");
}

/** Checks an operand of arithmetic or order. */
export function checkNumber(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
): (Expr & { readonly type: RangeType }) | null {
  const inferred = checker.infer(expression, scope, null);
  if (inferred === null) return null;
  const expr = plain(inferred);
  if (!isNumber(expr)) {
    if (isSymmetric(expr.type) && "name" in expr.type) {
      return fail(checker, "symmetric-misuse", expr.span, {
        what: "arithmetic or order",
        type: expr.type.name ?? "",
      });
    }
    return fail(checker, "type-mismatch", expr.span, {
      expected: "a number",
      found: describeExpr(inferred),
    });
  }
  return expr;
}

function isNumber(expr: Expr): expr is Expr & { readonly type: RangeType } {
  return expr.type.kind === "range" && !expr.type.symmetric;
}

/**
 * Types several expressions as values of one type: those that say themselves what they are go first, and
 * what they are is the hint for the others (`null`, members that several enums have, empty literals).
 */
export function inferTogether(
  checker: Checker,
  expressions: readonly Expression[],
  scope: Scope | null,
  hint: Hint | null,
): { readonly exprs: readonly Expr[]; readonly type: Type } | null {
  const found = new Map<Expression, Expr | null>();
  let type: Type | null = null;
  let failed = false;
  const visit = (expression: Expression, given: Hint | null): void => {
    const expr = given?.strict
      ? checker.infer(expression, scope, given)
      : inferNear(checker, expression, scope, given?.type ?? null);
    add(expression, expr);
  };
  const add = (expression: Expression, expr: Expr | null): void => {
    found.set(expression, expr);
    if (expr === null) {
      failed = true;
      return;
    }
    const joint: Type | null = type === null ? expr.type : join(type, expr.type);
    if (joint === null && type !== null) {
      failed = true;
      mismatch(checker, expr, type);
      return;
    }
    type = joint;
  };
  for (const expression of expressions)
    if (hint !== null || !needsHint(checker, expression, scope)) visit(expression, hint);
  // If one that would have given the hint is wrong, the others would only be wrong because of it.
  if (failed && type === null) return null;
  for (const expression of expressions) {
    if (found.has(expression)) continue;
    // Beside a `T`, `null` is a `T?`, but all else stays a `T`.
    if (type === null || optionOf(type) === type)
      visit(expression, type && { type, strict: false });
    else add(expression, checker.infer(expression, scope, { type: optionOf(type), strict: false }));
  }
  if (failed || type === null) return null;
  const target: Type = type;
  const exprs: Expr[] = [];
  for (const expression of expressions) {
    const expr = found.get(expression);
    if (expr) exprs.push(lift(expr, target));
  }
  return { exprs, type: target };
}

function optionOf(type: Type): Type {
  return type.kind === "option" ? type : { kind: "option", of: type };
}
