// The fixed part of every search in WebAssembly, beside its table: what ends a path, and the loop that expands states.
//
// States are expanded in batches: all steps of all states of the batch are found first, then every slot that will be needed
// is touched, so that the loads overlap, and only then are the states inserted.

import {
  add,
  and,
  answer,
  atLeastUnsigned,
  block,
  type Code,
  call,
  constant,
  equal,
  forever,
  get,
  global,
  isZero,
  jump,
  jumpIf,
  leave,
  load,
  or,
  sequence,
  set,
  setGlobal,
  shiftLeft,
  store,
  storeByte,
  storeShort,
  subtract,
  unequal,
  type WasmFunction,
  when,
  xor,
} from "./code.ts";
import { ENOUGH_RECORDS, type MemoryMap, MOST_PENDING } from "./memory-map.ts";

import {
  HASH_START,
  hashAt,
  hashEnd,
  jumpUnlessSame,
  mixed,
  slotAddress,
  stateAddress,
  tableFunctions,
} from "./table.ts";
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

/** Set in a step's mover if it faults. */
export const FAULT_BIT = 1 << 31;

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
  const softEnd = map.records + map.stride * ENOUGH_RECORDS;
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

/** Reads every slot that inserting begins at. To read the states that they name costs more than it gains. */
function touch(map: MemoryMap, width: number): Code {
  const slot = and(load(get("record"), 4 * width), global("mask"));
  return sequence([
    set("sum", constant(0)),
    eachRecord(map, constant(map.records), global("out"), "slots", [
      set("sum", xor(get("sum"), load(slotAddress(slot)))),
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
    set("mask", global("mask")),
    forever("inserting", "inserted", [
      jumpIf("inserted", atLeastUnsigned(get("state"), get("to"))),
      jumpIf("inserted", atLeastUnsigned(global("count"), get("most"))),
      set("end", add(get("record"), load(get("position")))),
      forever("step", "steps", [
        jumpIf("steps", atLeastUnsigned(get("record"), get("end"))),
        set("mover", load(get("record"), 4 * width + 4)),
        set("target", constant(-1)),
        block("found", [
          jumpIf("found", and(get("mover"), constant(FAULT_BIT))),
          // Mostly the state stands in its first slot: it is found here, without a call.
          set("hash", load(get("record"), 4 * width)),
          set("entry", load(slotAddress(and(get("hash"), get("mask"))))),
          block("differ", [
            jumpIf("differ", isZero(get("entry"))),
            jumpIf("differ", and(xor(get("entry"), get("hash")), xor(get("mask"), constant(-1)))),
            set("target", subtract(and(get("entry"), get("mask")), constant(1))),
            set("at", stateAddress(map, width, get("target"))),
            jumpUnlessSame("differ", "at", "record", width),
            jump("found"),
          ]),
          set("known", global("count")),
          set("target", call("insert", get("record"))),
          jumpIf("found", unequal(get("target"), get("known"))),
          // Its slots may have moved.
          set("mask", global("mask")),
          store(
            shiftLeft(subtract(get("known"), get("first")), constant(2)),
            get("state"),
            map.parents,
          ),
          jumpIf("found", isZero(global("judgesStates"))),
          jumpIf("found", isZero(call("judgeState", get("record")))),
          store(shiftLeft(global("judged"), constant(2)), get("target"), map.judged),
          setGlobal("judged", add(global("judged"), constant(1))),
        ]),
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
