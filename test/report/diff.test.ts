// How a comparison is told: golden files that were read by eye, and what must be so of every form.
//
// WEFT_DIFF_FORMS sets how many random pairs are drawn.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { displayWidth } from "../../src/diagnostics/width.ts";
import type { Inclusion } from "../../src/diff/behaviours/behaviours.ts";
import type { Difference } from "../../src/diff/difference.ts";
import type { Parting, PartingReason, Transplant } from "../../src/diff/transplant/transplant.ts";
import type { VersionsDiff } from "../../src/diff/vectors.ts";
import { versionOf } from "../../src/pipeline.ts";
import { differenceDocument } from "../../src/report/diff/json.ts";
import { mailOf } from "../../src/report/diff/mail.ts";
import { markdownOf } from "../../src/report/diff/markdown.ts";
import { drawDifference } from "../../src/report/diff/terminal.ts";
import { randomPair, type Text } from "../diff/random-pairs.ts";
import { diffOf, diffOfFiles, diffOfTexts } from "../support/diff-of.ts";
import { type Schema, violations } from "../support/json-schema.ts";
import { versionAt } from "../support/transplanted.ts";

const slow = { timeout: 120_000 };

const made = new Map<string, VersionsDiff>();

/** The comparison of two of the repository's specs, made once. */
function compared(before: string, after: string): VersionsDiff {
  const key = `${before} ${after}`;
  const known = made.get(key) ?? diffOfFiles(`specs/${before}.weft`, `specs/${after}.weft`);
  made.set(key, known);
  return known;
}

const thp = () => compared("thp-unmap/pre-patch", "thp-unmap/post-patch");

/** Lines that are wider than a page, end in a blank or hold a tab. */
function untidy(text: string, width: number): readonly string[] {
  return text
    .split("\n")
    .filter((line) => displayWidth(line) > width || /\s$|\t|\u00a0/.test(line));
}

// ---------------------------------------------------------------- golden files

const pairs: readonly (readonly [string, string, string])[] = [
  ["thp", "thp-unmap/pre-patch", "thp-unmap/post-patch"],
  ["thp-broken", "thp-unmap/post-patch", "thp-unmap/without-pte-sync"],
  ["thp-first-version", "thp-unmap/pre-patch", "thp-unmap/v1-debug-vm"],
  ["thp-wrong-lock", "thp-unmap/wrong-lock", "thp-unmap/no-upfront-split"],
  ["dining", "classics/dining", "classics/dining-ordered"],
  ["mcs", "classics/mcs-lock-lost-waiter", "classics/mcs-lock"],
  ["ticket", "classics/ticket-lock-plain-add", "classics/ticket-lock"],
  ["peterson", "classics/peterson-turn-first", "classics/peterson"],
  ["itself", "classics/peterson", "classics/peterson"],
  ["unrelated", "classics/mcs-lock", "classics/dining"],
];

test.each(pairs)("the comparison %s is told so", slow, async (name, before, after) => {
  const diff = compared(before, after);
  const text = drawDifference(diff);
  expect(untidy(text, 100)).toEqual([]);
  expect(untidy(mailOf(diff), 72)).toEqual([]);
  expect(untidy(drawDifference(diff, { full: true }), 100)).toEqual([]);
  await expect(`${text}\n`).toMatchFileSnapshot(`diff/${name}.txt`);
});

test("the fix of 732ed55823fc as a mail and in Markdown", slow, async () => {
  await expect(`${mailOf(thp())}\n`).toMatchFileSnapshot("diff/thp.mail.txt");
  await expect(`${markdownOf(thp())}\n`).toMatchFileSnapshot("diff/thp.md");
});

test(
  "the fix of 732ed55823fc is told on one screen, with the lock, its holder and what must come first",
  slow,
  () => {
    const text = drawDifference(thp());
    expect(text.split("\n").length).toBeLessThanOrEqual(60);
    const words = text.replace(/\s+/g, " ");
    expect(words).toContain(
      "comes to spin_lock(pvmw->ptl) instead of !pte_present(*pvmw->pte) and waits",
    );
    expect(words).toContain("pte_ptl[1] is held by CPU1 (munmap)");
    expect(words).toContain("released by pte_unmap_unlock() only after page->_mapcount--");
    expect(words).toContain("no continuation violates anything");
    expect(words).toContain("idle_locks 0 to 2 -> 0 to 3");
  },
);

test("colour is only decoration", slow, () => {
  const painted = drawDifference(thp(), {
    paint: (role, text) =>
      text
        .split("\n")
        .map((line) => `<${role}>${line}</${role}>`)
        .join("\n"),
  });
  expect(painted.replace(/<\/?(good|bad|warn|dim|strong)>/g, "")).toBe(drawDifference(thp()));
});

test("quiet is the last line", slow, () => {
  const last = drawDifference(thp(), { quiet: true });
  expect(drawDifference(thp()).endsWith(`\n\n${last}`)).toBe(true);
});

// ---------------------------------------------------------------- what specs seldom show

const counter = (body: string, more = ""): string => `spec counter
var n: 0..3 = 0
var go: bool = false
spinlock l
${more}
process p { ${body} }
process q { acquire l; go := true; release l }
invariant small: n < 2
`;

/** A comparison whose only transplant parts for another reason. */
function partingFor(why: PartingReason, change: Partial<Parting> = {}): string {
  const diff = diffOfTexts(counter("n := 1; n := 2"), counter("n := 1; await go; n := 1"));
  return drawDifference(
    withTransplant(diff, (transplant) => {
      const { parting } = transplant;
      if (parting === null) throw new Error("it does not part");
      return { ...transplant, parting: { ...parting, ...change, why } };
    }),
  ).replace(/\s+/g, " ");
}

function withDifference(
  diff: VersionsDiff,
  change: (one: Difference) => Partial<Difference>,
): VersionsDiff {
  const vectors = diff.vectors.map((vector) => ({
    ...vector,
    difference: { ...vector.difference, ...change(vector.difference) },
  }));
  return { ...diff, vectors };
}

function withTransplant(diff: VersionsDiff, change: (one: Transplant) => Transplant): VersionsDiff {
  return withDifference(diff, ({ transplants }) => ({ transplants: transplants.map(change) }));
}

test("a guard that is closed is told with its values", () => {
  const diff = diffOfTexts(counter("n := 1; n := 2"), counter("n := 1; await go; n := 1"));
  const words = drawDifference(diff).replace(/\s+/g, " ");
  expect(words).toContain(
    'comes to "await go", which the patch put there instead of "n := 2", and waits, since go == false',
  );
});

test("violations that the new version expects are not passed over in silence", () => {
  const spec = (body: string) =>
    `${counter(body)}invariant idle: !go\nexpect idle violated\nexpect small violated\n`;
  const after = spec("n := 1; await go; n := 1").replace("small violated", "small holds");
  const words = drawDifference(diffOfTexts(spec("n := 1; n := 2"), after)).replace(/\s+/g, " ");
  expect(words).toContain("no continuation violates anything but idle, as expected.");
});

test("a lock is told by the lines that take it and let it go, whatever else their steps do", () => {
  const spec = (body: string, reader: string) =>
    `spec s\nspinlock k\nspinlock l\nrwsem r\nvar n: 0..3 = 0\nvar seen: 0..3 = 0\nprocess h {\n${body}\n}\nprocess p {\n  ${reader}\n}\ninvariant small: seen != 1\n`;
  const holding = (body: string, lock: string, how = ""): string =>
    wordsOf(
      diffOfTexts(
        spec(body, "seen := n"),
        spec(body, `acquire ${lock}${how}; seen := n; release ${lock}`),
      ),
    );
  const both = `  acquire k
  atomic {
    release k
    if try acquire l { n := 1 } else { return }
  }
  either {
    release l   /// the way out
  } or {
    n := 2
    release l
  }`;
  expect(holding(both, "l")).toContain(
    'taken at step 2 by spin_trylock(l), and is released by "the way out".',
  );
  const writer = "  acquire r\n  n := 1\n  n := 2\n  downgrade r\n  release r";
  expect(holding(writer, "r", " for read")).toContain(
    'taken at step 1 by down_write(r), and is downgraded by "downgrade r" only after "n := 2".',
  );
});

test("a counterexample that shows nothing any more ends with the last step that is taken", () => {
  const diff = diffOfTexts(counter("n := 2; n := 1; n := 0"), counter("n := 1; n := 1; n := 0"));
  expect(drawDifference(diff)).toMatch(/n := 1 \[n 1\] <-- small is not violated\n\nBehaviours/);
});

test("what is not there any more is said in its own words", () => {
  const spec = (head: string) =>
    `spec s\nvar n: 0..3 = 0\n${head} { await n == 1 }\nprocess q { skip }\n`;
  const text = drawDifference(diffOfTexts(spec("process p"), spec("daemon process p")));
  expect(text.replace(/\s+/g, " ")).toContain(
    "has its counterpart, and at the end there is no deadlock.",
  );
  expect(text).toMatch(/<-- there is no deadlock$/m);
  const asserted = (bound: number) =>
    `spec s\nvar n: 0..3 = 0\nprocess p { n := 3; assert low: n < ${bound} }\n`;
  const failed = drawDifference(diffOfTexts(asserted(3), asserted(4)));
  expect(failed).toMatch(/<-- low does not fail$/m);
});

test("a name of another kind is in both versions, and yet not compared", () => {
  const spec = (what: string) => `spec s\n${what}\nvar n: 0..3 = 0\nprocess p { n := 1 }\n`;
  const words = wordsOf(diffOfTexts(spec("var l: bool = false"), spec("spinlock l")));
  expect(words).toContain("l is of another kind in new: not compared");
  expect(words).not.toContain("only old has l");
});

test("steps that the patch took away are not among those that all run", () => {
  const spec = (body: string) =>
    `spec s\nvar x: 0..3 = 0\nvar y: 0..3 = 0\nprocess p { ${body} }\ninvariant both: !(x == 2 && y == 2)\n`;
  const words = wordsOf(diffOfTexts(spec("x := 2; y := 2"), spec("y := 2; x := 2")));
  expect(words).toContain(
    "All of the counterexample of old that the patch left runs on new too (1 step of the patch between them, 1 step left out that the patch removed).",
  );
});

test("an action has no place: it is its turn", () => {
  const spec = (guard: string) =>
    `spec s\nvar n: 0..3 = 0\nprocess p { n := 1 }\naction twice when ${guard} { n := 2 }\nterminal when true\ninvariant small: n < 2\n`;
  const words = drawDifference(diffOfTexts(spec("n == 1"), spec("n == 3"))).replace(/\s+/g, " ");
  expect(words).toContain(
    'then it is the turn of twice(), which cannot happen, since "n == 3" does not hold',
  );
});

test.each<readonly [string, PartingReason, string]>([
  ["no such process", { kind: "unknown-mover" }, "it is the turn of p, which new does not have"],
  ["the end", { kind: "done" }, 'has come to its end, and cannot take "n := 2"'],
  ["a fault", { kind: "faults" }, "and that is a fault"],
  [
    "another effect",
    { kind: "differs", differences: [{ name: "n", recorded: 2, found: 1 }] },
    "but with another effect: n becomes 1, not 2",
  ],
  [
    "nothing wrong",
    { kind: "not-violated" },
    "has its counterpart, and at the end small is not violated",
  ],
  [
    "another start",
    { kind: "no-start", differs: [{ name: "n", recorded: 2, found: 1 }] },
    "No initial state of new agrees with the first one of the counterexample of old (n)",
  ],
])("a counterexample that meets %s", (_, why, sentence) => {
  expect(partingFor(why)).toContain(sentence);
});

test("what is not known is said", () => {
  const diff = diffOfTexts(counter("n := 1"), counter("n := 1; n := 0"));
  const unknown: Inclusion = { kind: "unknown", stoppedBy: "memory" };
  const told = drawDifference(
    withDifference(diff, ({ behaviours }) => ({
      behaviours: behaviours && { ...behaviours, beforeInAfter: unknown, afterInBefore: unknown },
    })),
  ).replace(/\s+/g, " ");
  expect(told).toContain(
    "whether every behaviour of new is one of old is not known: the limit on memory was reached",
  );
  expect(told).not.toContain("the same behaviours");
});

test("nothing is called the same, or gone, where a search was stopped", () => {
  const files = { "a.weft": counter("n := 1; n := 2"), "b.weft": counter("n := 1") };
  const whole = versionAt("a.weft", files);
  const part = versionOf(versionAt("b.weft", files).machine, "b.weft", { maxStates: 3 });
  const text = drawDifference(diffOf(whole, part)).replace(/\s+/g, " ");
  expect(text).toContain("invariant small violated -> unknown");
  expect(text).toContain("NOT exhaustive: b.weft (the limit on states was reached)");
  expect(text).toContain("not compared: the search of b.weft is not complete");
  expect(text).toContain("the searches are not complete");
});

test("what the other version can only do is told in whole, or with how much is left out", () => {
  const spec = (values: string) =>
    `spec s\nvar x: 0..20 = 0\nprocess p { pick v in ${values} { x := v } }\n`;
  const words = wordsOf(diffOfTexts(spec("1..8"), spec("10..14")));
  expect(words).toContain("where old can only go on to x 1 or x 2 or x 3 or x 4 or x 5 or 3 more");
  expect(words).toContain(
    "where new can only go on to x 10 or x 11 or x 12 or x 13 or x 14 the shortest behaviour",
  );
});

test("beginnings that one version has instead of a fault are told in whole", () => {
  const spec = (more: string) => `spec s\nvar x: 0..3 in {0, 3}\n${more}process p { x := 1 }\n`;
  expect(wordsOf(diffOfTexts(spec("var y: 0..3 = x + 1\n"), spec("")))).toContain(
    "can, at the start, fail by a fault of init: value out of range, where new can only begin with x 0 or x 3",
  );
});

test("where nobody takes a step, the values at the start are shown", () => {
  const spec = (values: string) =>
    `spec s\nvar x: 0..3 in ${values}\nvar y: 0..3 = 2\nprocess p { skip }\ninvariant some: x != 0\n`;
  expect(drawDifference(diffOfTexts(spec("{1, 2}"), spec("{0, 1}")))).toContain(
    "        { x 0; y 2 }\n\n        (nobody takes a step) <-- some violated\n",
  );
});

test("a deadlock that blocks nobody is one all the same", () => {
  const spec = (bound: number) =>
    `spec s\nvar x: 0..3 = 0\naction up when x < ${bound} { x += 1 }\nterminal when x == 3\n`;
  expect(wordsOf(diffOfTexts(spec(3), spec(2)))).toContain("can, after 2 steps, end in a deadlock");
});

test("no behaviour is only one version's where none is compared", () => {
  const spec = (name: string) => `spec s\nvar ${name}: 0..3 = 0\nprocess p { ${name} := 1 }\n`;
  const other = `${spec("y")}process q { await y == 2 }\n`;
  expect(wordsOf(diffOfTexts(spec("x"), other))).not.toContain("the shortest behaviour");
});

test("long lines that differ late are cut so that the difference is seen", () => {
  const spec = (last: string) =>
    `spec s\nvar x: 0..3 = 0\nvar y: 0..3 = 0\nprocess p {\n  if x == 0 && y == 0 && x + y == 0 && x + y < 2 && x + y < 3 && ${last} {\n    x := 1\n  }\n}\n`;
  const words = wordsOf(diffOfTexts(spec("x == 0"), spec("y == 1")));
  expect(words).toContain("~ if ... < 3 && y == 1 (was if ... < 3 && x == 0) new.weft:5");
});

test("of a declaration that goes on, something is left to set what is new against", () => {
  const spec = (more: string) =>
    `spec s\nvar x: 0..3 = 0\nprocess p { x := 1 }\ninvariant small: x < 3${more}\n`;
  const words = wordsOf(diffOfTexts(spec(""), spec(" || x == 3")));
  expect(words).toContain("~ invariant small: x < 3 -> 3 || x == 3");
  const daemon = wordsOf(diffOfTexts(spec(""), spec("").replace("process", "daemon process")));
  expect(daemon).toContain("~ process p -> daemon process p");
});

function wordsOf(diff: VersionsDiff): string {
  return drawDifference(diff).replace(/\s+/g, " ");
}

test("Markdown takes nothing of a spec for a mark", () => {
  const doc = "/// <b>bold</b> | *stars* _lines_ [a](b) `code` @someone & more\n";
  const text = `${doc}spec s\nvar n: 0..2 = 0\nprocess p {\n  n := 1                 /// x | \`y\` <i>z</i>\n  n := 2\n}\ninvariant small: n < 2\n`;
  const fixed = text.replace("n := 2", "n := 0").replace("bold", "bolder");
  const markdown = markdownOf(diffOfTexts(text, fixed));
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, "").replace(/(`+)[^\n]*?[^`]\1(?!`)/g, "");
  expect(prose).not.toMatch(/<[a-z]/);
  expect(prose).not.toMatch(/@/);
  expect(prose).not.toMatch(/(?<!\\)\[/);
});

test("every row of a Markdown table has as many cells as its head", slow, () => {
  const tables = markdownOf(thp())
    .split("\n\n")
    .filter((block) => block.startsWith("|"));
  expect(tables.length).toBeGreaterThan(2);
  for (const table of tables) {
    const cells = table.split("\n").map((row) => row.split(/(?<!\\)\|/).length);
    expect(new Set(cells).size).toBe(1);
  }
});

test("a mail tells of a commit and of links only if the spec does", () => {
  const plain = counter("n := 1; n := 2");
  const doc = (text: string) => `/// ${text}\n${counter("n := 1")}`;
  const mail = (text: string) => mailOf(diffOfTexts(plain, doc(text)));
  expect(mail("mm: do it right (0123456789ab)")).toMatch(
    /^Subject: mm: do it right\n\nThis is about commit 0123456789ab \("mm: do it right"\)\.\n/,
  );
  const trailer = mail(
    "mm: do it right (0123456789ab)\n/// Link: https://example.org/a\n/// Link: https://example.org/b",
  );
  expect(trailer).toMatch(/^Subject: mm: do it right\n\nThis is about commit 0123456789ab /);
  expect(trailer).toMatch(/\nLink: https:\/\/example\.org\/a\nLink: https:\/\/example\.org\/b$/);
  expect(mail("See https://example.org/a.")).toMatch(/\nLink: https:\/\/example\.org\/a$/);
  expect(mailOf(diffOfTexts(plain, counter("n := 1")))).toMatch(/^Subject: old -> new\n/);
  const long = mail(`${"word ".repeat(30)}end`);
  expect(untidy(long, 72)).toEqual([]);
  expect(long.split("\n")[1]).toMatch(/^ word/);
});

// ---------------------------------------------------------------- any two specs

function versionOfPair({ path, files }: Text): ReturnType<typeof versionAt> | null {
  try {
    return versionAt(path, Object.fromEntries(files));
  } catch {
    return null;
  }
}

const schema = JSON.parse(readFileSync("docs/diff.schema.json", "utf8")) as Schema;

const wanted = Number(process.env["WEFT_DIFF_FORMS"] ?? 12);

test("every form of any comparison keeps its width or its schema", {
  timeout: 60_000 + 2_000 * wanted,
}, () => {
  let done = 0;
  for (let seed = 1; done < wanted && seed < 20 * wanted; seed += 1) {
    const [before, after] = randomPair(seed).map(versionOfPair);
    if (!before || !after || before.search.table.count + after.search.table.count > 4000) continue;
    const diff = diffOf(before, after);
    expect({ seed, lines: untidy(drawDifference(diff), 100) }).toEqual({ seed, lines: [] });
    expect({ seed, lines: untidy(drawDifference(diff, { full: true }), 100) }).toEqual({
      seed,
      lines: [],
    });
    expect({ seed, lines: untidy(mailOf(diff), 72) }).toEqual({ seed, lines: [] });
    markdownOf(diff);
    const document: unknown = JSON.parse(JSON.stringify(differenceDocument(diff, 0)));
    expect({ seed, wrong: violations(document, schema) }).toEqual({ seed, wrong: [] });
    done += 1;
  }
  expect(done).toBe(wanted);
});
