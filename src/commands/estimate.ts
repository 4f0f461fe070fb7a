// `weft estimate SPEC --vary P=1,2,3`: how the number of states grows with a param, and from which value on it will be too much.

import type { Command } from "commander";
import { guessNext, measure, type Size } from "../checker/growth.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Machine } from "../machine/machine.ts";
import { compiledSearch, packedSystem } from "../pipeline.ts";
import { drawEstimate, type Estimate, estimateDocument } from "../report/estimate.ts";
import { defaultMemory } from "../runtime/memory.ts";
import { print, printDiagnostics, printJson, remark } from "./console.ts";
import { codeOfDiagnostics, codeOfLimit, type ExitCode, exitCodes } from "./exit-codes.ts";
import {
  type CompileOptions,
  type ResourceLimits,
  varyOption,
  withCompileOptions,
  withResourceLimits,
} from "./options.ts";
import { compileSpec, driven } from "./run.ts";

interface Options extends CompileOptions, ResourceLimits {
  readonly vary: ReadonlyMap<string, readonly string[]>;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Seconds that one size may take if nobody says. */
const TIME_LIMIT = 30;
/** Guesses that go further than this are worth nothing. */
const MOST_GUESSES = 8;

export function addEstimate(program: Command): void {
  const command = program
    .command("estimate")
    .description(
      "count the states of small sizes, and guess from which size on this computer will not do",
    )
    .argument("<spec>", "the file; - is standard input")
    .addOption(varyOption("the sizes, smallest first", "none: it must be given"))
    .option("--json", "one JSON document on standard output")
    .option("-q, --quiet", "no progress");
  withResourceLimits(withCompileOptions(command)).action(runEstimate);
}

async function runEstimate(path: string, options: Options): Promise<void> {
  const [varied, ...more] = options.vary;
  if (varied === undefined || more.length > 0) {
    remark("say which param gives the size, with its values: --vary P=1,2,3 (one param, once)");
    process.exitCode = exitCodes.usage;
    return;
  }
  const [parameter, values] = varied;
  if (options.set.has(parameter)) {
    remark(`${parameter} varies: --set cannot give it another value`);
    process.exitCode = exitCodes.usage;
    return;
  }
  const limits = { ...options, timeLimit: options.timeLimit ?? TIME_LIMIT };
  const memoryBytes = options.memory ?? defaultMemory();
  const sizes: { value: string; size: Size }[] = [];
  let title = "";
  for (const value of values) {
    const { machine, diagnostics } = withValue(path, options, parameter, value);
    if (machine === null) {
      printDiagnostics(diagnostics, options.color);
      process.exitCode = codeOfDiagnostics(diagnostics);
      return;
    }
    title = `${machine.source.path}: ${machine.name}`;
    const size = await driven({ ...limits, memory: memoryBytes }, (until) =>
      // In the form that large searches have, whatever the size: its bytes a state are those that matter.
      measure(packedSystem(machine), { ...until, compiled: compiledSearch(machine, 0) }),
    );
    sizes.push({ value, size });
    if (size.stoppedBy !== null) break;
  }
  const guessing = guessesFor(path, options, parameter, sizes);
  const estimate: Estimate = { title, parameter, sizes, memoryBytes, ...guessing };
  const code = codeOfSizes(sizes.map(({ size }) => size));
  if (options.json === true) printJson(estimateDocument(estimate, code));
  else print(drawEstimate(estimate));
  process.exitCode = code;
}

function withValue(
  path: string,
  options: Options,
  parameter: string,
  value: string,
): { readonly machine: Machine | null; readonly diagnostics: readonly Diagnostic[] } {
  return compileSpec(path, options, new Map([...options.set, [parameter, value]]));
}

/** Guesses for the values that follow those explored, as far as the spec takes them. */
function guessesFor(
  path: string,
  options: Options,
  parameter: string,
  sizes: Estimate["sizes"],
): Pick<Estimate, "guesses" | "noGuess"> {
  const none = (noGuess: string) => ({ guesses: [], noGuess });
  const explored = sizes.filter(({ size }) => size.stoppedBy === null);
  const numbers = explored.map(({ value }) => (/^-?\d+$/.test(value) ? Number(value) : Number.NaN));
  const step = (numbers[1] ?? Number.NaN) - (numbers[0] ?? Number.NaN);
  if (explored.length < 3) return none("it takes three sizes that were explored to the end");
  const even = numbers.every((value, index) => value === (numbers[0] ?? 0) + index * step);
  if (!even || step <= 0) return none("the values are not numbers that go up by the same step");
  const states = explored.map(({ size }) => size.states);
  const last = numbers.at(-1) ?? 0;
  const guesses = guessNext(states, MOST_GUESSES).map((guess, index) => {
    const value = String(last + (index + 1) * step);
    // Of a size that met a limit, this many states are known.
    const known = sizes.find((one) => one.value === value)?.size.states ?? 0;
    return {
      value,
      guess: { low: Math.max(guess.low, known), high: Math.max(guess.high, known) },
    };
  });
  const refused = guesses.findIndex(
    ({ value }) => withValue(path, options, parameter, value).machine === null,
  );
  const taken = refused < 0 ? guesses : guesses.slice(0, refused);
  return taken.length > 0
    ? { guesses: taken, noGuess: null }
    : none(`the spec takes no larger ${parameter}`);
}

function codeOfSizes(sizes: readonly Size[]): ExitCode {
  const stoppedBy = sizes.at(-1)?.stoppedBy ?? null;
  return stoppedBy === null ? exitCodes.holds : codeOfLimit(stoppedBy);
}
