// Tests of fields that lie in one word of a state, joined: a few operations on the word, however many fields are asked for.
//
// A test says whether certain bits of a word are certain values. A conjunction of tests is one test. Of a disjunction,
// all fields are compared at once, each within its own bits: a field that differs from what it is compared with is made
// to carry into its highest bit (H. S. Warren, Hacker's Delight, "Find First 0-Byte").

import type { Item, Layout } from "../layout.ts";
import { and, binary, constant, known, not, ONE, or, same, unary, ZERO } from "./fold.ts";
import type { FlatExpr, FlatState } from "./program.ts";
import { conjuncts, disjuncts } from "./truths.ts";
import { mapExpr, visitExpr } from "./walk.ts";

/** Fewer tests than this are cheaper one by one. */
const FEWEST_AT_ONCE = 3;
/** Fields of more bits are not looked through value by value. */
const MOST_TABLE_BITS = 5;

/** `(word & mask) == value`, or its opposite. */
interface Test {
  readonly state: FlatState;
  readonly word: number;
  readonly mask: number;
  readonly value: number;
  readonly opposite: boolean;
}

type Read = FlatExpr & { readonly kind: "read" };

/** Is any of these true? All are truths. */
export function anyOf(layout: Layout, truths: readonly FlatExpr[]): FlatExpr {
  const parts = joined(layout, truths.flatMap(disjuncts));
  return parts.reduce<FlatExpr>((any, part) => or(any, part), ZERO);
}

/** Are all of these true? */
export function allOf(layout: Layout, truths: readonly FlatExpr[]): FlatExpr {
  const refusals = joined(layout, truths.flatMap(conjuncts).map(not));
  return refusals.reduce<FlatExpr>((all, part) => and(all, not(part)), ONE);
}

/** How many of these are true? */
export function countOf(layout: Layout, truths: readonly FlatExpr[]): FlatExpr {
  const tests = truths.map((truth) => testOf(layout, truth));
  const found = tests.filter((test) => test !== null);
  const [first] = found;
  const alike =
    first !== undefined &&
    found.length === truths.length &&
    found.length >= FEWEST_AT_ONCE &&
    found.every((test) => test.opposite === first.opposite) &&
    apart(found);
  if (!alike) return truths.reduce<FlatExpr>((sum, truth) => plus(sum, truth), ZERO);
  const matches = unary(
    "count-bits",
    binary("bit-xor", differing(found), constant(highest(found))),
  );
  return first.opposite ? binary("-", constant(found.length), matches) : matches;
}

function plus(sum: FlatExpr, more: FlatExpr): FlatExpr {
  return known(sum) === 0 ? more : binary("+", sum, more);
}

/** The expression with all its conjunctions and disjunctions joined. */
export function withTestsJoined(layout: Layout, expr: FlatExpr): FlatExpr {
  switch (expr.kind) {
    case "binary": {
      const { operator } = expr;
      if (operator === "and" || operator === "or") {
        const [split, join] =
          operator === "and" ? ([conjuncts, allOf] as const) : ([disjuncts, anyOf] as const);
        return join(
          layout,
          split(expr).map((part) => withTestsJoined(layout, part)),
        );
      }
      return {
        ...expr,
        left: withTestsJoined(layout, expr.left),
        right: withTestsJoined(layout, expr.right),
      };
    }
    case "unary":
      return { ...expr, operand: withTestsJoined(layout, expr.operand) };
    case "select":
      return {
        ...expr,
        condition: withTestsJoined(layout, expr.condition),
        then: withTestsJoined(layout, expr.then),
        otherwise: withTestsJoined(layout, expr.otherwise),
      };
    default:
      return expr;
  }
}

// ---------------------------------------------------------------- joining

/** A shorter disjunction. */
function joined(layout: Layout, truths: readonly FlatExpr[]): readonly FlatExpr[] {
  if (truths.some((truth) => known(truth) === 1)) return [ONE];
  const others: FlatExpr[] = [];
  const tables = new Map<string, { readonly field: Field; values: number }>();
  const tests: Test[] = [];
  for (const truth of truths) {
    const table = tableOf(layout, truth);
    const test = table === null ? maskedTest(layout, truth) : null;
    if (table !== null) {
      const { field, values } = table;
      const key = `${field.state} ${field.word} ${field.shift} ${field.bits}`;
      const before = tables.get(key)?.values ?? 0;
      tables.set(key, { field, values: before | values });
    } else if (test !== null) tests.push(test);
    else if (known(truth) === null) others.push(truth);
  }
  for (const { field, values } of tables.values()) {
    if (values === 0) continue;
    if (values === allValues(field)) return [ONE];
    const test = subcubeTest(field, values);
    if (test === null) others.unshift(oneOf(field, values));
    else tests.push(test);
  }
  return [...opposites(tests), ...positives(tests), ...others];
}

/** `a != x or b != y`: not both are equal. */
function opposites(tests: readonly Test[]): readonly FlatExpr[] {
  return byWord(tests.filter(({ opposite }) => opposite)).map((group) => {
    const [first] = group;
    if (first === undefined) return ZERO;
    let { mask, value } = first;
    for (const test of group) {
      if (((value ^ test.value) & mask & test.mask) !== 0) return ONE;
      mask |= test.mask;
      value |= test.value;
    }
    return testExpr({ ...first, mask, value });
  });
}

function positives(tests: readonly Test[]): readonly FlatExpr[] {
  return byWord(tests.filter(({ opposite }) => !opposite)).flatMap((group) => {
    if (group.length < FEWEST_AT_ONCE || !apart(group)) return group.map(testExpr);
    // Some field does not differ.
    return [binary("!=", differing(group), constant(highest(group)))];
  });
}

function byWord(tests: readonly Test[]): readonly (readonly Test[])[] {
  const groups = new Map<string, Test[]>();
  for (const test of tests) {
    const key = `${test.state} ${test.word}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [test]);
    else group.push(test);
  }
  return [...groups.values()];
}

/** Whether tests are of bits of one word that have nothing in common, each of bits in a row. */
function apart(tests: readonly Test[]): boolean {
  const [first] = tests;
  let used = 0;
  return tests.every(({ state, word, mask }) => {
    const fits =
      state === first?.state && word === first.word && (used & mask) === 0 && isRun(mask);
    used |= mask;
    return fits;
  });
}

function isRun(mask: number): boolean {
  const low = (mask & -mask) >>> 0;
  return (((mask >>> 0) + low) & mask) === 0;
}

/** The highest bit of each field that is not what its test wants. */
function differing(tests: readonly Test[]): FlatExpr {
  const [first] = tests;
  if (first === undefined) return ZERO;
  const mask = tests.reduce((all, test) => all | test.mask, 0);
  const wanted = tests.reduce((all, test) => all | test.value, 0);
  const word: FlatExpr = { kind: "word", state: first.state, word: first.word };
  const high = highest(tests);
  const low = mask & ~high;
  const differs = wanted === 0 ? word : binary("bit-xor", word, constant(wanted));
  if (low === 0) return binary("bit-and", differs, constant(high));
  const carried = binary("+", binary("bit-and", differs, constant(low)), constant(low));
  return binary("bit-and", binary("bit-or", carried, differs), constant(high));
}

function highest(tests: readonly Test[]): number {
  return tests.reduce((all, { mask }) => all | (1 << (31 - Math.clz32(mask))), 0);
}

function testExpr({ state, word, mask, value, opposite }: Test): FlatExpr {
  const masked = binary("bit-and", { kind: "word", state, word }, constant(mask));
  return binary(opposite ? "!=" : "==", masked, constant(value));
}

// ---------------------------------------------------------------- tests

interface Field {
  readonly read: Read;
  readonly state: FlatState;
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
}

function testOf(layout: Layout, truth: FlatExpr): Test | null {
  const table = tableOf(layout, truth);
  return table === null ? maskedTest(layout, truth) : subcubeTest(table.field, table.values);
}

/** A test of bits that are cut out of a word. */
function maskedTest(layout: Layout, truth: FlatExpr): Test | null {
  if (truth.kind === "unary" && truth.operator === "not") {
    const test = maskedTest(layout, truth.operand);
    return test && { ...test, opposite: !test.opposite };
  }
  if (truth.kind !== "binary") return null;
  const { left, right, operator } = truth;
  const one = operator === "bit-and" && known(right) === 1;
  const cut = one
    ? cutOf(layout, truth)
    : operator === "==" || operator === "!="
      ? cutOf(layout, left)
      : null;
  const wanted = one ? 1 : known(right);
  if (cut === null || wanted === null) return null;
  const { state, word, shift, mask } = cut;
  // What does not fit into the bits is never there; nobody asks for that.
  if ((wanted & ~mask) !== 0) return null;
  return {
    state,
    word,
    mask: mask << shift,
    value: wanted << shift,
    opposite: operator === "!=",
  };
}

/** `(word >>> shift) & mask`. */
interface Cut {
  readonly state: FlatState;
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
}

function cutOf(layout: Layout, expr: FlatExpr): Cut | null {
  if (expr.kind === "word") return { state: expr.state, word: expr.word, shift: 0, mask: -1 };
  if (expr.kind === "read") {
    const field = fieldOf(layout, expr);
    if (field === null) return null;
    const { state, word, shift, bits } = field;
    return { state, word, shift, mask: bits === 32 ? -1 : 2 ** bits - 1 };
  }
  if (expr.kind !== "binary") return null;
  const number = known(expr.right);
  const cut = number === null ? null : cutOf(layout, expr.left);
  if (number === null || cut === null) return null;
  if (expr.operator === "bit-and") return { ...cut, mask: cut.mask & number };
  if (expr.operator !== "shift-right" || cut.shift + number > 31) return null;
  return { ...cut, shift: cut.shift + number, mask: cut.mask >>> number };
}

/** For what values of the one field that an expression reads is it true? Bit v for value v. */
function tableOf(
  layout: Layout,
  truth: FlatExpr,
): { readonly field: Field; readonly values: number } | null {
  const field = onlyField(layout, truth);
  if (field === null || field.bits > MOST_TABLE_BITS) return null;
  let values = 0;
  for (let value = 0; value < 2 ** field.bits; value += 1) {
    const result = known(mapExpr(truth, (part) => (part.kind === "read" ? constant(value) : part)));
    if (result === null) return null;
    if (result !== 0) values |= 1 << value;
  }
  return { field, values };
}

function onlyField(layout: Layout, truth: FlatExpr): Field | null {
  let only: Read | null = null;
  let plain = true;
  visitExpr(truth, (part) => {
    if (part.kind === "read") {
      if (only !== null && !same(only, part)) plain = false;
      only = part;
    } else if (
      part.kind === "word" ||
      part.kind === "local" ||
      part.kind === "load" ||
      part.kind === "mover"
    ) {
      plain = false;
    }
  });
  return plain && only !== null ? fieldOf(layout, only) : null;
}

function fieldOf(layout: Layout, read: Read): Field | null {
  const item: Item | undefined = layout.items[read.item];
  const index = known(read.index);
  if (item === undefined || index === null || item.bits === 0) return null;
  const { state } = read;
  const word = item.word + Math.floor(index / item.perWord);
  const shift = item.shift + (index % item.perWord) * item.bits;
  return { read, state, word, shift, bits: item.bits };
}

function allValues({ bits }: Field): number {
  return bits === MOST_TABLE_BITS ? -1 : (1 << (2 ** bits)) - 1;
}

/** The test whether a field is one of these values, or its opposite, if they are all that agree in some bits. */
function subcubeTest(field: Field, values: number): Test | null {
  const { state, word, shift, bits } = field;
  for (const [set, opposite] of [
    [values, false],
    [allValues(field) & ~values, true],
  ] as const) {
    const cube = subcube(bits, set);
    if (cube === null || cube.mask === 0) continue;
    return { state, word, mask: cube.mask << shift, value: cube.value << shift, opposite };
  }
  return null;
}

/** The bits in which values agree, if all values that agree in them are there. */
function subcube(
  bits: number,
  values: number,
): { readonly mask: number; readonly value: number } | null {
  const there = Array.from({ length: 2 ** bits }, (_, value) => value).filter(
    (value) => ((values >>> value) & 1) === 1,
  );
  const [first] = there;
  if (first === undefined) return null;
  const free = there.reduce((differ, value) => differ | (value ^ first), 0);
  const mask = (2 ** bits - 1) & ~free;
  let freeBits = 0;
  for (let left = free; left !== 0; left &= left - 1) freeBits += 1;
  return there.length === 2 ** freeBits ? { mask, value: first & mask } : null;
}

/** `(values >>> field) & 1`. */
function oneOf({ read }: Field, values: number): FlatExpr {
  return binary("bit-and", binary("shift-right", constant(values), read), ONE);
}
