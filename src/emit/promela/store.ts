// How values are written in Promela: part by part, since it assigns numbers and flags only.

import { firstValue, type Type } from "../../machine/machine.ts";
import type { PlaceText, Scalar } from "../scalar/scalar.ts";
import { isFalse, isTrue, less, not, number, or, select } from "../scalar/scalar-build.ts";
import type { Symbolic } from "../scalar/symbolic.ts";
import { asOption, expect, scalarOf } from "../scalar/symbolic-build.ts";
import { allValues, isScalarType, literal } from "../scalar/symbolic-values.ts";
import { placeText, text } from "./print.ts";
import {
  elementPlace,
  flagPlace,
  itemPlace,
  part,
  rawRead,
  type Stored,
  type Translating,
} from "./reading.ts";
import { FIELDS, nullCode, TooLarge } from "./shapes.ts";

/** A number or flag, and what it is to be; `value` is null where only the place is asked for. */
interface Leaf {
  readonly place: PlaceText;
  readonly value: Scalar;
}

const MOST_LEAVES = 4096;

/** A value part by part. */
function leavesOf(translating: Translating, { place, type }: Stored, value: Symbolic): Leaf[] {
  const { layout, notions } = translating;
  const parts = (at: PlaceText, of: Type, inner: Symbolic): Leaf[] =>
    leavesOf(translating, { place: at, type: of }, inner);
  switch (type.kind) {
    case "bool":
    case "range":
    case "enum":
      return [{ place, value: scalarOf(value) }];
    case "process":
      throw new Error("a process kept in a variable");
    case "record": {
      const record = expect(value, "record");
      return type.fields.flatMap((field) =>
        parts(part.field(layout, place, field.name), field.type, record.field(field.name)),
      );
    }
    case "option": {
      const some = asOption(value);
      const { of } = type;
      if (isScalarType(of)) {
        const code = number(nullCode(of));
        return [{ place, value: isTrue(some.isNull) ? code : coded(some, code) }];
      }
      const inner: Stored = { place: part.field(layout, place, FIELDS.value), type: of };
      return [
        { place: part.field(layout, place, FIELDS.some), value: not(some.isNull) },
        ...unless(translating, some.isNull, inner, () => some.value),
      ];
    }
    case "array": {
      const array = expect(value, "array");
      return limited(
        allValues(notions, type.key).flatMap((key) => {
          const at = scalarOf(key);
          return parts(elementPlace(layout, place, type, at), type.of, array.at(at));
        }),
        place,
      );
    }
    case "set": {
      const set = expect(value, "set");
      return limited(
        allValues(notions, type.of).map((element) => ({
          place: flagPlace(translating, place, type.of, element),
          value: set.has(element),
        })),
        place,
      );
    }
    case "sequence": {
      const { length, at } = expect(value, "sequence");
      const items = Array.from({ length: type.upto }, (_, position) => {
        const index = number(position);
        const inner: Stored = { place: itemPlace(layout, place, type.of, index), type: type.of };
        return unless(translating, not(less(index, length)), inner, () => at(index));
      });
      return limited(
        [{ place: part.field(layout, place, FIELDS.length), value: length }, ...items.flat()],
        place,
      );
    }
    default:
      return type satisfies never;
  }
}

/** The number of an option of scalars that is not always null. */
function coded(some: ReturnType<typeof asOption>, code: Scalar): Scalar {
  const value = scalarOf(some.value);
  // Flags are numbers where a third one stands for null.
  const plain = value.kind === "boolean" ? number(value.value ? 1 : 0) : value;
  if (isFalse(some.isNull) || isCodedAlike(some.isNull, plain, code)) return plain;
  return { kind: "select", condition: some.isNull, then: code, otherwise: plain };
}

/** Is this read from where null is the same number? Then it can be copied as it is. */
function isCodedAlike(isNull: Scalar, value: Scalar, code: Scalar): boolean {
  if (isNull.kind !== "binary" || isNull.operator !== "==") return false;
  const { left, right } = isNull;
  return (
    left.kind === "read" &&
    value.kind === "read" &&
    right.kind === "number" &&
    code.kind === "number" &&
    right.value === code.value &&
    JSON.stringify(left.place) === JSON.stringify(value.place)
  );
}

/** The value's parts, or those of the type's first value where nothing is there. */
function unless(
  translating: Translating,
  absent: Scalar,
  stored: Stored,
  value: () => Symbolic,
): Leaf[] {
  const first = (): Leaf[] => firstLeaves(translating, stored);
  if (isTrue(absent)) return first();
  const there = leavesOf(translating, stored, value());
  if (isFalse(absent)) return there;
  const otherwise = first();
  return there.map((leaf, position) => ({
    place: leaf.place,
    value: select(absent, otherwise[position]?.value ?? leaf.value, leaf.value),
  }));
}

function firstLeaves(translating: Translating, stored: Stored): Leaf[] {
  const { type } = stored;
  return leavesOf(translating, stored, literal(translating.notions, firstValue(type), type));
}

function limited(leaves: Leaf[], place: PlaceText): Leaf[] {
  if (leaves.length > MOST_LEAVES)
    throw new TooLarge(`${place[0]} is assigned as a whole and has ${leaves.length} parts`);
  return leaves;
}

/** Statements that give a place, which is zero, a value: parts that stay zero are left out. */
export function storeInZero(
  translating: Translating,
  stored: Stored,
  value: Symbolic,
): readonly string[] {
  const leaves = leavesOf(translating, stored, value);
  return written(
    translating,
    leaves.filter((leaf) => !isZero(leaf.value)),
  );
}

/** The same for the first value of its type. */
export function storeFirst(translating: Translating, stored: Stored): readonly string[] {
  const { type } = stored;
  return storeInZero(translating, stored, literal(translating.notions, firstValue(type), type));
}

function isZero(value: Scalar): boolean {
  if (value.kind === "number") return value.value === 0;
  if (value.kind === "member")
    return value.type.kind === "enum" && value.type.members[0] === value.member;
  return isFalse(value);
}

// ---------------------------------------------------------------- statements

/** Statements that make a place hold a value that does not read it; parts that stay as they are, are left out. */
export function store(
  translating: Translating,
  stored: Stored,
  value: Symbolic,
): readonly string[] {
  return written(translating, leavesOf(translating, stored, value));
}

/** The same for a value that may read the place: null if the statements one by one would read what they have written. */
export function storeInPlace(
  translating: Translating,
  stored: Stored,
  value: Symbolic,
): readonly string[] | null {
  const leaves = leavesOf(translating, stored, value);
  const { layout } = translating;
  const changing = leaves.filter((leaf) => !isItself(leaf, translating));
  const before = new Set<string>();
  for (const leaf of changing) {
    const own = placeText(leaf.place, layout);
    for (const read of readsOf(leaf.value)) {
      if (rootOf(read) !== rootOf(leaf.place) || before.size === 0) continue;
      const from = placeText(read, layout);
      const fixed = read.every((piece) => typeof piece === "string" || piece.kind === "number");
      if (from !== own && (!fixed || before.has(from))) return null;
      if (from === own && before.has(own)) return null;
    }
    before.add(own);
  }
  return written(translating, changing);
}

function isItself({ place, value }: Leaf, { layout }: Translating): boolean {
  return value.kind === "read" && placeText(value.place, layout) === placeText(place, layout);
}

function written({ layout }: Translating, leaves: readonly Leaf[]): readonly string[] {
  return leaves.map(({ place, value }) => {
    const target = placeText(place, layout);
    const assigned = text(value, layout);
    if (assigned === `${target} + 1`) return `${target}++`;
    if (assigned === `${target} - 1`) return `${target}--`;
    return `${target} = ${assigned}`;
  });
}

/** Copies a place to another of the same type. */
export function copy(
  translating: Translating,
  to: PlaceText,
  from: PlaceText,
  type: Type,
): readonly string[] {
  const targets = placesOf(translating, { place: to, type });
  const sources = placesOf(translating, { place: from, type });
  const { layout } = translating;
  return targets.map(
    (target, position) =>
      `${placeText(target, layout)} = ${placeText(sources[position] ?? target, layout)}`,
  );
}

/** Sets a place to zero, which is what variables begin with. */
export function clear(translating: Translating, stored: Stored): readonly string[] {
  const { layout } = translating;
  return placesOf(translating, stored).map((place) => `${placeText(place, layout)} = 0`);
}

/** Do two places of the same type differ? */
export function differ(
  translating: Translating,
  left: PlaceText,
  right: PlaceText,
  type: Type,
): Scalar {
  const others = placesOf(translating, { place: right, type });
  const parts = placesOf(translating, { place: left, type }).map((place, position): Scalar => {
    const [a, b] = [rawRead(place), rawRead(others[position] ?? place)];
    return { kind: "binary", operator: "!=", left: a, right: b };
  });
  return or(...parts);
}

function placesOf(translating: Translating, stored: Stored): readonly PlaceText[] {
  return firstLeaves(translating, stored).map(({ place }) => place);
}

// ---------------------------------------------------------------- what a scalar reads

/** All places that a scalar reads, those in indices too. */
export function readsOf(value: Scalar): readonly PlaceText[] {
  switch (value.kind) {
    case "read":
      return [
        value.place,
        ...value.place.flatMap((piece) => (typeof piece === "string" ? [] : readsOf(piece))),
      ];
    case "not":
    case "negate":
      return readsOf(value.operand);
    case "binary":
      return [...readsOf(value.left), ...readsOf(value.right)];
    case "select":
      return [...readsOf(value.condition), ...readsOf(value.then), ...readsOf(value.otherwise)];
    case "quantifier":
      return readsOf(value.body);
    default:
      return [];
  }
}

/** The variable that a place belongs to. */
export function rootOf(place: PlaceText): string {
  const [first = ""] = place;
  return typeof first === "string" ? (/^\w+/.exec(first)?.[0] ?? "") : "";
}
