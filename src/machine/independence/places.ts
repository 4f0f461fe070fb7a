// Places and expressions as they are written: which element is read, whether two of them are surely the same.

import type { Expr, LockPlace, Place, Variable } from "../machine.ts";

/** The element of a variable that an expression denotes, by its indices from the outside; null if it is something else. */
export function elementRead(
  expr: Expr,
): { readonly variable: Variable; readonly indices: readonly Expr[] } | null {
  if (expr.kind === "variable") return { variable: expr.variable, indices: [] };
  if (expr.kind !== "index") return null;
  const base = elementRead(expr.base);
  return base === null ? null : { ...base, indices: [...base.indices, expr.index] };
}

/** Locks that are in both lists, as they are written. */
export function heldInBoth(
  one: readonly LockPlace[],
  other: readonly LockPlace[],
): readonly LockPlace[] {
  return one.filter((place) =>
    other.some(
      ({ lock, indices }) =>
        lock === place.lock &&
        indices.every((index, depth) => sameExpr(index, place.indices[depth] ?? index)),
    ),
  );
}

/** Whether it is seen at once which lock it is as long as no local changes. */
export function isTellable({ indices }: LockPlace): boolean {
  return indices.every(({ kind }) => kind === "local" || kind === "constant" || kind === "literal");
}

/** Whether an expression is the value of a place, told by how both are written. */
export function denotes(expr: Expr, place: Place): boolean {
  const element = elementRead(expr.kind === "convert" ? expr.value : expr);
  if (element === null || element.variable !== place.root) return false;
  if (element.indices.length !== place.path.length) return false;
  return place.path.every((step, depth) => {
    const index = element.indices[depth];
    return step.kind === "index" && index !== undefined && sameExpr(step.index, index);
  });
}

/** Simple indices that are the same: a local, a constant. */
export function sameExpr(one: Expr, other: Expr): boolean {
  if (one.kind === "local" && other.kind === "local") return one.local === other.local;
  if (one.kind === "constant" && other.kind === "constant") return one.constant === other.constant;
  return one.kind === "literal" && other.kind === "literal" && one.value === other.value;
}
