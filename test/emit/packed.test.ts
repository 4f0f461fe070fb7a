// The packed form does what the interpreter does, and WebAssembly what the packed form does, step for step: one small spec for each kind of thing that it prints.

import { expect, test } from "vitest";
import { interpretedSystem } from "../../src/checker/interpreted-system.ts";
import { load } from "../../src/checker/load.ts";
import { Transitions } from "../../src/checker/transition-system.ts";
import { emitPacked } from "../../src/emit/typescript.ts";
import { bothSearches, searchDifference } from "../support/same-search.ts";
import { compareSystems } from "../support/same-system.ts";
import { machineOf } from "../support/spec.ts";

function check(text: string): { readonly states: number; readonly steps: number } {
  const machine = machineOf(`spec s\n${text}`);
  const system = load(machine, emitPacked(machine));
  const { states, steps, difference } = compareSystems(interpretedSystem(machine), system);
  expect(difference).toBeNull();
  expect(searchDifference(...bothSearches(machine, {}, 0))).toBeNull();
  return { states, steps };
}

test.each<[string, string, number]>([
  [
    "forks in a loop inside one step",
    `var x: 0..9 = 0
    process p { atomic { for i in 0..2 { either { x += 1 } or { x += 2 } or { skip } } } }`,
    8,
  ],
  [
    "picks whose test looks at what was picked before",
    `type I = 1..4
    var a: I = 1
    var b: I = 1
    action go() { pick i in I where i > 1 { pick j in I where j != i && j < 4 { a := i; b := j } } }`,
    8,
  ],
  [
    "a pick that faults for some candidates",
    `var q: seq of (0..3) upto 2 = [1]
    action go() { pick i in 0..2 where q[i] == 1 { q := append(q, 1) } }`,
    2,
  ],
  [
    "a set of more than 32 elements",
    `type Big = 0..39
    var s: set of Big = {0, 39}
    var n: 0..40 = 0
    action add() { pick x in {31, 32, 38} where x not in s { s := s union {x}; n := size(s) } }
    action ends() when n > 3 { n := max(s) - min(s) }
    invariant few: s subset {0, 31, 32, 38, 39} && (forall x in s: x != 5)`,
    12,
  ],
  [
    "records, options, sequences and arrays in each other",
    `type K = 0..1
    type R = { f: (0..2)?, g: bool[K], q: seq of { h: K, i: K? } upto 2 }
    var r: R[K] = [k in K: { f: null, g: [x in K: x == k], q: [] }]
    action one(k: K) when r[k].f == null { r[k].f := 2; r[k].q := append(r[k].q, { h: k, i: null }) }
    action two(k: K) when length(r[k].q) > 0 && r[k].g[k] { r[k].q[0].i := r[k].q[0].h; r[k] := r[k] with g = [x in K: false] }
    action three(k: K) when r[0] == r[k] with f = r[0].f { r[k].f := if r[k].f == null then 0 else null }`,
    42,
  ],
  [
    "arithmetic that leaves its range, and divisions",
    `var x: -3..3 = 0
    var y: 0..3 = 3
    action up() { x += 2 }
    action down() { x -= 1 }
    action divide() { y := (x * x) / x }
    action rest() when x >= 0 { y := 7 % (x + 1) }`,
    28,
  ],
  [
    "an array of more bits than a word, indexed by what runs",
    `type I = 0..19
    var a[I]: 0..5 = 0
    var at: I = 0
    action step() when at < 19 { a[at] := at % 6; at += 1 }
    action mark() when at > 3 && a[at - 1] == 3 { a[(at * 7) % 20] := 5 }
    invariant known: (count i in I: a[i] == 5) <= 5 && (sum i in I: a[i]) < 80`,
    30,
  ],
  [
    "many words",
    `type I = 0..9
    var a[I]: 0..9999999 = 0
    var n: I = 0
    action step() when n < 9 { a[n] := 1000000 + n; n += 1 }
    action back() when n > 4 { a[n - 2] := a[n - 3] - 1 }`,
    67,
  ],
])("%s", (_, text, states) => {
  expect(check(text).states).toBe(states);
});

test("locks of all classes, their misuse, order and sleeping", () => {
  check(`type K = 1..2
    spinlock s[K]
    mutex m
    rwsem rw
    var got: bool = false
    cost waited
    process p[k: K] {
      acquire s[k]
      acquire rw for read
      if try acquire m { got := !got; release m }
      either { acquire s[3 - k] } or { release s[k]; acquire rw }
      cost waited += k
      release rw
    }
    daemon process q { loop { acquire rw; downgrade rw; release rw; release s[1] } }
    invariant one: !(holder(m) == p[1] && held(m, q)) && (held(rw, p[2]) => holder(rw) != q)`);
});

test("step properties see both states and who moved", () => {
  check(`var x: 0..3 = 0
    var a[0..1]: bool in bool
    process p { while x < 3 { x += 1 } }
    action flip(i: 0..1) { a[i] := !a[i] }
    step grows: x' >= x && (x' != x => taken(p))
    step flips: taken(flip) <=> (exists i in 0..1: a[i]' != a[i])
    step lie: a[x]' == a[x]`);
});

test("initial states, their condition and start work that faults", () => {
  check(`type K = 0..2
    var a[K][K]: bool in {true}
    var b[k: K]: K in {x in K where x >= k}
    var c: 0..1 in {x in 0..1 where x >= 0}
    init where b[0] != 1
    process p[k: K] { var x: 0..1 = k; skip }`);
  check(`var b: 0..2 in 0..2
    ghost var g: 0..1 = 0
    process p[k: 0..2] { var x: 0..1 = k; skip }`);
});

test("costs are summed along a path, and notes belong to their step", () => {
  const machine = machineOf(`spec s
    cost c
    cost d
    var x: 0..2 = 0
    action go() { pick i in 0..2 { cost c += i; assert i != 1; x := i; cost d += 2 * i } }`);
  const system = load(machine, emitPacked(machine));
  const out = new Transitions(system.width, 2, 1);
  system.initial(out);
  const states = out.words.slice(0, system.width);
  system.successors(states, 0, out);
  expect([...out.weights.slice(0, 6)]).toEqual([0, 0, 1, 2, 2, 4]);
  expect([out.noteCount, out.notes[0]]).toEqual([1, 1]);
});

test("names of a spec may be words of the target language or of the module", () => {
  check(`enum E { await_, out }
    var states: E = out
    var class_: 0..1 = 0
    fn arrive(shift: 0..1): bool { var top: 0..1 = shift; class_ := top; return class_ == shift }
    process switch { var at_: bool = arrive(1); if at_ { states := await_ } }
    action next(default_: 0..1) { class_ := default_ }
    invariant package: class_ <= 1
    cover arguments: states == await_`);
});

test("an unfolded machine is not at rest at local work", () => {
  const machine = machineOf(
    `spec s
    var x: 0..2 = 0
    process p[i: 0..1] { var y: 0..2 = x; y := (y + 1) % 3; x := y }`,
    new Map(),
    { fold: false, reset: true },
  );
  const system = load(machine, emitPacked(machine));
  expect(compareSystems(interpretedSystem(machine), system).difference).toBeNull();
});
