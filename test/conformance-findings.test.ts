// Names, texts, labels, properties and vacuity, rule by rule: what is a mistake, what is a finding, and what is neither.

import { test } from "vitest";
import { type Case, conforms } from "./support/conforms.ts";

test.for<Case>([
  [
    "a step property does not judge a step that changes nothing",
    `var x: 0..2 = 0
     action up when x < 2 { x += 1 }
     action same { skip }
     step moves: x' != x`,
    "0 3/5/2",
  ],
  [
    "a step property judges a step that moves its process, though it changes no variable",
    `var x: 0..2 = 0
     process p { skip ; x := 1 }
     step moves: x' != x`,
    "12 moves 3/2/2",
  ],
  [
    "a label in one arm is not seen at a step that the other arm reaches too",
    `var x: 0..2 = 0
     process p { var v: 0..1 = 0
       if x == 0 { l: v := 1 }
       x := 1 }
     cover c: p @ l`,
    "120 label-not-observable",
  ],
  [
    "`return` ends the body of an action",
    `var x: 0..2 = 0
     action a { if x == 1 { return } ; x := 1 }`,
    "0 2/2/1",
  ],
  ["`return` in an action has no value", "action a { return true }", "120 return-mismatch"],
  [
    "what stands in code may have the name of a property",
    `var x: 0..2 = 0
     fn f(up: 0..1) { var low: 0..1 = up ; st: x := low }
     process p[one: 1..2] { f(1) ; assert named: x == 1 ; var named: 0..1 = 0 }
     invariant up: x < 2
     invariant low: forall st in 0..2: x < 2
     cover one: x == 1
     step st: x' == 1
     expect up holds`,
    "0",
  ],
  [
    "what stands in code may not have the name of a variable",
    `var x: 0..2 = 0
     process p { var x: 0..1 = 0 }`,
    "120 duplicate-name",
  ],
  [
    "a text behind three steps is one mistake",
    `var x: 0..2 = 0
     process p { x := 1 ; x := 2 ; skip /// which?
     }`,
    "120 text-for-two-steps",
  ],
  [
    "a label that is reached though it is expected not to be is a finding",
    `var x: 0..2 = 0
     process p { x := 1 ; l: x := 2 }
     process q { if x == 1 { m: } }
     expect p.l unreachable
     expect q.m unreachable`,
    "15 label:p.l label:q.m",
  ],
  [
    "a label that is not reached though it is expected to be is a finding",
    `var x: 0..2 = 0
     process p { x := 1 ; goto end ; l: x := 2 ; end: }
     expect p.l reachable
     expect p.end reachable`,
    "15 label:p.l",
  ],
  [
    "of several expectations of a label the one with the most bindings counts",
    `param N: 0..1 = 0
     var x: 0..1 = 0
     process p { if N == x { l: x := 1 } }
     expect p.l unreachable
     expect p.l reachable with N = 0`,
    "0",
  ],
  [
    "branches that params and consts keep from starting are exempt from vacuity, with what lies inside",
    `param P: bool = false
     var x: 0..2 = 0
     process p {
       either { await P ; if x == 1 { x := 2 } else { x := 1 } }
       or { x := 1 }
       or { pick k in 0..2 where P { x := k } }
       or { pick k in {j in 0..2 where P} { x := k } }
       or { either { await P ; x := 2 } or { await P ; x := 0 } } }`,
    "0 2/1/1",
  ],
  [
    "branches of a process without instances are exempt from vacuity",
    `param N: 0..2 = 0
     var x: 0..2 = 0
     fn f(new: 0..2) { if x == 1 { x := new } }
     process p[i in {k in 1..2 where k <= N}] { f(1) ; either { x := 1 } or { x := 2 } }`,
    "0 1/0/0",
  ],
  [
    "branches of a function are judged by the processes that there are",
    `param N: 0..2 = 0
     var x: 0..2 = 0
     fn f(new: 0..2) { if x == 1 { x := new } }
     process p[i in {k in 1..2 where k <= N}] { f(1) }
     process q { f(2) }`,
    "15 branch 2/1/1",
  ],
  [
    "a choice of which nothing can ever start waits for ever",
    `param P: bool = false
     var x: 0..2 = 0
     process p { either { await P ; x := 1 } or { await P ; x := 2 } }
     process q { pick k in 0..2 where P { x := k } }`,
    "11 deadlock:p,q 1/0/0",
  ],
  [
    "a choice without a candidate inside `atomic` cannot go on",
    `param P: bool = false
     var x: 0..2 = 0
     process q { atomic { x := 1 ; pick k in 0..2 where P { x := k } } }`,
    "12 range:atomic-stuck 1/1/0",
  ],
])("%s", ([, spec, expected, settings = ""]) => {
  conforms(spec, expected, settings);
});
