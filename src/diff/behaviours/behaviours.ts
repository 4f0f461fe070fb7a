// What two versions can do, as far as the observed names tell: their states, and their behaviours.
//
// A behaviour is what an observer sees of a run: the observed values at its beginning, then those after each step that
// changes one of them (or adds to an observed cost), and how the run ends if it is complete. How many steps change nothing
// in between is not seen; nor is it compared whether a run may go on for ever without showing anything, or what a fair
// scheduler would have to let happen.

import type { Limit, Trace } from "../../checker/exploration.ts";
import type { Progress } from "../../checker/explore.ts";
import { interpret } from "../../checker/interpret.ts";
import { replayerOf } from "../../checker/trace.ts";
import type { FaultKind, Type, Value } from "../../machine/machine.ts";
import type { DifferenceOptions } from "../options.ts";
import type { Version } from "../version.ts";
import { Watch } from "../watch.ts";
import { Alphabet } from "./alphabet.ts";
import { shownDifference } from "./distinction.ts";
import { futures } from "./futures.ts";
import { findDistinction } from "./inclusion.ts";
import { observedNames } from "./observation.ts";
import { type ObservedSide, stateSets } from "./state-sets.ts";
import { visibleGraph } from "./visible-graph.ts";

export interface Behaviours {
  /** Names of the variables, locks and costs that are compared: those that both versions have. */
  readonly observed: readonly string[];
  /** Asked for, or shared, and in one version only: not compared. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
  readonly states: StateSets;
  /** Is every behaviour of the old version one of the new: is nothing removed? */
  readonly beforeInAfter: Inclusion;
  /** Is every behaviour of the new version one of the old: is nothing added? */
  readonly afterInBefore: Inclusion;
}

/** Reachable states over what is observed. */
export interface StateSets {
  readonly kept: number;
  readonly removed: number;
  readonly added: number;
  /** One of each kind; null if there is none. Those removed and added are the nearest to the start. */
  readonly examples: {
    readonly kept: StateExample | null;
    readonly removed: StateExample | null;
    readonly added: StateExample | null;
  };
}

export interface StateExample {
  readonly values: readonly ObservedValue[];
  /** A shortest way there: of the new version for one that is added, of the old one else. */
  readonly trace: Trace;
}

export interface ObservedValue {
  readonly name: string;
  /** Of a cost: what the step adds to it. */
  readonly value: Value;
  readonly type: Type;
}

export type Inclusion =
  /** `pairs` of a state and a set of the other version's were looked at: none if both begin alike and can do the same. */
  | { readonly kind: "included"; readonly pairs: number }
  | {
      readonly kind: "differs";
      /** A shortest behaviour that only this version has, in its own steps. */
      readonly trace: Trace;
      /** Null: the values that its last step leads to; else, that it ends like this. */
      readonly ending: Ending | null;
      /** What the other version can do after the same behaviour, where this one's last step goes its own way. */
      readonly instead: {
        readonly values: readonly (readonly ObservedValue[])[];
        /** How many more values there are, which are not told. */
        readonly omitted: number;
        readonly endings: readonly Ending[];
      };
    }
  /** The search was stopped by a limit: nothing is known. */
  | { readonly kind: "unknown"; readonly stoppedBy: Limit };

/** How a complete run ends. */
export type Ending =
  | { readonly kind: "ended" }
  | { readonly kind: "blocked"; readonly processes: readonly string[] }
  | { readonly kind: "fault"; readonly fault: FaultKind; readonly process: string };

/** Compares what two completely searched versions can do. */
export function* compareBehaviours(
  before: Version,
  after: Version,
  options: DifferenceOptions,
): Generator<Progress, Behaviours, void> {
  const names = observedNames(before.machine, after.machine, options.observe);
  const alphabet = new Alphabet();
  const observed = (version: Version): ObservedSide => ({
    graph: visibleGraph(version, names.observed, alphabet),
    replayer: replayerOf(version.search, interpret(version.machine)),
  });
  const sides = [observed(before), observed(after)] as const;
  const states = stateSets(...sides, alphabet.observations);
  const [beforeInAfter, afterInBefore] = yield* inclusions(
    sides,
    names.observed,
    alphabet,
    options,
  );
  return { ...names, states, beforeInAfter, afterInBefore };
}

/** Both inclusions: the old behaviours in the new ones, the new ones in the old. */
function* inclusions(
  sides: readonly [ObservedSide, ObservedSide],
  names: readonly string[],
  alphabet: Alphabet,
  options: DifferenceOptions,
): Generator<Progress, readonly [Inclusion, Inclusion], void> {
  const watch = new Watch(options);
  const [old, fresh] = sides;
  const future = yield* watch.over(futures(old.graph, fresh.graph), (bytes) => ({
    pairs: 0,
    open: 0,
    bytes,
  }));
  if (future.kind === "stopped") {
    const unknown = { kind: "unknown", stoppedBy: future.by } as const;
    return [unknown, unknown];
  }
  const inclusion = function* (
    { graph, replayer }: ObservedSide,
    classes: Int32Array,
    other: number,
  ): Generator<Progress, Inclusion, void> {
    const found = yield* watch.over(
      findDistinction(graph, classes, future.value, other),
      (progress) => progress,
    );
    if (found.kind === "stopped") return { kind: "unknown", stoppedBy: found.by };
    const { pairs, difference } = found.value;
    if (difference === null) return { kind: "included", pairs };
    return shownDifference(replayer, graph, difference, names, alphabet);
  };
  const [inOld, inFresh] = future.value.classes;
  return [
    yield* inclusion(old, inOld, inFresh[fresh.graph.root] as number),
    yield* inclusion(fresh, inFresh, inOld[old.graph.root] as number),
  ];
}
