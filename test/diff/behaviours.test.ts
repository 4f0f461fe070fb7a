// What is compared of two versions, and what their differences look like, on small pairs written for the purpose.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkSearch } from "../../src/checker/check.ts";
import { finish } from "../../src/checker/explore.ts";
import { interpretedSystem } from "../../src/checker/interpreted-system.ts";
import {
  type Behaviours,
  compareBehaviours,
  type Inclusion,
  type ObservedValue,
} from "../../src/diff/behaviours/behaviours.ts";
import { observableNames } from "../../src/diff/behaviours/observation.ts";
import type { DifferenceOptions } from "../../src/diff/options.ts";
import type { Version } from "../../src/diff/version.ts";
import { compile, versionOf } from "../../src/pipeline.ts";
import { machineOf } from "../support/spec.ts";
import { errorsOf, specOf } from "../support/typechecked.ts";
import { UNLIMITED } from "./unlimited.ts";

function compared(
  before: string,
  after: string,
  options: Partial<DifferenceOptions> = {},
): Behaviours {
  const [old, fresh] = [before, after].map((text) => versionOf(machineOf(specOf(text)))) as [
    ReturnType<typeof versionOf>,
    ReturnType<typeof versionOf>,
  ];
  return finish(compareBehaviours(old, fresh, { ...UNLIMITED, ...options }));
}

/** An inclusion in short: its kind; of a difference the steps, how it ends or what it comes to, and what happens instead. */
function told(inclusion: Inclusion): unknown {
  if (inclusion.kind !== "differs") return inclusion.kind;
  const { trace, ending, instead } = inclusion;
  return {
    movers: trace.steps.map(({ name }) => name).join(" "),
    ...(ending === null ? {} : { ending }),
    instead: [...instead.values.map(shown), ...instead.endings],
  };
}

function shown(values: readonly ObservedValue[]): string {
  return values.map(({ name, value }) => `${name}=${JSON.stringify(value)}`).join(" ");
}

function expectSame({ states, beforeInAfter, afterInBefore }: Behaviours): void {
  expect([states.removed, states.added]).toEqual([0, 0]);
  expect([states.examples.removed, states.examples.added]).toEqual([null, null]);
  expect([beforeInAfter.kind, afterInBefore.kind]).toEqual(["included", "included"]);
}

const XY = "\nvar x: 0..3 = 0\nvar y: 0..3 = 0";

// ---------------------------------------------------------------- no difference

test("private steps in another order show nothing", () => {
  const work = (first: string, second: string): string => `${XY}
process p { var a: 0..3 = 0; var b: 0..3 = 0; ${first}; ${second}; x := a + b }
process q { await x == 3; y := 1 }`;
  expectSame(compared(work("a := 1; skip", "b := 2"), work("b := 2; skip; skip", "a := 1")));
});

test("steps that are not observed may come in any order, however often", () => {
  const before = `${XY}\nspinlock l\nobserve y\nprocess p { acquire l; x := 1; x := 2; release l; y := 1 }`;
  const after = `${XY}\nspinlock l\nobserve y\nprocess p { x := 2; loop { x := 1; if x == 1 { break } }; y := 1 }`;
  expectSame(compared(before, after));
  const { beforeInAfter, afterInBefore } = compared(before, after, { observe: ["x", "y"] });
  expect([beforeInAfter.kind, afterInBefore.kind]).toEqual(["differs", "differs"]);
});

test("whether a run may go on silently for ever is not compared", () => {
  const ends = `${XY}\nprocess p { x := 1; either { x := 2 } or { await false } }`;
  const spins = `${XY}\nprocess p { x := 1; either { x := 2 } or { loop { skip } } }`;
  const { beforeInAfter, afterInBefore } = compared(ends, spins);
  expect(told(beforeInAfter)).toBe("included");
  expect(told(afterInBefore)).toBe("included");
});

test("values of types that are written otherwise are the same values", () => {
  const before = `
enum Colour { red, green, blue }
type Pair = { a: 0..1, b: bool }
var all: set of Colour = {red, blue}
var one: Pair = { a: 1, b: true }
process p { all := {green, blue}; one := { a: 0, b: true } }`;
  const after = `
enum Colour { blue, green, red, grey }
type Pair = { b: bool, a: 0..7 }
var one: Pair = { b: true, a: 1 }
var all: set of Colour = {blue, red}
process p { all := {blue, green}; one := { b: true, a: 0 } }`;
  const found = compared(before, after);
  expectSame(found);
  expect(found.states.kept).toBe(3);
});

const specs = "specs";

function specNames(): readonly string[] {
  const all = readdirSync(specs, { recursive: true, encoding: "utf8" });
  return all.filter((path) => path.endsWith(".weft")).sort();
}

test.each([
  ["set", "seq", "set of (0..3) = {1, 3}", "seq of (0..3) upto 2 = [1, 3]"],
  ["no elements", "none", "set of (0..3) = {}", "seq of (0..3) upto 2 = []"],
  [
    "record",
    "array",
    "{ a: 0..3, b: 0..3 } = { a: 1, b: 2 }",
    "(0..3)[Key] = [k in Key: if k == a then 1 else 2]",
  ],
  ["bool", "range", "bool = false", "0..1 = 0"],
])("a %s is no %s, though their values look alike", (_one, _other, before, after) => {
  const spec = (type: string): string => `\nenum Key { a, b }\nvar x: ${type}\nprocess p { skip }`;
  const { states } = compared(spec(before), spec(after));
  expect(states).toMatchObject({ kept: 0, removed: 1, added: 1 });
});

test.each(specNames())("%s and itself", (path) => {
  const { machine } = compile(`${specs}/${path}`, (file) => readFileSync(file, "utf8"));
  if (machine === null) throw new Error(`${path} is refused`);
  const version = versionOf(machine);
  const found = finish(compareBehaviours(version, version, UNLIMITED));
  expectSame(found);
  expect(found.states.kept).toBeGreaterThan(0);
});

// ---------------------------------------------------------------- differences

test("only the end of a deadlock tells two versions apart", () => {
  const taken = (first: string, second: string): string => `${XY}
spinlock l
spinlock m
process p { acquire l; acquire m; release m; release l }
process q { acquire ${first}; acquire ${second}; release ${second}; release ${first} }`;
  const found = compared(taken("m", "l"), taken("l", "m"));
  expect(found.states).toMatchObject({ kept: 1, removed: 0, added: 0 });
  expect(told(found.afterInBefore)).toBe("included");
  expect(told(found.beforeInAfter)).toEqual({
    movers: "p q",
    ending: { kind: "blocked", processes: ["p", "q"] },
    instead: [{ kind: "ended" }],
  });
});

test("only a run that is over too soon tells two versions apart", () => {
  const whole = `${XY}\nprocess p { x := 1; x := 2; x := 3 }`;
  const short = `${XY}\nprocess p { x := 1; either { x := 2; x := 3 } or { skip } }`;
  const found = compared(whole, short);
  expect(found.states).toMatchObject({ kept: 4, removed: 0, added: 0 });
  expect(told(found.beforeInAfter)).toBe("included");
  expect(told(found.afterInBefore)).toEqual({
    movers: "p p",
    ending: { kind: "ended" },
    instead: ["x=2 y=0"],
  });
});

test("an end is found before a longer difference that is met first", () => {
  const before = `${XY}\nprocess p { either { skip; x := 1 } or { skip } }`;
  const after = `${XY}\nprocess p { skip; skip; y := 1 }`;
  expect(told(compared(before, after).beforeInAfter)).toEqual({
    movers: "p",
    ending: { kind: "ended" },
    instead: ["x=0 y=1"],
  });
});

test("a fault is an end of its own kind, of its own process", () => {
  const before = `${XY}\nvar s: seq of (0..1) upto 1 = []\nobserve x\nprocess p { x := 1; s := append(s, 0); s := append(s, 1) }`;
  const after = `${XY}\nvar s: seq of (0..1) upto 1 = []\nobserve x\nprocess p { x := 1; x := 2 * 1 + x }`;
  const found = compared(before, after.replace("2 * 1 + x", "3 + x"));
  expect(told(found.beforeInAfter)).toEqual({
    movers: "p p p",
    ending: { kind: "fault", fault: "sequence-full", process: "p" },
    instead: [{ kind: "fault", fault: "range", process: "p" }],
  });
  expect(told(compared(before, before.replace("process p", "process q")).afterInBefore)).toEqual({
    movers: "q q q",
    ending: { kind: "fault", fault: "sequence-full", process: "q" },
    instead: [{ kind: "fault", fault: "sequence-full", process: "p" }],
  });
});

test("a fault before the first step is a behaviour without values", () => {
  const begins = (choices: string): string => `
var k: 0..3 in ${choices}
var x: 0..3 = 6 / k
process p { x := 0 }`;
  const found = compared(begins("{2, 3}"), begins("{0, 2, 3}"));
  expect(told(found.beforeInAfter)).toBe("included");
  expect(told(found.afterInBefore)).toEqual({
    movers: "",
    ending: { kind: "fault", fault: "division", process: "init" },
    instead: ["k=2 x=3", "k=3 x=2"],
  });
});

test("the shortest way to a difference, in steps that count even where nothing is seen", () => {
  const before = `${XY}\nprocess p { either { skip; skip; x := 1 } or { skip; x := 2 } }`;
  expect(told(compared(before, `${XY}\nprocess p { skip }`).beforeInAfter)).toEqual({
    movers: "p p",
    instead: [{ kind: "ended" }],
  });
});

test("the same values by two ways, of which the other version can go on from one only", () => {
  const ends = "either { y := 1 } or { y := 2 }";
  const before = `${XY}\nprocess p { either { x := 1; x := 0 } or { x := 2; x := 0 }; ${ends} }`;
  const after = `${XY}
process p {
  var way: 0..2 = 0
  either { way := 1; skip } or { way := 2; skip }
  if way == 1 { either { x := 1; x := 0 } or { x := 2; x := 0 } } else { x := 1; x := 0 }
  y := way
}`;
  const found = compared(before, after);
  expect(told(found.afterInBefore)).toBe("included");
  expect(told(found.beforeInAfter)).toEqual({ movers: "p p p", instead: ["x=0 y=1"] });
});

test("what lies behind a loop", () => {
  const around = (last: number): string => `${XY}
process p { loop { x := 1; x := 0; either { skip } or { skip; break } }; y := ${last} }`;
  const found = compared(around(1), around(2));
  expect(told(found.beforeInAfter)).toEqual({ movers: "p p p p", instead: ["x=0 y=2", "x=1 y=0"] });
  expectSame(compared(around(1), around(1)));
});

test("instead of a step, the likest ones first, five at most", () => {
  const to = (...values: readonly number[]): string => `
var x: 0..9 = 0
var y: 0..9 = 1
process p { either { atomic { x := 1; y := 5 } } ${values.map((value) => `or { x := ${value} }`).join(" ")} }`;
  const found = compared(to(9), to(2, 3, 4, 5, 6, 7));
  expect(told(found.beforeInAfter)).toEqual({
    movers: "p",
    instead: [2, 3, 4, 5, 6].map((value) => `x=${value} y=1`),
  });
  expect(found.beforeInAfter).toMatchObject({ instead: { omitted: 2 } });
  expect(found.afterInBefore).toMatchObject({ instead: { omitted: 0 } });
});

// ---------------------------------------------------------------- what is observed

const observing = `
var x: 0..1 = 0
var mine: 0..1 = 0
ghost var g: 0..1 = 0
spinlock l
cost c
process p { acquire l; cost c += 1; release l; x := 1; ghost g := 1 }`;

test("by default, the variables of both that are no ghosts", () => {
  const { observed, onlyBefore, onlyAfter } = compared(
    observing,
    observing.replace("mine", "other"),
  );
  expect({ observed, onlyBefore, onlyAfter }).toEqual({
    observed: ["x"],
    onlyBefore: ["mine"],
    onlyAfter: ["other"],
  });
});

test("what either spec observes, as far as both have it; what is asked for goes first", () => {
  const before = `${observing}\nobserve l, mine`;
  const after = `${observing.replace("mine", "other")}\nobserve c, other`;
  expect(compared(before, after)).toMatchObject({
    observed: ["l", "c"],
    onlyBefore: ["mine"],
    onlyAfter: ["other"],
  });
  expect(compared(before, after, { observe: ["g", "nobody", "x", "g"] })).toMatchObject({
    observed: ["g", "x"],
    onlyBefore: [],
    onlyAfter: [],
  });
  expect(observableNames(machineOf(specOf(observing)))).toEqual(["x", "mine", "g", "l", "c"]);
});

test("a name that stands for a variable here and for a cost there is compared in neither", () => {
  const after = observing.replace("cost c\n", "var c: 0..1 = 0\n").replace("cost c += 1", "c := 1");
  expect(compared(observing, after, { observe: ["x", "c"] })).toMatchObject({
    observed: ["x"],
    onlyBefore: ["c"],
    onlyAfter: ["c"],
  });
});

test("locks and costs are seen only if they are listed", () => {
  const free = observing.replace("acquire l; cost c += 1; release l; ", "");
  expectSame(compared(observing, free));
  expect(told(compared(observing, free, { observe: ["x", "l"] }).beforeInAfter)).toEqual({
    movers: "p",
    instead: ["x=1 l=null"],
  });
  const twice = observing.replace("c += 1", "c += 2");
  expectSame(compared(observing, twice));
  const found = compared(observing, twice, { observe: ["x", "c"] });
  expect(found.states).toMatchObject({ kept: 2, removed: 0, added: 0 });
  expect(told(found.afterInBefore)).toEqual({ movers: "p", instead: ["x=0 c=1"] });
});

test("a spec may observe costs, but no constants", () => {
  expect(errorsOf(specOf(`${observing}\nobserve c`))).toEqual([]);
  expect(errorsOf(specOf(`${observing}\nconst N: 0..1 = 1\nobserve N`))).toEqual([
    "9:9 not-observable: `N` is a const, and only variables, locks and costs are observed",
  ]);
  expect(errorsOf(specOf(`${observing}\nobserve d`))).toEqual([
    "8:9 unknown-name: `d` is not declared",
  ]);
});

test("with nothing observed, beginnings and ends are left", () => {
  const { observed, states, afterInBefore } = compared(
    "\nvar x: 0..1 = 0\nprocess p { x := 1 }",
    "\nvar y: 0..1 = 0\nprocess p { await y == 1 }",
  );
  expect(observed).toEqual([]);
  expect(states).toMatchObject({ kept: 1, removed: 0, added: 0 });
  expect(told(afterInBefore)).toEqual({
    movers: "",
    ending: { kind: "blocked", processes: ["p"] },
    instead: [{ kind: "ended" }],
  });
});

// ---------------------------------------------------------------- states

test("states kept, removed and added, each with a shortest way", () => {
  const counting = (last: number): string => `
var n: 0..9 = 0
process p { n := 1; n := 2; n := ${last} }`;
  const { states } = compared(counting(7), counting(8));
  expect(states).toMatchObject({ kept: 3, removed: 1, added: 1 });
  const { kept, removed, added } = states.examples;
  const example = [kept, removed, added].map((one) => [
    shown(one?.values ?? []),
    one?.trace.steps.length,
  ]);
  expect(example).toEqual([
    ["n=2", 2],
    ["n=7", 3],
    ["n=8", 3],
  ]);
});

// ---------------------------------------------------------------- limits

const counters = (last: number): string => `
var x[1..3]: 0..6 = 0
process p[i: 1..3] { while x[i] < 5 { x[i] += 1 }; if i == 1 { x[i] := ${last} } }`;

test("a comparison that is stopped says nothing of inclusion", () => {
  let now = 0;
  const slow = {
    now: () => {
      now += 1000;
      return now;
    },
  };
  const stopped = [
    ["time-limit", compared(counters(0), counters(6), { ...slow, timeLimitSeconds: 1 })],
    ["interrupted", compared(counters(0), counters(6), { ...slow, interrupted: () => true })],
    ["memory", compared(counters(0), counters(6), { memoryBytes: 1 })],
  ] as const;
  for (const [stoppedBy, { states, beforeInAfter, afterInBefore }] of stopped) {
    expect(states).toMatchObject({ kept: 216, removed: 0, added: 36 });
    expect(beforeInAfter).toEqual({ kind: "unknown", stoppedBy });
    expect(afterInBefore).toEqual({ kind: "unknown", stoppedBy });
  }
});

test("the interpreter's states are observed as the packed ones are", () => {
  const texts = [`x := 1; y := 2`, `x := 2; y := 2; x := 1`].map(
    (body) => `${XY}\nprocess p { ${body} }\nprocess q { await y == 2; x := 3 }`,
  );
  const [old, fresh] = texts.map((text) => {
    const machine = machineOf(specOf(text));
    const packed = versionOf(machine);
    const slow = finish(checkSearch(machine, interpretedSystem(machine)));
    return { packed, interpreted: { ...packed, ...slow } };
  }) as [Record<"packed" | "interpreted", Version>, Record<"packed" | "interpreted", Version>];
  const packed = finish(compareBehaviours(old.packed, fresh.packed, UNLIMITED));
  expect([packed.states.kept, packed.states.added]).not.toContain(0);
  expect(finish(compareBehaviours(old.interpreted, fresh.interpreted, UNLIMITED))).toEqual(packed);
});
