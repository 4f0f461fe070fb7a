// Old counterexamples on new versions: what goes alike, where the way parts and why, and what can follow.

import { expect, test } from "vitest";
import { told } from "../support/transplanted.ts";

const RACE = `spec race
var n: 0..9 = 0
var turn: 1..2 = 1
spinlock l
process p[i: 1..2] {
  var seen: 0..9 = n                      /// read
  n := seen + 1                           /// write
}
invariant both: done(p[1]) && done(p[2]) => n == 2
`;

/** The race with more steps before, between and behind its two. */
const around = (first: string, between: string, last: string): string =>
  RACE.replace("  var seen", `${first}\n  var seen`)
    .replace("/// read\n", `/// read\n${between}\n`)
    .replace("/// write\n", `/// write\n${last}\n`);

const race = (after: string): string => told(RACE, after, "both");

test("a version on itself", () => {
  expect(race(RACE)).toMatchInlineSnapshot(`
    "= p[1]: read
    = p[2]: read
    = p[2]: write
    = p[1]: write
    runs
    both after 0 steps"
  `);
});

test("a lock around both steps", () => {
  expect(race(around("acquire l", "", "release l"))).toMatchInlineSnapshot(`
    "+ p[1]: acquire l
    = p[1]: read
    parts at 1: p[2] at inserted acquire l
    blocked by l: p[1] since "p[1]: acquire l" until "release l", first write
    no violation in 7 states"
  `);
});

test("a lock that is let go too early: the other process may finish what the patch made it begin", () => {
  expect(race(around("acquire l", "release l", ""))).toMatchInlineSnapshot(`
    "+ p[1]: acquire l
    = p[1]: read
    + p[1]: release l
    + p[2]: acquire l
    = p[2]: read
    + p[2]: release l
    = p[2]: write
    = p[1]: write
    runs
    both after 0 steps"
  `);
});

test("a wait for one's turn", () => {
  expect(race(around("await turn == i", "", "turn := 3 - i"))).toMatchInlineSnapshot(`
    "+ p[1]: await turn == i
    = p[1]: read
    parts at 1: p[2] at inserted await turn == i
    blocked by await turn == i
    no violation in 7 states"
  `);
});

test("a step that merely delays", () => {
  expect(race(around("turn := turn", "", ""))).toMatchInlineSnapshot(`
    "+ p[1]: turn := turn
    = p[1]: read
    + p[2]: turn := turn
    = p[2]: read
    = p[2]: write
    = p[1]: write
    runs
    both after 0 steps"
  `);
});

test("a step that goes round until another process lets it on", () => {
  expect(
    race(around("loop { if turn == i { break } }", "", "turn := 3 - i")),
  ).toMatchInlineSnapshot(`
    "+ p[1]: if turn == i
    = p[1]: read
    parts at 1: p[2] at inserted if turn == i
    elsewhere
    no violation in 7 states"
  `);
});

test("two steps made one", () => {
  const atomic = RACE.replace(/ {2}var seen.*\n/, "").replace("n := seen + 1", "n += 1");
  expect(race(atomic)).toMatchInlineSnapshot(`
    "- p[1]: read
    - p[2]: read
    ~ p[2]: write
    ~ p[1]: write [n: 1, now 2]
    parts at 4: p[1] at none nowhere
    not-violated
    no violation in 1 states"
  `);
});

test("a check that comes too early to tell: both processes may be behind it at once", () => {
  expect(race(around("", "if n != seen { return }", ""))).toMatchInlineSnapshot(`
    "= p[1]: read
    = p[2]: read
    + p[2]: if n != seen
    + p[1]: if n != seen
    = p[2]: write
    = p[1]: write
    runs
    both after 0 steps"
  `);
  const flag = "loop { if turn == 2 { break } }\nturn := 1";
  const old = RACE.replace("turn: 1..2 = 1", "turn: 1..2 = 2");
  expect(
    told(
      old,
      old
        .replace("  var seen", `${flag}\n  var seen`)
        .replace("/// write", "/// write\n  turn := 2"),
      "both",
    ),
  ).toMatchInlineSnapshot(`
    "+ p[1]: if turn == 2
    + p[2]: if turn == 2
    + p[1]: turn := 1
    = p[1]: read
    + p[2]: turn := 1
    = p[2]: read
    = p[2]: write
    = p[1]: write
    + p[1]: turn := 2
    + p[2]: turn := 2
    runs
    both after 0 steps"
  `);
});

test("a check and a step made one lead past the old step", () => {
  expect(race(around("", "if cmpxchg(n, seen, seen + 1) { return }", ""))).toMatchInlineSnapshot(`
    "= p[1]: read
    = p[2]: read
    + p[2]: if cmpxchg(n, seen, seen + 1)
    parts at 2: p[2] at none nowhere
    done
    both after 2 steps"
  `);
});

test("a step moved to a function of its own", () => {
  const moved = RACE.replace(
    "process p",
    "fn bump(seen: 0..9) { n := seen + 1 }\nprocess p",
  ).replace(/ {2}n := seen \+ 1 .*/, "  bump(seen)");
  expect(race(moved)).toMatchInlineSnapshot(`
    "= p[1]: read
    = p[2]: read
    = p[2]: write
    = p[1]: write
    runs
    both after 0 steps"
  `);
});

test("steps that are gone, or come in another order", () => {
  expect(told(around("turn := 1", "turn := 2", ""), RACE, "both")).toMatchInlineSnapshot(`
    "- p[1]: turn := 1
    = p[1]: read
    - p[1]: turn := 2
    - p[2]: turn := 1
    = p[2]: read
    - p[2]: turn := 2
    = p[2]: write
    = p[1]: write
    runs
    both after 0 steps"
  `);
  const swapped = around("turn := 1", "", "");
  expect(told(swapped, around("", "", "turn := 1"), "both")).toMatchInlineSnapshot(`
    "- p[1]: turn := 1
    = p[1]: read
    - p[2]: turn := 1
    = p[2]: read
    = p[2]: write
    = p[1]: write
    + p[1]: turn := 1
    + p[2]: turn := 1
    runs
    both after 0 steps"
  `);
});

test("another step than the old one", () => {
  const branch = (sooner: string): string =>
    around(`if ${sooner} { turn := 1 } else { turn := 2 }`, "", "");
  expect(told(branch("n == 0"), branch("n != 0"), "both")).toMatchInlineSnapshot(`
    "~ p[1]: if n != 0
    parts at 1: p[1] at elsewhere turn := 2
    elsewhere
    both after 7 steps"
  `);
});

test("a fault where there was none", () => {
  expect(
    race(RACE.replace("n: 0..9", "n: 0..1").replace("seen + 1", "n + seen + 1")),
  ).toMatchInlineSnapshot(`
    "= p[1]: read
    = p[2]: read
    ~ p[2]: write
    parts at 3: p[1] at changed write
    faults
    range after 1 steps"
  `);
});

test("a process of another name, and another beginning", () => {
  expect(race(RACE.replaceAll("p[", "q["))).toMatchInlineSnapshot(`
    "parts at 0: nobody at none nowhere
    unknown-mover
    both after 4 steps"
  `);
  expect(race(RACE.replace("n: 0..9 = 0", "n: 0..9 = 1"))).toMatchInlineSnapshot(`
    "parts at 0: nobody at none nowhere
    no-start [n: 0, now 1]
    nothing follows"
  `);
});

test("variables of one version only, and renamed locals, do not matter", () => {
  expect(
    race(RACE.replace("var n", "var m: 0..1 in {0, 1}\nvar n").replaceAll("seen", "got")),
  ).toMatchInlineSnapshot(`
    "= p[1]: read
    = p[2]: read
    = p[2]: write
    = p[1]: write
    runs
    both after 0 steps"
  `);
});

const FILES = `spec files
rwsem s
var a: 0..1 = 0
var b: 0..1 = 0
var torn: bool = false
process reader[i: 1..2] {
  var x: 0..1 = a                         /// x = a
  var y: 0..1 = b                         /// y = b
  if x != y { torn := true }              /// torn
}
process writer {
  a := 1                                  /// a = 1
  b := 1                                  /// b = 1
}
invariant whole: !torn
`;

test("a lock for reading: the writer lets its readers in when it downgrades", () => {
  const read = FILES.replace("  var x", "  acquire s for read\n  var x").replace(
    "  if x",
    "  release s\n  if x",
  );
  const write = read.replace("  a := 1", "  acquire s\n  a := 1");
  const downgraded = write.replace("/// b = 1", "/// b = 1\n  downgrade s\n  release s");
  expect(told(FILES, downgraded, "whole")).toMatchInlineSnapshot(`
    "+ writer: acquire s
    = writer: a = 1
    parts at 1: reader[1] at inserted acquire s for read
    blocked by s: writer since "writer: acquire s" until "downgrade s", first b = 1
    no violation in 52 states"
  `);
});

const PAIR = `spec pair
mutex a
mutex b
process p { acquire a; acquire b; release b; release a }
process q { acquire b; acquire a; release a; release b }
`;

test("a deadlock that another order of locks rules out", () => {
  const ordered = PAIR.replace(
    /process q .*/,
    "process q { acquire a; acquire b; release b; release a }",
  );
  expect(told(PAIR, ordered, "deadlock")).toMatchInlineSnapshot(`
    "= p: acquire a
    - q: acquire b
    parts at 2: q at same acquire a
    not-violated
    no violation in 8 states"
  `);
  expect(
    told(PAIR, PAIR.replace("process p {", "process p { acquire b; release b;"), "deadlock"),
  ).toMatchInlineSnapshot(`
    "+ p: acquire b
    + p: release b
    = p: acquire a
    = q: acquire b
    runs
    deadlock after 0 steps"
  `);
});

test("a holder that never lets go", () => {
  const spec = "spec s\nmutex a\nvar n: 0..2 = 0\n";
  const p = "process p { acquire a; n := 1; release a }\n";
  const rest = "invariant i: n != 2\n";
  expect(
    told(
      `${spec}${p}process q { await n == 1; n := 2 }\n${rest}`,
      `${spec}${p.replace("release a", "await n == 0; release a")}process q { await n == 1; acquire a; n := 2; release a }\n${rest}`,
      "i",
    ),
  ).toMatchInlineSnapshot(`
    "= p: acquire a
    = p: n := 1
    = q: await n == 1
    parts at 3: q at inserted acquire a
    blocked by a: p since "p: acquire a" until "nowhere"
    deadlock after 0 steps"
  `);
});

test("an assert, a step property, a stuck process", () => {
  const spec = "spec s\nvar n: 0..2 = 0\n";
  const p = "process p { await n == 1; assert one: n == 1 }\n";
  const q = "process q { n := 1; n := 2 }\n";
  const up = "step up: n' < 2\n";
  const old = `${spec}${p}${q}${up}`;
  const waits = old.replace("n := 2", "await done(p); n := 2");
  expect(told(old, waits, "one")).toMatchInlineSnapshot(`
    "= q: n := 1
    = p: await n == 1
    parts at 2: q at inserted await done(p)
    blocked by await done(p)
    up after 3 steps"
  `);
  expect(told(old, old.replace("n := 2", "n := 0"), "up")).toMatchInlineSnapshot(`
    "= q: n := 1
    ~ q: n := 0 [n: 2, now 0]
    parts at 2: q at none nowhere
    not-violated
    deadlock after 0 steps"
  `);
  const starved = `${spec}process p { await n == 2 }\nprocess q { loop { n := 1 - n } }\n`;
  expect(told(starved, starved, "stuck")).toMatchInlineSnapshot(`
    "runs
    stuck after 0 steps"
  `);
});
