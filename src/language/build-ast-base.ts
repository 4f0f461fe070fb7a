// What all builders share: the source, what they found wrong, and how they read the concrete tree.

import type { BlockCstNode } from "../../grammar/cst.ts";
import type { Token } from "../../grammar/tokens.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Source, Span } from "../diagnostics/source.ts";
import type { Name } from "./ast.ts";

export interface Building {
  readonly source: Source;
  readonly diagnostics: Diagnostic[];
  /** The `///` of a declaration on these lines, joined, or null. */
  readonly docOf: (lines: Lines) => string | null;
}

/** The lines on which a declaration's own text can stand. */
export interface Lines {
  readonly first: number;
  /** The line on which its head ends: where the block opens, or the last one. */
  readonly head: number;
  readonly last: number;
}

/** A part of the concrete tree that knows where it stands. */
export interface Located {
  readonly location?: {
    readonly startOffset: number;
    readonly endOffset?: number;
    readonly startLine?: number;
    readonly endLine?: number;
  };
}

/**
 * Thrown where the parser left a hole because of a syntax error.
 * Blocks and files catch it and leave the broken statement or declaration out.
 */
export class MissingPart extends Error {}

/** The only element of a part of the concrete tree. */
export function the<T>(parts: readonly T[] | undefined, index = 0): T {
  const part = parts?.[index];
  if (part === undefined) throw new MissingPart("a part of the concrete tree is missing");
  return part;
}

/** The elements of which a broken head may have lost every one. */
export function all<T>(parts: readonly T[] | undefined): readonly T[] {
  if (parts === undefined) throw new MissingPart("parts of the concrete tree are missing");
  return parts;
}

/** Maps the parts that are whole. */
export function wholeOnes<T, U>(parts: readonly T[] | undefined, build: (part: T) => U): U[] {
  const built: U[] = [];
  for (const part of parts ?? []) {
    try {
      built.push(build(part));
    } catch (error) {
      if (!(error instanceof MissingPart)) throw error;
    }
  }
  return built;
}

export function startOf(part: Located | Token): number {
  if ("image" in part) return part.startOffset;
  return locationOf(part).startOffset;
}

/** Where it ends; the offset behind its last character. */
export function endOf(part: Located | Token): number {
  if ("image" in part) return part.startOffset + part.image.length;
  return (locationOf(part).endOffset ?? 0) + 1;
}

function locationOf(part: Located): NonNullable<Located["location"]> {
  if (part.location === undefined)
    throw new MissingPart("a part of the concrete tree has no place");
  return part.location;
}

/** The span from the first part to the end of the last. */
export function spanOf(b: Building, first: Located | Token, last: Located | Token = first): Span {
  return { source: b.source, start: startOf(first), end: endOf(last) };
}

/** Where the text of a declaration can stand; `block` is its body, if it has one. */
export function linesOf(whole: Located, block?: BlockCstNode): Lines {
  const { startLine = 0, endLine = 0 } = locationOf(whole);
  const lines = { first: startLine, head: endLine, last: endLine };
  if (block === undefined) return lines;
  const brace = locationOf(block).startLine ?? endLine;
  // In `fn f() { x := 1 /// text`, with more on the lines below, the text is the step's.
  const inside = block.children.blockItem?.[0]?.location?.startLine;
  const head = inside === brace && endLine > brace ? brace - 1 : brace;
  return { ...lines, head };
}

export function nameOf(b: Building, token: Token): Name {
  return { text: token.image, span: spanOf(b, token) };
}

/** The text between the quotes. */
export function unquoted(token: Token): string {
  return token.image.replace(/^"|"$/g, "");
}
