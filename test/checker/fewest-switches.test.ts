// The counterexamples that are chosen, against all that there are: by brute force over the interpreter's graph, on random
// specs and on the THP specs. WEFT_SWITCHES says on how many random specs, and takes larger THP specs in.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Exploration } from "../../src/checker/exploration.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { checkMachine, compile } from "../../src/pipeline.ts";
import { prepareSeed } from "../support/corpus.ts";
import { type ExplicitGraph, explicitGraph } from "../support/explicit-graph.ts";
import {
  allShortest,
  allShortestTogether,
  type Chosen,
  chosenIn,
  fewestOfAll,
  reaches,
  switchesOf,
} from "../support/switch-oracle.ts";

const WANTED = process.env["WEFT_SWITCHES"];
const SPECS = Number(WANTED ?? 25);
const MAX_STATES = 400;
const MOST_BEHAVIOURS = WANTED === undefined ? 50_000 : 5_000_000;
const LONG = { timeout: 3_600_000 };

interface Seen {
  /** Specs that anything was judged of. */
  specs: number;
  traces: number;
  /** Shortest behaviours that were gone along one by one; traces that have too many of them for that. */
  behaviours: bigint;
  tooMany: number;
  /** Not every shortest behaviour has the fewest switches of all: a longer one has fewer. */
  longerIsBetter: number;
}

const nothing = (): Seen => ({
  specs: 0,
  traces: 0,
  behaviours: 0n,
  tooMany: 0,
  longerIsBetter: 0,
});

function tell(name: string, seen: Seen): void {
  const figures = Object.entries(seen).map(([what, count]) => `${what} ${count}`);
  process.stdout.write(`${name}: ${figures.join(", ")}\n`);
}

function chosenOf(graph: ExplicitGraph, { verdicts }: Exploration): readonly Chosen[] {
  return verdicts.flatMap((verdict) => chosenIn(graph, verdict));
}

/** Judges every trace of a machine, chosen among the shortest ones and among all. */
function judge(machine: Machine, graph: ExplicitGraph, seen: Seen): void {
  const shortest = chosenOf(graph, checkMachine(machine, { refine: "all" }));
  const fewest = chosenOf(graph, checkMachine(machine, { refine: "all", fewestSwitches: true }));
  expect(fewest.map(({ what }) => what)).toEqual(shortest.map(({ what }) => what));
  if (shortest.length > 0) seen.specs += 1;
  shortest.forEach((chosen, index) => {
    const { what, target, trace, count } = chosen;
    const other = fewest[index] as Chosen;
    const least = fewestOfAll(graph, target);
    expect(reaches(graph, other)).toBe(true);
    expect({
      what,
      switches: switchesOf(graph, other.trace),
      steps: other.trace.steps.length,
    }).toEqual({ what, ...least });

    expect(reaches(graph, chosen)).toBe(true);
    expect(trace.contextSwitches).toBe(switchesOf(graph, trace));
    const each = allShortest(graph, target, MOST_BEHAVIOURS);
    const all = allShortestTogether(graph, target);
    if (each !== null) expect(all).toEqual(each);
    seen.traces += 1;
    seen.behaviours += each?.count ?? 0n;
    if (each === null) seen.tooMany += 1;
    if (least.switches < all.fewestSwitches) seen.longerIsBetter += 1;
    expect({ what, length: trace.steps.length, switches: switchesOf(graph, trace) }).toEqual({
      what,
      length: all.length,
      switches: all.fewestSwitches,
    });
    if (count !== null) expect({ what, count }).toEqual({ what, count: all.count });
  });
}

test("of random specs no counterexample has fewer switches than the chosen one", LONG, () => {
  const seen = nothing();
  for (let seed = 0; seen.specs < SPECS; seed += 1) {
    const { machine } = prepareSeed(seed);
    const graph = machine && explicitGraph(machine, MAX_STATES);
    if (machine !== null && graph !== null) judge(machine, graph, seen);
  }
  tell("random specs", seen);
  expect(seen.tooMany).toBeLessThan(seen.traces / 10);
  expect(seen.behaviours).toBeGreaterThan(2 * seen.traces);
});

const FOLDER = "specs/thp-unmap";
const versions = readdirSync(FOLDER).filter((file) => file.endsWith(".weft"));

test.each(WANTED === undefined ? [1] : [1, 2, 3])(
  "nor of the THP specs, with %i mms",
  LONG,
  (mms) => {
    const seen = nothing();
    for (const version of versions) {
      const { machine } = compile(
        `${FOLDER}/${version}`,
        (path) => readFileSync(path, "utf8"),
        new Map([["MMS", String(mms)]]),
      );
      const graph = machine && explicitGraph(machine, Number.POSITIVE_INFINITY);
      if (machine === null || graph === null) throw new Error(version);
      judge(machine, graph, seen);
    }
    tell(`THP specs, ${mms} mms`, seen);
    expect(seen.traces).toBeGreaterThan(versions.length);
  },
);
