// The parts of a comparison in the order in which a reviewer asks for them: what is different, why, at what price.

import type { Verdict } from "../../checker/exploration.ts";
import type { Inclusion } from "../../diff/behaviours/behaviours.ts";
import type { Difference } from "../../diff/difference.ts";
import { leading, type VersionsDiff } from "../../diff/vectors.ts";
import type { VerdictPair } from "../../diff/verdicts.ts";
import type { Version } from "../../diff/version.ts";
import type { Machine } from "../../machine/machine.ts";
import { formatValue } from "../values.ts";
import { lengthOf } from "../verdicts.ts";
import { oneLine } from "../words.ts";
import { behaviourBlocks, endingWords } from "./behaviours.ts";
import {
  type Block,
  code,
  heading,
  joined,
  type Phrase,
  paragraph,
  type SectionOptions,
  say,
  value,
} from "./block.ts";
import { costBlocks } from "./costs.ts";
import { drawCounterexample, drawRun } from "./drawing.ts";
import { type Names, namesOf, shortName, vectorName } from "./names.ts";
import { structureBlocks } from "./structure.ts";
import { transplantBlocks } from "./transplant-blocks.ts";
import { countBlocks, verdictBlocks } from "./verdicts.ts";

/** `pre-patch -> post-patch`, the params, and what the new version says of itself. */
export function headBlocks(diff: VersionsDiff): readonly Block[] {
  const { before, after } = diff;
  const params = paramsPhrase(diff);
  const doc = docOf(diff);
  return [
    heading(
      say`${code(before)} -> ${code(after)}${params.length === 0 ? "" : say`, with ${params}`}`,
    ),
    ...(doc === null ? [] : [paragraph(say`${doc}`)]),
  ];
}

/** The first line of what the new version's spec says of itself; null if the old one says the same. */
export function docOf(diff: VersionsDiff): string | null {
  const { before, after } = leading(diff);
  const doc = after.machine.doc;
  if (doc === null || doc === before.machine.doc) return null;
  return oneLine(doc);
}

/** The params, those that vary with all their values, those that differ with both. */
function paramsPhrase(diff: VersionsDiff): Phrase {
  const { before, after } = leading(diff);
  const varied = new Map<string, string[]>();
  for (const { values } of diff.vectors) {
    for (const [name, value] of values) {
      const known = varied.get(name) ?? [];
      if (!known.includes(value)) known.push(value);
      varied.set(name, known);
    }
  }
  const old = settingsOf(before.machine);
  const fresh = settingsOf(after.machine);
  const names = [...new Set([...fresh.keys(), ...old.keys()])];
  const told = names.map((name) => {
    const values = varied.get(name);
    if (values !== undefined) return `${name} = ${values.join(" or ")}`;
    const [from, to] = [old.get(name), fresh.get(name)];
    if (from === to || from === undefined) return `${name} = ${to ?? ""}`;
    return to === undefined ? `${name} = ${from}` : `${name} = ${from} -> ${to}`;
  });
  return joined(
    told.map((text) => [value(text)]),
    ", ",
  );
}

function settingsOf({ parameters }: Machine): ReadonlyMap<string, string> {
  return new Map(parameters.map(({ name, value, type }) => [name, formatValue(value, type)]));
}

/** Counterexamples that only one version has: on a screen the first of the new one, on a page that of the old one too. */
export function counterexampleBlocks(
  difference: Difference,
  names: Names,
  { width, paint, extent }: SectionOptions,
): readonly Block[] {
  const drawing = { width, whole: true, ...(paint === undefined ? {} : { paint }) };
  const blocks = (pair: VerdictPair, side: "before" | "after"): readonly Block[] => {
    const [verdict] = side === "before" ? pair.verdictsBefore : pair.verdictsAfter;
    const trace = verdict?.trace ?? null;
    if (verdict === undefined || trace === null) return [];
    const version = difference[side];
    return [
      heading(say`The ${side === "before" ? "old" : "new"} counterexample of ${shortName(pair)}`),
      paragraph(say`${brokenPhrase(verdict)} in ${code(names[side])}${lengthOf(verdict)}:`),
      { kind: "drawing", text: drawCounterexample(version.machine, verdict, trace, drawing) },
    ];
  };
  const flipped = difference.verdicts.filter((pair) => pair.flipped);
  const broken = flipped.filter(({ after }) => after === "violated");
  const mended = flipped.filter(({ before }) => before === "violated");
  const most = extent === "full" ? flipped.length : 1;
  return [
    ...(extent === "screen" ? [] : mended.slice(0, most).flatMap((pair) => blocks(pair, "before"))),
    ...broken.slice(0, most).flatMap((pair) => blocks(pair, "after")),
  ];
}

function brokenPhrase({ kind, name }: Verdict): Phrase {
  switch (kind) {
    case "invariant":
    case "step":
    case "cover":
      return say`${code(name)} is violated`;
    case "assert":
      return say`the assert ${code(name)} fails`;
    case "deadlock":
      return say`there is a deadlock`;
    case "stuck":
      return say`a process is stuck`;
    case "range":
      return say`there is a fault`;
    case "lock_use":
      return say`a lock is misused`;
    case "lock_order":
      return say`the order of locks has a cycle`;
    default:
      return kind satisfies never;
  }
}

/** The params under which the details are told, where several were compared. */
export function underBlocks(diff: VersionsDiff): readonly Block[] {
  const vector = diff.vectors.find(({ difference }) => difference === leading(diff));
  if (vector === undefined || diff.vectors.length < 2) return [];
  return [paragraph(say`what follows is about ${vectorName(vector)}`, "dim")];
}

/**
 * The behaviours that only one version has, in columns: in full both from their start, else the ends of them where no
 * counterexample was shown.
 */
export function ownRunBlocks(
  { before, after, behaviours, verdicts, transplants }: Difference,
  names: Names,
  { width, paint, extent }: SectionOptions,
): readonly Block[] {
  const full = extent === "full";
  const shown =
    transplants.length > 0 || verdicts.some((pair) => pair.flipped && pair.after === "violated");
  if (behaviours === null || behaviours.observed.length === 0 || (shown && !full)) return [];
  const drawing = { width, whole: full, ...(paint === undefined ? {} : { paint }) };
  const blocks = (inclusion: Inclusion, { machine }: Version, name: string): readonly Block[] => {
    if (inclusion.kind !== "differs" || inclusion.trace.steps.length === 0) return [];
    const { trace, ending } = inclusion;
    const mark =
      ending === null ? `only in ${name}` : `only in ${name}: can ${endingWords(ending)}`;
    return [
      paragraph(say`the shortest behaviour that only ${code(name)} has:`),
      { kind: "drawing", text: drawRun(machine, trace, mark, drawing) },
    ];
  };
  return [
    ...blocks(behaviours.afterInBefore, after, names.after),
    ...blocks(behaviours.beforeInAfter, before, names.before),
  ];
}

/** In less the lengths of counterexamples are told in few words. */
const usualWidth = 80;

/** What a page has room for, in the order of a cover letter: more than a screen, less than everything. */
export function pageBlocks(
  diff: VersionsDiff,
  { width }: Pick<SectionOptions, "width">,
): readonly Block[] {
  const names = namesOf(diff);
  const difference = leading(diff);
  const params = paramsPhrase(diff);
  const page = { width, extent: "page" } as const;
  return [
    ...(params.length === 0 ? [] : [paragraph(say`compared with ${params}`)]),
    ...verdictBlocks(diff, names, { all: false, short: width < usualWidth }),
    ...countBlocks(diff, names),
    ...underBlocks(diff),
    ...counterexampleBlocks(difference, names, page),
    ...transplantBlocks(difference, names, page),
    ...behaviourBlocks(difference, names, false),
    ...ownRunBlocks(difference, names, page),
    ...costBlocks(diff, names, false),
    ...structureBlocks(difference, false),
  ];
}
