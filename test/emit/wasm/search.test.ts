// Searches in WebAssembly find what searches in JavaScript find: the same states in the same order, the same edges, the same
// findings, wherever they are stopped and wherever WebAssembly takes over. All of specs/, and random specs.
//
// WEFT_RANDOM_SPECS says how many random specs to compare, WEFT_RANDOM_SEED from which seed on.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { CompiledEdges } from "../../../src/checker/compiled-edges.ts";
import { edgesOf } from "../../../src/checker/edges.ts";
import type { Search, SearchOptions } from "../../../src/checker/explore.ts";
import type { Machine } from "../../../src/machine/machine.ts";
import { compile } from "../../../src/pipeline.ts";
import { lowered, prepareSeed } from "../../support/corpus.ts";
import { bothSearches, searchDifference } from "../../support/same-search.ts";
import { machineOf } from "../../support/spec.ts";

const count = Number(process.env["WEFT_RANDOM_SPECS"] ?? 40);
const start = Number(process.env["WEFT_RANDOM_SEED"] ?? 0);

/** Searches that must come to the same, with the states after which WebAssembly takes over. */
const ways: readonly (readonly [after: number, Partial<SearchOptions>])[] = [
  [0, {}],
  [3, { maxStates: 300 }],
  [0, { stop: "violation" }],
  [100, { maxLoggedEdges: 50 }],
];

/** The first difference of a machine's searches, in words. */
function difference(machine: Machine, maxStates: number): string | null {
  for (const [after, options] of ways) {
    const found = searchDifference(...bothSearches(machine, { maxStates, ...options }, after));
    if (found !== null) return `after ${after} with ${JSON.stringify(options)}: ${found}`;
  }
  return null;
}

const folder = new URL("../../../specs/", import.meta.url);

for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
  if (!path.endsWith(".weft")) continue;
  test(`specs/${path}`, { timeout: 120_000 }, () => {
    const { machine, model } = compile(path, (name) => readFileSync(new URL(name, folder), "utf8"));
    if (machine === null || model === null) expect.fail("does not compile");
    expect(difference(machine, 20_000)).toBeNull();
    const unfolded = lowered(model, { fold: false, reset: true });
    expect(difference(unfolded, 5_000)).toBeNull();
  });
}

test("random specs", { timeout: 60_000 + 1000 * count }, () => {
  for (let seed = start; seed < start + count; seed += 1) {
    const { machine, model } = prepareSeed(seed);
    if (machine === null || model === null) continue;
    expect([seed, difference(machine, 3_000)]).toEqual([seed, null]);
    const unfolded = lowered(model, { fold: false, reset: false });
    expect([seed, "unfolded", difference(unfolded, 1_000)]).toEqual([seed, "unfolded", null]);
  }
});

test.each<[string, string]>([
  [
    "a state with more steps than there is room for, met after others",
    `type N = 0..140
    var n: N = 0
    var m: N = 0
    var far: bool = false
    action go() when !far { far := true }
    action jump() when far && n == 0 && m == 0 { pick i in N { pick j in N { n := i; m := j } } }`,
  ],
  [
    "many choices in one step",
    `var n: 0..20000 = 0
    action go() when n == 0 { atomic { for i in 1..4 { either { n += 1 } or { n += 2 } or { n := n } } } }`,
  ],
  [
    "states without steps, some of them ends",
    `type N = 0..9
    var n: N = 0
    action up() when n < 7 { pick i in N where i > n { n := i } }
    terminal when n == 9
    invariant small: n < 8
    cover eight: n == 8`,
  ],
  [
    "covers that cannot be evaluated in some states, step properties that nothing but a change is judged by",
    `type N = 0..3
    var q: seq of N upto 3 = []
    action more() when length(q) < 3 { pick i in N { q := append(q, i) } }
    action same() { skip }
    cover two: q[1] == 2
    step grows: length(q') > length(q)
    step slowly: length(q') < 3`,
  ],
])("%s", (_, text) => {
  expect(difference(machineOf(`spec s\n${text}`), Number.POSITIVE_INFINITY)).toBeNull();
});

const grid = `spec s
  type N = 0..999
  var a: N = 0
  var b: N = 0
  action next() { pick i in 1..3 where a < 990 { a += i } }
  action other() { pick i in 1..3 where b < 990 { b += i } }`;

test("goes as far as it can in the memory that it may take", { timeout: 60_000 }, () => {
  const machine = machineOf(grid);
  for (const memoryBytes of [300_000, 2_000_000, 5_000_000, 12_000_000]) {
    const [one, other] = bothSearches(machine, { memoryBytes }, 1000);
    expect([one.stoppedBy, other.stoppedBy]).toEqual(["memory", "memory"]);
    expect(other.table.bytes + other.parents.bytes).toBeLessThanOrEqual(memoryBytes);
    expect(startsAlike(one, other)).toBe(true);
  }
  // Of 12 MB, choices and buffers take 1.5, and the states nearly all that is left: no table has to double.
  const { table } = bothSearches(machine, { memoryBytes: 12_000_000 }, 0)[1];
  expect(table.count * (4 * table.width + 1 + 8 / 0.9)).toBeGreaterThan(10_000_000);
});

test("stops when time ends", () => {
  const [one, other] = bothSearches(machineOf(grid), { timeLimitSeconds: -1 }, 0);
  expect([one.stoppedBy, other.stoppedBy]).toEqual(["time-limit", "time-limit"]);
  expect(startsAlike(one, other)).toBe(true);
});

/** Does the longer search have the states of the shorter? */
function startsAlike(...searches: readonly [Search, Search]): boolean {
  const [shorter, longer] = searches.map(({ table }) => table).sort((a, b) => a.count - b.count);
  if (shorter === undefined || longer === undefined) return false;
  const length = shorter.count * shorter.width;
  return shorter.arena.subarray(0, length).every((word, at) => word === longer.arena[at]);
}

test("finds edges again forwards, backwards and here and there", () => {
  const machine = machineOf(grid);
  const [one, other] = bothSearches(machine, { maxStates: 20_000 }, 1000);
  const [edges, blocks] = [edgesOf(one), other.compiled?.edges()];
  const same = (state: number): void => {
    const count = blocks?.load(state) ?? -1;
    const { targets, movers, start } = blocks as CompiledEdges;
    const [mine, theirs] = [
      [edges.load(state), edges.targets, edges.movers] as const,
      [count, targets.subarray(start), movers.subarray(start)] as const,
    ].map(([length, to, by]) => [[...to.subarray(0, length)], [...by.subarray(0, length)]]);
    if (JSON.stringify(mine) !== JSON.stringify(theirs)) expect.fail(`state ${state}`);
  };
  const last = one.expanded - 1;
  for (let state = 0; state <= last; state += 1) same(state);
  for (let state = last; state >= 0; state -= 1) same(state);
  for (let state = 0, at = 7; state < 2000; state += 1, at = (at * 7919) % last) same(at);
});
