// Long texts in lines of a given width.

import { cellsOf, displayWidth } from "../diagnostics/width.ts";

/** Stands for a blank at which a line should not be broken. */
const hardBlank = "\u00a0";

/** The text as it is shown: with common blanks. */
export function soft(text: string): string {
  return text.replaceAll(hardBlank, " ");
}

/** A text with blanks at which `wrap` breaks no line, as long as the text fits one. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", hardBlank);
}

/** Breaks a text at spaces into lines of at most `room`; later lines are indented by `indent`. */
export function wrap(text: string, room: number, indent = 2): readonly string[] {
  const hanging = " ".repeat(indent);
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (displayWidth(joined) <= room) {
      line = joined;
      continue;
    }
    if (line.trim() !== "") lines.push(line);
    const hang = lines.length > 0 ? hanging : "";
    while (displayWidth(hang + word) > room) {
      const front = lines.length > 0 ? hanging : "";
      const cut = cutWord(word, room - front.length);
      const piece = word.slice(0, cut).trimEnd();
      // Nothing but blanks makes no line.
      if (piece !== "") lines.push(front + piece);
      word = word.slice(cut).trimStart();
    }
    line = (lines.length > 0 ? hanging : "") + word;
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
