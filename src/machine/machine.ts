// The machine: a closed, finite transition system that keeps the spec's names, text and structure.
// Low enough to run (the interpreter walks it, layout packs it), high enough to be read in other notations.
// Expressions are the typed ones of language/model.ts, whose locals are here the machine's own `MachineLocal`s.
// biome-ignore-all lint/performance/noBarrelFile: the rooms above know the machine only, and need its types' values

import type { Source, Span } from "../diagnostics/source.ts";
import type {
  Action,
  Constant,
  Cost,
  Declared,
  Expectation,
  Expr,
  Instance,
  Local,
  Lock,
  LockPlace,
  Place,
  Process,
  Property,
  Type,
  Variable,
} from "../language/model.ts";

export { evaluateConstant } from "../language/constants.ts";
export { childrenOf } from "../language/expressions.ts";
export type {
  Action,
  Binder,
  Constant,
  Cost,
  Declared,
  Expectation,
  Expr,
  Instance,
  Local,
  Lock,
  LockPlace,
  Place,
  Process,
  Property,
  Type,
  Value,
  Variable,
} from "../language/model.ts";
export { cardinality, firstValue, valuesOf } from "../language/types.ts";

export interface Machine {
  readonly name: string;
  readonly doc: string | null;
  readonly source: Source;
  readonly sources: readonly Source[];
  /** What the spec declares, as it is written; defs and assumptions too, which are gone from the machine otherwise. */
  readonly declared: readonly Declared[];
  readonly parameters: readonly Constant[];
  readonly constants: readonly Constant[];
  readonly types: readonly {
    readonly name: string;
    readonly type: Type;
    readonly doc: string | null;
    readonly span: Span;
  }[];
  /** Shared variables, ghosts among them, in the order of the text. */
  readonly variables: readonly Variable[];
  readonly initConditions: readonly Expr[];
  readonly locks: readonly Lock[];
  readonly processes: readonly MachineProcess[];
  readonly instances: readonly Instance[];
  readonly actions: readonly MachineAction[];
  readonly properties: readonly Property[];
  readonly costs: readonly Cost[];
  readonly terminal: readonly Expr[];
  readonly observed: readonly string[];
  readonly expectations: readonly Expectation[];
  /** Source lines that traces may show, indexed by `line` ops. */
  readonly lines: readonly Line[];
  /** Branches of the source, indexed by `branch` ops: one entry a source branch, whatever the number of inlined copies. */
  readonly branches: readonly Branch[];
  /** Assertions of the source, indexed by `assert` ops. */
  readonly assertions: readonly Assertion[];
  /** Inlined calls, indexed by `enter`/`leave` ops and by Location.stack: one entry a copy. */
  readonly frames: readonly Frame[];
  /** False when built with local steps kept apart: some locations are `local`, see Location. */
  readonly folded: boolean;
}

/**
 * One process template. A process's state is its location and its stored locals.
 * Location 0 is never special: `start` runs the local work before the first step and ends in gotos, per instance.
 */
export interface MachineProcess {
  readonly process: Process;
  readonly name: string;
  readonly daemon: boolean;
  /** The index parameter; its value is fixed per instance (Instance.index). */
  readonly index: MachineLocal | null;
  /** All locals of the body and of its inlined calls, without the index; `stored` ones are part of the state. */
  readonly locals: readonly MachineLocal[];
  /** The last one is `done`, with empty code. */
  readonly locations: readonly Location[];
  /** Work before the first step; no choices, waits or shared reads, but it may fault, assert and mark branches. */
  readonly start: Code;
}

/** A Local as the machine's own: unique per inlined copy, `name` unique in its process (a plain identifier, never `at`). */
export interface MachineLocal extends Local {
  /** Live at some location, hence part of the state. */
  stored: boolean;
}

export interface Location {
  /** Position in MachineProcess.locations. */
  readonly id: number;
  /** Unique in the process: `zap_huge_pmd.cleared`, else `zap_huge_pmd.3`; `done` for the end. */
  readonly name: string;
  /** Inlined calls around it, outermost first (indices into Machine.frames). */
  readonly stack: readonly number[];
  /** Labels that stand directly before this step: [function or process name, label]. */
  readonly labels: readonly (readonly [string, string])[];
  /** The line of the step that starts here (a choice: the line of the `either`/`pick`); -1 for done. */
  readonly line: number;
  readonly code: Code;
  /** Only in unfolded machines: local work that others may interleave with; properties are judged when no process stands at one. */
  readonly local: boolean;
  /** Locks (indices into Machine.locks) that the process may hold here, by declaration: a static over-approximation. */
  readonly mayHold: readonly number[];
}

export interface MachineAction {
  readonly action: Action;
  readonly name: string;
  readonly parameters: readonly MachineLocal[];
  /** False if params and consts alone rule it out: then that it is never taken is no finding. */
  readonly possible: boolean;
  /** Scratch locals of the body; none is stored. */
  readonly locals: readonly MachineLocal[];
  /** Parameters are chosen by the first `pick` ops inside; ends in `stop`. */
  readonly code: Code;
  readonly line: number;
}

/** A call that was inlined: `name` as in the source; `call` is the place of the call. */
export interface Frame {
  readonly function: string;
  readonly call: Span;
  /** What the caller passed, for display: expressions over the caller's locals. */
  readonly arguments: readonly Expr[];
}

/** A line that a step shows: its `///` text, else the source text of its head. */
export interface Line {
  readonly span: Span;
  /** The author's text, null if there is none. */
  readonly text: string | null;
  /** The source of the step's head, on one line, e.g. `acquire ptl[m]`. */
  readonly code: string;
  /** The fn, process or action whose body holds it. */
  readonly function: string;
  readonly kind: "step" | "choice" | "local";
}

export interface Branch {
  readonly span: Span;
  /** `then`, `else`, `while`, `for`, `either`, `pick` … in words: "the else of `if x`". */
  readonly description: string;
  readonly function: string;
  /** Labels directly at its start, for `expect f.L unreachable`. */
  readonly labels: readonly string[];
  /** `none`: never taken is a finding; `note`: a missing else or a loop's exit; `label`: a mark for `expect f.L`, see `label`. */
  readonly exempt: "none" | "note" | "label";
  /** For `label` marks: [function, label], entered when control passes the label. */
  readonly label: readonly [string, string] | null;
}

export interface Assertion {
  /** Given or made: `assert name: e`, else `assert_<line>`. */
  readonly name: string;
  readonly named: boolean;
  readonly condition: string;
  readonly function: string;
  readonly span: Span;
}

/**
 * Code runs from a location to the next; every path ends in `goto`, `stop`, `fault`, or is not offered (an `await`,
 * `acquire` or empty choice that cannot run). Ops run in order; an `if` or `loop` that falls through goes on with the next op.
 * `either` and `pick` fork: each alternative runs on its own copy of the state, the rest of the path is inside it (they are last).
 */
export type Code = readonly Op[];

export type Op =
  /** Range-checked by the place's type: values outside are the fault `range`. Index faults in the place likewise. */
  | { readonly kind: "assign"; readonly place: Place; readonly value: Expr; readonly span: Span }
  | {
      readonly kind: "if";
      readonly condition: Expr;
      readonly then: Code;
      readonly otherwise: Code;
      readonly span: Span;
    }
  /** Runs its body until a `break` to it; `continue` (or falling off the body) starts the next round; more than `limit` rounds: the fault `endless-loop`. */
  | {
      readonly kind: "loop";
      readonly id: number;
      readonly body: Code;
      readonly limit: number;
      readonly span: Span;
    }
  | { readonly kind: "break"; readonly loop: number }
  | { readonly kind: "continue"; readonly loop: number }
  | { readonly kind: "either"; readonly branches: readonly Code[]; readonly span: Span }
  /** Each value of `set` (in the order of its type) for which `where` holds, assigned to `local`. None: not offered, or the fault `atomic-stuck`. */
  | {
      readonly kind: "pick";
      readonly local: MachineLocal;
      readonly set: Expr;
      readonly where: Expr | null;
      readonly stuck: "wait" | "fault";
      readonly body: Code;
      readonly span: Span;
    }
  /** Not offered unless the condition holds. */
  | { readonly kind: "await"; readonly condition: Expr; readonly span: Span }
  /**
   * Waits for the lock: not offered while another holds it in a conflicting mode; held by oneself already: the fault `double-acquire`.
   * Taking a mutex or rwsem while holding a spinlock is noted (`sleep-under-spinlock`), and the step goes on.
   */
  | {
      readonly kind: "acquire";
      readonly lock: LockPlace;
      readonly read: boolean;
      readonly span: Span;
    }
  /** Never waits: sets `result` to whether the lock was free, and takes it if so. */
  | {
      readonly kind: "try-acquire";
      readonly lock: LockPlace;
      readonly result: MachineLocal;
      readonly span: Span;
    }
  | { readonly kind: "release"; readonly lock: LockPlace; readonly span: Span }
  | { readonly kind: "downgrade"; readonly lock: LockPlace; readonly span: Span }
  | {
      readonly kind: "assert";
      readonly assertion: number;
      readonly condition: Expr;
      readonly span: Span;
    }
  | { readonly kind: "cost"; readonly cost: Cost; readonly value: Expr; readonly span: Span }
  /** `holds l when result`: the fault `contract-broken` unless the lock is held by this process exactly when the result is true. */
  | {
      readonly kind: "contract";
      readonly lock: LockPlace;
      readonly result: Expr;
      readonly span: Span;
    }
  /** The process ends: the fault `lock-held-at-end` if it still holds a lock. Followed by a goto to done. */
  | { readonly kind: "end"; readonly span: Span }
  /** Ends the path; `resets` are dead there and get their type's first value. */
  | { readonly kind: "goto"; readonly location: number; readonly resets: readonly MachineLocal[] }
  /** Ends an action. */
  | { readonly kind: "stop" }
  | { readonly kind: "fault"; readonly fault: FaultKind; readonly span: Span }
  // ---- marks: no effect on the state
  | { readonly kind: "line"; readonly line: number }
  | { readonly kind: "branch"; readonly branch: number }
  | { readonly kind: "enter"; readonly frame: number }
  | { readonly kind: "leave"; readonly frame: number };

/** What can go wrong while a step runs; each is also a catalogue code that `weft explain` knows. */
export type FaultKind =
  | "range"
  | "index"
  | "null-used"
  | "sequence-full"
  | "sequence-empty"
  | "empty-set"
  | "division"
  | "double-acquire"
  | "release-not-held"
  | "downgrade-not-held"
  | "lock-held-at-end"
  | "contract-broken"
  | "atomic-stuck"
  | "endless-loop"
  | "negative-cost";

export const FAULT_KINDS: readonly FaultKind[] = [
  "range",
  "index",
  "null-used",
  "sequence-full",
  "sequence-empty",
  "empty-set",
  "division",
  "double-acquire",
  "release-not-held",
  "downgrade-not-held",
  "lock-held-at-end",
  "contract-broken",
  "atomic-stuck",
  "endless-loop",
  "negative-cost",
];
