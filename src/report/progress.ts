// One line of progress: how far a search is and how fast it goes.

import { grouped } from "./words.ts";

export interface ProgressFacts {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States met but not expanded yet. */
  readonly frontier: number;
  readonly elapsedSeconds: number;
}

/** `1,234,567 states (812,000/s), 3,210,000 transitions, depth 42, frontier 12,345` */
export function progressLine(progress: ProgressFacts): string {
  const { states, transitions, depth, frontier, elapsedSeconds } = progress;
  const rate = elapsedSeconds > 0 ? Math.round(states / elapsedSeconds) : 0;
  return `${grouped(states)} states (${grouped(rate)}/s), ${grouped(transitions)} transitions, depth ${depth}, frontier ${grouped(frontier)}`;
}
