// What a page says of two versions under one choice of parameters.

import type { Difference } from "../../diff/difference.ts";
import type { VectorDifference, VersionsDiff } from "../../diff/vectors.ts";
import { behaviourBlocks } from "../diff/behaviours.ts";
import type { Block } from "../diff/block.ts";
import { closingOf } from "../diff/closing.ts";
import { costBlocks } from "../diff/costs.ts";
import { namesOf, vectorName } from "../diff/names.ts";
import { docOf } from "../diff/sections.ts";
import { structureBlocks } from "../diff/structure.ts";
import type { Choice, Section, Sentence } from "./data.ts";
import type { Shown } from "./diff-matrix.ts";
import {
  behaviourStories,
  costStories,
  showPair,
  type Tellers,
  transplantStories,
} from "./diff-stories.ts";
import type { Files } from "./files.ts";
import { type Charted, chart, graphData } from "./graph.ts";
import { Teller } from "./side.ts";
import { Stories } from "./stories.ts";

/** A choice of parameters with all that is made of it. */
export interface Told {
  readonly choice: Choice;
  readonly charted: Charted;
  readonly shown: Shown;
}

/** Readies the comparison under one choice of parameters. */
export function tellVector(vector: VectorDifference, diff: VersionsDiff, files: Files): Told {
  const { difference } = vector;
  const { before, after } = difference;
  const names = namesOf(diff);
  const charted = chart([before, after], observedNames(difference));
  const nodeOf = charted.graph?.nodeOf ?? (() => -1);
  const tellers: Tellers = [new Teller(before.machine, nodeOf), new Teller(after.machine, nodeOf)];
  const stories = new Stories();
  const transplanted = transplantStories(difference, tellers, names, stories);
  const shown = new Map(
    difference.verdicts.map((pair) => [
      pair.name,
      showPair(pair, transplanted, tellers, names, stories),
    ]),
  );
  const alone: VersionsDiff = { ...diff, vectors: [vector] };
  const sections = [
    sectionOf(
      "behaviours",
      behaviourBlocks(difference, names, true),
      behaviourStories(difference, tellers, names, stories),
    ),
    sectionOf("costs", costBlocks(alone, names, true), costStories(difference, tellers, stories)),
    sectionOf("text", structureBlocks(difference, true), []),
  ];
  return {
    charted,
    shown,
    choice: {
      name: vectorName(vector),
      lead: leadOf(alone, stories),
      stories: stories.all,
      sections: sections.flat(),
      sides: [
        tellers[0].side(names.before, before.exploration, files),
        tellers[1].side(names.after, after.exploration, files),
      ],
      graph: graphData(charted),
      graphNote: charted.note,
    },
  };
}

/** A part of the page from blocks that begin with its heading; none if there are none. */
function sectionOf(
  id: string,
  blocks: readonly Block[],
  stories: readonly number[],
): readonly Section[] {
  const [head, ...rest] = blocks;
  if (head?.kind !== "heading") return [];
  return [{ id, title: head.text, blocks: rest, stories: stories.filter((story) => story >= 0) }];
}

/** What a graph of both versions is about. */
function observedNames({ behaviours, before, after }: Difference): readonly string[] {
  const inBoth = (name: string): boolean =>
    [before, after].every(({ machine }) =>
      machine.variables.some((variable) => variable.name === name && !variable.ghost),
    );
  if (behaviours !== null) return behaviours.observed.filter(inBoth);
  return before.machine.variables.map(({ name }) => name).filter(inBoth);
}

/** What a reviewer wants to know first: what the patch says of itself, what it comes to, and what became of the old bug. */
function leadOf(alone: VersionsDiff, stories: Stories): readonly Sentence[] {
  const doc = docOf(alone);
  const { text, role } = closingOf(alone);
  const tone = role === "good" || role === "bad" || role === "warn" ? role : "plain";
  const story = stories.all.findIndex(({ parting }) => parting !== null);
  const parting = stories.all[story]?.parting ?? null;
  return [
    ...(doc === null ? [] : [{ words: [doc], tone: "plain", story: -1 } as const]),
    { words: text, tone, story: -1 },
    ...(parting === null ? [] : [{ words: parting.words, tone: parting.tone, story }]),
    ...stories.leftOut(),
  ];
}
