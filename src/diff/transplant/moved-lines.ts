// Lines that a patch moved to a function of its own, or back into its caller: a change of the text, and none of the behaviour.

import type { Line, Machine } from "../../machine/machine.ts";
import type { Matching } from "../matching/matching.ts";
import { callLines } from "./places.ts";

/**
 * The matching with such lines matched too: those that read the same, once in each version, where the body that holds
 * one of them is called by the body that holds the other and is not there in the other version, or both are new names.
 */
export function withMovedLines(before: Machine, after: Machine, matching: Matching): Matching {
  const wider: Matching = {
    after: matching.after.slice(),
    before: matching.before.slice(),
    changed: matching.changed,
  };
  const [old, fresh] = [bodiesOf(before), bodiesOf(after)];
  const moved = (left: Line, right: Line): boolean => {
    const [from, to] = [left.function, right.function];
    if (!fresh.names.has(from) && !old.names.has(to)) return true;
    if (!old.names.has(to)) return fresh.calls.has(callOf(from, to));
    return !fresh.names.has(from) && old.calls.has(callOf(to, from));
  };
  const arrived = onceEach(after, matching.before);
  for (const [code, from] of onceEach(before, matching.after)) {
    const to = arrived.get(code) ?? -1;
    const [left, right] = [before.lines[from], after.lines[to]];
    if (left === undefined || right === undefined || !moved(left, right)) continue;
    wider.after[from] = to;
    wider.before[to] = from;
  }
  return wider;
}

interface Bodies {
  readonly names: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
}

/** The bodies of a machine by name, and which of them call which. */
function bodiesOf(machine: Machine): Bodies {
  const callers = callLines(machine).map((line) => machine.lines[line]?.function ?? "");
  return {
    names: new Set(machine.lines.map((line) => line.function)),
    calls: new Set(
      machine.frames.map((frame, index) => callOf(callers[index] ?? "", frame.function)),
    ),
  };
}

function callOf(caller: string, callee: string): string {
  return `${caller} ${callee}`;
}

/** The unmatched lines by their code; -1 where several have the same. */
function onceEach({ lines }: Machine, counterparts: Int32Array): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  lines.forEach(({ code }, line) => {
    if (counterparts[line] === -1) found.set(code, found.has(code) ? -1 : line);
  });
  return found;
}
