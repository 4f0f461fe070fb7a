// Processes in expressions: instances as values, and where they are: `p @ L`, `p.x`, `done(p)`, `taken(…)`.

import type { Span } from "../../diagnostics/source.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { Expression, Name } from "../ast.ts";
import { evaluateConstant } from "../constants.ts";
import { isConstant } from "../expressions.ts";
import type { Expr, Process } from "../model.ts";
import { declaredAs } from "../resolve.ts";
import { calledBy, labelsOf } from "../resolve-labels.ts";
import { lookUp } from "../resolve-names.ts";
import { contains, formatValue } from "../values.ts";
import { type Checker, fail, type Scope } from "./context.ts";
import { checkKey } from "./places.ts";
import { BOOL } from "./relations.ts";

/** One process instance, or the instances that an index can say. */
export interface ProcessReference {
  readonly process: Process;
  readonly index: Expr | null;
}

/** The process that `p` or `p[i]` names; undefined if the expression does not begin with a process. */
export function processOf(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
): ProcessReference | null | undefined {
  const named = expression.kind === "index" ? expression.base : expression;
  if (named.kind !== "name" || lookUp(scope, named.name.text) !== null) return undefined;
  const symbol = declaredAs(checker, named.name.text, "process");
  if (symbol === null) return undefined;
  const process = checker.process(symbol);
  if (process === null) return null;
  const { name } = process;
  if (expression.kind !== "index") {
    if (process.index === null) return { process, index: null };
    return fail(checker, "process-index", expression.span, {
      name,
      what: `an index: \`${name}[…]\``,
    });
  }
  if (process.index === null) {
    return fail(checker, "process-index", expression.span, { name, what: "no index" });
  }
  const index = checkKey(checker, expression.index, scope, process.index.local.type);
  if (index === null) return null;
  const value = isConstant(index) ? evaluateConstant(index) : undefined;
  if (value !== undefined && !contains(process.index.values, value)) {
    const found = formatValue(value, index.type);
    return fail(checker, "out-of-range", index.span, {
      found,
      expected: `the index of a \`${name}\``,
    });
  }
  return { process, index };
}

/** The process that an argument or the left side of `@` must name. */
export function checkProcess(
  checker: Checker,
  expression: Expression,
  scope: Scope | null,
): ProcessReference | null {
  const process = processOf(checker, expression, scope);
  if (process !== undefined) return process;
  const named = expression.kind === "index" ? expression.base : expression;
  const known = [...checker.declared.values()]
    .filter((symbol) => symbol.kind === "process")
    .map((symbol) => symbol.declaration.name.text);
  const hint = named.kind === "name" ? didYouMean(named.name.text, known) : null;
  return fail(checker, "not-a-process", expression.span, {}, { hint });
}

/** `p.x`, the variable at the top of p's body. */
export function processVariable(
  checker: Checker,
  { process, index }: ProcessReference,
  field: Name,
  span: Span,
): Expr | null {
  const variables = checker.processVariables.get(process.name);
  const local = variables?.get(field.text);
  if (local === undefined) {
    const hint = didYouMean(field.text, variables?.keys() ?? []);
    const params = { process: process.name, name: field.text };
    return fail(checker, "unknown-process-variable", field.span, params, { hint });
  }
  return { kind: "process-variable", process, index, local, type: local.type, span };
}

/** `p @ L`, `p @ f.L`, `p @ f`. */
export function inferAt(
  checker: Checker,
  expression: Expression & { readonly kind: "at" },
  scope: Scope | null,
): Expr | null {
  const reference = checkProcess(checker, expression.process, scope);
  if (reference === null) return null;
  const [first, second] = expression.path;
  if (first === undefined) return null;
  const target =
    second === undefined
      ? targetOf(checker, reference.process, first)
      : qualifiedTarget(checker, reference.process, first, second);
  if (target === null) return null;
  return { kind: "at", ...reference, target, type: BOOL, span: expression.span };
}

type Target = (Expr & { readonly kind: "at" })["target"];

function targetOf(checker: Checker, process: Process, name: Name): Target | null {
  const body = declaredAs(checker, process.name, "process")?.declaration.body;
  const called = calledBy(checker, process.name);
  const label = name.text;
  if (body !== undefined && labelsOf(body).has(label))
    return { kind: "label", function: null, label };
  const holders = called.filter((fn) => labelsOf(fn.body).has(label)).map((fn) => fn.name.text);
  const [holder, ...others] = holders;
  if (others.length > 0) {
    return fail(checker, "ambiguous-label", name.span, {
      label,
      process: process.name,
      functions: holders.map((fn) => `\`${fn}\``).join(", "),
    });
  }
  if (holder !== undefined) return { kind: "label", function: holder, label };
  if (called.some((fn) => fn.name.text === label)) return { kind: "function", function: label };
  if (declaredAs(checker, label, "fn") !== null) {
    return fail(checker, "not-called", name.span, { process: process.name, name: label });
  }
  const known = [
    ...(body === undefined ? [] : labelsOf(body).keys()),
    ...called.flatMap((fn) => [...labelsOf(fn.body).keys(), fn.name.text]),
  ];
  const params = { label, where: process.name };
  return fail(checker, "unknown-label", name.span, params, { hint: didYouMean(label, known) });
}

function qualifiedTarget(
  checker: Checker,
  process: Process,
  where: Name,
  label: Name,
): Target | null {
  const own = where.text === process.name;
  const fn = calledBy(checker, process.name).find((called) => called.name.text === where.text);
  const body = own ? declaredAs(checker, process.name, "process")?.declaration.body : fn?.body;
  if (body === undefined) {
    if (declaredAs(checker, where.text, "fn") !== null) {
      return fail(checker, "not-called", where.span, { process: process.name, name: where.text });
    }
    const known = calledBy(checker, process.name).map((called) => called.name.text);
    const hint = didYouMean(where.text, known);
    return fail(checker, "unknown-name", where.span, { name: where.text }, { hint });
  }
  if (!labelsOf(body).has(label.text)) {
    const hint = didYouMean(label.text, labelsOf(body).keys());
    return fail(
      checker,
      "unknown-label",
      label.span,
      { label: label.text, where: where.text },
      { hint },
    );
  }
  return { kind: "label", function: own ? null : where.text, label: label.text };
}

/** `taken(p)`, `taken(p @ L)`, `taken(a)`. */
export function inferTaken(
  checker: Checker,
  argument: Expression,
  scope: Scope | null,
  span: Span,
): Expr | null {
  if (argument.kind === "name") {
    const symbol = declaredAs(checker, argument.name.text, "action");
    if (symbol !== null) {
      const action = checker.action(symbol);
      return action && { kind: "taken-action", action, type: BOOL, span };
    }
  }
  if (argument.kind === "at") {
    const at = inferAt(checker, argument, scope);
    if (at?.kind !== "at") return null;
    return { kind: "taken", process: at.process, index: at.index, at, type: BOOL, span };
  }
  const reference = checkProcess(checker, argument, scope);
  return reference && { kind: "taken", ...reference, at: null, type: BOOL, span };
}
