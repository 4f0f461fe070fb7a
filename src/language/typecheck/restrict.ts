// What an expression may read, by where it stands.
//
// The rules are checked on the typed tree, where the bodies of `def`s are already in place: a def is
// judged where it is used, and may be used wherever what it reads may be read.

import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/source.ts";
import { childrenOf, placeIndices } from "../expressions.ts";
import type { Expr, LockPlace, Place as TargetPlace } from "../model.ts";
import { type Checker, fail } from "./context.ts";

/**
 * - `constant`: literals, params and consts. - `initial`: also variables.
 * - `code`: also locks and `done`. - `ghost`: also ghosts. Where processes are at is for properties only.
 * - `state`: a property of states; `step`: also primes and `taken`.
 * The name says what it is for in messages.
 */
export type Reading =
  | { readonly kind: "constant"; readonly what: string }
  | { readonly kind: "initial"; readonly ghost: boolean }
  | { readonly kind: "code" | "ghost" | "state" | "step" };

export const CODE: Reading = { kind: "code" };
export const GHOST: Reading = { kind: "ghost" };

/** The expression if it reads only what may be read there; each fault is reported. */
export function restrict<E extends Expr>(
  checker: Checker,
  expr: E | null,
  place: Reading,
): E | null {
  if (expr === null) return null;
  const before = checker.diagnostics.length;
  visit(checker, expr, place, false);
  const found = checker.diagnostics.splice(before);
  checker.diagnostics.push(...found.map((diagnostic) => withUse(diagnostic, expr.span)));
  return found.length === 0 ? expr : null;
}

/** Adds where a def is used to what is wrong inside its body. */
function withUse(diagnostic: Diagnostic, use: Span): Diagnostic {
  const { span } = diagnostic;
  if (
    span === null ||
    (span.source === use.source && span.start >= use.start && span.end <= use.end)
  ) {
    return diagnostic;
  }
  return {
    ...diagnostic,
    related: [...diagnostic.related, { span: use, message: "it is used here" }],
  };
}

function visit(checker: Checker, expr: Expr, place: Reading, primed: boolean): void {
  const rule = judge(checker, expr, place, primed);
  if (!rule) return;
  for (const child of childrenOf(expr))
    visit(checker, child, place, primed || expr.kind === "prime");
}

/** Reports what is wrong with this node itself; false if its parts need not be looked at. */
function judge(checker: Checker, expr: Expr, place: Reading, primed: boolean): boolean {
  const { span } = expr;
  switch (expr.kind) {
    case "variable": {
      const { name, ghost } = expr.variable;
      if (place.kind === "constant") return notConstant(checker, name, span, place.what);
      const hidden = place.kind === "code" || (place.kind === "initial" && !place.ghost);
      if (ghost && hidden) {
        fail(checker, "ghost-in-code", span, { name });
        return false;
      }
      return true;
    }
    case "local":
      return place.kind === "constant"
        ? notConstant(checker, expr.local.name, span, place.what)
        : true;
    case "holder":
    case "held": {
      const what = `${expr.kind}(${expr.lock.lock.name})`;
      return hasState(checker, what, span, place);
    }
    case "done":
      return hasState(checker, `done(${expr.process.name})`, span, place);
    case "at":
    case "located":
      return inProperty(checker, `\`${expr.process.name} @ …\``, span, place);
    case "process-variable":
      return inProperty(checker, `\`${expr.process.name}.${expr.local.name}\``, span, place);
    case "prime":
      if (primed) {
        fail(checker, "nested-prime", span, {});
        return false;
      }
      return inStep(checker, "a prime", span, place);
    case "taken":
    case "taken-action":
      return inStep(checker, "`taken(…)`", span, place);
    default:
      return true;
  }
}

function notConstant(checker: Checker, name: string, span: Span, what: string): false {
  fail(checker, "not-constant", span, { what, name });
  return false;
}

function hasState(checker: Checker, what: string, span: Span, place: Reading): boolean {
  if (place.kind === "constant") return notConstant(checker, what, span, place.what);
  if (place.kind !== "initial") return true;
  fail(checker, "state-in-initial", span, { what });
  return false;
}

function inProperty(checker: Checker, what: string, span: Span, place: Reading): boolean {
  if (place.kind === "state" || place.kind === "step") return true;
  fail(checker, "property-only", span, { what });
  return false;
}

function inStep(checker: Checker, what: string, span: Span, place: Reading): boolean {
  if (place.kind === "step") return true;
  fail(checker, "prime-outside-step", span, { what });
  return false;
}

/** A lock place whose indices read only what may be read there. */
export function restrictLock(
  checker: Checker,
  lock: LockPlace | null,
  place: Reading,
): LockPlace | null {
  if (lock === null) return null;
  const indices = lock.indices.map((index) => restrict(checker, index, place));
  return indices.includes(null) ? null : lock;
}

/** A place whose indices read only what may be read there. */
export function restrictPlace(
  checker: Checker,
  target: TargetPlace | null,
  place: Reading,
): TargetPlace | null {
  if (target === null) return null;
  const indices = placeIndices(target).map((index) => restrict(checker, index, place));
  return indices.includes(null) ? null : target;
}
