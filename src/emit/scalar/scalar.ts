// Scalar expressions: pure, total expressions over single booleans, numbers and members, as Promela and Murphi have them.
// Values of many parts (records, arrays, sets, sequences, options) are taken apart before; see symbolic.ts.

import type { Type } from "../../machine/machine.ts";

export type ScalarType = Extract<Type, { readonly kind: "bool" | "range" | "enum" | "process" }>;

/** Never faults where it is evaluated: `and`, `or` and `select` evaluate left to right and stop early in every target. */
export type Scalar =
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: number }
  /** A member of an enum. */
  | { readonly kind: "member"; readonly type: ScalarType; readonly member: string }
  /** What a target stores at a place: its own text, with parts that are scalars (indices). `type` bounds the value. */
  | { readonly kind: "read"; readonly place: PlaceText; readonly type: ScalarType }
  /** A name bound by a quantifier around. */
  | { readonly kind: "bound"; readonly bound: Bound }
  | { readonly kind: "not" | "negate"; readonly operand: Scalar }
  | {
      readonly kind: "binary";
      readonly operator:
        | "and"
        | "or"
        | "=="
        | "!="
        | "<"
        | "<="
        | ">"
        | ">="
        | "+"
        | "-"
        | "*"
        | "/"
        | "%";
      readonly left: Scalar;
      readonly right: Scalar;
    }
  | {
      readonly kind: "select";
      readonly condition: Scalar;
      readonly then: Scalar;
      readonly otherwise: Scalar;
    }
  /** Over all values of a scalar type; only for targets that asked for them (else they are unrolled). */
  | {
      readonly kind: "quantifier";
      readonly quantifier: "forall" | "exists" | "count" | "sum";
      readonly bound: Bound;
      readonly body: Scalar;
    };

export interface Bound {
  readonly name: string;
  readonly type: ScalarType;
}

/** Text of the target with scalars in it, printed by the target: `["pmd[", index, "]"]`. */
export type PlaceText = readonly (string | Scalar)[];
