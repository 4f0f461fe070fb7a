// The result of a check as data: counts, verdicts, traces. Only report/ makes sentences of it.

import type { Span } from "../diagnostics/source.ts";
import type { FaultKind, Value } from "../machine/machine.ts";
import type { ReductionReport } from "./reduction.ts";
import type { State } from "./transition-system.ts";

export type Limit =
  | "max-states"
  | "memory"
  /** States were kept on disk, and it could not take more, or not give back what it had. */
  | "disk"
  | "time-limit"
  | "interrupted"
  | "first-violation"
  /** Only states that random walks met were looked at. */
  | "walks";

/** What a search found, whoever made it: Weft, which knows every count (an `Exploration`), or an engine outside. */
export interface Found {
  readonly spec: string;
  readonly parameters: readonly { readonly name: string; readonly value: Value }[];
  /** True if every reachable state was explored; otherwise nothing "holds". */
  readonly complete: boolean;
  readonly stoppedBy: Limit | null;
  /** Null here and below: whoever searched does not say. */
  readonly initialStates: number | null;
  readonly distinctStates: number | null;
  /** Enabled steps, self-loops and faulting ones included; initial states are not steps. */
  readonly transitions: number | null;
  /** Steps of the longest shortest path; 0 if only initial states are reachable. */
  readonly depth: number | null;
  /** States first reached at each depth. */
  readonly levels: readonly number[] | null;
  /** In the order: properties as declared, named and other asserts, then built-in ones. */
  readonly verdicts: readonly Verdict[];
  readonly costs: readonly CostResult[];
  readonly coverage: Coverage;
  readonly elapsedSeconds: number;
  /** Reductions that were used, and those that were asked for or would have helped and could not be. */
  readonly reductions?: readonly ReductionReport[];
  /** What was not judged though every state was looked at, because they were too many for the memory. */
  readonly notJudged?: readonly NotJudged[];
  /** Who searched, if it was not Weft. */
  readonly by?: Outside;
}

/** What Weft itself found. */
export interface Exploration extends Found {
  readonly initialStates: number;
  readonly distinctStates: number;
  readonly transitions: number;
  readonly depth: number;
  readonly levels: readonly number[];
  readonly reductions: readonly ReductionReport[];
}

/** An engine outside Weft that searched a translation of the machine. */
export interface Outside {
  /** As its people write it: `SPIN`, `rumur`, `TLC`. */
  readonly name: string;
  readonly version: string;
  /** Every flag that matters for the figures. */
  readonly flags: readonly string[];
  /** Peak resident memory; null if unknown. */
  readonly memoryBytes: number | null;
  /** What a reader of the figures should know, in sentences without a full stop. */
  readonly remarks: readonly string[];
  /** What Weft judges of this spec and this engine does not: of these there is no verdict. */
  readonly notJudged: readonly NotJudged[];
}

export interface NotJudged {
  /** `coverage`: branches, actions and labels that are never reached. */
  readonly kind: VerdictKind | "cost" | "coverage";
  /** As a verdict's name; the cost's name; empty for `coverage`. */
  readonly name: string;
}

export type VerdictKind =
  | "invariant"
  | "step"
  | "cover"
  | "assert"
  | "deadlock"
  | "stuck"
  /** Faults of range, index, null, sequence, set, division, atomic-stuck, endless-loop, negative-cost; its expectation name is `range`. */
  | "range"
  /** Lock faults, broken contracts and sleeping under a spinlock; its expectation name is `lock_use`. */
  | "lock_use"
  | "lock_order";

/** `unknown`: the search ended before it could be decided. */
export type Outcome = "holds" | "violated" | "reachable" | "unreachable" | "unknown";

/** One verdict. Built-in kinds have one verdict each if they hold, else one for each different fault place, stuck process or lock cycle. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** A property's or assert's name; else `deadlock`, `stuck`, `range`, `lock_use`, `lock_order`. */
  readonly name: string;
  readonly outcome: Outcome;
  readonly span: Span | null;
  readonly detail: Detail | null;
  /** The counterexample, or the witness of a reachable cover. */
  readonly trace: Trace | null;
  /** How many behaviours (different sequences of steps) of the least length reach it; null if not counted, or if the trace is a longer one. */
  readonly shortest: bigint | null;
}

export type Detail =
  | { readonly kind: "fault"; readonly fault: FaultKind; readonly span: Span }
  /** The property itself could not be evaluated in the last state. */
  | { readonly kind: "property-fault" }
  | { readonly kind: "sleep"; readonly span: Span }
  | { readonly kind: "blocked"; readonly processes: readonly string[] }
  | {
      readonly kind: "lock-cycle";
      readonly edges: readonly {
        readonly held: string;
        readonly taken: string;
        readonly by: string;
        readonly span: Span;
        readonly trace: Trace;
      }[];
    };

export interface CostResult {
  readonly name: string;
  /** Over complete runs; null if there is no complete run. */
  readonly least: number | null;
  readonly greatest: number | "unbounded" | null;
  readonly leastRun: Trace | null;
  readonly greatestRun: Trace | null;
  /** For "unbounded": greatestRun goes round a loop that adds; the loop starts at this step index of it. */
  readonly loopStart: number | null;
}

export interface Coverage {
  /** Branches never entered, indices into Machine.branches, those of exempt `constant` left out. */
  readonly branchesNeverEntered: readonly number[];
  readonly actionsNeverTaken: readonly string[];
  /** Labels named by `expect f.L (un)reachable`, by `f.L`. */
  readonly labels: readonly {
    readonly name: string;
    readonly reached: boolean;
    readonly trace: Trace | null;
  }[];
}

/** A behaviour from an initial state; states.length = steps.length + 1, one less if the last step faults. */
export interface Trace {
  readonly spec: string;
  readonly parameters: readonly { readonly name: string; readonly value: Value }[];
  readonly states: readonly State[];
  /**
   * Local work before the first step: one entry for each process whose start work shows anything (calls entered, lines,
   * costs, failed asserts); all of it has happened in states[0]. If one faults, it is the last and `steps` is empty.
   */
  readonly start: readonly Step[];
  readonly steps: readonly Step[];
  /** Steps taken by another mover than the step before. */
  readonly contextSwitches: number;
  /** Index of the state to which the last step leads back, for loops. */
  readonly loop: number | null;
}

export interface Step {
  /** Index into the system's movers, and its name (`zapper[1]`, or an action's name). */
  readonly mover: number;
  readonly name: string;
  /** For a process: the location it started from, by name. Null for actions. */
  readonly from: string | null;
  /** What the step went through, in order. */
  readonly events: readonly StepEvent[];
  readonly fault: { readonly kind: FaultKind; readonly span: Span } | null;
  /** Names of asserts that failed in this step. */
  readonly failedAsserts: readonly string[];
}

export type StepEvent =
  /** Index into Machine.lines. */
  | { readonly kind: "line"; readonly line: number }
  /** A condition was decided; index into Machine.branches. */
  | { readonly kind: "branch"; readonly branch: number }
  /** Inlined call entered, with the values passed; left, with its result if any. Index into Machine.frames. */
  | { readonly kind: "enter"; readonly frame: number; readonly arguments: readonly Value[] }
  | { readonly kind: "leave"; readonly frame: number }
  | { readonly kind: "pick"; readonly name: string; readonly value: Value }
  | {
      readonly kind: "acquire" | "release" | "downgrade";
      readonly lock: string;
      readonly read: boolean;
    }
  | { readonly kind: "try-acquire"; readonly lock: string; readonly taken: boolean }
  | { readonly kind: "cost"; readonly cost: string; readonly value: number };
