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

/** A function: parameters with their types, of which those that the body leaves unused get a `_` in front. */
export interface Signature {
  /** What stands before the parameters: `function f`, or the name of a method. */
  readonly head: string;
  readonly parameters: readonly (readonly [name: string, type: string, otherwise?: string])[];
  readonly result: string;
  readonly types: boolean;
  readonly tail?: string;
}

/** Prints a function. */
export function printFunction(
  to: Lines,
  signature: Signature,
  body: (inside: Lines) => void,
): void {
  const inside = newLines();
  body(inside);
  const words = wordsOf(inside.lines);
  const { head, parameters, result, types, tail = "}" } = signature;
  const list = parameters.map(([name, type, otherwise]) => {
    const shown = words.has(name) ? name : `_${name}`;
    return `${shown}${types ? `: ${type}` : ""}${otherwise === undefined ? "" : ` = ${otherwise}`}`;
  });
  braces(
    to,
    `${head}(${list.join(", ")})${types ? `: ${result}` : ""}`,
    () => {
      for (const text of inside.lines) line(to, text);
    },
    tail,
  );
}

/** The names that code mentions: not those of properties, nor what stands in comment lines. */
export function wordsOf(lines: readonly string[]): ReadonlySet<string> {
  const code = lines.filter((text) => !/^\s*(\/\/|\/?\*)/.test(text)).join("\n");
  return new Set(code.match(/(?<![\w$]|(?<!\.\.)\.)[A-Za-z_$][\w$]*/g));
}

/** Whether code mentions a name. */
export function mentions(lines: readonly string[], name: string): boolean {
  return wordsOf(lines).has(name);
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

/** A file's name without its folders, which differ from computer to computer. */
export function fileName(path: string): string {
  return path.replace(/^.*[\\/]/, "");
}
