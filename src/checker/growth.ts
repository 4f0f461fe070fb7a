// How a spec grows with one of its params: what small sizes came to, and a guess at what larger ones will.
//
// A guess is a range between two simple ways of going on: each size is as many times larger than the one before as the last
// one was, or that ratio goes on changing by the factor by which it last changed. The first is right where growth is
// exponential, the second follows growth that slows down (a power of the size) or speeds up (a factorial). Neither is a bound.

import type { Limit } from "./exploration.ts";
import { DEFAULT_SEARCH, explore, type Progress, type SearchOptions } from "./explore.ts";
import { PARENT_BYTES } from "./parents.ts";
import type { TransitionSystem } from "./transition-system.ts";

/** What the exploration of one size came to. */
export interface Size {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly seconds: number;
  /** What a search needs for a state, with the way back to it. */
  readonly bytesAState: Range;
  /** Why not all states were explored; null if they were. */
  readonly stoppedBy: Limit | null;
}

/** Both ends belong to it. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Counts the states of a system, and judges nothing. */
export function* measure(
  system: TransitionSystem,
  limits: Partial<SearchOptions>,
): Generator<Progress, Size, void> {
  const options = { ...DEFAULT_SEARCH, ...limits, maxLoggedEdges: 0 };
  const started = options.now();
  const search = yield* explore(system, options);
  const { table, transitions, levels, stoppedBy } = search;
  const { low, high } = table.bytesAState;
  return {
    states: table.count,
    transitions,
    depth: levels.length - 1,
    seconds: (options.now() - started) / 1000,
    bytesAState: { low: low + PARENT_BYTES, high: high + PARENT_BYTES },
    stoppedBy,
  };
}

/** The next sizes, guessed from the numbers of states of at least three that follow each other; none from fewer. */
export function guessNext(states: readonly number[], count: number): readonly Range[] {
  const [before, between, last] = states.slice(-3);
  if (before === undefined || between === undefined || last === undefined) return [];
  if (before === 0 || between === 0) return [];
  const ratio = last / between;
  const change = ratio / (between / before);
  let [kept, changed, changing] = [last, last, ratio];
  return Array.from({ length: count }, () => {
    kept *= ratio;
    // What grew so far is not guessed to shrink.
    changing = Math.max(changing * change, Math.min(ratio, 1));
    changed *= changing;
    return { low: Math.min(kept, changed), high: Math.max(kept, changed) };
  });
}
