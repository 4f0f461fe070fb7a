// Searches by several workers find what a search by one finds: the same states in the same order, the same findings, and
// where limits end them the same too. Rounds are made very small here, so that all that can happen between workers does.
//
// WEFT_RANDOM_SPECS says how many random specs to compare, WEFT_RANDOM_SEED from which seed on.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { SearchOptions } from "../../../src/checker/explore.ts";
import type { Sharing } from "../../../src/emit/wasm/rounds/shared-map.ts";
import type { Machine } from "../../../src/machine/machine.ts";
import { compile } from "../../../src/pipeline.ts";
import { prepareSeed } from "../../support/corpus.ts";
import { readyForm } from "../../support/crew.ts";
import { compiledSearchOf, searchDifference, searchOf } from "../../support/same-search.ts";
import { machineOf } from "../../support/spec.ts";

const count = Number(process.env["WEFT_RANDOM_SPECS"] ?? 6);
const start = Number(process.env["WEFT_RANDOM_SEED"] ?? 0);

/** Rounds of a few steps. */
function small(workers: number, records: number, chunkStates: number): Sharing {
  return { workers, records, mostSteps: 64, chunks: 32, chunkStates, leastStates: 1 };
}

const ways: readonly (readonly [after: number, Sharing, Partial<SearchOptions>])[] = [
  [0, small(2, 64, 3), {}],
  [50, small(3, 100, 2), { maxStates: 700 }],
  [7, small(2, 300, 1), { stop: "violation" }],
  [200, small(3, 3000, 64), {}],
];

/** Searches of which workers did some part. */
let shares = 0;

/** The first difference of a machine's searches, in words. */
function difference(machine: Machine, maxStates: number): string | null {
  for (const [after, sharing, options] of ways) {
    const shared = readyForm(machine, sharing, after, () => {
      shares += 1;
    });
    const one = searchOf(machine, { maxStates, ...options, maxLoggedEdges: 0 });
    const other = compiledSearchOf(machine, { maxStates, ...options }, 0, shared);
    const found = searchDifference(one, other);
    if (found !== null) return `${JSON.stringify([after, sharing, options])}: ${found}`;
  }
  return null;
}

const folder = new URL("../../../specs/", import.meta.url);

for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
  if (!path.endsWith(".weft")) continue;
  test(`specs/${path}`, { timeout: 120_000 }, () => {
    const { machine } = compile(path, (name) => readFileSync(new URL(name, folder), "utf8"));
    if (machine === null) expect.fail("does not compile");
    expect(difference(machine, 2_000)).toBeNull();
  });
}

test("random specs", { timeout: 60_000 + 2000 * count }, () => {
  for (let seed = start; seed < start + count; seed += 1) {
    const { machine } = prepareSeed(seed);
    if (machine === null) continue;
    expect([seed, difference(machine, 2_000)]).toEqual([seed, null]);
  }
});

test("workers did most of these searches", () => expect(shares).toBeGreaterThan(60));

test.each<[string, string]>([
  [
    "states of three words, of which the table only knows where they stand",
    `type N = 0..1000
    var a: N = 0
    var b: N = 0
    var c: N = 0
    var d[0..6]: N = 0
    action up() when a < 12 { a += 1; d[a % 7] := 1000 - a }
    action over() when b < 12 { b += 1; c := 7 * b }
    action down() when a > 0 && b > 3 { c := a + b }`,
  ],
  [
    "states of very many words",
    `type N = 0..100000
    var d[0..19]: N = 0
    action first() when d[0] < 20 { d[0] += 1; d[11] := 5000 * d[0] }
    action last() when d[19] < 20 { d[19] += 1; d[7] := 5000 * d[19] }
    invariant few: d[0] + d[19] < 33
    cover all: d[0] == 20 && d[19] == 20`,
  ],
  [
    "a state with more steps than there is room for",
    `type N = 0..20
    var n: N = 0
    var m: N = 0
    var k: 0..30 = 0
    action go() when k < 30 { k += 1 }
    action jump() when k == 17 { pick i in N { pick j in N { n := i; m := j } } }`,
  ],
  [
    "states without steps, some of them ends",
    `type N = 0..9
    var n: N = 0
    var m: N = 0
    action up() when n < 7 { pick i in N where i > n { n := i } }
    action down() when m < 9 && n > 0 { m += 1 }
    terminal when n == 9
    invariant small: n < 8
    cover eight: n == 8
    step grows: n' + m' > n + m`,
  ],
])("%s", { timeout: 30_000 }, (_, text) => {
  const machine = machineOf(`spec s\n${text}`);
  expect(difference(machine, Number.POSITIVE_INFINITY)).toBeNull();
});
