// The spec's own words, as comments of Promela.

import type { Value } from "../../machine/machine.ts";
import { type Lines, line } from "../text.ts";

/** A comment; nothing where there is nothing to say. */
export function comment(to: Lines, words: string | null): void {
  if (words === null || words.trim() === "") return;
  const lines = words.split("\n").flatMap((text) => folded(harmless(text)));
  if (lines.length === 1) {
    line(to, `/* ${lines[0]} */`);
    return;
  }
  lines.forEach((text, position) => {
    line(
      to,
      `${position === 0 ? "/*" : " *"} ${text}${position === lines.length - 1 ? " */" : ""}`,
    );
  });
}

const WIDTH = 92;

/** Words in lines that are not too long. */
function folded(words: string): readonly string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of words.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > WIDTH) {
      lines.push(current);
      current = word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current];
}

/** The end of a comment, and what begins one, must not stand inside it. */
export function harmless(words: string): string {
  return words.replaceAll("*/", "* /").replaceAll("/*", "/ *").trimEnd();
}

/** A value, for readers. */
export function valueText(value: Value): string {
  if (value === null || typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(valueText).join(", ")}]`;
  const entries = Object.entries(value).map(([key, entry]) => `${key}: ${valueText(entry)}`);
  return `{ ${entries.join(", ")} }`;
}
