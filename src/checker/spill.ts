// A search that may go on where there is more room than in one memory: in further ones, and on disk.

import { explore, type Progress, type Search, type SearchOptions } from "./explore.ts";
import type { Interpreter } from "./interpret.ts";
import { type LargeSearch, largeSearchOf } from "./large-search.ts";
import { LinkedSearch, roomForMore } from "./linked-search.ts";
import type { Disk } from "./spill-files.ts";
import { SearchOnDisk } from "./spill-search.ts";
import type { TransitionSystem } from "./transition-system.ts";
import type { Refine } from "./verdicts.ts";
import { withoutStates, witnessesOf } from "./witnesses.ts";

export interface RoomSettings extends SearchOptions {
  /** Where states go that are too many for the memory; null: nowhere. */
  readonly disk: Disk | null;
  readonly refine: Refine;
}

/**
 * The memory of a search that has ended is free only when the engine of JavaScript finds time for it. So where there is a disk, the
 * search in memory may have one half, and the search on disk the other; and what traces need half of what is left to that one.
 */
const SHARE = 1 / 2;
/** With less memory a search on disk finds steps in JavaScript: the compiled form takes one or two megabytes. */
const LEAST_COMPILED = 1 << 24;
/** What traces of a search in several memories need is little beside these. */
const SHARE_OF_WITNESSES = 1 / 16;

/** As `explore`; what has been searched elsewhere is a search of what its traces need. */
export function* exploreAnywhere(
  system: TransitionSystem,
  interpreter: Interpreter,
  settings: RoomSettings,
): Generator<Progress, Search, void> {
  const { disk, now } = settings;
  const started = now();
  const memoryBytes = (disk === null ? 1 : SHARE) * settings.memoryBytes;
  const inMemory = { ...settings, memoryBytes, oneMemory: true };
  const searched = yield* exploreMemories(system, inMemory, started);
  if (!Array.isArray(searched)) return searched;
  const witnessBytes = memoryBytes * (disk === null ? SHARE_OF_WITNESSES : SHARE);
  const left = { ...inMemory, witnessBytes, started };
  if (disk === null || searched[0]?.stoppedBy !== "memory")
    return yield* broughtBack(searched[0] as LargeSearch, interpreter, left);
  const compiled = memoryBytes < LEAST_COMPILED ? null : settings.compiled;
  return yield* goOnOnDisk(searched, interpreter, { ...left, disk, compiled });
}

/** Searches in one memory, or in several. What is to be brought back from there, or to go on on disk, is alone in a list. */
function* exploreMemories(
  system: TransitionSystem,
  settings: RoomSettings,
  started: number,
): Generator<Progress, Search | LargeSearch[], void> {
  const search = yield* explore(system, settings);
  if (search.stoppedBy !== "memory") return search;
  const { compiled } = search;
  if (compiled !== null && roomForMore(compiled, settings.memoryBytes))
    return [yield* new LinkedSearch({ ...search, compiled }, settings, started).run()];
  return settings.disk === null ? search : [largeSearchOf(search)];
}

interface BackSettings extends RoomSettings {
  /** For what traces need. */
  readonly witnessBytes: number;
  /** When the search began, by the clock of `now`. */
  readonly started: number;
}

/**
 * Goes on with the search in a list, and brings back what its traces need. The search is taken from the list: memory is not to
 * be held on to.
 */
export function* goOnOnDisk(
  searched: LargeSearch[],
  interpreter: Interpreter,
  settings: BackSettings & { readonly disk: Disk },
): Generator<Progress, Search, void> {
  const { disk, started } = settings;
  let running: SearchOnDisk;
  try {
    running = new SearchOnDisk(searched[0] as LargeSearch, settings, disk, started);
  } catch (error) {
    if (disk.failure === null) throw error;
    const stopped = { ...(searched[0] as LargeSearch), stoppedBy: "disk" } as const;
    return yield* broughtBack(stopped, interpreter, settings);
  }
  searched.pop();
  const large = yield* running.run();
  try {
    return yield* broughtBack(large, interpreter, settings);
  } catch (error) {
    if (disk.failure === null) throw error;
    return withoutStates(large);
  }
}

function broughtBack(
  large: LargeSearch,
  interpreter: Interpreter,
  { refine, interrupted, now, started, witnessBytes }: BackSettings,
): Generator<Progress, Search, void> {
  return witnessesOf(large, {
    ...{ interpreter, refine, interrupted },
    memoryBytes: witnessBytes,
    elapsedSeconds: () => (now() - started) / 1000,
  });
}
