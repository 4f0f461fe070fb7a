// Specs typechecked from text, for tests of what is accepted and what is said.

import { expect } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { positionAt } from "../../src/diagnostics/source.ts";
import { load } from "../../src/language/load.ts";
import type { Model } from "../../src/language/model.ts";
import { parse } from "../../src/language/parse.ts";
import { typecheck } from "../../src/language/typecheck/typecheck.ts";
import type { Value } from "../../src/language/types.ts";
import { modelFaults } from "./model-faults.ts";

type Settings = Readonly<Record<string, string | Value>>;

/** A spec made of declarations that begin with a line break: the first one stands in line 2. */
export function specOf(declarations: string): string {
  return `spec s${declarations}\n`;
}

/** What typechecking a text gives; a Model that comes out is sound. */
export function typechecked(
  text: string,
  settings: Settings = {},
): { readonly value: Model | null; readonly diagnostics: readonly Diagnostic[] } {
  const loaded = load("s.weft", () => text, parse);
  if (loaded.value === null) return { value: null, diagnostics: loaded.diagnostics };
  const { value, diagnostics } = typecheck(loaded.value, new Map(Object.entries(settings)));
  expect(value === null).toBe(diagnostics.some(({ severity }) => severity === "error"));
  if (value !== null) expect(modelFaults(value)).toEqual([]);
  return { value, diagnostics };
}

function errorsIn(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === "error");
}

/** The errors of a text: `line:column code: message (hint)`. */
export function errorsOf(text: string, settings: Settings = {}): readonly string[] {
  const { diagnostics } = typechecked(text, settings);
  return errorsIn(diagnostics).map(({ span, code, message, hint }) => {
    const at = span === null ? null : positionAt(span.source, span.start);
    const place = at === null ? "" : `${at.line}:${at.column} `;
    return `${place}${code}: ${message}${hint === null ? "" : ` (${hint})`}`;
  });
}

/** The Model of a text that must be accepted. */
export function modelOf(text: string, settings: Settings = {}): Model {
  const { value, diagnostics } = typechecked(text, settings);
  expect(errorsIn(diagnostics)).toEqual([]);
  if (value === null) throw new Error("no model");
  return value;
}
