// The edges of a search, written down as they are found, so that later passes need not find all steps again.
// It is only a help: a search that outgrows it goes on without.

import { grown } from "./growing.ts";

const INITIAL_EDGES = 1 << 12;

/** Where an edge leads when its step faults. */
export const FAULTED = -1;

export class EdgeLog {
  /** State reached by each edge, or FAULTED; the edges of state i are starts[i] … starts[i+1]-1. */
  targets: Int32Array = new Int32Array(INITIAL_EDGES);
  movers: Uint16Array = new Uint16Array(INITIAL_EDGES);
  starts: Int32Array = new Int32Array(INITIAL_EDGES);
  count = 0;
  /** States whose edges are all in. */
  states = 0;

  push(target: number, mover: number): void {
    const { count } = this;
    if (count === this.targets.length) {
      this.targets = grown(this.targets, 2 * count);
      this.movers = grown(this.movers, 2 * count);
    }
    this.targets[count] = target;
    this.movers[count] = mover;
    this.count = count + 1;
  }

  /** All edges of the next state are pushed. */
  endState(): void {
    this.states += 1;
    if (this.states === this.starts.length) {
      this.starts = grown(this.starts, 2 * this.states);
    }
    this.starts[this.states] = this.count;
  }

  get bytes(): number {
    return this.targets.byteLength + this.movers.byteLength + this.starts.byteLength;
  }
}
