// Sends the corpus of random specs through engines until one comes to something else than Weft; says what, and exits with 1.
// Arguments: how many specs, and the engines' names.

import { engines as known } from "../../src/engines/engines.ts";
import { type Comparison, compareEngines, PLAIN_COMPARISON } from "../engines/differential.ts";
import { specOf } from "../engines/random-variants.ts";

/** Specs at a time: the engines are processes of their own. */
const TOGETHER = 2;

const [count, ...names] = process.argv.slice(2);
const engines = known.filter(({ name }) => names.includes(name));
if (engines.length !== names.length) throw new Error(`unknown engines among ${names.join(", ")}`);

function compare(seed: number): Promise<Comparison> {
  return compareEngines(specOf(seed), engines, { ...PLAIN_COMPARISON, interpreter: false });
}

for (let first = 0; first < Number(count); first += TOGETHER) {
  const seeds = Array.from({ length: TOGETHER }, (_, at) => first + at);
  const comparisons = await Promise.all(seeds.map(compare));
  for (const [at, comparison] of comparisons.entries()) {
    const told = comparison.kind === "compared" ? comparison.engines : [];
    const wrong = told.find(({ outcome }) => outcome === "differs" || outcome === "failed");
    if (wrong === undefined) continue;
    const { engine, outcome, message } = wrong;
    const said = `${engine} ${outcome}: ${message}`;
    process.stdout.write(`${JSON.stringify({ seed: first + at, wrong: said })}\n`);
    process.exit(1);
  }
}
