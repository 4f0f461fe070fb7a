// Syntax errors: one run finds all of them, each at its place, with what was expected and a hint where there is one.

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { lex } from "../../grammar/lexer.ts";
import { tokenText, vocabulary } from "../../grammar/tokens.ts";
import { positionAt } from "../../src/diagnostics/source.ts";
import { parse } from "../../src/language/parse.ts";

/** The errors of a text, one a line: `line:column-column code: message (hint)`. */
function errorsOf(text: string): string {
  const { file, diagnostics } = parse({ path: "x.weft", text });
  expect(file === null).toBe(diagnostics.length > 0);
  return diagnostics
    .map(({ span, code, message, hint, related }) => {
      if (span === null) return code;
      const { line, column } = positionAt(span.source, span.start);
      const place = `${line}:${column}-${column + span.end - span.start}`;
      const others = related.map((other) => {
        const at = positionAt(other.span.source, other.span.start);
        return ` [${at.line}:${at.column} ${other.message}]`;
      });
      return `${place} ${code}: ${message}${hint === null ? "" : ` (${hint})`}${others.join("")}`;
    })
    .join("\n");
}

function check(name: string, text: string, assert: (errors: string) => void): void {
  test(name, () => assert(errorsOf(text)));
}

const text = (strings: TemplateStringsArray) => strings.raw.join("").replace(/^\n/, "");

check(
  "several errors in one file",
  text`
spec s
var x: 0..3 = 
var y: bool = true

process p {
  x := 1 +
  y := !
  aquire l
  x = 3
  if x = 2 { skip }
}

invarant ok: x == 1
fn f() { x := 2 }
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
      "2:14-14 syntax-error: expected a value, but found the end of the line
      6:11-11 syntax-error: expected a value, but found the end of the line
      8:3-9 not-a-statement: a value by itself does nothing (did you mean \`acquire\`?)
      9:5-6 equals-sign: \`=\` does not assign (\`:=\` assigns)
      10:8-9 equals-sign: \`=\` does not compare (\`==\` compares)
      13:1-9 syntax-error: expected a declaration, but found the name \`invarant\` (did you mean \`invariant\`?)"
    `),
);

check(
  "a missing closing brace",
  text`
spec s
process p {
  while true {
    x := 1

process q {
  y := 2
  z = 3
}
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
      "6:1-8 syntax-error: expected \`}\`, but found the name \`process\` [3:14 this \`{\` is not closed]
      8:5-6 equals-sign: \`=\` does not assign (\`:=\` assigns)"
    `),
);

check(
  "one brace too many",
  text`
spec s
process p {
  if x { skip }
  }
  y := 1
}
invariant i x
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
      "5:3-4 syntax-error: expected a declaration, but found the name \`y\` (statements stand in the \`{ … }\` of a process, fn or action)
      7:13-14 syntax-error: expected \`:\`, but found the name \`x\`"
    `),
);

check(
  "operators of other languages",
  text`
spec s
process p {
  x++
  a->b := 1
  if a & b | c { x := 1 << 2 }
  await a === b
}
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
      "3:4-6 wrong-operator: \`++\` is not an operator of Weft (write \`x += 1\`)
      4:4-6 wrong-operator: \`->\` is not an operator of Weft (\`.\` selects a field, \`=>\` is implication)
      5:8-9 wrong-operator: \`&\` is not an operator of Weft (\`&&\` is “and”, \`intersect\` is for sets; there are no bit operations)
      5:12-13 wrong-operator: \`|\` is not an operator of Weft (\`||\` is “or”, \`union\` joins sets; there are no bit operations)
      5:25-27 wrong-operator: \`<<\` is not an operator of Weft (there are no shifts: multiply or divide)
      6:11-14 wrong-operator: \`===\` is not an operator of Weft (\`==\` compares)"
    `),
);

check(
  "else at a wrong place",
  text`
spec s
process p {
  else { skip }
  if x then { skip }
  if x { skip } elif y { skip }
  if x skip
  for (i = 0; i < 3; i += 1) { skip }
}
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
    "3:3-7 syntax-error: expected a statement, but found \`else\` (\`else\` stands behind the \`}\` of an \`if\`, and before \`{\` or \`if\`)
    4:8-12 syntax-error: expected \`{\`, but found \`then\` (the statement \`if\` has no \`then\`: its branches stand in \`{ … }\`)
    5:17-21 missing-separator: expected a line break or \`;\` before the name \`elif\` (write \`else if\`)
    6:8-12 syntax-error: expected \`{\`, but found \`skip\` (a body stands in \`{ … }\`, even a single statement)
    7:7-8 syntax-error: expected a name, but found \`(\` (write \`for x in S { … }\`)"
  `),
);

check(
  "comparisons do not chain",
  text`
spec s
def f(x: 0..3): bool = 0 < x < 3
def g(x: 0..3): bool = !x == !x
invariant i: a => b => c && p @ l == q @ l
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
    "2:30-31 operator-chained: \`<\` does not chain (join two comparisons with \`&&\`, or put one in parentheses)
    3:30-31 needs-parentheses: \`!\` behind \`==\` needs parentheses
    4:35-37 operator-chained: \`==\` does not chain (join two comparisons with \`&&\`, or put one in parentheses)
    4:40-41 operator-chained: \`@\` does not chain (join two comparisons with \`&&\`, or put one in parentheses)"
  `),
);

check(
  "reserved words as names",
  text`
spec s
var release: bool = false
enum E { skip, go }
fn loop(in: bool) { skip }
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
    "2:5-12 reserved-word: \`release\` is a reserved word and cannot be a name
    3:10-14 reserved-word: \`skip\` is a reserved word and cannot be a name
    4:4-8 reserved-word: \`loop\` is a reserved word and cannot be a name"
  `),
);

check(
  "numbers",
  text`
spec s
param N: 0x10..2147483648 = 1_000
const M: 0..2147483647 = 007
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
    "2:10-14 bad-number: \`0x10\` is not a number
    2:16-26 integer-too-large: 2147483648 is too large
    2:29-34 bad-number: \`1_000\` is not a number
    3:26-29 bad-number: \`007\` is not a number"
  `),
);

check(
  "an unterminated file name",
  text`
patch p of "base.weft
set X = 3
use "a
use "b"
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
    "1:12-22 unterminated-string: this file name has no closing \`"\`
    3:5-7 unterminated-string: this file name has no closing \`"\`"
  `),
);

check(
  "unknown characters",
  text`
spec s
# a comment
var x: bool = $true;
/* another
   comment */
var y: bool = “x”
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
      "2:1-2 unknown-character: \`#\` cannot stand here (a comment starts with \`//\`)
      3:15-16 unknown-character: \`$\` cannot stand here
      4:1-25 block-comment: \`/* … */\` is not a comment of Weft
      6:15-16 unknown-character: \`“\` cannot stand here (file names stand between \`"\`)
      6:17-18 unknown-character: \`”\` cannot stand here (file names stand between \`"\`)"
    `),
);

check(
  "head errors do not hide the body",
  text`
spec s
fn f(x) {
  y = 1
}
process p[ {
  z := := 2
}
edit f before {
  skip
}
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
      "2:7-8 syntax-error: expected \`:\`, but found \`)\`
      3:5-6 equals-sign: \`=\` does not assign (\`:=\` assigns)
      5:12-13 syntax-error: expected a name, but found \`{\`
      6:8-10 syntax-error: expected a value, but found \`:=\` (\`:=\` assigns and is a statement of its own; \`==\` compares)
      8:1-5 syntax-error: expected a declaration, but found the name \`edit\` (only a patch has \`edit\`)"
    `),
);

check(
  "sets and braces that are not closed",
  text`
spec s
process p {
  x := {a, b
  y := {a b}
  z := [1, 2
  w := f(1, 2
  v := (1 + 2
  u = 3
}
var ok = 1
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
      "4:3-4 syntax-error: expected \`}\`, but found the name \`y\` (a \`,\` or the \`}\` is missing) [3:8 this \`{\` is not closed]
      4:11-12 syntax-error: expected \`}\`, but found the name \`b\` (a \`,\` or the \`}\` is missing) [4:8 this \`{\` is not closed]
      5:13-13 syntax-error: expected \`]\`, but found the end of the line
      6:14-14 syntax-error: expected \`)\`, but found the end of the line
      7:14-14 syntax-error: expected \`)\`, but found the end of the line
      8:5-6 equals-sign: \`=\` does not assign (\`:=\` assigns)
      10:8-9 syntax-error: expected \`:\`, but found \`=\` (a variable has a type: \`var x: T = e\`)"
    `),
);

check(
  "no header",
  text`
var x: bool = true
var y: bool = 
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
    "1:1-4 syntax-error: expected \`spec\`, but found \`var\` (a file begins with \`spec NAME\`, a patch with \`patch NAME of "…"\`)
    2:14-14 syntax-error: expected a value, but found the end of the file"
  `),
);

check(
  "a misspelt header",
  text`
specc s
var x: bool = true
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(
      `"1:1-6 syntax-error: expected \`spec\`, but found the name \`specc\` (did you mean \`spec\`?)"`,
    ),
);

check(
  "an empty file",
  text`
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(
      `"1:1-1 syntax-error: expected \`spec\`, but found the end of the file (a file begins with \`spec NAME\`, a patch with \`patch NAME of "…"\`)"`,
    ),
);

check(
  "words instead of operators",
  text`
spec s
invariant a: x and y
invariant b: x or y
invariant c: x !in S
invariant d: c ? 1 : 2
invariant e: if c { 1 } else { 2 }
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
    "2:16-19 missing-separator: expected a line break or \`;\` before the name \`and\` (\`&&\` is “and”)
    3:16-18 missing-separator: expected a line break or \`;\` before \`or\` (\`||\` is “or”)
    4:16-17 missing-separator: expected a line break or \`;\` before \`!\` (write \`x not in S\`)
    5:16-17 missing-separator: expected a line break or \`;\` before \`?\` (write \`if c then a else b\`)
    6:19-20 syntax-error: expected \`then\`, but found \`{\` (as a value, \`if\` is written \`if c then a else b\`)"
  `),
);

check(
  "declarations",
  text`
spec s
var x: bool
var y = 3
function f() { skip }
thread t { skip }
lock l
int z
process p
x := 3
type T = set of 0..3
expect a.b holds
expect a maybe
expect states
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
      "2:12-12 syntax-error: expected \`=\` or \`in\`, but found the end of the line (a variable has an initial value: \`var x: T = e\`)
      3:7-8 syntax-error: expected \`:\`, but found \`=\` (a variable has a type: \`var x: T = e\`)
      4:1-9 syntax-error: expected a declaration, but found the name \`function\` (a procedure of steps is a \`fn\`, a pure expression a \`def\`)
      5:1-7 syntax-error: expected a declaration, but found the name \`thread\` (write \`process name { … }\`)
      6:1-5 syntax-error: expected a declaration, but found the name \`lock\` (a lock is a \`spinlock\`, a \`mutex\` or a \`rwsem\`)
      7:1-4 syntax-error: expected a declaration, but found the name \`int\` (write \`var name: 0..N = 0\`: every variable has a range)
      8:10-10 syntax-error: expected \`{\`, but found the end of the line (a body stands in \`{ … }\`, even a single statement)
      9:1-2 syntax-error: expected a declaration, but found the name \`x\`
      10:17-18 syntax-error: expected a type, but found \`0\` (a range inside another type stands in parentheses: \`set of (0..3)\`)
      11:12-17 syntax-error: expected \`reachable\` or \`unreachable\` behind a label, but found \`holds\`
      12:10-15 syntax-error: expected \`holds\`, \`violated\`, \`reachable\` or \`unreachable\`, but found the name \`maybe\`
      13:14-14 syntax-error: expected a value, but found the end of the file"
    `),
);

check(
  "texts without a place",
  text`
spec s

/// lost

process p {
  /// lost too
  skip
  skip   /// kept
         /// and continued
  /// still continued
  skip
}
/// documents q
// a comment between
process q { skip }
/// at the end
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
    "3:1-9 text-without-place: this text belongs to nothing
    6:3-15 text-without-place: this text belongs to nothing
    16:1-15 text-without-place: this text belongs to nothing"
  `),
);

check(
  "statements that do nothing",
  text`
spec s
process p {
  x
  x == 1
  skpi
  f(1)
  x + 1
}
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
    "3:3-4 not-a-statement: a value by itself does nothing (\`:=\` assigns, \`assert\` checks, \`await\` waits)
    4:3-9 not-a-statement: a value by itself does nothing (\`:=\` assigns, \`assert\` checks, \`await\` waits)
    5:3-7 not-a-statement: a value by itself does nothing (did you mean \`skip\`?)
    7:3-8 not-a-statement: a value by itself does nothing (\`:=\` assigns, \`assert\` checks, \`await\` waits)"
  `),
);

check(
  "separators",
  text`
spec s; var x: bool = true var y: bool = false
process p { x := 1 y := 2; skip }
process q { a: b: skip; skip skip }
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
    "1:28-31 missing-separator: expected a line break or \`;\` before \`var\`
    2:20-21 missing-separator: expected a line break or \`;\` before the name \`y\`
    3:30-34 missing-separator: expected a line break or \`;\` before \`skip\`"
  `),
);

check(
  "a patch",
  text`
patch p of "base.weft"
edit f befor L { skip }
edit f at { skip }
replace var x: bool = true
remove 3
set X := 3
`,
  (errors) =>
    expect(errors).toMatchInlineSnapshot(`
      "2:8-13 syntax-error: expected \`before\`, \`after\`, \`replace\` or \`at start\`, but found the name \`befor\` (did you mean \`before\`?)
      3:11-12 syntax-error: expected \`start\`, but found \`{\`
      4:9-12 syntax-error: expected a fn, process or action, but found \`var\`
      5:8-9 syntax-error: expected a name, but found \`3\`
      6:7-9 syntax-error: expected \`=\`, but found \`:=\` (a declared name gets its value with \`=\`)"
    `),
);

// ---------------------------------------------------------------- any text at all

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

test("random rows of tokens", () => {
  const word = fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom("x", "y", "1", '"a"', "///t", "\n"),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 80 }), (row) => survives(row.join(" "))),
    { numRuns: 1000 },
  );
});

test("random characters", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), survives), { numRuns: 1000 });
});

/** Every spec of the repository. */
function specs(): readonly string[] {
  const folder = new URL("../../specs/", import.meta.url);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".weft"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"));
}

test("real specs parse, and survive the loss, doubling and exchange of tokens", () => {
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
});

const depths: readonly (readonly [name: string, text: (depth: number) => string])[] = [
  ["parentheses", (depth) => `invariant i: ${"(".repeat(depth)}x${")".repeat(depth)}`],
  ["sets", (depth) => `invariant i: ${"{".repeat(depth)}x${"}".repeat(depth)}`],
  ["quantifiers", (depth) => `invariant i: ${"forall x in S: ".repeat(depth)}x`],
  ["conditionals", (depth) => `invariant i: ${"if a then b else ".repeat(depth)}x`],
  ["blocks", (depth) => `process p { ${"loop { ".repeat(depth)}${"}".repeat(depth)} }`],
  ["types", (depth) => `var x: ${"(".repeat(depth)}T${")".repeat(depth)} = 1`],
  ["a row of operators", (depth) => `invariant i: ${"x + ".repeat(depth * 10)}x`],
  ["implications", (depth) => `invariant i: ${"x => ".repeat(depth * 10)}x`],
  ["negations", (depth) => `invariant i: ${"!".repeat(depth * 10)}x`],
  ["indices", (depth) => `invariant i: x${"[1]".repeat(depth * 10)}`],
];

for (const [name, text] of depths) {
  test(`${name} may be nested, but not without end`, () => {
    expect(errorsOf(`spec s\n${text(50)}`)).toBe("");
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
