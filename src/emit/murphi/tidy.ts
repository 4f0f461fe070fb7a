// Code without what calls leave behind when they are inlined: conditions on results that are known, and copies that
// nobody reads. It does the same, and reads better.

import type { CommandCode, CommandOp } from "../../machine/command.ts";
import { childrenOf, type Expr, type Local } from "../../machine/machine.ts";

type Known = ReadonlyMap<Local, Expr>;

/** The code with known conditions resolved and unread scratch locals left out. */
export function tidied(code: CommandCode, scratch: (local: Local) => boolean): CommandCode {
  const resolved = resolve(code, new Map(), scratch);
  const read = new Set<Local>();
  localsRead(resolved, read);
  return withoutUnread(resolved, (local) => scratch(local) && !read.has(local));
}

function resolve(
  code: CommandCode,
  before: Known,
  scratch: (local: Local) => boolean,
): CommandCode {
  const known = new Map(before);
  return code.flatMap((op): readonly CommandOp[] => {
    switch (op.kind) {
      case "assign": {
        const { root, path } = op.place;
        if (root.kind === "local") {
          const value = knownValue(op.value, known);
          if (value !== null && path.length === 0 && scratch(root)) known.set(root, value);
          else known.delete(root);
        }
        return [op];
      }
      case "if": {
        const condition = knownValue(op.condition, known);
        if (condition?.kind === "literal") {
          const taken = condition.value === true ? op.then : op.otherwise;
          return resolve(taken, known, scratch);
        }
        const then = resolve(op.then, known, scratch);
        const otherwise = resolve(op.otherwise, known, scratch);
        forget(known, [...op.then, ...op.otherwise]);
        return [{ ...op, then, otherwise }];
      }
      case "loop": {
        forget(known, op.body);
        const body = resolve(op.body, known, scratch);
        return [{ ...op, body }];
      }
      default:
        forget(known, [op]);
        return [op];
    }
  });
}

/** The literal that an expression is known to be. */
function knownValue(expr: Expr, known: Known): Expr | null {
  switch (expr.kind) {
    case "literal":
      return expr;
    case "local":
      return known.get(expr.local) ?? null;
    case "not": {
      const operand = knownValue(expr.operand, known);
      if (operand?.kind !== "literal" || typeof operand.value !== "boolean") return null;
      return { ...operand, value: !operand.value };
    }
    default:
      return null;
  }
}

function forget(known: Map<Local, Expr>, code: CommandCode): void {
  for (const op of code) {
    if (op.kind === "assign" && op.place.root.kind === "local") known.delete(op.place.root);
    if (op.kind === "try-acquire") known.delete(op.result);
    if (op.kind === "if") forget(known, [...op.then, ...op.otherwise]);
    if (op.kind === "loop") forget(known, op.body);
  }
}

function withoutUnread(code: CommandCode, unread: (local: Local) => boolean): CommandCode {
  return code.flatMap((op): readonly CommandOp[] => {
    if (op.kind === "if") {
      const then = withoutUnread(op.then, unread);
      return [{ ...op, then, otherwise: withoutUnread(op.otherwise, unread) }];
    }
    if (op.kind === "loop") return [{ ...op, body: withoutUnread(op.body, unread) }];
    if (op.kind !== "assign" || op.place.path.length > 0) return [op];
    const { root } = op.place;
    const plain = op.value.kind === "literal" || op.value.kind === "local";
    return plain && root.kind === "local" && unread(root) ? [] : [op];
  });
}

function localsRead(code: CommandCode, found: Set<Local>): void {
  const visit = (expr: Expr): void => {
    if (expr.kind === "local") found.add(expr.local);
    for (const child of childrenOf(expr)) visit(child);
  };
  for (const op of code) {
    for (const expr of expressionsOf(op)) visit(expr);
    // A part of it is written, so the rest matters.
    if (op.kind === "assign" && op.place.path.length > 0 && op.place.root.kind === "local")
      found.add(op.place.root);
    if (op.kind === "if") {
      localsRead(op.then, found);
      localsRead(op.otherwise, found);
    }
    if (op.kind === "loop") localsRead(op.body, found);
  }
}

/** What an op evaluates in a rule; the blocks inside it are left out. */
export function expressionsOf(op: CommandOp): readonly Expr[] {
  switch (op.kind) {
    case "assign": {
      const indices = op.place.path.flatMap((step) => (step.kind === "field" ? [] : [step.index]));
      return [...indices, op.value];
    }
    case "if":
    case "assert":
      return [op.condition];
    case "assume":
      return op.faulty ? [op.condition] : [];
    case "assume-member":
      return op.faulty ? [op.set] : [];
    case "assume-available":
      return op.acquire.lock.indices;
    case "acquire":
    case "release":
    case "downgrade":
    case "try-acquire":
      return op.lock.indices;
    case "contract":
      return [...op.lock.indices, op.result];
    case "cost":
      return [op.value];
    default:
      return [];
  }
}
