// The body of a rule while it is being written, and what may go wrong in what it evaluates.

import type { Expr } from "../../machine/machine.ts";
import { evaluate } from "../scalar/evaluate.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { isFalse, isTrue, or } from "../scalar/scalar-build.ts";
import { type Scope, scopeOf } from "../scalar/scope.ts";
import type { FaultSite, Symbolic } from "../scalar/symbolic.ts";
import type { Lines } from "../text.ts";
import type { Inside } from "./context.ts";
import { faultStatements, subjectOfFault } from "./judging.ts";
import { scalarText } from "./scalar-text.ts";

export interface Body {
  readonly inside: Inside;
  readonly to: Lines;
  /** Work before the first step. */
  readonly beginning: boolean;
  /** What follows a step that did not fault: step properties are judged there. */
  readonly atEnd: (body: Body) => void;
  /** Variables that keep the loops around going, by the ids of their ops. */
  readonly loops: ReadonlyMap<number, string>;
  /** Nothing follows in the rule, so that ending needs no `return`. */
  readonly last: boolean;
}

export function scopeIn({ inside }: Body): Scope {
  return scopeOf(inside.context.notions, inside.reading);
}

export function textIn(body: Body, scalar: Scalar): string {
  return scalarText(scalar, body.inside.text);
}

/** Statements for what went wrong in an evaluation; false if it surely does, so that nothing follows. */
export function faults(body: Body, sites: readonly FaultSite[]): boolean {
  const { judging, counting } = body.inside.context;
  let position = 0;
  while (position < sites.length) {
    const first = sites[position] as FaultSite;
    const alike = [first];
    while (alike.length + position < sites.length) {
      const next = sites[position + alike.length] as FaultSite;
      const same = judging.kind === "check" ? samePlace(next, first) : sameVerdict(next, first);
      if (!same) break;
      alike.push(next);
    }
    const when = or(...alike.map((site) => site.when));
    const always = isTrue(when);
    const fault = { kind: first.fault, span: first.span, beginning: body.beginning };
    if (!isFalse(when)) {
      const condition = always ? null : textIn(body, when);
      faultStatements(body.to, judging, counting, { ...fault, when: condition });
    }
    if (always) return false;
    position += alike.length;
  }
  return true;
}

function samePlace(left: FaultSite, right: FaultSite): boolean {
  return left.fault === right.fault && left.span === right.span;
}

function sameVerdict(left: FaultSite, right: FaultSite): boolean {
  return subjectOfFault(left.fault).kind === subjectOfFault(right.fault).kind;
}

/** The value of an expression, after statements for its faults; null if it always faults. */
export function valueIn(body: Body, expr: Expr): Symbolic | null {
  const scope = scopeIn(body);
  const value = evaluate(expr, scope);
  return faults(body, scope.sites) ? value : null;
}
