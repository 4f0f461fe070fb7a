// The contract of everything that can be searched: a finite transition system over states of a few 32-bit words.
// Offered by the generated module (packed states) and by the interpreter (interned states).

import type { Span } from "../diagnostics/source.ts";
import type { FaultKind, Value } from "../machine/machine.ts";

/** A state as a person reads it: shared variables, locks and processes by name. See machine/state.ts for the exact shape. */
export type State = { readonly [name: string]: Value };

/** Who takes steps: process instances first (Machine.instances order), then the spec's actions. */
export interface Mover {
  readonly kind: "process" | "action";
  /** `zapper[1]`, or the action's name. */
  readonly name: string;
  /** Daemons and actions may be unfinished at the end. */
  readonly mustFinish: boolean;
}

export interface FaultSite {
  readonly fault: FaultKind;
  readonly span: Span;
}

/** Something that a step does beside changing the state; recorded, and the search goes on. */
export type Note =
  /** The assertion with this index in Machine.assertions failed. */
  | { readonly kind: "assert"; readonly assertion: number }
  | { readonly kind: "sleep-under-spinlock"; readonly span: Span }
  /** While holding one lock instance, the mover took another (names such as `ptl[1]`). */
  | {
      readonly kind: "lock-order";
      readonly held: string;
      readonly taken: string;
      readonly span: Span;
    };

/**
 * The steps found from one state, filled by `initial` and `successors`; reused, so nothing is allocated per state.
 * Step i leads to words[i*width … ], or, if fault[i] >= 0, nowhere: it faults at `faults[fault[i]]`.
 */
export class Transitions {
  readonly width: number;
  readonly costs: number;
  count = 0;
  words: Int32Array;
  mover: Int32Array;
  fault: Int32Array;
  /** weights[i*costs + c] is what step i adds to cost c: a sum, which may be beyond 32 bits. */
  weights: Float64Array;
  /** Notes of this batch: pairs (step, index into TransitionSystem.notes), `noteCount` pairs. */
  noteCount = 0;
  notes: Int32Array;

  constructor(width: number, costs: number, capacity = 64) {
    this.width = width;
    this.costs = costs;
    this.words = new Int32Array(capacity * width);
    this.mover = new Int32Array(capacity);
    this.fault = new Int32Array(capacity);
    this.weights = new Float64Array(capacity * costs);
    this.notes = new Int32Array(2 * capacity);
  }

  /** Makes room for at least one more step; call before writing when `count` equals the capacity. */
  grow(): void {
    this.words = doubled(this.words);
    this.mover = doubled(this.mover);
    this.fault = doubled(this.fault);
    const weights = new Float64Array(2 * this.weights.length);
    weights.set(this.weights);
    this.weights = weights;
  }

  note(step: number, note: number): void {
    if (2 * this.noteCount === this.notes.length) this.notes = doubled(this.notes);
    this.notes[2 * this.noteCount] = step;
    this.notes[2 * this.noteCount + 1] = note;
    this.noteCount += 1;
  }

  clear(): void {
    this.count = 0;
    this.noteCount = 0;
  }
}

/** Adds one step of a batch, with what it notes, to another batch of the same system. */
export function addStep(into: Transitions, from: Transitions, step: number): void {
  if (into.count === into.mover.length) into.grow();
  const { width, costs, count } = into;
  for (let word = 0; word < width; word += 1)
    into.words[count * width + word] = from.words[step * width + word] as number;
  for (let cost = 0; cost < costs; cost += 1)
    into.weights[count * costs + cost] = from.weights[step * costs + cost] as number;
  into.mover[count] = from.mover[step] as number;
  into.fault[count] = from.fault[step] as number;
  for (let pair = 0; pair < from.noteCount; pair += 1) {
    if (from.notes[2 * pair] === step) into.note(count, from.notes[2 * pair + 1] as number);
  }
  into.count = count + 1;
}

function doubled(words: Int32Array): Int32Array {
  const larger = new Int32Array(Math.max(2 * words.length, 2));
  larger.set(words);
  return larger;
}

/** The outcome of a predicate: 0 false, 1 true, 2 could not be evaluated (a fault inside the property). */
export type Truth = 0 | 1 | 2;

export interface StatePredicate {
  readonly kind: "invariant" | "cover" | "terminal" | "label";
  readonly name: string;
  evaluate(states: Int32Array, offset: number): number;
}

export interface StepPredicate {
  readonly kind: "step";
  readonly name: string;
  /** Judges the step by `mover` from one state to another. */
  evaluate(
    states: Int32Array,
    offset: number,
    next: Int32Array,
    nextOffset: number,
    mover: number,
  ): number;
}

export interface TransitionSystem {
  /** 32-bit words a state; at least 1. Equal states have equal words and the other way round. */
  readonly width: number;
  /** Do the words of a state lie as machine/layout.ts lays them out? */
  readonly packed: boolean;
  /** Does `successors` leave out steps that others stand for? Then ways are real ones, but neither all nor the shortest. */
  readonly partial: boolean;
  readonly movers: readonly Mover[];
  /** Names of the costs, in the order of the weights. */
  readonly costs: readonly string[];
  readonly faults: readonly FaultSite[];
  /** May grow while exploring (the lock orders met). */
  readonly notes: readonly Note[];
  readonly statePredicates: readonly StatePredicate[];
  readonly stepPredicates: readonly StepPredicate[];
  /** branches[b] is set to 1 when a step of `initial` or `successors` enters branch b. */
  readonly branches: Uint8Array;
  /** Initial states, each once, in a fixed order; one whose local start work faults has `fault` set. */
  initial(out: Transitions): void;
  /** All steps from a state (unless `partial`), in the fixed order of movers and choices; `out` is cleared first. */
  successors(states: Int32Array, offset: number, out: Transitions): void;
  /** Has this mover (a process instance) come to its end? False for actions. */
  finished(states: Int32Array, offset: number, mover: number): boolean;
  /** False only in unfolded machines, in states where some process stands at a local location: predicates are not judged there. */
  atRest(states: Int32Array, offset: number): boolean;
  decode(states: Int32Array, offset: number): State;
  encode(state: State, into: Int32Array, offset: number): void;
}
