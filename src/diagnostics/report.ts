// Making a diagnostic from a code of the catalogue; the holes of its message are typed.

import { catalogue, type DiagnosticCode } from "./catalogue.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type CatalogueEntry, fillMessage, type MessageParams } from "./entry.ts";
import type { Span } from "./source.ts";

export type ReportParams<Code extends DiagnosticCode> = MessageParams<
  (typeof catalogue)[Code]["message"]
>;

export interface ReportExtras {
  readonly hint?: string | null;
  readonly related?: Diagnostic["related"];
}

/** A diagnostic of the given code; `params` fills the holes of the catalogue's sentence. */
export function report<Code extends DiagnosticCode>(
  code: Code,
  span: Span | null,
  params: ReportParams<Code>,
  extras: ReportExtras = {},
): Diagnostic {
  const entry: CatalogueEntry = catalogue[code];
  return {
    code,
    severity: entry.severity,
    message: fillMessage(entry.message, params),
    span,
    hint: extras.hint ?? null,
    related: extras.related ?? [],
  };
}
