// Do several searches of one spec come to the same? Counts and verdicts, compared where they mean the same.

import type { Found, NotJudged, Outcome, Verdict } from "../checker/exploration.ts";
import type { EngineVerdict } from "./engine.ts";

/** One who searched, with what came out. */
export interface Contender {
  readonly who: string;
  readonly version: string;
  readonly flags: readonly string[];
  readonly found: Found;
  /** Peak resident memory; null if unknown. */
  readonly memoryBytes: number | null;
  /** Its verdicts whose behaviour is none of Weft's machine. */
  readonly unconfirmed: readonly EngineVerdict[];
}

export interface Said<T> {
  readonly who: string;
  readonly value: T;
}

export type Count = "states" | "transitions" | "depth";

export type Disagreement =
  | { readonly kind: "count"; readonly what: Count; readonly said: readonly Said<number>[] }
  | {
      readonly kind: "verdict";
      readonly subject: Subject;
      readonly said: readonly Said<Outcome>[];
      /** A verdict with a behaviour that shows it, by one of those who have one. */
      readonly shown: Verdict | null;
    }
  | { readonly kind: "behaviour"; readonly who: string; readonly verdict: EngineVerdict };

/** What a verdict is about. */
export interface Subject {
  readonly kind: Verdict["kind"];
  readonly name: string;
}

/** Everything in which the contenders differ; the first one is the measure of what there is to compare. */
export function disagreements(contenders: readonly Contender[]): readonly Disagreement[] {
  return [
    ...contenders.flatMap(({ who, unconfirmed }) =>
      unconfirmed.map((verdict): Disagreement => ({ kind: "behaviour", who, verdict })),
    ),
    ...subjectsOf(contenders).flatMap((subject) => verdictDisagreement(contenders, subject)),
    ...countDisagreements(contenders),
  ];
}

/** What anybody has a verdict on, in the order of the verdicts. */
export function subjectsOf(contenders: readonly Contender[]): readonly Subject[] {
  const subjects = new Map<string, Subject>();
  for (const { found } of contenders) {
    for (const { kind, name } of found.verdicts) {
      const key = `${kind} ${name}`;
      if (!subjects.has(key)) subjects.set(key, { kind, name });
    }
  }
  return [...subjects.values()];
}

/** What came out for a subject; null if this search does not judge it. */
export function outcomeOn(found: Found, subject: Subject): Outcome | null {
  const outcomes = found.verdicts.filter((one) => isAbout(one, subject)).map((one) => one.outcome);
  const worst = (["violated", "reachable", "unreachable", "unknown"] as const).find((outcome) =>
    outcomes.includes(outcome),
  );
  return worst ?? outcomes[0] ?? null;
}

function isAbout(one: Subject | NotJudged, { kind, name }: Subject): boolean {
  return one.kind === kind && one.name === name;
}

function verdictDisagreement(
  contenders: readonly Contender[],
  subject: Subject,
): readonly Disagreement[] {
  const said = contenders.flatMap(({ who, found }) => {
    const value = outcomeOn(found, subject);
    return value === null || value === "unknown" ? [] : [{ who, value }];
  });
  if (new Set(said.map(({ value }) => value)).size <= 1) return [];
  const shown = contenders
    .flatMap(({ found }) => found.verdicts)
    .find((verdict) => isAbout(verdict, subject) && verdict.trace !== null);
  return [{ kind: "verdict", subject, said, shown: shown ?? null }];
}

function countDisagreements(contenders: readonly Contender[]): readonly Disagreement[] {
  const [first] = contenders;
  // Some engines stop where a step faults, or take several faults of one step for one.
  const faulty = first?.found.verdicts.some(({ detail }) => detail?.kind === "fault") ?? false;
  const counts: readonly Count[] = faulty
    ? ["states", "depth"]
    : ["states", "transitions", "depth"];
  return counts.flatMap((what): readonly Disagreement[] => {
    const said = contenders.flatMap(({ who, found }) => {
      const value = countOf(found, what);
      return value === null || !found.complete ? [] : [{ who, value }];
    });
    return new Set(said.map(({ value }) => value)).size > 1 ? [{ kind: "count", what, said }] : [];
  });
}

/** A count of a search; null if it does not tell. */
export function countOf(found: Found, what: Count): number | null {
  switch (what) {
    case "states":
      return found.distinctStates;
    case "transitions":
      return found.transitions;
    case "depth":
      return found.depth;
    default:
      return what satisfies never;
  }
}
