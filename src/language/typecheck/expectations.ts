// `expect` and `observe`: names of what the checker finds, resolved; values of params, valued.

import { didYouMean } from "../../diagnostics/suggest.ts";
import type { ExpectDeclaration, Name, ObserveDeclaration } from "../ast.ts";
import type { Expectation } from "../model.ts";
import { BUILT_IN_CHECKS, describeDeclared, duplicate } from "../resolve.ts";
import { labelsOf, statementsOf } from "../resolve-labels.ts";
import type { Value } from "../types.ts";
import { fitsType, formatValue } from "../values.ts";
import { coerce } from "./coerce.ts";
import { failNoParameter, isFixedType, parameterNamed } from "./constants.ts";
import { type Checker, type Declared, fail } from "./context.ts";
import { describeType, relate } from "./relations.ts";
import { restrict } from "./restrict.ts";
import { constantNumber, constantValue } from "./types.ts";

/** The named assertions of all code; a name that is taken is reported. */
export function collectAssertions(checker: Checker): ReadonlyMap<string, Name> {
  const assertions = new Map<string, Name>();
  for (const { kind, declaration } of checker.declared.values()) {
    if (kind !== "fn" && kind !== "process" && kind !== "action") continue;
    for (const statement of statementsOf(declaration.body)) {
      if (statement.kind !== "assert" || statement.name === null) continue;
      const { name } = statement;
      const first = assertions.get(name.text) ?? checker.declared.get(name.text)?.declaration.name;
      if (first !== undefined) checker.diagnostics.push(duplicate(name, first.span));
      if (BUILT_IN_CHECKS.includes(name.text))
        fail(checker, "reserved-name", name.span, { name: name.text });
      assertions.set(name.text, name);
    }
  }
  return assertions;
}

/** An `expect` with its names resolved and the values of its params known. */
export function checkExpectation(
  checker: Checker,
  declaration: ExpectDeclaration,
  assertions: ReadonlyMap<string, Name>,
): Expectation | null {
  const subject = checkSubject(checker, declaration.subject, assertions);
  const bindings: { name: string; value: Value }[] = [];
  for (const binding of declaration.bindings) {
    const value = checkBinding(checker, binding);
    const twice = bindings.some((other) => other.name === binding.name.text);
    const first = declaration.bindings.find((other) => other.name.text === binding.name.text);
    if (twice && first !== undefined)
      checker.diagnostics.push(duplicate(binding.name, first.name.span));
    if (value !== undefined) bindings.push({ name: binding.name.text, value });
  }
  if (subject === null || bindings.length < declaration.bindings.length) return null;
  return { subject, bindings, span: declaration.span };
}

function checkSubject(
  checker: Checker,
  subject: ExpectDeclaration["subject"],
  assertions: ReadonlyMap<string, Name>,
): Expectation["subject"] | null {
  switch (subject.kind) {
    case "property":
      return checkPropertySubject(checker, subject, assertions);
    case "label": {
      const { function: where, label, outcome } = subject;
      const symbol = checker.declared.get(where.text);
      if (symbol?.kind !== "fn" && symbol?.kind !== "process" && symbol?.kind !== "action") {
        const code = [...checker.declared.values()].filter((other) => "body" in other.declaration);
        const hint = didYouMean(
          where.text,
          code.map((other) => other.declaration.name.text),
        );
        return fail(checker, "unknown-name", where.span, { name: where.text }, { hint });
      }
      const labels = labelsOf(symbol.declaration.body);
      if (!labels.has(label.text)) {
        const hint = didYouMean(label.text, labels.keys());
        return fail(
          checker,
          "unknown-label",
          label.span,
          { label: label.text, where: where.text },
          { hint },
        );
      }
      return { kind: "label", function: where.text, label: label.text, outcome };
    }
    case "count": {
      const value = constantNumber(checker, subject.value, "an expected count");
      if (value === null) return null;
      if (value < 0) {
        const params = { found: String(value), expected: "a count" };
        return fail(checker, "out-of-range", subject.value.span, params);
      }
      return { kind: "count", what: subject.what, value };
    }
    default:
      return subject satisfies never;
  }
}

function checkPropertySubject(
  checker: Checker,
  { name, outcome }: ExpectDeclaration["subject"] & { readonly kind: "property" },
  assertions: ReadonlyMap<string, Name>,
): Expectation["subject"] | null {
  const symbol = checker.declared.get(name.text);
  const isCheck = assertions.has(name.text) || BUILT_IN_CHECKS.includes(name.text);
  if (symbol?.kind !== "property" && !isCheck) {
    if (symbol !== undefined) {
      const params = { name: name.text, what: describeDeclared(symbol) };
      return fail(checker, "not-a-property", name.span, params);
    }
    const properties = [...checker.declared.values()].filter((other) => other.kind === "property");
    const known = [
      ...properties.map((other) => other.declaration.name.text),
      ...assertions.keys(),
      ...BUILT_IN_CHECKS,
    ];
    return fail(
      checker,
      "unknown-name",
      name.span,
      { name: name.text },
      { hint: didYouMean(name.text, known) },
    );
  }
  const isCover = symbol?.kind === "property" && symbol.declaration.kind === "cover";
  const fitting = isCover ? ["reachable", "unreachable"] : ["holds", "violated"];
  if (!fitting.includes(outcome)) {
    const what = symbol === undefined ? "a check" : describeDeclared(symbol);
    const params = { name: name.text, what, outcome, fitting: fitting.join(" or ") };
    return fail(checker, "expect-outcome", name.span, params);
  }
  return { kind: "property", name: name.text, outcome };
}

function checkBinding(
  checker: Checker,
  { name, value: expression }: ExpectDeclaration["bindings"][number],
): Value | undefined {
  const symbol = parameterNamed(checker, name.text);
  if (symbol === null) {
    failNoParameter(checker, name.text, name.span);
    return undefined;
  }
  const constant = checker.constant(symbol);
  if (constant === null) return undefined;
  const { type } = constant;
  const inferred = checker.infer(expression, null, { type, strict: true });
  if (inferred === null) return undefined;
  const what = "the value of a param";
  // The bounds of the type may follow another param, which is judged when the spec is checked with both values.
  const loose = type.kind === "range" && relate(inferred.type, type) !== "unlike";
  const fitted = loose ? inferred : coerce(checker, inferred, type, "value");
  const expr = restrict(checker, fitted, { kind: "constant", what });
  const value = expr === null ? undefined : constantValue(checker, expr, what);
  if (value === undefined) return undefined;
  if (isFixedType(symbol.declaration.type) && !fitsType(value, type)) {
    const params = {
      name: name.text,
      value: formatValue(value, type),
      expected: describeType(type),
    };
    fail(checker, "parameter-out-of-range", expression.span, params);
    return undefined;
  }
  return value;
}

/** The names that `observe` lists: variables, locks and costs. */
export function checkObserved(checker: Checker, { names }: ObserveDeclaration): readonly string[] {
  const observed: string[] = [];
  for (const name of names) {
    const symbol = checker.declared.get(name.text);
    if (symbol !== undefined && isObservable(symbol)) {
      observed.push(name.text);
      continue;
    }
    if (symbol !== undefined) {
      fail(checker, "not-observable", name.span, {
        name: name.text,
        what: describeDeclared(symbol),
      });
      continue;
    }
    const known = [...checker.declared.values()].filter(isObservable);
    const hint = didYouMean(
      name.text,
      known.map((other) => other.declaration.name.text),
    );
    fail(checker, "unknown-name", name.span, { name: name.text }, { hint });
  }
  return observed;
}

function isObservable({ kind }: Declared): boolean {
  return kind === "variable" || kind === "lock" || kind === "cost";
}
