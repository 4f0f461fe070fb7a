// A search that goes on on disk comes to the same as one that stays in memory: counts, verdicts, traces, coverage. What it does
// not judge it says. A disk that fails ends it, and then nothing is said to hold.
//
// WEFT_SPILLED_SPECS says how many random specs to compare on.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { judge, searchOptions } from "../../src/checker/check.ts";
import type { Exploration, Verdict } from "../../src/checker/exploration.ts";
import { DEFAULT_SEARCH, explore, finish, type Search } from "../../src/checker/explore.ts";
import type { StopFor } from "../../src/checker/findings.ts";
import { interpret } from "../../src/checker/interpret.ts";
import { largeSearchOf } from "../../src/checker/large-search.ts";
import { goOnOnDisk } from "../../src/checker/spill.ts";
import type { Disk } from "../../src/checker/spill-files.ts";
import { emitWasm } from "../../src/emit/wasm/module.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compile, packedSystem } from "../../src/pipeline.ts";
import { lowered, prepareSeed } from "../support/corpus.ts";
import { diskInMemory } from "../support/disk.ts";
import { machineOf } from "../support/spec.ts";

const root = new URL("../../", import.meta.url);
/** Specs with more states are left out. */
const STATE_LIMIT = 5000;
const specs = Number(process.env["WEFT_SPILLED_SPECS"] ?? 16);

interface Shape {
  /** States met before the search goes to the disk. */
  readonly after: number;
  /** For candidates and what is read at a time: bytes, at least so many for each state that there is. */
  readonly memoryBytes: number;
  readonly bytesAState: number;
  readonly witnessBytes?: number;
  /** Whether WebAssembly finds the steps on disk. */
  readonly compiled?: boolean;
  readonly stop?: StopFor;
  readonly maxStates?: number;
}

/** The same search twice: in memory, and on disk from some state on; null if it ends before that. */
function both(
  machine: Machine,
  shape: Shape,
  disk: Disk,
): readonly [Exploration, Exploration] | null {
  const options = { ...DEFAULT_SEARCH, stop: shape.stop ?? "never", now: () => 0 };
  const interpreter = interpret(machine);
  const telling = searchOptions({ now: () => 0 });
  const judged = (search: Search): Exploration =>
    finish(judge(machine, search, telling, 0, interpreter)).exploration;
  const first = finish(explore(packedSystem(machine), { ...options, maxStates: shape.after }));
  if (first.stoppedBy !== "max-states") return null;
  const maxStates = shape.maxStates ?? STATE_LIMIT;
  const whole = finish(explore(packedSystem(machine), { ...options, maxStates }));
  if (shape.maxStates === undefined && whole.stoppedBy === "max-states") return null;
  const settings = {
    ...options,
    ...{ maxStates, disk, started: 0, refine: telling.refine },
    memoryBytes: Math.max(shape.memoryBytes, shape.bytesAState * whole.table.count),
    compiled: shape.compiled ? { after: 0, module: () => emitWasm(machine) } : null,
    witnessBytes: shape.witnessBytes ?? 2 ** 20,
  };
  const spilled = finish(goOnOnDisk([largeSearchOf(first)], interpreter, settings));
  return [judged(whole), judged(spilled)];
}

/** What may be compared: all but what a search on disk says that it does not judge. */
function comparable(exploration: Exploration, notJudged: ReadonlySet<string>): unknown {
  const { notJudged: _, verdicts, costs, ...rest } = exploration;
  const plain = (verdict: Verdict): unknown => ({ ...verdict, span: verdict.span?.start });
  return {
    ...rest,
    verdicts: verdicts.filter(({ kind }) => !notJudged.has(kind)).map(plain),
    costs: notJudged.has("cost") ? costs.map(({ name }) => name) : costs,
  };
}

/** Whether the two could be compared. */
function compare(machine: Machine, shape: Shape): boolean {
  const explorations = both(machine, shape, diskInMemory());
  if (explorations === null) return false;
  const [whole, spilled] = explorations;
  const open = new Set((spilled.notJudged ?? []).map(({ kind }) => kind));
  expect(comparable(spilled, open)).toEqual(comparable(whole, open));
  for (const { kind, outcome } of spilled.verdicts)
    if (open.has(kind)) expect(outcome).toBe("unknown");
  for (const { least, greatest } of spilled.costs) expect([least, greatest]).toEqual([null, null]);
  return true;
}

const shapes: readonly Shape[] = [
  { after: 1, memoryBytes: 1, bytesAState: 3 },
  { after: 2, memoryBytes: 400, bytesAState: 5 },
  { after: 7, memoryBytes: 3000, bytesAState: 0 },
  { after: 2, memoryBytes: 1, bytesAState: 7, compiled: true },
  { after: 30, memoryBytes: 1, bytesAState: 10 },
  { after: 100, memoryBytes: 40_000, bytesAState: 0 },
  { after: 5, memoryBytes: 1, bytesAState: 5, stop: "violation" },
  { after: 60, memoryBytes: 5000, bytesAState: 0, compiled: true },
];

describe("the same as in memory", () => {
  test("on all specs", { timeout: 300_000 }, () => {
    const paths = ["specs/", "test/specs/"].flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".weft"))
        .map((path) => folder + path),
    );
    const compared = paths.map((path) => {
      const { machine } = compile(path, (file) => readFileSync(new URL(file, root), "utf8"));
      if (machine === null) throw new Error(`${path} is refused`);
      return compare(machine, { after: 50, memoryBytes: 2000, bytesAState: 20, compiled: true });
    });
    expect(compared.filter(Boolean).length).toBeGreaterThan(10);
  });

  test("on random specs, folded and unfolded", { timeout: 300_000 }, () => {
    let compared = 0;
    for (let seed = 0; seed < specs; seed += 1) {
      const { machine, model } = prepareSeed(seed);
      if (machine === null || model === null) continue;
      const shape = shapes[seed % shapes.length] as Shape;
      if (compare(machine, shape)) compared += 1;
      if (compare(lowered(model, { fold: false, reset: false }), shape)) compared += 1;
    }
    expect(compared).toBeGreaterThan(specs / 2);
  });
});

/** Readers of a ring, of which each waits for the next: they may all wait, and a counter may go too far on many ways. */
const crowded = `spec crowded
var turns[1..3]: 0..4 = 0
mutex a
mutex b
process left { acquire a; acquire b; release b; release a }
process right { acquire b; acquire a; release a; release b }
action turn(who: 1..3) when turns[who] < 4 { turns[who] := turns[who] + 1 }
invariant few: !(forall who in 1..3: turns[who] >= 2)
cover all: forall who in 1..3: turns[who] == 4
`;

const roomy = { after: 5, memoryBytes: 2000, bytesAState: 0 };

test("where there is no room for all shortest ways one has to do", { timeout: 60_000 }, () => {
  const machine = machineOf(crowded);
  const [whole, spilled] = both(machine, { ...roomy, witnessBytes: 1 }, diskInMemory()) ?? [];
  const described = (exploration: Exploration | undefined): unknown =>
    exploration?.verdicts
      .filter(({ kind }) => kind !== "stuck")
      .map(({ name, outcome, trace }) => [name, outcome, trace?.steps.length]);
  expect(described(spilled)).toEqual(described(whole));
  const shortest = (exploration: Exploration | undefined): unknown =>
    exploration?.verdicts.find(({ name }) => name === "few")?.shortest;
  expect([typeof shortest(whole), shortest(spilled)]).toEqual(["bigint", null]);
});

test("a disk that fails at any time ends the search, and nothing is said to hold", {
  timeout: 60_000,
}, () => {
  const machine = machineOf(crowded);
  const willing = diskInMemory();
  const [whole] = both(machine, roomy, willing) ?? [];
  const violated = new Set(
    whole?.verdicts.flatMap(({ name, outcome }) => (outcome === "violated" ? [name] : [])),
  );
  expect([...violated].sort()).toEqual(["deadlock", "few", "lock_order"]);
  const early = Array.from({ length: 8 }, (_, operations) => operations);
  const later = Array.from({ length: 12 }, (_, at) => Math.floor((at * willing.used) / 12));
  for (const operations of [...early, ...later, willing.used - 1]) {
    const disk = diskInMemory(operations);
    const [, ended] = both(machine, roomy, disk) ?? [];
    expect([ended?.complete, ended?.stoppedBy, disk.failure]).toEqual([false, "disk", "full"]);
    for (const { name, outcome, trace } of ended?.verdicts ?? []) {
      expect(["unknown", "violated", "reachable"]).toContain(outcome);
      if (outcome === "violated")
        expect([violated.has(name), trace !== null]).toEqual([true, true]);
    }
  }
});

test("what is no fault of the disk is not hidden", { timeout: 60_000 }, () => {
  const machine = machineOf(crowded);
  const broken: Disk = {
    failure: null,
    file: () => ({
      append: () => {
        throw new Error("our own fault");
      },
      read: () => {},
    }),
  };
  expect(() => both(machine, roomy, broken)).toThrow("our own fault");
});

test("a limit on states ends it, somewhat later than in memory", { timeout: 60_000 }, () => {
  const machine = machineOf(crowded);
  const [, ended] = both(machine, { ...roomy, maxStates: 200 }, diskInMemory()) ?? [];
  expect([ended?.complete, ended?.stoppedBy]).toEqual([false, "max-states"]);
  expect(ended?.distinctStates).toBeGreaterThanOrEqual(200);
  expect(ended?.verdicts.map(({ outcome }) => outcome)).not.toContain("holds");
});
