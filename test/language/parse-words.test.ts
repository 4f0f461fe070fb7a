// Syntax errors of words and signs: operators, numbers, names and texts that are not Weft's.

import { expect, test } from "vitest";
import { errorsOf, text } from "../support/syntax-errors.ts";

function check(name: string, broken: string, assert: (errors: string) => void): void {
  test(name, () => assert(errorsOf(broken)));
}

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
