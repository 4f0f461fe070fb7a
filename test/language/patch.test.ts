// Patches: what the items do, what is inherited, and what is said when an item does not apply.

import { expect, test } from "vitest";
import { formatPlace, spanText } from "../../src/diagnostics/source.ts";
import type { SpecFile } from "../../src/language/ast.ts";
import { load } from "../../src/language/load.ts";
import { parse } from "../../src/language/parse.ts";
import { bodyOf, loadFiles, nameOf, patched } from "../support/patched.ts";

// ---------------------------------------------------------------- the other items

/** The declarations as written, in order; `=> v` behind one whose value was set. */
function declarationsOf(spec: SpecFile): readonly string[] {
  return spec.declarations.map((declaration) => {
    if (declaration.kind === "const" || declaration.kind === "param") {
      return `${declaration.kind} ${declaration.name.text} = ${spanText(declaration.value.span)}`;
    }
    if (declaration.kind === "var") {
      const { kind, value } = declaration.initial;
      return `var ${declaration.name.text} ${kind} ${spanText(value.span)}`;
    }
    return `${declaration.kind} ${nameOf(declaration)}`;
  });
}

test("set gives a const, a param, a variable another value, in its place", () => {
  const base =
    "const C: bool = false\nparam P: 1..8 = 2\nvar v: 0..3 in {1, 2}\nvar w: bool = false";
  const spec = patched(base, "set C = true\nset P = 3\nset v = 0");
  expect(declarationsOf(spec)).toEqual([
    "const C = true",
    "param P = 3",
    "var v value 0",
    "var w value false",
  ]);
});

test("replace puts the new code in the place of the old, remove takes out, additions go last", () => {
  const base = "fn f() { a() }\nprocess p { b() }\nvar v: bool = false\ninvariant i: v";
  const items =
    "fn g() { x() }\nreplace fn f(n: T) { g() }\nremove v\nreplace process p { y() }\nvar w: bool = true";
  const spec = patched(base, items);
  expect(declarationsOf(spec)).toEqual([
    "fn f",
    "process p",
    "invariant i",
    "fn g",
    "var w value true",
  ]);
  expect([bodyOf(spec, "f"), bodyOf(spec, "p")]).toEqual(["g()", "y()"]);
});

test("a name removed can be declared anew", () => {
  const spec = patched("var v: bool = false\nvar w: bool = false", "remove v\nvar v: 0..3 = 1");
  expect(declarationsOf(spec)).toEqual(["var w value false", "var v value 1"]);
});

test("properties and covers are inherited, expectations are not", () => {
  const base = "var v: bool = false\ninvariant i: v\ncover c: v\nexpect i violated";
  const spec = patched(base, "expect i holds");
  expect(declarationsOf(spec)).toEqual([
    "var v value false",
    "invariant i",
    "cover c",
    "expect expect",
  ]);
  const last = spec.declarations.at(-1);
  expect(last?.span.source.path).toBe("fix.weft");
});

test("the patched spec has the patch's name and text, and the comments of both files", () => {
  const { value, sources } = loadFiles({
    "fix.weft": '/// What it does.\npatch fix of "base.weft"\n// one\nset C = true  /// why',
    "base.weft": "/// The base.\nspec base\n// two\nconst C: bool = false  /// what",
  });
  expect(value?.name.text).toBe("fix");
  expect(value?.doc).toBe("What it does.");
  expect(value?.source.path).toBe("fix.weft");
  expect(value?.comments.map(({ span }) => span.source.path)).toEqual(["base.weft", "fix.weft"]);
  expect(value?.texts.filter((text) => text.trailing).map((text) => text.text)).toEqual([
    "what",
    "why",
  ]);
  expect(sources.map((source) => source.path)).toEqual(["fix.weft", "base.weft"]);
});

test("every node keeps its place in the file that it came from", () => {
  const spec = patched("fn f() {\n  a()\nL:\n  b()\n}", "edit f after L {\n  x()\n}");
  const code = spec.declarations[0];
  const statements = code?.kind === "fn" ? code.body.statements : [];
  expect(statements.map((statement) => formatPlace(statement.span))).toEqual([
    "base.weft:3:3",
    "base.weft:5:3",
    "fix.weft:3:3",
  ]);
});

test("a patch of a patch changes what the first one left", () => {
  const { value, diagnostics } = loadFiles({
    "v2.weft": 'patch v2 of "v1.weft"\nedit f replace M {\ny()\n}',
    "v1.weft": 'patch v1 of "base.weft"\nedit f after L {\nM: x()\n}',
    "base.weft": "spec base\nfn f() {\nL: a()\n}",
  });
  expect(diagnostics).toEqual([]);
  expect(value?.name.text).toBe("v2");
  expect(value === null ? "" : bodyOf(value, "f")).toBe("L: a() M: y()");
});

test("neither tree is changed by applying the patch", () => {
  const trees: string[] = [];
  const parsed: unknown[] = [];
  const files: Readonly<Record<string, string>> = {
    "fix.weft": 'patch fix of "base.weft"\nset C = true\nedit f replace L..M { }\nremove v',
    "base.weft":
      "spec base\nconst C: bool = false\nvar v: bool = C\nfn f() {\nif c {\nL: a()\nM: b()\n}\n}",
  };
  load(
    "fix.weft",
    (path) => files[path] ?? null,
    (source) => {
      const result = parse(source);
      parsed.push(result.file);
      trees.push(JSON.stringify(result.file));
      return result;
    },
  );
  expect(trees.length).toBe(2);
  expect(parsed.map((tree) => JSON.stringify(tree))).toEqual(trees);
});

// ---------------------------------------------------------------- items that do not apply

/** `place code (related places)` of every diagnostic. */
function checkRefused(
  what: string,
  base: string,
  items: string,
  expected: readonly string[],
): void {
  test(`refused: ${what}`, () => {
    const { value, diagnostics } = loadFiles({
      "fix.weft": `patch fix of "base.weft"\n${items}`,
      "base.weft": `spec base\n${base}`,
    });
    expect(value).toBeNull();
    const said = diagnostics.map(({ code, span, hint, related }) => {
      const place = span === null ? "" : formatPlace(span);
      const others = related.map((other) => `${formatPlace(other.span)} ${other.message}`);
      return [`${place} ${code}`, ...others, ...(hint === null ? [] : [hint])].join("; ");
    });
    expect(said).toEqual(expected);
  });
}

checkRefused("a target that is not there", "fn walk() { a() }", "edit walc at start { x() }", [
  "fix.weft:2:6 edit-unknown-target; base.weft:1:6 this is the base; did you mean `walk`?",
]);
checkRefused("a target that has no code", "var v: bool = false", "edit v at start { x() }", [
  "fix.weft:2:6 edit-unknown-target; base.weft:2:5 `v` is declared here",
]);
checkRefused("a label that is not there", "fn f() {\nretry: a()\n}", "edit f before rety { x() }", [
  "fix.weft:2:15 edit-unknown-label; base.weft:2:4 `f` is declared here; did you mean `retry`?",
]);
checkRefused(
  "a label that an earlier edit took away",
  "fn f() {\nL: a()\nM: b()\n}",
  "edit f replace L..M { x() }\nedit f after M { y() }",
  ["fix.weft:3:14 edit-unknown-label; fix.weft:2:1 taken away here"],
);
checkRefused(
  "a label that an earlier replacement took away",
  "fn f() {\nL: a()\n}",
  "replace fn f() { x() }\nedit f after L { y() }",
  ["fix.weft:3:14 edit-unknown-label; fix.weft:2:1 taken away here"],
);
checkRefused("a range backwards", "fn f() {\nL: a()\nM: b()\n}", "edit f replace M..L { x() }", [
  "fix.weft:2:19 edit-range-order; base.weft:3:1 `L` stands here",
]);
checkRefused(
  "a range from one block into another",
  "fn f() {\nL: a()\nif c {\nM: b()\n}\n}",
  "edit f replace L..M { x() }\nedit f replace M..L { x() }",
  [
    "fix.weft:2:19 edit-range-order; base.weft:5:1 `M` stands here",
    "fix.weft:3:19 edit-range-order; base.weft:3:1 `L` stands here",
  ],
);
checkRefused(
  "a range whose end is not there",
  "fn f() {\nL: a()\n}",
  "edit f replace L..M { x() }",
  ["fix.weft:2:19 edit-unknown-label; base.weft:2:4 `f` is declared here"],
);
checkRefused(
  "replacing the end of a block",
  "fn f() {\nL: a()\nM: }",
  "edit f replace M { x() }\nedit f replace L..M { x() }",
  [
    "fix.weft:2:16 edit-end-label; base.weft:4:1 it stands here",
    "fix.weft:3:19 edit-end-label; base.weft:4:1 it stands here",
  ],
);
checkRefused("setting what is not there", "const FLAG: bool = false", "set FLAGS = true", [
  "fix.weft:2:5 set-unknown-name; base.weft:1:6 this is the base; did you mean `FLAG`?",
]);
checkRefused("setting a lock", "spinlock l", "set l = true", [
  "fix.weft:2:5 set-not-settable; base.weft:2:10 `l` is declared here",
]);
checkRefused("replacing what is not there", "fn walk() { a() }", "replace fn wolk() { x() }", [
  "fix.weft:2:12 replace-unknown; base.weft:1:6 this is the base; did you mean `walk`?",
]);
checkRefused("replacing a process by a fn", "process p { a() }", "replace fn p() { x() }", [
  "fix.weft:2:12 replace-kind-mismatch; base.weft:2:9 `p` is declared here",
]);
checkRefused("removing twice", "var v: bool = false", "remove v\nremove v", [
  "fix.weft:3:8 remove-unknown; fix.weft:2:1 it was removed here",
]);
checkRefused(
  "adding what is there",
  "fn f() { a() }\nvar v: bool = false",
  "fn f() { x() }\nvar v: bool = true",
  [
    "fix.weft:2:4 duplicate-name; base.weft:2:4 `f` is declared here; write `replace fn f` to put this in its place",
    "fix.weft:3:5 duplicate-name; base.weft:3:5 `v` is declared here; `remove v` first, or `set` it if only its value changes",
  ],
);
