// Series of patches: every subset against the same spec written by hand, and what is concluded against the definitions.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "../../src/checker/expectations.ts";
import type { Outcome } from "../../src/checker/exploration.ts";
import { dependencesOf, needsOf } from "../../src/diff/series/needs.ts";
import { ordersOf } from "../../src/diff/series/orders.ts";
import {
  chainsOf,
  prefixesOf,
  resultOf,
  type SeriesResults,
  type SubsetResult,
  subsetsOf,
} from "../../src/diff/series/series.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { type Compiled, checkMachine, compile, compileSeries } from "../../src/pipeline.ts";
import { type Files, machineOf } from "../support/spec.ts";

type Outcomes = ReadonlyMap<string, Outcome>;

function outcomesOf(machine: Machine): Outcomes {
  const exploration = checkMachine(machine, { refine: "none" });
  return new Map(
    exploration.verdicts.map(({ name }) => [name, outcomeOf(exploration, name)] as const),
  );
}

function compileSubset(files: Files, base: string, patches: readonly string[]): Compiled {
  const options = { fold: true, reset: true, expectations: false };
  return compileSeries(base, patches, (path) => files[path] ?? null, new Map(), options);
}

/** The results of all subsets, or of the prefixes, as the command finds them. */
function resultsOf(
  files: Files,
  patches: readonly string[],
  subsets: readonly (readonly number[])[] = subsetsOf(patches.length),
): SeriesResults {
  const results = subsets.map((subset): SubsetResult => {
    const chosen = subset.map((patch) => patches[patch] ?? "");
    const { machine, diagnostics } = compileSubset(files, "base.weft", chosen);
    const outcomes = machine === null ? null : outcomesOf(machine);
    const reason = machine === null ? (diagnostics[0]?.message ?? "") : null;
    return { patches: subset, outcomes, reason, unexpected: [] };
  });
  return { patches: patches.length, subsets: results };
}

// ---------------------------------------------------------------- subsets, by hand

test("subsets come fewer patches first, prefixes one patch at a time", () => {
  expect(subsetsOf(3)).toEqual([[], [0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]);
  expect(prefixesOf(2)).toEqual([[], [0], [0, 1]]);
  expect(subsetsOf(10)).toHaveLength(1024);
});

/** A writer and a reader; each patch changes lines of its own, so that every subset can be written as one text. */
function publish(has: (patch: number) => boolean): string {
  return `spec publish
var data: 0..2 = 0
var ready: bool = ${has(2)}
var seen: 0..2 = 2
spinlock lock
fn write() {
${has(0) ? "  acquire lock" : ""}
storing:
  data := 1
  ready := true
written:
  skip
${has(0) ? "  release lock" : ""}
}
fn read() {
${has(1) ? "  acquire lock" : ""}
looking:
  if ready {
${has(3) ? "    await data > 0" : ""}
  loading:
    seen := data
  }
${has(1) ? "  release lock" : ""}
}
process writer { write() }
process reader { read() }
invariant fresh: seen != 0
invariant exclusive: !(writer @ write.storing && reader @ read.loading && held(lock))
`;
}

const publishPatches: Files = {
  "lock-write.weft": `patch lock_write of "base.weft"
edit write before storing { acquire lock }
edit write after written { release lock }
`,
  "lock-read.weft": `patch lock_read of "elsewhere.weft"
edit read before looking { acquire lock }
edit read after looking { release lock }
`,
  "ready.weft": `patch ready_at_once of "base.weft"
set ready = true
`,
  "wait.weft": `patch wait of "base.weft"
edit read before loading { await data > 0 }
`,
};

test("every subset of four patches comes to what the same spec written as one text comes to", () => {
  const files = { "base.weft": publish(() => false), ...publishPatches };
  const { subsets } = resultsOf(files, Object.keys(publishPatches));
  expect(subsets).toHaveLength(16);
  for (const { patches, outcomes } of subsets) {
    const text = publish((patch) => patches.includes(patch));
    expect([patches, outcomes]).toEqual([patches, outcomesOf(machineOf(text))]);
  }
  // The subsets are not all alike.
  const different = new Set(subsets.map(({ outcomes }) => JSON.stringify([...(outcomes ?? [])])));
  expect(different.size).toBeGreaterThan(3);
});

describe("the series of specs/thp-unmap", () => {
  const folder = new URL("../../specs/thp-unmap/", import.meta.url);
  const read = (path: string): string => readFileSync(new URL(path, folder), "utf8");
  const names = ["pmd-sync", "pass-ttu-sync", "set-ttu-sync", "drop-upfront-split"];

  test.each([
    ["", "pre-patch"],
    ["1+2+3", "post-patch"],
    ["2+3", "without-pmd-sync"],
    ["1+2+3+4", "no-upfront-split"],
    ["2+3+4", "no-upfront-split-without-pmd-sync"],
  ])("subset %s is the spec %s", (subset, spec) => {
    const patches = subset === "" ? [] : subset.split("+").map((patch) => names[Number(patch) - 1]);
    const paths = patches.map((name) => `series/${name}.weft`);
    const options = { fold: true, reset: true, expectations: false };
    const own = compileSeries("series/base.weft", paths, read, new Map(), options).machine;
    const whole = compile(`${spec}.weft`, read).machine;
    if (own === null || whole === null) expect.fail("refused");
    expect(outcomesOf(own)).toEqual(outcomesOf(whole));
    const counts = [own, whole].map((machine) => {
      const { distinctStates, transitions, depth } = checkMachine(machine, { refine: "none" });
      return { distinctStates, transitions, depth };
    });
    expect(counts[0]).toEqual(counts[1]);
  });

  test("every subset is what its patches are as patches of each other", { timeout: 60_000 }, () => {
    const options = { fold: true, reset: true, expectations: false };
    let refused = 0;
    for (const subset of subsetsOf(names.length)) {
      const chosen = subset.map((patch) => `series/${names[patch]}.weft`);
      const own = compileSeries("series/base.weft", chosen, read, new Map(), options);
      // The same patches in files of their own, each of the one before it, and without what they expect.
      const chain = new Map(
        chosen.map((path, index) => [
          `series/${index}.weft`,
          read(path)
            .replace(/of "[^"]*"/, `of "${index === 0 ? "base" : index - 1}.weft"`)
            .replace(/^expect .*$/gm, ""),
        ]),
      );
      const last = [...chain.keys()].at(-1) ?? "series/base.weft";
      const whole = compile(last, (path) => chain.get(path) ?? read(path));
      expect([subset, own.machine === null]).toEqual([subset, whole.machine === null]);
      if (own.machine === null || whole.machine === null) {
        const codes = [own, whole].map(({ diagnostics }) => diagnostics.map(({ code }) => code));
        expect(codes[0]).toEqual(codes[1]);
        refused += 1;
      } else {
        expect([subset, outcomesOf(own.machine)]).toEqual([subset, outcomesOf(whole.machine)]);
      }
    }
    expect(refused).toBe(4);
  });
});

// ---------------------------------------------------------------- what is concluded

/** A guard is raised by each patch; two of them are enough. */
const guards: Files = {
  "base.weft": `spec guards
var guards: 0..3 = 0
process p {
one:
  skip
two:
  skip
three:
  skip
}
invariant enough: done(p) => guards >= 2
`,
  ...Object.fromEntries(
    ["one", "two", "three"].map((label) => [
      `${label}.weft`,
      `patch raise_${label} of "base.weft"\nedit p after ${label} { guards += 1 }\n`,
    ]),
  ),
};

test("any two of three patches suffice, and none is needed", () => {
  const results = resultsOf(guards, ["one.weft", "two.weft", "three.weft"]);
  expect(needsOf(results)).toEqual([
    {
      property: "enough",
      violatedInBase: true,
      needed: [],
      inseparable: [],
      sufficient: [
        [0, 1],
        [0, 2],
        [1, 2],
      ],
    },
  ]);
  expect(ordersOf(results)).toMatchObject({ total: 6n, safe: 6n, broken: [] });
});

/** The flag may be raised early only once the reader waits for the data. */
const flag: Files = {
  "base.weft": `spec flag
var ready: bool = false
var data: bool = false
process writer {
start:
  skip
  data := true
}
process reader {
look:
  if ready {
  use:
    assert fresh: data
  }
}
`,
  "early.weft": 'patch early of "base.weft"\nedit writer before start { ready := true }\n',
  "wait.weft": 'patch wait of "early.weft"\nedit reader before use { await data }\n',
};

test("an order that raises the flag before the reader waits passes through a broken state", () => {
  const results = resultsOf(flag, ["early.weft", "wait.weft"]);
  expect(ordersOf(results)).toEqual({
    total: 2n,
    safe: 1n,
    listed: [[1, 0]],
    broken: [{ patches: [0], reason: null, violated: [{ property: "fresh", by: [0] }] }],
  });
  expect(needsOf(results)).toEqual([
    { property: "fresh", violatedInBase: false, needed: [1], inseparable: [], sufficient: [[]] },
  ]);
  // The series as it stands goes that way; of other orders its prefixes say nothing.
  const prefixes = resultsOf(flag, ["early.weft", "wait.weft"], prefixesOf(2));
  expect(ordersOf(prefixes).broken.map(({ patches }) => patches)).toEqual([[0]]);
});

test("a patch that edits what another brought does not apply without it", () => {
  const files: Files = {
    ...guards,
    "more.weft": 'patch more of "one.weft"\nedit p replace raise { guards += 2 }\n',
    "one.weft": 'patch raise_one of "base.weft"\nedit p after one {\nraise:\n  guards += 1\n}\n',
  };
  const results = resultsOf(files, ["one.weft", "two.weft", "more.weft"]);
  const refused = results.subsets.filter(({ outcomes }) => outcomes === null);
  expect(refused.map(({ patches }) => patches)).toEqual([[2], [1, 2]]);
  expect(dependencesOf(results)).toEqual([
    { patch: 2, on: [0], reason: "`p` has no label `raise`" },
  ]);
  const orders = ordersOf(results);
  expect([orders.safe, orders.total]).toEqual([3n, 6n]);
  expect(orders.listed?.every((order) => order.indexOf(0) < order.indexOf(2))).toBe(true);
  expect(needsOf(results)[0]).toMatchObject({
    needed: [],
    inseparable: [0],
    sufficient: [
      [0, 1],
      [0, 2],
    ],
  });
});

test("a patch with its base, whatever it names, and a spec that is no patch", () => {
  const files: Files = { ...guards, "other.weft": 'patch p of "nowhere.weft"\nset guards = 3\n' };
  expect(compileSubset(files, "base.weft", ["other.weft"]).diagnostics).toEqual([]);
  const wrong = compileSubset(files, "base.weft", ["base.weft"]);
  expect(wrong.machine).toBeNull();
  expect(wrong.diagnostics.map(({ message }) => message)).toEqual([
    "`base.weft` is a whole spec; what follows the base of a series are patches",
  ]);
  const missing = compileSubset(files, "base.weft", ["gone.weft"]);
  expect(missing.diagnostics.map(({ code }) => code)).toEqual(["file-missing"]);
});

test("the chain of a file leads to the base through patches before it, or there is none", () => {
  const of = (path: string, base: string | null): { path: string; of: string | null } => ({
    path,
    of: base,
  });
  const patches = [of("a", "base"), of("b", "a"), of("c", "base"), of("d", "e"), of("e", "b")];
  expect(chainsOf("base", patches)).toEqual([[0], [0, 1], [2], null, [0, 1, 4]]);
  expect(chainsOf("base", [of("a", "elsewhere"), of("b", null)])).toEqual([null, null]);
});

// ---------------------------------------------------------------- against the definitions

const outcome = fc.constantFrom<Outcome | null>("holds", "violated", "violated", "holds", null);

/** Results of every subset of two to four patches, without any spec behind them. */
const anyResults: fc.Arbitrary<SeriesResults> = fc.integer({ min: 2, max: 4 }).chain((patches) =>
  fc
    .tuple(
      ...subsetsOf(patches).map((subset) =>
        fc.record({
          refused: fc
            .integer({ min: 0, max: subset.length > 0 ? 9 : 29 })
            .map((dice) => dice === 0),
          outcomes: fc.array(outcome, { minLength: 3, maxLength: 3 }),
        }),
      ),
    )
    .map((drawn) => ({
      patches,
      subsets: drawn.map(({ refused, outcomes }, index): SubsetResult => {
        const known = outcomes.flatMap((one, property) =>
          one === null ? [] : [[`p${property}`, one] as const],
        );
        const subset = subsetsOf(patches)[index] ?? [];
        return {
          patches: subset,
          outcomes: refused ? null : new Map(known),
          reason: refused ? "no" : null,
          unexpected: [],
        };
      }),
    })),
);

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

/** Broken states on one order, literally as they are defined. */
function brokenOn(results: SeriesResults, order: readonly number[]): readonly string[] {
  const states = [0, ...order.map((_, index) => index + 1)].map((length) => {
    const state = resultOf(
      results,
      order.slice(0, length).sort((left, right) => left - right),
    );
    if (state === null) throw new Error("a subset is missing");
    return state;
  });
  return states.flatMap((state, position) => {
    if (state.outcomes === null) return [state.patches.join()];
    const earlier = states.slice(0, position);
    const again = [...state.outcomes].some(
      ([property, found]) =>
        found === "violated" && earlier.some(({ outcomes }) => outcomes?.get(property) === "holds"),
    );
    return again ? [state.patches.join()] : [];
  });
}

test("orders are judged as the definition says, on random results", () => {
  fc.assert(
    fc.property(anyResults, (results) => {
      const all = permutations([...Array(results.patches).keys()]);
      const judged = all.map((order) => ({ order, broken: brokenOn(results, order) }));
      const safe = judged.filter(({ broken }) => broken.length === 0).map(({ order }) => order);
      const found = ordersOf(results);
      expect(found.total).toBe(BigInt(all.length));
      expect(found.safe).toBe(BigInt(safe.length));
      expect(found.listed).toEqual(safe);
      const states = new Set(judged.flatMap(({ broken }) => broken));
      expect(new Set(found.broken.map(({ patches }) => patches.join()))).toEqual(states);
    }),
    { numRuns: 600, seed: 5 },
  );
});

test("what is needed and what suffices is as the definitions say, on random results", () => {
  fc.assert(
    fc.property(anyResults, (results) => {
      const all = [...Array(results.patches).keys()];
      const found = new Map(needsOf(results).map((one) => [one.property, one]));
      const at = (patches: readonly number[], property: string): Outcome | null | undefined => {
        const one = resultOf(results, patches);
        return one?.outcomes === null ? null : one?.outcomes?.get(property);
      };
      for (const property of ["p0", "p1", "p2"]) {
        const violated = results.subsets.filter(
          ({ patches }) => at(patches, property) === "violated",
        );
        const told = found.get(property);
        expect(told !== undefined).toBe(violated.length > 0 && at(all, property) === "holds");
        if (told === undefined) continue;
        const without = (patch: number): readonly number[] =>
          all.filter((other) => other !== patch);
        expect(told.needed).toEqual(
          all.filter((patch) => at(without(patch), property) === "violated"),
        );
        expect(told.inseparable).toEqual(
          all.filter((patch) => at(without(patch), property) === null),
        );
        const holding = results.subsets.filter(({ patches }) => at(patches, property) === "holds");
        const least = holding.filter(({ patches }) =>
          holding.every(
            (other) =>
              other.patches.length >= patches.length ||
              !other.patches.every((patch) => patches.includes(patch)),
          ),
        );
        expect(told.sufficient).toEqual(least.map(({ patches }) => patches));
      }
    }),
    { numRuns: 400, seed: 6 },
  );
});
