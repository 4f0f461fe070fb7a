// Expressions: from what is written to what it means, with the type or interval of every node.
//
// `infer` gives an expression the type that it has by itself, helped by a hint; coerce.ts then fits it
// to its place. What an expression may read is judged later, on the whole typed tree (restrict.ts).

import type { Expression } from "../ast.ts";
import type { Binder, Expr } from "../model.ts";
import { bind, innerScope } from "../resolve-names.ts";
import type { Type } from "../types.ts";
import { inferCall } from "./calls.ts";
import { checkBool, describeExpr, inferTogether, plain } from "./coerce.ts";
import {
  inferArray,
  inferFilter,
  inferMap,
  inferQuantifier,
  inferRecord,
  inferSequence,
  inferSet,
  inferWith,
} from "./collections.ts";
import { type Checker, fail, type Hint, type Scope } from "./context.ts";
import { inferField, inferName } from "./names.ts";
import { inferBinary, inferUnary } from "./operators.ts";
import { checkKey } from "./places.ts";
import { inferAt, processOf } from "./processes.ts";
import {
  BOOL,
  describeType,
  GREATEST_NUMBER,
  interval,
  isScalar,
  LEAST_NUMBER,
  relate,
} from "./relations.ts";
import { checkSetSize } from "./types.ts";

/** The typed expression; null if something is wrong with it, which has been reported. */
export function infer(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { span } = expression;
  switch (expression.kind) {
    case "integer": {
      const { value } = expression;
      if (value < LEAST_NUMBER || value > GREATEST_NUMBER) {
        return fail(checker, "interval-too-large", span, { bits: 32 });
      }
      return { kind: "literal", value, type: interval(value, value), span };
    }
    case "boolean":
      return { kind: "literal", value: expression.value, type: BOOL, span };
    case "null":
      return inferNull(checker, expression, hint);
    case "name": {
      const named = inferName(checker, expression.name, scope, hint);
      return named !== null && checkSetSize(checker, named.type, span) ? named : null;
    }
    case "call":
      return inferCall(checker, expression, scope, hint);
    case "index":
      return inferIndex(checker, expression, scope);
    case "field":
      return inferField(checker, expression, scope);
    case "prime": {
      const operand = checker.infer(expression.base, scope, hint);
      return operand === null ? null : { kind: "prime", operand, type: operand.type, span };
    }
    case "unary":
      return inferUnary(checker, expression, scope);
    case "binary":
      return inferBinary(checker, expression, scope, hint);
    case "if":
      return inferIf(checker, expression, scope, hint);
    case "let":
      return inferLet(checker, expression, scope, hint);
    case "quantifier":
      return inferQuantifier(checker, expression, scope);
    case "record":
      return adopt(inferRecord(checker, expression, scope, hint), hint);
    case "set":
      return adopt(inferSet(checker, expression, scope, hint), hint);
    case "sequence":
      return adopt(inferSequence(checker, expression, scope, hint), hint);
    case "array":
      return adopt(inferArray(checker, expression, scope, hint), hint);
    case "map":
      return adopt(inferMap(checker, expression, scope, hint), hint);
    case "filter":
      return inferFilter(checker, expression, scope, hint);
    case "with":
      return inferWith(checker, expression, scope, hint);
    case "at":
      return inferAt(checker, expression, scope);
    case "try-acquire":
      return fail(checker, "call-in-expression", span, { name: "try acquire" });
    case "temporal":
      return fail(checker, "not-yet-supported", span, {
        what: `the temporal operator \`${expression.operator}\``,
      });
    default:
      return expression satisfies never;
  }
}

type Written<Kind extends Expression["kind"]> = Expression & { readonly kind: Kind };

function inferNull(checker: Checker, expression: Written<"null">, hint: Hint | null): Expr | null {
  const { span } = expression;
  if (hint === null) return fail(checker, "type-unknown", span, { what: "`null`" });
  if (hint.type.kind !== "option") {
    const found = "`null`";
    return fail(checker, "type-mismatch", span, { expected: describeType(hint.type), found });
  }
  return { kind: "literal", value: null, type: hint.type, span };
}

function inferIndex(
  checker: Checker,
  expression: Written<"index">,
  scope: Scope | null,
): Expr | null {
  const { span } = expression;
  const process = processOf(checker, expression, scope);
  if (process !== undefined) {
    const members = checker.owners();
    if (process === null || members === null) return null;
    return { kind: "instance", ...process, members, type: members, span };
  }
  const inferred = checker.infer(expression.base, scope, null);
  if (inferred === null) {
    checker.infer(expression.index, scope, null);
    return null;
  }
  const base = plain(inferred);
  if (base.type.kind === "array") {
    const index = checkKey(checker, expression.index, scope, base.type.key);
    return index === null ? null : { kind: "index", base, index, type: base.type.of, span };
  }
  if (base.type.kind === "sequence") {
    const index = checkKey(
      checker,
      expression.index,
      scope,
      interval(0, Math.max(0, base.type.upto - 1)),
    );
    return index === null ? null : { kind: "element", base, index, type: base.type.of, span };
  }
  return fail(checker, "type-mismatch", expression.base.span, {
    expected: "an array or a sequence",
    found: describeExpr(inferred),
  });
}

function inferIf(
  checker: Checker,
  expression: Written<"if">,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const condition = checkBool(checker, expression.condition, scope);
  const branches = inferTogether(checker, [expression.then, expression.otherwise], scope, hint);
  const [then, otherwise] = branches?.exprs ?? [];
  if (condition === null || branches === null || then === undefined || otherwise === undefined)
    return null;
  return { kind: "if", condition, then, otherwise, type: branches.type, span: expression.span };
}

function inferLet(
  checker: Checker,
  expression: Written<"let">,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { name, span } = expression;
  const value = checker.infer(expression.value, scope, null);
  const inner = innerScope(scope);
  const binder: Binder | null = value && {
    kind: "binder",
    name: name.text,
    type: value.type,
    span: name.span,
  };
  bind(checker, inner, name, binder ?? "unusable");
  const body = checker.infer(expression.body, inner, hint);
  return value === null || binder === null || body === null
    ? null
    : { kind: "let", binder, value, body, type: body.type, span };
}

/** A literal that fits the type it stands beside is of that type: nothing needs to be converted then. */
function adopt(expr: Expr | null, hint: Hint | null): Expr | null {
  if (expr === null || hint === null || hint.strict) return expr;
  const type = hint.type.kind === "option" ? hint.type.of : hint.type;
  const fits = relate(expr.type, type) === "fits" && haveSameParts(expr.type, type);
  return fits ? { ...expr, type } : expr;
}

/** Whether the parts of values of a type that fits another are laid out alike in both. */
function haveSameParts(source: Type, target: Type): boolean {
  if (source.kind === "record" && target.kind === "record") {
    return source.fields.every((field, index) => {
      const other = target.fields[index];
      return other !== undefined && isAlike(field.type, other.type);
    });
  }
  return "of" in source && "of" in target && isAlike(source.of, target.of);
}

function isAlike(source: Type, target: Type): boolean {
  return isScalar(source) || relate(source, target) === "equal";
}
