import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { CostResult } from "../../src/checker/exploration.ts";
import { exploreVersion } from "../../src/commands/versions.ts";
import { type CostPair, compareCosts } from "../../src/diff/costs.ts";
import type { Version } from "../../src/diff/version.ts";
import { compile, versionOf } from "../../src/pipeline.ts";
import { machineOf } from "../support/spec.ts";

const spec = (text: string): Version => versionOf(machineOf(`spec s\n${text}`));

function range(result: CostResult | null): string {
  return result === null ? "-" : `${result.least}..${result.greatest}`;
}

/** A line a pair: what, whose, before, after; those that differ are marked. */
function table(pairs: readonly CostPair[]): readonly string[] {
  return pairs.map(
    ({ name, process, before, after, differs }) =>
      `${differs ? "* " : ""}${name} of ${process ?? "all"}: ${range(before)} ${range(after)}`,
  );
}

const compared = (before: string, after: string): readonly string[] =>
  table(compareCosts(spec(before), spec(after)));

const PLAIN = `
  var x: 0..9 = 0
  spinlock l
  process a { x := 1 }
  process b { acquire l; x := 2; release l }`;

test("declared costs come first, and what differs before what does not", () => {
  const patched = `
    cost same
    cost work
    var x: 0..9 = 0
    spinlock l
    process a { acquire l; x := 1; cost work += 2; release l }
    process b { acquire l; x := 2; release l }`;
  expect(compared(PLAIN.replace("var", "cost same\nvar"), patched)).toEqual([
    "* work of all: 0..0 2..2",
    "same of all: 0..0 0..0",
    "* acquires l of all: 1..1 2..2",
    "* acquires l of a: 0..0 1..1",
    "* steps of all: 4..4 6..6",
    "* steps of a: 1..1 3..3",
    "* waits of a: 0..0 0..2",
    "* waits of b: 0..0 0..2",
    "acquires l of b: 1..1 1..1",
    "steps of b: 3..3 3..3",
  ]);
});

test("pairs that differ have runs that attain their totals, and only they", () => {
  const patched = PLAIN.replace("x := 1", "acquire l; x := 1; release l");
  for (const pair of compareCosts(spec(PLAIN), spec(patched))) {
    for (const result of [pair.before, pair.after]) {
      for (const [run, total] of [
        [result?.leastRun, result?.least],
        [result?.greatestRun, result?.greatest],
      ] as const) {
        expect(run !== null && run !== undefined).toBe(pair.differs);
        if (!run) continue;
        const mine = run.steps.filter(({ name }) => pair.process === null || name === pair.process);
        const taken = mine.flatMap(({ events }) => events.filter(({ kind }) => kind === "acquire"));
        if (pair.kind === "steps") expect(mine).toHaveLength(total as number);
        if (pair.kind === "acquires") expect(taken).toHaveLength(total as number);
      }
    }
  }
});

test("what only one version has is null in the other", () => {
  const patched = `
    var x: 0..9 = 0
    mutex m
    process b { x := 2 }
    process c { acquire m; release m }`;
  expect(compared(PLAIN, patched)).toEqual([
    "* acquires l of all: 1..1 -",
    "* acquires l of a: 0..0 -",
    "* acquires l of b: 1..1 -",
    "* acquires m of all: - 1..1",
    "* acquires m of b: - 0..0",
    "* acquires m of c: - 1..1",
    "* steps of all: 4..4 3..3",
    "* steps of a: 1..1 -",
    "* steps of b: 3..3 1..1",
    "* steps of c: - 2..2",
    "* waits of a: 0..0 -",
    "* waits of c: - 0..0",
    "waits of b: 0..0 0..0",
  ]);
});

test("the keys of a lock are taken together, in whichever way it is taken", () => {
  const text = `
    type Id = 1..2
    rwsem sem[Id]
    process p[i: Id] {
      acquire sem[i] for read
      release sem[i]
      if try acquire sem[3 - i] { release sem[3 - i] }
      atomic { acquire sem[i]; release sem[i] }
    }`;
  const pairs = compareCosts(spec(text), spec(text));
  expect(table(pairs).slice(0, 3)).toEqual([
    "acquires sem of all: 5..6 5..6",
    "acquires sem of p[1]: 2..3 2..3",
    "acquires sem of p[2]: 2..3 2..3",
  ]);
});

test("a process waits while it has no step and others take theirs, actions among them", () => {
  const text = `
    var x: 0..3 = 0
    process p { await x == 3 }
    action up when x < 3 { x += 1 }`;
  const fault = `
    var x: 0..3 = 0
    process p { x += 1 }
    process q { x := 3; x := 0 }`;
  const of = (spec_: string): readonly string[] =>
    compared(spec_, spec_).filter((line) => /steps|waits/.test(line));
  expect(of(text)).toEqual([
    "steps of all: 4..4 4..4",
    "steps of p: 1..1 1..1",
    "waits of p: 3..3 3..3",
  ]);
  // A step that can only fault is a step: whoever stands before it does not wait.
  expect(of(fault)).toContain("waits of p: 0..0 0..0");
});

test("a loop that adds on the way to an end is unbounded, and the run shows it", () => {
  const once =
    "mutex m\nvar on: bool = true\nprocess p { acquire m; release m }\nprocess q { on := false }";
  const often = once.replace("acquire m; release m", "while on { acquire m; release m }");
  const pairs = compareCosts(spec(once), spec(often));
  const taken = pairs.find(({ name, process }) => name === "acquires m" && process === "p");
  expect(table(pairs)).toContain("* acquires m of p: 1..1 0..unbounded");
  const states = taken?.after?.greatestRun?.states ?? [];
  const loopStart = taken?.after?.loopStart ?? -1;
  expect(states[loopStart]).toBeDefined();
  expect(states.slice(loopStart + 1)).toContainEqual(states[loopStart]);
  expect(table(pairs)).toContain("steps of q: 1..1 1..1");
});

test("where no run is complete there are no totals, not even of a cost that is not declared", () => {
  const endless = "var x: 0..1 = 0\ndaemon process p { loop { x := 1 - x } }";
  expect(compared(endless, `cost c\n${endless}`)).toEqual([
    "c of all: null..null null..null",
    "steps of all: null..null null..null",
    "steps of p: null..null null..null",
    "waits of p: null..null null..null",
  ]);
});

test("of a search that was not complete nothing is said", () => {
  const machine = machineOf(`spec s\ncost c\n${PLAIN}`);
  const cut = versionOf(machine, "cut", { maxStates: 3 });
  const pairs = compareCosts(cut, versionOf(machine));
  expect(pairs.map(({ before }) => before)).toEqual(pairs.map(() => null));
  expect(pairs.some(({ differs }) => differs)).toBe(false);
  expect(pairs.map(({ after }) => range(after))).toContain("1..1");
});

/** A version as the program makes it. */
async function explored(
  text: string,
  backend: "typescript" | "interpreter",
  fold = true,
): Promise<Version> {
  const options = {
    set: new Map(),
    fold,
    reset: true,
    color: "never",
    backend,
    quiet: true,
  } as const;
  const { version } = await exploreVersion("s.weft", options, new Map(), () => `spec s\n${text}`);
  if (version === null) throw new Error("the version is refused");
  return version;
}

test("the interpreter's states are counted as well", async () => {
  const patched = PLAIN.replace("x := 1", "atomic { acquire l; x := 1; release l }");
  const [packed, interpreted] = await Promise.all(
    (["typescript", "interpreter"] as const).map(async (backend) =>
      table(compareCosts(await explored(PLAIN, backend), await explored(patched, backend))),
    ),
  );
  expect(packed).toContain("* acquires l of a: 0..0 1..1");
  expect(interpreted).toEqual(packed);
});

test("what TTU_SYNC costs", () => {
  const version = (name: string): Version => {
    const path = `specs/thp-unmap/${name}.weft`;
    const { machine } = compile(path, (file) => readFileSync(file, "utf8"));
    if (machine === null) throw new Error(path);
    return versionOf(machine);
  };
  expect(table(compareCosts(version("pre-patch"), version("post-patch")))).toEqual([
    "* idle_locks of all: 0..2 0..3",
    "* acquires pmd_ptl of all: 0..3 0..5",
    "* acquires pmd_ptl of splitter: 0..2 0..4",
    "* steps of all: 10..46 10..44",
    "* steps of splitter: 1..40 1..38",
    "acquires pmd_ptl of zapper[1]: 0..1 0..1",
    "acquires pte_ptl of all: 0..3 0..3",
    "acquires pte_ptl of splitter: 0..2 0..2",
    "acquires pte_ptl of zapper[1]: 0..1 0..1",
    "steps of zapper[1]: 2..11 2..11",
    "waits of splitter: 0..7 0..7",
    "waits of zapper[1]: 0..10 0..10",
  ]);
});
