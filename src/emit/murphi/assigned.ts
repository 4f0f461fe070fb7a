// What code writes, and which of its scratch locals it may read before it writes them.

import type { CommandCode, CommandOp } from "../../machine/command.ts";
import {
  childrenOf,
  type Expr,
  type Local,
  type Lock,
  type Variable,
} from "../../machine/machine.ts";
import { expressionsOf } from "./tidy.ts";

/** Variables, locals and locks that the code may write. */
export function written(code: CommandCode): ReadonlySet<Variable | Local | Lock> {
  const found = new Set<Variable | Local | Lock>();
  const visit = (ops: CommandCode): void => {
    for (const op of ops) {
      switch (op.kind) {
        case "assign":
          found.add(op.place.root);
          break;
        case "try-acquire":
          found.add(op.result).add(op.lock.lock);
          break;
        case "acquire":
        case "release":
        case "downgrade":
          found.add(op.lock.lock);
          break;
        case "goto":
          for (const local of op.resets) found.add(local);
          break;
        case "if":
          visit(op.then);
          visit(op.otherwise);
          break;
        case "loop":
          visit(op.body);
          break;
        default:
      }
    }
  };
  visit(code);
  return found;
}

/** Locals that are assigned a choice and nothing else, with their choices. */
export function sameAsChoices(
  code: CommandCode,
  choices: readonly Local[],
): ReadonlyMap<Local, Local> {
  const found = new Map<Local, Local>();
  for (const op of code) {
    if (op.kind !== "assign" || op.place.path.length > 0 || op.value.kind !== "local") continue;
    const { root } = op.place;
    const { local } = op.value;
    if (root.kind !== "local" || !choices.includes(local)) continue;
    const others = code.filter((other) => other !== op);
    if (!written(others).has(root)) found.set(root, local);
  }
  return found;
}

/** Those of the locals that may be read, or written in part, before they are written as a whole. */
export function readFirst(code: CommandCode, locals: readonly Local[]): readonly Local[] {
  return locals.filter((local) => walk(code, local) === "read");
}

/** Does every way through the code set the local as a whole, before it reads it? */
export function setSurely(code: CommandCode, local: Local): boolean {
  return walk(code, local) === "written";
}

type Met = "read" | "written" | "neither";

function walk(code: CommandCode, local: Local): Met {
  for (const op of code) {
    const met = meets(op, local);
    if (met !== "neither") return met;
  }
  return "neither";
}

function meets(op: CommandOp, local: Local): Met {
  if (expressionsOf(op).some((expr) => readsRoot(expr, local))) return "read";
  switch (op.kind) {
    case "assign":
      if (op.place.root !== local) return "neither";
      return op.place.path.length === 0 ? "written" : "read";
    case "try-acquire":
      return op.result === local ? "written" : "neither";
    case "goto":
      return op.resets.some((reset) => reset === local) ? "written" : "neither";
    case "if": {
      const arms = [walk(op.then, local), walk(op.otherwise, local)];
      if (arms.includes("read")) return "read";
      return arms.every((arm) => arm === "written") ? "written" : "neither";
    }
    case "loop":
      // Its body may be left half way, so what it writes does not count.
      return walk(op.body, local) === "read" ? "read" : "neither";
    default:
      return "neither";
  }
}

/** Does an expression read a variable or local, or a part of it? */
export function readsRoot(expr: Expr, root: Variable | Local): boolean {
  if (expr.kind === "variable" && expr.variable === root) return true;
  if (expr.kind === "local" && expr.local === root) return true;
  return childrenOf(expr).some((child) => readsRoot(child, root));
}
