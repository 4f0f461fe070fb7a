// From which state each state of a search was first met, in a byte a state: since the arena is the queue, the new states
// that were met from one state stand behind those met from the states before it. So their numbers tell all.

import { grown } from "./growing.ts";

/** What each state takes. */
export const PARENT_BYTES = 1;

/** Stands for a number that is no byte. */
const MANY = 255;
/** States between two whose first child is known without adding up. */
const STRIDE = 1024;

export class Parents {
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

  /** The state from which a state was first met, -1 for initial states. */
  parentOf(state: number): number {
    if (state < this.initialStates) return -1;
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
      if (end > state) return parent;
    }
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
