// What a reading becomes when locals, variables and locks are changed: what is new laid over what was read before.

import type { CommandOp } from "../../machine/command.ts";
import type { Local, Lock, Place } from "../../machine/machine.ts";
import { type PlaceStep, replaced } from "./replace.ts";
import type { Scalar } from "./scalar.ts";
import { and, FALSE, isTrue, not, or, TRUE } from "./scalar-build.ts";
import type { Notions, Scope } from "./scope.ts";
import type { LockSymbolic, Reading, Symbolic, Who } from "./symbolic.ts";
import { choose, chooseLock, sameKeys, sameWho, scalar } from "./symbolic-build.ts";
import { someInstance } from "./symbolic-values.ts";

/** What one of two paths reads. */
export function either(condition: Scalar, then: Reading, otherwise: Reading): Reading {
  if (isTrue(condition) || then === otherwise) return then;
  // What neither path changed is read as before, and the rest is made once: behind many such choices, it would be asked
  // for over and over.
  return {
    variable:
      then.variable === otherwise.variable
        ? then.variable
        : once((variable) =>
            choose(condition, then.variable(variable), otherwise.variable(variable)),
          ),
    local:
      then.local === otherwise.local
        ? then.local
        : once((local) => choose(condition, then.local(local), otherwise.local(local))),
    lock:
      then.lock === otherwise.lock
        ? then.lock
        : onceALock((lock, keys) =>
            chooseLock(condition, then.lock(lock, keys), otherwise.lock(lock, keys)),
          ),
    // Steps neither move other processes nor read where they themselves are.
    at: (who, locations) => then.at(who, locations),
    processVariable: (who, local) => then.processVariable(who, local),
  };
}

function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

function onceALock(make: Reading["lock"]): Reading["lock"] {
  const made = new Map<string, LockSymbolic>();
  return (lock, keys) => {
    const literals = keys.map((key) => literalText(key));
    if (literals.includes(null)) return make(lock, keys);
    const name = [lock.name, ...literals].join(" ");
    const value = made.get(name) ?? make(lock, keys);
    made.set(name, value);
    return value;
  };
}

function literalText(scalar: Scalar): string | null {
  if (scalar.kind === "member") return scalar.member;
  return scalar.kind === "number" || scalar.kind === "boolean" ? String(scalar.value) : null;
}

/** With a value stored in a place, whose path was checked. */
export function stored(
  reading: Reading,
  place: Place,
  path: readonly PlaceStep[],
  value: Symbolic,
): Reading {
  const { root } = place;
  if (root.kind === "variable") {
    const whole = replaced(reading.variable(root), path, value, place.type);
    return {
      ...reading,
      variable: (other) => (other === root ? whole : reading.variable(other)),
    };
  }
  return withLocal(reading, root, replaced(reading.local(root), path, value, place.type));
}

function withLocal(reading: Reading, local: Local, value: Symbolic): Reading {
  return { ...reading, local: (other) => (other === local ? value : reading.local(other)) };
}

/** With a lock operation done, which was checked. */
export function locked(
  { notions, reading }: Pick<Scope, "notions" | "reading">,
  op: Extract<
    CommandOp,
    {
      readonly kind: "acquire" | "try-acquire" | "release" | "downgrade" | "contract" | "end";
    }
  >,
  keys: readonly Scalar[],
  self: Who,
): Reading {
  if (op.kind === "contract" || op.kind === "end") return reading;
  const { lock } = op.lock;
  const before = reading.lock(lock, keys);
  const set = (after: LockSymbolic): Reading => ({
    ...reading,
    lock: (other, others) =>
      other === lock
        ? chooseLock(sameKeys(keys, others), after, reading.lock(other, others))
        : reading.lock(other, others),
  });
  switch (op.kind) {
    case "acquire":
      return set(op.read ? readToo(before, self) : ownedBySelf(self));
    case "try-acquire": {
      const taken = set(chooseLock(before.free, ownedBySelf(self), before));
      return withLocal(taken, op.result, scalar(before.free));
    }
    case "release":
      return set(givenBack(notions, before, lock.class, self));
    case "downgrade":
      return set({ ...NOBODY, free: FALSE, readBy: (who) => sameWho(who, self) });
    default:
      return op satisfies never;
  }
}

const NOBODY: LockSymbolic = {
  free: TRUE,
  owned: FALSE,
  ownedBy: () => FALSE,
  readBy: () => FALSE,
};

function ownedBySelf(self: Who): LockSymbolic {
  return { ...NOBODY, free: FALSE, owned: TRUE, ownedBy: (who) => sameWho(who, self) };
}

function readToo(lock: LockSymbolic, self: Who): LockSymbolic {
  return {
    ...NOBODY,
    free: FALSE,
    readBy: (who) => or(sameWho(who, self), lock.readBy(who)),
  };
}

/** The lock without the process, which held it in one of the modes. */
function givenBack(
  notions: Notions,
  lock: LockSymbolic,
  kind: Lock["class"],
  self: Who,
): LockSymbolic {
  const other = (who: Who): Scalar => not(sameWho(who, self));
  const left: Omit<LockSymbolic, "free"> = {
    owned: and(lock.owned, not(lock.ownedBy(self))),
    ownedBy: (who) => and(other(who), lock.ownedBy(who)),
    readBy: (who) => and(other(who), lock.readBy(who)),
  };
  if (kind !== "rwsem") return { ...left, free: not(left.owned) };
  const read = someInstance(notions, left.readBy);
  return { ...left, free: not(or(left.owned, read)) };
}
