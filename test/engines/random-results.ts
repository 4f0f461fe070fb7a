// What long runs over random specs have come to, kept as `random-results.json`; the table in docs/agreement.md reads it.

import type { Comparison, EngineComparison } from "./differential.ts";

/** One engine against Weft over a row of seeds. */
export interface EngineRuns {
  /** `spin`, `rumur`, `tlc`, or `interpreter` (Weft's own). */
  readonly engine: string;
  /** As the program gives it; empty for the interpreter. */
  readonly version: string;
  /** As one would type them; empty for the interpreter. */
  readonly flags: readonly string[];
  /** Day on which the last of them ran: `2026-11-23`. */
  readonly date: string;
  readonly firstSeed: number;
  /** Seeds tried: `firstSeed` and those that follow. */
  readonly specs: number;
  /** Specs that the compiler refused, and those with more states than `stateLimit`: not given to the engine. */
  readonly invalid: number;
  readonly cut: number;
  readonly stateLimit: number;
  /** Specs given to the engine: specs - invalid - cut. */
  readonly runs: number;
  /** In how many of the runs something is wrong with the spec. */
  readonly violated: number;
  /** States of all runs together. */
  readonly states: number;
  /** Runs that came to nothing: the notation cannot say it, or the engine broke down. */
  readonly refused: number;
  readonly failed: number;
  readonly disagreements: number;
  /** Time of all runs of this engine together. */
  readonly seconds: number;
}

/** The file: one entry an engine. */
export interface RandomResults {
  readonly engines: readonly EngineRuns[];
}

/** The entry of an engine that has not run yet. */
export function noRuns(engine: string, firstSeed: number, stateLimit: number): EngineRuns {
  return {
    ...{ engine, version: "", flags: [], date: "", firstSeed, stateLimit },
    ...{ specs: 0, invalid: 0, cut: 0, runs: 0, violated: 0, states: 0 },
    ...{ refused: 0, failed: 0, disagreements: 0, seconds: 0 },
  };
}

/** Counts the comparison of the next seed in; `date` is the day on which it ran. */
export function counted(before: EngineRuns, comparison: Comparison, date: string): EngineRuns {
  const tried = { ...before, date, specs: before.specs + 1 };
  if (comparison.kind === "invalid") return { ...tried, invalid: tried.invalid + 1 };
  if (comparison.kind === "cut") return { ...tried, cut: tried.cut + 1 };
  const mine = comparison.engines.find(({ engine }) => engine === before.engine);
  if (mine === undefined) throw new Error(`${before.engine} was not asked`);
  const one = (outcome: EngineComparison["outcome"]): number => Number(mine.outcome === outcome);
  return {
    ...tried,
    version: mine.version === "" ? tried.version : mine.version,
    flags: mine.flags.length === 0 ? tried.flags : mine.flags,
    runs: tried.runs + 1,
    violated: tried.violated + Number(comparison.violated),
    states: tried.states + comparison.states,
    refused: tried.refused + one("refused"),
    failed: tried.failed + one("failed"),
    disagreements: tried.disagreements + one("differs"),
    seconds: Math.round(1000 * (tried.seconds + mine.seconds)) / 1000,
  };
}

/** What was counted before goes on if the new run begins where it ended; else the new run begins anew. */
export function resumed(
  kept: RandomResults | null,
  engine: string,
  firstSeed: number,
  stateLimit: number,
): EngineRuns {
  const before = kept?.engines.find((entry) => entry.engine === engine);
  const goesOn =
    before !== undefined &&
    before.firstSeed + before.specs === firstSeed &&
    before.stateLimit === stateLimit;
  return goesOn ? before : noRuns(engine, firstSeed, stateLimit);
}

/** The file with these entries in the place of older ones of the same engines. */
export function merged(kept: RandomResults | null, fresh: readonly EngineRuns[]): RandomResults {
  const others = (kept?.engines ?? []).filter(
    ({ engine }) => !fresh.some((entry) => entry.engine === engine),
  );
  return { engines: [...others, ...fresh].toSorted((a, b) => order(a.engine) - order(b.engine)) };
}

function order(engine: string): number {
  return ["interpreter", "spin", "rumur", "tlc"].indexOf(engine);
}
