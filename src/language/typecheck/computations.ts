// What may take a step and give a value: calls of fns, step functions, `try acquire`. They stand as a
// whole condition, right side or returned value, or (fns without result) as a statement of their own.

import type { Expression } from "../ast.ts";
import type { Call, Computation, Condition, Expr, Place, Procedure } from "../model.ts";
import { lookUp } from "../resolve-names.ts";
import { formatType, type Type } from "../types.ts";
import { exactly, STEP_FUNCTIONS } from "./calls.ts";
import { check, checkNumber, describeExpr, lift, lookInto } from "./coerce.ts";
import { type Checker, type DeclaredOf, fail, type Scope } from "./context.ts";
import { outcomeFits } from "./operators.ts";
import { checkLock, checkPlace, isAssignable } from "./places.ts";
import { BOOL, describeType, join, relate } from "./relations.ts";
import { CODE, restrict, restrictLock, restrictPlace } from "./restrict.ts";

type CallExpression = Expression & { readonly kind: "call" };

/** What stands behind `:=`, `=` or `return`: an expression or a computation, as a value of `target`. */
export function checkComputation(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
  target: Type,
  use: "assign" | "value",
): Computation | null {
  const computation = stepOf(checker, expression, scope);
  if (computation === undefined) {
    const value = restrict(checker, check(checker, expression, scope, target, use), CODE);
    return value && { kind: "expression", value, span: expression.span };
  }
  if (computation === null || !computationFits(checker, computation, target)) return null;
  return computation;
}

/** The condition of `if`, `else if` or `while`, possibly a computation under one `!`. */
export function checkCondition(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
  head: Condition["head"],
): Condition | null {
  const negated = expression.kind === "unary" && expression.operator === "!";
  const inner = negated ? expression.operand : expression;
  const computation = stepOf(checker, inner, scope);
  if (computation === undefined) {
    const value = restrict(checker, check(checker, expression, scope, BOOL, "value"), CODE);
    if (value === null) return null;
    return {
      computation: { kind: "expression", value, span: expression.span },
      negated: false,
      head,
    };
  }
  if (computation === null || !computationFits(checker, computation, BOOL)) return null;
  return { computation, negated, head };
}

/** The type of what a computation gives. */
function resultOf(computation: Exclude<Computation, { kind: "expression" }>): Type {
  switch (computation.kind) {
    case "call":
      return computation.call.function.result ?? BOOL;
    case "step-function":
      return computation.type;
    case "try-acquire":
      return BOOL;
  }
}

/** What a computation gives is stored as it is, so nothing but a number of another range can be fitted. */
function computationFits(checker: Checker, computation: Computation, target: Type): boolean {
  if (computation.kind === "expression") return true;
  const type = resultOf(computation);
  const relation = relate(type, target);
  if (
    relation === "equal" ||
    (type.kind === "range" && (relation === "fits" || relation === "partial"))
  ) {
    return true;
  }
  const params = { expected: describeType(target), found: describeType(type) };
  const code = relation === "disjoint" ? "out-of-range" : "type-mismatch";
  const hint =
    join(type, target) === null ? null : "give the result a variable of its own type first";
  fail(checker, code, computation.span, params, { hint });
  return false;
}

/** The computation that an expression is as a whole; undefined if it is a plain expression. */
export function stepOf(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
): Exclude<Computation, { kind: "expression" }> | null | undefined {
  const { span } = expression;
  if (expression.kind === "try-acquire") {
    const lock = restrictLock(checker, checkLock(checker, expression.lock, scope), CODE);
    return lock && { kind: "try-acquire", lock, span };
  }
  if (expression.kind !== "call") return undefined;
  const name = expression.name.text;
  const symbol = checker.declared.get(name);
  if (symbol?.kind === "fn") {
    const call = checkCall(checker, expression, symbol, scope);
    if (call === null) return null;
    if (call.function.result === null) return fail(checker, "no-result", span, { name });
    return { kind: "call", call, span };
  }
  const step = STEP_FUNCTIONS.find((known) => known === name);
  return symbol === undefined && step !== undefined
    ? checkStep(checker, expression, step, scope)
    : undefined;
}

function checkStep(
  checker: Checker,
  expression: CallExpression,
  name: (typeof STEP_FUNCTIONS)[number],
  scope: Scope | null,
): Exclude<Computation, { kind: "expression" }> | null {
  const { span } = expression;
  const [target, first, second] = exactly(checker, expression, name === "cmpxchg" ? 3 : 2) ?? [];
  if (target === undefined || first === undefined) return null;
  const place = sharedPlace(checker, target, name, scope);
  if (place === null) {
    for (const argument of [first, second])
      if (argument !== undefined) lookInto(checker, argument, scope);
    return null;
  }
  const rest = { kind: "step-function", function: name, place, span } as const;
  if (name === "xchg") {
    const value = argument(checker, first, scope, place.type);
    return value && { ...rest, arguments: [value], type: place.type };
  }
  if (name === "fetch_add") {
    const { type } = place;
    if (type.kind !== "range" || type.symmetric) {
      const params = { expected: "a place that holds a number", found: describeType(type) };
      return fail(checker, "type-mismatch", target.span, params);
    }
    const value = restrict(checker, checkNumber(checker, first, scope), CODE);
    if (value === null || !outcomeFits(checker, type, "+", value.type, span)) return null;
    return { ...rest, arguments: [value], type };
  }
  const old = compared(checker, first, scope, place.type);
  const value = second === undefined ? null : argument(checker, second, scope, place.type);
  return old && value && { ...rest, arguments: [old, value], type: BOOL };
}

function argument(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
  type: Type,
): Expr | null {
  return restrict(checker, check(checker, expression, scope, type, "value"), CODE);
}

/** The value that `cmpxchg` expects: it may be one that the place never holds. */
function compared(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
  type: Type,
): Expr | null {
  const expr = restrict(checker, checker.infer(expression, scope, { type, strict: false }), CODE);
  if (expr === null) return null;
  const joint = join(expr.type, type);
  if (joint === null) {
    const params = { left: describeType(type), right: describeExpr(expr) };
    return fail(checker, "comparison-of-unlike", expr.span, params);
  }
  return lift(expr, joint.kind === "option" && expr.type.kind !== "option" ? joint.of : joint);
}

function sharedPlace(
  checker: Checker,
  expression: Expression,
  name: string,
  scope: Scope | null,
): Place | null {
  const place = restrictPlace(checker, checkPlace(checker, expression, scope), CODE);
  if (place === null) return null;
  if (place.root.kind === "local") {
    return fail(checker, "not-shared", expression.span, { name: place.root.name, function: name });
  }
  if (place.root.ghost)
    return fail(checker, "ghost-in-code", expression.span, { name: place.root.name });
  return place;
}

// ---------------------------------------------------------------- calls

/** A call of a fn: values for its parameters, locals of the caller for its `ref` parameters. */
export function checkCall(
  checker: Checker,
  expression: CallExpression,
  symbol: DeclaredOf<"fn">,
  scope: Scope | null,
): Call | null {
  const procedure = checker.procedure(symbol);
  if (procedure === null) {
    for (const given of expression.arguments) lookInto(checker, given, scope);
    return null;
  }
  const written = exactly(checker, expression, procedure.parameters.length);
  if (written === null) return null;
  const found = procedure.parameters.map((parameter, index) => {
    const given = written[index];
    return given === undefined ? null : checkArgument(checker, given, parameter, scope);
  });
  const given = found.filter((value) => value !== null);
  if (given.length !== found.length) return null;
  return { function: procedure, arguments: given, span: expression.span };
}

function checkArgument(
  checker: Checker,
  expression: Expression,
  parameter: Procedure["parameters"][number],
  scope: Scope | null,
): Call["arguments"][number] | null {
  if (parameter.role !== "reference") {
    const value = argument(checker, expression, scope, parameter.type);
    return value && { kind: "value", value };
  }
  const local = expression.kind === "name" ? lookUp(scope, expression.name.text) : null;
  if (local === "unusable") return null;
  if (
    local?.kind === "local" &&
    isAssignable(local) &&
    relate(local.type, parameter.type) === "equal"
  ) {
    return { kind: "reference", local };
  }
  const params = { parameter: parameter.name, type: formatType(parameter.type) };
  return fail(checker, "reference-argument", expression.span, params);
}
