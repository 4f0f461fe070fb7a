// Syntax errors of structure: one run finds all of them, each at its place, with what was expected and a hint.

import { expect, test } from "vitest";
import { errorsOf, text } from "../support/syntax-errors.ts";

function check(name: string, broken: string, assert: (errors: string) => void): void {
  test(name, () => assert(errorsOf(broken)));
}

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
      13:14-14 syntax-error: expected a number, but found the end of the file"
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
