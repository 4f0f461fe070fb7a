// Leaves out of a routine what has no effect: locals that nobody reads, and statements behind the end of a path.

import type { FlatBlock, FlatExpr, FlatRoutine, FlatStmt } from "./flatten-program.ts";

/** The routine without dead stores and unreachable statements. */
export function prune(routine: FlatRoutine): FlatRoutine {
  let body = reachable(routine.body);
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
  return { ...routine, body };
}

function reachable(block: FlatBlock): FlatBlock {
  const end = block.findIndex(ends);
  return (end < 0 ? block : block.slice(0, end + 1)).map((statement) =>
    mapBlocks(statement, reachable),
  );
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

function mapBlocks(statement: FlatStmt, change: (block: FlatBlock) => FlatBlock): FlatStmt {
  switch (statement.kind) {
    case "if":
      return { ...statement, then: change(statement.then), otherwise: change(statement.otherwise) };
    case "for":
    case "loop":
    case "block":
      return { ...statement, body: change(statement.body) };
    case "pick":
      return { ...statement, filter: change(statement.filter), none: change(statement.none) };
    default:
      return statement;
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

/** Visits every expression of a block, inner ones too. */
export function visitBlock(block: FlatBlock, visit: (expr: FlatExpr) => void): void {
  for (const statement of block) {
    for (const expr of expressionsOf(statement)) visitExpr(expr, visit);
    for (const inner of blocksOf(statement)) visitBlock(inner, visit);
  }
}

/** Visits every statement of a block, inner ones too, in the order of the text. */
export function visitStatements(block: FlatBlock, visit: (statement: FlatStmt) => void): void {
  for (const statement of block) {
    visit(statement);
    for (const inner of blocksOf(statement)) visitStatements(inner, visit);
  }
}

/** The blocks directly inside a statement. */
export function blocksOf(statement: FlatStmt): readonly FlatBlock[] {
  switch (statement.kind) {
    case "if":
      return [statement.then, statement.otherwise];
    case "for":
    case "loop":
    case "block":
      return [statement.body];
    case "pick":
      return [statement.filter, statement.none];
    default:
      return [];
  }
}

/** The expressions directly in a statement. */
export function expressionsOf(statement: FlatStmt): readonly FlatExpr[] {
  switch (statement.kind) {
    case "set":
    case "cost":
    case "answer":
      return [statement.value];
    case "write":
      return [statement.index, statement.value];
    case "store":
      return [statement.address, statement.value];
    case "if":
      return [statement.condition];
    case "for":
      return [statement.from, statement.below];
    case "pick":
      return [statement.accept];
    case "lock-order":
      return [statement.held, statement.taken];
    case "blame":
      return [statement.mover];
    default:
      return [];
  }
}

/** Visits an expression and its parts. */
export function visitExpr(expr: FlatExpr, visit: (expr: FlatExpr) => void): void {
  visit(expr);
  switch (expr.kind) {
    case "read":
      return visitExpr(expr.index, visit);
    case "load":
      return visitExpr(expr.address, visit);
    case "unary":
      return visitExpr(expr.operand, visit);
    case "binary":
      visitExpr(expr.left, visit);
      return visitExpr(expr.right, visit);
    case "select":
      visitExpr(expr.condition, visit);
      visitExpr(expr.then, visit);
      return visitExpr(expr.otherwise, visit);
    default:
      return;
  }
}
