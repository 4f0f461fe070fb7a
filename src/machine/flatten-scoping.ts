// Where the locals of a routine are declared: at their only assignment if nothing outside reads them, else at the top.

import type { FlatBlock, FlatExpr, FlatRoutine } from "./flatten-program.ts";
import { blocksOf, expressionsOf, visitBlock, visitExpr, visitStatements } from "./flatten-walk.ts";

export interface Declarations {
  /** Locals to declare at the top. */
  readonly top: readonly number[];
  /** Locals whose only assignment declares them. */
  readonly inPlace: ReadonlySet<number>;
}

/** Sorts the locals that a routine uses, its parameter left out. */
export function declarations(routine: FlatRoutine): Declarations {
  const used = new Set<number>();
  const reads = counted();
  const sets = counted();
  visitBlock(routine.body, (expr) => countRead(expr, reads));
  visitStatements(routine.body, (statement) => {
    if (statement.kind === "set") sets.add(statement.local);
    // A fork's number is known behind it; a counted loop declares its own counter.
    if (statement.kind === "pick") used.add(statement.local);
  });
  const counters = new Set<number>();
  visitStatements(routine.body, (statement) => {
    if (statement.kind === "for") counters.add(statement.local);
  });
  const inPlace = new Set<number>();
  findInPlace(routine.body, reads, sets, inPlace);
  for (const local of [...reads.all(), ...sets.all()]) used.add(local);
  const top = [...used]
    .filter(
      (local) => !inPlace.has(local) && !counters.has(local) && !(routine.parameter && local === 0),
    )
    .toSorted((a, z) => a - z);
  return { top, inPlace };
}

interface Counted {
  readonly add: (local: number) => void;
  readonly of: (local: number) => number;
  readonly all: () => Iterable<number>;
}

function counted(): Counted {
  const counts = new Map<number, number>();
  return {
    add: (local) => counts.set(local, (counts.get(local) ?? 0) + 1),
    of: (local) => counts.get(local) ?? 0,
    all: () => counts.keys(),
  };
}

function countRead(expr: FlatExpr, reads: Counted): void {
  if (expr.kind === "local") reads.add(expr.local);
}

/** A local set once, and read only behind that in the same block. */
function findInPlace(block: FlatBlock, reads: Counted, sets: Counted, found: Set<number>): void {
  block.forEach((statement, at) => {
    for (const inner of blocksOf(statement)) findInPlace(inner, reads, sets, found);
    if (statement.kind !== "set" || sets.of(statement.local) !== 1) return;
    const own = counted();
    for (const expr of expressionsOf(statement)) visitExpr(expr, (part) => countRead(part, own));
    if (own.of(statement.local) > 0) return;
    const behind = counted();
    visitBlock(block.slice(at + 1), (expr) => countRead(expr, behind));
    if (behind.of(statement.local) === reads.of(statement.local)) found.add(statement.local);
  });
}
