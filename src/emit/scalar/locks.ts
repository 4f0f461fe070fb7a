// Locks as scalars: who holds them, and what may go wrong where they are taken and given back.

import type { CommandOp } from "../../machine/command.ts";
import type { Lock, LockPlace } from "../../machine/machine.ts";
import { evaluate } from "./evaluate.ts";
import { evaluatedKeys } from "./evaluate-processes.ts";
import type { Scalar } from "./scalar.ts";
import { eq, FALSE, less, not, number, or } from "./scalar-build.ts";
import { mayGoWrong, type Notions, type Scope } from "./scope.ts";
import type { LockSymbolic, Reading, Who } from "./symbolic.ts";
import { heldBy, scalarOf } from "./symbolic-build.ts";
import { overType } from "./symbolic-values.ts";

export type LockOp = Extract<
  CommandOp,
  { readonly kind: "acquire" | "try-acquire" | "release" | "downgrade" | "contract" | "end" }
>;

/** The keys of a lock place; an index without such a lock is a fault, added to `scope.sites`. */
export function lockKeys(place: LockPlace, scope: Scope): readonly Scalar[] {
  return evaluatedKeys(evaluate, place, scope);
}

/** Can the lock be taken, or does the process hold it already (which is a fault)? */
export function available(lock: LockSymbolic, read: boolean, self: Who): Scalar {
  return or(read ? not(lock.owned) : lock.free, heldBy(lock, self));
}

/** What may go wrong in a lock operation goes to `scope.sites`; gives the keys of its lock (none for `end`). */
export function lockFaults(op: LockOp, self: Who, scope: Scope): readonly Scalar[] {
  if (op.kind === "end") {
    const held = holdsSome(scope, self, () => true);
    mayGoWrong(scope, held, "lock-held-at-end", op.span);
    return [];
  }
  const keys = lockKeys(op.lock, scope);
  const lock = scope.reading.lock(op.lock.lock, keys);
  switch (op.kind) {
    case "acquire":
      mayGoWrong(scope, heldBy(lock, self), "double-acquire", op.span);
      break;
    case "try-acquire":
      break;
    case "release":
      mayGoWrong(scope, not(heldBy(lock, self)), "release-not-held", op.span);
      break;
    case "downgrade": {
      const owned = op.lock.lock.class === "rwsem" ? lock.ownedBy(self) : FALSE;
      mayGoWrong(scope, not(owned), "downgrade-not-held", op.span);
      break;
    }
    case "contract": {
      const result = scalarOf(evaluate(op.result, scope));
      mayGoWrong(scope, not(eq(result, heldBy(lock, self))), "contract-broken", op.span);
      break;
    }
    default:
      op satisfies never;
  }
  return keys;
}

/** Taking this lock is sleeping under a spinlock: noted, and the step goes on. */
export function sleepsUnderSpinlock(op: LockOp, self: Who, scope: Scope): Scalar {
  if (op.kind !== "acquire" || op.lock.lock.class === "spinlock") return FALSE;
  return holdsSome(scope, self, (lock) => lock.class === "spinlock");
}

/** Does the process hold a lock of these? */
function holdsSome(
  { notions, reading }: { readonly notions: Notions; readonly reading: Reading },
  self: Who,
  among: (lock: Lock) => boolean,
): Scalar {
  const someKeys = (lock: Lock, keys: readonly Scalar[]): Scalar => {
    const type = lock.keys[keys.length];
    if (type === undefined) return heldBy(reading.lock(lock, keys), self);
    return overType(notions, "exists", type, "k", (key) =>
      someKeys(lock, [...keys, scalarOf(key)]),
    );
  };
  return or(...notions.machine.locks.filter(among).map((lock) => someKeys(lock, [])));
}

/** What may go wrong in adding to a cost. */
export function costFaults(op: Extract<CommandOp, { readonly kind: "cost" }>, scope: Scope): void {
  const value = scalarOf(evaluate(op.value, scope));
  mayGoWrong(scope, less(value, number(0)), "negative-cost", op.span);
}
