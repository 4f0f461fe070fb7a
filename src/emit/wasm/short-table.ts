// The hash table of states that fit into 63 bits: its slots hold the states themselves, so one look decides whether a state
// is known, and the arena is only written to.
//
// A slot is 0 or the state's key and 1. Where in the table a key belongs is the upper half of its hash, as a fraction of 2^32:
// so there may be any number of slots (Lemire, "Fast random integer generation in an interval", TOMACS 29(1), 2019).

import type { Layout } from "../../machine/layout.ts";
import {
  add,
  add64,
  and,
  type Code,
  constant,
  constant64,
  equal,
  equal64,
  forever,
  get,
  get64,
  global,
  isZero64,
  joined,
  jumpIf,
  load,
  load64,
  multiply64,
  narrowed,
  or64,
  sequence,
  set,
  set64,
  shiftLeft,
  shiftLeft64,
  shiftRight64,
  store,
  store64,
  when,
  widened,
  xor,
  xor64,
} from "./code.ts";
import type { MemoryMap } from "./memory-map.ts";
import { fillFunction, type Table, wordsAt } from "./table.ts";

/** Bits of a key: there must be one more than any state has. */
const MOST_BITS = 63;

/** Multipliers whose low bits reach the high ones: those of Stafford's thirteenth variant, "Better bit mixing", 2011. */
const FIRST: Code = joined(constant(0xbf58476d), constant(0x1ce4e5b9));
const SECOND: Code = joined(constant(0x94d049bb), constant(0x133111eb));

/** Bits that are used of each word; null if the states of a layout are too large for this table. */
export function shortWords(layout: Layout): readonly number[] | null {
  const used = new Array<number>(layout.width).fill(0);
  for (const { bits, count, word, shift, perWord } of layout.items) {
    if (bits === 0) continue;
    for (let first = 0; first < count; first += perWord) {
      const at = word + first / perWord;
      const end = shift + Math.min(perWord, count - first) * bits;
      used[at] = Math.max(used[at] ?? 0, end);
    }
  }
  const sum = used.reduce((total, bits) => total + bits, 0);
  return sum <= MOST_BITS ? used : null;
}

/** The table for states whose words use so many bits. */
export function shortTable(map: MemoryMap, used: readonly number[]): Table {
  const width = used.length;
  const keyAt = (address: string): Code =>
    width === 2 ? load64(get(address)) : keyOf(wordsAt(address, width), used);
  const hashOf = (key: Code): Code =>
    sequence([
      set64("mixed", multiply64(key, FIRST)),
      set64("mixed", xor64(get64("mixed"), shiftRight64(get64("mixed"), constant64(32)))),
      set64("mixed", multiply64(get64("mixed"), SECOND)),
      set("hash", narrowed(shiftRight64(get64("mixed"), constant64(32)))),
    ]);
  const hashAt = (address: string): Code => hashOf(keyAt(address));
  const prepare = sequence([
    set64("size", widened(global("size"))),
    set("slots end", shiftLeft(global("size"), constant(3))),
  ]);
  // In bytes from the first slot: the product's upper half, eight times.
  const firstSlot = and(
    narrowed(shiftRight64(multiply64(widened(get("hash")), get64("size")), constant64(29))),
    constant(-8),
  );
  const touchSlot = set("sum", xor(get("sum"), load(get("slot"), map.slots)));
  const nextSlot = sequence([
    set("slot", add(get("slot"), constant(8))),
    when(equal(get("slot"), get("slots end")), [set("slot", constant(0))]),
  ]);
  return {
    slotBytes: 8,
    fill: fillFunction(map, width, {
      name: "fill",
      bytes: shiftLeft(global("size"), constant(3)),
      prepare,
      touch: sequence([hashAt("at"), set("slot", firstSlot), set("noted", get("slot")), touchSlot]),
      place: sequence([
        set("slot", get("noted")),
        forever("probe", "free", [
          jumpIf("free", isZero64(load64(get("slot"), map.slots))),
          nextSlot,
        ]),
        store64(get("slot"), add64(keyAt("at"), constant64(1)), map.slots),
      ]),
    }),
    hash: (words) => hashOf(width === 2 ? joined(...pair(words)) : keyOf(words, used)),
    hashAt,
    prepare,
    // The slot stands in the hash's place from then on.
    touch: sequence([
      set("hash", load(get("record"), 4 * width)),
      set("slot", firstSlot),
      store(get("record"), get("slot"), 4 * width),
      touchSlot,
    ]),
    insert: (known) =>
      sequence([
        set64("key", add64(keyAt("record"), constant64(1))),
        set("slot", load(get("record"), 4 * width)),
        forever("probe", "free", [
          set64("entry64", load64(get("slot"), map.slots)),
          jumpIf(known, equal64(get64("entry64"), get64("key"))),
          jumpIf("free", isZero64(get64("entry64"))),
          nextSlot,
        ]),
        store64(get("slot"), get64("key"), map.slots),
      ]),
  };
}

function pair([lower, upper]: readonly Code[]): readonly [Code, Code] {
  if (lower === undefined || upper === undefined) throw new Error("a state of two words has two");
  return [upper, lower];
}

/** The words one behind the other, without the bits that none uses. */
function keyOf(words: readonly Code[], used: readonly number[]): Code {
  let shift = 0;
  const parts = words.map((word, at) => {
    const part = shift === 0 ? widened(word) : shiftLeft64(widened(word), constant64(shift));
    shift += used[at] ?? 0;
    return part;
  });
  return parts.reduce(or64);
}
