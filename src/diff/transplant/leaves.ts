// The variables and locks of a state, taken apart down to single values: `pte[1][0]`, `pvmw.ptl`, `pte_ptl[2]`.
// So two versions can be compared in what they share, even where one has more keys or fields than the other.

import type { State } from "../../checker/transition-system.ts";
import { entryOf, sameValue } from "../../checker/values.ts";
import { type Machine, type Type, type Value, valuesOf } from "../../machine/machine.ts";
import { stateFields } from "../../machine/state.ts";
import type { Difference } from "../replay.ts";

/** Single values by their names. */
export type Leaves = ReadonlyMap<string, Value>;

/** Takes the variables and locks of a machine's states apart; what belongs to processes is left out. */
export function leavesOf(machine: Machine): (state: State) => Leaves {
  const fields = stateFields(machine).flatMap((field) => (field.kind === "process" ? [] : [field]));
  return (state) => {
    const leaves = new Map<string, Value>();
    for (const { name, type } of fields) collect(name, type, state[name] as Value, leaves);
    return leaves;
  };
}

function collect(name: string, type: Type, value: Value, into: Map<string, Value>): void {
  if (type.kind === "array") {
    for (const key of valuesOf(type.key)) {
      collect(`${name}[${String(key)}]`, type.of, entryOf(value, String(key)) as Value, into);
    }
  } else if (type.kind === "record") {
    for (const { name: field, type: of } of type.fields) {
      collect(`${name}.${field}`, of, entryOf(value, field) as Value, into);
    }
  } else {
    into.set(name, value);
  }
}

/** What both have, with other values. */
export function differencesOf(recorded: Leaves, found: Leaves): readonly Difference[] {
  return [...recorded].flatMap(([name, value]) => {
    const other = found.get(name);
    return other === undefined || sameValue(value, other)
      ? []
      : [{ name, recorded: value, found: other }];
  });
}

/** A step by what was there before and after it. */
export interface Effect {
  readonly before: Leaves;
  readonly after: Leaves;
}

/** Where two steps write other values. What neither of them writes may differ all the same: that is no doing of theirs. */
export function effectDifferences(recorded: Effect, found: Effect): readonly Difference[] {
  const writes = ({ before, after }: Effect, name: string): boolean =>
    !sameValue(before.get(name) as Value, after.get(name) as Value);
  return differencesOf(recorded.after, found.after).filter(
    ({ name }) => writes(recorded, name) || writes(found, name),
  );
}
