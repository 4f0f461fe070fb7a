// The least and the greatest totals of complete runs, by trying: every edge is relaxed until nothing changes. Where totals
// still grow after as many rounds as there are states, a loop adds.

import type { InterpretedStep } from "../../src/checker/interpret.ts";
import type { StartWork } from "../../src/checker/interpret-initial.ts";
import type { ExplicitGraph, ExplicitStep } from "./explicit-graph.ts";

/** Something that steps add to. */
export interface Weigher {
  readonly step: (step: ExplicitStep) => number;
  readonly start: (work: StartWork) => number;
}

/** Null: no run is complete. */
export interface Extremes {
  readonly least: number | null;
  readonly greatest: number | "unbounded" | null;
}

export function declaredWeigher(cost: number): Weigher {
  return { step: ({ taken }) => taken.costs[cost] ?? 0, start: ({ costs }) => costs[cost] ?? 0 };
}

/** Times that a lock is taken, by this mover or by anyone (null). */
export function acquiresWeigher(lock: string, mover: number | null): Weigher {
  return {
    step: ({ taken }) => (mover === null || mover === taken.mover ? timesTaken(taken, lock) : 0),
    start: () => 0,
  };
}

function timesTaken({ events }: InterpretedStep, lock: string): number {
  let times = 0;
  for (const event of events) {
    if (event.kind === "acquire" || (event.kind === "try-acquire" && event.taken)) {
      if (event.lock === lock || event.lock.startsWith(`${lock}[`)) times += 1;
    }
  }
  return times;
}

export function stepsWeigher(mover: number | null): Weigher {
  return { step: (step) => (mover === null || mover === step.mover ? 1 : 0), start: () => 0 };
}

/** Steps of others while this process has not ended and has nothing to do. */
export function waitsWeigher(
  { interpreter, states, steps }: ExplicitGraph,
  mover: number,
): Weigher {
  const waits = states.map(
    (state, number) =>
      !interpreter.finished(state, mover) && !steps[number]?.some((step) => step.mover === mover),
  );
  return {
    step: ({ from, mover: taker }) => (taker !== mover && waits[from] ? 1 : 0),
    start: () => 0,
  };
}

export function extremes(graph: ExplicitGraph, weigher: Weigher): Extremes {
  const ending = endingStates(graph);
  const steps = graph.steps
    .flat()
    .filter(({ from, to }) => to >= 0 && ending.has(from) && ending.has(to))
    .map((step) => ({ from: step.from, to: step.to, weight: weigher.step(step) }));
  const best = (better: (left: number, right: number) => boolean): number | "unbounded" | null => {
    const totals = new Map<number, number>();
    for (const { state, beginning } of graph.beginnings) {
      if (ending.has(state)) {
        totals.set(
          state,
          beginning.start.reduce((sum, work) => sum + weigher.start(work), 0),
        );
      }
    }
    for (let round = 0; round <= graph.states.length; round += 1) {
      let changed = false;
      for (const { from, to, weight } of steps) {
        const total = totals.get(from);
        const known = totals.get(to);
        if (total === undefined || (known !== undefined && !better(total + weight, known)))
          continue;
        totals.set(to, total + weight);
        changed = true;
      }
      if (changed) continue;
      const ends = [...totals].filter(([state]) => graph.steps[state]?.length === 0);
      return ends.reduce<number | null>(
        (found, [, total]) => (found === null || better(total, found) ? total : found),
        null,
      );
    }
    return "unbounded";
  };
  const least = best((left, right) => left < right);
  if (least === "unbounded") throw new Error("a cost that falls");
  return { least, greatest: best((left, right) => left > right) };
}

/** The states from which a state without steps can be reached. */
function endingStates({ steps }: ExplicitGraph): ReadonlySet<number> {
  const ending = new Set<number>();
  for (let size = -1; size < ending.size; ) {
    size = ending.size;
    steps.forEach((out, state) => {
      if (out.length === 0 || out.some(({ to }) => ending.has(to))) ending.add(state);
    });
  }
  return ending;
}
