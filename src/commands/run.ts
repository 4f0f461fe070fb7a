// From a path to a checked spec: compile, choose a machine to run, search with progress and Ctrl-C.

import { setImmediate } from "node:timers/promises";
import type { CheckSettings, Searched } from "../checker/check.ts";
import { type Findings, findingsOf } from "../checker/expectations.ts";
import type { Exploration, Found } from "../checker/exploration.ts";
import type { CompiledForm, Progress, Search } from "../checker/explore.ts";
import { interpret } from "../checker/interpret.ts";
import {
  type InternedStates,
  internedStates,
  interpretedSystem,
} from "../checker/interpreted-system.ts";
import { partialOrderReduction } from "../checker/partial-order.ts";
import { MOST_COUNTED, type Profile, profileOf } from "../checker/profile.ts";
import { checkReduced } from "../checker/reduced-check.ts";
import type { Reduction } from "../checker/reduction.ts";
import { symmetryReduction } from "../checker/symmetric.ts";
import type { TransitionSystem } from "../checker/transition-system.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { lint } from "../language/lint.ts";
import type { ReadFile } from "../language/load.ts";
import { layout } from "../machine/layout.ts";
import type { Machine } from "../machine/machine.ts";
import type { ReducedForm } from "../machine/reduced-form.ts";
import {
  type Compiled,
  compile,
  compiledSearch,
  packedPart,
  packedSystem,
  type Settings,
} from "../pipeline.ts";
import { progressLine } from "../report/progress.ts";
import { readText, standardInput } from "../runtime/files.ts";
import { defaultMemory, memoryInUse } from "../runtime/memory.ts";
import { defaultWorkers, startCrew } from "../runtime/worker-threads.ts";
import { remark } from "./console.ts";
import { codeOfDiagnostics, codeOfExploration, type ExitCode } from "./exit-codes.ts";
import type { Backend, CheckOptions, CompileOptions, ResourceLimits } from "./options.ts";
import { interruption, progressMeter } from "./progress.ts";
import { withSpill } from "./spill.ts";

/** How standard input is named in messages. */
export const stdinName = "<stdin>";

/** The path that messages show for a file given on the command line. */
export function shownPath(path: string): string {
  return path === standardInput ? stdinName : path;
}

/** Reads a file of the command line or one that a spec names. */
export const readSpec: ReadFile = (path) => readText(path === stdinName ? standardInput : path);

/** Compiles a spec with the options of a command; settings given by the command itself win. */
export function compileSpec(
  path: string,
  options: CompileOptions,
  settings: Settings = options.set,
  readFile: ReadFile = readSpec,
): Compiled {
  const compiled = compile(shownPath(path), readFile, settings, {
    fold: options.fold,
    reset: options.reset,
  });
  if (options.lint !== true || compiled.model === null) return compiled;
  return { ...compiled, diagnostics: [...compiled.diagnostics, ...lint(compiled.model)] };
}

/** A spec after its check, by Weft or another; `result` is null if it was refused. */
export interface Checked<F extends Found = Exploration> {
  readonly path: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly code: ExitCode;
  readonly result: CheckResult<F> | null;
}

export interface CheckResult<F extends Found = Exploration> {
  readonly machine: Machine;
  readonly exploration: F;
  readonly findings: Findings;
  /** If it was asked for; null if it was interrupted. */
  readonly profile?: Profile | null;
}

/** Compiles and checks a spec. */
export async function checkSpec(
  path: string,
  options: CheckOptions,
  settings: Settings = options.set,
  readFile: ReadFile = readSpec,
): Promise<Checked> {
  const { machine, diagnostics } = compileSpec(path, options, settings, readFile);
  if (machine === null) return refused(path, diagnostics);
  return searchedSpec(path, diagnostics, machine, options);
}

/** Searches a compiled spec, and profiles the search if that is asked for. */
export async function searchedSpec(
  path: string,
  diagnostics: readonly Diagnostic[],
  machine: Machine,
  options: CheckOptions,
  keeping?: Keeping,
): Promise<Checked> {
  const system = systemOf(machine, options.backend);
  const { exploration, search } = await searchStates(machine, options, system, keeping);
  const checked = concluded(path, diagnostics, machine, exploration);
  if (options.profile !== true || checked.result === null) return checked;
  if (search.beyond !== null) {
    remark("no profile: the states are not in one memory");
    return checked;
  }
  const profile = await profileSearch(machine, search, options);
  return { ...checked, result: { ...checked.result, profile } };
}

/** Profiles a search; null if that was interrupted. */
function profileSearch(
  machine: Machine,
  search: Search,
  options: CheckOptions,
): Promise<Profile | null> {
  const words = ([done, all]: readonly [number, number]): string =>
    `profile: ${Math.floor((100 * done) / all)} %`;
  return drivenTelling(options, words, ({ interrupted, now }) =>
    profileOf(machine, layout(machine), search, {
      interrupted,
      now,
      mostCounted: MOST_COUNTED,
      partOf: (part) => packedPart(machine, part),
    }),
  );
}

/** A spec of which there is no result. */
export function refused(path: string, diagnostics: readonly Diagnostic[]): Checked<never> {
  const code = codeOfDiagnostics(diagnostics);
  return { path: shownPath(path), diagnostics, code, result: null };
}

/** What a search comes to, with the status that it gives the program. */
export function concluded<F extends Found>(
  path: string,
  diagnostics: readonly Diagnostic[],
  machine: Machine,
  exploration: F,
): Checked<F> {
  const empty = withoutInitialState(machine, exploration);
  if (empty !== null) return refused(path, [...diagnostics, empty]);
  const findings = findingsOf(machine, exploration);
  const code = codeOfExploration(exploration, findings);
  return { path: shownPath(path), diagnostics, code, result: { machine, exploration, findings } };
}

/** Nothing can be said of a spec that no state satisfies at the start: everything would hold of it. */
function withoutInitialState(machine: Machine, exploration: Found): Diagnostic | null {
  const { complete, initialStates, distinctStates, verdicts } = exploration;
  const faulty = verdicts.some(({ outcome }) => outcome === "violated");
  const initial = initialStates ?? (complete ? distinctStates : null);
  if (initial !== 0 || faulty) return null;
  return report("no-initial-state", machine.initConditions[0]?.span ?? null, {});
}

/** The machine in the form that the search runs; what an interpreter numbers its states by may be shared. */
export function systemOf(
  machine: Machine,
  backend: Backend,
  interned: InternedStates = internedStates(),
): TransitionSystem {
  return backend === "interpreter"
    ? interpretedSystem(machine, interpret(machine), interned)
    : packedSystem(machine);
}

/** What takes the search of a machine over from the packed system, if anything may. */
export function compiledOf(
  machine: Machine,
  { backend, workers: count = defaultWorkers() }: Pick<CheckOptions, "backend" | "workers">,
  reduced: ReducedForm = {},
): CompiledForm | null {
  const workers = count > 1 ? { count, startCrew } : null;
  if (backend === "auto") return compiledSearch(machine, undefined, reduced, workers);
  return backend === "wasm" ? compiledSearch(machine, 0, reduced, workers) : null;
}

/** A search that goes on with another, or that others may go on with. */
export type Keeping = Pick<CheckSettings, "kept" | "keeper">;

/** Searches a machine, and says what was found. */
export async function search(machine: Machine, options: CheckOptions): Promise<Exploration> {
  return (await searchStates(machine, options)).exploration;
}

/** As `search`, and gives the states too. */
export function searchStates(
  machine: Machine,
  options: CheckOptions,
  system: TransitionSystem = systemOf(machine, options.backend),
  keeping: Keeping = { kept: null, keeper: null },
): Promise<Searched> {
  return withSpill(options, (disk) =>
    driven(options, (limits) => {
      const settings: Partial<CheckSettings> = {
        ...limits,
        ...keeping,
        maxStates: options.maxStates ?? Number.POSITIVE_INFINITY,
        first: options.first ?? false,
        fewestSwitches: options.fewestSwitches ?? false,
        refine: options.refineCovers === true ? "all" : "violations",
        compiled: compiledOf(machine, options),
        disk,
      };
      const reductions = reductionsOf(machine, options);
      return checkReduced(machine, { system, settings }, reductions);
    }),
  );
}

/** The reductions that a command wishes for; only those that say so use any. */
function reductionsOf(machine: Machine, options: CheckOptions): readonly Reduction[] {
  const { reduce } = options;
  if (reduce === undefined) return [];
  const without = ruledOutBy(options);
  const compiled = (reduced: ReducedForm): CompiledForm | null =>
    compiledOf(machine, options, reduced);
  // Packed states without dead values are what is permuted.
  const symmetry = symmetryReduction(
    machine,
    reduce.symmetry,
    without ?? (options.reset ? null : "--no-reset"),
    compiled,
  );
  const order = partialOrderReduction(machine, reduce.por, without, {
    system: (choices) => packedSystem(machine, choices),
    compiled,
  });
  return [symmetry, order].filter((reduction) => reduction !== null);
}

/** The option that no reduction can be had with: packed states at rest are what is reduced, and not all ways are known. */
function ruledOutBy(options: CheckOptions): string | null {
  if (options.backend === "interpreter") return "--backend interpreter";
  if (!options.fold) return "--no-fold";
  return options.fewestSwitches === true ? "--fewest-switches" : null;
}

/** How far anything may go that takes its time, and how it learns of Ctrl-C. */
export type PassLimits = Pick<
  CheckSettings,
  "memoryBytes" | "timeLimitSeconds" | "interrupted" | "now"
>;

/** Drives a search, showing progress; Ctrl-C ends it, a second one the program, and the first one where it does not pause. */
export function driven<R>(
  options: DriveOptions,
  pass: (limits: PassLimits) => Generator<Progress, R, void>,
): Promise<R> {
  const lineOf = (progress: Progress): string => progressLine(progress, memoryInUse());
  return drivenTelling(options, lineOf, pass, ({ judging = false }) => !judging);
}

type DriveOptions = ResourceLimits & { readonly quiet?: boolean };

/** As `driven`, for anything that pauses with some progress; `goesOnPausing` says if it does so behind that. */
export async function drivenTelling<P, R>(
  options: DriveOptions,
  lineOf: (progress: P) => string,
  pass: (limits: PassLimits) => Generator<P, R, void>,
  goesOnPausing: (progress: P) => boolean = () => true,
): Promise<R> {
  const progress = progressMeter(options);
  const interrupt = interruption();
  try {
    const running = pass({
      memoryBytes: options.memory ?? defaultMemory(),
      timeLimitSeconds: options.timeLimit ?? Number.POSITIVE_INFINITY,
      interrupted: interrupt.asked,
      now: () => performance.now(),
    });
    for (let next = running.next(); ; next = running.next()) {
      if (next.done === true) return next.value;
      progress.show(lineOf(next.value));
      // Lets a pending Ctrl-C in.
      await setImmediate();
      interrupt.attend(goesOnPausing(next.value));
    }
  } finally {
    progress.end();
    interrupt.end();
  }
}
