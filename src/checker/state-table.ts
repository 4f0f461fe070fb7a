// The set of states met so far: an exact hash table over an append-only arena of packed states.
// A state's index is its position in the arena, so the arena is also the queue of a breadth-first search.
//
// A slot is 0 when empty, else (tag << bits) | (index + 1), where 2^bits is the number of slots: the low `bits` bits of the
// hash choose the first slot, the other bits are the tag, which settles most comparisons without touching the arena.

const SMALLEST_BITS = 10;
/** An arena beyond this many words grows by half instead of doubling. */
const LARGE_ARENA = 1 << 26;

/** Hash of `width` words. Two multiplications and xor-shifts: enough for packed states, see the tests. */
export function hashWords(words: Int32Array, offset: number, width: number): number {
  let hash = 0x9e3779b9 | 0;
  for (let index = 0; index < width; index += 1) {
    hash = Math.imul(hash ^ (words[offset + index] as number), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** The least number of slots of which not more than half are taken by so many states and one more. */
function slotsFor(states: number): number {
  let slots = 1 << SMALLEST_BITS;
  while (2 * (states + 1) > slots) slots *= 2;
  return slots;
}

/** Who keeps the states of a table in memory of its own, and finds them there in its own way. */
export interface Keeper {
  /** Makes slots as the table has them. Any number of times: they hold as long as no state is added. */
  readonly slots: () => Int32Array;
  /** Bytes that the states and all that finds them take now. */
  readonly bytes: () => number;
  /** As for the table. */
  readonly bytesFor: (count: number) => number;
  readonly bytesAState: () => BytesAState;
}

/** What a table takes for each state when it is full, and just after it grew, which includes what that took for a while. */
export interface BytesAState {
  readonly low: number;
  readonly high: number;
}

export class StateTable {
  readonly width: number;
  /** States met so far. */
  count = 0;
  /** State i is arena[i*width … (i+1)*width-1]. Replaced by a larger copy when it grows. */
  arena: Int32Array;
  /** Their number is a power of two; null as long as nobody has asked for them. */
  private known: Int32Array | null;
  private keeper: Keeper | null = null;

  constructor(width: number) {
    this.width = width;
    this.known = new Int32Array(1 << SMALLEST_BITS);
    this.arena = new Int32Array(width << SMALLEST_BITS);
  }

  /** Takes the first states of an arena as met; they differ from each other. */
  restore(arena: Int32Array, states: number): void {
    this.arena = arena;
    this.count = states;
    this.known = null;
  }

  /** From now on the states lie in the memory of somebody else, who adds to them. */
  entrust(arena: Int32Array, keeper: Keeper): void {
    this.arena = arena;
    this.keeper = keeper;
    this.known = null;
  }

  /** Goes on in other memory, which holds its states already; the slots know them, or there are none. */
  adopt(arena: Int32Array, slots: Int32Array): void {
    this.arena = arena;
    this.known = slots;
    this.keeper = null;
  }

  /** Takes back what was entrusted: states are added here again. */
  takeBack(): void {
    this.known = this.slots;
    this.keeper = null;
  }

  get slots(): Int32Array {
    this.known ??= this.keeper?.slots() ?? this.refill(new Int32Array(slotsFor(this.count)));
    return this.known;
  }

  /** The index of the state at words[offset …]; if it is new, it is added, and `count` has grown by one. */
  insert(words: Int32Array, offset: number): number {
    if (2 * (this.count + 1) > this.slots.length) this.growSlots();
    const { width, slots } = this;
    const mask = slots.length - 1;
    const hash = hashWords(words, offset, width);
    const tag = hash & ~mask;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot] as number;
      if (entry === 0) {
        const index = this.append(words, offset);
        slots[slot] = tag | (index + 1);
        return index;
      }
      if ((entry & ~mask) === tag && this.equals((entry & mask) - 1, words, offset)) {
        return (entry & mask) - 1;
      }
    }
  }

  /** The index of a state, -1 if it was never inserted. */
  find(words: Int32Array, offset: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    const hash = hashWords(words, offset, this.width);
    const tag = hash & ~mask;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot] as number;
      if (entry === 0) return -1;
      if ((entry & ~mask) === tag && this.equals((entry & mask) - 1, words, offset)) {
        return (entry & mask) - 1;
      }
    }
  }

  /** Bytes that the table and its arena take now. */
  get bytes(): number {
    return this.keeper?.bytes() ?? this.slots.byteLength + this.arena.byteLength;
  }

  /** Tables double when they are full, and while they do the old one is there too. */
  get bytesAState(): BytesAState {
    if (this.keeper !== null) return this.keeper.bytesAState();
    const capacity = Math.min(this.slots.length >> 1, Math.floor(this.arena.length / this.width));
    return { low: this.bytes / capacity, high: (3 * this.bytes) / capacity };
  }

  /** Bytes that are needed, while growing, before `count` states are in; the present ones if they fit already. */
  bytesFor(count: number): number {
    if (this.keeper !== null) return this.keeper.bytesFor(count);
    const slots = 2 * count > this.slots.length ? 2 * this.slots.byteLength : 0;
    const arena = count * this.width > this.arena.length ? 2 * this.arena.byteLength : 0;
    return this.bytes + slots + arena;
  }

  private equals(index: number, words: Int32Array, offset: number): boolean {
    const { arena, width } = this;
    const base = index * width;
    for (let word = 0; word < width; word += 1) {
      if (arena[base + word] !== words[offset + word]) return false;
    }
    return true;
  }

  private append(words: Int32Array, offset: number): number {
    const { width } = this;
    const index = this.count;
    const base = index * width;
    if (base + width > this.arena.length) {
      const { length } = this.arena;
      const arena = new Int32Array(
        length < LARGE_ARENA ? 2 * length : length + (length >> 1) + width,
      );
      arena.set(this.arena);
      this.arena = arena;
    }
    const { arena } = this;
    for (let word = 0; word < width; word += 1) arena[base + word] = words[offset + word] as number;
    this.count = index + 1;
    return index;
  }

  private growSlots(): void {
    this.refill(new Int32Array(2 * this.slots.length));
  }

  /** Goes on with these empty slots. They are filled from the arena, in its order: faster than from the old ones. */
  refill(slots: Int32Array): Int32Array {
    const { width, arena, count } = this;
    const mask = slots.length - 1;
    for (let index = 0; index < count; index += 1) {
      const hash = hashWords(arena, index * width, width);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (index + 1);
    }
    this.known = slots;
    return slots;
  }
}
