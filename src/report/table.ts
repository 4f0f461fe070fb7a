// Rows of cells in columns, for a terminal.

import { displayWidth } from "../diagnostics/width.ts";
import { type Paint, plain, type Role } from "./style.ts";

/** A text, or one with the colour that it has. */
export type Cell = string | readonly [Role, string];

/** Left-aligned columns two spaces apart, two spaces in front; no blanks at line ends. */
export function drawTable(rows: readonly (readonly Cell[])[], paint: Paint = plain): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(textOf(cell)));
    });
  }
  return rows.map((row) => drawRow(row, widths, paint)).join("\n");
}

function drawRow(row: readonly Cell[], widths: readonly number[], paint: Paint): string {
  const last = row.findLastIndex((cell) => textOf(cell) !== "");
  const cells = row.slice(0, last + 1).map((cell, column) => {
    const text = textOf(cell);
    const padding = column === last ? 0 : (widths[column] ?? 0) - displayWidth(text);
    return (typeof cell === "string" ? text : paint(cell[0], text)) + " ".repeat(padding);
  });
  return `  ${cells.join("  ")}`;
}

function textOf(cell: Cell): string {
  return typeof cell === "string" ? cell : cell[1];
}
