// Blocks as plain text of a given width: for a terminal, where colour may be added, and for a mail.

import { displayWidth } from "../../diagnostics/width.ts";
import { type Paint, plain } from "../style.ts";
import { type Cell, drawTable } from "../table.ts";
import { unbroken, wrap } from "../wrap.ts";
import { type Block, bare, type Code, type Phrase, sentence, type TableCell } from "./block.ts";

export interface PlainOptions {
  /** No line is longer. */
  readonly width: number;
  /** Blanks in front of sentences; tables and drawings have their own. */
  readonly indent: number;
  /** An empty line between all blocks, and sentences with a full stop, as in a letter. */
  readonly loose?: boolean;
  readonly paint?: Paint;
}

/** Draws blocks, an empty line before each heading and drawing, and behind drawings; no line break at the end. */
export function drawPlain(blocks: readonly Block[], options: PlainOptions): string {
  const lines: string[] = [];
  let last: Block["kind"] | null = null;
  for (const block of blocks) {
    if (last !== null && (options.loose === true || apart(last, block.kind))) lines.push("");
    lines.push(drawBlock(block, options));
    last = block.kind;
  }
  return lines.join("\n");
}

/** A heading stands close to what it heads; tables and sentences of a section stand close to each other. */
function apart(above: Block["kind"], below: Block["kind"]): boolean {
  if (below === "drawing" || above === "drawing" || below === "heading") return true;
  return false;
}

function drawBlock(block: Block, options: PlainOptions): string {
  const { width, indent, paint = plain, loose = false } = options;
  switch (block.kind) {
    case "heading":
      return loose ? underlined(block.text, width) : paint("strong", filled(block.text, width, 0));
    case "paragraph": {
      const text = filled(loose ? sentence(block.text) : block.text, width, indent);
      return block.role === undefined ? text : paint(block.role, text);
    }
    case "table":
      return drawTable(fitted(block.rows, block.headed, width), paint);
    case "drawing":
      return block.text;
    default:
      return block satisfies never;
  }
}

/** As titles stand in plain text. */
function underlined(phrase: Phrase, width: number): string {
  const title = filled(phrase, width, 0);
  const longest = Math.max(...title.split("\n").map(displayWidth));
  return `${title}\n${"=".repeat(longest)}`;
}

/** A phrase in lines of at most `width`, each with `indent` blanks in front. */
function filled(phrase: Phrase, width: number, indent: number): string {
  const text = phrase.map((word) => (typeof word === "string" ? word : quoted(word))).join("");
  const front = " ".repeat(indent);
  return wrap(text, width - indent, 0)
    .map((line) => (front + line).trimEnd())
    .join("\n");
}

/** Code with blanks in it needs marks in a sentence, and is not broken if it is short. */
function quoted({ code, isValue = false }: Code): string {
  if (!code.includes(" ")) return code;
  const text = code.length <= 40 ? unbroken(code) : code;
  return isValue ? text : `"${text}"`;
}

const narrowest = 8;

/** The rows of a table, cells broken where the table would be too wide: the widest column gives way first. */
function fitted(
  rows: readonly (readonly TableCell[])[],
  headed: boolean,
  width: number,
): readonly (readonly Cell[])[] {
  const widths = columnWidths(rows, width);
  return rows.flatMap((row, index) => {
    const broken = row.map(({ text }, column) => wrap(bare(text), widths[column] ?? narrowest, 2));
    const height = Math.max(...broken.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      row.map(({ role }, column): Cell => {
        const text = broken[column]?.[line] ?? "";
        if (headed && index === 0) return text === "" ? "" : ["strong", text];
        return role === undefined || text === "" ? text : [role, text];
      }),
    );
  });
}

/** Each as wide as its widest cell, if they fit `width` with two blanks in front of each. */
function columnWidths(rows: readonly (readonly TableCell[])[], width: number): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach(({ text }, column) => {
      widths[column] = Math.max(widths[column] ?? 1, displayWidth(bare(text)));
    });
  }
  const total = (): number => widths.reduce((sum, one) => sum + one + 2, 0);
  while (total() > width) {
    const widest = Math.max(...widths);
    if (widest <= narrowest) break;
    widths[widths.lastIndexOf(widest)] = widest - 1;
  }
  return widths;
}
