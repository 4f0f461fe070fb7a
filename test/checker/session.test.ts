// Stepping sessions: moving along behaviours, what is offered, what is wrong; and that what is judged place by place is
// what a search finds.

import { expect, test } from "vitest";
import { check } from "../../src/checker/check.ts";
import { finish } from "../../src/checker/explore.ts";
import { interpret } from "../../src/checker/interpret.ts";
import {
  begun,
  follow,
  goneTo,
  heldLocks,
  isBroken,
  moved,
  type Offer,
  openSession,
  present,
  type Session,
  situations,
  take,
  walked,
  wrongHere,
} from "../../src/checker/session.ts";
import { sameValue } from "../../src/checker/values.ts";
import { compile, packedSystem } from "../../src/pipeline.ts";
import { type Random, seeded } from "../support/random.ts";
import { randomSpec } from "../support/random-spec.ts";
import { machineOf } from "../support/spec.ts";

function opened(text: string, options = { fold: true, reset: true }): Session {
  const session = openSession(interpret(machineOf(text, new Map(), options)));
  if (session === null) throw new Error("no initial state");
  return session;
}

function offers(session: Session): readonly Offer[] {
  return situations(session).flatMap((situation) => situation.offers);
}

/** Takes offers by their numbers. */
function walk(session: Session, ...numbers: readonly number[]): Session {
  return numbers.reduce((at, number) => {
    const offer = offers(at).find((one) => one.number === number);
    if (offer === undefined) throw new Error(`no step ${number}`);
    return take(at, offer.step);
  }, session);
}

function wrongNames(session: Session): readonly string[] {
  return wrongHere(session).map(({ kind, name }) => (kind === name ? kind : `${kind} ${name}`));
}

const two = `spec two
var n: 0..9 = 0
process p { n := 1; n := 2 }
process q { n := 3 }
invariant low: n < 3
step up: n' > n
`;

test("choosing, going back, and going on again", () => {
  const start = opened(two);
  expect(offers(start).map(({ number, step }) => [number, step.mover])).toEqual([
    [1, 0],
    [2, 1],
  ]);
  const there = walk(start, 1, 1);
  expect([there.at, present(there)["n"]]).toEqual([2, 2]);
  const back = moved(there, -1);
  expect([back.at, present(back)["n"], back.trace.steps.length]).toEqual([1, 1, 2]);
  expect(offers(back).map(({ ahead }) => ahead)).toEqual([true, false]);
  // The step that was taken before keeps what lies ahead, another one cuts it off.
  expect(walk(back, 1)).toEqual(there);
  const other = walk(back, 2);
  expect([other.at, other.trace.steps.length, present(other)["n"]]).toEqual([2, 2, 3]);
  expect([moved(there, 7).at, moved(there, -7).at]).toEqual([2, 0]);
  // Nothing that was done changed the sessions that it began with.
  expect(start.trace.steps).toEqual([]);
  expect(walked(back).trace.steps).toEqual(there.trace.steps.slice(0, 1));
});

test("context switches are counted along the way", () => {
  expect(walk(opened(two), 1, 2, 1).trace.contextSwitches).toBe(2);
});

test("what is wrong is known before the step and after it", () => {
  const start = opened(two);
  const [first, second] = offers(start);
  expect(first?.wrong).toEqual([]);
  expect(second?.wrong.map(({ name }) => name)).toEqual(["low"]);
  const bad = walk(start, 2);
  expect(wrongNames(bad)).toEqual(["invariant low"]);
  // The invariant is not violated anew while it is false already; a step property is judged by step.
  expect(offers(bad)[0]?.wrong.map(({ name }) => name)).toEqual(["up"]);
  expect(wrongNames(walk(bad, 1))).toEqual(["step up"]);
});

test("a step that faults leads nowhere, and back again", () => {
  const start = opened("spec s\nvar n: 0..1 = 1\nprocess p { n += 1 }\nprocess q { n := 0 }\n");
  const [first] = offers(start);
  expect(first?.step.fault?.kind).toBe("range");
  const broken = walk(start, 1);
  expect([isBroken(broken), present(broken)["n"], situations(broken)]).toEqual([true, 1, []]);
  expect(wrongNames(broken)).toEqual(["range"]);
  const back = moved(broken, -1);
  expect([isBroken(back), offers(back).length, offers(back)[0]?.ahead]).toEqual([false, 2, true]);
  expect(walk(back, 1)).toEqual(broken);
  expect(walk(back, 2).trace.states).toHaveLength(2);
});

test("asserts that fail are told, in steps and before the first one", () => {
  const text = `spec s
var n: 0..1 = 0
process p {
  var x: 0..1 = 0
  assert early: x == 1
  n := 1
  assert late: n == 0
}
`;
  const start = opened(text);
  expect(wrongNames(start)).toEqual(["assert early"]);
  expect(offers(start)[0]?.wrong.map(({ name }) => name)).toEqual([]);
  expect(offers(walk(start, 1))[0]?.wrong.map(({ name }) => name)).toEqual(["late"]);
  expect(wrongNames(walk(start, 1, 1))).toEqual(["assert late"]);
});

test("work before the first step that faults is a beginning without an end", () => {
  const start = opened("spec s\nvar n: 0..1 in {0, 1}\nprocess p { n := 1 }\n");
  expect(start.beginnings).toHaveLength(2);
  expect(present(begun(start, start.beginnings[1] as never))["n"]).toBe(1);
  const broken = opened("spec s\nparam N: 0..3 = 3\nvar n: 0..1 = N\nprocess p { n := 1 }\n");
  expect([isBroken(broken), situations(broken), wrongNames(broken)]).toEqual([true, [], ["range"]]);
});

const dining = `spec s
spinlock a
spinlock b
process p { acquire a; acquire b; release b; release a }
process q { acquire b; acquire a; release a; release b }
`;

test("a deadlock has no offers, and every process says which lock it waits for", () => {
  const stuck = walk(opened(dining), 1, 2);
  expect(offers(stuck)).toEqual([]);
  expect(wrongNames(stuck)).toEqual(["deadlock"]);
  expect(
    situations(stuck).map(({ blockers, done }) => [blockers.map(({ kind }) => kind), done]),
  ).toEqual([
    [["lock"], false],
    [["lock"], false],
  ]);
  expect(heldLocks(stuck)).toEqual([
    { lock: "a", holder: "p", read: false, since: 1 },
    { lock: "b", holder: "q", read: false, since: 2 },
  ]);
});

test("a lock is held since the last time that it was taken", () => {
  const text = "spec s\nspinlock a\nprocess p { loop { acquire a; release a } }\n";
  expect(heldLocks(walk(opened(text), 1, 1, 1))).toEqual([
    { lock: "a", holder: "p", read: false, since: 3 },
  ]);
});

test("when all is done nothing is offered and nothing is wrong", () => {
  const end = walk(opened(two), 2, 1, 1);
  expect(situations(end).map(({ done, offers: steps }) => [done, steps])).toEqual([
    [true, []],
    [true, []],
  ]);
  expect(wrongNames(end)).toEqual([]);
});

test("properties of unfolded machines are judged at rest", () => {
  const text = `spec s
var n: 0..9 = 0
process p {
  var x: 0..9 = 0
  x := n + 1
  n := x
}
invariant low: n == 0
`;
  const folded = walk(opened(text), 1, 1);
  const unfolded = opened(text, { fold: false, reset: true });
  let apart = unfolded;
  while (offers(apart).length > 0) apart = walk(apart, 1);
  expect([wrongNames(folded), wrongNames(apart)]).toEqual([["invariant low"], ["invariant low"]]);
});

test("a behaviour is followed by its states, or the first one that is not reached is named", () => {
  const start = opened(two);
  const { trace } = walk(start, 1, 2, 1);
  const waypoints = trace.states.map((state, index) => ({
    agrees: (other: object) => sameValue(other as never, state),
    mover: trace.steps[index - 1]?.name ?? null,
  }));
  expect(follow(start, waypoints)).toEqual(walk(start, 1, 2, 1));
  const [first, second, ...rest] = waypoints;
  expect(follow(start, [first, { ...second, mover: "q" }, ...rest] as never)).toBe(1);
  expect(follow(start, waypoints.slice(1))).toBe(0);
});

// ---------------------------------------------------------------- against the search

function picked<T>(random: Random, items: readonly T[]): T {
  return items[random.int(0, items.length - 1)] as T;
}

const SEEDS = Number(process.env["WEFT_SESSION_SEEDS"] ?? 15);

test.each([true, false])(
  "random specs: walks show what a check finds and no more (folded: %s)",
  { timeout: 300_000 },
  (fold) => {
    let traces = 0;
    let walks = 0;
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const { files, path } = randomSpec(seed);
      const { machine } = compile(path, (file) => files.get(file) ?? null, new Map(), {
        fold,
        reset: true,
      });
      if (machine === null) throw new Error(`seed ${seed} does not compile`);
      const exploration = finish(check(machine, packedSystem(machine), { maxStates: 1500 }));
      const start = openSession(interpret(machine));
      if (start === null) continue;
      const violated = exploration.verdicts.filter(({ outcome }) => outcome === "violated");
      for (const { kind, name, trace } of violated) {
        if (trace === null || kind === "stuck" || kind === "lock_order") continue;
        const end = goneTo(start, trace);
        expect(wrongNames(end), `seed ${seed}`).toContain(kind === name ? kind : `${kind} ${name}`);
        traces += 1;
      }
      if (!exploration.complete) continue;
      const names = new Set(
        violated.map(({ kind, name }) => (kind === name ? kind : `${kind} ${name}`)),
      );
      const random = seeded(seed);
      for (let round = 0; round < 3; round += 1) {
        let session = begun(start, picked(random, start.beginnings));
        for (let step = 0; step < 15; step += 1) {
          for (const name of wrongNames(session)) expect(names, `seed ${seed}`).toContain(name);
          const open = offers(session);
          if (open.length === 0) break;
          session = take(session, picked(random, open).step);
          walks += 1;
        }
        // Back to the start and along the same way: the same behaviour.
        let again = moved(session, Number.NEGATIVE_INFINITY);
        while (again.at < session.at) {
          const ahead = offers(again).find((offer) => offer.ahead);
          if (ahead === undefined) throw new Error(`seed ${seed}: the step ahead is not offered`);
          again = take(again, ahead.step);
        }
        expect(again).toEqual(session);
      }
    }
    expect(traces).toBeGreaterThan(SEEDS / 10);
    expect(walks).toBeGreaterThan(SEEDS * 5);
  },
);
