// Where everything lies in a memory that several workers share: what they agree by, what each has for itself, and behind
// that the states and the table, as in the memory of one.

import { type MemoryMap, MOST_RECORDS, memoryMap, type Sizes } from "../memory-map.ts";

/** How a search is shared. */
export interface Sharing {
  readonly workers: number;
  /** Steps that all should find in one round. */
  readonly records: number;
  /** Steps of one state for which each worker has room. */
  readonly mostSteps: number;
  /** Chunks of a round, and states of a chunk, at most. */
  readonly chunks: number;
  readonly chunkStates: number;
  /** Fewer states are not worth a round. */
  readonly leastStates: number;
}

/** Rounds of which each worker's part fits into the cache that is its own. */
export function sharingOf(workers: number): Sharing {
  return {
    workers,
    records: 32_768 * workers,
    mostSteps: MOST_RECORDS,
    chunks: 32 * workers,
    chunkStates: 1024,
    leastStates: 256 * workers,
  };
}

/** Addresses, in bytes; those of MemoryMap are of what one worker has for itself. */
export interface SharedMap extends MemoryMap {
  readonly control: number;
  readonly chunks: number;
  readonly chunkStride: number;
  /** Bits that tell which steps lead to new states: `freshStride` bytes for each part of the table. */
  readonly fresh: number;
  readonly freshStride: number;
  /** How many new states were met from each state of a round, in two bytes. */
  readonly roundChildren: number;
  /** The steps found by all workers in a round, which are numbered from here, and those found by this one. */
  readonly allRecords: number;
  readonly ownRecords: number;
  /** Which steps lead to states of each part of the table, as positions in their chunk: two bytes each. */
  readonly lists: number;
  readonly listStride: number;
  /** For each part, where the next position goes. */
  readonly listEnds: number;
}

/** Words by which workers agree, those that many write to on lines of their own. Offsets from `control`. */
export const CONTROL = {
  /** Number of the job to do; it changes when there is another. */
  turn: 0,
  /** The next chunk that nobody has taken. */
  nextChunk: 64,
  job: 128,
  /** The states to expand, and how many go into a chunk. */
  from: 132,
  to: 136,
  chunkStates: 140,
  chunks: 144,
  /** Globals of who leads, which are to be those of all. */
  count: 152,
  arena: 156,
  size: 160,
  judgesEnds: 168,
  judgesStates: 172,
  judgesSteps: 176,
  /** What a round comes to. */
  cut: 192,
  steps: 196,
  looks: 200,
  judged: 204,
  fresh: 208,
  /** A line for each worker. */
  workers: 256,
} as const;

/** Offsets within the line of a worker. */
export const WORKER = {
  /** The last job that it has done. */
  done: 0,
  /** Its part of the table: offsets of the first slot, and of the first that is not its own. */
  first: 4,
  last: 8,
  /** Where the states end that could not be placed between these when the table was filled anew. */
  deferredEnd: 12,
  stride: 64,
} as const;

/** Offsets within what is said of a chunk. */
export const CHUNK = {
  states: 0,
  records: 4,
  recordCount: 8,
  looks: 12,
  judged: 16,
  /** Index of its first new state. */
  base: 20,
  /** Where its bits are among those of a part. */
  bits: 24,
  /** For each part: where its list begins and ends, where what was put off ends in it, how many states were new. */
  parts: 32,
  partStride: 16,
} as const;

export const PART = { list: 0, listEnd: 4, deferredEnd: 8, fresh: 12 } as const;

/** Where a word about a part is among those about a chunk. */
export function partOffset(part: number, word: keyof typeof PART): number {
  return CHUNK.parts + CHUNK.partStride * part + PART[word];
}

export function endsOffset({ workers }: Sharing): number {
  return CHUNK.parts + CHUNK.partStride * workers;
}

export function looksOffset(sharing: Sharing): number {
  return endsOffset(sharing) + 4 * sharing.chunkStates;
}

/** Steps that one worker may find in a round: twice its share, and those of a state more. */
export function recordsOfEach({ workers, records, mostSteps }: Sharing): number {
  return Math.ceil((2 * records) / workers / 32) * 32 + 2 * mostSteps;
}

/** The memory as one worker sees it. */
export function sharedMap(sizes: Sizes, sharing: Sharing, worker: number): SharedMap {
  const { workers } = sharing;
  let end = 64;
  const room = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 64) * 64;
    return at;
  };
  const each = recordsOfEach(sharing);
  const all = workers * each;
  const control = room(CONTROL.workers + WORKER.stride * workers);
  const chunkStride = Math.ceil((looksOffset(sharing) + 4 * sharing.chunkStates) / 64) * 64;
  const chunks = room(chunkStride * sharing.chunks);
  const freshStride = all / 8 + 64;
  const fresh = room(freshStride * workers);
  const roundChildren = room(2 * sharing.chunks * sharing.chunkStates);
  const own = memoryMap(sizes, 0);
  const listStride = 2 * each;
  const ownBytes = own.slots + listStride * workers + 4 * workers;
  const first = Array.from({ length: workers }, () => room(ownBytes))[worker] as number;
  const beforeRecords = room(own.stride * (MOST_RECORDS + all));
  const allRecords = beforeRecords + own.stride * MOST_RECORDS;
  const map = memoryMap(sizes, first);
  const ownRecords = allRecords + own.stride * each * worker;
  // One is left for a step that is given up.
  const recordsEnd = ownRecords + own.stride * (each - 1);
  const lists = first + own.slots;
  return {
    ...map,
    // Alone, a worker must not find more steps than any search by one.
    records: recordsEnd - own.stride * MOST_RECORDS,
    recordsEnd,
    slots: room(0),
    control,
    chunks,
    chunkStride,
    fresh,
    freshStride,
    roundChildren,
    allRecords,
    ownRecords,
    lists,
    listStride,
    listEnds: lists + listStride * workers,
  };
}
