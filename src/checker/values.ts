// Values as data: equality, the order of a type's values, and whether a value lies in a type.

import { type Type, type Value, valuesOf } from "../machine/machine.ts";

export type Fields = { readonly [key: string]: Value };

/** The entry of a record or array value, undefined if there is none (never what an object inherits). */
export function entryOf(value: Value, key: string): Value | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as Fields)[key] : undefined;
}

/** The elements of a set or sequence value. */
export function elementsOf(value: Value): readonly Value[] {
  if (!Array.isArray(value)) throw new Error(`not a set or sequence: ${JSON.stringify(value)}`);
  return value as readonly Value[];
}

/** Are two values of alike types the same? The order of an object's keys does not matter. */
export function sameValue(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (typeof left !== "object" || typeof right !== "object") return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((element: Value, index) => sameValue(element, right[index] as Value));
  }
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => {
    const other = entryOf(right, key);
    return other !== undefined && sameValue((left as Fields)[key] as Value, other);
  });
}

/** Negative, 0 or positive: the order in which `valuesOf` gives the values of the type. */
export function compareValues(type: Type, left: Value, right: Value): number {
  switch (type.kind) {
    case "bool":
    case "range":
      return Number(left) - Number(right);
    case "enum":
    case "process":
      return type.members.indexOf(left as string) - type.members.indexOf(right as string);
    case "option":
      if (left === null || right === null) return Number(left !== null) - Number(right !== null);
      return compareValues(type.of, left, right);
    case "record":
      return firstDifference(
        type.fields.map(({ name, type: of }) => [name, of] as const),
        left,
        right,
      );
    case "array":
      return firstDifference(
        [...valuesOf(type.key)].map((key) => [String(key), type.of] as const),
        left,
        right,
      );
    case "set":
      return compareSets(type.of, elementsOf(left), elementsOf(right));
    case "sequence": {
      const [mine, others] = [elementsOf(left), elementsOf(right)];
      if (mine.length !== others.length) return mine.length - others.length;
      const slots = mine.map((_, index) => [String(index), type.of] as const);
      return firstDifference(slots, { ...mine }, { ...others });
    }
    default:
      return type satisfies never;
  }
}

function firstDifference(
  slots: readonly (readonly [string, Type])[],
  left: Value,
  right: Value,
): number {
  for (const [key, type] of slots) {
    const order = compareValues(type, entryOf(left, key) as Value, entryOf(right, key) as Value);
    if (order !== 0) return order;
  }
  return 0;
}

/** Sets count like binary numbers whose highest digit is the last element of the type. */
function compareSets(type: Type, left: readonly Value[], right: readonly Value[]): number {
  for (let back = 1; back <= Math.max(left.length, right.length); back += 1) {
    const [mine, other] = [left[left.length - back], right[right.length - back]];
    if (mine === undefined) return -1;
    if (other === undefined) return 1;
    const order = compareValues(type, mine, other);
    if (order !== 0) return order;
  }
  return 0;
}

/** A set as it is always written: in the order of its type, each element once. */
export function canonicalSet(of: Type, elements: readonly Value[]): readonly Value[] {
  return elements
    .toSorted((left, right) => compareValues(of, left, right))
    .filter(
      (element, index, sorted) => index === 0 || !sameValue(element, sorted[index - 1] as Value),
    );
}

/** Does the value, of a type alike, lie in this type? */
export function fits(type: Type, value: Value): boolean {
  switch (type.kind) {
    case "bool":
      return typeof value === "boolean";
    case "range":
      return typeof value === "number" && type.lo <= value && value <= type.hi;
    case "enum":
    case "process":
      return type.members.includes(value as string);
    case "option":
      return value === null || fits(type.of, value);
    case "record":
      return type.fields.every((field) => fitsEntry(field.type, value, field.name));
    case "array":
      return [...valuesOf(type.key)].every((key) => fitsEntry(type.of, value, String(key)));
    case "set":
      return elementsOf(value).every((element) => fits(type.of, element));
    case "sequence": {
      const elements = elementsOf(value);
      return elements.length <= type.upto && elements.every((element) => fits(type.of, element));
    }
    default:
      return type satisfies never;
  }
}

function fitsEntry(type: Type, value: Value, key: string): boolean {
  const entry = entryOf(value, key);
  return entry !== undefined && fits(type, entry);
}
