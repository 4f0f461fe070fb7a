// When a lock is let go: the shortest way to its release, and what its holder must do before it on every way.

import type { Trace } from "../checker/exploration.ts";
import type { Interpreter } from "../checker/interpret.ts";
import { holdersOf, holds, type LockInstance } from "../checker/locks.ts";
import { locationOf } from "../checker/processes.ts";
import { StateTable } from "../checker/state-table.ts";
import { type State, type TransitionSystem, Transitions } from "../checker/transition-system.ts";
import { sameValue } from "../checker/values.ts";
import type { Machine } from "../machine/machine.ts";
import type { Holding } from "./transplant.ts";

/** A lock that someone holds while another wants it. */
export interface Hold {
  readonly lock: LockInstance;
  readonly holder: string;
  readonly mover: number;
  /** The other wants it for reading: then it is enough that the holder goes on as a reader. */
  readonly read: boolean;
}

/** States that are looked at; beyond, nothing is said of what must come first. */
const STATES = 20_000;

/** How a holder comes to give its lock back, from the last state of a behaviour. */
export function releaseOf(
  interpreter: Interpreter,
  system: TransitionSystem,
  followed: Trace,
  hold: Hold,
): Pick<Holding, "released" | "before"> {
  const { lines } = interpreter.machine;
  const graph = untilRelease(interpreter.machine, system, followed.states.at(-1) as State, hold);
  const way = shortestWay(graph);
  const last = way.at(-1);
  if (last === undefined) return { released: null, before: [] };
  const writing = new Set(way.slice(0, -1).flatMap(({ line, writes }) => (writes ? [line] : [])));
  writing.delete(last.line);
  const before = [...writing].filter((line) => graph.complete && !avoidable(graph, line));
  return {
    released: lines[last.line] ?? null,
    before: before.flatMap((line) => lines[line] ?? []),
  };
}

/** The states in which the lock is still held, and the steps from them. */
interface Graph {
  /** By state; those of a state that was not expanded are missing. */
  readonly steps: readonly (readonly GraphStep[])[];
  readonly complete: boolean;
}

interface GraphStep {
  /** The state that it leads to; -1 if it lets the lock go. */
  readonly to: number;
  /** The line that the holder is at; -1 for the steps of others. */
  readonly line: number;
  /** Does it change a variable or a lock? Told of the holder's steps only. */
  readonly writes: boolean;
}

const RELEASED = -1;

function untilRelease(machine: Machine, system: TransitionSystem, start: State, hold: Hold): Graph {
  const { width } = system;
  const table = new StateTable(width);
  const out = new Transitions(width, system.costs.length);
  const words = new Int32Array(width);
  system.encode(start, words, 0);
  table.insert(words, 0);
  const steps: GraphStep[][] = [];
  for (let state = 0; state < table.count && state < STATES; state += 1) {
    system.successors(table.arena, state * width, out);
    const from: GraphStep[] = [];
    const told = toldOf(machine, system, hold, table, state);
    for (let step = 0; step < out.count; step += 1) {
      if ((out.fault[step] as number) >= 0) continue;
      const mine = out.mover[step] === hold.mover ? told(out.words, step * width) : OTHERS;
      const to = mine.released ? RELEASED : table.insert(out.words, step * width);
      from.push({ to, line: mine.line, writes: mine.writes });
    }
    steps.push(from);
  }
  return { steps, complete: steps.length === table.count };
}

/** What a step of the holder is about. */
interface Told {
  readonly line: number;
  readonly writes: boolean;
  readonly released: boolean;
}

const OTHERS: Told = { line: -1, writes: false, released: false };

function toldOf(
  machine: Machine,
  system: TransitionSystem,
  { lock, holder, mover, read }: Hold,
  table: StateTable,
  state: number,
): (words: Int32Array, offset: number) => Told {
  let before: State | null = null;
  const instance = machine.instances[mover];
  if (instance === undefined) throw new Error("a lock that no process holds");
  const shared = [...machine.variables, ...machine.locks].map(({ name }) => name);
  return (words, offset) => {
    before ??= system.decode(table.arena, state * system.width);
    const from = before;
    const after = system.decode(words, offset);
    const held = holdersOf(after, lock);
    return {
      line: locationOf(machine, instance, from).line,
      writes: shared.some((name) => !sameValue(from[name] ?? null, after[name] ?? null)),
      released: read ? held.owner !== holder : !holds(held, holder),
    };
  };
}

/** The steps of a shortest way on which the lock is let go; none if it never is. */
function shortestWay({ steps }: Graph): readonly GraphStep[] {
  const cameBy = new Map<number, { readonly from: number; readonly step: GraphStep }>();
  const queue = [0];
  for (const state of queue) {
    for (const step of steps[state] ?? []) {
      if (step.to === RELEASED) return [...wayTo(cameBy, state), step];
      if (step.to === 0 || cameBy.has(step.to)) continue;
      cameBy.set(step.to, { from: state, step });
      queue.push(step.to);
    }
  }
  return [];
}

function wayTo(
  cameBy: ReadonlyMap<number, { readonly from: number; readonly step: GraphStep }>,
  state: number,
): readonly GraphStep[] {
  const way: GraphStep[] = [];
  for (let at = cameBy.get(state); at !== undefined; at = cameBy.get(at.from)) way.push(at.step);
  return way.reverse();
}

/** Can the lock be let go without the holder's steps of this line? */
function avoidable({ steps }: Graph, line: number): boolean {
  const seen = new Set([0]);
  const queue = [0];
  for (const state of queue) {
    for (const step of steps[state] ?? []) {
      if (step.line === line) continue;
      if (step.to === RELEASED) return true;
      if (seen.has(step.to)) continue;
      seen.add(step.to);
      queue.push(step.to);
    }
  }
  return false;
}
