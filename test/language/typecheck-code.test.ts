// Statements, calls, locks, ghosts and properties: what is accepted and what is said of the rest.

import { expect, test } from "vitest";
import { errorsOf, modelOf, specOf } from "../support/typechecked.ts";

/** The errors of a spec. */
function check(name: string, text: string, errors: readonly string[]): void {
  test(name, () => expect(errorsOf(specOf(text))).toEqual(errors));
}

// ---------------------------------------------------------------- statements

const calls = `
spinlock l
var x: 0..3 = 0
var flag: bool = false
fn ask(n: 0..3): bool { return n == x }
fn act(ref n: 0..3) { n := 1 }
`;

check(
  "computations stand alone",
  `${calls}
process p {
  var mine: 0..3 = 0
  if ask(1) { skip } else if !ask(2) { skip } else if try acquire l { release l }
  while !cmpxchg(x, 0, 1) { skip }
  mine := xchg(x, 2)
  var old: 0..3 = fetch_add(x, 1)
  flag := ask(mine)
  act(mine)
  act(old)
}
fn g(): bool { return ask(0) }
`,
  [],
);

check(
  "computations inside expressions",
  `${calls}
process p {
  if ask(1) && flag { skip }
  if !!ask(1) { skip }
  x += fetch_add(x, 1)
  x := 1 + fetch_add(x, 1)
  await ask(1)
  assert try acquire l
  ask(1)
  fetch_add(x, 1)
  try acquire l
  flag := act(x)
  x := ask(1)
  var n: 0..3 = xchg(n, 1)
  act(x)
  act(1)
  ask(1, 2)
  missing(1)
}
invariant i: ask(1)
`,
  [
    "9:6 call-in-expression: a call of `ask` takes steps, so it cannot stand inside an expression",
    "10:8 call-in-expression: a call of `ask` takes steps, so it cannot stand inside an expression",
    "11:8 call-in-expression: a call of `fetch_add` takes steps, so it cannot stand inside an expression",
    "12:12 call-in-expression: a call of `fetch_add` takes steps, so it cannot stand inside an expression",
    "13:9 call-in-expression: a call of `ask` takes steps, so it cannot stand inside an expression",
    "14:10 call-in-expression: a call of `try acquire` takes steps, so it cannot stand inside an expression",
    "15:3 result-unused: the result of `ask` is thrown away",
    "16:3 result-unused: the result of `fetch_add` is thrown away (write `v += e`)",
    "17:3 result-unused: the result of `try acquire` is thrown away",
    "18:15 reference-argument: the argument for `ref n` must be a local variable of type `0..3`",
    "19:8 type-mismatch: expected a number in 0..3, but this is a bool",
    "20:22 unknown-name: `n` is not declared",
    "21:7 reference-argument: the argument for `ref n` must be a local variable of type `0..3`",
    "22:7 reference-argument: the argument for `ref n` must be a local variable of type `0..3`",
    "23:3 wrong-argument-count: `ask` takes 1 argument, but 2 are given",
    "24:3 unknown-name: `missing` is not declared",
    "26:14 call-in-expression: a call of `ask` takes steps, so it cannot stand inside an expression",
  ],
);

check(
  "step functions change shared places",
  `
var x: 0..3 = 0
var e: bool = false
ghost var g: 0..3 = 0
process p {
  var n: 0..3 = 0
  n := xchg(n, 1)
  n := fetch_add(e, 1)
  n := fetch_add(x, 9)
  n := xchg(g, 1)
  if cmpxchg(x, true, 1) { skip }
  if cmpxchg(x, 7, 1) { skip }
  e := xchg(x, 1)
}
`,
  [
    "7:13 not-shared: `n` is local, and `xchg` works on shared places",
    "8:18 type-mismatch: expected a place that holds a number, but this is a bool",
    "9:8 out-of-range: this is a number in 9..12, which never fits a number in 0..3",
    "10:13 ghost-in-code: `g` is a ghost, and code cannot read it",
    "11:17 comparison-of-unlike: a number in 0..3 and a bool are never equal, so they cannot be compared",
    "13:8 type-mismatch: expected a bool, but this is a number in 0..3",
  ],
);

check(
  "what can be assigned",
  `
const C: 0..3 = 0
param P: 0..3 = 0
var x: 0..3 = 0
ghost var g: 0..3 = 0
fn f(n: 0..3, ref r: 0..3) { n := 1; r := 1 }
process p[i: 0..3] {
  C := 1
  P := 1
  i := 1
  for k in 0..1 { k := 0 }
  pick k in 0..1 { k += 1 }
  g := 1
  ghost x := 1
  ghost g := g + x
  p := 1
  x + 1 := 2
}
`,
  [
    "6:30 not-assignable: `n` is a parameter and cannot be assigned",
    "8:3 not-assignable: `C` is a const and cannot be assigned",
    "9:3 not-assignable: `P` is a param and cannot be assigned",
    "10:3 not-assignable: `i` is the index of the process and cannot be assigned",
    "11:19 not-assignable: `k` is the variable of a loop or choice and cannot be assigned",
    "12:20 not-assignable: `k` is the variable of a loop or choice and cannot be assigned",
    "13:3 not-assignable: `g` is a ghost, which only a `ghost` statement sets, and cannot be assigned",
    "14:9 not-a-ghost: `x` is no ghost",
    "16:3 not-assignable: `p` is a process and cannot be assigned",
    expect.stringMatching(/^17:\d+ /),
  ],
);

check(
  "returns",
  `
fn ok(n: 0..3): bool {
  if n == 0 { return true } else if n == 1 { goto away } else { loop { if n == 2 { return false }; skip } }
away:
  return false
}
fn falls(n: 0..3): bool { if n == 0 { return true } }
fn breaks(n: 0..3): bool { loop { if n == 0 { break }; skip } }
fn skips(n: 0..3): bool { goto end; end: }
fn none() { return }
fn much() { return 1 }
fn little(): bool { return }
fn wrong(): bool { return 1 }
fn wide(n: 0..9): 0..3 { return n }
process p { return }
action a() { return }
`,
  [
    "7:4 missing-return: `falls` can end without returning a value",
    "8:4 missing-return: `breaks` can end without returning a value",
    "9:4 missing-return: `skips` can end without returning a value",
    "11:20 return-mismatch: `much` has no result to return",
    "12:21 return-mismatch: `little` must return a bool here",
    "13:27 type-mismatch: expected a bool, but this is the number 1",
  ],
);

check(
  "walks",
  `
var s: set of (0..3) = {}
spinlock l[0..1]
fn f(t: set of (0..3)) {
  for x in t { skip }
  for x in s { skip }
  for x in {y in 0..1 where held(l[y])} { skip }
  for any x in s { skip }
  pick x in s where x > 0 { skip }
  for x in 3 { skip; missing := x }
}
`,
  [
    "6:12 shared-in-local-set: the set of this `for` reads `s`, which is shared",
    "7:12 shared-in-local-set: the set of this `for` reads `l`, which is shared",
    "10:12 type-mismatch: expected a set, but this is the number 3",
    "10:22 unknown-name: `missing` is not declared",
  ],
);

check(
  "locks",
  `
spinlock one
rwsem many[0..1][bool]
var x: bool = false
process p {
  acquire one
  acquire many[0][true] for read
  downgrade many[0][true]
  acquire one for read
  downgrade one
  acquire many[0]
  acquire one[0]
  acquire x
  release missing
  release many[5][true]
  if held(one, p) && holder(one) == p && holder(many[0][x]) == null { skip }
  if held(x) { skip }
}
action a() { acquire one; f() }
fn f() { if try acquire one { skip }; release one }
fn promise(b: bool): bool holds one when result { return b }
fn broken() holds one when result { skip }
`,
  [
    "9:11 lock-class: `acquire … for read` needs an rwsem, but `one` is a spinlock",
    "10:13 lock-class: `downgrade` needs an rwsem, but `one` is a spinlock",
    "11:11 not-a-lock: `many[0]` is not a lock (`many` takes 2 indices)",
    "12:11 not-a-lock: `one[0]` is not a lock (`one` takes no index)",
    "13:11 not-a-lock: `x` is not a lock",
    "14:11 unknown-name: `missing` is not declared",
    "15:16 out-of-range: this is the number 5, which never fits a number in 0..1",
    "17:11 not-a-lock: `x` is not a lock",
    "19:14 lock-misuse-in-action: an action cannot acquire a lock",
    "20:10 lock-misuse-in-action: an action cannot try to acquire a lock",
    "20:39 lock-misuse-in-action: an action cannot release a lock",
    expect.stringContaining("22:"),
  ],
);

check(
  "costs and ghosts",
  `
var x: 0..3 = 0
cost c
ghost var g: 0..3 = x
process p {
  x := 1
  cost c += if x == 0 then 1 else 0
  ghost g += 1
  ghost g := if p @ here then 1 else g
here:
  skip
  cost d += 1
  cost c += 0 - 1
  cost c += g
  x := g
  ghost g := true
  if p @ here { skip }
}
def looks(): bool = g == 1
action a() when looks() { x := 1 }
terminal when g == 1
`,
  [
    "9:17 property-only: `p @ …` can stand in a property only",
    "12:8 cost-unknown: there is no cost `d`",
    "13:13 out-of-range: this is the number -1, which never fits a cost, which is at least 0",
    "14:13 ghost-in-code: `g` is a ghost, and code cannot read it",
    "15:8 ghost-in-code: `g` is a ghost, and code cannot read it",
    "16:14 type-mismatch: expected a number in 0..3, but this is a bool",
    "17:6 property-only: `p @ …` can stand in a property only",
    "19:21 ghost-in-code: `g` is a ghost, and code cannot read it",
  ],
);

check(
  "properties",
  `
var x: 0..3 = 0
var a[0..3]: bool = false
process p { here: x := 1 }
action act() { x := 0 }
step s1: x' >= x || taken(p) || taken(p @ here) || taken(act)
step s2: a[x]' == a[x'] && (p @ here)'
invariant i1: x' == 1
invariant i2: taken(p)
invariant i3: taken(x)
def later(): bool = x' == 0
step s3: later()
cover c1: later()
step s4: (x + x')' == 0
`,
  [
    "8:15 prime-outside-step: a prime needs a step property around it",
    "9:15 prime-outside-step: `taken(…)` needs a step property around it",
    "10:21 not-a-process: this is no process",
    "11:21 prime-outside-step: a prime needs a step property around it",
    "14:15 nested-prime: a prime stands inside another",
  ],
);

check(
  "what comes later",
  `
var x: bool = false
fair process p { skip }
strongly fair process q { skip }
fair action a() { x := true }
property live: <> x
invariant i: [] x
`,
  [
    "3:14 not-yet-supported: `fair process` is not supported yet",
    "4:23 not-yet-supported: `strongly fair process` is not supported yet",
    "5:13 not-yet-supported: `fair action` is not supported yet",
    "6:16 not-yet-supported: a temporal property is not supported yet",
    "7:14 not-yet-supported: the temporal operator `[]` is not supported yet",
  ],
);

test("defs are put in place, with binders of their own", () => {
  const model = modelOf(
    specOf(`
var x: 0..3 = 0
def near(a: 0..3, b: 0..3): bool = exists d in 0..1: a + d == b
def both(a: 0..3): bool = near(a, x) && near(x, a)
invariant i: both(1) && both(2)
`),
  );
  expect(
    JSON.stringify(model.properties[0]?.condition, (key, value) =>
      key === "span" ? undefined : value,
    ).match(/"kind":"let"/g)?.length,
  ).toBe(10);
});

test("instances come in the order of the text, indices ascending", () => {
  const model = modelOf(
    specOf(`
enum Side { left, right }
process b[s: Side] { skip }
process a { skip }
process c[n in {5, 2}] { skip }
`),
  );
  expect(model.instances.map(({ id, name, index }) => [id, name, index])).toEqual([
    [0, "b[left]", "left"],
    [1, "b[right]", "right"],
    [2, "a", null],
    [3, "c[2]", 2],
    [4, "c[5]", 5],
  ]);
});

test("locals know their role", () => {
  const model = modelOf(
    specOf(`
process p[i: 0..1] {
  var a: 0..1 = i
  if a == 0 { var b: 0..1 = a }
  for c in 0..1 { f(c, a) }
}
fn f(d: 0..1, ref e: 0..1) { var g: 0..1 = d; e := g }
`),
  );
  const roles: string[] = [];
  JSON.stringify([model.processes, model.functions], (key, value) => {
    if (value?.kind === "local" && typeof value.role === "string")
      roles.push(`${value.name} ${value.role}`);
    return key === "span" || key === "source" ? undefined : value;
  });
  expect([...new Set(roles)].sort()).toEqual([
    "a top",
    "b variable",
    "c loop",
    "d parameter",
    "e reference",
    "g variable",
    "i index",
  ]);
});
