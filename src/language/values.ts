// Values as data: their order, equality and whether they belong to a type.

import { formatType, type Type, type Value, valuesOf } from "./types.ts";

type Fields = { readonly [key: string]: Value };

/** The number that a value of a numeric type is. */
export function numberOf(value: Value): number {
  return typeof value === "number" ? value : 0;
}

/** The elements of a set or sequence. */
export function listOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

/** The fields of a record, the elements of an array by key. */
export function objectOf(value: Value): Fields {
  return isFields(value) ? value : {};
}

function isFields(value: Value): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two values of one type are equal. */
export function sameValue(left: Value, right: Value): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    const others = listOf(right);
    return (
      left.length === others.length &&
      listOf(left).every((value, index) => {
        const other = others[index];
        return other !== undefined && sameValue(value, other);
      })
    );
  }
  if (isFields(left) && isFields(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => {
        const own = left[key];
        const other = right[key];
        return own !== undefined && other !== undefined && sameValue(own, other);
      })
    );
  }
  return left === right;
}

export function contains(list: readonly Value[], element: Value): boolean {
  return list.some((other) => sameValue(other, element));
}

/** The elements in the order of their type, each once. */
export function sortedSet(elements: readonly Value[], type: Type): readonly Value[] {
  const sorted = elements.toSorted((left, right) => compareValues(left, right, type));
  return sorted.filter((element, index) => {
    const before = sorted[index - 1];
    return before === undefined || !sameValue(before, element);
  });
}

/** The order of `valuesOf`: false before true, numbers ascending, members as declared, null first, the first key slowest. */
export function compareValues(left: Value, right: Value, type: Type): number {
  switch (type.kind) {
    case "bool":
      return Number(left) - Number(right);
    case "range":
      return numberOf(left) - numberOf(right);
    case "enum":
    case "process":
      return type.members.indexOf(String(left)) - type.members.indexOf(String(right));
    case "option":
      if (left === null || right === null) return Number(left !== null) - Number(right !== null);
      return compareValues(left, right, type.of);
    case "record":
      return firstDifference(
        type.fields.map((field) => field.name),
        left,
        right,
        (key) => type.fields.find((field) => field.name === key)?.type ?? type,
      );
    case "array":
      return firstDifference([...valuesOf(type.key)].map(String), left, right, () => type.of);
    case "set":
      return compareSets(listOf(left), listOf(right), type.of);
    case "sequence": {
      const [first, second] = [listOf(left), listOf(right)];
      const keys = first.map((_, index) => String(index));
      return (
        first.length - second.length ||
        firstDifference(keys, { ...first }, { ...second }, () => type.of)
      );
    }
    default:
      return type satisfies never;
  }
}

function firstDifference(
  keys: readonly string[],
  left: Value,
  right: Value,
  typeOf: (key: string) => Type,
): number {
  for (const key of keys) {
    const difference = compareValues(
      objectOf(left)[key] ?? null,
      objectOf(right)[key] ?? null,
      typeOf(key),
    );
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Sets are ordered as binary numbers whose lowest digit is the first element: the greatest element in one only decides. */
function compareSets(left: readonly Value[], right: readonly Value[], type: Type): number {
  const onlyLeft = left.filter((element) => !contains(right, element));
  const onlyRight = right.filter((element) => !contains(left, element));
  const [first, second] = [onlyLeft.at(-1), onlyRight.at(-1)];
  if (first === undefined) return second === undefined ? 0 : -1;
  return second === undefined ? 1 : compareValues(first, second, type);
}

/** Whether a value belongs to a type. */
export function fitsType(value: Value, type: Type): boolean {
  switch (type.kind) {
    case "bool":
      return typeof value === "boolean";
    case "range":
      return (
        typeof value === "number" && Number.isInteger(value) && value >= type.lo && value <= type.hi
      );
    case "enum":
    case "process":
      return typeof value === "string" && type.members.includes(value);
    case "option":
      return value === null || fitsType(value, type.of);
    case "record":
      return (
        isFields(value) && type.fields.every((field) => fieldFits(value[field.name], field.type))
      );
    case "array":
      return isFields(value) && Object.values(value).every((element) => fitsType(element, type.of));
    case "set":
      return Array.isArray(value) && listOf(value).every((element) => fitsType(element, type.of));
    case "sequence":
      return (
        Array.isArray(value) &&
        value.length <= type.upto &&
        listOf(value).every((element) => fitsType(element, type.of))
      );
    default:
      return type satisfies never;
  }
}

function fieldFits(value: Value | undefined, type: Type): boolean {
  return value !== undefined && fitsType(value, type);
}

/** A value as it is written in a spec. */
export function formatValue(value: Value, type: Type): string {
  if (value === null) return "null";
  switch (type.kind) {
    case "option":
      return formatValue(value, type.of);
    case "set":
      return `{${listOf(value)
        .map((element) => formatValue(element, type.of))
        .join(", ")}}`;
    case "sequence":
      return `[${listOf(value)
        .map((element) => formatValue(element, type.of))
        .join(", ")}]`;
    case "record": {
      const fields = type.fields.map(
        ({ name, type: of }) => `${name}: ${formatValue(objectOf(value)[name] ?? null, of)}`,
      );
      return `{ ${fields.join(", ")} }`;
    }
    case "array": {
      const elements = Object.entries(objectOf(value)).map(
        ([key, element]) => `${key}: ${formatValue(element, type.of)}`,
      );
      return `${formatType(type)} { ${elements.join(", ")} }`;
    }
    default:
      return String(value);
  }
}
