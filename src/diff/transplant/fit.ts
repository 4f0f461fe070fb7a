// How well a step of the new version stands for an old one: the same choices, and as much of the same effect as can be.

import type { StepEvent } from "../../checker/exploration.ts";
import type { InterpretedStep } from "../../checker/interpret.ts";
import type { State } from "../../checker/transition-system.ts";
import { sameValue } from "../../checker/values.ts";
import type { Value } from "../../machine/machine.ts";
import type { Difference } from "../replay.ts";
import type { Ground, OldStep } from "./ground.ts";
import { effectDifferences } from "./leaves.ts";

/** Decides between steps that come to the same: less than anything that they come to. */
const OTHER_MANNER = 0.5;

export interface Fit {
  readonly step: InterpretedStep;
  /** Values that the two write differently. */
  readonly differences: readonly Difference[];
  /** 0 if nothing differs. */
  readonly distance: number;
}

/** A fit of a step from `state`; null if it chooses otherwise, or faults where the old one does not. */
export function fitOf(
  ground: Ground,
  state: State,
  step: InterpretedStep,
  old: OldStep,
): Fit | null {
  if (!samePicks(old.picks, picksOf(step.events))) return null;
  if (step.fault !== null && old.after !== null) return null;
  const manner = ground.goesThroughSame(old, step) ? 0 : OTHER_MANNER;
  if (step.next === null || old.after === null) {
    const alike = step.fault?.kind === old.fault;
    return { step, differences: [], distance: manner + (alike ? 0 : 1) };
  }
  const differences = effectDifferences(
    { before: ground.oldLeaves(old.before), after: ground.oldLeaves(old.after) },
    { before: ground.newLeaves(state), after: ground.newLeaves(step.next) },
  );
  const astray = ground.goesAstray(old, step.next) ? 1 : 0;
  return { step, differences, distance: differences.length + astray + manner };
}

/** Of fits that lead to states of equal standing all are kept; a fit that differs more than the best is not the old step. */
export function nearestFits(fits: readonly Fit[]): readonly Fit[] {
  const least = Math.min(...fits.map(({ distance }) => distance));
  return fits.filter(({ distance }) => distance === least);
}

/** What a step has chosen, in order. */
export function picksOf(events: readonly StepEvent[]): readonly Choice[] {
  return events.flatMap((event) =>
    event.kind === "pick" ? [{ name: event.name, value: event.value }] : [],
  );
}

/** One choice: what was chosen for, and the value. */
export interface Choice {
  readonly name: string;
  readonly value: Value;
}

/** Are the same values chosen? Names may have changed; what one version only chooses decides nothing. */
function samePicks(old: readonly Choice[], found: readonly Choice[]): boolean {
  if (old.length === found.length) {
    return old.every(({ value }, index) => sameValue(value, (found[index] as Choice).value));
  }
  return old.every(({ name, value }) => {
    const other = found.find((pick) => pick.name === name);
    return other === undefined || sameValue(other.value, value);
  });
}
