// The language, rule by rule: each case is a smallest spec and what its check must find, worked out by hand.

import { test } from "vitest";
import { type Case, conforms } from "./support/conforms.ts";

test.for<Case>([
  [
    "conditions made only of params and consts are exempt from vacuity, those of `while` too",
    `var x: 0..3 = 0
     const C: bool = false
     process p { while C { if x == 1 { x := 2 } else { x := 3 } }
       x := 1 }`,
    "0 2/1/1",
  ],
  [
    "a `while` that a const rules out is still there for a `goto` into it",
    `var x: 0..3 = 0
     const C: bool = false
     process p { goto l ; while C {
       l: x := 1 }
       x := 2 }`,
    "0 3/2/2",
  ],
  [
    "with neither processes nor actions nobody can be deadlocked",
    "var x: 0..3 in 0..2\ninvariant small: x < 3",
    "0 3/0/0",
  ],
  [
    "a variable of a process that is done has its type's first value, dead locals reset or not",
    `var x: 0..3 = 0
     process p { var v: 0..3 = 1 ; x := 1 }
     invariant after: done(p) => p.v == 0`,
    "0 2/1/1",
  ],
  [
    "a label at the end of a block is not the head of the loop behind it",
    `var x: 0..3 = 0
     process p { while x < 3 { x += 1 ; l: } ; x := 1 }
     cover c: p @ l`,
    "120 label-not-observable",
  ],
  [
    "a label before a loop is seen at each round",
    `var x: 0..3 = 0
     process p { l: m: while x < 2 { x += 1 } }
     cover c: p @ l && p @ m && x == 2`,
    "0 6/5/5",
  ],
  [
    "an action that params and consts rule out is exempt from vacuity, its branches too",
    `param P: bool = false
     var x: 0..1 = 0
     action a(k: 0..1) when P { if x == 1 { x := k } else { x := 1 } }
     action b { x := 0 }`,
    "0 1/1/0",
  ],
  [
    "an action that could run is not exempt",
    `var x: 0..1 = 0
     action a when x == 1 { x := 0 }
     action b { x := 0 }`,
    "15 a 1/1/0",
  ],
  [
    "`for any` over a set that is empty by params and consts has no rounds to enter",
    `param N: 0..2 = 0
     var x: 0..1 = 0
     process b { for any i in {k in 1..2 where k <= N} { x := 0 } ; x := 1 }`,
    "0 2/1/1",
  ],
  [
    "where a process stands is for properties to read, not for ghosts",
    `ghost var g: bool = false
     var x: 0..3 = 0
     process p { var v: bool = true ; x := 1 ; l: x := 2 }
     process q { skip ; ghost g := p @ l ; skip ; ghost g := p.v }`,
    "120 property-only property-only",
  ],
  [
    "testing a shared variable and acting on it are two steps",
    `var x: 0..3 = 0
     process p[i: 1..2] { var a: 0..3 = x ; x := a + 1 }`,
    "0 12/14/4",
  ],
  [
    "`+=` on a shared variable is one step",
    `var x: 0..3 = 0
     process p[i: 1..2] { x += 1 }`,
    "0 4/4/2",
  ],
  [
    "local work before the first step runs with the initial state",
    `var x: 0..3 = 0
     process p { var a: 0..1 = 0 ; a := 1 ; x := a }`,
    "0 2/1/1",
  ],
  [
    "a shared condition is a step; an else that is never taken is a finding",
    `var x: 0..3 = 0
     process p {
     if x == 0 { x := 1 } else { x := 2 }
     }`,
    "15 branch 3/2/2",
  ],
  [
    "a missing else that is never taken is no finding",
    `var x: 0..3 = 0
     process p { if x == 0 { x := 1 } }`,
    "0 3/2/2",
  ],
  [
    "each `else if` reads again, in a step of its own",
    `var x: 0..3 = 0
     process p { if x == 1 { skip } else if x == 2 { skip } else { x := 3 } }`,
    "15 branch branch 4/3/3",
  ],
  [
    "a daemon may be unfinished at the end",
    `var x: 0..3 = 0
     daemon process p { await x == 1 }`,
    "0 1/0/0",
  ],
  [
    "a process that can never move again while others go on is stuck",
    `var x: 0..3 = 0
     process p { await x == 1 }
     daemon process q { loop { skip } }`,
    "11 stuck:p 1/1/0",
  ],
  [
    "a spec of actions only is deadlocked where none is enabled",
    `var x: 0..2 = 0
     action a when x < 2 { x += 1 }`,
    "11 deadlock: 3/2/2",
  ],
  [
    "`terminal when` says where nothing need happen",
    `var x: 0..2 = 0
     action a when x < 2 { x += 1 }
     terminal when x == 2`,
    "0 3/2/2",
  ],
  [
    "a fault is a transition without a successor",
    `var x: 0..1 = 0
     process p { x += 1
     x += 1 }`,
    "12 range:range 2/2/1",
  ],
  [
    "what a fault leaves stuck is no deadlock",
    `var x: 0..1 = 1
     process q { x += 1 ; }
     process r { await x == 0 }`,
    "12 range:range 1/1/0",
  ],
  [
    "a value that never fits is a compile error",
    `var x: 0..3 = 0
     process p { x := 5 }`,
    "120 out-of-range",
  ],
  [
    "`||`, `&&`, `=>` and `if` stop early",
    `var x: 0..3 = 0
     invariant i: x == 0 || 1 / x == 1
     invariant j: !(x != 0 && 1 / x == 1)
     invariant k: x != 0 => 1 / x == 1
     invariant l: (if x == 0 then 1 else 1 / x) == 1`,
    "0 1/0/0",
  ],
  [
    "the left side comes first",
    `var x: 0..3 = 0
     invariant i: 1 / x == 1 || x == 0`,
    "12 i 1/0/0",
  ],
  [
    "the value is evaluated before the place that it goes to",
    `var a[0..1]: 0..3 = 1 ; var i: 0..3 = 3 ; var z: 0..3 = 0
     process p { a[i] := 3 / z }`,
    "12 range:division 1/1/0",
  ],
  [
    "taking what one holds for reading is a fault",
    `rwsem l
     process p { acquire l for read ; acquire l }`,
    "12 lock_use:double-acquire 2/2/1",
  ],
  [
    "readers share",
    `rwsem l
     process p[i: 1..2] { acquire l for read ; release l }
     cover both: held(l, p[1]) && held(l, p[2])
     invariant n: holder(l) == null`,
    "0 9/12/4",
  ],
  [
    "taking a mutex under a spinlock is a finding, and the search goes on",
    `spinlock s ; mutex m
     process p { acquire s ; acquire m ; release m ; release s }`,
    "12 lock_use 5/4/4",
  ],
  [
    "a cycle in the order of lock instances is a finding without a deadlock",
    `mutex l[1..2] ; var g: bool = false
     process p { acquire l[1] ; acquire l[2] ; release l[2] ; release l[1] ; g := true }
     process q { await g ; acquire l[2] ; acquire l[1] ; release l[1] ; release l[2] }`,
    "12 lock_order 11/10/10",
  ],
  [
    "instances of one lock taken in one order are no cycle",
    `mutex l[1..2] ; var g: bool = false
     process p { acquire l[1] ; acquire l[2] ; release l[2] ; release l[1] ; g := true }
     process q { await g ; acquire l[1] ; acquire l[2] ; release l[1] ; release l[2] }`,
    "0 11/10/10",
  ],
  [
    "`try acquire` adds no edge as the second lock",
    `mutex a ; mutex b ; var g: bool = false
     process p { acquire a ; acquire b ; release b ; release a ; g := true }
     process q { await g ; acquire b
     if try acquire a { release a }
     release b }`,
    "0 11/10/10",
  ],
  [
    "`try acquire` adds an edge as the first lock",
    `mutex a ; mutex b ; var g: bool = false
     process p { acquire a ; acquire b ; release b ; release a ; g := true }
     process q { await g
     if try acquire b { acquire a ; release a ; release b } }`,
    "12 lock_order 11/10/10",
  ],
  [
    "a cost is evaluated after the step before it",
    `cost c ; var x: 0..3 = 0
     process p { x := 1 ; cost c += x }`,
    "0 c=1..1 2/1/1",
  ],
  [
    "a loop that adds on the way to an end makes a cost unbounded",
    `cost c ; var x: 0..3 = 0
     process p { loop { either { skip ; cost c += 1 } or { break } } }`,
    "0 c=0..unbounded 2/2/1",
  ],
  [
    "a run that ends in a fault does not count for costs",
    `cost c ; var x: 0..3 = 0
     process p { either { x := 3 ; cost c += 5 ; x += 1 } or { x := 1 } }`,
    "12 range:range c=0..0 3/3/1",
  ],
  [
    "a run that ends in a deadlock counts for costs",
    `cost c ; var x: 0..1 = 0
     process p { skip ; cost c += 3 ; await x == 1 }`,
    "11 deadlock:p c=3..3 2/1/1",
  ],
  [
    "a ghost belongs to the step before it and adds none",
    `ghost var g: bool = false ; var x: 0..3 = 0
     process p { if x == 0 { ghost g := true ; x := 1 } }
     invariant i: x == 1 => g`,
    "0 3/2/2",
  ],
  [
    "a branch without a step is one step by itself",
    `var x: 0..3 = 0
     process p { either { } or { x := 1 } }`,
    "0 3/2/1",
  ],
  [
    "choices nest in one step",
    `var x: 0..3 = 0
     process p { either { either {x:=1} or {x:=2} } or {x:=3} }`,
    "0 4/3/1",
  ],
  [
    "a branch is offered only if its first step can run",
    `var x: 0..3 = 0
     process p { either { await x == 1 ; x := 2 } or { x := 3 } }`,
    "15 branch 2/1/1",
  ],
  [
    "a candidate is offered only if its first step can run",
    `var x: 0..3 = 2
     process p { pick i in 1..3 { await x == i } }`,
    "0 2/1/1",
  ],
  [
    "each round of `for any` is a choice",
    `var x: 0..3 = 0
     process p { for any i in 1..2 { x += i } }`,
    "0 4/4/2",
  ],
  [
    "each choice in an `atomic` is a transition of its own",
    `var x: 0..3 = 0
     process p { atomic { either { x := 1 } or { x := 2 }
     x := 3 } }`,
    "0 2/2/1",
  ],
  [
    "a `pick` without a candidate inside `atomic` is a fault",
    `var x: 0..3 = 0
     process p { atomic { x := 1; pick i in 1..3 where i > x + 2 { x := i } } }`,
    "12 range:atomic-stuck branch 1/1/0",
  ],
  [
    "a `pick` that begins an `atomic` waits",
    `var x: 0..3 = 0
     process p { atomic { pick i in 1..3 where i < x { x := i } } }
     process q { x := 2 }`,
    "0 3/2/2",
  ],
  [
    "only the first step of an `atomic` may wait",
    `var x: 0..3 = 0
     process p { atomic { x := 2 ; await x == 1 } }`,
    "120 await-inside-atomic",
  ],
  [
    "the search goes on past a failed assert",
    `var x: 0..3 = 0
     process p { assert a: x == 1; x := 2 }
     cover c: x == 2`,
    "14 a 3/2/2",
  ],
  [
    "labels, costs and properties never change the graph",
    `var x: 0..3 = 0
     cost k
     process p { a: var v: 0..3 = x ; b: v += 1 ; c: x := v
     cost k += 1
     d: }
     cover z: p @ c
     cover y: p @ a
     invariant q: x <= 1
     step st: taken(p @ c) => x' == 1`,
    "0 k=1..1 3/2/2",
  ],
  [
    "null can be compared",
    `var o: (0..3)? = null ; var x: 0..3 = 0
     process p { if o == 2 { x := 1 } }`,
    "15 branch 2/1/1",
  ],
  [
    "null has no order",
    `var o: (0..3)? = null ; var x: 0..3 = 0
     process p { if o < 2 { x := 1 } }`,
    "12 range:null-used branch 1/1/0",
  ],
  [
    "a member of several enums is resolved by the type expected",
    `enum A { none, x1 } ; enum B { none, x2 }
     var a: A = none ; var b: B = none
     process p { if a == none { b := x2 } }
     invariant i: b != none || B.none == b`,
    "0 3/2/2",
  ],
  [
    "an argument that reads something shared is a step",
    `var x: 0..3 = 1 ; var y: 0..3 = 0
     fn f(a: 0..3) { y := a }
     process p { f(x) }`,
    "0 3/2/2",
  ],
  [
    "`holder` can be compared with processes",
    `mutex l
     process p[i: 1..2] { acquire l ; release l }
     invariant i1: held(l, p[1]) <=> holder(l) == p[1]
     invariant i2: holder(l) == p[1] => holder(l) != p[2] && holder(l) != null
     cover c: holder(l) == p[2]`,
    "0 8/8/4",
  ],
  [
    "a broken contract is a fault",
    `mutex l ; var y: bool = false
     fn f(): bool holds l when result { acquire l ; if y { return true } ; return false }
     process p { if f() { release l } else { release l } }
     process q { y := true }`,
    "12 lock_use:contract-broken branch 6/7/4",
  ],
  [
    "each candidate that faults is a transition",
    `var x: 0..2 = 0
     process p { pick k in 1..3 { x += k } }`,
    "12 range:range 3/3/1",
  ],
  [
    "a cost at the start of a branch counts for that branch only",
    `cost c ; var x: 0..2 = 0
     process b { either { cost c += 1 ; x := 1 } or { x := 2 } }`,
    "0 c=0..1 3/2/1",
  ],
  [
    "an assert on locals before the first step fails in the initial state",
    `process p { var v: 0..1 = 1 ; assert a: v == 0 }`,
    "14 a 1/0/0",
  ],
])("%s", ([, spec, expected, settings = ""]) => {
  conforms(spec, expected, settings);
});
