// The story of Weft, in order: load (parse, patch, use) → typecheck → lower gives a machine; emitted and loaded, it is checked,
// and compared with another.

import { type CheckSettings, check, checkSearch } from "./checker/check.ts";
import { findingsOf } from "./checker/expectations.ts";
import type { Exploration } from "./checker/exploration.ts";
import { type CompiledForm, DEFAULT_SEARCH, finish } from "./checker/explore.ts";
import { load as loadPacked } from "./checker/load.ts";
import type { SharedModules } from "./checker/parallel-search.ts";
import type { PartPlace } from "./checker/profile.ts";
import type { SharedForm } from "./checker/team.ts";
import type { TransitionSystem } from "./checker/transition-system.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Source } from "./diagnostics/source.ts";
import { difference } from "./diff/difference.ts";
import type { DifferenceOptions } from "./diff/options.ts";
import type { VersionsDiff } from "./diff/vectors.ts";
import type { Version } from "./diff/version.ts";
import { emitPacked, emitProgram } from "./emit/typescript.ts";
import { emitWasm } from "./emit/wasm/module.ts";
import { emitShared } from "./emit/wasm/rounds/module.ts";
import { sharingOf } from "./emit/wasm/rounds/shared-map.ts";
import type { SpecFile } from "./language/ast.ts";
import { type Loaded, load, loadSeries, type ReadFile } from "./language/load.ts";
import type { Model } from "./language/model.ts";
import { parse } from "./language/parse.ts";
import { typecheck } from "./language/typecheck/typecheck.ts";
import type { Value } from "./language/types.ts";
import { withLockCosts } from "./machine/counted.ts";
import { flatten } from "./machine/flat/flatten.ts";
import type { Persistence } from "./machine/independence/persistent.ts";
import { type LowerOptions, lower } from "./machine/lower.ts";
import type { Machine } from "./machine/machine.ts";
import type { ReducedForm } from "./machine/reduced-form.ts";

/** Values of params: as written on a command line, or as data. */
export type Settings = ReadonlyMap<string, string | Value>;

/** What a compilation gives, as far as it came; `machine` is null if any diagnostic is an error. */
export interface Compiled {
  readonly file: SpecFile | null;
  readonly model: Model | null;
  readonly machine: Machine | null;
  /** Every file that was read, the one asked for first. */
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles the spec or patch at `path`; `readFile` gives null for a file that cannot be read. */
export function compile(
  path: string,
  readFile: ReadFile,
  settings: Settings = new Map(),
  options: LowerOptions = { fold: true, reset: true },
): Compiled {
  return compileLoaded(load(path, readFile, parse), settings, options);
}

/**
 * Compiles the spec or patch at `base` with patches applied to it in this order, whatever each says that it is a patch of.
 * Unless they are asked for, the expectations of the last one are left out: they speak of the files that it names.
 */
export function compileSeries(
  base: string,
  patches: readonly string[],
  readFile: ReadFile,
  settings: Settings,
  { expectations, ...options }: LowerOptions & { readonly expectations: boolean },
): Compiled {
  const loaded = loadSeries(base, patches, readFile, parse);
  const { value } = loaded;
  if (value === null || expectations) return compileLoaded(loaded, settings, options);
  const declarations = value.declarations.filter(({ kind }) => kind !== "expect");
  return compileLoaded({ ...loaded, value: { ...value, declarations } }, settings, options);
}

function compileLoaded(loaded: Loaded, settings: Settings, options: LowerOptions): Compiled {
  const { sources } = loaded;
  const file = loaded.value;
  if (file === null || hasErrors(loaded.diagnostics)) {
    return { file, model: null, machine: null, sources, diagnostics: loaded.diagnostics };
  }
  const checked = typecheck(file, settings);
  const model = checked.value === null ? null : { ...checked.value, sources };
  const afterTypes = [...loaded.diagnostics, ...checked.diagnostics];
  if (model === null || hasErrors(afterTypes)) {
    return { file, model: null, machine: null, sources, diagnostics: afterTypes };
  }
  const lowered = lower(model, options);
  const diagnostics = [...afterTypes, ...lowered.diagnostics];
  return { file, model, machine: lowered.value, sources, diagnostics };
}

/** The machine as the generated module runs it; with `choices`, reduced by partial order. */
export function packedSystem(
  machine: Machine,
  choices: Persistence | null = null,
): TransitionSystem {
  return loadPacked(machine, emitPacked(machine, choices), choices !== null);
}

/** As `packedSystem`, with no steps but those of one location of a process, or of one action; null: none at all. */
export function packedPart(machine: Machine, part: PartPlace | null): TransitionSystem {
  const program = flatten(machine);
  const none = { ...program.initial, body: [] };
  const processes = program.processes.map((process, at) => ({
    ...process,
    steps: process.steps.map((step, location) =>
      part?.process === at && part.at === location ? step : null,
    ),
  }));
  const actions = program.actions.map((action, at) =>
    part?.process === null && part.at === at ? action : { ...none, name: action.name },
  );
  return loadPacked(machine, emitProgram(machine, { ...program, processes, actions }));
}

/** To make a module of WebAssembly takes about as long as to explore so many states in JavaScript. */
const LARGE = 10_000;

/** What may take over the search of the packed system: the same steps in WebAssembly, with the same reductions. */
export function compiledSearch(
  machine: Machine,
  after = LARGE,
  reduced: ReducedForm = {},
  workers: Workers | null = null,
): CompiledForm {
  const shared = workers === null ? null : sharedSearch(machine, reduced, workers);
  return { after, module: () => emitWasm(machine, reduced), shared };
}

/** Threads for large searches, who leads included, and how they are started. */
export interface Workers {
  readonly count: number;
  readonly startCrew: SharedForm["startCrew"];
}

/** Searches of fewer states are over before several workers have gained what it takes to call them. */
const LARGE_FOR_WORKERS = 500_000;

function sharedSearch(
  machine: Machine,
  reduced: ReducedForm,
  { count, startCrew }: Workers,
): SharedForm {
  const modules = (): SharedModules | null => emitShared(machine, sharingOf(count), reduced);
  return { after: LARGE_FOR_WORKERS, modules, startCrew };
}

/** Explores every behaviour of a machine, without a break, and judges all that its spec states. */
export function checkMachine(machine: Machine, settings: Partial<CheckSettings> = {}): Exploration {
  const compiled = compiledSearch(machine);
  return finish(check(machine, packedSystem(machine), { compiled, ...settings }));
}

/** Explores a machine and keeps its states, as one side of comparisons. */
export function versionOf(
  machine: Machine,
  name: string = machine.name,
  settings: Partial<CheckSettings> = {},
): Version {
  const compiled = compiledSearch(machine);
  const { search, exploration } = finish(
    checkSearch(machine, packedSystem(machine), { compiled, ...settings }),
  );
  const findings = findingsOf(machine, exploration);
  const counted = (): TransitionSystem => packedSystem(withLockCosts(machine));
  return { name, machine, search, exploration, findings, counted };
}

/** Compares two machines in all that they can do, without a break. */
export function compareMachines(
  before: Machine,
  after: Machine,
  options: Partial<DifferenceOptions> = {},
): VersionsDiff {
  const limits = { ...DEFAULT_SEARCH, observe: null, ...options };
  const compared = finish(difference(versionOf(before), versionOf(after), limits));
  const vectors = [{ values: [], difference: compared }];
  return { before: before.name, after: after.name, vectors };
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
