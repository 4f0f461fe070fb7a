// Walking flat code: statements, their blocks and expressions, and copies with other parts.

import { add, and, binary, not, or, select, subtract, unary } from "./fold.ts";
import type { FlatBinary, FlatBlock, FlatExpr, FlatStmt } from "./program.ts";

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

/** The expression with parts changed from the leaves up, folded where that makes it known. */
export function mapExpr(expr: FlatExpr, change: (leaf: FlatExpr) => FlatExpr): FlatExpr {
  switch (expr.kind) {
    case "read":
      return change({ ...expr, index: mapExpr(expr.index, change) });
    case "load":
      return change({ ...expr, address: mapExpr(expr.address, change) });
    case "unary":
      return change(remade(expr, mapExpr(expr.operand, change)));
    case "binary":
      return change(
        combined(expr.operator, mapExpr(expr.left, change), mapExpr(expr.right, change)),
      );
    case "select": {
      const [condition, then, otherwise] = [expr.condition, expr.then, expr.otherwise].map((part) =>
        mapExpr(part, change),
      ) as [FlatExpr, FlatExpr, FlatExpr];
      return change(select(condition, then, otherwise));
    }
    default:
      return change(expr);
  }
}

function remade(expr: FlatExpr & { readonly kind: "unary" }, operand: FlatExpr): FlatExpr {
  return expr.operator === "not" ? not(operand) : unary(expr.operator, operand);
}

function combined(operator: FlatBinary, left: FlatExpr, right: FlatExpr): FlatExpr {
  if (operator === "and") return and(left, right);
  if (operator === "or") return or(left, right);
  if (operator === "+") return add(left, right);
  return operator === "-" ? subtract(left, right) : binary(operator, left, right);
}

/** The statement with its expressions changed. */
export function mapExpressions(
  statement: FlatStmt,
  change: (expr: FlatExpr) => FlatExpr,
): FlatStmt {
  switch (statement.kind) {
    case "set":
    case "cost":
    case "answer":
      return { ...statement, value: change(statement.value) };
    case "write":
      return { ...statement, index: change(statement.index), value: change(statement.value) };
    case "store":
      return { ...statement, address: change(statement.address), value: change(statement.value) };
    case "if":
      return { ...statement, condition: change(statement.condition) };
    case "for":
      return { ...statement, from: change(statement.from), below: change(statement.below) };
    case "pick":
      return { ...statement, accept: change(statement.accept) };
    case "lock-order":
      return { ...statement, held: change(statement.held), taken: change(statement.taken) };
    case "blame":
      return { ...statement, mover: change(statement.mover) };
    default:
      return statement;
  }
}

/** The statement with its inner blocks changed. */
export function mapBlocks(statement: FlatStmt, change: (block: FlatBlock) => FlatBlock): FlatStmt {
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
