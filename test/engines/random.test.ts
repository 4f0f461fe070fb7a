// A few random specs through the engines outside, in each run of the tests; `npm run test:engines` goes through many.

import { expect, test } from "vitest";
import { engines as known } from "../../src/engines/engines.ts";
import { checkMachine } from "../../src/pipeline.ts";
import { type Prepared, prepare, prepareSeed } from "../support/corpus.ts";
import { engineTest } from "../support/engines.ts";
import { compareEngines } from "./differential.ts";
import { kindsMissing } from "./random-choose.ts";
import { specOf } from "./random-variants.ts";

/** Chosen by `npm run test:engines -- --choose 20`; each goes through two engines. */
const SEEDS = [
  ...[543, 1726, 1340, 107, 96, 1133, 1265, 1509, 1039, 1615],
  ...[1577, 1894, 224, 1590, 1890, 2275, 1122, 849, 358, 258],
];

/** TLC takes longer to start than to check. */
const engines = known.filter(({ name }) => name !== "tlc");
const TOGETHER = 2;
/** For at most 40 runs; on a busy computer those of the first specs must do, of which the first few have nearly all kinds. */
const SECONDS = 90;
const ENOUGH_SECONDS = 50;
const FEWEST = 5;

function sizeOf({ machine, refusal }: Prepared): string {
  if (machine === null) return refusal ?? "";
  const { distinctStates, transitions } = checkMachine(machine, { maxStates: 500, refine: "none" });
  return `${distinctStates} states, ${transitions} transitions`;
}

test("names that mean something elsewhere mean nothing in Weft", { timeout: 60_000 }, () => {
  for (let seed = 3; seed < 123; seed += 4) {
    const renamed = prepare(specOf(seed));
    expect(renamed.spec).not.toEqual(prepareSeed(seed).spec);
    expect([seed, sizeOf(renamed)]).toEqual([seed, sizeOf(prepareSeed(seed))]);
  }
});

test("the chosen specs have every kind of node and op", { timeout: 60_000 }, () => {
  expect(kindsMissing(SEEDS)).toEqual([]);
});

engineTest(
  "engines outside agree with Weft on random specs",
  engines,
  async () => {
    expect(engines.map(({ name }) => name)).toEqual(["spin", "rumur"]);
    const wrong: string[] = [];
    let compared = 0;
    const left = [...SEEDS];
    const started = performance.now();
    const late = (): boolean => performance.now() - started > 1000 * ENOUGH_SECONDS;
    const work = async (): Promise<void> => {
      for (let seed = left.shift(); seed !== undefined && !late(); seed = left.shift()) {
        const comparison = await compareEngines(specOf(seed), engines);
        if (comparison.kind !== "compared") continue;
        compared += 1;
        for (const { engine, outcome, message } of comparison.engines) {
          if (outcome !== "agrees") wrong.push(`seed ${seed}: ${engine} ${outcome}: ${message}`);
        }
      }
    };
    await Promise.all(Array.from({ length: TOGETHER }, work));
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(FEWEST);
  },
  { timeout: SECONDS * 1000 },
);
