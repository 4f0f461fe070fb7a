// Are two systems of one machine the same, state by state and step by step? Explores both side by side.

import { faultKey, noteKey } from "../../src/checker/interpreted-system.ts";
import {
  type State,
  type TransitionSystem,
  Transitions,
} from "../../src/checker/transition-system.ts";
import { stateKey } from "../../src/machine/state.ts";

/** What was compared, and the first difference found (null: none). */
export interface Comparison {
  readonly states: number;
  readonly steps: number;
  readonly difference: string | null;
}

/** Walks through the states that both reach, breadth first, until `limit` states or a difference. */
export function compareSystems(
  one: TransitionSystem,
  other: TransitionSystem,
  limit = 2000,
): Comparison {
  const pair = [one, other].map((system) => ({
    system,
    out: new Transitions(system.width, system.costs.length, 1),
    state: new Int32Array(system.width),
    next: new Int32Array(system.width),
  })) as unknown as readonly [Side, Side];
  const met = new Set<string>();
  const queue: State[] = [];
  let steps = 0;

  const step = (origin: State | null): string | null => {
    for (const side of pair) {
      if (origin === null) side.system.initial(side.out);
      else {
        side.system.encode(origin, side.state, 0);
        const decoded = stateKey(side.system.decode(side.state, 0));
        if (decoded !== stateKey(origin)) return `decode . encode gives ${decoded}`;
        side.system.successors(side.state, 0, side.out);
      }
    }
    const [mine, theirs] = pair.map((side) => described(side));
    const difference = firstDifference(mine ?? [], theirs ?? []);
    if (difference !== null) return difference;
    const [side] = pair;
    steps += side.out.count;
    for (let at = 0; at < side.out.count; at += 1) {
      if ((side.out.fault[at] ?? 0) >= 0) continue;
      const next = side.system.decode(side.out.words, at * side.system.width);
      if (origin !== null) {
        const judged = judgeStep(pair, origin, next, side.out.mover[at] ?? 0);
        if (judged !== null) return judged;
      }
      if (met.has(stateKey(next))) continue;
      met.add(stateKey(next));
      queue.push(next);
    }
    return null;
  };

  const failed = (difference: string, origin: State | null): Comparison => ({
    states: met.size,
    steps,
    difference: `${origin === null ? "initially" : `from ${stateKey(origin)}`}: ${difference}`,
  });
  if (one.width < 1 || other.width < 1) return failed("a state has no words", null);
  const first = step(null);
  if (first !== null) return failed(first, null);
  for (let at = 0; at < queue.length && at < limit; at += 1) {
    const origin = queue[at] as State;
    const difference = judgeState(pair, origin) ?? step(origin);
    if (difference !== null) return failed(difference, origin);
  }
  const branches = firstDifference(marked(one), marked(other));
  return {
    states: met.size,
    steps,
    difference: branches === null ? null : `branches: ${branches}`,
  };
}

interface Side {
  readonly system: TransitionSystem;
  readonly out: Transitions;
  readonly state: Int32Array;
  readonly next: Int32Array;
}

function described({ system, out }: Side): readonly string[] {
  return Array.from({ length: out.count }, (_, at) => {
    const fault = out.fault[at] ?? -1;
    const site = system.faults[fault];
    const end =
      site === undefined
        ? stateKey(system.decode(out.words, at * system.width))
        : faultKey({ kind: site.fault, span: site.span });
    const weights = [...out.weights.slice(at * out.costs, (at + 1) * out.costs)];
    const notes: string[] = [];
    for (let note = 0; note < out.noteCount; note += 1) {
      const noted = system.notes[out.notes[2 * note + 1] ?? -1];
      if (out.notes[2 * note] === at)
        notes.push(noted === undefined ? "no such note" : noteKey(noted));
    }
    return `${out.mover[at]} costs ${weights} notes ${notes.join("; ")} -> ${end}`;
  });
}

function judgeState(pair: readonly [Side, Side], state: State): string | null {
  const [mine, theirs] = pair.map(({ system, state: words }) => {
    system.encode(state, words, 0);
    return [
      ...system.statePredicates.map(
        ({ kind, name, evaluate }) => `${kind} ${name} ${evaluate(words, 0)}`,
      ),
      ...system.movers.map(({ name }, mover) => `${name} ${system.finished(words, 0, mover)}`),
      `at rest ${system.atRest(words, 0)}`,
    ];
  });
  return firstDifference(mine ?? [], theirs ?? []);
}

function judgeStep(
  pair: readonly [Side, Side],
  from: State,
  to: State,
  mover: number,
): string | null {
  const [mine, theirs] = pair.map(({ system, state, next }) => {
    system.encode(from, state, 0);
    system.encode(to, next, 0);
    return system.stepPredicates.map(
      ({ name, evaluate }) => `${name} ${evaluate(state, 0, next, 0, mover)} by ${mover}`,
    );
  });
  return firstDifference(mine ?? [], theirs ?? []);
}

function firstDifference(mine: readonly string[], theirs: readonly string[]): string | null {
  for (let at = 0; at < Math.max(mine.length, theirs.length); at += 1) {
    if (mine[at] !== theirs[at])
      return `${at}: ${mine[at] ?? "nothing"} | ${theirs[at] ?? "nothing"}`;
  }
  return null;
}

function marked(system: TransitionSystem): readonly string[] {
  return [...system.branches].map((mark, branch) => `${branch} ${mark}`);
}
