// Code edits at labels: what each kind makes of a body.

import { expect, test } from "vitest";
import { bodyOf, patched } from "../support/patched.ts";

function checkEdit(what: string, body: string, edits: readonly string[], expected: string): void {
  test(`edit: ${what}`, () => {
    const spec = patched(`fn f() {\n${body}\n}`, edits.join("\n"));
    expect(bodyOf(spec, "f")).toBe(expected);
  });
}

checkEdit(
  "before a label goes ahead of it, so that jumps to it skip the code",
  "a()\nL: b()\nc()",
  ["edit f before L {\nx()\ny()\n}"],
  "a() x() y() L: b() c()",
);
checkEdit(
  "before one of several labels goes between them",
  "a()\nK: L: M: b()",
  ["edit f before L {\nx()\n}"],
  "a() K: x() L: M: b()",
);
checkEdit(
  "before the first label of a body",
  "L: a()",
  ["edit f before L {\nx()\n}"],
  "x() L: a()",
);
checkEdit(
  "before a label at the end of a block",
  "if c {\na()\nL: }\nb()",
  ["edit f before L {\nx()\n}"],
  "if c { a() x() L: } b()",
);
checkEdit(
  "after a label at the end of a block",
  "a()\nK: L: M: ",
  ["edit f after L {\nx()\n}"],
  "a() K: L: x() M:",
);
checkEdit(
  "after a label goes behind the whole statement",
  "L: if c {\na()\n}\nM: b()",
  ["edit f after L {\nx()\n}"],
  "L: if c { a() } x() M: b()",
);
checkEdit(
  "after the last statement of a block stays in the block",
  "while c {\nL: a()\n}",
  ["edit f after L {\nx()\n}"],
  "while { L: a() x() }",
);
checkEdit(
  "at start goes ahead of a label that stands there",
  "L: a()",
  ["edit f at start {\nx()\n}"],
  "x() L: a()",
);
checkEdit("at start of an empty body", "", ["edit f at start {\nx()\n}"], "x()");
checkEdit(
  "replace takes one statement and keeps its labels",
  "a()\nK: L: b()\nc()",
  ["edit f replace L {\nx()\ny()\n}"],
  "a() K: L: x() y() c()",
);
checkEdit(
  "replace by nothing deletes the statement; the labels stay",
  "a()\nL: b()\nM: c()",
  ["edit f replace L { }"],
  "a() L: M: c()",
);
checkEdit(
  "replace by nothing at the end of a block",
  "a()\nL: b()",
  ["edit f replace L { }"],
  "a() L:",
);
checkEdit(
  "replace takes a compound statement whole",
  "L: if c {\na()\n} else {\nb()\n}\nd()",
  ["edit f replace L {\nx()\n}"],
  "L: x() d()",
);
checkEdit(
  "replace a range of statements",
  "a()\nL: b()\nK: c()\nM: d()\ne()",
  ["edit f replace L..M {\nx()\n}"],
  "a() L: x() e()",
);
checkEdit(
  "replace a range of one statement",
  "a()\nL: M: b()\nc()",
  ["edit f replace L..M {\nx()\n}"],
  "a() L: M: x() c()",
);
checkEdit(
  "blocks of every kind are searched",
  [
    "if a {\nL1: s()\n} else if b {\nL2: s()\n} else {\nL3: s()\n}",
    "while c {\nL4: s()\n}",
    "loop {\nL5: s()\n}",
    "for i in S {\nL6: s()\n}",
    "either {\nL7: s()\n} or {\nL8: s()\n}",
    "pick j in S {\nL9: s()\n}",
    "atomic {\nL10: s()\n}",
  ].join("\n"),
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `edit f replace L${n} {\nx${n}()\n}`),
  "if a { L1: x1() } else if b { L2: x2() } else { L3: x3() } while { L4: x4() } loop { L5: x5() } " +
    "for { L6: x6() } either { L7: x7() } or { L8: x8() } pick { L9: x9() } atomic { L10: x10() }",
);
checkEdit(
  "labels of the block come along, also those at its end",
  "a()\nL: b()",
  ["edit f before L {\nK: x()\nM: }"],
  "a() K: x() M: L: b()",
);
checkEdit(
  "edits apply in order, each to what the ones before it left",
  "L: a()",
  ["edit f after L {\nM: x()\n}", "edit f before M {\ny()\n}", "edit f replace M {\nz()\n}"],
  "L: a() y() M: z()",
);
checkEdit(
  "a variable of the block belongs to the block around the anchor",
  "L: a()",
  ["edit f before L {\nvar got: bool = false\n}"],
  "var got: bool = false L: a()",
);

test("edit: processes and actions have bodies too", () => {
  const base = "process p {\nL: a()\n}\naction q(i: T) when c {\nL: a()\n}";
  const spec = patched(base, "edit p after L {\nx()\n}\nedit q before L {\ny()\n}");
  expect([bodyOf(spec, "p"), bodyOf(spec, "q")]).toEqual(["L: a() x()", "y() L: a()"]);
});
