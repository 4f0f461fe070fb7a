// What lock operations do to a path of the interpreter, and when they wait or fault.

import type { Span } from "../diagnostics/source.ts";
import { Fault } from "./evaluate.ts";
import type { Advance, OpOf, Path, Run } from "./interpret-path.ts";
import {
  type Holders,
  holdersOf,
  holds,
  type LockInstance,
  lockInstances,
  lockName,
  withHolders,
} from "./locks.ts";

/** Takes a lock, or ends the path where it would have to wait; notes the locks held and sleeping under a spinlock. */
export function acquire(run: Run, path: Path, op: OpOf<"acquire">, lock: LockInstance): Advance {
  const self = selfName(run);
  const name = lockName(lock);
  const holders = holdersOf(path.state, lock);
  if (holds(holders, self)) throw new Fault("double-acquire", op.span);
  if (holders.owner !== null || (!op.read && holders.readers.length > 0)) {
    const names = holders.owner === null ? holders.readers : [holders.owner];
    run.blocked.push({ kind: "lock", lock: name, read: op.read, holders: names, span: op.span });
    return "ended";
  }
  const held = locksHeld(run, path);
  if (lock.lock.class !== "spinlock" && held.some((other) => other.lock.class === "spinlock")) {
    path.notes.push({ kind: "sleep-under-spinlock", span: op.span });
  }
  for (const other of held) {
    path.notes.push({ kind: "lock-order", held: lockName(other), taken: name, span: op.span });
  }
  const taken = op.read
    ? { owner: null, readers: [...holders.readers, self] }
    : { owner: self, readers: [] };
  setHolders(run, path, lock, taken);
  path.events.push({ kind: "acquire", lock: name, read: op.read });
  return "on";
}

/** Takes a lock if nobody holds it; says whether it did. */
export function tryAcquire(
  run: Run,
  path: Path,
  op: OpOf<"try-acquire">,
  lock: LockInstance,
): void {
  const { owner, readers } = holdersOf(path.state, lock);
  const taken = owner === null && readers.length === 0;
  if (taken) setHolders(run, path, lock, { owner: selfName(run), readers: [] });
  path.locals.set(op.result, taken);
  path.events.push({ kind: "try-acquire", lock: lockName(lock), taken });
}

/** Gives a lock back, in whichever mode it is held. */
export function release(run: Run, path: Path, span: Span, lock: LockInstance): void {
  const { owner, readers } = holdersOf(path.state, lock);
  const self = selfName(run);
  if (owner !== self && !readers.includes(self)) throw new Fault("release-not-held", span);
  const read = owner !== self;
  const left = { owner: read ? owner : null, readers: readers.filter((name) => name !== self) };
  setHolders(run, path, lock, left);
  path.events.push({ kind: "release", lock: lockName(lock), read });
}

/** Turns a lock held for writing into one held for reading. */
export function downgrade(run: Run, path: Path, span: Span, lock: LockInstance): void {
  const self = selfName(run);
  if (lock.lock.class !== "rwsem" || holdersOf(path.state, lock).owner !== self) {
    throw new Fault("downgrade-not-held", span);
  }
  setHolders(run, path, lock, { owner: null, readers: [self] });
  path.events.push({ kind: "downgrade", lock: lockName(lock), read: true });
}

/** Does the process that runs hold this lock? */
export function holdsLock(run: Run, path: Path, lock: LockInstance): boolean {
  return holds(holdersOf(path.state, lock), selfName(run));
}

/** All locks that the process that runs holds. */
export function locksHeld(run: Run, path: Path): readonly LockInstance[] {
  return lockInstances(run.machine).filter((lock) => holdsLock(run, path, lock));
}

function selfName(run: Run): string {
  if (run.self === null) throw new Error("a lock operation in an action");
  return run.self.name;
}

function setHolders(run: Run, path: Path, lock: LockInstance, holders: Holders): void {
  path.state = withHolders(run.machine, path.state, lock, holders);
}
