// Lines with their comments: what the formatter writes to.
//
// The printer gives lines of code with the place in the source that each covers. Comments, texts and
// blank lines come from the source, between those places: what stands behind something stays behind
// it, what has its line to itself keeps that. At the end, what stands behind lines is aligned.

import { positionAt, type Source, type Span, spanText } from "../diagnostics/source.ts";
import type { File } from "./ast.ts";

/** The width of a line of code. */
export const lineWidth = 100;
/** Where texts stand behind lines that leave room for it: one column for a whole file reads best. */
const usualColumn = 42;

interface Trivia {
  readonly kind: "text" | "comment";
  /** Each with its `//` or `///`. */
  readonly lines: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly trailing: boolean;
}

interface Line {
  readonly indent: number;
  code: string;
  behind: Trivia | null;
  readonly blankBefore: boolean;
}

export class Layout {
  private readonly source: Source;
  private readonly trivia: readonly Trivia[];
  private nextTrivia = 0;
  private readonly lines: Line[] = [];
  /** Where the last line of code ends in the source, and where the last thing written does. */
  private codeEnd = 0;
  private lastEnd = 0;
  /** Set after `{`: no blank line is kept there. */
  private opening = true;

  constructor(file: File) {
    this.source = file.source;
    this.trivia = triviaOf(file);
  }

  /**
   * Writes a line of code that stands for the source from `start` to `end`.
   * Comments on lines of their own ahead of it get the indent `before`.
   */
  write(indent: number, code: string, start: number, end: number, before = indent): void {
    this.flush(start, before);
    const closes = code.startsWith("}");
    const blankBefore = !this.opening && !closes && this.blankBetween(this.lastEnd, start);
    this.lines.push({ indent, code, behind: null, blankBefore });
    this.codeEnd = Math.max(this.codeEnd, end);
    this.lastEnd = Math.max(this.lastEnd, end);
    this.opening = code.endsWith("{");
  }

  /** The whole text. */
  finish(): string {
    this.flush(this.source.text.length + 1, 0);
    const columns = alignedColumns(this.lines);
    const text = this.lines
      .flatMap((line, index) => [
        ...(line.blankBefore && index > 0 ? [""] : []),
        ...linesWithBehind(line, columns[index] ?? 0),
      ])
      .join("\n");
    return text === "" ? "" : `${text}\n`;
  }

  /** Writes the comments and texts of the source up to an offset. */
  private flush(offset: number, indent: number): void {
    for (let one = this.trivia[this.nextTrivia]; one !== undefined && one.start < offset; ) {
      this.nextTrivia += 1;
      if (!this.attach(one)) {
        const blankBefore = !this.opening && this.blankBetween(this.lastEnd, one.start);
        one.lines.forEach((code, index) => {
          this.lines.push({ indent, code, behind: null, blankBefore: index === 0 && blankBefore });
        });
        this.opening = false;
      }
      this.lastEnd = Math.max(this.lastEnd, one.end);
      one = this.trivia[this.nextTrivia];
    }
  }

  /** Puts it behind the last line of code, if it stood behind something of that line. */
  private attach(one: Trivia): boolean {
    const line = this.lines.at(-1);
    if (line === undefined || line.code.startsWith("//")) return false;
    const inside = one.start < this.codeEnd;
    const behind = this.lineOf(one.start) === this.lineOf(this.codeEnd);
    if (!(inside && one.kind === "text") && !(one.trailing && (inside || behind))) return false;
    if (line.behind === null) {
      line.behind = one;
      return true;
    }
    if (line.behind.kind !== one.kind) return false;
    // Several lines of the source became one: so do the texts behind them.
    const [first = "", ...others] = [...line.behind.lines, ...one.lines];
    const joined = [first, ...others.map((other) => other.replace(/^\/+ ?/, ""))].join(" ");
    line.behind = { ...line.behind, lines: [joined] };
    return true;
  }

  private blankBetween(start: number, end: number): boolean {
    return /\n[ \t\r]*\n/.test(this.source.text.slice(start, end));
  }

  private lineOf(offset: number): number {
    return positionAt(this.source, offset).line;
  }
}

function triviaOf(file: File): readonly Trivia[] {
  const one = (kind: Trivia["kind"], span: Span): Trivia => {
    const before = span.source.text.slice(0, span.start);
    return {
      kind,
      lines: spanText(span).split("\n").map(tidy),
      start: span.start,
      end: span.end,
      trailing: before.slice(before.lastIndexOf("\n") + 1).trim() !== "",
    };
  };
  return [
    ...file.comments.map(({ span }) => one("comment", span)),
    ...file.texts.map(({ span }) => one("text", span)),
  ].sort((a, b) => a.start - b.start);
}

/** A blank after the slashes, none at the ends. */
function tidy(line: string): string {
  return line.trim().replace(/^(\/{2,})(?=[^\s/])/, "$1 ");
}

// ---------------------------------------------------------------- alignment

function widthOf(line: Line): number {
  return line.indent * 2 + line.code.length;
}

/** The column of what stands behind each line; longer lines that follow each other share one. */
function alignedColumns(lines: readonly Line[]): readonly number[] {
  const columns = lines.map((line) => Math.max(usualColumn, widthOf(line) + 2));
  const isLong = (index: number) => {
    const column = columns[index] ?? 0;
    return column > usualColumn && column <= lineWidth && lines[index]?.behind !== null;
  };
  for (let first = 0; first < lines.length; first += 1) {
    if (!isLong(first)) continue;
    let next = first + 1;
    while (next < lines.length && isLong(next) && !lines[next]?.blankBefore) next += 1;
    columns.fill(Math.max(...columns.slice(first, next)), first, next);
    first = next;
  }
  return columns;
}

function linesWithBehind(line: Line, column: number): readonly string[] {
  const code = `${"  ".repeat(line.indent)}${line.code}`;
  if (line.behind === null) return [code];
  const [first = "", ...others] = line.behind.lines;
  return [code.padEnd(column) + first, ...others.map((other) => " ".repeat(column) + other)];
}
