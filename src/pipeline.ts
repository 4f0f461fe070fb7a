// The story of a compilation, in order: load (parse, patch, use) → typecheck → lower. Everything else follows from here.

import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Source } from "./diagnostics/source.ts";
import type { SpecFile } from "./language/ast.ts";
import { load, type ReadFile } from "./language/load.ts";
import type { Model } from "./language/model.ts";
import { parse } from "./language/parse.ts";
import { typecheck } from "./language/typecheck.ts";
import type { Value } from "./language/types.ts";
import { type LowerOptions, lower } from "./machine/lower.ts";
import type { Machine } from "./machine/machine.ts";

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
  const loaded = load(path, readFile, parse);
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

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
