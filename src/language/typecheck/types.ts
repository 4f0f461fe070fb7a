// Types as written become types with valued bounds, none of them too large to be enumerated or stored.

import type { Span } from "../../diagnostics/source.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { EnumDeclaration, Expression, Name, TypeDeclaration, TypeExpression } from "../ast.ts";
import { evaluate } from "../constants.ts";
import type { Expr } from "../model.ts";
import { duplicate } from "../resolve.ts";
import { cardinality, ENUMERATION_LIMIT, formatType, type Type, type Value } from "../types.ts";
import { checkNumber } from "./coerce.ts";
import { type Checker, fail } from "./context.ts";
import {
  BOOL,
  bitsOf,
  describeType,
  GREATEST_NUMBER,
  isKey,
  LEAST_NUMBER,
  SET_LIMIT,
  STATE_BITS_LIMIT,
} from "./relations.ts";
import { restrict } from "./restrict.ts";

/** Most values of a range that is only stored, never enumerated. */
const RANGE_LIMIT = 2 ** 24;

/** The type that a type expression denotes. */
export function resolveType(checker: Checker, expression: TypeExpression): Type | null {
  const { span } = expression;
  switch (expression.kind) {
    case "bool":
      return BOOL;
    case "range":
      return resolveRange(checker, expression.lo, expression.hi, span);
    case "name":
      return resolveTypeName(checker, expression.name);
    case "record":
      return resolveRecord(checker, expression.fields, span);
    case "option": {
      const of = resolveType(checker, expression.of);
      if (of === null) return null;
      if (of.kind === "option") {
        return fail(checker, "nested-option", span, { type: formatType(of) });
      }
      return limited(checker, { kind: "option", of }, span);
    }
    case "array": {
      const of = resolveType(checker, expression.of);
      const key = keyType(checker, expression.key);
      return of === null || key === null
        ? null
        : limited(checker, { kind: "array", key, of }, span);
    }
    case "set": {
      const of = resolveType(checker, expression.of);
      if (of === null) return null;
      const type: Type = { kind: "set", of };
      return checkSetSize(checker, type, span) ? type : null;
    }
    case "sequence": {
      const of = resolveType(checker, expression.of);
      const upto = constantNumber(checker, expression.upto, "the length of a sequence");
      if (of === null || upto === null) return null;
      if (upto < 0) {
        const found = describeType({
          kind: "range",
          lo: upto,
          hi: upto,
          name: null,
          symmetric: false,
        });
        return fail(checker, "out-of-range", expression.upto.span, { found, expected: "a length" });
      }
      if (upto > SET_LIMIT) return tooLarge(checker, `a sequence of ${upto} elements`, span);
      return limited(checker, { kind: "sequence", of, upto }, span);
    }
    default:
      return expression satisfies never;
  }
}

function resolveRange(
  checker: Checker,
  low: Expression,
  high: Expression,
  span: Span,
): Type | null {
  const lo = constantNumber(checker, low, "the bound of a range");
  const hi = constantNumber(checker, high, "the bound of a range");
  if (lo === null || hi === null) return null;
  const range = `${lo}..${hi}`;
  if (hi < lo) return fail(checker, "range-empty", span, { range });
  if (hi - lo >= RANGE_LIMIT || lo < LEAST_NUMBER || hi > GREATEST_NUMBER) {
    return fail(checker, "range-too-large", span, { range, limit: RANGE_LIMIT });
  }
  return { kind: "range", lo, hi, name: null, symmetric: false };
}

function resolveTypeName(checker: Checker, name: Name): Type | null {
  const symbol = checker.declared.get(name.text);
  if (symbol?.kind === "type") return checker.type(symbol);
  const types = [...checker.declared.values()].filter((other) => other.kind === "type");
  const hint = didYouMean(name.text, [...types.map((type) => type.declaration.name.text), "bool"]);
  const related =
    symbol === undefined
      ? []
      : [
          {
            span: symbol.declaration.name.span,
            message: `\`${name.text}\` is declared here, but not as a type`,
          },
        ];
  return fail(checker, "unknown-type", name.span, { name: name.text }, { hint, related });
}

function resolveRecord(
  checker: Checker,
  fields: readonly { readonly name: Name; readonly type: TypeExpression }[],
  span: Span,
): Type | null {
  const seen = new Map<string, Name>();
  const resolved: { name: string; type: Type }[] = [];
  let failed = false;
  for (const field of fields) {
    const first = seen.get(field.name.text);
    if (first !== undefined) checker.diagnostics.push(duplicate(field.name, first.span));
    seen.set(field.name.text, field.name);
    const type = resolveType(checker, field.type);
    if (type === null || first !== undefined) failed = true;
    else resolved.push({ name: field.name.text, type });
  }
  return failed ? null : limited(checker, { kind: "record", name: null, fields: resolved }, span);
}

/** The type of an array's or lock's key. */
export function keyType(checker: Checker, expression: TypeExpression): Type | null {
  const type = resolveType(checker, expression);
  if (type === null) return null;
  if (!isKey(type)) {
    return fail(checker, "array-key-type", expression.span, { type: describeType(type) });
  }
  return enumerable(checker, type, expression.span) ? type : null;
}

/** Whether all values of a type may be visited; reported if not. */
export function enumerable(checker: Checker, type: Type, span: Span): boolean {
  const values = cardinality(type);
  if (values <= ENUMERATION_LIMIT) return true;
  if (type.kind === "range") {
    const range = formatType({ ...type, name: null });
    fail(checker, "range-too-large", span, { range, limit: ENUMERATION_LIMIT });
  } else tooLarge(checker, describeType(type), span);
  return false;
}

/** Whether a set type has few enough possible elements; reported if not. */
export function checkSetSize(checker: Checker, type: Type, span: Span): boolean {
  if (type.kind !== "set" || cardinality(type.of) <= SET_LIMIT) return true;
  tooLarge(checker, describeType(type), span);
  return false;
}

function limited(checker: Checker, type: Type, span: Span): Type | null {
  return bitsOf(type) <= STATE_BITS_LIMIT ? type : tooLarge(checker, describeType(type), span);
}

/** Reports a type that no state can hold. */
export function tooLarge(checker: Checker, type: string, span: Span): null {
  return fail(checker, "type-too-large", span, { type });
}

// ---------------------------------------------------------------- declared types

/** The type that a `type` or `enum` declares. */
export function declareType(
  checker: Checker,
  declaration: TypeDeclaration | EnumDeclaration,
): Type | null {
  const name = declaration.name.text;
  if (declaration.kind === "enum") {
    const members = [...new Set(declaration.members.map((member) => member.text))];
    return { kind: "enum", name, members, symmetric: false };
  }
  const type = resolveType(checker, declaration.type);
  if (type === null) return null;
  if (declaration.symmetric) return symmetricType(checker, declaration, type);
  // Another name for a symmetric type or an enum is the same type.
  if (type.kind === "range") return type.symmetric ? type : { ...type, name };
  return type.kind === "record" ? { ...type, name } : type;
}

function symmetricType(checker: Checker, declaration: TypeDeclaration, type: Type): Type | null {
  const name = declaration.name.text;
  if (type.kind === "range" || type.kind === "enum") {
    return enumerable(checker, type, declaration.type.span)
      ? { ...type, name, symmetric: true }
      : null;
  }
  return fail(checker, "type-mismatch", declaration.type.span, {
    expected: "a range or an enum, as a symmetric type is made of",
    found: describeType(type),
  });
}

// ---------------------------------------------------------------- constants in types

/** The number that a constant expression is. */
export function constantNumber(
  checker: Checker,
  expression: Expression,
  what: string,
): number | null {
  const expr = restrict(checker, checkNumber(checker, expression, null), {
    kind: "constant",
    what,
  });
  const value = expr === null ? undefined : constantValue(checker, expr, what);
  return typeof value === "number" ? value : null;
}

/** The value of an expression that reads only params and consts; undefined if it has none, which is reported. */
export function constantValue(checker: Checker, expr: Expr, what: string): Value | undefined {
  const result = evaluate(expr);
  switch (result.kind) {
    case "value":
      return result.value;
    case "fault":
      fail(checker, "constant-fault", expr.span, { fault: result.what });
      return undefined;
    case "too-long":
      fail(checker, "constant-too-long", expr.span, {});
      return undefined;
    case "open":
      fail(checker, "not-constant", expr.span, { what, name: "the state" });
      return undefined;
  }
}
