// What is frozen, what counts as drift, and what a damaged file is told.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkSearch } from "../../src/checker/check.ts";
import { finish } from "../../src/checker/explore.ts";
import { stateSetHash } from "../../src/checker/state-hash.ts";
import { frozenFile, frozenTexts, readFrozen, writeFrozen } from "../../src/diff/frozen/file.ts";
import {
  type Drift,
  driftOf,
  type FrozenVector,
  frozenVector,
} from "../../src/diff/frozen/frozen.ts";
import { packedSystem } from "../../src/pipeline.ts";
import { type Schema, violations } from "../support/json-schema.ts";
import { machineOf } from "../support/spec.ts";

/** A queue of tickets: who holds the lock serves, a watcher looks on. */
const spec = `spec tickets
type Cpu = 1..3
param TOP: 1..4 = 2
enum Mood { calm, busy }
var served: 0..4 = 0
var mood: Mood = calm
spinlock l
cost waits

fn serve(c: Cpu) {
  var seen: 0..4 = 0                      /// nothing yet
  acquire l
  seen := served
  if served < TOP {                       /// room?
    served := seen + 1
    cost waits += 1
  }
  assert served <= TOP
  release l
}
process cpu[c: Cpu] { serve(c) }
process watcher { await served >= 1; mood := busy }
invariant within: served <= TOP
cover full: served == TOP
`;

function frozen(text: string): FrozenVector {
  const machine = machineOf(text);
  const { search, exploration } = finish(checkSearch(machine, packedSystem(machine)));
  expect(exploration.complete).toBe(true);
  const { arena: words, count } = search.table;
  return frozenVector(new Map(), machine, exploration, stateSetHash(machine, { words, count }));
}

const original = frozen(spec);

function changed(change: (text: string) => string): readonly Drift[] {
  const text = change(spec);
  expect(text).not.toBe(spec);
  return driftOf(original, frozen(text));
}

test("the same spec does not drift", () => {
  expect(driftOf(original, frozen(spec))).toEqual([]);
});

test.each<readonly [string, (text: string) => string]>([
  ["comments", (text) => text.replace(/\/\/\/ .*/g, "// other words")],
  ["layout", (text) => text.replaceAll("\n  ", "\n\n      ")],
  ["names of locals", (text) => text.replaceAll("seen", "tickets_seen").replaceAll(/\bc\b/g, "me")],
  ["labels", (text) => text.replace("  acquire l", "locking:\n  acquire l")],
  [
    "an observable label",
    (text) => `${text.replace("  seen :=", "reading:\n  seen :=")}expect serve.reading reachable\n`,
  ],
  [
    "the order of declarations",
    (text) => {
      const [head = "", ...parts] = text.split(
        /\n(?=type|param|enum|var|spinlock|cost w|fn|\nfn|process|invariant|cover)/,
      );
      return [head, ...parts.reverse(), ""].join("\n");
    },
  ],
  [
    "a guard that says the same otherwise",
    (text) => text.replace("served < TOP", "!(served >= TOP)"),
  ],
  ["what is expected", (text) => `${text}expect within holds\n`],
  [
    "a function of its own",
    (text) =>
      text
        .replace("  seen := served\n  if", "  seen := look()\n  if")
        .replace("fn serve", "fn look(): 0..4 { return served }\nfn serve"),
  ],
])("%s are no drift", (_, change) => {
  expect(changed(change)).toEqual([]);
});

test("a guard that lets too many in flips verdicts, and these are told first", () => {
  const drifts = changed((text) => text.replace("if served < TOP", "if served < 4"));
  expect(drifts.slice(0, 1)).toEqual([
    { kind: "verdict", name: "within", before: "holds", after: "violated" },
  ]);
  const kinds = drifts.map(({ kind }) => kind);
  expect(kinds).toEqual(kinds.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
});

const order = ["verdict", "findings", "count", "cost", "hash"];

test("a step that does something else is seen by the hash alone", () => {
  // The same number of states, steps and levels: only what the watcher writes is another.
  const drifts = changed((text) =>
    text.replace("calm, busy", "calm, busy, asleep").replace("mood := busy", "mood := asleep"),
  );
  expect(drifts.map(({ kind }) => kind)).toEqual(["hash"]);
});

test("properties and costs that come or go are drift", () => {
  const more = changed((text) => `${text}invariant calm_first: served == 0 => mood == calm\n`);
  expect(more).toEqual([{ kind: "verdict", name: "calm_first", before: null, after: "holds" }]);
  const less = changed((text) => text.replace(/cover full.*\n/, ""));
  expect(less).toEqual([{ kind: "verdict", name: "full", before: "reachable", after: null }]);
  const free = changed((text) => text.replaceAll(/cost waits.*\n/g, ""));
  expect(free).toEqual([
    { kind: "cost", name: "waits", before: { name: "waits", least: 2, greatest: 2 }, after: null },
  ]);
  const dear = changed((text) => text.replace("waits += 1", "waits += 3"));
  expect(dear).toEqual([
    {
      kind: "cost",
      name: "waits",
      before: { name: "waits", least: 2, greatest: 2 },
      after: { name: "waits", least: 6, greatest: 6 },
    },
  ]);
});

test("one more fault is drift, though the check failed before", () => {
  const one = spec.replace("mood := busy", "served := served + 4");
  const two = one.replace("served := served + 4", "either { served := 2 * served + 3 } or { $& }");
  const drifts = driftOf(frozen(one), frozen(two));
  expect(drifts.find(({ kind }) => kind === "findings")).toEqual({
    kind: "findings",
    name: "range",
    before: ["range"],
    after: ["range", "range"],
  });
});

test("an assert without a name keeps its own", () => {
  expect(original.verdicts.map(({ name }) => name)).toContain("assert 1 of serve");
});

// ---------------------------------------------------------------- the file

const sources = [
  { path: "dir/b.weft", text: spec },
  { path: "dir/a.weft", text: 'use "b.weft"\r\n' },
];
const file = frozenFile("tickets", "1.2.3", [original], sources, (path) => path.slice(4));
const schema = JSON.parse(readFileSync("docs/frozen.schema.json", "utf8")) as Schema;

test("a file comes back as it was written, text and all, and fits its schema", () => {
  const text = writeFrozen(file);
  expect(readFrozen(text)).toEqual({ file });
  expect([...frozenTexts(file)]).toEqual([
    ["b.weft", spec],
    ["a.weft", 'use "b.weft"\r\n'],
  ]);
  expect(violations(JSON.parse(text), schema)).toEqual([]);
});

type Loose = { [key: string]: unknown };

function damaged(damage: (value: Loose, vector: Loose) => unknown): unknown {
  const value = JSON.parse(writeFrozen(file)) as Loose;
  damage(value, (value["vectors"] as Loose[])[0] as Loose);
  const read = readFrozen(JSON.stringify(value));
  return "problem" in read ? read.problem : read;
}

test.each<readonly [string, string, Parameters<typeof damaged>[0]]>([
  [
    "no vectors",
    "`vectors` is missing or is not what it should be",
    (value) => {
      value["vectors"] = [];
    },
  ],
  [
    "no files",
    "`files` is missing or is not what it should be",
    (value) => {
      delete value["files"];
    },
  ],
  [
    "a count that is a word",
    "`vectors[0].states` is missing or is not what it should be",
    (_, vector) => {
      vector["states"] = "many";
    },
  ],
  [
    "a hash of another form",
    "`vectors[0].hash` is missing or is not what it should be",
    (_, vector) => {
      vector["hash"] = "0x12";
    },
  ],
  [
    "an outcome of no kind",
    "`vectors[0].verdicts[0].outcome` is missing or is not what it should be",
    (_, vector) => {
      vector["verdicts"] = [{ kind: "invariant", name: "i", outcome: "unknown", findings: [] }];
    },
  ],
  [
    "a setting that is no text",
    "`vectors[0].settings.TOP` is missing or is not what it should be",
    (_, vector) => {
      vector["settings"] = { TOP: 2 };
    },
  ],
  [
    "a later format",
    "its format is `weft-lock/2`, where `weft-lock/1` is expected",
    (value) => {
      value["format"] = "weft-lock/2";
    },
  ],
  [
    "a file of another tool",
    "it has no format, where `weft-lock/1` is expected",
    (value) => {
      delete value["format"];
    },
  ],
])("%s is told", (_, told, damage) => {
  expect(damaged(damage)).toBe(told);
});

test.each([
  "",
  "{",
  "null",
  "[]",
  "7",
  '"weft-lock/1"',
  '{"format":"weft-lock/1"}',
  "<<<<<<< HEAD\n{}",
])("%j is refused with a reason", (text) => {
  expect(readFrozen(text)).toEqual({ problem: expect.stringMatching(/./) });
});

test("no part of a file can be taken out unnoticed", () => {
  for (const key of Object.keys(file)) {
    expect(damaged((value) => delete value[key])).toMatch(/is missing|has no format/);
  }
  for (const key of Object.keys(original)) {
    expect(damaged((_, vector) => delete vector[key])).toBe(
      `\`vectors[0].${key}\` is missing or is not what it should be`,
    );
  }
});
