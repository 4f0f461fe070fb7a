// Names in code and expressions: scopes of locals and binders, and what a bare name may mean.

import { didYouMean } from "../diagnostics/suggest.ts";
import type { Expression, Name } from "./ast.ts";
import { duplicate } from "./resolve.ts";
import { type Bound, type Checker, fail, type Scope } from "./typecheck/context.ts";

/** A scope inside another. */
export function innerScope(parent: Scope | null): Scope {
  return { parent, names: new Map() };
}

/** The local or binder that a name stands for here. */
export function lookUp(scope: Scope | null, name: string): Bound | null {
  for (let inner = scope; inner !== null; inner = inner.parent) {
    const found = inner.names.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * Adds a local or binder to a scope; a name that is visible already is refused. Names of properties are not visible in
 * code and expressions, so they may be used again.
 */
export function bind(checker: Checker, scope: Scope, name: Name, bound: Bound): void {
  const visible = lookUp(scope, name.text);
  const symbol = checker.declared.get(name.text);
  const taken =
    (visible === "unusable" ? undefined : visible?.span) ??
    (symbol?.kind === "property" ? undefined : symbol?.declaration.name.span) ??
    memberSpan(checker, name.text);
  if (taken !== undefined) checker.diagnostics.push(duplicate(name, taken));
  scope.names.set(name.text, bound);
}

function memberSpan(checker: Checker, name: string): Name["span"] | undefined {
  const declaration = checker.enumsByMember.get(name)?.[0]?.declaration;
  if (declaration?.kind !== "enum") return undefined;
  return declaration.members.find((member) => member.text === name)?.span;
}

/** Reports a name that means nothing here, with the nearest one that does. */
export function unknownName(checker: Checker, name: Name, scope: Scope | null): null {
  const visible: string[] = [];
  for (let inner = scope; inner !== null; inner = inner.parent) visible.push(...inner.names.keys());
  visible.push(...checker.declared.keys(), ...checker.enumsByMember.keys());
  const hint = didYouMean(name.text, visible);
  return fail(checker, "unknown-name", name.span, { name: name.text }, { hint });
}

/**
 * Whether an expression does not say by itself what type it has: `null`, the empty set and sequence, a
 * member that several enums have, and what is made of these only.
 */
export function needsHint(checker: Checker, expression: Expression, scope: Scope | null): boolean {
  const needs = (inner: Expression): boolean => needsHint(checker, inner, scope);
  switch (expression.kind) {
    case "null":
      return true;
    case "name": {
      const name = expression.name.text;
      if (lookUp(scope, name) !== null || checker.declared.has(name)) return false;
      return (checker.enumsByMember.get(name)?.length ?? 0) > 1;
    }
    case "set":
    case "sequence":
      return expression.elements.every(needs);
    case "if":
      return needs(expression.then) && needs(expression.otherwise);
    case "let":
      return needs(expression.body);
    // A record could do without, but what stands beside it says the order and full types of the fields.
    case "record":
      return true;
    case "array":
    case "map":
      return needs(expression.body);
    case "binary":
      return (
        (expression.operator === "union" ||
          expression.operator === "intersect" ||
          expression.operator === "minus") &&
        needs(expression.left) &&
        needs(expression.right)
      );
    default:
      return false;
  }
}
