// Makes a text that shows something smaller while it still shows it: lines and whole blocks are left out, blocks give way
// to what is inside them, and groups in parentheses to plain values. Greedy, and good enough to read what is left.

/** Whether a smaller text still shows what is looked for. */
export type Shows = (text: string) => boolean;

/** Offers smaller texts, is told of each whether it still shows it, and gives the smallest that does. */
type Shrinking<Result = string> = Generator<string, Result, boolean>;

/** The smallest text found that still shows it; `until` says when to stop trying. */
export function shrink(text: string, shows: Shows, until: () => boolean = () => false): string {
  const shrinking = smallerTexts(text, until);
  let next = shrinking.next();
  while (next.done !== true) next = shrinking.next(shows(next.value));
  return next.value;
}

/** The same where it takes a while to see whether a text shows it. */
export async function shrinkSlowly(
  text: string,
  shows: (text: string) => Promise<boolean>,
  until: () => boolean,
): Promise<string> {
  const shrinking = smallerTexts(text, until);
  let next = shrinking.next();
  while (next.done !== true) next = shrinking.next(await shows(next.value));
  return next.value;
}

function* smallerTexts(text: string, until: () => boolean): Shrinking {
  let smallest = text;
  for (let changed = true; changed && !until(); ) {
    changed = false;
    for (const pass of [withoutChunks, withoutLines, withoutGroups]) {
      const smaller = yield* pass(smallest, until);
      if (smaller.length < smallest.length) {
        smallest = smaller;
        changed = true;
      }
    }
  }
  return smallest;
}

/** Halves, quarters and so on, cut where blocks do not matter: between lines that are not indented. */
function* withoutChunks(text: string, until: () => boolean): Shrinking {
  let items = text.split(/\n(?=\S)(?!\})/);
  for (let size = items.length >> 1; size > 0; size >>= 1) {
    for (let at = items.length - size; at >= 0 && !until(); at -= size) {
      const fewer = items.toSpliced(at, size);
      if (yield fewer.join("\n")) items = fewer;
    }
  }
  return items.join("\n");
}

function* withoutLines(text: string, until: () => boolean): Shrinking {
  let lines = text.split("\n");
  for (let at = lines.length - 1; at >= 0 && !until(); at -= 1) {
    const line = lines[at];
    if (line === undefined) continue;
    for (const smaller of cuts(lines, at)) {
      if (!(yield smaller.join("\n"))) continue;
      lines = [...smaller];
      break;
    }
  }
  return lines.join("\n");
}

/** The lines without the one at `at`, or without the block that begins there, or without its braces. */
function* cuts(lines: readonly string[], at: number): Generator<readonly string[]> {
  const line = lines[at] ?? "";
  const end = blockEnd(lines, at);
  if (end === null) {
    if (!line.trim().startsWith("}")) yield lines.toSpliced(at, 1);
    return;
  }
  yield lines.toSpliced(at, end - at + 1);
  if (!line.trim().startsWith("}")) yield lines.toSpliced(end, 1).toSpliced(at, 1);
  // One arm of several: `} else {` and what follows it up to the next brace.
  else yield lines.toSpliced(at, end - at);
}

/** The line that closes the block which the line at `at` opens. */
function blockEnd(lines: readonly string[], at: number): number | null {
  const line = lines[at] ?? "";
  if (
    !line
      .replace(/\/\/.*/, "")
      .trimEnd()
      .endsWith("{")
  )
    return null;
  const indent = line.search(/\S/);
  for (let end = at + 1; end < lines.length; end += 1) {
    const other = lines[end] ?? "";
    if (other.trim().startsWith("}") && other.search(/\S/) === indent) return end;
  }
  return null;
}

function* withoutGroups(text: string, until: () => boolean): Shrinking {
  let smallest = text;
  for (let at = 0; at < smallest.length && !until(); at += 1) {
    if (smallest[at] !== "(" && smallest[at] !== "{" && smallest[at] !== "[") continue;
    const end = groupEnd(smallest, at);
    if (end === null || smallest.slice(at, end).includes("\n")) continue;
    const before = smallest.slice(0, at);
    const after = smallest.slice(end + 1);
    const inside = smallest.slice(at + 1, end);
    for (const instead of ["true", "false", "0", "1", "", inside]) {
      const smaller = before + instead + after;
      if (smaller.length >= smallest.length || !(yield smaller)) continue;
      smallest = smaller;
      break;
    }
  }
  return smallest;
}

const closing: { readonly [opening: string]: string } = { "(": ")", "{": "}", "[": "]" };

function groupEnd(text: string, at: number): number | null {
  const open = text[at] ?? "";
  const close = closing[open];
  let depth = 0;
  for (let end = at; end < text.length; end += 1) {
    if (text[end] === open) depth += 1;
    else if (text[end] === close) {
      depth -= 1;
      if (depth === 0) return end;
    }
  }
  return null;
}
