// The comparison of engines itself: it sees every lie, keeps apart what failed, and finds a small spec that shows it.

import { expect, test } from "vitest";
import type { Engine, EngineResult } from "../../src/engines/engine.ts";
import { allOps } from "../../src/machine/code.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { type RandomSpec, randomSpec } from "../support/random-spec.ts";
import { compareEngines, type EngineComparison, PLAIN_COMPARISON } from "./differential.ts";
import { fakeEngine } from "./differential-fake.ts";
import { smallest } from "./differential-shrink.ts";

const SMALL = `spec small
var x: 0..3 = 0
process p {
  x := 1
  x := 2
  assert mine: x == 2
}
process q {
  x := 3
}
invariant below: x < 3
step once: x' >= x
cover two: x == 2
`;

function specOf(text: string): RandomSpec {
  return { seed: 0, path: "spec.weft", files: new Map([["spec.weft", text]]) };
}

async function told(engine: Engine, text = SMALL): Promise<EngineComparison> {
  const comparison = await compareEngines(specOf(text), [engine]);
  if (comparison.kind !== "compared") throw new Error(JSON.stringify(comparison));
  const [interpreter, other] = comparison.engines;
  expect(interpreter).toMatchObject({ engine: "interpreter", outcome: "agrees" });
  return other as EngineComparison;
}

const flipped = { holds: "violated", violated: "holds", reachable: "unreachable" } as const;

function lyingAbout(kind: string): Engine {
  return fakeEngine((truth) => ({
    ...truth,
    verdicts: truth.verdicts.map((verdict) => ({
      ...verdict,
      outcome:
        verdict.kind === kind
          ? (flipped[verdict.outcome as keyof typeof flipped] ?? "reachable")
          : verdict.outcome,
    })),
  }));
}

test("an engine that tells the truth agrees, on any spec", async () => {
  for (let seed = 0; seed < 8; seed += 1) {
    const comparison = await compareEngines(randomSpec(seed), [fakeEngine()]);
    const outcomes = comparison.kind === "compared" ? comparison.engines : [];
    expect(outcomes.filter(({ outcome }) => outcome !== "agrees")).toEqual([]);
  }
});

test.for([
  ["states", (truth: EngineResult) => ({ ...truth, states: 1 })],
  ["transitions", (truth: EngineResult) => ({ ...truth, transitions: 99 })],
  ["depth", (truth: EngineResult) => ({ ...truth, depth: 0 })],
] as const)("a lie about %s is seen", async ([figure, lie]) => {
  expect(await told(fakeEngine(lie))).toMatchObject({
    outcome: "differs",
    signature: `${figure}: ${figure === "transitions" ? "too many" : "too few"}`,
  });
});

test.for([
  ["invariant", "holds instead of violated"],
  ["step", "holds instead of violated"],
  ["cover", "unreachable instead of reachable"],
  ["assert", "holds instead of violated"],
  ["deadlock", "violated instead of holds"],
  ["range", "violated instead of holds"],
  ["lock_use", "violated instead of holds"],
])("a lie about the verdict on a kind is seen: %s", async ([kind = "", signature]) => {
  expect(await told(lyingAbout(kind))).toMatchObject({
    outcome: "differs",
    signature: `${kind}: ${signature}`,
  });
});

test("a verdict that is left out is a difference", async () => {
  const silent = fakeEngine((truth) => ({ ...truth, verdicts: truth.verdicts.slice(1) }));
  expect((await told(silent)).signature).toBe("invariant: nothing instead of violated");
});

test("figures that an engine does not give are not compared, but states must be given", async () => {
  const modest = fakeEngine((truth) => ({ ...truth, transitions: null, depth: null }));
  expect((await told(modest)).outcome).toBe("agrees");
  const mute = fakeEngine((truth) => ({ ...truth, states: null }));
  expect((await told(mute)).outcome).toBe("failed");
  const cut = fakeEngine((truth) => ({ ...truth, complete: false }));
  expect((await told(cut)).outcome).toBe("failed");
});

test("transitions are not compared where steps fault", async () => {
  const other = fakeEngine((truth) => ({ ...truth, transitions: 99 }));
  const faulting = "spec s\nvar x: 0..1 = 0\nprocess p {\n  x := 1\n  x := x + x\n}\n";
  expect((await told(other, faulting)).outcome).toBe("agrees");
});

test("what throws or refuses is no agreement", async () => {
  const broken: Engine = {
    ...fakeEngine(),
    check: () => Promise.reject(new Error("line 12 of '/tmp/x.pml'")),
  };
  expect(await told(broken)).toMatchObject({ outcome: "failed" });
  const refusing: Engine = {
    ...fakeEngine(),
    check: async () => ({
      kind: "failure",
      failure: { kind: "refused", message: "no loops", hint: null },
    }),
  };
  expect(await told(refusing)).toMatchObject({
    outcome: "refused",
    signature: "refused: no loops",
  });
});

test("a spec that does not compile and one that is too large are not compared", async () => {
  expect((await compareEngines(specOf("spec s\nvar x: 0..1 = 2\n"), [])).kind).toBe("invalid");
  const counting = "spec s\nvar x: 0..4000 = 0\naction up when x < 4000 {\n  x += 1\n}\n";
  expect((await compareEngines(specOf(counting), [])).kind).toBe("cut");
});

test("a small spec is found that shows the same difference", { timeout: 60_000 }, async () => {
  // Loses a state of every spec whose code has an `either`.
  const losing = fakeEngine((truth, machine) =>
    hasChoice(machine) ? { ...truth, states: (truth.states ?? 0) - 1 } : truth,
  );
  const spec = await firstDifferent(losing);
  const small = await smallest(spec, losing, "states: too few", PLAIN_COMPARISON, 20);
  const [text = ""] = small === null ? [] : [...small.spec.files.values()];
  expect(small?.spec.files.size).toBe(1);
  expect(text).toContain("either");
  expect(text.split("\n").length).toBeLessThan(16);
  expect(await smallest(spec, fakeEngine(), "states: too few", PLAIN_COMPARISON, 5)).toBeNull();
});

function hasChoice({ processes, actions }: Machine): boolean {
  const codes = processes.flatMap(({ locations }) => locations.map(({ code }) => code));
  return [...codes, ...actions.map(({ code }) => code)].some((code) =>
    [...allOps(code)].some(({ kind }) => kind === "either"),
  );
}

async function firstDifferent(engine: Engine): Promise<RandomSpec> {
  for (let seed = 0; seed < 50; seed += 1) {
    const spec = randomSpec(seed);
    const comparison = await compareEngines(spec, [engine]);
    if (comparison.kind !== "compared") continue;
    if (comparison.engines.some(({ outcome }) => outcome === "differs")) return spec;
  }
  throw new Error("no random spec has an `either`");
}
