// Subsets of a series of patches, compiled and checked: what each comes to, or why it does not apply.

import { resolve } from "node:path";
import { check } from "../checker/check.ts";
import { outcomeOf, unexpectedIn } from "../checker/expectations.ts";
import type { Exploration } from "../checker/exploration.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatPlace } from "../diagnostics/source.ts";
import { chainsOf, type SubsetResult } from "../diff/series/series.ts";
import { baseOf } from "../language/load.ts";
import { parse } from "../language/parse.ts";
import { type Compiled, compileSeries, type Settings } from "../pipeline.ts";
import { codeOfLimit, type ExitCode, exitCodes } from "./exit-codes.ts";
import type { CheckOptions } from "./options.ts";
import { compiledOf, concluded, driven, readSpec, shownPath, systemOf } from "./run.ts";
import { paramsOf } from "./versions.ts";

/** The files of a series, and which subsets are the very ones that a file with what it is a patch of stands for. */
export interface SeriesFiles {
  readonly base: string;
  readonly patches: readonly string[];
  /** Such subsets, by their indices: they are judged by the expectations of their last file. */
  readonly judged: ReadonlySet<string>;
  /** The params that the base or the whole series declares. */
  readonly params: ReadonlySet<string>;
}

/** Finds out what is to be known of the files before any subset is looked at. */
export function seriesFiles(
  base: string,
  patches: readonly string[],
  options: CheckOptions,
): SeriesFiles {
  const whole = patches.map((_, index) => index);
  const files = { base, patches, judged: judgedSubsets(base, patches), params: new Set<string>() };
  const declared = [[], whole].flatMap((subset) => [
    ...paramsOf(compileAll(files, subset, new Map(), options)),
  ]);
  return { ...files, params: new Set(declared) };
}

function judgedSubsets(base: string, patches: readonly string[]): ReadonlySet<string> {
  const chains = chainsOf(
    resolve(base),
    patches.map((path) => {
      const of = baseOf(path, readSpec, parse);
      return { path: resolve(path), of: of === null ? null : resolve(of) };
    }),
  );
  return new Set(["", ...chains.flatMap((chain) => (chain === null ? [] : [chain.join()]))]);
}

/** Compiles the base with some of the patches. A param that only other subsets declare is not set here. */
export function compileSubset(
  files: SeriesFiles,
  subset: readonly number[],
  settings: ReadonlyMap<string, string>,
  options: CheckOptions,
): Compiled {
  const own = paramsOf(compileAll(files, subset, new Map(), options));
  const known = [...settings].filter(([name]) => own.has(name) || !files.params.has(name));
  return compileAll(files, subset, new Map(known), options);
}

function compileAll(
  { base, patches, judged }: Pick<SeriesFiles, "base" | "patches" | "judged">,
  subset: readonly number[],
  settings: Settings,
  { fold, reset }: CheckOptions,
): Compiled {
  const chosen = subset.map((patch) => patches[patch] ?? "");
  const expectations = judged.has(subset.join());
  const paths = chosen.map(shownPath);
  return compileSeries(shownPath(base), paths, readSpec, settings, { fold, reset, expectations });
}

/** What a subset comes to, and what is amiss with it, as the program's status. */
export async function checkSubset(
  files: SeriesFiles,
  subset: readonly number[],
  settings: ReadonlyMap<string, string>,
  options: CheckOptions,
): Promise<{ readonly result: SubsetResult; readonly code: ExitCode }> {
  const { machine, diagnostics } = compileSubset(files, subset, settings, options);
  if (machine === null) return { result: inapplicable(subset, diagnostics), code: exitCodes.holds };
  const system = systemOf(machine, options.backend);
  const exploration = await driven(options, (limits) =>
    check(machine, system, {
      ...limits,
      maxStates: options.maxStates ?? Number.POSITIVE_INFINITY,
      refine: "none",
      compiled: compiledOf(machine, options),
    }),
  );
  const checked = concluded(files.base, diagnostics, machine, exploration);
  if (checked.result === null) {
    return { result: inapplicable(subset, checked.diagnostics), code: exitCodes.holds };
  }
  const result: SubsetResult = {
    patches: subset,
    outcomes: outcomesIn(exploration),
    reason: null,
    unexpected: unexpectedIn(machine, exploration),
  };
  const { complete, stoppedBy } = exploration;
  return { result, code: complete ? exitCodes.holds : codeOfLimit(stoppedBy) };
}

function outcomesIn(exploration: Exploration): NonNullable<SubsetResult["outcomes"]> {
  return new Map(
    exploration.verdicts.map(({ name }) => [name, outcomeOf(exploration, name)] as const),
  );
}

/** The first thing that is wrong with it, with its place. */
function inapplicable(
  patches: readonly number[],
  diagnostics: readonly Diagnostic[],
): SubsetResult {
  const wrong = diagnostics.find(({ severity }) => severity === "error");
  const place = wrong?.span == null ? "" : ` (${formatPlace(wrong.span)})`;
  return { patches, outcomes: null, reason: `${wrong?.message ?? ""}${place}`, unexpected: [] };
}
