// The hash table over the arena of a search in WebAssembly: that of checker/state-table.ts, to the bit.
//
// Slots are 0 or (tag << bits) | (index + 1). The arena always has room for half as many states as there are slots, which
// lie behind it.

import {
  add,
  again,
  and,
  answer,
  block,
  type Code,
  call,
  clearMemory,
  constant,
  count,
  equal,
  forever,
  get,
  global,
  greaterUnsigned,
  growMemory,
  isZero,
  jump,
  jumpIf,
  load,
  load64,
  memorySize,
  multiply,
  or,
  sequence,
  set,
  setGlobal,
  shiftLeft,
  shiftRight,
  store,
  subtract,
  unequal,
  unequal64,
  unreachable,
  type WasmFunction,
  when,
  xor,
} from "./code.ts";
import type { MemoryMap } from "./memory-map.ts";

/** More words than this are hashed and compared in loops. */
const MOST_UNROLLED = 16;

/** The functions of the table, which share the globals `count`, `mask` (slots less 1) and `slots` (their address). */
export function tableFunctions(map: MemoryMap, width: number): readonly WasmFunction[] {
  return [insertFunction(map, width), growFunction(map, width)];
}

export const HASH_START = 0x9e3779b9;

/** `hash` of the words that follow, one after the other. */
export function mixed(word: Code): Code {
  return sequence([
    set("hash", multiply(xor(get("hash"), word), constant(0x85ebca6b))),
    set("hash", xor(get("hash"), shiftRight(get("hash"), constant(15)))),
  ]);
}

export const hashEnd: Code = sequence([
  set("hash", multiply(get("hash"), constant(0xc2b2ae35))),
  set("hash", xor(get("hash"), shiftRight(get("hash"), constant(16)))),
]);

/** Sets `hash` to that of the state at the address in a local. */
export function hashAt(address: string, width: number): Code {
  const words =
    width <= MOST_UNROLLED
      ? Array.from({ length: width }, (_, word) => mixed(load(get(address), 4 * word)))
      : [
          set("word", constant(0)),
          count("word", "hashing", constant(width), [
            mixed(load(add(get(address), shiftLeft(get("word"), constant(2))))),
          ]),
        ];
  return sequence([set("hash", constant(HASH_START)), ...words, hashEnd]);
}

/** Jumps to `differ` unless the states at two addresses are the same. */
export function jumpUnlessSame(differ: string, one: string, other: string, width: number): Code {
  if (width > MOST_UNROLLED) {
    const at = (base: string): Code => load(add(get(base), shiftLeft(get("word"), constant(2))));
    return sequence([
      set("word", constant(0)),
      count("word", "comparing", constant(width), [jumpIf(differ, unequal(at(one), at(other)))]),
    ]);
  }
  const pairs = Array.from({ length: width >> 1 }, (_, pair) =>
    jumpIf(differ, unequal64(load64(get(one), 8 * pair), load64(get(other), 8 * pair))),
  );
  const last = 4 * (width - 1);
  if (width % 2 === 0) return sequence(pairs);
  return sequence([
    ...pairs,
    jumpIf(differ, unequal(load(get(one), last), load(get(other), last))),
  ]);
}

/** Copies a state from the address in one local to that in another. */
export function copyState(from: string, into: string, width: number): Code {
  if (width <= MOST_UNROLLED) {
    return sequence(
      Array.from({ length: width }, (_, word) =>
        store(get(into), load(get(from), 4 * word), 4 * word),
      ),
    );
  }
  const at = (base: string): Code => add(get(base), shiftLeft(get("word"), constant(2)));
  return sequence([
    set("word", constant(0)),
    count("word", "copying", constant(width), [store(at(into), load(at(from)))]),
  ]);
}

export function stateAddress(map: MemoryMap, width: number, index: Code): Code {
  return add(multiply(index, constant(4 * width)), constant(map.arena));
}

export function slotAddress(slot: Code): Code {
  return add(global("slots"), shiftLeft(slot, constant(2)));
}

/** `insert(record)`: the index of the state there, whose hash stands behind it; if it is new, it is added. */
function insertFunction(map: MemoryMap, width: number): WasmFunction {
  const next = set("slot", and(add(get("slot"), constant(1)), get("mask")));
  return {
    name: "insert",
    exported: true,
    parameters: ["record"],
    results: 1,
    body: [
      when(
        greaterUnsigned(
          shiftLeft(add(global("count"), constant(1)), constant(1)),
          add(global("mask"), constant(1)),
        ),
        [call("grow")],
      ),
      set("mask", global("mask")),
      set("hash", load(get("record"), 4 * width)),
      set("tag", and(get("hash"), xor(get("mask"), constant(-1)))),
      set("slot", and(get("hash"), get("mask"))),
      again("probe", [
        set("entry", load(slotAddress(get("slot")))),
        when(isZero(get("entry")), [
          set("index", global("count")),
          setGlobal("count", add(get("index"), constant(1))),
          store(slotAddress(get("slot")), or(get("tag"), add(get("index"), constant(1)))),
          set("state", stateAddress(map, width, get("index"))),
          copyState("record", "state", width),
          answer(get("index")),
        ]),
        block("differ", [
          jumpIf("differ", unequal(and(get("entry"), xor(get("mask"), constant(-1))), get("tag"))),
          set("index", subtract(and(get("entry"), get("mask")), constant(1))),
          set("state", stateAddress(map, width, get("index"))),
          jumpUnlessSame("differ", "state", "record", width),
          answer(get("index")),
        ]),
        next,
        jump("probe"),
      ]),
      unreachable,
    ],
  };
}

/**
 * `grow()`: twice the slots. The arena, which always has room for half as many states as there are slots, gets its part of
 * the room first, the slots lie behind it and are filled anew from the arena, in its order.
 */
function growFunction(map: MemoryMap, width: number): WasmFunction {
  return {
    name: "grow",
    exported: true,
    parameters: [],
    results: 0,
    body: [
      set("many", shiftLeft(add(global("mask"), constant(1)), constant(1))),
      setGlobal("mask", subtract(get("many"), constant(1))),
      setGlobal("slots", add(constant(map.arena), multiply(get("many"), constant(2 * width)))),
      set(
        "pages",
        add(shiftRight(add(slotAddress(get("many")), constant(-1)), constant(16)), constant(1)),
      ),
      when(greaterUnsigned(get("pages"), memorySize), [
        when(equal(growMemory(subtract(get("pages"), memorySize)), constant(-1)), [unreachable]),
      ]),
      clearMemory(global("slots"), shiftLeft(get("many"), constant(2))),
      set("state", constant(map.arena)),
      set("index", constant(0)),
      set("states", global("count")),
      count("index", "filling", get("states"), [
        hashAt("state", width),
        set("slot", and(get("hash"), global("mask"))),
        forever("probe", "free", [
          jumpIf("free", isZero(load(slotAddress(get("slot"))))),
          set("slot", and(add(get("slot"), constant(1)), global("mask"))),
        ]),
        store(
          slotAddress(get("slot")),
          or(and(get("hash"), xor(global("mask"), constant(-1))), add(get("index"), constant(1))),
        ),
        set("state", add(get("state"), constant(4 * width))),
      ]),
    ],
  };
}
