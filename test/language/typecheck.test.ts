// Types, expressions and statements: what the Model says of accepted specs, and what is refused.
// Every Model that comes out of these tests is also checked for soundness (support/model-faults.ts).

import { expect, test } from "vitest";
import type { Expr } from "../../src/language/model.ts";
import { formatType } from "../../src/language/types.ts";
import { errorsOf, modelOf, specOf } from "../support/typechecked.ts";

/** The errors of a spec. */
function check(
  name: string,
  text: string,
  errors: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): void {
  test(name, () => expect(errorsOf(specOf(text), settings)).toEqual(errors));
}

/** The expression of the first invariant, in a form that shows kinds and conversions. */
function checkExpression(declarations: string, expression: string, shown: string): void {
  test(`${expression}  =  ${shown}`, () => {
    const model = modelOf(specOf(`\n${declarations}\ninvariant i: ${expression}`));
    const condition = model.properties[0]?.condition;
    expect(condition && show(condition)).toBe(shown);
  });
}

/** Some nodes by their kind, the rest by their text; numbers with their interval. */
function show(expr: Expr): string {
  switch (expr.kind) {
    case "comparison":
      return `${show(expr.left)} ${expr.operator} ${show(expr.right)}`;
    case "convert":
    case "unwrap":
    case "some":
      return `${expr.kind}<${formatType(expr.type)}>(${show(expr.value)})`;
    case "let":
      return `let ${expr.binder.name} = ${show(expr.value)}: ${show(expr.body)}`;
    case "index":
      return `${show(expr.base)}[${show(expr.index)}]`;
    case "member":
      return `${show(expr.element)} in ${show(expr.set)}`;
    case "set":
      return `{${expr.elements.map(show).join(", ")}}: ${formatType(expr.type)}`;
    case "record":
      return `{${expr.fields.map((field) => `${field.name}: ${show(field.value)}`).join(", ")}}`;
    case "quantifier":
      return `${expr.quantifier} ${expr.binder.name}: ${formatType(expr.binder.type)}. ${show(expr.body)} [${formatType(expr.type)}]`;
    default: {
      const text = expr.span.source.text.slice(expr.span.start, expr.span.end);
      return expr.type.kind === "range"
        ? `${text}[${formatType({ ...expr.type, name: null })}]`
        : text;
    }
  }
}

// ---------------------------------------------------------------- intervals and conversions

const numbers = "var x: 0..3 = 0\nvar y: -2..5 = 0\nvar a[0..3]: 0..9 = 0";

checkExpression(numbers, "x + y == -1", "x + y[-2..8] == -1[-1..-1]");
checkExpression(numbers, "x * y > 0", "x * y[-6..15] > 0[0..0]");
checkExpression(numbers, "x - y > 0", "x - y[-5..5] > 0[0..0]");
checkExpression(numbers, "-x > 0", "-x[-3..0] > 0[0..0]");
checkExpression(numbers, "y / 2 > 0", "y / 2[0..2] > 0[0..0]");
checkExpression(numbers, "(x + 1) % 4 > 0", "(x + 1) % 4[0..3] > 0[0..0]");
checkExpression(
  numbers,
  "(if x == 0 then 7 else y) > 0",
  "if x == 0 then 7 else y[-2..7] > 0[0..0]",
);
checkExpression(numbers, "a[y] == 1", "a[y[-2..5]] == 1[1..1]");
checkExpression(
  numbers,
  "(count n in 0..3: n == x) > 0",
  "count n: 0..3. n[0..3] == x[0..3] [0..4] > 0[0..0]",
);
checkExpression(
  numbers,
  "(sum n in 0..3, m in 0..1: n + m) > 0",
  "sum n: 0..3. sum m: 0..1. n + m[0..4] [0..8] [0..32] > 0[0..0]",
);
checkExpression(
  numbers,
  "(count n in 0..3, m in 0..1: n == m) > 0",
  "sum n: 0..3. count m: 0..1. n[0..3] == m[0..1] [0..2] [0..8] > 0[0..0]",
);
checkExpression(
  "def d(n: 0..3): bool = n == 1\nvar y: -2..5 = 0",
  "d(y)",
  "let n = convert<0..3>(y[-2..5]): n[0..3] == 1[1..1]",
);
checkExpression(
  "param N: 1..9 = 3\ndef d(n: 0..3): bool = n == 1",
  "d(N)",
  "let n = N[1..9]: n[0..3] == 1[1..1]",
);
checkExpression(
  "var s: set of (0..3) = {}",
  "s == {1, 2}",
  "s == {1[1..1], 2[2..2]}: set of (0..3)",
);
checkExpression(
  "var a[0..1]: 0..9 = 0",
  "a == ([k in 0..1: 0] with [1] = 5)",
  "a == [k in 0..1: 0] with [1] = 5",
);
checkExpression(
  "var s: set of (0..3) = {}\nvar y: -2..5 = 0",
  "s == {y, 1}",
  "convert<set of (-2..5)>(s) == {y[-2..5], 1[1..1]}: set of (-2..5)",
);
checkExpression("var y: -2..5 = 0", "y in 0..3", "y[-2..5] in 0..3");
checkExpression("var y: -2..5 = 0\nvar s: set of (0..3) = {}", "y in s", "y[-2..5] in s");

check(
  "what never fits is refused, what may fit is not",
  `
var x: 0..3 = 4
var y: 0..3 = 3
const C: 0..3 = 0 - 1
process p {
  x := 7
  x := y + 4
  x := y + 1
  x -= 1
  x += 8
  var z: 5..6 = x
  y := if y == 0 then 9 else 1
}
`,
  [
    "2:15 out-of-range: this is the number 4, which never fits a number in 0..3",
    "4:17 out-of-range: this is the number -1, which never fits a number in 0..3",
    "6:8 out-of-range: this is the number 7, which never fits a number in 0..3",
    "7:8 out-of-range: this is a number in 4..7, which never fits a number in 0..3",
    "10:3 out-of-range: this is a number in 8..11, which never fits a number in 0..3",
    "11:17 out-of-range: this is a number in 0..3, which never fits a number in 5..6",
  ],
);

check(
  "numbers have limits",
  `
var x: 0..60000 = 0
invariant a: x * x > 0
invariant b: 2147483647 + 1 > 0
invariant c: -2147483647 - 1 < 0
invariant d: -2147483647 - 2 < 0
`,
  [
    "3:14 interval-too-large: the values of this expression do not fit 32 bits",
    "4:14 interval-too-large: the values of this expression do not fit 32 bits",
    "6:14 interval-too-large: the values of this expression do not fit 32 bits",
  ],
);

check(
  "division needs operands that it is defined for",
  `
var y: -2..5 = 0
invariant a: 4 / (0 - y) >= 0 && y % y == 0
invariant b: y / 0 == 0
invariant c: y % -3 == 0
invariant d: (y - 6) / 2 == 0
`,
  [
    "4:18 division-by-non-positive: the right side of `/` must be above 0, but this is the number 0",
    "5:18 division-by-non-positive: the right side of `%` must be above 0, but this is the number -3",
    "6:15 division-of-negative: the left side of `/` must be at least 0, but this is a number in -8..-1",
  ],
);

// ---------------------------------------------------------------- types

test("types are valued, and keep their names", () => {
  const model = modelOf(
    specOf(`
param N: 1..8 = 2
type Id = 1..N
enum Kind { none, some }
type Node = { next: Id?, kind: Kind }
var node[Id]: Node = { next: null, kind: none }
var grid[Id][k: bool]: set of Id = if k then Id else {}
var queue: seq of (0..N) upto N + 1 = []
`),
  );
  expect(model.variables.map((variable) => formatType(variable.type))).toEqual([
    "Node[Id]",
    "(set of Id)[bool][Id]",
    "seq of (0..2) upto 3",
  ]);
  expect(model.types.map(({ type }) => type.kind)).toEqual(["range", "enum", "record"]);
  expect(model.constants.concat(model.parameters).map(({ name, value }) => [name, value])).toEqual([
    ["N", 2],
  ]);
});

check(
  "types that are none, or too large",
  `
var a: Missing = 0
var b: 3..2 = 0
var c: 0..99999999 = 0
var d: set of (0..5000) = {}
var e[0..100000]: bool = false
var f[{ x: bool }]: bool = false
var g: bool?? = null
var h: seq of bool upto 0 - 1 = []
var i: seq of bool upto 99999 = []
var j[0..9999]: 0..9999 = 0
var k: { x: bool, x: bool } = { x: true }
var l: 0..l = 0
`,
  [
    "2:8 unknown-type: there is no type `Missing`",
    "3:8 range-empty: the range 3..2 has no values",
    "4:8 range-too-large: the range 0..99999999 has more values than the 16777216 that a type may have",
    "5:8 type-too-large: `set of (0..5000)` has more values than a state can hold",
    "6:7 range-too-large: the range 0..100000 has more values than the 65536 that a type may have",
    "7:7 array-key-type: `{ x: bool }` cannot be the key of an array",
    "8:8 nested-option: `bool?` is an option already",
    "9:25 out-of-range: this is the number -1, which never fits a length",
    "10:8 type-too-large: a sequence of 99999 elements has more values than a state can hold",
    "11:5 type-too-large: `(0..9999)[0..9999]` has more values than a state can hold",
    "12:19 duplicate-name: `x` is declared twice",
    "13:5 recursive-definition: `l` is defined by itself: l -> l",
  ],
);

check(
  "options",
  `
type Id = 0..2
var head: Id? = null
var node[Id]: Id? = null
var both: { a: Id?, b: bool } = { a: 1, b: true }
process p {
  head := 2
  node[head] := head
  head := node[1]
  var i: Id = head
  i := both.a
  i := null
  head := if i == 0 then null else i
  both.a.x := 1
  head[0] := 1
}
invariant a: head == null || head == 1 || null == head
invariant b: node[head] != 2 => head + 1 > 0
invariant c: both == { a: null, b: false }
invariant d: null == null
invariant e: null == 1
`,
  [
    "12:8 type-mismatch: expected `Id` (0..2), but this is `null`",
    "14:3 type-mismatch: expected a record, but this is `Id?` (assign the whole option: there may be nothing in it to change)",
    "15:3 type-mismatch: expected an array or a sequence, but this is `Id?` (assign the whole option: there may be nothing in it to change)",
    "20:14 type-unknown: nothing here says what type `null` has",
    "21:14 type-mismatch: expected the number 1, but this is `null`",
  ],
);

checkExpression(
  "type Id = 0..2\nvar head: Id? = null\nvar a[Id]: Id = 0",
  "a[head] == head",
  "a[unwrap<Id>(head)] == head",
);
checkExpression(
  "type Id = 0..2\nvar head: Id? = null\ndef d(n: Id?): bool = n == null",
  "d(1)",
  "let n = some<Id?>(1[1..1]): n == null",
);
checkExpression(
  "type Id = 0..2\ntype M = { k: bool, to: Id? }\nvar s: set of M = {}\nvar x: Id = 0",
  "{ to: x, k: true } in s",
  "{k: true, to: some<Id?>(x[0..2])} in s",
);

check(
  "records",
  `
type R = { a: 0..3, b: bool }
var r: R = { b: true, a: 1 }
process p {
  r := { a: 9, b: true }
  r := { a: 1 }
  r := { a: 1, b: true, c: true }
  r := r with a = 2
  r := r with c = 2
  r.a := 3
  r.c := 3
  r := { a: 1, a: 2, b: true }
}
invariant i: r.c == 1
`,
  [
    "5:13 out-of-range: this is the number 9, which never fits a number in 0..3",
    "6:8 missing-field: a value of `R` also needs `b`",
    "7:25 unknown-field: `R` has no field `c`",
    "9:15 unknown-field: `R` has no field `c`",
    "11:5 unknown-field: `R` has no field `c`",
    "12:16 duplicate-name: `a` is declared twice",
    "14:16 unknown-field: `R` has no field `c`",
  ],
);

check(
  "arrays, sets and sequences",
  `
type K = 0..2
const NEXT: K[K] = [k in K: (k + 1) % 3]
var a: (0..3)[K] = [k in 0..2: k]
var s: set of K = {k in K where NEXT[k] == 0}
var t: set of K = {NEXT[k] for k in s}
var q: seq of K upto 3 = [0, 1]
process p {
  a := a with [1] = 2
  q := append(q, 2)
  q[0] := 1
  q := q with [0] = 2
  q := rest(q)
  s := s union {1} minus {0, 2}
  s := K
  var n: 0..3 = size(s intersect t)
  var f: K = first(q)
  f := min(s)
  a := [k in bool: 0]
  s := [1]
  q := [0, 1, 2, 0]
  f := size(q)
  f := max(1, 2)
  n := length(s)
}
invariant i: s subset t && 3 in s && (sum k in s: a[k]) > 2
invariant j: [x in s: 1] == a
invariant l: s union 1 == s
`,
  [
    "19:8 type-mismatch: expected `(0..3)[K]`, but this is `(0..3)[bool]`",
    "20:8 type-mismatch: expected `set of K`, but this is `seq of (1..1) upto 1`",
    "21:8 out-of-range: this is a sequence of 4, which never fits `seq of K upto 3`",
    "22:13 type-mismatch: expected a set, but this is `seq of K upto 3` (`length(q)` counts a sequence)",
    "23:8 wrong-argument-count: `max` takes 1 argument, but 2 are given (`max({a, b})` takes a set)",
    "24:15 type-mismatch: expected a sequence, but this is `set of K` (`size(s)` counts a set)",
    "27:20 array-key-type: `set of K` cannot be the key of an array",
    "28:22 type-mismatch: expected `set of K`, but this is the number 1",
  ],
);

check(
  "operands",
  `
enum E { one, two }
var e: E = one
var b: bool = false
var n: 0..3 = 0
invariant a1: b + 1 == 1
invariant a2: n && b
invariant a3: e < two
invariant a4: e == n
invariant a5: !n
invariant a6: if n then b else b
invariant a7: if b then n else b
invariant a8: n in b
invariant a9: e in {n}
invariant b1: b[0]
invariant b2: n.x
invariant b3: n
`,
  [
    "6:15 type-mismatch: expected a number, but this is a bool",
    "7:15 type-mismatch: expected a bool, but this is a number in 0..3",
    "8:15 without-order: `E` has no order, so `<` does not apply",
    "8:19 without-order: `E` has no order, so `<` does not apply",
    "9:15 comparison-of-unlike: `E` and a number in 0..3 are never equal, so they cannot be compared",
    "10:16 type-mismatch: expected a bool, but this is a number in 0..3",
    "11:18 type-mismatch: expected a bool, but this is a number in 0..3",
    "12:32 type-mismatch: expected a number in 0..3, but this is a bool",
    "13:20 type-mismatch: expected a set, but this is a bool",
    "14:15 comparison-of-unlike: `E` and `set of (0..3)` are never equal, so they cannot be compared",
    "15:15 type-mismatch: expected an array or a sequence, but this is a bool",
    "16:15 type-mismatch: expected a record, but this is a number in 0..3",
    "17:15 type-mismatch: expected a bool, but this is a number in 0..3",
  ],
);
