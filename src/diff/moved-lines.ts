// Lines that a patch moved to a function of its own, or back into its caller: a change of the text, and none of the behaviour.

import type { Line, Machine } from "../machine/machine.ts";
import type { Matching } from "./matching.ts";

/**
 * The matching with such lines matched too: those that read the same, once in each version, and stand in a body that
 * only one of the versions has.
 */
export function withMovedLines(before: Machine, after: Machine, matching: Matching): Matching {
  const wider: Matching = {
    after: matching.after.slice(),
    before: matching.before.slice(),
    changed: matching.changed,
  };
  const [old, fresh] = [owners(before), owners(after)];
  const arrived = onceEach(after, matching.before);
  for (const [code, from] of onceEach(before, matching.after)) {
    const to = arrived.get(code);
    if (from === null || to === undefined || to === null) continue;
    const [left, right] = [before.lines[from] as Line, after.lines[to] as Line];
    if (fresh.has(left.function) && old.has(right.function)) continue;
    wider.after[from] = to;
    wider.before[to] = from;
  }
  return wider;
}

function owners({ lines }: Machine): ReadonlySet<string> {
  return new Set(lines.map((line) => line.function));
}

/** The unmatched lines by their code; null where several have the same. */
function onceEach(
  { lines }: Machine,
  counterparts: Int32Array,
): ReadonlyMap<string, number | null> {
  const found = new Map<string, number | null>();
  lines.forEach(({ code }, line) => {
    if (counterparts[line] === -1) found.set(code, found.has(code) ? null : line);
  });
  return found;
}
