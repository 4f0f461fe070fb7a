// The hash table of states of any width: a slot tells where in the arena a state stands, and some bits of its hash, which
// settle most comparisons without a look at the arena.
//
// A slot is 0 or (tag << bits) | (index + 1), where 2^bits is the number of slots and the tag the low bits of the hash.

import {
  add,
  and,
  block,
  type Code,
  constant,
  forever,
  get,
  global,
  isZero,
  jump,
  jumpIf,
  load,
  or,
  sequence,
  set,
  shiftLeft,
  store,
  subtract,
  trailingZeros,
  xor,
} from "./code.ts";
import { indexHash, indexHashAt } from "./index-table.ts";
import { linesOf } from "./lines.ts";
import type { MemoryMap } from "./memory-map.ts";
import { fillFunction, jumpUnlessSame, stateAddress, type Table } from "./table.ts";
import { bothVectors, inAllOfQuadruple } from "./vectors.ts";

/** How states are inserted that get their places in the arena later. */
export interface Unplaced {
  /** As in lines.ts. */
  readonly deferred: string | null;
  /** What stands in for the index of the state in `record`. */
  readonly index: Code;
  /** Where a state stands that has this index, or what stands in for one. */
  readonly address: (index: Code) => Code;
}

/** A table for states of any width. */
export function tagTable(map: MemoryMap, width: number, unplaced: Unplaced | null = null): Table {
  const {
    deferred = null,
    index: newIndex = global("count"),
    address = (index: Code): Code => stateAddress(width, index),
  } = unplaced ?? {};
  const lines = linesOf(map, 4, deferred);
  const hashOfRecord = set("hash", load(get("record"), 4 * width));
  const prepare = sequence([
    lines.prepare,
    set("indices", subtract(global("size"), constant(1))),
    set("bits", trailingZeros(global("size"))),
  ]);
  const tag = shiftLeft(get("hash"), get("bits"));
  const tagsOnly = inAllOfQuadruple(xor(get("indices"), constant(-1)));
  /** The slots of a line that may be the state's: those with its tag, but for free ones. */
  const candidates = set(
    "candidates",
    and(
      lines.bitsWhere((part) => bothVectors(part, tagsOnly), tag),
      xor(get("free slots"), constant(-1)),
    ),
  );
  /** The index that the first candidate tells. */
  const candidate = subtract(
    and(
      load(add(get("line"), shiftLeft(trailingZeros(get("candidates")), constant(2))), map.slots),
      get("indices"),
    ),
    constant(1),
  );
  const put = (index: Code): Code =>
    store(get("slot"), or(tag, add(index, constant(1))), map.slots);
  const touch = sequence([hashOfRecord, lines.find, lines.touch]);
  const findOrFree = (known: string): Code =>
    sequence([
      hashOfRecord,
      lines.find,
      lines.probe(
        [],
        [
          candidates,
          forever("comparing", "compared", [
            jumpIf("compared", isZero(get("candidates"))),
            block("differ", [
              set("there", address(candidate)),
              jumpUnlessSame("differ", "there", "record", width),
              jump(known),
            ]),
            set("candidates", and(get("candidates"), subtract(get("candidates"), constant(1)))),
          ]),
        ],
      ),
    ]);
  return {
    slotBytes: 4,
    fill: fillFunction(map, width, {
      name: "fill",
      bytes: shiftLeft(global("size"), constant(2)),
      prepare,
      touch: sequence([
        indexHashAt("at", width),
        set("noted", get("hash")),
        lines.find,
        lines.touch,
      ]),
      place: sequence([
        set("hash", get("noted")),
        lines.find,
        lines.probe([], []),
        put(get("index")),
      ]),
    }),
    hash: indexHash,
    hashAt: (address) => indexHashAt(address, width),
    prepare,
    touch,
    insert: (known) => sequence([findOrFree(known), put(newIndex)]),
    place: sequence([lines.find, lines.probe([], []), put(get("index"))]),
    glanceHash: sequence([lines.find, lines.touch]),
    glance: touch,
    find: findOrFree,
  };
}
