// The formatter: what it makes of texts, and that it changes nothing but the layout.

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { File } from "../../src/language/ast.ts";
import { format } from "../../src/language/format.ts";
import { parse } from "../../src/language/parse.ts";
import { fileText } from "../support/syntax-arbitrary.ts";

function parsed(text: string): File {
  const { file, diagnostics } = parse({ path: "x.weft", text });
  if (file === null) throw new Error(`${diagnostics[0]?.message}\n${text}`);
  return file;
}

function check(name: string, text: string, formatted: string): void {
  test(name, () => {
    expect(format(parsed(text))).toBe(formatted);
    expect(format(parsed(formatted))).toBe(formatted);
  });
}

check(
  "blanks, blank lines, one statement a line",
  `spec   s


var x:0..3=0;var y : bool=  true
process p   {

  x:=1 ;y := !y


  a: b: skip
  c:
}`,
  `spec s

var x: 0..3 = 0
var y: bool = true
process p {
  x := 1
  y := !y

a:
b:
  skip
c:
}
`,
);

check(
  "what fits on its line stays there",
  `spec s
process p[m: Mm] { if x == 1 { return } else { f(m) }; either { skip } or { x := 1 } }
fn f(m: Mm) {
  if x == 1 {return}
  if y {
  } else { x := 1;
  }
  while true { }
}
`,
  `spec s
process p[m: Mm] { if x == 1 { return } else { f(m) }; either { skip } or { x := 1 } }
fn f(m: Mm) {
  if x == 1 { return }
  if y {
  } else {
    x := 1
  }
  while true {}
}
`,
);

check(
  "texts and comments keep their places",
  `//about the file

/// What it is.
///   In two lines.
spec s
param N: 1..8 = 2 /// how many
var x: 0..N = 0 //counts
enum E { a, /// the first
  b } // two
// between
process p { /// runs
  // ahead
  x := 1   /// one
           /// and only
  if x == 1 { // here
    a_very_long_name_of_a_variable[index_of_it] := 1 /// long
    another_long_name_of_a_variable[index_of_it] := 10 /// longer
    skip
    // at the end
  }

  // alone

} /// done
// last`,
  `// about the file

/// What it is.
///   In two lines.
spec s
param N: 1..8 = 2                         /// how many
var x: 0..N = 0                           // counts
enum E {
  a,                                      /// the first
  b
}                                         // two
// between
process p {                               /// runs
  // ahead
  x := 1                                  /// one
                                          /// and only
  if x == 1 {                             // here
    a_very_long_name_of_a_variable[index_of_it] := 1    /// long
    another_long_name_of_a_variable[index_of_it] := 10  /// longer
    skip
    // at the end
  }

  // alone
}                                         /// done
// last
`,
);

check(
  "parentheses stay around parts of an expression, not around atoms and wholes",
  `spec s
invariant a: ((x) + (y * 2)) - (1 - z) == (- (-1))
invariant b: (a => b) => ((c => d))
invariant c: !(x == 1) && !(a) && (forall m in (Mm): (p)) && exists m in Mm: (q || (r && t))
invariant d: (if c then 1 else 2) + (let y = (1): y) == f((a), ((b + 1)))
type T = (set of (0..3))?[(Mm)]
`,
  `spec s
invariant a: (x + (y * 2)) - (1 - z) == (-(-1))
invariant b: (a => b) => (c => d)
invariant c: !(x == 1) && !a && (forall m in Mm: p) && exists m in Mm: (q || (r && t))
invariant d: (if c then 1 else 2) + (let y = 1: y) == f(a, b + 1)
type T = (set of (0..3))?[Mm]
`,
);

check(
  "long expressions",
  `spec s
def maps(m: Mm): bool = pmd[m] == huge || (pmd[m] == table && (exists i in Subpage: pte[m][i] != none))
invariant freeze_safe: splitter @ frozen => // the freeze
  (forall m in Mm: pmd[m] != huge && (forall i in Subpage: !mapped_by_pte(m, i)))
  && (forall m in Zapped: !(zapper[m].batch > 0))
cover c:
  a
process p {
  await pmd[m] == huge
    || pmd[m] == none
  x := if c
    then 1 else 2
}
`,
  `spec s
def maps(m: Mm): bool =
  pmd[m] == huge || (pmd[m] == table && (exists i in Subpage: pte[m][i] != none))
invariant freeze_safe:
  splitter @ frozen                       // the freeze
  => (forall m in Mm: pmd[m] != huge && (forall i in Subpage: !mapped_by_pte(m, i)))
    && (forall m in Zapped: !(zapper[m].batch > 0))
cover c:
  a
process p {
  await pmd[m] == huge
    || pmd[m] == none
  x := if c
    then 1
    else 2
}
`,
);

check(
  "a patch",
  `patch p of  "base.weft"
set X=true ///why
edit f   before L{skip}
edit f replace L .. M { }
replace   process p[i in {1,2}] {
skip }
remove x
`,
  `patch p of "base.weft"
set X = true                              /// why
edit f before L { skip }
edit f replace L..M {}
replace process p[i in {1, 2}] {
  skip
}
remove x
`,
);

/** The file without its layout: no places, and all texts and comments as rows of words. */
function meaning(file: File): unknown {
  const tree = JSON.parse(
    JSON.stringify(file, (key, value) =>
      ["span", "head", "source", "texts", "comments"].includes(key) ? undefined : value,
    ),
  );
  const words = (parts: readonly { readonly text: string }[]) =>
    parts.flatMap(({ text }) => text.split(/\s+/)).toSorted();
  return { tree, texts: words(file.texts), comments: words(file.comments) };
}

test("real specs keep their meaning, and stay as they are the second time", () => {
  const folder = new URL("../../specs/", import.meta.url);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".weft")) continue;
    const file = parsed(readFileSync(new URL(name, folder), "utf8"));
    const formatted = format(file);
    expect(meaning(parsed(formatted)), name).toEqual(meaning(file));
    expect(format(parsed(formatted)), name).toBe(formatted);
  }
});

test("formatting changes nothing but the layout, and a second time nothing at all", () => {
  fc.assert(
    fc.property(fileText, (text) => {
      const file = parsed(text);
      const formatted = format(file);
      const again = parsed(formatted);
      expect(meaning(again)).toEqual(meaning(file));
      expect(format(again)).toBe(formatted);
    }),
    { numRuns: 300 },
  );
}, 60_000);
