// The value of an expression that reads no state: literals, params, consts and what is made of them.
//
// Sets are kept in the order of their type and without duplicates, arrays and records as objects, so
// that equal values have equal JSON. Evaluation has a budget, since a spec may well nest quantifiers
// over large ranges.

import type { Binder, Expr } from "./model.ts";
import { type Type, type Value, valuesOf } from "./types.ts";
import { contains, fitsType, listOf, numberOf, objectOf, sameValue, sortedSet } from "./values.ts";

/** Why an expression has no value: it reads state, a step of it fails, or it would take too long. */
export type Evaluation =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "open" }
  | { readonly kind: "fault"; readonly what: string }
  | { readonly kind: "too-long" };

const BUDGET = 1_000_000;

/** The value of a constant expression; undefined if it has none (`null` is a value, that of an option). */
export function evaluateConstant(expr: Expr): Value | undefined {
  const result = evaluate(expr);
  return result.kind === "value" ? result.value : undefined;
}

/** The value of a constant expression, or why there is none. */
export function evaluate(expr: Expr): Evaluation {
  const machine: Evaluator = { budget: BUDGET, bound: new Map() };
  try {
    return { kind: "value", value: evaluated(machine, expr) };
  } catch (thrown) {
    if (thrown instanceof Abort) return thrown.why;
    throw thrown;
  }
}

interface Evaluator {
  budget: number;
  readonly bound: Map<Binder, Value>;
}

/** Leaves the recursion; never seen outside this file. */
class Abort extends Error {
  readonly why: Evaluation;
  constructor(why: Evaluation) {
    super(why.kind);
    this.why = why;
  }
}

function fault(what: string): never {
  throw new Abort({ kind: "fault", what });
}

function spend(machine: Evaluator, amount: number): void {
  machine.budget -= amount;
  if (machine.budget < 0) throw new Abort({ kind: "too-long" });
}

function evaluated(machine: Evaluator, expr: Expr): Value {
  spend(machine, 1);
  switch (expr.kind) {
    case "literal":
      return expr.value;
    case "constant":
      return expr.constant.value;
    case "bound": {
      const value = machine.bound.get(expr.binder);
      if (value === undefined) throw new Abort({ kind: "open" });
      return value;
    }
    case "index": {
      const base = objectOf(evaluated(machine, expr.base));
      return present(base[String(evaluated(machine, expr.index))], "an index outside its array");
    }
    case "element":
      return elementOf(listOf(evaluated(machine, expr.base)), evaluated(machine, expr.index));
    case "field":
      return objectOf(evaluated(machine, expr.base))[expr.field] ?? null;
    case "not":
      return evaluated(machine, expr.operand) !== true;
    case "negate":
      return -numberOf(evaluated(machine, expr.operand));
    case "logical":
      return logical(machine, expr);
    case "arithmetic":
      return arithmetic(machine, expr);
    case "comparison":
      return comparison(machine, expr);
    case "member": {
      const element = evaluated(machine, expr.element);
      return contains(listOf(evaluated(machine, expr.set)), element) !== expr.negated;
    }
    case "set-operation":
      return setOperation(machine, expr);
    case "subset": {
      const right = listOf(evaluated(machine, expr.right));
      return listOf(evaluated(machine, expr.left)).every((element) => contains(right, element));
    }
    case "interval": {
      const lo = numberOf(evaluated(machine, expr.lo));
      const hi = numberOf(evaluated(machine, expr.hi));
      spend(machine, Math.max(0, hi - lo));
      return Array.from({ length: Math.max(0, hi - lo + 1) }, (_, offset) => lo + offset);
    }
    case "type-set":
      return allValues(machine, expr.of);
    case "if":
      return evaluated(machine, expr.condition) === true
        ? evaluated(machine, expr.then)
        : evaluated(machine, expr.otherwise);
    case "let":
      machine.bound.set(expr.binder, evaluated(machine, expr.value));
      return evaluated(machine, expr.body);
    case "quantifier":
      return quantifier(machine, expr);
    case "record":
      return Object.fromEntries(
        expr.fields.map((field) => [field.name, evaluated(machine, field.value)]),
      );
    case "set":
      return sortedSet(
        expr.elements.map((element) => evaluated(machine, element)),
        elementType(expr.type),
      );
    case "sequence":
      return expr.elements.map((element) => evaluated(machine, element));
    case "array":
      return Object.fromEntries(
        allValues(machine, expr.binder.type).map((key) => [
          String(key),
          bindAndEvaluate(machine, expr.binder, key, expr.body),
        ]),
      );
    case "map":
      return sortedSet(
        listOf(evaluated(machine, expr.set)).map((value) =>
          bindAndEvaluate(machine, expr.binder, value, expr.body),
        ),
        elementType(expr.type),
      );
    case "filter":
      return listOf(evaluated(machine, expr.set)).filter(
        (value) => bindAndEvaluate(machine, expr.binder, value, expr.condition) === true,
      );
    case "with-index": {
      const base = objectOf(evaluated(machine, expr.base));
      const key = String(evaluated(machine, expr.index));
      present(base[key], "an index outside its array");
      return { ...base, [key]: evaluated(machine, expr.value) };
    }
    case "with-element": {
      const base = listOf(evaluated(machine, expr.base));
      const at = evaluated(machine, expr.index);
      elementOf(base, at);
      return base.with(numberOf(at), evaluated(machine, expr.value));
    }
    case "with-field":
      return {
        ...objectOf(evaluated(machine, expr.base)),
        [expr.field]: evaluated(machine, expr.value),
      };
    case "builtin":
      return builtin(machine, expr);
    case "some":
      return evaluated(machine, expr.value);
    case "unwrap":
      return evaluated(machine, expr.value) ?? fault("a use of `null`");
    case "convert": {
      const value = evaluated(machine, expr.value);
      return fitsType(value, expr.type) ? value : fault("a value outside its range");
    }
    case "variable":
    case "local":
    case "instance":
    case "done":
    case "holder":
    case "held":
    case "prime":
    case "at":
    case "located":
    case "process-variable":
    case "taken":
    case "taken-action":
      throw new Abort({ kind: "open" });
    default:
      return expr satisfies never;
  }
}

type Shape<Kind extends Expr["kind"]> = Expr & { readonly kind: Kind };

function bindAndEvaluate(machine: Evaluator, binder: Binder, value: Value, body: Expr): Value {
  machine.bound.set(binder, value);
  return evaluated(machine, body);
}

function logical(machine: Evaluator, expr: Shape<"logical">): Value {
  const left = evaluated(machine, expr.left) === true;
  const right = (): boolean => evaluated(machine, expr.right) === true;
  switch (expr.operator) {
    case "&&":
      return left && right();
    case "||":
      return left || right();
    case "=>":
      return !left || right();
    case "<=>":
      return left === right();
    default:
      return expr.operator satisfies never;
  }
}

function arithmetic(machine: Evaluator, expr: Shape<"arithmetic">): Value {
  const left = numberOf(evaluated(machine, expr.left));
  const right = numberOf(evaluated(machine, expr.right));
  if ((expr.operator === "/" || expr.operator === "%") && (left < 0 || right <= 0)) {
    fault("a division by what is not above 0");
  }
  switch (expr.operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return Math.floor(left / right);
    case "%":
      return left % right;
    default:
      return expr.operator satisfies never;
  }
}

function comparison(machine: Evaluator, expr: Shape<"comparison">): Value {
  const left = evaluated(machine, expr.left);
  const right = evaluated(machine, expr.right);
  switch (expr.operator) {
    case "==":
      return sameValue(left, right);
    case "!=":
      return !sameValue(left, right);
    case "<":
      return numberOf(left) < numberOf(right);
    case "<=":
      return numberOf(left) <= numberOf(right);
    case ">":
      return numberOf(left) > numberOf(right);
    case ">=":
      return numberOf(left) >= numberOf(right);
    default:
      return expr.operator satisfies never;
  }
}

function setOperation(machine: Evaluator, expr: Shape<"set-operation">): Value {
  const left = listOf(evaluated(machine, expr.left));
  const right = listOf(evaluated(machine, expr.right));
  spend(machine, left.length * right.length);
  if (expr.operator === "union") return sortedSet([...left, ...right], elementType(expr.type));
  const wanted = expr.operator === "intersect";
  return left.filter((element) => contains(right, element) === wanted);
}

function quantifier(machine: Evaluator, expr: Shape<"quantifier">): Value {
  const values = listOf(evaluated(machine, expr.set));
  const body = (value: Value): Value => bindAndEvaluate(machine, expr.binder, value, expr.body);
  switch (expr.quantifier) {
    case "forall":
      return values.every((value) => body(value) === true);
    case "exists":
      return values.some((value) => body(value) === true);
    case "count":
      return values.filter((value) => body(value) === true).length;
    case "sum":
      return values.reduce<number>((sum, value) => sum + numberOf(body(value)), 0);
  }
}

function builtin(machine: Evaluator, expr: Shape<"builtin">): Value {
  const [first, second] = expr.arguments;
  if (first === undefined) throw new Abort({ kind: "open" });
  const list = listOf(evaluated(machine, first));
  switch (expr.function) {
    case "size":
    case "length":
      return list.length;
    case "min":
      return present(list[0], "the least element of an empty set");
    case "max":
      return present(list.at(-1), "the greatest element of an empty set");
    case "first":
      return present(list[0], "the first element of an empty sequence");
    case "rest":
      return list.length > 0 ? list.slice(1) : fault("the rest of an empty sequence");
    case "append": {
      const limit = expr.type.kind === "sequence" ? expr.type.upto : 0;
      if (list.length >= limit) fault("an element too many for a sequence");
      return second === undefined ? list : [...list, evaluated(machine, second)];
    }
  }
}

function present(value: Value | undefined, what: string): Value {
  return value === undefined ? fault(what) : value;
}

function elementOf(list: readonly Value[], index: Value): Value {
  return present(list[numberOf(index)], "an index beyond its sequence");
}

function allValues(machine: Evaluator, type: Type): readonly Value[] {
  const values: Value[] = [];
  for (const value of valuesOf(type)) {
    spend(machine, 1);
    values.push(value);
  }
  return values;
}

function elementType(type: Type): Type {
  return type.kind === "set" ? type.of : type;
}
