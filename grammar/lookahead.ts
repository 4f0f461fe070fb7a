// The few decisions of the parser that need more than two tokens of lookahead.

import { RecoveringParser } from "./recovery.ts";
import * as t from "./tokens.ts";

export abstract class LookingParser extends RecoveringParser {
  /** `=` where a comparison could stand is taken for one, and refused. */
  protected checkOperator(): void {
    this.ACTION(() => {
      if (this.LA(1).tokenType === t.Equals) this.complain("equals-compares", "`==`");
    });
  }

  /** Is the next type a range? Then operands and arithmetic operators take turns up to a `..`. */
  protected boundsAhead(): boolean {
    let afterOperand = false;
    for (let ahead = 1; ; ahead += 1) {
      const type = this.LA(ahead).tokenType;
      if (type === t.LParen || (type === t.LSquare && afterOperand)) {
        ahead = this.closingOf(ahead);
        if (ahead === 0) return false;
        afterOperand = true;
      } else if (afterOperand) {
        if (type === t.DotDot) return true;
        if (type !== t.Dot && !t.isIn(type, t.ArithmeticOperator)) return false;
        afterOperand = false;
      } else if (type === t.NumberLiteral || isName(type)) {
        afterOperand = true;
      } else if (type !== t.Minus) {
        return false;
      }
    }
  }

  /** After `{` or `[`: does `x in S` come next, closed by the token given, before a comma or the end? */
  protected bindingAhead(closer: t.TokenKind): boolean {
    if (!isName(this.LA(1).tokenType) || this.LA(2).tokenType !== t.In) return false;
    let colonsOfPrefixes = 0;
    for (let ahead = 3; ; ahead += 1) {
      const type = this.LA(ahead).tokenType;
      if (type === t.Colon && colonsOfPrefixes > 0) colonsOfPrefixes -= 1;
      else if (type === closer) return true;
      if (prefixesWithColon.has(type)) colonsOfPrefixes += 1;
      if (opening.has(type)) {
        ahead = this.closingOf(ahead);
        if (ahead === 0) return false;
      } else if (enders.has(type)) {
        return false;
      }
    }
  }

  /** `[]` is “always” if an operand follows on its line, else the empty sequence. */
  protected alwaysAhead(): boolean {
    const [close, next, afterNext] = [this.LA(2), this.LA(3), this.LA(4)];
    if (close.tokenType !== t.RSquare || next.startLine !== close.endLine) return false;
    const type = next.tokenType;
    if (type === t.LSquare) return afterNext.tokenType === t.RSquare;
    // `{x in [] where …}`, `for x in [] { … }`: these go on behind an empty sequence.
    if (type === t.Where || type === t.LCurly) return false;
    return isName(type) || operandStarts.has(type);
  }

  /** Is the token after the next one of this kind? Decides on its own, so that what follows is reported there. */
  protected secondIs(type: t.TokenKind): boolean {
    return this.LA(2).tokenType === type;
  }

  /** How far ahead the bracket closes that opens `ahead` tokens ahead; 0 if it never does. */
  private closingOf(ahead: number): number {
    let depth = 0;
    for (let at = ahead; at < ahead + farthest; at += 1) {
      const type = this.LA(at).tokenType;
      if (opening.has(type)) depth += 1;
      else if (closing.has(type)) depth -= 1;
      else if (type === t.EndOfFile) return 0;
      if (depth === 0) return at;
    }
    return 0;
  }
}

function isName(type: t.TokenKind): boolean {
  return type === t.Identifier || t.isIn(type, t.Identifier);
}

/** Tokens that a search for a closing bracket looks at: a bound on the work that broken texts make. */
const farthest = 4_000;
const opening = new Set([t.LParen, t.LCurly, t.LSquare]);
const closing = new Set([t.RParen, t.RCurly, t.RSquare]);
const enders = new Set([...closing, t.Comma, t.For, t.EndOfFile]);
const prefixesWithColon = new Set([t.Let, t.Forall, t.Exists, t.Count, t.Sum]);
const operandStarts = new Set([
  t.NumberLiteral,
  t.True,
  t.False,
  t.Null,
  t.LParen,
  t.Not,
  t.Diamond,
  t.If,
  t.Try,
  ...prefixesWithColon,
]);
