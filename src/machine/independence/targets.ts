// What a search looks for in states, as targets: conditions of which it matters whether some state satisfies them.
// An invariant is violated where one of its conjuncts fails, a cover is reached where one of its alternatives holds; each
// of these parts is a target of its own, since a step that undoes one says nothing of the others.
//
// Quantifiers over constant sets are written out, so that it can be told which element a step touches.

import { childrenOf, mapChildren } from "../../language/expressions.ts";
import { type Binder, type Expr, evaluateConstant, type Machine, type Value } from "../machine.ts";
import { mayFault } from "../may-fault.ts";

export interface Target {
  readonly condition: Expr;
  /** The states that are looked for: those in which the condition has this truth. */
  readonly truth: boolean;
  /** The condition may not be evaluable, which is looked for as well. */
  readonly faulty: boolean;
}

/** Larger conditions are not written out. */
const MOST_NODES = 4000;
/** Conditions of more parts stay whole. */
const MOST_PARTS = 48;

/** All targets of a machine. Whether a process reaches a label is no target: its own steps alone decide it. */
export function targetsOf(machine: Machine): readonly Target[] {
  return [
    ...machine.properties.flatMap(({ kind, condition }) =>
      kind === "step" ? [] : partsOf(condition, kind === "cover"),
    ),
    // In a terminal state nobody is stuck.
    ...machine.terminal.flatMap((condition) => partsOf(condition, true)),
  ];
}

function partsOf(condition: Expr, truth: boolean): readonly Target[] {
  const whole = writtenOut(condition);
  if (mayFault(condition)) return [{ condition: whole, truth, faulty: true }];
  const parts = split({ condition: whole, truth, faulty: false });
  return parts.length > MOST_PARTS ? [{ condition: whole, truth, faulty: false }] : parts;
}

/** A target is reached where one of its parts is. */
function split(target: Target): readonly Target[] {
  const { condition, truth } = target;
  const part = (expr: Expr, of: boolean): readonly Target[] =>
    split({ ...target, condition: expr, truth: of });
  if (condition.kind === "not") return part(condition.operand, !truth);
  if (condition.kind !== "logical") return [target];
  const { operator, left, right } = condition;
  if (operator === (truth ? "||" : "&&")) return [...part(left, truth), ...part(right, truth)];
  if (operator === "=>" && truth) return [...part(left, false), ...part(right, true)];
  if (operator === "=>" && right.kind === "logical" && right.operator === "&&") {
    // a => b && c fails where a => b or a => c does.
    return [right.left, right.right].flatMap((each) => part({ ...condition, right: each }, false));
  }
  return [target];
}

/** The same condition with its quantifiers over constant sets written out, as far as it stays small. */
function writtenOut(condition: Expr): Expr {
  const budget = { nodes: MOST_NODES };
  const written = expand(condition, budget);
  return budget.nodes < 0 ? condition : written;
}

function expand(expr: Expr, budget: { nodes: number }): Expr {
  budget.nodes -= 1;
  if (budget.nodes < 0) return expr;
  const constant = evaluateConstant(expr);
  if (constant !== undefined) return literal(expr, constant);
  if (expr.kind === "let") return expand(withBound(expr.body, expr.binder, expr.value), budget);
  if (expr.kind !== "quantifier") return mapChildren(expr, (child) => expand(child, budget));
  const set = evaluateConstant(expr.set);
  if (!Array.isArray(set)) return mapChildren(expr, (child) => expand(child, budget));
  const bodies = set.map((value: Value) =>
    expand(withBound(expr.body, expr.binder, boundLiteral(expr.binder, value, expr)), budget),
  );
  const { type, span } = expr;
  switch (expr.quantifier) {
    case "forall":
    case "exists": {
      const all = expr.quantifier === "forall";
      const operator = all ? "&&" : "||";
      return bodies.reduceRight<Expr>(
        (right, left) => ({ kind: "logical", operator, left, right, type, span }),
        literal(expr, all),
      );
    }
    case "count":
    case "sum":
      return bodies.reduceRight<Expr>(
        (right, body) => {
          const left: Expr =
            expr.quantifier === "sum"
              ? body
              : {
                  kind: "if",
                  condition: body,
                  then: literal(expr, 1),
                  otherwise: literal(expr, 0),
                  type,
                  span,
                };
          return { kind: "arithmetic", operator: "+", left, right, type, span };
        },
        literal(expr, 0),
      );
    default:
      return expr.quantifier satisfies never;
  }
}

function literal({ type, span }: Expr, value: Value): Expr {
  return { kind: "literal", value, type, span };
}

function boundLiteral(binder: Binder, value: Value, { span }: Expr): Expr {
  return { kind: "literal", value, type: binder.type, span };
}

function withBound(expr: Expr, binder: Binder, value: Expr): Expr {
  if (expr.kind === "bound") return expr.binder === binder ? value : expr;
  if (childrenOf(expr).length === 0) return expr;
  return mapChildren(expr, (child) => withBound(child, binder, value));
}
