// Blocks as plain text: what is broken where, what stands apart, and rows that are left out.

import fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth } from "../../src/diagnostics/width.ts";
import {
  type Block,
  cell,
  code,
  heading,
  paragraph,
  say,
  value,
} from "../../src/report/diff/block.ts";
import { excerpt } from "../../src/report/diff/excerpt.ts";
import { mailOf } from "../../src/report/diff/mail.ts";
import { drawPlain } from "../../src/report/diff/plain.ts";
import { drawDifference } from "../../src/report/diff/terminal.ts";
import type { Narrative, Row } from "../../src/report/narrate.ts";
import { diffOfTexts } from "../support/diff-of.ts";

test("code with blanks is quoted in a sentence, a value is not, and neither is broken", () => {
  const text = say`it comes to ${code("ptl = pmd_lock()")} and waits, since ${value("owner == 0")}; then ${code("exit()")}`;
  expect(drawPlain([paragraph(text)], { width: 28, indent: 2 })).toBe(
    [
      "  it comes to",
      '  "ptl = pmd_lock()" and',
      "  waits, since owner == 0;",
      "  then exit()",
    ].join("\n"),
  );
});

test("a letter has empty lines between its blocks, and whole sentences", () => {
  const blocks: readonly Block[] = [
    heading("Costs"),
    paragraph(say`the same in both`),
    paragraph(say`${code("n")} is 1:`),
  ];
  expect(drawPlain(blocks, { width: 72, indent: 0, loose: true })).toBe(
    "Costs\n=====\n\nThe same in both.\n\nn is 1:",
  );
  expect(drawPlain(blocks, { width: 72, indent: 2 })).toBe("Costs\n  the same in both\n  n is 1:");
});

test("a table that is too wide breaks its widest cells", () => {
  const rows = [
    [cell("property"), cell("old")],
    [cell("a rather long name of something"), cell("holds")],
  ];
  expect(drawPlain([{ kind: "table", headed: true, rows }], { width: 26, indent: 0 })).toBe(
    ["  property       old", "  a rather long  holds", "    name of", "    something"].join("\n"),
  );
});

test("no sentence and no table is ever wider than asked for", () => {
  const words = fc.array(fc.string({ maxLength: 60 }), { maxLength: 12 });
  fc.assert(
    fc.property(words, fc.integer({ min: 40, max: 100 }), (texts, width) => {
      const rows = texts.map((text) => [cell(text), cell([code(text)]), cell("")]);
      const blocks: readonly Block[] = [
        ...texts.flatMap((text) => [
          paragraph(say`${text} and ${code(text)}`),
          heading([value(text)]),
        ]),
        { kind: "table", headed: true, rows },
      ];
      const lines = drawPlain(blocks, { width, indent: 2 }).split("\n");
      expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
    }),
    { seed: 4, numRuns: 200 },
  );
});

// ---------------------------------------------------------------- rows that are left out

function story(
  rows: readonly (readonly [column: number, depth: number, text: string])[],
): Narrative {
  return {
    columns: [0, 1].map((column) => ({ title: `CPU${column}`, role: null, movers: [column] })),
    rows: rows.map(([column, depth, text], step): Row => {
      const kind = text.endsWith("()") ? "call" : "step";
      return { column, depth, text, values: [], kind, step, mark: null };
    }),
  };
}

function shown(narrative: Narrative): readonly string[] {
  return narrative.rows.map(({ column, depth, text }) => `${column}: ${"  ".repeat(depth)}${text}`);
}

const long = story([
  [0, 0, "outer()"],
  [0, 1, "first"],
  [0, 1, "inner()"],
  [1, 0, "other"],
  [0, 2, "a"],
  [0, 2, "b"],
  [0, 2, "kept"],
  ...Array.from({ length: 8 }, (_, index) => [1, 0, `tail ${index}`] as const),
]);

test("a row is kept with the call that it is in; dots stand where something is left out", () => {
  expect(shown(excerpt(long, ({ text }) => text === "kept" || text === "tail 7"))).toEqual([
    "0: ...",
    "0: inner()",
    "1: ...",
    "0:   ...",
    "0:   kept",
    "1: tail 7",
  ]);
});

test("a column of which nothing is kept vanishes; a short story is told in whole", () => {
  const one = excerpt(long, ({ text }) => text === "kept");
  expect(one.columns.map(({ title }) => title)).toEqual(["CPU0"]);
  expect(shown(one)).toEqual(["0: ...", "0: inner()", "0:   ...", "0:   kept"]);
  const short = story([
    [0, 0, "a"],
    [1, 0, "b"],
  ]);
  expect(excerpt(short, () => false)).toBe(short);
});

// ---------------------------------------------------------------- many CPUs

test("more CPUs than fit a page stand one below the other", () => {
  const spec = (write: string) => `spec many
type Cpu = 1..9
var n: 0..9 = 0
var turn: 1..9 = 1
process cpu[c: Cpu] {
  await turn == c                       /// wait_for_the_turn_of_this_processor(c)
  n := ${write}                         /// write_the_number_that_all_of_them_share(n)
  turn := if turn == 9 then 9 else turn + 1
}
invariant few: n < 9
`;
  const diff = diffOfTexts(spec("c"), spec("0"));
  for (const [text, width] of [
    [drawDifference(diff), 100],
    [drawDifference(diff, { full: true }), 100],
    [mailOf(diff), 72],
  ] as const) {
    expect(text).toContain("CPU8 (cpu[9])");
    expect(text.split("\n").filter((line) => displayWidth(line) > width)).toEqual([]);
  }
});
