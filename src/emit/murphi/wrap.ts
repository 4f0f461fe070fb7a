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
  const places = placesIn(text, comment);
  const made: string[] = [];
  let start = 0;
  let before = "";
  let next = 0;
  while (before.length + text.length - start > WIDTH) {
    const column = (place: number): number => before.length + place - start;
    while ((places[next] ?? text.length) <= start + lead.length + 1 - before.length) next += 1;
    // As far as fits, else the first place there is.
    while (column(places[next + 1] ?? text.length) <= WIDTH) next += 1;
    const place = places[next];
    if (place === undefined) break;
    made.push(before + text.slice(start, place).trimEnd());
    before = lead;
    start = place;
    while (text[start] === " ") start += 1;
  }
  return [...made, before + text.slice(start)];
}

/** Where the text may be broken: behind operators that stand in no quotes, or between words. */
function placesIn(text: string, comment: boolean): readonly number[] {
  const places: number[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    if (comment ? text[at] === " " : !quoted && / [&|] /.test(text.slice(at - 1, at + 2)))
      places.push(comment ? at : at + 1);
  }
  return places;
}
