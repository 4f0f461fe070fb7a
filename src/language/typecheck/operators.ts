// Operators: logic, arithmetic with exact intervals, comparison, sets.

import type { Span } from "../../diagnostics/source.ts";
import type { Expression } from "../ast.ts";
import { evaluateConstant } from "../constants.ts";
import { isConstant } from "../expressions.ts";
import { arithmeticInterval, type Interval } from "../intervals.ts";
import type { ArithmeticOperator, ComparisonOperator, Expr, LogicalOperator } from "../model.ts";
import { needsHint } from "../resolve-names.ts";
import { formatType, type RangeType, type SetType, type Type } from "../types.ts";
import { checkBool, checkNumber, describeExpr, inferTogether, lift, plain } from "./coerce.ts";
import { type Checker, fail, type Hint, type Scope } from "./context.ts";
import { inferName } from "./names.ts";
import {
  BOOL,
  describeType,
  GREATEST_NUMBER,
  interval,
  isSymmetric,
  join,
  LEAST_NUMBER,
} from "./relations.ts";
import { checkSetSize } from "./types.ts";

type Unary = Expression & { readonly kind: "unary" };
type Binary = Expression & { readonly kind: "binary" };

export function inferUnary(checker: Checker, expression: Unary, scope: Scope | null): Expr | null {
  const { span } = expression;
  if (expression.operator === "!") {
    const operand = checkBool(checker, expression.operand, scope);
    return operand && { kind: "not", operand, type: BOOL, span };
  }
  const operand = checkNumber(checker, expression.operand, scope);
  if (operand === null) return null;
  const type = exact(checker, { lo: -operand.type.hi + 0, hi: -operand.type.lo + 0 }, span);
  if (type === null) return null;
  if (operand.kind === "literal" && typeof operand.value === "number") {
    return { kind: "literal", value: -operand.value + 0, type, span };
  }
  return { kind: "negate", operand, type, span };
}

export function inferBinary(
  checker: Checker,
  expression: Binary,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { operator } = expression;
  switch (operator) {
    case "<=>":
    case "=>":
    case "||":
    case "&&":
      return inferLogical(checker, expression, operator, scope);
    case "==":
    case "!=":
      return inferEquality(checker, expression, operator, scope);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return inferOrder(checker, expression, operator, scope);
    case "in":
    case "not in":
      return inferMember(checker, expression, scope);
    case "subset":
    case "union":
    case "intersect":
    case "minus":
      return inferSetOperation(checker, expression, operator, scope, hint);
    case "..": {
      const set = inferInterval(checker, expression, scope);
      return set !== null && checkSetSize(checker, set.type, set.span) ? set : null;
    }
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return inferArithmetic(checker, expression, operator, scope);
    default:
      return operator satisfies never;
  }
}

function inferLogical(
  checker: Checker,
  expression: Binary,
  operator: LogicalOperator,
  scope: Scope | null,
): Expr | null {
  const left = checkBool(checker, expression.left, scope);
  const right = checkBool(checker, expression.right, scope);
  if (left === null || right === null) return null;
  return { kind: "logical", operator, left, right, type: BOOL, span: expression.span };
}

// ---------------------------------------------------------------- numbers

function inferArithmetic(
  checker: Checker,
  expression: Binary,
  operator: ArithmeticOperator,
  scope: Scope | null,
): Expr | null {
  const left = checkNumber(checker, expression.left, scope);
  const right = checkNumber(checker, expression.right, scope);
  if (left === null || right === null) return null;
  if (operator === "/" || operator === "%") {
    if (right.type.hi <= 0) {
      const found = describeExpr(right);
      return fail(checker, "division-by-non-positive", right.span, { operator, found });
    }
    if (left.type.hi < 0) {
      return fail(checker, "division-of-negative", left.span, {
        operator,
        found: describeExpr(left),
      });
    }
  }
  const type = exact(checker, arithmeticInterval(operator, left.type, right.type), expression.span);
  return type && { kind: "arithmetic", operator, left, right, type, span: expression.span };
}

/** The interval as a type, if numbers of that size are exact everywhere. */
export function exact(checker: Checker, { lo, hi }: Interval, span: Span): RangeType | null {
  if (lo < LEAST_NUMBER || hi > GREATEST_NUMBER) {
    return fail(checker, "interval-too-large", span, { bits: 32 });
  }
  return interval(lo, hi);
}

/** Whether adding or subtracting can leave a number in its range at all; reported if not. */
export function outcomeFits(
  checker: Checker,
  range: RangeType,
  operator: "+" | "-",
  change: Interval,
  span: Span,
): boolean {
  const outcome = exact(checker, arithmeticInterval(operator, range, change), span);
  if (outcome === null) return false;
  if (outcome.hi >= range.lo && outcome.lo <= range.hi) return true;
  const params = { found: describeType(outcome), expected: describeType(range) };
  fail(checker, "out-of-range", span, params);
  return false;
}

/** `a..b` as a set, however large: where it is only walked or asked, its size does not matter. */
export function inferInterval(
  checker: Checker,
  expression: Binary,
  scope: Scope | null,
): (Expr & { readonly type: SetType }) | null {
  const lo = checkNumber(checker, expression.left, scope);
  const hi = checkNumber(checker, expression.right, scope);
  if (lo === null || hi === null) return null;
  // Bounds made of params are known here, and give loops over the interval the smallest type.
  const least = knownNumber(lo) ?? lo.type.lo;
  // `3..2` is the empty set, but its elements need a type with values.
  const of = interval(least, Math.max(least, knownNumber(hi) ?? hi.type.hi));
  return { kind: "interval", lo, hi, type: { kind: "set", of }, span: expression.span };
}

function knownNumber(expr: Expr): number | undefined {
  const value = isConstant(expr) ? evaluateConstant(expr) : undefined;
  return typeof value === "number" ? value : undefined;
}

/** A set that is only walked or asked: an interval or type of any size, else as any expression. */
export function inferWalked(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  if (expression.kind === "binary" && expression.operator === "..") {
    return inferInterval(checker, expression, scope);
  }
  if (expression.kind === "name") return inferName(checker, expression.name, scope, hint);
  return checker.infer(expression, scope, hint);
}

function inferOrder(
  checker: Checker,
  expression: Binary,
  operator: ComparisonOperator,
  scope: Scope | null,
): Expr | null {
  const { span } = expression;
  const sides = [expression.left, expression.right].map((side) => checker.infer(side, scope, null));
  const [left, right] = sides.map((side) => side && plain(side));
  if (!left || !right) return null;
  const symmetric = [left.type, right.type].find(isSymmetric);
  if (symmetric !== undefined) {
    const params = { what: `\`${operator}\``, type: formatType(symmetric) };
    return fail(checker, "symmetric-misuse", span, params);
  }
  const ordered = [left, right].map((side) => hasOrder(checker, side, operator));
  if (ordered.includes(false)) return null;
  return { kind: "comparison", operator, left, right, type: BOOL, span };
}

function hasOrder(checker: Checker, expr: Expr, operator: string): boolean {
  if (expr.type.kind === "range") return true;
  const hint = expr.type.kind === "set" ? "`a subset b` asks whether a set lies in another" : null;
  const params = { type: describeType(expr.type), operator };
  fail(checker, "without-order", expr.span, params, { hint });
  return false;
}

// ---------------------------------------------------------------- equality and membership

function inferEquality(
  checker: Checker,
  expression: Binary,
  operator: "==" | "!=",
  scope: Scope | null,
): Expr | null {
  const same = (type: Type): Type => type;
  const pair = inferPair(checker, expression, scope, {
    infer: checker.infer,
    forRight: same,
    forLeft: same,
  });
  if (pair === null) return null;
  const joint = join(pair.left.type, pair.right.type);
  if (joint === null) return unlike(checker, pair.left, pair.right, expression.span);
  const [left, right] = [pair.left, pair.right].map((side) => alike(side, joint));
  if (left === undefined || right === undefined) return null;
  return { kind: "comparison", operator, left, right, type: BOOL, span: expression.span };
}

/** One side of a comparison; a `T` stays a `T` beside a `T?`, which machines compare as they are. */
function alike(side: Expr, joint: Type): Expr {
  return lift(side, joint.kind === "option" && side.type.kind !== "option" ? joint.of : joint);
}

function inferMember(checker: Checker, expression: Binary, scope: Scope | null): Expr | null {
  const pair = inferPair(checker, expression, scope, {
    infer: inferWalked.bind(null, checker),
    forRight: (type) => ({ kind: "set", of: type }),
    forLeft: (type) => (type.kind === "set" ? type.of : type),
  });
  if (pair === null) return null;
  const { left } = pair;
  const right = plain(pair.right);
  if (right.type.kind !== "set") {
    const params = { expected: "a set", found: describeExpr(pair.right) };
    return fail(checker, "type-mismatch", right.span, params);
  }
  const joint = join(left.type, right.type.of);
  if (joint === null) return unlike(checker, left, right, expression.span, right.type.of);
  const negated = expression.operator === "not in";
  const rest = { negated, type: BOOL, span: expression.span } as const;
  // An option asked about a set of plain values must not be null.
  const element = right.type.of.kind === "option" ? lift(left, joint) : plain(left);
  // A set is asked, not changed: its elements need not cover a number that is asked about.
  const numbers = element.type.kind === "range" && right.type.of.kind === "range";
  if (numbers || right.kind === "interval" || right.kind === "type-set") {
    return { kind: "member", element, set: right, ...rest };
  }
  const of = join(element.type, right.type.of) ?? joint;
  const set = lift(right, { kind: "set", of });
  if (!checkSetSize(checker, set.type, right.span)) return null;
  return { kind: "member", element: lift(element, of), set, ...rest };
}

/** Reports a comparison of types that have no value in common; `other` is what the left side is compared with. */
function unlike(
  checker: Checker,
  left: Expr,
  right: Expr,
  span: Span,
  other: Type = right.type,
): null {
  const symmetric = [left.type, other].filter(isSymmetric);
  const [only] = symmetric;
  if (
    only !== undefined &&
    symmetric.length === 1 &&
    left.type.kind === "range" &&
    other.kind === "range"
  ) {
    const numbers = isSymmetric(left.type) ? right : left;
    const params = { what: "comparing with a number", type: formatType(only) };
    return fail(checker, "symmetric-misuse", numbers.span, params);
  }
  return fail(checker, "comparison-of-unlike", span, {
    left: describeExpr(left),
    right: describeExpr(right),
  });
}

interface PairRule {
  /** How the right side is typed. */
  readonly infer: Checker["infer"];
  /** What the type of one side says about the other. */
  readonly forRight: (left: Type) => Type;
  readonly forLeft: (right: Type) => Type;
}

/** Types two operands, the one that knows its type first, so that it can help the other. */
function inferPair(
  checker: Checker,
  { left, right }: Binary,
  scope: Scope | null,
  rule: PairRule,
): { readonly left: Expr; readonly right: Expr } | null {
  if (needsHint(checker, left, scope) && !needsHint(checker, right, scope)) {
    const second = rule.infer(right, scope, null);
    const first =
      second && checker.infer(left, scope, { type: rule.forLeft(second.type), strict: false });
    return first && second && { left: first, right: second };
  }
  const first = checker.infer(left, scope, null);
  if (first === null && needsHint(checker, right, scope)) return null;
  const hint = first && { type: rule.forRight(first.type), strict: false };
  const second = rule.infer(right, scope, hint);
  return first && second && { left: first, right: second };
}

function inferSetOperation(
  checker: Checker,
  expression: Binary,
  operator: "subset" | "union" | "intersect" | "minus",
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { span } = expression;
  const wanted = hint?.type.kind === "option" ? { ...hint, type: hint.type.of } : hint;
  const given = operator === "subset" ? null : wanted;
  const both = inferTogether(checker, [expression.left, expression.right], scope, given);
  const [left, right] = both?.exprs ?? [];
  if (both === null || left === undefined || right === undefined) return null;
  if (both.type.kind !== "set") {
    const params = { expected: "a set", found: describeExpr(left) };
    return fail(checker, "type-mismatch", left.span, params);
  }
  if (!checkSetSize(checker, both.type, span)) return null;
  if (operator === "subset") return { kind: "subset", left, right, type: BOOL, span };
  return { kind: "set-operation", operator, left, right, type: both.type, span };
}
