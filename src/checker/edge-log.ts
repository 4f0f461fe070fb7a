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

  /** The edges of further states, `counts` telling those of each state in units of `unit`. */
  append(targets: Int32Array, movers: Uint16Array, counts: Int32Array, unit: number): void {
    const { count } = this;
    const length = enlarged(this.targets.length, count + targets.length);
    if (length > this.targets.length) {
      this.targets = grown(this.targets, length);
      this.movers = grown(this.movers, length);
    }
    this.targets.set(targets, count);
    this.movers.set(movers, count);
    this.count = count + targets.length;
    const room = enlarged(this.starts.length, this.states + counts.length + 1);
    if (room > this.starts.length) this.starts = grown(this.starts, room);
    const { starts } = this;
    let end = count;
    for (let at = 0; at < counts.length; at += 1) {
      end += (counts[at] as number) / unit;
      this.states += 1;
      starts[this.states] = end;
    }
  }

  get bytes(): number {
    return this.targets.byteLength + this.movers.byteLength + this.starts.byteLength;
  }
}

function enlarged(length: number, needed: number): number {
  let larger = length;
  while (larger < needed) larger *= 2;
  return larger;
}
