// `weft check SPEC…`: explore every behaviour and say what holds.

import type { Command } from "commander";
import { Option } from "commander";
import { type CheckFacts, checkDocument, checksDocument } from "../report/json.ts";
import { drawExploration, type TraceStyle } from "../report/verdicts.ts";
import { paintFor, print, printDiagnostics, printJson } from "./console.ts";
import { firstCode } from "./exit-codes.ts";
import {
  type CheckOptions,
  withCompileOptions,
  withFewestSwitches,
  withLint,
  withOutputOptions,
  withSearchOptions,
} from "./options.ts";
import { type Checked, checkSpec } from "./run.ts";

interface Options extends CheckOptions {
  readonly traces: TraceStyle;
}

export function addCheck(program: Command): void {
  const command = program
    .command("check")
    .description("explore every behaviour of a spec and say what holds")
    .argument("<spec...>", "files to check; - is standard input")
    .option("--first", "stop at the first violation")
    .addOption(
      new Option("--traces <how>", "how counterexamples are shown")
        .choices(["columns", "text"])
        .default("columns"),
    );
  withLint(withCompileOptions(command));
  withOutputOptions(withFewestSwitches(withSearchOptions(command))).action(runCheck);
}

async function runCheck(paths: readonly string[], options: Options): Promise<void> {
  const checks: Checked[] = [];
  for (const path of paths) {
    const checked = await checkSpec(path, options);
    checks.push(checked);
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
  process.exitCode = firstCode(checks.map(({ code }) => code));
}

function show({ path, result }: Checked, options: Options, following: boolean): void {
  if (result === null) return;
  const { machine, exploration, findings } = result;
  const paint = paintFor(options.color);
  const { traces, quiet = false } = options;
  const text = drawExploration(machine, exploration, findings, { paint, traces, quiet });
  if (following && !quiet) print("");
  print(quiet ? `${path}: ${text}` : text);
}

function factsOf({ path, diagnostics, code, result }: Checked): CheckFacts {
  return { path, diagnostics, exitCode: code, result };
}
