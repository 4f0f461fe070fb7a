// A search that may go on where there is more room than in memory: on disk.

import { explore, type Progress, type Search, type SearchOptions } from "./explore.ts";
import type { Interpreter } from "./interpret.ts";
import type { Disk } from "./spill-files.ts";
import { SearchOnDisk } from "./spill-search.ts";
import { withoutStates, witnessesOf } from "./spill-witnesses.ts";
import type { TransitionSystem } from "./transition-system.ts";
import type { Refine } from "./verdicts.ts";

export interface SpillSettings extends SearchOptions {
  /** Where states go that are too many for the memory; null: nowhere. */
  readonly disk: Disk | null;
  readonly refine: Refine;
}

/**
 * The memory of a search that has ended is free only when the engine of JavaScript finds time for it. So the search in memory may
 * have one half, and the search on disk the other; and what traces need half of what is left to that one.
 */
const SHARE = 1 / 2;

/** As `explore`; what has been searched on disk is a search of what its traces need. */
export function* exploreAnywhere(
  system: TransitionSystem,
  interpreter: Interpreter,
  settings: SpillSettings,
): Generator<Progress, Search, void> {
  const { disk } = settings;
  if (disk === null) return yield* explore(system, settings);
  const started = settings.now();
  const memoryBytes = SHARE * settings.memoryBytes;
  // A list of one, which is emptied: memory is not to be held on to when the search goes on elsewhere.
  const searched = [yield* explore(system, { ...settings, memoryBytes })];
  if (searched[0]?.stoppedBy !== "memory") return searched[0] as Search;
  const room = { memoryBytes, witnessBytes: SHARE * memoryBytes };
  return yield* goOnOnDisk(searched, interpreter, { ...settings, ...room, disk, started });
}

export interface DiskSettings extends SpillSettings {
  readonly disk: Disk;
  /** For what traces need. */
  readonly witnessBytes: number;
  /** When the search began, by the clock of `now`. */
  readonly started: number;
}

/** Goes on with the search in a list, which is taken from it, and brings back what its traces need. */
export function* goOnOnDisk(
  searched: Search[],
  interpreter: Interpreter,
  settings: DiskSettings,
): Generator<Progress, Search, void> {
  const { disk, refine, interrupted, now, started } = settings;
  let running: SearchOnDisk;
  try {
    running = new SearchOnDisk(searched[0] as Search, settings, disk, started);
  } catch (error) {
    if (disk.failure === null) throw error;
    return { ...(searched[0] as Search), stoppedBy: "disk" };
  }
  searched.pop();
  const spilled = yield* running.run();
  try {
    return yield* witnessesOf(spilled, {
      interpreter,
      refine,
      memoryBytes: settings.witnessBytes,
      interrupted,
      elapsedSeconds: () => (now() - started) / 1000,
    });
  } catch (error) {
    if (disk.failure === null) throw error;
    return withoutStates(spilled);
  }
}
