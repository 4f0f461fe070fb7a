// `weft check SPEC…`: explore every behaviour and say what holds.

import type { Command } from "commander";
import type { Found } from "../checker/exploration.ts";
import type { Disagreement } from "../engines/agreement.ts";
import type { Engine } from "../engines/engine.ts";
import { drawDisagreements } from "../report/agreement.ts";
import { type CheckFacts, checkDocument, checksDocument } from "../report/json.ts";
import { drawProfile } from "../report/profile.ts";
import { drawExploration, type TraceStyle } from "../report/verdicts.ts";
import { checkAgreement } from "./agreement.ts";
import {
  type CheckpointOptions,
  checkpointMisuse,
  checkSpecKept,
  usesCheckpoint,
  withCheckpoint,
} from "./checkpoint.ts";
import { paintFor, print, printDiagnostics, printJson, remark } from "./console.ts";
import { checkSpecBy } from "./engine.ts";
import { type EngineOptions, engineMisuse, engineOf, withEngine } from "./engine-options.ts";
import { type ExitCode, exitCodes, firstCode } from "./exit-codes.ts";
import { checkFrozen, type FreezeOptions, freezeMisuse } from "./freeze.ts";
import {
  type CheckOptions,
  parsePath,
  type ReductionOptions,
  tracesOption,
  varyOption,
  wishesOf,
  withCompileOptions,
  withFewestSwitches,
  withLint,
  withOutputOptions,
  withReductions,
  withSearchOptions,
} from "./options.ts";
import { writeCheckPage } from "./pages.ts";
import { type Checked, checkSpec } from "./run.ts";
import { spillMisuse } from "./spill.ts";

interface Options
  extends CheckOptions,
    CheckpointOptions,
    EngineOptions,
    FreezeOptions,
    ReductionOptions {
  readonly traces: TraceStyle;
  readonly report?: string;
}

/** A check by whoever was asked. */
type Result = Checked<Found> & { readonly disagreements?: readonly Disagreement[] };

export function addCheck(program: Command): void {
  const command = program
    .command("check")
    .description("explore every behaviour of a spec and say what holds")
    .argument("<spec...>", "files to check; - is standard input")
    .option("--first", "stop at the first violation")
    .option(
      "--spill <folder>",
      "keep states on disk there when --memory is full, and go on",
      parsePath,
    )
    .option("--profile", "also say where the states come from, and what they are made of")
    .option("--report <file.html>", "also write a page to step through, in one file")
    .option("--freeze", "keep the results in <spec>.lock.json, beside the spec")
    .option("--frozen", "fail if the results are not those that were frozen, and say what changed")
    .addOption(varyOption("with --freeze or --frozen: under each value (repeat: each combination)"))
    .addOption(tracesOption());
  withLint(withCompileOptions(command));
  withReductions(withEngine(withFewestSwitches(withCheckpoint(withSearchOptions(command)))));
  withOutputOptions(command).action(runCheck);
}

/** A page is about one spec, and about what Weft or one other engine found of it. */
function reportMisuse(paths: readonly string[], options: Options): string | null {
  if (options.report === undefined) return null;
  if (paths.length > 1) return "--report writes the page of one spec; check them one by one";
  const elsewhere = options.engine === "all" || options.freeze === true || options.frozen === true;
  return elsewhere ? "--report does not go with --engine all, --freeze or --frozen" : null;
}

/** A profile is about states that Weft itself has in memory. */
function profileMisuse(options: Options, given: (name: string) => boolean): string | null {
  if (options.profile !== true) return null;
  const reasons: readonly (readonly [boolean, string])[] = [
    [given("engine"), "--engine: only states that Weft itself finds can be looked at"],
    [given("freeze") || given("frozen"), "--freeze or --frozen: nothing of it is frozen"],
    [given("spill"), "--spill: states on disk are gone when the search has ended"],
    [options.backend === "interpreter", "--backend interpreter: its states have no parts"],
  ];
  const reason = reasons.find(([wrong]) => wrong)?.[1];
  return reason === undefined ? null : `--profile does not go with ${reason}`;
}

async function runCheck(
  paths: readonly string[],
  options: Options,
  command: Command,
): Promise<void> {
  const given = (name: string): boolean => command.getOptionValueSource(name) === "cli";
  const misuse =
    engineMisuse(options, given) ??
    freezeMisuse(paths, options, given) ??
    spillMisuse(options, given) ??
    checkpointMisuse(paths, options, given) ??
    profileMisuse(options, given) ??
    reportMisuse(paths, options);
  if (misuse !== null) {
    remark(misuse);
    process.exitCode = exitCodes.usage;
    return;
  }
  if (options.freeze === true || options.frozen === true) {
    process.exitCode = await checkFrozen(paths, options);
    return;
  }
  if (options.engine === "all") {
    await checkAgreement(paths, options);
    return;
  }
  const engine = engineOf(options);
  const checks: Result[] = [];
  const written: ExitCode[] = [];
  for (const path of paths) {
    const checked = await checkedBy(engine, path, { ...options, reduce: wishesOf(options) });
    checks.push(checked);
    // Before anything is printed: whoever reads that may go away early.
    if (options.report !== undefined && checked.result !== null) {
      written.push(await writeCheckPage(options.report, checked.result));
    }
    if (options.json === true) continue;
    printDiagnostics(checked.diagnostics, options.color);
    show(checked, options, checks.length > 1);
  }
  if (options.json === true) {
    const [first] = checks;
    const facts = checks.map(factsOf);
    printJson(
      checks.length === 1 && first !== undefined
        ? checkDocument(factsOf(first))
        : checksDocument(facts),
    );
  }
  process.exitCode = firstCode([...checks.map(({ code }) => code), ...written]);
}

function checkedBy(
  engine: Engine | null,
  path: string,
  options: Options & Required<Pick<Options, "reduce">>,
): Promise<Result> {
  if (engine !== null) return checkSpecBy(path, engine, options);
  return usesCheckpoint(options) ? checkSpecKept(path, options) : checkSpec(path, options);
}

function show(
  { path, result, disagreements = [] }: Result,
  options: Options,
  following: boolean,
): void {
  if (result === null) return;
  const { machine, exploration, findings } = result;
  const paint = paintFor(options.color);
  const { traces, quiet = false } = options;
  const drawing = { paint, traces, quiet };
  if (following && !quiet) print("");
  if (disagreements.length > 0) {
    const differing = drawDisagreements(machine, disagreements, drawing);
    print(quiet ? differing : `${differing}\n\n`);
  }
  const text = drawExploration(machine, exploration, findings, drawing);
  print(quiet ? `${path}: ${text}` : text);
  const { profile } = result;
  if (profile === null) remark("the profile was interrupted");
  else if (profile !== undefined && !quiet) print(`\n${drawProfile(machine, profile)}`);
}

function factsOf({ path, diagnostics, code, result, disagreements }: Result): CheckFacts {
  return { path, diagnostics, exitCode: code, result, ...(disagreements ? { disagreements } : {}) };
}
