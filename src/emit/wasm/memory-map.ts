// Where everything lies in the memory of a search: small tables and buffers first, then the slots of the hash table and behind
// them the states met so far (the arena). Both grow, the arena at its end; when the slots do, it moves on.

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
  /** For each state of a batch, where its steps end. */
  readonly ends: number;
  // What a call tells, a word each but for `movers` and `children` (two bytes).
  /** Where each step leads, and who takes it. */
  readonly targets: number;
  readonly movers: number;
  /** How many new states were met from each state. */
  readonly children: number;
  /** States with something to be looked at: in their steps, or (new ones) in themselves. */
  readonly looks: number;
  readonly judged: number;
  /** States that do not lie in the arena, to be expanded: as many as a batch may have. */
  readonly guests: number;
  readonly slots: number;
}

/** States that one call of `expand` may take. */
export const MOST_STATES = 1 << 13;
/** States of one batch. */
export const MOST_BATCH = 256;
/** Steps that one batch may find. */
export const MOST_RECORDS = 1 << 14;
/** Steps after which a batch is closed: what it touches stays in the nearer caches. */
export const ENOUGH_RECORDS = 512;
export const MOST_PENDING = 256;
/** Choices in one path. */
export const MOST_PICKS = 1 << 17;

/** The map of a memory, or of a part of it that begins at a multiple of 64. */
export function memoryMap(sizes: Sizes, start = 64): MemoryMap {
  let end = start;
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
    ends: room(4 * MOST_BATCH),
    targets: room(4 * MOST_RECORDS),
    movers: room(2 * MOST_RECORDS),
    children: room(2 * MOST_STATES),
    looks: room(4 * MOST_BATCH),
    judged: room(4 * MOST_RECORDS),
    guests: room(4 * sizes.width * MOST_BATCH),
    slots: Math.ceil(end / 64) * 64,
  };
}
