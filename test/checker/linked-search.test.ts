// A search in several memories finds the same states in the same order as one in a single memory, whenever it goes on in another
// one, and the same is said of it.
//
// WEFT_LINKED_SPECS says how many random specs to compare on.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type CheckSettings,
  checkSearch,
  judge,
  type Searched,
  searchOptions,
} from "../../src/checker/check.ts";
import type { Exploration } from "../../src/checker/exploration.ts";
import { DEFAULT_SEARCH, explore, finish, type Search } from "../../src/checker/explore.ts";
import type { StopFor } from "../../src/checker/findings.ts";
import { interpret } from "../../src/checker/interpret.ts";
import type { LargeSearch } from "../../src/checker/large-search.ts";
import { LinkedSearch } from "../../src/checker/linked-search.ts";
import type { SearchModule } from "../../src/checker/search-module.ts";
import { witnessesOf } from "../../src/checker/witnesses.ts";
import { emitWasm } from "../../src/emit/wasm/module.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compile, packedSystem } from "../../src/pipeline.ts";
import { lowered, prepareSeed } from "../support/corpus.ts";
import { readyForm } from "../support/crew.ts";
import { diskInMemory } from "../support/disk.ts";

const root = new URL("../../", import.meta.url);
const specs = Number(process.env["WEFT_LINKED_SPECS"] ?? 16);
/** Two workers with rounds of a few steps. */
const SHARING = {
  workers: 2,
  records: 64,
  mostSteps: 64,
  chunks: 32,
  chunkStates: 3,
  leastStates: 1,
};
/** Specs with more states are left out. */
const STATE_LIMIT = 5000;

interface Shape {
  /** States met in the first memory, and about how many in each of the others. */
  readonly after: number;
  readonly linkStates: number;
  readonly stop?: StopFor;
  readonly maxStates?: number;
  /** Whether two workers share the first memory. */
  readonly together?: boolean;
}

interface Both {
  readonly whole: Search;
  readonly large: LargeSearch;
}

/** Specs of which two workers did some part. */
const shared: string[] = [];

/** The same search in one memory and in several; null if there is no more than one to be had. */
function both(
  machine: Machine,
  { after, linkStates, stop = "never", maxStates, together = false }: Shape,
): Both | null {
  const form = together
    ? { shared: readyForm(machine, SHARING, 0, () => shared.push(machine.name)) }
    : {};
  const compiled = { after: 0, module: () => emitWasm(machine), ...form };
  const options = { ...DEFAULT_SEARCH, stop, now: () => 0, compiled };
  const search = (most: number): Search =>
    finish(explore(packedSystem(machine), { ...options, maxStates: most }));
  const first = search(after);
  const whole = search(maxStates ?? STATE_LIMIT);
  const cut = maxStates === undefined && whole.stoppedBy === "max-states";
  if (cut || first.stoppedBy !== "max-states" || first.compiled === null) return null;
  const goingOn = { ...options, maxStates: maxStates ?? STATE_LIMIT };
  // A full memory expands no more states.
  first.compiled.full = true;
  const linked = new LinkedSearch({ ...first, compiled: first.compiled }, goingOn, 0, linkStates);
  return { whole, large: finish(linked.run()) };
}

/** All states of a search, by the words of each. */
function statesOf(large: LargeSearch): Int32Array {
  const { width } = large.system;
  const all = new Int32Array(large.count * width);
  for (let first = 0; first < large.count; )
    first += large.states.read(first, all.subarray(first * width), large.count);
  return all;
}

/** Whether the two could be compared. */
function compare(machine: Machine, shape: Shape): boolean {
  const searches = both(machine, shape);
  if (searches === null) return false;
  const { whole, large } = searches;
  const { system, table } = whole;
  const all = table.arena.subarray(0, table.count * system.width);
  expect(Buffer.compare(Buffer.from(statesOf(large).buffer), Buffer.from(all.slice().buffer))).toBe(
    0,
  );
  const facts = ({
    levels,
    transitions,
    expanded,
    complete,
    stoppedBy,
    initialStates,
  }: LargeSearch | Search) => ({
    levels,
    transitions,
    expanded,
    complete,
    stoppedBy,
    initialStates,
  });
  expect(facts(large)).toEqual(facts(whole));
  expect(large.findings).toEqual(whole.findings);
  expect([...large.taken]).toEqual([...whole.taken]);
  expect([...large.branches]).toEqual([...whole.branches]);
  for (let state = 0; state < table.count; state += 97)
    expect(large.parents.parentOf(state)).toBe(whole.parents.parentOf(state));
  const interpreter = interpret(machine);
  const brought = finish(
    witnessesOf(large, {
      ...{ interpreter, refine: "violations", memoryBytes: 2 ** 20 },
      ...{ interrupted: () => false, elapsedSeconds: () => 0 },
    }),
  );
  const verdicts = (search: Search): Exploration["verdicts"] =>
    finish(
      judge(machine, search, searchOptions({ now: () => 0 }), 0, interpreter),
    ).exploration.verdicts.filter(({ kind }) => kind !== "stuck");
  expect(verdicts(brought)).toEqual(verdicts(whole));
  return true;
}

const shapes: readonly Shape[] = [
  { after: 200, linkStates: 100, together: true },
  { after: 1, linkStates: 1 },
  { after: 20, linkStates: 10 },
  { after: 5, linkStates: 300 },
  { after: 100, linkStates: 1000 },
  { after: 3, linkStates: 40, stop: "violation" },
];

describe("the same as in one memory", () => {
  test("on all specs", { timeout: 300_000 }, () => {
    const paths = readdirSync(new URL("specs/", root), { recursive: true, encoding: "utf8" });
    const compared = paths
      .filter((path) => path.endsWith(".weft"))
      .filter((path, index) => {
        const read = (file: string): string => readFileSync(new URL(file, root), "utf8");
        const { machine } = compile(`specs/${path}`, read);
        if (machine === null) throw new Error(`${path} is refused`);
        return compare(machine, shapes[index % shapes.length] as Shape);
      });
    expect(compared.length).toBeGreaterThan(10);
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
    expect(compared).toBeGreaterThan(specs / 4);
    expect(shared.length).toBeGreaterThan(0);
  });
});

test("a check goes on in further memories by itself, as many as it may, and then on disk", {
  timeout: 60_000,
}, () => {
  const read = (file: string): string => readFileSync(new URL(file, root), "utf8");
  const path = "specs/classics/two-phase-commit.weft";
  const { machine } = compile(path, read, new Map([["RMS", "6"]]));
  if (machine === null) throw new Error("the spec is refused");
  const module = (): SearchModule | null => {
    const whole = emitWasm(machine);
    return whole && { ...whole, mostBytes: whole.map.slots + 8 * (32_768 + 26_000) };
  };
  const settings = { compiled: { after: 1000, module }, now: () => 0, refine: "all" } as const;
  const search = (more: Partial<CheckSettings>): Searched =>
    finish(checkSearch(machine, packedSystem(machine), { ...settings, ...more }));
  const inOne = search({ compiled: null });
  const inMany = search({});
  expect([inMany.search.beyond?.states, inMany.search.table.count < 1000]).toEqual([50_816, true]);
  expect(inMany.exploration).toEqual(inOne.exploration);
  // A further memory needs some megabytes that it is not allowed.
  const stopped = search({ memoryBytes: 2 ** 26 });
  expect([stopped.exploration.stoppedBy, stopped.search.beyond]).toEqual(["memory", null]);
  const onDisk = search({ memoryBytes: 2 ** 26, disk: diskInMemory() });
  expect(onDisk.exploration).toEqual(inOne.exploration);
});
