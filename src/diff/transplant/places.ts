// Where processes of two versions stand: which location of one is which of the other, and which the patch has inserted.
//
// Locations are the same if their lines are, and they are reached through the same calls. A line may be there in both
// versions and yet dead in one of them, because a constant rules it out: then no location has it, and it counts as absent.

import type { Location, Machine } from "../../machine/machine.ts";
import type { Matching } from "../matching/matching.ts";

export interface Places {
  /** Do these two locations, of the old and the new version of one process, stand for the same? */
  same(before: Location, after: Location): boolean;
  /** Has the new version of a process a place that stands for this one? */
  kept(process: string, before: Location): boolean;
  /** Has the old version of a process no place that stands for this one? */
  inserted(process: string, after: Location): boolean;
}

/** Compares the places of two machines whose lines are matched. */
export function placesOf(before: Machine, after: Machine, matching: Matching): Places {
  const calls = { before: callLines(before), after: callLines(after) };
  const functions = { before: functionsOf(before), after: functionsOf(after) };
  const framesOf = (machine: Machine, stack: readonly number[], others: ReadonlySet<string>) =>
    // A function that one version only has, split off from another or put around it, hides nothing.
    stack.filter((frame) => others.has(machine.frames[frame]?.function ?? ""));
  const sameCall = (left: number, right: number): boolean => {
    if (before.frames[left]?.function !== after.frames[right]?.function) return false;
    const [from, to] = [calls.before[left] ?? -1, calls.after[right] ?? -1];
    const counterpart = matching.after[from] ?? -1;
    // Where the calling line was written anew, the function's name has to do.
    return counterpart === to || (counterpart < 0 && (matching.before[to] ?? -1) < 0);
  };
  const same = (left: Location, right: Location): boolean => {
    // Local work that has no line of its own, in unfolded machines, is told apart by its calls only.
    const counterpart = left.line < 0 ? left.line : matching.after[left.line];
    if (counterpart !== right.line || isEnd(left) !== isEnd(right)) return false;
    const old = framesOf(before, left.stack, functions.after);
    const fresh = framesOf(after, right.stack, functions.before);
    return (
      old.length === fresh.length &&
      old.every((frame, depth) => sameCall(frame, fresh[depth] as number))
    );
  };
  return {
    same,
    kept: (process, place) => locationsOf(after, process).some((location) => same(place, location)),
    inserted: (process, place) =>
      !locationsOf(before, process).some((location) => same(location, place)),
  };
}

/** Is this where a process is done? */
export function isEnd({ code }: Location): boolean {
  return code.length === 0;
}

function locationsOf({ processes }: Machine, name: string): readonly Location[] {
  return processes.find((process) => process.name === name)?.locations ?? [];
}

function functionsOf({ lines, frames }: Machine): ReadonlySet<string> {
  return new Set([...lines, ...frames].map((one) => one.function));
}

/** The line of each frame's call: the narrowest that covers it; -1 if no line shows it. */
export function callLines({ frames, lines }: Machine): readonly number[] {
  return frames.map(({ call }) => {
    let found = -1;
    lines.forEach(({ span }, line) => {
      const covers =
        span.source === call.source && span.start <= call.start && call.start < span.end;
      const known = lines[found]?.span;
      if (covers && (known === undefined || span.end - span.start < known.end - known.start)) {
        found = line;
      }
    });
    return found;
  });
}
