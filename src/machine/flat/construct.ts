// Building larger values part by part: records, arrays, sequences, and changed copies of them.

import { isScalar } from "../layout.ts";
import { cardinality, type Expr } from "../machine.ts";
import { branch, count, hold, require } from "./builder.ts";
import { assign, located } from "./convert.ts";
import { add, and, binary, constant, ONE, subtract, ZERO } from "./fold.ts";
import { ordinalOf, valueAtOrdinal } from "./ordinal.ts";
import { bind, type ExprOf, number, type Scope, value } from "./scope.ts";
import {
  clear,
  elementOf,
  fieldOf,
  headOf,
  held,
  insideOf,
  type Location,
  valueAt,
  writeHead,
} from "./value.ts";

type BuiltKind = "record" | "sequence" | "array" | "with-index" | "with-element" | "with-field";

/** Whether the expression makes a value that it does not find anywhere. */
export function isBuilt(expr: Expr): expr is ExprOf<BuiltKind> {
  switch (expr.kind) {
    case "record":
    case "sequence":
    case "array":
    case "with-index":
    case "with-element":
    case "with-field":
      return true;
    default:
      return false;
  }
}

/** Builds a value in a place of a type alike that the expression does not read. */
export function buildInto(scope: Scope, place: Location, expr: Expr): void {
  const { b } = scope;
  if (isScalar(place.type)) return assign(b, place, value(scope, expr), null);
  if (place.type.kind === "option" && expr.type.kind !== "option") {
    writeHead(b, place, ONE);
    return buildInto(scope, insideOf(place), expr);
  }
  switch (expr.kind) {
    case "some":
      return buildInto(scope, place, expr.value);
    case "if":
      return branch(
        b,
        number(scope, expr.condition),
        () => buildInto(scope, place, expr.then),
        () => buildInto(scope, place, expr.otherwise),
      );
    case "let": {
      const bound = held(b, value(scope, expr.value), expr.binder.name);
      return bind(scope, expr.binder, bound, () => buildInto(scope, place, expr.body));
    }
    case "record":
      for (const field of expr.fields) buildInto(scope, fieldOf(place, field.name), field.value);
      return;
    case "array": {
      const { type } = expr.binder;
      return count(b, "i", ZERO, constant(cardinality(type)), (i) => {
        bind(scope, expr.binder, valueAtOrdinal(b, type, i), () =>
          buildInto(scope, elementOf(place, i), expr.body),
        );
      });
    }
    case "sequence":
      clear(b, place);
      expr.elements.forEach((element, position) => {
        buildInto(scope, elementOf(place, constant(position)), element);
      });
      return writeHead(b, place, constant(expr.elements.length));
    case "with-field":
      buildInto(scope, place, expr.base);
      return assign(b, fieldOf(place, expr.field), value(scope, expr.value), null);
    case "with-index": {
      buildInto(scope, place, expr.base);
      if (place.type.kind !== "array") throw new Error("an index of no array");
      const { inside, ordinal } = ordinalOf(
        b,
        held(b, value(scope, expr.index), "index"),
        place.type.key,
      );
      const position = hold(b, ordinal, "position");
      const element = held(b, value(scope, expr.value));
      require(b, inside, "index", expr.span);
      return assign(b, elementOf(place, position), element, null);
    }
    case "with-element": {
      buildInto(scope, place, expr.base);
      const index = hold(b, number(scope, expr.index), "index");
      const element = held(b, value(scope, expr.value));
      const inside = and(binary(">=", index, ZERO), binary("<", index, headOf(b, place)));
      require(b, inside, "index", expr.span);
      return assign(b, elementOf(place, index), element, null);
    }
    case "builtin":
      if (expr.function === "rest") return rest(scope, place, expr);
      if (expr.function === "append") return append(scope, place, expr);
      return assign(b, place, value(scope, expr), null);
    default:
      return assign(b, place, value(scope, expr), null);
  }
}

function rest(scope: Scope, place: Location, expr: ExprOf<"builtin">): void {
  const { b } = scope;
  const [argument] = expr.arguments;
  if (argument === undefined) throw new Error("rest of nothing");
  const sequence = located(held(b, value(scope, argument)));
  const length = hold(b, headOf(b, sequence), "length");
  require(b, binary(">", length, ZERO), "sequence-empty", expr.span);
  clear(b, place);
  const left = hold(b, subtract(length, ONE), "left");
  writeHead(b, place, left);
  count(b, "i", ZERO, left, (i) => {
    assign(b, elementOf(place, i), valueAt(b, elementOf(sequence, add(i, ONE))), null);
  });
}

function append(scope: Scope, place: Location, expr: ExprOf<"builtin">): void {
  const { b } = scope;
  const [argument, last] = expr.arguments;
  if (argument === undefined || last === undefined) throw new Error("append of nothing");
  const sequence = located(held(b, value(scope, argument)));
  const element = held(b, value(scope, last));
  const length = hold(b, headOf(b, sequence), "length");
  const upto = expr.type.kind === "sequence" ? expr.type.upto : 0;
  require(b, binary("<", length, constant(upto)), "sequence-full", expr.span);
  assign(b, place, sequence, null);
  assign(b, elementOf(place, length), element, null);
  writeHead(b, place, add(length, ONE));
}
