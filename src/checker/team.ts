// The workers of a search, from the moment they are called: they get ready while the search goes on, then take it over.

import type { CompiledSearch } from "./compiled-search.ts";
import { type Crew, ParallelSearch, type SharedModules } from "./parallel-search.ts";
import type { Expanding } from "./search-module.ts";
import { sharedMemory, WebAssembly, type WebAssemblyMemory } from "./web-assembly.ts";

/** The compiled form of a system's steps for several workers, who find the same. */
export interface SharedForm {
  /** They are called when so many states are met. */
  readonly after: number;
  /** Makes it; null if it cannot be had for this system. */
  readonly modules: () => SharedModules | null;
  /** Starts workers, each of whom runs `serve` of its module over the memory. */
  readonly startCrew: (
    modules: readonly Uint8Array<ArrayBuffer>[],
    memory: WebAssemblyMemory,
  ) => Crew;
}

/** Those who are called, and their memory. */
interface Recruits {
  readonly modules: SharedModules;
  readonly memory: WebAssemblyMemory;
  readonly crew: Crew;
}

export class Team {
  private readonly form: SharedForm | null;
  private recruits: Recruits | null = null;
  /** Whether they may still be called, or take over. */
  private open: boolean;
  /** The search that they have taken over. */
  parallel: ParallelSearch | null = null;

  constructor(form: SharedForm | null) {
    this.form = form;
    this.open = form !== null;
  }

  /**
   * Calls the workers when enough states are met, and lets them take a compiled search over as soon as all are ready. Answers
   * the compiled search that goes on.
   */
  join(search: Expanding, compiled: CompiledSearch, memoryBytes: number): CompiledSearch {
    const { form, recruits } = this;
    if (form === null || !this.open || search.table.count < form.after) return compiled;
    try {
      if (recruits === null) {
        this.recruits = call(form);
        this.open = this.recruits !== null;
      } else if (areReady(recruits)) {
        const { modules, memory, crew } = recruits;
        this.open = false;
        compiled.tellTaken();
        this.parallel = new ParallelSearch(modules, memory, crew, search, memoryBytes);
      } else if (anyLost(recruits)) {
        this.dismiss();
      }
    } catch (error) {
      // A limit on the address space, of which another memory takes as much again: the search goes on as it is.
      if (!(error instanceof RangeError)) throw error;
      this.dismiss();
    }
    return this.parallel?.alone ?? compiled;
  }

  /** Lets the workers go: the search is over, or goes on without them. */
  dismiss(): void {
    this.open = false;
    this.parallel?.end();
    this.parallel = null;
    this.recruits?.crew.stop();
    this.recruits = null;
  }
}

function call(form: SharedForm): Recruits | null {
  const modules = WebAssembly === undefined ? null : form.modules();
  if (WebAssembly === undefined || modules === null) return null;
  const memory = sharedMemory(modules.bytes);
  const { controlAt, control, workers } = modules;
  new Int32Array(memory.buffer)[(controlAt + control.turn) >> 2] = FIRST_TURN;
  const crew = form.startCrew(
    workers.slice(1).map(({ bytes }) => bytes),
    memory,
  );
  return { modules, memory, crew };
}

/** As long as there is nothing to do. */
const FIRST_TURN = 1;

/** Do all wait for something to do? */
function areReady({ modules, memory }: Recruits): boolean {
  const { workersAt, worker, workers } = modules;
  const words = new Int32Array(memory.buffer);
  return workers.every((_, at) => {
    const done = (workersAt + at * worker.stride + worker.done) >> 2;
    return at === 0 || Atomics.load(words, done) === FIRST_TURN;
  });
}

function anyLost({ modules, crew }: Recruits): boolean {
  return modules.workers.some((_, at) => at > 0 && crew.lost(at - 1));
}
