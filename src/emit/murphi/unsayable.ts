// What Murphi cannot say: thrown while a text is made, and turned into a refusal where the translation begins.

import type { Span } from "../../diagnostics/source.ts";

/** Never leaves this room. */
export class Unsayable extends Error {
  readonly span: Span | null;

  constructor(reason: string, span: Span | null) {
    super(reason);
    this.span = span;
  }
}
