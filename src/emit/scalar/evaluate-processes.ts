// Where processes stand, what they hold and who they are.

import { type Expr, firstValue, type Process } from "../../machine/machine.ts";
import type { Evaluate, ExprOf } from "./evaluate-operators.ts";
import { truth } from "./evaluate-operators.ts";
import type { Scalar } from "./scalar.ts";
import { and, boolean, eq, FALSE, isFalse, not, number, or, TRUE, within } from "./scalar-build.ts";
import { mayGoWrong, type Scope, under } from "./scope.ts";
import type { LockSymbolic, Symbolic, Who } from "./symbolic.ts";
import {
  asOption,
  expect,
  heldBy,
  instancesOf,
  isHeld,
  option,
  processOf,
  sameWho,
  scalar,
  scalarOf,
} from "./symbolic-build.ts";
import { fits, guarded } from "./symbolic-fits.ts";
import { literal, someInstance } from "./symbolic-values.ts";

type AboutProcess = ExprOf<
  | "instance"
  | "done"
  | "holder"
  | "held"
  | "at"
  | "located"
  | "process-variable"
  | "taken"
  | "taken-action"
>;

export function aboutProcess(evaluate: Evaluate, expr: AboutProcess, scope: Scope): Symbolic {
  const { notions, reading, taker } = scope;
  switch (expr.kind) {
    case "instance":
      return processOf(instance(evaluate, expr, scope));
    case "done": {
      const who = instance(evaluate, expr, scope);
      const last = locationsOf(scope, expr.process).length - 1;
      return scalar(reading.at(who, new Set([last])));
    }
    case "located": {
      const who = instance(evaluate, expr, scope);
      const all = locationsOf(scope, expr.process);
      const there = new Set(all.filter(({ id }) => expr.locations.has(id)).map(({ id }) => id));
      if (there.size === 0) return scalar(FALSE);
      return scalar(there.size === all.length ? TRUE : reading.at(who, there));
    }
    case "at":
      throw new Error("`@` that lowering left unresolved");
    case "process-variable": {
      const who = instance(evaluate, expr, scope);
      const { local } = expr;
      const process = notions.machine.processes.find((other) => other.process === expr.process);
      const stored = process?.locals.some((other) => other === local && other.stored) ?? false;
      return stored
        ? guarded(notions, reading.processVariable(who, local), local.type)
        : literal(notions, firstValue(local.type), local.type);
    }
    case "holder": {
      const lock = lockAt(evaluate, expr.lock, scope);
      return option(not(lock.owned), () => ({ kind: "process", is: lock.ownedBy }));
    }
    case "held": {
      const lock = lockAt(evaluate, expr.lock, scope);
      if (expr.by === null) return scalar(isHeld(lock));
      return scalar(heldByValue(scope, lock, evaluate(expr.by, scope)));
    }
    case "taken": {
      const who = instance(evaluate, expr, scope);
      const mine = taker?.kind === "process" ? sameWho(taker.who, who) : FALSE;
      if (expr.at === null || isFalse(mine)) return scalar(mine);
      return scalar(and(mine, truth(evaluate, expr.at, under(scope, mine))));
    }
    case "taken-action":
      return scalar(boolean(taker?.kind === "action" && taker.action === expr.action));
    default:
      return expr satisfies never;
  }
}

function locationsOf({ notions }: Scope, process: Process): readonly { readonly id: number }[] {
  const found = notions.machine.processes.find((other) => other.process === process);
  if (found === undefined) throw new Error(`no such process in the machine: ${process.name}`);
  return found.locations;
}

/** The instance that is meant; an index without one is a fault. */
function instance(
  evaluate: Evaluate,
  expr: { readonly process: Process; readonly index: Expr | null; readonly span: Expr["span"] },
  scope: Scope,
): Who {
  const { process } = expr;
  if (expr.index === null) {
    mayGoWrong(scope, boolean(process.index !== null), "index", expr.span);
    return { process, index: null };
  }
  const index = scalarOf(evaluate(expr.index, scope));
  mayGoWrong(scope, not(isIndex(index, process, scope)), "index", expr.span);
  return { process, index };
}

function isIndex(index: Scalar, process: Process, { notions }: Scope): Scalar {
  if (process.index === null) return FALSE;
  const { values, local } = process.index;
  const numbers = values.filter((value) => typeof value === "number");
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (local.type.kind === "range" && local.type.symmetric) return TRUE;
  if (first !== undefined && last !== undefined && last - first + 1 === values.length) {
    return within(index, first, last);
  }
  if (local.type.kind === "enum" && values.length === local.type.members.length) return TRUE;
  if (local.type.kind === "bool" && values.length === 2) return TRUE;
  return or(
    ...instancesOf(notions.machine, process).map((who) => eq(index, who.index ?? number(0))),
  );
}

function lockAt(evaluate: Evaluate, place: ExprOf<"holder">["lock"], scope: Scope): LockSymbolic {
  const keys = evaluatedKeys(evaluate, place, scope);
  return scope.reading.lock(place.lock, keys);
}

/** The keys of a lock place; an index without such a lock is a fault. */
export function evaluatedKeys(
  evaluate: Evaluate,
  place: ExprOf<"holder">["lock"],
  scope: Scope,
): readonly Scalar[] {
  const keys = place.indices.map((index) => evaluate(index, scope));
  const exists = place.lock.keys.map((type, depth) => {
    const key = keys[depth];
    const from = place.indices[depth]?.type ?? null;
    return key === undefined ? FALSE : fits(scope.notions, key, from, type);
  });
  mayGoWrong(scope, not(and(...exists)), "index", place.span);
  return keys.map(scalarOf);
}

/** Is the lock held by the process that a value is? */
function heldByValue({ notions }: Scope, lock: LockSymbolic, by: Symbolic): Scalar {
  const some = asOption(by);
  const process = expect(some.value, "process");
  const held =
    process.who === undefined
      ? someInstance(notions, (who) => and(process.is(who), heldBy(lock, who)))
      : heldBy(lock, process.who);
  return and(not(some.isNull), held);
}
