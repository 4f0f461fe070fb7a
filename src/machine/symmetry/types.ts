// Symmetric types as a reduction sees them, and where values of theirs can be inside other types.

import { cardinality, type Machine, type Type } from "../machine.ts";

/** A declared type whose values are interchangeable. */
export interface SymmetricType {
  readonly name: string;
  /** How many values it has. */
  readonly size: number;
}

/** The symmetric types with more than one value, in the order of the text. */
export function symmetricTypes(machine: Machine): readonly SymmetricType[] {
  const found = new Map<string, SymmetricType>();
  for (const { type } of machine.types) {
    if ((type.kind !== "range" && type.kind !== "enum") || !type.symmetric) continue;
    const name = type.name ?? "";
    if (cardinality(type) > 1 && !found.has(name))
      found.set(name, { name, size: cardinality(type) });
  }
  return [...found.values()];
}

/** Is this type that symmetric type itself? */
export function isThat(type: Type, symmetric: SymmetricType): boolean {
  return (
    (type.kind === "range" || type.kind === "enum") &&
    type.symmetric &&
    type.name === symmetric.name
  );
}

/** Do values of this type hold values of the symmetric type, or are they indexed by it? */
export function involves(type: Type, symmetric: SymmetricType): boolean {
  switch (type.kind) {
    case "bool":
    case "process":
      return false;
    case "range":
    case "enum":
      return isThat(type, symmetric);
    case "option":
    case "set":
    case "sequence":
      return involves(type.of, symmetric);
    case "array":
      return involves(type.key, symmetric) || involves(type.of, symmetric);
    case "record":
      return type.fields.some((field) => involves(field.type, symmetric));
    default:
      return type satisfies never;
  }
}

/** Is a value of the symmetric type singled out by this type's first value, which stands where nothing was assigned yet? */
export function firstSinglesOut(type: Type, symmetric: SymmetricType): boolean {
  switch (type.kind) {
    case "bool":
    case "process":
    // The first option is null, the first set and sequence are empty.
    case "option":
    case "set":
    case "sequence":
      return false;
    case "range":
    case "enum":
      return isThat(type, symmetric);
    case "array":
      return firstSinglesOut(type.of, symmetric);
    case "record":
      return type.fields.some((field) => firstSinglesOut(field.type, symmetric));
    default:
      return type satisfies never;
  }
}
