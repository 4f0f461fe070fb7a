// A search in WebAssembly that has outgrown one memory, which has 4 GiB at most: it goes on in another one, and so on.
//
// Memories that are full are only asked whether they know a state; new states go to the last one. All of them together hold
// the states in the order of a search in one memory. A batch of states is expanded by the last memory, the steps found are shown
// to the others one after the other, which mark those that they know, and what is left is inserted. So a state costs one look
// more for each memory that is full. Sharing states out by their hashes would save those looks, but every step would have to be
// carried to the memory of its hash and its answer back into the order; with the two to five memories that a computer
// has room for it is not worth it.

import type { CompiledSearch } from "./compiled-search.ts";
import type { Progress, Search, SearchOptions } from "./explore.ts";
import {
  type LargeSearch,
  LevelSearch,
  largeSearchOf,
  type States,
  statesOf,
} from "./large-search.ts";
import type { Expanding } from "./search-module.ts";
import { StateTable } from "./state-table.ts";

/** A memory with some of the states, the first of which has this number. */
interface Link {
  readonly first: number;
  readonly table: StateTable;
  readonly compiled: CompiledSearch;
}

/** States that are expanded at a time. */
const BATCH = 256;
/** Batches between two looks at the clock. */
const BATCHES = 16;
/** A memory of less than this is not begun. */
const LEAST_BYTES = 1 << 26;

/** Is a memory full, and another one allowed? */
export function roomForMore(compiled: CompiledSearch, memoryBytes: number): boolean {
  return compiled.mayLink && memoryBytes - compiled.bytes() >= LEAST_BYTES;
}

export class LinkedSearch extends LevelSearch {
  private readonly expanding: Expanding;
  private readonly full: Link[] = [];
  private last: Link;
  /** The most states in one memory, beside what it has room for. */
  private readonly linkStates: number;
  private readonly piece: Int32Array;

  /** Takes over a search whose memory of WebAssembly is full, or what is allowed of it. */
  constructor(
    search: Search & { readonly compiled: CompiledSearch },
    options: SearchOptions,
    started: number,
    linkStates = Number.POSITIVE_INFINITY,
  ) {
    super(largeSearchOf(search), options, started);
    const { compiled, table, system } = search;
    this.expanding = compiled.search;
    this.last = { first: 0, table, compiled };
    this.linkStates = linkStates;
    this.piece = new Int32Array(BATCH * system.width);
  }

  protected get satisfied(): boolean {
    return this.expanding.recorder.satisfied;
  }

  protected found(): Pick<LargeSearch, "states" | "parents" | "findings"> {
    const links = [...this.full, this.last];
    for (const { compiled } of links) compiled.tellTaken();
    const { parents, recorder } = this.expanding;
    return { states: linked(links), parents, findings: recorder.findings };
  }

  protected *expandLevel(): Generator<Progress, void, void> {
    for (let batch = 1; this.cursor < this.levelEnd && this.stoppedBy === null; batch += 1) {
      this.expandBatch();
      if (batch % BATCHES === 0) yield* this.pause();
    }
  }

  private expandBatch(): void {
    if (this.last.table.count >= this.linkStates) this.last.compiled.full = true;
    if (this.last.compiled.full && !this.link()) return;
    const { piece, full } = this;
    const rows = linked([...full, this.last]).read(this.cursor, piece, this.levelEnd);
    const steps = this.last.compiled.findSteps(piece, rows);
    if (steps === null) {
      if (this.last.compiled.overflow) this.stoppedBy = "memory";
      return;
    }
    for (const { compiled } of full) compiled.recognise(steps);
    const { first, table, compiled } = this.last;
    const expanded = compiled.absorb(steps, this.options.maxStates - first);
    this.transitions += compiled.steps;
    this.count = first + table.count;
    compiled.look({
      ...{ words: piece, base: this.cursor, until: expanded, first },
      depth: this.levels.length,
    });
    this.cursor += expanded;
    if (this.count >= this.options.maxStates) this.stoppedBy = "max-states";
  }

  /** Goes on in another memory; false if there is none. */
  private link(): boolean {
    const { last, expanding, options, full } = this;
    const taken = full.reduce(
      (sum, { compiled }) => sum + compiled.bytes(),
      expanding.parents.bytes,
    );
    const allowed = options.memoryBytes - taken;
    if (!roomForMore(last.compiled, allowed)) {
      this.stoppedBy = "memory";
      return false;
    }
    const table = new StateTable(this.system.width);
    try {
      const left = allowed - last.compiled.bytes();
      const compiled = last.compiled.another({ ...expanding, table }, left);
      full.push(last);
      this.last = { first: this.count, table, compiled };
      return true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.stoppedBy = "memory";
      return false;
    }
  }
}

/** The states of all these memories. */
function linked(links: readonly Link[]): States {
  return {
    read(first, into, last) {
      const link = links.findLast((one) => one.first <= first);
      if (link === undefined) throw new Error("no memory has a first state");
      return statesOf(link.table, link.first).read(
        first,
        into,
        Math.min(last, link.first + link.table.count),
      );
    },
  };
}
