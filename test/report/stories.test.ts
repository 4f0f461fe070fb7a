// How traces are told: the words of each row, and what is marked. Every picture here was looked at.

import { expect, test } from "vitest";
import { drawExploration, drawVerdict } from "../../src/report/verdicts.ts";
import { checked, verdictNamed } from "../support/checked.ts";

/** The story of a verdict, its sentence first. */
function tell(name: string, text: string): string {
  const result = checked(text);
  return `\n${drawVerdict(result.machine, verdictNamed(result, name))}\n`;
}

test("locks without a text are spelled as the kernel's calls", () => {
  expect(
    tell(
      "end",
      `spec s
spinlock l[1..2]
mutex m
rwsem r
process p {
  acquire m
  acquire r for read
  acquire l[2]
  release l[2]
  release r
  acquire r
  downgrade r
  release r
  release m
  if try acquire l[1] { release l[1] }
  skip
}
cover end: done(p)
`,
    ),
  ).toMatchInlineSnapshot(`
    "
    cover end is reached after 12 steps with 0 context switches:
      a.weft:18:1

            CPU0 (p)
            ----
            mutex_lock(m)
            down_read(r)
            spin_lock(l[2])
            spin_unlock(l[2])
            up_read(r)
            down_write(r)
            downgrade_write(r)
            up_read(r)
            mutex_unlock(m)
            spin_trylock(l[1]) == true
            spin_unlock(l[1])
            skip <-- end
    "
  `);
});

test("calls nest, and show their arguments only where they would look alike", () => {
  expect(
    tell(
      "zero",
      `spec s
type Mm = 1..2
var entry[Mm]: bool = true
spinlock ptl[Mm]
fn clear(m: Mm) {
  entry[m] := false
}
fn walk(m: Mm) {
  acquire ptl[m]
  if entry[m] { clear(m) }
  release ptl[m]
}
process splitter {
  for m in Mm { walk(m) }
}
invariant zero: !done(splitter) || entry[1]
`,
    ),
  ).toMatchInlineSnapshot(`
    "
    invariant zero is violated after 8 steps with 0 context switches:
      a.weft:16:1

            CPU0 (splitter)
            ----
            walk(1)
              spin_lock(ptl[1])
              entry[1] == true
              clear(1)
                entry[m] := false [entry[1] false]
              spin_unlock(ptl[1])
            walk(2)
              spin_lock(ptl[2])
              entry[2] == true
              clear(2)
                entry[m] := false [entry[2] false]
              spin_unlock(ptl[2]) <-- zero violated
    "
  `);
});

test("a deadlock shows who waits for whom", () => {
  expect(
    tell(
      "deadlock",
      `spec s
mutex a
mutex b
process p { acquire a; acquire b; release b; release a }
process q { acquire b; acquire a; release a; release b }
`,
    ),
  ).toMatchInlineSnapshot(`
    "
    a deadlock is reached after 2 steps with 1 context switch, one of 2 as short:
      blocked: p, q

            CPU0 (p)                        CPU1 (q)
            ----                            ----
            mutex_lock(a)
                                            mutex_lock(b)
            mutex_lock(b)
              <-- waits for CPU1
                                            mutex_lock(a) <-- waits for CPU0
    "
  `);
});

test("a cycle of lock orders shows each edge", () => {
  expect(
    tell(
      "lock_order",
      `spec s
mutex a
mutex b
var first: bool = true
process p { await first; acquire a; acquire b; release b; release a; first := false }
process q { await !first; acquire b; acquire a; release a; release b }
`,
    ),
  ).toMatchInlineSnapshot(`
    "
    the order of locks has a cycle
      a.weft:5:37
      a -> b -> a

    p takes b while it holds a:

            CPU0 (p)
            ----
            await first [first == true]
            mutex_lock(a)
            mutex_lock(b)

    q takes a while it holds b:

            CPU0 (p)                        CPU1 (q)
            ----                            ----
            await first [first == true]
            mutex_lock(a)
            mutex_lock(b)
            mutex_unlock(b)
            mutex_unlock(a)
            first := false [first false]
                                            await !first [first == false]
                                            mutex_lock(b)
                                            mutex_lock(a)
    "
  `);
});

test("a fault is marked on its row, with its place", () => {
  expect(
    tell("range", "spec s\nvar n: 0..1 = 0\nprocess p[i: 1..2] { n += 1; n += 1 }\n"),
  ).toMatchInlineSnapshot(`
    "
    a fault is reached after 2 steps with 0 context switches, one of 2 as short:
      value out of range at a.weft:3:30

            CPU0 (p[1])
            ----
            n += 1 [n 1]
            n += 1 [n == 1] <-- value out of range
    "
  `);
  expect(
    tell("lock_use", "spec s\nspinlock l\nprocess p { acquire l  /// lock it\n skip }\n"),
  ).toMatchInlineSnapshot(`
    "
    a lock is misused after 2 steps with 0 context switches:
      ends with a lock held at a.weft:4:7

            CPU0 (p)
            ----
            lock it
            skip <-- ends with a lock held
    "
  `);
});

test("an assert that fails in work folded into a step has a row of its own", () => {
  expect(
    tell(
      "got_it",
      `spec s
var n: 0..3 = 0
fn look(): bool {
  return n == 1                           /// page_mapped(page)
}
process p {
  var ok: bool = false
  ok := look()
  assert got_it: ok                       /// BUG_ON(!ok)
}
`,
    ),
  ).toMatchInlineSnapshot(`
    "
    assert got_it fails after 1 step with 0 context switches:
      a.weft:9:3

            CPU0 (p)
            ----
            look()
              page_mapped(page) [n == 0]
            BUG_ON(!ok) <-- got_it fails
    "
  `);
});

test("actions stand in the column of the environment, with what was picked", () => {
  expect(
    tell(
      "lost",
      `spec s
type Msg = 1..2
var sent[Msg]: bool = false
action lose(m: Msg) when sent[m] {
  sent[m] := false                        /// the network loses a message
}
process p {
  pick m in Msg { sent[m] := true }
  await !sent[1] && !sent[2]              /// time out
}
cover lost: done(p)
`,
    ),
  ).toMatchInlineSnapshot(`
    "
    cover lost is reached after 3 steps with 2 context switches:
      a.weft:11:1

            CPU0 (p)                        env
            ----                            ---
            sent[m] := true
              [m 1, sent[1] true]
                                            the network loses a message
                                              [m 1, sent[1] false]
            time out
              [sent[1] == false,
                sent[2] == false] <-- lost
    "
  `);
});

test("an atomic block is one row, a property that places a process ends with its line", () => {
  expect(
    tell(
      "not_there",
      `spec s
var n: 0..3 = 0
process p {
  atomic { n += 1; n += 1 }
  if n > 1 { skip }
target:
  n := 0                                  /// BUG()
}
invariant not_there: !(p @ target)
`,
    ),
  ).toMatchInlineSnapshot(`
    "
    invariant not_there is violated after 3 steps with 0 context switches:
      a.weft:9:1

            CPU0 (p)
            ----
            n += 1 [n 2]
            n == 2
            skip
            BUG() <-- not_there violated
    "
  `);
});

test("where the beginning may differ, it is shown; a step property marks its step", () => {
  expect(
    tell(
      "never_up",
      `spec s
var a[1..2]: 0..1 in {0, 1}
process p { a[1] := 1 }
step never_up: a[1]' <= a[1]
`,
    ),
  ).toMatchInlineSnapshot(`
    "
    step property never_up is violated after 1 step with 0 context switches, one of 2 as short:
      a.weft:4:1

            { a[*] 0 }

            CPU0 (p)
            ----
            a[1] := 1 [a[1] 1] <-- never_up violated
    "
  `);
});

test("a process that is stuck for ever", () => {
  expect(
    tell(
      "stuck",
      `spec s
var go: bool = true
process p { await !go }
process q { loop { skip } }
`,
    ),
  ).toMatchInlineSnapshot(`
    "
    process p is stuck for ever at the start:

            CPU0 (p)
            ----
            await !go [go == true] <-- waits for ever
    "
  `);
});

test("an action without a text is told by its name and what it is given", () => {
  expect(
    tell(
      "lost",
      `spec s
type Node = 1..2
var token: Node? = 1
var wants: set of Node = {}
action request(n: Node) when n not in wants { wants := wants union {n} }
action pass(from: Node, to: Node) when token == from && to in wants {
  token := to
  wants := wants minus {to}
}
action lose(n: Node) when token == 2 {
  token := null                           /// power fails
}
terminal when token == null
invariant lost: token != null
`,
    ),
  ).toMatchInlineSnapshot(`
    "
    invariant lost is violated after 3 steps with 0 context switches:
      a.weft:14:1

            env
            ---
            request(2) [wants {2}]
            pass(1, 2) [token 2, wants {}]
            power fails [n 1, token null] <-- lost violated
    "
  `);
});

test("a faulting step shows the lock's call, or what it needed", () => {
  expect(
    tell("lock_use", "spec s\nrwsem r\nprocess p { acquire r for read; downgrade r }\n") +
      tell("lock_use", "spec s\nmutex m[1..2]\nprocess p { release m[2] }\n") +
      tell("lock_use", "spec s\nspinlock l\nprocess p { acquire l; acquire l }\n") +
      tell(
        "range",
        "spec s\nvar a[0..1]: 0..2 = 1\nvar i: 0..2 = 2\nprocess p { a[a[0] + i - 1] := 0 }\n",
      ),
  ).toMatchInlineSnapshot(`
    "
    a lock is misused after 2 steps with 0 context switches:
      lock not held for writing at a.weft:3:33

            CPU0 (p)
            ----
            down_read(r)
            downgrade_write(r) <-- lock not held for writing

    a lock is misused after 1 step with 0 context switches:
      lock not held at a.weft:3:13

            CPU0 (p)
            ----
            mutex_unlock(m[2]) <-- lock not held

    a lock is misused after 2 steps with 0 context switches:
      lock already held at a.weft:3:24

            CPU0 (p)
            ----
            spin_lock(l)
            spin_lock(l) <-- lock already held

    a fault is reached after 1 step with 0 context switches:
      index out of range at a.weft:4:13

            CPU0 (p)
            ----
            a[a[0] + i - 1] := 0 [a[0] == 1, i == 2] <-- index out of range
    "
  `);
});

test("whoever waits for readers waits for all of them", () => {
  expect(
    tell(
      "deadlock",
      `spec s
rwsem r
mutex m
process reader[i: 1..2] { acquire r for read; acquire m; release m; release r }
process writer { acquire m; acquire r; release r; release m }
`,
    ),
  ).toMatchInlineSnapshot(`
    "
    a deadlock is reached after 3 steps with 2 context switches, one of 6 as short:
      blocked: reader[1], reader[2], writer

            CPU0 (reader[1])        CPU1 (reader[2])        CPU2 (writer)
            ----                    ----                    ----
            down_read(r)
                                    down_read(r)
                                                            mutex_lock(m)
            mutex_lock(m)
              <-- waits for CPU2
                                    mutex_lock(m)
                                      <-- waits for CPU2
                                                            down_write(r)
                                                              <-- waits for CPU0 and CPU1
    "
  `);
});

test("processes that are stuck in one behaviour are told apart", () => {
  const { machine, exploration, findings } = checked(`spec s
var done_: bool = false
mutex m
process loses { acquire m; await done_; release m }
process wants { acquire m; release m }
daemon process busy { loop { skip } }
`);
  const drawn = drawExploration(machine, exploration, findings);
  expect(`\n${drawn.replace(/; \d+\.\d+ s$/m, "")}\n`).toMatchInlineSnapshot(`
    "
    a.weft: s

    process loses is stuck for ever after 1 step with 0 context switches:

            CPU0 (loses)
            ----
            mutex_lock(m)
            await done_ [done_ == false] <-- waits for ever

    process wants is stuck for ever in the behaviour shown for process loses: it waits for m, held by loses

      holds     freedom from deadlock
      violated  freedom from stuck processes: loses  1 step
      violated  freedom from stuck processes: wants  1 step
      holds     freedom from faults
      holds     lock use
      holds     lock order

    5 distinct states, 9 transitions, depth 3, 1 initial
    exhaustive search, sequential consistency
    violated: stuck
    "
  `);
});

test("tabs and what would upset a terminal never reach a row", () => {
  const text = "spec s\nvar n: 0..1 = 0\nprocess p { n := 1   ///\ta\tb \u001b[2J \u202e c  \n}\n";
  expect(tell("end", `${text}cover end: done(p)\n`)).toMatchInlineSnapshot(`
    "
    cover end is reached after 1 step with 0 context switches:
      a.weft:5:1

            CPU0 (p)
            ----
            a b �[2J � c [n 1] <-- end
    "
  `);
});
