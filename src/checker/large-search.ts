// Searches that have outgrown one memory, whatever they do about it: what they begin with, how they go from level to level and
// when they stop, and what they come to. They find states in the very order in which a search in one memory does.

import type { Limit } from "./exploration.ts";
import type { Progress, Search, SearchOptions } from "./explore.ts";
import type { Findings } from "./findings.ts";
import { sizesOfLast } from "./levels.ts";
import type { Orbits } from "./orbit-table.ts";
import type { Ways } from "./parents.ts";
import type { TransitionSystem } from "./transition-system.ts";

/** States in their order, wherever they are. */
export interface States {
  /** Copies states from `first` to before `last` into `into`, as many as there is room for, or fewer; says how many. */
  read(first: number, into: Int32Array, last: number): number;
}

/** Steps found, which other memories may mark. */
export interface FoundSteps {
  /** How many states they are all the steps of. */
  readonly states: number;
  /** A record for each: the words of the state that it leads to, one for the table, and who takes it, negative if it faults. */
  readonly records: Int32Array;
  /** How many words of them are those of each state and of the states before it. */
  readonly ends: Int32Array;
  /** Words of a record. */
  readonly stride: number;
}

/** What a search has found whose states are not in one table; read by what follows it. */
export interface LargeSearch {
  readonly system: TransitionSystem;
  readonly orbits: Orbits | null;
  /** States met. */
  readonly count: number;
  readonly states: States;
  readonly parents: Pick<Ways, "parentOf" | "parentsOf">;
  readonly levels: readonly number[];
  readonly initialStates: number;
  readonly transitions: number;
  readonly expanded: number;
  readonly taken: Uint8Array;
  readonly branches: Uint8Array;
  readonly findings: Findings;
  readonly stoppedBy: Limit | null;
  readonly complete: boolean;
}

/** A search in one memory as one of these. */
export function largeSearchOf(search: Search): LargeSearch {
  const { table } = search;
  return { ...search, count: table.count, states: statesOf(table, 0) };
}

/** The states of a table, of which the first has this number. */
export function statesOf(
  table: { readonly arena: Int32Array; readonly width: number },
  base: number,
): States {
  return {
    read(first, into, last) {
      const { arena, width } = table;
      const rows = Math.min(Math.floor(into.length / width), last - first);
      const from = (first - base) * width;
      into.set(arena.subarray(from, from + rows * width));
      return rows;
    },
  };
}

/** Between two reports of progress. */
const PAUSE_MILLISECONDS = 100;

/** Where such a search is, and how it goes on from level to level. */
export abstract class LevelSearch {
  protected readonly system: TransitionSystem;
  protected readonly options: SearchOptions;
  /** States met, all different and known to be new. */
  protected count: number;
  /** The next state to be expanded. */
  protected cursor: number;
  protected levelStart: number;
  protected levelEnd: number;
  protected readonly levels: number[];
  protected transitions: number;
  protected readonly taken: Uint8Array;
  protected stoppedBy: Limit | null = null;
  private readonly orbits: Orbits | null;
  private readonly initialStates: number;
  private readonly started: number;
  private paused: number;

  /** Goes on where a search was stopped that was begun at `started`. */
  constructor(search: LargeSearch, options: SearchOptions, started: number) {
    const { levels, expanded, count } = search;
    this.system = search.system;
    this.orbits = search.orbits;
    this.options = options;
    this.started = started;
    this.paused = options.now();
    this.initialStates = search.initialStates;
    this.taken = search.taken;
    this.transitions = search.transitions;
    this.count = count;
    this.cursor = expanded;
    // The last level begins behind the cursor if steps from the one before it are still to be taken.
    const begun = levels.findLastIndex((first) => first <= expanded);
    this.levels = levels.slice(0, begun + 1);
    this.levelStart = levels[begun] as number;
    this.levelEnd = levels[begun + 1] ?? count;
  }

  /** Expands the rest of a level; then `count` has all new states. */
  protected abstract expandLevel(): Generator<Progress, void, void>;
  /** Has what the search is to stop for been found? */
  protected abstract readonly satisfied: boolean;
  protected abstract found(): Pick<LargeSearch, "states" | "parents" | "findings">;

  /** Searches to the end or to a limit. Pauses now and then with its progress. */
  *run(): Generator<Progress, LargeSearch, void> {
    const { system, levels } = this;
    yield* this.searchLevels();
    if (this.levelEnd < this.count) levels.push(this.levelEnd);
    yield this.progress();
    return {
      ...this.found(),
      ...{ system, levels },
      orbits: this.orbits,
      count: this.count,
      initialStates: this.initialStates,
      transitions: this.transitions,
      expanded: this.cursor,
      taken: this.taken,
      branches: system.branches.slice(),
      stoppedBy: this.stoppedBy,
      complete: this.stoppedBy === null,
    };
  }

  protected *searchLevels(): Generator<Progress, void, void> {
    while (true) {
      yield* this.expandLevel();
      if (this.stoppedBy !== null || this.count === this.levelEnd) return;
      if (this.satisfied) {
        this.stoppedBy = "first-violation";
        return;
      }
      this.levels.push(this.levelEnd);
      this.levelStart = this.levelEnd;
      this.levelEnd = this.count;
    }
  }

  /** Looks at the limits. */
  protected *pause(): Generator<Progress, void, void> {
    const { options } = this;
    const now = options.now();
    if ((now - this.started) / 1000 > options.timeLimitSeconds) this.stoppedBy ??= "time-limit";
    if (now - this.paused < PAUSE_MILLISECONDS) return;
    this.paused = now;
    yield this.progress();
    if (options.interrupted()) this.stoppedBy ??= "interrupted";
  }

  private progress(): Progress {
    return {
      states: this.count,
      transitions: this.transitions,
      depth: this.levels.length - 1,
      frontier: this.count - this.cursor,
      lastLevels: sizesOfLast(this.levels, this.levelEnd),
      nextLevel: this.count - this.levelEnd,
      elapsedSeconds: (this.options.now() - this.started) / 1000,
    };
  }
}
