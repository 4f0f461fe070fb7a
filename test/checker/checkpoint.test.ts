// A search that is kept and gone on with comes to what it would have come to: the same states in the same order, the same
// parents, counts and findings, wherever it was left, by either back end. All of specs/, and random specs.
//
// WEFT_RANDOM_SPECS says how many random specs to search, WEFT_RANDOM_SEED from which seed on.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Search, SearchOptions } from "../../src/checker/explore.ts";
import { Parents } from "../../src/checker/parents.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compile } from "../../src/pipeline.ts";
import { keeperIn, searched, wholeIn } from "../support/checkpoints.ts";
import { lowered, prepareSeed } from "../support/corpus.ts";
import { searchDifference } from "../support/same-search.ts";
import { machineOf } from "../support/spec.ts";

const count = Number(process.env["WEFT_RANDOM_SPECS"] ?? 15);
const start = Number(process.env["WEFT_RANDOM_SEED"] ?? 0);

const folder = mkdtempSync(join(tmpdir(), "weft-checkpoint-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "search");

type Backend = "js" | "wasm";

/** Leaves a search after so many states and goes on with it, by these back ends; the first difference from `whole`. */
function difference(
  machine: Machine,
  whole: Search,
  after: number,
  options: Partial<SearchOptions>,
  [first, then]: readonly [Backend, Backend],
): string | null {
  const keeper = keeperIn(machine, path);
  searched(machine, { ...options, maxStates: after, keeper }, first);
  keeper.close();
  const kept = wholeIn(machine, path);
  const again = keeperIn(machine, path, kept);
  const resumed = searched(machine, { ...options, kept, keeper: again }, then);
  again.close();
  // It was kept until it ended: what is in the file then is its end.
  const ended = searched(machine, { ...options, kept: wholeIn(machine, path) }, "js");
  return searchDifference(whole, resumed) ?? searchDifference(whole, ended);
}

const backends: readonly (readonly [Backend, Backend])[] = [
  ["js", "wasm"],
  ["wasm", "js"],
  ["wasm", "wasm"],
  ["js", "js"],
];

/** The first difference of a machine's searches, left at various parts of their way. */
function anyDifference(
  machine: Machine,
  maxStates: number,
  parts: readonly number[],
  stops: readonly ("never" | "violation")[] = ["never", "violation"],
): string | null {
  for (const stop of stops) {
    const whole = searched(machine, { maxStates, stop }, "js");
    for (const [at, part] of parts.entries()) {
      const after = Math.ceil(part * whole.table.count);
      const pair = backends[at % backends.length] ?? ["js", "js"];
      const found = difference(machine, whole, after, { maxStates, stop }, pair);
      if (found !== null) return `after ${after} by ${pair.join(", then ")}: ${found}`;
    }
  }
  return null;
}

const specs = new URL("../../specs/", import.meta.url);

for (const name of readdirSync(specs, { recursive: true, encoding: "utf8" }).sort()) {
  if (!name.endsWith(".weft")) continue;
  test(`specs/${name}`, { timeout: 60_000 }, () => {
    const { machine, model } = compile(name, (file) => readFileSync(new URL(file, specs), "utf8"));
    if (machine === null || model === null) expect.fail("does not compile");
    expect(anyDifference(machine, 3_000, [0.3, 0.6])).toBeNull();
    const unfolded = lowered(model, { fold: false, reset: true });
    expect(anyDifference(unfolded, 1_000, [0.5], ["never"])).toBeNull();
  });
}

test("random specs", { timeout: 60_000 + 1000 * count }, () => {
  for (let seed = start; seed < start + count; seed += 1) {
    const { machine } = prepareSeed(seed);
    if (machine === null) continue;
    expect([seed, anyDifference(machine, 2_000, [0, 0.2, 0.5, 1])]).toEqual([seed, null]);
  }
});

test("a search may be kept between any two batches", { timeout: 60_000 }, () => {
  const machine = machineOf(`spec s
    type N = 0..60
    var a: N = 0
    var b: N = 0
    action next() { pick i in 1..9 where a < 52 { a += i } }
    action other() { pick i in 1..9 where b < 52 { b += i } }
    invariant small: a + b < 100
    cover far: a == 60 && b == 60`);
  const whole = searched(machine, {}, "js");
  let [moment, ended] = [0, false];
  for (; !ended; moment += 1) {
    let asked = 0;
    const keeper = keeperIn(machine, path);
    const { keep } = keeper;
    keeper.keep = (standing) => {
      asked += 1;
      if (asked <= moment + 1) keep.call(keeper, standing);
    };
    searched(machine, { keeper }, "wasm");
    keeper.close();
    ended = asked <= moment + 1;
    const kept = wholeIn(machine, path);
    expect(searchDifference(whole, searched(machine, { kept }, "js"))).toBeNull();
  }
  // Between batches, and at the end.
  expect(moment).toBeGreaterThan(5);
});

test("of a search that is begun once more, what is further stays", () => {
  const machine = machineOf(`spec s
    var x: 0..40 = 0
    var y: 0..40 = 0
    action next when x < 40 { x += 1 }
    action other when y < 40 { y += 1 }`);
  const keeper = keeperIn(machine, path);
  searched(machine, { keeper, maxStates: 500 }, "js");
  const { states } = wholeIn(machine, path);
  searched(machine, { keeper, maxStates: 100 }, "js");
  expect(wholeIn(machine, path).states).toBe(states);
  searched(machine, { keeper }, "js");
  keeper.close();
  const kept = wholeIn(machine, path);
  expect(kept.states).toBe(41 * 41);
  const whole = searched(machine, {}, "js");
  expect(searchDifference(whole, searched(machine, { kept }, "js"))).toBeNull();
});

test("lock orders met before and after a search is left are told alike", {
  timeout: 60_000,
}, () => {
  const machine = machineOf(`spec s
    spinlock a
    spinlock b
    spinlock c
    process first { acquire a; acquire b; release b; release a; acquire c; release c }
    process second { acquire b; acquire c; release c; release b }
    process third { acquire c; acquire a; release a; release c }`);
  const whole = searched(machine, {}, "js");
  for (let after = 1; after <= whole.table.count; after += 5) {
    expect(difference(machine, whole, after, {}, ["js", "js"])).toBeNull();
  }
});

test("parents are read as they were written, whatever the numbers of children", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.nat(3), fc.nat(1200), fc.constantFrom(254, 255, 256, 510))),
      fc.integer({ min: 1, max: 5 }),
      fc.nat(),
      (children, initial, cut) => {
        const written = new Parents(initial);
        for (const many of children) written.push(many);
        const middle = cut % (children.length + 1);
        const read = new Parents(initial);
        const large = new Map(written.large);
        read.pushBytes(written.bytesOf(0, middle), large);
        read.pushBytes(written.bytesOf(middle, children.length), large);
        expect(read.told).toEqual(written.told);
        expect(read.large).toEqual(written.large);
        for (let state = 0; state < written.told.end; state += 1) {
          expect(read.parentOf(state)).toBe(written.parentOf(state));
        }
      },
    ),
    { seed: 5, numRuns: 30 },
  );
});
