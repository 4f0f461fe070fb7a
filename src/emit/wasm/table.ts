// What both hash tables of a search in WebAssembly share: how states lie in memory, and are copied and compared.
//
// A table says which states of the arena were met before. Where states are small it holds them (short-table.ts): one look
// decides. Else it tells where in the arena they stand (tag-table.ts).

import {
  add,
  atLeastUnsigned,
  type Code,
  clearMemory,
  constant,
  count,
  forever,
  get,
  global,
  jumpIf,
  lessUnsigned,
  load,
  load64,
  multiply,
  select,
  sequence,
  set,
  setGlobal,
  shiftLeft,
  store,
  subtract,
  unequal,
  unequal64,
  type WasmFunction,
} from "./code.ts";
import type { MemoryMap } from "./memory-map.ts";

/** What the loops of runtime.ts ask of a table. It uses the globals `count` (states met), `arena` and `size` (slots). */
export interface Table {
  readonly slotBytes: number;
  /** `fill()`: makes the slots anew from the arena, of which they must have room. */
  readonly fill: WasmFunction;
  /** Sets `hash` to that of the state whose words these are, or which stands at an address. */
  readonly hash: (words: readonly Code[]) => Code;
  readonly hashAt: (address: string) => Code;
  /** Sets what `insert` needs. Before each loop over records, for slots may have been made anew. */
  readonly prepare: Code;
  /** Reads the slot that inserting the state in `record` begins at, adding what it reads to `sum`; it may note the place. */
  readonly touch: Code;
  /** Jumps to `known` if the state in `record` was met before. Else it is noted as the one with index `count`. */
  readonly insert: (known: string) => Code;
  /** Puts the state at the address `at`, which is not there and has this `hash` and `index`, into a free slot. */
  readonly place: Code;
  /** Reads the slot that the state with this `hash` begins at, as `touch` does. */
  readonly glanceHash: Code;
  /** Reads the slot that looking for the state in `record` begins at, as `touch` does, and notes nothing. */
  readonly glance: Code;
  /** Jumps to `known` if the state in `record` was met before, and changes nothing. */
  readonly find: (known: string) => Code;
}

/** More words than this are copied and compared in loops. */
const MOST_UNROLLED = 16;

/** For each word of the state at the address in a local. */
export function eachWord(label: string, width: number, body: (offset: Offset) => Code): Code {
  if (width <= MOST_UNROLLED) {
    return sequence(
      Array.from({ length: width }, (_, word) =>
        body((address) => ({ address: get(address), offset: 4 * word })),
      ),
    );
  }
  return sequence([
    set("word", constant(0)),
    count("word", label, constant(width), [
      body((address) => ({
        address: add(get(address), shiftLeft(get("word"), constant(2))),
        offset: 0,
      })),
    ]),
  ]);
}

type Offset = (base: string) => { readonly address: Code; readonly offset: number };

/** Jumps to `differ` unless the states at two addresses are the same. */
export function jumpUnlessSame(differ: string, one: string, other: string, width: number): Code {
  if (width > MOST_UNROLLED) {
    return eachWord("comparing", width, (at) =>
      jumpIf(differ, unequal(loadedWord(at(one)), loadedWord(at(other)))),
    );
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

/** A word of a state as `eachWord` names it. */
export function loadedWord({ address, offset }: ReturnType<Offset>): Code {
  return load(address, offset);
}

/** Copies a state from the address in one local to that in another. */
export function copyState(from: string, into: string, width: number): Code {
  return eachWord("copying", width, (at) => {
    const { address, offset } = at(into);
    return store(address, loadedWord(at(from)), offset);
  });
}

/** The words of the state at the address in a local, one by one. */
export function wordsAt(address: string, width: number): readonly Code[] {
  return Array.from({ length: width }, (_, word) => load(get(address), 4 * word));
}

export function stateAddress(width: number, index: Code): Code {
  return add(multiply(index, constant(4 * width)), global("arena"));
}

/** The states before this address are the ones met. */
export function arenaEnd(width: number): Code {
  return stateAddress(width, global("count"));
}

/** How a table is filled from the arena. */
interface Filling {
  readonly name: string;
  /** Bytes of all slots. */
  readonly bytes: Code;
  readonly prepare: Code;
  /** Sets `noted` for the state at the address `at`, and adds what the slot has that it begins at to `sum`. */
  readonly touch: Code;
  /** Puts the state at the address `at`, the one with this index, into a free slot; `noted` is as before. */
  readonly place: Code;
}

/** States whose slots are touched before they are written. */
const FILLED_TOGETHER = 512;

/** A function that clears all slots and fills them from the arena, in its order, some states at a time. */
export function fillFunction(map: MemoryMap, width: number, filling: Filling): WasmFunction {
  const next = sequence([
    set("at", add(get("at"), constant(4 * width))),
    set("note", add(get("note"), constant(4))),
  ]);
  const eachOfBatch = (label: string, body: readonly Code[]): Code =>
    sequence([
      set("at", get("batch")),
      set("note", constant(map.records)),
      forever(label, `${label} done`, [
        jumpIf(`${label} done`, atLeastUnsigned(get("at"), get("until"))),
        ...body,
        next,
      ]),
    ]);
  const most = constant(FILLED_TOGETHER * 4 * width);
  const left = subtract(get("end"), get("batch"));
  return {
    name: filling.name,
    exported: true,
    parameters: [],
    results: 0,
    body: [
      clearMemory(constant(map.slots), filling.bytes),
      filling.prepare,
      set("end", arenaEnd(width)),
      set("batch", global("arena")),
      set("index", constant(0)),
      forever("filling", "filled", [
        jumpIf("filled", atLeastUnsigned(get("batch"), get("end"))),
        set("until", add(get("batch"), select(lessUnsigned(left, most), left, most))),
        set("sum", constant(0)),
        eachOfBatch("touching", [filling.touch, store(get("note"), get("noted"))]),
        setGlobal("touched", get("sum")),
        eachOfBatch("placing", [
          set("noted", load(get("note"))),
          filling.place,
          set("index", add(get("index"), constant(1))),
        ]),
        set("batch", get("until")),
      ]),
    ],
  };
}
