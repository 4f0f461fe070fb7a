// `weft series BASE PATCH…`: what the patches of a series do together, which are needed, which orders are safe.

import { type Command, Option } from "commander";
import { dependencesOf, needsOf } from "../diff/series/needs.ts";
import { ordersOf } from "../diff/series/orders.ts";
import {
  prefixesOf,
  propertiesOf,
  type SeriesResults,
  type SubsetResult,
  subsetsOf,
} from "../diff/series/series.ts";
import {
  drawSeries,
  lastSeriesLine,
  type Series,
  type SeriesVector,
  unexpectedSubsets,
} from "../report/series.ts";
import { seriesDocument } from "../report/series-json.ts";
import { paintFor, print, printDiagnostics, printJson, remark } from "./console.ts";
import { codeOfDiagnostics, type ExitCode, exitCodes, firstCode } from "./exit-codes.ts";
import { unknownProperty } from "./matrix.ts";
import {
  addValue,
  type CheckOptions,
  varyOption,
  withCompileOptions,
  withOutputOptions,
  withSearchOptions,
} from "./options.ts";
import { checkSubset, compileSubset, seriesFiles } from "./series-subsets.ts";
import { vectorsOf, vectorWords } from "./vectors.ts";
import { versionName } from "./versions.ts";

interface Options extends CheckOptions {
  readonly vary: ReadonlyMap<string, readonly string[]>;
  readonly property: readonly string[];
  readonly subsets?: boolean;
}

/** 2^10 searches are many already. */
const mostPatches = 10;

export function addSeries(program: Command): void {
  const command = program
    .command("series")
    .description("say what the patches of a series do together, and which are needed")
    .argument("<base>", "the spec or patch that they apply to")
    .argument("<patch...>", "the patches in their order, whatever each says that it is a patch of")
    .option("--subsets", "check every subset of the series, not only what it passes through")
    .addOption(varyOption("check under each value (repeat: each combination)"))
    .addOption(
      new Option("--property <name>", "look at this property only (repeat for several)")
        .argParser(addValue)
        .default([], "all; shown is what is violated somewhere"),
    );
  withOutputOptions(withSearchOptions(withCompileOptions(command))).action(runSeries);
}

async function runSeries(
  base: string,
  patches: readonly string[],
  options: Options,
): Promise<void> {
  const { series, code } = await checkSeries(base, patches, options);
  if (options.json === true) printJson(seriesDocument(series, code));
  else if (series !== null) {
    const paint = paintFor(options.color);
    const quiet = options.quiet === true;
    print(quiet ? lastSeriesLine(series, paint) : drawSeries(series, options.property, paint));
  }
  process.exitCode = code;
}

/** Checks the subsets of a series; `series` is null if it was refused (what is wrong is printed). */
async function checkSeries(
  base: string,
  patches: readonly string[],
  options: Options,
): Promise<{ readonly series: Series | null; readonly code: ExitCode }> {
  const everySubset = options.subsets === true;
  if (everySubset && patches.length > mostPatches) {
    const count = patches.length;
    remark(`--subsets checks up to ${mostPatches} patches, not ${count}; without it, any number`);
    return { series: null, code: exitCodes.usage };
  }
  const files = seriesFiles(base, patches, options);
  const whole = patches.map((_, index) => index);
  const codes: ExitCode[] = [];
  const checked: { readonly column: string; readonly results: SeriesResults }[] = [];
  for (const vector of vectorsOf(options.vary)) {
    const settings = new Map([...options.set, ...vector]);
    const { machine, diagnostics } = compileSubset(files, whole, settings, options);
    if (checked.length === 0 || machine === null) printDiagnostics(diagnostics, options.color);
    if (machine === null) return { series: null, code: codeOfDiagnostics(diagnostics) };
    const subsets: SubsetResult[] = [];
    for (const subset of (everySubset ? subsetsOf : prefixesOf)(patches.length)) {
      if (codes.includes(exitCodes.interrupted)) break;
      const { result, code } = await checkSubset(files, subset, settings, options);
      subsets.push(result);
      codes.push(code);
    }
    checked.push({ column: vectorWords(vector), results: { patches: patches.length, subsets } });
    if (codes.includes(exitCodes.interrupted)) break;
  }
  const names = new Set(checked.flatMap(({ results }) => propertiesOf(results)));
  const unknown = unknownProperty(names, options.property);
  if (unknown !== null) {
    remark(unknown);
    return { series: null, code: exitCodes.usage };
  }
  const series: Series = {
    base: versionName(base),
    patches: patches.map(versionName),
    everySubset,
    vectors: checked.map(({ column, results }) =>
      concludedFrom(column, onlyAsked(results, options.property)),
    ),
    complete: codes.every((code) => code === exitCodes.holds),
  };
  if (unexpectedSubsets(series).length > 0) codes.push(exitCodes.violation);
  return { series, code: firstCode(codes) };
}

/** The results as far as they concern the properties that were asked for; all of them if none were. */
function onlyAsked(results: SeriesResults, asked: readonly string[]): SeriesResults {
  if (asked.length === 0) return results;
  const subsets = results.subsets.map(({ outcomes, unexpected, ...subset }) => ({
    ...subset,
    outcomes: outcomes && new Map([...outcomes].filter(([name]) => asked.includes(name))),
    unexpected: unexpected.filter((name) => asked.includes(name)),
  }));
  return { ...results, subsets };
}

function concludedFrom(column: string, results: SeriesResults): SeriesVector {
  return {
    column,
    results,
    needs: needsOf(results),
    dependences: dependencesOf(results),
    orders: ordersOf(results),
  };
}
