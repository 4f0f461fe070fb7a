// The exit status: the first row of the table that applies.

import { expect, test } from "vitest";
import {
  codeOfDiagnostics,
  codeOfExploration,
  exitCodes,
  firstCode,
} from "../src/commands/exit-codes.ts";
import { compile } from "../src/pipeline.ts";
import { checked } from "./support/checked.ts";

test("among several codes the one highest in the table wins, whatever their numbers", () => {
  const table = Object.values(exitCodes);
  expect(table).toEqual([255, 1, 150, 120, 10, 11, 12, 14, 15, 152, 130, 0]);
  table.forEach((code, row) => {
    expect(firstCode(table.slice(row))).toBe(code);
    expect(firstCode(table.slice(row).reverse())).toBe(code);
  });
  expect(firstCode([])).toBe(0);
});

/** The codes of the files that a command was given. */
function refused(files: Readonly<Record<string, string>>): number {
  return codeOfDiagnostics(compile("a.weft", (path) => files[path] ?? null).diagnostics);
}

test.each([
  ["a missing file", {}, 1],
  ["a missing base", { "a.weft": 'patch p of "b.weft"\n' }, 1],
  ["syntax in the base", { "a.weft": 'patch p of "b.weft"\n', "b.weft": "spec s\nvar\n" }, 150],
  [
    "an edit that does not apply",
    {
      "a.weft": 'patch p of "b.weft"\nedit f at start { skip }\n',
      "b.weft": "spec s\nprocess p { skip }\n",
    },
    120,
  ],
  [
    "what is not there yet",
    { "a.weft": "spec s\nprocess p { skip }\nproperty live: <> done(p)\n" },
    150,
  ],
])("%s", (_, files, code) => {
  expect(refused(files)).toBe(code);
});

/** The code of a check, whatever it found. */
function code(text: string, search: Parameters<typeof checked>[2] = {}): number {
  const { exploration, findings } = checked(text, new Map(), search);
  return codeOfExploration(exploration, findings);
}

const spec = "spec s\nvar n: 0..9 = 0\nprocess p { while n < 9 { n += 1 } }\n";

test("a violation counts though the search is not complete, a cover not reached only if it is", () => {
  expect(code(`${spec}invariant low: n < 2\n`, { first: true })).toBe(12);
  expect(code(`${spec}cover ten: n == 9 && !(n == 9)\n`, { maxStates: 3 })).toBe(152);
  expect(code(`${spec}cover ten: n == 9 && !(n == 9)\n`)).toBe(15);
});

test("what is expected to be unreachable is no finding, with its branches; other branches are", () => {
  const dead = `spec s
var n: 0..3 = 0
process p {
  if n == 1 {
  never:
    if n == 2 { n := 3 }
  }
}
`;
  expect(code(dead)).toBe(15);
  expect(code(`${dead}expect p.never unreachable\n`)).toBe(0);
  const cover = `${spec}cover big: n < 0\n`.replace("n < 0", "n == 0 && n == 1");
  expect(code(`${cover}expect big unreachable\n`)).toBe(0);
});

test("a violation is a finding though it is expected, but for a known order of locks", () => {
  expect(code(`${spec}invariant low: n < 2\nexpect low violated\n`)).toBe(12);
  const order = `spec s
mutex a
mutex b
var turn: bool = false
process p { acquire a; acquire b; release b; release a; turn := true }
process q { await turn; acquire b; acquire a; release a; release b }
`;
  expect(code(order)).toBe(12);
  expect(code(`${order}expect lock_order violated\n`)).toBe(0);
});
