// How many columns of a terminal a text takes, and how to show characters that would upset one.

/** Columns from one tab stop to the next, as kernel sources and this tool's messages are read. */
const tabStop = 8;

const zeroWidth = /^(?:[\p{Mn}\p{Me}\u200b\u200c]|\u200d)$/u;
/** East Asian letters and signs, full-width forms and emoji: first and last code point of each range. */
const doubleWidth: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
];
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
  const point = character.codePointAt(0) ?? 0;
  const wide = doubleWidth.some(([first, last]) => point >= first && point <= last);
  return { text: character, width: wide ? 2 : 1, offset };
}

/** The columns that a text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const cell of cellsOf(text)) width += cell.width;
  return width;
}
