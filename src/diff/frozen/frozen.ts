// What is frozen of a version's behaviour under one choice of parameters, and what of it has drifted since.
//
// Only what a check finds is frozen: never the text, nor names of locals or labels, nor the order of declarations.

import { outcomeOf } from "../../checker/expectations.ts";
import type { CostResult, Exploration, Outcome, Verdict } from "../../checker/exploration.ts";
import { sameValue } from "../../checker/values.ts";
import type { Machine, Value } from "../../machine/machine.ts";

/** The results of one complete search. */
export interface FrozenVector {
  /** The params that were given values, as written; the others had their defaults. */
  readonly settings: Readonly<Record<string, string>>;
  /** The values of all params. */
  readonly parameters: Readonly<Record<string, Value>>;
  readonly initialStates: number;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** The hash of the reachable states (checker/state-hash.ts). */
  readonly hash: string;
  readonly verdicts: readonly FrozenVerdict[];
  readonly costs: readonly FrozenCost[];
}

/** All that was found for one property, assert or built-in check. */
export interface FrozenVerdict {
  readonly kind: string;
  /** Of an assert without a name: `assert 2 of f`, whatever stands around it. */
  readonly name: string;
  readonly outcome: Outcome;
  /** Of built-in checks that find several things: one entry for each fault's place (its kind) and each stuck process. */
  readonly findings: readonly string[];
}

export type FrozenCost = Pick<CostResult, "name" | "least" | "greatest">;

/** What there is to freeze of a complete search; `hash` is that of its states. */
export function frozenVector(
  settings: ReadonlyMap<string, string>,
  machine: Machine,
  exploration: Exploration,
  hash: string,
): FrozenVector {
  const { parameters, initialStates, distinctStates, transitions, depth, costs } = exploration;
  return {
    settings: Object.fromEntries(settings),
    parameters: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
    initialStates,
    states: distinctStates,
    transitions,
    depth,
    hash,
    verdicts: frozenVerdicts(machine, exploration),
    costs: costs.map(({ name, least, greatest }) => ({ name, least, greatest })),
  };
}

function frozenVerdicts(machine: Machine, exploration: Exploration): readonly FrozenVerdict[] {
  const lasting = assertNames(machine);
  const named = new Map<string, Verdict[]>();
  for (const verdict of exploration.verdicts) {
    const known = named.get(verdict.name);
    if (known === undefined) named.set(verdict.name, [verdict]);
    else known.push(verdict);
  }
  return [...named].map(([name, verdicts]) => ({
    kind: verdicts[0]?.kind ?? "invariant",
    name: lasting.get(name) ?? name,
    outcome: outcomeOf(exploration, name),
    findings: verdicts.flatMap(findingsOf).toSorted(),
  }));
}

/** The names that Weft gives asserts change with the lines in front of them; their order within a body lasts. */
function assertNames({ assertions }: Machine): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    assertions
      .filter(({ named }) => !named)
      .map(({ name, function: owner }) => {
        const count = (counts.get(owner) ?? 0) + 1;
        counts.set(owner, count);
        return [name, `assert ${count} of ${owner}`] as const;
      }),
  );
}

/** In words that do not depend on places in the text. */
function findingsOf({ kind, detail }: Verdict): readonly string[] {
  switch (detail?.kind) {
    case "fault":
      return [detail.fault];
    case "sleep":
      return ["sleep-under-spinlock"];
    case "blocked":
      // Of several deadlocks the one that is met first is told, which may change with the order of declarations.
      return kind === "stuck" ? detail.processes : [];
    default:
      return [];
  }
}

// ---------------------------------------------------------------- drift

/** Something that is not as it was frozen. */
export type Drift =
  /** Another outcome; null on the side that has no such property. */
  | {
      readonly kind: "verdict";
      readonly name: string;
      readonly before: Outcome | null;
      readonly after: Outcome | null;
    }
  /** The same outcome for other reasons. */
  | {
      readonly kind: "findings";
      readonly name: string;
      readonly before: readonly string[];
      readonly after: readonly string[];
    }
  | {
      readonly kind: "count";
      readonly name: CountName;
      readonly before: number;
      readonly after: number;
    }
  | {
      readonly kind: "cost";
      readonly name: string;
      readonly before: FrozenCost | null;
      readonly after: FrozenCost | null;
    }
  | { readonly kind: "hash"; readonly before: string; readonly after: string };

const counts = ["initialStates", "states", "transitions", "depth"] as const;

export type CountName = (typeof counts)[number];

/** All that is not as it was frozen: verdicts that flipped first, the hash last. */
export function driftOf(before: FrozenVector, after: FrozenVector): readonly Drift[] {
  const verdicts = verdictDrifts(before.verdicts, after.verdicts);
  const flipped = (drift: Drift): boolean =>
    drift.kind === "verdict" && drift.before !== null && drift.after !== null;
  return [
    ...verdicts.filter(flipped),
    ...verdicts.filter((drift) => !flipped(drift)),
    ...counts.flatMap((name): Drift[] =>
      before[name] === after[name]
        ? []
        : [{ kind: "count", name, before: before[name], after: after[name] }],
    ),
    ...paired(before.costs, after.costs).flatMap(([name, from, to]): Drift[] =>
      from?.least === to?.least && from?.greatest === to?.greatest
        ? []
        : [{ kind: "cost", name, before: from, after: to }],
    ),
    ...(before.hash === after.hash
      ? []
      : [{ kind: "hash" as const, before: before.hash, after: after.hash }]),
  ];
}

function verdictDrifts(
  before: readonly FrozenVerdict[],
  after: readonly FrozenVerdict[],
): readonly Drift[] {
  return paired(before, after).flatMap(([name, from, to]): Drift[] => {
    if (from === null || to === null || from.outcome !== to.outcome) {
      return [{ kind: "verdict", name, before: from?.outcome ?? null, after: to?.outcome ?? null }];
    }
    return sameValue(from.findings, to.findings)
      ? []
      : [{ kind: "findings", name, before: from.findings, after: to.findings }];
  });
}

/** What has the same name on both sides, in the order of the new one; what is gone last. */
function paired<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
): readonly (readonly [string, T | null, T | null])[] {
  const names = new Set([...after, ...before].map(({ name }) => name));
  return [...names].map((name) => {
    const named = (one: T): boolean => one.name === name;
    return [name, before.find(named) ?? null, after.find(named) ?? null] as const;
  });
}
