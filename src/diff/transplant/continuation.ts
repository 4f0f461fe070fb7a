// What can happen from one state on: a search that begins there, judged as every search is.

import { checkSearch } from "../../checker/check.ts";
import { expectedOutcome } from "../../checker/expectations.ts";
import type { Exploration, Trace, Verdict } from "../../checker/exploration.ts";
import type { Progress } from "../../checker/explore.ts";
import type { Interpreter } from "../../checker/interpret.ts";
import type { Beginning } from "../../checker/interpret-initial.ts";
import type { State, TransitionSystem } from "../../checker/transition-system.ts";
import { sameValue } from "../../checker/values.ts";
import type { Machine } from "../../machine/machine.ts";
import type { DifferenceOptions } from "../options.ts";
import type { Continuation } from "./transplant.ts";

/** Explores everything that a system can do from this state. */
export function* exploreFrom(
  interpreter: Interpreter,
  system: TransitionSystem,
  state: State,
  { interrupted, now, memoryBytes, timeLimitSeconds }: DifferenceOptions,
): Generator<Progress, Exploration, void> {
  const limits = { interrupted, now, memoryBytes, timeLimitSeconds };
  const searched = yield* checkSearch(
    interpreter.machine,
    beginningAt(system, state),
    limits,
    interpreterAt(interpreter, state),
  );
  return searched.exploration;
}

function beginningAt(system: TransitionSystem, state: State): TransitionSystem {
  return {
    ...system,
    initial(out) {
      out.clear();
      system.encode(state, out.words, 0);
      out.mover[0] = -1;
      out.fault[0] = -1;
      out.weights.fill(0, 0, out.costs);
      out.count = 1;
    },
  };
}

function interpreterAt(interpreter: Interpreter, state: State): Interpreter {
  const beginning: Beginning = { state, fault: null, mover: -1, before: state, start: [] };
  return {
    ...interpreter,
    initial: () => [beginning],
    beginningWith: (wanted) => (sameValue(wanted, state) ? beginning : null),
  };
}

/** What such a search means for a counterexample of this property. */
export function continuationOf(
  machine: Machine,
  exploration: Exploration,
  property: string,
): Continuation {
  const { distinctStates, transitions, complete } = exploration;
  return {
    states: distinctStates,
    transitions,
    complete,
    violation: shortestViolation(machine, exploration, property),
    exploration,
  };
}

/** The property's own violation, else the shortest of those that the version does not expect anyway. */
function shortestViolation(
  machine: Machine,
  { verdicts, parameters }: Exploration,
  property: string,
): Continuation["violation"] {
  const found = verdicts.flatMap((verdict) => {
    const trace = traceOf(verdict);
    if (verdict.outcome !== "violated" || trace === null) return [];
    const own = verdict.name === property;
    const expected = expectedOutcome(machine, parameters, verdict.name) === "violated";
    return own || !expected ? [{ verdict, trace, own }] : [];
  });
  const [best] = found.toSorted(
    (left, right) =>
      Number(right.own) - Number(left.own) || left.trace.steps.length - right.trace.steps.length,
  );
  return best === undefined ? null : { verdict: best.verdict, trace: best.trace };
}

/** The behaviour that shows a violation; of locks taken in conflicting orders, the last part of it. */
function traceOf({ trace, detail }: Verdict): Trace | null {
  if (trace !== null || detail?.kind !== "lock-cycle") return trace;
  return detail.edges.at(-1)?.trace ?? null;
}
