// Params, consts, assumptions and symmetric types.

import { expect, test } from "vitest";
import { parseSetting } from "../../src/language/typecheck/constants.ts";
import { formatType, type Value } from "../../src/language/types.ts";
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

// ---------------------------------------------------------------- params

const parameters = `
param N: 1..8 = 2
param ON: bool = false
param HOW: How? = null
param S: set of (1..3) = {1}
enum How { fast, slow }
assume N > 1 || ON
var x: 0..N = 0
`;

test("params take what is set", () => {
  const model = modelOf(specOf(parameters), { N: "3", ON: "true", HOW: "How.slow", S: "{3, 1}" });
  expect(model.parameters.map((parameter) => parameter.value)).toEqual([3, true, "slow", [1, 3]]);
  expect(model.variables.map((variable) => formatType(variable.type))).toEqual(["0..3"]);
});
check(
  "a param out of its type",
  parameters,
  ["2:7 parameter-out-of-range: `N` cannot be 9: it takes a number in 1..8"],
  { N: "9" },
);
check(
  "a param of another type",
  parameters,
  ["3:7 parameter-out-of-range: `ON` cannot be maybe: it takes a bool"],
  { ON: "maybe" },
);
check(
  "no such param",
  parameters,
  ["parameter-unknown: the spec has no param `X` (its params are N, ON, HOW, S)"],
  { X: "1" },
);
check(
  "an assumption that does not hold",
  parameters,
  ["7:8 assume-broken: with N = 1, ON = false, HOW = null, S = {1}, this assumption is false"],
  { N: "1" },
);
check("a default out of its type", "\nparam N: 1..8 = 9", [
  "2:17 parameter-out-of-range: `N` cannot be 9: it takes a number in 1..8",
]);

const settings: readonly (readonly [string, string, Value | undefined])[] = [
  ["0..9", "7", 7],
  ["0..9", " 07 ", 7],
  ["0..9", "10", undefined],
  ["0..9", "1e0", undefined],
  ["0..9", "", undefined],
  ["-3..3", "-2", -2],
  ["-3..3", "-0", 0],
  ["bool", "true", true],
  ["bool", "1", undefined],
];
for (const [type, text, value] of settings) {
  test(`--set ${JSON.stringify(text)} of ${type}`, () => {
    const [parameter] = modelOf(
      `spec s\nparam P: ${type} = ${type === "bool" ? "true" : "0"}\n`,
    ).parameters;
    expect(parameter && parseSetting(text, parameter.type)).toBe(value);
  });
}

check(
  "consts read only consts",
  `
var x: 0..3 = 0
const A: 0..3 = x
type T = 0..x
process p[i in {n in 0..3 where n == x}] { skip }
assume x == 0
const B: 0..3 = 6 / (A + 1)
const C: bool = done(p)
param P: 0..3 = 6 / (D - 1)
const D: 0..3 = 1
`,
  [
    "3:17 not-constant: the value of a const must be known when the spec is compiled, but this reads `x`",
    "4:13 not-constant: the bound of a range must be known when the spec is compiled, but this reads `x`",
    "5:38 not-constant: the instances of a process must be known when the spec is compiled, but this reads `x`",
    "6:8 not-constant: an assumption must be known when the spec is compiled, but this reads `x`",
    "9:17 constant-fault: this constant has no value: a division by what is not above 0",
  ],
);

// ---------------------------------------------------------------- symmetric types

const symmetric = `
symmetric type Mm = 1..3
var owner: Mm? = null
var seen: set of Mm = {}
var which: Mm in Mm
var of[m: Mm]: Mm = m
var last: seq of Mm upto 2 = []
process p[m: Mm] {
  for any n in Mm { seen := seen union {n} }
  pick n in seen where n != m { owner := n; last := append(last, n) }
  if owner == m && of[m] == which { skip }
}
invariant i: forall m in Mm: m in seen => (count n in Mm: n == m) == 1
`;
check("symmetric types, used as such", symmetric, []);
check(
  "symmetric types, told apart",
  `${symmetric}
invariant a: which == 1
invariant b: which < which
invariant c: which + 1 == 2
invariant d: min(seen) == which
invariant e: 2 in seen
var first_one: Mm = 1
var number: 0..3 = 0
param CHOSEN: Mm = 1
fn f(m: Mm) { for n in Mm { skip }; number := m }
`,
  [
    "15:23 symmetric-misuse: comparing with a number would tell the values of the symmetric type `Mm` apart",
    "16:14 symmetric-misuse: `<` would tell the values of the symmetric type `Mm` apart",
    "17:14 symmetric-misuse: arithmetic or order would tell the values of the symmetric type `Mm` apart",
    "18:14 symmetric-misuse: `min` would tell the values of the symmetric type `Mm` apart",
    "19:14 symmetric-misuse: comparing with a number would tell the values of the symmetric type `Mm` apart",
    "20:21 symmetric-misuse: a number would tell the values of the symmetric type `Mm` apart",
    "22:15 symmetric-misuse: a param would tell the values of the symmetric type `Mm` apart",
    "23:24 symmetric-misuse: `for n in …` would tell the values of the symmetric type `Mm` apart (`for any n in …` walks in any order)",
    "23:47 symmetric-misuse: use as a number would tell the values of the symmetric type `Mm` apart",
  ],
);
check(
  "symmetric types inside others, told apart",
  `
symmetric type Mm = 1..3
enum Way { left, right }
symmetric type Side = Way
type Pair = { one: Mm, other: Mm }
var side: Side in Side
var pairs: set of Pair = {}
spinlock ptl[Mm]
param CHOSEN: set of Mm = {}
param MAYBE: Mm? = null
process p[m: Mm] { acquire ptl[m]; release ptl[m] }
process q {
  var mine: set of Pair = pairs
  for x in mine { skip }
  var maybe: set of Mm? = {null}
  for y in maybe { acquire ptl[1] }
}
invariant a: p[1] @ p
invariant b: done(p[2]) || held(ptl[1])
invariant c: side == left || side == Side.right
step d: taken(p[1])
`,
  [
    "9:15 symmetric-misuse: a param would tell the values of the symmetric type `Mm` apart",
    "10:14 symmetric-misuse: a param would tell the values of the symmetric type `Mm` apart",
    "14:12 symmetric-misuse: `for x in …` would tell the values of the symmetric type `Mm` apart (`for any x in …` walks in any order)",
    "16:12 symmetric-misuse: `for y in …` would tell the values of the symmetric type `Mm` apart (`for any y in …` walks in any order)",
    "16:32 symmetric-misuse: a number would tell the values of the symmetric type `Mm` apart",
    "18:16 symmetric-misuse: a number would tell the values of the symmetric type `Mm` apart",
    "19:21 symmetric-misuse: a number would tell the values of the symmetric type `Mm` apart",
    "19:37 symmetric-misuse: a number would tell the values of the symmetric type `Mm` apart",
    "20:22 symmetric-misuse: the member `left` would tell the values of the symmetric type `Side` apart",
    "20:38 symmetric-misuse: the member `right` would tell the values of the symmetric type `Side` apart",
    "21:17 symmetric-misuse: a number would tell the values of the symmetric type `Mm` apart",
  ],
);
