// What all rules share: separators and nesting, and how the parser goes on after a syntax error.
//
// Chevrotain's own recovery guesses from follow sets; here nearly every word may be a name, so those guesses
// go wrong. Instead: a block, a file and a head ending in `{` catch the error of what they hold, skip to the
// next line that can start something, and go on. So each error is reported once, at its own line.

import { CstParser, type IParserConfig, isRecognitionException, tokenMatcher } from "chevrotain";
import { LazyLookahead } from "./lazy-lookahead.ts";
import {
  AssignOperator,
  Colon,
  DeclarationWord,
  EndOfFile,
  Identifier,
  LCurly,
  RCurly,
  Semicolon,
  StatementWord,
  StringLiteral,
  type Token,
  Var,
  vocabulary,
} from "./tokens.ts";

/** Deeper than a person writes, shallow enough for the stack. */
export const maximalNesting = 200;

/** Something wrong that the parser noticed itself; what Chevrotain noticed is in `parser.errors`. */
export interface Complaint {
  readonly kind:
    | "unexpected"
    | "missing-separator"
    | "equals-compares"
    | "equals-assigns"
    | "too-deep";
  readonly token: Token;
  readonly previous: Token;
  /** What should have been there, in words. */
  readonly expected: string;
}

/** Thrown to leave the parser at once; `parse` turns it into a diagnostic. */
export class NestingTooDeep extends Error {}

const messages: NonNullable<IParserConfig["errorMessageProvider"]> = {
  buildMismatchTokenMessage: ({ expected }) => expected.LABEL ?? expected.name,
  buildNotAllInputParsedMessage: () => "the end of the file",
  buildNoViableAltMessage: ({ customUserDescription, expectedPathsPerAlt }) =>
    customUserDescription ??
    expectedPathsPerAlt
      .flatMap((paths) => paths.slice(0, 1).map((path) => path[0]?.LABEL ?? ""))
      .join(" or "),
  buildEarlyExitMessage: ({ customUserDescription, expectedIterationPaths }) =>
    customUserDescription ?? expectedIterationPaths[0]?.[0]?.LABEL ?? "",
};

const maxLookahead = 2;

export abstract class RecoveringParser extends CstParser {
  complaints: Complaint[] = [];
  private nesting = 0;

  constructor(skipValidations: boolean) {
    super([...vocabulary], {
      lookaheadStrategy: new LazyLookahead({ maxLookahead }),
      maxLookahead,
      nodeLocationTracking: "full",
      errorMessageProvider: messages,
      skipValidations,
    });
  }

  /** Takes the tokens of the next text. */
  start(tokens: Token[]): void {
    this.input = tokens;
    this.complaints = [];
    this.nesting = 0;
  }

  /** Runs a rule that can hold itself, unless it would be nested too deeply. */
  protected nested(parse: () => void): void {
    if (this.nesting >= maximalNesting) {
      this.complain("too-deep", "");
      throw new NestingTooDeep();
    }
    this.nesting += 1;
    try {
      parse();
    } finally {
      this.nesting -= 1;
    }
  }

  /** `back` says how many tokens ago the fault was. */
  protected complain(kind: Complaint["kind"], expected: string, back = 0): void {
    const [token, previous] = [this.LA(1 - back), this.LA(-back)];
    this.complaints.push({ kind, token, previous, expected });
  }

  // -------------------------------------------------------------- lines

  /** Does the next token stand on the line of the one before it? */
  protected onSameLine(): boolean {
    return this.LA(1).startLine === this.LA(0).endLine;
  }

  private lineStart(): boolean {
    // Before the first token there is a token without a line.
    return (this.LA(1).startLine || 0) > (this.LA(0).endLine || 0);
  }

  /** After a statement: the next one needs a line break or a `;` before it, or is skipped. */
  protected endStatement(): void {
    if (tokenMatcher(this.LA(1), RCurly) || !this.lacksSeparator()) return;
    const [last, beforeLast] = [this.LA(0), this.LA(-1)];
    if (
      tokenMatcher(this.LA(1), AssignOperator) &&
      (last.startLine ?? 0) > (beforeLast.endLine ?? 0)
    ) {
      // `x := 1 +` took the name on the next line for its operand.
      this.complain("unexpected", "a value", 1);
    } else {
      this.complain("missing-separator", "the next statement");
    }
    this.skipStatement(this.LA(1));
  }

  /** The same after a declaration. */
  protected endDeclaration(next: string): void {
    if (!this.lacksSeparator()) return;
    this.complain("missing-separator", next);
    this.skipDeclaration(this.LA(1));
  }

  private lacksSeparator(): boolean {
    return this.onSameLine() && !tokenMatcher(this.LA(0), Semicolon);
  }

  // -------------------------------------------------------------- going on after an error

  /** Runs a part; if it fails, `skip` looks for a place to go on from, and says whether it found one. */
  protected guarded(parse: () => void, skip: (start: Token) => boolean): void {
    const start = this.LA(1);
    try {
      parse();
    } catch (error) {
      if (!(error instanceof Error) || !isRecognitionException(error) || !skip(start)) throw error;
    }
  }

  /** A head such as `if x == 1`, before its block: goes on at the `{` that ends the line. */
  protected head(parse: () => void): void {
    this.guarded(parse, () => this.skipToBrace());
  }

  private skipToBrace(): boolean {
    const line = this.LA(0).endLine;
    for (let ahead = 1; this.LA(ahead).startLine === line; ahead += 1) {
      if (!tokenMatcher(this.LA(ahead), LCurly)) continue;
      const next = this.LA(ahead + 1);
      if (next.startLine !== line || tokenMatcher(next, StatementWord)) {
        for (let skipped = 1; skipped < ahead; skipped += 1) this.SKIP_TOKEN();
        return true;
      }
    }
    return false;
  }

  /** Skips the rest of a broken statement: up to the next line that can start one, or the end of the block. */
  protected skipStatement(start: Token): boolean {
    // Braces that the broken statement itself opened: of a set or a record, so no statement can stand in them.
    let opened = this.openedSince(start);
    let depth = 0;
    if (this.LA(1) === start) this.SKIP_TOKEN();
    for (;;) {
      const next = this.LA(1);
      if (tokenMatcher(next, EndOfFile)) return true;
      if (depth === 0) {
        if (opened === 0 && (tokenMatcher(next, RCurly) || this.lineStart())) return true;
        if (opened > 0 && this.lineStart() && this.surelyStartsStatement()) return true;
        if (this.atDeclaration()) return true;
      }
      if (tokenMatcher(next, LCurly)) depth += 1;
      if (tokenMatcher(next, RCurly)) {
        if (depth > 0) depth -= 1;
        else opened -= 1;
      }
      this.SKIP_TOKEN();
    }
  }

  /** Skips the rest of a broken declaration: up to the next line that starts one. */
  protected skipDeclaration(start: Token): boolean {
    let depth = this.openedSince(start);
    if (this.LA(1) === start) this.SKIP_TOKEN();
    for (;;) {
      const next = this.LA(1);
      if (tokenMatcher(next, EndOfFile) || this.atDeclaration()) return true;
      if (depth <= 0 && this.lineStart() && mayOpenDeclaration(next)) return true;
      if (tokenMatcher(next, LCurly)) depth += 1;
      if (tokenMatcher(next, RCurly)) depth -= 1;
      this.SKIP_TOKEN();
    }
  }

  /** Skips a broken first line; without one, nothing. */
  protected skipHeader(start: Token): boolean {
    return (
      (this.LA(1) === start && tokenMatcher(start, DeclarationWord)) || this.skipDeclaration(start)
    );
  }

  /** Where a block should go on or end but something else stands: complains, skips it, and says so. */
  protected skippedStrayStatement(): boolean {
    return this.skippedStray(
      "a statement",
      () => tokenMatcher(this.LA(1), RCurly) || this.atDeclaration(),
      (start) => this.skipStatement(start),
    );
  }

  /** The same between the declarations of a file. */
  protected skippedStrayDeclaration(expected: string): boolean {
    return this.skippedStray(
      expected,
      () => false,
      (start) => this.skipDeclaration(start),
    );
  }

  private skippedStray(
    expected: string,
    atEnd: () => boolean,
    skip: (start: Token) => boolean,
  ): boolean {
    if (this.RECORDING_PHASE || tokenMatcher(this.LA(1), EndOfFile) || atEnd()) return false;
    this.complain("unexpected", expected);
    return skip(this.LA(1));
  }

  /**
   * Does the next line surely begin a declaration? Two names in a row begin no statement,
   * so a block that meets them has lost its closing brace.
   */
  protected atDeclaration(): boolean {
    const [first, second] = [this.LA(1), this.LA(2)];
    if (!tokenMatcher(first, DeclarationWord) || !this.lineStart()) return false;
    if (second.startLine !== first.endLine) return false;
    if (!tokenMatcher(first, Identifier)) return tokenMatcher(second, Var);
    return tokenMatcher(second, Identifier) || tokenMatcher(second, StringLiteral);
  }

  private surelyStartsStatement(): boolean {
    const [first, second] = [this.LA(1), this.LA(2)];
    if (tokenMatcher(first, StatementWord)) return true;
    return (
      tokenMatcher(first, Identifier) &&
      (tokenMatcher(second, AssignOperator) || tokenMatcher(second, Colon))
    );
  }

  private openedSince(start: Token): number {
    let opened = 0;
    for (let back = 0; ; back -= 1) {
      const token = this.LA(back);
      if (tokenMatcher(token, EndOfFile) || token.startOffset < start.startOffset)
        return Math.max(opened, 0);
      if (tokenMatcher(token, LCurly)) opened += 1;
      if (tokenMatcher(token, RCurly)) opened -= 1;
    }
  }
}

/** Also a misspelt word, if it stands where declarations begin. */
function mayOpenDeclaration(token: Token): boolean {
  if (tokenMatcher(token, DeclarationWord)) return true;
  return token.startColumn === 1 && /^[a-z]/i.test(token.image);
}
