// A search that goes on with its states on disk when they outgrow the memory: breadth first, in the very order in which
// it would have gone on in memory, so that it finds the same.
//
// All states met stand in one file in that order: what the arena is in memory, both the set of known states and the queue.
// The steps from the states of a level are found in order; where they lead are candidates, each once. When the level
// ends, or when they fill the memory, the file is read through once, and those that it does not hold are appended.
// So it takes a pass over the file for each level, and one more for each time the memory was full; all reading and writing
// is sequential.

import type { Limit } from "./exploration.ts";
import type { Progress, Search, SearchOptions } from "./explore.ts";
import { type Findings, Recorder } from "./findings.ts";
import type { Orbits } from "./orbit-table.ts";
import { Candidates } from "./spill-candidates.ts";
import { type Disk, RowFile } from "./spill-files.ts";
import { type TransitionSystem, Transitions } from "./transition-system.ts";

/** What a search on disk has found; the states are in files. */
export interface SpilledSearch {
  readonly system: TransitionSystem;
  readonly orbits: Orbits | null;
  /** States met. */
  readonly count: number;
  readonly states: RowFile;
  /** For each state the position of the one from which it was first met among those of the level before. */
  readonly parents: RowFile;
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

/** Between two reports of progress. */
const PAUSE_MILLISECONDS = 100;
/** States between two looks at the clock. */
const BATCH = 1024;
/** The part of the memory for what is read at a time, once of the level and once of all states. */
const SHARE_OF_WINDOW = 1 / 32;
const LARGEST_WINDOW_BYTES = 1 << 20;

/** Room for the rows that are read at a time. */
export function windowOf(width: number, memoryBytes: number): Int32Array {
  const bytes = Math.min(LARGEST_WINDOW_BYTES, SHARE_OF_WINDOW * memoryBytes);
  return new Int32Array(Math.max(1, Math.floor(bytes / (4 * width))) * width);
}

export class SearchOnDisk {
  private readonly system: TransitionSystem;
  private readonly options: SearchOptions;
  private readonly disk: Disk;
  private readonly orbits: Orbits | null;
  private readonly started: number;
  private paused: number;
  private readonly states: RowFile;
  private readonly parents: RowFile;
  private readonly candidates: Candidates;
  private readonly recorder: Recorder;
  private readonly out: Transitions;
  /** States of the level at hand, and a piece of the file that candidates are sifted by. */
  private readonly window: Int32Array;
  private readonly sieve: Int32Array;
  private readonly levels: number[];
  private readonly initialStates: number;
  private readonly taken: Uint8Array;
  private transitions: number;
  /** States in the file, all different. */
  private count: number;
  private cursor: number;
  private levelStart: number;
  private levelEnd: number;
  private stoppedBy: Limit | null = null;

  /**
   * Takes over a search that its memory has stopped, begun at `started`, and writes down what it has met. The search is not
   * needed any more then. The memory of `options` is for what this one holds. Throws if the disk cannot take it.
   */
  constructor(search: Search, options: SearchOptions, disk: Disk, started: number) {
    const { system, levels, table } = search;
    const { width } = system;
    this.system = system;
    this.options = options;
    this.disk = disk;
    this.started = started;
    this.paused = options.now();
    this.out = new Transitions(width, system.costs.length);
    this.recorder = new Recorder(system, options.stop, search.findings);
    this.initialStates = search.initialStates;
    this.taken = search.taken;
    this.transitions = search.transitions;
    this.count = table.count;
    this.cursor = search.expanded;
    // The last level begins behind the cursor if steps from the one before it are still to be taken.
    const begun = levels.findLastIndex((first) => first <= search.expanded);
    this.levels = levels.slice(0, begun + 1);
    this.levelStart = levels[begun] as number;
    this.levelEnd = levels[begun + 1] ?? table.count;
    this.states = new RowFile(disk, width);
    this.parents = new RowFile(disk, 1);
    this.writeDown(search);
    const { memoryBytes } = options;
    this.window = windowOf(width, memoryBytes);
    this.sieve = windowOf(width, memoryBytes);
    this.orbits = search.orbits;
    this.candidates = new Candidates(
      width,
      search.orbits,
      memoryBytes - this.window.byteLength - this.sieve.byteLength,
    );
  }

  /** Searches to the end or to a limit. Pauses now and then with its progress. */
  *run(): Generator<Progress, SpilledSearch, void> {
    const { disk, system, levels } = this;
    try {
      yield* this.searchLevels();
    } catch (error) {
      if (disk.failure === null) throw error;
      this.stoppedBy = "disk";
    }
    if (this.levelEnd < this.count) levels.push(this.levelEnd);
    yield this.progress();
    return {
      system,
      orbits: this.orbits,
      count: this.count,
      states: this.states,
      parents: this.parents,
      levels,
      initialStates: this.initialStates,
      transitions: this.transitions,
      expanded: this.cursor,
      taken: this.taken,
      branches: system.branches.slice(),
      findings: this.recorder.findings,
      stoppedBy: this.stoppedBy,
      complete: this.stoppedBy === null,
    };
  }

  private writeDown({ table, parents, levels }: Search): void {
    this.states.append(table.arena, 0, table.count);
    this.states.flush();
    levels.forEach((first, depth) => {
      const last = levels[depth + 1] ?? table.count;
      const before = levels[depth - 1] ?? -1;
      for (let state = first; state < last; state += BATCH) {
        const piece = new Int32Array(Math.min(BATCH, last - state));
        parents.parentsOf(state, piece);
        this.parents.append(
          piece.map((parent) => parent - before),
          0,
          piece.length,
        );
      }
    });
    this.parents.flush();
  }

  private *searchLevels(): Generator<Progress, void, void> {
    while (true) {
      yield* this.expandLevel();
      if (this.stoppedBy === null) yield* this.sift();
      if (this.stoppedBy !== null || this.count === this.levelEnd) return;
      if (this.recorder.satisfied) {
        this.stoppedBy = "first-violation";
        return;
      }
      this.levels.push(this.levelEnd);
      this.levelStart = this.levelEnd;
      this.levelEnd = this.count;
    }
  }

  private *expandLevel(): Generator<Progress, void, void> {
    const { states, window, out } = this;
    while (this.cursor < this.levelEnd) {
      const rows = states.read(this.cursor, window, this.levelEnd);
      for (let row = 0; row < rows; row += 1) {
        this.findSteps(row);
        let step = this.takeSteps(row, 0);
        while (step < out.count) {
          yield* this.sift();
          if (this.stoppedBy !== null) return;
          step = this.takeSteps(row, step);
        }
        this.cursor += 1;
        if (this.cursor % BATCH === 0) yield* this.pause();
        if (this.stoppedBy !== null) return;
      }
    }
  }

  /** Finds the steps of the state in this row of the window. */
  private findSteps(row: number): void {
    const { system, out, recorder, window, cursor } = this;
    const offset = row * system.width;
    const depth = this.levels.length;
    system.successors(window, offset, out);
    this.transitions += out.count;
    if (out.count === 0) recorder.judgeEnd(window, offset, cursor, depth - 1);
    if (out.noteCount > 0) recorder.notes(out, cursor, depth);
  }

  /** Takes the steps of that state from this one on; answers the first that there is no room for. */
  private takeSteps(row: number, firstStep: number): number {
    const { system, out, recorder, candidates, window, taken, cursor, levelStart } = this;
    const { width } = system;
    const offset = row * width;
    const depth = this.levels.length;
    for (let step = firstStep; step < out.count; step += 1) {
      if (candidates.full) return step;
      taken[out.mover[step] as number] = 1;
      const fault = out.fault[step] as number;
      if (fault >= 0) {
        recorder.fault(fault, cursor, step, depth);
        continue;
      }
      candidates.add(out.words, step * width, cursor - levelStart);
      if (recorder.judgesSteps) recorder.judgeStep(window, offset, cursor, out, step, depth);
    }
    return out.count;
  }

  /** Tells candidates that were met before from new states, which are written down and judged. */
  private *sift(): Generator<Progress, void, void> {
    const { candidates, states, parents, sieve, recorder, system } = this;
    let left = candidates.count;
    for (let first = 0; first < this.count && left > 0; ) {
      const rows = states.read(first, sieve, this.count);
      left = candidates.sift(sieve, rows, left);
      first += rows;
      yield* this.pause();
      if (this.stoppedBy !== null) return;
    }
    candidates.keepNew(states, parents);
    const depth = this.levels.length;
    const { arena } = candidates.table;
    candidates.eachNew((first, last) => {
      for (let candidate = first; candidate < last && recorder.judgesStates; candidate += 1) {
        const state = this.count + candidate - first;
        recorder.judgeState(arena, candidate * system.width, state, depth);
      }
      this.count += last - first;
    });
    candidates.clear();
    if (this.count >= this.options.maxStates) this.stoppedBy = "max-states";
  }

  /** Looks at the clock. */
  private *pause(): Generator<Progress, void, void> {
    const { options } = this;
    const now = options.now();
    if ((now - this.started) / 1000 > options.timeLimitSeconds) this.stoppedBy = "time-limit";
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
      elapsedSeconds: (this.options.now() - this.started) / 1000,
    };
  }
}
