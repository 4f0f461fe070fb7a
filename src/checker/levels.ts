// How far a search is, by levels, and what the sizes of the last ones say of those to come.

import type { Progress, SearchOptions } from "./explore.ts";
import type { Range } from "./growth.ts";
import type { StateTable } from "./state-table.ts";

/** Levels whose sizes are told. */
const LAST_LEVELS = 5;

interface ByLevels {
  readonly table: StateTable;
  readonly transitions: number;
  /** Index of the first state of each level so far. */
  readonly levels: readonly number[];
  /** Where the level at hand ends. */
  readonly levelEnd: number;
  /** States before it are expanded. */
  readonly cursor: number;
}

/** How far a search is. */
export function progressOf(
  { table, transitions, levels, levelEnd, cursor }: ByLevels,
  { kept }: Pick<SearchOptions, "kept">,
  elapsedSeconds: number,
): Progress {
  return {
    states: table.count,
    transitions,
    depth: levels.length - 1,
    frontier: table.count - cursor,
    lastLevels: sizesOfLast(levels, levelEnd),
    nextLevel: table.count - levelEnd,
    given: kept?.states ?? 0,
    elapsedSeconds,
  };
}

/** How many states the last of these levels have, which begin there and end before `end`. */
export function sizesOfLast(levels: readonly number[], end: number): readonly number[] {
  const last = levels.slice(-LAST_LEVELS);
  return last.map((first, at) => (last[at + 1] ?? end) - first);
}

/** Ratios of levels that must all be below 1 before levels are taken to shrink. */
const SHRINKING = 3;

/**
 * How many states the levels behind these will add, if they go on shrinking: at most as slowly as any of the last ones did, at least
 * faster and faster, by ratios that change twice as fast as the last one did. Null if they do not shrink: then nothing says
 * how many will come.
 */
export function guessLeft(levels: readonly number[]): Range | null {
  const last = levels.slice(-SHRINKING - 1);
  const size = last.at(-1) ?? 0;
  const ratios = last.slice(1).map((level, at) => level / (last[at] ?? 0));
  if (ratios.length < SHRINKING || ratios.some((ratio) => !(ratio < 1))) return null;
  const [before = 1, ratio = 1] = ratios.slice(-2);
  const worst = Math.max(...ratios);
  const kept = (by: number): number => (size * by) / (1 - by);
  const change = Math.min(1, (ratio / before) ** 2);
  let [faster, level, by] = [0, size, ratio];
  while (level >= 1) {
    by *= change;
    level *= by;
    faster += level;
  }
  return { low: Math.min(faster, kept(ratio)), high: kept(worst) };
}
