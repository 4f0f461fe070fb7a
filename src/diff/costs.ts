// What a patch costs: the least and the greatest totals of both versions.

import { type BuiltInTotals, builtInTotals, builtInTrace } from "../checker/built-in-costs.ts";
import type { CostResult } from "../checker/exploration.ts";
import { interpret } from "../checker/interpret.ts";
import { type Replayer, replayerOf } from "../checker/trace.ts";
import type { Version } from "./version.ts";

export interface CostPair {
  /** `idle_locks`; of a built-in cost what it counts, `acquires pmd_ptl`, `steps`, `waits`. */
  readonly name: string;
  readonly kind: "declared" | "acquires" | "steps" | "waits";
  /** The process instance that is counted, `splitter`; null: all together. */
  readonly process: string | null;
  /**
   * Null: this version has no such lock or process, or its search is not complete. A declared cost that it has not is 0.
   * Of built-in costs that do not differ there are no runs.
   */
  readonly before: CostResult | null;
  readonly after: CostResult | null;
  /** Also if only one version has such a lock or process; never if a search is not complete. */
  readonly differs: boolean;
}

/** Compares the costs of two versions: declared ones, then built-in ones; of either those that differ first. */
export function compareCosts(before: Version, after: Version): readonly CostPair[] {
  const [old, fresh] = [countedIn(before), countedIn(after)];
  return [
    ...differingFirst(declaredPairs(old, fresh)),
    ...differingFirst(builtInPairs(old, fresh)),
  ];
}

/** A version with its built-in costs by what is counted and whose it is; null if its search is not complete. */
interface Counted {
  readonly version: Version;
  readonly builtIn: ReadonlyMap<string, BuiltIn> | null;
  readonly replayer: Replayer;
}

interface BuiltIn extends BuiltInTotals {
  readonly process: string | null;
}

function countedIn(version: Version): Counted {
  const { machine, search, counted } = version;
  const replayer = replayerOf(search, interpret(machine));
  if (!search.complete) return { version, builtIn: null, replayer };
  const totals = builtInTotals(machine, search, counted()).map((cost): BuiltIn => {
    return { ...cost, process: machine.instances[cost.mover ?? -1]?.name ?? null };
  });
  const builtIn = new Map(totals.map((cost) => [keyOf(cost.name, cost.process), cost]));
  return { version, builtIn, replayer };
}

function keyOf(name: string, process: string | null): string {
  return `${name} of ${process ?? "all"}`;
}

function differingFirst(pairs: readonly CostPair[]): readonly CostPair[] {
  return pairs.toSorted((left, right) => Number(right.differs) - Number(left.differs));
}

type Totals = Pick<CostResult, "least" | "greatest">;

function sameTotals(left: Totals, right: Totals): boolean {
  return left.least === right.least && left.greatest === right.greatest;
}

function declaredPairs(old: Counted, fresh: Counted): readonly CostPair[] {
  const names = [old, fresh].flatMap(({ version }) =>
    version.machine.costs.map(({ name }) => name),
  );
  return [...new Set(names)].map((name): CostPair => {
    const [before, after] = [declaredResult(old, name), declaredResult(fresh, name)];
    const differs = before !== null && after !== null && !sameTotals(before, after);
    return { name, kind: "declared", process: null, before, after, differs };
  });
}

/** A cost that a version does not declare is 0 on all its complete runs, if there are any. */
function declaredResult({ version, builtIn }: Counted, name: string): CostResult | null {
  if (builtIn === null) return null;
  const declared = version.exploration.costs.find((cost) => cost.name === name);
  if (declared !== undefined) return declared;
  const total = builtIn.get(keyOf("steps", null))?.least === null ? null : 0;
  return withoutRuns({ name, least: total, greatest: total });
}

const KINDS: readonly BuiltIn["kind"][] = ["acquires", "steps", "waits"];

function builtInPairs(old: Counted, fresh: Counted): readonly CostPair[] {
  const both = [...(old.builtIn ?? []), ...(fresh.builtIn ?? [])];
  const names = [...new Set(both.map(([, { name }]) => name))];
  return [...new Map(both)]
    .toSorted(
      ([, left], [, right]) =>
        KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind) ||
        names.indexOf(left.name) - names.indexOf(right.name),
    )
    .map(([key, { kind, name, process }]): CostPair => {
      const [left, right] = [old.builtIn?.get(key), fresh.builtIn?.get(key)];
      const same = left !== undefined && right !== undefined && sameTotals(left, right);
      const differs = old.builtIn !== null && fresh.builtIn !== null && !same;
      const resultOf = differs ? withRuns : withoutRuns;
      const before = left === undefined ? null : resultOf(left, old.replayer);
      const after = right === undefined ? null : resultOf(right, fresh.replayer);
      return { name, kind, process, before, after, differs };
    });
}

function withoutRuns({ name, least, greatest }: Totals & Pick<CostResult, "name">): CostResult {
  return { name, least, greatest, leastRun: null, greatestRun: null, loopStart: null };
}

function withRuns(cost: BuiltIn, replayer: Replayer): CostResult {
  const { name, least, greatest, loopStart } = cost;
  const [leastRun = null, greatestRun = null] = [cost.leastRun, cost.greatestRun].map(
    (run) => run && builtInTrace(replayer, cost, run),
  );
  return { name, least, greatest, leastRun, greatestRun, loopStart };
}
