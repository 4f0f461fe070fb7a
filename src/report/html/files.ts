// The texts that a page shows, each once, and the places in them.

import { positionAt, type Source, type Span } from "../../diagnostics/source.ts";
import type { FileText } from "./data.ts";

/** Collects the texts of a page; two versions of a spec have most of them in common. */
export class Files {
  private readonly numbers = new Map<string, number>();
  private readonly texts: FileText[] = [];

  get all(): readonly FileText[] {
    return this.texts;
  }

  /** The number of a text, which is now part of the page. */
  number({ path, text }: Source): number {
    const key = `${path}\n${text}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.texts.push({ path, lines: text.replace(/\n$/, "").split(/\r?\n/) }) - 1;
    this.numbers.set(key, number);
    return number;
  }

  /** The file of a span, with its first and its last line. */
  place(span: Span): readonly [file: number, first: number, last: number] {
    const { line: first } = positionAt(span.source, span.start);
    const { line: last } = positionAt(span.source, Math.max(span.start, span.end - 1));
    return [this.number(span.source), first, last];
  }
}
