// What a permutation makes of a packed state.

import { cardinality } from "../machine.ts";
import type { Cell, Content, Family, Guard } from "./families.ts";
import { type Permutation, relabelled, type Symmetry } from "./permutations.ts";

/** Writes the permuted state at `offset` of `words` to the beginning of `into`. */
export function permute(
  symmetry: Symmetry,
  families: readonly Family[],
  permutation: Permutation,
  words: Int32Array,
  offset: number,
  into: Int32Array,
): void {
  for (let word = 0; word < into.length; word += 1) into[word] = words[offset + word] as number;
  for (const { types, cells, content } of families) {
    for (const cell of cells) {
      let target = 0;
      for (let at = 0; at < types.length; at += 1) {
        const values = permutation[types[at] as number] as Int32Array;
        target = target * values.length + (values[cell.values[at] as number] as number);
      }
      move(symmetry, permutation, content, cell, cells[target] as Cell, words, offset, into);
    }
  }
}

function move(
  symmetry: Symmetry,
  permutation: Permutation,
  content: Content,
  from: Cell,
  to: Cell,
  words: Int32Array,
  offset: number,
  into: Int32Array,
): void {
  if (content.kind === "set") {
    for (const bits of to.bits) put(bits, 0, into);
    for (let element = 0; element < cardinality(content.of); element += 1) {
      if (!hasElement(from, element, words, offset)) continue;
      const moved = relabelled(symmetry, permutation, content.of, element);
      const bits = to.bits[moved >>> 5];
      if (bits === undefined) throw new Error("a set without room for an element");
      into[bits.word] = (into[bits.word] as number) | (1 << (bits.shift + (moved & 31)));
    }
    return;
  }
  const [source] = from.bits;
  const [target] = to.bits;
  if (source === undefined || target === undefined) throw new Error("a field without bits");
  const value = read(source, words, offset);
  const renamed =
    content.kind === "value" && isMeant(from, words, offset)
      ? relabelled(symmetry, permutation, content.type, value)
      : value;
  put(target, renamed, into);
}

/** Is an element in the set that stands in a cell? */
export function hasElement(
  cell: Cell,
  element: number,
  words: Int32Array,
  offset: number,
): boolean {
  const bits = cell.bits[element >>> 5];
  if (bits === undefined) return false;
  return (((words[offset + bits.word] as number) >>> (bits.shift + (element & 31))) & 1) === 1;
}

export function read(bits: Cell["bits"][number], words: Int32Array, offset: number): number {
  return (((words[offset + bits.word] as number) >>> bits.shift) & bits.mask) >>> 0;
}

export function put(
  { word, shift, mask }: Cell["bits"][number],
  value: number,
  into: Int32Array,
): void {
  into[word] = ((into[word] as number) & ~(mask << shift)) | (value << shift);
}

/** Does what stands in a cell mean anything? */
export function isMeant(
  { guards }: Pick<Cell, "guards">,
  words: Int32Array,
  offset: number,
): boolean {
  return guards.every((guard) => holds(guard, words, offset));
}

function holds(guard: Guard, words: Int32Array, offset: number): boolean {
  const value = read(guard.bits, words, offset);
  return guard.kind === "at-least" ? value >= guard.least : guard.allowed[value] === 1;
}
