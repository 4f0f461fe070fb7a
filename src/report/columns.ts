// A trace in the CPU0/CPU1 columns of a kernel commit message.
//
// The rules: 8 spaces in front; a header, dashes under it; time flows down, one step a row, exactly one
// column filled; calls nest by two spaces; with two CPUs the right column stands at 40, or as many steps
// of four further right as the left one needs, within 80 columns; more CPUs stand 24 apart, or wider.
// What does not fit its column goes on in the next row, indented by two. Spaces only, none at line ends.

import { displayWidth } from "../diagnostics/width.ts";
import type { Narrative, Row } from "./narrate.ts";
import { type Paint, plain } from "./style.ts";
import { soft, unbroken, wrap } from "./wrap.ts";

export interface ColumnOptions {
  readonly paint?: Paint;
  /** Written above the header, one row each: the choices that the trace starts from. */
  readonly beginning?: readonly string[];
  /** Columns of the screen or page that may be used, 80 unless told; more than two CPUs may need more then. */
  readonly width?: number;
  /** Stands in the margin of a row's first line: `+` for a step that a patch inserted, say. */
  readonly signOf?: (row: Row) => string;
}

const margin = 8;
const gap = 2;
const usualWidth = 80;
const pitch = { least: 24, most: 40, step: 4 };

/** Draws a story; lines without a line break at the end. */
export function drawColumns(story: Narrative, options: ColumnOptions = {}): string {
  const paint = options.paint ?? plain;
  const width = options.width ?? usualWidth;
  const layout = chooseLayout(story, options.width);
  const lines = [
    ...beginningLines(options.beginning ?? [], width),
    headLine(story, layout, ({ title, role }) => (role === null ? title : `${title} (${role})`)),
    headLine(story, layout, ({ title }) => "-".repeat(title.length)),
    ...story.rows.flatMap((row) => rowLines(row, layout, paint, options.signOf?.(row) ?? "")),
  ];
  return lines.join("\n");
}

interface Layout {
  /** Where each column starts and how many characters a row of it may have. */
  readonly columns: readonly { readonly start: number; readonly width: number }[];
  /** Spaces a level of calls. */
  readonly nesting: number;
}

/** The layout with the fewest broken rows; the earlier of two equals. */
function chooseLayout(story: Narrative, limit: number | undefined): Layout {
  let best: Layout | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const layout of candidates(story, limit)) {
    const cost = costOf(story, layout);
    if (cost < least) {
      best = layout;
      least = cost;
    }
  }
  if (best === null) throw new Error("no layout for the columns");
  return best;
}

function* candidates(story: Narrative, limit: number | undefined): Generator<Layout> {
  for (const nesting of [2, 1]) {
    for (const widths of widthsFor(story, nesting, limit)) {
      let start = margin;
      const columns = widths.map((width) => {
        const column = { start, width: width - gap };
        start += width;
        return column;
      });
      yield { columns, nesting };
    }
  }
}

/** Ways to share the width; the last column of one or two takes what is left. */
function* widthsFor(
  story: Narrative,
  nesting: number,
  limit: number | undefined,
): Generator<readonly number[]> {
  const { length } = story.columns;
  const rest = (limit ?? usualWidth) + gap - margin;
  if (length <= 1) {
    yield [rest];
  } else if (length === 2) {
    for (let left = 32; left <= 48; left += pitch.step) yield [left, rest - left];
  } else {
    // Each column by itself: as narrow as its rows allow.
    const most = limit === undefined ? pitch.most : Math.floor(rest / length);
    yield story.columns.map((_, column) => {
      for (let width = pitch.least; width < most; width += pitch.step) {
        if (columnCost(story, column, { width: width - gap, nesting }) === 0) return width;
      }
      return most;
    });
  }
}

/** Rows that need a second line, words that must be cut (worse) or rows that run over (worst), and flat nesting (a little). */
function costOf(story: Narrative, { columns, nesting }: Layout): number {
  const broken = columns.map(({ width }, column) => columnCost(story, column, { width, nesting }));
  return broken.reduce((sum, cost) => sum + cost, nesting === 2 ? 0 : 3.5);
}

function columnCost(
  story: Narrative,
  column: number,
  cell: { readonly width: number; readonly nesting: number },
): number {
  let cost = 0;
  for (const row of story.rows) {
    if (row.column !== column) continue;
    const lines = cellLines(row, cell.width, cell.nesting);
    // Brackets under a step are good style; a broken sentence is not.
    const broken = lines.filter(({ part, first }) => !first && part !== "values").length;
    const room = cell.width - row.depth * cell.nesting;
    const [head = "", ...rest] = row.text.split(" ");
    const cut =
      displayWidth(head) > room ||
      (displayWidth(row.text) > room && rest.some((word) => displayWidth(word) > room - 2));
    // Calls nested too deep for the column would run over its edge.
    const over = lines.some(({ text }) => displayWidth(text) > cell.width);
    cost += broken + (cut ? 20 : 0) + (over ? 1000 : 0) + (lines.length - 1) / 100;
  }
  return cost < 0.5 ? 0 : cost;
}

interface CellLine {
  readonly text: string;
  readonly part: "text" | "values" | "mark";
  /** The first line of its part. */
  readonly first: boolean;
}

/** A row's cell in lines: the text, then the brackets and the arrow behind or under it. */
function cellLines(row: Row, width: number, nesting: number): readonly CellLine[] {
  const indent = " ".repeat(row.depth * nesting);
  const room = Math.max(width - indent.length, 8);
  const lines = wrap(row.text, room).map(
    (text, index): CellLine => ({ text: indent + text, part: "text", first: index === 0 }),
  );
  const append = (addition: string, part: CellLine["part"]): void => {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last.text) + 1 + displayWidth(addition) <= width) {
      lines[lines.length - 1] = { ...last, text: `${last.text} ${soft(addition)}` };
      return;
    }
    wrap(addition, Math.max(room - 2, 6)).forEach((text, index) => {
      lines.push({ text: `${indent}  ${text}`, part, first: index === 0 });
    });
  };
  if (row.values.length > 0) append(bracketed(row.values), "values");
  if (row.mark !== null) append(`<-- ${row.mark}`, "mark");
  return lines;
}

/** `[pmd none, mapcount 1]`, to be broken between its parts. */
function bracketed(values: readonly string[]): string {
  return `[${values.map(unbroken).join(", ")}]`;
}

function rowLines(row: Row, layout: Layout, paint: Paint, sign: string): readonly string[] {
  const column = layout.columns[row.column];
  if (column === undefined) throw new Error("a row without a column");
  const indent = " ".repeat(column.start);
  return cellLines(row, column.width, layout.nesting).map(({ text, part }, index) => {
    const front = index === 0 && sign !== "" ? inMargin(sign).padEnd(column.start) : indent;
    const line = (front + text).trimEnd();
    if (row.mark !== null && part !== "values") return paint("bad", line);
    return row.kind === "call" ? paint("dim", line) : line;
  });
}

function inMargin(sign: string): string {
  return sign.padStart(margin - gap);
}

function headLine(
  story: Narrative,
  layout: Layout,
  titleOf: (column: Narrative["columns"][number]) => string,
): string {
  let line = "";
  story.columns.forEach((column, index) => {
    const { start = margin, width = usualWidth } = layout.columns[index] ?? {};
    const title = titleOf(column);
    line = line.padEnd(start) + (displayWidth(title) <= width ? title : title.slice(0, width));
  });
  return line.trimEnd();
}

/** `{ a; b; c }` above the header, broken between its entries. */
export function beginningLines(beginning: readonly string[], width: number): readonly string[] {
  if (beginning.length === 0) return [];
  const lines: string[] = [];
  let line = `${" ".repeat(margin)}{ `;
  beginning.forEach((entry, index) => {
    const piece = `${entry}${index === beginning.length - 1 ? " }" : ";"}`;
    if (line.trim() !== "{" && displayWidth(line) + displayWidth(piece) > width) {
      lines.push(line.trimEnd());
      line = " ".repeat(margin + 2);
    }
    line += `${piece} `;
  });
  return [...lines, line.trimEnd(), ""];
}
