// `weft fmt FILE…`: the one way to lay out a spec.

import type { Command } from "commander";
import { report } from "../diagnostics/report.ts";
import { format } from "../language/format.ts";
import { parse } from "../language/parse.ts";
import { readText, standardInput } from "../runtime/files.ts";
import { type ColorMode, print, printDiagnostics, wroteFile } from "./console.ts";
import { codeOfDiagnostics, type ExitCode, exitCodes, firstCode } from "./exit-codes.ts";
import { colorOption } from "./options.ts";
import { shownPath } from "./run.ts";

interface Options {
  readonly check?: boolean;
  readonly color: ColorMode;
}

export function addFmt(program: Command): void {
  program
    .command("fmt")
    .description("lay out specs in the one way")
    .argument(
      "<file...>",
      "files to rewrite in place; - reads standard input and writes to standard output",
    )
    .option("--check", "only name the files that would change, and exit with 1 if there are any")
    .addOption(colorOption())
    .action(runFmt);
}

function runFmt(paths: readonly string[], options: Options): void {
  process.exitCode = firstCode(paths.map((path) => formatFile(path, options)));
}

function formatFile(path: string, { check = false, color }: Options): ExitCode {
  const text = readText(path);
  if (text === null) {
    printDiagnostics([report("file-missing", null, { path })], color);
    return exitCodes.usage;
  }
  const { file, diagnostics } = parse({ path: shownPath(path), text });
  if (file === null || diagnostics.some(({ severity }) => severity === "error")) {
    printDiagnostics(diagnostics, color);
    return codeOfDiagnostics(diagnostics);
  }
  const formatted = format(file);
  if (check) {
    if (formatted === text) return exitCodes.holds;
    print(shownPath(path));
    return exitCodes.usage;
  }
  if (path === standardInput) print(formatted);
  else if (formatted !== text && !wroteFile(path, formatted)) return exitCodes.usage;
  return exitCodes.holds;
}
