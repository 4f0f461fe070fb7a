// `if` and conditions: arms whose condition is constant are decided here, step functions and calls run before the branch.

import type { Span } from "../diagnostics/source.ts";
import { evaluateConstant } from "../language/constants.ts";
import { bodiesOf, isConstant, readsShared } from "../language/expressions.ts";
import type { Body, Condition, Expr, Stmt } from "../language/model.ts";
import { stepFunction } from "./assignments.ts";
import {
  type Context,
  labelsAtStart,
  markBranch,
  nodeBase,
  opsNode,
  readLocal,
  substitute,
} from "./builder.ts";
import { inlineCall } from "./calls.ts";
import type { GraphNode } from "./graph.ts";
import { isJumpedInto } from "./labels.ts";

/** The source of a statement's head, on one line. */
export function lineCode(context: Context, head: Span): string {
  const { lines } = context.unit.tables;
  return lines.lines[lines.lineOf(head)]?.code ?? "";
}

/** The nodes of an `if` with all its arms. */
export function buildIf(
  statement: Stmt & { kind: "if" },
  context: Context,
  next: GraphNode,
): GraphNode {
  const code = (head: Span): string => lineCode(context, head);
  // Arms whose condition is constant are decided here: false ones are left out, a true one is the end of the chain.
  const arms = statement.arms.filter((arm) => constantCondition(arm.condition) !== false);
  const certain = arms.findIndex((arm) => constantCondition(arm.condition) === true);
  const open = certain < 0 ? arms : arms.slice(0, certain);
  const last = open.at(-1);
  const otherwise = certain < 0 ? statement.otherwise : (arms[certain]?.body ?? null);
  // What is left out may still be jumped into: then it is there, behind its labels.
  const leaveOut = (body: Body): void => {
    if (isJumpedInto(body, context)) context.unit.buildBody(body, context, next);
  };
  const kept = new Set([...open.map(({ body }) => body), otherwise]);
  for (const body of bodiesOf(statement)) if (!kept.has(body)) leaveOut(body);
  let entry: GraphNode =
    otherwise === null ? next : context.unit.buildBody(otherwise, context, next);
  if (last !== undefined) {
    const mark =
      otherwise === null
        ? ({
            span: last.condition.head,
            description: `\`${code(last.condition.head)}\` without its condition`,
            labels: [],
            exempt: "note",
          } as const)
        : ({
            span: otherwise.span,
            description: `the else of \`${code(last.condition.head)}\``,
            labels: labelsAtStart(otherwise),
            exempt: "none",
          } as const);
    entry = markBranch(context, entry, mark);
  }
  for (const arm of [...open].reverse()) {
    const { condition, body } = arm;
    // An argument may decide the condition in this copy; the branch counts all the same.
    const here = decidedHere(condition, context);
    if (here === false) leaveOut(body);
    const inside = here === false ? next : context.unit.buildBody(body, context, next);
    const then = markBranch(context, inside, {
      span: body.span,
      description: `\`${code(condition.head)}\``,
      labels: labelsAtStart(body),
      exempt: "none",
    });
    if (here === true) entry = then;
    else if (here === null) entry = buildCondition(condition, context, then, entry, next);
  }
  return entry;
}

/** The value of a condition made only of params and consts: the other arm is not part of this machine. */
export function constantCondition({ computation, negated }: Condition): boolean | null {
  return computation.kind === "expression" ? constantTruth(computation.value, negated) : null;
}

/** The value of a condition that the constants passed to this copy of a function decide. */
function decidedHere({ computation, negated }: Condition, context: Context): boolean | null {
  if (computation.kind !== "expression") return null;
  return constantTruth(substitute(computation.value, context.locals), negated);
}

/** What a condition made only of constants comes to; null if it is not. */
export function constantTruth(expr: Expr, negated: boolean): boolean | null {
  const value = isConstant(expr) ? evaluateConstant(expr) : undefined;
  return typeof value === "boolean" ? value !== negated : null;
}

/** The nodes of a condition: what must run first, then the branch. */

export function buildCondition(
  condition: Condition,
  context: Context,
  whenTrue: GraphNode,
  whenFalse: GraphNode,
  join: GraphNode | null,
): GraphNode {
  const { computation, negated, head } = condition;
  const [then, otherwise] = negated ? [whenFalse, whenTrue] : [whenTrue, whenFalse];
  const line = context.unit.tables.lines.lineOf(head);
  const span = computation.span;
  const known = constantCondition(condition);
  if (known !== null) return known ? whenTrue : whenFalse;
  const branch = (test: Expr, step: boolean, shown: number): GraphNode => ({
    ...nodeBase(context, { line: shown, step }),
    kind: "branch",
    condition: test,
    span,
    then,
    otherwise,
    join,
  });
  switch (computation.kind) {
    case "expression":
      return branch(
        substitute(computation.value, context.locals),
        readsShared(computation.value),
        line,
      );
    case "call":
      return inlineCall(computation.call, context, line, (result) => {
        if (result === null) throw new Error("the value of a call without a result is tested");
        return branch(readLocal(result, span), false, -1);
      });
    case "step-function":
    case "try-acquire": {
      const { ops, result } = stepFunction(computation, context);
      return opsNode(context, ops, branch(readLocal(result, span), false, -1), {
        line,
        step: true,
      });
    }
    default:
      return computation satisfies never;
  }
}
