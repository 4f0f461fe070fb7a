// Checkers side by side: all run one after the other, in another order each time, until each has run often enough.

import { compile } from "../../src/pipeline.ts";
import { readText } from "../../src/runtime/files.ts";
import type { Random } from "../support/random.ts";
import type { Case } from "./cases.ts";
import { type Contender, Failed, type Ran, type Subject } from "./contenders/contender.ts";
import { type Measured, measure } from "./measure.ts";

/** What one contender came to. */
export interface Entry {
  readonly name: string;
  readonly runs: readonly Ran[];
  /** Why it cannot take part here. */
  readonly missing: string | null;
  /** Why it has no figures, or no more of them. */
  readonly failure: string | null;
}

export interface Raced {
  readonly of: Case;
  readonly measured: Measured;
  readonly entries: readonly Entry[];
  readonly leftOut: string | null;
}

/** Runs of each, and of those that take long. */
export const RUNS = 5;
export const LONG_RUNS = 3;
export const LONG_SECONDS = 4;
const LIMIT_SECONDS = 400;

/** Makes a spec ready: its machine, and its counts by a search of Weft's own. */
export function subjectOf(
  of: Case,
  hurried: Subject["hurried"],
  folder: string,
  signal: AbortSignal,
): { readonly subject: Subject; readonly measured: Measured } {
  const { machine } = compile(of.path, readText, new Map(Object.entries(of.settings)));
  if (machine === null) throw new Error(`${of.path} does not compile`);
  const measured = measure(of, { backend: "wasm", workers: 1 });
  const { states, transitions, initialStates } = measured;
  const subject = {
    ...{ of, machine, initialStates, folder, hurried, signal },
    counts: { states, transitions },
    timeLimitSeconds: LIMIT_SECONDS,
  };
  return { subject, measured };
}

/** Runs all contenders in turn. */
export async function race(
  subject: Subject,
  contenders: readonly Contender[],
  random: Random,
  say: (line: string) => void,
  most = RUNS,
): Promise<readonly Entry[]> {
  const places = [];
  for (const contender of contenders) {
    const missing = await contender.missing();
    places.push({ contender, missing, runs: [] as Ran[], failure: null as string | null });
  }
  while (true) {
    const waiting = places.filter(
      ({ missing, runs, failure }) => missing === null && failure === null && wants(runs, most),
    );
    if (waiting.length === 0 || subject.signal.aborted) break;
    for (const place of random.shuffled(waiting)) {
      if (subject.signal.aborted) break;
      say(`  ${place.contender.name}`);
      try {
        const ran = await place.contender.run(subject);
        const wrong = miscounted(subject, ran);
        if (wrong === null) place.runs.push(ran);
        else place.failure = wrong;
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        place.failure = error.message;
      }
      if (place.failure !== null) say(`  ${place.contender.name}: ${place.failure}`);
    }
  }
  return places.map(({ contender, ...place }) => ({ name: contender.name, ...place }));
}

/** Does it have to run again? */
function wants(runs: readonly Ran[], most: number): boolean {
  const longest = Math.max(0, ...runs.map(({ exploringSeconds }) => exploringSeconds));
  return runs.length < (longest > LONG_SECONDS ? Math.min(most, LONG_RUNS) : most);
}

/** What a run counted if it is not what Weft counts. */
function miscounted({ counts: expected }: Subject, { counts }: Ran): string | null {
  if (counts === null) return null;
  const { states, transitions } = counts;
  if (states === expected.states && transitions === expected.transitions) return null;
  return `it counts ${states} states and ${transitions} transitions, Weft ${expected.states} and ${expected.transitions}`;
}
