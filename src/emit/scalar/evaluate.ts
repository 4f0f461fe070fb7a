// What expressions mean, as scalars of their parts.

import type { Expr } from "../../machine/machine.ts";
import type { Scope } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";

/** The value; what may go wrong on the way is added to `scope.sites`. */
export function evaluate(_expr: Expr, _scope: Scope): Symbolic {
  throw new Error("to come");
}
