// Runs the corpus of random specs until something disagrees; says what, and exits with 1 if so.

import { disagreement } from "../support/agree.ts";
import { prepare } from "../support/corpus.ts";
import { randomSpec } from "../support/random-spec.ts";

const count = Number(process.argv[2] ?? 1000);

function wrongWith(seed: number): string | null {
  try {
    const prepared = prepare(randomSpec(seed));
    return prepared.machine === null ? `refused: ${prepared.refusal}` : disagreement(prepared);
  } catch (error) {
    return error instanceof Error ? `exception: ${error.message}` : String(error);
  }
}

for (let seed = 0; seed < count; seed += 1) {
  const wrong = wrongWith(seed);
  if (wrong === null) continue;
  process.stdout.write(`${JSON.stringify({ seed, wrong })}\n`);
  process.exit(1);
}
