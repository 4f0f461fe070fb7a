// The verdicts of two versions, side by side, flips first.

import { outcomeOf, rightOutcome } from "../checker/expectations.ts";
import type { Outcome, Verdict, VerdictKind } from "../checker/exploration.ts";
import type { Version } from "./version.ts";

/** What one property, assert or built-in check comes to in both versions. */
export interface VerdictPair {
  readonly name: string;
  readonly kind: VerdictKind;
  /** Null: this version does not have it. The worst, where a built-in check found several things. */
  readonly before: Outcome | null;
  readonly after: Outcome | null;
  /** What the version expects of it here, or what is right where it says nothing; null as above. */
  readonly expectedBefore: Outcome | null;
  readonly expectedAfter: Outcome | null;
  /** Both are known, and they differ. */
  readonly flipped: boolean;
  /** The verdicts themselves, those with a trace first. */
  readonly verdictsBefore: readonly Verdict[];
  readonly verdictsAfter: readonly Verdict[];
}

/** Compares the verdicts of two versions. */
export function compareVerdicts(before: Version, after: Version): readonly VerdictPair[] {
  const named = new Map<string, Verdict>();
  for (const { exploration } of [before, after]) {
    for (const verdict of exploration.verdicts) {
      const key = `${verdict.kind} ${verdict.name}`;
      if (!named.has(key)) named.set(key, verdict);
    }
  }
  const pairs = [...named.values()].map(({ name, kind }): VerdictPair => {
    const verdictsBefore = verdictsOf(before, name, kind);
    const verdictsAfter = verdictsOf(after, name, kind);
    const from = verdictsBefore.length > 0 ? outcomeOf(before.exploration, name) : null;
    const to = verdictsAfter.length > 0 ? outcomeOf(after.exploration, name) : null;
    const known = from !== null && to !== null && from !== "unknown" && to !== "unknown";
    return {
      name,
      kind,
      before: from,
      after: to,
      expectedBefore: from === null ? null : expectedOf(before, name, kind),
      expectedAfter: to === null ? null : expectedOf(after, name, kind),
      flipped: known && from !== to,
      verdictsBefore,
      verdictsAfter,
    };
  });
  return [...pairs.filter(({ flipped }) => flipped), ...pairs.filter(({ flipped }) => !flipped)];
}

/** A cover and an invariant of one name are two different things. */
function verdictsOf({ exploration }: Version, name: string, kind: VerdictKind): readonly Verdict[] {
  const own = exploration.verdicts.filter(
    (verdict) => verdict.name === name && verdict.kind === kind,
  );
  return [
    ...own.filter(({ trace }) => trace !== null),
    ...own.filter(({ trace }) => trace === null),
  ];
}

/** What a version expects of a property, or what is right where it says nothing. */
function expectedOf({ machine, exploration }: Version, name: string, kind: VerdictKind): Outcome {
  const found = outcomeOf(exploration, name);
  return rightOutcome(machine, exploration.parameters, { name, kind }, found);
}
