// The THP unmap specs, broken on purpose: what the locks protect must show when they no longer do.
//
// The breaks are made here, in the texts: locks let go of in the middle of a critical section, released early, taken
// nowhere. Each must be caught by a property, or be one that changes nothing, which is said and why.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderDiagnostic } from "../src/diagnostics/frame.ts";
import { checkMachine, compile } from "../src/pipeline.ts";

const folder = new URL("../specs/thp-unmap/", import.meta.url);

/** A change of one file's lines. */
type Break = (lines: readonly string[]) => readonly string[];

interface Broken {
  readonly file: string;
  readonly change: Break;
}

/** The invariants, asserts and built-in checks that a spec violates, with one of its files broken. */
function violated(
  spec: string,
  settings: Readonly<Record<string, string>>,
  ...broken: readonly Broken[]
): readonly string[] {
  const { machine, diagnostics } = compile(
    spec,
    (path) => {
      const text = readFileSync(new URL(path, folder), "utf8");
      const changes = broken.filter(({ file }) => file === path);
      return changes.reduce((lines, { change }) => [...change(lines)], text.split("\n")).join("\n");
    },
    new Map(Object.entries(settings)),
  );
  if (machine === null) expect.fail(diagnostics.map((found) => renderDiagnostic(found)).join("\n"));
  const { verdicts, complete } = checkMachine(machine, { refine: "none" });
  expect(complete).toBe(true);
  const names = verdicts.filter(({ outcome }) => outcome === "violated").map(({ name }) => name);
  return [...new Set(names)].sort();
}

// ---------------------------------------------------------------- changes of lines

/** Changes the lines of one fn (or of what else begins with `head`) only. */
function within(head: string, change: Break): Break {
  return (lines) => {
    const from = lines.findIndex((line) => line.startsWith(head));
    if (from < 0) throw new Error(`no line begins with ${head}`);
    const length = lines.slice(from).indexOf("}") + 1;
    const changed = change(lines.slice(from, from + length));
    return [...lines.slice(0, from), ...changed, ...lines.slice(from + length)];
  };
}

function indexOf(lines: readonly string[], start: string): number {
  const index = lines.findIndex((line) => line.trim().startsWith(start));
  if (index < 0) throw new Error(`no line begins with ${start}`);
  return index;
}

/** Puts lines before the one that begins with `start`. */
function before(start: string, ...inserted: readonly string[]): Break {
  return (lines) => lines.toSpliced(indexOf(lines, start), 0, ...inserted);
}

/** Leaves out the last line that begins with `start`. */
function withoutLast(start: string): Break {
  return (lines) => {
    const index = lines.findLastIndex((line) => line.trim().startsWith(start));
    if (index < 0) throw new Error(`no line begins with ${start}`);
    return lines.toSpliced(index, 1);
  };
}

function both(first: Break, second: Break): Break {
  return (lines) => second(first(lines));
}

// ---------------------------------------------------------------- critical sections

interface Section {
  readonly fn: string;
  readonly lock: string;
  /** Before which line the section is broken. */
  readonly at: string;
  readonly split: readonly string[];
  readonly early: readonly string[];
}

const pteProperties: readonly string[] = ["head_speaks_for_all", "unmap_complete", "window"];
const pmdProperties: readonly string[] = [
  "head_speaks_for_all",
  "pmd_window_locked",
  "unmap_complete",
  "window",
];

/** What the splitter does to an entry that the zapper is about to clear unlocked: both clear it, both count it off. */
const twice = ["freeze_safe", "range", "settled"];

const sections: readonly Section[] = [
  {
    fn: "zap_huge_pmd",
    lock: "pmd_ptl[m]",
    at: "if pmd[m] != huge",
    // Nothing has been looked at yet.
    split: [],
    // The way out behind the test releases once more.
    early: [...pmdProperties, ...twice, "lock_use"].sort(),
  },
  {
    fn: "zap_huge_pmd",
    lock: "pmd_ptl[m]",
    at: "pmd[m] := none",
    split: twice,
    early: [...pmdProperties, ...twice].sort(),
  },
  {
    fn: "zap_huge_pmd",
    lock: "pmd_ptl[m]",
    at: "page_remove_rmap",
    split: pmdProperties,
    early: pmdProperties,
  },
  // All is done.
  { fn: "zap_huge_pmd", lock: "pmd_ptl[m]", at: "unlock:", split: [], early: [] },
  {
    fn: "zap_pte_range",
    lock: "pte_ptl[m]",
    at: "for i in Subpage",
    split: [],
    early: [...pteProperties, ...twice].sort(),
  },
  {
    fn: "zap_pte_range",
    lock: "pte_ptl[m]",
    at: "page_remove_rmap",
    split: pteProperties,
    // In the loop the lock is released once for each pte.
    early: [...pteProperties, "lock_use"].sort(),
  },
  { fn: "zap_pte_range", lock: "pte_ptl[m]", at: "unlock:", split: [], early: [] },
];

for (const { fn, lock, at, split } of sections) {
  test(`${fn} lets go of its lock before \`${at}\``, { timeout: 60_000 }, () => {
    const change = within(`fn ${fn}(`, before(at, `release ${lock}`, `acquire ${lock}`));
    expect(violated("post-patch.weft", {}, { file: "pre-patch.weft", change })).toEqual(split);
  });
}

for (const { fn, lock, at, early } of sections) {
  test(`${fn} releases its lock before \`${at}\``, { timeout: 60_000 }, () => {
    const change = within(
      `fn ${fn}(`,
      both(withoutLast("release "), before(at, `release ${lock}`)),
    );
    expect(violated("post-patch.weft", {}, { file: "pre-patch.weft", change })).toEqual(early);
  });
}

// ---------------------------------------------------------------- synchronisation

/** The fix without taking the pmd lock where a pmd reads none: the patch's own hunk is left out. */
const withoutPmdSync: Broken = {
  file: "post-patch.weft",
  change: (lines) => {
    const from = indexOf(lines, "edit page_vma_mapped_walk before not_present");
    const length = lines.slice(from).indexOf("}") + 1;
    return lines.toSpliced(from, length);
  },
};

/** The fix without always taking the pte lock: `map_pte()` peeks whatever it was told. */
const withoutPteSync: Broken = {
  file: "pre-patch.weft",
  change: within("fn map_pte(", (lines) =>
    lines.map((line) => line.replace("if !TTU_SYNC", "if !TTU_SYNC || TTU_SYNC")),
  ),
};

const anon = { ANON: "true" };
const byPmd = { MAPPED: "by_pmd" };
const byPtes = { MAPPED: "by_ptes" };

interface Deletion {
  readonly what: string;
  readonly broken: Broken;
  readonly spec: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly caught: readonly string[];
}

const early = ["head_speaks_for_all", "unmap_complete"];

const deletions: readonly Deletion[] = [
  // With ptes the walk looks without the lock, and its look is the last word: file pages in any mapping with ptes.
  ...[{}, anon, byPtes, { ...byPtes, DEBUG_VM: "true" }].map((settings) => ({
    ...{ what: "pte", broken: withoutPteSync, spec: "post-patch.weft", settings },
    caught: "DEBUG_VM" in settings ? ["bug_mapcount", "bug_unmap", ...early].sort() : early,
  })),
  // Without ptes there is nothing to synchronise with.
  { what: "pte", broken: withoutPteSync, spec: "post-patch.weft", settings: byPmd, caught: [] },
  {
    what: "pte",
    broken: withoutPteSync,
    spec: "no-upfront-split.weft",
    settings: {},
    caught: early,
  },
  // The up-front split takes the pmd lock of every mm itself, so that deleting the hunk changes nothing there.
  ...[{}, anon, byPmd, byPtes, { ...byPmd, ZAPPERS: "2" }].map((settings) => ({
    ...{ what: "pmd", broken: withoutPmdSync, spec: "post-patch.weft", settings, caught: [] },
  })),
  // Where the split is made in the walk, nothing else does: caught as soon as a pmd may map the page.
  ...[{}, byPmd].map((settings) => ({
    ...{ what: "pmd", broken: withoutPmdSync, spec: "no-upfront-split.weft", settings },
    caught: early,
  })),
  {
    ...{ what: "pmd", broken: withoutPmdSync, spec: "no-upfront-split.weft", settings: anon },
    caught: ["unmap_complete"],
  },
  {
    ...{ what: "pmd", broken: withoutPmdSync, spec: "no-upfront-split.weft", settings: byPtes },
    caught: [],
  },
];

for (const { what, broken, spec, settings, caught } of deletions) {
  const run = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  test(`${spec} without its ${what} synchronisation, ${run.join(", ") || "by default"}`, {
    timeout: 60_000,
  }, () => {
    expect(violated(spec, settings)).toEqual([]);
    expect(violated(spec, settings, broken)).toEqual(caught);
  });
}
