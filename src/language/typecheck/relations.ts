// How types stand to each other: whether values of one fit another, what covers both, how large they are.

import type { RangeType, RecordType, Type } from "../types.ts";
import { cardinality, formatType } from "../types.ts";

/** Largest set type, in values of its element type. */
export const SET_LIMIT = 4096;
/** Most bits that the variables of a spec may take together. */
export const STATE_BITS_LIMIT = 65536;
/** Numbers are exact within these. */
export const LEAST_NUMBER = -(2 ** 31);
export const GREATEST_NUMBER = 2 ** 31 - 1;

export const BOOL: Type = { kind: "bool" };

/** A computed interval. */
export function interval(lo: number, hi: number): RangeType {
  return { kind: "range", lo, hi, name: null, symmetric: false };
}

/**
 * - `equal`: the same values in the same representation.
 * - `fits`: every value of the source is one of the target.
 * - `partial`: some may not be. `disjoint`: none is. `unlike`: the types have nothing to do with each other.
 */
export type Relation = "equal" | "fits" | "partial" | "disjoint" | "unlike";

const relations: readonly Relation[] = ["equal", "fits", "partial", "disjoint", "unlike"];

function worst(found: readonly Relation[]): Relation {
  let index = 0;
  for (const relation of found) index = Math.max(index, relations.indexOf(relation));
  return relations[index] ?? "equal";
}

/** How values of `source` stand to `target`; a `T` and a `T?` are unlike here, coercion bridges them. */
export function relate(source: Type, target: Type): Relation {
  if (source.kind === "range" && target.kind === "range") return relateRanges(source, target);
  if (source.kind === "record" && target.kind === "record") return relateRecords(source, target);
  if (source.kind === "enum" && target.kind === "enum") {
    return source.name === target.name ? "equal" : "unlike";
  }
  if (source.kind === "array" && target.kind === "array") {
    return relate(source.key, target.key) === "equal" ? relate(source.of, target.of) : "unlike";
  }
  if (
    (source.kind === "option" && target.kind === "option") ||
    (source.kind === "set" && target.kind === "set")
  ) {
    return maybeEmpty(relate(source.of, target.of));
  }
  if (source.kind === "sequence" && target.kind === "sequence") {
    const length: Relation =
      source.upto === target.upto ? "equal" : source.upto < target.upto ? "fits" : "partial";
    return worst([maybeEmpty(relate(source.of, target.of)), length]);
  }
  return source.kind === target.kind ? "equal" : "unlike";
}

/** Null, the empty set and the empty sequence fit whatever the elements are. */
function maybeEmpty(relation: Relation): Relation {
  return relation === "disjoint" ? "partial" : relation;
}

function relateRanges(source: RangeType, target: RangeType): Relation {
  if (source.symmetric || target.symmetric) {
    return source.symmetric && target.symmetric && source.name === target.name ? "equal" : "unlike";
  }
  if (source.lo === target.lo && source.hi === target.hi) return "equal";
  if (source.lo >= target.lo && source.hi <= target.hi) return "fits";
  return source.lo <= target.hi && source.hi >= target.lo ? "partial" : "disjoint";
}

function relateRecords(source: RecordType, target: RecordType): Relation {
  if (source.fields.length !== target.fields.length) return "unlike";
  return worst(
    source.fields.map((field, index) => {
      const other = target.fields[index];
      return other?.name === field.name ? relate(field.type, other.type) : "unlike";
    }),
  );
}

/** The smallest type that has the values of both, or null if they are unlike. */
export function join(left: Type, right: Type): Type | null {
  const relation = left.kind === right.kind ? relate(left, right) : null;
  if (relation === "equal") return left;
  if (left.kind === "option" || right.kind === "option") {
    const of = join(
      left.kind === "option" ? left.of : left,
      right.kind === "option" ? right.of : right,
    );
    return of === null ? null : { kind: "option", of };
  }
  if (relation === null || relation === "unlike") return null;
  return joinAlike(left, right);
}

function joinAlike(left: Type, right: Type): Type | null {
  if (left.kind === "range" && right.kind === "range") {
    if (right.lo >= left.lo && right.hi <= left.hi) return left;
    if (left.lo >= right.lo && left.hi <= right.hi) return right;
    return interval(Math.min(left.lo, right.lo), Math.max(left.hi, right.hi));
  }
  if (left.kind === "record" && right.kind === "record") {
    const fields = left.fields.map((field, index) => {
      const other = right.fields[index];
      return { name: field.name, type: (other && join(field.type, other.type)) ?? field.type };
    });
    return { kind: "record", name: null, fields };
  }
  if (left.kind === "array" && right.kind === "array") {
    return { kind: "array", key: left.key, of: join(left.of, right.of) ?? left.of };
  }
  if (left.kind === "set" && right.kind === "set") {
    return { kind: "set", of: join(left.of, right.of) ?? left.of };
  }
  if (left.kind === "sequence" && right.kind === "sequence") {
    const upto = Math.max(left.upto, right.upto);
    return { kind: "sequence", of: join(left.of, right.of) ?? left.of, upto };
  }
  return null;
}

/** Numbers are kept as they are; all other types have a layout that a conversion must change. */
export function isScalar(type: Type): boolean {
  return (
    type.kind === "bool" || type.kind === "range" || type.kind === "enum" || type.kind === "process"
  );
}

/** Whether the values of the type can be told apart by equality only. */
export function isSymmetric(type: Type): boolean {
  return (type.kind === "range" || type.kind === "enum") && type.symmetric;
}

/** A symmetric type whose values stand in values of this one, or index them; null if none does. */
export function symmetricWithin(type: Type): Type | null {
  switch (type.kind) {
    case "bool":
    case "process":
      return null;
    case "range":
    case "enum":
      return type.symmetric ? type : null;
    case "option":
    case "set":
    case "sequence":
      return symmetricWithin(type.of);
    case "array":
      return symmetricWithin(type.key) ?? symmetricWithin(type.of);
    case "record":
      return type.fields.reduce<Type | null>(
        (found, field) => found ?? symmetricWithin(field.type),
        null,
      );
    default:
      return type satisfies never;
  }
}

/** Whether a type may be the key of an array or lock. */
export function isKey(type: Type): boolean {
  return type.kind === "bool" || type.kind === "range" || type.kind === "enum";
}

/** About the bits that a value takes in a state; at least one a part, so that types of one value count too. */
export function bitsOf(type: Type): number {
  switch (type.kind) {
    case "bool":
    case "range":
    case "enum":
    case "process":
      return bitsFor(cardinality(type));
    case "option":
      return isScalar(type.of) ? bitsFor(cardinality(type.of) + 1) : 1 + bitsOf(type.of);
    case "record":
      return type.fields.reduce((sum, field) => sum + bitsOf(field.type), 1);
    case "array":
      return cardinality(type.key) * bitsOf(type.of);
    case "set":
      return cardinality(type.of);
    case "sequence":
      return bitsFor(type.upto + 1) + type.upto * bitsOf(type.of);
    default:
      return type satisfies never;
  }
}

function bitsFor(values: number): number {
  return Math.max(1, Math.ceil(Math.log2(values)));
}

/** A type in a message: what a person would call it, its bounds included. */
export function describeType(type: Type): string {
  if (type.kind === "bool") return "a bool";
  if (type.kind === "process") return "a process";
  if (type.kind === "range") {
    const bounds =
      type.lo === type.hi ? `the number ${type.lo}` : `a number in ${type.lo}..${type.hi}`;
    return type.name === null ? bounds : `\`${type.name}\` (${type.lo}..${type.hi})`;
  }
  return `\`${formatType(type)}\``;
}
