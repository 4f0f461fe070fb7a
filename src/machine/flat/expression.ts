// Expressions to flat code. Reads are left in expressions, whatever may fault or loop becomes statements before them,
// in the order of evaluation of the language: left to right, stopping early where it does.

import { isScalar } from "../layout.ts";
import type { Expr } from "../machine.ts";
import { branch, emit, hold, newLocal, require } from "./builder.ts";
import { both, equal, member, subset } from "./compare.ts";
import { buildInto, isBuilt } from "./construct.ts";
import { assign, converted, located } from "./convert.ts";
import {
  add,
  and,
  binary,
  known,
  local,
  multiply,
  not,
  ONE,
  select,
  subtract,
  unary,
  ZERO,
} from "./fold.ts";
import { literalValue } from "./literal.ts";
import { hasValue, ordinalOf, unwrapped } from "./ordinal.ts";
import { lockValue, processValue } from "./process.ts";
import type { FlatExpr } from "./program.ts";
import { apart, bind, type ExprOf, type Flattener, number, type Scope, value } from "./scope.ts";
import { endOfSet, forEach, setValue, sizeOfSet } from "./set.ts";
import {
  elementOf,
  type FlatValue,
  fieldOf,
  headOf,
  held,
  heldPlace,
  room,
  scalar,
  valueAt,
} from "./value.ts";

/** Flattens all kinds of expressions. */
export const flattener: Flattener = { value: valueOfExpr, into: buildInto };

function valueOfExpr(scope: Scope, expr: Expr): FlatValue {
  const { b } = scope;
  switch (expr.kind) {
    case "literal":
      return literalValue(b, expr.type, expr.value);
    case "constant":
      return literalValue(b, expr.constant.type, expr.constant.value);
    case "variable": {
      const stored = b.layout.variables.get(expr.variable);
      if (stored === undefined) throw new Error(`no variable ${expr.variable.name}`);
      return valueAt(b, {
        kind: "stored",
        type: expr.variable.type,
        stored,
        index: ZERO,
        state: scope.state,
      });
    }
    case "local":
      return scope.locals(expr.local);
    case "bound": {
      const bound = scope.bindings.get(expr.binder);
      if (bound === undefined) throw new Error(`${expr.binder.name} is not bound`);
      return bound;
    }
    case "index": {
      const base = located(held(b, value(scope, expr.base)));
      if (base.type.kind !== "array") throw new Error("an index of no array");
      const { inside, ordinal } = ordinalOf(
        b,
        held(b, value(scope, expr.index), "index"),
        base.type.key,
      );
      require(b, inside, "index", expr.span);
      return valueAt(b, elementOf(base, ordinal));
    }
    case "element": {
      const base = located(held(b, value(scope, expr.base)));
      const index = hold(b, number(scope, expr.index), "index");
      require(b, isPosition(index, expr.index, headOf(b, base)), "index", expr.span);
      return valueAt(b, elementOf(base, index));
    }
    case "field":
      return valueAt(b, fieldOf(located(value(scope, expr.base)), expr.field));
    case "not":
      return scalar(expr.type, not(number(scope, expr.operand)));
    case "negate":
      return scalar(expr.type, unary("negate", number(scope, expr.operand)));
    case "logical":
      return scalar(expr.type, logical(scope, expr));
    case "arithmetic":
      return scalar(expr.type, arithmetic(scope, expr));
    case "comparison":
      return scalar(expr.type, comparison(scope, expr));
    case "member":
      return scalar(expr.type, expr.negated ? not(isMember(scope, expr)) : isMember(scope, expr));
    case "subset": {
      const left = held(b, value(scope, expr.left));
      return scalar(expr.type, subset(b, left, held(b, value(scope, expr.right))));
    }
    case "set-operation":
    case "interval":
    case "type-set":
    case "set":
    case "map":
    case "filter":
      return setValue(scope, expr);
    case "if":
      return isScalar(expr.type) ? scalar(expr.type, chosen(scope, expr)) : built(scope, expr);
    case "let": {
      const bound = held(b, value(scope, expr.value), expr.binder.name);
      return bind(scope, expr.binder, bound, () => value(scope, expr.body));
    }
    case "quantifier":
      return scalar(expr.type, quantified(scope, expr));
    case "builtin":
      return builtin(scope, expr);
    case "some":
    case "convert":
      return convertedValue(scope, expr);
    case "unwrap": {
      const option = held(b, value(scope, expr.value), "option");
      if (option.type.kind !== "option") return option;
      require(b, hasValue(b, option), "null-used", expr.span);
      return unwrapped(b, option);
    }
    case "instance":
    case "done":
    case "located":
    case "process-variable":
    case "taken":
    case "taken-action":
      return processValue(scope, expr);
    case "holder":
    case "held":
      return lockValue(scope, expr);
    case "prime":
      return value({ ...scope, state: "after", processes: "after" }, expr.operand);
    case "at":
      throw new Error("`@` that lowering left unresolved");
    default:
      if (isBuilt(expr)) return built(scope, expr);
      return expr satisfies never;
  }
}

/** A value that is made part by part, in scratch. */
function built(scope: Scope, expr: Expr): FlatValue {
  const place = room(scope.b, expr.type);
  scope.flattener.into(scope, place, expr);
  return place;
}

/** `0 <= index < length`; what the type of the index tells is not asked again. */
function isPosition(index: FlatExpr, expr: Expr, length: FlatExpr): FlatExpr {
  const natural = expr.type.kind === "range" && expr.type.lo >= 0;
  return and(natural ? ONE : binary(">=", index, ZERO), binary("<", index, length));
}

function logical(scope: Scope, expr: ExprOf<"logical">): FlatExpr {
  const { b } = scope;
  const left = number(scope, expr.left);
  switch (expr.operator) {
    case "&&":
      return both(b, left, () => number(scope, expr.right));
    case "||":
      return not(both(b, not(left), () => not(number(scope, expr.right))));
    case "=>":
      return not(both(b, left, () => not(number(scope, expr.right))));
    case "<=>":
      return binary("==", left, number(scope, expr.right));
    default:
      return expr.operator satisfies never;
  }
}

function arithmetic(scope: Scope, expr: ExprOf<"arithmetic">): FlatExpr {
  const { b } = scope;
  const left = number(scope, expr.left);
  switch (expr.operator) {
    case "+":
      return add(left, number(scope, expr.right));
    case "-":
      return subtract(left, number(scope, expr.right));
    case "*":
      return multiply(left, number(scope, expr.right));
    case "/":
    case "%": {
      const dividend = hold(b, left, "dividend");
      const divisor = hold(b, number(scope, expr.right), "divisor");
      const natural = expr.left.type.kind === "range" && expr.left.type.lo >= 0;
      const positive = expr.right.type.kind === "range" && expr.right.type.lo > 0;
      const defined = and(
        natural ? ONE : binary(">=", dividend, ZERO),
        positive ? ONE : binary(">", divisor, ZERO),
      );
      require(b, defined, "division", expr.span);
      return binary(expr.operator, dividend, divisor);
    }
    default:
      return expr.operator satisfies never;
  }
}

function comparison(scope: Scope, expr: ExprOf<"comparison">): FlatExpr {
  const { b } = scope;
  const left = heldPlace(b, value(scope, expr.left));
  const right = heldPlace(b, value(scope, expr.right));
  if (expr.operator === "==") return equal(b, left, right);
  if (expr.operator === "!=") return not(equal(b, left, right));
  if (left.kind !== "scalar" || right.kind !== "scalar") throw new Error("an order of no numbers");
  return binary(expr.operator, left.value, right.value);
}

function isMember(scope: Scope, expr: ExprOf<"member">): FlatExpr {
  const { b } = scope;
  const element = held(b, value(scope, expr.element), "element");
  if (expr.set.kind === "interval" && element.kind === "scalar" && element.type.kind === "range") {
    const lo = number(scope, expr.set.lo);
    const hi = number(scope, expr.set.hi);
    return and(binary("<=", lo, element.value), binary("<=", element.value, hi));
  }
  if (expr.set.kind === "type-set") return ordinalOf(b, element, expr.set.of).inside;
  return member(b, element, held(b, value(scope, expr.set), "set"));
}

/** `if c then a else b` of a scalar type: a choice of two values where neither side has work of its own. */
function chosen(scope: Scope, expr: ExprOf<"if">): FlatExpr {
  const { b } = scope;
  const condition = number(scope, expr.condition);
  const arm = (of: Expr): FlatExpr => converted(b, value(scope, of), expr.type, null).value;
  const then = apart(b, () => arm(expr.then));
  const otherwise = apart(b, () => arm(expr.otherwise));
  const decided = known(condition);
  if (decided !== null) {
    const taken = decided === 0 ? otherwise : then;
    for (const statement of taken.work) emit(b, statement);
    return taken.value;
  }
  if (then.work.length === 0 && otherwise.work.length === 0)
    return select(condition, then.value, otherwise.value);
  const result = newLocal(b, "chosen");
  emit(b, {
    kind: "if",
    condition,
    then: [...then.work, { kind: "set", local: result, value: then.value }],
    otherwise: [...otherwise.work, { kind: "set", local: result, value: otherwise.value }],
  });
  return local(result);
}

function quantified(scope: Scope, expr: ExprOf<"quantifier">): FlatExpr {
  const { b } = scope;
  const result = newLocal(b, expr.quantifier);
  const set = (to: FlatExpr): void => emit(b, { kind: "set", local: result, value: to });
  set(expr.quantifier === "forall" ? ONE : ZERO);
  forEach(scope, expr.set, (element, id) => {
    const body = bind(scope, expr.binder, element, () => number(scope, expr.body));
    switch (expr.quantifier) {
      case "forall":
      case "exists": {
        const decisive = expr.quantifier === "forall" ? not(body) : body;
        return branch(b, decisive, () => {
          set(expr.quantifier === "forall" ? ZERO : ONE);
          emit(b, { kind: "break", id });
        });
      }
      case "count":
      case "sum":
        return set(add(local(result), body));
      default:
        return expr.quantifier satisfies never;
    }
  });
  return local(result);
}

function builtin(scope: Scope, expr: ExprOf<"builtin">): FlatValue {
  const { b } = scope;
  const [argument] = expr.arguments;
  if (argument === undefined) throw new Error(`${expr.function} of nothing`);
  switch (expr.function) {
    case "size":
      return scalar(expr.type, sizeOfSet(b, held(b, value(scope, argument), "set")));
    case "min":
    case "max":
      return endOfSet(b, expr.function, held(b, value(scope, argument), "set"), expr.span);
    case "length":
      return scalar(expr.type, headOf(b, located(value(scope, argument))));
    case "first": {
      const sequence = located(held(b, value(scope, argument)));
      require(b, binary(">", headOf(b, sequence), ZERO), "sequence-empty", expr.span);
      return valueAt(b, elementOf(sequence, ZERO));
    }
    case "rest":
    case "append":
      return built(scope, expr);
    default:
      return expr.function satisfies never;
  }
}

/** A value of another type alike; `convert` checks that it fits. */
function convertedValue(scope: Scope, expr: ExprOf<"some" | "convert">): FlatValue {
  const { b } = scope;
  const check = expr.kind === "convert" ? expr.span : null;
  const from = value(scope, expr.value);
  if (isScalar(expr.type)) return converted(b, from, expr.type, check);
  const place = room(b, expr.type);
  assign(b, place, from, check);
  return place;
}
