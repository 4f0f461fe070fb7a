// Words of scratch whose addresses are all known, as locals.

import { known, local } from "./fold.ts";
import type { FlatBlock, FlatExpr, FlatRoutine } from "./program.ts";
import { mapBlocks, mapExpr, mapExpressions, visitBlock, visitStatements } from "./walk.ts";

/** The routine with locals in the place of its scratch; null if it has none, or computes where in it something lies. */
export function scratchInLocals(routine: FlatRoutine): FlatRoutine | null {
  const addresses = scratchAddresses(routine.body);
  if (addresses === null || addresses.size === 0) return null;
  const names = [...addresses].map((address) => `scratch_${address}`);
  const places = new Map(
    [...addresses].map((address, at) => [address, routine.locals.length + at]),
  );
  return {
    ...routine,
    locals: [...routine.locals, ...names],
    body: withPlaces(routine.body, places),
  };
}

/** The addresses; null if some are computed. */
function scratchAddresses(body: FlatBlock): ReadonlySet<number> | null {
  const addresses = new Set<number>();
  let stores = false;
  visitStatements(body, ({ kind }) => {
    if (kind === "store") stores = true;
  });
  if (!stores) return null;
  let computed = false;
  const meet = (address: FlatExpr): void => {
    const fixed = known(address);
    if (fixed === null) computed = true;
    else addresses.add(fixed);
  };
  visitBlock(body, (expr) => {
    if (expr.kind === "load" && expr.memory === "scratch") meet(expr.address);
  });
  visitStatements(body, (statement) => {
    if (statement.kind === "store") meet(statement.address);
  });
  return computed ? null : addresses;
}

function withPlaces(body: FlatBlock, places: ReadonlyMap<number, number>): FlatBlock {
  const placeOf = (address: FlatExpr): number => places.get(known(address) ?? -1) ?? 0;
  const change = (expr: FlatExpr): FlatExpr =>
    mapExpr(expr, (part) =>
      part.kind === "load" && part.memory === "scratch" ? local(placeOf(part.address)) : part,
    );
  return body.map((statement) => {
    const changed = mapBlocks(mapExpressions(statement, change), (inner) =>
      withPlaces(inner, places),
    );
    if (changed.kind !== "store") return changed;
    return { kind: "set", local: placeOf(changed.address), value: changed.value };
  });
}
