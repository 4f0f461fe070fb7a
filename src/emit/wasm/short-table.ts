// The hash table of states that fit into 63 bits: its slots hold the states themselves, so one look decides whether a state
// is known, and the arena is only written to.
//
// Slots come in lines of eight, as long as a line of the processor's caches, which are filled from the first slot on. A state
// is looked for in a whole line at once; only full lines have states that belong to them in the next ones. A slot is 0 or
// the state's key and 1. The line where a state belongs is the upper half of its hash, as a fraction of 2^32: so there may be
// any number of lines (Lemire, "Fast random integer generation in an interval", TOMACS 29(1), 2019).

import type { Layout } from "../../machine/layout.ts";
import {
  add,
  add64,
  and,
  type Code,
  constant,
  constant64,
  equal,
  forever,
  get,
  get64,
  global,
  joined,
  jumpIf,
  load,
  load64,
  multiply64,
  narrowed,
  or,
  or64,
  sequence,
  set,
  set64,
  shiftLeft,
  shiftLeft64,
  shiftRight64,
  store,
  store64,
  trailingZeros,
  when,
  widened,
  xor,
  xor64,
} from "./code.ts";
import type { MemoryMap } from "./memory-map.ts";
import { fillFunction, type Table, wordsAt } from "./table.ts";
import {
  anyBit,
  bitsOfPair,
  eitherVector,
  equalPairs,
  getVector,
  loadVector,
  paired,
  setVector,
} from "./vectors.ts";

/** Bits of a key: there must be one more than any state has. */
const MOST_BITS = 63;

/** Slots of a line. */
const LINE = 8;
const LINE_BYTES = 8 * LINE;
const PAIRS = Array.from({ length: LINE / 2 }, (_, pair) => pair);

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
  const hashOfRecord = set("hash", load(get("record"), 4 * width));
  const prepare = sequence([
    set64("lines", shiftRight64(widened(global("size")), constant64(3))),
    set("lines end", shiftLeft(global("size"), constant(3))),
  ]);
  // In bytes from the first: the product's upper half is the line's number.
  const firstLine = and(
    narrowed(shiftRight64(multiply64(widened(get("hash")), get64("lines")), constant64(26))),
    constant(-LINE_BYTES),
  );
  const touchLine = sequence([
    set("line", firstLine),
    set("sum", xor(get("sum"), load(get("line"), map.slots))),
  ]);
  const nextLine = sequence([
    set("line", add(get("line"), constant(LINE_BYTES))),
    when(equal(get("line"), get("lines end")), [set("line", constant(0))]),
  ]);
  /** Looks at line after line, until there is one with a free slot. */
  const probe = (ofEach: readonly Code[]): Code =>
    forever("probe", "free", [
      ...PAIRS.map((pair) =>
        setVector(`pair${pair}`, loadVector(get("line"), map.slots + 16 * pair)),
      ),
      ...ofEach,
      set("free slots", bitsWhere(paired(constant64(0)))),
      jumpIf("free", get("free slots")),
      nextLine,
    ]);
  const jumpIfThere = (known: string): Code =>
    jumpIf(
      known,
      anyBit(
        PAIRS.map((pair) => hasKey(pair, paired(get64("key")))).reduce((one, other) =>
          eitherVector(one, other),
        ),
      ),
    );
  /** Puts the key into the first free slot. */
  const insertKey = (ofEach: readonly Code[]): Code =>
    sequence([
      probe(ofEach),
      store64(
        add(get("line"), shiftLeft(trailingZeros(get("free slots")), constant(3))),
        get64("key"),
        map.slots,
      ),
    ]);
  return {
    slotBytes: 8,
    fill: fillFunction(map, width, {
      name: "fill",
      bytes: shiftLeft(global("size"), constant(3)),
      prepare,
      touch: sequence([hashAt("at"), touchLine, set("noted", get("line"))]),
      place: sequence([
        set64("key", add64(keyAt("at"), constant64(1))),
        set("line", get("noted")),
        insertKey([]),
      ]),
    }),
    hash: (words) => hashOf(width === 2 ? joined(...pair(words)) : keyOf(words, used)),
    hashAt,
    prepare,
    // The line stands in the hash's place from then on.
    touch: sequence([hashOfRecord, touchLine, store(get("record"), get("line"), 4 * width)]),
    insert: (known) =>
      sequence([
        set64("key", add64(keyAt("record"), constant64(1))),
        set("line", load(get("record"), 4 * width)),
        insertKey([jumpIfThere(known)]),
      ]),
    glance: sequence([hashOfRecord, touchLine]),
    find: (known) =>
      sequence([
        set64("key", add64(keyAt("record"), constant64(1))),
        hashOfRecord,
        set("line", firstLine),
        probe([jumpIfThere(known)]),
      ]),
  };
}

/** Which numbers of a pair of slots, loaded before, are these. */
function hasKey(pair: number, key: Code): Code {
  return equalPairs(getVector(`pair${pair}`), key);
}

/** A bit for each slot of the line that has this. */
function bitsWhere(key: Code): Code {
  return PAIRS.map((pair) => shiftLeft(bitsOfPair(hasKey(pair, key)), constant(2 * pair))).reduce(
    (one, other) => or(one, other),
  );
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
