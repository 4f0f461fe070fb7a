// Which locals the rest of a code reads, so that a local that stood for a value need not be kept for nobody.

import type { CommandCode, CommandOp } from "../../machine/command.ts";
import { childrenOf, type Expr, type Local } from "../../machine/machine.ts";

const known = new WeakMap<CommandOp, ReadonlySet<Local>>();

/** Is this local read from a position on? */
export function readsLocal(code: CommandCode, from: number, local: Local): boolean {
  for (let position = from; position < code.length; position += 1) {
    const op = code[position];
    if (op !== undefined && localsOf(op).has(local)) return true;
  }
  return false;
}

/** All locals that an op reads, those of its blocks too. A local of which a part is assigned counts as read. */
function localsOf(op: CommandOp): ReadonlySet<Local> {
  const found = known.get(op);
  if (found !== undefined) return found;
  const locals = new Set<Local>();
  for (const expr of expressionsIn(op)) addLocals(expr, locals);
  for (const block of blocksIn(op)) {
    for (const inner of block) for (const local of localsOf(inner)) locals.add(local);
  }
  if (op.kind === "assign" && op.place.path.length > 0 && op.place.root.kind === "local")
    locals.add(op.place.root);
  known.set(op, locals);
  return locals;
}

function addLocals(expr: Expr, locals: Set<Local>): void {
  if (expr.kind === "local") locals.add(expr.local);
  for (const child of childrenOf(expr)) addLocals(child, locals);
}

function blocksIn(op: CommandOp): readonly CommandCode[] {
  if (op.kind === "if") return [op.then, op.otherwise];
  return op.kind === "loop" ? [op.body] : [];
}

function expressionsIn(op: CommandOp): readonly Expr[] {
  switch (op.kind) {
    case "assign":
      return [
        op.value,
        ...op.place.path.flatMap((step) => (step.kind === "field" ? [] : [step.index])),
      ];
    case "if":
    case "assume":
    case "assert":
      return [op.condition];
    case "assume-member":
      return [op.set];
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
