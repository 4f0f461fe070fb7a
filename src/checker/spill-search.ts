// A search that goes on with its states on disk when they outgrow the memory.
//
// All states met stand in one file in the order in which they were met: what the arena is in memory, both the set of known states
// and the queue. The steps from the states of a level are found in order; where they lead are candidates, each once. When the level
// ends, or when they fill the memory, the file is read through once, and those that it does not hold are appended.
// So it takes a pass over the file for each level, and one more for each time the memory was full; all reading and writing
// is sequential.

import { CompiledSearch } from "./compiled-search.ts";
import type { Progress, SearchOptions } from "./explore.ts";
import { Recorder } from "./findings.ts";
import { type FoundSteps, type LargeSearch, LevelSearch } from "./large-search.ts";
import { Parents } from "./parents.ts";
import { Candidates } from "./spill-candidates.ts";
import { type Disk, RowFile } from "./spill-files.ts";
import { StateTable } from "./state-table.ts";
import { Transitions } from "./transition-system.ts";
import { WebAssembly } from "./web-assembly.ts";

/** States between two looks at the clock. */
const BATCH = 1024;
/** States whose steps are found at a time in WebAssembly. */
const COMPILED_BATCH = 256;
/** The part of the memory for what is read at a time, once of the level and once of all states. */
const SHARE_OF_WINDOW = 1 / 32;
const LARGEST_WINDOW_BYTES = 1 << 20;

/** Room for the states that are read at a time. */
export function windowOf(width: number, memoryBytes: number): Int32Array {
  const bytes = Math.min(LARGEST_WINDOW_BYTES, SHARE_OF_WINDOW * memoryBytes);
  return new Int32Array(Math.max(1, Math.floor(bytes / (4 * width))) * width);
}

export class SearchOnDisk extends LevelSearch {
  private readonly disk: Disk;
  private readonly states: RowFile;
  /** For each state the position of the one from which it was first met among those of the level before. */
  private readonly parents: RowFile;
  private readonly candidates: Candidates;
  private readonly recorder: Recorder;
  private readonly out: Transitions;
  /** Finds steps in less time, if it can be had. It keeps no states. */
  private readonly compiled: CompiledSearch | null;
  /** States of the level at hand, and a piece of the file that candidates are sifted by. */
  private readonly window: Int32Array;
  private readonly sieve: Int32Array;

  /**
   * Takes over a search that its memory has stopped, begun at `started`, and writes down what it has met. The search is not
   * needed any more then. The memory of `options` is for what this one holds. Throws if the disk cannot take it.
   */
  constructor(search: LargeSearch, options: SearchOptions, disk: Disk, started: number) {
    super(search, options, started);
    const { system, orbits } = search;
    const { width } = system;
    const { memoryBytes } = options;
    this.disk = disk;
    this.out = new Transitions(width, system.costs.length);
    this.recorder = new Recorder(system, options.stop, search.findings);
    this.states = new RowFile(disk, width);
    this.parents = new RowFile(disk, 1);
    this.window = windowOf(width, memoryBytes);
    this.sieve = windowOf(width, memoryBytes);
    this.writeDown(search);
    const left = memoryBytes - this.window.byteLength - this.sieve.byteLength;
    this.candidates = new Candidates(width, orbits, left);
    this.compiled = this.compile();
  }

  private compile(): CompiledSearch | null {
    const { system, options, recorder, out, taken } = this;
    const module = WebAssembly === undefined ? null : (options.compiled?.module() ?? null);
    if (module === null) return null;
    const table = new StateTable(system.width);
    const parents = new Parents(0);
    try {
      const most = Number.POSITIVE_INFINITY;
      return new CompiledSearch(module, { system, table, out, recorder, taken, parents }, most);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return null;
    }
  }

  protected get satisfied(): boolean {
    return this.recorder.satisfied;
  }

  protected found(): Pick<LargeSearch, "states" | "parents" | "findings"> {
    const { states, parents, levels } = this;
    const parentsOf = (first: number, into: Int32Array): void => {
      parents.read(first, into, first + into.length);
      let depth = levels.findLastIndex((level) => level <= first);
      for (let at = 0; at < into.length; at += 1) {
        while (first + at >= (levels[depth + 1] ?? Number.POSITIVE_INFINITY)) depth += 1;
        into[at] = depth === 0 ? -1 : (levels[depth - 1] as number) + ((into[at] as number) >>> 0);
      }
    };
    const parentOf = (state: number): number => {
      const depth = levels.findLastIndex((level) => level <= state);
      const position = new Int32Array(1);
      parents.read(state, position, state + 1);
      return depth === 0 ? -1 : (levels[depth - 1] as number) + ((position[0] as number) >>> 0);
    };
    return { states, parents: { parentOf, parentsOf }, findings: this.recorder.findings };
  }

  protected override *searchLevels(): Generator<Progress, void, void> {
    try {
      yield* super.searchLevels();
    } catch (error) {
      if (this.disk.failure === null) throw error;
      this.stoppedBy = "disk";
    }
  }

  private writeDown({ states, parents, levels, count }: LargeSearch): void {
    const { window } = this;
    for (let first = 0; first < count; ) {
      const rows = states.read(first, window, count);
      this.states.append(window, 0, rows);
      first += rows;
    }
    this.states.flush();
    levels.forEach((first, depth) => {
      const last = levels[depth + 1] ?? count;
      const before = levels[depth - 1] ?? -1;
      for (let state = first; state < last; state += BATCH) {
        const piece = new Int32Array(Math.min(BATCH, last - state));
        parents.parentsOf(state, piece);
        for (let at = 0; at < piece.length; at += 1) piece[at] = (piece[at] as number) - before;
        this.parents.append(piece, 0, piece.length);
      }
    });
    this.parents.flush();
  }

  protected *expandLevel(): Generator<Progress, void, void> {
    while (this.cursor < this.levelEnd && this.stoppedBy === null) {
      const rows = this.states.read(this.cursor, this.window, this.levelEnd);
      for (let row = 0; row < rows && this.stoppedBy === null; ) {
        const before = this.cursor;
        const many = Math.min(COMPILED_BATCH, rows - row);
        const steps = this.compiled?.findSteps(this.window.subarray(row * this.system.width), many);
        if (steps) yield* this.expandCompiled(row, steps);
        else yield* this.expand(row);
        row += this.cursor - before;
        if (Math.floor(this.cursor / BATCH) > Math.floor(before / BATCH)) yield* this.pause();
      }
    }
    if (this.stoppedBy === null) yield* this.sift();
  }

  /** Expands the state in this row of the window. */
  private *expand(row: number): Generator<Progress, void, void> {
    this.findSteps(row);
    let step = this.takeSteps(row, 0);
    while (step < this.out.count) {
      yield* this.sift();
      if (this.stoppedBy !== null) return;
      step = this.takeSteps(row, step);
    }
    this.cursor += 1;
  }

  /** Expands states from this row of the window on, whose steps were found in WebAssembly. */
  private *expandCompiled(row: number, steps: FoundSteps): Generator<Progress, void, void> {
    const { compiled, window, system, levels } = this;
    const words = window.subarray(row * system.width);
    const depth = levels.length;
    compiled?.look({ words, base: this.cursor, until: steps.states, first: 0, depth });
    for (let state = 0, at = 0; state < steps.states; state += 1) {
      const end = steps.ends[state] as number;
      this.transitions += (end - at) / steps.stride;
      while (at < end) {
        at = this.takeRecords(steps, at, end);
        if (at === end) break;
        yield* this.sift();
        if (this.stoppedBy !== null) return;
      }
      this.cursor += 1;
    }
  }

  /** Takes steps of the state at the cursor from this word on; answers the first that there is no room for. */
  private takeRecords({ records, stride }: FoundSteps, first: number, end: number): number {
    const { candidates, taken, cursor, levelStart } = this;
    for (let at = first; at < end; at += stride) {
      if (candidates.full) return at;
      const mover = records[at + stride - 1] as number;
      taken[mover & 0xffff] = 1;
      if (mover >= 0) candidates.add(records, at, cursor - levelStart);
    }
    return end;
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
}
