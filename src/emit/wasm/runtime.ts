// The fixed part of every search in WebAssembly: the hash table over the arena, and the loop that expands states.
//
// The table is that of checker/state-table.ts to the bit: slots are 0 or (tag << bits) | (index + 1). States are expanded
// in batches: all steps of all states of the batch are found first, then every slot and state that will be compared is
// touched, so that their loads overlap, and only then are the states inserted.

import {
  add,
  again,
  and,
  answer,
  atLeastUnsigned,
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
  leave,
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
  storeByte,
  storeShort,
  subtract,
  unequal,
  unequal64,
  unreachable,
  type WasmFunction,
  when,
  xor,
} from "./code.ts";
import { type MemoryMap, MOST_PENDING, MOST_RECORDS } from "./memory-map.ts";

/** Numbers that the functions share with each other and with whoever drives them. */
export const RUNTIME_GLOBALS = [
  /** States met so far. */
  "count",
  /** Number of slots less 1, and their address. */
  "mask",
  "slots",
  /** Where the next step is written. */
  "out",
  /** Whether the state being expanded has something to be looked at. */
  "look",
  "pending",
  /** 1 once a state had more steps, or a path more choices, than there is room for: it was not expanded. */
  "overflow",
  /** 1 while a state without steps, any state, any step may be the first that shows something. */
  "judgesEnds",
  "judgesStates",
  "judgesSteps",
  // What the last call of `expand` told: steps, states to look at, new states to judge.
  "steps",
  "looks",
  "judged",
  /** Keeps loads from being dropped. */
  "touched",
] as const;

/** More words than this are hashed and compared in loops. */
const MOST_UNROLLED = 16;
/** Set in a step's mover if it faults. */
export const FAULT_BIT = 1 << 31;

/** The functions of the table alone. */
export function tableFunctions(map: MemoryMap, width: number): readonly WasmFunction[] {
  return [insertFunction(map, width), growFunction(map, width)];
}

/** All functions; they call `successors`, `isDeadlock`, `judgeState` and `judgeStep`, which are the machine's. */
export function runtimeFunctions(
  map: MemoryMap,
  width: number,
  local: boolean,
): readonly WasmFunction[] {
  return [
    ...tableFunctions(map, width),
    arriveFunction(map, width, local),
    faultFunction(map, width),
    pendFunction(map),
    commitFunction(map),
    expandFunction(map, width),
  ];
}

// ---------------------------------------------------------------- hash and table

const HASH_START = 0x9e3779b9;

/** `hash` of the words that follow, one after the other. */
function mixed(word: Code): Code {
  return sequence([
    set("hash", multiply(xor(get("hash"), word), constant(0x85ebca6b))),
    set("hash", xor(get("hash"), shiftRight(get("hash"), constant(15)))),
  ]);
}

const hashEnd: Code = sequence([
  set("hash", multiply(get("hash"), constant(0xc2b2ae35))),
  set("hash", xor(get("hash"), shiftRight(get("hash"), constant(16)))),
]);

/** Sets `hash` to that of the state at the address in a local. */
function hashAt(address: string, width: number): Code {
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
function jumpUnlessSame(differ: string, one: string, other: string, width: number): Code {
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

function stateAddress(map: MemoryMap, width: number, index: Code): Code {
  return add(multiply(index, constant(4 * width)), constant(map.arena));
}

function slotAddress(slot: Code): Code {
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

// ---------------------------------------------------------------- ends of paths

/** Leaves, saying that there is no room, unless there is. */
function requireRoom(map: MemoryMap): Code {
  return when(atLeastUnsigned(global("out"), constant(map.recordsEnd)), [
    setGlobal("overflow", constant(1)),
    leave,
  ]);
}

/** `arrive(mover, w0, …)`: a step to this state; of states that are not in locals, to the one at `out`. */
function arriveFunction(map: MemoryMap, width: number, local: boolean): WasmFunction {
  const words = local ? Array.from({ length: width }, (_, word) => `w${word}`) : [];
  return {
    name: "arrive",
    exported: false,
    parameters: ["mover", ...words],
    results: 0,
    body: [
      requireRoom(map),
      set("record", global("out")),
      ...words.map((word, at) => store(get("record"), get(word), 4 * at)),
      local
        ? sequence([
            set("hash", constant(HASH_START)),
            ...words.map((word) => mixed(get(word))),
            hashEnd,
          ])
        : hashAt("record", width),
      store(get("record"), get("hash"), 4 * width),
      store(get("record"), get("mover"), 4 * width + 4),
      setGlobal("out", add(get("record"), constant(map.stride))),
    ],
  };
}

/** `fault(mover)`: a step that leads nowhere. */
function faultFunction(map: MemoryMap, width: number): WasmFunction {
  return {
    name: "fault",
    exported: false,
    parameters: ["mover"],
    results: 0,
    body: [
      requireRoom(map),
      store(global("out"), constant(0), 4 * width),
      store(global("out"), or(get("mover"), constant(FAULT_BIT)), 4 * width + 4),
      setGlobal("out", add(global("out"), constant(map.stride))),
    ],
  };
}

/** `pend(first)`: something happens that has not happened before, if the path becomes a step. */
function pendFunction(map: MemoryMap): WasmFunction {
  return {
    name: "pend",
    exported: false,
    parameters: ["first"],
    results: 0,
    body: [
      // Without room it is not remembered: it will be looked at once more, which does no harm.
      when(
        equal(global("pending"), constant(MOST_PENDING)),
        [setGlobal("look", constant(1))],
        [
          store(shiftLeft(global("pending"), constant(2)), get("first"), map.pending),
          setGlobal("pending", add(global("pending"), constant(1))),
        ],
      ),
    ],
  };
}

/** `commit()`: the path has become a step. */
function commitFunction(map: MemoryMap): WasmFunction {
  return {
    name: "commit",
    exported: false,
    parameters: [],
    results: 0,
    body: [
      setGlobal("look", constant(1)),
      forever("setting", "set", [
        jumpIf("set", isZero(global("pending"))),
        setGlobal("pending", subtract(global("pending"), constant(1))),
        storeByte(load(shiftLeft(global("pending"), constant(2)), map.pending), constant(1)),
      ]),
    ],
  };
}

// ---------------------------------------------------------------- expanding

/** For each step found, from the address in one local to that in another. */
function eachRecord(
  map: MemoryMap,
  from: Code,
  until: Code,
  label: string,
  body: readonly Code[],
): Code {
  return sequence([
    set("record", from),
    forever(label, `${label} done`, [
      jumpIf(`${label} done`, atLeastUnsigned(get("record"), until)),
      ...body,
      set("record", add(get("record"), constant(map.stride))),
    ]),
  ]);
}

/**
 * `expand(from, to, most)`: expands the states from `from` to below `to`, as long as there are fewer than `most` states.
 * Answers how many were expanded.
 */
function expandFunction(map: MemoryMap, width: number): WasmFunction {
  return {
    name: "expand",
    exported: true,
    parameters: ["from", "to", "most"],
    results: 1,
    body: [
      setGlobal("steps", constant(0)),
      setGlobal("looks", constant(0)),
      setGlobal("judged", constant(0)),
      generate(map, width),
      touch(map, width),
      insertAll(map, width),
      answer(subtract(get("state"), get("from"))),
    ],
  };
}

/** Finds the steps of the states up to `to`, which is lowered if there are too many. */
function generate(map: MemoryMap, width: number): Code {
  const softEnd = map.records + map.stride * (MOST_RECORDS / 2);
  return sequence([
    setGlobal("out", constant(map.records)),
    set("state", get("from")),
    set("at", stateAddress(map, width, get("from"))),
    set("position", constant(0)),
    forever("generating", "generated", [
      jumpIf("generated", atLeastUnsigned(get("state"), get("to"))),
      set("start", global("out")),
      setGlobal("look", constant(0)),
      call("successors", get("at")),
      when(global("overflow"), [
        set("to", get("state")),
        setGlobal("out", get("start")),
        jump("generated"),
      ]),
      when(
        equal(global("out"), get("start")),
        [
          when(global("judgesEnds"), [
            setGlobal("look", or(global("look"), call("isDeadlock", get("at")))),
          ]),
        ],
        [when(global("judgesSteps"), [judgeSteps(map, width)])],
      ),
      store(
        shiftLeft(get("position"), constant(2)),
        // A step takes `stride` bytes.
        subtract(global("out"), get("start")),
        map.stepCounts,
      ),
      when(global("look"), [
        store(shiftLeft(global("looks"), constant(2)), get("state"), map.looks),
        setGlobal("looks", add(global("looks"), constant(1))),
      ]),
      set("state", add(get("state"), constant(1))),
      set("at", add(get("at"), constant(4 * width))),
      set("position", add(get("position"), constant(1))),
      when(atLeastUnsigned(global("out"), constant(softEnd)), [set("to", get("state"))]),
    ]),
  ]);
}

function judgeSteps(map: MemoryMap, width: number): Code {
  return when(call("atRest", get("at")), [
    eachRecord(map, get("start"), global("out"), "judging", [
      block("judged", [
        set("mover", load(get("record"), 4 * width + 4)),
        jumpIf("judged", and(get("mover"), constant(FAULT_BIT))),
        block("changed", [jumpUnlessSame("changed", "at", "record", width), jump("judged")]),
        setGlobal(
          "look",
          or(global("look"), call("judgeStep", get("at"), get("record"), get("mover"))),
        ),
      ]),
    ]),
  ]);
}

/** Reads what inserting will compare: first all slots, then all states that they name. */
function touch(map: MemoryMap, width: number): Code {
  const entry = load(slotAddress(and(load(get("record"), 4 * width), global("mask"))));
  return sequence([
    set("sum", constant(0)),
    eachRecord(map, constant(map.records), global("out"), "slots", [
      set("sum", xor(get("sum"), entry)),
    ]),
    eachRecord(map, constant(map.records), global("out"), "states", [
      set("entry", entry),
      // Slot 0 is empty: then state 0 is read, which is there.
      set("index", and(get("entry"), global("mask"))),
      set("index", subtract(get("index"), unequal(get("index"), constant(0)))),
      set("sum", xor(get("sum"), load(stateAddress(map, width, get("index"))))),
    ]),
    setGlobal("touched", get("sum")),
  ]);
}

function insertAll(map: MemoryMap, width: number): Code {
  const edge = (local: string): Code => shiftLeft(get(local), constant(2));
  return sequence([
    set("state", get("from")),
    set("position", constant(map.stepCounts)),
    set("record", constant(map.records)),
    set("edge", constant(0)),
    set("first", global("count")),
    forever("inserting", "inserted", [
      jumpIf("inserted", atLeastUnsigned(get("state"), get("to"))),
      jumpIf("inserted", atLeastUnsigned(global("count"), get("most"))),
      set("end", add(get("record"), load(get("position")))),
      forever("step", "steps", [
        jumpIf("steps", atLeastUnsigned(get("record"), get("end"))),
        set("mover", load(get("record"), 4 * width + 4)),
        set("target", constant(-1)),
        when(
          atLeastUnsigned(get("mover"), constant(FAULT_BIT)),
          [],
          [
            set("known", global("count")),
            set("target", call("insert", get("record"))),
            when(equal(get("target"), get("known")), [
              store(
                shiftLeft(subtract(get("known"), get("first")), constant(2)),
                get("state"),
                map.parents,
              ),
              when(global("judgesStates"), [
                when(call("judgeState", get("record")), [
                  store(shiftLeft(global("judged"), constant(2)), get("target"), map.judged),
                  setGlobal("judged", add(global("judged"), constant(1))),
                ]),
              ]),
            ]),
          ],
        ),
        set("mover", and(get("mover"), constant(0xffff))),
        storeByte(get("mover"), constant(1), map.taken),
        store(edge("edge"), get("target"), map.targets),
        storeShort(shiftLeft(get("edge"), constant(1)), get("mover"), map.movers),
        set("edge", add(get("edge"), constant(1))),
        set("record", add(get("record"), constant(map.stride))),
      ]),
      set("state", add(get("state"), constant(1))),
      set("position", add(get("position"), constant(4))),
    ]),
    setGlobal("steps", get("edge")),
  ]);
}
