// The syntax errors of a text, in a form that reads well in a snapshot.

import { positionAt } from "../../src/diagnostics/source.ts";
import { parse } from "../../src/language/parse.ts";

/** The errors of a text, one a line: `line:column-column code: message (hint)`. */
export function errorsOf(text: string): string {
  const { diagnostics } = parse({ path: "x.weft", text });
  return diagnostics
    .map(({ span, code, message, hint, related }) => {
      if (span === null) return code;
      const { line, column } = positionAt(span.source, span.start);
      const place = `${line}:${column}-${column + span.end - span.start}`;
      const others = related.map((other) => {
        const at = positionAt(other.span.source, other.span.start);
        return ` [${at.line}:${at.column} ${other.message}]`;
      });
      return `${place} ${code}: ${message}${hint === null ? "" : ` (${hint})`}${others.join("")}`;
    })
    .join("\n");
}

/** A text that begins on the line below the quote. */
export function text(strings: TemplateStringsArray): string {
  return strings.raw.join("").replace(/^\n/, "");
}
