// When Ctrl-C is a question to a search, and when it ends the program.

import { afterEach, expect, test } from "vitest";
import type { Progress } from "../src/checker/explore.ts";
import { checkReduced } from "../src/checker/reduced-check.ts";
import { forgetInterrupt } from "../src/commands/progress.ts";
import { driven } from "../src/commands/run.ts";
import { compile, packedSystem } from "../src/pipeline.ts";

const progress = { states: 1, transitions: 0, depth: 0, frontier: 1, elapsedSeconds: 1 };
const others = process.listenerCount("SIGINT");

/** Whether Ctrl-C is heard before each pause, and behind the last one. */
async function heard(pauses: readonly Progress[], interrupt = -1): Promise<readonly boolean[]> {
  const told: boolean[] = [];
  const listens = (): boolean => process.listenerCount("SIGINT") > others;
  await driven({ quiet: true }, function* () {
    for (const [at, pause] of pauses.entries()) {
      told.push(listens());
      if (at === interrupt) process.emit("SIGINT");
      yield pause;
    }
    told.push(listens());
  });
  return told;
}

afterEach(() => {
  forgetInterrupt();
  expect(process.listenerCount("SIGINT")).toBe(others);
});

test("a search that pauses is asked, and one that does not is ended by the first Ctrl-C", async () => {
  const judging = { ...progress, judging: true };
  expect(await heard([progress, judging])).toEqual([true, true, false]);
  // Of two versions, the second is searched behind what is judged of the first.
  expect(await heard([judging, progress, progress])).toEqual([true, false, true, true]);
});

test("the second Ctrl-C ends the program, whatever comes behind the first", async () => {
  expect(await heard([progress, progress, progress], 1)).toEqual([true, true, false, false]);
});

test("Ctrl-C is meant for every search of a command, until a session goes on", async () => {
  await heard([progress], 0);
  const asked: boolean[] = [];
  const ask = function* ({ interrupted }: { readonly interrupted: () => boolean }) {
    asked.push(interrupted());
    yield progress;
  };
  await driven({ quiet: true }, ask);
  forgetInterrupt();
  await driven({ quiet: true }, ask);
  expect(asked).toEqual([true, false]);
});

test("a check says that it judges, if it took its time until then", () => {
  const text = "spec s\nvar n: 0..3 = 0\naction up when n < 3 { n += 1 }\nterminal when n == 3\n";
  const { machine } = compile("s.weft", () => text);
  if (machine === null) throw new Error("does not compile");
  const pauses = (milliseconds: number): readonly (boolean | undefined)[] => {
    let clock = 0;
    const now = (): number => {
      clock += milliseconds;
      return clock;
    };
    const whole = { system: packedSystem(machine), settings: { now } };
    return [...checkReduced(machine, whole, [])].map(({ judging }) => judging);
  };
  expect(pauses(1)).not.toContain(true);
  expect(pauses(1000).at(-1)).toBe(true);
});
