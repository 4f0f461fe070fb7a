// The table filled anew by several workers, when it has grown: each fills its part, from the whole arena.

import {
  add,
  atLeastUnsigned,
  block,
  type Code,
  clearMemory,
  constant,
  equal,
  forever,
  get,
  global,
  jump,
  jumpIf,
  lessUnsigned,
  load,
  select,
  sequence,
  set,
  setGlobal,
  shiftLeft,
  store,
  subtract,
  type WasmFunction,
  when,
} from "../code.ts";
import { stateAddress } from "../table.ts";
import { partOf } from "./part-table.ts";
import { recordsOfEach, WORKER } from "./shared-map.ts";
import { each, ofWorker, type Sharer, setControl } from "./sharer.ts";

/** States whose slots are touched before they are written. */
const FILLED_TOGETHER = 512;

export function fillFunctions(sharer: Sharer): readonly WasmFunction[] {
  return [fillPart(sharer), fillRest(sharer)];
}

/** `fillPart()`: clears this worker's part and fills it; what it cannot place there is put off, where its steps are in a round. */
function fillPart(sharer: Sharer): WasmFunction {
  const { map, table, worker } = sharer;
  const first = load(ofWorker(sharer, worker, WORKER.first));
  return {
    name: "fillPart",
    exported: false,
    parameters: [],
    results: 0,
    body: [
      set("last", load(ofWorker(sharer, worker, WORKER.last))),
      clearMemory(add(first, constant(map.slots)), subtract(get("last"), first)),
      table.part.prepare,
      set("deferred", constant(map.ownRecords)),
      set("index", constant(0)),
      set("next", global("arena")),
      set("sum", constant(0)),
      forever("batch", "all states", [
        jumpIf("all states", equal(get("index"), global("count"))),
        selectBatch(sharer),
        set("note", constant(map.targets)),
        forever("placing", "placed", [
          jumpIf("placed", equal(get("note"), get("noted"))),
          placeNoted(sharer),
          set("note", add(get("note"), constant(NOTE))),
        ]),
        set("index", get("until")),
      ]),
      setGlobal("touched", get("sum")),
      store(ofWorker(sharer, worker, WORKER.deferredEnd), get("deferred")),
    ],
  };
}

/** Bytes of a note: the hash of a state, and its index. */
const NOTE = 8;

/** Notes those of the next states that belong to this part, and touches their slots. */
function selectBatch({ map, sharing, table, width, worker }: Sharer): Code {
  const left = subtract(global("count"), get("index"));
  const most = constant(FILLED_TOGETHER);
  return sequence([
    set("until", add(get("index"), select(lessUnsigned(left, most), left, most))),
    set("noted", constant(map.targets)),
    set("at", get("next")),
    set("next", stateAddress(width, get("until"))),
    forever("selecting", "selected", [
      jumpIf("selected", equal(get("at"), get("next"))),
      table.part.hashAt("at"),
      store(get("noted"), get("hash")),
      store(get("noted"), get("index"), 4),
      // Without a jump, which would often be guessed wrong.
      set(
        "noted",
        add(get("noted"), multiplyByNote(equal(partOf(sharing.workers), constant(worker)))),
      ),
      set("index", add(get("index"), constant(1))),
      set("at", add(get("at"), constant(4 * width))),
    ]),
    set("note", constant(map.targets)),
    forever("touching", "touched", [
      jumpIf("touched", equal(get("note"), get("noted"))),
      set("hash", load(get("note"))),
      table.part.glanceHash,
      set("note", add(get("note"), constant(NOTE))),
    ]),
  ]);
}

function multiplyByNote(one: Code): Code {
  return shiftLeft(one, constant(Math.log2(NOTE)));
}

function placeNoted(sharer: Sharer): Code {
  const { map, table, width } = sharer;
  return sequence([
    set("hash", load(get("note"))),
    set("index", load(get("note"), 4)),
    set("at", stateAddress(width, get("index"))),
    block("placed", [
      block("deferred", [table.part.place, jump("placed")]),
      when(
        atLeastUnsigned(get("deferred"), constant(map.recordsEnd)),
        [setControl(sharer, "cut", constant(1))],
        [store(get("deferred"), get("index")), set("deferred", add(get("deferred"), constant(4)))],
      ),
    ]),
  ]);
}

/** `fillRest()`, done by one worker alone: what was put off, wherever it fits. */
function fillRest(sharer: Sharer): WasmFunction {
  const { map, sharing, table, width } = sharer;
  const bytesOfEach = recordsOfEach(sharing) * map.stride;
  return {
    name: "fillRest",
    exported: true,
    parameters: [],
    results: 0,
    body: [
      table.whole.prepare,
      each(sharer, (worker) =>
        sequence([
          set("deferred", constant(map.allRecords + worker * bytesOfEach)),
          forever("rest", "all", [
            jumpIf(
              "all",
              equal(get("deferred"), load(ofWorker(sharer, worker, WORKER.deferredEnd))),
            ),
            set("index", load(get("deferred"))),
            set("at", stateAddress(width, get("index"))),
            table.part.hashAt("at"),
            table.whole.place,
            set("deferred", add(get("deferred"), constant(4))),
          ]),
        ]),
      ),
    ],
  };
}
