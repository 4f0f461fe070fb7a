// Searches that are kept in a file and gone on with, in one process.

import type { Kept } from "../../src/checker/checkpoint.ts";
import {
  DEFAULT_SEARCH,
  explore,
  finish,
  type Search,
  type SearchOptions,
} from "../../src/checker/explore.ts";
import { identityOf } from "../../src/commands/checkpoint-identity.ts";
import { FileKeeper, readKept, readSummary } from "../../src/commands/checkpoint-search.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compiledSearch, packedSystem } from "../../src/pipeline.ts";
import {
  CheckpointWriter,
  openCheckpoint,
  type Unreadable,
} from "../../src/runtime/checkpoint-file.ts";
import { takeOver } from "../../src/runtime/checkpoint-owner.ts";

/** Searches without a log of edges, in JavaScript, or in WebAssembly from the start. */
export function searched(
  machine: Machine,
  options: Partial<SearchOptions>,
  backend: "js" | "wasm",
): Search {
  const compiled = backend === "js" ? null : compiledSearch(machine, 0);
  const all = { ...DEFAULT_SEARCH, maxLoggedEdges: 0, compiled, ...options };
  return finish(explore(packedSystem(machine), all));
}

/** A keeper of searches of this machine: behind what is in the file already if `kept` was read from it. */
export function keeperIn(machine: Machine, path: string, kept: Kept | null = null): FileKeeper {
  const writer = kept === null ? CheckpointWriter.create(path) : goingOn(path);
  return new FileKeeper(writer, kept, {
    identity: identityOf(machine, {
      fold: true,
      reset: true,
      stop: "never",
      wishes: { symmetry: "never", por: "never" },
      fewestSwitches: false,
    }),
    sources: machine.sources,
    rule: { everySeconds: 0, share: 1 },
    now: () => 0,
    onFailure: (error) => {
      throw error;
    },
  });
}

/** Reads the search in a file. */
export function keptIn(machine: Machine, path: string): Kept | Unreadable {
  const reader = openCheckpoint(path);
  if ("reason" in reader) return reader;
  try {
    return readKept(reader, readSummary(reader), machine.sources);
  } finally {
    reader.close();
  }
}

/** As `keptIn`, of a file that is known to be whole. */
export function wholeIn(machine: Machine, path: string): Kept {
  const kept = keptIn(machine, path);
  if ("reason" in kept) throw new Error(kept.reason);
  return kept;
}

/** A writer behind what is in a file. */
export function goingOn(path: string): CheckpointWriter {
  const owner = takeOver(path);
  const reader = openCheckpoint(path);
  if ("reason" in reader) throw new Error(reader.reason);
  const writer = CheckpointWriter.after(reader, owner);
  reader.close();
  return writer;
}
