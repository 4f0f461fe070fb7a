// Engines that are none: they answer from Weft's interpreter, truly or with a lie to be found.

import { check } from "../../src/checker/check.ts";
import type { Exploration } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import { interpretedSystem } from "../../src/checker/interpreted-system.ts";
import type { Engine, EngineResult, EngineVerdict } from "../../src/engines/engine.ts";
import type { Machine } from "../../src/machine/machine.ts";

/** Answers with what the interpreter says, changed by `lie`. */
export function fakeEngine(
  lie: (truth: EngineResult, machine: Machine) => EngineResult = (truth) => truth,
): Engine {
  return {
    name: "spin",
    missing: async () => null,
    async check(machine) {
      const exploration = finish(check(machine, interpretedSystem(machine), { refine: "none" }));
      return { kind: "result", result: lie(resultOf(exploration), machine) };
    },
  };
}

function resultOf({ distinctStates, transitions, depth, verdicts }: Exploration): EngineResult {
  return {
    ...{ engine: "spin", version: "0", flags: ["--fake"], complete: true },
    ...{ states: distinctStates, transitions, depth, seconds: 0, memoryBytes: null },
    verdicts: verdicts.flatMap(({ kind, name, outcome }): EngineVerdict[] =>
      kind === "stuck" || kind === "lock_order" ? [] : [{ kind, name, outcome, behaviour: null }],
    ),
  };
}
