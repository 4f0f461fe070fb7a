// What may go wrong where a value is stored.

import type { Place, Type } from "../../machine/machine.ts";
import { evaluate } from "./evaluate.ts";
import type { PlaceStep } from "./replace.ts";
import { atMost, less, not, number, or } from "./scalar-build.ts";
import { mayGoWrong, type Scope } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";
import { expect, scalarOf } from "./symbolic-build.ts";
import { fits } from "./symbolic-fits.ts";

export type { PlaceStep };

/**
 * Evaluates the indices of a place and checks them and the value (evaluated before); faults go to `scope.sites`.
 * `from` is a type that the value is known to lie in.
 */
export function placeFaults(
  place: Place,
  value: Symbolic,
  scope: Scope,
  from: Type | null = null,
): readonly PlaceStep[] {
  const { root } = place;
  let base = root.kind === "variable" ? scope.reading.variable(root) : scope.reading.local(root);
  const steps = place.path.map((step): PlaceStep => {
    if (step.kind === "field") {
      base = expect(base, "record").field(step.name);
      return { kind: "field", name: step.name };
    }
    const key = evaluate(step.index, scope);
    const index = scalarOf(key);
    if (step.kind === "element") {
      const { length, at } = expect(base, "sequence");
      const outside = or(less(index, number(0)), atMost(length, index));
      mayGoWrong(scope, outside, "index", place.span);
      base = at(index);
      return { kind: "element", index };
    }
    const exists = fits(scope.notions, key, step.index.type, step.type.key);
    mayGoWrong(scope, not(exists), "index", place.span);
    base = expect(base, "array").at(index);
    return { kind: "index", index };
  });
  mayGoWrong(scope, not(fits(scope.notions, value, from, place.type)), "range", place.span);
  return steps;
}
