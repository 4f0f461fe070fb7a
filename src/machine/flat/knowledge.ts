// What is known of a routine's locals at a place in its text: expressions that they are equal to there.

import type { FlatBlock, FlatExpr, FlatRoutine, FlatStmt } from "./program.ts";
import {
  blocksOf,
  expressionsOf,
  mapExpr,
  visitBlock,
  visitExpr,
  visitStatements,
} from "./walk.ts";

/** Parts of what a local stands for, where it is read once or twice and where it is read more often. */
const MOST_REPEATED = 24;
const MOST_COPIED = 2;

interface Fact {
  readonly value: FlatExpr;
  readonly size: number;
  /** What it would not be true without any more: locals, and fields of the state being built. */
  readonly locals: readonly number[];
  readonly items: readonly number[];
  readonly words: boolean;
  readonly scratch: boolean;
}

export type Knowledge = Map<number, Fact>;

/** How a routine's text uses its locals. */
export interface Uses {
  /** How often each is read in the text. */
  readonly reads: ReadonlyMap<number, number>;
}

/** What statements may change. */
export interface Changes {
  readonly locals: Set<number>;
  readonly items: Set<number>;
  scratch: boolean;
}

export function usesOf(routine: FlatRoutine): Uses {
  return { reads: readsIn(routine.body) };
}

function readsIn(block: FlatBlock): ReadonlyMap<number, number> {
  const reads = new Map<number, number>();
  visitBlock(block, (expr) => {
    if (expr.kind === "local") reads.set(expr.local, (reads.get(expr.local) ?? 0) + 1);
  });
  return reads;
}

/** What a block leaves in locals that are of use elsewhere. */
export interface Left {
  readonly values: ReadonlyMap<number, FlatExpr>;
  /** Those that only the block itself reads, always behind where it sets them. */
  readonly own: ReadonlyMap<number, FlatExpr>;
}

/**
 * What statements leave in locals, in terms of what there was before them; null if they do more than set locals, or one of
 * the values is too long. `text` is the whole block as it stands in the routine.
 */
export function leftBy(
  uses: Uses,
  text: FlatBlock,
  statements: FlatBlock,
  most: number,
): Left | null {
  const all = new Map<number, FlatExpr>();
  if (statements.length === 0) return { values: all, own: all };
  for (const statement of statements) {
    if (statement.kind !== "set") return null;
    const value = withLocals(statement.value, all);
    if (sizeOf(value) > most) return null;
    all.set(statement.local, value);
  }
  const reads = readsIn(text);
  const carried = new Set<number>();
  for (const value of all.values()) {
    visitExpr(value, (part) => {
      if (part.kind === "local") carried.add(part.local);
    });
  }
  const own = new Map<number, FlatExpr>();
  const values = new Map<number, FlatExpr>();
  for (const [local, value] of all) {
    const isOwn = !carried.has(local) && reads.get(local) === uses.reads.get(local);
    (isOwn ? own : values).set(local, value);
  }
  return { values, own };
}

/** The number of parts of an expression. */
export function sizeOf(expr: FlatExpr): number {
  let size = 0;
  visitExpr(expr, () => {
    size += 1;
  });
  return size;
}

/** The number of parts of statements. */
export function sizeOfBlock(body: FlatBlock): number {
  let size = 0;
  visitStatements(body, (statement) => {
    size += 1;
    for (const expr of expressionsOf(statement)) size += sizeOf(expr);
  });
  return size;
}

export function mentions(expr: FlatExpr, local: number): boolean {
  let found = false;
  visitExpr(expr, (part) => {
    if (part.kind === "local" && part.local === local) found = true;
  });
  return found;
}

/** The local has just become equal to an expression, which may name what it was before. */
export function learn(knowledge: Knowledge, local: number, value: FlatExpr): void {
  for (const [other, { locals }] of knowledge) if (locals.includes(local)) knowledge.delete(other);
  const fact = factOf(value);
  if (fact.locals.includes(local)) knowledge.delete(local);
  else knowledge.set(local, fact);
}

function factOf(value: FlatExpr): Fact {
  const locals: number[] = [];
  const items: number[] = [];
  let [size, words, scratch] = [0, false, false];
  visitExpr(value, (part) => {
    size += 1;
    if (part.kind === "local") locals.push(part.local);
    if (part.kind === "read" && part.state === "now") items.push(part.item);
    if (part.kind === "word" && part.state === "now") words = true;
    if (part.kind === "load" && part.memory === "scratch") scratch = true;
  });
  return { value, size, locals, items, words, scratch };
}

/** Drops what may not be true any more. */
export function forget(knowledge: Knowledge, { locals, items, scratch }: Changes): void {
  for (const [local, fact] of knowledge) {
    const gone =
      locals.has(local) ||
      (scratch && fact.scratch) ||
      (items.size > 0 && fact.words) ||
      fact.locals.some((one) => locals.has(one)) ||
      fact.items.some((one) => items.has(one));
    if (gone) knowledge.delete(local);
  }
}

export function changesIn(block: FlatBlock): Changes {
  const changes: Changes = { locals: new Set(), items: new Set(), scratch: false };
  for (const statement of block) addChanges(changes, statement);
  return changes;
}

function addChanges(changes: Changes, statement: FlatStmt): void {
  if (statement.kind === "set" || statement.kind === "for" || statement.kind === "pick") {
    changes.locals.add(statement.local);
  }
  if (statement.kind === "write") changes.items.add(statement.item);
  if (statement.kind === "store") changes.scratch = true;
  for (const inner of blocksOf(statement)) {
    for (const one of inner) addChanges(changes, one);
  }
}

/** The expression with locals replaced by what they are known to be, where that does not make it much longer. */
export function replaced(uses: Uses, knowledge: Knowledge, expr: FlatExpr): FlatExpr {
  if (!mentionsKnown(knowledge, expr)) return expr;
  return mapExpr(expr, (part) => {
    if (part.kind !== "local") return part;
    const fact = knowledge.get(part.local);
    if (fact === undefined) return part;
    const most = (uses.reads.get(part.local) ?? 0) <= 2 ? MOST_REPEATED : MOST_COPIED;
    return fact.size <= most ? fact.value : part;
  });
}

function mentionsKnown(knowledge: Knowledge, expr: FlatExpr): boolean {
  if (knowledge.size === 0 || expr.kind === "const") return false;
  let found = false;
  visitExpr(expr, (part) => {
    if (part.kind === "local" && knowledge.has(part.local)) found = true;
  });
  return found;
}

/** The expression with locals replaced by these values, however long that makes it. */
export function withLocals(expr: FlatExpr, values: ReadonlyMap<number, FlatExpr>): FlatExpr {
  if (values.size === 0) return expr;
  return mapExpr(expr, (part) => (part.kind === "local" ? (values.get(part.local) ?? part) : part));
}
