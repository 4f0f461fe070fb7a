// Text to tokens: the parser's tokens, and beside them what it does not see (texts, comments).

import { Lexer } from "chevrotain";
import { type Token, vocabulary } from "./tokens.ts";

export interface LexedText {
  readonly tokens: Token[];
  readonly texts: readonly Token[];
  readonly comments: readonly Token[];
  readonly blockComments: readonly Token[];
  /** Runs of characters that begin no token. */
  readonly unknown: readonly { readonly start: number; readonly length: number }[];
}

let lexer: Lexer | null = null;

/** Splits a text into tokens; never fails. */
export function lex(text: string): LexedText {
  lexer ??= new Lexer([...vocabulary], { positionTracking: "full", skipValidations: true });
  const { tokens, groups, errors } = lexer.tokenize(text);
  const { texts = [], comments = [], blockComments = [] } = groups;
  const unknown = errors.map((error) => ({ start: error.offset, length: error.length }));
  return { tokens, texts, comments, blockComments, unknown };
}
