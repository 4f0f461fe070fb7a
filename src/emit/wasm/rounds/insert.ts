// The second job of a round: each worker inserts the states of its part of the table, in the order of the steps to them. So
// what is new does not depend on who found it first.

import {
  add,
  answer,
  atLeastUnsigned,
  block,
  type Code,
  call,
  clearMemory,
  constant,
  forever,
  get,
  global,
  jump,
  jumpIf,
  load,
  loadShort,
  or,
  sequence,
  set,
  setGlobal,
  shiftLeft,
  shiftRight,
  store,
  storeShort,
  subtract,
  unequal,
  type WasmFunction,
  when,
} from "../code.ts";
import { CHUNK, WORKER } from "./shared-map.ts";
import {
  allChunks,
  each,
  ofChunk,
  ofPart,
  ofWorker,
  recordAt,
  type Sharer,
  setControl,
} from "./sharer.ts";

export function insertFunctions(sharer: Sharer): readonly WasmFunction[] {
  return [insertPart(sharer), insertAnywhere(sharer), settle(sharer)];
}

/** `insertPart()`: the states of this worker's part. */
function insertPart(sharer: Sharer): WasmFunction {
  const { map, table, worker } = sharer;
  const list = load(get("about"), ofPart(worker, "list"));
  const words = shiftRight(add(ofChunk("recordCount"), constant(31)), constant(5));
  return {
    name: "insertPart",
    exported: false,
    parameters: [],
    results: 0,
    body: [
      table.part.prepare,
      set("last", load(ofWorker(sharer, worker, WORKER.last))),
      allChunks(sharer, [
        set("records", ofChunk("records")),
        set("marks", add(ofChunk("bits"), constant(map.fresh + map.freshStride * worker))),
        clearMemory(get("marks"), shiftLeft(words, constant(2))),
        set("until", load(get("about"), ofPart(worker, "listEnd"))),
        set("sum", constant(0)),
        eachOfList(sharer, list, "touching", [table.part.touch]),
        setGlobal("touched", get("sum")),
        set("deferred", list),
        set("fresh", constant(0)),
        eachOfList(sharer, list, "inserting", [
          block("known", [
            block("deferred", [
              table.part.insert("known"),
              table.inserted,
              noteFresh,
              jump("known"),
            ]),
            // Its place in the list is free: what comes later in the list is written there never before it is read.
            storeShort(get("deferred"), get("position")),
            set("deferred", add(get("deferred"), constant(2))),
          ]),
        ]),
        store(get("about"), get("deferred"), ofPart(worker, "deferredEnd")),
        store(get("about"), get("fresh"), ofPart(worker, "fresh")),
      ]),
    ],
  };
}

/** For each step in a list that ends at `until`, `position` saying where in its chunk it stands. */
function eachOfList(sharer: Sharer, from: Code, label: string, body: readonly Code[]): Code {
  const done = `${label} done`;
  return sequence([
    set("item", from),
    forever(label, done, [
      jumpIf(done, atLeastUnsigned(get("item"), get("until"))),
      set("position", loadShort(get("item"))),
      set("record", recordAt(sharer, get("position"))),
      ...body,
      set("item", add(get("item"), constant(2))),
    ]),
  ]);
}

/** The step at `position` leads to a new state. */
const noteFresh: Code = sequence([
  set("fresh", add(get("fresh"), constant(1))),
  set("word", add(get("marks"), shiftLeft(shiftRight(get("position"), constant(5)), constant(2)))),
  store(get("word"), or(load(get("word")), shiftLeft(constant(1), get("position")))),
]);

/** `insertAnywhere(about, list, until, marks)`: what was put off, wherever it fits. Answers how many states are new. */
function insertAnywhere(sharer: Sharer): WasmFunction {
  const { table } = sharer;
  return {
    name: "insertAnywhere",
    exported: false,
    parameters: ["about", "list", "until", "marks"],
    results: 1,
    body: [
      table.whole.prepare,
      set("sum", constant(0)),
      set("fresh", constant(0)),
      set("records", ofChunk("records")),
      eachOfList(sharer, get("list"), "inserting", [
        block("known", [table.whole.insert("known"), table.inserted, noteFresh]),
      ]),
      answer(get("fresh")),
    ],
  };
}

/**
 * `settle()`, done by one worker alone: inserts what was put off, and counts where the new states of each chunk begin. All
 * steps to a state are put off once one is, for no slot is ever set free; so the first of them is still found to be the first.
 */
function settle(sharer: Sharer): WasmFunction {
  const { map } = sharer;
  const ofList = (part: number): Code => {
    const list = load(get("about"), ofPart(part, "list"));
    const until = load(get("about"), ofPart(part, "deferredEnd"));
    const bits = add(ofChunk("bits"), constant(map.fresh + map.freshStride * part));
    return sequence([
      set("base", add(get("base"), load(get("about"), ofPart(part, "fresh")))),
      when(unequal(list, until), [
        set("base", add(get("base"), call("insertAnywhere", get("about"), list, until, bits))),
      ]),
    ]);
  };
  return {
    name: "settle",
    exported: true,
    parameters: [],
    results: 0,
    body: [
      set("base", global("count")),
      set("steps", constant(0)),
      set("looks", constant(0)),
      allChunks(sharer, [
        store(get("about"), get("base"), CHUNK.base),
        each(sharer, ofList),
        set("steps", add(get("steps"), ofChunk("recordCount"))),
        set("looks", add(get("looks"), ofChunk("looks"))),
      ]),
      setControl(sharer, "steps", get("steps")),
      setControl(sharer, "looks", get("looks")),
      setControl(sharer, "judged", constant(0)),
      setControl(sharer, "fresh", subtract(get("base"), global("count"))),
    ],
  };
}
