// How many columns of a terminal a text takes, and how to show characters that would upset one.

/** Columns from one tab stop to the next, as kernel sources and this tool's messages are read. */
const tabStop = 8;

const zeroWidth = /^[\p{Mn}\p{Me}\u200b-\u200d\ufe00-\ufe0f]$/u;
const doubleWidth =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{1fa70}-\u{1faff}\u{20000}-\u{3fffd}]$/u;
/** Control characters, halves of surrogate pairs, and marks that change the direction of text. */
const unsafe = /^[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]$/u;

/** One character as it is shown, with the columns it takes and the offset where it stands. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  readonly offset: number;
}

/** A line as it is shown: tabs become spaces up to the next stop, control characters a `�`. */
export function cellsOf(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let offset = 0;
  for (const character of line) {
    const cell = cellOf(character, column, offset);
    cells.push(cell);
    column += cell.width;
    offset += character.length;
  }
  return cells;
}

function cellOf(character: string, column: number, offset: number): Cell {
  if (character === "\t") {
    const width = tabStop - (column % tabStop);
    return { text: " ".repeat(width), width, offset };
  }
  if (unsafe.test(character)) return { text: "\ufffd", width: 1, offset };
  if (zeroWidth.test(character)) return { text: character, width: 0, offset };
  return { text: character, width: doubleWidth.test(character) ? 2 : 1, offset };
}

/** The columns that a text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const cell of cellsOf(text)) width += cell.width;
  return width;
}
