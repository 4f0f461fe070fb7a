// What a memory does as one of several, linked because a search has outgrown the first: `expand` in three parts, between which the
// steps found are shown to the other memories, each of which marks the states that it knows.

import {
  and,
  answer,
  block,
  type Code,
  constant,
  get,
  global,
  jump,
  jumpIf,
  load,
  or,
  set,
  setGlobal,
  store,
  subtract,
  type WasmFunction,
} from "./code.ts";
import { ENOUGH_RECORDS, type MemoryMap } from "./memory-map.ts";
import {
  eachRecord,
  FAULT_BIT,
  generate,
  insertAll,
  KNOWN_BIT,
  noteLooks,
  touch,
} from "./runtime.ts";
import type { Table } from "./table.ts";

/** Steps after which a batch is closed: there are a few calls for each. */
const ENOUGH = 4 * ENOUGH_RECORDS;

/** All of them. Where steps are found, the arena may be where the guests are. */
export function linkFunctions(
  map: MemoryMap,
  width: number,
  table: Table,
  ofFound: readonly Code[],
): readonly WasmFunction[] {
  return [
    findFunction(map, width, ofFound),
    recogniseFunction(map, width, table),
    absorbFunction(map, width, table),
  ];
}

/** `find(first, last)`: finds the steps of these states, or of as many as there is room for; answers of how many. */
function findFunction(map: MemoryMap, width: number, ofFound: readonly Code[]): WasmFunction {
  return {
    name: "find",
    exported: true,
    parameters: ["first", "last"],
    results: 1,
    body: [
      setGlobal("looks", constant(0)),
      generate(map, width, ENOUGH, [noteLooks(map, width), ...ofFound]),
      answer(subtract(get("last"), get("first"))),
    ],
  };
}

/** `recognise()`: marks the steps up to `out` that lead to a state of this memory. */
function recogniseFunction(map: MemoryMap, width: number, table: Table): WasmFunction {
  const all = (label: string, body: Parameters<typeof eachRecord>[4]) =>
    eachRecord(map, constant(map.records), global("out"), label, body);
  return {
    name: "recognise",
    exported: true,
    parameters: [],
    results: 0,
    body: [
      table.prepare,
      set("sum", constant(0)),
      all("slots", [table.glance]),
      setGlobal("touched", get("sum")),
      all("looking", [
        set("mover", load(get("record"), 4 * width + 4)),
        block("unknown", [
          jumpIf("unknown", and(get("mover"), constant(FAULT_BIT | KNOWN_BIT))),
          block("known", [table.find("known"), jump("unknown")]),
          store(get("record"), or(get("mover"), constant(KNOWN_BIT)), 4 * width + 4),
        ]),
      ]),
    ],
  };
}

/** `absorb(last, most)`: adds what the steps found of so many states lead to and nobody knows; answers how many it came to, as `expand`. */
function absorbFunction(map: MemoryMap, width: number, table: Table): WasmFunction {
  return {
    name: "absorb",
    exported: true,
    parameters: ["last", "most"],
    results: 1,
    body: [
      setGlobal("judged", constant(0)),
      set("from", constant(0)),
      set("state", constant(0)),
      set("steps", constant(0)),
      touch(map, table),
      insertAll(map, width, table),
      setGlobal("steps", get("steps")),
      answer(get("state")),
    ],
  };
}
