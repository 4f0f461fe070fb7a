// The keys of a lock place, for expressions and for lock operations.

import type { Expr, LockPlace } from "../../machine/machine.ts";
import type { Scalar } from "./scalar.ts";
import { and, FALSE, not } from "./scalar-build.ts";
import { mayGoWrong, type Scope } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";
import { scalarOf } from "./symbolic-build.ts";
import { fits } from "./symbolic-values.ts";

export type Evaluate = (expr: Expr, scope: Scope) => Symbolic;

/** The keys of a lock place; an index without such a lock is a fault, added to `scope.sites`. */
export function keysOf(place: LockPlace, scope: Scope, evaluate: Evaluate): readonly Scalar[] {
  const keys = place.indices.map((index) => evaluate(index, scope));
  const exists = place.lock.keys.map((type, depth) => {
    const key = keys[depth];
    const from = place.indices[depth]?.type ?? null;
    return key === undefined ? FALSE : fits(scope.notions, key, from, type);
  });
  mayGoWrong(scope, not(and(...exists)), "index", place.span);
  return keys.map(scalarOf);
}
