// What the lexer and the parser found wrong, as diagnostics with places and hints.

import type { LexedText } from "../../grammar/lexer.ts";
import type { Complaint } from "../../grammar/recovery.ts";
import {
  EndOfFile,
  Identifier,
  isIn,
  LCurly,
  NumberLiteral,
  RCurly,
  reservedWords,
  type Token,
  UnterminatedString,
  wrongSigns,
} from "../../grammar/tokens.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Source, Span } from "../diagnostics/source.ts";
import { hintFor, misspeltStatement, type SyntaxFault } from "./syntax-hints.ts";

/** What Chevrotain tells of an error; its message is what our own message provider made of it. */
interface ParserError {
  readonly message: string;
  readonly token: Token;
  readonly previousToken?: Token;
  readonly context: { readonly ruleStack: readonly string[] };
}

/** The largest number of a spec. */
const largestInteger = 2 ** 31 - 1;

// ---------------------------------------------------------------- tokens that are wrong anywhere

export function lexicalErrors(source: Source, lexed: LexedText): readonly Diagnostic[] {
  return [
    ...lexed.unknown.map(({ start, length }) =>
      unknownCharacter({ source, start, end: start + length }),
    ),
    ...lexed.blockComments.map((token) => report("block-comment", spanOf(source, token), {})),
    ...lexed.tokens.flatMap((token) => wrongToken(source, token) ?? []),
  ];
}

function unknownCharacter(span: Span): Diagnostic {
  const run = span.source.text.slice(span.start, span.end);
  const shown = [...run].slice(0, 12).map(visible).join("");
  const hint = hintForCharacters(run);
  return report("unknown-character", span, { found: `\`${shown}\`` }, { hint });
}

function hintForCharacters(run: string): string | null {
  if (run.startsWith("#")) return "a comment starts with `//`";
  return /[\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019`]/u.test(run)
    ? 'file names stand between `"`'
    : null;
}

/** Control characters and halves of characters by their number. */
function visible(character: string): string {
  if (!/[\p{C}\p{Z}]/u.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function wrongToken(source: Source, token: Token): Diagnostic | null {
  const { tokenType, image } = token;
  const span = spanOf(source, token);
  const hint = wrongSigns.get(tokenType);
  if (hint !== undefined) return report("wrong-operator", span, { sign: image }, { hint });
  if (tokenType === UnterminatedString) return report("unterminated-string", span, {});
  if (tokenType !== NumberLiteral) return null;
  if (!/^(0|[1-9][0-9]*)$/.test(image))
    return report("bad-number", span, { number: shortened(image) });
  if (Number(image) > largestInteger)
    return report("integer-too-large", span, { number: shortened(image) });
  return null;
}

function shortened(image: string): string {
  return image.length > 24 ? `${image.slice(0, 20)}…` : image;
}

// ---------------------------------------------------------------- tokens at wrong places

/** What the parser said, its own complaints and Chevrotain's errors. */
export function syntaxErrors(
  source: Source,
  tokens: readonly Token[],
  complaints: readonly Complaint[],
  errors: readonly ParserError[],
): readonly Diagnostic[] {
  // Made for the first fault that needs it, then used for all.
  let openBraces: ReadonlyMap<Token | null, Token> | null = null;
  const reading: Reading = {
    source,
    openBraceAt: (token) => {
      openBraces ??= openBracesOf(tokens);
      return openBraces.get(token.tokenType === EndOfFile ? null : token) ?? null;
    },
  };
  return [
    ...errors.map((error) =>
      syntaxError(reading, {
        expected: error.message,
        found: error.token,
        previous: error.previousToken ?? error.token,
        rules: error.context.ruleStack,
      }),
    ),
    ...complaints.map((complaint) => complained(reading, complaint)),
  ];
}

/** The text that is being read, as far as messages need it. */
interface Reading {
  readonly source: Source;
  /** The innermost `{` that is still open before a token. */
  readonly openBraceAt: (token: Token) => Token | null;
}

function complained(reading: Reading, complaint: Complaint): Diagnostic {
  const { kind, token, previous, expected } = complaint;
  const span = spanOf(reading.source, token);
  switch (kind) {
    case "unexpected":
      return syntaxError(reading, { expected, found: token, previous, rules: [] });
    case "missing-separator": {
      const hint =
        misspeltStatement(previous) ?? hintFor({ expected, found: token, previous, rules: [] });
      return report("missing-separator", span, { what: foundText(token) }, { hint });
    }
    case "equals-compares":
      return report("equals-sign", span, { verb: "compare" }, { hint: "`==` compares" });
    case "equals-assigns":
      return report("equals-sign", span, { verb: "assign" }, { hint: "`:=` assigns" });
    case "too-deep":
      return report("nesting-too-deep", span, {});
  }
}

function syntaxError(reading: Reading, fault: SyntaxFault): Diagnostic {
  const { source } = reading;
  const { expected, found, previous } = fault;
  if (expected === "a name" && reservedWords.includes(found.tokenType)) {
    return report("reserved-word", spanOf(source, found), { word: found.image });
  }
  const related = expected === "`}`" ? openBrace(reading, found) : [];
  const hint = hintFor(fault);
  if (endsEarly(fault)) {
    const end = previous.startOffset + previous.image.length;
    const span = { source, start: end, end };
    return report(
      "syntax-error",
      span,
      { expected, found: "the end of the line" },
      { hint, related },
    );
  }
  return report(
    "syntax-error",
    spanOf(source, found),
    { expected, found: foundText(found) },
    { hint, related },
  );
}

/** Did the line end where more was expected? Then the next line is not to blame. */
function endsEarly({ expected, found, previous }: SyntaxFault): boolean {
  if (found.tokenType === EndOfFile || previous.tokenType === EndOfFile || expected === "`}`")
    return false;
  return (
    (found.startLine ?? 0) > (previous.endLine ?? 0) && !/declaration|statement/.test(expected)
  );
}

function openBrace({ source, openBraceAt }: Reading, found: Token): Diagnostic["related"] {
  const brace = openBraceAt(found);
  if (brace === null) return [];
  return [{ span: spanOf(source, brace), message: "this `{` is not closed" }];
}

/** For each token, and for the end (null), the innermost `{` that is open before it. */
function openBracesOf(tokens: readonly Token[]): ReadonlyMap<Token | null, Token> {
  const open: Token[] = [];
  const found = new Map<Token | null, Token>();
  for (const token of [...tokens, null]) {
    const innermost = open.at(-1);
    if (innermost !== undefined) found.set(token, innermost);
    if (token?.tokenType === LCurly) open.push(token);
    if (token?.tokenType === RCurly) open.pop();
  }
  return found;
}

function foundText(token: Token): string {
  if (token.tokenType === EndOfFile) return "the end of the file";
  const isName = token.tokenType === Identifier || isIn(token.tokenType, Identifier);
  return isName ? `the name \`${shortened(token.image)}\`` : `\`${shortened(token.image)}\``;
}

function spanOf(source: Source, token: Token): Span {
  if (token.tokenType === EndOfFile) {
    const end = source.text.trimEnd().length;
    return { source, start: end, end };
  }
  return { source, start: token.startOffset, end: token.startOffset + token.image.length };
}
