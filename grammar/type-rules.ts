// The productions of types. A bound of a range is an arithmetic expression, so that `=` and `in` can end it.

import { ExpressionRules } from "./expression-rules.ts";
import * as t from "./tokens.ts";

export abstract class TypeRules extends ExpressionRules {
  // e.g. {owner: Mm?, queue: seq of (0..3) upto 2}[Cpu]
  type = this.RULE("type", () => {
    this.OR({
      IGNORE_AMBIGUITIES: true,
      MAX_LOOKAHEAD: 1,
      ERR_MSG: "a type",
      DEF: [
        { GATE: () => this.boundsAhead(), ALT: () => this.SUBRULE(this.range) },
        { ALT: () => this.SUBRULE(this.elementType) },
      ],
    });
  });

  // e.g. 1..N - 1
  range = this.RULE("range", () => {
    this.SUBRULE1(this.bound);
    this.CONSUME(t.DotDot);
    this.SUBRULE2(this.bound);
  });

  // e.g. 2 * (N + 1)
  bound = this.RULE("bound", () => {
    this.SUBRULE(this.boundOperand);
    this.MANY(() => this.SUBRULE(this.boundOperation));
  });

  // e.g. + 1
  boundOperation = this.RULE("boundOperation", () => {
    this.CONSUME(t.ArithmeticOperator);
    this.SUBRULE(this.boundOperand);
  });

  // e.g. -sizes[last(a)]
  boundOperand = this.RULE("boundOperand", () => {
    this.MANY1(() => this.CONSUME(t.Minus));
    this.OR({
      ERR_MSG: "a number",
      DEF: [
        { ALT: () => this.CONSUME(t.NumberLiteral) },
        { ALT: () => this.SUBRULE(this.reference) },
        {
          ALT: () => {
            this.CONSUME(t.LParen);
            this.SUBRULE(this.expression);
            this.CONSUME(t.RParen);
          },
        },
      ],
    });
    this.MANY2(() => this.SUBRULE(this.placeSuffix));
  });

  // e.g. (0..3)?[Mm]
  elementType = this.RULE("elementType", () => {
    this.SUBRULE(this.simpleType);
    this.MANY(() => this.SUBRULE(this.typeSuffix));
  });

  // e.g. [Mm]
  typeSuffix = this.RULE("typeSuffix", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Question) },
      {
        ALT: () => {
          this.CONSUME(t.LSquare);
          this.SUBRULE(this.type);
          this.CONSUME(t.RSquare);
        },
      },
    ]);
  });

  // e.g. seq of Mm upto 3
  simpleType = this.RULE("simpleType", () => {
    this.nested(() => {
      this.OR({
        IGNORE_AMBIGUITIES: true,
        MAX_LOOKAHEAD: 1,
        ERR_MSG: "a type",
        DEF: [
          { GATE: () => this.secondIs(t.Of), ALT: () => this.SUBRULE(this.setType) },
          { GATE: () => this.secondIs(t.Of), ALT: () => this.SUBRULE(this.sequenceType) },
          { ALT: () => this.SUBRULE(this.recordType) },
          {
            ALT: () => {
              this.CONSUME(t.LParen);
              this.SUBRULE(this.type);
              this.CONSUME(t.RParen);
            },
          },
          { ALT: () => this.CONSUME(t.Bool) },
          { ALT: () => this.CONSUME(t.Identifier) },
        ],
      });
    });
  });

  // e.g. set of Mm
  setType = this.RULE("setType", () => {
    this.CONSUME(t.SetWord);
    this.CONSUME(t.Of);
    this.SUBRULE(this.elementType);
  });

  // e.g. seq of (0..3) upto N
  sequenceType = this.RULE("sequenceType", () => {
    this.CONSUME(t.Seq);
    this.CONSUME(t.Of);
    this.SUBRULE(this.elementType);
    this.CONSUME(t.Upto);
    this.SUBRULE(this.bound);
  });

  // e.g. {locked: bool, next: Cpu?}
  recordType = this.RULE("recordType", () => {
    this.CONSUME(t.LCurly);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.fieldType) });
    this.CONSUME(t.RCurly);
  });

  // e.g. next: Cpu?
  fieldType = this.RULE("fieldType", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
  });
}
