// Every code of the catalogue, provoked: test/diagnostics/<code>.weft is the smallest spec that does.
//
// A comment under a line marks what is reported there: `// ^^^^ code` or `// ^^^^ code: the sentence`.
// The carets stand under the span, up to the end of its line; a place in the first two columns is
// indented to make room. What is marked must be reported, and nothing else may be. A comment
// `// file: base.weft` begins another file, which the ones above it can name; `// without a place: code`
// marks what has none.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check as checkMachine } from "../src/checker/check.ts";
import { findingsOf } from "../src/checker/expectations.ts";
import type { Verdict } from "../src/checker/exploration.ts";
import { finish } from "../src/checker/explore.ts";
import { interpretedSystem } from "../src/checker/interpreted-system.ts";
import {
  type CataloguePass,
  catalogue,
  catalogueTables,
  type DiagnosticCode,
  diagnosticCodes,
  isDiagnosticCode,
  passOf,
} from "../src/diagnostics/catalogue.ts";
import type { CatalogueEntry } from "../src/diagnostics/entry.ts";
import { lineText, positionAt, type Span } from "../src/diagnostics/source.ts";
import { lint } from "../src/language/lint.ts";
import type { Machine } from "../src/machine/machine.ts";
import { compile } from "../src/pipeline.ts";

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
    const placeless = /^\/\/ without a place: (.*)$/.exec(line);
    if (placeless !== null) return placeless.slice(1);
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

/** Something that was said: a diagnostic, or what a check found, which has no sentence of its own. */
interface Said {
  readonly code: DiagnosticCode;
  readonly span: Span | null;
  readonly message: string | null;
}

/** In the form of a mark; with its sentence if the mark that it meets has one. */
function describe({ code, span, message }: Said, marks: readonly string[]): string {
  if (span === null) return code;
  const { line, column } = positionAt(span.source, span.start);
  const restOfLine = lineText(span.source, line).length - column + 1;
  const length = Math.max(1, Math.min(span.end - span.start, restOfLine));
  const mark = `${span.source.path}:${line}:${column}-${column + length} ${code}`;
  return marks.includes(mark) || message === null ? mark : `${mark}: ${message}`;
}

/** What compiling says and, for codes of later passes, what these say. */
function saidOf(name: string, files: ReadonlyMap<string, string>): readonly Said[] {
  const { model, machine, diagnostics } = compile(
    `${name}.weft`,
    (path) => files.get(path) ?? null,
  );
  if (machine === null || model === null || !isDiagnosticCode(name)) return diagnostics;
  switch (passOf(name)) {
    case "lint":
      return [...diagnostics, ...lint(model)];
    case "finding":
      return [...diagnostics, ...foundIn(machine)];
    default:
      return diagnostics;
  }
}

/** What a check of the machine complains about. */
function foundIn(machine: Machine): readonly Said[] {
  const exploration = finish(checkMachine(machine, interpretedSystem(machine)));
  const { violations, covers, branches, actions, labels } = findingsOf(machine, exploration);
  const found: { readonly code: DiagnosticCode; readonly span: Span | null }[] = [
    ...(exploration.initialStates === 0 ? machine.initConditions : []).map(({ span }) => ({
      code: "no-initial-state" as const,
      span,
    })),
    ...violations.map(violationIn),
    ...covers.map(({ span }) => ({ code: "cover-unreached" as const, span })),
    ...branches.map((index) => ({
      code: "branch-never-entered" as const,
      span: machine.branches[index]?.span ?? null,
    })),
    ...machine.actions
      .filter((action) => actions.includes(action.name))
      .map(({ action }) => ({ code: "action-never-taken" as const, span: action.span })),
    ...labels.map(({ expectation, trace }) => ({
      code: trace === null ? ("label-unreached" as const) : ("label-reached" as const),
      span: expectation.span,
    })),
  ];
  return found.map((finding) => ({ ...finding, message: null }));
}

function violationIn(verdict: Verdict): Omit<Said, "message"> {
  const { detail, span, kind } = verdict;
  if (detail?.kind === "fault") return { code: detail.fault, span: detail.span };
  if (detail?.kind === "sleep") return { code: "sleep-under-spinlock", span: detail.span };
  if (detail?.kind === "property-fault") return { code: "property-fault", span };
  switch (kind) {
    case "invariant":
      return { code: "invariant-violated", span };
    case "step":
      return { code: "step-violated", span };
    case "assert":
      return { code: "assert-failed", span };
    case "cover":
      return { code: "cover-unreached", span };
    default:
      return { code: kind, span };
  }
}

function check(name: string): void {
  test(name, () => {
    const files = filesOf(`${name}.weft`, readProvocation(name));
    const marks = [...files].flatMap(([file, text]) => expectedIn(file, text));
    const said = saidOf(name, files);
    expect(said.map((one) => describe(one, marks)).sort()).toEqual(marks.toSorted());
    expect(said.map(({ code }) => code)).toContain(name);
  });
}

for (const name of provocations) check(name);

/** Codes that no spec provokes: those of the command line, and the name of a group of findings. */
const withoutSpec: readonly string[] = [...Object.keys(catalogueTables.command), "lock_use"];

test("every code has a provocation, and every provocation a code", () => {
  expect(provocations.filter((name) => !isDiagnosticCode(name))).toEqual([]);
  const missing = diagnosticCodes.filter((code) => !provocations.includes(code));
  expect(missing).toEqual(diagnosticCodes.filter((code) => withoutSpec.includes(code)));
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
      const example = provocations.includes(code) ? readProvocation(code) : "";
      // One that is long is no example for people.
      if (example !== "" && !/.{100}/.test(example)) {
        parts.push(`\`\`\`weft\n${example.trimEnd()}\n\`\`\``);
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
