// What a search finds wrong or reached, each recorded once: at its first, hence shortest, occurrence.

import { type TransitionSystem, Transitions } from "./transition-system.ts";

/** The first occurrence of something; others of the same depth are looked for when its trace is wanted. */
export interface Finding {
  /** Steps of a shortest behaviour that shows it. */
  readonly depth: number;
  /** For something true of a state, that state. For something that happens in a step, the state before it; -1: the initial work. */
  readonly state: number;
  /** Position of the step among the steps of that state (or among the beginnings); -1 if not about a step. */
  readonly step: number;
}

/** Negative if the first was met before the second: by depth, then in the order of the search. */
export function compareFindings(first: Finding, second: Finding): number {
  return first.depth - second.depth || first.state - second.state || first.step - second.step;
}

/** By position in the lists of the system; what was not found is missing or null. */
export interface Findings {
  /** Invariants violated (false or not evaluable); covers and labels reached. */
  readonly states: readonly (Finding | null)[];
  /** Covers that could not be evaluated in some state. */
  readonly coverFaults: readonly (Finding | null)[];
  /** Step properties violated. */
  readonly steps: readonly (Finding | null)[];
  readonly faults: readonly (Finding | undefined)[];
  readonly notes: readonly (Finding | undefined)[];
  readonly deadlock: Finding | null;
}

/** What a search may stop for: anything wrong, or the first occurrence of what decides one property. */
export type StopFor = "never" | "violation" | { readonly property: string };

/** What a search that has only begun has found. */
export const NOTHING: Findings = {
  states: [],
  coverFaults: [],
  steps: [],
  faults: [],
  notes: [],
  deadlock: null,
};

/** Looks at states and steps for a search, and keeps what it finds. */
export class Recorder {
  /** Is there any predicate left to judge? */
  judgesStates: boolean;
  judgesSteps: boolean;
  /** Has what the search is to stop for been found? */
  satisfied = false;
  private readonly stop: StopFor;
  private readonly system: TransitionSystem;
  private readonly states: (Finding | null)[];
  private readonly coverFaults: (Finding | null)[];
  private readonly steps: (Finding | null)[];
  private readonly faults: (Finding | undefined)[];
  private readonly noted: (Finding | undefined)[];
  private deadlock: Finding | null;
  /** Positions of the predicates that are still to be judged. */
  private openStates: number[];
  private openSteps: number[];
  private readonly next: Int32Array;
  private readonly local: Transitions;

  /** `known` is what was found before, by a search that goes on. */
  constructor(system: TransitionSystem, stop: StopFor, known: Findings = NOTHING) {
    this.system = system;
    this.stop = stop;
    this.states = system.statePredicates.map((_, at) => known.states[at] ?? null);
    this.coverFaults = system.statePredicates.map((_, at) => known.coverFaults[at] ?? null);
    this.steps = system.stepPredicates.map((_, at) => known.steps[at] ?? null);
    this.faults = [...known.faults];
    this.noted = [...known.notes];
    this.deadlock = known.deadlock;
    this.openStates = [...system.statePredicates.keys()].filter(
      (at) => this.states[at] === null && system.statePredicates[at]?.kind !== "terminal",
    );
    this.openSteps = [...system.stepPredicates.keys()].filter((at) => this.steps[at] === null);
    this.judgesStates = this.openStates.length > 0;
    this.judgesSteps = this.openSteps.length > 0;
    this.next = new Int32Array(system.width);
    this.local = new Transitions(system.width, system.costs.length);
    this.findAgain();
  }

  /** Has what is known already been what the search is to stop for? */
  private findAgain(): void {
    const { system } = this;
    system.statePredicates.forEach(({ name, kind }, at) => {
      if (this.states[at] !== null) this.found(name, kind === "invariant");
    });
    system.stepPredicates.forEach(({ name }, at) => {
      if (this.steps[at] !== null) this.found(name, true);
    });
    this.noted.forEach((finding, note) => {
      if (finding !== undefined) this.found(null, system.notes[note]?.kind !== "lock-order");
    });
    // Faults and deadlocks are no property's doing.
    if (this.deadlock !== null || this.faults.length > 0) this.found(null, true);
  }

  get findings(): Findings {
    return {
      states: this.states,
      coverFaults: this.coverFaults,
      steps: this.steps,
      faults: this.faults,
      notes: this.noted,
      deadlock: this.deadlock,
    };
  }

  /** Something is wrong, or (a cover or label) reached; `property` is null if it is no property's doing. */
  private found(property: string | null, wrong: boolean): void {
    const { stop } = this;
    if (stop === "violation" ? wrong : stop !== "never" && stop.property === property) {
      this.satisfied = true;
    }
  }

  /** Judges a state that was just met. */
  judgeState(arena: Int32Array, offset: number, state: number, depth: number): void {
    const { system, openStates } = this;
    if (!system.atRest(arena, offset)) return;
    let settled = false;
    for (let open = 0; open < openStates.length; open += 1) {
      const position = openStates[open] as number;
      const predicate = system.statePredicates[position];
      if (predicate === undefined) continue;
      const truth = predicate.evaluate(arena, offset);
      if (predicate.kind === "invariant" ? truth === 1 : truth === 0) continue;
      const finding = { depth, state, step: -1 };
      if (predicate.kind !== "invariant" && truth === 2) {
        this.coverFaults[position] ??= finding;
        continue;
      }
      this.states[position] = finding;
      this.found(predicate.name, predicate.kind === "invariant");
      settled = true;
    }
    if (!settled) return;
    this.openStates = openStates.filter((position) => this.states[position] === null);
    this.judgesStates = this.openStates.length > 0;
  }

  /** Judges the step with this position in `out` from a state, which stands in the arena at `from`. */
  judgeStep(
    arena: Int32Array,
    from: number,
    state: number,
    out: Transitions,
    step: number,
    depth: number,
  ): void {
    const { system, openSteps } = this;
    if (!system.atRest(arena, from)) return;
    const mover = out.mover[step] as number;
    const { next, local } = this;
    if (!settle(system, out.words, step * system.width, mover, next, local)) return;
    if (sameWords(arena, from, next)) return;
    let settled = false;
    for (let open = 0; open < openSteps.length; open += 1) {
      const position = openSteps[open] as number;
      const predicate = system.stepPredicates[position];
      if (predicate?.evaluate(arena, from, next, 0, mover) === 1) continue;
      this.steps[position] = { depth, state, step };
      this.found(predicate?.name ?? null, true);
      settled = true;
    }
    if (!settled) return;
    this.openSteps = openSteps.filter((position) => this.steps[position] === null);
    this.judgesSteps = this.openSteps.length > 0;
  }

  /** Judges a state without any step. */
  judgeEnd(arena: Int32Array, offset: number, state: number, depth: number): void {
    if (this.deadlock !== null || !isDeadlock(this.system, arena, offset)) return;
    this.deadlock = { depth, state, step: -1 };
    this.found(null, true);
  }

  fault(fault: number, state: number, step: number, depth: number): void {
    this.faults[fault] ??= { depth, state, step };
    this.found(null, true);
  }

  /** Takes the notes of all steps in `out`, found from a state. */
  notes(out: Transitions, state: number, depth: number): void {
    for (let pair = 0; pair < out.noteCount; pair += 1) {
      const note = out.notes[2 * pair + 1] as number;
      if (this.noted[note] !== undefined) continue;
      this.noted[note] = { depth, state, step: out.notes[2 * pair] as number };
      this.found(null, this.system.notes[note]?.kind !== "lock-order");
    }
  }
}

/** Is a state without steps a deadlock: is somebody who must finish unfinished (or are there actions only), outside `terminal`? */
export function isDeadlock(system: TransitionSystem, arena: Int32Array, offset: number): boolean {
  const { movers, statePredicates } = system;
  const processes = movers.some(({ kind }) => kind === "process");
  const unfinished = movers.some(
    ({ mustFinish }, mover) => mustFinish && !system.finished(arena, offset, mover),
  );
  if (movers.length === 0 || (processes && !unfinished)) return false;
  return !isTerminal(statePredicates, arena, offset);
}

/** Does one of the `terminal when` conditions hold? */
export function isTerminal(
  predicates: TransitionSystem["statePredicates"],
  arena: Int32Array,
  offset: number,
): boolean {
  return predicates.some(
    (predicate) => predicate.kind === "terminal" && predicate.evaluate(arena, offset) === 1,
  );
}

/** Is a state of an arena equal to this one? A step to the same state is doing nothing, which is not judged. */
export function sameWords(arena: Int32Array, offset: number, state: Int32Array): boolean {
  for (let word = 0; word < state.length; word += 1) {
    if (arena[offset + word] !== state[word]) return false;
  }
  return true;
}

/**
 * Copies a state to where properties may judge it: in unfolded machines the mover's local work is run to its end.
 * False if that work faults.
 */
export function settle(
  system: TransitionSystem,
  words: Int32Array,
  offset: number,
  mover: number,
  into: Int32Array,
  out: Transitions,
): boolean {
  for (let word = 0; word < system.width; word += 1) into[word] = words[offset + word] as number;
  while (!system.atRest(into, 0)) {
    system.successors(into, 0, out);
    const step = out.mover.subarray(0, out.count).indexOf(mover);
    if (step < 0) throw new Error("a process stands at a local location and cannot go on");
    if ((out.fault[step] as number) >= 0) return false;
    into.set(out.words.subarray(step * system.width, (step + 1) * system.width));
  }
  return true;
}

/** 1: violated or reached, 2: not evaluable, of a predicate that can be more than one of these; 0 if it is found. */
function stillOpen(kind: string, findings: Findings, at: number): number {
  if (findings.states[at] !== null) return 0;
  return kind === "invariant" || findings.coverFaults[at] !== null ? 1 : 3;
}

/** Notes for each predicate what of it is still to be found: a byte for each, from two addresses on. */
export function noteOpen(
  bytes: Uint8Array,
  addresses: { readonly openStates: number; readonly openSteps: number },
  system: TransitionSystem,
  findings: Findings,
): void {
  system.statePredicates.forEach(({ kind }, at) => {
    bytes[addresses.openStates + at] = kind === "terminal" ? 0 : stillOpen(kind, findings, at);
  });
  findings.steps.forEach((finding, at) => {
    bytes[addresses.openSteps + at] = finding === null ? 1 : 0;
  });
}
