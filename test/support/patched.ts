// Specs from several small files, and an outline of the code that comes out of patching them.

import { expect } from "vitest";
import { spanText } from "../../src/diagnostics/source.ts";
import type { Block, Declaration, SpecFile, Statement } from "../../src/language/ast.ts";
import { type Loaded, load } from "../../src/language/load.ts";
import { parse } from "../../src/language/parse.ts";

/** Loads the first of the files; the others are what it can name. */
export function loadFiles(files: Readonly<Record<string, string>>): Loaded {
  const [first = ""] = Object.keys(files);
  return load(first, (path) => files[path] ?? null, parse);
}

/** The spec that comes out, which must be free of errors. */
export function patched(base: string, items: string): SpecFile {
  const { value, diagnostics } = loadFiles({
    "fix.weft": `patch fix of "base.weft"\n${items}`,
    "base.weft": `spec base\n${base}`,
  });
  expect(diagnostics).toEqual([]);
  if (value === null) throw new Error("nothing came out");
  return value;
}

/** A block on one line: labels, simple statements as written, the blocks of the others in braces. */
function outline(block: Block): string {
  const labels = block.endLabels.map((label) => `${label.text}:`);
  return [...block.statements.map(outlineStatement), ...labels].join(" ");
}

function outlineStatement(statement: Statement): string {
  const labels = statement.labels.map((label) => `${label.text}: `).join("");
  const inside = (block: Block): string => `{ ${outline(block)} }`;
  switch (statement.kind) {
    case "if": {
      const arms = statement.arms.map((arm) => `${spanText(arm.head).trim()} ${inside(arm.body)}`);
      const rest = statement.otherwise === null ? "" : ` else ${inside(statement.otherwise)}`;
      return labels + arms.join(" ") + rest;
    }
    case "either":
      return `${labels}either ${statement.branches.map(inside).join(" or ")}`;
    case "while":
    case "loop":
    case "for":
    case "pick":
    case "atomic":
      return `${labels}${statement.kind} ${inside(statement.body)}`;
    default:
      return labels + spanText(statement.span);
  }
}

/** The body of a fn, process or action on one line. */
export function bodyOf(spec: SpecFile, name: string): string {
  for (const declaration of spec.declarations) {
    if ("body" in declaration && "statements" in declaration.body && nameOf(declaration) === name) {
      return outline(declaration.body);
    }
  }
  return "";
}

/** The name of a declaration, or its kind if it has none. */
export function nameOf(declaration: Declaration): string {
  return "name" in declaration ? declaration.name.text : declaration.kind;
}
