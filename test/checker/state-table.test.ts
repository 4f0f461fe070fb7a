import fc from "fast-check";
import { expect, test } from "vitest";
import { hashWords, StateTable } from "../../src/checker/state-table.ts";

/** Inserts states into a table and a Map side by side; every answer must be the same. */
function check(width: number, states: readonly (readonly number[])[]): void {
  const table = new StateTable(width);
  const model = new Map<string, number>();
  for (const state of states) {
    const words = Int32Array.from([0, ...state]);
    const key = state.join();
    expect(table.find(words, 1)).toBe(model.get(key) ?? -1);
    if (!model.has(key)) model.set(key, model.size);
    expect(table.insert(words, 1)).toBe(model.get(key));
    expect(table.count).toBe(model.size);
  }
  for (const [key, index] of model) {
    expect(table.arena.slice(index * width, (index + 1) * width).join()).toBe(key);
  }
}

test("agrees with a Map", () => {
  const run = fc.integer({ min: 1, max: 5 }).chain((width) => {
    const word = fc.oneof(
      fc.integer({ min: -2, max: 2 }),
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    );
    const state = fc.array(word, { minLength: width, maxLength: width });
    return fc.tuple(fc.constant(width), fc.array(state, { maxLength: 60 }));
  });
  fc.assert(fc.property(run, ([width, states]) => check(width, states)));
});

test("stays exact while it grows", () => {
  const table = new StateTable(2);
  const words = new Int32Array(2);
  const total = 200_000;
  for (let round = 0; round < 2; round += 1) {
    for (let index = 0; index < total; index += 1) {
      words[0] = index & 0x3ff;
      words[1] = index >>> 10;
      if (table.insert(words, 0) !== index) throw new Error(`state ${index} has another index`);
    }
  }
  expect(table.count).toBe(total);
});

test("tells states apart whose hashes are equal", () => {
  const found = new Map<number, number>();
  const words = new Int32Array(2);
  const collisions: number[][] = [];
  for (let index = 0; index < 400_000 && collisions.length < 5; index += 1) {
    words[0] = index;
    words[1] = Math.imul(index, 0x1234567);
    const hash = hashWords(words, 0, 2);
    const other = found.get(hash);
    if (other !== undefined) collisions.push([other, Math.imul(other, 0x1234567)], [...words]);
    found.set(hash, index);
  }
  expect(collisions.length).toBeGreaterThan(0);
  check(2, [...collisions, ...collisions]);
});

test("spreads states that differ in a few bits", () => {
  const slots = new Set<number>();
  const words = new Int32Array(3);
  const total = 1 << 14;
  for (let index = 0; index < total; index += 1) {
    words[0] = index << 18;
    words[1] = (index >>> 7) << 3;
    words[2] = index & 0x7f;
    slots.add(hashWords(words, 0, 3) & (2 * total - 1));
  }
  // Random slots would give 2(1 - e^-1/2) = 0.787 of the states a slot of their own or the first claim to one.
  expect(slots.size / total).toBeGreaterThan(0.74);
});

test("says what it needs before it grows", () => {
  const table = new StateTable(1);
  const words = new Int32Array(1);
  for (let index = 0; index < 5000; index += 1) {
    words[0] = index;
    const allowed = table.bytesFor(table.count + 1);
    table.insert(words, 0);
    expect(table.bytes).toBeLessThanOrEqual(allowed);
  }
});
