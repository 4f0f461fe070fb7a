// Which patches of a series a property needs, from what all its subsets come to.

import {
  propertiesOf,
  resultOf,
  type SeriesResults,
  type SubsetResult,
  wholeOf,
} from "./series.ts";

/** A property that the whole series makes hold, though some subset of it violates it. */
export interface Needs {
  readonly property: string;
  /** Violated by the base; else only by something on the way. */
  readonly violatedInBase: boolean;
  /** Without any one of these the rest of the series violates it. */
  readonly needed: readonly number[];
  /** Without any one of these the rest of the series does not apply, so that it cannot be said. */
  readonly inseparable: readonly number[];
  /** Subsets in which it holds, and no smaller part of which makes it hold; fewer patches first. */
  readonly sufficient: readonly (readonly number[])[];
}

/** What each property needs that holds in the whole series and is violated in some subset. */
export function needsOf(results: SeriesResults): readonly Needs[] {
  const whole = wholeOf(results);
  const base = resultOf(results, []);
  return propertiesOf(results).flatMap((property): readonly Needs[] => {
    const violated = results.subsets.some((subset) => violates(subset, property));
    if (!violated || whole === null || !holds(whole, property)) return [];
    const { needed, inseparable } = withoutEach(results, property);
    return [
      {
        property,
        violatedInBase: base !== null && violates(base, property),
        needed,
        inseparable,
        sufficient: minimalSubsets(results, property),
      },
    ];
  });
}

/** Whether a subset applies and violates a property. */
export function violates({ outcomes }: SubsetResult, property: string): boolean {
  return outcomes?.get(property) === "violated";
}

/** Whether a subset applies and a property holds in it. */
export function holds({ outcomes }: SubsetResult, property: string): boolean {
  return outcomes?.get(property) === "holds";
}

function withoutEach(
  results: SeriesResults,
  property: string,
): Pick<Needs, "needed" | "inseparable"> {
  const needed: number[] = [];
  const inseparable: number[] = [];
  const all = [...Array(results.patches).keys()];
  for (const patch of all) {
    const rest = resultOf(
      results,
      all.filter((other) => other !== patch),
    );
    if (rest === null) continue;
    if (rest.outcomes === null) inseparable.push(patch);
    else if (violates(rest, property)) needed.push(patch);
  }
  return { needed, inseparable };
}

/** As subsets come fewer patches first, what is no superset of an earlier one is minimal. */
function minimalSubsets(results: SeriesResults, property: string): Needs["sufficient"] {
  const minimal: (readonly number[])[] = [];
  for (const subset of results.subsets) {
    if (!holds(subset, property)) continue;
    const { patches } = subset;
    if (minimal.some((smaller) => smaller.every((patch) => patches.includes(patch)))) continue;
    minimal.push(patches);
  }
  return minimal;
}

/** A patch that applies only where others are applied too. */
export interface Dependence {
  readonly patch: number;
  readonly on: readonly number[];
  /** Why it does not apply to the least subset without them. */
  readonly reason: string;
}

/** Which patches do not apply without which others, if every subset was looked at. */
export function dependencesOf({ patches: count, subsets }: SeriesResults): readonly Dependence[] {
  const all = [...Array(count).keys()];
  return all.flatMap((patch): readonly Dependence[] => {
    const having = subsets.filter(({ patches }) => patches.includes(patch));
    const applied = having.filter(({ outcomes }) => outcomes !== null);
    const on = all.filter(
      (other) => other !== patch && applied.every(({ patches }) => patches.includes(other)),
    );
    const refused = having.find(({ outcomes }) => outcomes === null);
    return on.length === 0 || refused === undefined
      ? []
      : [{ patch, on, reason: refused.reason ?? "" }];
  });
}

/** Whether a subset has a patch without one that it depends on. */
export function lacksDependence(
  patches: readonly number[],
  dependences: readonly Dependence[],
): boolean {
  return dependences.some(
    ({ patch, on }) => patches.includes(patch) && !on.every((other) => patches.includes(other)),
  );
}
