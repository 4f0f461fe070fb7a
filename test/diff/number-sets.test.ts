// Stored sets of numbers against JavaScript's own.

import fc from "fast-check";
import { expect, test } from "vitest";
import { Gathering, NumberSets } from "../../src/diff/behaviours/number-sets.ts";

const lists = fc.array(fc.array(fc.integer({ min: -1, max: 40 }), { maxLength: 12 }), {
  maxLength: 60,
});

test("equal sets have one number; members and inclusion are as they should be", () => {
  fc.assert(
    fc.property(lists, (all) => {
      const sets = new NumberSets();
      const gathering = new Gathering();
      const numbers = all.map((list) => {
        gathering.clear();
        for (const number of list) gathering.add(number);
        return sets.insert(gathering.sorted());
      });
      const own = all.map((list) => new Set(list));
      expect(sets.count).toBe(new Set(numbers).size);
      for (const [index, set] of numbers.entries()) {
        const members = own[index] ?? new Set();
        expect([...sets.get(set)]).toEqual([...members].sort((one, other) => one - other));
        for (let number = -2; number < 42; number += 1) {
          expect(sets.has(set, number)).toBe(members.has(number));
        }
        for (const [position, other] of numbers.entries()) {
          const outer = own[position] ?? new Set();
          const within = [...members].every((member) => outer.has(member));
          expect(sets.includes(set, other)).toBe(within);
          expect(set === other).toBe(within && members.size === outer.size);
        }
      }
    }),
    { seed: 4, numRuns: 60 },
  );
});

test("sets keep their members while the store grows", () => {
  const sets = new NumberSets();
  for (let set = 0; set < 5000; set += 1) sets.insert(Int32Array.of(set, set + 1, 2 * set + 2));
  for (let set = 0; set < 5000; set += 1) {
    expect(sets.insert(Int32Array.of(set, set + 1, 2 * set + 2))).toBe(set);
  }
  expect([...sets.get(4999)]).toEqual([4999, 5000, 10000]);
});
