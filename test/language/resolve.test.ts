// Names, labels and who calls whom: what they may be, and what is said when they are not.

import { expect, test } from "vitest";
import { errorsOf, specOf } from "../support/typechecked.ts";

function check(name: string, text: string, errors: readonly string[]): void {
  test(name, () => expect(errorsOf(specOf(text))).toEqual(errors));
}

check(
  "declarations in any order",
  `
invariant i: d(x)
def d(n: T): bool = n < TOP
var x: T = 0
type T = 0..TOP
const TOP: 0..9 = 3`,
  [],
);

check(
  "a misspelt name, with the nearest",
  `
spinlock ptl
var pmd: bool = false
process p { acquire plt; release ptl; pdm := true }`,
  [
    "4:21 unknown-name: `plt` is not declared (did you mean `ptl`?)",
    "4:39 unknown-name: `pdm` is not declared (did you mean `pmd`?)",
  ],
);

check(
  "declared twice",
  `
var x: bool = false
const x: bool = true
cost x`,
  ["3:7 duplicate-name: `x` is declared twice", "4:6 duplicate-name: `x` is declared twice"],
);

check(
  "nothing is shadowed",
  `
var x: bool = false
fn f(x: bool) { skip }
process p {
  var y: bool = false
  if y { var y: bool = true }
  for y in 0..1 { skip }
}
invariant i: forall p in 0..1: true`,
  [
    "3:6 duplicate-name: `x` is declared twice",
    "6:14 duplicate-name: `y` is declared twice",
    "7:7 duplicate-name: `y` is declared twice",
    "9:21 duplicate-name: `p` is declared twice",
  ],
);

check(
  "blocks beside each other may use a name again",
  `
process p {
  if true { var y: bool = true } else { var y: 0..1 = 0 }
  for z in 0..1 { skip }
  for z in 0..1 { skip }
}`,
  [],
);

check(
  "a local is not visible before it, nor in its own value",
  `
process p {
  y := true
  var y: bool = y
}`,
  ["3:3 unknown-name: `y` is not declared", "4:17 unknown-name: `y` is not declared"],
);

check(
  "members that enums share follow from the expected type",
  `
enum A { none, one }
enum B { none, two }
var a: A = none
var b: B? = none
type R = { a: A, b: B }
var r: R = { a: none, b: none }
invariant i: none == a && b in {none, two} && r == { a: none, b: none } && B.none == b`,
  [],
);

check(
  "members that do not",
  `
enum A { none, one }
enum B { none, two }
var a: A = two
var s: set of A = {oen}
invariant i: none == none`,
  [
    "4:12 type-mismatch: expected `A`, but this is `B`",
    "5:20 unknown-name: `oen` is not declared (did you mean `one`?)",
    "6:14 ambiguous-member: `none` is a member of more than one enum: `A`, `B`",
  ],
);

check(
  "a member cannot be the name of a value",
  `
enum A { none, one }
var none: bool = false
fn one() { skip }
process p { var one: bool = true }`,
  ["3:5 duplicate-name: `none` is declared twice", "5:17 duplicate-name: `one` is declared twice"],
);

check(
  "built-in functions are ordinary names unless called",
  `
var size: 0..3 = 0
var s: set of (0..2) = {}
invariant i: size == size(s)`,
  [],
);

check(
  "a def takes the place of a built-in function",
  `
def min(a: 0..3, b: 0..3): 0..3 = if a < b then a else b
invariant i: min(1, 2) == 1`,
  [],
);

check(
  "a const by itself, a def by others",
  `
const A: 0..1 = B
const B: 0..1 = A
def f(n: 0..1): bool = g(n)
def g(n: 0..1): bool = f(n)`,
  [
    "2:7 recursive-definition: `A` is defined by itself: A -> B -> A",
    "4:5 recursive-definition: `f` is defined by itself: f -> g -> f",
  ],
);

check(
  "a fn that calls itself through another",
  `
fn f() { g() }
fn g() { h(); f() }
fn h() { skip }
process p { f() }`,
  ["3:15 recursive-function: `f` calls itself: f -> g -> f"],
);

check(
  "an initial value reads only what stands above",
  `
var a: 0..3 = b
var b: 0..3 = b
var c: 0..3 = b`,
  [
    "2:15 read-before-declaration: the initial value of `a` reads `b`, which is declared below it",
    "3:15 read-before-declaration: the initial value of `b` reads `b`, which is declared below it",
  ],
);

// ---------------------------------------------------------------- labels

check(
  "labels of a body are unique, in different bodies not",
  `
fn f() { a: skip; a: skip }
fn g() { a: skip }
process p { f(); g() }`,
  ["2:19 duplicate-label: the label `a` stands twice in `f`"],
);

check(
  "goto",
  `
process p {
again:
  if true { goto again } else { goto inside }
  loop { inside: skip; goto ende }
end:
}`,
  ["5:29 unknown-label: there is no label `ende` in `p` (did you mean `end`?)"],
);

check(
  "goto into blocks",
  `
process p {
  goto a; goto b; goto c; goto d
  atomic { a: skip; goto a }
  for i in 0..1 { b: skip; if true { goto b } }
  pick i in 0..1 { c: skip }
  either { d: skip } or { goto d }
}`,
  [
    "3:8 goto-into-block: `goto a` would enter the `atomic` block from outside",
    "3:16 goto-into-block: `goto b` would enter the `for` from outside",
    "3:24 goto-into-block: `goto c` would enter the `pick` from outside",
    "3:32 goto-into-block: `goto d` would enter the `either` block from outside",
  ],
);

check(
  "break and continue belong to a loop of the same body",
  `
fn f() { break }
process p {
  loop { f(); if true { break } else { continue } }
  for any i in 0..1 { break }
  continue
}`,
  [
    "2:10 break-outside-loop: `break` stands in no loop",
    "6:3 break-outside-loop: `continue` stands in no loop",
  ],
);

check(
  "where a process is",
  `
fn f() { here: skip; g() }
fn g() { there: skip; both: skip }
fn h() { both: skip }
fn lonely() { skip }
process p { f(); h(); own: skip }
process q[i: 1..2] { g() }
cover a: p @ own && p @ p.own && p @ here && p @ there && p @ f && p @ g.both && q[1] @ both
cover b: p @ both
cover c: p @ nowhere
cover d: p @ lonely
cover e: q @ both
cover f2: q[3] @ both
cover g2: q[1] @ h.both`,
  [
    "9:14 ambiguous-label: `both` is a label of more than one fn that `p` calls: `g`, `h`",
    "10:14 unknown-label: there is no label `nowhere` in `p`",
    "11:14 not-called: `p` never calls `lonely`",
    "12:10 process-index: the process `q` takes an index: `q[…]`",
    "13:13 out-of-range: this is the number 3, which never fits a number in 1..2",
    "14:18 not-called: `q` never calls `h`",
  ],
);

check(
  "instances of a set",
  `
process p[i: 1..9] { skip }
process q[i in {2, 5}] { here: skip }
cover a: q[5] @ here
cover b: q[3] @ here`,
  ["5:12 out-of-range: this is 3, which never fits the index of a `q`"],
);

check(
  "variables of processes",
  `
process p {
  var x: 0..3 = 0
  if x == 0 { var y: 0..3 = 0 }
  skip
}
invariant a: p.x < 3
invariant b: p.y < 3
process q { if p.x == 1 { skip } }`,
  [
    "8:16 unknown-process-variable: the process `p` has no variable `y`",
    "9:16 property-only: `p.x` can stand in a property only",
  ],
);

check(
  "expectations name what there is",
  `
var x: bool = false
fn f() { here: skip }
process p { f(); assert fine: x }
cover c: x
invariant i: x
param N: 0..3 = 1
expect fine holds
expect deadlock holds
expect c reachable
expect f.here unreachable with N = 2
expect states 4
expect c holds
expect i reachable
expect j holds
expect x holds
expect f.there reachable
expect i violated with M = 1
expect i violated with N = 9
expect i violated with N = true`,
  [
    "13:8 expect-outcome: `c` is a cover: it can be reachable or unreachable, not holds",
    "14:8 expect-outcome: `i` is an invariant: it can be holds or violated, not reachable",
    "15:8 unknown-name: `j` is not declared",
    "16:8 not-a-property: `x` is a variable, and `expect` speaks of properties and checks",
    "17:10 unknown-label: there is no label `there` in `f` (did you mean `here`?)",
    "18:24 parameter-unknown: the spec has no param `M` (its params are N)",
    "19:28 parameter-out-of-range: `N` cannot be 9: it takes a number in 0..3",
    "20:28 type-mismatch: expected a number in 0..3, but this is a bool",
  ],
);
