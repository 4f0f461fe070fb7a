// Symbolic values: what an expression denotes, as scalar expressions of its parts. A part is made only when asked for,
// so an array or a set of any size costs nothing until it is looked into.

import type { Span } from "../../diagnostics/source.ts";
import type { FaultKind, Local, Lock, Process, Variable } from "../../machine/machine.ts";
import type { Scalar, ScalarType } from "./scalar.ts";

export type Symbolic =
  | { readonly kind: "scalar"; readonly scalar: Scalar }
  | { readonly kind: "option"; readonly isNull: Scalar; readonly value: Symbolic }
  | { readonly kind: "record"; readonly field: (name: string) => Symbolic }
  /** The key lies in the array's key type: that was checked before. */
  | { readonly kind: "array"; readonly at: (key: Scalar) => Symbolic }
  /** The element may be any value that can be compared with elements. */
  | {
      readonly kind: "set";
      /** Targets get elements only that lie in the set's element type, in its shape. */
      readonly has: (element: Symbolic) => Scalar;
      /** All values that may be elements, each once, in the order of their type; absent: all values of the type. */
      readonly candidates?: readonly Candidate[];
      /** The elements as they are written, in any order and perhaps twice, where the set is written so. */
      readonly elements?: readonly Symbolic[];
    }
  /** The index is below the length: that was checked before. */
  | { readonly kind: "sequence"; readonly length: Scalar; readonly at: (index: Scalar) => Symbolic }
  /** A process instance: is it this one? (Targets represent them differently.) */
  | {
      readonly kind: "process";
      readonly is: (who: Who) => Scalar;
      /** Which one it is, where that is known. */
      readonly who?: Who;
    };

/** `value` is an element of the set if `when` holds. */
export interface Candidate {
  readonly value: Symbolic;
  readonly when: Scalar;
}

/** A process instance; the index is a scalar that is one of its index values. */
export interface Who {
  readonly process: Process;
  readonly index: Scalar | null;
}

/** What expressions read, as the target stores it; symbolic execution lays assigned values over it. */
export interface Reading {
  variable(variable: Variable): Symbolic;
  local(local: Local): Symbolic;
  lock(lock: Lock, keys: readonly Scalar[]): LockSymbolic;
  /** Does the process stand at one of these locations (`done` is the last)? */
  at(who: Who, locations: ReadonlySet<number>): Scalar;
  /** A stored local of a process that has not ended. */
  processVariable(who: Who, local: Local): Symbolic;
}

export interface LockSymbolic {
  /** Held by nobody, for reading neither. */
  readonly free: Scalar;
  /** Somebody owns it for writing (a spinlock's or mutex's only mode). */
  readonly owned: Scalar;
  readonly ownedBy: (who: Who) => Scalar;
  readonly readBy: (who: Who) => Scalar;
}

/** Something that may go wrong, in the order of evaluation: the first whose condition holds is the fault. */
export interface FaultSite {
  readonly when: Scalar;
  readonly fault: FaultKind;
  readonly span: Span;
}

/** What a target wants kept as a quantifier, where nothing in the body can fault; all others are unrolled. */
export type KeepQuantifier = (
  quantifier: "forall" | "exists" | "count" | "sum",
  type: ScalarType,
) => boolean;
