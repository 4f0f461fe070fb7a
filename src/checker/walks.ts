// Random walks through a transition system: from an initial state, step by step, as a person without a plan would go.
//
// A step is drawn in two: first one of those who can move, each as likely as the others, then one of their steps. So a
// process that has many choices at once is not taken more often than one that has none.
// A walk goes on until it is long enough, cannot go on, or meets something wrong that no walk met before. What is known
// to be wrong does not end a walk: it would hide all that lies behind it.
// Faulting steps lead nowhere. Those of every state met are noted, and none is taken.

import type { Limit } from "./exploration.ts";
import { Recorder } from "./findings.ts";
import { type RandomNumbers, randomNumbers } from "./random-numbers.ts";
import { StateTable } from "./state-table.ts";
import { addStep, type TransitionSystem, Transitions } from "./transition-system.ts";

export interface WalkSettings {
  readonly runs: number;
  /** Steps that a walk may have. */
  readonly depth: number;
  readonly seed: number;
  /** For the states met. */
  readonly memoryBytes: number;
  readonly timeLimitSeconds: number;
  readonly interrupted: () => boolean;
  /** Milliseconds, from any start. */
  readonly now: () => number;
}

export interface WalkProgress {
  readonly walks: number;
  readonly runs: number;
  readonly steps: number;
  /** Distinct states met. */
  readonly states: number;
  readonly elapsedSeconds: number;
}

export interface Walked {
  /** The states met, the initial ones first. */
  readonly met: StateTable;
  readonly initialStates: number;
  /** The initial states as the system gave them, faults and notes included: to find them may take long. */
  readonly beginnings: Transitions;
  /** Walks that were begun. */
  readonly walks: number;
  /** Steps of all walks together. */
  readonly steps: number;
  /** Steps of the longest walk. */
  readonly longest: number;
  /** Walks that ended because nothing could follow, faults aside. */
  readonly ended: number;
  /** What ended them all, if it was not that they were taken. */
  readonly stoppedBy: Limit | null;
}

/** Steps between two looks at the clock. */
const BATCH = 1024;
/** Between two reports of progress. */
const PAUSE_MILLISECONDS = 100;

/** Takes the walks. Pauses now and then with its progress. */
export function* walk(
  system: TransitionSystem,
  settings: WalkSettings,
): Generator<WalkProgress, Walked, void> {
  const { runs, depth, now } = settings;
  const started = now();
  const elapsedSeconds = (): number => (now() - started) / 1000;
  const walker = new Walker(system, randomNumbers(settings.seed));
  const { met } = walker;
  let [walks, steps, longest, ended, tries] = [0, 0, 0, 0, 0];
  let paused = started;
  let stoppedBy: Limit | null = null;
  while (walks < runs && stoppedBy === null && walker.begin()) {
    walks += 1;
    let taken = 0;
    let going = true;
    while (going && taken < depth && stoppedBy === null) {
      going = walker.step(taken);
      if (going) taken += 1;
      tries += 1;
      if (tries % BATCH !== 0) continue;
      stoppedBy = limitReached(met, settings, elapsedSeconds());
      if (now() - paused < PAUSE_MILLISECONDS) continue;
      paused = now();
      yield {
        walks,
        runs,
        steps: steps + taken,
        states: met.count,
        elapsedSeconds: elapsedSeconds(),
      };
      if (settings.interrupted()) stoppedBy ??= "interrupted";
    }
    steps += taken;
    longest = Math.max(longest, taken);
    if (walker.atEnd) ended += 1;
  }
  const { beginnings } = walker;
  return {
    met,
    beginnings,
    initialStates: walker.initialStates,
    walks,
    steps,
    longest,
    ended,
    stoppedBy,
  };
}

function limitReached(met: StateTable, settings: WalkSettings, elapsed: number): Limit | null {
  if (met.bytesFor(met.count + 2 * BATCH) > settings.memoryBytes) return "memory";
  return elapsed > settings.timeLimitSeconds ? "time-limit" : null;
}

/** Stands in a state, and goes on from there. */
class Walker {
  readonly met: StateTable;
  readonly initialStates: number;
  readonly beginnings: Transitions;
  /** Did the walk come to where nothing can follow? */
  atEnd = false;
  private readonly system: TransitionSystem;
  private readonly random: RandomNumbers;
  private readonly recorder: Recorder;
  private readonly out: Transitions;
  /** The step that was drawn, alone. */
  private readonly drawn: Transitions;
  /** Where the walk stands, in `met`. */
  private state = 0;

  constructor(system: TransitionSystem, random: RandomNumbers) {
    this.system = system;
    this.random = random;
    this.met = new StateTable(system.width);
    // Only that something wrong is new is asked here; what it is, and the way there, is found in the states met.
    this.recorder = new Recorder(system, "violation");
    this.out = new Transitions(system.width, system.costs.length);
    this.drawn = new Transitions(system.width, system.costs.length, 1);
    this.beginnings = new Transitions(system.width, system.costs.length);
    const { beginnings } = this;
    system.initial(beginnings);
    for (let step = 0; step < beginnings.count; step += 1) {
      if ((beginnings.fault[step] as number) < 0) this.arrive(beginnings, step, 0);
    }
    this.initialStates = this.met.count;
  }

  /** Goes to an initial state; false if there is none. */
  begin(): boolean {
    if (this.initialStates === 0) return false;
    this.state = this.random.below(this.initialStates);
    this.atEnd = false;
    this.recorder.satisfied = false;
    return true;
  }

  /** Takes a step, the one with this number; false if the walk has ended: nothing can follow, or the step before was newly wrong. */
  step(taken: number): boolean {
    const { system, met, out, drawn, recorder, state } = this;
    if (recorder.satisfied) return false;
    system.successors(met.arena, state * system.width, out);
    if (out.count === 0) recorder.judgeEnd(met.arena, state * system.width, state, taken);
    for (let step = 0; step < out.count; step += 1) {
      const fault = out.fault[step] as number;
      if (fault >= 0) recorder.fault(fault, state, step, taken + 1);
    }
    const chosen = drawStep(out, this.random);
    this.atEnd = chosen < 0;
    if (chosen < 0 || recorder.satisfied) return false;
    drawn.clear();
    addStep(drawn, out, chosen);
    this.arrive(drawn, 0, taken + 1);
    if (recorder.judgesSteps)
      recorder.judgeStep(met.arena, state * system.width, state, drawn, 0, taken + 1);
    if (drawn.noteCount > 0) recorder.notes(drawn, state, taken + 1);
    return true;
  }

  /** Goes to where a step leads. */
  private arrive(out: Transitions, step: number, depth: number): void {
    const { system, met, recorder } = this;
    const known = met.count;
    this.state = met.insert(out.words, step * system.width);
    if (this.state < known || !recorder.judgesStates) return;
    recorder.judgeState(met.arena, this.state * system.width, this.state, depth);
  }
}

/** The position of a step that does not fault: of those who have one, then of their steps; -1 if there is none. */
function drawStep(out: Transitions, random: RandomNumbers): number {
  const movers = countMovers(out);
  if (movers === 0) return -1;
  let left = movers === 1 ? 0 : random.below(movers);
  let first = 0;
  for (let last = -1; first < out.count; first += 1) {
    if ((out.fault[first] as number) >= 0 || out.mover[first] === last) continue;
    if (left === 0) break;
    left -= 1;
    last = out.mover[first] as number;
  }
  const mover = out.mover[first];
  let choices = 0;
  for (let step = first; step < out.count; step += 1) {
    if (out.mover[step] === mover && (out.fault[step] as number) < 0) choices += 1;
  }
  let choice = choices === 1 ? 0 : random.below(choices);
  for (let step = first; ; step += 1) {
    if (out.mover[step] !== mover || (out.fault[step] as number) >= 0) continue;
    if (choice === 0) return step;
    choice -= 1;
  }
}

/** Who has a step that does not fault; the steps of each stand together. */
function countMovers(out: Transitions): number {
  let movers = 0;
  let last = -1;
  for (let step = 0; step < out.count; step += 1) {
    const mover = out.mover[step] as number;
    if ((out.fault[step] as number) >= 0 || mover === last) continue;
    movers += 1;
    last = mover;
  }
  return movers;
}
