// Which line of one version is which line of the other: the ground on which steps of two versions are matched.

import type { Machine } from "../machine/machine.ts";

/** A correspondence of lines, by their indices in Machine.lines. */
export interface Matching {
  /** after[line of the old version]: the same line in the new one; -1 if the patch took it away. */
  readonly after: Int32Array;
  /** before[line of the new version]: the same line in the old one; -1 if the patch inserted it. */
  readonly before: Int32Array;
  /** By line of the new version: 1 if it is matched but reads differently. */
  readonly changed: Uint8Array;
}

/** Matches the lines of two machines. */
export function matchLines(before: Machine, after: Machine): Matching {
  return {
    after: new Int32Array(before.lines.length).fill(-1),
    before: new Int32Array(after.lines.length).fill(-1),
    changed: new Uint8Array(after.lines.length),
  };
}
