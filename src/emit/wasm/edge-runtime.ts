// The edges of a search that is over, found again: the steps of some states, and where in the arena stands what they lead to.

import {
  add,
  and,
  answer,
  block,
  type Code,
  constant,
  get,
  global,
  jumpIf,
  load,
  set,
  setGlobal,
  shiftLeft,
  store,
  storeShort,
  subtract,
  type WasmFunction,
} from "./code.ts";
import { indexHashAt, lookUp, touchIndex, touchState } from "./index-table.ts";
import { type MemoryMap, MOST_RECORDS } from "./memory-map.ts";
import { eachRecord, FAULT_BIT, generate } from "./runtime.ts";

/**
 * `edges(first, last)`: the edges of the states from `first` to below `last`, or of as many of them as there is room for; the
 * index table must be there. Answers how many. The states reached stand at `targets`, those not kept and faults as -1; the
 * movers at `movers`; where the edges of each state end, as the address behind their records, at `ends`.
 */
export function edgesFunction(
  map: MemoryMap,
  width: number,
  ofFound: readonly Code[],
): WasmFunction {
  const all = (label: string, body: Parameters<typeof eachRecord>[4]) =>
    eachRecord(map, constant(map.records), global("out"), label, body);
  const hash = set("hash", load(get("record"), 4 * width));
  return {
    name: "edges",
    exported: true,
    parameters: ["first", "last"],
    results: 1,
    body: [
      generate(map, width, MOST_RECORDS, ofFound),
      set("mask", global("mask")),
      set("sum", constant(0)),
      all("slots", [
        indexHashAt("record", width),
        store(get("record"), get("hash"), 4 * width),
        touchIndex(map),
      ]),
      all("states", [hash, touchState(map, width)]),
      setGlobal("touched", get("sum")),
      set("edge", constant(0)),
      all("edges", [
        hash,
        set("mover", load(get("record"), 4 * width + 4)),
        block("found", [
          block("none", [
            jumpIf("none", and(get("mover"), constant(FAULT_BIT))),
            lookUp(map, width, "found"),
          ]),
          set("target", constant(-1)),
        ]),
        store(shiftLeft(get("edge"), constant(2)), get("target"), map.targets),
        storeShort(shiftLeft(get("edge"), constant(1)), get("mover"), map.movers),
        set("edge", add(get("edge"), constant(1))),
      ]),
      answer(subtract(get("last"), get("first"))),
    ],
  };
}
