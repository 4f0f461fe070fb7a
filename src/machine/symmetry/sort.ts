// Sorts the values of a packed state by their keys. The WebAssembly of emit/wasm/sorting.ts does the same.

import type { Bits } from "./families.ts";
import { isMeant, put, read } from "./permute.ts";
import type { NamingField, SortPlan, TypeSorting } from "./sort-plan.ts";

/** Writes the sorted state to the beginning of `into`. */
export type Sort = (words: Int32Array, offset: number, into: Int32Array) => void;

export function sortBy(plan: SortPlan): Sort {
  const sorts = plan.map(sortValues);
  return (words, offset, into) => {
    for (let word = 0; word < into.length; word += 1) into[word] = words[offset + word] as number;
    for (const sort of sorts) sort(into);
  };
}

/** Sorts the values of one type, in place. */
function sortValues({ size, keyWords, own, naming }: TypeSorting): (words: Int32Array) => void {
  const keys = new Int32Array(size * keyWords);
  return (words) => {
    keys.fill(0);
    for (const { cells, keyWord, keyShift } of own) {
      for (let value = 0; value < size; value += 1)
        addBits(keys, value * keyWords + keyWord, read(cells[value] as Bits, words, 0) << keyShift);
    }
    for (const field of naming) {
      const value = namedIn(field, size, words);
      if (value >= 0) addBits(keys, value * keyWords + field.keyWord, 1 << field.keyShift);
    }
    sortKeys(keys, size, keyWords);
    // All fields are read before any is written: a field may have a word of the key for each of several types.
    for (const field of naming) {
      if (namedIn(field, size, words) < 0) continue;
      for (let at = 0; at < size; at += 1) {
        const key = keys[at * keyWords + field.keyWord] as number;
        if (((key >>> field.keyShift) & 1) === 1) put(field.bits, field.first + at, words);
      }
    }
    for (const { cells, keyWord, keyShift } of own) {
      for (let at = 0; at < size; at += 1) {
        const bits = cells[at] as Bits;
        put(bits, ((keys[at * keyWords + keyWord] as number) >>> keyShift) & bits.mask, words);
      }
    }
  };
}

/** The value that stands in a field, -1 if none does. */
function namedIn({ bits, first, guards }: NamingField, size: number, words: Int32Array): number {
  const value = read(bits, words, 0) - first;
  return value >= 0 && value < size && isMeant({ guards }, words, 0) ? value : -1;
}

function addBits(keys: Int32Array, at: number, bits: number): void {
  keys[at] = (keys[at] as number) | bits;
}

/** Insertion: there are few. */
function sortKeys(keys: Int32Array, size: number, width: number): void {
  for (let end = 1; end < size; end += 1) {
    for (let at = end; at > 0 && isLess(keys, at * width, (at - 1) * width, width); at -= 1) {
      for (let word = 0; word < width; word += 1) {
        const [lower, upper] = [(at - 1) * width + word, at * width + word];
        const held = keys[lower] as number;
        keys[lower] = keys[upper] as number;
        keys[upper] = held;
      }
    }
  }
}

function isLess(keys: Int32Array, left: number, right: number, width: number): boolean {
  for (let word = 0; word < width; word += 1) {
    const difference = (keys[left + word] as number) - (keys[right + word] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
