// The check of a machine, from its first state to the last verdict. It pauses now and then, so that whoever drives it can
// show progress and notice Ctrl-C; `finish` of explore.ts runs it without a break.

import type { Machine } from "../machine/machine.ts";
import { allStates, notJudgedBeyond } from "./beyond.ts";
import { settleClaims } from "./claims.ts";
import { type CostRun, costTotals } from "./costs.ts";
import { coverageOf } from "./coverage.ts";
import type { CostResult, Exploration, Trace } from "./exploration.ts";
import {
  DEFAULT_SEARCH,
  PAUSE_MILLISECONDS,
  type Progress,
  type Search,
  type SearchOptions,
} from "./explore.ts";
import { type Interpreter, interpret } from "./interpret.ts";
import { exploreAnywhere } from "./spill.ts";
import type { Disk } from "./spill-files.ts";
import { headOf, type Replayer, replayerOf, traceOf } from "./trace.ts";
import type { TransitionSystem } from "./transition-system.ts";
import { type Refine, statedClaims } from "./verdicts.ts";
import { builtInClaims } from "./verdicts-built-in.ts";

export interface CheckSettings extends Omit<SearchOptions, "stop"> {
  /** Stop at the first violation (at the end of its level, when its shortest traces are all known). */
  readonly first: boolean;
  /** Stop as soon as this property is decided by a trace; other verdicts may then be unknown. Null: go on to the end. */
  readonly until: string | null;
  /** Traces with the fewest context switches of all, however long. */
  readonly fewestSwitches: boolean;
  readonly refine: Refine;
  /** Where states go that are too many for the memory; null: nowhere. */
  readonly disk: Disk | null;
}

const DEFAULT_CHECK: CheckSettings = {
  ...DEFAULT_SEARCH,
  first: false,
  until: null,
  fewestSwitches: false,
  refine: "violations",
  disk: null,
};

/** A check with the search that it rests on, for whoever asks further questions of the same states. */
export interface Searched {
  readonly search: Search;
  readonly exploration: Exploration;
}

/** Explores a system of the machine and judges everything that the machine states and every spec is checked for. */
export function* check(
  machine: Machine,
  system: TransitionSystem,
  settings: Partial<CheckSettings> = {},
): Generator<Progress, Exploration, void> {
  return (yield* checkSearch(machine, system, settings)).exploration;
}

/** As `check`, and gives the search too. The interpreter must begin where the system does. */
export function* checkSearch(
  machine: Machine,
  system: TransitionSystem,
  settings: Partial<CheckSettings> = {},
  interpreter: Interpreter = interpret(machine),
): Generator<Progress, Searched, void> {
  const options = searchOptions(settings);
  const started = options.now();
  const search = yield* exploreAnywhere(system, interpreter, options);
  return yield* judge(machine, search, options, started, interpreter);
}

/** The settings of a check as those of its search, with what is usual for the rest. */
export function searchOptions(settings: Partial<CheckSettings>): CheckSettings & SearchOptions {
  const options = { ...DEFAULT_CHECK, ...settings };
  const { until, first } = options;
  return { ...options, stop: until !== null ? { property: until } : first ? "violation" : "never" };
}

/** Judges what a search has found, and says so before if it took its time; the clock showed `started` when all of it began. */
export function* judge(
  machine: Machine,
  search: Search,
  options: CheckSettings,
  started: number,
  interpreter: Interpreter,
): Generator<Progress, Searched, void> {
  const elapsed = options.now() - started;
  if (elapsed >= PAUSE_MILLISECONDS) {
    yield {
      states: allStates(search),
      transitions: search.transitions,
      depth: (search.beyond ?? search).levels.length - 1,
      frontier: 0,
      judging: true,
      elapsedSeconds: elapsed / 1000,
    };
  }
  const replayer = replayerOf(search, interpreter);
  const claims = [
    ...statedClaims(replayer, options.refine),
    ...builtInClaims(replayer, options.refine),
  ];
  const verdicts = settleClaims(replayer, claims, options.fewestSwitches);
  const coverage = coverageOf(replayer);
  const costs = costResults(replayer);
  const { states, levels, initialStates } = search.beyond ?? {
    ...search,
    states: search.table.count,
  };
  const exploration: Exploration = {
    ...headOf(machine),
    complete: search.complete,
    stoppedBy: search.stoppedBy,
    initialStates,
    distinctStates: states,
    transitions: search.transitions,
    depth: levels.length - 1,
    levels: levels.map((first, depth) => (levels[depth + 1] ?? states) - first),
    verdicts,
    costs,
    coverage,
    reductions: [],
    notJudged: notJudgedBeyond(search),
    elapsedSeconds: (options.now() - started) / 1000,
  };
  return { search, exploration };
}

/** Totals say nothing before all runs are known. */
function costResults(replayer: Replayer): readonly CostResult[] {
  const { search } = replayer;
  if (!search.complete || search.beyond !== null) {
    const unknown = {
      least: null,
      greatest: null,
      leastRun: null,
      greatestRun: null,
      loopStart: null,
    };
    return search.system.costs.map((name) => ({ name, ...unknown }));
  }
  return costTotals(search).map((totals, cost) => ({
    name: search.system.costs[cost] ?? "",
    least: totals.least,
    greatest: totals.greatest,
    leastRun: runTrace(replayer, cost, totals.leastRun),
    greatestRun: runTrace(replayer, cost, totals.greatestRun),
    loopStart: totals.loopStart,
  }));
}

function runTrace(replayer: Replayer, cost: number, run: CostRun | null): Trace | null {
  if (run === null) return null;
  return traceOf(
    replayer,
    run.path,
    ({ costs }, position) => costs[cost] === run.weights[position],
  );
}
