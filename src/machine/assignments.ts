// Assignments and the step functions (`xchg`, `fetch_add`, `cmpxchg`, `try acquire`) in terms of plain ops.

import type { Span } from "../diagnostics/source.ts";
import type { Computation, Expr, Place } from "../language/model.ts";
import {
  type Context,
  freshLocal,
  localName,
  localPlace,
  opsNode,
  readLocal,
  readPlace,
  substitute,
  substituteLock,
  substitutePlace,
} from "./builder.ts";
import { inlineCall } from "./calls.ts";
import type { GraphNode } from "./graph.ts";
import { computationIsStep } from "./lines.ts";
import type { MachineLocal, Op } from "./machine.ts";

/** `x += e` as the value that is assigned; the interval is exact. */
export function combine(operator: ":=" | "+=" | "-=", place: Place, value: Expr): Expr {
  if (operator === ":=") return value;
  const left = readPlace(place);
  const a = left.type;
  const b = value.type;
  if (a.kind !== "range" || b.kind !== "range")
    throw new Error(`${operator} on values that are no numbers`);
  const [lo, hi] = operator === "+=" ? [a.lo + b.lo, a.hi + b.hi] : [a.lo - b.hi, a.hi - b.lo];
  const type = { kind: "range", lo, hi, name: null, symmetric: false } as const;
  return {
    kind: "arithmetic",
    operator: operator === "+=" ? "+" : "-",
    left,
    right: value,
    type,
    span: value.span,
  };
}

interface Target {
  readonly line: number;
  readonly span: Span;
  /** Whether the assignment itself touches something shared. */
  readonly shared: boolean;
}

/** Evaluates a computation and assigns it to a place. */
export function buildAssign(
  computation: Computation,
  place: Place,
  operator: ":=" | "+=" | "-=",
  context: Context,
  next: GraphNode,
  target: Target,
): GraphNode {
  const { line, span } = target;
  const assign = (value: Expr): Op => ({
    kind: "assign",
    place,
    value: combine(operator, place, value),
    span,
  });
  if (computation.kind === "call") {
    const shared = target.shared;
    return inlineCall(computation.call, context, line, (result) => {
      if (result === null) throw new Error("the value of a call without a result is used");
      return opsNode(context, [assign(readLocal(result, computation.span))], next, {
        line: shared ? line : -1,
        step: shared,
        local: !shared,
      });
    });
  }
  if (computation.kind === "expression") {
    const step = target.shared || computationIsStep(computation);
    return opsNode(context, [assign(substitute(computation.value, context.locals))], next, {
      line,
      step,
      local: !step,
    });
  }
  const { ops, result } = stepFunction(computation, context);
  return opsNode(context, [...ops, assign(readLocal(result, computation.span))], next, {
    line,
    step: true,
  });
}

/** The ops of a step function, which leave its value in a local. */
export function stepFunction(
  computation: Computation & { kind: "step-function" | "try-acquire" },
  context: Context,
): { ops: readonly Op[]; result: MachineLocal } {
  const { span } = computation;
  if (computation.kind === "try-acquire") {
    const result = freshLocal(
      context.unit,
      localName(context, "taken"),
      { kind: "bool" },
      "result",
      span,
    );
    return {
      ops: [
        {
          kind: "try-acquire",
          lock: substituteLock(computation.lock, context.locals),
          result,
          span,
        },
      ],
      result,
    };
  }
  const place = substitutePlace(computation.place, context.locals);
  const values = computation.arguments.map((argument) => substitute(argument, context.locals));
  const result = freshLocal(
    context.unit,
    localName(context, computation.function === "cmpxchg" ? "swapped" : "old"),
    computation.type,
    "result",
    span,
  );
  const set = (value: Expr): Op => ({ kind: "assign", place, value, span });
  const keep = (value: Expr): Op => ({
    kind: "assign",
    place: localPlace(result, span),
    value,
    span,
  });
  const [first, second] = values;
  if (first === undefined) throw new Error(`${computation.function} without an argument`);
  if (computation.function === "cmpxchg") {
    if (second === undefined) throw new Error("cmpxchg without a new value");
    const equal: Expr = {
      kind: "comparison",
      operator: "==",
      left: readPlace(place),
      right: first,
      type: { kind: "bool" },
      span,
    };
    return {
      ops: [
        keep(equal),
        {
          kind: "if",
          condition: readLocal(result, span),
          then: [set(second)],
          otherwise: [],
          span,
        },
      ],
      result,
    };
  }
  const value = computation.function === "xchg" ? first : combine("+=", place, first);
  return { ops: [keep(readPlace(place)), set(value)], result };
}
