import fc from "fast-check";
import { expect, test } from "vitest";
import { Parents } from "../../src/checker/parents.ts";

/** Where each state came from, said one by one. */
function expected(initialStates: number, children: readonly number[]): readonly number[] {
  const initial = Array.from({ length: initialStates }, () => -1);
  return [...initial, ...children.flatMap((count, state) => Array<number>(count).fill(state))];
}

function check(initialStates: number, children: readonly number[]): void {
  const parents = new Parents(initialStates);
  const half = children.length >> 1;
  for (const count of children.slice(0, half)) parents.push(count);
  parents.pushAll(Uint16Array.from(children.slice(half)));
  const all = expected(initialStates, children);
  const found = all.map((_, state) => parents.parentOf(state));
  expect(found.every((parent, state) => parent === all[state])).toBe(true);
  for (let first = 0; first < all.length; first += 1 + (first % 97)) {
    const some = new Int32Array(Math.min(5, all.length - first));
    parents.parentsOf(first, some);
    expect([...some]).toEqual(all.slice(first, first + some.length));
  }
  expect(() => parents.parentOf(all.length)).toThrow("no state");
}

test("tells the parent of every state", () => {
  const count = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom(0, 254, 255, 256, 16_384));
  fc.assert(fc.property(fc.nat(3), fc.array(count, { maxLength: 40 }), check), { seed: 1 });
});

test("tells it beyond many states without children", () => {
  const sparse = Array.from({ length: 5000 }, (_, state) => (state % 1700 === 3 ? 300 : 0));
  check(1, sparse);
  check(7, [...Array<number>(3000).fill(0), ...Array<number>(3000).fill(2)]);
});
