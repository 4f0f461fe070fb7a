// Searches in WebAssembly find what searches in JavaScript find: the same states in the same order, the same edges, the same
// findings, wherever they are stopped and wherever WebAssembly takes over. All of specs/, and random specs.
//
// WEFT_RANDOM_SPECS says how many random specs to compare, WEFT_RANDOM_SEED from which seed on.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { SearchOptions } from "../../../src/checker/explore.ts";
import type { Machine } from "../../../src/machine/machine.ts";
import { compile } from "../../../src/pipeline.ts";
import { lowered, prepareSeed } from "../../support/corpus.ts";
import { bothSearches, searchDifference } from "../../support/same-search.ts";

const count = Number(process.env["WEFT_RANDOM_SPECS"] ?? 40);
const start = Number(process.env["WEFT_RANDOM_SEED"] ?? 0);

/** Searches that must come to the same, with the states after which WebAssembly takes over. */
const ways: readonly (readonly [after: number, Partial<SearchOptions>])[] = [
  [0, {}],
  [3, { maxStates: 300 }],
  [0, { stop: "violation" }],
  [100, { maxLoggedEdges: 50 }],
];

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
