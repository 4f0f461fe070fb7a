// Every spec in specs/, and every mutant of them in test/specs/, comes to what it expects, and to nothing else.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { expectedOutcome, judge } from "../src/checker/expectations.ts";
import type { Exploration } from "../src/checker/exploration.ts";
import { renderDiagnostic } from "../src/diagnostics/frame.ts";
import type { Expectation, Machine } from "../src/machine/machine.ts";
import { checkMachine, compile, type Settings } from "../src/pipeline.ts";

const root = new URL("../", import.meta.url);

function specsIn(folder: string): readonly string[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".weft"))
    .sort()
    .map((path) => `${folder}${path}`);
}

function machineOf(path: string, settings: Settings): Machine {
  const { machine, diagnostics } = compile(
    path,
    (wanted) => readFileSync(new URL(wanted, root), "utf8"),
    settings,
  );
  if (machine === null) expect.fail(diagnostics.map((found) => renderDiagnostic(found)).join("\n"));
  return machine;
}

/** Expectations by the parameters that they speak of. */
function runsOf(expectations: readonly Expectation[]): ReadonlyMap<string, readonly Expectation[]> {
  const runs = new Map<string, Expectation[]>();
  for (const expectation of expectations) {
    const key = JSON.stringify(expectation.bindings.map(({ name, value }) => [name, value]).sort());
    runs.set(key, [...(runs.get(key) ?? []), expectation]);
  }
  return runs;
}

/** The names of what is violated though no expectation of the spec says so. */
function surprises(machine: Machine, { verdicts, parameters }: Exploration): readonly string[] {
  return verdicts
    .filter(
      ({ outcome, name }) =>
        outcome === "violated" && expectedOutcome(machine, parameters, name) === null,
    )
    .map(({ name }) => name);
}

for (const path of [...specsIn("specs/"), ...specsIn("test/specs/")]) {
  test(`${path} meets its expectations`, { timeout: 120_000 }, () => {
    const { expectations } = machineOf(path, new Map());
    expect(expectations.length).toBeGreaterThan(0);
    for (const [run, group] of runsOf(expectations)) {
      const bindings = group[0]?.bindings ?? [];
      const machine = machineOf(path, new Map(bindings.map(({ name, value }) => [name, value])));
      const exploration = checkMachine(machine, { refine: "none" });
      const unmet = group
        .map((expectation) => judge(expectation, exploration))
        .filter(({ met }) => !met)
        .map(({ expectation: { subject }, found }) => ({ ...subject, found }));
      expect({ run, unmet, surprises: surprises(machine, exploration) }).toEqual({
        run,
        unmet: [],
        surprises: [],
      });
    }
  });
}
