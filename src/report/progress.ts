// One line of progress: how far a search is, how fast it goes, and what is left as far as that can be known.

import { guessLeft } from "../checker/levels.ts";
import { grouped, memoryWords } from "./words.ts";

interface ProgressFacts {
  readonly states: number;
  readonly depth: number;
  /** States met but not expanded yet. */
  readonly frontier: number;
  /** States of the last levels, that at hand the last of them. */
  readonly lastLevels?: readonly number[];
  /** States met so far of the level behind these. */
  readonly nextLevel?: number;
  /** States that were there when the clock began. */
  readonly given?: number;
  /** Whether all that is left is to judge what was found. */
  readonly judging?: boolean;
  readonly elapsedSeconds: number;
}

/** `1,234,567 states, 812,000/s, 182 MiB; left: unknown (levels do not shrink); level 42, frontier 12,345` */
export function progressLine(progress: ProgressFacts, memoryBytes: number): string {
  const { states, depth, frontier, judging = false } = progress;
  if (judging) {
    return `${grouped(states)} states, ${memoryWords(memoryBytes)}, level ${depth}; now they are judged`;
  }
  const rate = Math.round(rateOf(progress));
  const parts = [`${grouped(states)} states`, `${grouped(rate)}/s`, memoryWords(memoryBytes)];
  // A narrow terminal shows what stands in front.
  return `${parts.join(", ")}${leftWords(progress)}; level ${depth}, frontier ${grouped(frontier)}`;
}

/** New states a second. */
function rateOf({ states, given = 0, elapsedSeconds }: ProgressFacts): number {
  return elapsedSeconds > 0 ? (states - given) / elapsedSeconds : 0;
}

/**
 * What is left: never a promise. Levels that shrink may grow again, so an end is told only as what comes if they do not. The
 * time is that for expanding all states that are left, as fast as it went so far.
 */
function leftWords(progress: ProgressFacts): string {
  const { lastLevels, nextLevel = 0, states, frontier, given = 0, elapsedSeconds } = progress;
  if (lastLevels === undefined) return "";
  const left = guessLeft(lastLevels);
  const rate = (states - frontier - given) / elapsedSeconds;
  if (left === null || !(rate > 0)) return "; left: unknown (levels do not shrink)";
  // Some of those that are guessed at are met already.
  const [soon, late] = [left.low, left.high].map((guess) =>
    durationWords((frontier + Math.max(0, guess - nextLevel)) / rate),
  );
  return `; left: ${soon === late ? soon : `${soon} to ${late}`} if levels go on shrinking`;
}

/** `3 s`, `4 min`, `2 h`. */
function durationWords(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  const minutes = seconds / 60;
  return minutes < 100 ? `${Math.ceil(minutes)} min` : `${Math.ceil(minutes / 60)} h`;
}
