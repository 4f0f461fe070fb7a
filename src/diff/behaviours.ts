// What two versions can do, as far as the observed variables tell: their states, and their behaviours.

import type { Limit, Trace } from "../checker/exploration.ts";
import type { Progress } from "../checker/explore.ts";
import type { FaultKind, Type, Value } from "../machine/machine.ts";
import type { DifferenceOptions } from "./options.ts";
import type { Version } from "./version.ts";

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
  readonly value: Value;
  readonly type: Type;
}

export type Inclusion =
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
  _before: Version,
  _after: Version,
  _options: DifferenceOptions,
): Generator<Progress, Behaviours, void> {
  const unknown = { kind: "unknown", stoppedBy: "interrupted" } as const;
  return {
    observed: [],
    onlyBefore: [],
    onlyAfter: [],
    states: {
      kept: 0,
      removed: 0,
      added: 0,
      examples: { kept: null, removed: null, added: null },
    },
    beforeInAfter: unknown,
    afterInBefore: unknown,
  };
}
