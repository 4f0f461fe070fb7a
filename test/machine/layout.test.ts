// How states lie in words: nothing overlaps, nothing is lost, little is wasted.

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Item, layout } from "../../src/machine/layout.ts";
import { packer } from "../../src/machine/layout-pack.ts";
import {
  cardinality,
  type Machine,
  type Type,
  type Value,
  valuesOf,
} from "../../src/machine/machine.ts";
import {
  bool,
  go,
  lock,
  machineLocal,
  machineOf,
  processOf,
  range,
  variable,
} from "../support/machines.ts";

// ---------------------------------------------------------------- types and values by chance

const enumOf = (members: readonly string[]): Type => ({
  kind: "enum",
  name: "E",
  members,
  symmetric: false,
});
const plain = fc.oneof(
  fc.constant(bool),
  fc
    .tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 40 }))
    .map(([lo, more]) => range(lo, lo + more)),
  fc
    .integer({ min: 1, max: 5 })
    .map((count) => enumOf(Array.from({ length: count }, (_, at) => `m${at}`))),
);
const small = plain.filter((type) => cardinality(type) <= 8);

const { type: anyType } = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    plain,
    small.map((of): Type => ({ kind: "set", of })),
    plain.map((of): Type => ({ kind: "set", of })),
    tie("type")
      .filter(({ kind }) => kind !== "option")
      .map((of): Type => ({ kind: "option", of })),
    fc.tuple(small, tie("type")).map(([key, of]): Type => ({ kind: "array", key, of })),
    fc
      .tuple(tie("type"), fc.integer({ min: 1, max: 4 }))
      .map(([of, upto]): Type => ({ kind: "sequence", of, upto })),
    fc.array(tie("type"), { maxLength: 3 }).map(
      (types): Type => ({
        kind: "record",
        name: null,
        fields: types.map((type, at) => ({ name: `f${at}`, type })),
      }),
    ),
  ),
}));

function anyValue(type: Type): fc.Arbitrary<Value> {
  switch (type.kind) {
    case "option":
      return fc.option(anyValue(type.of), { nil: null });
    case "record":
      return fc.record(
        Object.fromEntries(type.fields.map(({ name, type: of }) => [name, anyValue(of)] as const)),
      );
    case "array":
      return fc.record(
        Object.fromEntries(
          [...valuesOf(type.key)].map((key) => [String(key), anyValue(type.of)] as const),
        ),
      );
    case "set":
      return fc.subarray([...valuesOf(type.of)]);
    case "sequence":
      return fc.array(anyValue(type.of), { maxLength: type.upto });
    default:
      return fc.constantFrom(...valuesOf(type));
  }
}

const machineAndState = fc.array(anyType, { minLength: 1, maxLength: 6 }).chain((types) => {
  const machine = machineOf({ variables: types.map((type, at) => variable(`v${at}`, type, null)) });
  const state = fc.record(
    Object.fromEntries(types.map((type, at) => [`v${at}`, anyValue(type)] as const)),
  );
  return fc.tuple(fc.constant(machine), state);
});

/** The bits that an item's fields occupy, as word * 32 + bit. */
function bitsOf(item: Item): readonly number[] {
  return Array.from({ length: item.count * item.bits }, (_, at) => {
    const index = Math.floor(at / item.bits);
    const word = item.word + Math.floor(index / item.perWord);
    return 32 * word + item.shift + (index % item.perWord) * item.bits + (at % item.bits);
  });
}

test("what is packed comes out again", () => {
  fc.assert(
    fc.property(machineAndState, ([machine, state]) => {
      const { layout: where, pack, unpack } = packer(machine);
      const words = new Int32Array(where.width + 2).fill(-1);
      pack(state, words, 1);
      expect(unpack(words, 1)).toEqual(state);
      expect([words[0], words[where.width + 1]]).toEqual([-1, -1]);
    }),
    { numRuns: 300 },
  );
});

test("equal states have equal words, different ones different words", () => {
  fc.assert(
    fc.property(
      machineAndState.chain(([machine, state]) =>
        fc.tuple(
          fc.constant(machine),
          fc.constant(state),
          fc.record(
            Object.fromEntries(
              machine.variables.map(({ name, type }) => [name, anyValue(type)] as const),
            ),
          ),
        ),
      ),
      ([machine, state, other]) => {
        const { layout: where, pack } = packer(machine);
        const words = [state, other].map((one) => {
          const into = new Int32Array(where.width);
          pack(one, into, 0);
          return into.join();
        });
        expect(words[0] === words[1]).toBe(JSON.stringify(state) === JSON.stringify(other));
      },
    ),
    { numRuns: 200 },
  );
});

test("fields share no bit and straddle no word", () => {
  fc.assert(
    fc.property(machineAndState, ([machine]) => {
      const { items, width } = layout(machine);
      const taken = items.flatMap(bitsOf);
      expect(new Set(taken).size).toBe(taken.length);
      expect(taken.every((bit) => bit >= 0 && bit < 32 * width)).toBe(true);
      for (const item of items)
        expect(item.shift + Math.min(item.count, item.perWord) * item.bits).toBeLessThanOrEqual(32);
    }),
    { numRuns: 200 },
  );
});

const width = (machine: Partial<Machine>): number => layout(machineOf(machine)).width;
const array = (key: Type, of: Type): Type => ({ kind: "array", key, of });

test.each<[string, readonly Type[], number]>([
  ["nothing still takes a word", [], 1],
  ["one value takes no bit", [range(3, 3)], 1],
  ["32 booleans", Array.from({ length: 32 }, () => bool), 1],
  ["33 booleans", Array.from({ length: 33 }, () => bool), 2],
  ["a long row leaves its rest to others", [array(range(0, 9), range(0, 7)), bool, bool], 1],
  ["three bits go ten times into a word", [array(range(0, 19), range(0, 7))], 2],
  [
    "the gaps of a long row are filled",
    [array(range(0, 19), range(0, 7)), range(0, 3), range(0, 3)],
    2,
  ],
  [
    "a set of 40 elements takes 40 bits",
    [{ kind: "set", of: range(0, 39) }, range(0, 255), range(0, 65535)],
    2,
  ],
])("%s", (_, types, words) => {
  expect(width({ variables: types.map((type, at) => variable(`v${at}`, type, null)) })).toBe(words);
});

test("locks, places and locals of processes are packed too", () => {
  const index = machineLocal("m", range(1, 3), false);
  const kept = machineLocal("left", range(-1, 2));
  const process = processOf("p", [[go(1)], [go(2)]], {
    index: { local: index, values: [1, 2, 3] },
    locals: [kept, machineLocal("scratch", bool, false)],
  });
  const machine = machineOf({
    variables: [variable("x", bool, false)],
    locks: [lock("l", "spinlock", bool), lock("rw", "rwsem")],
    processes: [process],
  });
  const state = {
    x: true,
    l: { false: "p[3]", true: null },
    rw: { writer: null, readers: ["p[1]", "p[3]"] },
    p: {
      1: { at: "p.1", left: -1 },
      2: { at: "done", left: 2 },
      3: { at: "p.0", left: 0 },
    },
  };
  const { layout: where, pack, unpack } = packer(machine);
  const words = new Int32Array(where.width);
  pack(state, words, 0);
  expect(unpack(words, 0)).toEqual(state);
  // x, two owners, a writer and three readers, three places, three locals.
  expect(where.items.reduce((bits, item) => bits + item.bits * item.count, 0)).toBe(
    1 + 4 + 2 + 3 + 6 + 6,
  );
  expect(where.width).toBe(1);
});
