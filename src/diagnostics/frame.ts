// A diagnostic as text: its place and sentence, the line with the span marked, hint and other places.

import type { Diagnostic } from "./diagnostic.ts";
import { formatPlace, lineText, positionAt, type Span } from "./source.ts";
import { type Cell, cellsOf } from "./width.ts";

export type StyleName = "error" | "warning" | "note" | "place" | "gutter" | "hint";

/** Puts colour around a text; the caller knows whether its stream takes any. */
export type Style = (name: StyleName, text: string) => string;

export interface FrameOptions {
  readonly style?: Style;
  /** Columns of the output; longer source lines are cut around the span. */
  readonly columns?: number;
}

const ellipsis = "…";
const plain: Style = (_, text) => text;

/** The diagnostic in several lines, without a line break at its end. */
export function renderDiagnostic(diagnostic: Diagnostic, options: FrameOptions = {}): string {
  const style = options.style ?? plain;
  const columns = options.columns ?? 100;
  const label = style(diagnostic.severity, `${diagnostic.severity}[${diagnostic.code}]`);
  const place = diagnostic.span === null ? "" : `${style("place", formatPlace(diagnostic.span))}: `;
  const lines = [`${place}${label}: ${diagnostic.message}`];
  if (diagnostic.span !== null) {
    lines.push(...renderSpan(diagnostic.span, columns, style, diagnostic.severity));
  }
  if (diagnostic.hint !== null) lines.push(`  ${style("hint", "hint:")} ${diagnostic.hint}`);
  for (const { span, message } of diagnostic.related) {
    lines.push(`  ${style("place", formatPlace(span))}: ${message}`);
    lines.push(...renderSpan(span, columns, style, "note"));
  }
  return lines.join("\n");
}

/** Several diagnostics, a blank line between them. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: FrameOptions = {},
): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options)).join("\n\n");
}

/** The first line of the span and, under it, carets below what the span covers of that line. */
function renderSpan(
  span: Span,
  columns: number,
  style: Style,
  caret: StyleName,
): readonly string[] {
  const { line, column } = positionAt(span.source, span.start);
  const text = lineText(span.source, line);
  const from = column - 1;
  const to = Math.min(from + Math.max(1, span.end - span.start), Math.max(text.length, from + 1));
  const number = String(line).padStart(4);
  const shown = windowOf(cellsOf(text), from, to, Math.max(20, columns - number.length - 3));
  const marks = " ".repeat(shown.before) + "^".repeat(shown.marked);
  return [
    `${style("gutter", `${number} |`)} ${shown.text}`.trimEnd(),
    `${style("gutter", `${" ".repeat(number.length)} |`)} ${style(caret, marks)}`,
  ];
}

interface Shown {
  readonly text: string;
  /** Columns before the first caret. */
  readonly before: number;
  /** The number of carets. */
  readonly marked: number;
}

/** The part of a line that fits `room` columns and shows the marked range `from … to`. */
function windowOf(cells: readonly Cell[], from: number, to: number, room: number): Shown {
  const total = widthOf(cells);
  const before = widthOf(cells.filter((cell) => cell.offset < from));
  const marked = Math.max(
    1,
    widthOf(cells.filter((cell) => cell.offset >= from && cell.offset < to)),
  );
  if (total <= room) return { text: textOf(cells), before, marked };

  // Keep a quarter of the room as context to the left of the marks.
  const wanted = Math.max(0, before - (room >> 2));
  const left = Math.min(wanted, total - room);
  const right = left + room;
  let column = 0;
  const kept: Cell[] = [];
  let skipped = 0;
  for (const cell of cells) {
    const cutLeft = left > 0 && column < left + ellipsis.length;
    const cutRight = right < total && column + cell.width > right - ellipsis.length;
    if (cutLeft) skipped = column + cell.width;
    else if (!cutRight) kept.push(cell);
    column += cell.width;
  }
  const head = left > 0 ? ellipsis : "";
  const tail = right < total ? ellipsis : "";
  const start = before - skipped + head.length;
  return {
    text: head + textOf(kept) + tail,
    before: start,
    marked: Math.max(1, Math.min(marked, room - start)),
  };
}

function widthOf(cells: readonly Cell[]): number {
  let width = 0;
  for (const cell of cells) width += cell.width;
  return width;
}

function textOf(cells: readonly Cell[]): string {
  return cells.map((cell) => cell.text).join("");
}
