// What may go wrong where a value is stored.

import type { Place } from "../../machine/machine.ts";
import type { Scalar } from "./scalar.ts";
import type { Scope } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";

export type PlaceStep =
  | { readonly kind: "index" | "element"; readonly index: Scalar }
  | { readonly kind: "field"; readonly name: string };

/** Evaluates the indices of a place and checks them and the value (evaluated before); faults go to `scope.sites`. */
export function placeFaults(_place: Place, _value: Symbolic, _scope: Scope): readonly PlaceStep[] {
  throw new Error("to come");
}
