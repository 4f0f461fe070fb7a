// The modules of workers who search one machine together: each is that of a search by one, and what the rounds need.

import type { Machine } from "../../../machine/machine.ts";
import type { ReducedForm } from "../../../machine/reduced-form.ts";
import { encodedSearch, searchable, type WasmSearch } from "../module.ts";
import { shortWords } from "../short-table.ts";
import { compactFunctions } from "./compact.ts";
import { crewFunctions, JOBS } from "./crew.ts";
import { expandFunctions } from "./expand.ts";
import { fillFunctions } from "./fill.ts";
import { insertFunctions } from "./insert.ts";
import { shortParts, tagParts } from "./part-table.ts";
import {
  CHUNK,
  CONTROL,
  looksOffset,
  recordsOfEach,
  type Sharing,
  sharedMap,
  WORKER,
} from "./shared-map.ts";
import type { Sharer } from "./sharer.ts";

/** The modules, and where in their memory stands what they agree by: addresses, or offsets from them, in bytes. */
export interface SharedSearch {
  readonly sharing: Sharing;
  /** The first of them leads. */
  readonly workers: readonly WasmSearch[];
  /** What is there before the table. */
  readonly bytes: number;
  /** The most states that a round may add. */
  readonly mostRecords: number;
  readonly jobs: readonly string[];
  readonly controlAt: number;
  readonly control: typeof CONTROL;
  readonly workersAt: number;
  readonly worker: typeof WORKER;
  readonly chunksAt: number;
  readonly chunk: typeof CHUNK & { readonly stride: number; readonly looksList: number };
  readonly childrenAt: number;
  /** In which each worker remembers what has happened before. */
  readonly firstsBytes: number;
}

/** The modules; null for a machine that they cannot search. */
export function emitShared(
  machine: Machine,
  sharing: Sharing,
  reduced: ReducedForm = {},
): SharedSearch | null {
  const found = searchable(machine, reduced);
  if (found === null || found.plan.length > 0) return null;
  const { sizes, program } = found;
  const { width } = sizes;
  const used = shortWords(program.layout);
  const maps = Array.from({ length: sharing.workers }, (_, worker) =>
    sharedMap(sizes, sharing, worker),
  );
  const workers = maps.map((map, worker) => {
    const table = used === null ? tagParts(map, width) : shortParts(map, used);
    const sharer: Sharer = { map, sharing, width, worker, table };
    const functions = [
      ...expandFunctions(sharer),
      ...insertFunctions(sharer),
      ...compactFunctions(sharer),
      ...fillFunctions(sharer),
      ...crewFunctions(sharer),
    ];
    return encodedSearch(found, map, table.alone, { shared: true, functions });
  });
  const [map] = maps;
  if (map === undefined) return null;
  return {
    sharing,
    workers,
    bytes: map.slots,
    mostRecords: recordsOfEach(sharing) * sharing.workers,
    jobs: JOBS,
    control: CONTROL,
    controlAt: map.control,
    worker: WORKER,
    workersAt: map.control + CONTROL.workers,
    chunksAt: map.chunks,
    chunk: { ...CHUNK, stride: map.chunkStride, looksList: looksOffset(sharing) },
    childrenAt: map.roundChildren,
    firstsBytes: sizes.firsts,
  };
}
