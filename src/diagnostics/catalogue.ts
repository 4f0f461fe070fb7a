// The catalogue: every code that can be reported, merged from the tables of the passes.

import { catalogueCommand } from "./catalogue-command.ts";
import { catalogueFinding } from "./catalogue-finding.ts";
import { catalogueLint } from "./catalogue-lint.ts";
import { catalogueMachine } from "./catalogue-machine.ts";
import { catalogueMeaning } from "./catalogue-meaning.ts";
import { cataloguePatch } from "./catalogue-patch.ts";
import { catalogueSyntax } from "./catalogue-syntax.ts";
import type { CatalogueEntry } from "./entry.ts";

/** The tables by the pass that reports their codes. */
export const catalogueTables = {
  syntax: catalogueSyntax,
  patch: cataloguePatch,
  meaning: catalogueMeaning,
  machine: catalogueMachine,
  command: catalogueCommand,
  finding: catalogueFinding,
  lint: catalogueLint,
} as const;

export type CataloguePass = keyof typeof catalogueTables;

export const catalogue = {
  ...catalogueSyntax,
  ...cataloguePatch,
  ...catalogueMeaning,
  ...catalogueMachine,
  ...catalogueCommand,
  ...catalogueFinding,
  ...catalogueLint,
} as const;

export type DiagnosticCode = keyof typeof catalogue;

/** Every code, in the order of the tables. */
export const diagnosticCodes = Object.keys(catalogue) as readonly DiagnosticCode[];

/** Whether a word is a code of the catalogue. */
export function isDiagnosticCode(word: string): word is DiagnosticCode {
  return Object.hasOwn(catalogue, word);
}

/** The pass that reports a code. */
export function passOf(code: DiagnosticCode): CataloguePass {
  for (const pass of Object.keys(catalogueTables) as CataloguePass[]) {
    if (Object.hasOwn(catalogueTables[pass], code)) return pass;
  }
  throw new Error(`code ${code} is in no table`);
}

/** The paragraph behind a code. */
export function explain(code: DiagnosticCode): string {
  const entry: CatalogueEntry = catalogue[code];
  return entry.explain;
}
