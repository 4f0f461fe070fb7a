// The matrix of verdicts: a row for each property, for each choice of parameters a cell for each version.

import { unexpectedIn, usualOutcome } from "../../checker/expectations.ts";
import type { Outcome, Verdict } from "../../checker/exploration.ts";
import type { Difference } from "../../diff/difference.ts";
import type { VectorDifference } from "../../diff/vectors.ts";
import type { VerdictPair } from "../../diff/verdicts.ts";
import type { Version } from "../../diff/version.ts";
import { plural } from "../words.ts";
import type { Cell, PropertyRow, Tone } from "./data.ts";
import { plainName } from "./diff-stories.ts";

/** By name of a property: the story of each version's verdict, -1 if there is none. */
export type Shown = ReadonlyMap<string, readonly number[]>;

/** The matrix of verdicts; properties that flip anywhere go first. */
export function propertyRows(
  vectors: readonly VectorDifference[],
  shown: readonly Shown[],
): readonly PropertyRow[] {
  const names = new Map<string, VerdictPair>();
  for (const { difference } of vectors) {
    for (const pair of difference.verdicts) if (!names.has(pair.name)) names.set(pair.name, pair);
  }
  const rows = [...names.values()].map((one): PropertyRow => {
    const cells = vectors.map(({ difference }, index) => {
      const pair = difference.verdicts.find(({ name }) => name === one.name);
      const stories = shown[index]?.get(one.name) ?? [];
      return pair === undefined ? [null, null] : cellsOf(pair, difference, stories);
    });
    return { name: plainName(one), cells };
  });
  const flips = ({ cells }: PropertyRow): boolean =>
    cells.some((pair) => pair.some((cell) => cell?.flipped === true));
  return [...rows.filter(flips), ...rows.filter((row) => !flips(row))];
}

function cellsOf(
  pair: VerdictPair,
  { before, after }: Difference,
  shown: readonly number[],
): readonly (Cell | null)[] {
  return [
    cellOf(pair, before, pair.before, pair.expectedBefore, pair.verdictsBefore, shown[0] ?? -1),
    cellOf(pair, after, pair.after, pair.expectedAfter, pair.verdictsAfter, shown[1] ?? -1),
  ];
}

function cellOf(
  { kind, name, flipped }: VerdictPair,
  { machine, exploration }: Version,
  outcome: Outcome | null,
  expected: Outcome | null,
  [verdict]: readonly Verdict[],
  story: number,
): Cell | null {
  if (outcome === null) return null;
  const steps = verdict?.trace?.steps.length;
  const surprising = unexpectedIn(machine, exploration).includes(name);
  const notes = [
    ...(steps === undefined ? [] : [plural(steps, "step")]),
    ...(surprising ? [`expected: ${expected ?? usualOutcome(kind)}`] : []),
  ];
  return {
    words: outcome,
    note: notes.join("; "),
    tone: toneOf(kind, outcome, expected),
    flipped,
    story,
  };
}

/** Red is what is wrong, be it expected or not; what is unreachable by intent is neither. */
export function toneOf(kind: Verdict["kind"], outcome: Outcome, expected: Outcome | null): Tone {
  if (outcome === "violated") return "bad";
  if (outcome === "unknown") return "warn";
  if (outcome === usualOutcome(kind)) return "good";
  return outcome === expected ? "plain" : "warn";
}
