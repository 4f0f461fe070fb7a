// A spec from its text to its exploration, in this process.

import { findingsOf } from "../../src/checker/expectations.ts";
import type { Exploration, Verdict } from "../../src/checker/exploration.ts";
import { renderDiagnostics } from "../../src/diagnostics/frame.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { checkMachine, compile, type Settings } from "../../src/pipeline.ts";

export interface CheckedSpec {
  readonly machine: Machine;
  readonly exploration: Exploration;
  readonly findings: ReturnType<typeof findingsOf>;
}

/** Compiles and checks a spec that must be in order. */
export function checked(
  text: string,
  settings: Settings = new Map(),
  search: Parameters<typeof checkMachine>[1] = {},
): CheckedSpec {
  const { machine, diagnostics } = compile("a.weft", () => text, settings);
  if (machine === null) throw new Error(renderDiagnostics(diagnostics));
  const exploration = checkMachine(machine, search);
  return { machine, exploration, findings: findingsOf(machine, exploration) };
}

/** The first verdict of this name that has something to show. */
export function verdictNamed({ exploration }: CheckedSpec, name: string): Verdict {
  const found = exploration.verdicts.find((verdict) => verdict.name === name);
  if (found === undefined) throw new Error(`no verdict for ${name}`);
  return found;
}
