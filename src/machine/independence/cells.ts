// The cells of a machine's shared state: what two steps may both touch. An element of an array of variables is a cell, and
// so is each lock, and whether each process has come to its end. Sets of cells are bit masks.

import type { Lock, Machine, Type, Variable } from "../machine.ts";
import { cardinality } from "../machine.ts";

/** One bit a cell. */
export type CellSet = bigint;

/** Which elements along one dimension: one position, or all but some. */
export type Positions = number | { readonly except: readonly number[] };

export const ANY: Positions = { except: [] };

/** A lock instance: the lock and the position of its keys, the first slowest. */
export interface LockInstance {
  readonly lock: Lock;
  readonly position: number;
}

export interface Cells {
  /** The types of the indices that tell the cells of a variable or lock apart. */
  keysOf(root: Variable | Lock): readonly Type[];
  /** The cells with such indices; indices that are left out may be any. */
  of(root: Variable | Lock, indices: readonly Positions[]): CellSet;
  /** Whether this process instance has come to its end. */
  done(instance: number): CellSet;
  readonly locks: readonly LockInstance[];
}

/** Variables of more elements than this have them in fewer cells: the inner dimensions are not told apart. */
const MOST_CELLS = 512;

interface Block {
  readonly first: number;
  readonly keys: readonly Type[];
}

/** Numbers the cells of a machine. */
export function cellsOf(machine: Machine): Cells {
  const blocks = new Map<Variable | Lock, Block>();
  let count = 0;
  const add = (root: Variable | Lock, keys: readonly Type[]): void => {
    blocks.set(root, { first: count, keys });
    count += sizeOf(keys);
  };
  for (const variable of machine.variables) add(variable, arrayKeys(variable.type));
  for (const lock of machine.locks) add(lock, lock.keys);
  const firstDone = count;
  const blockOf = (root: Variable | Lock): Block => {
    const block = blocks.get(root);
    if (block === undefined) throw new Error(`${root.name} has no cells`);
    return block;
  };
  return {
    keysOf: (root) => blockOf(root).keys,
    of(root, indices) {
      const { first, keys } = blockOf(root);
      return positionsOf(keys, indices).reduce(
        (set, position) => set | (1n << BigInt(first + position)),
        0n,
      );
    },
    done: (instance) => 1n << BigInt(firstDone + instance),
    locks: machine.locks.flatMap((lock) =>
      Array.from({ length: sizeOf(lock.keys) }, (_, position) => ({ lock, position })),
    ),
  };
}

/** The keys of an array of arrays, from the outside, as long as there are not too many elements. */
function arrayKeys(type: Type): readonly Type[] {
  const keys: Type[] = [];
  for (let at = type, size = 1; at.kind === "array"; at = at.of) {
    size *= cardinality(at.key);
    if (size > MOST_CELLS) break;
    keys.push(at.key);
  }
  return keys;
}

function sizeOf(keys: readonly Type[]): number {
  return keys.reduce((size, key) => size * cardinality(key), 1);
}

/** The positions, among all elements, of those with such indices. */
function positionsOf(keys: readonly Type[], indices: readonly Positions[]): readonly number[] {
  return keys.reduce<readonly number[]>(
    (before, key, depth) => {
      const size = cardinality(key);
      const wanted = indices[depth] ?? ANY;
      const own =
        typeof wanted === "number"
          ? [wanted].filter((position) => position >= 0 && position < size)
          : Array.from({ length: size }, (_, position) => position).filter(
              (position) => !wanted.except.includes(position),
            );
      return before.flatMap((outer) => own.map((position) => outer * size + position));
    },
    [0],
  );
}
