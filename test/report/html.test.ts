// What goes into a page: escaped, the same each time, matched step by step, and bounded.

import { expect, test } from "vitest";
import { checkSearch } from "../../src/checker/check.ts";
import { findingsOf } from "../../src/checker/expectations.ts";
import { finish } from "../../src/checker/explore.ts";
import { packedSystem } from "../../src/pipeline.ts";
import type { Moment, PageData, Story, Track } from "../../src/report/html/data.ts";
import { escapeJson, escapeText } from "../../src/report/html/document.ts";
import { checkPage } from "../../src/report/html/page.ts";
import { matchedStory, moment, plainStory, Stories } from "../../src/report/html/stories.ts";
import { pageOfCheck, pageOfDiff, specHere } from "../support/pages.ts";
import { machineOf } from "../support/spec.ts";

/** The data of a page, as its script reads them. */
function dataOf(html: string): PageData {
  const [, json] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? [];
  if (json === undefined) throw new Error("no data");
  return JSON.parse(json) as PageData;
}

/** A behaviour of so many steps, about which nothing else is known. */
function trackOf(steps: number): Track {
  const step = { name: "p", column: 0, rows: [], lines: [], changes: [] };
  return {
    columns: [],
    first: [],
    before: [],
    steps: Array.from({ length: steps }, () => step),
    left: 0,
    nodes: [],
  };
}

const heading = { group: "", title: "", about: "" };

function told({ moments }: Pick<Story, "moments">): readonly string[] {
  return moments.map(({ kind, steps }: Moment) => `${kind} ${steps.join(" ")}`);
}

test("texts are escaped for where they stand", () => {
  expect(escapeText("<a> & </title>")).toBe("&lt;a&gt; &amp; &lt;/title&gt;");
  const text = '</script><!-- \u2028\u2029 & "';
  const escaped = escapeJson(JSON.stringify(text));
  expect(escaped).not.toMatch(/[<\u2028\u2029]/);
  expect(JSON.parse(escaped)).toBe(text);
});

test("a page is the same each time, and asks for nothing", { timeout: 30_000 }, async () => {
  const make = (): Promise<string> =>
    pageOfDiff(
      ["pre-patch", specHere("thp-unmap/pre-patch.weft")],
      ["post-patch", specHere("thp-unmap/post-patch.weft")],
    );
  const html = await make();
  expect(await make()).toBe(html);
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/<(link|img|iframe)\b|<script[^>]+src|\burl\(|@import|xlink:href/);
});

test("matched steps go side by side until the ways part, then each on its own", () => {
  const matched = [moment("alike", 0, 0), moment("inserted", -1, 1), moment("removed", 1, -1)];
  const parting = { words: ["why"], stands: -1, tone: "good" } as const;
  const story = matchedStory(heading, [trackOf(4), trackOf(3)], matched, parting);
  expect(told(story)).toEqual([
    "start -1 -1",
    "alike 0 0",
    "inserted -1 1",
    "removed 1 -1",
    "apart 2 2",
    "apart 3 -1",
  ]);
  expect(story.parting?.moment).toBe(4);
});

test("behaviours that have nothing to do with each other go at the same pace", () => {
  const story = plainStory(heading, [trackOf(1), trackOf(2)]);
  expect(told(story)).toEqual(["start -1 -1", "step 0 0", "step -1 1"]);
  expect(told(plainStory(heading, [null, trackOf(1)]))).toEqual(["start -1 -1", "step -1 0"]);
});

test("a page has so many stories and no more, and knows how many it left out", () => {
  const stories = new Stories();
  const numbers = Array.from({ length: 100 }, () => stories.add(() => plainStory(heading, [])));
  expect([stories.all.length, stories.left]).toEqual([80, 20]);
  expect([numbers[79], numbers[80]]).toEqual([79, -1]);
});

test("a long behaviour is cut, and the page says so", async () => {
  const machine = machineOf(`spec long
var n: 0..1500 = 0
process p { while n < 1500 { n += 1 } }
invariant short: n < 1500
expect short violated
`);
  const { choices } = dataOf(await pageOfCheck(machine));
  const [story] = choices[0]?.stories ?? [];
  expect(story?.tracks[0]?.steps.length).toBe(1000);
  expect(story?.tracks[0]?.left).toBe(2000);
});

test("the readings at the end of a track are those of the last state", async () => {
  const machine = specHere("classics/dining.weft");
  const { choices } = dataOf(await pageOfCheck(machine));
  const [choice] = choices;
  const [story] = choice?.stories ?? [];
  const [track] = story?.tracks ?? [];
  const readings = [...(track?.first ?? [])];
  for (const { changes } of track?.steps ?? []) {
    for (const [leaf, text, line] of changes) readings[leaf] = [text, line];
  }
  const leaves = choice?.sides[0]?.leaves ?? [];
  expect(leaves.map(({ name }, index) => `${name}: ${readings[index]?.[0]}`)).toEqual([
    "fork[0]: held by philosopher[0]",
    "fork[1]: held by philosopher[1]",
    "fork[2]: held by philosopher[2]",
    "philosopher[0]: before take the right fork: waits for fork[1], held by philosopher[1]",
    "philosopher[1]: before take the right fork: waits for fork[2], held by philosopher[2]",
    "philosopher[2]: before take the right fork: waits for fork[0], held by philosopher[0]",
  ]);
});

test("a small spec is drawn state by state, a larger one by what is observed", async () => {
  const small = dataOf(await pageOfCheck(specHere("classics/lost-update.weft"))).choices[0];
  expect(small?.graph?.nodes.length).toBe(12);
  const story = small?.stories[0];
  expect(new Set(story?.tracks[0]?.nodes).size).toBe(5);
  const large = dataOf(await pageOfCheck(specHere("thp-unmap/pre-patch.weft"))).choices[0];
  expect(large?.graph?.nodes.length).toBe(165);
  expect(large?.graphNote).toContain("4,610 states come to 165");
});

test("a drawing that would be too large is left out in so many words", async () => {
  const machine = machineOf("spec wide\nvar n: 0..300 in 0..300\nprocess p { skip }\n");
  const html = await pageOfCheck(machine);
  expect(html).not.toContain("<svg");
  expect(dataOf(html).choices[0]?.graphNote).toBe(
    "No state graph: 602 states, and more than 250 even where only n are looked at.",
  );
});

test("of what an engine outside does not judge a page says that, and nothing else", async () => {
  const machine = specHere("classics/peterson.weft");
  const { exploration } = finish(checkSearch(machine, packedSystem(machine)));
  const by = {
    name: "SPIN",
    version: "6",
    flags: [],
    memoryBytes: null,
    remarks: [],
    notJudged: [{ kind: "coverage", name: "" }],
  } as const;
  const html = await checkPage(machine, { ...exploration, by }, findingsOf(machine, exploration));
  const [choice] = dataOf(html).choices;
  expect(choice?.sections.map(({ id }) => id)).not.toContain("coverage");
  expect(choice?.lead.map(({ words }) => words.join(""))).toContain(
    "not judged by it: what is never entered or taken",
  );
});
