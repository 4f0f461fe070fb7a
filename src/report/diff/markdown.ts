// A comparison in Markdown, for a pull request. Whatever a spec says is escaped: nothing in it is taken for a mark.

import type { VersionsDiff } from "../../diff/vectors.ts";
import { type Block, capitalised, type Phrase, sentence, type TableCell } from "./block.ts";
import { closingOf } from "./closing.ts";
import { pageBlocks } from "./sections.ts";

/** Columns of drawings; a pull request shows so many without a scroll bar. */
const width = 100;

/** Writes a comparison as Markdown, without a line break at the end. */
export function markdownOf(diff: VersionsDiff): string {
  const { before, after } = diff;
  const title = `## ${inline([{ code: before }, " → ", { code: after }])}`;
  const blocks = pageBlocks(diff, { width });
  return [title, `**${inline(capitalised(closingOf(diff).text))}**`, ...blocks.map(drawBlock)].join(
    "\n\n",
  );
}

function drawBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `### ${inline(block.text)}`;
    case "paragraph":
      return inline(sentence(block.text));
    case "table":
      return drawTable(block.rows, block.headed);
    case "drawing":
      return fenced(block.text);
    default:
      return block satisfies never;
  }
}

function drawTable(rows: readonly (readonly TableCell[])[], headed: boolean): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const empty: readonly TableCell[] = Array.from({ length: columns }, () => ({ text: [] }));
  const [head = empty, ...body] = headed ? rows : [empty, ...rows];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const drawn = (row: readonly TableCell[]): string =>
    line(empty.map((_, column) => inTable(row[column]?.text ?? [])));
  return [drawn(head), line(empty.map(() => "---")), ...body.map(drawn)].join("\n");
}

/** In a table a bar ends the cell even within code. */
function inTable(phrase: Phrase): string {
  return inline(phrase).replaceAll("|", "\\|");
}

function inline(phrase: Phrase): string {
  return phrase
    .map((word) => (typeof word === "string" ? escaped(word) : codeSpan(word.code)))
    .join("");
}

/** Plain words: no mark, no tag, and nobody's name. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("@", "&#64;")
    .replace(/[\\`*_[\]#~]/g, "\\$&")
    .replace(/^(\s*)([-+]|\d+\.)(?=\s|$)/, "$1\\$2");
}

/** Code between more backticks than it has in a row. */
function codeSpan(code: string): string {
  const ticks = "`".repeat(longestRun(code) + 1);
  const padding = /^`|`$/.test(code) ? " " : "";
  return code.trim() === "" ? "" : `${ticks}${padding}${code}${padding}${ticks}`;
}

function fenced(text: string): string {
  const fence = "`".repeat(Math.max(longestRun(text) + 1, 3));
  return `${fence}text\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
