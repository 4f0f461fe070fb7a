// Who holds a lock, since when, and what must come before it is let go: against a search by the interpreter alone.

import { expect, test } from "vitest";
import { type Interpreter, interpret } from "../../src/checker/interpret.ts";
import { holdersOf, type LockInstance, lockInstances, lockName } from "../../src/checker/locks.ts";
import { locationOf } from "../../src/checker/processes.ts";
import type { State } from "../../src/checker/transition-system.ts";
import { releaseOf } from "../../src/diff/transplant/release.ts";
import type { Version } from "../../src/diff/version.ts";
import { stateKey } from "../../src/machine/state.ts";
import { versionOf } from "../../src/pipeline.ts";
import { prepareSeed } from "../support/corpus.ts";
import { versionOfText } from "../support/transplanted.ts";

const SEEDS = Number(process.env["WEFT_HOLDS"] ?? 20);
/** States are few enough for a search that keeps them as text. */
const SMALL = 400;
/** Situations looked at in each spec, spread over its states. */
const SITUATIONS = 6;

/** Someone waits for a lock that another holds. */
interface Situation {
  readonly state: State;
  readonly lock: LockInstance;
  readonly holder: string;
  readonly mover: number;
  readonly read: boolean;
}

function situations({ search, machine }: Version, interpreter: Interpreter): readonly Situation[] {
  const { system, table } = search;
  const found: Situation[] = [];
  for (let index = 0; index < table.count; index += 1) {
    const state = system.decode(table.arena, index * system.width);
    for (const { id } of machine.instances) {
      for (const blocker of interpreter.blockers(state, id)) {
        if (blocker.kind !== "lock") continue;
        const lock = lockInstances(machine).find((one) => lockName(one) === blocker.lock);
        const [holder = ""] = blocker.holders;
        const mover = interpreter.movers.findIndex(({ name }) => name === holder);
        if (lock !== undefined) found.push({ state, lock, holder, mover, read: blocker.read });
      }
    }
  }
  const stride = Math.max(1, Math.floor(found.length / SITUATIONS));
  return found.filter((_, index) => index % stride === 0);
}

/** How many steps it takes at least until the lock is let go when the holder never takes a step of `without`; and by which lines. */
function letGo(
  interpreter: Interpreter,
  { state, lock, holder, mover, read }: Situation,
  without: number,
): { readonly steps: number; readonly lines: ReadonlySet<number> } | null {
  const instance = interpreter.machine.instances[mover];
  if (instance === undefined) throw new Error("no such holder");
  let level = [state];
  const seen = new Set([stateKey(state)]);
  for (let steps = 1; level.length > 0; steps += 1) {
    const next: State[] = [];
    const lines = new Set<number>();
    for (const from of level) {
      const { line } = locationOf(interpreter.machine, instance, from);
      for (const step of interpreter.steps(from)) {
        if (step.next === null || (step.mover === mover && line === without)) continue;
        const { owner, readers } = holdersOf(step.next, lock);
        const holds = owner === holder || (!read && readers.includes(holder));
        if (!holds) lines.add(line);
        const key = stateKey(step.next);
        if (!holds || seen.has(key)) continue;
        seen.add(key);
        next.push(step.next);
      }
    }
    if (lines.size > 0) return { steps, lines };
    level = next;
  }
  return null;
}

/** Everything that is wrong with what is said of a situation. */
function faultsOf(
  version: Version,
  interpreter: Interpreter,
  situation: Situation,
): readonly string[] {
  const { machine, search } = version;
  const { released, before } = releaseOf(interpreter, search.system, situation.state, situation);
  const free = letGo(interpreter, situation, -2);
  if (free === null || released === null) {
    return free === null && released === null ? [] : ["it is let go, or it is not"];
  }
  const numbers = before.map((line) => machine.lines.indexOf(line));
  return [
    ...(free.lines.has(machine.lines.indexOf(released)) ? [] : ["not by this line"]),
    ...numbers.flatMap((line) =>
      letGo(interpreter, situation, line) === null
        ? []
        : [`not first ${machine.lines[line]?.code}`],
    ),
  ];
}

test("what is said of a lock's release is so", { timeout: 600_000 }, () => {
  let looked = 0;
  let first = 0;
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const { machine } = prepareSeed(seed);
    if (machine === null || machine.locks.length === 0) continue;
    const version = versionOf(machine, "random", { maxStates: SMALL });
    if (!version.search.complete) continue;
    const interpreter = interpret(machine);
    for (const situation of situations(version, interpreter)) {
      expect(faultsOf(version, interpreter, situation), `seed ${seed}`).toEqual([]);
      looked += 1;
      const { before } = releaseOf(interpreter, version.search.system, situation.state, situation);
      first += before.length;
    }
  }
  expect(looked).toBeGreaterThan(SEEDS / 4);
  expect(first).toBeGreaterThan(SEEDS / 20);
});

/** What must come first before p gives `l` back, when both processes have taken their first step. */
function firstOf(p: string): readonly string[] {
  const version = versionOfText(`spec s
var n: 0..9 = 0
var on: bool = false
spinlock l
process p { ${p} }
process q { on := true; acquire l; release l }
`);
  const interpreter = interpret(version.machine);
  const [situation] = situations(version, interpreter);
  if (situation === undefined) throw new Error("nobody waits");
  const told = releaseOf(interpreter, version.search.system, situation.state, situation);
  return [...told.before.map(({ code }) => code), told.released?.code ?? "never"];
}

test("only what writes, and only what every way goes through", () => {
  expect(firstOf("acquire l; n := 1; release l")).toEqual(["n := 1", "release l"]);
  expect(firstOf("acquire l; if n == 0 { skip }; n := 1; release l")).toEqual([
    "n := 1",
    "release l",
  ]);
  // Either way is gone through by a step of its own, and only one of the two has an `n := 2` behind it.
  const either = "acquire l; either { n := 1; n := 2 } or { n := 1 }; n := 3; release l";
  expect(firstOf(either)).toEqual(["either", "n := 3", "release l"]);
  expect(firstOf("acquire l; either { n := 1; release l } or { n := 2; release l }").at(-1)).toBe(
    "release l",
  );
  expect(firstOf("acquire l; await n == 1; release l")).toEqual(["never"]);
});
