// Breadth-first search of a transition system: every reachable state once, in the order in which it is first met.
//
// The arena of the state table is the queue: states before the cursor have been expanded. Levels are ranges of indices.
// Whatever is found wrong is recorded once, at its first and hence shortest occurrence, and the search goes on.
// The loop over steps allocates nothing per state; all else happens between batches.

import { type Advancing, enterLevel, expandCompiled, expandTogether } from "./advance.ts";
import type { Beyond } from "./beyond.ts";
import { findingsAgain, type Keeper, type Kept, type Standing, witnesses } from "./checkpoint.ts";
import { CompiledSearch } from "./compiled-search.ts";
import { EdgeLog, FAULTED } from "./edge-log.ts";
import type { Limit } from "./exploration.ts";
import { type Findings, Recorder, type StopFor } from "./findings.ts";
import { progressOf } from "./levels.ts";
import { type Orbits, tableOf } from "./orbit-table.ts";
import { PARENT_BYTES, Parents, type Ways } from "./parents.ts";
import type { SearchModule } from "./search-module.ts";
import type { StateTable } from "./state-table.ts";
import { type SharedForm, Team } from "./team.ts";
import { type TransitionSystem, Transitions } from "./transition-system.ts";
import { WebAssembly } from "./web-assembly.ts";

/** How long a search may go on; the clock and the wish to stop come from outside. */
export interface SearchOptions {
  readonly maxStates: number;
  readonly memoryBytes: number;
  readonly timeLimitSeconds: number;
  /** Stop at the end of the level in which this was found, when all its shortest occurrences are known. */
  readonly stop: StopFor;
  /** Asked between batches. */
  readonly interrupted: () => boolean;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  /** Edges that may be kept for later passes. */
  readonly maxLoggedEdges: number;
  /** What may take over. */
  readonly compiled: CompiledForm | null;
  /** States that are taken for one; null: each is itself. */
  readonly orbits: Orbits | null;
  /** Stop for want of memory when that of the compiled form is full: somebody goes on elsewhere. Else JavaScript does. */
  readonly oneMemory: boolean;
  /** What is gone on with; null: the search begins at the start. */
  readonly kept: Kept | null;
  /** Where the search is kept meanwhile, and at its end. */
  readonly keeper: Keeper | null;
}

/** A compiled form of the system's steps, which finds the same in less time but has to be made first. */
export interface CompiledForm {
  /** It takes over when so many states are met. */
  readonly after: number;
  /** Makes it; null if it cannot be had for this system. */
  readonly module: () => SearchModule | null;
  /** The same for several workers, who may take over from that. */
  readonly shared?: SharedForm | null;
}

export const DEFAULT_SEARCH: SearchOptions = {
  maxStates: Number.POSITIVE_INFINITY,
  memoryBytes: Number.POSITIVE_INFINITY,
  timeLimitSeconds: Number.POSITIVE_INFINITY,
  stop: "never",
  interrupted: () => false,
  now: () => performance.now(),
  maxLoggedEdges: 1 << 27,
  compiled: null,
  orbits: null,
  oneMemory: false,
  kept: null,
  keeper: null,
};

export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States met but not expanded yet. */
  readonly frontier: number;
  /** States of the last levels, that at hand the last of them; missing where the search does not go by levels. */
  readonly lastLevels?: readonly number[];
  /** States met so far of the level behind these. */
  readonly nextLevel?: number;
  /** States that were there when the clock began: those of a search that is gone on with. */
  readonly given?: number;
  /** Whether the search is over, and what it found is being judged, without a pause. */
  readonly judging?: boolean;
  readonly elapsedSeconds: number;
}

/** What a search has found; plain data over the table, read by all later passes. */
export interface Search {
  readonly system: TransitionSystem;
  readonly table: StateTable;
  /** Which states are taken for one; steps between states of the table are then up to that. */
  readonly orbits: Orbits | null;
  /** The state from which each state was first met. */
  readonly parents: Ways;
  /** Index of the first state of each level; the states of a level have the same shortest distance from the start. */
  readonly levels: readonly number[];
  readonly initialStates: number;
  readonly transitions: number;
  /** States whose steps have all been found. */
  readonly expanded: number;
  readonly edges: EdgeLog | null;
  /** What found the states, and finds their edges again, if it was not JavaScript. */
  readonly compiled: CompiledSearch | null;
  /** 1 for each mover that has taken a step. */
  readonly taken: Uint8Array;
  /** A copy of the system's branch marks as the search left them. */
  readonly branches: Uint8Array;
  readonly findings: Findings;
  readonly stoppedBy: Limit | null;
  readonly complete: boolean;
  /** Not null if the states are elsewhere, and the table has only those that traces need. */
  readonly beyond: Beyond | null;
}

/** States expanded between two looks at the limits. */
const BATCH = 128;
/** States that there must be room for. */
const AHEAD = 1 << 14;
/** More are expanded in WebAssembly, as long as they take no more than this. */
const MOST_COMPILED_BATCH = 1 << 13;
const SHORT_MILLISECONDS = 5;
/** Between two reports of progress. */
export const PAUSE_MILLISECONDS = 100;

/** Searches to the end or to a limit. Pauses now and then with its progress, so that whoever drives it can breathe. */
export function* explore(
  system: TransitionSystem,
  options: SearchOptions,
): Generator<Progress, Search, void> {
  const started = options.now();
  const running =
    options.kept === null ? start(system, options) : goOn(system, options, options.kept);
  let paused = started;
  let looked = started;
  let compiledBatch = BATCH;
  let stoppedBy: Limit | null = null;
  try {
    while (stoppedBy === null && running.cursor < running.table.count) {
      takeOver(running, options);
      const { parallel } = running.team;
      if (parallel !== null) expandTogether(running, parallel, options.maxStates);
      else if (running.compiled === null) expand(running, BATCH, options);
      else expandCompiled(running, running.compiled, compiledBatch, options.maxStates);
      const now = options.now();
      compiledBatch =
        now - looked < SHORT_MILLISECONDS
          ? Math.min(2 * compiledBatch, MOST_COMPILED_BATCH)
          : BATCH;
      looked = now;
      stoppedBy = limitReached(running, options, (now - started) / 1000);
      if (parallel?.isMidway !== true && options.keeper?.isDue(now) === true) {
        options.keeper.keep(standingOf(running, options));
      }
      if (now - paused >= PAUSE_MILLISECONDS) {
        paused = now;
        yield progressOf(running, options, (now - started) / 1000);
        if (options.interrupted()) stoppedBy ??= "interrupted";
      }
    }
  } finally {
    running.team.dismiss();
  }
  options.keeper?.keep(standingOf(running, options));
  // A search that was stopped has met states of a level that it never came to.
  if (running.levelEnd < running.table.count) running.levels.push(running.levelEnd);
  yield progressOf(running, options, (options.now() - started) / 1000);
  running.compiled?.tellTaken();
  const complete = running.cursor === running.table.count;
  return {
    system,
    table: running.table,
    orbits: options.orbits,
    parents: running.parents,
    levels: running.levels,
    initialStates: running.initialStates,
    transitions: running.transitions,
    expanded: running.cursor,
    edges: running.edges,
    compiled: running.compiled,
    taken: running.taken,
    branches: system.branches.slice(),
    findings: running.recorder.findings,
    stoppedBy: complete ? null : stoppedBy,
    complete,
    beyond: null,
  };
}

/** Runs a search, or any pass that pauses, without a break. */
export function finish<P, R>(
  pass: Generator<P, R, void>,
  onPause: (progress: P) => void = () => {},
): R {
  while (true) {
    const { done, value } = pass.next();
    if (done === true) return value;
    onPause(value);
  }
}

interface Running extends Advancing {
  readonly initialStates: number;
  /** Whether something faster may still take over. */
  mayCompile: boolean;
  compiled: CompiledSearch | null;
  readonly team: Team;
  edges: EdgeLog | null;
}

function start(system: TransitionSystem, options: SearchOptions): Running {
  const table = tableOf(system.width, options.orbits);
  const out = new Transitions(system.width, system.costs.length);
  const recorder = new Recorder(system, options.stop);
  system.initial(out);
  for (let step = 0; step < out.count; step += 1) {
    if ((out.fault[step] as number) >= 0) {
      recorder.fault(out.fault[step] as number, -1, step, 0);
      continue;
    }
    const known = table.count;
    const index = table.insert(out.words, step * system.width);
    if (index !== known) continue;
    if (recorder.judgesStates) recorder.judgeState(table.arena, index * system.width, index, 0);
  }
  if (out.noteCount > 0) recorder.notes(out, -1, 0);
  return {
    system,
    table,
    out,
    recorder,
    levels: [0],
    initialStates: table.count,
    taken: new Uint8Array(system.movers.length),
    parents: new Parents(table.count),
    mayCompile: true,
    compiled: null,
    team: new Team(options.compiled?.shared ?? null),
    edges: options.maxLoggedEdges > 0 ? new EdgeLog() : null,
    transitions: 0,
    cursor: 0,
    levelEnd: table.count,
  };
}

/** A search that stands where a kept one was left. The log of its edges would lack the first ones: there is none. */
function goOn(system: TransitionSystem, options: SearchOptions, kept: Kept): Running {
  const { parents, initialStates, transitions, cursor, levelEnd } = kept;
  const table = tableOf(system.width, options.orbits);
  table.restore(kept.takeArena(), kept.states);
  const out = new Transitions(system.width, system.costs.length);
  system.initial(out);
  for (const state of witnesses(kept)) {
    if (state >= 0) system.successors(table.arena, state * system.width, out);
  }
  system.branches.set(kept.branches);
  const recorder = new Recorder(system, options.stop, findingsAgain(kept, system.notes));
  recorder.satisfied = kept.satisfied;
  return {
    system,
    table,
    out,
    recorder,
    levels: [...kept.levels],
    initialStates,
    taken: kept.taken.slice(),
    parents,
    mayCompile: true,
    compiled: null,
    team: new Team(options.compiled?.shared ?? null),
    edges: null,
    transitions,
    cursor,
    levelEnd,
  };
}

/** What another search must know to go on from here. */
function standingOf(running: Running, { orbits }: SearchOptions): Standing {
  running.compiled?.tellTaken();
  const { findings, satisfied } = running.recorder;
  const symmetry = orbits === null ? [] : ["symmetry"];
  const reductions = running.system.partial ? [...symmetry, "partial-order"] : symmetry;
  return { ...running, findings, satisfied, reductions };
}

/** Expands up to `batch` states of the arena. */
function expand(running: Running, batch: number, options: SearchOptions): void {
  const { system, table, out, recorder, edges, parents, taken } = running;
  const { width } = system;
  const { maxStates } = options;
  const last = running.cursor + batch;
  let { cursor, transitions } = running;
  while (cursor < last && cursor < table.count && table.count < maxStates) {
    if (!enterLevel(running, cursor)) break;
    const depth = running.levels.length;
    system.successors(table.arena, cursor * width, out);
    const { count } = out;
    const before = table.count;
    transitions += count;
    if (count === 0) recorder.judgeEnd(table.arena, cursor * width, cursor, depth - 1);
    for (let step = 0; step < count; step += 1) {
      const mover = out.mover[step] as number;
      taken[mover] = 1;
      const fault = out.fault[step] as number;
      if (fault >= 0) {
        recorder.fault(fault, cursor, step, depth);
        edges?.push(FAULTED, mover);
        continue;
      }
      const known = table.count;
      const next = table.insert(out.words, step * width);
      if (next === known) {
        if (recorder.judgesStates) recorder.judgeState(table.arena, next * width, next, depth);
      }
      edges?.push(next, mover);
      if (recorder.judgesSteps)
        recorder.judgeStep(table.arena, cursor * width, cursor, out, step, depth);
    }
    if (out.noteCount > 0) recorder.notes(out, cursor, depth);
    edges?.endState();
    parents.push(table.count - before);
    cursor += 1;
  }
  running.cursor = cursor;
  running.transitions = transitions;
  if (edges !== null && edges.count > options.maxLoggedEdges) running.edges = null;
}

/** Lets what is compiled take over when enough states are met, then workers, and lets them go where they cannot go on. */
function takeOver(running: Running, { compiled, memoryBytes }: SearchOptions): void {
  if (running.compiled !== null && running.team.parallel === null) {
    running.compiled = running.team.join(running, running.compiled, memoryBytes);
  }
  if (running.compiled?.exhausted === true) {
    running.team.dismiss();
    running.compiled.tellTaken();
    running.compiled = null;
    running.table.takeBack();
  }
  if (compiled === null || !running.mayCompile || running.table.count < compiled.after) return;
  running.mayCompile = false;
  const module = WebAssembly === undefined ? null : compiled.module();
  if (module === null) return;
  try {
    running.compiled = new CompiledSearch(module, running, memoryBytes);
    running.edges = null;
  } catch (error) {
    // A limit on the address space, of which a memory of WebAssembly takes much: the search goes on as it is.
    if (!(error instanceof RangeError)) throw error;
  }
}

function limitReached(
  running: Running,
  options: SearchOptions,
  elapsedSeconds: number,
): Limit | null {
  const { table, cursor } = running;
  if (running.recorder.satisfied && cursor === running.levelEnd) return "first-violation";
  if (table.count >= options.maxStates) return "max-states";
  const states = table.count + AHEAD;
  const bytes = table.bytesFor(states) + PARENT_BYTES * states;
  if (bytes + (running.edges?.bytes ?? 0) > options.memoryBytes) {
    running.edges = null;
    if (bytes > options.memoryBytes) return "memory";
  }
  if (elapsedSeconds > options.timeLimitSeconds) return "time-limit";
  return options.oneMemory && running.compiled?.mayLink === true ? "memory" : null;
}
