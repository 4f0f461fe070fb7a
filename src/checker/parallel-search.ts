// A search by several workers over one memory: large parts of a level are expanded together, in rounds; emit/wasm/rounds says
// what a round is. Here it is led, and what it found is looked at, in the order of the search.
//
// A round either comes to its end or has not been: until then nothing counts that it wrote. So it is given up where a state
// has too many steps or a worker is lost, and not begun where a limit may fall into it; then one worker goes on.

import { CompiledSearch } from "./compiled-search.ts";
import type { Expanding, Exports, SearchModule } from "./search-module.ts";
import type { WebAssemblyMemory } from "./web-assembly.ts";

/** Modules of workers who share a memory, the first of whom leads: emit/wasm/rounds/module.ts makes them. */
export interface SharedModules {
  readonly workers: readonly SearchModule[];
  readonly sharing: {
    readonly records: number;
    readonly chunks: number;
    readonly chunkStates: number;
    /** Fewer states are not worth a round. */
    readonly leastStates: number;
  };
  /** Bytes before the table. */
  readonly bytes: number;
  /** The most states that a round may add. */
  readonly mostRecords: number;
  /** Names of what is done together; their positions are their numbers. */
  readonly jobs: readonly string[];
  // Where words are by which workers agree: addresses, or offsets from them, in bytes.
  readonly controlAt: number;
  readonly control: { readonly [word in ControlWord]: number };
  readonly workersAt: number;
  readonly worker: { readonly [word in "done" | "first" | "last" | "stride"]: number };
  readonly chunksAt: number;
  readonly chunk: {
    readonly [word in "records" | "looks" | "judged" | "looksList" | "stride"]: number;
  };
  readonly childrenAt: number;
  /** Bytes in which each worker remembers what has happened before. */
  readonly firstsBytes: number;
}

type ControlWord =
  | "turn"
  | "nextChunk"
  | "job"
  | "from"
  | "to"
  | "chunkStates"
  | "chunks"
  | "cut"
  | "steps"
  | "looks"
  | "judged"
  | "fresh";

/** The workers beside the one who leads, by number from 0. */
export interface Crew {
  /** Whether this one has come to an end. */
  readonly lost: (worker: number) => boolean;
  readonly stop: () => void;
}

interface SharedExports extends Exports {
  readonly begin: (job: number) => void;
  readonly work: (job: number) => void;
  readonly await: (word: number) => number;
  readonly settle: () => void;
  readonly fillRest: () => void;
}

export class ParallelSearch {
  /** Steps that the last call found. */
  steps = 0;
  private readonly modules: SharedModules;
  private readonly crew: Crew;
  private readonly search: Expanding;
  /** The search by the one who leads, who goes on with it where sharing is of no use. */
  readonly alone: CompiledSearch;
  private readonly exports: SharedExports;
  private round: Generator<undefined, number, void> | null = null;
  /** Whether a worker was lost: then one goes on for all. */
  private deserted = false;
  /** Steps a state that a round reckons with. */
  private stepsOfState = 1;
  /** Slots that were dealt to the workers. */
  private dealt = 0;

  /** Takes a search over where it stands, as CompiledSearch does. */
  constructor(
    modules: SharedModules,
    memory: WebAssemblyMemory,
    crew: Crew,
    search: Expanding,
    memoryBytes: number,
  ) {
    const [lead, ...others] = modules.workers;
    if (lead === undefined) throw new Error("nobody leads");
    this.modules = modules;
    this.crew = crew;
    this.search = search;
    this.alone = new CompiledSearch(lead, search, memoryBytes, memory, others);
    this.exports = this.alone.exports as SharedExports;
  }

  /** Whether workers are waited for: what they do counts only when it is done. */
  get isMidway(): boolean {
    return this.round !== null;
  }

  /** As for CompiledSearch. Answers 0 too while workers are waited for: to be called again then, with the same arguments. */
  expand(from: number, to: number, maxStates: number, depth: number): number {
    if (this.round === null) {
      if (!this.isWorthSharing(from, to, maxStates))
        return this.expandAlone(from, to, maxStates, depth);
      this.round = this.share(from, to, depth);
    }
    this.steps = 0;
    const { done, value } = this.round.next();
    if (done !== true) return 0;
    this.round = null;
    return value === 0 ? this.expandAlone(from, to, maxStates, depth) : value;
  }

  /** Lets the workers go. */
  end(): void {
    if (this.round !== null) this.giveUp(this.round);
    else this.exports.begin(this.modules.jobs.indexOf("leave"));
    this.crew.stop();
  }

  private expandAlone(from: number, to: number, maxStates: number, depth: number): number {
    const expanded = this.alone.expand(from, to, maxStates, depth);
    this.steps = this.alone.steps;
    return expanded;
  }

  // ---------------------------------------------------------------- rounds

  /** A round that may come to a limit is not begun. */
  private isWorthSharing(from: number, to: number, maxStates: number): boolean {
    const { sharing, mostRecords } = this.modules;
    return (
      !this.deserted &&
      to - from >= sharing.leastStates &&
      this.search.table.count + mostRecords < maxStates
    );
  }

  /** Expands states together; answers how many, 0 if nothing came of it. */
  private *share(from: number, to: number, depth: number): Generator<undefined, number, void> {
    const { alone, modules, exports } = this;
    if (!(yield* this.makeRoom())) return 0;
    const last = this.planRound(from, to);
    const before = this.takeTaken();
    let complete = yield* this.together("expandChunks");
    const chunks = Math.min(this.control("nextChunk"), this.control("chunks"));
    this.setControl("chunks", chunks);
    complete &&= this.control("cut") === 0;
    if (complete) {
      complete = yield* this.together("insertPart");
      if (complete) exports.settle();
      complete &&= yield* this.together("compactChunks");
    }
    if (!complete) {
      this.forget(before);
      return 0;
    }
    this.gatherTaken();
    const expanded = Math.min(last, from + chunks * this.control("chunkStates")) - from;
    this.steps = this.control("steps");
    this.stepsOfState = Math.max(1, this.steps / expanded);
    exports.count.value += this.control("fresh");
    alone.noteNew(expanded, modules.childrenAt);
    this.lookAtChunks(chunks, from + expanded, depth);
    return expanded;
  }

  /** Divides states into chunks; answers where those end that go into a round. */
  private planRound(from: number, to: number): number {
    const { sharing, workers } = this.modules;
    const states = Math.max(1, Math.floor(sharing.records / this.stepsOfState));
    const chunkStates = Math.min(
      sharing.chunkStates,
      Math.max(1, Math.floor(Math.min(states, to - from) / (CHUNKS_OF_EACH * workers.length))),
    );
    const chunks = Math.min(sharing.chunks, Math.ceil(Math.min(states, to - from) / chunkStates));
    const last = Math.min(to, from + chunks * chunkStates);
    this.setControl("from", from);
    this.setControl("to", last);
    this.setControl("chunkStates", chunkStates);
    this.setControl("chunks", Math.ceil((last - from) / chunkStates));
    this.setControl("cut", 0);
    return last;
  }

  /** Lets new states be judged, and looks at steps, in the order of the chunks. */
  private lookAtChunks(chunks: number, until: number, depth: number): void {
    const { alone, modules } = this;
    const { chunk, chunksAt } = modules;
    const { arena: words } = this.search.table;
    if (this.control("judged") === 0 && this.control("looks") === 0) return;
    for (let at = chunksAt; at < chunksAt + chunks * chunk.stride; at += chunk.stride) {
      const word = (offset: number): number => alone.wordsAt(at + offset, 1)[0] as number;
      const judged = alone.wordsAt(word(chunk.records), word(chunk.judged));
      const looks = alone.wordsAt(at + chunk.looksList, word(chunk.looks));
      alone.lookAtAll(judged, looks, { words, base: 0, until, first: 0, depth });
    }
  }

  // ---------------------------------------------------------------- jobs

  /** Does a job with all workers. False if one was lost: all others are done then, but not it. */
  private *together(job: string): Generator<undefined, boolean, void> {
    const { modules, exports } = this;
    const number = modules.jobs.indexOf(job);
    exports.begin(number);
    exports.work(number);
    for (let at = 1; at < modules.workers.length; at += 1) {
      const done = modules.workersAt + at * modules.worker.stride + modules.worker.done;
      while (!this.isLost(at) && exports.await(done) === 0) yield;
    }
    if (modules.workers.some((_, at) => at > 0 && this.isLost(at))) this.deserted = true;
    return !this.deserted;
  }

  private isLost(worker: number): boolean {
    return this.crew.lost(worker - 1);
  }

  /** Makes room for all that a round may add. */
  private *makeRoom(): Generator<undefined, boolean, void> {
    const { alone, exports, modules } = this;
    let unfilled = false;
    const fits = alone.makeRoom(modules.mostRecords, () => {
      unfilled = true;
    });
    if (this.exports.size.value !== this.dealt) this.dealSlots();
    if (!unfilled) return fits;
    this.setControl("cut", 0);
    const filled = yield* this.together("fillPart");
    if (filled && this.control("cut") === 0) exports.fillRest();
    else alone.fill();
    return fits && filled;
  }

  /** Tells each worker which lines of slots are its own. */
  private dealSlots(): void {
    const { workers, workersAt, worker } = this.modules;
    this.dealt = this.exports.size.value;
    const lines = ((this.dealt >>> 0) * this.alone.module.slotBytes) / LINE_BYTES;
    const firstOf = (part: number): number =>
      LINE_BYTES * Math.floor((lines * part) / workers.length);
    workers.forEach((_, at) => {
      const line = workersAt + at * worker.stride;
      this.alone.wordsAt(line + worker.first, 1)[0] = firstOf(at);
      this.alone.wordsAt(line + worker.last, 1)[0] = firstOf(at + 1);
    });
  }

  private control(word: ControlWord): number {
    const { controlAt, control } = this.modules;
    return this.alone.wordsAt(controlAt + control[word], 1)[0] as number;
  }

  private setControl(word: ControlWord, value: number): void {
    const { controlAt, control } = this.modules;
    this.alone.wordsAt(controlAt + control[word], 1)[0] = value;
  }

  // ---------------------------------------------------------------- what is given up

  /** Who has taken steps before a round, as the one who leads knows it; the others forget it. */
  private takeTaken(): Uint8Array {
    const [lead, ...others] = this.takenOfAll();
    for (const taken of others) taken.fill(0);
    return lead?.slice() ?? new Uint8Array();
  }

  /** Whoever took a step in a round has taken one. */
  private gatherTaken(): void {
    const [lead, ...others] = this.takenOfAll();
    for (const taken of others) {
      taken.forEach((did, mover) => {
        if (did !== 0 && lead !== undefined) lead[mover] = 1;
      });
    }
  }

  private takenOfAll(): readonly Uint8Array[] {
    const { buffer } = this.exports.memory;
    const { length } = this.search.taken;
    return this.modules.workers.map(({ map }) => new Uint8Array(buffer, map.taken, length));
  }

  /** What a round has noticed for the first time will have to be noticed again. */
  private forget(taken: Uint8Array): void {
    const { exports, modules } = this;
    const { buffer } = exports.memory;
    for (const { map } of modules.workers) {
      new Uint8Array(buffer, map.firsts, modules.firstsBytes).fill(0);
    }
    this.takenOfAll()[0]?.set(taken);
    exports.overflow.value = 0;
    this.stepsOfState *= 2;
    if (this.deserted) this.alone.fill();
  }

  /** Ends a round that was begun: its job is done soon, and no other is begun. */
  private giveUp(round: Generator<undefined, number, void>): void {
    this.deserted = true;
    for (let waits = 0; waits < MOST_WAITS; waits += 1) if (round.next().done === true) return;
    this.alone.fill();
  }
}

/** Bytes of slots that are used as one. */
const LINE_BYTES = 64;
/** Waits, of some milliseconds each, after which a worker that does not answer is held for lost. */
const MOST_WAITS = 500;
/** Chunks that each worker gets of a round, more or less: so many that all are done at about the same time. */
const CHUNKS_OF_EACH = 16;
