// The contract of engines outside Weft: what is asked of SPIN, rumur and TLC, and what each answers, in Weft's own terms.

import type { State } from "../checker/transition-system.ts";
import type { Machine, Value } from "../machine/machine.ts";

export type EngineName = "spin" | "rumur" | "tlc";

/** A verdict of an engine. Names are those of Weft's verdicts; built-in ones are `deadlock`, `range`, `lock_use`. */
export interface EngineVerdict {
  readonly kind: "invariant" | "step" | "cover" | "assert" | "deadlock" | "range" | "lock_use";
  readonly name: string;
  readonly outcome: "holds" | "violated" | "reachable" | "unreachable" | "unknown";
  /** How the engine got there, shortest if it searched breadth first; null for what holds. */
  readonly behaviour: EngineBehaviour | null;
}

/** A counterexample as far as the engine tells it; Weft finds its own behaviour that fits, by replay. */
export interface EngineBehaviour {
  /** The states in full if the engine prints them, from the initial one. */
  readonly states: readonly State[] | null;
  /** The steps if the engine names them: the mover (`zapper[1]`, `prepare`), what was chosen if known. A last step that faults is in it. */
  readonly steps: readonly EngineStep[] | null;
  /** True if the last step is not among the states: it faults and leads to none, or it fails an assertion and the engine stops before it. */
  readonly faults: boolean;
}

export interface EngineStep {
  readonly mover: string;
  /** Location that the process left, by name; null for actions or if unknown. */
  readonly from: string | null;
  readonly choices: readonly { readonly name: string; readonly value: Value }[] | null;
}

export interface EngineResult {
  readonly engine: EngineName;
  /** As the program gives it: `6.5.2`. */
  readonly version: string;
  /** Every flag that matters for the figures, as one would type them. */
  readonly flags: readonly string[];
  /** True if the engine has explored every reachable state. */
  readonly complete: boolean;
  /** In Weft's conventions, of the whole space; null where the engine does not say or did not finish. */
  readonly states: number | null;
  readonly transitions: number | null;
  readonly depth: number | null;
  readonly verdicts: readonly EngineVerdict[];
  /** All its processes together, translation and compilation included. */
  readonly seconds: number;
  /** Peak resident memory of the search; null if unknown. */
  readonly memoryBytes: number | null;
  /** What a reader of the figures should know, in sentences without a full stop. */
  readonly remarks?: readonly string[];
}

export interface EngineSettings {
  /** A new folder of its own that the caller makes and removes. */
  readonly folder: string;
  readonly memoryBytes: number;
  readonly timeLimitSeconds: number;
  /** Stops what runs. */
  readonly signal: AbortSignal;
  /** A line of progress, as the engine reports it. */
  readonly progress: (line: string) => void;
  /** Counts and verdicts only: no counterexamples (saves runs). */
  readonly verdictsOnly: boolean;
  /** How C engines are compiled: `-O0` pays for small specs. */
  readonly optimise: "-O0" | "-O1" | "-O2" | "-O3";
  /** Class path or jar of TLC; null: from the environment. */
  readonly tlc: string | null;
}

/**
 * Why an engine could not be asked, or gave no answer. Messages are parts of sentences: `missing` says what is not installed
 * (the hint how to get it), `refused` the reason of the Refusal alone, `failed` what went wrong, `stopped` by what.
 */
export interface EngineFailure {
  readonly kind: "missing" | "refused" | "failed" | "stopped";
  readonly message: string;
  readonly hint: string | null;
}

export type EngineAnswer =
  | { readonly kind: "result"; readonly result: EngineResult }
  | { readonly kind: "failure"; readonly failure: EngineFailure };

export interface Engine {
  readonly name: EngineName;
  /** What is missing on this machine, null if it can run. */
  missing(settings: Pick<EngineSettings, "tlc">): Promise<EngineFailure | null>;
  check(machine: Machine, settings: EngineSettings): Promise<EngineAnswer>;
}
