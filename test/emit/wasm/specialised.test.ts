// What WebAssembly has rewritten of a machine's steps and predicates does what JavaScript does without: one small spec for
// each thing that is rewritten.

import { expect, test } from "vitest";
import { flatten } from "../../../src/machine/flat/flatten.ts";
import { withRests } from "../../../src/machine/flat/forks.ts";
import { specialise } from "../../../src/machine/flat/specialise.ts";
import { visitStatements } from "../../../src/machine/flat/walk.ts";
import { bothSearches, searchDifference } from "../../support/same-search.ts";
import { machineOf } from "../../support/spec.ts";

test.each<[string, string]>([
  [
    "forks behind writes, with faults, refusals and branches before and behind them",
    `type N = 0..3
    var a: N = 0
    var b: N = 0
    var c: 0..5 = 0
    action go() when a < 3 {
      a += 1
      if a == 2 { c += 1 }
      pick i in N where i != b {
        if i == 1 { b := i } else { b := 0 }
        c += i
        either { c := 0 } or { c -= i } or { b := 3 }
      }
    }
    action back() when a == 3 { a := 0 }`,
  ],
  [
    "forks on one side of a condition, and what stands behind it",
    `type N = 0..2
    var a: N = 0
    var b: N = 0
    var n: 0..40 = 0
    action go() when n < 36 {
      if a == b { pick i in N { a := i } } else { b := a }
      n += 1
      if n > 4 { either { a := 0 } or { b := 1; n += 2 } }
      n += a
    }`,
  ],
  [
    "forks in wide states, before and behind what is written",
    `type N = 0..7
    var all[N]: 0..1000000 = 0
    var more[N]: 0..1000000 = 7
    action first() { pick i in N where all[i] < 2 { all[i] += 1; more[i] := 0 } }
    action later() when all[0] < 2 { all[0] += 1; pick i in 0..1 { more[i] := all[0] } }`,
  ],
  [
    "forks that must not be left without a choice",
    `type N = 0..3
    var a: N = 0
    process p { loop { atomic { a := if a == 3 then 0 else a + 1; pick i in N where i >= a && i != 3 { a := i } } } }
    process q { loop { atomic { a := 3 } } }`,
  ],
  [
    "more alternatives than are written out",
    `type N = 0..200
    var a: N = 0
    var s: set of (0..15) = {}
    action go() when a < 3 { a += 1; pick i in N where i > 190 { pick j in 0..15 where !(j in s) { s := s union {j}; a := i } } }`,
  ],
  [
    "quantifiers over fields of all widths, in steps and predicates",
    `type N = 0..7
    enum E { x, y, z }
    var e[N]: E = x
    var b[N]: bool = false
    var n[N]: 0..9 = 0
    var m: 0..200 = 0
    action turn() when (exists i in N: e[i] != z) && (count i in N: b[i]) < 3 {
      pick i in N where i < 3 || i == 7 { if e[i] == x { e[i] := y } else { e[i] := z }; b[i] := !b[i] }
    }
    action add() when (forall i in 0..3: n[i] <= n[i + 1]) && (sum i in N: n[i]) < 4 { pick i in {0, 3, 4} { n[i] += 1 } }
    action note() when m == 0 && (exists i in N, j in N: e[i] == y && n[j] == 2) { m := 1 + (count i in N: e[i] == z || n[i] > 0) }
    invariant few: !(exists i in N, j in N: i < j && e[i] == z && e[j] == y && b[j])
    invariant none: (count i in N: e[i] == y) <= 3
    cover all: forall i in {1, 2}: e[i] == z => b[i]
    cover one: {i in N where b[i]} == {0, 7}
    terminal when forall i in N: e[i] in {y, z}`,
  ],
  [
    "more instances than steps are written for, and locks that each looks for",
    `type N = 1..12
    mutex l[N]
    var n: 0..3 = 0
    process p[i in N] {
      acquire l[i]
      acquire l[if i == 12 then 1 else i + 1]
      n := if n == 3 then 0 else n + 1
      release l[if i == 12 then 1 else i + 1]
      release l[i]
    }
    cover all_held: forall i in N: holder(l[i]) != null`,
  ],
  [
    "loops that are left, and loops that go on",
    `type N = 0..3
    var a[N]: 0..2 = 0
    var found: 0..9 = 9
    action up() { pick i in N where a[i] < 2 { a[i] += 1 } }
    action find() {
      var at: 0..9 = 9
      for i in N {
        if a[i] == 0 { continue }
        if a[i] == 2 { at := i; break }
        at := 8
      }
      found := at
    }`,
  ],
])("%s", (_, text) => {
  const machine = machineOf(`spec s\n${text}`);
  for (const maxStates of [Number.POSITIVE_INFINITY, 50]) {
    const [one, other] = bothSearches(machine, { maxStates: Math.min(maxStates, 20_000) }, 0);
    expect(one.table.count).toBeGreaterThan(3);
    expect(searchDifference(one, other)).toBeNull();
  }
});

test("a quantifier over fields of one word is one test, and a guard costs no loop", () => {
  const machine = machineOf(`spec s
    type N = 0..7
    var on[N]: bool = false
    var ok: bool = false
    action all() when forall i in N: on[i] { ok := true }
    action go() { pick i in N { on[i] := true } }
    invariant fine: ok => forall i in N: on[i]`);
  const program = flatten(machine);
  const [all, go] = program.actions.map((action) => specialise(program.layout, action));
  const kinds: string[] = [];
  visitStatements(all?.body ?? [], ({ kind }) => kinds.push(kind));
  expect(kinds).toEqual(["if", "reject", "write", "emit"]);
  expect(go && withRests(go)).toEqual(go);
  const [fine] = program.statePredicates;
  expect(fine && specialise(program.layout, fine.routine).body.length).toBe(1);
});
