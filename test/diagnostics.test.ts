// Every code of the catalogue, provoked: test/diagnostics/<code>.weft is the smallest spec that does.
//
// A comment under a line marks what is reported there: `// ^^^^ code` or `// ^^^^ code: the sentence`.
// The carets stand under the span, up to the end of its line; a place in the first two columns is
// indented to make room. What is marked must be reported, and nothing else may be. A comment
// `// file: base.weft` begins another file, which the ones above it can name.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  type CataloguePass,
  catalogue,
  catalogueTables,
  diagnosticCodes,
  isDiagnosticCode,
} from "../src/diagnostics/catalogue.ts";
import type { Diagnostic } from "../src/diagnostics/diagnostic.ts";
import type { CatalogueEntry } from "../src/diagnostics/entry.ts";
import { lineText, positionAt } from "../src/diagnostics/source.ts";
import { load } from "../src/language/load.ts";
import { parse } from "../src/language/parse.ts";

const folder = new URL("diagnostics/", import.meta.url);

const provocations = readdirSync(folder)
  .filter((name) => name.endsWith(".weft"))
  .map((name) => name.slice(0, -".weft".length));

function readProvocation(name: string): string {
  return readFileSync(new URL(`${name}.weft`, folder), "utf8");
}

/** The files that a provocation holds, by name, in order. */
function filesOf(name: string, text: string): ReadonlyMap<string, string> {
  const [first = "", ...others] = text.split(/^\/\/ file: /m);
  const files = new Map([[name, first]]);
  for (const other of others) {
    const end = other.indexOf("\n");
    files.set(other.slice(0, end), other.slice(end + 1));
  }
  return files;
}

/** What a file says should be reported: `file:line:column-end code`. */
function expectedIn(file: string, text: string): readonly string[] {
  let marked = 0;
  return text.split("\n").flatMap((line, index) => {
    const mark = /^\s*\/\/\s*(\^+) (.*)$/.exec(line);
    if (mark === null) {
      marked = index + 1;
      return [];
    }
    const [, carets = "", said = ""] = mark;
    const from = line.indexOf("^") + 1;
    return [`${file}:${marked}:${from}-${from + carets.length} ${said}`];
  });
}

/** The diagnostic in the form of a mark; with its sentence if the mark that it meets has one. */
function describe(diagnostic: Diagnostic, marks: readonly string[]): string {
  const { code, span, message } = diagnostic;
  if (span === null) return code;
  const { line, column } = positionAt(span.source, span.start);
  const restOfLine = lineText(span.source, line).length - column + 1;
  const length = Math.max(1, Math.min(span.end - span.start, restOfLine));
  const mark = `${span.source.path}:${line}:${column}-${column + length} ${code}`;
  return marks.includes(mark) ? mark : `${mark}: ${message}`;
}

function check(name: string): void {
  test(name, () => {
    const path = `${name}.weft`;
    const files = filesOf(path, readProvocation(name));
    const marks = [...files].flatMap(([file, text]) => expectedIn(file, text));
    const { diagnostics } = load(path, (wanted) => files.get(wanted) ?? null, parse);
    expect(diagnostics.map((diagnostic) => describe(diagnostic, marks)).sort()).toEqual(
      marks.toSorted(),
    );
    expect(diagnostics.map(({ code }) => code)).toContain(name);
  });
}

for (const name of provocations) check(name);

test("every code has a provocation, and every provocation a code", () => {
  expect(provocations.filter((name) => !isDiagnosticCode(name))).toEqual([]);
  expect(diagnosticCodes.filter((code) => !provocations.includes(code))).toEqual([]);
});

// ---------------------------------------------------------------- the page made of the catalogue

const headings: Readonly<Record<CataloguePass, string>> = {
  syntax: "Syntax: texts that are not Weft",
  patch: "Files and patches: references and edits that do not apply",
  meaning: "Names and types: texts that mean nothing, or too much",
  machine: "Steps: statements that cannot become atomic steps",
  command: "Commands: what was asked for cannot be done",
  finding: "Findings: what a check reports about the behaviours of a spec",
  lint: "Lint: steps that real code can seldom take",
};

function pageOf(): string {
  const parts = [
    "# Diagnostics",
    "Every code that Weft reports, with what `weft explain CODE` says about it and the smallest spec " +
      "that provokes it. This page is generated from the catalogue (`src/diagnostics/`) and from " +
      "`test/diagnostics/`; a comment `// ^^^ code` in an example marks the place that is reported.",
  ];
  for (const pass of Object.keys(catalogueTables) as CataloguePass[]) {
    parts.push(`## ${headings[pass]}`);
    for (const [code, entry] of Object.entries<CatalogueEntry>(catalogueTables[pass])) {
      const sentence = entry.message.replace(/\{\w+\}/g, "…");
      parts.push(`### ${code}`, `*${entry.severity}*: ${sentence}`, entry.explain);
      if (provocations.includes(code)) {
        parts.push(`\`\`\`weft\n${readProvocation(code).trimEnd()}\n\`\`\``);
      }
    }
  }
  return `${parts.join("\n\n")}\n`;
}

test("docs/diagnostics.md says what the catalogue says", async () => {
  await expect(pageOf()).toMatchFileSnapshot("../docs/diagnostics.md");
});

test("no code stands in two tables, and every entry reads as it should", () => {
  const codes = Object.values(catalogueTables).flatMap((table) => Object.keys(table));
  expect(codes).toEqual([...new Set(codes)]);
  for (const code of diagnosticCodes) {
    const { message, explain } = catalogue[code];
    expect(message, code).not.toMatch(/\.$|^[A-Z]/);
    expect(explain, code).toMatch(/^[A-Z`].*\.$/s);
  }
});
