// `weft emit NOTATION SPEC`: write the spec in the notation of another tool.

import { join } from "node:path";
import type { Command } from "commander";
import { report } from "../diagnostics/report.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { type Notation, notationNamed, notations } from "../emit/notations.ts";
import type { Translation } from "../emit/translation.ts";
import { listed } from "../report/words.ts";
import { print, printDiagnostics, remark, wroteFile } from "./console.ts";
import { codeOfDiagnostics, exitCodes } from "./exit-codes.ts";
import { type CompileOptions, parseCount, withCompileOptions, withLint } from "./options.ts";
import { compileSpec } from "./run.ts";

interface Options extends CompileOptions {
  readonly output?: string;
  /** How many searches. */
  readonly swarm?: number;
}

const examples = `
Notations:
  tla      a TLA+ module, with configurations for TLC
  promela  a Promela model, for SPIN
  murphi   a Murphi model, for rumur

Examples:
  weft emit promela specs/classics/peterson.weft > peterson.pml
  weft emit tla specs/classics/peterson.weft -o translated
  weft emit murphi specs/classics/dining.weft --set N=4 -o translated
  weft emit promela specs/classics/mcs-lock.weft --swarm 16 -o swarm`;

export function addEmit(program: Command): void {
  const command = program
    .command("emit")
    .description("write a spec in the notation of another tool, one step for one step")
    .argument("<notation>", "tla, promela or murphi")
    .argument("<spec>", "the file; - is standard input")
    .option(
      "-o, --output <folder>",
      "the folder to write all files to, named after the spec (default: the main one to standard output)",
    )
    .option(
      "--swarm <n>",
      "with promela: a script that runs this many partial searches of SPIN, each different",
      parseCount,
    )
    .addHelpText("after", examples);
  withLint(withCompileOptions(command)).action(runEmit);
}

function runEmit(name: string, path: string, options: Options): void {
  const notation = notationNamed(name);
  const misuse = notation === null ? unknownNotation(name) : misuseOf(notation, options);
  if (notation === null || misuse !== null) {
    remark(misuse ?? "");
    process.exitCode = exitCodes.usage;
    return;
  }
  const { machine, diagnostics } = compileSpec(path, options);
  printDiagnostics(diagnostics, options.color);
  if (machine === null) {
    process.exitCode = codeOfDiagnostics(diagnostics);
    return;
  }
  const { swarm } = options;
  const translated =
    notation.swarm === null || swarm === undefined
      ? notation.emit(machine)
      : notation.swarm(machine, swarm);
  if (translated.kind === "refusal") {
    const { span, reason } = translated.refusal;
    const refusal = report("not-translatable", span, { notation: notation.title, reason });
    printDiagnostics([refusal], options.color);
    process.exitCode = codeOfDiagnostics([refusal]);
    return;
  }
  tellRenamed(notation, translated.translation);
  if (!delivered(translated.translation, options.output)) process.exitCode = exitCodes.usage;
}

/** Why the options do not go with this notation; null if they do. */
function misuseOf({ swarm }: Notation, options: Options): string | null {
  if (!options.fold) return "--no-fold: other notations know no local work that is no step";
  return swarm === null && options.swarm !== undefined ? "--swarm goes with promela" : null;
}

function unknownNotation(name: string): string {
  const hint = didYouMean(
    name,
    notations.map((notation) => notation.name),
  );
  const known = listed(notations.map((notation) => notation.name));
  return `there is no notation \`${name}\`${hint === null ? `; there are ${known}` : `: ${hint}`}`;
}

function tellRenamed({ title }: Notation, { renamed }: Translation): void {
  for (const { from, to } of renamed) remark(`\`${from}\` is \`${to}\` in ${title}`);
}

/** Writes the files; without a folder the main one to standard output. False if one cannot be written. */
function delivered({ files }: Translation, folder: string | undefined): boolean {
  const [main, ...others] = files;
  if (folder === undefined) {
    print(main?.text ?? "");
    const names = listed(others.map(({ name }) => name));
    const verb = others.length === 1 ? "belongs" : "belong";
    if (others.length > 0)
      remark(`${names} ${verb} to ${main?.name}: -o FOLDER writes all of them`);
    return true;
  }
  return files.every(({ name, text }) => {
    const file = join(folder, name);
    const wrote = wroteFile(file, text);
    if (wrote) remark(`wrote ${file}`);
    return wrote;
  });
}
