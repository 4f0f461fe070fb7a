// `weft compile SPEC`: write the spec as a TypeScript module.

import { join } from "node:path";
import type { Command } from "commander";
import { emitTypeScript } from "../emit/typescript.ts";
import type { Machine } from "../machine/machine.ts";
import { hashTexts } from "../runtime/hash.ts";
import { version } from "../version.ts";
import { print, printDiagnostics, remark, wroteFile } from "./console.ts";
import { codeOfDiagnostics, exitCodes } from "./exit-codes.ts";
import { type CompileOptions, withCompileOptions, withLint } from "./options.ts";
import { compileSpec, stdinName } from "./run.ts";

interface Options extends CompileOptions {
  readonly output?: string;
}

export function addCompile(program: Command): void {
  const command = program
    .command("compile")
    .description("write a spec as a TypeScript module that imports nothing")
    .argument("<spec>", "the file; - is standard input")
    .option("-o, --output <folder>", "the folder to write NAME.ts to (default: standard output)");
  withLint(withCompileOptions(command)).action(runCompile);
}

function runCompile(path: string, options: Options): void {
  const { machine, diagnostics } = compileSpec(path, options);
  printDiagnostics(diagnostics, options.color);
  if (machine === null) {
    process.exitCode = codeOfDiagnostics(diagnostics);
    return;
  }
  const text = moduleOf(machine);
  if (options.output === undefined) {
    print(text);
    return;
  }
  const name = machine.source.path === stdinName ? machine.name : baseName(machine.source.path);
  const file = join(options.output, `${name}.ts`);
  if (wroteFile(file, text)) remark(`wrote ${file}`);
  else process.exitCode = exitCodes.usage;
}

/** The module as it is written to a file. */
export function moduleOf(machine: Machine): string {
  const sourceHash = hashTexts(machine.sources.map(({ text }) => text));
  return emitTypeScript(machine, { types: true, toolVersion: version, sourceHash });
}

function baseName(path: string): string {
  return path.replace(/^.*[\\/]/, "").replace(/\.weft$/, "");
}
