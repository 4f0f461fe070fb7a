// Makes a text that shows something smaller while it still shows it: lines and whole blocks are left out, blocks give way
// to what is inside them, and groups in parentheses to plain values. Greedy, and good enough to read what is left.

/** Whether a smaller text still shows what is looked for. */
export type Shows = (text: string) => boolean;

/** The smallest text found that still shows it; `until` says when to stop trying. */
export function shrink(text: string, shows: Shows, until: () => boolean = () => false): string {
  let smallest = text;
  for (let changed = true; changed && !until(); ) {
    changed = false;
    for (const pass of [withoutLines, withoutGroups]) {
      const smaller = pass(smallest, shows, until);
      if (smaller.length < smallest.length) {
        smallest = smaller;
        changed = true;
      }
    }
  }
  return smallest;
}

function withoutLines(text: string, shows: Shows, until: () => boolean): string {
  let lines = text.split("\n");
  for (let at = lines.length - 1; at >= 0 && !until(); at -= 1) {
    const line = lines[at];
    if (line === undefined) continue;
    for (const smaller of cuts(lines, at)) {
      if (!shows(smaller.join("\n"))) continue;
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

function withoutGroups(text: string, shows: Shows, until: () => boolean): string {
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
      if (smaller.length >= smallest.length || !shows(smaller)) continue;
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
