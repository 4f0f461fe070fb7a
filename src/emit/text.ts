// Lines of generated text, indented as blocks open and close.

export interface Lines {
  readonly lines: string[];
  depth: number;
}

export function newLines(): Lines {
  return { lines: [], depth: 0 };
}

/** Adds a line; an empty one gets no indentation. */
export function line(to: Lines, text: string): void {
  to.lines.push(text === "" ? "" : "  ".repeat(to.depth) + text);
}

/** Adds `head {`, the lines of the body and `}`. */
export function braces(to: Lines, head: string, body: () => void, tail = "}"): void {
  line(to, head === "" ? "{" : `${head} {`);
  to.depth += 1;
  body();
  to.depth -= 1;
  line(to, tail);
}

/** Names that are used once: a name like the wish, numbered if it is taken. */
export function names(taken: Iterable<string>): (wish: string) => string {
  const used = new Set(taken);
  return (wish) => {
    let name = wish;
    for (let number = 2; used.has(name); number += 1) name = `${wish}_${number}`;
    used.add(name);
    return name;
  };
}

/** A name of a spec, or made from one, as an identifier. */
export function identifier(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9_]+/g, "_").replace(/_$/, "");
  return RESERVED.has(plain) || !/^[A-Za-z_]/.test(plain) ? `_${plain}` : plain;
}

/** Words that are no names in a module of TypeScript. */
export const RESERVED: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof undefined var void while with yield NaN Infinity " +
    "any boolean never number object string symbol unknown bigint Array Int32Array Map Math Number Object Set State String Uint8Array"
  ).split(" "),
);
