// An old counterexample on the new version: how far it goes alike, where the path parts, why, and what can happen from there.

import type { Exploration, Trace, Verdict } from "../../checker/exploration.ts";
import type { Progress } from "../../checker/explore.ts";
import type { Blocker } from "../../checker/interpret-path.ts";
import type { State } from "../../checker/transition-system.ts";
import type { Line, Location } from "../../machine/machine.ts";
import type { Matching } from "../matching/matching.ts";
import type { DifferenceOptions } from "../options.ts";
import type { Difference as ValueDifference } from "../replay.ts";
import type { VerdictPair } from "../verdicts.ts";
import type { Version } from "../version.ts";
import { transplanterOf } from "./transplanter.ts";

export interface Transplant {
  /** The property (or built-in check) whose counterexample it is, with the old verdict and its trace. */
  readonly verdict: Verdict;
  readonly trace: Trace;
  /** How the behaviour goes on the new version, up to where it parts or ends: a trace of the new machine. */
  readonly followed: Trace;
  /** Both, step by step, in order of time. */
  readonly rows: readonly TransplantRow[];
  /** Null if the whole counterexample runs on the new version too. */
  readonly parting: Parting | null;
  /** What an exhaustive search from there finds; null if the behaviour cannot begin. */
  readonly continuation: Continuation | null;
}

/** Indices of steps in `trace` (before) and in `followed` (after). */
export type TransplantRow =
  | { readonly kind: "alike"; readonly before: number; readonly after: number }
  /** The same step, but the text of its line was changed, or it writes other values. */
  | {
      readonly kind: "changed";
      readonly before: number;
      readonly after: number;
      readonly differences: readonly ValueDifference[];
    }
  | { readonly kind: "inserted"; readonly after: number }
  /** The new version has no such step; what follows it is tried without. */
  | { readonly kind: "removed"; readonly before: number };

export interface Parting {
  /** The step of the old trace that has no counterpart here; trace.steps.length if all steps do but the violation is not there. */
  readonly before: number;
  /** The new version's mover with that step's name; null if it has none. */
  readonly mover: number | null;
  /** The new version's state in which the ways part: the last one of `followed`. */
  readonly state: State;
  /** Where that mover stands there, and the line of its next step; null for actions and movers that are done. */
  readonly location: Location | null;
  readonly line: Line | null;
  /** Did the patch insert or change the step that stands there, or does it just come to another old step than before? */
  readonly next: "inserted" | "changed" | "elsewhere" | "same" | "none";
  readonly why: PartingReason;
}

export type PartingReason =
  /** The new version has no process or action of this name. */
  | { readonly kind: "unknown-mover" }
  /** No initial state agrees with the old one. */
  | { readonly kind: "no-start"; readonly differs: readonly ValueDifference[] }
  /** The process has come to its end already. */
  | { readonly kind: "done" }
  /** Its next step, be it the old one or another, cannot run here. */
  | { readonly kind: "blocked"; readonly by: readonly BlockedBy[] }
  | { readonly kind: "faults" }
  /** It can go on, but by another step than the old one: `followed` does not take it. */
  | { readonly kind: "elsewhere" }
  /** It takes the old step, but not with the old choice or effect. */
  | { readonly kind: "differs"; readonly differences: readonly ValueDifference[] }
  /** Every step has a counterpart, yet the property is not violated at the end. */
  | { readonly kind: "not-violated" };

export interface BlockedBy {
  readonly blocker: Blocker;
  /** For a lock: who holds it, and since when; one entry a holder. */
  readonly holders: readonly Holding[];
}

export interface Holding {
  /** The holder's name, `zapper[1]`, and its index among the movers. */
  readonly holder: string;
  readonly mover: number;
  /** The step of `followed` at which it took the lock; null if it had it from the start. */
  readonly taken: number | null;
  /** The line by which it gives the lock back, on a shortest way; null if it never can. */
  readonly released: Line | null;
  /** Lines of the holder that every way to that release goes through first, in order, without those that only test. */
  readonly before: readonly Line[];
}

export interface Continuation {
  /** Of the search from the state where the ways part. */
  readonly states: number;
  readonly transitions: number;
  readonly complete: boolean;
  /** The shortest continuation to a violation; null if no continuation violates. The transplanted property goes first. */
  readonly violation: { readonly verdict: Verdict; readonly trace: Trace } | null;
  /** What that search found in whole, judged from that state on. */
  readonly exploration: Exploration;
}

/** Without a flip, so many counterexamples that both versions have are replayed all the same. */
const UNFLIPPED = 3;

/** Replays the counterexamples of the old version on the new one: those that it no longer has, else the first of those that it has too. */
export function* transplants(
  before: Version,
  after: Version,
  matching: Matching,
  verdicts: readonly VerdictPair[],
  options: DifferenceOptions,
): Generator<Progress, readonly Transplant[], void> {
  const known = verdicts.flatMap((pair) => {
    const verdict = pair.verdictsBefore.find(isCounterexample);
    return verdict === undefined || pair.after === null ? [] : [{ verdict, after: pair.after }];
  });
  const flipped = known.filter(({ after: now }) => now !== "violated");
  const chosen = flipped.length > 0 ? flipped : known.slice(0, UNFLIPPED);
  const transplanter = transplanterOf(before, after, matching, options);
  const found: Transplant[] = [];
  for (const { verdict } of chosen) {
    const transplant = verdict.trace && (yield* transplanter(verdict, verdict.trace));
    if (transplant !== null) found.push(transplant);
  }
  return found;
}

/** Has it a behaviour to follow? One that faults before its first step has none. */
function isCounterexample({ outcome, trace }: Verdict): boolean {
  return outcome === "violated" && trace !== null && trace.start.every(({ fault }) => !fault);
}
