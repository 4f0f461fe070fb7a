// Behaviours and their inclusion by brute force, straight from the definitions: states as the interpreter gives them, letters
// as texts, sets of states as JavaScript's own. Shares nothing with src/diff, nor with the packed machine and its search.

import type { Trace } from "../../src/checker/exploration.ts";
import { type Interpreter, interpret } from "../../src/checker/interpret.ts";
import type { State } from "../../src/checker/transition-system.ts";
import type { Ending, ObservedValue } from "../../src/diff/behaviours/behaviours.ts";
import type { Machine } from "../../src/machine/machine.ts";

/** Null for what cannot be seen. */
type Letter = string | null;

interface Edge {
  readonly letter: Letter;
  /** Whose step it is; null if it is none. */
  readonly mover: number | null;
  /** Null where the run ends. */
  readonly to: string | null;
}

/** All states and steps of a machine, by their texts; the edges of ROOT are the beginnings. */
export interface OracleGraph {
  readonly machine: Machine;
  readonly names: readonly string[];
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
  /** Of each state: what is observed there, and how many steps it is away from the start. */
  readonly observed: ReadonlyMap<string, string>;
  readonly depth: ReadonlyMap<string, number>;
}

const ROOT = "root";

/** Explores a machine; null if it has more states than that. */
export function oracleGraph(
  machine: Machine,
  names: readonly string[],
  limit: number,
): OracleGraph | null {
  const interpreter = interpret(machine);
  const edges = new Map<string, Edge[]>();
  const observed = new Map<string, string>();
  const depth = new Map<string, number>();
  let frontier = new Map<string, State>();
  const meet = (state: State, steps: number, into: Map<string, State>): string => {
    const key = JSON.stringify(state);
    if (observed.has(key)) return key;
    observed.set(key, observation(machine, names, state));
    depth.set(key, steps);
    into.set(key, state);
    return key;
  };
  edges.set(
    ROOT,
    interpreter.initial().map(({ state, fault, mover, start }): Edge => {
      if (state === null) {
        const process = interpreter.movers[mover]?.name ?? "init";
        return { letter: faultText(fault?.kind ?? "none", process), mover: null, to: null };
      }
      const costs = machine.costs.map((_, cost) =>
        start.reduce((sum, work) => sum + (work.costs[cost] ?? 0), 0),
      );
      const to = meet(state, 0, frontier);
      return {
        letter: letterOf(observed.get(to) ?? "", added(machine, names, costs)),
        mover: null,
        to,
      };
    }),
  );
  for (let steps = 1; frontier.size > 0; steps += 1) {
    const next = new Map<string, State>();
    for (const [key, state] of frontier) {
      const from = observed.get(key) ?? "";
      const out = interpreter.steps(state).map((step): Edge => {
        if (step.next === null) {
          const process = interpreter.movers[step.mover]?.name ?? "";
          return {
            letter: faultText(step.fault?.kind ?? "none", process),
            mover: step.mover,
            to: null,
          };
        }
        const to = meet(step.next, steps, next);
        const costs = added(machine, names, step.costs);
        const there = observed.get(to) ?? "";
        const silent = there === from && costs.every((cost) => cost === 0);
        return { letter: silent ? null : letterOf(there, costs), mover: step.mover, to };
      });
      if (out.length === 0)
        out.push({ letter: endingText(ending(interpreter, state)), mover: null, to: null });
      edges.set(key, out);
    }
    if (observed.size > limit) return null;
    frontier = next;
  }
  return { machine, names, edges, observed, depth };
}

function observation(machine: Machine, names: readonly string[], state: State): string {
  const costs = new Set(machine.costs.map(({ name }) => name));
  return JSON.stringify(names.flatMap((name) => (costs.has(name) ? [] : [state[name] ?? null])));
}

function added(
  machine: Machine,
  names: readonly string[],
  costs: readonly number[],
): readonly number[] {
  return names.flatMap((name) => {
    const cost = machine.costs.findIndex((other) => other.name === name);
    return cost < 0 ? [] : [costs[cost] ?? 0];
  });
}

function letterOf(observed: string, costs: readonly number[]): string {
  return `${observed} ${costs.filter((cost) => cost !== 0).length === 0 ? "" : costs}`;
}

function faultText(kind: string, process: string): string {
  return `fault ${kind} by ${process}`;
}

export function endingText(end: Ending): string {
  if (end.kind === "fault") return faultText(end.fault, end.process);
  return end.kind === "ended" ? "ended" : `blocked ${end.processes}`;
}

function ending({ machine, movers, finished, judge }: Interpreter, state: State): Ending {
  const waiting = movers.filter((one, mover) => one.mustFinish && !finished(state, mover));
  const idle = waiting.length === 0 && (machine.instances.length > 0 || movers.length === 0);
  if (idle || machine.terminal.some((condition) => judge(condition, state) === 1)) {
    return { kind: "ended" };
  }
  return { kind: "blocked", processes: waiting.map(({ name }) => name) };
}

// ---------------------------------------------------------------- sets of states

/** All states that silent steps lead to from some. */
function closed(graph: OracleGraph, states: Iterable<string>): ReadonlySet<string> {
  const found = new Set(states);
  for (const state of found) {
    for (const { letter, to } of graph.edges.get(state) ?? []) {
      if (letter === null && to !== null) found.add(to);
    }
  }
  return found;
}

/** What can be seen next, and all states that may then be reached. */
function onward(
  graph: OracleGraph,
  states: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const state of states) {
    for (const { letter, to } of graph.edges.get(state) ?? []) {
      if (letter === null) continue;
      const reached = found.get(letter) ?? new Set();
      if (to !== null) reached.add(to);
      found.set(letter, reached);
    }
  }
  return new Map([...found].map(([letter, reached]) => [letter, closed(graph, reached)]));
}

function keyOf(states: ReadonlySet<string>): string {
  return [...states].sort().join("\n");
}

/** Is every behaviour of the first one of the second? By determinising both. */
export function oracleIncludes(inner: OracleGraph, outer: OracleGraph): boolean {
  const seen = new Set<string>();
  const work = [[closed(inner, [ROOT]), closed(outer, [ROOT])] as const];
  for (let pair = work.pop(); pair !== undefined; pair = work.pop()) {
    const key = pair.map(keyOf).join("\n\n");
    if (seen.has(key)) continue;
    seen.add(key);
    const others = onward(outer, pair[1]);
    for (const [letter, reached] of onward(inner, pair[0])) {
      const other = others.get(letter);
      if (other === undefined) return false;
      work.push([reached, other]);
    }
  }
  return true;
}

/** Steps of the shortest run of the first that shows a behaviour which the second does not have; null if there is none. */
export function oracleShortest(inner: OracleGraph, outer: OracleGraph): number | null {
  const known = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  const next = (states: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> => {
    const key = keyOf(states);
    const found = known.get(key) ?? onward(outer, states);
    known.set(key, found);
    return found;
  };
  const seen = new Set<string>();
  let frontier: (readonly [string, ReadonlySet<string>])[] = [[ROOT, closed(outer, [ROOT])]];
  for (let steps = -1; frontier.length > 0; steps += 1) {
    const reached: (readonly [string, ReadonlySet<string>])[] = [];
    let shortest = Number.POSITIVE_INFINITY;
    for (const [state, others] of frontier) {
      for (const { letter, to } of inner.edges.get(state) ?? []) {
        const after = letter === null ? others : next(others).get(letter);
        // To begin, and to be at the end, is no step; a fault is one.
        const isStep = to !== null || letter?.startsWith("fault") === true;
        if (after === undefined) shortest = Math.min(shortest, isStep ? steps + 1 : steps);
        else if (to !== null) {
          const key = `${to}\n\n${keyOf(after)}`;
          if (!seen.has(key)) reached.push([to, after]);
          seen.add(key);
        }
      }
    }
    if (shortest < Number.POSITIVE_INFINITY) return shortest;
    frontier = reached;
  }
  return null;
}

/** The fewest context switches of all runs of so many steps that show a behaviour. */
export function oracleSwitches(
  { machine, edges }: OracleGraph,
  word: readonly string[],
  steps: number,
): number {
  const ways = (state: string, seen: number, left: number, last: number): number => {
    const found = (edges.get(state) ?? []).map(({ letter, mover, to }): number => {
      if (letter !== null && letter !== word[seen]) return Number.POSITIVE_INFINITY;
      const after = mover === null ? last : Math.min(mover, machine.instances.length);
      const switched = last >= 0 && after !== last ? 1 : 0;
      const length = left - (mover === null ? 0 : 1);
      const next = seen + (letter === null ? 0 : 1);
      if (next === word.length) return length === 0 ? switched : Number.POSITIVE_INFINITY;
      return to === null || length < 0
        ? Number.POSITIVE_INFINITY
        : switched + fewest(to, next, length, after);
    });
    return Math.min(Number.POSITIVE_INFINITY, ...found);
  };
  const known = new Map<string, number>();
  const fewest = (state: string, seen: number, left: number, last: number): number => {
    const key = `${seen} ${left} ${last} ${state}`;
    const result = known.get(key) ?? ways(state, seen, left, last);
    known.set(key, result);
    return result;
  };
  return fewest(ROOT, 0, steps, -1);
}

/** What can be seen after a behaviour; null if it is none. */
export function oracleAfter(graph: OracleGraph, word: readonly string[]): readonly string[] | null {
  let states = closed(graph, [ROOT]);
  for (const letter of word) {
    const reached = onward(graph, states).get(letter);
    if (reached === undefined) return null;
    states = reached;
  }
  return [...onward(graph, states).keys()];
}

// ---------------------------------------------------------------- what a result says, as letters

/** The behaviour that a trace shows. */
export function wordOf(
  graph: OracleGraph,
  { states, start, steps }: Trace,
  end: Ending | null,
): readonly string[] {
  const { machine, names } = graph;
  const last = end === null ? [] : [endingText(end)];
  const [first, ...rest] = states.map((state) => observation(machine, names, state));
  if (end?.kind === "fault" && steps.length === 0) return last;
  const word = [letterOf(first ?? "", costsOf(graph, start))];
  let here = first;
  rest.forEach((there, position) => {
    const costs = costsOf(graph, [steps[position]]);
    if (there !== here || costs.some((cost) => cost !== 0)) word.push(letterOf(there, costs));
    here = there;
  });
  return [...word, ...last];
}

function costsOf(
  { machine, names }: OracleGraph,
  steps: readonly (Trace["steps"][number] | undefined)[],
): readonly number[] {
  const events = steps.flatMap((step) => step?.events ?? []);
  const sums = machine.costs.map(({ name }) =>
    events.reduce(
      (sum, event) => (event.kind === "cost" && event.cost === name ? sum + event.value : sum),
      0,
    ),
  );
  return added(machine, names, sums);
}

/** The letter of observed values, the costs last. */
export function valuesLetter(graph: OracleGraph, values: readonly ObservedValue[]): string {
  const { machine, names } = graph;
  const found = new Map(values.map(({ name, value }) => [name, value]));
  const costs = machine.costs.map(({ name }) => Number(found.get(name) ?? 0));
  const state = Object.fromEntries(found);
  return letterOf(observation(machine, names, state), added(machine, names, costs));
}
