// The parser takes any text at all: it never throws, never hangs, and says what is wrong at a place of the text.

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { lex } from "../../grammar/lexer.ts";
import { tokenText, vocabulary } from "../../grammar/tokens.ts";
import { parse } from "../../src/language/parse.ts";
import { errorsOf } from "../support/syntax-errors.ts";

/** Milliseconds that a busy machine may need for a property. */
const patience = 60_000;

/** Parses; what comes out is a tree, or faults that all have a place within the text. */
function survives(text: string): void {
  const { file, diagnostics } = parse({ path: "x.weft", text });
  expect(file === null).toBe(diagnostics.length > 0);
  for (const { span } of diagnostics) {
    expect(span?.start).toBeGreaterThanOrEqual(0);
    expect(span?.end).toBeLessThanOrEqual(text.length);
  }
}

const words = vocabulary.map(tokenText);

test(
  "random rows of tokens",
  () => {
    const word = fc.oneof(
      fc.constantFrom(...words),
      fc.constantFrom("x", "y", "1", '"a"', "///t", "\n"),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 80 }), (row) => survives(row.join(" "))),
      { numRuns: 1000 },
    );
  },
  patience,
);

test(
  "random characters",
  () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), survives), {
      numRuns: 1000,
    });
  },
  patience,
);

/** Every spec of the repository. */
function specs(): readonly string[] {
  const folder = new URL("../../specs/", import.meta.url);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".weft"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"));
}

test(
  "real specs parse, and survive the loss, doubling and exchange of tokens",
  () => {
    const texts = specs();
    for (const spec of texts) expect(errorsOf(spec)).toBe("");
    const edit = fc.tuple(fc.nat(), fc.constantFrom("lose", "double", ...words));
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        (spec, edits) => {
          let edited = spec;
          for (const [at, what] of edits) {
            const { tokens } = lex(edited);
            const token = tokens[at % tokens.length];
            if (token === undefined) continue;
            const end = token.startOffset + token.image.length;
            const instead =
              what === "lose" ? "" : what === "double" ? `${token.image} ${token.image}` : what;
            edited = edited.slice(0, token.startOffset) + instead + edited.slice(end);
          }
          survives(edited);
        },
      ),
      { numRuns: 300 },
    );
  },
  patience,
);

const depths: readonly (readonly [name: string, text: (depth: number) => string])[] = [
  ["parentheses", (depth) => `invariant i: ${"(".repeat(depth)}x${")".repeat(depth)}`],
  ["sets", (depth) => `invariant i: ${"{".repeat(depth)}x${"}".repeat(depth)}`],
  ["quantifiers", (depth) => `invariant i: ${"forall x in S: ".repeat(depth)}x`],
  ["conditionals", (depth) => `invariant i: ${"if a then b else ".repeat(depth)}x`],
  ["blocks", (depth) => `process p { ${"loop { ".repeat(depth)}${"}".repeat(depth)} }`],
  ["types", (depth) => `var x: ${"(".repeat(depth)}T${")".repeat(depth)} = 1`],
  ["a row of operators", (depth) => `invariant i: ${"x + ".repeat(depth * 2)}x`],
  ["implications", (depth) => `invariant i: ${"x => ".repeat(depth * 2)}x`],
  ["negations", (depth) => `invariant i: ${"!".repeat(depth * 2)}x`],
  ["indices", (depth) => `invariant i: x${"[1]".repeat(depth * 2)}`],
];

for (const [name, text] of depths) {
  test(`${name} may be nested, but not without end`, () => {
    expect(errorsOf(`spec s\n${text(90)}`)).toBe("");
    expect(errorsOf(`spec s\n${text(5000)}`)).toMatch(
      /^\d+:\d+-\d+ nesting-too-deep: this is nested too deeply$/,
    );
  });
}

test("broken texts of many lines take no more than a moment", () => {
  const line = "  x := {a b (  \n  if y z {\n  w = [x in (\n";
  const started = performance.now();
  survives(`spec s\nprocess p {\n${line.repeat(3000)}`);
  expect(performance.now() - started).toBeLessThan(5000);
});
