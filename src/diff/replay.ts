// Runs a stored trace again, on the spec that it came from or on another version of it.
//
// A stored state gives the values of the names that both specs have. The replay follows every state that
// agrees with them and is reached by a step of the mover that is recorded; it ends where there is none.

import { StateTable } from "../checker/state-table.ts";
import { type State, type TransitionSystem, Transitions } from "../checker/transition-system.ts";
import { sameValue } from "../checker/values.ts";
import type { Value } from "../machine/machine.ts";

/** What is known of a state, and whose step led to it (null: anyone's, or it is the first). */
export interface RecordedState {
  readonly values: ReadonlyMap<string, Value>;
  readonly mover: string | null;
}

export type Replay =
  | { readonly kind: "runs"; readonly steps: number }
  /** No initial state agrees; `differs` names what the nearest one has otherwise. */
  | { readonly kind: "no-start"; readonly differs: readonly Difference[] }
  /** After `step` steps the recorded one is not possible. */
  | {
      readonly kind: "stops";
      readonly step: number;
      readonly mover: string | null;
      readonly state: State;
      readonly why: Why;
    };

export type Why =
  /** The spec has no such process or action. */
  | { readonly kind: "unknown-mover" }
  /** It can take no step here: it waits or has ended. */
  | { readonly kind: "waits" }
  /** Its step is a fault here. */
  | { readonly kind: "faults" }
  /** It can, but the state comes out differently. */
  | { readonly kind: "differs"; readonly differences: readonly Difference[] };

export interface Difference {
  readonly name: string;
  readonly recorded: Value;
  readonly found: Value;
}

/** Replays a trace from its first state. */
export function replay(system: TransitionSystem, recorded: readonly RecordedState[]): Replay {
  const [first, ...rest] = recorded;
  if (first === undefined) return { kind: "runs", steps: 0 };
  const follower = new Follower(system);
  let candidates = follower.start();
  const begun = candidates.filter(
    (state) => differencesOf(follower.decode(state), first).length === 0,
  );
  if (begun.length === 0) {
    return { kind: "no-start", differs: nearest(candidates.map(follower.decode), first) };
  }
  candidates = begun;
  for (const [step, next] of rest.entries()) {
    const reached = follower.follow(candidates, next.mover);
    const agreeing = reached.states.filter(
      (state) => differencesOf(follower.decode(state), next).length === 0,
    );
    if (agreeing.length === 0) {
      const state = follower.decode(candidates[0] ?? 0);
      const why = reasonFor(system, reached, next, follower.decode);
      return { kind: "stops", step, mover: next.mover, state, why };
    }
    candidates = agreeing;
  }
  return { kind: "runs", steps: rest.length };
}

function reasonFor(
  system: TransitionSystem,
  reached: Reached,
  next: RecordedState,
  decode: (state: number) => State,
): Why {
  if (next.mover !== null && !system.movers.some(({ name }) => name === next.mover)) {
    return { kind: "unknown-mover" };
  }
  if (reached.states.length > 0) {
    return { kind: "differs", differences: nearest(reached.states.map(decode), next) };
  }
  return { kind: reached.faulted ? "faults" : "waits" };
}

interface Reached {
  readonly states: readonly number[];
  readonly faulted: boolean;
}

/** States by number, and their successors. */
class Follower {
  private readonly system: TransitionSystem;
  private readonly table: StateTable;
  private readonly out: Transitions;

  constructor(system: TransitionSystem) {
    this.system = system;
    this.table = new StateTable(system.width);
    this.out = new Transitions(system.width, system.costs.length);
  }

  readonly decode = (state: number): State =>
    this.system.decode(this.table.arena, state * this.system.width);

  start(): readonly number[] {
    this.system.initial(this.out);
    return this.collect(null).states;
  }

  follow(states: readonly number[], mover: string | null): Reached {
    const found = new Set<number>();
    let faulted = false;
    for (const state of states) {
      this.system.successors(this.table.arena, state * this.system.width, this.out);
      const reached = this.collect(mover);
      for (const next of reached.states) found.add(next);
      faulted ||= reached.faulted;
    }
    return { states: [...found], faulted };
  }

  private collect(mover: string | null): Reached {
    const { out, system, table } = this;
    const states: number[] = [];
    let faulted = false;
    for (let step = 0; step < out.count; step += 1) {
      const name = system.movers[out.mover[step] ?? -1]?.name;
      if (mover !== null && name !== mover) continue;
      if ((out.fault[step] ?? -1) >= 0) faulted = true;
      else states.push(table.insert(out.words, step * system.width));
    }
    return { states, faulted };
  }
}

function differencesOf(state: State, { values }: RecordedState): readonly Difference[] {
  return [...values].flatMap(([name, recorded]) => {
    const found = state[name] ?? null;
    return sameValue(recorded, found) ? [] : [{ name, recorded, found }];
  });
}

/** What the state with the fewest differences has otherwise. */
function nearest(states: readonly State[], recorded: RecordedState): readonly Difference[] {
  const all = states.map((state) => differencesOf(state, recorded));
  return all.reduce((best, one) => (one.length < best.length ? one : best), all[0] ?? []);
}
