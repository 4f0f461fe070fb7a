// Long lines, broken behind the operators that bind least. (Before an operator SPIN would take the end of a line for the
// end of a statement.)

const WIDTH = 100;
const OPERATORS = ["||", "&&", "+"];

/** A line of code as one or more lines; `mark` ends all but the last (macros need one). */
export function wrapped(text: string, mark = ""): readonly string[] {
  if (text.length <= WIDTH || /^\s*\/?\*/.test(text)) return [text];
  const indent = /^\s*/.exec(text)?.[0] ?? "";
  const inner = `${indent}    `;
  const lines: string[] = [];
  let current = indent;
  for (const piece of piecesOf(text.slice(indent.length))) {
    const room = WIDTH - mark.length;
    if (current.trim() === "") current += piece;
    else if (current.length + 1 + piece.length <= room) current += ` ${piece}`;
    else {
      lines.push(`${current}${mark}`);
      current = `${inner}${piece}`;
    }
  }
  return [...lines, current];
}

interface Cut {
  readonly at: number;
  /** The less, the less tightly the operator binds. */
  readonly level: number;
}

/** Cut behind operators, until the pieces are short. */
function piecesOf(text: string): readonly string[] {
  const cuts = cutsOf(text);
  const levels = [...new Set(cuts.map(({ level }) => level))].sort((a, b) => a - b);
  let pieces: readonly string[] = [text];
  for (const most of levels) {
    if (Math.max(...pieces.map(({ length }) => length)) <= WIDTH - 8) break;
    const places = [0, ...cuts.filter(({ level }) => level <= most).map(({ at }) => at)];
    pieces = places.map((at, position) => text.slice(at, places[position + 1]).trim());
  }
  return pieces;
}

function cutsOf(text: string): readonly Cut[] {
  const cuts: Cut[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "(" || letter === "[") depth += 1;
    else if (letter === ")" || letter === "]") depth -= 1;
    else if (letter === " ") {
      const rank = OPERATORS.findIndex((operator) => text.endsWith(` ${operator}`, at));
      if (rank >= 0) cuts.push({ at, level: depth * OPERATORS.length + rank });
    }
  }
  return cuts;
}
