// The whole comparison in one sentence: the last line of a report.

import type { Difference } from "../../diff/difference.ts";
import type { VectorDifference, VersionsDiff } from "../../diff/vectors.ts";
import type { VerdictPair } from "../../diff/verdicts.ts";
import type { Role } from "../style.ts";
import { bare, code, enumerated, joined, type Phrase, say, value } from "./block.ts";
import { totalWords } from "./costs.ts";
import { shortName, vectorName } from "./names.ts";
import { unexpectedNames } from "./verdicts.ts";

export interface Closing {
  readonly text: Phrase;
  readonly role: Role;
}

/** `unmap_complete holds now; nothing new can happen; idle_locks 0 to 2 -> 0 to 3; nothing unexpected` */
export function closingOf(diff: VersionsDiff): Closing {
  const unexpected = unexpectedNames(diff.vectors);
  const complete = isComplete(diff);
  const clauses = [
    ...flipClauses(diff),
    ...underEach(diff, stillClauses),
    ...underEach(diff, behaviourClause),
    ...underEach(diff, costClauses),
    unexpected.length === 0
      ? say`nothing unexpected`
      : say`unexpected: ${enumerated(unexpected.map((name) => [code(name)]))}`,
    ...(complete ? [] : [say`the searches are not complete`]),
  ];
  const violated = diff.vectors.some(({ difference: { verdicts } }) =>
    verdicts.some(({ after }) => after === "violated"),
  );
  const role = unexpected.length > 0 ? "bad" : complete && !violated ? "good" : "warn";
  return { text: joined(clauses, "; "), role };
}

/** Was every state of both versions searched, under every choice of parameters? */
export function isComplete({ vectors }: VersionsDiff): boolean {
  return vectors.every(({ difference: { before, after } }) =>
    [before, after].every(({ exploration }) => exploration.complete),
  );
}

/** Choices of parameters that are named; more are counted. */
const mostNamed = 3;

/** What is said of the versions under each choice of parameters, once, and of which choices unless it is true of all. */
function underEach(
  { vectors }: VersionsDiff,
  clausesOf: (difference: Difference) => readonly Phrase[],
): readonly Phrase[] {
  const told = new Map<string, { readonly clause: Phrase; readonly under: VectorDifference[] }>();
  for (const vector of vectors) {
    for (const clause of clausesOf(vector.difference)) {
      const known = told.get(bare(clause));
      if (known === undefined) told.set(bare(clause), { clause, under: [vector] });
      else known.under.push(vector);
    }
  }
  return [...told.values()].map(({ clause, under }) => {
    if (under.length === vectors.length) return clause;
    return under.length > mostNamed
      ? say`${clause} under ${under.length} of ${vectors.length} choices of parameters`
      : say`${clause} ${enumerated(under.map((vector) => say`with ${value(vectorName(vector))}`))}`;
  });
}

/** What became of the verdicts. */
function flipClauses(diff: VersionsDiff): readonly Phrase[] {
  const told = underEach(diff, ({ verdicts }) => {
    const flipped = verdicts.filter((pair) => pair.flipped);
    return (["holds", "violated", "reachable", "unreachable"] as const).flatMap((outcome) => {
      const names = flipped.filter(({ after }) => after === outcome);
      return names.length === 0 ? [] : [becameWords(names, outcome)];
    });
  });
  if (told.length > 0) return told;
  const unknown = diff.vectors.some(({ difference: { verdicts } }) =>
    verdicts.some(({ before, after }) => before === "unknown" || after === "unknown"),
  );
  return [unknown ? say`no verdict is known to differ` : say`no verdict differs`];
}

/** What both versions violate. */
function stillClauses({ verdicts }: Difference): readonly Phrase[] {
  const still = verdicts.filter(
    ({ before, after }) => before === "violated" && after === "violated",
  );
  if (still.length === 0) return [];
  const verb = still.length === 1 ? "is" : "are";
  return [say`${enumerated(still.map((pair) => [shortName(pair)]))} ${verb} still violated`];
}

function becameWords(
  pairs: readonly VerdictPair[],
  outcome: "holds" | "violated" | "reachable" | "unreachable",
): Phrase {
  const subject = enumerated(pairs.map((pair) => say`${shortName(pair)}`));
  const one = pairs.length === 1;
  if (outcome === "holds") return say`${subject} ${one ? "holds" : "hold"} now`;
  return say`${subject} ${one ? "is" : "are"} ${outcome} now`;
}

function behaviourClause({ behaviours }: Difference): readonly Phrase[] {
  if (behaviours === null || behaviours.observed.length === 0) return [];
  const { beforeInAfter, afterInBefore } = behaviours;
  if (beforeInAfter.kind === "unknown" || afterInBefore.kind === "unknown") return [];
  const gone = beforeInAfter.kind === "differs";
  const added = afterInBefore.kind === "differs";
  if (gone && added) return [say`some behaviours are gone and some are new`];
  if (gone) return [say`some behaviours are gone, none is new`];
  return added ? [say`some behaviours are new, none is gone`] : [say`the same behaviours`];
}

function costClauses({ costs }: Difference): readonly Phrase[] {
  return (
    costs
      .filter(({ kind, differs }) => kind === "declared" && differs)
      // Where no run ends there is no total to speak of.
      .filter(({ before, after }) => before?.least != null && after?.least != null)
      .map(
        ({ name, before, after }) =>
          say`${code(name)} ${totalWords(before)} -> ${totalWords(after)}`,
      )
  );
}
