// What operations on locks do to a step: when they wait, when they go wrong, what they leave.

import { substituteLock } from "../../machine/builder.ts";
import type { Lock, LockPlace, Op } from "../../machine/machine.ts";
import { exprTree } from "./expression.ts";
import { type Check, faultsOf, lockFaults } from "./faults.ts";
import { changed, knownValue, type Path, readingOf, rootOf, settle, settled } from "./path.ts";
import { isHeld, type Reading } from "./reading.ts";
import {
  and,
  apply,
  type Bound,
  bullets,
  choose,
  except,
  exists,
  FALSE,
  field,
  infix,
  NULL,
  not,
  or,
  reference,
  setOf,
  type Tla,
} from "./tree.ts";
import { typeSet } from "./values.ts";
import { checked, guard, type Next, note, type Walk } from "./way.ts";

type LockOp = Extract<
  Op,
  { readonly kind: "acquire" | "try-acquire" | "release" | "downgrade" | "contract" | "end" }
>;

interface Held {
  readonly lock: Lock;
  readonly indices: readonly Tla[];
  /** The lock itself. */
  readonly value: Tla;
  readonly self: Tla;
}

/** The formula of an operation on a lock and of what follows it. */
export function runLock(w: Walk, op: LockOp, path: Path, rest: Next): Tla {
  if (w.owner === null) throw new Error("a lock operation in an action");
  const { self } = w.owner;
  const r = readingOf(w.context, w.owner, path);
  if (op.kind === "end") {
    const when = or(...held(w, path, () => true));
    const none: Check = { when, fault: "lock-held-at-end", span: op.span };
    return checked(w, when === FALSE ? [] : [none], () => rest.go(path));
  }
  const place = substituteLock(op.lock, path.known);
  const at = lockOf(w, r, path, place, self);
  const checks = lockFaults(r, place);
  const own = isHeld(at.lock, at.value, self);
  switch (op.kind) {
    case "acquire": {
      const twice = mayHold(w, path, at.lock);
      const double: Check = { when: own, fault: "double-acquire", span: op.span };
      return checked(w, [...checks, ...(twice ? [double] : [])], () =>
        bullets("/\\", [
          guard(w.context, available(at, op.read)),
          sleeping(w, path, op),
          rest.go(taken(w, path, at, op.read)),
        ]),
      );
    }
    case "try-acquire": {
      const [yes, no] = [true, false].map((value) => settled(w.context, path, op.result, value));
      return checked(w, checks, () =>
        choose(
          available(at, false),
          rest.go(taken(w, yes ?? path, at, false)),
          rest.go(no ?? path),
        ),
      );
    }
    case "release": {
      const missing: Check = { when: not(own), fault: "release-not-held", span: op.span };
      return checked(w, [...checks, missing], () => rest.go(released(w, path, at)));
    }
    case "downgrade": {
      const owns = at.lock.class === "rwsem" ? infix(writer(at), "=", self) : FALSE;
      const missing: Check = { when: not(owns), fault: "downgrade-not-held", span: op.span };
      const value: Tla = {
        kind: "record",
        types: false,
        fields: [
          ["writer", NULL],
          ["readers", setOf([self])],
        ],
      };
      return checked(w, [...checks, missing], () => rest.go(put(w, path, at, [], value)));
    }
    case "contract": {
      const result = settle(path, op.result);
      const known = knownValue(path, op.result);
      const broken =
        typeof known === "boolean"
          ? known
            ? not(own)
            : own
          : infix(own, "#", exprTree(r, result));
      const check: Check = { when: broken, fault: "contract-broken", span: op.span };
      return checked(w, [...checks, ...faultsOf(r, result), check], () => rest.go(path));
    }
    default:
      return op satisfies never;
  }
}

function lockOf(w: Walk, r: Reading, path: Path, place: LockPlace, self: Tla): Held {
  const { lock } = place;
  const indices = place.indices.map((index) => exprTree(r, settle(path, index)));
  const all = rootOf(w.context, w.owner, path, lock);
  const value = indices.reduce<Tla>((of, index) => apply(of, index), all);
  return { lock, indices, value, self };
}

const writer = (at: Held): Tla => field(at.value, "writer");
const readers = (at: Held): Tla => field(at.value, "readers");

function available(at: Held, read: boolean): Tla {
  if (at.lock.class !== "rwsem") return infix(at.value, "=", NULL);
  const unowned = infix(writer(at), "=", NULL);
  return read ? unowned : and(unowned, infix(readers(at), "=", setOf([])));
}

function put(w: Walk, path: Path, at: Held, below: readonly string[], value: Tla): Path {
  const all = rootOf(w.context, w.owner, path, at.lock);
  return changed(path, at.lock, except(all, [...at.indices, ...below], value));
}

function taken(w: Walk, path: Path, at: Held, read: boolean): Path {
  if (at.lock.class !== "rwsem") return put(w, path, at, [], at.self);
  if (!read) return put(w, path, at, ["writer"], at.self);
  return put(w, path, at, ["readers"], infix(readers(at), "\\cup", setOf([at.self])));
}

function released(w: Walk, path: Path, at: Held): Path {
  if (at.lock.class !== "rwsem") return put(w, path, at, [], NULL);
  const fields = (owner: Tla, others: Tla): Tla => ({
    kind: "record",
    types: false,
    fields: [
      ["writer", owner],
      ["readers", others],
    ],
  });
  const left = infix(readers(at), "\\", setOf([at.self]));
  const own = infix(writer(at), "=", at.self);
  return put(w, path, at, [], fields(choose(own, NULL, writer(at)), left));
}

/** May the process hold a lock of this declaration here? */
function mayHold(w: Walk, path: Path, lock: Lock): boolean {
  return w.mayHold.includes(lock) || path.values.has(lock);
}

/** One condition for each declaration of which the process may hold a lock: that it does. */
function held(w: Walk, path: Path, which: (lock: Lock) => boolean): readonly Tla[] {
  const self = w.owner?.self;
  if (self === undefined) return [];
  return w.context.machine.locks
    .filter((lock) => which(lock) && mayHold(w, path, lock))
    .map((lock) => {
      const bounds = lock.keys.map((_, depth): Bound => ({ wish: "ijk"[depth] ?? "k" }));
      const one = bounds.reduce<Tla>(
        (of, bound) => apply(of, reference(bound)),
        rootOf(w.context, w.owner, path, lock),
      );
      return lock.keys.reduceRight<Tla>(
        (inner, key, depth) => exists(bounds[depth] as Bound, typeSet(w.context, key), inner),
        isHeld(lock, one, self),
      );
    });
}

/** Who takes a lock that may sleep must hold no spinlock. */
function sleeping(w: Walk, path: Path, op: Extract<LockOp, { readonly kind: "acquire" }>): Tla {
  if (op.lock.lock.class === "spinlock") return and();
  const spinning = held(w, path, (lock) => lock.class === "spinlock");
  if (spinning.length === 0) return and();
  return note(w, "lock_use", not(or(...spinning)), op.span);
}
