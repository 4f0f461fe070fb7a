// What the functions of workers who share a search have in common: the words by which they agree, and chunks.

import { atomicAdd } from "../atomics.ts";
import {
  add,
  atLeastUnsigned,
  type Code,
  call,
  constant,
  forever,
  get,
  jumpIf,
  load,
  multiply,
  sequence,
  set,
  store,
} from "../code.ts";
import type { PartTable } from "./part-table.ts";
import {
  CHUNK,
  CONTROL,
  type PART,
  partOffset,
  type SharedMap,
  type Sharing,
  WORKER,
} from "./shared-map.ts";

/** Of which worker, and for what, functions are made. */
export interface Sharer {
  readonly map: SharedMap;
  readonly sharing: Sharing;
  readonly width: number;
  readonly worker: number;
  readonly table: PartTable;
}

export function control({ map }: Pick<Sharer, "map">, word: keyof typeof CONTROL): Code {
  return load(constant(map.control + CONTROL[word]));
}

export function setControl({ map }: Sharer, word: keyof typeof CONTROL, value: Code): Code {
  return store(constant(map.control + CONTROL[word]), value);
}

/** The address of a word of a worker. */
export function ofWorker({ map }: Sharer, worker: number, offset: number): Code {
  return constant(map.control + CONTROL.workers + WORKER.stride * worker + offset);
}

/** Code for each worker, and the part of the table that is theirs. */
export function each({ sharing }: Sharer, code: (worker: number) => Code): Code {
  return sequence(Array.from({ length: sharing.workers }, (_, worker) => code(worker)));
}

/** Where the words about a chunk are. */
export function chunkAddress({ map }: Sharer, chunk: Code): Code {
  return add(multiply(chunk, constant(map.chunkStride)), constant(map.chunks));
}

/** The first state of a chunk. */
export function firstState(sharer: Sharer, chunk: Code): Code {
  return add(control(sharer, "from"), multiply(chunk, control(sharer, "chunkStates")));
}

/** A step of the chunk whose words are at `about`, by its position among them. */
export function recordAt({ map }: Sharer, position: Code): Code {
  return add(get("records"), multiply(position, constant(map.stride)));
}

/** A word of what is said of a chunk and a part of the table. */
export function ofPart(part: number, word: keyof typeof PART): number {
  return partOffset(part, word);
}

/** Calls a function with one chunk after the other that nobody else has taken, as long as nothing forbids it. */
export function takeChunks(sharer: Sharer, name: string, unless: Code = constant(0)): Code {
  const next = constant(sharer.map.control + CONTROL.nextChunk);
  return forever("chunk", "chunks", [
    jumpIf("chunks", unless),
    set("chunk", atomicAdd(next, constant(1))),
    jumpIf("chunks", atLeastUnsigned(get("chunk"), control(sharer, "chunks"))),
    call(name, get("chunk")),
  ]);
}

/** For all chunks of the round, `about` being where the words about it are. */
export function allChunks(sharer: Sharer, body: readonly Code[]): Code {
  const { map } = sharer;
  return sequence([
    set("about", constant(map.chunks)),
    set("chunks end", chunkAddress(sharer, control(sharer, "chunks"))),
    forever("chunk", "chunks", [
      jumpIf("chunks", atLeastUnsigned(get("about"), get("chunks end"))),
      ...body,
      set("about", add(get("about"), constant(map.chunkStride))),
    ]),
  ]);
}

/** Words about a chunk. */
export function ofChunk(word: Exclude<keyof typeof CHUNK, "parts" | "partStride">): Code {
  return load(get("about"), CHUNK[word]);
}
