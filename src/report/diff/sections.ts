// The parts of a comparison in the order in which a reviewer asks for them: what is different, why, at what price.

import type { Verdict } from "../../checker/exploration.ts";
import type { Inclusion } from "../../diff/behaviours.ts";
import type { Difference } from "../../diff/difference.ts";
import type { Transplant } from "../../diff/transplant.ts";
import { leading, type VersionsDiff } from "../../diff/vectors.ts";
import type { VerdictPair } from "../../diff/verdicts.ts";
import type { Version } from "../../diff/version.ts";
import type { Machine } from "../../machine/machine.ts";
import type { Paint } from "../style.ts";
import { formatValue } from "../values.ts";
import { lengthOf } from "../verdicts.ts";
import { oneLine } from "../words.ts";
import { behaviourBlocks, endingWords } from "./behaviours.ts";
import {
  type Block,
  code,
  enumerated,
  heading,
  joined,
  type Phrase,
  paragraph,
  say,
  value,
} from "./block.ts";
import { costBlocks } from "./costs.ts";
import { drawCounterexample, drawFollowed, drawRun } from "./drawing.ts";
import { followedStory } from "./followed.ts";
import { type Names, namesOf, shortName, vectorName } from "./names.ts";
import { structureBlocks } from "./structure.ts";
import { transplantPhrase } from "./transplant.ts";
import { countBlocks, verdictBlocks } from "./verdicts.ts";

export interface SectionOptions {
  readonly width: number;
  readonly paint?: Paint;
  /** Everything in whole, not what fits a screen. */
  readonly full: boolean;
}

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

/** The counterexamples that only the new version has, or, in full, those that only the old one has too. */
export function counterexampleBlocks(
  difference: Difference,
  names: Names,
  { width, paint, full }: SectionOptions,
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
  return [
    ...(full ? mended.flatMap((pair) => blocks(pair, "before")) : []),
    ...(full ? broken : broken.slice(0, 1)).flatMap((pair) => blocks(pair, "after")),
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

/** What became of the old counterexamples: the first at length, the others in a sentence unless in full. */
export function transplantBlocks(
  difference: Difference,
  names: Names,
  { width, paint, full }: SectionOptions,
): readonly Block[] {
  const drawing = { width, whole: full, ...(paint === undefined ? {} : { paint }) };
  const [first, ...others] = difference.transplants;
  if (first === undefined) return [];
  const blocks = (
    transplant: Transplant,
    withRows: boolean,
    subject: Phrase,
    more: Phrase = [],
  ): readonly Block[] => [
    paragraph([...phraseOf(difference, transplant, names, subject), ...more]),
    ...(withRows && (full || transplant.parting !== null) && transplant.followed.steps.length > 0
      ? [{ kind: "drawing", text: drawFollowed(difference, transplant, drawing) } as const]
      : []),
  ];
  const alike = full ? [] : others.filter((other) => sameParting(first, other));
  return [
    heading(transplantTitle(first, difference)),
    ...blocks(
      first,
      true,
      say`the counterexample of ${code(names.before)}`,
      alikePhrase(first, alike),
    ),
    ...others
      .filter((other) => !alike.includes(other))
      .flatMap((other) => [
        ...(full ? [heading(transplantTitle(other, difference))] : []),
        ...blocks(other, full, say`the counterexample of ${shortName(other.verdict)}`),
      ]),
  ];
}

function alikePhrase(first: Transplant, alike: readonly Transplant[]): Phrase {
  if (alike.length === 0) return [];
  const names = enumerated(alike.map(({ verdict }) => [shortName(verdict)]));
  const [what, verb] = alike.length === 1 ? ["counterexample of", "s"] : ["counterexamples of", ""];
  const does = first.parting === null ? `run${verb} there too` : `part${verb} there too`;
  return say` The ${what} ${names} ${does}.`;
}

function phraseOf(
  difference: Difference,
  transplant: Transplant,
  names: Names,
  subject: Phrase,
): Phrase {
  const { before, after } = difference;
  const story = followedStory(difference, transplant);
  const machines = { before: before.machine, after: after.machine };
  return transplantPhrase(transplant, { ...machines, names, subject, story });
}

function transplantTitle({ verdict }: Transplant, { verdicts }: Difference): Phrase {
  const pair = verdicts.find(({ name }) => name === verdict.name);
  return pair?.after === "holds"
    ? goneTitle(verdict)
    : say`The old counterexample of ${shortName(verdict)}`;
}

function goneTitle({ kind, name }: Verdict): Phrase {
  switch (kind) {
    case "invariant":
    case "step":
    case "cover":
      return say`Why ${code(name)} is no longer violated`;
    case "assert":
      return say`Why the assert ${code(name)} no longer fails`;
    case "deadlock":
      return say`Why there is no deadlock any more`;
    case "stuck":
      return say`Why no process is stuck any more`;
    case "range":
      return say`Why there is no fault any more`;
    case "lock_use":
      return say`Why no lock is misused any more`;
    case "lock_order":
      return say`Why the order of locks has no cycle any more`;
    default:
      return kind satisfies never;
  }
}

/** Do two old counterexamples come to the same row, stopped in the same way? */
function sameParting(one: Transplant, other: Transplant): boolean {
  const [left, right] = [one.parting, other.parting];
  if (left === null || right === null) return left === right;
  return (
    left.line === right.line &&
    left.mover === right.mover &&
    left.why.kind === right.why.kind &&
    (one.continuation?.violation === null) === (other.continuation?.violation === null)
  );
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
  { width, paint, full }: SectionOptions,
): readonly Block[] {
  const shown =
    transplants.length > 0 || verdicts.some((pair) => pair.flipped && pair.after === "violated");
  if (behaviours === null || (shown && !full)) return [];
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
  return [
    ...(params.length === 0 ? [] : [paragraph(say`compared with ${params}`)]),
    ...verdictBlocks(diff, names, { all: false, short: width < usualWidth }),
    ...countBlocks(diff, names),
    ...underBlocks(diff),
    ...counterexampleBlocks(difference, names, { width, full: true }).slice(0, 3),
    ...transplantBlocks(difference, names, { width, full: false }),
    ...behaviourBlocks(difference, names, false),
    ...ownRunBlocks(difference, names, { width, full: false }),
    ...costBlocks(diff, names, false),
    ...structureBlocks(difference, false),
  ];
}
