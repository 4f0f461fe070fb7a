// The productions of declarations.

import { StatementRules } from "./statement-rules.ts";
import * as t from "./tokens.ts";

export abstract class DeclarationRules extends StatementRules {
  // e.g. observe pmd, compound_mapcount
  declaration = this.RULE("declaration", () => {
    this.OR({
      ERR_MSG: "a declaration",
      DEF: [
        { ALT: () => this.SUBRULE(this.param) },
        { ALT: () => this.SUBRULE(this.constant) },
        { ALT: () => this.SUBRULE(this.assume) },
        { ALT: () => this.SUBRULE(this.typeName) },
        { ALT: () => this.SUBRULE(this.enumeration) },
        { ALT: () => this.SUBRULE(this.variable) },
        { ALT: () => this.SUBRULE(this.init) },
        { ALT: () => this.SUBRULE(this.lock) },
        { ALT: () => this.SUBRULE(this.function) },
        { ALT: () => this.SUBRULE(this.definition) },
        { ALT: () => this.SUBRULE(this.actor) },
        { ALT: () => this.SUBRULE(this.property) },
        { ALT: () => this.SUBRULE(this.cost) },
        { ALT: () => this.SUBRULE(this.terminal) },
        { ALT: () => this.SUBRULE(this.observe) },
        { ALT: () => this.SUBRULE(this.expect) },
        { ALT: () => this.SUBRULE(this.use) },
      ],
    });
  });

  // e.g. param MMS: 1..8 = 2
  param = this.RULE("param", () => {
    this.CONSUME(t.Param);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  // e.g. const TTU_SYNC: bool = false
  constant = this.RULE("constant", () => {
    this.CONSUME(t.Const);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  // e.g. assume MMS > 1
  assume = this.RULE("assume", () => {
    this.CONSUME(t.Assume);
    this.SUBRULE(this.expression);
  });

  // e.g. symmetric type Mm = 1..MMS
  typeName = this.RULE("typeName", () => {
    this.OPTION(() => this.CONSUME(t.Symmetric));
    this.CONSUME(t.Type);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.type);
  });

  // e.g. enum Pmd { none, huge, table }
  enumeration = this.RULE("enumeration", () => {
    this.CONSUME(t.Enum);
    this.CONSUME1(t.Identifier);
    this.CONSUME(t.LCurly);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME2(t.Identifier) });
    this.CONSUME(t.RCurly);
  });

  // e.g. ghost var seen[m: Mm][Cpu]: bool = false
  variable = this.RULE("variable", () => {
    this.OPTION(() => this.CONSUME(t.Ghost));
    this.CONSUME(t.Var);
    this.CONSUME(t.Identifier);
    this.MANY(() => this.SUBRULE(this.variableKey));
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Equals);
          this.SUBRULE1(this.expression);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.In);
          this.SUBRULE2(this.expression);
        },
      },
    ]);
  });

  // e.g. [m: Mm]
  variableKey = this.RULE("variableKey", () => {
    this.CONSUME(t.LSquare);
    this.OPTION(() => {
      this.CONSUME(t.Identifier);
      this.CONSUME(t.Colon);
    });
    this.SUBRULE(this.type);
    this.CONSUME(t.RSquare);
  });

  // e.g. init where x != y
  init = this.RULE("init", () => {
    this.CONSUME(t.Init);
    this.CONSUME(t.Where);
    this.SUBRULE(this.expression);
  });

  // e.g. spinlock ptl[Mm][0..1]
  lock = this.RULE("lock", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Spinlock) },
      { ALT: () => this.CONSUME(t.Mutex) },
      { ALT: () => this.CONSUME(t.Rwsem) },
    ]);
    this.CONSUME(t.Identifier);
    this.MANY(() => {
      this.CONSUME(t.LSquare);
      this.SUBRULE(this.type);
      this.CONSUME(t.RSquare);
    });
  });

  // e.g. fn walk(m: Mm, ref w: Walk): bool holds ptl[m] when result { return true }
  function = this.RULE("function", () => {
    this.head(() => {
      this.CONSUME(t.Fn);
      this.CONSUME(t.Identifier);
      this.SUBRULE(this.parameters);
      this.OPTION1(() => {
        this.CONSUME(t.Colon);
        this.SUBRULE(this.type);
      });
      this.OPTION2(() => this.SUBRULE(this.contract));
    });
    this.SUBRULE(this.block);
  });

  // e.g. (m: Mm, ref w: Walk)
  parameters = this.RULE("parameters", () => {
    this.CONSUME(t.LParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.parameter) });
    this.CONSUME(t.RParen);
  });

  // e.g. ref w: Walk
  parameter = this.RULE("parameter", () => {
    this.OPTION({ GATE: () => !this.secondIs(t.Colon), DEF: () => this.CONSUME(t.Ref) });
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
  });

  // e.g. holds ptl[m] when result
  contract = this.RULE("contract", () => {
    this.CONSUME(t.Holds);
    this.SUBRULE(this.place);
    this.CONSUME(t.When);
    this.CONSUME(t.Result);
  });

  // e.g. def mapped(m: Mm): bool = pmd[m] != none
  definition = this.RULE("definition", () => {
    this.CONSUME(t.Def);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.parameters);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  // e.g. strongly fair daemon process kswapd { skip }
  actor = this.RULE("actor", () => {
    this.OPTION(() => this.SUBRULE(this.fairness));
    this.OR([{ ALT: () => this.SUBRULE(this.process) }, { ALT: () => this.SUBRULE(this.action) }]);
  });

  // e.g. strongly fair
  fairness = this.RULE("fairness", () => {
    this.OPTION(() => this.CONSUME(t.Strongly));
    this.CONSUME(t.Fair);
  });

  // e.g. daemon process worker[t in {2, 3}] { skip }
  process = this.RULE("process", () => {
    this.head(() => {
      this.OPTION1(() => this.CONSUME(t.Daemon));
      this.CONSUME(t.Process);
      this.CONSUME(t.Identifier);
      this.OPTION2(() => this.SUBRULE(this.processIndex));
    });
    this.SUBRULE(this.block);
  });

  // e.g. [m: Mm]
  processIndex = this.RULE("processIndex", () => {
    this.CONSUME(t.LSquare);
    this.CONSUME(t.Identifier);
    this.OR({
      ERR_MSG: "`: TYPE` or `in SET`",
      DEF: [
        {
          ALT: () => {
            this.CONSUME(t.Colon);
            this.SUBRULE(this.type);
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.In);
            this.SUBRULE(this.expression);
          },
        },
      ],
    });
    this.CONSUME(t.RSquare);
  });

  // e.g. action crash(m: Mm) when pmd[m] == huge { pmd[m] := none }
  action = this.RULE("action", () => {
    this.head(() => {
      this.CONSUME(t.Action);
      this.CONSUME(t.Identifier);
      this.OPTION1(() => this.SUBRULE(this.parameters));
      this.OPTION2(() => {
        this.CONSUME(t.When);
        this.SUBRULE(this.expression);
      });
    });
    this.SUBRULE(this.block);
  });

  // e.g. invariant unmap_complete: splitter @ unmapped => compound_mapcount == 0
  property = this.RULE("property", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Invariant) },
      { ALT: () => this.CONSUME(t.Step) },
      { ALT: () => this.CONSUME(t.Property) },
      { ALT: () => this.CONSUME(t.Cover) },
    ]);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.expression);
  });

  // e.g. cost idle_locks
  cost = this.RULE("cost", () => {
    this.CONSUME(t.Cost);
    this.CONSUME(t.Identifier);
  });

  // e.g. terminal when done
  terminal = this.RULE("terminal", () => {
    this.CONSUME(t.Terminal);
    this.CONSUME(t.When);
    this.SUBRULE(this.expression);
  });

  // e.g. observe pmd, compound_mapcount
  observe = this.RULE("observe", () => {
    this.CONSUME(t.Observe);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.Identifier) });
  });

  // e.g. expect unmap_complete violated with DEBUG_VM = true, MMS = 2
  expect = this.RULE("expect", () => {
    this.CONSUME(t.Expect);
    this.OR({
      IGNORE_AMBIGUITIES: true,
      MAX_LOOKAHEAD: 1,
      ERR_MSG: "a property, a label, `states`, `transitions` or `depth`",
      DEF: [
        { GATE: () => this.countAhead(), ALT: () => this.SUBRULE(this.expectedCount) },
        { ALT: () => this.SUBRULE(this.expectedOutcome) },
      ],
    });
    this.OPTION(() => {
      this.CONSUME(t.With);
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.parameterValue) });
    });
  });

  // e.g. states 288
  expectedCount = this.RULE("expectedCount", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.States) },
      { ALT: () => this.CONSUME(t.Transitions) },
      { ALT: () => this.CONSUME(t.Depth) },
    ]);
    this.SUBRULE(this.bound);
  });

  // e.g. page_vma_mapped_walk.not_present unreachable
  expectedOutcome = this.RULE("expectedOutcome", () => {
    this.CONSUME1(t.Identifier);
    this.OPTION(() => {
      this.CONSUME(t.Dot);
      this.CONSUME2(t.Identifier);
    });
    this.OR({
      ERR_MSG: "`holds`, `violated`, `reachable` or `unreachable`",
      DEF: [
        { ALT: () => this.CONSUME(t.Holds) },
        { ALT: () => this.CONSUME(t.Violated) },
        { ALT: () => this.CONSUME(t.Reachable) },
        { ALT: () => this.CONSUME(t.Unreachable) },
      ],
    });
  });

  // e.g. MMS = 2
  parameterValue = this.RULE("parameterValue", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  // e.g. use "locks.weft"
  use = this.RULE("use", () => {
    this.CONSUME(t.Use);
    this.CONSUME(t.StringLiteral);
  });

  /** A property may be called `states` too: then its outcome comes next. */
  private countAhead(): boolean {
    const next = this.LA(2).tokenType;
    return ![t.Holds, t.Violated, t.Reachable, t.Unreachable, t.Dot].includes(next);
  }
}
