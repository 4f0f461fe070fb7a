// Compiling spec texts in tests: one helper that fails with the diagnostics, one that gives them.

import { renderDiagnostic } from "../../src/diagnostics/frame.ts";
import type { LowerOptions } from "../../src/machine/lower.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { type Compiled, compile, type Settings } from "../../src/pipeline.ts";

/** Files by path; the first one is compiled. */
export type Files = Readonly<Record<string, string>>;

/** Compiles in-memory files. */
export function compileFiles(
  files: Files,
  settings: Settings = new Map(),
  options: LowerOptions = { fold: true, reset: true },
): Compiled {
  const [first] = Object.keys(files);
  if (first === undefined) throw new Error("no file given");
  return compile(first, (path) => files[path] ?? null, settings, options);
}

/** The machine of one spec text; throws with the rendered diagnostics if it does not compile. */
export function machineOf(
  text: string,
  settings: Settings = new Map(),
  options: LowerOptions = { fold: true, reset: true },
): Machine {
  const compiled = compileFiles({ "test.weft": text }, settings, options);
  if (compiled.machine === null) {
    throw new Error(compiled.diagnostics.map((found) => renderDiagnostic(found)).join("\n"));
  }
  return compiled.machine;
}
