// What a profile counts is what there is: held against decoded states and against the counts of the search.

import fc from "fast-check";
import { expect, test } from "vitest";
import { DEFAULT_SEARCH, explore, finish, type Search } from "../../src/checker/explore.ts";
import { type Profile, profileOf } from "../../src/checker/profile.ts";
import { DistinctCounter } from "../../src/checker/profile-fields.ts";
import { layout } from "../../src/machine/layout.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { packedPart, packedSystem } from "../../src/pipeline.ts";
import { prepareSeed } from "../support/corpus.ts";
import { machineOf } from "../support/spec.ts";

/** Searches a machine and profiles the search. */
function profiled(
  machine: Machine,
  { maxStates = 2_000, mostCounted = Number.POSITIVE_INFINITY } = {},
): readonly [Search, Profile] {
  const search = finish(explore(packedSystem(machine), { ...DEFAULT_SEARCH, maxStates }));
  let clock = 0;
  const profile = finish(
    profileOf(machine, layout(machine), search, {
      interrupted: () => false,
      // Time passes by looking at it.
      now: () => (clock += 1),
      mostCounted,
      partOf: (part) => packedPart(machine, part),
    }),
  );
  if (profile === null) throw new Error("interrupted");
  return [search, profile];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

test("parts make up the search, and fields its states, on random specs", {
  timeout: 60_000,
}, () => {
  for (let seed = 0; seed < 15; seed += 1) {
    const { machine } = prepareSeed(seed);
    if (machine === null) continue;
    const [search, { parts, fields, counted }] = profiled(machine);
    const { table, expanded, transitions, initialStates, system } = search;
    expect([seed, sum(parts.map(({ taken }) => taken))]).toEqual([seed, transitions]);
    const met = sum(parts.map((part) => part.met));
    expect([seed, met]).toEqual([seed, table.count - initialStates]);
    expect(counted).toBe(expanded);
    const movers = sum(parts.map(({ tried }) => tried));
    expect([seed, movers]).toEqual([seed, expanded * system.movers.length]);
    const states = Array.from({ length: table.count }, (_, state) =>
      system.decode(table.arena, state * table.width),
    );
    for (const { kind, name, values, without } of fields) {
      if (kind === "location" || kind === "local") continue;
      const own = new Set(states.map((state) => JSON.stringify(state[name])));
      const others = new Set(states.map(({ [name]: _, ...rest }) => JSON.stringify(rest)));
      expect([seed, name, values]).toEqual([seed, name, { count: own.size, error: 0 }]);
      expect([seed, name, without]).toEqual([seed, name, { count: others.size, error: 0 }]);
    }
  }
});

test("a part of the states tells about as much as all of them", () => {
  const machine = machineOf(`spec s
    type N = 0..49
    var a: N = 0
    var b: N = 0
    action next() { pick i in 1..3 where a < 40 { a += i } }
    process p { while b < 40 { either { b += 1 } or { b += 2 } } }`);
  const [, whole] = profiled(machine);
  const [, part] = profiled(machine, { mostCounted: 300 });
  expect(part.counted).toBeLessThanOrEqual(300);
  expect(part.fields).toEqual(whole.fields);
  whole.parts.forEach(({ name, tried, taken, met }, at) => {
    const estimated = part.parts[at];
    for (const [exact, guess] of [
      [tried, estimated?.tried],
      [taken, estimated?.taken],
      [met, estimated?.met],
    ] as const) {
      expect([name, Math.abs((guess ?? 0) - exact) <= 0.25 * exact + 40]).toEqual([name, true]);
    }
  });
});

test("values that are too many are estimated, about as far off as is told", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer(), (many, salt) => {
      const counter = new DistinctCounter(2, Int32Array.of(-1, 0xff), 256);
      for (let value = 0; value < many; value += 1) {
        // Twice, with what is masked away differing.
        counter.add(Int32Array.of(value ^ salt, value << 8), 0);
        counter.add(Int32Array.of(value ^ salt, ~value << 8), 0);
      }
      const { count, error } = counter.distinct;
      expect(error === 0).toBe(many <= 256);
      expect(Math.abs(count - many)).toBeLessThanOrEqual(5 * error * many);
      expect(error).toBeLessThan(0.13);
    }),
    { seed: 3, numRuns: 60 },
  );
});

test("what takes the time is told", () => {
  const machine = machineOf(`spec s
    type N = 0..9
    var a: N = 0
    var b: set of N = {}
    action cheap() { a := (a + 1) % 10 }
    action dear() when (forall i in N, j in N, k in N: i + j + k >= a - 9) { b := b union {a} }`);
  const search = finish(explore(packedSystem(machine), { ...DEFAULT_SEARCH, maxStates: 500 }));
  const profile = finish(
    profileOf(machine, layout(machine), search, {
      interrupted: () => false,
      now: () => performance.now(),
      mostCounted: 500,
      partOf: (part) => packedPart(machine, part),
    }),
  );
  const times = new Map(profile?.parts.map(({ name, time }) => [name, time]));
  expect(sum([...times.values()])).toBeCloseTo(1);
  expect(times.get("dear")).toBeGreaterThan(0.6);
});

test("Ctrl-C ends a profile", () => {
  const machine = machineOf("spec s\nvar a: 0..9 = 0\naction go() when a < 9 { a += 1 }");
  const search = finish(explore(packedSystem(machine), DEFAULT_SEARCH));
  const pass = profileOf(machine, layout(machine), search, {
    interrupted: () => true,
    now: () => 0,
    mostCounted: 100,
    partOf: (part) => packedPart(machine, part),
  });
  expect(finish(pass)).toBeNull();
});
