// When a lock is let go: the shortest way to its release, and what its holder must do before it on every way.

import type { Interpreter } from "../../checker/interpret.ts";
import { holdersOf, holds, type LockInstance, lockName } from "../../checker/locks.ts";
import { locationOf } from "../../checker/processes.ts";
import { StateTable } from "../../checker/state-table.ts";
import { type State, type TransitionSystem, Transitions } from "../../checker/transition-system.ts";
import { sameValue } from "../../checker/values.ts";
import type { Line, Machine } from "../../machine/machine.ts";
import type { Holding } from "./transplant.ts";

/** A lock that someone holds while another wants it. */
export interface Hold {
  readonly lock: LockInstance;
  readonly holder: string;
  readonly mover: number;
  /** The other wants it for reading: then it is enough that the holder goes on as a reader. */
  readonly read: boolean;
}

/** States among which ways round a line are looked for; where there are more, no line is said to come first. */
const STATES = 20_000;

/** How a holder comes to give its lock back, from this state on. */
export function releaseOf(
  interpreter: Interpreter,
  system: TransitionSystem,
  state: State,
  hold: Hold,
): Pick<Holding, "released" | "before"> {
  const { machine } = interpreter;
  const { way, steps, stateBefore } = untilRelease(machine, system, state, hold);
  const last = way.at(-1);
  if (last === undefined) return { released: null, before: [] };
  const writing = new Set(way.slice(0, -1).flatMap(({ line, writes }) => (writes ? [line] : [])));
  writing.delete(last.line);
  const before = steps === null ? [] : [...writing].filter((line) => !avoidable(steps, line));
  return {
    released: releasingLine(interpreter, stateBefore, hold) ?? machine.lines[last.line] ?? null,
    before: before.flatMap((line) => machine.lines[line] ?? []),
  };
}

/** The line that lets the lock go, inside of a choice or of an atomic block: such a step begins at another line. */
function releasingLine(
  { machine, stepsOf }: Interpreter,
  state: State,
  { lock, holder, mover, read }: Hold,
): Line | null {
  for (const { next, events } of stepsOf(state, mover)) {
    if (next === null || !isLetGo(next, lock, holder, read)) continue;
    const release = events.findLastIndex(
      (event) =>
        (event.kind === "release" || event.kind === "downgrade") && event.lock === lockName(lock),
    );
    const line = events.slice(0, Math.max(release, 0)).findLast(({ kind }) => kind === "line");
    if (line?.kind === "line") return machine.lines[line.line] ?? null;
  }
  return null;
}

/** Does this one not hold the lock any more, or, where the other only wants to read, as a reader at most? */
function isLetGo(state: State, lock: LockInstance, holder: string, read: boolean): boolean {
  const held = holdersOf(state, lock);
  return read ? held.owner !== holder : !holds(held, holder);
}

/** What can happen as long as the lock is held. */
interface Ahead {
  /** The steps of a shortest way on which the lock is let go; none if it never is. */
  readonly way: readonly AheadStep[];
  /** The steps from each state; null if there are too many. */
  readonly steps: readonly (readonly AheadStep[])[] | null;
  /** The state in which the way's last step is taken; the first one without a way. */
  readonly stateBefore: State;
}

interface AheadStep {
  readonly from: number;
  /** The state that it leads to; RELEASED if it lets the lock go. */
  readonly to: number;
  /** The line that the holder is at; -1 for the steps of others. */
  readonly line: number;
  /** Does it change a variable or a lock? Told of the holder's steps only. */
  readonly writes: boolean;
}

const RELEASED = -1;

function untilRelease(machine: Machine, system: TransitionSystem, start: State, hold: Hold): Ahead {
  const { width } = system;
  const table = new StateTable(width);
  const out = new Transitions(width, system.costs.length);
  const words = new Int32Array(width);
  system.encode(start, words, 0);
  table.insert(words, 0);
  /** By state, the step that first led there; the start has none. */
  const cameBy: (AheadStep | null)[] = [null];
  const steps: AheadStep[][] = [];
  let release: AheadStep | null = null;
  for (let state = 0; state < table.count; state += 1) {
    if (release !== null && state >= STATES) break;
    system.successors(table.arena, state * width, out);
    const told = toldOf(machine, system, hold, table, state);
    const ahead: AheadStep[] = [];
    for (let step = 0; step < out.count; step += 1) {
      if ((out.fault[step] as number) >= 0) continue;
      const offset = step * width;
      const { released, ...mine } =
        out.mover[step] === hold.mover ? told(out.words, offset) : OTHERS;
      const to = released ? RELEASED : table.insert(out.words, offset);
      const found = { from: state, to, ...mine };
      if (to === cameBy.length) cameBy.push(found);
      if (released) release ??= found;
      ahead.push(found);
    }
    if (state < STATES) steps.push(ahead);
  }
  return {
    way: release === null ? [] : wayTo(cameBy, release),
    steps: steps.length === table.count ? steps : null,
    stateBefore: release === null ? start : system.decode(table.arena, release.from * width),
  };
}

function wayTo(cameBy: readonly (AheadStep | null)[], last: AheadStep): readonly AheadStep[] {
  const way: AheadStep[] = [];
  for (let step: AheadStep | null = last; step !== null; step = cameBy[step.from] ?? null) {
    way.push(step);
  }
  return way.reverse();
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
    return {
      line: locationOf(machine, instance, from).line,
      writes: shared.some((name) => !sameValue(from[name] ?? null, after[name] ?? null)),
      released: isLetGo(after, lock, holder, read),
    };
  };
}

/** Can the lock be let go without the holder's steps of this line? */
function avoidable(steps: readonly (readonly AheadStep[])[], line: number): boolean {
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
