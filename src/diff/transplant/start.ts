// Where the new version begins as an old behaviour began: initial states that agree in all that both versions have.

import type { Search } from "../../checker/explore.ts";
import { beginnings } from "../../checker/interpret-initial.ts";
import type { State } from "../../checker/transition-system.ts";
import { entryOf } from "../../checker/values.ts";
import type { Value } from "../../machine/machine.ts";
import type { Difference } from "../replay.ts";
import type { Ground } from "./ground.ts";
import { differencesOf, type Leaves } from "./leaves.ts";

export type Start =
  | { readonly kind: "agree"; readonly states: readonly State[] }
  /** No initial state agrees; this one comes nearest. */
  | { readonly kind: "differ"; readonly nearest: State; readonly differs: readonly Difference[] }
  /** The new version does not begin at all. */
  | { readonly kind: "none" };

/** Initial states that are kept, where variables of the new version alone leave a choice. */
const STARTS = 32;
/** Initial states among which the nearest is looked for, where none agrees. */
const LOOKED_AT = 10_000;

/** Finds them for the first state of an old behaviour. */
export function startsLike(ground: Ground, search: Search, first: State): Start {
  const { system, table } = search;
  const count = Math.min(search.initialStates, LOOKED_AT);
  if (count === 0) return { kind: "none" };
  const stateAt = (index: number): State => system.decode(table.arena, index * system.width);
  const recorded = ground.oldLeaves(first);
  const agreeing = agreeingStarts(ground, recorded, first, stateAt(0));
  if (agreeing.length > 0) return { kind: "agree", states: agreeing };
  const others = Array.from({ length: count }, (_, index): Start => {
    const state = stateAt(index);
    return {
      kind: "differ",
      nearest: state,
      differs: differencesOf(recorded, ground.newLeaves(state)),
    };
  });
  return others.reduce((best, one) => (distanceOf(one) < distanceOf(best) ? one : best));
}

function distanceOf(start: Start): number {
  return start.kind === "differ" ? start.differs.length : 0;
}

/** Those whose variables begin with the very values of the old ones: found without going through all initial states. */
function agreeingStarts(
  { interpreter: { machine }, newLeaves }: Ground,
  recorded: Leaves,
  first: State,
  pattern: State,
): readonly State[] {
  // A variable that has other keys now may begin with anything, as far as they go.
  const shared = machine.variables.flatMap(({ name }) => {
    const value = first[name];
    return value !== undefined && sameShape(value, pattern[name] as Value) ? [[name, value]] : [];
  });
  return beginnings(machine, Object.fromEntries(shared))
    .flatMap(({ state }) => (state === null ? [] : [state]))
    .filter((state) => differencesOf(recorded, newLeaves(state)).length === 0)
    .slice(0, STARTS);
}

/** Are two values taken apart into the same names? */
function sameShape(left: Value, right: Value): boolean {
  const [mine, others] = [entriesOf(left), entriesOf(right)];
  if (mine === null || others === null) return mine === others;
  return (
    mine.length === others.length &&
    mine.every(([key, value]) => {
      const other = entryOf(right, key);
      return other !== undefined && sameShape(value, other);
    })
  );
}

/** The entries of an array or record; null for a single value. */
function entriesOf(value: Value): readonly (readonly [string, Value])[] | null {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  return Object.entries(value);
}
