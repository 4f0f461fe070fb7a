// The `///` texts: which line or declaration each of them belongs to.
//
// A text behind something stays with its line. A run of texts that have their lines to themselves
// documents the declaration right below it; else it continues the text right above it; else it is lost.

import type { LexedText } from "../../grammar/lexer.ts";
import type { Token } from "../../grammar/tokens.ts";
import type { Source, Span } from "../diagnostics/source.ts";
import type { Text } from "./ast.ts";
import type { Lines } from "./build-ast-base.ts";

export interface PlacedTexts {
  /** In the order of the file; what continues a text is joined to it. */
  readonly texts: readonly Text[];
  /** The text above and behind a declaration, joined; null if there is none. */
  readonly docOf: (lines: Lines) => string | null;
  /** Runs of texts that belong to nothing. */
  readonly lost: readonly Span[];
}

/** `declared` holds the lines on which something starts that a text above can document. */
export function placeTexts(
  source: Source,
  lexed: LexedText,
  declared: ReadonlySet<number>,
): PlacedTexts {
  const codeLines = new Set(lexed.tokens.map((token) => token.startLine ?? 0));
  const commentLines = new Set(lexed.comments.map((token) => token.startLine ?? 0));
  const texts: Text[] = [];
  const above = new Map<number, string>();
  const behind = new Map<number, string>();
  const lost: Span[] = [];

  let lastTrailing: { readonly index: number; readonly line: number; endLine: number } | null =
    null;
  for (const run of runsOf(lexed.texts, codeLines)) {
    const span = { source, start: run.start, end: run.end };
    if (run.trailing) {
      behind.set(run.firstLine, run.text);
      lastTrailing = { index: texts.length, line: run.firstLine, endLine: run.firstLine };
      texts.push({ text: run.text, trailing: true, span });
      continue;
    }
    let below = run.lastLine + 1;
    while (commentLines.has(below) && !codeLines.has(below)) below += 1;
    const before = lastTrailing === null ? undefined : texts[lastTrailing.index];
    if (declared.has(below)) {
      above.set(below, run.text);
      texts.push({ text: run.text, trailing: false, span });
    } else if (
      lastTrailing !== null &&
      before !== undefined &&
      lastTrailing.endLine + 1 === run.firstLine
    ) {
      const text = joined([before.text, run.text]) ?? "";
      texts[lastTrailing.index] = { text, trailing: true, span: { ...before.span, end: run.end } };
      behind.set(lastTrailing.line, text);
      lastTrailing.endLine = run.lastLine;
    } else {
      lost.push(span);
      texts.push({ text: run.text, trailing: false, span });
    }
  }

  const docOf = ({ first, head, last }: Lines): string | null => {
    const parts = [above.get(first)];
    for (let line = first; line <= head; line += 1) parts.push(behind.get(line));
    if (last > head) parts.push(behind.get(last));
    return joined(parts);
  };
  return { texts, docOf, lost };
}

interface Run {
  readonly text: string;
  readonly trailing: boolean;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly start: number;
  readonly end: number;
}

/** Texts on lines of their own that follow each other are one run. */
function runsOf(tokens: readonly Token[], codeLines: ReadonlySet<number>): readonly Run[] {
  const runs: Run[] = [];
  for (const token of tokens) {
    const line = token.startLine ?? 0;
    const run: Run = {
      text: token.image.slice(3).trim(),
      trailing: codeLines.has(line),
      firstLine: line,
      lastLine: line,
      start: token.startOffset,
      end: token.startOffset + token.image.length,
    };
    const before = runs.at(-1);
    if (before === undefined || before.trailing || run.trailing || before.lastLine + 1 !== line) {
      runs.push(run);
    } else {
      runs[runs.length - 1] = {
        ...before,
        text: joined([before.text, run.text]) ?? "",
        lastLine: line,
        end: run.end,
      };
    }
  }
  return runs;
}

function joined(parts: readonly (string | undefined)[]): string | null {
  const said = parts.filter((part) => part !== undefined && part !== "");
  return said.length === 0 ? null : said.join(" ");
}
