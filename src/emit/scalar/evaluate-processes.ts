// What expressions say of processes, locks and steps.

import { type Expr, firstValue, type Local, type Process } from "../../machine/machine.ts";
import { isInstance } from "../../machine/may-fault.ts";
import { type Evaluate, keysOf } from "./lock-keys.ts";
import type { Scalar } from "./scalar.ts";
import { and, boolean, eq, FALSE, not, or } from "./scalar-build.ts";
import { mayGoWrong, type Notions, type Scope, under } from "./scope.ts";
import type { Symbolic, Who } from "./symbolic.ts";
import {
  asOption,
  expect,
  heldBy,
  option,
  processOf,
  sameWho,
  scalar,
  scalarOf,
} from "./symbolic-build.ts";
import { literal, scalarLiteral, someInstance } from "./symbolic-values.ts";

type ExprOf<K extends Expr["kind"]> = Extract<Expr, { readonly kind: K }>;

export function aboutProcesses(
  expr: ExprOf<
    | "instance"
    | "done"
    | "holder"
    | "held"
    | "prime"
    | "at"
    | "located"
    | "process-variable"
    | "taken"
    | "taken-action"
  >,
  scope: Scope,
  evaluate: Evaluate,
): Symbolic {
  const { notions, reading, taker } = scope;
  switch (expr.kind) {
    case "instance":
      return processOf(whoIn(expr, scope, evaluate));
    case "done": {
      const who = whoIn(expr, scope, evaluate);
      const { locations } = processIn(notions, expr.process);
      return scalar(reading.at(who, new Set([locations.length - 1])));
    }
    case "located":
      return scalar(reading.at(whoIn(expr, scope, evaluate), expr.locations));
    case "process-variable": {
      const who = whoIn(expr, scope, evaluate);
      const local = storedLocal(notions, expr.process, expr.local);
      return local === null
        ? literal(notions, firstValue(expr.local.type), expr.local.type)
        : reading.processVariable(who, local);
    }
    case "holder": {
      const keys = keysOf(expr.lock, scope, evaluate);
      const lock = reading.lock(expr.lock.lock, keys);
      return option(not(lock.owned), () => ({ kind: "process", is: lock.ownedBy }));
    }
    case "held": {
      const keys = keysOf(expr.lock, scope, evaluate);
      const lock = reading.lock(expr.lock.lock, keys);
      if (expr.by === null) return scalar(not(lock.free));
      const by = asOption(evaluate(expr.by, scope));
      if (by.isNull === FALSE) {
        const { who } = expect(by.value, "process");
        if (who !== undefined) return scalar(heldBy(lock, who));
      }
      const { is } = expect(by.value, "process");
      const holds = someInstance(notions, (who) => and(is(who), heldBy(lock, who)));
      return scalar(and(not(by.isNull), holds));
    }
    case "prime": {
      if (scope.after === null) throw new Error("a primed expression outside a step property");
      return evaluate(expr.operand, { ...scope, reading: scope.after });
    }
    case "at":
      throw new Error("`@` that lowering left unresolved");
    case "taken": {
      const who = whoIn(expr, scope, evaluate);
      if (taker?.kind !== "process") return scalar(FALSE);
      const taken = sameWho(taker.who, who);
      if (expr.at === null) return scalar(taken);
      return scalar(and(taken, scalarOf(evaluate(expr.at, under(scope, taken)))));
    }
    case "taken-action":
      return scalar(boolean(taker?.kind === "action" && taker.action === expr.action));
    default:
      return expr satisfies never;
  }
}

/** The instance that is meant; an index without one is a fault. */
function whoIn(
  expr: ExprOf<"instance" | "done" | "located" | "process-variable" | "taken">,
  scope: Scope,
  evaluate: Evaluate,
): Who {
  const { process } = expr;
  if (expr.index === null) return { process, index: null };
  const index = scalarOf(evaluate(expr.index, scope));
  if (!isInstance(expr.index.type, process) && process.index !== null) {
    const { local, values } = process.index;
    const { type } = local;
    if (type.kind !== "range" && type.kind !== "enum" && type.kind !== "bool") {
      throw new Error("a process index that is no scalar");
    }
    const among: readonly Scalar[] = values.map((value) =>
      eq(index, scalarLiteral(scope.notions, value, type)),
    );
    mayGoWrong(scope, not(or(...among)), "index", expr.span);
  }
  return { process, index };
}

function processIn(notions: Notions, process: Process): Notions["machine"]["processes"][number] {
  const found = notions.machine.processes.find((other) => other.process === process);
  if (found === undefined) throw new Error(`no such process: ${process.name}`);
  return found;
}

function storedLocal(notions: Notions, process: Process, local: Local): Local | null {
  const { locals } = processIn(notions, process);
  return locals.find((other) => other.stored && other.name === local.name) ?? null;
}
