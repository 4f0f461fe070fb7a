// The first job of a round: the steps of its states are found, chunk by chunk, and dealt to the parts of the table.

import {
  add,
  and,
  atLeastUnsigned,
  block,
  type Code,
  call,
  constant,
  divide,
  forever,
  get,
  global,
  jumpIf,
  less,
  load,
  multiply,
  select,
  sequence,
  set,
  setGlobal,
  shiftLeft,
  shiftRight,
  store,
  storeByte,
  storeShort,
  subtract,
  type WasmFunction,
  when,
} from "../code.ts";
import { eachRecord, FAULT_BIT, judgeSteps } from "../runtime.ts";
import { stateAddress } from "../table.ts";
import { partOf } from "./part-table.ts";
import { CHUNK, endsOffset, looksOffset } from "./shared-map.ts";
import {
  chunkAddress,
  control,
  each,
  firstState,
  ofPart,
  type Sharer,
  setControl,
  takeChunks,
} from "./sharer.ts";

export function expandFunctions(sharer: Sharer): readonly WasmFunction[] {
  return [expandChunks(sharer), expandChunk(sharer)];
}

/** `expandChunks()`: as long as there is room for the steps of another state, whatever it is. */
function expandChunks(sharer: Sharer): WasmFunction {
  const { map, sharing } = sharer;
  // A chunk's steps begin at multiples of 32.
  const enough = map.recordsEnd - map.stride * (sharing.mostSteps + 32);
  return {
    name: "expandChunks",
    exported: false,
    parameters: [],
    results: 0,
    body: [
      setGlobal("out", constant(map.ownRecords)),
      setGlobal("overflow", constant(0)),
      each(sharer, (part) =>
        store(constant(map.listEnds + 4 * part), constant(map.lists + map.listStride * part)),
      ),
      takeChunks(sharer, "expandChunk", atLeastUnsigned(global("out"), constant(enough))),
    ],
  };
}

function expandChunk(sharer: Sharer): WasmFunction {
  const { map, width } = sharer;
  const recordCount = divide(subtract(global("out"), get("records")), constant(map.stride));
  const number = divide(subtract(get("records"), constant(map.allRecords)), constant(map.stride));
  return {
    name: "expandChunk",
    exported: false,
    parameters: ["chunk"],
    results: 0,
    body: [
      set("about", chunkAddress(sharer, get("chunk"))),
      set("records", global("out")),
      set("state", firstState(sharer, get("chunk"))),
      set("to", add(get("state"), control(sharer, "chunkStates"))),
      set("most", control(sharer, "to")),
      set("to", select(less(get("to"), get("most")), get("to"), get("most"))),
      set("at", stateAddress(width, get("state"))),
      findSteps(sharer),
      // Without room for all its states it is no chunk.
      when(less(get("state"), get("to")), [setControl(sharer, "cut", constant(1))]),
      store(get("about"), subtract(get("to"), firstState(sharer, get("chunk"))), CHUNK.states),
      store(get("about"), get("records"), CHUNK.records),
      set("count", recordCount),
      store(get("about"), get("count"), CHUNK.recordCount),
      store(get("about"), shiftRight(number, constant(3)), CHUNK.bits),
      dealSteps(sharer),
      setGlobal(
        "out",
        add(
          get("records"),
          multiply(and(add(get("count"), constant(31)), constant(-32)), constant(map.stride)),
        ),
      ),
    ],
  };
}

/** Positions in a chunk are two bytes. */
const MOST_POSITIONS = 1 << 16;

function findSteps({ map, sharing, width }: Sharer): Code {
  const most = map.stride * MOST_POSITIONS;
  return sequence([
    set("end", add(get("about"), constant(endsOffset(sharing)))),
    set("look", add(get("about"), constant(looksOffset(sharing)))),
    forever("finding", "found", [
      jumpIf("found", atLeastUnsigned(get("state"), get("to"))),
      set("start", global("out")),
      setGlobal("look", constant(0)),
      call("successors", get("at")),
      when(global("overflow"), [setGlobal("out", get("start"))]),
      jumpIf("found", global("overflow")),
      jumpIf("found", atLeastUnsigned(subtract(global("out"), get("records")), constant(most))),
      judgeSteps(map, width),
      when(global("look"), [
        store(get("look"), get("state")),
        set("look", add(get("look"), constant(4))),
      ]),
      store(get("end"), global("out")),
      set("end", add(get("end"), constant(4))),
      set("state", add(get("state"), constant(1))),
      set("at", add(get("at"), constant(4 * width))),
    ]),
    store(
      get("about"),
      shiftRight(
        subtract(get("look"), add(get("about"), constant(looksOffset(sharing)))),
        constant(2),
      ),
      CHUNK.looks,
    ),
  ]);
}

/** Tells each part of the table which steps lead to states of it. */
function dealSteps(sharer: Sharer): Code {
  const { map, sharing, width } = sharer;
  const listEnd = (part: number): Code => load(constant(map.listEnds + 4 * part));
  return sequence([
    each(sharer, (part) => store(get("about"), listEnd(part), ofPart(part, "list"))),
    set("position", constant(0)),
    eachRecord(map, get("records"), global("out"), "dealing", [
      set("mover", load(get("record"), 4 * width + 4)),
      storeByte(and(get("mover"), constant(0xffff)), constant(1), map.taken),
      block("dealt", [
        jumpIf("dealt", and(get("mover"), constant(FAULT_BIT))),
        set("hash", load(get("record"), 4 * width)),
        set("part", shiftLeft(partOf(sharing.workers), constant(2))),
        set("into", load(get("part"), map.listEnds)),
        storeShort(get("into"), get("position")),
        store(get("part"), add(get("into"), constant(2)), map.listEnds),
      ]),
      set("position", add(get("position"), constant(1))),
    ]),
    each(sharer, (part) => store(get("about"), listEnd(part), ofPart(part, "listEnd"))),
  ]);
}
