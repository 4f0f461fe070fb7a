// A trace in the CPU0/CPU1 columns of a kernel commit message.
//
// The rules: 8 spaces in front; a header, dashes under it; time flows down, one step a row, exactly one
// column filled; calls nest by two spaces; with two CPUs the right column stands at 40, or as many steps
// of four further right as the left one needs, within 80 columns; more CPUs stand 24 apart, or wider.
// What does not fit its column goes on in the next row, indented by two. Spaces only, none at line ends.

import { cellsOf, displayWidth } from "../diagnostics/width.ts";
import type { Narrative, Row } from "./narrate.ts";
import { type Paint, plain } from "./style.ts";

export interface ColumnOptions {
  readonly paint?: Paint;
  /** Written above the header, one row each: the choices that the trace starts from. */
  readonly beginning?: readonly string[];
}

const margin = 8;
const gap = 2;
const widest = 80;
const pitch = { least: 24, most: 40, step: 4 };

/** Draws a story; lines without a line break at the end. */
export function drawColumns(story: Narrative, options: ColumnOptions = {}): string {
  const paint = options.paint ?? plain;
  const layout = chooseLayout(story);
  const lines = [
    ...beginningLines(options.beginning ?? []),
    headLine(story, layout, ({ title, role }) => (role === null ? title : `${title} (${role})`)),
    headLine(story, layout, ({ title }) => "-".repeat(title.length)),
    ...story.rows.flatMap((row) => rowLines(row, layout, paint)),
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
function chooseLayout(story: Narrative): Layout {
  let best: Layout | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const layout of candidates(story)) {
    const cost = costOf(story, layout);
    if (cost < least) {
      best = layout;
      least = cost;
    }
  }
  if (best === null) throw new Error("no layout for the columns");
  return best;
}

function* candidates(story: Narrative): Generator<Layout> {
  for (const nesting of [2, 1]) {
    for (const widths of widthsFor(story, nesting)) {
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
function* widthsFor(story: Narrative, nesting: number): Generator<readonly number[]> {
  const { length } = story.columns;
  const rest = widest + gap - margin;
  if (length <= 1) {
    yield [rest];
  } else if (length === 2) {
    for (let left = 32; left <= 48; left += pitch.step) yield [left, rest - left];
  } else {
    // Each column by itself: as narrow as its rows allow.
    yield story.columns.map((_, column) => {
      for (let width = pitch.least; width < pitch.most; width += pitch.step) {
        if (columnCost(story, column, { width: width - gap, nesting }) === 0) return width;
      }
      return pitch.most;
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

/** Stands for a blank at which a line should not be broken. */
const hardBlank = "\u00a0";

function soft(text: string): string {
  return text.replaceAll(hardBlank, " ");
}

/** `[pmd none, mapcount 1]`, to be broken between its parts. */
function bracketed(values: readonly string[]): string {
  return `[${values.map((value) => value.replaceAll(" ", hardBlank)).join(", ")}]`;
}

/** Breaks a text at spaces into lines of at most `room`; later lines are indented by two. */
function wrap(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (displayWidth(joined) <= room) {
      line = joined;
      continue;
    }
    if (line.trim() !== "") lines.push(line);
    const hang = lines.length > 0 ? "  " : "";
    while (displayWidth(hang + word) > room) {
      const cut = cutWord(word, room - (lines.length > 0 ? 2 : 0));
      lines.push((lines.length > 0 ? "  " : "") + word.slice(0, cut).trimEnd());
      word = word.slice(cut).trimStart();
    }
    line = (lines.length > 0 ? "  " : "") + word;
  }
  if (line.trim() !== "" || lines.length === 0) lines.push(line);
  return lines.map(soft);
}

/** Where to cut a word that is too long: behind its last comma that fits, else another sign, else anywhere. */
function cutWord(word: string, room: number): number {
  const cells = cellsOf(word);
  let column = 0;
  let limit = 0;
  let comma = 0;
  let sign = 0;
  for (const [index, { width, offset }] of cells.entries()) {
    column += width;
    if (column > room && limit > 0) break;
    limit = cells[index + 1]?.offset ?? word.length;
    if (column <= room / 2) continue;
    if (word[offset] === ",") comma = limit;
    if (/^(?:[\s(.>/_]|-(?!>))/.test(word.slice(offset))) sign = limit;
  }
  return comma || sign || limit;
}

function rowLines(row: Row, layout: Layout, paint: Paint): readonly string[] {
  const column = layout.columns[row.column];
  if (column === undefined) throw new Error("a row without a column");
  const indent = " ".repeat(column.start);
  return cellLines(row, column.width, layout.nesting).map(({ text, part }) => {
    const line = (indent + text).trimEnd();
    if (row.mark !== null && part !== "values") return paint("bad", line);
    return row.kind === "call" ? paint("dim", line) : line;
  });
}

function headLine(
  story: Narrative,
  layout: Layout,
  titleOf: (column: Narrative["columns"][number]) => string,
): string {
  let line = "";
  story.columns.forEach((column, index) => {
    const { start = margin, width = widest } = layout.columns[index] ?? {};
    const title = titleOf(column);
    line = line.padEnd(start) + (displayWidth(title) <= width ? title : title.slice(0, width));
  });
  return line.trimEnd();
}

/** `{ a; b; c }` above the header, broken between its entries. */
function beginningLines(beginning: readonly string[]): readonly string[] {
  if (beginning.length === 0) return [];
  const lines: string[] = [];
  let line = `${" ".repeat(margin)}{ `;
  beginning.forEach((entry, index) => {
    const piece = `${entry}${index === beginning.length - 1 ? " }" : ";"}`;
    if (line.trim() !== "{" && displayWidth(line) + displayWidth(piece) > widest) {
      lines.push(line.trimEnd());
      line = " ".repeat(margin + 2);
    }
    line += `${piece} `;
  });
  return [...lines, line.trimEnd(), ""];
}
