// What a spec declares, each on one line: as the formatter prints it, and alike whatever bound names are called.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { SpecFile } from "../../src/language/ast.ts";
import { declaredIn } from "../../src/language/declared.ts";
import { format } from "../../src/language/format.ts";
import { parse } from "../../src/language/parse.ts";

function parsed(path: string, text: string): SpecFile | null {
  const { file } = parse({ path, text });
  return file?.kind === "spec" ? file : null;
}

/** The one declaration of a text. */
function declaredAs(declaration: string): { readonly text: string; readonly meaning: string } {
  const file = parsed("test.weft", `spec s\n${declaration}\n`);
  const [only] = file === null ? [] : declaredIn(file);
  if (only === undefined) expect.fail(`not one declaration: ${declaration}`);
  return only;
}

const folder = new URL("../../specs/", import.meta.url);
const specs = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".weft"),
);

test("declarations of all specs stand in their formatted text, comments and line breaks left out", () => {
  let seen = 0;
  for (const path of specs) {
    const file = parsed(path, readFileSync(new URL(path, folder), "utf8"));
    if (file === null) continue;
    const bare = (text: string): string => text.replace(/\s/g, "").replaceAll(",}", "}");
    const whole = bare(format(file).replace(/\/\/.*$/gm, ""));
    for (const { text } of declaredIn(file)) {
      expect(text).not.toContain("\n");
      expect(whole).toContain(bare(text));
      seen += 1;
    }
  }
  expect(seen).toBeGreaterThan(100);
});

test.each([
  [
    "invariant i: forall a in T, b in S: f(a, b) && !a.x",
    "invariant i: forall c in T, a in S: f(c, a) && !c.x",
  ],
  ["invariant i: let a = m[1] in 1..2: a", "invariant i: let b = m[1] in 1..2: b"],
  ["invariant i: (sum a in T: -a) == 1", "invariant i: (sum b in T: -b) == 1"],
  [
    "var m: T[K] = [k in K: if k == 1 then k else 0]",
    "var m: T[K] = [j in K: if j == 1 then j else 0]",
  ],
  [
    "invariant i: {a + 1 for a in S} == {a in S where a > 0}",
    "invariant i: {b + 1 for b in S} == {c in S where c > 0}",
  ],
  ["var m[a: K][b: K]: T = a * 2 + b", "var m[b: K][a: K]: T = b * 2 + a"],
  [
    "def f(a: T, b: T): T = { x: a, y: (r with y = b).y }",
    "def f(u: T, v: T): T = { x: u, y: (r with y = v).y }",
  ],
  [
    "step s: forall a in T: x[a]' == (x with [a] = [a])[a]",
    "step s: forall b in T: x[b]' == (x with [b] = [b])[b]",
  ],
  [
    "invariant i: forall a in T: p[a] @ f.L && held(l[a])",
    "invariant i: forall b in T: p[b] @ f.L && held(l[b])",
  ],
  [
    "invariant i: forall a in T: (forall a in S: a == 1) && a == 2",
    "invariant i: forall a in T: (forall b in S: b == 1) && a == 2",
  ],
  [
    "fn f(a: T, ref b: T): bool holds l[a] when result { return true }",
    "fn f(x: T, ref y: T): bool holds l[x] when result { return false }",
  ],
  ["process p[a: T] { skip }", "process p[b: T] { skip }"],
  ["action a(x: T) when n == x { n := 1 }", "action a(y: T) when n == y { n := 2 }"],
])("%s means the same as %s", (one, other) => {
  expect(declaredAs(one).meaning).toBe(declaredAs(other).meaning);
  expect(declaredAs(one).text).not.toBe(declaredAs(other).text);
});

test.each([
  ["invariant i: forall a in T, b in S: a == 1", "invariant i: forall a in T, b in S: b == 1"],
  [
    "invariant i: forall a in T: (forall a in S: a == 1)",
    "invariant i: forall a in T: (forall b in S: a == 1)",
  ],
  ["invariant i: forall a in T: n == a", "invariant i: forall n in T: n == a"],
  ["var m[a: K][b: K]: T = a", "var m[a: K][b: K]: T = b"],
  ["def f(a: T, b: T): T = a", "def f(b: T, a: T): T = a"],
])("%s means something else than %s", (one, other) => {
  expect(declaredAs(one).meaning).not.toBe(declaredAs(other).meaning);
});
