// The grammar: its examples parse, its tokens give the text back, and what is generated from it is fresh.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cstTypes, examplesOf, grammarPage } from "../grammar/generate.ts";
import { textMateGrammar, vimSyntax } from "../grammar/generate-editors.ts";
import { lex } from "../grammar/lexer.ts";
import { WeftParser } from "../grammar/rules.ts";

const folder = new URL("../grammar/", import.meta.url);

function read(file: string): string {
  return readFileSync(new URL(file, folder), "utf8");
}

const sources = [
  { title: "Files and patches", text: read("rules.ts") },
  { title: "Declarations", text: read("declaration-rules.ts") },
  { title: "Statements", text: read("statement-rules.ts") },
  { title: "Types", text: read("type-rules.ts") },
  { title: "Expressions", text: read("expression-rules.ts") },
];

/** Made with all of Chevrotain's checks of a grammar, which the program leaves out. */
const parser = new WeftParser({ skipValidations: false });

function parsesAs(rule: string, text: string): boolean {
  const { tokens, unknown } = lex(text);
  parser.start(tokens);
  const parse = parser[rule as keyof WeftParser] as () => unknown;
  parse.call(parser);
  return unknown.length + parser.errors.length + parser.complaints.length === 0;
}

for (const { text } of sources) {
  for (const [rule, example] of examplesOf(text)) {
    test(`${rule}: ${example}`, () => {
      expect(parsesAs(rule, example)).toBe(true);
      // The example is one of this production alone: with more behind it, it is none.
      expect(parsesAs(rule, `${example} =`)).toBe(false);
    });
  }
}

test("every production has an example", () => {
  const examples = sources.flatMap(({ text }) => [...examplesOf(text).keys()]);
  expect(examples.toSorted()).toEqual(Object.keys(parser.getGAstProductions()).toSorted());
});

test("the tokens, with blanks between them, are the text", () => {
  const text = read("../specs/thp-unmap/pre-patch.weft");
  const { tokens, texts, comments } = lex(text);
  let rest = 0;
  for (const token of [...tokens, ...texts, ...comments].sort(
    (a, b) => a.startOffset - b.startOffset,
  )) {
    expect(text.slice(rest, token.startOffset)).toMatch(/^\s*$/);
    expect(text.startsWith(token.image, token.startOffset)).toBe(true);
    rest = token.startOffset + token.image.length;
  }
  expect(text.slice(rest)).toMatch(/^\s*$/);
});

const generated: readonly (readonly [file: string, content: string])[] = [
  ["cst.ts", cstTypes(parser)],
  ["GRAMMAR.md", grammarPage(parser, sources)],
  ["weft.tmLanguage.json", textMateGrammar()],
  ["weft.vim", vimSyntax()],
];

for (const [file, content] of generated) {
  test(`grammar/${file} is fresh`, async () => {
    await expect(content).toMatchFileSnapshot(`../grammar/${file}`);
  });
}
