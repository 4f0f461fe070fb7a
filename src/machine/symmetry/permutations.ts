// Permutations of the values of symmetric types, and what they make of the values of all other types.
//
// A value is its ordinal, its position in the order of `valuesOf`: that is how packed states hold scalars.

import { cardinality, type Machine, type Type } from "../machine.ts";
import type { SymmetricType } from "./types.ts";

/** For each symmetric type, by position, where each of its values goes. */
export type Permutation = readonly Int32Array[];

/** The types that are permuted, and the process instances that go with their values. */
export interface Symmetry {
  readonly types: readonly SymmetricType[];
  /** By instance id: the position of the type that indexes its process, -1 if none does. */
  readonly indexedBy: Int32Array;
  /** By instance id: the value of its index, 0 without one; instances of a process follow each other in this order. */
  readonly indexValue: Int32Array;
}

export function symmetryOf(machine: Machine, types: readonly SymmetricType[]): Symmetry {
  const indexedBy = new Int32Array(machine.instances.length).fill(-1);
  const indexValue = new Int32Array(machine.instances.length);
  for (const { process } of machine.processes) {
    const instances = machine.instances.filter((instance) => instance.process === process);
    const position = process.index === null ? -1 : positionOf(types, process.index.local.type);
    instances.forEach(({ id }, value) => {
      indexedBy[id] = position;
      indexValue[id] = value;
    });
  }
  return { types, indexedBy, indexValue };
}

/** The position of a type among those that are permuted, -1 if it is none. */
export function positionOf(types: readonly SymmetricType[], type: Type): number {
  if ((type.kind !== "range" && type.kind !== "enum") || !type.symmetric) return -1;
  return types.findIndex(({ name }) => name === type.name);
}

/** Every value stays where it is. */
export function identity(symmetry: Symmetry): Permutation {
  return symmetry.types.map(({ size }) => Int32Array.from({ length: size }, (_, value) => value));
}

/** First one, then the other. */
export function composed(first: Permutation, second: Permutation): Permutation {
  return first.map((values, type) => values.map((value) => second[type]?.[value] as number));
}

export function inverse(permutation: Permutation): Permutation {
  return permutation.map((values) => {
    const back = new Int32Array(values.length);
    values.forEach((to, value) => {
      back[to] = value;
    });
    return back;
  });
}

/** Where a process instance goes. */
export function relabelledInstance(
  { indexedBy, indexValue }: Symmetry,
  permutation: Permutation,
  id: number,
): number {
  const values = permutation[indexedBy[id] as number];
  if (values === undefined) return id;
  const value = indexValue[id] as number;
  return id - value + (values[value] as number);
}

/** Do permutations change values of this type? */
export function isMoved(symmetry: Symmetry, type: Type): boolean {
  switch (type.kind) {
    case "bool":
      return false;
    case "range":
    case "enum":
      return positionOf(symmetry.types, type) >= 0;
    case "process":
      return symmetry.indexedBy.some((position) => position >= 0);
    case "option":
    case "set":
    case "sequence":
      return isMoved(symmetry, type.of);
    case "array":
      return isMoved(symmetry, type.key) || isMoved(symmetry, type.of);
    case "record":
      return type.fields.some((field) => isMoved(symmetry, field.type));
    default:
      return type satisfies never;
  }
}

/** Where a value of any type goes, by ordinals; a set of more than 31 elements has none. */
export function relabelled(
  symmetry: Symmetry,
  permutation: Permutation,
  type: Type,
  ordinal: number,
): number {
  switch (type.kind) {
    case "bool":
      return ordinal;
    case "range":
    case "enum": {
      const values = permutation[positionOf(symmetry.types, type)];
      return values === undefined ? ordinal : (values[ordinal] as number);
    }
    case "process":
      return relabelledInstance(symmetry, permutation, ordinal);
    case "option":
      return ordinal === 0 ? 0 : 1 + relabelled(symmetry, permutation, type.of, ordinal - 1);
    case "set": {
      let moved = 0;
      for (let element = 0; element < cardinality(type.of); element += 1) {
        if (Math.floor(ordinal / 2 ** element) % 2 === 1)
          moved += 2 ** relabelled(symmetry, permutation, type.of, element);
      }
      return moved;
    }
    case "record":
      return relabelledDigits(
        type.fields.map((field) => field.type),
        ordinal,
        (of, digit) => relabelled(symmetry, permutation, of, digit),
        (position) => position,
      );
    case "array": {
      const keys = Array.from({ length: cardinality(type.key) }, () => type.of);
      return relabelledDigits(
        keys,
        ordinal,
        (of, digit) => relabelled(symmetry, permutation, of, digit),
        (key) => relabelled(symmetry, permutation, type.key, key),
      );
    }
    case "sequence": {
      const base = cardinality(type.of);
      let [length, first] = [0, 0];
      while (ordinal >= first + base ** length) {
        first += base ** length;
        length += 1;
      }
      const elements = Array.from({ length }, () => type.of);
      const moved = relabelledDigits(
        elements,
        ordinal - first,
        (of, digit) => relabelled(symmetry, permutation, of, digit),
        (position) => position,
      );
      return first + moved;
    }
    default:
      return type satisfies never;
  }
}

/** A number of digits of several types, the first one weighing most: each digit changed, and put at another position. */
function relabelledDigits(
  types: readonly Type[],
  ordinal: number,
  change: (type: Type, digit: number) => number,
  move: (position: number) => number,
): number {
  const digits: number[] = [];
  let left = ordinal;
  for (let position = types.length - 1; position >= 0; position -= 1) {
    const type = types[position] as Type;
    const base = cardinality(type);
    digits[move(position)] = change(type, left % base);
    left = Math.floor(left / base);
  }
  return types.reduce(
    (sum, type, position) => sum * cardinality(type) + (digits[position] ?? 0),
    0,
  );
}
