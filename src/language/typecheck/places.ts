// Indices, places that can be assigned, and locks.

import { spanText } from "../../diagnostics/source.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { Expression } from "../ast.ts";
import type { Expr, Local, LockPlace, PathStep, Place, Variable } from "../model.ts";
import { describeDeclared } from "../resolve.ts";
import { lookUp, unknownName } from "../resolve-names.ts";
import type { Type } from "../types.ts";
import { coerce } from "./coerce.ts";
import { type Checker, fail, type Scope } from "./context.ts";
import { fieldOf } from "./fields.ts";
import { describeType, interval } from "./relations.ts";

/** An index; one outside the keys is the fault `index` when it runs, so there is nothing to convert. */
export function checkKey(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
  key: Type,
): Expr | null {
  const expr = checker.infer(expression, scope, { type: key, strict: true });
  return expr === null ? null : coerce(checker, expr, key, "assign");
}

/** The place that the left side of an assignment or an argument of a step function denotes. */
export function checkPlace(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
): Place | null {
  switch (expression.kind) {
    case "name":
      return rootPlace(checker, expression, scope);
    case "index":
    case "field": {
      const base = checkPlace(checker, expression.base, scope);
      if (base === null) return null;
      const step = stepInto(checker, base, expression, scope);
      if (step === null) return null;
      return {
        root: base.root,
        path: [...base.path, step.step],
        type: step.type,
        span: expression.span,
      };
    }
    default:
      return fail(checker, "not-a-place", expression.span, { what: "this expression" });
  }
}

function rootPlace(
  checker: Checker,
  expression: Expression & { readonly kind: "name" },
  scope: Scope | null,
): Place | null {
  const { name, span } = expression;
  const place = (root: Variable | Local): Place => ({ root, path: [], type: root.type, span });
  const bound = lookUp(scope, name.text);
  if (bound === "unusable") return null;
  if (bound !== null) {
    if (bound.kind === "local" && isAssignable(bound)) return place(bound);
    const what = bound.kind === "local" ? roles[bound.role] : "a name inside an expression";
    return fail(checker, "not-assignable", span, { name: name.text, what });
  }
  const symbol = checker.declared.get(name.text);
  if (symbol?.kind === "variable") {
    const variable = checker.variable(symbol);
    return variable && place(variable);
  }
  if (symbol !== undefined) {
    return fail(checker, "not-assignable", span, {
      name: name.text,
      what: describeDeclared(symbol),
    });
  }
  return unknownName(checker, name, scope);
}

const roles: Readonly<Record<Local["role"], string>> = {
  index: "the index of the process",
  parameter: "a parameter",
  reference: "a `ref` parameter",
  variable: "a variable",
  top: "a variable",
  loop: "the variable of a loop or choice",
  result: "a result",
};

/** Whether a local changes by assignment. */
export function isAssignable(local: Local): boolean {
  return local.role === "variable" || local.role === "top" || local.role === "reference";
}

function stepInto(
  checker: Checker,
  base: Place,
  expression: Expression & { readonly kind: "index" | "field" },
  scope: Scope | null,
): { readonly step: PathStep; readonly type: Type } | null {
  const { type } = base;
  if (expression.kind === "index") {
    if (type.kind === "array") {
      const index = checkKey(checker, expression.index, scope, type.key);
      return index && { step: { kind: "index", index, type }, type: type.of };
    }
    if (type.kind === "sequence") {
      const index = checkKey(
        checker,
        expression.index,
        scope,
        interval(0, Math.max(0, type.upto - 1)),
      );
      return index && { step: { kind: "element", index }, type: type.of };
    }
    const params = { expected: "an array or a sequence", found: describeType(type) };
    return fail(checker, "type-mismatch", base.span, params, optionHint(type));
  }
  if (type.kind !== "record") {
    const params = { expected: "a record", found: describeType(type) };
    return fail(checker, "type-mismatch", base.span, params, optionHint(type));
  }
  const field = fieldOf(checker, type, expression.field);
  return field && { step: { kind: "field", name: field.name, type }, type: field.type };
}

function optionHint(type: Type): { readonly hint: string | null } {
  return {
    hint:
      type.kind === "option"
        ? "assign the whole option: there may be nothing in it to change"
        : null,
  };
}

/** The lock that an expression names, with all of its indices. */
export function checkLock(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
): LockPlace | null {
  const written: Expression[] = [];
  let root = expression;
  while (root.kind === "index") {
    written.unshift(root.index);
    root = root.base;
  }
  const notLock = (hint: string | null): null =>
    fail(
      checker,
      "not-a-lock",
      expression.span,
      { what: `\`${spanText(expression.span)}\`` },
      { hint },
    );
  if (root.kind !== "name") return notLock(null);
  const name = root.name;
  const symbol = lookUp(scope, name.text) === null ? checker.declared.get(name.text) : undefined;
  if (symbol?.kind !== "lock") {
    const locks = [...checker.declared.values()].filter((other) => other.kind === "lock");
    const known = locks.map((lock) => lock.declaration.name.text);
    if (symbol === undefined && lookUp(scope, name.text) === null) {
      return fail(
        checker,
        "unknown-name",
        name.span,
        { name: name.text },
        { hint: didYouMean(name.text, known) },
      );
    }
    return notLock(didYouMean(name.text, known));
  }
  const lock = checker.lock(symbol);
  if (lock === null) return null;
  if (written.length !== lock.keys.length) {
    const keys = lock.keys.length;
    const wanted = keys === 0 ? "no index" : keys === 1 ? "one index" : `${keys} indices`;
    return notLock(`\`${lock.name}\` takes ${wanted}`);
  }
  const indices: Expr[] = [];
  lock.keys.forEach((key, position) => {
    const index = written[position];
    const expr = index === undefined ? null : checkKey(checker, index, scope, key);
    if (expr !== null) indices.push(expr);
  });
  return indices.length === lock.keys.length ? { lock, indices, span: expression.span } : null;
}
