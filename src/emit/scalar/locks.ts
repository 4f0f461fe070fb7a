// Locks as scalars: who holds them, and what may go wrong where they are taken and given back.

import type { CommandOp } from "../../machine/command.ts";
import type { LockPlace } from "../../machine/machine.ts";
import type { Scalar } from "./scalar.ts";
import type { Scope } from "./scope.ts";
import type { LockSymbolic, Who } from "./symbolic.ts";

export type LockOp = Extract<
  CommandOp,
  { readonly kind: "acquire" | "try-acquire" | "release" | "downgrade" | "contract" | "end" }
>;

/** The keys of a lock place; an index without such a lock is a fault, added to `scope.sites`. */
export function lockKeys(_place: LockPlace, _scope: Scope): readonly Scalar[] {
  throw new Error("to come");
}

/** What may go wrong in a lock operation goes to `scope.sites`; gives the keys of its lock (none for `end`). */
export function lockFaults(_op: LockOp, _self: Who, _scope: Scope): readonly Scalar[] {
  throw new Error("to come");
}

/** Does the process hold the lock, in any mode? */
export function heldBy(_lock: LockSymbolic, _who: Who): Scalar {
  throw new Error("to come");
}

/** Taking this lock is sleeping under a spinlock: noted, and the step goes on. */
export function sleepsUnderSpinlock(_op: LockOp, _self: Who, _scope: Scope): Scalar {
  throw new Error("to come");
}
