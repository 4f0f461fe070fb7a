// The productions of expressions. How strongly operators bind is not told by them but by operators.ts.

import { LookingParser } from "./lookahead.ts";
import * as t from "./tokens.ts";

export abstract class ExpressionRules extends LookingParser {
  // e.g. pmd[m] == huge && compound_mapcount - 1 > 0 => !busy
  expression = this.RULE("expression", () => {
    this.nested(() => {
      this.SUBRULE(this.operand);
      this.MANY(() => this.SUBRULE(this.operation));
    });
  });

  // e.g. not in {a, b}
  operation = this.RULE("operation", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.NotWord);
          this.CONSUME(t.In);
          this.SUBRULE1(this.operand);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.At);
          this.SUBRULE(this.labelPath);
        },
      },
      {
        ALT: () => {
          this.checkOperator();
          this.CONSUME(t.BinaryOperator);
          this.SUBRULE2(this.operand);
        },
      },
    ]);
  });

  // e.g. zap_huge_pmd.cleared
  labelPath = this.RULE("labelPath", () => {
    this.CONSUME1(t.Identifier);
    this.OPTION(() => {
      this.CONSUME(t.Dot);
      this.CONSUME2(t.Identifier);
    });
  });

  // e.g. !node with next = null with [k] = 3
  operand = this.RULE("operand", () => {
    this.MANY1({
      GATE: () => this.LA(1).tokenType !== t.LSquare || this.alwaysAhead(),
      DEF: () => this.SUBRULE(this.prefix),
    });
    this.SUBRULE(this.primary);
    this.MANY2(() => this.SUBRULE(this.suffix));
    this.MANY3(() => this.SUBRULE(this.update));
  });

  // e.g. []
  prefix = this.RULE("prefix", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Not) },
      { ALT: () => this.CONSUME(t.Minus) },
      { ALT: () => this.CONSUME(t.Diamond) },
      {
        ALT: () => {
          this.CONSUME(t.LSquare);
          this.CONSUME(t.RSquare);
        },
      },
    ]);
  });

  // e.g. with [k] = -1
  update = this.RULE("update", () => {
    this.CONSUME(t.With);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LSquare);
          this.SUBRULE(this.expression);
          this.CONSUME(t.RSquare);
        },
      },
      { ALT: () => this.CONSUME(t.Identifier) },
    ]);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.plainOperand);
  });

  // e.g. -node[me].next
  plainOperand = this.RULE("plainOperand", () => {
    this.MANY1(() => this.CONSUME(t.Minus));
    this.SUBRULE(this.primary);
    this.MANY2(() => this.SUBRULE(this.suffix));
  });

  // e.g. .next
  suffix = this.RULE("suffix", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LSquare);
          this.SUBRULE(this.expression);
          this.CONSUME(t.RSquare);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Dot);
          this.CONSUME(t.Identifier);
        },
      },
      { ALT: () => this.CONSUME(t.Prime) },
    ]);
  });

  // e.g. taken(p @ unmapped)
  primary = this.RULE("primary", () => {
    this.OR({
      ERR_MSG: "a value",
      DEF: [
        { ALT: () => this.CONSUME(t.NumberLiteral) },
        { ALT: () => this.CONSUME(t.True) },
        { ALT: () => this.CONSUME(t.False) },
        { ALT: () => this.CONSUME(t.Null) },
        { ALT: () => this.SUBRULE(this.reference) },
        {
          ALT: () => {
            this.CONSUME(t.LParen);
            this.SUBRULE(this.expression);
            this.CONSUME(t.RParen);
          },
        },
        { ALT: () => this.SUBRULE(this.bracesLiteral) },
        { ALT: () => this.SUBRULE(this.bracketsLiteral) },
        { ALT: () => this.SUBRULE(this.conditional) },
        { ALT: () => this.SUBRULE(this.letIn) },
        { ALT: () => this.SUBRULE(this.quantified) },
        { ALT: () => this.SUBRULE(this.tryAcquire) },
      ],
    });
  });

  // e.g. cmpxchg(owner, null, me)
  reference = this.RULE("reference", () => {
    this.CONSUME(t.Identifier);
    this.OPTION(() => this.SUBRULE(this.callArguments));
  });

  // e.g. (owner, null, me)
  callArguments = this.RULE("callArguments", () => {
    this.CONSUME(t.LParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.RParen);
  });

  // e.g. {x in S where x > 1}
  bracesLiteral = this.RULE("bracesLiteral", () => {
    this.CONSUME(t.LCurly);
    this.OPTION1(() =>
      this.OR({
        IGNORE_AMBIGUITIES: true,
        MAX_LOOKAHEAD: 1,
        ERR_MSG: "a value",
        DEF: [
          {
            GATE: () => this.secondIs(t.Colon),
            ALT: () =>
              this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.fieldValue) }),
          },
          {
            GATE: () => this.bindingAhead(t.Where),
            ALT: () => {
              this.SUBRULE1(this.binding);
              this.CONSUME(t.Where);
              this.SUBRULE1(this.expression);
            },
          },
          {
            ALT: () => {
              this.SUBRULE2(this.expression);
              this.OR2([
                {
                  ALT: () => {
                    this.CONSUME(t.For);
                    this.SUBRULE2(this.binding);
                  },
                },
                {
                  ALT: () =>
                    this.MANY(() => {
                      this.CONSUME2(t.Comma);
                      this.SUBRULE3(this.expression);
                    }),
                },
              ]);
            },
          },
        ],
      }),
    );
    this.CONSUME(t.RCurly);
  });

  // e.g. next: null
  fieldValue = this.RULE("fieldValue", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.expression);
  });

  // e.g. [m in Mm: huge]
  bracketsLiteral = this.RULE("bracketsLiteral", () => {
    this.CONSUME(t.LSquare);
    this.OPTION(() =>
      this.OR({
        IGNORE_AMBIGUITIES: true,
        MAX_LOOKAHEAD: 1,
        ERR_MSG: "a value",
        DEF: [
          {
            GATE: () => this.bindingAhead(t.Colon),
            ALT: () => {
              this.SUBRULE(this.binding);
              this.CONSUME(t.Colon);
              this.SUBRULE1(this.expression);
            },
          },
          {
            ALT: () =>
              this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE2(this.expression) }),
          },
        ],
      }),
    );
    this.CONSUME(t.RSquare);
  });

  // e.g. if c then 1 else 0
  conditional = this.RULE("conditional", () => {
    this.CONSUME(t.If);
    this.SUBRULE1(this.expression);
    this.CONSUME(t.Then);
    this.SUBRULE2(this.expression);
    this.CONSUME(t.Else);
    this.SUBRULE3(this.expression);
  });

  // e.g. let x = y + 1: x * x
  letIn = this.RULE("letIn", () => {
    this.CONSUME(t.Let);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE1(this.expression);
    this.CONSUME(t.Colon);
    this.SUBRULE2(this.expression);
  });

  // e.g. forall m in Mm, k in 1..2: pmd[m] != none
  quantified = this.RULE("quantified", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Forall) },
      { ALT: () => this.CONSUME(t.Exists) },
      { ALT: () => this.CONSUME(t.Count) },
      { ALT: () => this.CONSUME(t.Sum) },
    ]);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.binding) });
    this.CONSUME(t.Colon);
    this.SUBRULE(this.expression);
  });

  // e.g. m in Mm
  binding = this.RULE("binding", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.In);
    this.SUBRULE(this.expression);
  });

  // e.g. try acquire ptl[m]
  tryAcquire = this.RULE("tryAcquire", () => {
    this.CONSUME(t.Try);
    this.CONSUME(t.Acquire);
    this.SUBRULE(this.place);
  });

  // e.g. node[me].locked
  place = this.RULE("place", () => {
    this.CONSUME(t.Identifier);
    this.MANY(() => this.SUBRULE(this.placeSuffix));
  });

  // e.g. [me]
  placeSuffix = this.RULE("placeSuffix", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LSquare);
          this.SUBRULE(this.expression);
          this.CONSUME(t.RSquare);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Dot);
          this.CONSUME2(t.Identifier);
        },
      },
    ]);
  });
}
