// How a search goes on from state to state and from level to level, where the steps are found in WebAssembly.

import type { CompiledSearch } from "./compiled-search.ts";
import type { ParallelSearch } from "./parallel-search.ts";
import type { Expanding } from "./search-module.ts";

/** A search, and where it stands. */
export interface Advancing extends Expanding {
  /** Index of the first state of each level so far. */
  readonly levels: number[];
  transitions: number;
  /** The next state to expand, and the first one behind its level. */
  cursor: number;
  levelEnd: number;
}

/** Goes on to the next level if the cursor stands where one ends; false if the search is to stop there. */
export function enterLevel(running: Advancing, cursor: number): boolean {
  if (cursor < running.levelEnd) return true;
  if (running.recorder.satisfied) return false;
  running.levels.push(cursor);
  running.levelEnd = running.table.count;
  return true;
}

/** Expands up to `batch` states with the compiled form, as long as there are fewer than `maxStates`. */
export function expandCompiled(
  running: Advancing,
  compiled: CompiledSearch,
  batch: number,
  maxStates: number,
): void {
  const { table } = running;
  const last = running.cursor + batch;
  while (
    running.cursor < last &&
    running.cursor < table.count &&
    table.count < maxStates &&
    !compiled.exhausted
  ) {
    if (!enterLevel(running, running.cursor)) break;
    const to = Math.min(last, running.levelEnd);
    const { length: depth } = running.levels;
    running.cursor += compiled.expand(running.cursor, to, maxStates, depth);
    running.transitions += compiled.steps;
  }
}

/** As `expandCompiled`, some states of one level. */
export function expandTogether(
  running: Advancing,
  parallel: ParallelSearch,
  maxStates: number,
): void {
  if (!enterLevel(running, running.cursor)) return;
  const { length: depth } = running.levels;
  running.cursor += parallel.expand(running.cursor, running.levelEnd, maxStates, depth);
  running.transitions += parallel.steps;
}
