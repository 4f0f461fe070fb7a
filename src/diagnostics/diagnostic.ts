// What we say about a text: data only. Codes and sentences live in catalogue.ts, drawing in frame.ts.

import type { DiagnosticCode } from "./catalogue.ts";
import type { Span } from "./source.ts";

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning" | "note";
  /** One sentence in plain words, without a final full stop. */
  readonly message: string;
  /** Null only for faults that have no place, such as an unreadable file. */
  readonly span: Span | null;
  readonly hint: string | null;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
}

/** What every pass gives back: its value and what it has to say; `value` is null if nothing usable came out. */
export interface Result<T> {
  readonly value: T | null;
  readonly diagnostics: readonly Diagnostic[];
}
