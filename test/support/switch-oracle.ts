// Which behaviours reach what a verdict is about, by trying all of them: how many shortest ones there are, and the fewest
// context switches that a shortest one, or any one, can do with. Shares nothing with the searches that it judges.

import type { Trace, Verdict } from "../../src/checker/exploration.ts";
import { faultKey, noteKey, spanKey } from "../../src/checker/interpreted-system.ts";
import type { Note } from "../../src/checker/transition-system.ts";
import type { Expr } from "../../src/machine/machine.ts";
import type { ExplicitGraph, ExplicitStep } from "./explicit-graph.ts";

/** What a behaviour has to end with. */
export type Target =
  | { readonly kind: "state"; readonly is: (state: number) => boolean }
  | { readonly kind: "step"; readonly is: (step: ExplicitStep) => boolean };

/** A trace that the checker chose, and what it is to reach. */
export interface Chosen {
  readonly what: string;
  readonly target: Target;
  readonly trace: Trace;
  /** As the checker counted them; null: it does not say. */
  readonly count: bigint | null;
}

/** The traces of a verdict, but for what goes wrong before the first step. */
export function chosenIn(graph: ExplicitGraph, verdict: Verdict): readonly Chosen[] {
  if (verdict.detail?.kind === "lock-cycle") {
    return verdict.detail.edges.map(({ held, taken, span, trace }) => {
      const wanted = noteKey({ kind: "lock-order", held, taken, span });
      return {
        what: wanted,
        target: noted((note) => noteKey(note) === wanted),
        trace,
        count: null,
      };
    });
  }
  const { trace, shortest } = verdict;
  if (trace === null) return [];
  const target = targetOf(graph, verdict);
  if (target.kind === "step" && trace.steps.length === 0) return [];
  return [{ what: `${verdict.kind} ${verdict.name}`, target, trace, count: shortest }];
}

function noted(is: (note: Note) => boolean): Target {
  return { kind: "step", is: ({ taken }) => taken.notes.some(is) };
}

function targetOf(graph: ExplicitGraph, { kind, name, outcome, span, detail }: Verdict): Target {
  const { interpreter, states } = graph;
  const { machine } = interpreter;
  const judged = (wanted: (truth: number) => boolean): Target => {
    const condition = machine.properties.find((property) => property.name === name)
      ?.condition as Expr;
    return {
      kind: "state",
      is: (state) => wanted(interpreter.judge(condition, at(states, state))),
    };
  };
  switch (kind) {
    case "invariant":
      return judged((truth) => truth !== 1);
    case "cover":
      return judged((truth) => truth === (outcome === "reachable" ? 1 : 2));
    case "step": {
      const { condition } = at(
        machine.properties.filter((property) => property.name === name),
        0,
      );
      return {
        kind: "step",
        is: ({ from, to, mover }) =>
          to >= 0 &&
          to !== from &&
          interpreter.judgeStep(condition, at(states, from), at(states, to), mover) !== 1,
      };
    }
    case "assert":
      return noted((note) => {
        const assertion = note.kind === "assert" ? machine.assertions[note.assertion] : undefined;
        return (
          assertion?.name === name && span !== null && spanKey(assertion.span) === spanKey(span)
        );
      });
    case "deadlock":
      return { kind: "state", is: (state) => isDeadlock(graph, state) };
    case "stuck": {
      const processes = detail?.kind === "blocked" ? detail.processes : [];
      const mover = interpreter.movers.findIndex((one) => one.name === processes[0]);
      const hopeful = hopefulStates(graph, mover);
      return {
        kind: "state",
        is: (state) => !hopeful.has(state) && !interpreter.finished(at(states, state), mover),
      };
    }
    case "range":
    case "lock_use": {
      if (detail?.kind === "sleep") {
        return noted(
          (note) =>
            note.kind === "sleep-under-spinlock" && spanKey(note.span) === spanKey(detail.span),
        );
      }
      if (detail?.kind !== "fault") throw new Error("a fault without a place");
      const wanted = faultKey({ kind: detail.fault, span: detail.span });
      return {
        kind: "step",
        is: ({ taken }) => taken.fault !== null && faultKey(taken.fault) === wanted,
      };
    }
    default:
      throw new Error(`a trace for ${kind}`);
  }
}

function at<T>(list: readonly T[], index: number): T {
  return list[index] as T;
}

function isTerminal({ interpreter, states }: ExplicitGraph, state: number): boolean {
  return interpreter.machine.terminal.some(
    (condition) => interpreter.judge(condition, at(states, state)) === 1,
  );
}

/** Nothing is possible, `terminal` does not hold, and somebody who must finish has not (or there are actions only). */
function isDeadlock(graph: ExplicitGraph, state: number): boolean {
  const { interpreter, states, steps } = graph;
  const { movers } = interpreter;
  if (at(steps, state).length > 0 || movers.length === 0 || isTerminal(graph, state)) return false;
  return (
    movers.every(({ kind }) => kind === "action") ||
    movers.some(
      ({ mustFinish }, mover) => mustFinish && !interpreter.finished(at(states, state), mover),
    )
  );
}

/** The states from which this mover may yet take a step, or a fault, `terminal` or a deadlock may come first. */
function hopefulStates(graph: ExplicitGraph, mover: number): ReadonlySet<number> {
  const hopeful = new Set<number>();
  for (let size = -1; size < hopeful.size; ) {
    size = hopeful.size;
    graph.steps.forEach((out, state) => {
      const now = out.some((step) => step.mover === mover || step.to < 0 || hopeful.has(step.to));
      if (now || isTerminal(graph, state) || isDeadlock(graph, state)) hopeful.add(state);
    });
  }
  return hopeful;
}

/** Whose steps need no switch between them: a process by itself, all actions together. */
function classOf({ interpreter }: ExplicitGraph, mover: number): number {
  return interpreter.movers[mover]?.kind === "process" ? mover : -1;
}

/** Context switches of a trace. */
export function switchesOf(graph: ExplicitGraph, { steps }: Trace): number {
  const classes = steps.map(({ mover }) => classOf(graph, mover));
  return classes.filter((one, index) => index > 0 && one !== classes[index - 1]).length;
}

/** Does the trace go along steps of the graph, and end with its target? */
export function reaches(graph: ExplicitGraph, { target, trace }: Chosen): boolean {
  const numbers = trace.states.map((state) => graph.numberOf(state));
  const possible = trace.steps.map(({ mover }, position) => {
    const from = graph.steps[numbers[position] ?? -1] ?? [];
    return from.filter((step) => step.mover === mover && step.to === (numbers[position + 1] ?? -1));
  });
  const begins = graph.beginnings.some(({ state }) => state === numbers[0]);
  if (!begins || possible.some((steps) => steps.length === 0)) return false;
  return target.kind === "state"
    ? target.is(numbers.at(-1) as number)
    : (possible.at(-1) ?? []).some(target.is);
}

export interface AllShortest {
  readonly length: number;
  readonly count: bigint;
  readonly fewestSwitches: number;
}

/** A state at a depth, who took the step to it (null: it is the first), and the switches so far. */
type Visit = (state: number, depth: number, last: number | null, switches: number) => void;

/**
 * Goes along every shortest behaviour, one after the other; null if there are more than that. Behaviours differ if their
 * movers, states or fault do.
 */
export function allShortest(
  graph: ExplicitGraph,
  target: Target,
  most: number,
): AllShortest | null {
  const { starts, length, ways } = shortestWays(graph, target);
  let count = 0;
  let fewestSwitches = Number.POSITIVE_INFINITY;
  const walk: Visit = (state, depth, last, switches) => {
    if (count > most) return;
    if (depth === length) {
      count += 1;
      fewestSwitches = Math.min(fewestSwitches, switches);
      return;
    }
    for (const { mover, to } of ways(state, depth)) {
      const of = classOf(graph, mover);
      walk(to, depth + 1, of, switches + (last === null || last === of ? 0 : 1));
    }
  };
  for (const state of starts) walk(state, 0, null, 0);
  return count > most ? null : { length, count: BigInt(count), fewestSwitches };
}

/** The same for any number of behaviours: those that are alike from a state on are gone along once. */
export function allShortestTogether(graph: ExplicitGraph, target: Target): AllShortest {
  const { starts, length, ways } = shortestWays(graph, target);
  const known = new Map<string, Omit<AllShortest, "length">>();
  const onward = (
    state: number,
    depth: number,
    last: number | null,
  ): Omit<AllShortest, "length"> => {
    if (depth === length) return { count: 1n, fewestSwitches: 0 };
    const key = `${state} ${depth} ${last}`;
    const found =
      known.get(key) ??
      together(
        ways(state, depth).map(({ mover, to }) => {
          const of = classOf(graph, mover);
          const { count, fewestSwitches } = onward(to, depth + 1, of);
          const switched = last === null || last === of ? 0 : 1;
          return { count, fewestSwitches: fewestSwitches + switched };
        }),
      );
    known.set(key, found);
    return found;
  };
  return { length, ...together(starts.map((state) => onward(state, 0, null))) };
}

function together(parts: readonly Omit<AllShortest, "length">[]): Omit<AllShortest, "length"> {
  return {
    count: parts.reduce((sum, { count }) => sum + count, 0n),
    fewestSwitches: Math.min(...parts.map(({ fewestSwitches }) => fewestSwitches)),
  };
}

/** The shortest behaviours: where they may begin, their length, and how they go on from a state at a depth. */
function shortestWays(graph: ExplicitGraph, target: Target) {
  const begins = graph.beginnings.map(({ state }) => state);
  const length = lengthTo(graph, target, begins);
  const reached = target.kind === "state" && length === 0 ? begins.filter(target.is) : begins;
  return { starts: reached, length, ways: waysTo(graph, target, begins, length) };
}

/** Steps to the target at least. */
function lengthTo(graph: ExplicitGraph, target: Target, starts: readonly number[]): number {
  const met = new Set(starts);
  let level: readonly number[] = starts;
  for (let length = 0; level.length > 0; length += 1) {
    if (target.kind === "state" && level.some(target.is)) return length;
    const steps = level.flatMap((state) => at(graph.steps, state));
    if (target.kind === "step" && steps.some(target.is)) return length + 1;
    const next = new Set(steps.map(({ to }) => to).filter((to) => to >= 0 && !met.has(to)));
    for (const state of next) met.add(state);
    level = [...next];
  }
  throw new Error("a target that cannot be reached");
}

/** The steps from a state at a depth after which the target can still be reached in time, those that look the same once. */
function waysTo(
  graph: ExplicitGraph,
  target: Target,
  starts: readonly number[],
  length: number,
): (state: number, depth: number) => readonly ExplicitStep[] {
  const levels: ReadonlySet<number>[] = [new Set(starts)];
  for (let depth = 1; depth < length; depth += 1) {
    const before = [...(levels[depth - 1] ?? [])];
    const next = before.flatMap((state) => at(graph.steps, state).map(({ to }) => to));
    levels.push(new Set(next.filter((to) => to >= 0)));
  }
  const found: Map<number, readonly ExplicitStep[]>[] = [];
  for (let depth = length - 1; depth >= 0; depth -= 1) {
    const onward = new Map<number, readonly ExplicitStep[]>();
    for (const state of levels[depth] ?? []) {
      const fitting = at(graph.steps, state).filter((step) => {
        if (depth < length - 1) return found[depth + 1]?.has(step.to) === true;
        return target.kind === "step" ? target.is(step) : step.to >= 0 && target.is(step.to);
      });
      const distinct = new Map(fitting.map((step) => [`${step.mover} ${step.key}`, step]));
      if (distinct.size > 0) onward.set(state, [...distinct.values()]);
    }
    found[depth] = onward;
  }
  return (state, depth) => found[depth]?.get(state) ?? [];
}

/** Fewest switches of all behaviours that reach the target, and the fewest steps with so many; by relaxing all steps. */
export function fewestOfAll(
  graph: ExplicitGraph,
  target: Target,
): { readonly switches: number; readonly steps: number } {
  // Switches and steps in one number: there are fewer steps than this.
  const SWITCH = 1 << 20;
  const key = (state: number, last: number): string => `${state} ${last}`;
  const NOBODY = -2;
  const best = new Map(graph.beginnings.map(({ state }) => [key(state, NOBODY), 0]));
  let fewest = Number.POSITIVE_INFINITY;
  for (let changed = [...best]; changed.length > 0; ) {
    const next = new Map<string, number>();
    for (const [pair, total] of changed) {
      const [state = -1, last = NOBODY] = pair.split(" ").map(Number);
      if (target.kind === "state" && target.is(state)) fewest = Math.min(fewest, total);
      for (const step of at(graph.steps, state)) {
        const of = classOf(graph, step.mover);
        const longer = total + 1 + (last === NOBODY || last === of ? 0 : SWITCH);
        if (target.kind === "step" && target.is(step)) fewest = Math.min(fewest, longer);
        const to = key(step.to, of);
        if (step.to < 0 || longer >= (best.get(to) ?? Number.POSITIVE_INFINITY)) continue;
        best.set(to, longer);
        next.set(to, longer);
      }
    }
    changed = [...next];
  }
  return { switches: Math.floor(fewest / SWITCH), steps: fewest % SWITCH };
}
