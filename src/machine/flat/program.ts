// The flat program: a machine as scalar code over packed states, in which nothing is left but 32-bit integers.
// It is what the packed form of a generated module is printed from, and what other back ends can be. No node holds text
// of a target language; nothing is allocated while it runs; a value that is more than one number lies in `scratch`,
// a memory of 32-bit words whose addresses are assigned here (constants of that kind: in `data`).
//
// A routine works on one state, the state being built: the words of the state that it starts from, in which `write`
// changes fields in place. Numbers are: booleans 0 and 1, ranges as they are, enum members and processes their
// position, options 0 or 1 + the value's ordinal, sets of up to 32 elements a mask. Fields hold ordinals (from 0).

import type { Span } from "../../diagnostics/source.ts";
import type { Layout } from "../layout.ts";
import type { FaultKind } from "../machine.ts";

export type FlatBinary =
  /** Exact by the computed intervals of the language. */
  | "+"
  | "-"
  | "*"
  /** Of a left side >= 0 and a right side > 0, rounded down. */
  | "/"
  | "%"
  | "bit-and"
  | "bit-or"
  | "bit-xor"
  | "shift-left"
  | "shift-right"
  /** 0 or 1. */
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  /** Of operands that are 0 or 1; both are free of effects, so either may be left unevaluated. */
  | "and"
  | "or";

export type FlatUnary =
  /** 1 - x of a 0 or 1. */
  | "not"
  | "negate"
  | "bit-not"
  | "count-bits"
  /** Position of the lowest and highest bit that is set; the operand is not 0. */
  | "lowest-bit"
  | "highest-bit";

/**
 * Whose field is read: of the state being built (a predicate's state), of the state that the step starts from, or,
 * in step predicates, of the state after the step.
 */
export type FlatState = "now" | "start" | "after";

/** Words that code may change, or the program's constants. */
export type FlatMemory = "scratch" | "data";

/** Free of effects and faults: what could go wrong was checked by statements before. */
export type FlatExpr =
  | { readonly kind: "const"; readonly value: number }
  | { readonly kind: "local"; readonly local: number }
  | {
      readonly kind: "read";
      readonly item: number;
      readonly index: FlatExpr;
      readonly state: FlatState;
    }
  /** All bits of a word of a state: what fields that lie in it are tested by at once. */
  | { readonly kind: "word"; readonly word: number; readonly state: FlatState }
  | { readonly kind: "load"; readonly memory: FlatMemory; readonly address: FlatExpr }
  /** The mover whose step a step predicate judges. */
  | { readonly kind: "mover" }
  | { readonly kind: "unary"; readonly operator: FlatUnary; readonly operand: FlatExpr }
  | {
      readonly kind: "binary";
      readonly operator: FlatBinary;
      readonly left: FlatExpr;
      readonly right: FlatExpr;
    }
  | {
      readonly kind: "select";
      readonly condition: FlatExpr;
      readonly then: FlatExpr;
      readonly otherwise: FlatExpr;
    };

export type FlatBlock = readonly FlatStmt[];

export type FlatStmt =
  | { readonly kind: "set"; readonly local: number; readonly value: FlatExpr }
  /** Changes field `index` of an item of the state being built. */
  | {
      readonly kind: "write";
      readonly item: number;
      readonly index: FlatExpr;
      readonly value: FlatExpr;
    }
  /** Changes a word of scratch. */
  | { readonly kind: "store"; readonly address: FlatExpr; readonly value: FlatExpr }
  | {
      readonly kind: "if";
      readonly condition: FlatExpr;
      readonly then: FlatBlock;
      readonly otherwise: FlatBlock;
    }
  /** `local` from `from` while below `below` (evaluated once); the body does not set it. `id` is what `break` and `continue` name. */
  | {
      readonly kind: "for";
      readonly id: number;
      readonly local: number;
      readonly from: FlatExpr;
      readonly below: FlatExpr;
      readonly body: FlatBlock;
    }
  /** Until a `break`; falling off the body starts again. */
  | { readonly kind: "loop"; readonly id: number; readonly body: FlatBlock }
  /** Runs once; `break` leaves it. */
  | { readonly kind: "block"; readonly id: number; readonly body: FlatBlock }
  | { readonly kind: "break"; readonly id: number }
  | { readonly kind: "continue"; readonly id: number }
  /**
   * A fork: the rest of the routine runs once for each number below `count` that the filter accepts, ascending, each
   * time on a copy of state and locals as they are here. The filter runs with the number in `local`; `accept` is read
   * behind it. A filter that faults makes a faulting step, and the fork goes on. `none` runs if no number is accepted
   * and no filter faulted; it ends the path.
   */
  | {
      readonly kind: "pick";
      readonly local: number;
      readonly count: number;
      readonly filter: FlatBlock;
      readonly accept: FlatExpr;
      readonly none: FlatBlock;
    }
  // ---- ends of a path
  /** The state being built is a successor. */
  | { readonly kind: "emit" }
  /** The step cannot be taken: no successor, and what was noted on the path is forgotten. */
  | { readonly kind: "reject" }
  /** A step without successor; `site` is an index into `faults`. In predicates: the answer is 2. */
  | { readonly kind: "fault"; readonly site: number }
  /** The answer of a predicate, 0 or 1. */
  | { readonly kind: "answer"; readonly value: FlatExpr }
  // ---- what is recorded about the step
  /** Whose start work follows, in `initial`: who is to blame for a fault. Before any: nobody, -1. */
  | { readonly kind: "blame"; readonly mover: FlatExpr }
  | { readonly kind: "note"; readonly note: number }
  /** Lock instances by their position in `lockNames`; `site` is an index into `orderSites`. */
  | {
      readonly kind: "lock-order";
      readonly site: number;
      readonly held: FlatExpr;
      readonly taken: FlatExpr;
    }
  | { readonly kind: "cost"; readonly cost: number; readonly value: FlatExpr }
  | { readonly kind: "branch"; readonly branch: number };

/** A piece of straight, structured code with its own locals, all 0 when it starts. */
export interface FlatRoutine {
  readonly name: string;
  /** Names for readers, unique in the routine; local 0 is the parameter if it has one. */
  readonly locals: readonly string[];
  /** The position of the instance among those of its process. */
  readonly parameter: boolean;
  readonly body: FlatBlock;
}

export interface FlatProcess {
  readonly name: string;
  /** Its instances are the movers `first` to `first + count - 1`. */
  readonly first: number;
  readonly count: number;
  readonly location: number;
  /** By location; null where nothing can happen (done). */
  readonly steps: readonly (FlatRoutine | null)[];
  /** By location: whether the steps of an instance that stands there are enough (1); null where they never are. */
  readonly alone: readonly (FlatRoutine | null)[];
  /** By location: whether a state may be passed over from which such a step is the only one. */
  readonly passable: readonly boolean[];
  /** Locations that are local work, of unfolded machines. */
  readonly localLocations: readonly number[];
  readonly done: number;
}

export type FlatNote =
  | { readonly kind: "assert"; readonly assertion: number }
  | { readonly kind: "sleep-under-spinlock"; readonly span: Span };

export interface FlatProgram {
  readonly layout: Layout;
  /** Words of scratch that the largest routine needs; routines share them, since none runs inside another. */
  readonly scratchWords: number;
  readonly data: readonly number[];
  readonly faults: readonly { readonly fault: FaultKind; readonly span: Span }[];
  readonly notes: readonly FlatNote[];
  readonly orderSites: readonly Span[];
  readonly lockNames: readonly string[];
  readonly costs: readonly string[];
  readonly branches: number;
  /** Starts from a state whose words are all 0. */
  readonly initial: FlatRoutine;
  /** Whether different initial values may lead to the same initial state. */
  readonly initialMayRepeat: boolean;
  readonly processes: readonly FlatProcess[];
  readonly actions: readonly FlatRoutine[];
  readonly statePredicates: readonly {
    readonly kind: "invariant" | "cover" | "terminal" | "label";
    readonly name: string;
    readonly routine: FlatRoutine;
  }[];
  readonly stepPredicates: readonly { readonly name: string; readonly routine: FlatRoutine }[];
}
