// `weft matrix SPEC… --vary P=v,v`: what each version comes to under each choice of parameters.

import { type Command, Option } from "commander";
import { outcomeOf, rightOutcome } from "../checker/expectations.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import {
  drawMatrix,
  lastLine,
  type Matrix,
  type MatrixCell,
  unexpectedCells,
} from "../report/matrix.ts";
import { paintFor, print, printDiagnostics, printJson, remark } from "./console.ts";
import { type ExitCode, exitCodes, firstCode } from "./exit-codes.ts";
import {
  addValue,
  type CheckOptions,
  varyOption,
  withCompileOptions,
  withLint,
  withOutputOptions,
  withSearchOptions,
} from "./options.ts";
import { type CheckResult, checkSpec, compileSpec } from "./run.ts";
import { type Vector, vectorsOf, vectorWords } from "./vectors.ts";
import { paramsOf, settingsFor, untold, versionName } from "./versions.ts";

export interface MatrixOptions extends CheckOptions {
  readonly vary: ReadonlyMap<string, readonly string[]>;
  readonly property: readonly string[];
}

export function addMatrix(program: Command): void {
  const command = program
    .command("matrix")
    .description("check versions of a spec under several parameters, as a table")
    .argument("<spec...>", "one file a version")
    .addOption(varyOption("a column for each value (repeat: each combination)", "one column"))
    .addOption(
      new Option("--property <name>", "only this property (repeat for several)")
        .argParser(addValue)
        .default([], "those with an expectation"),
    );
  withOutputOptions(withSearchOptions(withLint(withCompileOptions(command)))).action(runMatrix);
}

async function runMatrix(paths: readonly string[], options: MatrixOptions): Promise<void> {
  const { matrix, code } = await checkMatrix(paths, options);
  if (options.json === true) printJson(matrixDocument(matrix, code));
  else if (matrix !== null) {
    const paint = paintFor(options.color);
    print(options.quiet === true ? lastLine(matrix, paint) : drawMatrix(matrix, paint));
  }
  process.exitCode = code;
}

/** Checks every cell; `matrix` is null if a version was refused (its diagnostics are printed). */
export async function checkMatrix(
  paths: readonly string[],
  options: MatrixOptions,
): Promise<{ readonly matrix: Matrix | null; readonly code: ExitCode }> {
  const vectors = vectorsOf(options.vary);
  const versions: Version[] = [];
  const codes: ExitCode[] = [];
  const told = new Set<string>();
  const named = options.set.size + options.vary.size > 0;
  const known = named ? paths.map((path) => paramsOf(compileSpec(path, options, new Map()))) : [];
  for (const [index, path] of paths.entries()) {
    const cells: (CheckResult | null)[] = [];
    for (const vector of vectors) {
      const settings = settingsFor(known, index, new Map([...options.set, ...vector]));
      const checked = await checkSpec(path, options, settings);
      // What is true of a version under all parameters is said once.
      printDiagnostics(untold(checked.diagnostics, told), options.color);
      cells.push(checked.result);
      if (checked.result === null) codes.push(checked.code);
      if (checked.result?.exploration.stoppedBy === "interrupted")
        codes.push(exitCodes.interrupted);
    }
    versions.push({ name: versionName(path), cells });
  }
  if (codes.some((code) => code !== exitCodes.interrupted)) {
    return { matrix: null, code: firstCode(codes) };
  }
  const unknown = unknownProperty(namesOf(versions), options.property);
  if (unknown !== null) {
    remark(unknown);
    return { matrix: null, code: exitCodes.usage };
  }
  const matrix = matrixOf(versions, vectors, options.property);
  if (unexpectedCells(matrix) > 0) codes.push(exitCodes.violation);
  if (!matrix.complete && !codes.includes(exitCodes.interrupted)) codes.push(exitCodes.limit);
  return { matrix, code: firstCode(codes) };
}

interface Version {
  readonly name: string;
  readonly cells: readonly (CheckResult | null)[];
}

/** All names of properties in any version, those of the built-in checks included. */
function namesOf(versions: readonly Version[]): ReadonlySet<string> {
  const results = versions.flatMap(({ cells }) => cells.filter((cell) => cell !== null));
  return new Set(
    results.flatMap(({ exploration }) => exploration.verdicts.map(({ name }) => name)),
  );
}

/** What to say if a property is asked for that no version has; else null. */
export function unknownProperty(
  names: ReadonlySet<string>,
  asked: readonly string[],
): string | null {
  const unknown = asked.find((name) => !names.has(name));
  if (unknown === undefined) return null;
  const hint = didYouMean(unknown, [...names]);
  return `no version has a property \`${unknown}\`${hint === null ? "" : `: ${hint}`}`;
}

function matrixOf(
  versions: readonly Version[],
  vectors: readonly Vector[],
  asked: readonly string[],
): Matrix {
  const results = versions.flatMap(({ cells }) => cells.filter((cell) => cell !== null));
  const blocks = [...namesOf(versions)]
    .filter((property) => asked.length === 0 || asked.includes(property))
    .map((property) => ({
      property,
      rows: versions.map((version, row) => ({
        version: version.name,
        cells: version.cells.map((cell, column) =>
          cell === null ? null : cellOf(cell, versions[row - 1]?.cells[column] ?? null, property),
        ),
      })),
    }));
  const costs = new Set(
    results.flatMap(({ exploration }) => exploration.costs.map(({ name }) => name)),
  );
  return {
    columns: vectors.map(vectorWords),
    properties:
      asked.length > 0
        ? blocks
        : blocks.filter(({ property, rows }) => isTelling(versions, property, rows)),
    costs: [...costs].map((cost) => ({
      cost,
      rows: versions.map((version) => ({
        version: version.name,
        totals: version.cells.map((cell) => {
          const total = cell?.exploration.costs.find(({ name }) => name === cost);
          return total === undefined ? null : { least: total.least, greatest: total.greatest };
        }),
      })),
    })),
    complete: results.every(({ exploration }) => exploration.complete),
  };
}

/** Unless asked for by name, a property is shown if some version expects something of it or a cell is amiss. */
function isTelling(
  versions: readonly Version[],
  property: string,
  rows: readonly { readonly cells: readonly (MatrixCell | null)[] }[],
): boolean {
  const amiss = rows.some(({ cells }) =>
    cells.some((cell) => cell !== null && cell.outcome !== cell.expected),
  );
  const expected = versions.some(({ cells }) =>
    cells.some((cell) =>
      cell?.machine.expectations.some(
        ({ subject }) => subject.kind === "property" && subject.name === property,
      ),
    ),
  );
  return amiss || expected;
}

/** What a property comes to; `above` is the version before under the same choice of parameters. */
function cellOf(
  { machine, exploration }: CheckResult,
  above: CheckResult | null,
  property: string,
): MatrixCell | null {
  const verdict = exploration.verdicts.find(({ name }) => name === property);
  if (verdict === undefined) return null;
  const outcome = outcomeOf(exploration, property);
  const expected = rightOutcome(machine, exploration.parameters, verdict, outcome);
  const known = above?.exploration.verdicts.some(({ name }) => name === property) === true;
  const before = known ? outcomeOf(above.exploration, property) : outcome;
  const flipped = before !== outcome && before !== "unknown" && outcome !== "unknown";
  return { outcome, expected, flipped };
}

function matrixDocument(matrix: Matrix | null, code: ExitCode): object {
  return { format: "weft-matrix/1", exitCode: code, ...(matrix ?? { properties: null }) };
}
