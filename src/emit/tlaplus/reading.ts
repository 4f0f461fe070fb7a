// Where expressions find what they read: the state, values that a step has changed already, names that are bound.

import type {
  Binder,
  Expr,
  Local,
  Lock,
  LockPlace,
  Process,
  Type,
  Variable,
} from "../../machine/machine.ts";
import { type Context, type ProcessNames, processNames } from "./context.ts";
import {
  apply,
  type Bound,
  infix,
  NULL,
  not,
  number,
  or,
  reference,
  setOf,
  type Tla,
} from "./tree.ts";
import { typeSet } from "./values.ts";

export interface Reading {
  readonly context: Context;
  variable(variable: Variable): Tla;
  local(local: Local): Tla;
  /** All locks of one declaration. */
  lock(lock: Lock): Tla;
  /** Where the instances of a process stand. */
  at(process: ProcessNames): Tla;
  /** A stored local of all instances of a process. */
  stored(variable: string): Tla;
  /** Who has taken the step that a step property judges. */
  readonly mover: Tla | null;
  /** The state after that step. */
  readonly after: Reading | null;
  readonly binders: ReadonlyMap<Binder, Tla>;
  /** The condition under which evaluating an expression goes wrong. */
  readonly faultOf: (r: Reading, expr: Expr) => Tla;
}

/** The reading inside a binder's scope. */
export function binding(
  r: Reading,
  binder: Binder,
): { readonly bound: Bound; readonly r: Reading } {
  const bound = { wish: binder.name };
  return { bound, r: { ...r, binders: new Map(r.binders).set(binder, reference(bound)) } };
}

/** The place of an instance in what is kept for all instances of its process. */
export function ofInstance(all: Tla, index: Tla | null): Tla {
  return index === null ? all : apply(all, index);
}

/** A lock, its indices given. */
export function lockAt(r: Reading, { lock }: LockPlace, indices: readonly Tla[]): Tla {
  return indices.reduce<Tla>((all, index) => apply(all, index), r.lock(lock));
}

/** Where instances of a process stand, and which one. */
export function namesOf(r: Reading, process: Process): ProcessNames {
  return processNames(r.context, process);
}

/** Is a value outside the type? Only what its own type leaves open is asked. */
export function outside(r: Reading, value: Tla, from: Type, type: Type): Tla {
  if (from.kind === "range" && type.kind === "range" && !type.symmetric) {
    if (from.lo >= type.lo) return infix(value, ">", number(type.hi));
    if (from.hi <= type.hi) return infix(value, "<", number(type.lo));
  }
  if (type.kind === "set") return not(infix(value, "\\subseteq", typeSet(r.context, type.of)));
  if (type.kind === "option" && from.kind !== "option") return outside(r, value, from, type.of);
  return infix(value, "\\notin", typeSet(r.context, type));
}

/** Does somebody hold a lock, or does this process (in any mode)? */
export function isHeld(lock: Lock, value: Tla, by: Tla | null): Tla {
  if (lock.class !== "rwsem") return infix(value, by === null ? "#" : "=", by ?? NULL);
  const writer: Tla = { kind: "field", record: value, name: "writer" };
  const readers: Tla = { kind: "field", record: value, name: "readers" };
  if (by === null) return or(infix(writer, "#", NULL), infix(readers, "#", setOf([])));
  return or(infix(writer, "=", by), infix(by, "\\in", readers));
}

export type ExprOf<K extends Expr["kind"]> = Extract<Expr, { readonly kind: K }>;
