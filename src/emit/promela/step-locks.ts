// Locks: who takes one writes its number there.

import type { CommandOp } from "../../machine/command.ts";
import type { MachineLocal } from "../../machine/machine.ts";
import { lockFaults, sleepsUnderSpinlock } from "../scalar/locks.ts";
import type { PlaceText, Scalar } from "../scalar/scalar.ts";
import { FALSE, isFalse, not } from "../scalar/scalar-build.ts";
import type { Who } from "../scalar/symbolic.ts";
import { scalar, scalarOf } from "../scalar/symbolic-build.ts";
import { line } from "../text.ts";
import { placeText, text } from "./print.ts";
import { ownerPlace, pidScalar, readerPlace } from "./reading.ts";
import { note, unlessFaulty } from "./step-ends.ts";
import {
  beforeWriting,
  type Path,
  put,
  putShared,
  readingOf,
  type Step,
  scopeAt,
  setLocal,
  storedLocal,
} from "./step-path.ts";
import { rootOf } from "./store.ts";

type OpOf<K extends CommandOp["kind"]> = Extract<CommandOp, { readonly kind: K }>;

/** The process that takes the step. */
export function selfOf({ self }: Step): Who {
  if (self === null) throw new Error("a lock operation in an action");
  return self;
}

/** Takes or gives back a lock. */
export function lockOp(
  step: Step,
  path: Path,
  op: OpOf<"acquire" | "try-acquire" | "release" | "downgrade">,
  forget: () => void,
  rest: () => void,
): void {
  const { layout } = step.translating;
  const self = selfOf(step);
  const { lock } = op.lock;
  const scope = scopeAt(step, path);
  const keys = lockFaults(op, self, scope);
  const sleeps = op.kind === "acquire" ? sleepsUnderSpinlock(op, self, scope) : FALSE;
  unlessFaulty(step, path, scope.sites, () => {
    if (!isFalse(sleeps)) note(step, step.findings.numberOf("lock_use"), not(sleeps));
    forget();
    const pid = pidScalar(layout, self);
    const owner = ownerPlace(layout, lock, keys);
    const root = rootOf(owner);
    const set = (place: PlaceText, value: string): string =>
      `${placeText(place, layout)} = ${value}`;
    const take = set(owner, text(pid, layout));
    const free = set(owner, "0");
    const shared = lock.class === "rwsem";
    const reader = (): PlaceText => readerPlace(layout, lock, keys, pid);
    if (op.kind === "try-acquire") {
      const before = readingOf(step, path).lock(lock, keys);
      keepResult(step, path, op.result, before.free);
      const taken = scalarOf(readingOf(step, path).local(op.result));
      beforeWriting(step, path, root);
      line(step.to, "if");
      line(step.to, `:: ${text(taken, layout)} -> ${take}`);
      line(step.to, ":: else");
      line(step.to, "fi;");
    } else {
      beforeWriting(step, path, root);
      if (op.kind === "acquire") put(step, [op.read ? set(reader(), "true") : take]);
      else if (op.kind === "downgrade") put(step, [free, set(reader(), "true")]);
      else if (!shared) put(step, [free]);
      else {
        const owned = readingOf(step, path).lock(lock, keys).ownedBy(self);
        line(step.to, "if");
        line(step.to, `:: ${text(owned, layout)} -> ${free}`);
        line(step.to, `:: else -> ${set(reader(), "false")}`);
        line(step.to, "fi;");
      }
    }
    path.written.add(root);
    rest();
  });
}

/** Whether the lock was free decides what is written to it, so it is kept. */
function keepResult(step: Step, path: Path, result: MachineLocal, free: Scalar): void {
  const stored = storedLocal(step, result);
  if (stored !== null) {
    putShared(step, path, stored, scalar(free));
    return;
  }
  setLocal(step, branchPathOf(path), result, scalar(free));
  path.locals.set(result, "kept");
}

/** The same path, in which values of locals are kept rather than put in for them. */
function branchPathOf(path: Path): Path {
  return { ...path, tail: false };
}
