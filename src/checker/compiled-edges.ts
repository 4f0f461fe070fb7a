// Edges found again in WebAssembly, block by block: passes mostly read states one after the other, forwards or backwards.

import type { Expanding, Exports, SearchModule } from "./search-module.ts";

/** States that are expanded together at most. */
const BLOCK = 128;

/** The edges of a block of states. */
export class CompiledEdges {
  /** States reached, -1 for steps that fault or lead to no state kept; edge i of the state loaded is at `start` + i. */
  readonly targets: Int32Array;
  readonly movers: Uint16Array;
  start = 0;
  private readonly exports: Exports;
  private readonly ends: Int32Array;
  private readonly records: number;
  private readonly stride: number;
  private readonly expanding: Expanding;
  /** The states whose edges are there: from `first` to below `last`. */
  private first = 0;
  private last = 0;
  private block = BLOCK;

  constructor({ map, mostRecords }: SearchModule, exports: Exports, expanding: Expanding) {
    const { buffer } = exports.memory;
    this.exports = exports;
    this.expanding = expanding;
    this.records = map.records;
    this.stride = map.stride;
    this.targets = new Int32Array(buffer, map.targets, mostRecords);
    this.movers = new Uint16Array(buffer, map.movers, mostRecords);
    this.ends = new Int32Array(buffer, map.ends, BLOCK);
  }

  /** Finds the edges of a state, if they are not there, and says how many there are; -1 if there are too many. */
  load(state: number): number {
    if (state < this.first || state >= this.last) this.expand(state);
    if (state >= this.last) return -1;
    const at = state - this.first;
    this.start = at === 0 ? 0 : this.edgesBefore(at);
    return this.edgesBefore(at + 1) - this.start;
  }

  /** Edges of the first so many states. */
  private edgesBefore(states: number): number {
    return ((this.ends[states - 1] as number) - this.records) / this.stride;
  }

  /** Expands the block that a state belongs to, as far as there is room; else the state alone. */
  private expand(state: number): void {
    const [from, to] = this.blockOf(state);
    this.expandFrom(from, to);
    if (state < this.last) return;
    this.block = Math.max(1, this.block >> 1);
    this.expandFrom(state, state + 1);
  }

  /** Those behind what is there, or those before it, if the state is next to it; else nobody reads one after the other. */
  private blockOf(state: number): readonly [from: number, to: number] {
    const { first, last, block } = this;
    if (state === last) return [state, Math.min(this.expanding.table.count, state + block)];
    if (state === first - 1) return [Math.max(0, first - block), first];
    return [state, state + 1];
  }

  private expandFrom(from: number, to: number): void {
    const { exports } = this;
    exports.overflow.value = 0;
    this.first = from;
    this.last = from + exports.edges(from, to);
  }
}
