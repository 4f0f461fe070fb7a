// Leaves out of a routine what has no effect: locals that nobody reads, tests of constants, statements behind the end of
// a path.

import { known } from "./fold.ts";
import type { FlatBlock, FlatExpr, FlatRoutine, FlatStmt } from "./program.ts";
import { declarations } from "./scoping.ts";
import { mapBlocks, mapExpr, mapExpressions, visitBlock, visitStatements } from "./walk.ts";

/** The routine without dead stores, decided tests and unreachable statements. */
export function prune(routine: FlatRoutine): FlatRoutine {
  let pruned = { ...routine, body: reachable(routine.body) };
  for (let changed = true; changed; ) {
    const before = pruned.body;
    const constants = constantLocals(pruned);
    let body = constants.size === 0 ? before : reachable(decided(before, constants));
    changed = constants.size > 0;
    const read = new Set<number>();
    visitBlock(body, (expr) => {
      if (expr.kind === "local") read.add(expr.local);
    });
    body = withoutDead(body, read, () => {
      changed = true;
    });
    pruned = { ...pruned, body };
  }
  return pruned;
}

/** The block without assignments that nobody reads, and without what they leave empty. */
export function withoutDeadStores(block: FlatBlock): FlatBlock {
  let body = block;
  for (let changed = true; changed; ) {
    changed = false;
    const read = new Set<number>();
    visitBlock(body, (expr) => {
      if (expr.kind === "local") read.add(expr.local);
    });
    body = withoutDead(body, read, () => {
      changed = true;
    });
  }
  return body;
}

/** Locals that are set once, to a constant, before all who read them. */
function constantLocals(routine: FlatRoutine): ReadonlyMap<number, FlatExpr> {
  const { inPlace } = declarations(routine);
  const found = new Map<number, FlatExpr>();
  visitStatements(routine.body, (statement) => {
    if (
      statement.kind === "set" &&
      statement.value.kind === "const" &&
      inPlace.has(statement.local)
    ) {
      found.set(statement.local, statement.value);
    }
  });
  return found;
}

/** The block with those locals replaced (their assignments left out), and what that decides. */
function decided(block: FlatBlock, constants: ReadonlyMap<number, FlatExpr>): FlatBlock {
  const change = (expr: FlatExpr): FlatExpr =>
    mapExpr(expr, (leaf) => (leaf.kind === "local" ? (constants.get(leaf.local) ?? leaf) : leaf));
  return block.flatMap((statement): FlatBlock => {
    if (statement.kind === "set" && constants.has(statement.local)) return [];
    const changed = mapBlocks(mapExpressions(statement, change), (inner) =>
      decided(inner, constants),
    );
    if (changed.kind !== "if") return [changed];
    const condition = known(changed.condition);
    if (condition === null) return [changed];
    return condition === 0 ? changed.otherwise : changed.then;
  });
}

function reachable(block: FlatBlock): FlatBlock {
  const end = block.findIndex(ends);
  const live = end < 0 ? block : block.slice(0, end + 1);
  return live.map((statement) => mapBlocks(statement, reachable));
}

/** Whether control never goes on behind the statement. */
export function ends(statement: FlatStmt): boolean {
  switch (statement.kind) {
    case "emit":
    case "reject":
    case "fault":
    case "answer":
    case "break":
    case "continue":
      return true;
    case "if":
      return statement.then.some(ends) && statement.otherwise.some(ends);
    default:
      return false;
  }
}

function withoutDead(block: FlatBlock, read: ReadonlySet<number>, dropped: () => void): FlatBlock {
  return block.flatMap((statement) => {
    const dead = statement.kind === "set" && !read.has(statement.local);
    const changed = mapBlocks(statement, (inner) => withoutDead(inner, read, dropped));
    if (!dead && !isEmpty(changed)) return [changed];
    dropped();
    return [];
  });
}

/** A statement that does nothing any more. */
function isEmpty(statement: FlatStmt): boolean {
  if (statement.kind === "if")
    return statement.then.length === 0 && statement.otherwise.length === 0;
  return (statement.kind === "for" || statement.kind === "block") && statement.body.length === 0;
}
