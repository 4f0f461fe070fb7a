// Values of TLA+ as TLC prints them, and states as it prints those: conjunctions of `variable = value`.

/** A value of TLA+; functions keep their keys as they are, tuples and records are functions too but printed as such. */
export type TlaValue =
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  /** A model value: a constant that equals nothing but itself. */
  | { readonly kind: "model"; readonly name: string }
  | { readonly kind: "set"; readonly elements: readonly TlaValue[] }
  | { readonly kind: "tuple"; readonly elements: readonly TlaValue[] }
  | { readonly kind: "record"; readonly fields: ReadonlyMap<string, TlaValue> }
  | { readonly kind: "function"; readonly pairs: readonly (readonly [TlaValue, TlaValue])[] };

/** A text that is no value of TLA+ (or more than one); its place in the text. */
export interface TlaSyntaxError {
  readonly at: number;
  readonly expected: string;
}

export type Parsed<T> =
  | { readonly kind: "parsed"; readonly value: T }
  | { readonly kind: "error"; readonly error: TlaSyntaxError };

interface Reader {
  readonly tokens: readonly Token[];
  next: number;
}

interface Token {
  readonly text: string;
  readonly at: number;
}

/** The whole text as one value. */
export function parseTlaValue(text: string): Parsed<TlaValue> {
  return parseAll(text, readValue);
}

/** A state: each variable with its value; TLC writes one variable alone without `/\`. */
export function parseTlaState(text: string): Parsed<ReadonlyMap<string, TlaValue>> {
  return parseAll(text, (reader) => {
    const variables = new Map<string, TlaValue>();
    while (reader.next < reader.tokens.length) {
      if (peek(reader) === "/\\") reader.next += 1;
      const name = readName(reader);
      expect(reader, "=");
      variables.set(name, readValue(reader));
    }
    return variables;
  });
}

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*")|(-?\d+)|([A-Za-z_]\w*)|(<<|>>|\|->|:>|@@|\.\.|\/\\|[{}[\](),=]))/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", f: "\f" };

function parseAll<T>(text: string, read: (reader: Reader) => T): Parsed<T> {
  try {
    const reader: Reader = { tokens: tokens(text), next: 0 };
    const value = read(reader);
    if (reader.next < reader.tokens.length) throw unexpected(reader, "the end");
    return { kind: "parsed", value };
  } catch (thrown) {
    if (thrown instanceof SyntaxMistake) return { kind: "error", error: thrown.error };
    throw thrown;
  }
}

/** Ends a parse from any depth; never leaves this file. */
class SyntaxMistake extends Error {
  readonly error: TlaSyntaxError;
  constructor(error: TlaSyntaxError) {
    super(`expected ${error.expected}`);
    this.error = error;
  }
}

function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < end) {
    const match = TOKEN.exec(text);
    if (match === null) throw new SyntaxMistake({ at, expected: "a value of TLA+" });
    at = TOKEN.lastIndex;
    const token = match.slice(1).find((group) => group !== undefined) ?? "";
    found.push({ text: token, at: at - token.length });
  }
  return found;
}

function peek(reader: Reader): string | undefined {
  return reader.tokens[reader.next]?.text;
}

function unexpected(reader: Reader, expected: string): SyntaxMistake {
  const last = reader.tokens.at(-1);
  const at =
    reader.tokens[reader.next]?.at ?? (last === undefined ? 0 : last.at + last.text.length);
  return new SyntaxMistake({ at, expected });
}

function expect(reader: Reader, text: string): void {
  if (peek(reader) !== text) throw unexpected(reader, text);
  reader.next += 1;
}

function readName(reader: Reader): string {
  const text = peek(reader);
  if (text === undefined || !/^[A-Za-z_]/.test(text)) throw unexpected(reader, "a name");
  reader.next += 1;
  return text;
}

function readValue(reader: Reader): TlaValue {
  const text = peek(reader);
  if (text === undefined) throw unexpected(reader, "a value");
  reader.next += 1;
  if (text === "TRUE" || text === "FALSE") return { kind: "boolean", value: text === "TRUE" };
  if (/^[A-Za-z_]/.test(text)) return { kind: "model", name: text };
  if (/^-?\d/.test(text)) return readNumbers(reader, Number(text));
  if (text.startsWith('"')) return { kind: "string", value: unquoted(text) };
  if (text === "{") return { kind: "set", elements: readList(reader, "}", readValue) };
  if (text === "<<") return { kind: "tuple", elements: readList(reader, ">>", readValue) };
  if (text === "[") return { kind: "record", fields: new Map(readList(reader, "]", readField)) };
  if (text === "(") return readFunction(reader);
  reader.next -= 1;
  throw unexpected(reader, "a value");
}

/** A number, or an interval, which TLC keeps as such where a set was written so. */
function readNumbers(reader: Reader, low: number): TlaValue {
  if (peek(reader) !== "..") return { kind: "number", value: low };
  reader.next += 1;
  const high = Number(peek(reader));
  if (!Number.isInteger(high)) throw unexpected(reader, "a number");
  reader.next += 1;
  const elements: TlaValue[] = [];
  for (let value = low; value <= high; value += 1) elements.push({ kind: "number", value });
  return { kind: "set", elements };
}

function readList<T>(reader: Reader, close: string, read: (reader: Reader) => T): readonly T[] {
  const items: T[] = [];
  while (peek(reader) !== close) {
    if (items.length > 0) expect(reader, ",");
    items.push(read(reader));
  }
  reader.next += 1;
  return items;
}

function readField(reader: Reader): readonly [string, TlaValue] {
  const name = readName(reader);
  expect(reader, "|->");
  return [name, readValue(reader)];
}

function readFunction(reader: Reader): TlaValue {
  const pairs: [TlaValue, TlaValue][] = [];
  while (peek(reader) !== ")") {
    if (pairs.length > 0) expect(reader, "@@");
    const key = readValue(reader);
    expect(reader, ":>");
    pairs.push([key, readValue(reader)]);
  }
  reader.next += 1;
  return { kind: "function", pairs };
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
}
