// States that a search on disk has come to and that may be new: kept apart from each other in memory, with the state that
// led there first, until the file of all states met is read through once to tell which were met before.
//
// Stern and Dill, "Using magnetic disk instead of main memory in the Murphi verifier", CAV 1998: one sequential pass over the
// disk serves all candidates that fit into memory. They are kept in the order in which they were met, so what remains of
// them is in breadth-first order, however often they had to be sifted.

import type { Orbits } from "./orbit-table.ts";
import type { RowFile } from "./spill-files.ts";
import { StateTable } from "./state-table.ts";

const SMALLEST_BITS = 3;
/** What a table begins with, where there is room. */
const FIRST_BITS = 10;
/** The slots are never more than twice as many as the states, and their indices have to fit into 31 bits. */
const MOST_BITS = 29;

/** Bytes of a table with so many slots, half as many states of this width and what is kept with each. */
function bytesOf(bits: number, width: number): number {
  return 2 ** bits * 4 + 2 ** (bits - 1) * (4 * width + 4 + 1);
}

export class Candidates {
  /** The candidates, in the order in which they were met. */
  readonly table: StateTable;
  /** Which states are taken for one; that one stands in the table. */
  private readonly orbits: Orbits | null;
  private readonly representative: Int32Array;
  /** Where the state that led to each stands in its level. */
  private readonly from: Uint32Array;
  /** 1 for each that turns out to be known. */
  private readonly known: Uint8Array;
  /** Room for all slots; a small table uses the first of them only. */
  private readonly slots: Int32Array;
  private readonly capacity: number;

  /** Takes no more than so many bytes, but never fewer than four states. */
  constructor(width: number, orbits: Orbits | null, bytes: number) {
    let bits = SMALLEST_BITS;
    while (bits < MOST_BITS && bytesOf(bits + 1, width) <= bytes) bits += 1;
    this.capacity = 2 ** (bits - 1);
    this.slots = new Int32Array(2 ** bits);
    this.from = new Uint32Array(this.capacity);
    this.known = new Uint8Array(this.capacity);
    this.orbits = orbits;
    this.representative = new Int32Array(width);
    this.table = new StateTable(width);
    this.table.adopt(new Int32Array(this.capacity * width), this.slots);
    this.clear();
  }

  get count(): number {
    return this.table.count;
  }

  get full(): boolean {
    return this.table.count === this.capacity;
  }

  /** Takes a state unless it is a candidate already. There must be room. */
  add(words: Int32Array, offset: number, from: number): void {
    const { table } = this;
    const { count } = table;
    if (2 * (count + 1) > table.slots.length) {
      const slots = this.slots.subarray(0, 2 * table.slots.length);
      slots.fill(0);
      table.refill(slots);
    }
    if (this.insert(words, offset) === count) this.from[count] = from;
  }

  private insert(words: Int32Array, offset: number): number {
    const { table, orbits, representative } = this;
    if (orbits === null) return table.insert(words, offset);
    orbits.represent(words, offset, representative);
    return table.insert(representative, 0);
  }

  /** Marks those among `rows` states met before; `left` is how many were not known yet, and what is returned how many are not. */
  sift(met: Int32Array, rows: number, left: number): number {
    const { table, known } = this;
    const { width } = table;
    let unknown = left;
    for (let row = 0; row < rows && unknown > 0; row += 1) {
      const candidate = table.find(met, row * width);
      if (candidate < 0) continue;
      known[candidate] = 1;
      unknown -= 1;
    }
    return unknown;
  }

  /** Appends all that are not marked to the files of states and of where they were first met from. */
  keepNew(states: RowFile, parents: RowFile): void {
    const { width, arena } = this.table;
    const from = new Int32Array(this.from.buffer);
    this.eachNew((first, last) => {
      parents.append(from, first, last - first);
      states.append(arena, first * width, last - first);
    });
    parents.flush();
    states.flush();
  }

  /** Visits what is not marked, in order, in ranges of candidates from the first to before the last. */
  eachNew(visit: (first: number, last: number) => void): void {
    const { known } = this;
    const { count } = this.table;
    for (let first = 0; first < count; ) {
      let last = first;
      while (last < count && known[last] === 0) last += 1;
      if (last > first) visit(first, last);
      first = last + 1;
    }
  }

  clear(): void {
    const { table } = this;
    this.known.fill(0, 0, table.count);
    table.count = 0;
    const slots = this.slots.subarray(0, 2 ** FIRST_BITS);
    slots.fill(0);
    table.adopt(table.arena, slots);
  }
}
