// A check that reductions may help: searched as it is while it is small, and begun anew with all reductions that keep its verdicts
// once it is not. So what small specs show (all their states, shortest traces with the fewest context switches, how many there are)
// is there wherever it can be had. Partial order does not keep the shortest counterexamples: if it finds any without having been
// asked for, they are looked for once more, without it.

import type { Machine } from "../machine/machine.ts";
import { allStates } from "./beyond.ts";
import { judge, type Searched, searchOptions } from "./check.ts";
import type { Kept } from "./checkpoint.ts";
import { DEFAULT_SEARCH, type Progress, type SearchOptions } from "./explore.ts";
import { interpret } from "./interpret.ts";
import { knowsLess, withFindings } from "./known.ts";
import type { Reduction, Searching } from "./reduction.ts";
import { exploreAnywhere } from "./spill.ts";

/** States that a search without the reductions may have; it takes about a tenth of a second to find so many. */
export const LARGE_SEARCH = 100_000;

/**
 * Explores a machine's system with the reductions that are wished for, and judges what was found. Throws an `Error` if a search
 * that is to be gone on with was one under other reductions.
 */
export function* checkReduced(
  machine: Machine,
  whole: Searching,
  reductions: readonly Reduction[],
  large = LARGE_SEARCH,
): Generator<Progress, Searched, void> {
  const wished = reductions.filter(({ wish }) => wish !== "never");
  const atOnce = wished.filter(({ wish }) => wish === "at-once");
  const more = wished.some(({ wish, reduce }) => wish === "when-large" && reduce !== null);
  const { kept = null, now = DEFAULT_SEARCH.now } = whole.settings;
  const started = now();
  const interpreter = interpret(machine);
  // A search that is gone on with may have been begun anew already. The first one is made again then: what it found is not in the other.
  const anew = more && kept !== null && isUnder(kept, wished) && isAnew(kept, reductions, large);
  if (kept !== null && !anew && !isUnder(kept, atOnce)) {
    throw new Error("a search that was kept under other reductions");
  }
  const first = reduced(whole, atOnce);
  const options = searchOptions(first.settings);
  const maxStates = more ? Math.min(options.maxStates, large) : options.maxStates;
  const begun = yield* exploreAnywhere(first.system, interpreter, {
    ...options,
    maxStates,
    ...(anew && { kept: null, keeper: null }),
  });
  if (!anew && (begun.stoppedBy !== "max-states" || maxStates === options.maxStates)) {
    const said = allStates(begun) < large ? atOnce : wished;
    const found = yield* judge(machine, begun, options, started, interpreter);
    return told(found, said, atOnce);
  }
  const searchUnder = function* (used: readonly Reduction[], how: Partial<SearchOptions>) {
    const under = reduced(whole, used);
    const left = searchOptions(under.settings);
    const timeLimitSeconds = left.timeLimitSeconds - (now() - started) / 1000;
    const limits = { ...left, timeLimitSeconds, ...how };
    const search = yield* exploreAnywhere(under.system, interpreter, limits);
    return yield* judge(machine, search, left, started, interpreter);
  };
  const found = told(yield* searchUnder(wished, { kept: anew ? kept : null }), wished, wished);
  const withEarlier = function* (...others: readonly Searched[]) {
    const early = yield* judge(machine, begun, options, started, interpreter);
    const explorations = [early, ...others].map(({ exploration }) => exploration);
    return { ...found, exploration: explorations.reduce(withFindings, found.exploration) };
  };
  if (!isWhole(found)) return yield* withEarlier();
  const lengthening = wished.filter(
    ({ wish, report }) =>
      wish === "when-large" && report.kind === "partial-order" && report.applied,
  );
  if (lengthening.length === 0 || !isViolated(found)) return found;
  const keeping = wished.filter((reduction) => !lengthening.includes(reduction));
  // What is kept stays the search that found the violation: from there, a search that is resumed comes here again.
  const shortest = yield* searchUnder(keeping, { kept: null, keeper: null });
  // A search of more states may be stopped, or outgrow the memory in which all of them can be judged.
  const isLess = shortest.search.complete && knowsLess(shortest.exploration, found.exploration);
  if (!isViolated(shortest) || !isWhole(shortest) || isLess) return yield* withEarlier(shortest);
  const refused = lengthening.map(
    (reduction): Reduction => ({
      ...reduction,
      report: { kind: "partial-order", applied: false, reason: { kind: "violated" } },
      reduce: null,
    }),
  );
  return told(shortest, [...keeping, ...refused], keeping);
}

function isViolated({ exploration }: Searched): boolean {
  return exploration.verdicts.some(({ outcome }) => outcome === "violated");
}

/** Did it come to its end, or to the violation that it was to stop at? */
function isWhole({ search }: Searched): boolean {
  return search.complete || search.stoppedBy === "first-violation";
}

/** Is a search that was kept under those of these reductions that can be used, and no others? */
function isUnder({ reductions }: Kept, wished: readonly Reduction[]): boolean {
  const used = wished.filter(({ report }) => report.applied).map(({ report }) => report.kind);
  return reductions.length === used.length && used.every((kind) => reductions.includes(kind));
}

/** Was it begun anew, if it is under all of these? Where none of those for large searches can be used, its size tells. */
function isAnew({ states }: Kept, reductions: readonly Reduction[], large: number): boolean {
  const gains = reductions.some(({ wish, report }) => wish === "when-large" && report.applied);
  return gains || states >= large;
}

function reduced(whole: Searching, reductions: readonly Reduction[]): Searching {
  return reductions.reduce((searching, { reduce }) => reduce?.(searching) ?? searching, whole);
}

/** Puts into a result what there is to say: of the reductions that were used, and of those that could not be. */
function told(
  { search, exploration }: Searched,
  said: readonly Reduction[],
  used: readonly Reduction[],
): Searched {
  const reductions = said
    .filter((reduction) => used.includes(reduction) || reduction.reduce === null)
    .map(({ report }) => report);
  return { search, exploration: { ...exploration, reductions } };
}
