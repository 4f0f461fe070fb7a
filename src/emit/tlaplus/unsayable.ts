// What TLA+ as TLC reads it cannot say; never leaves the emitter.

import type { Span } from "../../diagnostics/source.ts";

export class Unsayable extends Error {
  readonly span: Span | null;
  readonly reason: string;

  constructor(span: Span | null, reason: string) {
    super(reason);
    this.span = span;
    this.reason = reason;
  }
}
