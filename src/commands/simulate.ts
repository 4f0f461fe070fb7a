// `weft simulate SPEC`: random walks through a spec that is too large to be explored.

import { type Command, InvalidArgumentError } from "commander";
import { type Simulation, simulate } from "../checker/simulate.ts";
import { packedSystem } from "../pipeline.ts";
import {
  drawSimulation,
  simulationDocument,
  simulationProgressLine,
} from "../report/simulation.ts";
import type { TraceStyle } from "../report/verdicts.ts";
import { paintFor, print, printDiagnostics, printJson } from "./console.ts";
import {
  type CompileOptions,
  parseCount,
  type ResourceLimits,
  tracesOption,
  withCompileOptions,
  withOutputOptions,
  withResourceLimits,
} from "./options.ts";
import { type Checked, compileSpec, concluded, drivenTelling, refused } from "./run.ts";

interface Options extends CompileOptions, ResourceLimits {
  readonly runs: number;
  readonly depth: number;
  readonly seed: number;
  readonly traces: TraceStyle;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function addSimulate(program: Command): void {
  const command = program
    .command("simulate")
    .description("walk through a spec at random, and say what was met: never that anything holds")
    .argument("<spec>", "the file; - is standard input")
    .option("--runs <n>", "this many walks", parseCount, 1000)
    .option("--depth <n>", "of at most this many steps", parseCount, 1000)
    .option("--seed <n>", "of the random numbers: the same seed, the same walks", parseSeed, 1)
    .addOption(tracesOption());
  withOutputOptions(withResourceLimits(withCompileOptions(command))).action(runSimulate);
}

async function runSimulate(path: string, options: Options): Promise<void> {
  const simulated = await simulateSpec(path, options);
  const { diagnostics, code, result } = simulated;
  if (options.json === true) {
    printJson(simulationDocument({ path: simulated.path, diagnostics, exitCode: code, result }));
  } else {
    printDiagnostics(diagnostics, options.color);
    if (result !== null) {
      const { machine, exploration, findings } = result;
      const { traces, quiet = false } = options;
      const drawing = { paint: paintFor(options.color), traces, quiet };
      const text = drawSimulation(machine, exploration, findings, drawing);
      print(quiet ? `${simulated.path}: ${text}` : text);
    }
  }
  process.exitCode = code;
}

async function simulateSpec(path: string, options: Options): Promise<Checked<Simulation>> {
  const { machine, diagnostics } = compileSpec(path, options);
  if (machine === null) return refused(path, diagnostics);
  const { runs, depth, seed } = options;
  const simulation = await drivenTelling(options, simulationProgressLine, (limits) =>
    simulate(machine, packedSystem(machine), { ...limits, runs, depth, seed }),
  );
  return concluded(path, diagnostics, machine, simulation);
}

function parseSeed(text: string): number {
  const digits = text.replaceAll("_", "");
  const seed = Number(digits);
  if (!/^\d+$/.test(digits) || seed >= 2 ** 32) {
    throw new InvalidArgumentError("write a whole number below 2^32.");
  }
  return seed;
}
