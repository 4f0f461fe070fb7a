// A series of patches: what each subset comes to, which patches are needed, which orders pass through a broken state.

import type { Dependence, Needs } from "../diff/series/needs.ts";
import type { Orders } from "../diff/series/orders.ts";
import { propertiesOf, type SeriesResults, type SubsetResult } from "../diff/series/series.ts";
import { outcomeRoles } from "./matrix.ts";
import { needsLines, orderLines, subsetName } from "./series-words.ts";
import { type Paint, plain } from "./style.ts";
import { type Cell, drawTable } from "./table.ts";
import { plural } from "./words.ts";

/** A series under all choices of parameters that were asked for. */
export interface Series {
  /** By the names of the files. */
  readonly base: string;
  readonly patches: readonly string[];
  /** Was every subset looked at, or the prefixes only? */
  readonly everySubset: boolean;
  readonly vectors: readonly SeriesVector[];
  /** False if any of the searches ended early. */
  readonly complete: boolean;
}

/** A series under one choice of parameters. */
export interface SeriesVector {
  /** `DEBUG_VM = false`; empty if nothing varies. */
  readonly column: string;
  /** If only some properties were asked for, of these. */
  readonly results: SeriesResults;
  /** Nothing is concluded from prefixes alone but how the series does in its own order. */
  readonly needs: readonly Needs[];
  readonly dependences: readonly Dependence[];
  readonly orders: Orders;
}

/** The widest line, and the widest common cell. */
const columns = 100;
const widestCell = "does not apply".length;
/** Of longer series only the prefixes are in the tables. */
const mostPatchesInTable = 5;

/** Draws a series; lines without a line break at the end. `asked`: properties to show in any case. */
export function drawSeries(series: Series, asked: readonly string[], paint: Paint = plain): string {
  return [
    drawPatches(series, paint),
    ...series.vectors.flatMap((vector) => [
      drawSubsets(vector, tellingProperties(vector, asked), paint),
      ...drawConclusions(series, vector),
    ]),
    drawClosing(series, paint),
  ].join("\n\n");
}

function drawPatches({ base, patches }: Series, paint: Paint): string {
  const head = paint("strong", `${plural(patches.length, "patch")} on ${base}`);
  const rows = patches.map((name, index): readonly Cell[] => [String(index + 1), name]);
  return `${head}\n${drawTable(rows, paint)}`;
}

/** Those asked for, else those that some subset violates. */
function tellingProperties({ results }: SeriesVector, asked: readonly string[]): readonly string[] {
  return propertiesOf(results).filter((property) =>
    asked.length > 0
      ? asked.includes(property)
      : results.subsets.some(({ outcomes }) => outcomes?.get(property) === "violated"),
  );
}

function drawSubsets(
  { column, results }: SeriesVector,
  properties: readonly string[],
  paint: Paint,
): string {
  const few = results.patches <= mostPatchesInTable;
  const shown = results.subsets.filter(({ patches }) => few || isPrefix(patches));
  const left = results.subsets.length - shown.length;
  const more = left > 0 ? `\n  and ${plural(left, "other subset")} (--json)` : "";
  const first = Math.max(column.length, ...shown.map(({ patches }) => subsetName(patches).length));
  const tables = inTables(properties, columns - first).map((some) => {
    const head = [["strong", column] as const, ...some.map((one) => ["strong", one] as const)];
    return drawTable([head, ...shown.map((subset) => drawSubset(subset, some))], paint);
  });
  return `${tables.join("\n\n")}${more}`;
}

function drawSubset(subset: SubsetResult, properties: readonly string[]): readonly Cell[] {
  const name = subsetName(subset.patches);
  if (subset.outcomes === null) return [name, ["dim", "does not apply"]];
  if (properties.length === 0) {
    const known = [...subset.outcomes.values()].every((outcome) => outcome !== "unknown");
    return [name, known ? "nothing is violated" : ["warn", "no violation found so far"]];
  }
  return [name, ...properties.map((property) => drawOutcome(subset, property))];
}

/** Properties for tables next to each other: as many as there is room for, and at least one table. */
function inTables(properties: readonly string[], room: number): readonly (readonly string[])[] {
  const tables: string[][] = [[]];
  let left = room;
  for (const property of properties) {
    const width = Math.max(property.length, widestCell) + 2;
    if (width > left && tables.at(-1)?.length !== 0) {
      tables.push([]);
      left = room;
    }
    tables.at(-1)?.push(property);
    left -= width;
  }
  return tables;
}

function drawOutcome({ outcomes, unexpected }: SubsetResult, property: string): Cell {
  const outcome = outcomes?.get(property);
  if (outcome === undefined) return ["dim", "-"];
  if (unexpected.includes(property)) return ["bad", `${outcome}, unexpectedly`];
  return [outcomeRoles[outcome], outcome];
}

function isPrefix(patches: readonly number[]): boolean {
  return patches.every((patch, position) => patch === position);
}

function drawConclusions(series: Series, vector: SeriesVector): readonly string[] {
  const { needs, dependences, orders } = vector;
  const { everySubset, complete } = series;
  if (!complete) return [];
  const paragraphs = [
    ...(everySubset ? needsLines(needs, series.patches.length) : []),
    orderLines(orders, dependences, everySubset),
  ];
  return paragraphs.map((lines) => lines.join("\n"));
}

function drawClosing(series: Series, paint: Paint): string {
  const search = series.complete
    ? "exhaustive searches, sequential consistency"
    : paint("warn", "NOT all searches are exhaustive, sequential consistency");
  const hint = !series.complete
    ? "\nnothing is said of patches that are needed, nor of orders"
    : series.everySubset
      ? ""
      : "\n--subsets says which patches are needed, and which orders are safe";
  return `${search}${hint}\n${lastSeriesLine(series, paint)}`;
}

/** Subsets that come to something else than the files that stand for them expect. */
export function unexpectedSubsets({ vectors }: Series): readonly SubsetResult[] {
  return vectors.flatMap(({ results }) =>
    results.subsets.filter(({ unexpected }) => unexpected.length > 0),
  );
}

/** The last line: whether everything came out as expected. */
export function lastSeriesLine(series: Series, paint: Paint = plain): string {
  const unexpected = unexpectedSubsets(series);
  if (unexpected.length > 0) {
    const told = unexpected.map(
      (subset) => `${subsetName(subset.patches)} (${subset.unexpected.join(", ")})`,
    );
    return paint("bad", `not as expected: ${[...new Set(told)].join("; ")}`);
  }
  return series.complete
    ? paint("good", "nothing is unexpected")
    : paint("warn", "nothing is unexpected; not all searches are complete");
}
