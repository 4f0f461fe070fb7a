// Tests of fields that are joined say what they say one by one, whatever lies in the words.

import fc from "fast-check";
import { expect, test } from "vitest";
import { and, binary, constant, not, or } from "../../src/machine/flat/fold.ts";
import { allOf, anyOf, countOf, withTestsJoined } from "../../src/machine/flat/joined.ts";
import { sizeOf } from "../../src/machine/flat/knowledge.ts";
import type { FlatBinary, FlatExpr } from "../../src/machine/flat/program.ts";
import type { Item, Layout } from "../../src/machine/layout.ts";
import { flatValue } from "../support/flat-value.ts";

const runs = Number(process.env["WEFT_JOINED_RUNS"] ?? 500);
const timeout = 10_000 + 10 * runs;

function layoutOf(items: readonly Omit<Item, "id" | "name">[]): Layout {
  return {
    width: 2,
    items: items.map((item, id) => ({ ...item, id, name: `f${id}` })),
    variables: new Map(),
    locks: new Map(),
    processes: [],
  };
}

/** Rows of all widths, at both ends of a word and over two of them. */
const layout = layoutOf([
  { bits: 2, count: 16, word: 0, shift: 0, perWord: 16 },
  { bits: 3, count: 6, word: 1, shift: 3, perWord: 6 },
  { bits: 1, count: 8, word: 1, shift: 24, perWord: 8 },
  { bits: 5, count: 12, word: 0, shift: 0, perWord: 6 },
  { bits: 9, count: 3, word: 1, shift: 5, perWord: 3 },
  { bits: 32, count: 2, word: 0, shift: 0, perWord: 1 },
  { bits: 4, count: 16, word: 0, shift: 0, perWord: 8 },
]);

const reads: fc.Arbitrary<FlatExpr> = fc
  .nat(layout.items.length - 1)
  .chain((item) =>
    fc
      .nat((layout.items[item]?.count ?? 1) - 1)
      .map((index) => ({ kind: "read", item, index: constant(index), state: "now" })),
  );

const comparisons: readonly FlatBinary[] = ["==", "!=", "<", "<=", ">", ">="];

const truths: fc.Arbitrary<FlatExpr> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...comparisons), reads, fc.integer({ min: -1, max: 9 }))
    .map(([operator, read, value]) => binary(operator, read, constant(value))),
  // Is the field one of a set, or an element in the field?
  fc
    .tuple(fc.integer(), reads)
    .map(([set, read]) =>
      binary("bit-and", binary("shift-right", constant(set), read), constant(1)),
    ),
  fc
    .tuple(reads, fc.nat(8))
    .map(([read, bit]) =>
      binary("bit-and", binary("shift-right", read, constant(bit)), constant(1)),
    ),
  fc.tuple(reads, reads).map(([one, other]) => binary("<", one, other)),
);

/** Tests of one row, as a quantifier over it makes them. */
const rows: fc.Arbitrary<readonly FlatExpr[]> = fc
  .tuple(fc.nat(layout.items.length - 1), fc.nat(3), fc.constantFrom(...comparisons), fc.boolean())
  .map(([item, value, operator, refuses]) =>
    Array.from({ length: layout.items[item]?.count ?? 0 }, (_, index): FlatExpr => {
      const read: FlatExpr = { kind: "read", item, index: constant(index), state: "now" };
      const truth = binary(operator, read, constant(value));
      return refuses ? not(truth) : truth;
    }),
  );

const lists = fc.oneof(rows, fc.array(truths, { maxLength: 10 }));

/** Words in which small values are as likely as any. */
const words = fc.array(
  fc.oneof(
    fc.integer(),
    fc.constantFrom(0, -1, 0x55555555, 0xaaaaaaaa | 0, 0x11111111, 0x24924924),
  ),
  { minLength: 2, maxLength: 2 },
);

test("any, all and how many", { timeout }, () => {
  fc.assert(
    fc.property(lists, fc.array(words, { minLength: 1, maxLength: 8 }), (list, states) => {
      const [any, all, many] = [anyOf, allOf, countOf].map((join) => join(layout, list));
      if (any === undefined || all === undefined || many === undefined) return;
      for (const state of states) {
        const each = list.map((truth) => flatValue(layout, state, truth));
        const found = [any, all, many].map((expr) => flatValue(layout, state, expr));
        const true_ = each.filter((value) => value !== 0).length;
        expect(found).toEqual([Number(true_ > 0), Number(true_ === list.length), true_]);
      }
    }),
    { seed: 5, numRuns: runs },
  );
});

const { tree } = fc.letrec<{ tree: FlatExpr }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    truths,
    fc.tuple(tie("tree"), tie("tree")).map(([left, right]) => and(left, right)),
    fc.tuple(tie("tree"), tie("tree")).map(([left, right]) => or(left, right)),
    tie("tree").map(not),
  ),
}));

test("conditions of conditions", { timeout }, () => {
  fc.assert(
    fc.property(tree, fc.array(words, { minLength: 1, maxLength: 8 }), (expr, states) => {
      const joined = withTestsJoined(layout, expr);
      for (const state of states) {
        expect(flatValue(layout, state, joined)).toBe(flatValue(layout, state, expr));
      }
    }),
    { seed: 6, numRuns: runs },
  );
});

const two = (index: number): FlatExpr => ({
  kind: "read",
  item: 0,
  index: constant(index),
  state: "now",
});

test("is no longer for sixteen fields than for three", () => {
  const tests = Array.from({ length: 16 }, (_, index) => binary("==", two(index), constant(2)));
  expect(allOf(layout, tests)).toEqual(
    binary(
      "==",
      binary("bit-and", { kind: "word", word: 0, state: "now" }, constant(-1)),
      constant(0xaaaaaaaa | 0),
    ),
  );
  expect(sizeOf(anyOf(layout, tests))).toBe(sizeOf(anyOf(layout, tests.slice(0, 3))));
  expect(sizeOf(countOf(layout, tests))).toBe(sizeOf(countOf(layout, tests.slice(0, 3))));
});
