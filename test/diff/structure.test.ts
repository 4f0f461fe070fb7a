// What a patch changes in the text: steps by function, declarations, and what became reachable or dead.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderDiagnostic } from "../../src/diagnostics/frame.ts";
import { matchLines } from "../../src/diff/matching/matching.ts";
import {
  type DeclarationChange,
  type ReachChange,
  type StepChange,
  type Structure,
  structureOf,
} from "../../src/diff/structure/structure.ts";
import type { Version } from "../../src/diff/version.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compile, type Settings, versionOf } from "../../src/pipeline.ts";
import { machineOf } from "../support/spec.ts";
import { specOf } from "../support/typechecked.ts";

const root = new URL("../../", import.meta.url);

function specMachine(name: string, settings: Settings = new Map()): Machine {
  const path = `specs/thp-unmap/${name}.weft`;
  const read = (wanted: string): string => readFileSync(new URL(wanted, root), "utf8");
  const { machine, diagnostics } = compile(path, read, settings);
  if (machine === null) expect.fail(diagnostics.map((found) => renderDiagnostic(found)).join("\n"));
  return machine;
}

function explored(machine: Machine): Version {
  return versionOf(machine, machine.name, { refine: "none" });
}

function structure(before: Machine, after: Machine): Structure {
  return structureOf(explored(before), explored(after), matchLines(before, after));
}

function ofTexts(before: string, after: string): Structure {
  return structure(machineOf(before), machineOf(after));
}

/** `+ acquire l`, `- release l`, `~ x := 1 -> x := 2` */
function stepWords({ change, before, after }: StepChange): string {
  if (change === "added") return `+ ${after?.code}`;
  if (change === "removed") return `- ${before?.code}`;
  return `~ ${before?.code} -> ${after?.code}`;
}

function ownerWords({ owners }: Structure): readonly unknown[] {
  return owners.map(({ kind, name, change, steps }) => [
    `${change} ${kind} ${name}`,
    ...steps.map(stepWords),
  ]);
}

function declarationWords({ change, before, after }: DeclarationChange): string {
  return `${change}: ${before} -> ${after}`;
}

function reachWords({ kind, name, owner, became }: ReachChange): string {
  return `${kind} ${name} in ${owner}: ${became}`;
}

// ---------------------------------------------------------------- the kernel's patches

test("the fix adds two steps, sets a const, and leaves the peek dead", () => {
  const found = structure(specMachine("pre-patch"), specMachine("post-patch"));
  expect(ownerWords(found)).toEqual([
    [
      "changed fn page_vma_mapped_walk",
      "+ if TTU_SYNC",
      "+ acquire pmd_ptl[m]",
      "+ cost idle_locks += if maps(m) then 0 else 1",
      "+ release pmd_ptl[m]",
    ],
  ]);
  expect(found.declarations.map(declarationWords)).toEqual([
    "changed: const TTU_SYNC: bool = false -> const TTU_SYNC: bool = true",
  ]);
  // The value stands in the patch's file, the declaration in the base's.
  expect(found.declarations[0]?.span?.source.path).toBe("specs/thp-unmap/post-patch.weft");
  expect(found.reach.map(reachWords)).toEqual([
    "label page_vma_mapped_walk.peeked in page_vma_mapped_walk: dead",
    "label page_vma_mapped_walk.late_lock in page_vma_mapped_walk: dead",
    "branch `if !TTU_SYNC` in map_pte: dead",
  ]);
});

test("taking the fix away is the same the other way round", () => {
  const found = structure(specMachine("post-patch"), specMachine("pre-patch"));
  expect(found.owners[0]?.steps.map(({ change }) => change)).toEqual(Array(4).fill("removed"));
  expect(found.declarations.map(({ change }) => change)).toEqual(["changed"]);
  expect(found.reach.map(({ became }) => became)).toEqual(Array(3).fill("reachable"));
});

test("functions that a patch removes are told last, with their steps", () => {
  const found = structure(specMachine("post-patch"), specMachine("no-upfront-split"));
  expect(ownerWords(found)).toEqual([
    [
      "changed fn try_to_unmap_one",
      "- split_huge_pmd_address(m)",
      "+ if !pvmw.mapped",
      "+ __split_huge_pmd_locked(m)",
      "+ release pmd_ptl[m]",
      "+ continue",
    ],
    [
      "removed fn __split_huge_pmd",
      "- acquire pmd_ptl[m]",
      "- cost idle_locks += if maps(m) then 0 else 1",
      "- if pmd[m] == huge",
      "- __split_huge_pmd_locked(m)",
      "- release pmd_ptl[m]",
    ],
    ["removed fn split_huge_pmd_address", "- __split_huge_pmd(m)"],
  ]);
  expect(found.declarations).toEqual([]);
  expect(found.reach.map(reachWords)).toEqual([
    "label page_vma_mapped_walk.pmd_mapped in page_vma_mapped_walk: reachable",
  ]);
});

test("a version has the same structure as itself", () => {
  for (const name of ["pre-patch", "post-patch", "no-upfront-split"]) {
    const machine = specMachine(name);
    expect(structure(machine, specMachine(name))).toEqual({
      owners: [],
      declarations: [],
      reach: [],
    });
    expect(machine.declared.length).toBeGreaterThan(40);
  }
});

// ---------------------------------------------------------------- declarations

const declared = `spec s
param N: 1..3 = 2
const LIMIT: 0..9 = N + 1
enum Mode { idle, busy }
type Cpu = 1..N
var mode: Mode = idle
var hits[c: Cpu]: 0..3 = if c == 1 then 0 else 1
spinlock lock[Cpu]
rwsem big
cost waits
assume N < 3
init where forall c in Cpu: hits[c] < 2
def total(a: Cpu): 0..9 = (sum c in Cpu: hits[c]) + a
fn bump(c: Cpu): bool {
  hits[c] := 1
  return true
}
process p[c: Cpu] { if bump(c) { mode := busy } }
action reset(c: Cpu) when mode == busy && hits[c] == 1 { mode := idle }
invariant small: forall c in Cpu: total(c) <= LIMIT + 9
step grows: forall c in Cpu: hits[c]' >= 0
cover seen: exists c in Cpu: hits[c] == 1
terminal when mode == idle
observe mode, hits
expect small holds
`;

test("comments, layout and the names of parameters and bound variables make no difference", () => {
  const other = declared
    .replace("spec s", "/// A spec.\nspec t")
    .replace("const LIMIT: 0..9 = N + 1", "const LIMIT : 0..9  =  (N + 1)   /// the most")
    .replace("enum Mode { idle, busy }", "enum Mode {\n  idle, /// nothing to do\n  busy\n}")
    .replace("hits[c: Cpu]: 0..3 = if c == 1", "hits[k: Cpu]: 0..3 = if k == 1")
    .replace(
      "init where forall c in Cpu: hits[c]",
      "// at first\ninit where forall x in Cpu:\n  hits[x]",
    )
    .replace(
      "total(a: Cpu): 0..9 = (sum c in Cpu: hits[c]) + a",
      "total(b: Cpu): 0..9 = (sum d in Cpu: hits[d]) + b",
    )
    .replace("fn bump(c: Cpu): bool {\n  hits[c]", "fn bump(c: Cpu): bool { // a step\n\n  hits[c]")
    .replace(
      "action reset(c: Cpu) when mode == busy && hits[c]",
      "action reset(x: Cpu) when mode == busy && hits[x]",
    )
    .replace("small: forall c in Cpu: total(c)", "small: forall each in Cpu: total(each)")
    .replace("expect small holds", "");
  expect(other).not.toBe(declared);
  expect(ofTexts(declared, other)).toEqual({ owners: [], declarations: [], reach: [] });
});

test.each([
  ["param N: 1..3 = 2", "param N: 1..3 = 1"],
  ["const LIMIT: 0..9 = N + 1", "const LIMIT: 0..9 = N + 2"],
  ["enum Mode { idle, busy }", "enum Mode { idle, busy, gone }"],
  ["type Cpu = 1..N", "type Cpu = 1..N + 0"],
  ["var mode: Mode = idle", "var mode: Mode in {idle, busy}"],
  ["spinlock lock[Cpu]", "mutex lock[Cpu]"],
  ["assume N < 3", "assume N <= 3"],
  ["init where forall c in Cpu: hits[c] < 2", "init where forall c in Cpu: hits[c] < 3"],
  ["fn bump(c: Cpu): bool", "fn bump(ref c: Cpu): bool"],
  ["process p[c: Cpu]", "daemon process p[c: Cpu]"],
  [
    "invariant small: forall c in Cpu: total(c) <= LIMIT + 9",
    "step small: forall c in Cpu: total(c) <= 9",
  ],
  ["cover seen: exists c in Cpu: hits[c] == 1", "cover seen: forall c in Cpu: hits[c] == 1"],
  ["terminal when mode == idle", "terminal when mode == busy"],
  ["observe mode, hits", "observe hits"],
])("a declaration that was changed: %s", (old, fresh) => {
  // A `ref` parameter wants a variable of the caller.
  const caller = fresh.includes("ref")
    ? declared.replace("{ if bump(c)", "{\n  var own: Cpu = c\n  if bump(own)")
    : declared;
  expect(caller).toContain(old);
  const { declarations } = ofTexts(caller, caller.replace(old, fresh));
  expect(declarations.map(declarationWords)).toEqual([`changed: ${old} -> ${fresh}`]);
});

test("declarations come and go by name; those that are gone are told last", () => {
  const { declarations, owners } = ofTexts(
    declared.replace("rwsem big\n", "rwsem big\nghost var old: bool = false\n"),
    declared.replace("cost waits", "cost steps_taken\ninvariant other: true"),
  );
  expect(owners).toEqual([]);
  expect(declarations.map(declarationWords)).toEqual([
    "added: null -> cost steps_taken",
    "added: null -> invariant other: true",
    "removed: ghost var old: bool = false -> null",
    "removed: cost waits -> null",
  ]);
});

test("conditions without a name are paired by what they say", () => {
  const two = "init where n < 3\ninit where n > 0\n";
  const spec = (inits: string): string =>
    `spec s\nvar n: 0..3 in {0, 1, 2, 3}\n${inits}process p { n := 1 }\n`;
  const { declarations } = ofTexts(spec(two), spec("init where n > 0\ninit where n != 3\n"));
  expect(declarations.map(declarationWords)).toEqual([
    "changed: init where n < 3 -> init where n != 3",
  ]);
  expect(ofTexts(spec(two), spec("init where n > 0\ninit where n < 3\n")).declarations).toEqual([]);
});

// ---------------------------------------------------------------- steps and reach

const walk = `spec s
param ON: bool = false
var n: 0..3 = 0
spinlock l
fn work() {
  acquire l
  if n == 0 {
  first:
    n := 1
  } else {
    n := 2
  }
  release l
}
process a { work() }
process b { work() }
action jump when n == 3 { n := 0 }
terminal when true
`;

test("a step is told once, however often its function is called", () => {
  const found = ofTexts(walk, walk.replace("  release l\n", "  n := 0\n  release l\n"));
  expect(ownerWords(found)).toEqual([["changed fn work", "+ n := 0"]]);
});

test("steps that changed, came and went stand in the order of the text", () => {
  const after = walk
    .replace("    n := 1\n", "    skip\n    n := 1\n")
    .replace("if n == 0", "if n == 0 && true")
    .replace("  acquire l\n", "");
  expect(ownerWords(ofTexts(walk.replace("  release l\n", ""), after))).toEqual([
    ["changed fn work", "- acquire l", "~ if n == 0 -> if n == 0 && true", "+ skip", "+ release l"],
  ]);
});

const locals = (body: string): string => `spec s
type Cpu = 1..2
var n: 0..3 = 0
var m: 0..3 = 0
fn work(c: Cpu, d: Cpu) {
${body}
}
process p { work(1, 2) }
`;

const counting = `  var seen: 0..3 = n
  var next: 0..3 = 1
  if seen == c && (forall x in Cpu: x != d) { next := seen }
  n := next`;

test("names of locals, layout and comments in a body make no difference", () => {
  const renamed = counting
    .replaceAll("seen", "found")
    .replaceAll("next", "seen")
    .replace("forall x in Cpu: x", "forall each in Cpu: each")
    .replace("found == c &&", "found==c // is it ours?\n    &&")
    .replace("n := seen", "n:=seen");
  const before = locals(counting);
  const after = locals(renamed).replaceAll("c: Cpu", "cpu: Cpu").replace("==c", "==cpu");
  expect(ofTexts(before, after)).toEqual({ owners: [], declarations: [], reach: [] });
});

test.each([
  ["another local", "n := next", "n := seen"],
  ["another parameter", "seen == c", "seen == d"],
  ["another variable", "seen: 0..3 = n", "seen: 0..3 = m"],
  ["another number", "= 1", "= 2"],
  ["another operator", "x != d", "x == d"],
])("%s does make a difference", (_, old, fresh) => {
  const { owners } = ofTexts(locals(counting), locals(counting.replace(old, fresh)));
  expect(owners.flatMap(({ steps }) => steps.map(({ change }) => change))).toEqual(["changed"]);
});

test("exchanged parameters make a difference, where only the body or only the head exchanges them", () => {
  const body = "  n := c\n  m := d";
  const exchanged = "  n := d\n  m := c";
  expect(ofTexts(locals(body), locals(exchanged)).owners[0]?.steps).toHaveLength(2);
  const head = locals(exchanged).replace("(c: Cpu, d: Cpu)", "(d: Cpu, c: Cpu)");
  expect(ofTexts(locals(body), head).owners).toEqual([]);
  const headOnly = locals(body).replace("(c: Cpu, d: Cpu)", "(d: Cpu, c: Cpu)");
  expect(ofTexts(locals(body), headOnly).owners[0]?.steps).toHaveLength(2);
});

test("actions and branches that became reachable or dead, outermost first", () => {
  const found = ofTexts(walk, walk.replace("n: 0..3 = 0", "n: 0..3 = 3"));
  expect(found.reach.map(reachWords)).toEqual(["action jump in jump: reachable"]);
  const dead = ofTexts(walk, walk.replace("n: 0..3 = 0", "n: 0..3 = 2"));
  expect(dead.reach.map(reachWords)).toEqual(["label work.first in work: dead"]);
  const nested = (start: number): string =>
    `spec s\nvar n: 0..3 = ${start}\nvar m: 0..3 = 0\nprocess p {\n  if n == 0 {\n    if m == 0 { m := 1 }\n    else { m := 2 }\n  } else { n := 1 }\n}\n`;
  expect(ofTexts(nested(0), nested(1)).reach.map(reachWords)).toEqual([
    "branch `if n == 0` in p: dead",
    "branch the else of `if n == 0` in p: reachable",
  ]);
});

test("a branch with labels is the same branch, though its condition reads otherwise", () => {
  const spec = (condition: string): string =>
    specOf(
      `\nvar n: 0..3 = 0\nprocess p {\n  n := 1\n  if ${condition} {\n  hit:\n    n := 3\n  }\n}`,
    );
  expect(ofTexts(spec("n == 2"), spec("n < 2")).reach.map(reachWords)).toEqual([
    "label p.hit in p: reachable",
  ]);
});

test("code that a const takes out of the machine, though its text stands there, became dead", () => {
  const guarded = (on: boolean): string =>
    `spec s\nconst ON: bool = ${on}\nvar n: 0..3 = 0\nprocess p {\n  skip\n  if ON {\n    n := 1\n    n := 2\n  }\n  n := 3\n}\n`;
  const dead = ofTexts(guarded(true), guarded(false));
  expect(ownerWords(dead)).toEqual([]);
  expect(dead.reach.map(reachWords)).toEqual(["branch `if ON` in p: dead"]);
  expect(ofTexts(guarded(false), guarded(true)).reach.map(reachWords)).toEqual([
    "branch `if ON` in p: reachable",
  ]);
});

test("code that its own version never came to has not become dead", () => {
  const guarded = (on: boolean, start: number): string =>
    `spec s\nconst ON: bool = ${on}\nvar n: 0..3 = ${start}\nprocess p {\n  if n == 2 {\n    skip\n    if ON { n := 1 }\n  }\n}\n`;
  const reach = (start: number): readonly string[] =>
    ofTexts(guarded(true, start), guarded(false, start)).reach.map(reachWords);
  expect(reach(2)).toEqual(["branch `if ON` in p: dead"]);
  expect(reach(0)).toEqual([]);
  // Nor what stands behind a wait that never ends.
  const behind = (on: boolean, wait: string): string =>
    `spec s\nconst ON: bool = ${on}\nvar n: 0..3 = 0\nprocess p {\n  ${wait}\n  if ON {\n    n := 1\n    n := 2\n  }\n}\n`;
  const behindReach = (wait: string): readonly string[] =>
    ofTexts(behind(false, wait), behind(true, wait)).reach.map(reachWords);
  expect(behindReach("await n == 0")).toEqual(["branch `if ON` in p: reachable"]);
  expect(behindReach("await n == 1")).toEqual([]);
});

test("a version whose search ended early leaves nothing dead", () => {
  const [before, after] = [machineOf(walk), machineOf(walk.replace("n: 0..3 = 0", "n: 0..3 = 2"))];
  const early = explored(after);
  const stopped = { ...early, search: { ...early.search, complete: false } };
  const { reach } = structureOf(explored(before), stopped, matchLines(before, after));
  expect(reach).toEqual([]);
});
