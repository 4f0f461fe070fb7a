// The edges of a search, written down as they are found, so that later passes need not find all steps again.
// It is only a help: a search that outgrows it goes on without.

const INITIAL_EDGES = 1 << 12;

/** Where an edge leads when its step faults. */
export const FAULTED = -1;

export class EdgeLog {
  /** State reached by each edge, or FAULTED; the edges of state i are starts[i] … starts[i+1]-1. */
  targets = new Int32Array(INITIAL_EDGES);
  movers = new Uint16Array(INITIAL_EDGES);
  starts = new Int32Array(INITIAL_EDGES);
  count = 0;
  /** States whose edges are all in. */
  states = 0;

  push(target: number, mover: number): void {
    const { count } = this;
    if (count === this.targets.length) {
      this.targets = copied(this.targets, new Int32Array(2 * count));
      this.movers = copied(this.movers, new Uint16Array(2 * count));
    }
    this.targets[count] = target;
    this.movers[count] = mover;
    this.count = count + 1;
  }

  /** All edges of the next state are pushed. */
  endState(): void {
    this.states += 1;
    if (this.states === this.starts.length) {
      this.starts = copied(this.starts, new Int32Array(2 * this.states));
    }
    this.starts[this.states] = this.count;
  }

  /** The edges of further states, `counts` telling those of each state in units of `unit`. */
  append(targets: Int32Array, movers: Uint16Array, counts: Int32Array, unit: number): void {
    const { count } = this;
    const length = enlarged(this.targets.length, count + targets.length);
    if (length > this.targets.length) {
      this.targets = copied(this.targets, new Int32Array(length));
      this.movers = copied(this.movers, new Uint16Array(length));
    }
    this.targets.set(targets, count);
    this.movers.set(movers, count);
    this.count = count + targets.length;
    const room = enlarged(this.starts.length, this.states + counts.length + 1);
    if (room > this.starts.length) this.starts = copied(this.starts, new Int32Array(room));
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

function copied<T extends Int32Array | Uint16Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
