// What permutations make of the names of locks and process instances: `ptl[1]` becomes `ptl[3]`, `zapper[1]` becomes `zapper[3]`.

import { type Machine, type Type, valuesOf } from "../machine.ts";
import { type Permutation, positionOf, type Symmetry } from "./permutations.ts";

/** A value of a symmetric type, by positions. */
interface Part {
  readonly type: number;
  readonly value: number;
}

/** A lock or process instance. */
interface Named {
  readonly name: string;
  /** Alike for those that differ in values of symmetric types only. */
  readonly stem: string;
  readonly parts: readonly Part[];
}

export interface InstanceNames {
  /** What some names together become under all permutations. */
  images(names: readonly string[]): readonly (readonly string[])[];
  /** A permutation that makes other names of these. */
  permutation(names: readonly string[], others: readonly string[]): Permutation;
}

export function instanceNames(machine: Machine, symmetry: Symmetry): InstanceNames {
  const all = namedInstances(machine, symmetry);
  const byName = new Map(all.map((named) => [named.name, named]));
  const byParts = new Map(all.map((named) => [keyOf(named.stem, named.parts), named.name]));

  function find(name: string): Named {
    const named = byName.get(name);
    if (named === undefined) throw new Error(`there is neither a lock nor a process ${name}`);
    return named;
  }

  return {
    images(names) {
      const named = names.map(find);
      const parts = distinct(named.flatMap((one) => one.parts));
      return assignments(symmetry, parts).map((chosen) =>
        named.map(({ stem, parts: own }) => {
          const moved = own.map((part) => ({
            type: part.type,
            value: valueIn(parts, chosen, part),
          }));
          return byParts.get(keyOf(stem, moved)) ?? "";
        }),
      );
    },
    permutation(names, others) {
      const from = names.flatMap((name) => find(name).parts);
      const to = others.flatMap((name) => find(name).parts);
      return symmetry.types.map(({ size }, type) => {
        const wanted = new Map(
          from.flatMap((part, at) =>
            part.type === type ? [[part.value, to[at]?.value ?? -1]] : [],
          ),
        );
        const free = range(size).filter((value) => ![...wanted.values()].includes(value));
        return Int32Array.from(
          range(size),
          (value) => wanted.get(value) ?? (free.shift() as number),
        );
      });
    },
  };
}

function namedInstances(machine: Machine, symmetry: Symmetry): readonly Named[] {
  const keyed = (all: readonly Named[], type: Type, names: readonly string[]): readonly Named[] => {
    const position = positionOf(symmetry.types, type);
    return all.flatMap(({ name, stem, parts }) =>
      names.map((key, value) =>
        position < 0
          ? { name: `${name}[${key}]`, stem: `${stem}[${key}]`, parts }
          : {
              name: `${name}[${key}]`,
              stem: `${stem}[]`,
              parts: [...parts, { type: position, value }],
            },
      ),
    );
  };
  const locks = machine.locks.flatMap(({ name, keys }) =>
    keys.reduce<readonly Named[]>(
      (all, key) => keyed(all, key, [...valuesOf(key)].map(String)),
      [{ name, stem: name, parts: [] }],
    ),
  );
  const processes = machine.instances.map(({ id, name, process }): Named => {
    const type = symmetry.indexedBy[id] as number;
    if (type < 0) return { name, stem: name, parts: [] };
    return {
      name,
      stem: process.name,
      parts: [{ type, value: symmetry.indexValue[id] as number }],
    };
  });
  return [...locks, ...processes];
}

/** All ways to give each of some different values another value of its type, none twice. */
function assignments(symmetry: Symmetry, parts: readonly Part[]): readonly (readonly number[])[] {
  return parts.reduce<readonly (readonly number[])[]>(
    (all, { type }, at) =>
      all.flatMap((chosen) =>
        range(symmetry.types[type]?.size ?? 0)
          .filter(
            (value) =>
              !chosen.some(
                (one, other) => one === value && other < at && parts[other]?.type === type,
              ),
          )
          .map((value) => [...chosen, value]),
      ),
    [[]],
  );
}

function distinct(parts: readonly Part[]): readonly Part[] {
  return parts.filter(
    (part, at) =>
      parts.findIndex(({ type, value }) => type === part.type && value === part.value) === at,
  );
}

function valueIn(parts: readonly Part[], chosen: readonly number[], part: Part): number {
  return chosen[
    parts.findIndex(({ type, value }) => type === part.type && value === part.value)
  ] as number;
}

function keyOf(stem: string, parts: readonly Part[]): string {
  return `${stem} ${parts.map(({ value }) => value).join(" ")}`;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, value) => value);
}
