// Judges choices of persistent sets by trying them out on the whole state graph: whatever others do first, the chosen
// process's steps stay as they are and commute with theirs, and nothing that is looked for gets lost. It knows nothing of
// cells, locks or conditions.

import { isDeepStrictEqual } from "node:util";
import { StateTable } from "../../src/checker/state-table.ts";
import { type TransitionSystem, Transitions } from "../../src/checker/transition-system.ts";

/** One step as it can be told apart from others. */
interface Step {
  readonly mover: number;
  /** Null if it faults. */
  readonly to: Int32Array | null;
  /** What it shows: its fault, its costs, its notes. */
  readonly shows: unknown;
}

/** What is wrong with a reduction of a machine, in words; null if nothing is. `alone`: in how many states somebody goes alone. */
export interface Tried {
  readonly wrong: string | null;
  readonly states: number;
  readonly alone: number;
}

/** Tries out all choices in up to `most` states; null if there are more. */
export function tryOut(
  whole: TransitionSystem,
  reduced: TransitionSystem,
  most: number,
): Tried | null {
  const table = new StateTable(whole.width);
  const out = new Transitions(whole.width, whole.costs.length);
  whole.initial(out);
  for (let step = 0; step < out.count; step += 1)
    if ((out.fault[step] as number) < 0) table.insert(out.words, step * whole.width);
  const all: (readonly Step[])[] = [];
  for (let state = 0; state < table.count; state += 1) {
    const steps = stepsFrom(whole, wordsOf(table, state), out);
    for (const { to } of steps) if (to !== null) table.insert(to, 0);
    if (table.count > most) return null;
    all.push(steps);
  }
  const graph: Graph = { system: whole, table, all };
  const chosen = all.map((steps, state) => {
    const some = stepsFrom(reduced, wordsOf(table, state), out);
    return some.length === steps.length ? null : some;
  });
  let wrong = cycleWithoutAll(graph, chosen);
  let alone = 0;
  chosen.forEach((some, state) => {
    if (some === null) return;
    alone += 1;
    wrong ??= faultOf(graph, state, some);
  });
  return { wrong, states: table.count, alone };
}

interface Graph {
  readonly system: TransitionSystem;
  readonly table: StateTable;
  readonly all: readonly (readonly Step[])[];
}

function stepsFrom(system: TransitionSystem, words: Int32Array, out: Transitions): readonly Step[] {
  system.successors(words, 0, out);
  return Array.from({ length: out.count }, (_, step): Step => {
    const fault = out.fault[step] as number;
    const notes: unknown[] = [];
    for (let pair = 0; pair < out.noteCount; pair += 1) {
      if (out.notes[2 * pair] === step)
        notes.push(shown(system.notes[out.notes[2 * pair + 1] as number]));
    }
    const weights = [...out.weights.slice(step * out.costs, (step + 1) * out.costs)];
    const to = out.words.slice(step * system.width, (step + 1) * system.width);
    return {
      mover: out.mover[step] as number,
      to: fault >= 0 ? null : to,
      shows: [fault >= 0 ? shown(system.faults[fault]) : null, weights, notes],
    };
  });
}

/** Without the files that spans point to. */
function shown(item: object | undefined): unknown {
  return item !== undefined && "span" in item
    ? { ...item, span: (item.span as { start: number }).start }
    : item;
}

function wordsOf(table: StateTable, state: number): Int32Array {
  return table.arena.slice(state * table.width, (state + 1) * table.width);
}

function numberOf({ table }: Graph, words: Int32Array): number {
  return table.find(words, 0);
}

/** A cycle through states of which none has all its steps taken. */
function cycleWithoutAll(graph: Graph, chosen: readonly (readonly Step[] | null)[]): string | null {
  const done = new Set<number>();
  const open = new Set<number>();
  const visit = (state: number): boolean => {
    const some = chosen[state] ?? null;
    if (some === null || done.has(state)) return false;
    if (open.has(state)) return true;
    open.add(state);
    const round = some.some(({ to }) => to !== null && visit(numberOf(graph, to)));
    open.delete(state);
    done.add(state);
    return round;
  };
  const at = chosen.findIndex((_, state) => visit(state));
  return at < 0 ? null : `a cycle of states with steps left out, through state ${at}`;
}

/** What is wrong with taking these steps only from a state. */
function faultOf(graph: Graph, state: number, some: readonly Step[]): string | null {
  const { all, system, table } = graph;
  const mover = some[0]?.mover ?? -1;
  const own = (all[state] ?? []).filter((step) => step.mover === mover);
  if (!isDeepStrictEqual(some, own)) return `state ${state}: not all steps of one process`;
  if (own.every(({ to }) => to === null)) return `state ${state}: steps that lead nowhere`;
  const targets = system.statePredicates.flatMap(({ kind }, position) =>
    kind === "label" ? [] : [(at: number) => isLookedFor(graph, position, at)],
  );
  const open = targets.filter((target) => target(state) === 0);
  const seen = new Set([state]);
  for (const at of seen) {
    const here = (all[at] ?? []).filter((step) => step.mover === mover);
    const same =
      here.length === own.length &&
      here.every(
        ({ to, shows }, index) =>
          (to === null) === (own[index]?.to === null) &&
          isDeepStrictEqual(shows, own[index]?.shows),
      );
    if (!same) return `state ${state}: the steps of mover ${mover} are others in state ${at}`;
    for (const { to } of here) {
      if (to === null) continue;
      const after = numberOf(graph, to);
      const lost = open.some((target) => target(at) !== 0 && target(after) !== target(at));
      if (at !== state && lost)
        return `state ${state}: mover ${mover} hides what state ${at} shows`;
    }
    for (const step of all[at] ?? []) {
      if (step.mover === mover) continue;
      if (!commutes(graph, step, here, mover)) {
        const { name } = system.movers[step.mover] ?? { name: "" };
        return `state ${state}: a step of mover ${mover} does not commute with one of ${name} in state ${at}`;
      }
      if (step.to !== null) seen.add(numberOf(graph, step.to));
    }
    if (seen.size > table.count) throw new Error("more states than there are");
  }
  return null;
}

/** Does the step of another come to the same before and after each of the mover's own steps? It may get more choices by them. */
function commutes(graph: Graph, step: Step, own: readonly Step[], mover: number): boolean {
  const { all } = graph;
  return own.every(({ to }, choice) => {
    if (to === null) return true;
    const before = step.to === null ? [] : (all[numberOf(graph, step.to)] ?? []);
    const other = before.filter((one) => one.mover === mover)[choice]?.to ?? null;
    if (step.to !== null && other === null) return false;
    return (all[numberOf(graph, to)] ?? []).some(
      (after) =>
        after.mover === step.mover &&
        isDeepStrictEqual(after.shows, step.shows) &&
        isDeepStrictEqual(after.to, other),
    );
  });
}

/** 0 where nothing is looked for; else how the predicate comes out. */
function isLookedFor({ system, table }: Graph, position: number, state: number): number {
  const predicate = system.statePredicates[position];
  const truth = predicate?.evaluate(table.arena, state * table.width) ?? 0;
  if (predicate?.kind === "invariant") return truth === 1 ? 0 : 1;
  return truth;
}
