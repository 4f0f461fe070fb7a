// Versions against parameters: what each property comes to in each cell, and what each cell costs.

import type { CostResult, Outcome } from "../checker/exploration.ts";
import { type Paint, plain, type Role } from "./style.ts";
import { type Cell, drawTable } from "./table.ts";
import { plural } from "./words.ts";

export interface MatrixCell {
  readonly outcome: Outcome;
  /** What the spec expects here, or what is right where it says nothing. */
  readonly expected: Outcome;
  /** Known, and otherwise than in the row above. */
  readonly flipped: boolean;
}

export interface MatrixRow {
  /** The version, by the name of its file. */
  readonly version: string;
  /** By column; null where this version has no such property. */
  readonly cells: readonly (MatrixCell | null)[];
}

export interface MatrixBlock {
  readonly property: string;
  readonly rows: readonly MatrixRow[];
}

export interface CostRow {
  readonly version: string;
  readonly totals: readonly (Pick<CostResult, "least" | "greatest"> | null)[];
}

export interface Matrix {
  /** `DEBUG_VM = false`; empty if nothing varies. */
  readonly columns: readonly string[];
  readonly properties: readonly MatrixBlock[];
  readonly costs: readonly { readonly cost: string; readonly rows: readonly CostRow[] }[];
  /** False if any of the searches ended early. */
  readonly complete: boolean;
}

function cellsOf({ properties }: Matrix): readonly MatrixCell[] {
  const cells = properties.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  return cells.filter((cell) => cell !== null);
}

/** Cells that are not as expected. What is not known is neither as expected nor otherwise. */
export function unexpectedCells(matrix: Matrix): number {
  return cellsOf(matrix).filter(isUnexpected).length;
}

function isUnexpected({ outcome, expected }: MatrixCell): boolean {
  return outcome !== "unknown" && outcome !== expected;
}

/** Marks a cell whose outcome the version brought about. */
const flipMark = "*";

/** Draws a matrix; lines without a line break at the end. */
export function drawMatrix(matrix: Matrix, paint: Paint = plain): string {
  const head = (title: string): readonly Cell[] => [["strong", title], ...matrix.columns];
  const blocks = [
    ...matrix.properties.map(({ property, rows }) =>
      drawTable(
        [head(property), ...rows.map(({ version, cells }) => [version, ...cells.map(drawCell)])],
        paint,
      ),
    ),
    ...matrix.costs.map(({ cost, rows }) =>
      drawTable(
        [
          head(`cost ${cost}`),
          ...rows.map(({ version, totals }) => [version, ...totals.map(drawTotal)]),
        ],
        paint,
      ),
    ),
    closing(matrix, paint),
  ];
  return blocks.join("\n\n");
}

/** How outcomes are coloured. */
export const outcomeRoles: Readonly<Record<Outcome, Role>> = {
  holds: "good",
  violated: "warn",
  reachable: "good",
  unreachable: "dim",
  unknown: "bad",
};

function drawCell(cell: MatrixCell | null): Cell {
  if (cell === null) return ["dim", "-"];
  const { outcome, expected, flipped } = cell;
  const mark = flipped ? ` ${flipMark}` : "";
  if (isUnexpected(cell)) return ["bad", `${outcome}, expected ${expected}${mark}`];
  return [outcomeRoles[outcome], `${outcome}${mark}`];
}

function drawTotal(total: Pick<CostResult, "least" | "greatest"> | null): string {
  if (total === null || total.least === null) return "-";
  return total.least === total.greatest
    ? String(total.least)
    : `${total.least} to ${total.greatest}`;
}

function closing(matrix: Matrix, paint: Paint): string {
  const flips = cellsOf(matrix).some(({ flipped }) => flipped);
  const legend = flips ? `${flipMark} otherwise than in the row above\n` : "";
  const search = matrix.complete
    ? "exhaustive searches, sequential consistency"
    : paint("warn", "NOT all searches are exhaustive, sequential consistency");
  return `${legend}${search}\n${lastLine(matrix, paint)}`;
}

/** The last line: whether everything came out as expected. */
export function lastLine(matrix: Matrix, paint: Paint = plain): string {
  const unexpected = unexpectedCells(matrix);
  const unknown = cellsOf(matrix).filter(({ outcome }) => outcome === "unknown").length;
  if (unexpected + unknown === 0 && matrix.complete) {
    return paint("good", "every cell is as expected");
  }
  const counts = [
    ...(unexpected > 0 ? [`${plural(unexpected, "cell")} not as expected`] : []),
    ...(unknown > 0 ? [`${plural(unknown, "cell")} not known`] : []),
    ...(unexpected + unknown === 0 ? ["every cell is as expected"] : []),
    ...(matrix.complete ? [] : ["not all searches are complete"]),
  ];
  return paint(unexpected > 0 ? "bad" : "warn", counts.join("; "));
}
