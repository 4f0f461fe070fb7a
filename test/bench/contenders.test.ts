// The peers and the program by hand count what Weft counts; what is wrong or missing is told and ends nothing.

import { expect, test } from "vitest";
import { checkMachine, compile } from "../../src/pipeline.ts";
import { readText } from "../../src/runtime/files.ts";
import { withTemporaryFolder } from "../../src/runtime/temporary.ts";
import { seeded } from "../support/random.ts";
import { byHand } from "./contenders/by-hand.ts";
import { type Contender, Failed, type Ran, type Subject } from "./contenders/contender.ts";
import { lean, rumur } from "./contenders/rumur.ts";
import { spin } from "./contenders/spin.ts";
import { leanConfiguration, tlc } from "./contenders/tlc.ts";
import { type Entry, race } from "./race.ts";

/** Runs contenders on a spec as the bench does. */
function raced(
  path: string,
  settings: Readonly<Record<string, number>>,
  contenders: readonly Contender[],
  { runs, signal }: { readonly runs?: number; readonly signal?: AbortSignal } = {},
): Promise<readonly Entry[]> {
  const { machine } = compile(path, readText, new Map(Object.entries(settings)));
  if (machine === null) expect.fail("does not compile");
  const { distinctStates: states, transitions, initialStates } = checkMachine(machine);
  return withTemporaryFolder((folder) => {
    const subject: Subject = {
      ...{ of: { path, settings }, machine, initialStates, folder },
      signal: signal ?? new AbortController().signal,
      counts: { states, transitions },
      hurried: "-O0",
      timeLimitSeconds: 60,
    };
    return race(subject, contenders, seeded(1), () => {}, runs);
  });
}

const twoPhaseCommit = "specs/classics/two-phase-commit.weft";

test.each<[string, Readonly<Record<string, number>>, Contender]>([
  [twoPhaseCommit, { RMS: 4 }, spin({ search: "DFS", reduced: false })],
  // Its beginnings are chosen step by step.
  ["specs/thp-unmap/post-patch.weft", {}, spin({ search: "BFS", reduced: false })],
  [twoPhaseCommit, { RMS: 4 }, spin({ search: "DFS", reduced: true })],
  ["test/bench/specs/ticket-lock.weft", {}, rumur(2)],
  [twoPhaseCommit, { RMS: 3 }, tlc(1)],
  [twoPhaseCommit, { RMS: 5 }, byHand({ grows: true })],
  ["test/bench/specs/two-phase-commit.weft", { RMS: 5 }, byHand({ grows: false })],
])("%s with %j", { timeout: 120_000 }, async (path, settings, contender) => {
  const [entry] = await raced(path, settings, [contender], { runs: 1 });
  expect(entry?.failure).toBeNull();
  expect(entry?.runs).toHaveLength(entry?.missing === null ? 1 : 0);
});

/** A contender that answers at once. */
function pretended(name: string, run: (subject: Subject) => Promise<Partial<Ran>>): Contender {
  const usual: Ran = {
    ...{ counts: null, stored: 1, wholeSeconds: 1, exploringSeconds: 1, peakBytes: null },
  };
  return {
    ...{ kind: "SPIN", name, flags: "" },
    missing: async () => (name === "absent" ? "not installed" : null),
    run: async (subject) => ({ ...usual, ...(await run(subject)) }),
  };
}

test("what fails or counts otherwise is out, what takes long runs less often", async () => {
  const ran: string[] = [];
  const entries = await raced("specs/classics/peterson.weft", {}, [
    pretended("good", async ({ counts }) => {
      ran.push("good");
      return { counts };
    }),
    pretended("slow", async () => {
      ran.push("slow");
      return { exploringSeconds: 1000 };
    }),
    pretended("wrong", async () => ({ counts: { states: 39, transitions: 80 } })),
    pretended("broken", () => Promise.reject(new Failed("it broke"))),
    pretended("absent", () => Promise.reject(new Failed("never run"))),
  ]);
  expect(entries.map(({ name, runs }) => [name, runs.length])).toEqual([
    ["good", 5],
    ["slow", 3],
    ["wrong", 0],
    ["broken", 0],
    ["absent", 0],
  ]);
  expect(entries.map(({ missing, failure }) => missing ?? failure)).toEqual([
    null,
    null,
    "it counts 39 states and 80 transitions, Weft 40 and 80",
    "it broke",
    "not installed",
  ]);
  // In turn, not one after the other.
  expect(ran.slice(0, 2).toSorted()).toEqual(["good", "slow"]);
});

test("a race that is stopped says what it has", async () => {
  const stop = new AbortController();
  const stopping = pretended("first", async () => {
    stop.abort();
    return {};
  });
  const [entry] = await raced("specs/classics/peterson.weft", {}, [stopping], {
    signal: stop.signal,
  });
  expect(entry?.runs).toHaveLength(1);
});

test("peers are not asked for what costs them much", () => {
  const murphi = [
    "const N: 3;",
    'invariant "safe"\n  true;',
    '-- Words of it.\ncover "reached"\n  false;',
    'invariant "deadlock"\n  !(\n    true\n  );',
  ];
  expect(lean(murphi.join("\n\n"))).toBe(murphi.slice(0, 2).join("\n\n"));
  expect(leanConfiguration("INVARIANT TypeOK\nINVARIANT safe\nINVARIANT NoDeadlock\n")).toBe(
    "INVARIANT safe\n",
  );
});
