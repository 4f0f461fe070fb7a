// The grammar: files and patches here; declarations, statements, types and expressions in the files beside it.
// Each production has an example above it, which a test parses.

import { DeclarationRules } from "./declaration-rules.ts";
import * as t from "./tokens.ts";

export class WeftParser extends DeclarationRules {
  constructor(options: { readonly skipValidations: boolean }) {
    super(options.skipValidations);
    this.performSelfAnalysis();
  }

  // e.g. spec tiny; var x: bool = false
  specFile = this.RULE("specFile", () => {
    this.guarded(
      () => {
        this.CONSUME(t.Spec);
        this.CONSUME(t.Identifier);
        this.OPTION(() => this.CONSUME(t.Semicolon));
        this.ACTION(() => this.endDeclaration("the first declaration"));
      },
      (start) => this.skipHeader(start),
    );
    do {
      this.MANY(() =>
        this.guarded(
          () => this.SUBRULE(this.specItem),
          (start) => this.skipDeclaration(start),
        ),
      );
    } while (this.skippedStrayDeclaration("a declaration"));
  });

  // e.g. cost locks;
  specItem = this.RULE("specItem", () => {
    this.SUBRULE(this.declaration);
    this.OPTION(() => this.CONSUME(t.Semicolon));
    this.ACTION(() => this.endDeclaration("the next declaration"));
  });

  // e.g. patch sync of "pre-patch.weft"; set TTU_SYNC = true
  patchFile = this.RULE("patchFile", () => {
    this.guarded(
      () => {
        this.CONSUME(t.Patch);
        this.CONSUME(t.Identifier);
        this.CONSUME(t.Of);
        this.CONSUME(t.StringLiteral);
        this.OPTION(() => this.CONSUME(t.Semicolon));
        this.ACTION(() => this.endDeclaration("the first change"));
      },
      (start) => this.skipHeader(start),
    );
    do {
      this.MANY(() =>
        this.guarded(
          () => this.SUBRULE(this.patchItem),
          (start) => this.skipDeclaration(start),
        ),
      );
    } while (this.skippedStrayDeclaration("a change or a declaration"));
  });

  // e.g. remove old_invariant;
  patchItem = this.RULE("patchItem", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.set) },
      { ALT: () => this.SUBRULE(this.replace) },
      { ALT: () => this.SUBRULE(this.remove) },
      { ALT: () => this.SUBRULE(this.edit) },
      { ALT: () => this.SUBRULE(this.declaration) },
    ]);
    this.OPTION(() => this.CONSUME(t.Semicolon));
    this.ACTION(() => this.endDeclaration("the next change or declaration"));
  });

  // ---------------------------------------------------------------- patches

  // e.g. set TTU_SYNC = true
  set = this.RULE("set", () => {
    this.CONSUME(t.SetWord);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  // e.g. replace fn unlock() { release lock }
  replace = this.RULE("replace", () => {
    this.CONSUME(t.Replace);
    this.OR({
      ERR_MSG: "a fn, process or action",
      DEF: [{ ALT: () => this.SUBRULE(this.function) }, { ALT: () => this.SUBRULE(this.actor) }],
    });
  });

  // e.g. remove old_invariant
  remove = this.RULE("remove", () => {
    this.CONSUME(t.Remove);
    this.CONSUME(t.Identifier);
  });

  // e.g. edit page_vma_mapped_walk before not_present { skip }
  edit = this.RULE("edit", () => {
    this.head(() => {
      this.CONSUME(t.Edit);
      this.CONSUME1(t.Identifier);
      this.OR({
        ERR_MSG: "`before`, `after`, `replace` or `at start`",
        DEF: [
          {
            ALT: () => {
              this.CONSUME(t.Before);
              this.CONSUME2(t.Identifier);
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.After);
              this.CONSUME3(t.Identifier);
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.Replace);
              this.CONSUME4(t.Identifier);
              this.OPTION(() => {
                this.CONSUME(t.DotDot);
                this.CONSUME5(t.Identifier);
              });
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.AtWord);
              this.CONSUME(t.Start);
            },
          },
        ],
      });
    });
    this.SUBRULE(this.block);
  });
}
