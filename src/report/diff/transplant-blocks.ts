// What became of the old counterexamples: the first at length, in words and columns; those that part in the same way by name.

import type { Verdict } from "../../checker/exploration.ts";
import type { Difference } from "../../diff/difference.ts";
import type { Transplant } from "../../diff/transplant/transplant.ts";
import {
  type Block,
  code,
  enumerated,
  heading,
  type Phrase,
  paragraph,
  type SectionOptions,
  say,
} from "./block.ts";
import { drawFollowed } from "./drawing.ts";
import { followedStory } from "./followed.ts";
import { type Names, shortName } from "./names.ts";
import { transplantPhrase } from "./transplant.ts";

/** What became of the old counterexamples: the first at length, the others in a sentence unless in full. */
export function transplantBlocks(
  difference: Difference,
  names: Names,
  { width, paint, extent }: SectionOptions,
): readonly Block[] {
  const full = extent === "full";
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
