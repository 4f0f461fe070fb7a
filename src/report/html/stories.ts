// What can be stepped through on a page: single behaviours, two of them side by side, and an old counterexample on the new version.

import { plural } from "../words.ts";
import type { Moment, MomentKind, Parting, Sentence, Story, Track } from "./data.ts";

/** A page with more stories than this would be slow to open. */
const mostStories = 80;

/** Collects the stories of one choice of parameters. */
export class Stories {
  private readonly stories: Story[] = [];
  /** Stories that were left out. */
  left = 0;

  get all(): readonly Story[] {
    return this.stories;
  }

  /** Says that some were left out; nothing if none was. */
  leftOut(): readonly Sentence[] {
    if (this.left === 0) return [];
    const words = `This page leaves out ${plural(this.left, "more behaviour")}.`;
    return [{ words: [words], tone: "plain", story: -1 }];
  }

  /** Adds a story, and gives its number; -1 if the page has enough of them. */
  add(make: () => Story): number {
    if (this.stories.length < mostStories) return this.stories.push(make()) - 1;
    this.left += 1;
    return -1;
  }
}

export interface Heading {
  readonly group: string;
  readonly title: string;
  readonly about: string;
}

/** Behaviours side by side that have nothing to do with each other: each takes its n-th step at the n-th moment. */
export function plainStory(heading: Heading, tracks: readonly (Track | null)[]): Story {
  const longest = Math.max(0, ...tracks.map((track) => track?.steps.length ?? 0));
  const moments = Array.from({ length: longest }, (_, index): Moment => {
    const steps = tracks.map((track) => (index < (track?.steps.length ?? 0) ? index : -1));
    return { kind: "step", steps, notes: [] };
  });
  return { ...heading, tracks, moments: [startOf(tracks), ...moments], parting: null };
}

/** Two behaviours of which the first moments are matched, up to where they part. */
export function matchedStory(
  heading: Heading,
  tracks: readonly [Track, Track],
  matched: readonly Moment[],
  parting: Omit<Parting, "moment"> | null,
): Story {
  const taken = tracks.map((_, side) =>
    matched.reduce((most, { steps }) => Math.max(most, (steps[side] ?? -1) + 1), 0),
  );
  const rest = tracks.map((track, side) => track.steps.length - (taken[side] ?? 0));
  const apart = Array.from({ length: Math.max(0, ...rest) }, (_, index): Moment => {
    const steps = tracks.map((_track, side) =>
      index < (rest[side] ?? 0) ? (taken[side] ?? 0) + index : -1,
    );
    return { kind: "apart", steps, notes: [] };
  });
  const moments = [startOf(tracks), ...withinTracks(tracks, matched), ...apart];
  return {
    ...heading,
    tracks,
    moments,
    parting: parting === null ? null : { ...parting, moment: matched.length + 1 },
  };
}

/** A moment of one step on each side. */
export function moment(
  kind: MomentKind,
  before: number,
  after: number,
  notes: readonly string[] = [],
): Moment {
  return { kind, steps: [before, after], notes };
}

function startOf(tracks: readonly (Track | null)[]): Moment {
  return { kind: "start", steps: tracks.map(() => -1), notes: [] };
}

/** Moments whose steps were cut off a long track are left out with them. */
function withinTracks(tracks: readonly Track[], moments: readonly Moment[]): readonly Moment[] {
  return moments.filter(({ steps }) =>
    steps.every((step, side) => step < (tracks[side]?.steps.length ?? 0)),
  );
}
