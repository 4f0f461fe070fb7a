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
  greaterUnsigned,
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
  type WasmFunction,
  when,
} from "./code.ts";
import {
  ENOUGH_RECORDS,
  type MemoryMap,
  MOST_BATCH,
  MOST_PENDING,
  MOST_RECORDS,
} from "./memory-map.ts";
import { arenaEnd, copyState, jumpUnlessSame, stateAddress, type Table } from "./table.ts";

/** Numbers that the functions share with each other and with whoever drives them. */
export const RUNTIME_GLOBALS = [
  /** States met so far, and how many there is room for. */
  "count",
  "room",
  /** Where the arena begins. */
  "arena",
  /** Number of slots of the search's table; of slots less 1 that know where in the arena a state stands, 0 if none do. */
  "size",
  "mask",
  /** Where the next step is written. */
  "out",
  /** Whether the state being expanded has something to be looked at. */
  "look",
  "pending",
  /** 1 while a step is only tried out, and whether something happened in it for the first time. */
  "trial",
  "news",
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
/** Set in a step's mover if another memory knows the state that it leads to: see link-runtime.ts. */
export const KNOWN_BIT = 1 << 30;

/** All functions, with what is to be done about the steps of each state once they are judged; they call `successors`, `isDeadlock`, `judgeState` and `judgeStep`, which are the machine's. */
export function runtimeFunctions(
  map: MemoryMap,
  width: number,
  table: Table,
  local: boolean,
  ofFound: readonly Code[],
): readonly WasmFunction[] {
  return [
    table.fill,
    arriveFunction(map, width, table, local),
    faultFunction(map, width),
    pendFunction(map),
    commitFunction(map),
    expandFunction(map, width, table, ofFound),
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
function arriveFunction(map: MemoryMap, width: number, table: Table, local: boolean): WasmFunction {
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
      local ? table.hash(words.map(get)) : table.hashAt("record"),
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
      when(global("trial"), [setGlobal("news", constant(1)), leave]),
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
export function eachRecord(
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
 * `expand(from, to, most)`: expands the states from `from` to below `to`, as long as there are fewer than `most` states and
 * room for more, and until there is something to look at or to judge. Answers how many were expanded.
 */
function expandFunction(
  map: MemoryMap,
  width: number,
  table: Table,
  ofFound: readonly Code[],
): WasmFunction {
  return {
    name: "expand",
    exported: true,
    parameters: ["from", "to", "most"],
    results: 1,
    body: [
      setGlobal("looks", constant(0)),
      setGlobal("judged", constant(0)),
      set("steps", constant(0)),
      set("state", get("from")),
      forever("batch", "batches", [
        jumpIf("batches", atLeastUnsigned(get("state"), get("to"))),
        jumpIf("batches", atLeastUnsigned(global("count"), get("most"))),
        // Before they are found, for what happens for the first time shows only once.
        jumpIf(
          "batches",
          greaterUnsigned(add(global("count"), constant(MOST_RECORDS)), global("room")),
        ),
        set("first", get("state")),
        set("last", get("to")),
        generate(map, width, ENOUGH_RECORDS, [noteLooks(map, width), ...ofFound]),
        jumpIf("batches", equal(get("last"), get("first"))),
        touch(map, table),
        insertAll(map, width, table),
        jumpIf("batches", or(global("looks"), global("judged"))),
      ]),
      setGlobal("steps", get("steps")),
      answer(subtract(get("state"), get("from"))),
    ],
  };
}

/** Finds the steps of the states from `first` to below `last`, which is lowered where there are enough. */
export function generate(
  map: MemoryMap,
  width: number,
  enough: number,
  ofEach: readonly Code[],
): Code {
  const softEnd = map.records + map.stride * enough;
  return sequence([
    setGlobal("out", constant(map.records)),
    set("at", stateAddress(width, get("first"))),
    set("source", get("first")),
    set("position", constant(0)),
    forever("generating", "generated", [
      jumpIf("generated", atLeastUnsigned(get("source"), get("last"))),
      set("start", global("out")),
      setGlobal("look", constant(0)),
      call("successors", get("at")),
      when(global("overflow"), [
        set("last", get("source")),
        setGlobal("out", get("start")),
        jump("generated"),
      ]),
      ...ofEach,
      store(get("position"), global("out"), map.ends),
      set("source", add(get("source"), constant(1))),
      set("at", add(get("at"), constant(4 * width))),
      set("position", add(get("position"), constant(4))),
      when(
        or(
          atLeastUnsigned(global("out"), constant(softEnd)),
          equal(get("position"), constant(4 * MOST_BATCH)),
        ),
        [set("last", get("source"))],
      ),
    ]),
  ]);
}

/** Sets `look` if the state at `at`, whose steps begin at `start`, or one of them may be the first that shows something. */
export function judgeSteps(map: MemoryMap, width: number): Code {
  return when(
    equal(global("out"), get("start")),
    [
      when(global("judgesEnds"), [
        setGlobal("look", or(global("look"), call("isDeadlock", get("at")))),
      ]),
    ],
    [when(global("judgesSteps"), [judgeEachStep(map, width)])],
  );
}

/** Notes the state if it, or a step of it, may be the first that shows something. */
export function noteLooks(map: MemoryMap, width: number): Code {
  return sequence([
    judgeSteps(map, width),
    when(global("look"), [
      store(shiftLeft(global("looks"), constant(2)), get("source"), map.looks),
      setGlobal("looks", add(global("looks"), constant(1))),
    ]),
  ]);
}

function judgeEachStep(map: MemoryMap, width: number): Code {
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

/** Reads every slot that inserting begins at. */
export function touch(map: MemoryMap, table: Table): Code {
  return sequence([
    table.prepare,
    set("sum", constant(0)),
    eachRecord(map, constant(map.records), global("out"), "slots", [table.touch]),
    setGlobal("touched", get("sum")),
  ]);
}

/** Inserts the states that the steps found lead to, those of one source after the other, while there may be more. */
export function insertAll(map: MemoryMap, width: number, table: Table): Code {
  return sequence([
    set("position", constant(map.ends)),
    set("record", constant(map.records)),
    forever("inserting", "inserted", [
      jumpIf("inserted", atLeastUnsigned(get("state"), get("last"))),
      jumpIf("inserted", atLeastUnsigned(global("count"), get("most"))),
      set("before", global("count")),
      set("end", load(get("position"))),
      forever("step", "steps", [
        jumpIf("steps", atLeastUnsigned(get("record"), get("end"))),
        set("mover", load(get("record"), 4 * width + 4)),
        storeByte(and(get("mover"), constant(0xffff)), constant(1), map.taken),
        block("known", [
          jumpIf("known", and(get("mover"), constant(FAULT_BIT | KNOWN_BIT))),
          table.insert("known"),
          set("into", arenaEnd(width)),
          copyState("record", "into", width),
          setGlobal("count", add(global("count"), constant(1))),
          jumpIf("known", isZero(global("judgesStates"))),
          jumpIf("known", isZero(call("judgeState", get("record")))),
          store(
            shiftLeft(global("judged"), constant(2)),
            subtract(global("count"), constant(1)),
            map.judged,
          ),
          setGlobal("judged", add(global("judged"), constant(1))),
        ]),
        set("steps", add(get("steps"), constant(1))),
        set("record", add(get("record"), constant(map.stride))),
      ]),
      storeShort(
        shiftLeft(subtract(get("state"), get("from")), constant(1)),
        subtract(global("count"), get("before")),
        map.children,
      ),
      set("state", add(get("state"), constant(1))),
      set("position", add(get("position"), constant(4))),
    ]),
  ]);
}
