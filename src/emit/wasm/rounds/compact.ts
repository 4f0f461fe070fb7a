// The last job of a round: the new states go to where they belong in the arena, those of a chunk in the order of its steps.

import {
  add,
  and,
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
  jumpIf,
  load,
  or,
  sequence,
  set,
  shiftLeft,
  store,
  storeShort,
  subtract,
  trailingZeros,
  type WasmFunction,
  when,
} from "../code.ts";
import { copyState, stateAddress } from "../table.ts";
import { CHUNK, endsOffset } from "./shared-map.ts";
import {
  chunkAddress,
  firstState,
  ofChunk,
  recordAt,
  type Sharer,
  setControl,
  takeChunks,
} from "./sharer.ts";

export function compactFunctions(sharer: Sharer): readonly WasmFunction[] {
  return [compactChunks(sharer), compactChunk(sharer)];
}

function compactChunks(sharer: Sharer): WasmFunction {
  return {
    name: "compactChunks",
    exported: false,
    parameters: [],
    results: 0,
    body: [takeChunks(sharer, "compactChunk")],
  };
}

function compactChunk(sharer: Sharer): WasmFunction {
  const { map, sharing, width } = sharer;
  const about = get("about");
  const bitsOfParts = Array.from({ length: sharing.workers }, (_, part) =>
    load(get("bits"), map.fresh + map.freshStride * part),
  );
  const stateOfChunk = subtract(firstState(sharer, get("chunk")), firstState(sharer, constant(0)));
  return {
    name: "compactChunk",
    exported: false,
    parameters: ["chunk"],
    results: 0,
    body: [
      set("about", chunkAddress(sharer, get("chunk"))),
      set("records", ofChunk("records")),
      set("bits", ofChunk("bits")),
      set("index", ofChunk("base")),
      set("into", stateAddress(width, get("index"))),
      set("children", add(shiftLeft(stateOfChunk, constant(1)), constant(map.roundChildren))),
      set("end", add(about, constant(endsOffset(sharing)))),
      set("born", constant(0)),
      set("judged", constant(0)),
      set("first bit", constant(0)),
      set("count", ofChunk("recordCount")),
      forever("words", "all words", [
        jumpIf("all words", equal(get("first bit"), get("count"))),
        set("fresh", bitsOfParts.reduce(or)),
        forever("bits", "all bits", [
          jumpIf("all bits", isZero(get("fresh"))),
          set("record", recordAt(sharer, add(get("first bit"), trailingZeros(get("fresh"))))),
          set("fresh", and(get("fresh"), subtract(get("fresh"), constant(1)))),
          forever("states", "its state", [
            jumpIf("its state", greaterUnsigned(load(get("end")), get("record"))),
            nextState,
          ]),
          append(sharer),
        ]),
        set("bits", add(get("bits"), constant(4))),
        set("first bit", add(get("first bit"), constant(32))),
        when(greaterUnsigned(get("first bit"), get("count")), [set("first bit", get("count"))]),
      ]),
      countRest(sharer),
      store(about, get("judged"), CHUNK.judged),
      when(get("judged"), [setControl(sharer, "judged", constant(1))]),
    ],
  };
}

/** How many states were met from the state whose steps end at `end` is known; on to the one behind. */
const nextState: Code = sequence([
  storeShort(get("children"), get("born")),
  set("born", constant(0)),
  set("children", add(get("children"), constant(2))),
  set("end", add(get("end"), constant(4))),
]);

/** The same for the states from which no more were met. */
function countRest({ sharing }: Sharer): Code {
  const ends = add(get("about"), constant(endsOffset(sharing)));
  return sequence([
    set("last", add(ends, shiftLeft(ofChunk("states"), constant(2)))),
    forever("rest", "all states", [
      jumpIf("all states", equal(get("end"), get("last"))),
      nextState,
    ]),
  ]);
}

/** The state that `record` leads to becomes the one with this index. */
function append({ table, width }: Sharer): Code {
  return sequence([
    table.settle,
    copyState("record", "into", width),
    set("born", add(get("born"), constant(1))),
    block("judged", [
      jumpIf("judged", isZero(global("judgesStates"))),
      jumpIf("judged", isZero(call("judgeState", get("record")))),
      // The steps up to this one are done with, and each takes more room than an index.
      store(add(get("records"), shiftLeft(get("judged"), constant(2))), get("index")),
      set("judged", add(get("judged"), constant(1))),
    ]),
    set("index", add(get("index"), constant(1))),
    set("into", add(get("into"), constant(4 * width))),
  ]);
}
