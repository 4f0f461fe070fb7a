// Sets, sequences and arrays: as written, made from others, and asked.

import { type Expr, firstValue, type Type } from "../../machine/machine.ts";
import { mayFault } from "../../machine/may-fault.ts";
import type { Evaluate } from "./lock-keys.ts";
import type { Scalar } from "./scalar.ts";
import {
  add,
  and,
  atMost,
  eq,
  FALSE,
  isFalse,
  less,
  not,
  number,
  or,
  subtract,
  TRUE,
} from "./scalar-build.ts";
import { apart, bind, mayGoWrong, type Notions, type Scope, under } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";
import {
  asOption,
  choose,
  expect,
  type SequenceSymbolic,
  type SetSymbolic,
  scalar,
  scalarOf,
  setOf,
} from "./symbolic-build.ts";
import {
  allValues,
  candidatesBy,
  candidatesOf,
  elementType,
  equal,
  fits,
  literal,
  overSet,
  sequenceOf,
  subset,
} from "./symbolic-values.ts";

type ExprOf<K extends Expr["kind"]> = Extract<Expr, { readonly kind: K }>;

export function collection(
  expr: ExprOf<
    | "member"
    | "set-operation"
    | "subset"
    | "interval"
    | "type-set"
    | "set"
    | "sequence"
    | "array"
    | "map"
    | "filter"
    | "builtin"
  >,
  scope: Scope,
  evaluate: Evaluate,
): Symbolic {
  const { notions } = scope;
  const setIn = (inner: Expr): SetSymbolic => expect(evaluate(inner, scope), "set");
  switch (expr.kind) {
    case "member": {
      const element = evaluate(expr.element, scope);
      const isIn = setIn(expr.set).has(element);
      return scalar(expr.negated ? not(isIn) : isIn);
    }
    case "subset": {
      const left = setIn(expr.left);
      return scalar(subset(notions, left, elementType(expr.left.type), setIn(expr.right)));
    }
    case "set-operation": {
      const left = setIn(expr.left);
      return combination(expr, left, setIn(expr.right), notions);
    }
    case "interval": {
      const lo = scalarOf(evaluate(expr.lo, scope));
      const hi = scalarOf(evaluate(expr.hi, scope));
      const between = (value: Scalar): Scalar => and(atMost(lo, value), atMost(value, hi));
      return filtered(notions, elementType(expr.type), (element) => {
        const { isNull, value } = asOption(element);
        return and(not(isNull), between(scalarOf(value)));
      });
    }
    case "type-set":
      return setOf(
        (element) => fits(notions, element, null, expr.of),
        () => allValues(notions, expr.of).map((value) => ({ value, when: TRUE })),
      );
    case "set": {
      const of = elementType(expr.type);
      const elements = expr.elements.map((element) => evaluate(element, scope));
      const has = (wanted: Symbolic): Scalar =>
        or(
          ...elements.map((element, at) =>
            equal(notions, wanted, of, element, expr.elements[at]?.type ?? of),
          ),
        );
      return setOf(has, () => candidatesBy(notions, has, of), elements);
    }
    case "sequence": {
      const elements = expr.elements.map((element) => evaluate(element, scope));
      return sequenceOf(elements, () => fillerOf(notions, expr.type));
    }
    case "array":
      return arrayOf(expr, scope, evaluate);
    case "map":
      return mapped(expr, setIn(expr.set), scope, evaluate);
    case "filter": {
      const set = setIn(expr.set);
      const of = elementType(expr.set.type);
      const quiet = apart(scope);
      const accepted = (element: Symbolic): Scalar =>
        scalarOf(evaluate(expr.condition, bind(quiet, expr.binder, element)));
      if (mayFault(expr.condition)) eachFaults(expr, expr.condition, set, scope, evaluate);
      const has = (element: Symbolic): Scalar => {
        const among = set.has(element);
        return isFalse(among) ? FALSE : and(among, accepted(element));
      };
      if (set.candidates === undefined) return { kind: "set", has };
      return setOf(has, () =>
        candidatesOf(notions, set, of)
          .map(({ value, when }) => ({ value, when: and(when, accepted(value)) }))
          .filter(({ when }) => !isFalse(when)),
      );
    }
    case "builtin":
      return builtin(expr, scope, evaluate);
    default:
      return expr satisfies never;
  }
}

function filtered(notions: Notions, of: Type, has: SetSymbolic["has"]): SetSymbolic {
  return setOf(has, () => candidatesBy(notions, has, of));
}

function combination(
  expr: ExprOf<"set-operation">,
  left: SetSymbolic,
  right: SetSymbolic,
  notions: Notions,
): Symbolic {
  switch (expr.operator) {
    case "union":
      return { kind: "set", has: (element) => or(left.has(element), right.has(element)) };
    case "intersect":
    case "minus": {
      const stays = (element: Symbolic): Scalar =>
        expr.operator === "intersect" ? right.has(element) : not(right.has(element));
      const has = (element: Symbolic): Scalar => and(left.has(element), stays(element));
      if (left.candidates === undefined) return { kind: "set", has };
      const of = elementType(expr.left.type);
      return setOf(has, () =>
        candidatesOf(notions, left, of)
          .map(({ value, when }) => ({ value, when: and(when, stays(value)) }))
          .filter(({ when }) => !isFalse(when)),
      );
    }
    default:
      return expr.operator satisfies never;
  }
}

/** Notes what may go wrong in the body for each element. */
function eachFaults(
  expr: ExprOf<"map" | "filter">,
  body: Expr,
  set: SetSymbolic,
  scope: Scope,
  evaluate: Evaluate,
): void {
  for (const { value, when } of candidatesOf(scope.notions, set, elementType(expr.set.type))) {
    evaluate(body, bind(under(scope, when), expr.binder, value));
  }
}

function mapped(expr: ExprOf<"map">, set: SetSymbolic, scope: Scope, evaluate: Evaluate): Symbolic {
  const { notions } = scope;
  const quiet = apart(scope);
  const image = (value: Symbolic): Symbolic => evaluate(expr.body, bind(quiet, expr.binder, value));
  if (mayFault(expr.body)) eachFaults(expr, expr.body, set, scope, evaluate);
  const of = elementType(expr.type);
  const from = elementType(expr.set.type);
  return filtered(notions, of, (wanted) =>
    overSet(notions, "exists", set, from, expr.binder.name, (value) =>
      equal(notions, wanted, of, image(value), expr.body.type),
    ),
  );
}

function arrayOf(expr: ExprOf<"array">, scope: Scope, evaluate: Evaluate): Symbolic {
  const { binder, body } = expr;
  if (mayFault(body)) {
    for (const key of allValues(scope.notions, binder.type)) {
      evaluate(body, bind(scope, binder, key));
    }
  }
  const quiet = apart(scope);
  return { kind: "array", at: (key) => evaluate(body, bind(quiet, binder, scalar(key))) };
}

function fillerOf(notions: Notions, type: Type): Symbolic {
  if (type.kind !== "sequence") throw new Error("not the type of a sequence");
  return literal(notions, firstValue(type.of), type.of);
}

// ---------------------------------------------------------------- functions

function builtin(expr: ExprOf<"builtin">, scope: Scope, evaluate: Evaluate): Symbolic {
  const { notions } = scope;
  const [first, second] = expr.arguments;
  if (first === undefined) throw new Error(`${expr.function} of nothing`);
  const of = evaluate(first, scope);
  switch (expr.function) {
    case "size": {
      const set = expect(of, "set");
      return scalar(overSet(notions, "count", set, elementType(first.type), "e", () => TRUE));
    }
    case "length":
      return scalar(expect(of, "sequence").length);
    case "min":
    case "max":
      return extreme(expr, expect(of, "set"), elementType(first.type), scope);
    case "first": {
      const { length, at } = expect(of, "sequence");
      mayGoWrong(scope, eq(length, number(0)), "sequence-empty", expr.span);
      return at(number(0));
    }
    case "rest": {
      const { length, at } = expect(of, "sequence");
      mayGoWrong(scope, eq(length, number(0)), "sequence-empty", expr.span);
      const last = first.type.kind === "sequence" ? first.type.upto - 1 : 0;
      // Nobody asks for what lies beyond the end, but targets may print it.
      const behind = (index: Scalar): Scalar =>
        index.kind === "number" ? number(Math.min(index.value + 1, last)) : add(index, number(1));
      return {
        kind: "sequence",
        length: subtract(length, number(1)),
        at: (index) => at(behind(index)),
      };
    }
    case "append": {
      if (second === undefined) throw new Error("append of nothing");
      const sequence = expect(of, "sequence");
      const value = evaluate(second, scope);
      const upto = expr.type.kind === "sequence" ? expr.type.upto : 0;
      mayGoWrong(scope, not(less(sequence.length, number(upto))), "sequence-full", expr.span);
      return appended(sequence, value);
    }
    default:
      return expr.function satisfies never;
  }
}

function appended({ length, at }: SequenceSymbolic, value: Symbolic): Symbolic {
  return {
    kind: "sequence",
    length: add(length, number(1)),
    at: (index) => choose(eq(index, length), value, at(index)),
  };
}

/** The first or last element in the order of the type. */
function extreme(
  expr: ExprOf<"builtin">,
  set: SetSymbolic,
  of: Type,
  scope: Scope,
): Symbolic {
  const { notions } = scope;
  const all = candidatesOf(notions, set, of);
  const some = or(...all.map(({ when }) => when));
  mayGoWrong(scope, not(some), "empty-set", expr.span);
  const inOrder = expr.function === "min" ? all : all.toReversed();
  const last = inOrder.at(-1);
  if (last === undefined) return literal(notions, firstValue(of), of);
  return inOrder
    .slice(0, -1)
    .reduceRight((rest, { value, when }) => choose(when, value, rest), last.value);
}
