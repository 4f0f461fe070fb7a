// One transplant: an old counterexample followed on the new version, told step by step, and what can happen from its end.

import { outcomeOf } from "../../checker/expectations.ts";
import type { Exploration, Step, Trace, Verdict } from "../../checker/exploration.ts";
import type { Progress } from "../../checker/explore.ts";
import { type Interpreter, interpret } from "../../checker/interpret.ts";
import { stepOf, traceThrough } from "../../checker/trace.ts";
import type { State } from "../../checker/transition-system.ts";
import { stateKey } from "../../machine/state.ts";
import type { Matching } from "../matching/matching.ts";
import type { DifferenceOptions } from "../options.ts";
import type { Version } from "../version.ts";
import { continuationOf, exploreFrom } from "./continuation.ts";
import { follow, type Reached, startAt } from "./follow.ts";
import { groundOf } from "./ground.ts";
import { withMovedLines } from "./moved-lines.ts";
import { partingAt, partingAtEnd, partingAtStart } from "./parting.ts";
import { showsAtEnd } from "./shows.ts";
import { startsLike } from "./start.ts";
import type { Transplant, TransplantRow } from "./transplant.ts";

/** Transplants one counterexample; null if the new version has no behaviour at all. */
export type Transplanter = (
  verdict: Verdict,
  trace: Trace,
) => Generator<Progress, Transplant | null, void>;

/** Transplants counterexamples of one version to another. */
export function transplanterOf(
  before: Version,
  after: Version,
  matching: Matching,
  options: DifferenceOptions,
): Transplanter {
  const interpreter = interpret(after.machine);
  const wider = withMovedLines(before.machine, after.machine, matching);
  const { system } = after.search;
  // Counterexamples of several properties often part in the same state.
  const explored = new Map<string, Exploration>();
  return function* transplanted(verdict, trace) {
    const ground = groundOf(before.machine, after.machine, wider, interpreter, trace);
    const start = startsLike(ground, after.search, trace.states[0] as State);
    if (start.kind === "none") return null;
    if (start.kind === "differ") {
      const followed = behaviour(interpreter, [startAt(start.nearest)]);
      const parting = partingAtStart(start.nearest, start.differs);
      return { verdict, trace, followed, rows: [], parting, continuation: null };
    }
    const shows = showsAtEnd(interpreter, verdict);
    const mayShow = outcomeOf(after.exploration, verdict.name) !== "holds";
    const { steps, end, shows: shown } = follow(ground, trace, start.states, shows, mayShow);
    const way = wayTo(end);
    const followed = behaviour(interpreter, way);
    const standstill = { ground, system, followed };
    const state = followed.states.at(-1) as State;
    const key = stateKey(state);
    const exploration =
      explored.get(key) ?? (yield* exploreFrom(interpreter, system, state, options));
    explored.set(key, exploration);
    const through = steps === trace.steps.length;
    const stuck = through && verdict.kind === "stuck" && isStuckHere(exploration, verdict);
    const parting =
      shown || stuck
        ? null
        : through
          ? partingAtEnd(standstill, steps)
          : partingAt(standstill, steps);
    return {
      verdict,
      trace,
      followed,
      rows: rowsOf(way),
      parting,
      continuation: continuationOf(after.machine, exploration, verdict.name),
    };
  };
}

/** Is a process that the old version left stuck in the end stuck here as well? */
function isStuckHere({ verdicts }: Exploration, { detail }: Verdict): boolean {
  const processes = detail?.kind === "blocked" ? detail.processes : [];
  return verdicts.some(
    ({ kind, outcome, trace, detail: found }) =>
      kind === "stuck" &&
      outcome === "violated" &&
      trace?.steps.length === 0 &&
      found?.kind === "blocked" &&
      found.processes.some((name) => processes.includes(name)),
  );
}

function wayTo(end: Reached): readonly Reached[] {
  const way: Reached[] = [];
  for (let at: Reached | null = end; at !== null; at = at.previous) way.push(at);
  return way.reverse();
}

/** A way as a trace of the new machine. */
function behaviour(interpreter: Interpreter, way: readonly Reached[]): Trace {
  const { machine } = interpreter;
  const states: State[] = [];
  const steps: Step[] = [];
  for (const { state, how, previous } of way) {
    if (previous === null) states.push(state);
    if (!("step" in how) || previous === null) continue;
    steps.push(stepOf(machine, interpreter, how.step.mover, previous.state, how.step));
    if (how.step.next !== null) states.push(state);
  }
  return traceThrough(interpreter, states, steps);
}

function rowsOf(way: readonly Reached[]): readonly TransplantRow[] {
  let after = -1;
  return way.flatMap(({ how }): readonly TransplantRow[] => {
    if ("step" in how) after += 1;
    switch (how.kind) {
      case "start":
        return [];
      case "inserted":
        return [{ kind: "inserted", after }];
      case "removed":
        return [{ kind: "removed", before: how.before }];
      case "matched": {
        const { before, alike, differences } = how;
        return [
          alike
            ? { kind: "alike", before, after }
            : { kind: "changed", before, after, differences },
        ];
      }
      default:
        return how satisfies never;
    }
  });
}
