// Where the locals of a routine are declared: at their only assignment if nothing outside reads them, else at the top.

import type { FlatBlock, FlatExpr, FlatRoutine } from "./program.ts";
import { blocksOf, expressionsOf, visitExpr } from "./walk.ts";

export interface Declarations {
  /** Locals to declare at the top. */
  readonly top: readonly number[];
  /** Locals whose only assignment declares them: it stands before all reads, in their block or one around it. */
  readonly inPlace: ReadonlySet<number>;
}

/** What a walk through the text tells of one local; places are numbers that grow along the text. */
interface Use {
  sets: number;
  /** The place of its assignment, and of the end of the block that holds it. */
  setAt: number;
  blockEnd: number;
  firstRead: number;
  lastRead: number;
  /** The counter of a `for` declares itself; the number of a fork is needed behind it. */
  counter: boolean;
  fork: boolean;
}

/** Sorts the locals that a routine uses, its parameter left out. */
export function declarations(routine: FlatRoutine): Declarations {
  const uses = new Map<number, Use>();
  walkBlock(routine.body, uses, { place: 0 });
  const inPlace = new Set<number>();
  const top: number[] = [];
  for (const [local, use] of uses) {
    if (routine.parameter && local === 0) continue;
    const once = use.sets === 1 && !use.fork && !use.counter;
    if (once && use.firstRead > use.setAt && use.lastRead <= use.blockEnd) inPlace.add(local);
    else if (!use.counter) top.push(local);
  }
  return { top: top.toSorted((a, z) => a - z), inPlace };
}

function useOf(uses: Map<number, Use>, local: number): Use {
  const known = uses.get(local);
  if (known !== undefined) return known;
  const use: Use = {
    sets: 0,
    setAt: 0,
    blockEnd: 0,
    firstRead: Number.POSITIVE_INFINITY,
    lastRead: 0,
    counter: false,
    fork: false,
  };
  uses.set(local, use);
  return use;
}

function walkBlock(block: FlatBlock, uses: Map<number, Use>, text: { place: number }): void {
  const assigned: Use[] = [];
  const read = (expr: FlatExpr): void => {
    if (expr.kind !== "local") return;
    const use = useOf(uses, expr.local);
    use.firstRead = Math.min(use.firstRead, text.place);
    use.lastRead = Math.max(use.lastRead, text.place);
  };
  for (const statement of block) {
    text.place += 1;
    // What a fork accepts is read behind its filter.
    if (statement.kind !== "pick")
      for (const expr of expressionsOf(statement)) visitExpr(expr, read);
    if (statement.kind === "set") {
      const use = useOf(uses, statement.local);
      use.sets += 1;
      use.setAt = text.place;
      assigned.push(use);
    }
    if (statement.kind === "for") useOf(uses, statement.local).counter = true;
    if (statement.kind === "pick") useOf(uses, statement.local).fork = true;
    for (const inner of blocksOf(statement)) walkBlock(inner, uses, text);
    text.place += 1;
    if (statement.kind === "pick")
      for (const expr of expressionsOf(statement)) visitExpr(expr, read);
  }
  for (const use of assigned) use.blockEnd = text.place;
}
