// Sets, sequences and arrays.

import { firstValue } from "../../machine/machine.ts";
import type { Evaluate, ExprOf } from "./evaluate-operators.ts";
import { truth } from "./evaluate-operators.ts";
import { forEach, mayFaultInside } from "./evaluate-quantifiers.ts";
import type { Scalar } from "./scalar.ts";
import {
  add,
  and,
  atMost,
  eq,
  FALSE,
  isFalse,
  not,
  number,
  or,
  subtract,
  TRUE,
} from "./scalar-build.ts";
import { apart, bind, mayGoWrong, type Scope } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";
import { choose, expect, type SetSymbolic, scalar, scalarOf, setOf } from "./symbolic-build.ts";
import { fits } from "./symbolic-fits.ts";
import {
  allValues,
  candidatesBy,
  candidatesOf,
  elementType,
  equal,
  literal,
  overSet,
  sequenceOf,
  subset,
} from "./symbolic-values.ts";

type Collection = ExprOf<
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
>;

export function collection(evaluate: Evaluate, expr: Collection, scope: Scope): Symbolic {
  const { notions } = scope;
  switch (expr.kind) {
    case "member": {
      const element = evaluate(expr.element, scope);
      const has = expect(evaluate(expr.set, scope), "set").has(element);
      return scalar(expr.negated ? not(has) : has);
    }
    case "set-operation": {
      const left = expect(evaluate(expr.left, scope), "set");
      const right = expect(evaluate(expr.right, scope), "set");
      return setOperation(expr, left, right, scope);
    }
    case "subset": {
      const left = expect(evaluate(expr.left, scope), "set");
      const right = expect(evaluate(expr.right, scope), "set");
      return scalar(subset(notions, left, elementType(expr.left.type), right));
    }
    case "interval": {
      const lo = scalarOf(evaluate(expr.lo, scope));
      const hi = scalarOf(evaluate(expr.hi, scope));
      const has = (element: Symbolic): Scalar => {
        if (element.kind === "option" && !isFalse(element.isNull)) {
          return and(not(element.isNull), has(element.value));
        }
        return and(atMost(lo, scalarOf(element)), atMost(scalarOf(element), hi));
      };
      return setOf(has, () => candidatesBy(notions, has, elementType(expr.type)));
    }
    case "type-set":
      return setOf(
        (element) => fits(notions, element, null, expr.of),
        () => allValues(notions, expr.of).map((value) => ({ value, when: TRUE })),
      );
    case "set": {
      const elements = expr.elements.map((element) => ({
        value: evaluate(element, scope),
        type: element.type,
      }));
      const of = elementType(expr.type);
      const has = (element: Symbolic): Scalar =>
        or(...elements.map(({ value, type }) => equal(notions, element, of, value, type)));
      return setOf(
        has,
        () => (elements.length === 0 ? [] : candidatesBy(notions, has, of)),
        elements.map(({ value }) => value),
      );
    }
    case "sequence": {
      const elements = expr.elements.map((element) => evaluate(element, scope));
      return sequenceOf(elements, () => firstElement(expr, scope));
    }
    case "array": {
      const { binder, body } = expr;
      if (mayFaultInside(evaluate, body, binder, null, scope)) {
        for (const key of allValues(notions, binder.type)) evaluate(body, bind(scope, binder, key));
      }
      const inside = apart(scope);
      return { kind: "array", at: (key) => evaluate(body, bind(inside, binder, scalar(key))) };
    }
    case "map":
      return mapped(evaluate, expr, scope);
    case "filter":
      return filtered(evaluate, expr, scope);
    default:
      return expr satisfies never;
  }
}

/** What stands where there is no element; nobody asks for it unless something went wrong before. */
function firstElement({ type }: ExprOf<"sequence" | "builtin">, { notions }: Scope): Symbolic {
  if (type.kind !== "sequence") throw new Error(`not the type of a sequence: ${type.kind}`);
  return literal(notions, firstValue(type.of), type.of);
}

function setOperation(
  expr: ExprOf<"set-operation">,
  left: SetSymbolic,
  right: SetSymbolic,
  { notions }: Scope,
): SetSymbolic {
  if (expr.operator === "union") {
    const has = (element: Symbolic): Scalar => or(left.has(element), right.has(element));
    return setOf(has, () => candidatesBy(notions, has, elementType(expr.type)));
  }
  const wanted = (element: Symbolic): Scalar =>
    expr.operator === "intersect" ? right.has(element) : not(right.has(element));
  return setOf(
    (element) => and(left.has(element), wanted(element)),
    () =>
      candidatesOf(notions, left, elementType(expr.left.type))
        .map(({ value, when }) => ({ value, when: and(when, wanted(value)) }))
        .filter(({ when }) => !isFalse(when)),
  );
}

function mapped(evaluate: Evaluate, expr: ExprOf<"map">, scope: Scope): SetSymbolic {
  const { notions } = scope;
  const { binder, body } = expr;
  const set = expect(evaluate(expr.set, scope), "set");
  const of = elementType(expr.type);
  const same = (element: Symbolic, image: Symbolic): Scalar =>
    equal(notions, element, of, image, body.type);
  let has: SetSymbolic["has"];
  if (mayFaultInside(evaluate, body, binder, expr.set, scope)) {
    const images = forEach(evaluate, body, binder, { set, expr: expr.set }, scope);
    has = (element) => or(...images.map(({ when, value }) => and(when, same(element, value))));
  } else {
    const inside = apart(scope);
    has = (element) =>
      overSet(notions, "exists", set, elementType(expr.set.type), binder.name, (value) =>
        same(element, evaluate(body, bind(inside, binder, value))),
      );
  }
  return setOf(has, () => candidatesBy(notions, has, of));
}

function filtered(evaluate: Evaluate, expr: ExprOf<"filter">, scope: Scope): SetSymbolic {
  const { binder, condition } = expr;
  const set = expect(evaluate(expr.set, scope), "set");
  const of = elementType(expr.set.type);
  if (mayFaultInside(evaluate, condition, binder, expr.set, scope)) {
    const judged = forEach(evaluate, condition, binder, { set, expr: expr.set }, scope);
    const kept = judged
      .map(({ element, when, value }) => ({ value: element, when: and(when, scalarOf(value)) }))
      .filter(({ when }) => !isFalse(when));
    return setOf(
      (element) =>
        or(
          ...kept.map(({ value, when }) => and(when, equal(scope.notions, element, of, value, of))),
        ),
      () => kept,
    );
  }
  const inside = apart(scope);
  const wanted = (element: Symbolic): Scalar =>
    truth(evaluate, condition, bind(inside, binder, element));
  return setOf(
    (element) => {
      const there = set.has(element);
      return isFalse(there) ? FALSE : and(there, wanted(element));
    },
    () =>
      candidatesOf(scope.notions, set, of)
        .map(({ value, when }) => ({ value, when: and(when, wanted(value)) }))
        .filter(({ when }) => !isFalse(when)),
  );
}

/** `size`, `length`, `min`, `max`, `first`, `rest`, `append`. */
export function builtin(evaluate: Evaluate, expr: ExprOf<"builtin">, scope: Scope): Symbolic {
  const [first, second] = expr.arguments.map((argument) => evaluate(argument, scope));
  const type = expr.arguments[0]?.type;
  if (first === undefined || type === undefined) throw new Error(`${expr.function} of nothing`);
  switch (expr.function) {
    case "size": {
      const of = elementType(type);
      const set = expect(first, "set");
      return scalar(overSet(scope.notions, "count", set, of, "e", () => TRUE));
    }
    case "length":
      return scalar(expect(first, "sequence").length);
    case "min":
    case "max":
      return extreme(expr, expect(first, "set"), elementType(type), scope);
    case "first":
    case "rest": {
      const { length, at } = expect(first, "sequence");
      mayGoWrong(scope, eq(length, number(0)), "sequence-empty", expr.span);
      if (expr.function === "first") return at(number(0));
      return {
        kind: "sequence",
        length: subtract(length, number(1)),
        at: (index) => at(add(index, number(1))),
      };
    }
    case "append": {
      const { length, at } = expect(first, "sequence");
      const upto = expr.type.kind === "sequence" ? expr.type.upto : 0;
      mayGoWrong(scope, atMost(number(upto), length), "sequence-full", expr.span);
      const last = second ?? firstElement(expr, scope);
      return {
        kind: "sequence",
        length: add(length, number(1)),
        at: (index) => choose(eq(index, length), last, at(index)),
      };
    }
    default:
      return expr.function satisfies never;
  }
}

function extreme(
  expr: ExprOf<"builtin">,
  set: SetSymbolic,
  of: ExprOf<"builtin">["type"],
  scope: Scope,
): Symbolic {
  const { notions } = scope;
  const { elements } = set;
  const [only, ...others] = elements ?? [];
  if (only !== undefined && others.length === 0) return only;
  const candidates = candidatesOf(notions, set, of);
  const empty = not(or(...candidates.map(({ when }) => when)));
  mayGoWrong(scope, empty, "empty-set", expr.span);
  const order = expr.function === "min" ? candidates : candidates.toReversed();
  const last = order.at(-1)?.value ?? literal(notions, firstValue(of), of);
  return order.slice(0, -1).reduceRight((rest, { value, when }) => choose(when, value, rest), last);
}
