// A simulation: random walks through a machine that is too large to be explored, and what can be said of what they met.
//
// Whatever the walks found is told with a shorter way than the one they went: the states that they met, which are few beside
// all, are searched breadth first, along all steps between them. A walk of thousands of steps goes round in circles, and
// different walks meet; the search cuts across. That is the shortest way through states met; there may be shorter ones
// through others. The same search judges every state met and every step between two of them, so it finds at least what
// the walks came across, and traces, verdicts and coverage are made of it as of any other search. It is never complete:
// nothing "holds".
//
// Random walks: West, "Protocol validation by random state exploration", PSTV 1986. A found way as the beginning of a search for
// a shorter one: Edelkamp, Leue and Lluch-Lafuente, "Partial-order reduction and trail improvement in directed model
// checking", STTT 6(4), 2004; here the ways of all walks together bound that search.

import type { Machine } from "../machine/machine.ts";
import { settleClaims } from "./claims.ts";
import { coverageOf } from "./coverage.ts";
import type { Found } from "./exploration.ts";
import { DEFAULT_SEARCH, explore, type Progress, type Search } from "./explore.ts";
import { interpret } from "./interpret.ts";
import { headOf, replayerOf } from "./trace.ts";
import { addStep, type TransitionSystem, Transitions } from "./transition-system.ts";
import { statedClaims } from "./verdicts.ts";
import { builtInClaims } from "./verdicts-built-in.ts";
import { type Walked, type WalkProgress, type WalkSettings, walk } from "./walks.ts";

/** What walks found; `complete` is never true, and counts that only a whole search knows are null. */
export interface Simulation extends Found {
  readonly complete: false;
  readonly initialStates: number;
  readonly distinctStates: number;
  readonly walks: Walks;
}

/** The walks that were taken, beside those that were asked for. */
export type Walks = Omit<Walked, "met" | "beginnings" | "initialStates" | "stoppedBy"> &
  Pick<WalkSettings, "runs" | "depth" | "seed">;

export type SimulationProgress =
  | ({ readonly pass: "walking" } & WalkProgress)
  /** The states met are searched for shorter ways; `of` is how many there are. */
  | { readonly pass: "shortening"; readonly states: number; readonly of: number };

/** The part of the memory that the states met may take; they are met again when ways are shortened. */
const SHARE_OF_WALKS = 0.4;

/** Takes the walks, and judges what they met. */
export function* simulate(
  machine: Machine,
  system: TransitionSystem,
  settings: WalkSettings,
): Generator<SimulationProgress, Simulation, void> {
  const { runs, depth, seed, now } = settings;
  const started = now();
  const memoryBytes = SHARE_OF_WALKS * settings.memoryBytes;
  const walked = yield* relayed(walk(system, { ...settings, memoryBytes }), (progress) => ({
    pass: "walking",
    ...progress,
  }));
  const { met, initialStates, stoppedBy, walks, steps, longest, ended } = walked;
  const search = yield* relayed(searchMet(system, walked, now), ({ states }) => ({
    pass: "shortening",
    states,
    of: met.count,
  }));
  const replayer = replayerOf(search, interpret(machine));
  const claims = [
    ...statedClaims(replayer, "violations"),
    ...builtInClaims(replayer, "violations"),
  ];
  return {
    ...headOf(machine),
    complete: false,
    stoppedBy: stoppedBy ?? "walks",
    initialStates,
    distinctStates: met.count,
    transitions: null,
    depth: null,
    levels: null,
    verdicts: settleClaims(replayer, claims, false),
    costs: [],
    coverage: coverageOf(replayer),
    elapsedSeconds: (now() - started) / 1000,
    walks: { runs, depth, seed, walks, steps, longest, ended },
  };
}

/** Runs a pass that pauses, its progress put otherwise. */
function* relayed<P, Q, R>(
  pass: Generator<P, R, void>,
  put: (progress: P) => Q,
): Generator<Q, R, void> {
  for (let next = pass.next(); ; next = pass.next()) {
    if (next.done === true) return next.value;
    yield put(next.value);
  }
}

/** Searches the states met, breadth first. It takes no longer than the walks did, and what they found would be lost without it: no limit stops it. */
function* searchMet(
  system: TransitionSystem,
  walked: Walked,
  now: () => number,
): Generator<Progress, Search, void> {
  const options = { ...DEFAULT_SEARCH, now, maxLoggedEdges: 0 };
  const search = yield* explore(among(system, walked), options);
  return { ...search, complete: false, stoppedBy: "walks" };
}

/**
 * The system without the steps to states that were not met. A state from which all steps lead to such ones only stays where
 * it is, as it is no deadlock. Local work of unfolded machines is left whole, since it is judged where it ends.
 */
function among(system: TransitionSystem, { met, beginnings }: Walked): TransitionSystem {
  const { width } = system;
  const all = new Transitions(width, system.costs.length);
  return {
    ...system,
    initial(out) {
      out.clear();
      for (let step = 0; step < beginnings.count; step += 1) addStep(out, beginnings, step);
    },
    successors(states, offset, out) {
      system.successors(states, offset, all);
      out.clear();
      const whole = !system.atRest(states, offset);
      for (let step = 0; step < all.count; step += 1) {
        const faults = (all.fault[step] as number) >= 0;
        if (whole || faults || met.find(all.words, step * width) >= 0) addStep(out, all, step);
      }
      if (out.count === 0 && all.count > 0) stay(out, states, offset, all.mover[0] as number);
    },
  };
}

/** Adds a step that changes nothing. */
function stay(out: Transitions, states: Int32Array, offset: number, mover: number): void {
  out.words.set(states.subarray(offset, offset + out.width));
  out.mover[0] = mover;
  out.fault[0] = -1;
  out.weights.fill(0, 0, out.costs);
  out.count = 1;
}
