// Versions of a spec, compiled and explored with their states kept: what `diff` and its kin compare.

import { unexpectedIn } from "../checker/expectations.ts";
import type { Exploration } from "../checker/exploration.ts";
import { internedStates } from "../checker/interpreted-system.ts";
import type { TransitionSystem } from "../checker/transition-system.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Version } from "../diff/version.ts";
import type { ReadFile } from "../language/load.ts";
import { withLockCosts } from "../machine/counted.ts";
import type { Machine } from "../machine/machine.ts";
import type { Compiled, Settings } from "../pipeline.ts";
import { diagnosticJson } from "../report/json.ts";
import {
  codeOfDiagnostics,
  codeOfLimit,
  type ExitCode,
  exitCodes,
  firstCode,
} from "./exit-codes.ts";
import type { CheckOptions } from "./options.ts";
import { compileSpec, concluded, readSpec, searchStates, shownPath, systemOf } from "./run.ts";

/** A version, or why there is none. */
export interface Explored {
  readonly version: Version | null;
  readonly diagnostics: readonly Diagnostic[];
  /** What it gives the program as its status. */
  readonly code: ExitCode;
}

/** `specs/thp-unmap/pre-patch.weft` is called `pre-patch`. */
export function versionName(path: string): string {
  return shownPath(path)
    .replace(/^.*\//, "")
    .replace(/\.weft$/, "");
}

/** The params that a spec declares; none if it cannot be read. */
export function paramsOf({ file }: Compiled): ReadonlySet<string> {
  const declared = file?.declarations.flatMap((one) =>
    one.kind === "param" ? [one.name.text] : [],
  );
  return new Set(declared);
}

/**
 * What to set in one of several versions, whose params are known: a param that others declare alone is set there only, one
 * that nobody declares is refused by all. Where nothing is known beforehand, everything is set.
 */
export function settingsFor(
  known: readonly ReadonlySet<string>[],
  index: number,
  settings: Settings,
): Settings {
  const own = known[index];
  const others = known.filter((_, other) => other !== index);
  const elsewhere = (name: string): boolean => others.some((params) => params.has(name));
  return new Map([...settings].filter(([name]) => own?.has(name) === true || !elsewhere(name)));
}

/** Those that were not told before, which are taken for told now. */
export function untold(
  diagnostics: readonly Diagnostic[],
  told: Set<string>,
): readonly Diagnostic[] {
  return diagnostics.filter((diagnostic) => {
    const key = JSON.stringify(diagnosticJson(diagnostic));
    return !told.has(key) && told.add(key);
  });
}

/** Compiles and explores one version. */
export async function exploreVersion(
  path: string,
  options: CheckOptions,
  settings: Settings = options.set,
  readFile: ReadFile = readSpec,
): Promise<Explored> {
  const { machine, diagnostics } = compileSpec(path, options, settings, readFile);
  if (machine === null) {
    return { version: null, diagnostics, code: codeOfDiagnostics(diagnostics) };
  }
  const interned = internedStates();
  const system = systemOf(machine, options.backend, interned);
  const { search, exploration } = await searchStates(machine, options, system);
  const checked = concluded(path, diagnostics, machine, exploration);
  if (checked.result === null) {
    return { version: null, diagnostics: checked.diagnostics, code: checked.code };
  }
  let counted: TransitionSystem | null = null;
  const version: Version = {
    name: versionName(path),
    machine,
    search,
    exploration,
    findings: checked.result.findings,
    counted: () => {
      counted ??= systemOf(withLockCosts(machine), options.backend, interned);
      return counted;
    },
  };
  return { version, diagnostics, code: codeOfExpected(machine, exploration) };
}

/** A violation that the spec expects is why two versions are compared; what it does not expect is amiss. */
function codeOfExpected(machine: Machine, exploration: Exploration): ExitCode {
  const codes: ExitCode[] = [];
  if (!exploration.complete) codes.push(codeOfLimit(exploration.stoppedBy));
  if (unexpectedIn(machine, exploration).length > 0) codes.push(exitCodes.violation);
  return firstCode(codes);
}
