// Where evaluating an expression goes wrong, as conditions in the order of evaluation, each of which may take for granted
// that those before it are false.

import type { Span } from "../../diagnostics/source.ts";
import { childrenOf, type Expr, type FaultKind, type LockPlace } from "../../machine/machine.ts";
import { fitsIn, isInstance, mayFault } from "../../machine/may-fault.ts";
import { exprTree } from "./expression.ts";
import { allBefore } from "./order.ts";
import { binding, type ExprOf, namesOf, outside, type Reading } from "./reading.ts";
import { letIn } from "./simplify.ts";
import {
  and,
  call,
  exists,
  FALSE,
  infix,
  NULL,
  not,
  number,
  or,
  reference,
  setOf,
  type Tla,
  tuple,
} from "./tree.ts";
import { processTree } from "./values.ts";

export interface Check {
  readonly when: Tla;
  readonly fault: FaultKind;
  readonly span: Span;
}

/** The condition under which evaluating an expression goes wrong. */
export function faultOf(r: Reading, expr: Expr): Tla {
  return or(...faultsOf(r, expr).map(({ when }) => when));
}

/** Everything that may go wrong while an expression is evaluated. */
export function faultsOf(r: Reading, expr: Expr): readonly Check[] {
  if (!mayFault(expr)) return [];
  const parts = (...list: readonly Expr[]): readonly Check[] =>
    list.flatMap((part) => faultsOf(r, part));
  switch (expr.kind) {
    case "logical": {
      const left = exprTree(r, expr.left);
      const on = expr.operator === "||" ? not(left) : left;
      const right = faultsOf(r, expr.right);
      return [...parts(expr.left), ...(expr.operator === "<=>" ? right : under(on, right))];
    }
    case "if": {
      const condition = exprTree(r, expr.condition);
      return [
        ...parts(expr.condition),
        ...under(condition, faultsOf(r, expr.then)),
        ...under(not(condition), faultsOf(r, expr.otherwise)),
      ];
    }
    case "let": {
      const { bound, r: inner } = binding(r, expr.binder);
      const value = exprTree(r, expr.value);
      const body = faultsOf(inner, expr.body);
      return [
        ...parts(expr.value),
        ...body.map((check) => ({ ...check, when: letIn(bound, value, check.when) })),
      ];
    }
    case "quantifier":
      return [...parts(expr.set), ...inQuantifier(r, expr)];
    case "array":
    case "map":
    case "filter": {
      const { bound, r: inner } = binding(r, expr.binder);
      const set =
        expr.kind === "array"
          ? exprTree(r, {
              kind: "type-set",
              of: expr.binder.type,
              type: { kind: "set", of: expr.binder.type },
              span: expr.span,
            })
          : exprTree(r, expr.set);
      const body = faultsOf(inner, expr.kind === "filter" ? expr.condition : expr.body);
      const inside = body.map((check) => ({ ...check, when: exists(bound, set, check.when) }));
      return [...(expr.kind === "array" ? [] : parts(expr.set)), ...inside];
    }
    case "prime":
      if (r.after === null) throw new Error("a primed expression outside a step property");
      return faultsOf({ ...r.after, binders: r.binders }, expr.operand);
    case "holder":
      return lockFaults(r, expr.lock);
    case "held":
      return [...lockFaults(r, expr.lock), ...(expr.by === null ? [] : parts(expr.by))];
    case "taken": {
      const own = [...(expr.index === null ? [] : parts(expr.index)), ...itself(r, expr)];
      if (expr.at === null || r.mover === null) return own;
      const index = expr.index === null ? null : exprTree(r, expr.index);
      const moved = infix(r.mover, "=", processTree(expr.process, index));
      return [...own, ...under(moved, parts(expr.at))];
    }
    default:
      return [...parts(...childrenOf(expr)), ...itself(r, expr)];
  }
}

function under(condition: Tla, checks: readonly Check[]): readonly Check[] {
  return checks.map((check) => ({ ...check, when: and(condition, check.when) }));
}

/** An element goes wrong, and none before it has decided or gone wrong itself. */
function inQuantifier(r: Reading, expr: ExprOf<"quantifier">): readonly Check[] {
  const { bound, r: inner } = binding(r, expr.binder);
  const checks = faultsOf(inner, expr.body);
  const [first] = checks;
  if (first === undefined) return [];
  const set = exprTree(r, expr.set);
  const fault = or(...checks.map(({ when }) => when));
  const undecided = (): Tla => {
    if (expr.quantifier !== "forall" && expr.quantifier !== "exists") return and();
    const type = expr.binder.type;
    return allBefore(r.context, type, set, reference(bound), expr.binder.name, (other) => {
      const before = { ...r, binders: new Map(r.binders).set(expr.binder, other) };
      const value = exprTree(before, expr.body);
      return and(
        not(faultOf(before, expr.body)),
        expr.quantifier === "forall" ? value : not(value),
      );
    });
  };
  return [{ ...first, when: exists(bound, set, and(fault, undecided())) }];
}

/** What goes wrong in the expression itself, once its parts have values. */
function itself(r: Reading, expr: Expr): readonly Check[] {
  const check = (fault: FaultKind, when: Tla): readonly Check[] =>
    when === FALSE ? [] : [{ when, fault, span: expr.span }];
  const of = (part: Expr): Tla => exprTree(r, part);
  switch (expr.kind) {
    case "index":
    case "with-index": {
      if (expr.base.type.kind !== "array" || fitsIn(expr.index.type, expr.base.type.key)) return [];
      return check("index", outside(r, of(expr.index), expr.index.type, expr.base.type.key));
    }
    case "element":
    case "with-element":
      return check("index", beyond(of(expr.index), expr.index, of(expr.base)));
    case "unwrap":
      return check("null-used", infix(of(expr.value), "=", NULL));
    case "arithmetic": {
      if (expr.operator !== "/" && expr.operator !== "%") return [];
      const { left, right } = expr;
      const negative =
        left.type.kind === "range" && left.type.lo >= 0 ? FALSE : infix(of(left), "<", number(0));
      const positive = right.type.kind === "range" && right.type.lo > 0;
      const zero = right.type.kind === "range" && right.type.lo === 0 ? "=" : "<=";
      const none = positive ? FALSE : infix(of(right), zero, number(0));
      return check("division", or(negative, none));
    }
    case "builtin": {
      const [first] = expr.arguments;
      if (first === undefined) return [];
      if (expr.function === "min" || expr.function === "max")
        return check("empty-set", infix(of(first), "=", setOf([])));
      if (expr.function === "first" || expr.function === "rest")
        return check("sequence-empty", infix(of(first), "=", tuple([])));
      if (expr.function !== "append" || expr.type.kind !== "sequence") return [];
      const length = call("Len", of(first));
      return check("sequence-full", infix(length, ">=", number(expr.type.upto)));
    }
    case "convert":
      if (fitsIn(expr.value.type, expr.type)) return [];
      return check("range", outside(r, of(expr.value), expr.value.type, expr.type));
    case "instance":
    case "done":
    case "located":
    case "process-variable":
    case "taken": {
      if (expr.index === null || isInstance(expr.index.type, expr.process)) return [];
      const { domain } = namesOf(r, expr.process);
      return domain === null ? [] : check("index", infix(of(expr.index), "\\notin", domain));
    }
    default:
      return [];
  }
}

/** An index of a sequence from 0 that lies outside it. */
export function beyond(index: Tla, expr: Expr, sequence: Tla): Tla {
  const high = infix(index, ">=", call("Len", sequence));
  if (expr.type.kind === "range" && expr.type.lo >= 0) return high;
  return or(infix(index, "<", number(0)), high);
}

/** What goes wrong where a lock is named. */
export function lockFaults(r: Reading, place: LockPlace): readonly Check[] {
  const own = place.lock.keys.flatMap((key, depth) => {
    const index = place.indices[depth];
    if (index === undefined || fitsIn(index.type, key)) return [];
    return [outside(r, exprTree(r, index), index.type, key)];
  });
  const parts = place.indices.flatMap((index) => faultsOf(r, index));
  if (own.length === 0) return parts;
  return [...parts, { when: or(...own), fault: "index", span: place.span }];
}
