// Prints scalars in the notation of a target, with as few parentheses as it allows.

import type { Bound, Scalar, ScalarType } from "./scalar.ts";

type Operator = Extract<Scalar, { readonly kind: "binary" }>["operator"];

export interface Notation {
  /** Higher binds more tightly. `apart`: operators that are not mixed without parentheses, for readers. */
  readonly operators: {
    readonly [operator in Operator]: { readonly text: string; readonly precedence: number };
  };
  readonly not: { readonly text: string; readonly precedence: number };
  readonly negate: { readonly text: string; readonly precedence: number };
  readonly boolean: (value: boolean) => string;
  readonly number: (value: number) => string;
  readonly member: (type: ScalarType, member: string) => string;
  readonly select: {
    readonly precedence: number;
    readonly print: (condition: string, then: string, otherwise: string) => string;
  };
  readonly quantifier: {
    readonly precedence: number;
    readonly print: (
      quantifier: "forall" | "exists" | "count" | "sum",
      bound: Bound,
      name: string,
      body: string,
    ) => string;
  };
}

/** The text of a scalar. */
export function printScalar(_scalar: Scalar, _notation: Notation): string {
  throw new Error("to come");
}
