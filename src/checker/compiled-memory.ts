// How the memory of a search in WebAssembly is shared out between slots and states, and how it grows.
//
// Slots come first and grow in place, states stand behind them and move on when the slots grow: so every page that was ever
// written to is in use, and nothing is there twice.

import { PARENT_BYTES } from "./parents.ts";
import type { BytesAState } from "./state-table.ts";

/** What is known of a module. */
interface Sizes {
  readonly map: { readonly slots: number };
  readonly slotBytes: number;
  readonly mostBytes: number;
}

/** Bytes and slots for numbers of states; all numbers are whole. */
export interface MemoryPlan {
  /** The slots that a table for so many states should have that has `size` slots now; as many as there can be if too few. */
  slotsFor(states: number, size: number): number;
  /** The most states that there can be with so many slots. */
  statesWith(size: number): number;
  /** States to have room for when room for so many is needed. */
  aheadOf(states: number): number;
  arenaBehind(size: number): number;
  bytesOf(size: number, states: number): number;
  /** The least bytes that so many states can be kept with, having so many slots. */
  bytesFor(states: number, size: number): number;
  readonly bytesAState: BytesAState;
}

/** Slots that a table has at least. */
const LEAST = 1 << 15;
/** Tables of so many slots grow by half if they can: fewer of them are free. Below, to fill them anew more often costs more. */
const LARGE = 1 << 25;
/** The part of the slots that is taken before there should be more, and the part that may be if there cannot be more. */
const LOAD = 0.8;
const MOST_LOAD = 0.92;
/** Slots of 8 bytes come in lines of so many. */
const LINE = 8;
/** The plan for states of `width` words, within so many bytes. Tables whose slots are 8 bytes may have any number of them. */
export function memoryPlan(
  { map, slotBytes, mostBytes }: Sizes,
  width: number,
  memoryBytes: number,
): MemoryPlan {
  const stateBytes = 4 * width;
  const bytesOf = (size: number, states: number): number =>
    map.slots + slotBytes * size + stateBytes * states;
  // Parents lie elsewhere, but count.
  const limits = [
    { bytes: memoryBytes - map.slots, aState: stateBytes + PARENT_BYTES },
    { bytes: mostBytes - map.slots, aState: stateBytes },
  ];
  /** The most slots beside which there is room for the states that fill them to a part. */
  const slotsWithin = (load: number): number =>
    Math.floor(Math.min(...limits.map(({ bytes, aState }) => bytes / (slotBytes + aState * load))));
  const powers = slotBytes === 4;
  const next = (size: number): number => {
    if (powers) return 2 * size;
    const larger = size < LARGE ? 2 * size : size + (size >>> 1);
    return LINE * Math.floor(Math.min(larger, Math.max(slotsWithin(MOST_LOAD), size)) / LINE);
  };
  // Slots that are twice as many are worth it from the half of what fills them on.
  const fits = (size: number): boolean => size <= slotsWithin(powers ? LOAD / 2 : LOAD);
  const statesWith = (size: number): number => {
    const rooms = limits.map(({ bytes, aState }) => (bytes - slotBytes * size) / aState);
    return Math.floor(Math.min(...rooms, size * MOST_LOAD));
  };
  return {
    slotsFor(states, size) {
      let slots = Math.max(size, LEAST);
      while (Math.floor(slots * LOAD) < states) {
        const more = next(slots);
        if (more === slots || !fits(more)) break;
        slots = more;
      }
      return slots;
    },
    statesWith,
    aheadOf: (states) => states + (states >>> 3),
    arenaBehind: (size) => map.slots + slotBytes * size,
    bytesOf,
    bytesFor(states, size) {
      const needed = Math.ceil(states / MOST_LOAD);
      const slots = powers ? 2 ** Math.ceil(Math.log2(needed)) : needed;
      return bytesOf(Math.max(slots, size), states);
    },
    bytesAState: {
      low: stateBytes + slotBytes / LOAD,
      high: stateBytes + (2 * slotBytes) / LOAD,
    },
  };
}
