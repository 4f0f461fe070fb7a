// The productions of blocks and statements.

import * as t from "./tokens.ts";
import { TypeRules } from "./type-rules.ts";

export abstract class StatementRules extends TypeRules {
  // e.g. { a: x := 1; y := 2 }
  block = this.RULE("block", () => {
    this.nested(() => {
      this.CONSUME(t.LCurly);
      do {
        this.MANY({
          GATE: () => !this.atDeclaration(),
          DEF: () =>
            this.guarded(
              () => this.SUBRULE(this.blockItem),
              (start) => this.skipStatement(start),
            ),
        });
      } while (this.skippedStrayStatement());
      this.CONSUME(t.RCurly);
    });
  });

  // e.g. x := 1;
  blockItem = this.RULE("blockItem", () => {
    this.OR({
      IGNORE_AMBIGUITIES: true,
      MAX_LOOKAHEAD: 1,
      DEF: [
        { GATE: () => this.secondIs(t.Colon), ALT: () => this.SUBRULE(this.label) },
        {
          ALT: () => {
            this.SUBRULE(this.statement);
            this.OPTION(() => this.CONSUME(t.Semicolon));
            this.ACTION(() => this.endStatement());
          },
        },
      ],
    });
  });

  // e.g. unmapped:
  label = this.RULE("label", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
  });

  // e.g. skip
  statement = this.RULE("statement", () => {
    this.OR({
      ERR_MSG: "a statement",
      DEF: [
        { ALT: () => this.SUBRULE(this.assignOrCall) },
        { ALT: () => this.CONSUME(t.Skip) },
        { ALT: () => this.SUBRULE(this.acquire) },
        { ALT: () => this.SUBRULE(this.release) },
        { ALT: () => this.SUBRULE(this.downgrade) },
        { ALT: () => this.SUBRULE(this.await) },
        { ALT: () => this.SUBRULE(this.assert) },
        { ALT: () => this.SUBRULE(this.localVariable) },
        { ALT: () => this.SUBRULE(this.addCost) },
        { ALT: () => this.SUBRULE(this.setGhost) },
        { ALT: () => this.SUBRULE(this.ifElse) },
        { ALT: () => this.SUBRULE(this.while) },
        { ALT: () => this.SUBRULE(this.loop) },
        { ALT: () => this.SUBRULE(this.for) },
        { ALT: () => this.SUBRULE(this.either) },
        { ALT: () => this.SUBRULE(this.pick) },
        { ALT: () => this.SUBRULE(this.atomic) },
        { ALT: () => this.CONSUME(t.Break) },
        { ALT: () => this.CONSUME(t.Continue) },
        { ALT: () => this.SUBRULE(this.return) },
        { ALT: () => this.SUBRULE(this.goto) },
      ],
    });
  });

  // e.g. compound_mapcount -= 1
  assignOrCall = this.RULE("assignOrCall", () => {
    this.SUBRULE(this.target);
    this.OPTION(() => {
      this.checkAssignment();
      this.CONSUME(t.AssignOperator);
      this.SUBRULE(this.expression);
    });
  });

  // e.g. zap_huge_pmd(m)
  target = this.RULE("target", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.reference) },
      { ALT: () => this.SUBRULE(this.tryAcquire) },
    ]);
    this.MANY1(() => this.SUBRULE(this.suffix));
    this.MANY2({
      GATE: () => this.LA(1).tokenType !== t.Equals,
      DEF: () => this.SUBRULE(this.operation),
    });
  });

  // e.g. acquire mmap_lock for read
  acquire = this.RULE("acquire", () => {
    this.CONSUME(t.Acquire);
    this.SUBRULE(this.place);
    this.OPTION({
      GATE: () => this.onSameLine(),
      DEF: () => {
        this.CONSUME(t.For);
        this.CONSUME(t.Read);
      },
    });
  });

  // e.g. release ptl[m]
  release = this.RULE("release", () => {
    this.CONSUME(t.Release);
    this.SUBRULE(this.place);
  });

  // e.g. downgrade mmap_lock
  downgrade = this.RULE("downgrade", () => {
    this.CONSUME(t.Downgrade);
    this.SUBRULE(this.place);
  });

  // e.g. await !locked
  await = this.RULE("await", () => {
    this.CONSUME(t.Await);
    this.SUBRULE(this.expression);
  });

  // e.g. assert mapped: compound_mapcount > 0
  assert = this.RULE("assert", () => {
    this.CONSUME(t.Assert);
    this.OPTION(() => {
      this.CONSUME(t.Identifier);
      this.CONSUME(t.Colon);
    });
    this.SUBRULE(this.expression);
  });

  // e.g. var old: Cpu? = xchg(tail, me)
  localVariable = this.RULE("localVariable", () => {
    this.CONSUME(t.Var);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  // e.g. cost idle_locks += 1
  addCost = this.RULE("addCost", () => {
    this.CONSUME(t.Cost);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.PlusAssign);
    this.SUBRULE(this.expression);
  });

  // e.g. ghost seen[m] := true
  setGhost = this.RULE("setGhost", () => {
    this.CONSUME(t.Ghost);
    this.SUBRULE(this.place);
    this.checkAssignment();
    this.CONSUME(t.AssignOperator);
    this.SUBRULE(this.expression);
  });

  // e.g. if a { skip } else if b { skip } else { skip }
  ifElse = this.RULE("ifElse", () => {
    this.head(() => {
      this.CONSUME1(t.If);
      this.SUBRULE1(this.expression);
    });
    this.SUBRULE1(this.block);
    this.MANY(() => this.SUBRULE(this.elseIf));
    this.OPTION(() => {
      this.CONSUME(t.Else);
      this.SUBRULE2(this.block);
    });
  });

  // e.g. else if b { skip }
  elseIf = this.RULE("elseIf", () => {
    this.head(() => {
      this.CONSUME(t.Else);
      this.CONSUME(t.If);
      this.SUBRULE(this.expression);
    });
    this.SUBRULE(this.block);
  });

  // e.g. while x > 0 { x -= 1 }
  while = this.RULE("while", () => {
    this.head(() => {
      this.CONSUME(t.While);
      this.SUBRULE(this.expression);
    });
    this.SUBRULE(this.block);
  });

  // e.g. loop { skip }
  loop = this.RULE("loop", () => {
    this.CONSUME(t.Loop);
    this.SUBRULE(this.block);
  });

  // e.g. for any m in Mm { try_to_unmap_one(m) }
  for = this.RULE("for", () => {
    this.head(() => {
      this.CONSUME(t.For);
      this.OPTION({ GATE: () => !this.secondIs(t.In), DEF: () => this.CONSUME(t.Any) });
      this.SUBRULE(this.binding);
    });
    this.SUBRULE(this.block);
  });

  // e.g. either { x := 1 } or { x := 2 }
  either = this.RULE("either", () => {
    this.CONSUME(t.Either);
    this.SUBRULE1(this.block);
    this.AT_LEAST_ONE({
      ERR_MSG: "`or {`",
      DEF: () => {
        this.CONSUME(t.Or);
        this.SUBRULE2(this.block);
      },
    });
  });

  // e.g. pick m in Mm where pmd[m] == huge { pmd[m] := none }
  pick = this.RULE("pick", () => {
    this.head(() => {
      this.CONSUME(t.Pick);
      this.SUBRULE(this.binding);
      this.OPTION(() => {
        this.CONSUME(t.Where);
        this.SUBRULE(this.expression);
      });
    });
    this.SUBRULE(this.block);
  });

  // e.g. atomic { x := 1; y := 2 }
  atomic = this.RULE("atomic", () => {
    this.CONSUME(t.Atomic);
    this.SUBRULE(this.block);
  });

  // e.g. return false
  return = this.RULE("return", () => {
    this.CONSUME(t.Return);
    this.OPTION({ GATE: () => this.onSameLine(), DEF: () => this.SUBRULE(this.expression) });
  });

  // e.g. goto retry
  goto = this.RULE("goto", () => {
    this.CONSUME(t.Goto);
    this.CONSUME(t.Identifier);
  });

  /** `=` where an assignment could stand is taken for one, and refused. */
  private checkAssignment(): void {
    this.ACTION(() => {
      if (this.LA(1).tokenType === t.Equals) this.complain("equals-assigns", "`:=`");
    });
  }
}
