// From which state each state of a search was first met, in a byte a state: since the arena is the queue, the new states
// that were met from one state stand behind those met from the states before it. So their numbers tell all.

import { grown } from "./growing.ts";

/** What each state takes. */
export const PARENT_BYTES = 1;

/** Stands for a number that is no byte. */
const MANY = 255;
/** States between two whose first child is known without adding up. */
const STRIDE = 1024;

/** From which state each was first met. */
export interface Ways {
  /** The state from which a state was first met, -1 for initial states. */
  parentOf(state: number): number;
  /** As `parentOf`, for states that follow each other: from `first` on, as many as there is room for in `into`. */
  parentsOf(first: number, into: Int32Array): void;
  /** Bytes that are taken now. */
  readonly bytes: number;
}

export class Parents implements Ways {
  /** States met without a step, which come first. */
  private readonly initialStates: number;
  /** New states met from each state, MANY for so many and more. */
  private children: Uint8Array = new Uint8Array(STRIDE);
  private readonly many = new Map<number, number>();
  private states = 0;
  /** firsts[i] is the first state met from state i * STRIDE, or where it would stand. */
  private readonly firsts: number[] = [];
  /** Where the states met from the states so far end. */
  private end: number;

  constructor(initialStates: number) {
    this.initialStates = initialStates;
    this.end = initialStates;
  }

  /** So many new states were met from the next state. */
  push(children: number): void {
    const { states } = this;
    if (states === this.children.length) this.children = grown(this.children, 2 * states);
    if (states % STRIDE === 0) this.firsts.push(this.end);
    this.children[states] = Math.min(children, MANY);
    if (children >= MANY) this.many.set(states, children);
    this.end += children;
    this.states = states + 1;
  }

  /** As `push`, of one state after the other. */
  pushAll(children: Uint16Array): void {
    for (let at = 0; at < children.length; at += 1) this.push(children[at] as number);
  }

  parentOf(state: number): number {
    return state < this.initialStates ? -1 : this.met(state).from;
  }

  parentsOf(first: number, into: Int32Array): void {
    let { from, end } = { from: -1, end: this.initialStates };
    if (first >= end) ({ from, end } = this.met(first));
    for (let at = 0; at < into.length; at += 1) {
      while (first + at >= end) {
        from += 1;
        end += this.childrenOf(from);
      }
      into[at] = from;
    }
  }

  /** From which state one that is not initial was first met, and where all that were met from there end. */
  private met(state: number): { readonly from: number; readonly end: number } {
    if (state >= this.end) throw new Error(`no state ${state} was met`);
    // The last sample that begins at or before the state; those behind it begin later.
    let [low, high] = [0, this.firsts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.firsts[middle] as number) <= state) low = middle;
      else high = middle - 1;
    }
    let parent = low * STRIDE;
    for (let end = this.firsts[low] as number; ; parent += 1) {
      end += this.childrenOf(parent);
      if (end > state) return { from: parent, end };
    }
  }

  /** The numbers of new states met from the states `from` … `to`-1, as bytes; `large` has those that are no bytes. */
  bytesOf(from: number, to: number): Uint8Array {
    return this.children.subarray(from, to);
  }

  /** States with numbers that are no bytes, and these. */
  get large(): readonly (readonly [state: number, children: number])[] {
    return [...this.many];
  }

  /** Adds the next states by their bytes; `large` has the numbers that are none, by state. */
  pushBytes(bytes: Uint8Array, large: ReadonlyMap<number, number>): void {
    for (const byte of bytes) {
      this.push(byte === MANY ? (large.get(this.states) as number) : byte);
    }
  }

  /** States whose new states are known, and where these end. */
  get told(): { readonly states: number; readonly end: number } {
    return { states: this.states, end: this.end };
  }

  /** Bytes that are taken now. */
  get bytes(): number {
    return this.states;
  }

  private childrenOf(state: number): number {
    const children = this.children[state] as number;
    return children === MANY ? (this.many.get(state) as number) : children;
  }
}
