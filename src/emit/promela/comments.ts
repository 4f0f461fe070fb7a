// The spec's own words, as comments of Promela.

import type { Lines } from "../text.ts";
import { line } from "../text.ts";

/** A comment; nothing where there is nothing to say. */
export function comment(to: Lines, words: string | null): void {
  if (words === null || words.trim() === "") return;
  const lines = words.split("\n").map(harmless);
  if (lines.length === 1) {
    line(to, `/* ${lines[0]} */`);
    return;
  }
  lines.forEach((text, position) => {
    line(to, `${position === 0 ? "/*" : " *"} ${text}${position === lines.length - 1 ? " */" : ""}`);
  });
}

/** The end of a comment, and what begins one, must not stand inside it. */
export function harmless(words: string): string {
  return words.replaceAll("*/", "* /").replaceAll("/*", "/ *").trimEnd();
}
