// What a large search found, as a search in one memory of the few states that its traces need. So all that is said of a
// search is said of it too: the same verdicts, the same traces, the same number of shortest ways.
//
// A trace needs the way by which its end was first met, and where the best of all shortest ways is looked for, every state
// on one of them. These are found level by level, from the last to the first, by reading the levels again: states
// with a step to one that was found on the level behind. They are few as a rule. If they are not, one way has to do.

import { isRefined, type Want, waysKnown } from "./claims.ts";
import { labelReach, traceOfMarkedStart } from "./coverage.ts";
import type { Progress, Search } from "./explore.ts";
import { type Finding, type Findings, NOTHING } from "./findings.ts";
import type { Interpreter } from "./interpret.ts";
import { expectedLabels } from "./interpreted-system.ts";
import type { LargeSearch } from "./large-search.ts";
import { tableOf } from "./orbit-table.ts";
import { Parents } from "./parents.ts";
import type { Goal } from "./paths.ts";
import { windowOf } from "./spill-search.ts";
import { StateTable } from "./state-table.ts";
import { type Replayer, replayerOf } from "./trace.ts";
import { Transitions } from "./transition-system.ts";
import { type Refine, statedClaims } from "./verdicts.ts";
import { builtInClaims } from "./verdicts-built-in.ts";

export interface WitnessSettings {
  readonly interpreter: Interpreter;
  readonly refine: Refine;
  /** For the states kept. */
  readonly memoryBytes: number;
  readonly interrupted: () => boolean;
  readonly elapsedSeconds: () => number;
}

/** Bytes that a kept state takes beside its words: its slots, its number, where it stands in the search made of them. */
const BYTES_BESIDE = 64;

/** Brings what traces need into memory. Pauses now and then. */
export function* witnessesOf(
  large: LargeSearch,
  settings: WitnessSettings,
): Generator<Progress, Search, void> {
  const gathering = new Gathering(large, settings);
  yield* gathering.gather();
  return gathering.search();
}

/** The search without any state: all that can be said if the disk gives nothing back. */
export function withoutStates(large: LargeSearch): Search {
  return {
    ...searchOver(large, new StateTable(large.system.width)),
    findings: NOTHING,
    levels: [],
    initialStates: 0,
    stoppedBy: "disk",
    complete: false,
  };
}

function searchOver(large: LargeSearch, table: StateTable): Search {
  const { system, orbits, levels, initialStates, transitions, expanded, taken, branches } = large;
  const { findings, stoppedBy, complete, count } = large;
  return {
    ...{ system, orbits, table, levels, initialStates, transitions, expanded, taken, branches },
    ...{ findings, stoppedBy, complete },
    parents: new Parents(table.count),
    edges: null,
    compiled: null,
    beyond: { states: count, levels, initialStates, allWays: true },
  };
}

/** Where the states of a level are among those kept; those of the last level come first. */
interface KeptLevel {
  readonly first: number;
  /** Those before this lead on to something that all ways are wanted to. */
  readonly leading: number;
  readonly last: number;
}

const NO_LEVEL: KeptLevel = { first: 0, leading: 0, last: 0 };

class Gathering {
  private readonly large: LargeSearch;
  private readonly settings: WitnessSettings;
  /** States of a level, one piece after the other; goals judge them by their place in it. */
  private readonly window: StateTable;
  private readonly piece: Int32Array;
  private readonly out: Transitions;
  private readonly replayer: Replayer;
  private readonly wants: readonly Want[];
  /** By state on a way by which something was first met: the state before it on that way, or -1. */
  private readonly ways = new Map<number, number>();
  /** States behind steps that something is about, one after the other, on whatever level. */
  private readonly behind: number[] = [];
  private kept: StateTable;
  /** The number of each state kept, in the whole search. */
  private numbers: number[] = [];
  private levels: KeptLevel[] = [];
  private allWays = true;

  constructor(large: LargeSearch, settings: WitnessSettings) {
    const { system } = large;
    this.large = large;
    this.settings = settings;
    this.piece = windowOf(system.width, settings.memoryBytes);
    this.window = new StateTable(system.width);
    this.window.arena = this.piece;
    this.out = new Transitions(system.width, system.costs.length);
    this.kept = new StateTable(system.width);
    this.replayer = replayerOf(searchOver(large, this.window), settings.interpreter);
    const claims = [
      ...statedClaims(this.replayer, settings.refine),
      ...builtInClaims(this.replayer, settings.refine),
    ];
    this.wants = claims.flatMap(({ wants }) => wants);
  }

  /** Finds all that is needed. */
  *gather(): Generator<Progress, void, void> {
    for (const finding of allFindings(this.large.findings)) this.keepWayTo(finding);
    yield* this.keepWaysToLabels();
    const refined = waysKnown(this.replayer.search) ? this.wants.filter(isRefined) : [];
    yield* this.sweep(refined);
    if (!this.full) return;
    this.kept = new StateTable(this.large.system.width);
    [this.numbers, this.levels] = [[], []];
    this.allWays = false;
    yield* this.sweep([]);
  }

  /** The states kept, in the order of the whole search. */
  search(): Search {
    const { large, kept, numbers, behind } = this;
    const { width } = kept;
    const numberOf = (state: number): number => numbers[state] as number;
    const table = tableOf(width, large.orbits);
    const places = new Map([[-1, -1]]);
    const levels = large.levels.map((_, depth) => {
      const level = table.count;
      const { first, last } = this.levels[depth] ?? NO_LEVEL;
      const states = Array.from({ length: last - first }, (_, at) => first + at);
      for (const state of states.toSorted((one, other) => numberOf(one) - numberOf(other))) {
        places.set(numberOf(state), table.insert(kept.arena, state * width));
      }
      return level;
    });
    const onWays = table.count;
    // Of what lies behind, the level is not known and not asked for.
    levels.push(onWays);
    const words = Int32Array.from(behind);
    for (let offset = 0; offset < words.length; offset += width) table.insert(words, offset);
    // Of states that are not on the way by which something was first met nobody asks.
    const parents = new Int32Array(table.count).fill(-1);
    for (const [state, before] of this.ways) {
      parents[places.get(state) as number] = places.get(before) as number;
    }
    const whole = searchOver(large, table);
    return {
      ...whole,
      parents: {
        bytes: parents.byteLength,
        parentOf: (state) => parents[state] as number,
        parentsOf: (first, into) => into.set(parents.subarray(first, first + into.length)),
      },
      levels,
      initialStates: levels[1] ?? onWays,
      expanded: table.count,
      findings: moved(large.findings, (state) => places.get(state) ?? -1),
      beyond: { ...(whole.beyond as NonNullable<Search["beyond"]>), allWays: this.allWays },
    };
  }

  private keepWayTo({ state, step }: Pick<Finding, "state" | "step">): void {
    const { parents } = this.large;
    for (let at = state; at >= 0 && !this.ways.has(at); ) {
      const before = parents.parentOf(at);
      this.ways.set(at, before);
      at = before;
    }
    if (state < 0 || step < 0) return;
    this.load(state);
    this.large.system.successors(this.piece, 0, this.out);
    this.keepTarget(step);
  }

  /** The first step that enters a mark is looked for as it would be in memory. */
  private *keepWaysToLabels(): Generator<Progress, void, void> {
    const { replayer, large } = this;
    const { system } = large;
    let open: ((branch: number) => boolean)[] = [];
    for (const [owner, label] of expectedLabels(replayer.interpreter.machine)) {
      const { stood, isMark } = labelReach(replayer, owner, label);
      if (stood !== null) this.keepWayTo(stood);
      else if (isMark !== null && traceOfMarkedStart(replayer, isMark) === null) open.push(isMark);
    }
    if (open.length === 0) return;
    const pieces = this.pieces(0, large.expanded);
    for (const [first, rows] of pieces) {
      for (let row = 0; row < rows; row += 1) {
        system.branches.fill(0);
        system.successors(this.piece, row * system.width, this.out);
        const left = open.filter(
          (isMark) => !system.branches.some((entered, branch) => entered === 1 && isMark(branch)),
        );
        if (left.length === open.length) continue;
        for (let step = 0; step < this.out.count; step += 1) this.keepTarget(step);
        open = left;
        this.keepWayTo({ state: first + row, step: -1 });
        if (open.length === 0) return;
      }
      yield this.progress();
    }
  }

  /** Keeps the ways by which things were first met, and all states on shortest ways to these, as far as there is room. */
  private *sweep(refined: readonly Want[]): Generator<Progress, void, void> {
    const { levels, count } = this.large;
    const onWays = [...this.ways.keys()];
    const deepest = refined.reduce((most, { finding }) => Math.max(most, finding.depth), -1);
    for (let depth = levels.length - 1; depth >= 0; depth -= 1) {
      const first = this.kept.count;
      const [from, to] = [levels[depth] as number, levels[depth + 1] ?? count];
      if (depth <= deepest) yield* this.sweepLevel(depth, refined);
      if (refined.length > 0 && this.full) return;
      const leading = this.kept.count;
      for (const state of onWays) {
        if (state < from || state >= to) continue;
        this.load(state);
        this.keep(0, state);
      }
      this.levels[depth] = { first, leading, last: this.kept.count };
    }
  }

  private *sweepLevel(depth: number, refined: readonly Want[]): Generator<Progress, void, void> {
    const { levels, count, system } = this.large;
    const goals = refined.flatMap(({ goal, finding }): Goal[] => {
      const here = goal.kind === "state" ? finding.depth : finding.depth - 1;
      return here === depth ? [goal] : [];
    });
    for (const [first, rows] of this.pieces(levels[depth] as number, levels[depth + 1] ?? count)) {
      for (let row = 0; row < rows; row += 1) {
        // A goal may take the steps of a state for itself.
        const reached = goals.filter((goal) => goal.kind === "state" && goal.holds(row));
        system.successors(this.piece, row * system.width, this.out);
        const steps = this.goalSteps(goals, row);
        for (const step of steps) this.keepTarget(step);
        if (reached.length + steps.length > 0 || this.leadsTo(depth + 1))
          this.keep(row, first + row);
      }
      yield this.progress();
      if (this.full) return;
    }
  }

  /** Those of the steps at hand, from the state in this row, that are a goal. */
  private goalSteps(goals: readonly Goal[], row: number): readonly number[] {
    const { out } = this;
    const found: number[] = [];
    for (const goal of goals) {
      if (goal.kind !== "step") continue;
      for (let step = 0; step < out.count; step += 1)
        if (goal.holds(row, out, step)) found.push(step);
    }
    return found;
  }

  /** Does one of the steps at hand lead to a state of this level that was kept because it leads on? */
  private leadsTo(depth: number): boolean {
    const { kept, out } = this;
    const { first, leading } = this.levels[depth] ?? NO_LEVEL;
    if (first === leading) return false;
    for (let step = 0; step < out.count; step += 1) {
      if ((out.fault[step] as number) >= 0) continue;
      const state = kept.find(out.words, step * out.width);
      if (state >= first && state < leading) return true;
    }
    return false;
  }

  private keep(row: number, number: number): void {
    const { kept, numbers, piece } = this;
    const place = kept.insert(piece, row * kept.width);
    if (place === numbers.length) numbers.push(number);
  }

  /** Keeps what the step at this position leads to, if anything. */
  private keepTarget(step: number): void {
    const { out, behind } = this;
    if ((out.fault[step] as number) >= 0) return;
    for (let word = 0; word < out.width; word += 1)
      behind.push(out.words[step * out.width + word] as number);
  }

  /** Reads a state into the first row of the piece at hand. */
  private load(state: number): void {
    this.large.states.read(state, this.piece, state + 1);
  }

  /** Reads states piece by piece: the first of each piece, and how many there are. */
  private *pieces(first: number, last: number): Generator<readonly [number, number], void, void> {
    for (let at = first; at < last; ) {
      const rows = this.large.states.read(at, this.piece, last);
      yield [at, rows];
      at += rows;
    }
  }

  /** Whether all ways are more than there is room or patience for. */
  private get full(): boolean {
    const { settings, kept } = this;
    const bytes = kept.count * (4 * kept.width + BYTES_BESIDE);
    return bytes > settings.memoryBytes || settings.interrupted();
  }

  private progress(): Progress {
    const { count, transitions, levels } = this.large;
    const elapsedSeconds = this.settings.elapsedSeconds();
    return { states: count, transitions, depth: levels.length - 1, frontier: 0, elapsedSeconds };
  }
}

function allFindings(findings: Findings): readonly Finding[] {
  const { states, coverFaults, steps, faults, notes, deadlock } = findings;
  return [...states, ...coverFaults, ...steps, ...faults, ...notes, deadlock].filter(
    (finding) => finding !== null && finding !== undefined,
  );
}

/** Findings about the same states with other numbers; -1 stays. */
function moved(findings: Findings, placeOf: (state: number) => number): Findings {
  const one = <T extends null | undefined>(finding: Finding | T): Finding | T =>
    finding ? { ...finding, state: placeOf(finding.state) } : finding;
  const { states, coverFaults, steps, faults, notes, deadlock } = findings;
  return {
    states: states.map(one),
    coverFaults: coverFaults.map(one),
    steps: steps.map(one),
    faults: faults.map(one),
    notes: notes.map(one),
    deadlock: one(deadlock),
  };
}
