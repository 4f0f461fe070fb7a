// The text of src/emit/readable/prelude-text.ts, made from the src/emit/readable/prelude files: each declaration by itself, with and without types.

import { transformSync } from "esbuild";

interface Declaration {
  readonly name: string;
  readonly text: string;
}

/** The module that holds the prelude's text. */
export function preludeModule(files: readonly string[]): string {
  const declarations = files.flatMap((file) => file.split(/\n\n(?=\/\*\* )/)).flatMap(declaration);
  const names = declarations.map(({ name }) => name);
  const entries = declarations.map(({ name, text }) => {
    const uses = names.filter((other) => other !== name && refersTo(text, other));
    const plain = transformSync(text, { loader: "ts", target: "es2022" }).code.trim();
    const [doc = ""] = text.split("\n");
    const parts = {
      uses,
      typed: text,
      plain: plain === "" ? "" : `${doc}\n${plain}`,
    };
    const lines = Object.entries(parts).map(([key, value]) => `    ${key}: ${listed(value)},`);
    return `  ${name}: {\n${lines.join("\n")}\n  },`;
  });
  return [
    "// The text of each declaration of the prelude, for modules that need it. Written by a test from prelude.ts and prelude-codec.ts.",
    "",
    "/** A declaration as TypeScript and as JavaScript (empty: a type), and what it refers to. */",
    "export interface PreludeEntry {",
    "  readonly uses: readonly string[];",
    "  readonly typed: string;",
    "  readonly plain: string;",
    "}",
    "",
    "export const preludeText: { readonly [name: string]: PreludeEntry } = {",
    ...entries,
    "};",
    "",
  ].join("\n");
}

function declaration(chunk: string): readonly Declaration[] {
  const [, name] = /^export (?:function|class|interface|type) (\w+)/m.exec(chunk) ?? [];
  if (name === undefined) return [];
  // What a reader of a generated module may want to name stays exported.
  const shown = ["Fault", "Report", "newReport"].includes(name);
  return [{ name, text: shown ? chunk.trim() : chunk.trim().replace(/^export /m, "") }];
}

/** Functions are called, types and classes start with a capital; the same word elsewhere is a local name. */
function refersTo(text: string, name: string): boolean {
  const code = text.replaceAll(/\/\*\*.*\*\/|"[^"]*"/g, "");
  const use = /^[A-Z]/.test(name) ? `\\b${name}\\b` : `(?<!\\.)\\b${name}(<\\w+>)?\\(`;
  return new RegExp(use).test(code);
}

function listed(value: string | readonly string[]): string {
  if (typeof value !== "string") return `[${value.map((name) => JSON.stringify(name)).join(", ")}]`;
  return JSON.stringify(value);
}
