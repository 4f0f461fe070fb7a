// What a step of the interpreter is made of: the paths through its code, and what each of them did.

import type { Span } from "../diagnostics/source.ts";
import type { Code, FaultKind, Instance, Local, Machine, Op, Value } from "../machine/machine.ts";
import type { StepEvent } from "./exploration.ts";
import type { Note, State } from "./transition-system.ts";

/** What a path through code did beside changing the state. */
export interface Effects {
  readonly events: readonly StepEvent[];
  /** Branches entered, indices into Machine.branches. */
  readonly branches: readonly number[];
  /** Failed asserts, sleeping under a spinlock, lock orders. */
  readonly notes: readonly Note[];
  /** What it adds to each cost of the machine. */
  readonly costs: readonly number[];
}

/** One way through a code: where it leads, or how it faults. */
export interface Outcome extends Effects {
  readonly next: State | null;
  readonly fault: { readonly kind: FaultKind; readonly span: Span } | null;
}

/** Why a path is not offered. */
export type Blocker =
  | {
      readonly kind: "lock";
      readonly lock: string;
      readonly read: boolean;
      readonly holders: readonly string[];
      readonly span: Span;
    }
  | { readonly kind: "await"; readonly span: Span }
  | { readonly kind: "choice"; readonly span: Span };

export interface Ways {
  readonly outcomes: readonly Outcome[];
  readonly blocked: readonly Blocker[];
}

/** One run of a code: who runs it, and the paths found. */
export interface Run {
  readonly machine: Machine;
  /** The process that runs; null for an action. */
  readonly self: Instance | null;
  readonly outcomes: Outcome[];
  readonly blocked: Blocker[];
}

/** A way that is being followed. */
export interface Path {
  state: State;
  control: Control | null;
  readonly locals: Map<Local, Value>;
  readonly events: StepEvent[];
  readonly branches: number[];
  readonly notes: Note[];
  readonly costs: number[];
}

/** A code that is being run; behind the body of a loop stands its next round, behind any other code the outer one. */
export interface Control {
  readonly code: Code;
  readonly position: number;
  readonly loop: { readonly op: OpOf<"loop">; readonly round: number } | null;
  readonly outer: Control | null;
}

export type OpOf<K extends Op["kind"]> = Extract<Op, { readonly kind: K }>;
/** Does the path go on with its next op, or has it ended (arrived, faulted, not offered, forked)? */
export type Advance = "on" | "ended";
