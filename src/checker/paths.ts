// Paths through a searched state graph, and what they may be asked to lead to.

import { FAULTED } from "./edge-log.ts";
import type { Search } from "./explore.ts";
import { type Mover, Transitions } from "./transition-system.ts";

/** A behaviour by indices: it begins in state `from`; each step leads to a state, a faulting last one to FAULTED. */
export interface Path {
  readonly from: number;
  readonly steps: readonly PathStep[];
}

export interface PathStep {
  readonly mover: number;
  readonly to: number;
}

/** What a path shall end with: a state, or a step (given with the state before it and its position in `out`). */
export type Goal =
  | { readonly kind: "state"; readonly holds: (state: number) => boolean }
  | {
      readonly kind: "step";
      readonly holds: (state: number, out: Transitions, step: number) => boolean;
    };

/** Finds the steps of states anew; `out` has those of the state loaded last. */
export interface Expander {
  readonly out: Transitions;
  load(state: number): number;
  /** The state that a step of `out` leads to, FAULTED if it faults, or -2 if the search never met it. */
  target(step: number): number;
}

export const UNKNOWN = -2;

export function expanderOf(search: Search): Expander {
  const { system, table } = search;
  const out = new Transitions(system.width, system.costs.length);
  return {
    out,
    load(state) {
      system.successors(table.arena, state * system.width, out);
      return out.count;
    },
    target(step) {
      if ((out.fault[step] as number) >= 0) return FAULTED;
      const found = table.find(out.words, step * system.width);
      return found < 0 ? UNKNOWN : found;
    },
  };
}

/** Movers as they count for context switches: each process by itself, all actions together as the environment. */
export function switchClasses(movers: readonly Mover[]): {
  readonly of: readonly number[];
  readonly count: number;
} {
  const processes = movers.filter(({ kind }) => kind === "process").length;
  return {
    of: movers.map(({ kind }, mover) => (kind === "process" ? mover : processes)),
    count: processes + (movers.length > processes ? 1 : 0),
  };
}

/** How often a step is taken by another mover than the step before. */
export function contextSwitches(
  movers: readonly Mover[],
  steps: readonly Pick<PathStep, "mover">[],
): number {
  const classes = switchClasses(movers);
  return steps.filter(({ mover }, index) => {
    const before = steps[index - 1];
    return before !== undefined && classes.of[mover] !== classes.of[before.mover];
  }).length;
}

/** The level of a state: its shortest distance from the start. */
export function levelOf(search: Search, state: number): number {
  return search.levels.findLastIndex((first) => first <= state);
}

/** The indices of a level's states, from the first to before the last. */
export function levelRange(search: Search, depth: number): readonly [number, number] {
  const { levels, table } = search;
  return [levels[depth] ?? table.count, levels[depth + 1] ?? table.count];
}

/** The way by which the search first met a state: a shortest one. */
export function pathTo(search: Search, state: number): Path {
  const states = [state];
  const { parents } = search;
  for (let at = parents.parentOf(state); at >= 0; at = parents.parentOf(at)) states.push(at);
  states.reverse();
  const expander = expanderOf(search);
  const steps = states.slice(1).map((to, index): PathStep => {
    const count = expander.load(states[index] as number);
    for (let step = 0; step < count; step += 1) {
      if (expander.target(step) === to) return { mover: expander.out.mover[step] as number, to };
    }
    throw new Error("a state that its parent does not lead to");
  });
  return { from: states[0] as number, steps };
}

/** The first way that the search met to what a finding is about. */
export function pathToFinding(
  search: Search,
  finding: { readonly state: number; readonly step: number },
): Path {
  const path = pathTo(search, finding.state);
  if (finding.step < 0) return path;
  const expander = expanderOf(search);
  expander.load(finding.state);
  const last = {
    mover: expander.out.mover[finding.step] as number,
    to: expander.target(finding.step),
  };
  return { from: path.from, steps: [...path.steps, last] };
}
