// The values that variables begin with, element by element.

import type { Variable } from "../../machine/machine.ts";
import { evaluate } from "../scalar/evaluate.ts";
import { isFalse, not } from "../scalar/scalar-build.ts";
import { bind, mayGoWrong, type Scope } from "../scalar/scope.ts";
import type { Candidate, FaultSite, Symbolic } from "../scalar/symbolic.ts";
import { expect, scalarOf, shaped } from "../scalar/symbolic-build.ts";
import { fits } from "../scalar/symbolic-fits.ts";
import { allValues, candidatesOf, elementType } from "../scalar/symbolic-values.ts";
import { elementPlace, type Stored, type Translating } from "./reading.ts";

/** An element of a variable, or all of one without keys. */
export interface Element {
  readonly stored: Stored;
  /** One value a key. */
  readonly keys: readonly Symbolic[];
}

export function elementsOf(
  { layout, notions }: Translating,
  variable: Variable,
): readonly Element[] {
  const name = layout.variables.get(variable) ?? variable.name;
  let elements: readonly Element[] = [{ stored: { place: [name], type: variable.type }, keys: [] }];
  for (const { type: keyType } of variable.keys) {
    elements = elements.flatMap(({ stored: { place, type }, keys }) => {
      if (type.kind !== "array") throw new Error(`more keys than arrays: ${variable.name}`);
      return allValues(notions, keyType).map((key) => ({
        stored: { place: elementPlace(layout, place, type, scalarOf(key)), type: type.of },
        keys: [...keys, key],
      }));
    });
  }
  return elements;
}

function withKeys(variable: Variable, { keys }: Element, scope: Scope): Scope {
  return variable.keys.reduce((at, { binder }, depth) => {
    const key = keys[depth];
    return key === undefined ? at : bind(at, binder, key);
  }, scope);
}

/** The initial value of an element; what may go wrong is added to the scope's sites. */
export function initialValue(variable: Variable, element: Element, scope: Scope): Symbolic {
  const { value } = variable.initial;
  const found = evaluate(value, withKeys(variable, element, scope));
  const fitting = fits(scope.notions, found, value.type, variable.elementType);
  mayGoWrong(scope, not(fitting), "range", value.span);
  return shaped(found, variable.elementType);
}

/** The values that an element may begin with. */
export function initialSet(
  variable: Variable,
  element: Element,
  scope: Scope,
): { readonly candidates: readonly Candidate[]; readonly sites: readonly FaultSite[] } {
  const { value } = variable.initial;
  const set = expect(evaluate(value, withKeys(variable, element, scope)), "set");
  const { notions, sites } = scope;
  const fitting = fits(notions, set, value.type, { kind: "set", of: variable.elementType });
  mayGoWrong(scope, not(fitting), "range", value.span);
  const candidates = candidatesOf(notions, set, elementType(value.type))
    .filter(({ when }) => !isFalse(when))
    .map(({ value: candidate, when }) => ({
      when,
      value: shaped(candidate, variable.elementType),
    }));
  return { candidates, sites };
}
