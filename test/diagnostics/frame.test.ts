// How a diagnostic is drawn: the place, the marks under the span, cut lines, odd characters.

import { expect, test } from "vitest";
import { type FrameOptions, renderDiagnostic } from "../../src/diagnostics/frame.ts";
import { report } from "../../src/diagnostics/report.ts";
import type { Source, Span } from "../../src/diagnostics/source.ts";
import { displayWidth } from "../../src/diagnostics/width.ts";

/** The text without its `<` and `>`, and the span that they enclose. */
function marked(text: string): Span {
  const start = text.indexOf("<");
  const end = text.indexOf(">") - 1;
  const source: Source = { path: "a.weft", text: text.replace("<", "").replace(">", "") };
  return { source, start, end };
}

/** The source line and its marks, as drawn for the span between `<` and `>`. */
function frameOf(text: string, options: FrameOptions = {}): readonly string[] {
  const diagnostic = report("unknown-name", marked(text), { name: "x" });
  return renderDiagnostic(diagnostic, options).split("\n").slice(1);
}

test("a diagnostic with all of its parts", () => {
  const span = marked("var pmd: bool = false\n  <pmdd> := true\n");
  const related = [{ span: { ...span, start: 4, end: 7 }, message: "a name like it" }];
  const extras = { hint: "did you mean `pmd`?", related };
  expect(
    renderDiagnostic(report("unknown-name", span, { name: "pmdd" }, extras)),
  ).toMatchInlineSnapshot(`
      "a.weft:2:3: error[unknown-name]: \`pmdd\` is not declared
         2 |   pmdd := true
           |   ^^^^
        hint: did you mean \`pmd\`?
        a.weft:1:5: a name like it
         1 | var pmd: bool = false
           |     ^^^"
    `);
});

test("a diagnostic without a place is one line", () => {
  expect(renderDiagnostic(report("file-missing", null, { path: "no.weft" }))).toBe(
    "error[file-missing]: there is no file `no.weft`",
  );
});

test("style is asked for each coloured part", () => {
  const drawn = renderDiagnostic(report("unknown-name", marked("<x>"), { name: "x" }), {
    style: (name, text) => `{${name} ${text}}`,
  });
  expect(drawn).toBe(
    [
      "{place a.weft:1:1}: {error error[unknown-name]}: `x` is not declared",
      "{gutter    1 |} x",
      "{gutter      |} {error ^}",
    ].join("\n"),
  );
});

test("tabs count up to the next stop", () => {
  expect(frameOf("\tx\t<yy> := 1")).toEqual([
    "   1 |         x       yy := 1",
    "     |                 ^^",
  ]);
});

test("wide characters take two columns, combining ones none", () => {
  expect(frameOf("漢字 <名> e\u0301")).toEqual(["   1 | 漢字 名 e\u0301", "     |      ^^"]);
  expect(frameOf("e\u0301 <x>")).toEqual(["   1 | e\u0301 x", "     |   ^"]);
  expect(displayWidth("漢字🙂e\u0301")).toBe(7);
});

test("characters that would upset a terminal are replaced", () => {
  expect(frameOf("a\u001b[31m\u202e <x>")).toEqual([
    "   1 | a\ufffd[31m\ufffd x",
    "     |         ^",
  ]);
});

test("an empty span, and one at the end of the text, get one caret", () => {
  expect(frameOf("ab <>cd")).toEqual(["   1 | ab cd", "     |    ^"]);
  expect(frameOf("ab\n<>")).toEqual(["   2 |", "     | ^"]);
  expect(frameOf("ab<>\n")).toEqual(["   1 | ab", "     |   ^"]);
});

test("a span of several lines is marked on its first", () => {
  expect(frameOf("if <x {\n  y\n}>")).toEqual(["   1 | if x {", "     |    ^^^"]);
});

test("long lines are cut around the span", () => {
  const long = `${"a".repeat(100)} <name> ${"b".repeat(100)}`;
  expect(frameOf(long, { columns: 47 })).toEqual([
    "   1 | …aaaaaaaa name bbbbbbbbbbbbbbbbbbbbbbbb…",
    "     |           ^^^^",
  ]);
  expect(frameOf(`<name> ${"b".repeat(100)}`, { columns: 27 })).toEqual([
    "   1 | name bbbbbbbbbbbbbb…",
    "     | ^^^^",
  ]);
  expect(frameOf(`${"a".repeat(100)} <name>`, { columns: 27 })).toEqual([
    "   1 | …aaaaaaaaaaaaaa name",
    "     |                 ^^^^",
  ]);
});

test("no line is wider than asked, wherever the span lies and whatever the line holds", () => {
  const line = `${"\t漢a e\u0301".repeat(40)}`;
  const source: Source = { path: "a.weft", text: line };
  for (let start = 0; start < line.length; start++) {
    const span = { source, start, end: Math.min(line.length, start + 30) };
    const drawn = renderDiagnostic(report("unknown-name", span, { name: "x" }), { columns: 60 });
    for (const row of drawn.split("\n").slice(1)) {
      expect(displayWidth(row)).toBeLessThanOrEqual(60);
    }
  }
});
