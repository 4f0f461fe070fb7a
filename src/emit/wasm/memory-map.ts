// Where everything lies in the memory of a search: small tables and buffers first, then the states met so far (the arena)
// and behind them the slots of the hash table, both of which grow.

/** What a search of one machine needs room for. */
export interface Sizes {
  /** Words a state. */
  readonly width: number;
  readonly dataWords: number;
  readonly scratchWords: number;
  /** Bytes that tell whether something has happened before. */
  readonly firsts: number;
  readonly statePredicates: number;
  readonly stepPredicates: number;
  readonly movers: number;
  /** Whether any step chooses. */
  readonly picks: boolean;
}

/** Addresses, in bytes. */
export interface MemoryMap {
  readonly data: number;
  readonly scratch: number;
  readonly firsts: number;
  /** A byte for each predicate: what of it is still looked for. */
  readonly openStates: number;
  readonly openSteps: number;
  /** A byte for each mover: 1 if it took a step. */
  readonly taken: number;
  /** Addresses among `firsts` that are set if the path turns out to be a step. */
  readonly pending: number;
  readonly choices: number;
  readonly limits: number;
  /** Steps found: `stride` bytes each, and room for one that is given up. */
  readonly records: number;
  readonly stride: number;
  readonly recordsEnd: number;
  // What a call of `expand` tells, a word each but for `movers` (two bytes).
  /** Steps of each state. */
  readonly stepCounts: number;
  /** Where each step leads, and who takes it. */
  readonly targets: number;
  readonly movers: number;
  /** The state from which each new state was met. */
  readonly parents: number;
  /** States with something to be looked at: in their steps, or (new ones) in themselves. */
  readonly looks: number;
  readonly judged: number;
  readonly arena: number;
}

/** States that one call of `expand` may take. */
export const MOST_BATCH = 256;
/** Steps that one call may find. */
export const MOST_RECORDS = 1 << 14;
/** Steps after which a batch is closed: what it touches stays in the nearer caches. */
export const ENOUGH_RECORDS = 512;
export const MOST_PENDING = 256;
/** Choices in one path. */
export const MOST_PICKS = 1 << 17;

export function memoryMap(sizes: Sizes): MemoryMap {
  let end = 64;
  const room = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 8) * 8;
    return at;
  };
  const stride = 4 * sizes.width + 8;
  const picks = sizes.picks ? 4 * MOST_PICKS : 0;
  const small = {
    data: room(4 * sizes.dataWords),
    scratch: room(4 * sizes.scratchWords),
    firsts: room(sizes.firsts),
    openStates: room(sizes.statePredicates),
    openSteps: room(sizes.stepPredicates),
    taken: room(sizes.movers),
    pending: room(4 * MOST_PENDING),
    choices: room(picks),
    limits: room(picks),
  };
  const records = room(stride * (MOST_RECORDS + 1));
  return {
    ...small,
    records,
    stride,
    recordsEnd: records + stride * MOST_RECORDS,
    stepCounts: room(4 * MOST_BATCH),
    targets: room(4 * MOST_RECORDS),
    movers: room(2 * MOST_RECORDS),
    parents: room(4 * MOST_RECORDS),
    looks: room(4 * MOST_BATCH),
    judged: room(4 * MOST_RECORDS),
    arena: Math.ceil(end / 64) * 64,
  };
}
