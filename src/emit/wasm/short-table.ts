// The hash table of states that fit into 63 bits: its slots hold the states themselves, so one look decides whether a state
// is known, and the arena is only written to.
//
// A slot is 0 or the state's key and 1: the words of the state one behind the other.

import type { Layout } from "../../machine/layout.ts";
import {
  add64,
  type Code,
  constant,
  constant64,
  get,
  get64,
  global,
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
  widened,
  xor64,
} from "./code.ts";
import { linesOf } from "./lines.ts";
import type { MemoryMap } from "./memory-map.ts";
import { fillFunction, type Table, wordsAt } from "./table.ts";
import { anyBit, eitherVector, equalPairs, inAllOfPair } from "./vectors.ts";

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

/** The table for states whose words use so many bits; `deferred` as in lines.ts. */
export function shortTable(
  map: MemoryMap,
  used: readonly number[],
  deferred: string | null = null,
): Table {
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
  const hashOfRecord = set("hash", load(get("record"), 4 * width));
  const lines = linesOf(map, 8, deferred);
  const key = get64("key");
  const setKey = (address: string): Code => set64("key", add64(keyAt(address), constant64(1)));
  const anyIsKey = anyBit(
    lines.parts
      .map((part) => equalPairs(part, inAllOfPair(key)))
      .reduce((one, other) => eitherVector(one, other)),
  );
  return {
    slotBytes: 8,
    fill: fillFunction(map, width, {
      name: "fill",
      bytes: shiftLeft(global("size"), constant(3)),
      prepare: lines.prepare,
      touch: sequence([hashAt("at"), lines.find, lines.touch, set("noted", get("line"))]),
      place: sequence([
        setKey("at"),
        set("line", get("noted")),
        lines.probe([], []),
        store64(get("slot"), key, map.slots),
      ]),
    }),
    hash: (words) => hashOf(width === 2 ? joined(...pair(words)) : keyOf(words, used)),
    hashAt,
    prepare: lines.prepare,
    // The line stands in the hash's place from then on.
    touch: sequence([
      hashOfRecord,
      lines.find,
      store(get("record"), get("line"), 4 * width),
      lines.touch,
    ]),
    insert: (known) =>
      sequence([
        setKey("record"),
        set("line", load(get("record"), 4 * width)),
        lines.probe([jumpIf(known, anyIsKey)], []),
        store64(get("slot"), key, map.slots),
      ]),
    place: sequence([
      setKey("at"),
      lines.find,
      lines.probe([], []),
      store64(get("slot"), key, map.slots),
    ]),
    glanceHash: sequence([lines.find, lines.touch]),
    glance: sequence([hashOfRecord, lines.find, lines.touch]),
    find: (known) =>
      sequence([
        setKey("record"),
        hashOfRecord,
        lines.find,
        lines.probe([jumpIf(known, anyIsKey)], []),
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
  return parts.reduce((one, other) => or64(one, other));
}
