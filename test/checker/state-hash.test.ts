// The hash of a set of states: what it depends on, what it does not, and that it says what its definition says.

import { expect, test } from "vitest";
import { DEFAULT_SEARCH, explore, finish, type Search } from "../../src/checker/explore.ts";
import { interpretedSystem } from "../../src/checker/interpreted-system.ts";
import { packedStates } from "../../src/checker/packed-states.ts";
import { stateSetHash } from "../../src/checker/state-hash.ts";
import type { State } from "../../src/checker/transition-system.ts";
import { entryOf } from "../../src/checker/values.ts";
import type { Machine, Value } from "../../src/machine/machine.ts";
import { packedSystem } from "../../src/pipeline.ts";
import { prepareSeed } from "../support/corpus.ts";
import { hashBySums } from "../support/hash-oracle.ts";
import { machineOf } from "../support/spec.ts";

const SPECS = Number(process.env["WEFT_HASH_SPECS"] ?? 25);

function searched(machine: Machine, maxStates = Number.POSITIVE_INFINITY): Search {
  return finish(explore(packedSystem(machine), { ...DEFAULT_SEARCH, maxStates }));
}

function statesOf({ table }: Search): { readonly words: Int32Array; readonly count: number } {
  return { words: table.arena.slice(0, table.count * table.width), count: table.count };
}

function hashOf(machine: Machine): string {
  return stateSetHash(machine, statesOf(searched(machine)));
}

const everything = `spec everything
enum Colour { red, green, blue }
type Id = 0..2
type Node = { next: Id?, colour: Colour }

var big: -70000..70000 = -3
var node[Id]: Node = { next: null, colour: red }
var some: Node? = null
var seen: set of (0..40) = {}
var few: set of Colour = {}
var queue: seq of (0..3)? upto 3 = []
rwsem sem
spinlock l[Id]

process p[me: Id] {
  var mine: 0..9 = 0
  acquire l[me]
  mine := me + 1                          /// a comment
  node[me].next := me
  big += mine
  release l[me]
}

process q {
  acquire sem for read
  either { some := node[0] } or { queue := [null, 2] }
  seen := {1, 39}
  few := {red, blue}
  release sem
}
`;

test("every kind of value counts as the definition says", () => {
  const machine = machineOf(everything);
  const search = searched(machine);
  const { arena, width } = search.table;
  const states = Array.from({ length: search.table.count }, (_, index) =>
    search.system.decode(arena, index * width),
  );
  expect(states.length).toBeGreaterThan(1000);
  expect(stateSetHash(machine, statesOf(search))).toBe(hashBySums(machine, states));
});

test(`the packed machine, the interpreter and the definition agree on ${SPECS} random specs`, {
  timeout: 300_000,
}, () => {
  let compared = 0;
  for (let seed = 1; compared < SPECS; seed += 1) {
    const { machine } = prepareSeed(seed);
    if (machine === null) continue;
    const packed = searched(machine, 300);
    const system = interpretedSystem(machine);
    const slow = finish(explore(system, { ...DEFAULT_SEARCH, maxStates: 300 }));
    const states = Array.from({ length: slow.table.count }, (_, index) =>
      system.decode(slow.table.arena, index),
    );
    const hash = stateSetHash(machine, statesOf(packed));
    expect([seed, stateSetHash(machine, packedStates(machine, slow))]).toEqual([seed, hash]);
    expect([seed, hashBySums(machine, states)]).toEqual([seed, hash]);
    compared += 1;
  }
});

test("the order in which states are met does not matter", () => {
  const machine = machineOf(everything);
  const { words, count } = statesOf(searched(machine));
  const width = words.length / count;
  const backwards = new Int32Array(words.length);
  for (let index = 0; index < count; index += 1) {
    backwards.set(words.subarray(index * width, (index + 1) * width), (count - 1 - index) * width);
  }
  expect(backwards).not.toEqual(words);
  const hash = stateSetHash(machine, { words, count });
  expect(stateSetHash(machine, { words: backwards, count })).toBe(hash);
});

test("any state that is missing matters", () => {
  const machine = machineOf(everything);
  const { words, count } = statesOf(searched(machine));
  const width = words.length / count;
  const hashes = new Set([stateSetHash(machine, { words, count })]);
  const without = words.slice();
  for (let index = 0; index < 300; index += 1) {
    // The state at `index` makes way for the last one, which is left out.
    without.set(words);
    without.copyWithin(index * width, (count - 1) * width, count * width);
    hashes.add(stateSetHash(machine, { words: without, count: count - 1 }));
  }
  expect(hashes.size).toBe(301);
});

test("any part of a state that is changed matters", () => {
  const machine = machineOf(everything);
  const { system, table } = searched(machine);
  const { width, arena, count } = table;
  const states = Array.from({ length: count }, (_, index) => system.decode(arena, index * width));
  const one = states[Math.floor(count / 2)] ?? {};
  // Each part takes all values that it has in any state, one after the other.
  const changed = pathsOf(one).flatMap((path) => {
    const values = new Map(
      states.map((state) => [JSON.stringify(at(state, path)), at(state, path)]),
    );
    values.delete(JSON.stringify(at(one, path)));
    return [...values.values()].flatMap((value) =>
      value === undefined ? [] : [[path.join("."), replaced(one, path, value)] as const],
    );
  });
  expect(new Set(changed.map(([path]) => path)).size).toBeGreaterThan(15);
  // What stands at no location in any state has no rank: all states are there beside the one that is changed.
  const words = new Int32Array((count + 1) * width);
  words.set(arena.subarray(0, count * width));
  const hashes = [one, ...changed.map(([, state]) => state)].map((state) => {
    system.encode(state, words, count * width);
    return stateSetHash(machine, { words, count: count + 1 });
  });
  expect(new Set(hashes).size).toBe(hashes.length);
});

/** Names of variables, locks and processes, and of the elements and fields inside. */
function pathsOf(
  value: Value | State,
  path: readonly string[] = [],
): readonly (readonly string[])[] {
  const inside =
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))
      : [];
  return inside.length > 0 || path.length === 0 ? inside : [path];
}

/** Undefined where the state has null on the way. */
function at(state: State, path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((value, key) => entryOf(value ?? null, key), state);
}

function replaced(state: State, [key = "", ...rest]: readonly string[], value: Value): State {
  const inner = rest.length === 0 ? value : replaced(state[key] as State, rest, value);
  return { ...state, [key]: inner };
}

test("states that differ only in how values are put together differ", () => {
  // Each variable has the same values in both sets, and so has each pair of variable and process.
  const pairs = (equal: boolean): string => `spec s
var a: bool in {false, true}
var b: bool in {false, true}
init where a ${equal ? "==" : "!="} b
`;
  expect(hashOf(machineOf(pairs(true)))).not.toBe(hashOf(machineOf(pairs(false))));
});

// ---------------------------------------------------------------- what is no part of a state

const hash = hashOf(machineOf(everything));

test.each<readonly [string, (spec: string) => string]>([
  ["names of locals", (spec) => spec.replaceAll("mine", "added").replaceAll(/\bme\b/g, "self")],
  [
    "labels",
    (spec) => spec.replace("  node[me]", "linked:\n  node[me]").replace("  seen", "met:\n  seen"),
  ],
  [
    "comments and layout",
    (spec) => spec.replace(/\/\/\/ .*/, "").replaceAll("\n  ", "\n\n // x\n    "),
  ],
  [
    "the order of declarations",
    (spec) => {
      const [head = "", ...parts] = spec.split(/\n(?=enum|type|var|rwsem|spinlock|process)/);
      return [head, ...parts.reverse(), ""].join("\n");
    },
  ],
  [
    "values that no state has",
    (spec) =>
      spec
        .replace("-70000..70000", "-9..700")
        .replace("0..40", "1..39")
        .replace("upto 3", "upto 2")
        .replace("red, green, blue", "blue, mauve, red"),
  ],
  [
    "code that no process comes to",
    (spec) => spec.replace("  node[me]", "  if mine > 8 { skip; few := {green} }\n  node[me]"),
  ],
])("%s do not matter", (_, change) => {
  const changed = change(everything);
  expect(changed).not.toBe(everything);
  expect(hashOf(machineOf(changed))).toBe(hash);
});

test.each<readonly [string, (spec: string) => string]>([
  ["the name of a variable", (spec) => spec.replaceAll("big", "large")],
  ["an initial value", (spec) => spec.replace("= -3", "= -4")],
  ["a step", (spec) => spec.replace("  few := {red, blue}\n", "")],
  ["the class of a lock's holder", (spec) => spec.replace("sem for read", "sem")],
])("%s matters", (_, change) => {
  const changed = change(everything);
  expect(changed).not.toBe(everything);
  expect(hashOf(machineOf(changed))).not.toBe(hash);
});
