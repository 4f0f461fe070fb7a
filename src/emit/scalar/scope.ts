// What an expression is evaluated in: how the target stores what it reads, the names bound around it, and the path that
// leads to it. Faults found on the way are collected, in the order of evaluation.

import type { Span } from "../../diagnostics/source.ts";
import type { Action, Binder, FaultKind, Machine } from "../../machine/machine.ts";
import type { Scalar, ScalarType } from "./scalar.ts";
import { and, isFalse, TRUE } from "./scalar-build.ts";
import type { FaultSite, KeepQuantifier, Reading, Symbolic, Who } from "./symbolic.ts";

/** What stays the same for a whole translation. */
export interface Notions {
  readonly machine: Machine;
  readonly keep: KeepQuantifier;
  /** Types whose values the target cannot write as literals (scalarsets); enumerating one throws `CannotEnumerate`. */
  readonly opaque: (type: ScalarType) => boolean;
}

/** Whose step it is, for `taken`. */
export type Taker =
  | { readonly kind: "process"; readonly who: Who }
  | { readonly kind: "action"; readonly action: Action };

interface Binding {
  readonly binder: Binder;
  readonly value: Symbolic;
  readonly outer: Binding | null;
}

export interface Scope {
  readonly notions: Notions;
  readonly reading: Reading;
  /** The state after the step, for step properties. */
  readonly after: Reading | null;
  readonly taker: Taker | null;
  readonly bound: Binding | null;
  /** Evaluation gets here exactly if this holds (and nothing has faulted before). */
  readonly path: Scalar;
  /** Where faults are collected. */
  readonly sites: FaultSite[];
}

/** A type that the target cannot enumerate had to be; translate it as a plain range or enum instead. */
export class CannotEnumerate extends Error {
  readonly type: ScalarType;

  constructor(type: ScalarType) {
    super("a type without literals was to be enumerated");
    this.type = type;
  }
}

/** A scope with nothing bound and no faults yet. */
export function scopeOf(
  notions: Notions,
  reading: Reading,
  step: { readonly after: Reading; readonly taker: Taker } | null = null,
): Scope {
  const { after, taker } = step ?? { after: null, taker: null };
  return { notions, reading, after, taker, bound: null, path: TRUE, sites: [] };
}

/** The same scope with its own collection of faults, on a path without conditions. */
export function apart(scope: Scope): Scope {
  return { ...scope, path: TRUE, sites: [] };
}

/** The scope further along the path, where this holds too. */
export function under(scope: Scope, condition: Scalar): Scope {
  return { ...scope, path: and(scope.path, condition) };
}

export function bind(scope: Scope, binder: Binder, value: Symbolic): Scope {
  return { ...scope, bound: { binder, value, outer: scope.bound } };
}

export function boundValue(scope: Scope, binder: Binder): Symbolic {
  for (let at = scope.bound; at !== null; at = at.outer) if (at.binder === binder) return at.value;
  throw new Error(`unbound name: ${binder.name}`);
}

/** Notes that something goes wrong here if `when` holds. */
export function mayGoWrong(scope: Scope, when: Scalar, fault: FaultKind, span: Span): void {
  const reached = and(scope.path, when);
  if (!isFalse(reached)) scope.sites.push({ when: reached, fault, span });
}
