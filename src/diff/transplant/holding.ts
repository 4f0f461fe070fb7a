// Why a process waits: the conditions that are false, the locks that others hold, and what must come before they are let go.

import type { Trace } from "../../checker/exploration.ts";
import type { Interpreter } from "../../checker/interpret.ts";
import type { Blocker } from "../../checker/interpret-path.ts";
import {
  holdersOf,
  holds,
  type LockInstance,
  lockInstances,
  lockName,
} from "../../checker/locks.ts";
import type { State, TransitionSystem } from "../../checker/transition-system.ts";
import type { Machine } from "../../machine/machine.ts";
import { releaseOf } from "./release.ts";
import type { BlockedBy, Holding } from "./transplant.ts";

/** What keeps a process from going on in the last state of a behaviour. */
export function blockedBy(
  interpreter: Interpreter,
  system: TransitionSystem,
  followed: Trace,
  blockers: readonly Blocker[],
): readonly BlockedBy[] {
  const state = followed.states.at(-1) as State;
  return distinct(blockers).map((blocker): BlockedBy => {
    if (blocker.kind !== "lock") return { blocker, holders: [] };
    const lock = lockNamed(interpreter.machine, blocker.lock);
    const holders = blocker.holders.map((holder): Holding => {
      const mover = interpreter.movers.findIndex(({ name }) => name === holder);
      const hold = { lock, holder, mover, read: blocker.read };
      const taken = takenAt(followed, lock, holder);
      return { holder, mover, taken, ...releaseOf(interpreter, system, state, hold) };
    });
    return { blocker, holders };
  });
}

/** Each reason once: every choice of a step may meet the same one. */
function distinct(blockers: readonly Blocker[]): readonly Blocker[] {
  const keyOf = (blocker: Blocker): string => {
    const { kind, span } = blocker;
    const place = `${kind} ${span.source.path} ${span.start}`;
    return blocker.kind === "lock" ? `${place} ${blocker.lock}` : place;
  };
  return [...new Map(blockers.map((blocker) => [keyOf(blocker), blocker])).values()];
}

function lockNamed(machine: Machine, name: string): LockInstance {
  const found = lockInstances(machine).find((lock) => lockName(lock) === name);
  if (found === undefined) throw new Error(`no such lock: ${name}`);
  return found;
}

/** The step since which a process holds a lock; null if it has held it from the start. */
function takenAt({ states }: Trace, lock: LockInstance, holder: string): number | null {
  const without = states.findLastIndex((state) => !holds(holdersOf(state, lock), holder));
  return without < 0 ? null : without;
}
