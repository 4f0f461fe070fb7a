// The whole comparison in one sentence: the last line of a report.

import type { Difference } from "../../diff/difference.ts";
import { leading, type VersionsDiff } from "../../diff/vectors.ts";
import type { VerdictPair } from "../../diff/verdicts.ts";
import type { Role } from "../style.ts";
import { code, enumerated, joined, type Phrase, say } from "./block.ts";
import { totalWords } from "./costs.ts";
import { shortName, vectorName } from "./names.ts";
import { unexpectedNames } from "./verdicts.ts";

export interface Closing {
  readonly text: Phrase;
  readonly role: Role;
}

/** `unmap_complete holds now; nothing new can happen; idle_locks 0 to 2 -> 0 to 3; nothing unexpected` */
export function closingOf(diff: VersionsDiff): Closing {
  const difference = leading(diff);
  const unexpected = unexpectedNames(diff.vectors);
  const complete = isComplete(diff);
  const clauses = [
    ...flipClauses(diff),
    ...stillClauses(diff),
    ...behaviourClause(difference),
    ...costClauses(difference),
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

/** What became of the verdicts; under several parameters only of those of the leading ones, which are named. */
function flipClauses(diff: VersionsDiff): readonly Phrase[] {
  const difference = leading(diff);
  const vector = diff.vectors.find((one) => one.difference === difference);
  const under =
    vector === undefined || vector.values.length === 0 ? "" : ` with ${vectorName(vector)}`;
  const flipped = difference.verdicts.filter((pair) => pair.flipped);
  if (flipped.length === 0) return [say`no verdict differs`];
  return (["holds", "violated", "reachable", "unreachable"] as const).flatMap((outcome) => {
    const names = flipped.filter(({ after }) => after === outcome);
    return names.length === 0 ? [] : [say`${becameWords(names, outcome)}${under}`];
  });
}

/** What both versions violate, and under which parameters, if some vary. */
function stillClauses({ vectors }: VersionsDiff): readonly Phrase[] {
  const pairs = new Map<string, VerdictPair[]>();
  for (const vector of vectors) {
    const under = vectorName(vector);
    const still = vector.difference.verdicts.filter(
      ({ before, after }) => before === "violated" && after === "violated",
    );
    for (const pair of still) {
      const where = vectors.length < 2 ? "" : under;
      pairs.set(where, [...(pairs.get(where) ?? []), pair]);
    }
  }
  return [...pairs].map(([under, still]) => {
    const verb = still.length === 1 ? "is" : "are";
    const words = say`${enumerated(still.map((pair) => [shortName(pair)]))} ${verb} still violated`;
    return under === "" ? words : say`${words} with ${under}`;
  });
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
  return costs
    .filter(({ kind, differs }) => kind === "declared" && differs)
    .map(
      ({ name, before, after }) => say`${code(name)} ${totalWords(before)} -> ${totalWords(after)}`,
    );
}
