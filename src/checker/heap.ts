// A priority queue of numbers 0 … size-1 in typed arrays, each in it at most once; smaller by `isBefore` comes out first.

export class Heap {
  private readonly items: Int32Array;
  /** Position of each number in `items`, -1 if it is not in the queue. */
  private readonly positions: Int32Array;
  private readonly isBefore: (left: number, right: number) => boolean;
  private length = 0;

  constructor(size: number, isBefore: (left: number, right: number) => boolean) {
    this.items = new Int32Array(size);
    this.positions = new Int32Array(size).fill(-1);
    this.isBefore = isBefore;
  }

  /** Puts a number in, or moves it forward after its rank has become better. */
  push(item: number): void {
    if (this.positions[item] === -1) {
      this.place(item, this.length);
      this.length += 1;
    }
    this.rise(this.positions[item] as number);
  }

  /** Takes the first number out; -1 if the queue is empty. */
  pop(): number {
    if (this.length === 0) return -1;
    const first = this.items[0] as number;
    this.positions[first] = -1;
    this.length -= 1;
    if (this.length > 0) {
      this.place(this.items[this.length] as number, 0);
      this.sink(0);
    }
    return first;
  }

  private place(item: number, position: number): void {
    this.items[position] = item;
    this.positions[item] = position;
  }

  private rise(from: number): void {
    let position = from;
    const item = this.items[position] as number;
    while (position > 0) {
      const above = (position - 1) >> 1;
      const other = this.items[above] as number;
      if (!this.isBefore(item, other)) break;
      this.place(other, position);
      position = above;
    }
    this.place(item, position);
  }

  private sink(from: number): void {
    let position = from;
    const item = this.items[position] as number;
    while (2 * position + 1 < this.length) {
      let below = 2 * position + 1;
      const right = below + 1;
      if (
        right < this.length &&
        this.isBefore(this.items[right] as number, this.items[below] as number)
      )
        below = right;
      const other = this.items[below] as number;
      if (!this.isBefore(other, item)) break;
      this.place(other, position);
      position = below;
    }
    this.place(item, position);
  }
}
