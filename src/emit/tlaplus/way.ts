// What the parts of a walk through a step share: what a way through it needs, what comes after, and what goes wrong.

import type { Span } from "../../diagnostics/source.ts";
import type { Code, FaultKind, Lock } from "../../machine/machine.ts";
import { type Context, need, placeText } from "./context.ts";
import type { Check } from "./faults.ts";
import type { Owner, Path } from "./path.ts";
import { call, choose, string, type Tla } from "./tree.ts";

/** What comes after a piece of code; `weight` tells how much that is. */
export interface Next {
  readonly weight: number;
  readonly go: (path: Path) => Tla;
}

export interface Walk {
  readonly context: Context;
  readonly owner: Owner | null;
  /** Locks that may be held where the step begins. */
  readonly mayHold: readonly Lock[];
  readonly loops: ReadonlyMap<number, { readonly after: Next; readonly again: Next }>;
  /** Rounds of a loop that are written out at most; null: as many as can be read. */
  readonly rounds: number | null;
  /** Where a path ends: at a location, or (null) in an action. */
  readonly arrive: (path: Path, location: number | null) => Tla;
  /** The formula of code from a position on. */
  readonly run: (w: Walk, code: Code, position: number, path: Path, next: Next) => Tla;
  /** A fault ends it. */
  readonly fault: (verdict: string, place: string) => Tla;
}

/** How many ops there are that say something. */
export function weightOf(code: Code): number {
  return code.reduce((sum, op) => {
    switch (op.kind) {
      case "line":
      case "branch":
      case "enter":
      case "leave":
        return sum;
      case "if":
        return sum + 1 + weightOf(op.then) + weightOf(op.otherwise);
      case "loop":
      case "pick":
        return sum + 2 + weightOf(op.body);
      case "either":
        return op.branches.reduce((total, branch) => total + weightOf(branch), sum + 1);
      default:
        return sum + 1;
    }
  }, 0);
}

// ---------------------------------------------------------------- what goes wrong

const LOCK_USE: ReadonlySet<FaultKind> = new Set([
  "double-acquire",
  "release-not-held",
  "downgrade-not-held",
  "lock-held-at-end",
  "contract-broken",
]);

/** The step goes wrong. */
export function faultFormula(w: Walk, kind: FaultKind, span: Span): Tla {
  return w.fault(LOCK_USE.has(kind) ? "lock_use" : "range", `${kind}, ${placeText(span)}`);
}

/** What follows if none of the checks finds anything. */
export function checked(w: Walk, checks: readonly Check[], go: () => Tla): Tla {
  const [first, ...others] = checks;
  if (first === undefined) return go();
  const fault = faultFormula(w, first.fault, first.span);
  return choose(first.when, fault, checked(w, others, go));
}

/** Something that is reported if it does not hold, and the step goes on. */
export function note(w: Walk, verdict: string, condition: Tla, span: Span): Tla {
  needChecked(w.context);
  return call("Checked", string(verdict), condition, string(placeText(span)));
}

/** Has the operator defined that reports conditions which do not hold. */
export function needChecked(context: Context): void {
  need(context, "Checked", [
    "\\* A condition that is reported if it does not hold, and the step goes on.",
    "Checked(verdict, condition, place) == IF condition THEN TRUE ELSE Report(verdict, place)",
  ]);
}

/** A condition for a step. TLC would take its disjuncts for different steps, unless it is an operand. */
export function guard(context: Context, condition: Tla): Tla {
  if (!forks(condition)) return condition;
  need(context, "When", [
    "\\* A condition as one: TLC would take each disjunct for a step of its own, and count them all.",
    "When(condition) == condition = TRUE",
  ]);
  return call("When", condition);
}

function forks(tree: Tla): boolean {
  switch (tree.kind) {
    case "list":
      return tree.operator === "\\/" || tree.parts.some(forks);
    case "quantifier":
      return tree.quantifier === "\\E" || forks(tree.body);
    case "let":
      return forks(tree.body);
    case "if":
      return forks(tree.then) || forks(tree.otherwise);
    case "infix":
      return tree.operator === "=>" && forks(tree.right);
    case "later":
      return true;
    default:
      return false;
  }
}
