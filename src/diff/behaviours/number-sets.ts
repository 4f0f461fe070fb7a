// Finite sets of numbers, each stored once: equal sets have equal indices, so that sets can be members of sets.

import { hashWords } from "../../checker/state-table.ts";

/** Sets of whole numbers from 0 to 2^31 - 1 (or -1), ascending in an arena; a set's index is the order of its first insertion. */
export class NumberSets {
  count = 0;
  private arena = new Int32Array(1 << 10);
  /** Set i is arena[starts[i]] … arena[starts[i+1]-1]. */
  private starts = new Float64Array(1 << 8);
  /** 0 when empty, else a set's index + 1. */
  private slots = new Int32Array(1 << 9);

  /** The index of the set of these numbers, which must ascend strictly. */
  insert(numbers: Int32Array): number {
    if (2 * (this.count + 1) > this.slots.length) this.growSlots();
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = hashWords(numbers, 0, numbers.length) & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const known = (slots[slot] as number) - 1;
      if (this.equals(known, numbers)) return known;
    }
    slots[slot] = this.count + 1;
    return this.append(numbers);
  }

  /** The numbers of a set, ascending; valid until the next insertion. */
  get(set: number): Int32Array {
    return this.arena.subarray(this.starts[set] as number, this.starts[set + 1] as number);
  }

  has(set: number, number: number): boolean {
    const { arena, starts } = this;
    let low = starts[set] as number;
    let high = starts[set + 1] as number;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((arena[middle] as number) < number) low = middle + 1;
      else high = middle;
    }
    return low < (starts[set + 1] as number) && arena[low] === number;
  }

  /** Is every number of the first set one of the second? */
  includes(inner: number, outer: number): boolean {
    if (inner === outer) return true;
    const { arena, starts } = this;
    let at = starts[outer] as number;
    const end = starts[outer + 1] as number;
    const last = starts[inner + 1] as number;
    if (last - (starts[inner] as number) > end - at) return false;
    for (let each = starts[inner] as number; each < last; each += 1) {
      const number = arena[each] as number;
      while (at < end && (arena[at] as number) < number) at += 1;
      if (at === end || arena[at] !== number) return false;
      at += 1;
    }
    return true;
  }

  get bytes(): number {
    return this.arena.byteLength + this.starts.byteLength + this.slots.byteLength;
  }

  private equals(set: number, numbers: Int32Array): boolean {
    const { arena, starts } = this;
    const start = starts[set] as number;
    if ((starts[set + 1] as number) - start !== numbers.length) return false;
    for (let at = 0; at < numbers.length; at += 1) {
      if (arena[start + at] !== numbers[at]) return false;
    }
    return true;
  }

  private append(numbers: Int32Array): number {
    const set = this.count;
    const start = this.starts[set] as number;
    const end = start + numbers.length;
    if (end > this.arena.length) this.arena = grown(this.arena, end);
    if (set + 2 > this.starts.length) {
      const starts = new Float64Array(2 * this.starts.length);
      starts.set(this.starts);
      this.starts = starts;
    }
    this.arena.set(numbers, start);
    this.starts[set + 1] = end;
    this.count = set + 1;
    return set;
  }

  private growSlots(): void {
    const slots = new Int32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let set = 0; set < this.count; set += 1) {
      const numbers = this.get(set);
      let slot = hashWords(numbers, 0, numbers.length) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = set + 1;
    }
    this.slots = slots;
  }
}

/** Gathers numbers in any order, each once. */
export class Gathering {
  private numbers = new Int32Array(64);
  private count = 0;

  clear(): void {
    this.count = 0;
  }

  add(number: number): void {
    if (this.count === this.numbers.length) this.numbers = grown(this.numbers, this.count + 1);
    this.numbers[this.count] = number;
    this.count += 1;
  }

  addAll(numbers: Int32Array): void {
    const count = this.count + numbers.length;
    if (count > this.numbers.length) this.numbers = grown(this.numbers, count);
    this.numbers.set(numbers, this.count);
    this.count = count;
  }

  /** What was gathered, ascending strictly; valid until the next `add`. */
  sorted(): Int32Array {
    const { numbers } = this;
    numbers.subarray(0, this.count).sort();
    let kept = 0;
    for (let at = 0; at < this.count; at += 1) {
      if (kept > 0 && numbers[kept - 1] === numbers[at]) continue;
      numbers[kept] = numbers[at] as number;
      kept += 1;
    }
    this.count = kept;
    return numbers.subarray(0, kept);
  }
}

function grown(words: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(2 * words.length, least));
  larger.set(words);
  return larger;
}
