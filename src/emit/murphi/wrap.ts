// Long lines broken at the operators of their conditions, long comments between their words.

const WIDTH = 100;

/** The lines, with those that are too long broken into several. */
export function wrapped(lines: readonly string[]): readonly string[] {
  return lines.flatMap((text) => (text.length <= WIDTH ? [text] : broken(text)));
}

function broken(text: string): readonly string[] {
  const indent = /^ */.exec(text)?.[0] ?? "";
  const comment = text.startsWith("--", indent.length);
  const lead = comment ? `${indent}-- ` : `${indent}  `;
  const made: string[] = [];
  let rest = text;
  while (rest.length > WIDTH) {
    const position = breakOf(rest, comment, lead.length + 1);
    if (position === null) break;
    made.push(rest.slice(0, position).trimEnd());
    rest = lead + rest.slice(position).trimStart();
  }
  return [...made, rest];
}

/** As far as fits, else the first place there is; null if there is none. */
function breakOf(text: string, comment: boolean, after: number): number | null {
  const places = [...text.matchAll(comment ? / /g : / [&|](?= )/g)]
    .map(({ index, 0: found }) => index + found.trimEnd().length)
    .filter((position) => position > after && (comment || !insideQuotes(text, position)));
  return places.findLast((position) => position <= WIDTH) ?? places[0] ?? null;
}

function insideQuotes(text: string, position: number): boolean {
  return (text.slice(0, position).match(/"/g) ?? []).length % 2 === 1;
}
