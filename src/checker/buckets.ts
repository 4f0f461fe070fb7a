// A queue of states by (total, length), both never below what came out last: each pair has a bucket, emptied as a whole.

/** A list that grows; only the first `count` items are there. */
export interface List {
  items: Int32Array;
  count: number;
}

/** The states that were put in with one total and length, in that order. */
export interface Bucket {
  readonly total: number;
  readonly length: number;
  readonly states: List;
}

const SMALLEST = 16;

export class Buckets {
  /** By total; of each total by length. */
  private readonly totals = new Map<number, (List | undefined)[]>();
  private total = Number.NEGATIVE_INFINITY;
  private length = 0;

  push(total: number, length: number, state: number): void {
    let lists = this.totals.get(total);
    if (lists === undefined) {
      lists = [];
      this.totals.set(total, lists);
    }
    let list = lists[length];
    if (list === undefined) {
      list = { items: new Int32Array(SMALLEST), count: 0 };
      lists[length] = list;
    }
    if (list.count === list.items.length) {
      const items = new Int32Array(2 * list.count);
      items.set(list.items);
      list.items = items;
    }
    list.items[list.count] = state;
    list.count += 1;
  }

  /** Takes out the bucket with the least total and, of that, the least length; null if there is none. */
  pop(): Bucket | null {
    while (true) {
      const lists = this.totals.get(this.total);
      for (; lists !== undefined && this.length < lists.length; this.length += 1) {
        const states = lists[this.length];
        if (states === undefined) continue;
        lists[this.length] = undefined;
        return { total: this.total, length: this.length, states };
      }
      this.totals.delete(this.total);
      if (this.totals.size === 0) return null;
      this.total = [...this.totals.keys()].reduce((least, one) => Math.min(least, one));
      this.length = 0;
    }
  }
}
