// What the patches of a series do together: which subsets there are, and what each comes to.
//
// A subset is applied in the order of the series. Patches are counted from 0; reports count from 1.

import type { Outcome } from "../../checker/exploration.ts";

/** One choice among the patches of a series, applied in the order of the series. */
export interface SubsetResult {
  /** Indices into the series' patches, ascending. */
  readonly patches: readonly number[];
  /** By property; null if the patches do not apply without the others, and then `reason` says why. */
  readonly outcomes: ReadonlyMap<string, Outcome> | null;
  readonly reason: string | null;
  /** Properties with another outcome than this very set of patches expects. */
  readonly unexpected: readonly string[];
}

/** What subsets of a series come to under one choice of parameters. */
export interface SeriesResults {
  /** How many patches the series has. */
  readonly patches: number;
  /** The base first, fewer patches before more. */
  readonly subsets: readonly SubsetResult[];
}

/** The base, the first patch, the first two …: the order in which a series is applied. */
export function prefixesOf(patches: number): readonly (readonly number[])[] {
  return Array.from({ length: patches + 1 }, (_, length) => [...Array(length).keys()]);
}

/** Every subset, fewer patches before more, and those of one size in the order of the series. */
export function subsetsOf(patches: number): readonly (readonly number[])[] {
  const all = Array.from({ length: 2 ** patches }, (_, mask) =>
    [...Array(patches).keys()].filter((patch) => (mask >> patch) & 1),
  );
  return all.sort((left, right) => left.length - right.length || inOrder(left, right));
}

function inOrder(left: readonly number[], right: readonly number[]): number {
  const differ = left.findIndex((patch, position) => patch !== right[position]);
  return differ < 0 ? 0 : (left[differ] ?? 0) - (right[differ] ?? 0);
}

/**
 * The patches that each patch file stands on, itself last, when it is read by itself: the file that it says it is a patch
 * of, and so on down to the base. Null if that leads elsewhere, or goes against the order of the series.
 */
export function chainsOf(
  base: string,
  patches: readonly { readonly path: string; readonly of: string | null }[],
): readonly (readonly number[] | null)[] {
  const chains: (readonly number[] | null)[] = [];
  for (const [index, { of }] of patches.entries()) {
    const below = patches.findLastIndex(({ path }, other) => other < index && path === of);
    if (of === base) chains.push([index]);
    else chains.push(below < 0 || chains[below] == null ? null : [...chains[below], index]);
  }
  return chains;
}

/** The result of a subset, if it was looked at. */
export function resultOf(
  { subsets }: SeriesResults,
  patches: readonly number[],
): SubsetResult | null {
  const key = patches.join();
  return subsets.find((subset) => subset.patches.join() === key) ?? null;
}

/** The subset with every patch. */
export function wholeOf(results: SeriesResults): SubsetResult | null {
  return resultOf(results, [...Array(results.patches).keys()]);
}

/** Every property that some subset has, in the order in which they are met. */
export function propertiesOf({ subsets }: SeriesResults): readonly string[] {
  return [...new Set(subsets.flatMap(({ outcomes }) => [...(outcomes?.keys() ?? [])]))];
}
