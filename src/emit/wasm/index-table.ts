// The hash table of a search that is over, which tells where in the arena a state stands: that of checker/state-table.ts, to
// the bit. It is made in place of the search's own table when it is asked for.
//
// A slot is 0 or (tag << bits) | (index + 1); the global `mask` is the number of slots, a power of two, less 1.

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
  multiply,
  or,
  sequence,
  set,
  shiftLeft,
  shiftRight,
  store,
  subtract,
  type WasmFunction,
  xor,
} from "./code.ts";
import type { MemoryMap } from "./memory-map.ts";
import { eachWord, fillFunction, jumpUnlessSame, loadedWord, stateAddress } from "./table.ts";

const HASH_START = 0x9e3779b9;

/** `hash` of the words that follow, one after the other. */
function mixed(word: Code): Code {
  return sequence([
    set("hash", multiply(xor(get("hash"), word), constant(0x85ebca6b))),
    set("hash", xor(get("hash"), shiftRight(get("hash"), constant(15)))),
  ]);
}

/** Sets `hash` to that of the words that `all` mixes in. */
function hashOf(all: Code): Code {
  return sequence([
    set("hash", constant(HASH_START)),
    all,
    set("hash", multiply(get("hash"), constant(0xc2b2ae35))),
    set("hash", xor(get("hash"), shiftRight(get("hash"), constant(16)))),
  ]);
}

/** Sets `hash` to that of the state with these words. */
export function indexHash(words: readonly Code[]): Code {
  return hashOf(sequence(words.map(mixed)));
}

/** Sets `hash` to that of the state at the address in a local. */
export function indexHashAt(address: string, width: number): Code {
  return hashOf(eachWord("hashing", width, (at) => mixed(loadedWord(at(address)))));
}

/** The slot that a hash begins at, in bytes from the first. */
const firstSlot: Code = shiftLeft(and(get("hash"), get("mask")), constant(2));

const prepare: Code = set("mask", global("mask"));

/** Sets `slot` to the one behind, or the first. */
const nextSlot: Code = set(
  "slot",
  and(add(get("slot"), constant(4)), shiftLeft(get("mask"), constant(2))),
);

/** Sets `slot` to the one that the hash begins at, and adds what is there to `sum`. */
export function touchIndex(map: MemoryMap): Code {
  return set("sum", xor(get("sum"), load(firstSlot, map.slots)));
}

/** What a slot has of the state with this index and hash. */
function entryOf(index: Code): Code {
  return or(and(get("hash"), xor(get("mask"), constant(-1))), add(index, constant(1)));
}

/** Jumps to `found`, with `target` set, if the state in `record` with this `hash` is there; else `slot` is a free one. */
export function lookUp(map: MemoryMap, width: number, found: string): Code {
  return sequence([
    set("slot", firstSlot),
    forever("probe", "free", [
      set("entry", load(get("slot"), map.slots)),
      jumpIf("free", isZero(get("entry"))),
      block("differ", [
        jumpIf("differ", and(xor(get("entry"), get("hash")), xor(get("mask"), constant(-1)))),
        set("target", subtract(and(get("entry"), get("mask")), constant(1))),
        set("there", stateAddress(width, get("target"))),
        jumpUnlessSame("differ", "there", "record", width),
        jump(found),
      ]),
      nextSlot,
    ]),
  ]);
}

/** Adds the first word of a state whose slot is the first one looked at to `sum`. */
export function touchState(map: MemoryMap, width: number): Code {
  const index = subtract(and(load(firstSlot, map.slots), get("mask")), constant(1));
  return set("sum", xor(get("sum"), load(stateAddress(width, index))));
}

/** `fillIndex()`: makes the slots from the arena. */
export function fillIndex(map: MemoryMap, width: number): WasmFunction {
  return fillFunction(map, width, {
    name: "fillIndex",
    bytes: shiftLeft(add(global("mask"), constant(1)), constant(2)),
    prepare,
    touch: sequence([indexHashAt("at", width), set("noted", get("hash")), touchIndex(map)]),
    place: sequence([
      set("hash", get("noted")),
      set("slot", firstSlot),
      forever("probe", "free", [jumpIf("free", isZero(load(get("slot"), map.slots))), nextSlot]),
      store(get("slot"), entryOf(get("index")), map.slots),
    ]),
  });
}
