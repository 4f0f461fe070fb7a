// Screens of stepping sessions. Every picture here was looked at.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../../src/checker/check.ts";
import { finish } from "../../src/checker/explore.ts";
import { interpret } from "../../src/checker/interpret.ts";
import { begun, openSession, type Session, situations, take } from "../../src/checker/session.ts";
import { displayWidth } from "../../src/diagnostics/width.ts";
import { compile, packedSystem } from "../../src/pipeline.ts";
import { drawSession, drawWalked } from "../../src/report/session.ts";
import {
  drawBeginnings,
  drawLocks,
  drawProperties,
  drawWaits,
  drawWholeState,
} from "../../src/report/session-lists.ts";
import { root } from "../support/cli.ts";
import { machineOf } from "../support/spec.ts";

function opened(machine: ReturnType<typeof machineOf>): Session {
  const session = openSession(interpret(machine));
  if (session === null) throw new Error("no initial state");
  return session;
}

/** A session on one of the specs for people. */
function openedSpec(path: string): Session {
  const { machine } = compile(`specs/${path}`, (file) => readFileSync(join(root, file), "utf8"));
  if (machine === null) throw new Error(`${path} does not compile`);
  return opened(machine);
}

function walk(session: Session, ...numbers: readonly number[]): Session {
  return numbers.reduce((at, number) => {
    const offers = situations(at).flatMap((situation) => situation.offers);
    const offer = offers.find((one) => one.number === number);
    if (offer === undefined) throw new Error(`no step ${number}`);
    return take(at, offer.step);
  }, session);
}

/** Several pictures below each other. */
function shown(...pictures: readonly string[]): string {
  return `\n${pictures.join("\n\n----\n")}\n`;
}

test("Peterson: what each step would write or sees", () => {
  const start = openedSpec("classics/peterson.weft");
  expect(shown(drawSession(start), drawSession(walk(start, 1, 1, 2, 2, 1)))).toMatchInlineSnapshot(`
    "
    initial state

      wants[*] false; turn 0

      p[0]
         1  wants[me] = true [wants[0] true]
      p[1]
         2  wants[me] = true [wants[1] true]

    ----
    step 5: p[0]: while (wants[other] [wants[1] == true]

      wants[*] true; turn 0

      p[0]
         1  && turn == other) [turn == 0]
      p[1]
         2  while (wants[other] [wants[0] == true]
    "
  `);
});

test("dining: who waits for which lock, and the deadlock", () => {
  const start = openedSpec("classics/dining.weft");
  const near = walk(start, 1, 2);
  const stuck = walk(near, 2);
  expect(
    shown(
      drawSession(near),
      drawSession(stuck),
      drawWaits(stuck),
      drawLocks(near),
      drawWalked(stuck),
    ),
  ).toMatchInlineSnapshot(`
    "
    step 2: philosopher[1]: take the left fork [mutex_lock(fork[1])]

      fork[0] held by philosopher[0] since step 1; fork[1] held by philosopher[1] since step 2

      philosopher[0]
         -  take the right fork: waits for fork[1], held by philosopher[1] since step 2
      philosopher[1]
         1  take the right fork [mutex_lock(fork[2])]
      philosopher[2]
         2  take the left fork [mutex_lock(fork[2])] <-- deadlock

    ----
    step 3: philosopher[2]: take the left fork [mutex_lock(fork[2])]

      fork[0] held by philosopher[0] since step 1; fork[1] held by philosopher[1] since step 2;
        fork[2] held by philosopher[2] since step 3

      philosopher[0]
         -  take the right fork: waits for fork[1], held by philosopher[1] since step 2
      philosopher[1]
         -  take the right fork: waits for fork[2], held by philosopher[2] since step 3
      philosopher[2]
         -  take the right fork: waits for fork[0], held by philosopher[0] since step 1

    a deadlock is reached

    ----
      philosopher[0] cannot move (specs/classics/dining.weft:17:5)
          take the right fork: waits for fork[1], held by philosopher[1] since step 2
          step 2 was take the left fork (specs/classics/dining.weft:16:5)
      philosopher[1] cannot move (specs/classics/dining.weft:17:5)
          take the right fork: waits for fork[2], held by philosopher[2] since step 3
          step 3 was take the left fork (specs/classics/dining.weft:16:5)
      philosopher[2] cannot move (specs/classics/dining.weft:17:5)
          take the right fork: waits for fork[0], held by philosopher[0] since step 1
          step 1 was take the left fork (specs/classics/dining.weft:16:5)

    ----
      fork[0]  held by philosopher[0] since step 1
      fork[1]  held by philosopher[1] since step 2  philosopher[0] waits
      fork[2]  free

    ----
            CPU0 (philosopher[0])   CPU1 (philosopher[1])   CPU2 (philosopher[2])
            ----                    ----                    ----
            take the left fork
                                    take the left fork
                                                            take the left fork
            take the right fork
              <-- waits for CPU1
                                    take the right fork
                                      <-- waits for CPU2
                                                            take the right fork
                                                              <-- waits for CPU0
    "
  `);
});

test("lost update: a violation is told before it happens, then at once, and marked in the trace", () => {
  const start = openedSpec("classics/lost-update.weft");
  const before = walk(start, 1, 2, 2);
  const lost = walk(before, 1);
  expect(
    shown(drawSession(before), drawSession(lost), drawProperties(lost, null), drawWalked(lost)),
  ).toMatchInlineSnapshot(`
    "
    step 3: cpu[2]: WRITE_ONCE(hits, seen + 1)
        hits: 0 -> 1

      hits 1

      cpu[1], in count_hit()
         1  WRITE_ONCE(hits, seen + 1) [hits still 1] <-- none_lost violated
      cpu[2] is done

    ----
    step 4: cpu[1]: WRITE_ONCE(hits, seen + 1) [hits still 1]

      hits 1

      cpu[1] is done
      cpu[2] is done

    invariant none_lost is violated
    every process is done: the behaviour ends here

    ----
      false  invariant none_lost
      false  cover both_counted

    ----
            CPU0 (cpu[1])                   CPU1 (cpu[2])
            ----                            ----
            count_hit()
              seen = READ_ONCE(hits)
                [hits == 0]
                                            count_hit()
                                              seen = READ_ONCE(hits) [hits == 0]
                                              WRITE_ONCE(hits, seen + 1) [hits 1]
              WRITE_ONCE(hits, seen + 1)
                [hits still 1]
                <-- none_lost violated
    "
  `);
});

test("a choice is one entry for each value, actions stand together, and a fault has no next state", () => {
  const start = opened(
    machineOf(`spec s
type Slot = 1..2
var slot[Slot]: 0..2 = 0
var free: 0..1 = 1
ghost var steps: 0..9 = 0
mutex m
process p {
  either {
    pick s in Slot where slot[s] == 0 {
      slot[s] := 2                        /// fill a slot
    }
  } or {
    await free == 0
    slot[1] := 1
  }
  free += 1
}
process q[i: 1..2] { atomic { await free == 1 && slot[i] > 0; free := 0 } }
action reset(s: Slot) when slot[s] > 0 { slot[s] := 0 }
action drain when free > 0 { free := 0 }
terminal when true
`),
  );
  const broken = walk(start, 1, 1);
  expect(
    shown(
      drawSession(start),
      drawWaits(start),
      drawSession(walk(start, 1)),
      drawSession(broken),
      drawWholeState(walk(start, 1)),
    ),
  ).toMatchInlineSnapshot(`
    "
    initial state

      slot[*] 0; free 1

      p
         1  fill a slot [s 1, slot[1] 2]
         2  fill a slot [s 2, slot[2] 2]
      q[1]
         -  waits until free == 1 && slot[i] > 0 [free == 1, slot[1] == 0]
      q[2]
         -  waits until free == 1 && slot[i] > 0 [free == 1, slot[2] == 0]
      actions
         3  drain() [free 0]

    ----
      p can move, but not in every way (test.weft:8:3)
          waits until free == 0 [free == 1]
      q[1] cannot move (test.weft:18:22)
          waits until free == 1 && slot[i] > 0 [free == 1, slot[1] == 0]
      q[2] cannot move (test.weft:18:22)
          waits until free == 1 && slot[i] > 0 [free == 1, slot[2] == 0]
      reset cannot move
          waits until slot[s] > 0

    ----
    step 1: p: fill a slot
        slot[1]: 0 -> 2

      slot[1] 2; slot[2] 0; free 1

      p
         1  free += 1 [free == 1] <-- value out of range
      q[1]
         2  await free == 1 && slot[i] > 0; free := 0 [free 0]
      q[2]
         -  waits until free == 1 && slot[i] > 0 [free == 1, slot[2] == 0]
      actions
         3  reset(1) [slot[1] 0]
         4  drain() [free 0]

    ----
    step 2: p: free += 1 [free == 1]

      slot[1] 2; slot[2] 0; free 1

    a fault is reached: value out of range (test.weft:16:3)
    there is no next state: b goes back

    ----
      slot[1] == 2
      slot[2] == 0
      free == 1
      steps == 0 (ghost)
      p stands at p.6 (test.weft:16:3)
      q[1] stands at q.1 (test.weft:18:22)
      q[2] stands at q.1 (test.weft:18:22)
    "
  `);
});

test("steps that would look alike are told apart by what they do", () => {
  const start = opened(
    machineOf(`spec s
var n: 0..3 = 0
process p {
  either { n := 1 } or { n := 1; n := 2 }
}
`),
  );
  expect(shown(drawSession(start))).toMatchInlineSnapshot(`
    "
    initial state

      n 0

      p
         1  n := 1 [n 1, to done]
         2  n := 1 [n 1, to p.4]
    "
  `);
});

test("locks for reading, and a behaviour that ends", () => {
  const start = opened(
    machineOf(`spec s
rwsem r
process reader[i: 1..2] { acquire r for read; release r }
process writer { acquire r; release r }
`),
  );
  const read = walk(start, 1, 2);
  expect(
    shown(drawSession(read), drawLocks(read), drawSession(walk(read, 1, 1, 1, 1))),
  ).toMatchInlineSnapshot(`
    "
    step 2: reader[2]: down_read(r)

      r held for reading by reader[1] since step 1 and reader[2] since step 2

      reader[1]
         1  up_read(r)
      reader[2]
         2  up_read(r)
      writer
         -  down_write(r): waits for r, held for reading by reader[1] since step 1 and reader[2]
              since step 2

    ----
      r  held for reading by reader[1] since step 1 and reader[2] since step 2  writer waits

    ----
    step 6: writer: up_write(r)

      reader[1] is done
      reader[2] is done
      writer is done

    every process is done: the behaviour ends here
    "
  `);
});

test("initial states are a table of what was chosen, or lines where that is too wide", () => {
  const start = openedSpec("thp-unmap/pre-patch.weft");
  const fifth = begun(start, start.beginnings[4] as never);
  expect(
    shown(
      drawBeginnings(fifth, 0, 6),
      drawBeginnings(fifth, 40, 6, { width: 60 }),
      drawSession(fifth, { width: 80 }),
    ),
  ).toMatchInlineSnapshot(`
    "
             linked[2]  pmd[1]  pmd[2]  pte[1][0]  pte[1][1]  pte[2][0]  pte[2][1]
          1  false      none    none    none       none       none       none
          2  false      huge    none    none       none       none       none
          3  false      table   none    none       none       none       none
          4  false      table   none    none       present    none       none
        > 5  false      table   none    present    none       none       none
          6  false      table   none    present    present    none       none

    ----
         41  linked[2] true; pmd[1] table; pmd[2] table;
               pte[1][0] present; pte[1][1] present;
               pte[2][0] present; pte[2][1] none
         42  linked[2] true; pmd[1] table; pmd[2] table;
               pte[1][0] present; pte[1][1] present;
               pte[2][0] present; pte[2][1] present

    ----
    initial state 5 of 42

      linked[1] true; linked[2] false; pmd[1] table; pmd[2] none; pte[1][0] present;
        pte[1][1] none; pte[2][*] none; compound_mapcount 0; mapcount[0] 1;
        mapcount[1] 0; refcount 1

      splitter (split_huge_page), in split_huge_page_to_list()
         1  can_split_huge_page()
      zapper[1] (munmap), in zap_pmd_range()
         2  pmd_trans_huge(*pmd) [pmd[1] == table]
    "
  `);
});

test("the properties, here and in all", () => {
  const session = walk(
    opened(
      machineOf(`spec s
var n: 0..3 = 0
process p { n := 2; n := 1 }
invariant low: n < 2
invariant odd: 2 / n > 0
step up: n' > n
cover one: n == 1
`),
    ),
    1,
  );
  const { machine } = session.interpreter;
  const exploration = finish(check(machine, packedSystem(machine)));
  expect(
    shown(drawProperties(session, null), drawProperties(session, exploration)),
  ).toMatchInlineSnapshot(`
    "
      false  invariant low
      true   invariant odd
      true   step up
      false  cover one

    ----
      false  invariant low  in all: violated after 1 step
      true   invariant odd  in all: violated at the start
      true   step up        in all: violated after 2 steps
      false  cover one      in all: reachable after 2 steps
    "
  `);
});

test("no line is wider than the terminal, whatever it is", () => {
  for (const path of ["classics/two-phase-commit.weft", "thp-unmap/pre-patch.weft"]) {
    let session = openedSpec(path);
    for (let step = 0; step < 12; step += 1) {
      for (const width of [60, 80, 100]) {
        for (const line of drawSession(session, { width }).split("\n")) {
          expect(displayWidth(line), line).toBeLessThanOrEqual(width);
        }
      }
      session = walk(session, 1);
    }
  }
});
