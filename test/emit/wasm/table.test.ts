// Both tables of WebAssembly find what a table in JavaScript finds: the same indices and the same arena, whatever goes in and
// however often their slots are made anew; and the slots that are made of it when a search is over are those of JavaScript.

import fc from "fast-check";
import { expect, test } from "vitest";
import { StateTable } from "../../../src/checker/state-table.ts";
import type { Code, WasmFunction } from "../../../src/emit/wasm/code.ts";
import * as wasm from "../../../src/emit/wasm/code.ts";
import { fillIndex } from "../../../src/emit/wasm/index-table.ts";
import { type MemoryMap, memoryMap } from "../../../src/emit/wasm/memory-map.ts";
import { RUNTIME_GLOBALS } from "../../../src/emit/wasm/runtime.ts";
import { shortTable } from "../../../src/emit/wasm/short-table.ts";
import { arenaEnd, copyState, type Table } from "../../../src/emit/wasm/table.ts";
import { tagTable } from "../../../src/emit/wasm/tag-table.ts";
import { instance } from "../../support/wasm.ts";

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly insert: () => number;
  readonly fill: () => void;
  readonly fillIndex: () => void;
  readonly count: { value: number };
  readonly mask: { value: number };
  readonly size: { value: number };
  readonly arena: { value: number };
}

/** The table for states whose words use so many bits, and the slots that it has in turn. */
interface Kind {
  readonly make: (map: MemoryMap, used: readonly number[]) => Table;
  readonly sizes: readonly number[];
}

const tagged: Kind = {
  make: (map, used) => tagTable(map, used.length),
  sizes: [64, 128, 256, 1 << 15],
};
const short: Kind = { make: shortTable, sizes: [8, 64, 104, 200, 14_000] };

/** `insert()`: whether the state of the first record was met before; if not, it is added. */
function insertFunction(map: MemoryMap, width: number, table: Table): WasmFunction {
  const met = (before: number): Code => wasm.answer(wasm.constant(before));
  return {
    name: "insert",
    exported: true,
    parameters: [],
    results: 1,
    body: [
      wasm.set("record", wasm.constant(map.records)),
      table.hashAt("record"),
      wasm.store(wasm.get("record"), wasm.get("hash"), 4 * width),
      table.prepare,
      table.touch,
      wasm.block("known", [
        table.insert("known"),
        wasm.set("into", arenaEnd(width)),
        copyState("record", "into", width),
        wasm.setGlobal("count", wasm.add(wasm.global("count"), wasm.constant(1))),
        met(0),
      ]),
      met(1),
    ],
  };
}

/** Inserts states into both tables; the slots are made anew, with more of them, after each part. */
function check(kind: Kind, used: readonly number[], states: readonly (readonly number[])[]): void {
  const width = used.length;
  const map = memoryMap({
    width,
    dataWords: 0,
    scratchWords: 0,
    firsts: 0,
    statePredicates: 0,
    stepPredicates: 0,
    movers: 0,
    picks: false,
  });
  const table = kind.make(map, used);
  const last = kind.sizes.at(-1) as number;
  const arenaAt = map.slots + (1 << 18);
  const wasmTable = instance({
    pages: Math.ceil((arenaAt + 4 * width * (states.length + 1)) / 65_536),
    functions: [table.fill, fillIndex(map, width), insertFunction(map, width, table)],
    globals: RUNTIME_GLOBALS,
    data: [],
  }).exports as unknown as Exports;
  wasmTable.arena.value = arenaAt;
  const { buffer } = wasmTable.memory;
  const expected = new StateTable(width);
  const record = new Int32Array(buffer, map.records, width);
  // The last slots take all that is left.
  const ends = kind.sizes.map((size) => (size === last ? states.length : Math.floor(0.9 * size)));
  kind.sizes.forEach((size, part) => {
    wasmTable.size.value = size;
    wasmTable.fill();
    for (const state of states.slice(ends[part - 1] ?? 0, ends[part])) {
      record.set(state);
      const known = expected.count;
      const isNew = expected.insert(record, 0) === known;
      if ((wasmTable.insert() === 0) !== isNew) expect.fail(`${state}: ${isNew ? "" : "not "}new`);
    }
  });
  expect(wasmTable.count.value).toBe(expected.count);
  const arena = new Int32Array(buffer, arenaAt, expected.count * width);
  expect(arena.every((word, at) => word === expected.arena[at])).toBe(true);
  wasmTable.mask.value = expected.slots.length - 1;
  wasmTable.fillIndex();
  const slots = new Int32Array(buffer, map.slots, expected.slots.length);
  expect(slots.every((slot, at) => slot === expected.slots[at])).toBe(true);
}

/** States of words of so many bits, some of which come twice. */
function statesOf(used: readonly number[]): fc.Arbitrary<number[][]> {
  const words = used.map((bits) =>
    fc
      .oneof(fc.integer({ min: -2, max: 2 }), fc.integer())
      .map((word) => (bits === 0 ? 0 : (word >>> (32 - bits)) | 0)),
  );
  const state = fc.tuple(...words);
  return fc.array(state, { maxLength: 100 }).map((states) => [...states, ...states]);
}

test("finds what JavaScript finds, for states of any width", () => {
  const used = fc
    .constantFrom(1, 2, 3, 4, 5, 8, 9, 16, 17, 40)
    .map((width) => Array(width).fill(32));
  const run = used.chain((bits) => fc.tuple(fc.constant(bits), statesOf(bits)));
  fc.assert(
    fc.property(run, ([bits, states]) => check(tagged, bits, states)),
    { seed: 1 },
  );
});

test("finds what JavaScript finds, for states that are short", () => {
  const used = fc.constantFrom(
    [1],
    [32],
    [31, 32],
    [32, 31],
    [20, 20, 20],
    [0, 17, 16, 30],
    [32, 0, 31],
  );
  const run = used.chain((bits) => fc.tuple(fc.constant(bits), statesOf(bits)));
  fc.assert(
    fc.property(run, ([bits, states]) => check(short, bits, states)),
    { seed: 1 },
  );
});

test.each([
  ["of one word", tagged, [32]],
  ["of three words", tagged, [32, 32, 32]],
  ["of twenty words", tagged, Array<number>(20).fill(32)],
  ["that are one word and short", short, [32]],
  ["that are three words and short", short, [14, 14, 14]],
])("stays exact while it is full, with states %s", (_, kind, used) => {
  const states = Array.from({ length: 26_000 }, (_, number) =>
    used.map((_, word) => (word === used.length - 1 ? number % 13_000 : word)),
  );
  check(kind, used, states);
});

test("tells the least state from an empty slot, and the greatest too", () => {
  check(
    short,
    [31, 32],
    [
      [0, 0],
      [0x7fffffff, -1],
      [0, 0],
      [0x7fffffff, -1],
      [0, 1],
    ],
  );
});
