// A search whose inner loop runs in WebAssembly: states are expanded there, and whatever may be found for the first time is
// looked at here, by the same recorder. The states lie in the memory of the module; how it grows is decided here.

import { CompiledEdges } from "./compiled-edges.ts";
import { type MemoryPlan, memoryPlan } from "./compiled-memory.ts";
import { noteOpen } from "./findings.ts";
import type { FoundSteps } from "./large-search.ts";
import type { Expanding, Exports, SearchModule } from "./search-module.ts";
import type { Keeper } from "./state-table.ts";
import { sharedMemory, WebAssembly, type WebAssemblyMemory } from "./web-assembly.ts";

/** What was expanded last: where its states stand, and which numbers they have. */
interface Looked {
  readonly words: Int32Array;
  /** The number of the first state in `words`. */
  readonly base: number;
  /** The first of them that was not expanded. */
  readonly until: number;
  /** The number of the first state of the table. */
  readonly first: number;
  readonly depth: number;
}

const PAGE = 1 << 16;

export class CompiledSearch implements Keeper {
  readonly module: SearchModule;
  readonly search: Expanding;
  readonly exports: Exports;
  private readonly plan: MemoryPlan;
  private buffer: ArrayBuffer | null = null;
  private words = new Int32Array();
  private shorts = new Uint16Array();
  /** Whether the memory may not grow as it would have to. */
  full = false;

  private readonly isShared: boolean;
  /** All modules that judge: this one, and those of others who share its memory. */
  private readonly judges: readonly SearchModule[];

  /**
   * Takes a search over where it stands; its states move. No more than `memoryBytes` are taken for them. With `others` they
   * go into a memory that is shared with these.
   */
  constructor(
    module: SearchModule,
    search: Expanding,
    memoryBytes: number,
    shared: WebAssemblyMemory | null = null,
    others: readonly SearchModule[] = [],
  ) {
    this.module = module;
    this.search = search;
    this.judges = [module, ...others];
    this.isShared = shared !== null;
    if (WebAssembly === undefined) throw new Error("there is no WebAssembly");
    const imports = shared === null ? {} : { shared: { memory: shared } };
    this.exports = new WebAssembly.Instance(new WebAssembly.Module(module.bytes), imports)
      .exports as Exports;
    const { table } = search;
    const { arena } = table;
    this.plan = memoryPlan(module, table.width, memoryBytes);
    const { exports, plan } = this;
    exports.size.value = plan.slotsFor(table.count + module.mostRecords, 0);
    exports.arena.value = plan.arenaBehind(exports.size.value);
    const fits =
      plan.statesWith(exports.size.value) >= table.count &&
      this.growTo(plan.bytesOf(exports.size.value, table.count));
    if (!fits) throw new RangeError("no room for the states");
    this.refresh();
    table.arena.set(arena.subarray(0, table.count * table.width));
    exports.count.value = table.count;
    this.fill();
    this.openAll();
  }

  /** One by the same module with another table, in a memory that nobody shares. */
  another(search: Expanding, memoryBytes: number): CompiledSearch {
    const { module, isShared } = this;
    const memory = isShared ? sharedMemory(module.map.slots) : null;
    return new CompiledSearch(module, search, memoryBytes, memory);
  }

  /** Whether it cannot go on: a state has more steps than there is room for, or the memory of a module is full. */
  get exhausted(): boolean {
    return this.overflow || this.full;
  }

  /** Whether it is full and another memory may go on; a state with too many steps would have as many there. */
  get mayLink(): boolean {
    return this.full && !this.overflow;
  }

  /** Whether a state has more steps than there is room for. */
  get overflow(): boolean {
    return this.exports.overflow.value !== 0;
  }

  /**
   * Expands states from `from` to below `to`, all of one level, while there are fewer than `maxStates`; the steps from them
   * lead to `depth`. Answers how many were expanded, which may be fewer.
   */
  expand(from: number, to: number, maxStates: number, depth: number): number {
    const { exports, search, module } = this;
    if (!this.makeRoom()) {
      this.full = true;
      exports.steps.value = 0;
      return 0;
    }
    const last = Math.min(to, from + module.mostStates);
    const expanded = exports.expand(from, last, Math.min(maxStates, 0xffff_ffff) | 0);
    this.noteNew(expanded);
    const { arena: words } = search.table;
    this.look({ words, base: 0, until: from + expanded, first: 0, depth });
    return expanded;
  }

  /** Takes note of the new states met from those that were expanded. */
  noteNew(expanded: number, childrenAt = this.module.map.children): void {
    const { exports, search } = this;
    search.table.count = exports.count.value >>> 0;
    const children = childrenAt >>> 1;
    search.parents.pushAll(this.shorts.subarray(children, children + expanded));
  }

  /** Words of the memory. */
  wordsAt(address: number, length: number): Int32Array {
    return this.words.subarray(address >>> 2, (address >>> 2) + length);
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

  /** Finds edges again; not while the search goes on. */
  edges(): CompiledEdges {
    this.slots();
    return new CompiledEdges(this.module, this.exports, this.search);
  }

  // ---------------------------------------------------------------- as one of several memories

  /** Finds the steps of states that stand in `words`, one behind the other, or of some of them; null if it cannot go on. */
  findSteps(words: Int32Array, states: number): FoundSteps | null {
    if (!this.makeRoom()) {
      this.full = true;
      return null;
    }
    const { exports, module, search } = this;
    const { map } = module;
    this.words.set(words.subarray(0, states * search.table.width), map.guests >> 2);
    const { value } = exports.arena;
    exports.arena.value = map.guests;
    const found = exports.find(0, states);
    exports.arena.value = value;
    if (found === 0) return null;
    const length = (exports.out.value - map.records) / 4;
    const records = new Int32Array(exports.memory.buffer, map.records, length);
    const at = map.ends >> 2;
    const ends = this.words.slice(at, at + found).map((end) => (end - map.records) / 4);
    return { states: found, records, ends, stride: map.stride / 4 };
  }

  /** Marks steps that another memory found and that lead to states of this one. */
  recognise({ records }: FoundSteps): void {
    const { exports, module } = this;
    const mine = new Int32Array(exports.memory.buffer, module.map.records, records.length);
    mine.set(records);
    exports.out.value = module.map.records + records.byteLength;
    exports.recognise();
    records.set(mine);
  }

  /**
   * Adds what the steps found last lead to and is not marked, while there are fewer than `maxStates` states here. Answers how
   * many of their states are expanded now.
   */
  absorb({ states }: FoundSteps, maxStates: number): number {
    const expanded = this.exports.absorb(states, Math.min(maxStates, 0xffff_ffff) | 0);
    this.noteNew(expanded);
    return expanded;
  }

  // ---------------------------------------------------------------- as the keeper of the table

  /** Where slots hold states, those that know where states stand come in their place: their bytes are enough. */
  slots(): Int32Array {
    const { exports, module } = this;
    if (exports.mask.value === 0) {
      const bits = 32 - Math.clz32((module.slotBytes / 4) * (exports.size.value >>> 0)) - 1;
      exports.mask.value = 2 ** bits - 1;
      exports.fillIndex();
    }
    return new Int32Array(exports.memory.buffer, module.map.slots, exports.mask.value + 1);
  }

  bytes(): number {
    return this.plan.bytesOf(this.exports.size.value, this.search.table.count);
  }

  bytesFor(count: number): number {
    return this.plan.bytesFor(count, this.exports.size.value);
  }

  bytesAState(): { readonly low: number; readonly high: number } {
    return this.plan.bytesAState;
  }

  // ---------------------------------------------------------------- memory

  /** Makes room for what a batch may add, or for so many states; false if there cannot be. `fill` fills the slots anew. */
  makeRoom(more = this.module.mostRecords, fill = () => this.fill()): boolean {
    const { exports, plan } = this;
    const { table } = this.search;
    const needed = table.count + more;
    // Slots that know where states stand are of no use to the search, but to its readers.
    if (exports.mask.value !== 0) {
      this.fill();
      this.refresh();
    }
    if (needed <= exports.room.value >>> 0) return true;
    const size = plan.slotsFor(needed, exports.size.value);
    const most = plan.statesWith(size);
    if (most < needed) return false;
    const states = Math.min(most, plan.aheadOf(needed));
    if (!this.growTo(plan.bytesOf(size, states))) return false;
    if (size !== exports.size.value) {
      const arena = plan.arenaBehind(size);
      const from = exports.arena.value >>> 0;
      const end = from + 4 * table.width * table.count;
      new Uint8Array(exports.memory.buffer).copyWithin(arena, from, end);
      exports.size.value = size;
      exports.arena.value = arena;
      fill();
    }
    exports.room.value = states;
    this.refresh();
    return true;
  }

  /** Fills the slots from the arena. */
  fill(): void {
    const { exports } = this;
    exports.mask.value = 0;
    exports.fill();
  }

  /** Grows the memory to so many bytes, if it has less; false if it cannot. */
  private growTo(bytes: number): boolean {
    const { memory } = this.exports;
    const pages = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
    if (pages <= 0) return true;
    try {
      memory.grow(pages);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  /** Sees the memory anew, after it grew or the arena moved. */
  private refresh(): void {
    const { memory, arena } = this.exports;
    const { table } = this.search;
    const { buffer } = memory;
    if (this.buffer !== buffer) {
      this.buffer = buffer;
      this.words = new Int32Array(buffer);
      this.shorts = new Uint16Array(buffer);
    }
    table.entrust(new Int32Array(buffer, arena.value >>> 0), this);
  }

  // ---------------------------------------------------------------- what is found

  /** Looks at all that may have been found for the first time. */
  look(at: Looked): void {
    const { exports, module } = this;
    const { map } = module;
    const looks = this.wordsAt(map.looks, exports.looks.value);
    this.lookAtAll(this.wordsAt(map.judged, exports.judged.value), looks, at);
  }

  /** Judges new states, and takes the steps of others again. */
  lookAtAll(judged: Int32Array, looks: Int32Array, at: Looked): void {
    const { table, recorder } = this.search;
    if (looks.length === 0 && judged.length === 0) return;
    for (const state of judged) {
      if (recorder.judgesStates)
        recorder.judgeState(table.arena, state * table.width, at.first + state, at.depth);
    }
    for (const state of looks) if (state < at.until) this.lookAt(state, at);
    this.openAll();
  }

  /** Takes the steps of a state again, as any search does, for all that they show. */
  private lookAt(place: number, { words, base, depth }: Looked): void {
    const { system, out, recorder } = this.search;
    const offset = place * system.width;
    const state = base + place;
    system.successors(words, offset, out);
    if (out.count === 0) recorder.judgeEnd(words, offset, state, depth - 1);
    for (let step = 0; step < out.count; step += 1) {
      const fault = out.fault[step] as number;
      if (fault >= 0) recorder.fault(fault, state, step, depth);
      else if (recorder.judgesSteps) recorder.judgeStep(words, offset, state, out, step, depth);
    }
    if (out.noteCount > 0) recorder.notes(out, state, depth);
  }

  /** Tells the module what is still to be found. */
  private openAll(): void {
    const { exports, judges, search } = this;
    const { recorder, system } = search;
    const { findings } = recorder;
    const bytes = new Uint8Array(exports.memory.buffer);
    for (const { map } of judges) noteOpen(bytes, map, system, findings);
    exports.judgesEnds.value = findings.deadlock === null ? 1 : 0;
    exports.judgesStates.value = recorder.judgesStates ? 1 : 0;
    exports.judgesSteps.value = recorder.judgesSteps ? 1 : 0;
  }
}
