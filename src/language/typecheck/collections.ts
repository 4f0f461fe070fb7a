// Sets, sequences, records and arrays: literals, comprehensions, quantifiers and `with`.

import type { Span } from "../../diagnostics/source.ts";
import type { Binding, Expression } from "../ast.ts";
import { evaluate } from "../constants.ts";
import { sumInterval } from "../intervals.ts";
import type { Binder, Expr } from "../model.ts";
import { duplicate } from "../resolve.ts";
import { bind, innerScope, needsHint } from "../resolve-names.ts";
import { cardinality, type RecordType, type SetType, type Type } from "../types.ts";
import {
  check,
  checkBool,
  checkNumber,
  describeExpr,
  inferNear,
  inferTogether,
  lookInto,
  plain,
} from "./coerce.ts";
import { type Checker, fail, type Hint, type Scope } from "./context.ts";
import { fieldOf } from "./fields.ts";
import { exact, inferWalked } from "./operators.ts";
import { checkKey } from "./places.ts";
import { BOOL, describeType, interval, isKey, relate } from "./relations.ts";
import { checkSetSize, enumerable } from "./types.ts";

type Written<Kind extends Expression["kind"]> = Expression & { readonly kind: Kind };
export type SetExpr = Expr & { readonly type: SetType };

/** The hint seen through an option, if it is of the wanted kind. */
function hintOf<Kind extends Type["kind"]>(
  hint: Hint | null,
  kind: Kind,
): { readonly type: Type & { readonly kind: Kind }; readonly strict: boolean } | null {
  if (hint === null) return null;
  const type = hint.type.kind === "option" ? hint.type.of : hint.type;
  return isOfKind(type, kind) ? { type, strict: hint.strict } : null;
}

function isOfKind<Kind extends Type["kind"]>(
  type: Type,
  kind: Kind,
): type is Type & { readonly kind: Kind } {
  return type.kind === kind;
}

/** The elements of a literal: each fitted to the strict hint, or all lifted to what covers them. */
function inferElements(
  checker: Checker,
  elements: readonly Expression[],
  scope: Scope | null,
  hint: { readonly of: Type; readonly strict: boolean } | null,
  span: Span,
  what: string,
): { readonly exprs: readonly Expr[]; readonly type: Type } | null {
  if (hint?.strict) {
    const exprs = elements.map((element) => check(checker, element, scope, hint.of, "value"));
    const found = exprs.filter((expr) => expr !== null);
    return found.length === exprs.length ? { exprs: found, type: hint.of } : null;
  }
  if (elements.length === 0) {
    return hint === null
      ? fail(checker, "type-unknown", span, { what })
      : { exprs: [], type: hint.of };
  }
  return inferTogether(
    checker,
    elements,
    scope,
    hint === null ? null : { type: hint.of, strict: false },
  );
}

export function inferSet(
  checker: Checker,
  expression: Written<"set">,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { span } = expression;
  const wanted = hintOf(hint, "set");
  const given = wanted && { of: wanted.type.of, strict: wanted.strict };
  const found = inferElements(checker, expression.elements, scope, given, span, "the empty set");
  if (found === null) return null;
  const type: Type = { kind: "set", of: found.type };
  return checkSetSize(checker, type, span)
    ? { kind: "set", elements: found.exprs, type, span }
    : null;
}

export function inferSequence(
  checker: Checker,
  expression: Written<"sequence">,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { span, elements } = expression;
  const wanted = hintOf(hint, "sequence");
  const given = wanted && { of: wanted.type.of, strict: wanted.strict };
  const found = inferElements(checker, elements, scope, given, span, "the empty sequence");
  if (found === null) return null;
  if (wanted?.strict && elements.length > wanted.type.upto) {
    return fail(checker, "out-of-range", span, {
      found: `a sequence of ${elements.length}`,
      expected: describeType(wanted.type),
    });
  }
  const upto = wanted?.strict ? wanted.type.upto : Math.max(1, elements.length);
  const type: Type = { kind: "sequence", of: found.type, upto };
  return { kind: "sequence", elements: found.exprs, type, span };
}

export function inferRecord(
  checker: Checker,
  expression: Written<"record">,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { span } = expression;
  const wanted = hintOf(hint, "record");
  const values = new Map<string, Expr | null>();
  for (const { name, value } of expression.fields) {
    const first = expression.fields.find((field) => field.name.text === name.text);
    if (first !== undefined && first.name !== name) {
      checker.diagnostics.push(duplicate(name, first.name.span));
      values.set(name.text, null);
      continue;
    }
    if (wanted?.strict) {
      const field = fieldOf(checker, wanted.type, name);
      values.set(name.text, field && check(checker, value, scope, field.type, "value"));
      continue;
    }
    const field = wanted?.type.fields.find((candidate) => candidate.name === name.text);
    values.set(name.text, inferNear(checker, value, scope, field?.type ?? null));
  }
  if (wanted?.strict && !hasAllFields(checker, wanted.type, values, span)) return null;
  const order = wanted?.type.fields.every((field) => values.has(field.name))
    ? [...new Set([...wanted.type.fields.map((field) => field.name), ...values.keys()])]
    : [...values.keys()];
  const fields: { name: string; value: Expr }[] = [];
  for (const name of order) {
    const value = values.get(name);
    if (!value) return null;
    fields.push({ name, value });
  }
  const type: RecordType = wanted?.strict
    ? wanted.type
    : {
        kind: "record",
        name: null,
        fields: fields.map(({ name, value }) => ({ name, type: value.type })),
      };
  return { kind: "record", fields, type, span };
}

function hasAllFields(
  checker: Checker,
  type: RecordType,
  values: ReadonlyMap<string, unknown>,
  span: Span,
): boolean {
  const missing = type.fields.filter((field) => !values.has(field.name));
  if (missing.length === 0) return true;
  const fields = missing.map((field) => `\`${field.name}\``).join(", ");
  fail(checker, "missing-field", span, { type: describeType(type), fields });
  return false;
}

export function inferArray(
  checker: Checker,
  expression: Written<"array">,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { span, binding } = expression;
  const wanted = hintOf(hint, "array");
  const set = inferDomain(checker, binding.set, scope, null);
  if (set === null) return null;
  const key = keyOf(set);
  if (key === null || !isKey(key)) {
    return fail(checker, "array-key-type", binding.set.span, { type: describeExpr(set) });
  }
  const sameKey = wanted !== null && relate(key, wanted.type.key) === "equal";
  const { binder, inner } = bindTo(checker, binding, scope, key);
  const rest = { kind: "array", binder, span } as const;
  if (wanted?.strict) {
    const body = check(checker, expression.body, inner, wanted.type.of, "value");
    const type: Type = { kind: "array", key: sameKey ? wanted.type.key : key, of: wanted.type.of };
    return body && { ...rest, body, type };
  }
  const body = inferNear(checker, expression.body, inner, wanted?.type.of ?? null);
  return body && { ...rest, body, type: { kind: "array", key, of: body.type } };
}

/** The key type that a set of all keys stands for: a type, or an interval with constant bounds. */
function keyOf(set: SetExpr): Type | null {
  if (set.kind === "type-set") return set.of;
  if (set.kind !== "interval") return null;
  const [lo, hi] = [evaluate(set.lo), evaluate(set.hi)];
  if (lo.kind !== "value" || hi.kind !== "value") return null;
  if (typeof lo.value !== "number" || typeof hi.value !== "number" || lo.value > hi.value)
    return null;
  return interval(lo.value, hi.value);
}

export function inferMap(
  checker: Checker,
  expression: Written<"map">,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { span } = expression;
  const wanted = hintOf(hint, "set");
  const bound = bindDomain(checker, expression.binding, scope);
  if (bound === null) return null;
  const { binder, inner, set } = bound;
  const body = wanted?.strict
    ? check(checker, expression.body, inner, wanted.type.of, "value")
    : inferNear(checker, expression.body, inner, wanted?.type.of ?? null);
  if (body === null) return null;
  const type: Type = { kind: "set", of: wanted?.strict ? wanted.type.of : body.type };
  return checkSetSize(checker, type, span) ? { kind: "map", binder, set, body, type, span } : null;
}

export function inferFilter(
  checker: Checker,
  expression: Written<"filter">,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { span } = expression;
  const bound = bindDomain(checker, expression.binding, scope, hint);
  if (bound === null) return null;
  const { binder, inner, set } = bound;
  const condition = checkBool(checker, expression.condition, inner);
  if (condition === null || !checkSetSize(checker, set.type, span)) return null;
  return { kind: "filter", binder, set, condition, type: set.type, span };
}

export function inferQuantifier(
  checker: Checker,
  expression: Written<"quantifier">,
  scope: Scope | null,
): Expr | null {
  return quantify(checker, expression, expression.bindings, scope);
}

function quantify(
  checker: Checker,
  expression: Written<"quantifier">,
  bindings: readonly Binding[],
  scope: Scope | null,
): Expr | null {
  const { quantifier, span } = expression;
  const [first, ...others] = bindings;
  if (first === undefined) {
    return quantifier === "sum"
      ? checkNumber(checker, expression.body, scope)
      : checkBool(checker, expression.body, scope);
  }
  const bound = bindDomain(checker, first, scope);
  if (bound === null) {
    const inner = innerScope(scope);
    bind(checker, inner, first.name, "unusable");
    quantify(checker, expression, others, inner);
    return null;
  }
  const { binder, inner, set } = bound;
  const innermost = others.length === 0;
  const body = quantify(checker, expression, others, inner);
  if (body === null) return null;
  const rest = { kind: "quantifier", binder, set, body, span } as const;
  if (quantifier === "forall" || quantifier === "exists")
    return { ...rest, quantifier, type: BOOL };
  const size = cardinality(set.type.of);
  if (quantifier === "count" && innermost) return { ...rest, quantifier, type: interval(0, size) };
  // `count x in S, y in T: P` adds up the counts of its inner part.
  const each = body.type.kind === "range" ? body.type : interval(0, 1);
  const type = exact(checker, sumInterval(each, size), span);
  return type && { ...rest, quantifier: "sum", type };
}

export function inferWith(
  checker: Checker,
  expression: Written<"with">,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { selector, span } = expression;
  const inferred = checker.infer(expression.base, scope, hint);
  if (inferred === null) return null;
  const base = plain(inferred);
  const { type } = base;
  if (selector.kind === "field") {
    if (type.kind !== "record") {
      const params = { expected: "a record", found: describeExpr(inferred) };
      return fail(checker, "type-mismatch", expression.base.span, params);
    }
    const field = fieldOf(checker, type, selector.name);
    if (field === null) return lookInto(checker, expression.value, scope);
    const value = check(checker, expression.value, scope, field.type, "value");
    return value && { kind: "with-field", base, field: field.name, value, type, span };
  }
  if (type.kind !== "array" && type.kind !== "sequence") {
    const params = { expected: "an array or a sequence", found: describeExpr(inferred) };
    return fail(checker, "type-mismatch", expression.base.span, params);
  }
  const key = type.kind === "array" ? type.key : interval(0, Math.max(0, type.upto - 1));
  const index = checkKey(checker, selector.index, scope, key);
  const value = check(checker, expression.value, scope, type.of, "value");
  if (index === null || value === null) return null;
  return {
    kind: type.kind === "array" ? "with-index" : "with-element",
    base,
    index,
    value,
    type,
    span,
  };
}

// ---------------------------------------------------------------- sets that are walked

/** The set that a quantifier, comprehension, `for` or `pick` walks. */
export function inferDomain(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
  hint: Hint | null,
): SetExpr | null {
  const walked = inferWalked(checker, expression, scope, hint);
  if (walked === null) return null;
  const set = plain(walked);
  if (!isSet(set)) {
    const params = { expected: "a set", found: describeExpr(walked) };
    return fail(checker, "type-mismatch", expression.span, params);
  }
  return enumerable(checker, set.type.of, expression.span) ? set : null;
}

function isSet(expr: Expr): expr is SetExpr {
  return expr.type.kind === "set";
}

function bindDomain(
  checker: Checker,
  binding: Binding,
  scope: Scope | null,
  hint: Hint | null = null,
): { readonly binder: Binder; readonly inner: Scope; readonly set: SetExpr } | null {
  const given = needsHint(checker, binding.set, scope) ? hint : null;
  const set = inferDomain(checker, binding.set, scope, given);
  return set && { ...bindTo(checker, binding, scope, set.type.of), set };
}

function bindTo(
  checker: Checker,
  { name }: Binding,
  scope: Scope | null,
  type: Type,
): { readonly binder: Binder; readonly inner: Scope } {
  const binder: Binder = { kind: "binder", name: name.text, type, span: name.span };
  const inner = innerScope(scope);
  bind(checker, inner, name, binder);
  return { binder, inner };
}
