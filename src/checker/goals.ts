// What a trace may be wanted for, as goals of a searched system.

import type { Search } from "./explore.ts";
import { isDeadlock, sameWords, settle } from "./findings.ts";
import { expanderOf, type Goal } from "./paths.ts";
import { Transitions, type Truth } from "./transition-system.ts";

/** States at rest in which the predicate at this position comes out so. */
export function stateGoal(
  search: Search,
  position: number,
  wanted: (truth: number) => boolean,
): Goal {
  const { system, table } = search;
  return {
    kind: "state",
    holds(state) {
      const offset = state * system.width;
      return system.atRest(table.arena, offset) && wanted(stateTruth(search, position, state));
    },
  };
}

/** How a state predicate comes out in a state. */
export function stateTruth(search: Search, position: number, state: number): Truth {
  const predicate = search.system.statePredicates[position];
  if (predicate === undefined) throw new Error(`no state predicate ${position}`);
  return predicate.evaluate(search.table.arena, state * search.system.width) as Truth;
}

/** Steps that the step predicate at this position does not hold of. */
export function stepGoal(search: Search, position: number): Goal {
  const judge = stepTruth(search, position);
  return {
    kind: "step",
    holds(state, out, step) {
      if ((out.fault[step] as number) >= 0) return false;
      const truth = judge(state, out.words, step * search.system.width, out.mover[step] as number);
      return truth !== null && truth !== 1;
    },
  };
}

/** How a step predicate comes out for a step; null where steps are not judged. */
export function stepTruth(
  search: Search,
  position: number,
): (state: number, words: Int32Array, offset: number, mover: number) => Truth | null {
  const { system, table } = search;
  const predicate = system.stepPredicates[position];
  if (predicate === undefined) throw new Error(`no step predicate ${position}`);
  const next = new Int32Array(system.width);
  const out = new Transitions(system.width, system.costs.length);
  return (state, words, offset, mover) => {
    const from = state * system.width;
    if (!system.atRest(table.arena, from)) return null;
    if (!settle(system, words, offset, mover, next, out)) return null;
    if (sameWords(table.arena, from, next)) return null;
    return predicate.evaluate(table.arena, from, next, 0, mover) as Truth;
  };
}

/** Steps that fault at one of these sites (indices into the system's faults). */
export function faultGoal(faults: ReadonlySet<number>): Goal {
  return { kind: "step", holds: (_, out, step) => faults.has(out.fault[step] as number) };
}

/** Steps with one of these notes (indices into the system's notes). */
export function noteGoal(notes: ReadonlySet<number>): Goal {
  return {
    kind: "step",
    holds(_, out, step) {
      for (let pair = 0; pair < out.noteCount; pair += 1) {
        if (out.notes[2 * pair] === step && notes.has(out.notes[2 * pair + 1] as number))
          return true;
      }
      return false;
    },
  };
}

/** Deadlocks. */
export function deadlockGoal(search: Search): Goal {
  const { system, table } = search;
  const expander = expanderOf(search);
  return {
    kind: "state",
    holds: (state) =>
      expander.load(state) === 0 && isDeadlock(system, table.arena, state * system.width),
  };
}
