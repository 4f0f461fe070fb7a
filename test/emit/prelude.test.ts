// The prelude: its text is fresh, and what it does is what steps of generated modules rely on.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  acquired,
  acquiredForRead,
  append,
  type Choose,
  copy,
  downgraded,
  Fault,
  newReport,
  pick,
  quotient,
  released,
  run,
  same,
  sequences,
  setOf,
  subsets,
  within,
} from "../../src/emit/readable/prelude.ts";
import { bitSet, field, number, slots } from "../../src/emit/readable/prelude-codec.ts";
import { preludeModule } from "../support/prelude-text.ts";

const read = (name: string): string =>
  readFileSync(new URL(`../../src/emit/readable/${name}`, import.meta.url), "utf8");

test("the prelude's text is fresh", async () => {
  const text = preludeModule([read("prelude.ts"), read("prelude-codec.ts")]);
  await expect(text).toMatchFileSnapshot("../../src/emit/readable/prelude-text.ts");
});

/** All states that a step leads to from 0, and what went wrong. */
function ways(step: (s: { x: number }, choose: Choose) => void): unknown {
  const report = newReport();
  const found = run({ x: 0 }, report, step).map(({ x }) => x);
  return [found, report.faults.map(({ kind }) => kind)];
}

test("a step without choices leads to one state", () => {
  expect(
    ways((s) => {
      s.x = 3;
    }),
  ).toEqual([[3], []]);
});

test("choices are taken in every combination, the first one slowest", () => {
  expect(
    ways((s, choose) => {
      const tens = pick(choose, [1, 2], () => true);
      s.x = 10 * tens + pick(choose, [1, 2, 3], (value) => value !== 2);
    }),
  ).toEqual([[11, 13, 21, 23], []]);
});

test("a choice whose test faults is a fault by itself", () => {
  expect(
    ways((s, choose) => {
      s.x = pick(choose, [1, 0, 2], (value) => quotient(4, value, "here") > 1);
    }),
  ).toEqual([[1, 2], ["division"]]);
});

test("without a candidate a choice waits, or is stuck", () => {
  expect(ways((s, choose) => (s.x = pick(choose, [1], () => false)))).toEqual([[], []]);
  expect(ways((s, choose) => (s.x = pick(choose, [1], () => false, "here")))).toEqual([
    [],
    ["atomic-stuck"],
  ]);
});

test("a step changes a copy", () => {
  const state = { list: [{ x: 0 }] };
  const [next] = run(state, newReport(), (s) => {
    for (const part of s.list) part.x = 1;
  });
  expect([state, next]).toEqual([{ list: [{ x: 0 }] }, { list: [{ x: 1 }] }]);
  expect(copy(state)).toEqual(state);
});

test("values are compared part by part", () => {
  expect(same({ a: [1, null] }, { a: [1, null] })).toBe(true);
  expect(same({ a: [1, null] }, { a: [1, 0] })).toBe(false);
  expect(same({ a: 1 }, { b: 1 })).toBe(false);
  expect(same(null, {})).toBe(false);
});

test("sets are kept in the order of their type, each element once", () => {
  expect(setOf(["a", "b", "c"], ["c", "a", "c"])).toEqual(["a", "c"]);
  expect(subsets(["a", "b"])).toEqual([[], ["a"], ["b"], ["a", "b"]]);
  expect(sequences([0, 1], 2)).toEqual([[], [0], [1], [0, 0], [0, 1], [1, 0], [1, 1]]);
});

function faultOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return error instanceof Fault ? error.kind : String(error);
  }
  return "none";
}

test("what does not fit is a fault", () => {
  expect(faultOf(() => within(4, 0, 3, "here"))).toBe("range");
  expect(faultOf(() => append([1], 2, 1, "here"))).toBe("sequence-full");
});

test("a lock is taken once and released by its owner", () => {
  expect(acquired<"a" | "b" | null>(null, "a", "here")).toBe("a");
  expect(faultOf(() => acquired("a", "a", "here"))).toBe("double-acquire");
  expect(released<string | null>("a", "a", "here")).toBe(null);
  expect(faultOf(() => released("a", "b", "here"))).toBe("release-not-held");
});

test("readers share a lock in the order of all processes", () => {
  const free = { writer: null, readers: [] };
  const shared = acquiredForRead<string>(
    acquiredForRead<string>(free, "b", ["a", "b"], ""),
    "a",
    ["a", "b"],
    "",
  );
  expect(shared).toEqual({ writer: null, readers: ["a", "b"] });
  expect(released(shared, "a", "")).toEqual({ writer: null, readers: ["b"] });
  expect(downgraded({ writer: "a", readers: [] }, "a", "")).toEqual({
    writer: null,
    readers: ["a"],
  });
});

test("fields keep to their bits", () => {
  const words = new Int32Array(2);
  const codec = slots(3, field(0, 30, 2, 1), number(-2, field(0, 3, 3, 3)));
  codec.put(words, 0, 0, [-2, 5, 3]);
  expect(codec.get(words, 0, 0)).toEqual([-2, 5, 3]);
  expect([...words]).toEqual([(3 << 30) | (7 << 6) | (5 << 9), 0]);
  const values = Array.from({ length: 40 }, (_, value) => value);
  const set = bitSet(values, field(0, 0, 32, 1), field(1, 0, 8, 4));
  set.put(new Int32Array(2), 0, 0, [0, 31, 39]);
  const big = new Int32Array(2);
  set.put(big, 0, 0, [0, 31, 39]);
  expect([...big]).toEqual([(1 << 31) | 1, 1 << 7]);
  expect(set.get(big, 0, 0)).toEqual([0, 31, 39]);
});
