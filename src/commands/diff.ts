// `weft diff OLD NEW`: what a patch changed, in verdicts, behaviours, costs and text.

import { type Command, Option } from "commander";
import { didYouMean } from "../diagnostics/suggest.ts";
import { observableNames } from "../diff/behaviours/observation.ts";
import { difference } from "../diff/difference.ts";
import type { VectorDifference, VersionsDiff } from "../diff/vectors.ts";
import type { Compiled } from "../pipeline.ts";
import { differenceDocument } from "../report/diff/json.ts";
import { mailOf } from "../report/diff/mail.ts";
import { markdownOf } from "../report/diff/markdown.ts";
import { drawDifference } from "../report/diff/terminal.ts";
import { paintFor, print, printDiagnostics, printJson, remark } from "./console.ts";
import { type ExitCode, exitCodes, firstCode } from "./exit-codes.ts";
import {
  addValue,
  type CheckOptions,
  varyOption,
  withCompileOptions,
  withFewestSwitches,
  withOutputOptions,
  withSearchOptions,
} from "./options.ts";
import { writeDiffPage } from "./pages.ts";
import { compileSpec, driven } from "./run.ts";
import { vectorsOf } from "./vectors.ts";
import { type Explored, exploreVersion, paramsOf, settingsFor, untold } from "./versions.ts";

interface Options extends CheckOptions {
  readonly vary: ReadonlyMap<string, readonly string[]>;
  readonly observe: readonly string[];
  readonly full?: boolean;
  readonly markdown?: boolean;
  readonly mail?: boolean;
  readonly html?: string;
}

export function addDiff(program: Command): void {
  const command = program
    .command("diff")
    .description("say what a patch changed: verdicts, behaviours, costs, text")
    .argument("<old>", "the version before")
    .argument("<new>", "the version after")
    .addOption(varyOption("compare under each value (repeat: each combination)"))
    .addOption(
      new Option("--observe <name>", "compare behaviours by this variable, lock or cost (repeat)")
        .argParser(addValue)
        .default([], "what the specs observe"),
    );
  command
    .option("--html <file>", "also write a page to step through, in one file")
    .option("--full", "everything in whole, not what fits a screen")
    .addOption(
      new Option("--markdown", "for a pull request").conflicts(["mail", "json", "quiet", "full"]),
    )
    .addOption(
      new Option("--mail", "plain text of 72 columns, as a cover letter").conflicts([
        "json",
        "quiet",
        "full",
      ]),
    );
  withOutputOptions(withFewestSwitches(withSearchOptions(withCompileOptions(command)))).action(
    runDiff,
  );
}

async function runDiff(before: string, after: string, options: Options): Promise<void> {
  const { diff, code } = await compareVersions(before, after, options);
  const { html } = options;
  // Before anything is printed: whoever reads that may go away early.
  const written = diff === null || html === undefined ? [] : [await writeDiffPage(html, diff)];
  if (options.json === true) printJson(differenceDocument(diff, code));
  else if (diff !== null) print(drawn(diff, options));
  process.exitCode = firstCode([code, ...written]);
}

/** The comparison in the form asked for. */
function drawn(diff: VersionsDiff, options: Options): string {
  if (options.markdown === true) return markdownOf(diff);
  if (options.mail === true) return mailOf(diff);
  return drawDifference(diff, { ...options, paint: paintFor(options.color) });
}

/** Compares two versions under every choice of parameters; null if one was refused (its diagnostics are printed). */
export async function compareVersions(
  before: string,
  after: string,
  options: Options,
): Promise<{ readonly diff: VersionsDiff | null; readonly code: ExitCode }> {
  const paths = [before, after] as const;
  // Where nothing is set and nothing is asked for by name, there is nothing to know beforehand.
  const named = options.set.size + options.vary.size + options.observe.length > 0;
  const compiled = named ? paths.map((path) => compileSpec(path, options, new Map())) : [];
  const known = compiled.map(paramsOf);
  const unknown = unknownName(compiled, options.observe);
  if (unknown !== null) {
    remark(unknown);
    return { diff: null, code: exitCodes.usage };
  }
  const codes: ExitCode[] = [];
  const vectors: VectorDifference[] = [];
  const told = new Set<string>();
  for (const values of vectorsOf(options.vary)) {
    const explored: Explored[] = [];
    for (const [index, path] of paths.entries()) {
      const settings = settingsFor(known, index, new Map([...options.set, ...values]));
      const one = await exploreVersion(path, options, settings);
      if (vectors.length === 0 || one.version === null) {
        printDiagnostics(untold(one.diagnostics, told), options.color);
      }
      codes.push(one.code);
      explored.push(one);
    }
    const [old, fresh] = explored.map(({ version }) => version);
    if (!old || !fresh) return { diff: null, code: firstCode(codes) };
    const compared = await driven(options, (limits) =>
      difference(old, fresh, {
        ...limits,
        observe: options.observe.length === 0 ? null : options.observe,
      }),
    );
    vectors.push({ values, difference: compared });
  }
  const names = vectors[0]?.difference;
  const diff = { before: names?.before.name ?? "", after: names?.after.name ?? "", vectors };
  return { diff, code: firstCode(codes) };
}

/** What to say if a name is to be observed that neither version has; null also where a version is refused. */
function unknownName(compiled: readonly Compiled[], asked: readonly string[]): string | null {
  const machines = compiled.flatMap(({ machine }) => machine ?? []);
  const names = new Set(machines.flatMap(observableNames));
  const unknown = asked.find((name) => !names.has(name));
  if (unknown === undefined || machines.length < compiled.length) return null;
  const hint = didYouMean(unknown, [...names]);
  const what = `neither version has a variable, lock or cost \`${unknown}\``;
  return hint === null ? what : `${what}: ${hint}`;
}
