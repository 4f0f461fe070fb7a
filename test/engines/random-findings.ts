// What a long run has found wrong, like with like, and how it is told.

import type { Comparison, EngineComparison } from "./differential.ts";

/** Comparisons of one engine that went wrong in the same way. */
export interface Group {
  readonly engine: string;
  readonly outcome: EngineComparison["outcome"] | "lost";
  readonly signature: string;
  readonly seeds: number[];
  /** Of the first of them. */
  readonly message: string;
}

/** Puts what is wrong with a comparison into its groups; gives the groups that were added to. */
export function sortIn(
  groups: Map<string, Group>,
  seed: number,
  comparison: Comparison,
): readonly Group[] {
  if (comparison.kind !== "compared") return [];
  return comparison.engines
    .filter(({ outcome }) => outcome !== "agrees")
    .map(({ engine, outcome, signature, message }) =>
      addTo(groups, seed, { engine, outcome, signature, message }),
    );
}

/** Adds a seed to the group of its kind. */
export function addTo(
  groups: Map<string, Group>,
  seed: number,
  wrong: Omit<Group, "seeds">,
): Group {
  const key = `${wrong.engine} ${wrong.outcome} ${wrong.signature}`;
  const group = groups.get(key) ?? { ...wrong, seeds: [] };
  groups.set(key, group);
  group.seeds.push(seed);
  return group;
}

/** One line a group, the largest first, with its first seeds. */
export function describeGroups(groups: ReadonlyMap<string, Group>): readonly string[] {
  return [...groups.values()]
    .toSorted((one, other) => other.seeds.length - one.seeds.length)
    .map(({ engine, outcome, signature, seeds }) => {
      const some = seeds.toSorted((one, other) => one - other).slice(0, 8);
      const more = seeds.length > some.length ? ", …" : "";
      return `${engine} ${outcome}, ${seeds.length} times: ${signature} (${some.join(", ")}${more})`;
    });
}
