// Which line of one version is which line of the other: the ground on which steps of two versions are matched.
//
// A patched spec keeps the spans of its base, so a line with the same span is the same line. Where a body was written
// anew, or the two are files of their own, its lines are aligned in order: those that read the same first, and what is
// left between them by how alike it reads. Bodies are matched by name.

import type { Line, Machine } from "../../machine/machine.ts";
import { align } from "./align.ts";
import { alikeness } from "./alikeness.ts";
import { sameCode } from "./same-code.ts";

/** A correspondence of lines, by their indices in Machine.lines. */
export interface Matching {
  /** after[line of the old version]: the same line in the new one; -1 if the patch took it away. */
  readonly after: Int32Array;
  /** before[line of the new version]: the same line in the old one; -1 if the patch inserted it. */
  readonly before: Int32Array;
  /** By line of the new version: 1 if it is matched but reads differently, in more than the names of its locals. */
  readonly changed: Uint8Array;
}

/** Matches the lines of two machines. */
export function matchLines(before: Machine, after: Machine): Matching {
  const matching: Matching = {
    after: new Int32Array(before.lines.length).fill(-1),
    before: new Int32Array(after.lines.length).fill(-1),
    changed: new Uint8Array(after.lines.length),
  };
  const bodies = bodiesOf(after);
  for (const [name, old] of bodiesOf(before)) {
    const fresh = bodies.get(name) ?? [];
    const pairs = align(old.length, fresh.length, (left, right) =>
      worth(lineAt(before, old, left), lineAt(after, fresh, right)),
    );
    for (const [left, right] of pairs) {
      const [from, to] = [old[left] as number, fresh[right] as number];
      matching.after[from] = to;
      matching.before[to] = from;
    }
    const untouched = pairs.every(([left, right]) =>
      sameSpan(lineAt(before, old, left), lineAt(after, fresh, right)),
    );
    if (untouched) continue;
    const same = sameCode(before, after, matching, name);
    for (const line of fresh) {
      if (matching.before[line] !== -1 && !same.has(line)) matching.changed[line] = 1;
    }
  }
  return matching;
}

/** The lines of each body, in the order of the text. */
function bodiesOf({ lines }: Machine): ReadonlyMap<string, readonly number[]> {
  const bodies = new Map<string, number[]>();
  lines.forEach((line, index) => {
    const body = bodies.get(line.function);
    if (body === undefined) bodies.set(line.function, [index]);
    else body.push(index);
  });
  return bodies;
}

function lineAt({ lines }: Machine, body: readonly number[], position: number): Line {
  return lines[body[position] as number] as Line;
}

// No number of lesser pairs may outweigh one better pair: a body has far fewer than 10^4 lines.
const SAME_SPAN = 1e8;
const SAME_CODE = 1e4;
/** The comment tells apart lines whose code is the same, such as two releases of one lock. */
const SAME_TEXT = 1;
/** Below this share of common words, one line is no other form of the other. */
const ALIKE = 0.5;

/** What it is worth to take one line for the other; 0 if they have nothing to do with each other. */
function worth(left: Line, right: Line): number {
  if (sameSpan(left, right)) return SAME_SPAN;
  const text = left.text === right.text ? SAME_TEXT : 0;
  if (left.code === right.code) return SAME_CODE + text;
  const alike = alikeness(left.code, right.code);
  return alike >= ALIKE ? alike + text : 0;
}

/** Sources are read anew for each version: they are the same if their texts are. */
function sameSpan({ span: left }: Line, { span: right }: Line): boolean {
  return (
    left.start === right.start && left.end === right.end && left.source.text === right.source.text
  );
}
