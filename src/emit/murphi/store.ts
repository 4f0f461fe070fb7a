// How the parts of a Murphi state are written: symbolic values into places, part by part.

import { firstValue, type Type } from "../../machine/machine.ts";
import type { Bound, PlaceText, Scalar, ScalarType } from "../scalar/scalar.ts";
import { boundScalar, isFalse, isTrue, less, not, number } from "../scalar/scalar-build.ts";
import type { Symbolic } from "../scalar/symbolic.ts";
import { asOption, expect, scalarOf } from "../scalar/symbolic-build.ts";
import { isScalarType, literal } from "../scalar/symbolic-values.ts";
import { type Lines, line } from "../text.ts";
import { axesOf, elementAt } from "./axes.ts";
import { fieldName, OPTION, SEQUENCE, typeText } from "./layout.ts";
import { part } from "./reading.ts";
import { placeText, scalarText, type TextScope, withBound } from "./scalar-text.ts";

/** Statements that make a place hold a value; the value must not read what it overwrites before. */
export function store(
  to: Lines,
  place: PlaceText,
  value: Symbolic,
  type: Type,
  scope: TextScope,
): void {
  const text = (scalar: Scalar): string => scalarText(scalar, scope);
  switch (type.kind) {
    case "bool":
    case "range":
    case "enum":
      line(to, `${placeText(place, scope)} := ${text(scalarOf(value))};`);
      return;
    case "record":
      for (const { name, type: of } of type.fields) {
        const field = expect(value, "record").field(name);
        store(to, part.field(place, fieldName(name)), field, of, scope);
      }
      return;
    case "option":
      storeOption(to, place, value, type, scope);
      return;
    case "array":
      eachOf(to, type.key, scope, (key, inside) =>
        store(to, part.index(place, key), expect(value, "array").at(key), type.of, inside),
      );
      return;
    case "set":
      storeSet(to, place, value, type.of, scope);
      return;
    case "sequence":
      storeSequence(to, place, value, type, scope);
      return;
    case "process":
      throw new Error("a process kept in a variable");
    default:
      throw new Error(`no such type: ${String(type satisfies never)}`);
  }
}

function storeOption(
  to: Lines,
  place: PlaceText,
  value: Symbolic,
  type: Extract<Type, { readonly kind: "option" }>,
  scope: TextScope,
): void {
  const option = asOption(value);
  const inner = isScalarType(type.of) ? place : part.field(place, OPTION.value);
  const flag = isScalarType(type.of) ? null : placeText(part.field(place, OPTION.some), scope);
  const storeNull = (): void => {
    if (flag !== null) line(to, `${flag} := false;`);
    line(to, `undefine ${placeText(inner, scope)};`);
  };
  const storeSome = (): void => {
    if (flag !== null) line(to, `${flag} := true;`);
    store(to, inner, option.value, type.of, scope);
  };
  either(to, option.isNull, scope, storeNull, storeSome);
}

/** An `if` with both its arms; one alone where the condition is known. */
export function either(
  to: Lines,
  condition: Scalar,
  scope: TextScope,
  then: () => void,
  otherwise: () => void,
): void {
  if (isTrue(condition)) return then();
  if (isFalse(condition)) return otherwise();
  line(to, `if ${scalarText(condition, scope)} then`);
  block(to, then);
  const { length } = to.lines;
  line(to, "else");
  block(to, otherwise);
  // An arm without statements is left out.
  if (to.lines.length === length + 1) to.lines.pop();
  line(to, "end;");
}

/** Lines one step further in. */
export function block(to: Lines, body: () => void): void {
  to.depth += 1;
  body();
  to.depth -= 1;
}

/** A loop over all values of a scalar type. */
export function eachOf(
  to: Lines,
  type: Type,
  scope: TextScope,
  body: (value: Scalar, inside: TextScope) => void,
  wish = "k",
): void {
  if (!isScalarType(type)) throw new Error(`a loop over a ${type.kind}`);
  const bound: Bound = { name: wish, type };
  const { name, inside } = withBound(bound, scope);
  line(to, `for ${name}: ${typeText(type, scope.layout.types)} do`);
  block(to, () => body(boundScalar(bound), inside));
  line(to, "end;");
}

function storeSet(to: Lines, place: PlaceText, value: Symbolic, of: Type, scope: TextScope): void {
  const { has } = expect(value, "set");
  const { plain } = scope.layout;
  const below = (
    at: PlaceText,
    axes: readonly ScalarType[],
    indices: readonly Scalar[],
    inside: TextScope,
  ): void => {
    const [axis, ...others] = axes;
    if (axis !== undefined) {
      eachOf(to, axis, inside, (index, under) =>
        below(part.index(at, index), others, [...indices, index], under),
      );
      return;
    }
    const there = scalarText(has(elementAt(plain, indices, of)), inside);
    line(to, `${placeText(at, inside)} := ${there};`);
  };
  below(place, axesOf(of), [], scope);
}

function storeSequence(
  to: Lines,
  place: PlaceText,
  value: Symbolic,
  type: Extract<Type, { readonly kind: "sequence" }>,
  scope: TextScope,
): void {
  const { length, at } = expect(value, "sequence");
  line(
    to,
    `${placeText(part.field(place, SEQUENCE.length), scope)} := ${scalarText(length, scope)};`,
  );
  for (let position = 0; position < type.upto; position += 1) {
    const slot = part.index(part.field(place, SEQUENCE.items), number(position));
    either(
      to,
      not(less(number(position), length)),
      scope,
      () => line(to, `undefine ${placeText(slot, scope)};`),
      () => store(to, slot, at(number(position)), type.of, scope),
    );
  }
}

/**
 * Stores the first value of a type, which is what dead locals hold. Values of a scalarset have no first one: they are
 * undefined where they are dead.
 */
export function storeFirst(to: Lines, place: PlaceText, type: Type, scope: TextScope): void {
  const { plain } = scope.layout;
  if (isScalarType(type) && plain.opaque(type)) {
    line(to, `undefine ${placeText(place, scope)};`);
    return;
  }
  if (type.kind === "record") {
    for (const { name, type: of } of type.fields)
      storeFirst(to, part.field(place, fieldName(name)), of, scope);
  } else if (type.kind === "array") {
    eachOf(to, type.key, scope, (key, inside) =>
      storeFirst(to, part.index(place, key), type.of, inside),
    );
  } else store(to, place, literal(plain, firstValue(type), type), type, scope);
}
