// Where a story stands: the moment, and for each version the state that it has come to.

import type { Reading, Story, Track } from "../data.ts";

/** Where one version stands at a moment. */
export interface Standing {
  readonly track: Track;
  /** Steps taken so far. */
  readonly taken: number;
  /** The step that is taken at this moment; -1 if this version stays where it is. */
  readonly step: number;
  /** The state reached, and the one before this moment. */
  readonly readings: readonly Reading[];
  readonly previous: readonly Reading[];
}

/** The standing of each version at a moment; null where it has no part in the story. */
export function standings(story: Story, moment: number): readonly (Standing | null)[] {
  return story.tracks.map((track, side) => {
    if (track === null) return null;
    const past = story.moments.slice(0, moment + 1).map(({ steps }) => steps[side] ?? -1);
    const step = past.at(-1) ?? -1;
    const taken = Math.max(...past) + 1;
    const readings = readingsAt(track, taken);
    const previous = step >= 0 ? readingsAt(track, taken - 1) : readings;
    return { track, taken, step, readings, previous };
  });
}

function readingsAt(track: Track, taken: number): readonly Reading[] {
  const readings = [...track.first];
  for (const { changes } of track.steps.slice(0, taken)) {
    for (const [leaf, text, line] of changes) readings[leaf] = [text, line];
  }
  return readings;
}

/** The leaves that ever change in a track. */
export function changing(track: Track): ReadonlySet<number> {
  return new Set(track.steps.flatMap(({ changes }) => changes.map(([leaf]) => leaf)));
}
