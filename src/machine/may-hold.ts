// Which locks a process may hold at each location, by declaration: how many instances at most, along any path.
// A release that fails ends its path, so counting is exact on a path; paths are joined by the maximum.

import type { Code, Lock, Op } from "./machine.ts";

type Held = ReadonlyMap<Lock, number>;

/** More instances of one lock than this are not told apart. */
const CAP = 64;

/** For each location, the indices (into `locks`) of the locks that may be held there. */
export function analyseHeldLocks(
  start: Code,
  codes: readonly Code[],
  locks: readonly Lock[],
): readonly (readonly number[])[] {
  const at: (Map<Lock, number> | null)[] = codes.map(() => null);
  const work: number[] = [];
  const reach = (location: number, held: Held): void => {
    if (location < 0 || location >= codes.length) return;
    const known = at[location] ?? new Map<Lock, number>();
    let grew = at[location] == null;
    for (const [lock, count] of held) {
      if (count > (known.get(lock) ?? 0)) {
        known.set(lock, count);
        grew = true;
      }
    }
    at[location] = known;
    if (grew) work.push(location);
  };
  flow(start, new Map(), reach);
  for (let location = work.pop(); location !== undefined; location = work.pop()) {
    const code = codes[location];
    const held = at[location];
    if (code !== undefined && held != null) flow(code, held, reach);
  }
  return at.map((held) =>
    locks.flatMap((lock, index) => ((held?.get(lock) ?? 0) > 0 ? [index] : [])),
  );
}

/** Follows a code; gives what may be held where it falls through. */
function flow(code: Code, before: Held, reach: (location: number, held: Held) => void): Held {
  let held = before;
  for (const op of code) held = flowOp(op, held, reach);
  return held;
}

function flowOp(op: Op, held: Held, reach: (location: number, held: Held) => void): Held {
  const changed = (lock: Lock, by: number): Held =>
    new Map(held).set(lock, Math.min(CAP, Math.max(0, (held.get(lock) ?? 0) + by)));
  switch (op.kind) {
    case "acquire":
    case "try-acquire":
      return changed(op.lock.lock, 1);
    case "release":
      return changed(op.lock.lock, -1);
    case "goto":
      reach(op.location, held);
      return held;
    case "if":
      return joined(flow(op.then, held, reach), flow(op.otherwise, held, reach));
    case "either":
      return op.branches.map((branch) => flow(branch, held, reach)).reduce(joined, held);
    case "pick":
      return flow(op.body, held, reach);
    case "loop": {
      let around = held;
      for (let round = 0; round <= CAP; round += 1)
        around = joined(around, flow(op.body, around, reach));
      return around;
    }
    default:
      return held;
  }
}

function joined(a: Held, b: Held): Held {
  const all = new Map(a);
  for (const [lock, count] of b) all.set(lock, Math.max(count, all.get(lock) ?? 0));
  return all;
}
