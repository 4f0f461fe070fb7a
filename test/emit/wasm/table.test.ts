// The table of WebAssembly is that of JavaScript: the same indices, arena and slots, whatever goes in.

import fc from "fast-check";
import { expect, test } from "vitest";
import { hashWords, StateTable } from "../../../src/checker/state-table.ts";
import { memoryMap } from "../../../src/emit/wasm/memory-map.ts";
import { RUNTIME_GLOBALS } from "../../../src/emit/wasm/runtime.ts";
import { tableFunctions } from "../../../src/emit/wasm/table.ts";
import { instance } from "../../support/wasm.ts";

interface Table {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly insert: (record: number) => number;
  readonly count: { value: number };
  readonly mask: { value: number };
  readonly slots: { value: number };
}

const SLOTS = 1024;

/** Inserts states into both; each is put where a record would be. */
function check(width: number, states: Iterable<readonly number[]>): void {
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
  const slotsAt = map.arena + 2 * SLOTS * width;
  const table = instance({
    pages: Math.ceil((slotsAt + 4 * SLOTS) / 65_536),
    functions: tableFunctions(map, width),
    globals: RUNTIME_GLOBALS,
    data: [],
  }).exports as unknown as Table;
  table.mask.value = SLOTS - 1;
  table.slots.value = slotsAt;
  const expected = new StateTable(width);
  for (const state of states) {
    const words = Int32Array.from(state);
    const record = new Int32Array(table.memory.buffer, map.records, width + 1);
    record.set(words);
    record[width] = hashWords(words, 0, width);
    const index = expected.insert(words, 0);
    if (table.insert(map.records) !== index) expect.fail(`state ${state} has another index`);
  }
  const { buffer } = table.memory;
  expect(table.count.value).toBe(expected.count);
  expect(table.mask.value).toBe(expected.slots.length - 1);
  const arena = new Int32Array(buffer, map.arena, expected.count * width);
  const slots = new Int32Array(buffer, table.slots.value, expected.slots.length);
  expect(arena.every((word, at) => word === expected.arena[at])).toBe(true);
  expect(slots.every((slot, at) => slot === expected.slots[at])).toBe(true);
}

test("the same as in JavaScript, for states of any width", () => {
  const width = fc.constantFrom(1, 2, 3, 4, 5, 8, 9, 16, 17, 40);
  const run = width.chain((words) => {
    const word = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer());
    const state = fc.array(word, { minLength: words, maxLength: words });
    return fc.tuple(fc.constant(words), fc.array(state, { maxLength: 60 }));
  });
  fc.assert(
    fc.property(run, ([words, states]) => check(words, [...states, ...states])),
    { seed: 1 },
  );
});

test.each([1, 2, 3, 20])("stays the same while it grows, with %d words a state", (width) => {
  const states = Array.from({ length: 20_000 }, (_, number) =>
    Array.from({ length: width }, (_, word) => (word === width - 1 ? number % 9000 : word)),
  );
  check(width, states);
});
