// A search whose inner loop runs in WebAssembly: states are expanded there, and whatever may be found for the first time is
// looked at here, by the same recorder. The table lies in the memory of the module; it is the same to the bit.

import type { EdgeLog } from "./edge-log.ts";
import type { Findings, Recorder } from "./findings.ts";
import { grown } from "./growing.ts";
import type { StateTable } from "./state-table.ts";
import type { TransitionSystem, Transitions } from "./transition-system.ts";
import { WebAssembly, type WebAssemblyMemory } from "./web-assembly.ts";

/** A module that searches one machine: emit/wasm/module.ts says what it exports. Addresses are in bytes. */
export interface SearchModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly map: {
    readonly openStates: number;
    readonly openSteps: number;
    readonly taken: number;
    readonly stride: number;
    readonly stepCounts: number;
    readonly targets: number;
    readonly movers: number;
    readonly parents: number;
    readonly looks: number;
    readonly judged: number;
    readonly arena: number;
  };
  readonly mostBatch: number;
  readonly mostRecords: number;
}

/** What a search offers to be expanded further. */
export interface Expanding {
  readonly system: TransitionSystem;
  readonly table: StateTable;
  readonly out: Transitions;
  readonly recorder: Recorder;
  readonly taken: Uint8Array;
  readonly edges: EdgeLog | null;
  parents: Int32Array;
}

interface Exports {
  readonly memory: WebAssemblyMemory;
  readonly expand: (from: number, to: number, most: number) => number;
  readonly count: Variable;
  readonly mask: Variable;
  readonly slots: Variable;
  readonly overflow: Variable;
  readonly judgesEnds: Variable;
  readonly judgesStates: Variable;
  readonly judgesSteps: Variable;
  readonly steps: Variable;
  readonly looks: Variable;
  readonly judged: Variable;
}

interface Variable {
  value: number;
}

const PAGE = 1 << 16;
const MOST_BYTES = 2 ** 32 - PAGE;

export class CompiledSearch {
  private readonly module: SearchModule;
  private readonly exports: Exports;
  private readonly search: Expanding;
  private buffer: ArrayBuffer | null = null;
  private words = new Int32Array();
  private shorts = new Uint16Array();

  /** Takes a search over where it stands; its table moves. */
  constructor(module: SearchModule, search: Expanding) {
    this.module = module;
    this.search = search;
    if (WebAssembly === undefined) throw new Error("there is no WebAssembly");
    this.exports = new WebAssembly.Instance(new WebAssembly.Module(module.bytes))
      .exports as Exports;
    const { table } = search;
    const slots = table.slots;
    const { memory, count, mask, slots: slotsAt } = this.exports;
    const end = this.bytesWith(slots.length);
    memory.grow(Math.max(0, Math.ceil((end - memory.buffer.byteLength) / PAGE)));
    count.value = table.count;
    mask.value = slots.length - 1;
    slotsAt.value = end - slots.byteLength;
    new Int32Array(memory.buffer, module.map.arena).set(
      table.arena.subarray(0, table.count * table.width),
    );
    new Int32Array(memory.buffer, slotsAt.value >>> 0).set(slots);
    this.refresh();
    this.openAll();
  }

  /** Whether the next call may be more than the memory of a module can hold, or the last was. */
  get exhausted(): boolean {
    const { table } = this.search;
    const full = 2 * (table.count + this.module.mostRecords + 1) > table.slots.length;
    const tooLarge = this.bytesWith(2 * table.slots.length) > MOST_BYTES;
    return this.exports.overflow.value !== 0 || (full && tooLarge);
  }

  /**
   * Expands states from `from` to below `to`, all of one level, while there are fewer than `maxStates`; the steps from them
   * lead to `depth`. Answers how many were expanded, which may be fewer.
   */
  expand(from: number, to: number, maxStates: number, depth: number): number {
    const { exports, search, module } = this;
    const { map } = module;
    const { table, edges, recorder } = search;
    const before = table.count;
    const last = Math.min(to, from + module.mostBatch);
    const expanded = exports.expand(from, last, Math.min(maxStates, 0xffff_ffff) | 0);
    table.count = exports.count.value;
    if (exports.memory.buffer !== this.buffer) this.refresh();
    else if (exports.mask.value !== table.slots.length - 1) this.refresh();
    this.noteParents(before);
    const steps = exports.steps.value;
    const at = map.targets >> 2;
    edges?.append(
      this.words.subarray(at, at + steps),
      this.shorts.subarray(map.movers >> 1, (map.movers >> 1) + steps),
      this.words.subarray(map.stepCounts >> 2, (map.stepCounts >> 2) + expanded),
      map.stride,
    );
    const looks = this.words.subarray(map.looks >> 2, (map.looks >> 2) + exports.looks.value);
    const judged = this.words.subarray(map.judged >> 2, (map.judged >> 2) + exports.judged.value);
    if (looks.length === 0 && judged.length === 0) return expanded;
    for (const state of judged) {
      if (recorder.judgesStates)
        recorder.judgeState(table.arena, state * table.width, state, depth);
    }
    for (const state of looks) if (state < from + expanded) this.lookAt(state, depth);
    this.openAll();
    return expanded;
  }

  /** Steps that the last call found. */
  get steps(): number {
    return this.exports.steps.value;
  }

  /** Tells the search who has taken a step. */
  tellTaken(): void {
    const { taken } = this.search;
    const bytes = new Uint8Array(this.exports.memory.buffer, this.module.map.taken, taken.length);
    bytes.forEach((did, mover) => {
      taken[mover] = (taken[mover] as number) | did;
    });
  }

  /** Bytes of a memory with so many slots. */
  private bytesWith(slots: number): number {
    return this.module.map.arena + 2 * slots * this.search.table.width + 4 * slots;
  }

  /** Sees the memory anew, after it grew. */
  private refresh(): void {
    const { memory, slots, mask } = this.exports;
    const { table } = this.search;
    const { arena } = this.module.map;
    const { buffer } = memory;
    this.buffer = buffer;
    this.words = new Int32Array(buffer);
    this.shorts = new Uint16Array(buffer);
    const many = mask.value + 1;
    table.adopt(
      new Int32Array(buffer, arena, (many / 2) * table.width),
      new Int32Array(buffer, slots.value >>> 0, many),
    );
  }

  private noteParents(before: number): void {
    const { search, module, words } = this;
    const { count } = search.table;
    if (count === before) return;
    let { length } = search.parents;
    while (length < count) length *= 2;
    if (length > search.parents.length) search.parents = grown(search.parents, length);
    const at = module.map.parents >> 2;
    search.parents.set(words.subarray(at, at + count - before), before);
  }

  /** Takes the steps of a state again, as any search does, for all that they show. */
  private lookAt(state: number, depth: number): void {
    const { system, table, out, recorder } = this.search;
    const offset = state * system.width;
    system.successors(table.arena, offset, out);
    if (out.count === 0) recorder.judgeEnd(table.arena, offset, state, depth - 1);
    for (let step = 0; step < out.count; step += 1) {
      const fault = out.fault[step] as number;
      if (fault >= 0) recorder.fault(fault, state, step, depth);
      else if (recorder.judgesSteps) recorder.judgeStep(table.arena, state, out, step, depth);
    }
    if (out.noteCount > 0) recorder.notes(out, state, depth);
  }

  /** Tells the module what is still to be found. */
  private openAll(): void {
    const { exports, module, search } = this;
    const { map } = module;
    const { recorder, system } = search;
    const { findings } = recorder;
    const bytes = new Uint8Array(exports.memory.buffer);
    system.statePredicates.forEach(({ kind }, at) => {
      bytes[map.openStates + at] = kind === "terminal" ? 0 : stillOpen(kind, findings, at);
    });
    findings.steps.forEach((finding, at) => {
      bytes[map.openSteps + at] = finding === null ? 1 : 0;
    });
    exports.judgesEnds.value = findings.deadlock === null ? 1 : 0;
    exports.judgesStates.value = recorder.judgesStates ? 1 : 0;
    exports.judgesSteps.value = recorder.judgesSteps ? 1 : 0;
  }
}

/** 1: violated or reached, 2: not evaluable, of a predicate that can be more than one of these; 0 if it is found. */
function stillOpen(kind: string, findings: Findings, at: number): number {
  if (findings.states[at] !== null) return 0;
  return kind === "invariant" || findings.coverFaults[at] !== null ? 1 : 3;
}
