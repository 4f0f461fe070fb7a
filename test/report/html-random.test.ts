// Pages of random pairs of specs: every story goes through all its steps in their order, and nothing points nowhere.

import { expect, test } from "vitest";
import { finish } from "../../src/checker/explore.ts";
import { difference } from "../../src/diff/difference.ts";
import type { Version } from "../../src/diff/version.ts";
import { compile, versionOf } from "../../src/pipeline.ts";
import type { Choice, PageData, Story } from "../../src/report/html/data.ts";
import { diffPage } from "../../src/report/html/page.ts";
import { randomPair, type Text } from "../diff/random-pairs.ts";
import { UNLIMITED } from "../diff/unlimited.ts";

/** How many pairs are tried; more where there is time. */
const SEEDS = Number(process.env["WEFT_PAGES"] ?? 30);
const MOST_STATES = 2000;

function versionIn({ path, files }: Text, name: string): Version | null {
  const { machine } = compile(path, (wanted) => files.get(wanted) ?? null);
  return machine && versionOf(machine, name, { maxStates: MOST_STATES });
}

/** The steps of a version in the order of the moments. */
function stepsOf({ moments }: Story, side: number): readonly number[] {
  return moments.map(({ steps }) => steps[side] ?? -1).filter((step) => step >= 0);
}

function checkStory(story: Story, { sides, graph }: Choice, where: string): void {
  story.tracks.forEach((track, side) => {
    const leaves = sides[side]?.leaves.length ?? 0;
    const lines = sides[side]?.lines.length ?? 0;
    expect(stepsOf(story, side), where).toEqual(track?.steps.map((_, step) => step) ?? []);
    if (track === null) return;
    expect(track.first.length, where).toBe(leaves);
    for (const { changes, lines: through, column } of track.steps) {
      expect(track.columns[column], where).toBeDefined();
      expect(
        through.every((line) => line < lines),
        where,
      ).toBe(true);
      expect(
        changes.every(([leaf, , line]) => leaf < leaves && line < lines),
        where,
      ).toBe(true);
    }
    if (graph === null) return;
    expect(
      track.nodes.every((node) => node >= 0 && node < graph.nodes.length),
      where,
    ).toBe(true);
  });
  if (story.parting !== null) {
    expect(story.parting.moment, where).toBeGreaterThan(0);
    expect(story.parting.moment, where).toBeLessThanOrEqual(story.moments.length);
  }
}

test("the pages of random pairs are whole", { timeout: 600_000 }, async () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const [old, fresh] = randomPair(seed);
    const before = versionIn(old, "old");
    const after = before && versionIn(fresh, "new");
    if (before === null || after === null) continue;
    const found = finish(difference(before, after, UNLIMITED));
    const vectors = [{ values: [], difference: found }];
    const html = await diffPage({ before: "old", after: "new", vectors });
    const [, json = ""] = /id="data">(.*?)<\/script>/s.exec(html) ?? [];
    const data = JSON.parse(json) as PageData;
    const [choice] = data.choices;
    if (choice === undefined) throw new Error("a page without a choice");
    choice.stories.forEach((story, index) => {
      checkStory(story, choice, `story ${index} of seed ${seed}`);
      for (const { kind } of story.moments) seen.add(kind);
    });
    const shown = [
      ...data.properties.flatMap(({ cells }) => cells.flat().map((cell) => cell?.story ?? -1)),
      ...choice.sections.flatMap(({ stories }) => stories),
    ];
    expect(shown.every((story) => story < choice.stories.length)).toBe(true);
    seen.add(choice.graph === null ? "no graph" : "graph");
  }
  for (const kind of ["start", "step", "alike", "apart", "graph"]) expect(seen).toContain(kind);
});
