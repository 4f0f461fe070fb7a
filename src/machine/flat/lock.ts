// Lock operations to flat code: owners and readers are fields of the state, waiting rejects the path.

import { isScalar, WORD_BITS } from "../layout.ts";
import { type Code, cardinality, type Lock, type Op } from "../machine.ts";
import {
  type Builder,
  branch,
  count,
  emit,
  fault,
  hold,
  interned,
  newLocal,
  require,
  spanKey,
} from "./builder.ts";
import { insert } from "./convert.ts";
import { add, binary, bitAt, constant, local, not, ONE, or, unary, ZERO } from "./fold.ts";
import { hasReaders, heldBy, type LockAt, lockAt, lockBy, ownerOf, readersOf } from "./process.ts";
import type { FlatExpr } from "./program.ts";
import { number, type Scope } from "./scope.ts";
import { clear, fieldOf, setWord, writeScalar, writeSetWord } from "./value.ts";

/** The process that runs the code, and the locks that it may hold while it does. */
export interface Holder {
  /** Its number among all instances. */
  readonly instance: FlatExpr;
  readonly mayHold: readonly Lock[];
}

type LockOp = Extract<
  Op,
  { readonly kind: "acquire" | "try-acquire" | "release" | "downgrade" | "contract" }
>;

/** A lock operation; `setResult` takes what a `try-acquire` gives. */
export function lockOperation(
  scope: Scope,
  holder: Holder,
  op: LockOp,
  setResult: (taken: FlatExpr) => void,
): void {
  const { b } = scope;
  const at = lockAt(scope, op.lock);
  const { instance } = holder;
  switch (op.kind) {
    case "acquire":
      branch(b, heldBy(b, at, instance), () => fault(b, "double-acquire", op.span));
      branch(b, op.read ? binary("!=", ownerOf(b, at), ZERO) : isTaken(b, at), () =>
        emit(b, { kind: "reject" }),
      );
      noteHeld(scope, holder, op, at);
      return op.read ? setReader(b, at, instance, true) : setOwner(b, at, add(instance, ONE));
    case "try-acquire": {
      const free = hold(b, not(isTaken(b, at)), "free");
      branch(b, free, () => setOwner(b, at, add(instance, ONE)));
      return setResult(free);
    }
    case "release": {
      const owns = hold(b, binary("==", ownerOf(b, at), add(instance, ONE)), "owns");
      require(b, heldBy(b, at, instance), "release-not-held", op.span);
      branch(b, owns, () => setOwner(b, at, ZERO));
      if (at.lock.class === "rwsem") setReader(b, at, instance, false);
      return;
    }
    case "downgrade": {
      const owns =
        at.lock.class === "rwsem" ? binary("==", ownerOf(b, at), add(instance, ONE)) : ZERO;
      require(b, owns, "downgrade-not-held", op.span);
      if (at.lock.class !== "rwsem") return;
      setOwner(b, at, ZERO);
      clear(b, fieldOf(at.location, "readers"));
      return setReader(b, at, instance, true);
    }
    case "contract": {
      const held = hold(b, heldBy(b, at, instance), "held");
      return require(b, binary("==", held, number(scope, op.result)), "contract-broken", op.span);
    }
    default:
      return op satisfies never;
  }
}

function isTaken(b: Builder, at: LockAt): FlatExpr {
  const owned = binary("!=", ownerOf(b, at), ZERO);
  return at.lock.class === "rwsem" ? or(owned, hasReaders(b, at)) : owned;
}

function setOwner(b: Builder, at: LockAt, owner: FlatExpr): void {
  writeScalar(b, at.lock.class === "rwsem" ? fieldOf(at.location, "writer") : at.location, owner);
}

function setReader(b: Builder, at: LockAt, instance: FlatExpr, reads: boolean): void {
  const place = fieldOf(at.location, "readers");
  if (isScalar(place.type)) {
    const readers = readersOf(b, at);
    if (readers.kind !== "scalar") throw new Error("few readers are one number");
    return writeScalar(b, place, withBit(readers.value, instance, reads));
  }
  if (reads) return insert(b, place, instance);
  const word = hold(b, binary("shift-right", instance, constant(5)), "word");
  const position = binary("bit-and", instance, constant(WORD_BITS - 1));
  writeSetWord(b, place, word, withBit(setWord(b, place, word), position, false));
}

function withBit(mask: FlatExpr, position: FlatExpr, set: boolean): FlatExpr {
  return set
    ? binary("bit-or", mask, bitAt(position))
    : binary("bit-and", mask, unary("bit-not", bitAt(position)));
}

/** Notes the locks that are held while another is taken, and sleeping under a spinlock. */
function noteHeld(
  scope: Scope,
  holder: Holder,
  op: Extract<LockOp, { kind: "acquire" }>,
  taken: LockAt,
): void {
  const { b } = scope;
  if (taken.lock.class !== "spinlock") {
    const spins = holder.mayHold.filter((lock) => lock.class === "spinlock");
    branch(b, holdsAny(b, { ...holder, mayHold: spins }), () => {
      const key = `sleep ${spanKey(b, op.span)}`;
      emit(b, {
        kind: "note",
        note: interned(
          b,
          key,
          () => b.notes.push({ kind: "sleep-under-spinlock", span: op.span }) - 1,
        ),
      });
    });
  }
  if (holder.mayHold.length === 0) return;
  const site = interned(b, `order ${spanKey(b, op.span)}`, () => b.orderSites.push(op.span) - 1);
  forEachLock(b, holder.mayHold, (lock) => {
    branch(b, heldBy(b, lock, holder.instance), () => {
      emit(b, { kind: "lock-order", site, held: lockNumber(b, lock), taken: lockNumber(b, taken) });
    });
  });
}

/** Does the process hold one of the locks that it may hold? */
export function holdsAny(b: Builder, holder: Holder): FlatExpr {
  if (holder.mayHold.length === 0) return ZERO;
  const any = newLocal(b, "any");
  emit(b, { kind: "set", local: any, value: ZERO });
  forEachLock(b, holder.mayHold, (lock) => {
    branch(b, heldBy(b, lock, holder.instance), () =>
      emit(b, { kind: "set", local: any, value: ONE }),
    );
  });
  return local(any);
}

function forEachLock(b: Builder, locks: readonly Lock[], body: (lock: LockAt) => void): void {
  for (const lock of locks) {
    const over = (keys: readonly FlatExpr[]): void => {
      const key = lock.keys[keys.length];
      if (key === undefined) return body(lockBy(b, lock, keys, "now"));
      count(b, "l", ZERO, constant(cardinality(key)), (position) => over([...keys, position]));
    };
    over([]);
  }
}

/** The number of a lock among all locks of the machine, by declaration and keys. */
function lockNumber(b: Builder, { lock, position }: LockAt): FlatExpr {
  const before = b.machine.locks.slice(0, b.machine.locks.indexOf(lock));
  return add(position, constant(before.reduce((total, other) => total + locksOf(other), 0)));
}

/** How many locks a declaration makes. */
export function locksOf(lock: Lock): number {
  return lock.keys.reduce((total, key) => total * cardinality(key), 1);
}

/** The locks that a process may hold while it runs code from a place at which it may hold some already. */
export function locksHeldIn(
  code: Code,
  before: readonly Lock[],
  all: readonly Lock[],
): readonly Lock[] {
  const found = new Set(before);
  const search = (ops: Code): void => {
    for (const op of ops) {
      if (op.kind === "acquire" || op.kind === "try-acquire") found.add(op.lock.lock);
      else if (op.kind === "if") [op.then, op.otherwise].forEach(search);
      else if (op.kind === "either") op.branches.forEach(search);
      else if (op.kind === "loop" || op.kind === "pick") search(op.body);
    }
  };
  search(code);
  return all.filter((lock) => found.has(lock));
}
