// In which orders the patches of a series can be applied without passing through a broken state.
//
// An order is a way from the base to the whole series, one patch at a time; what it passes through are subsets, each
// applied in the order of the series. A subset on the way is broken if it does not apply or compile, or if it violates a
// property that held in an earlier one on the same way. What is violated from the start is not broken by anyone.

import { holds, violates } from "./needs.ts";
import { propertiesOf, type SeriesResults, type SubsetResult } from "./series.ts";

export interface Orders {
  /** All orders there are. */
  readonly total: bigint;
  /** Those that pass through no broken state. */
  readonly safe: bigint;
  /** The safe ones themselves; null if there may be too many to name. */
  readonly listed: readonly (readonly number[])[] | null;
  /** States that are broken on some way, fewer patches first. */
  readonly broken: readonly Broken[];
}

export interface Broken {
  readonly patches: readonly number[];
  /** Why it does not apply or compile; null if it does. */
  readonly reason: string | null;
  /** What it violates although it held; empty if it does not apply. */
  readonly violated: readonly {
    readonly property: string;
    /** The patches that break it by coming last; none if it is violated since an earlier state on every way. */
    readonly by: readonly number[];
  }[];
}

/** Up to this many patches, safe orders are listed. */
const LISTED = 4;

/** Judges the orders of a series; of subsets that were not looked at nothing is said, nor of orders through them. */
export function ordersOf(results: SeriesResults): Orders {
  const walk = new Walk(results);
  for (const { patches } of results.subsets) walk.goOnFrom(patches);
  const all = [...Array(results.patches).keys()];
  return {
    total: all.reduce((product, patch) => product * BigInt(patch + 1), 1n),
    safe: walk.waysTo(all),
    listed: results.patches <= LISTED ? walk.safeOrders() : null,
    broken: walk.brokenStates(),
  };
}

/** Properties, as the bits of a number. */
type Held = bigint;

/** Every way from the base on, gone one patch further at a time. */
class Walk {
  private readonly results: SeriesResults;
  private readonly byPatches: ReadonlyMap<string, SubsetResult>;
  /** Properties that some subset violates. */
  private readonly properties: readonly string[];
  /** By subset: how many ways lead there that are not broken so far, by what held on the way. */
  private readonly ways: Map<string, Map<Held, bigint>>;
  /** By subset that is broken on some way: by property, the patches whose coming breaks it. */
  private readonly broken = new Map<string, Map<string, Set<number>>>();

  constructor(results: SeriesResults) {
    this.results = results;
    this.byPatches = new Map(results.subsets.map((subset) => [subset.patches.join(), subset]));
    this.properties = propertiesOf(results).filter((property) =>
      results.subsets.some((subset) => violates(subset, property)),
    );
    const base = this.at([]);
    const applies = base?.outcomes != null;
    if (base !== null && !applies) this.broken.set("", new Map());
    this.ways = new Map([["", new Map([[this.holdingIn(base), applies ? 1n : 0n]])]]);
  }

  /** Applies each patch that is missing; the ways to a subset must all be known before. */
  goOnFrom(patches: readonly number[]): void {
    for (const [held, count] of this.ways.get(patches.join()) ?? []) {
      for (const patch of this.missingIn(patches)) {
        const next = ascending([...patches, patch]);
        const result = this.at(next);
        if (result === null) continue;
        const violated = this.newlyViolated(result, held);
        const broken = result.outcomes === null || violated.length > 0;
        if (broken) this.noteBroken(next, patch, violated, this.at(patches));
        const known = this.ways.get(next.join()) ?? new Map<Held, bigint>();
        const after = held | this.holdingIn(result);
        this.ways.set(
          next.join(),
          known.set(after, (known.get(after) ?? 0n) + (broken ? 0n : count)),
        );
      }
    }
  }

  waysTo(patches: readonly number[]): bigint {
    const counts = this.ways.get(patches.join())?.values() ?? [];
    return [...counts].reduce((sum, count) => sum + count, 0n);
  }

  brokenStates(): readonly Broken[] {
    return this.results.subsets.flatMap(({ patches, reason, outcomes }): readonly Broken[] => {
      const found = this.broken.get(patches.join());
      if (found === undefined) return [];
      const violated = [...found].map(([property, by]) => ({ property, by: ascending([...by]) }));
      return [{ patches, reason: outcomes === null ? reason : null, violated }];
    });
  }

  safeOrders(): readonly (readonly number[])[] {
    const { patches: count } = this.results;
    const follow = (order: readonly number[], held: Held): readonly (readonly number[])[] => {
      if (order.length === count) return [order];
      return this.missingIn(order).flatMap((patch) => {
        const next = [...order, patch];
        const result = this.at(ascending(next));
        if (result?.outcomes == null || this.newlyViolated(result, held).length > 0) return [];
        return follow(next, held | this.holdingIn(result));
      });
    };
    const base = this.at([]);
    return base?.outcomes == null ? [] : follow([], this.holdingIn(base));
  }

  private at(patches: readonly number[]): SubsetResult | null {
    return this.byPatches.get(patches.join()) ?? null;
  }

  private missingIn(patches: readonly number[]): readonly number[] {
    return [...Array(this.results.patches).keys()].filter((patch) => !patches.includes(patch));
  }

  private holdingIn(result: SubsetResult | null): Held {
    return this.properties.reduce(
      (held, property, bit) =>
        result !== null && holds(result, property) ? held | (1n << BigInt(bit)) : held,
      0n,
    );
  }

  private newlyViolated(result: SubsetResult | null, held: Held): readonly string[] {
    return this.properties.filter(
      (property, bit) =>
        result !== null && violates(result, property) && (held >> BigInt(bit)) & 1n,
    );
  }

  /** `before` is the state to which `patch` came. */
  private noteBroken(
    patches: readonly number[],
    patch: number,
    violated: readonly string[],
    before: SubsetResult | null,
  ): void {
    const found = this.broken.get(patches.join()) ?? new Map<string, Set<number>>();
    for (const property of violated) {
      const by = found.get(property) ?? new Set();
      if (before !== null && holds(before, property)) by.add(patch);
      found.set(property, by);
    }
    this.broken.set(patches.join(), found);
  }
}

function ascending(patches: readonly number[]): readonly number[] {
  return patches.toSorted((left, right) => left - right);
}
