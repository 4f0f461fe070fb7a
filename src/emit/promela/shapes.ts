// How values of a type are laid out in Promela: numbers and flags, one-dimensional arrays, and typedefs for all else.

import { cardinality, type Type } from "../../machine/machine.ts";
import { type Naming, naming } from "../names.ts";
import type { Scalar, ScalarType } from "../scalar/scalar.ts";
import { number, subtract } from "../scalar/scalar-build.ts";
import { isScalarType } from "../scalar/symbolic-values.ts";
import { RESERVED } from "./words.ts";

/** `byte x` or, with a size, `byte x[3]`. */
export interface Shape {
  readonly base: string;
  readonly size: number | null;
}

export interface Typedef {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly shape: Shape }[];
}

export interface Shapes {
  /** `hint` names a typedef that has no name of its own. */
  of(type: Type, hint: string): Shape;
  /** The name of a record's field. */
  field(name: string): string;
  /** All typedefs asked for, those first that others need. */
  readonly typedefs: readonly Typedef[];
}

/** What Promela cannot hold. */
export class TooLarge extends Error {}

export const FIELDS = { row: "at", some: "some", value: "value", length: "length", item: "item" };

/** The layouts of the types of one translation. Fields may be called as variables are, but not as macros. */
export function shapes(names: Naming, macros: readonly string[]): Shapes {
  const typedefs: Typedef[] = [];
  const known = new Map<string, string>();
  const fieldNames = naming([...RESERVED, ...macros]);
  const fields = new Map<string, string>();

  const field = (name: string): string => {
    const found = fields.get(name) ?? fieldNames.fresh(name);
    fields.set(name, found);
    return found;
  };

  const typedef = (wish: string, own: Typedef["fields"]): Shape => {
    const key = JSON.stringify([wish, own]);
    const name = known.get(key) ?? names.fresh(wish);
    if (!known.has(key)) typedefs.push({ name, fields: own });
    known.set(key, name);
    return { base: name, size: null };
  };

  const arrayOf = (element: Shape, size: number, hint: string): Shape => {
    if (size > MOST_ELEMENTS) throw new TooLarge(`${hint} would be an array of ${size} elements`);
    if (element.size === null) return { base: element.base, size };
    const row = typedef(`${hint}_row`, [{ name: field(FIELDS.row), shape: element }]);
    return { base: row.base, size };
  };

  const of = (type: Type, hint: string): Shape => {
    switch (type.kind) {
      case "bool":
      case "range":
      case "enum":
        return { base: base(bounds(type), type.kind), size: null };
      case "process":
        throw new Error("a process kept in a variable");
      case "record":
        return typedef(
          type.name ?? `${hint}_record`,
          type.fields.map((it) => ({ name: field(it.name), shape: of(it.type, it.name) })),
        );
      case "option": {
        if (isScalarType(type.of))
          return { base: base(optionBounds(type.of), "range"), size: null };
        const value = { name: field(FIELDS.value), shape: of(type.of, hint) };
        const some = { name: field(FIELDS.some), shape: { base: "bool", size: null } };
        return typedef(`${hint}_option`, [some, value]);
      }
      case "array":
        return arrayOf(of(type.of, hint), keyRange(type.key).size, hint);
      case "set":
        return arrayOf({ base: "bool", size: null }, elementRange(type.of).size, hint);
      case "sequence": {
        const length = { name: field(FIELDS.length), shape: of(lengthType(type.upto), hint) };
        if (type.upto === 0) return typedef(`${hint}_seq`, [length]);
        const items = arrayOf(of(type.of, hint), type.upto, hint);
        return typedef(`${hint}_seq`, [length, { name: field(FIELDS.item), shape: items }]);
      }
      default:
        return type satisfies never;
    }
  };
  return { of, field, typedefs };
}

const MOST_ELEMENTS = 65_536;

export function lengthType(upto: number): ScalarType {
  return { kind: "range", lo: 0, hi: upto, name: null, symmetric: false };
}

/** Is a value of this type a single number or flag? */
export function isOneNumber(type: Type): boolean {
  return isScalarType(type) || (type.kind === "option" && isScalarType(type.of));
}

interface Bounds {
  readonly lo: number;
  readonly hi: number;
}

/** The numbers that stand for the values of a scalar. */
function bounds(type: ScalarType): Bounds {
  switch (type.kind) {
    case "bool":
      return { lo: 0, hi: 1 };
    case "range":
      return type;
    case "enum":
    case "process":
      return { lo: 0, hi: type.members.length - 1 };
    default:
      return type satisfies never;
  }
}

/** The number that stands for null among the values of a scalar. */
export function nullCode(type: ScalarType): number {
  const { lo, hi } = bounds(type);
  return lo === 1 ? 0 : hi + 1;
}

function optionBounds(type: ScalarType): Bounds {
  const { lo, hi } = bounds(type);
  const code = nullCode(type);
  return { lo: Math.min(lo, code), hi: Math.max(hi, code) };
}

const BYTE = 255;
const SHORT = 32_767;

function base({ lo, hi }: Bounds, kind: Type["kind"]): string {
  if (kind === "bool") return "bool";
  if (lo >= 0 && hi <= BYTE) return "byte";
  if (lo >= -SHORT && hi <= SHORT) return "short";
  return "int";
}

export interface Slots {
  /** What is taken off a value to get its slot. */
  readonly offset: number;
  readonly size: number;
}

/** The slots of an array: by the key itself where that wastes one at most. */
export function keyRange(key: Type): Slots {
  if (!isScalarType(key)) throw new Error(`an array by ${key.kind}`);
  const { lo, hi } = bounds(key);
  const offset = lo === 1 ? 0 : lo;
  return { offset, size: hi - offset + 1 };
}

/** The slots of a set: by the element itself, or by its place in the order of its type. */
export function elementRange(of: Type): Slots {
  return isScalarType(of) ? keyRange(of) : { offset: 0, size: cardinality(of) };
}

/** The slot of a key. */
export function slotOf(key: Scalar, { offset }: Slots): Scalar {
  if (key.kind === "boolean") return number(key.value ? 1 : 0);
  return subtract(key, number(offset));
}
