// What an expression can name while it is flattened, and how its parts are flattened in turn.

import type { Binder, Expr, Local } from "../machine.ts";
import { type Builder, captured } from "./builder.ts";
import type { FlatBlock, FlatExpr, FlatState } from "./program.ts";
import type { FlatValue, Location } from "./value.ts";

export interface Scope {
  readonly b: Builder;
  /** The state whose variables and locks are read. */
  readonly state: FlatState;
  /** The state in which processes are looked at: they stand where they stood until the step is complete. */
  readonly processes: FlatState;
  readonly locals: (local: Local) => FlatValue;
  readonly bindings: Map<Binder, FlatValue>;
  readonly flattener: Flattener;
}

/** The two ways to flatten an expression; in the scope, since each kind of expression lives in a file of its own. */
export interface Flattener {
  /** The value, read where it lies if it lies somewhere. */
  readonly value: (scope: Scope, expr: Expr) => FlatValue;
  /** Builds the value in a place that the expression does not read. */
  readonly into: (scope: Scope, place: Location, expr: Expr) => void;
}

export type ExprOf<K extends Expr["kind"]> = Extract<Expr, { readonly kind: K }>;

export function value(scope: Scope, expr: Expr): FlatValue {
  return scope.flattener.value(scope, expr);
}

/** The value of an expression of a scalar type. */
export function number(scope: Scope, expr: Expr): FlatExpr {
  const flat = value(scope, expr);
  if (flat.kind !== "scalar") throw new Error(`a ${expr.type.kind} where a number is wanted`);
  return flat.value;
}

/** What `body` gives while a name is bound to a value. */
export function bind<T>(scope: Scope, binder: Binder, to: FlatValue, body: () => T): T {
  const outer = scope.bindings.get(binder);
  scope.bindings.set(binder, to);
  const result = body();
  if (outer === undefined) scope.bindings.delete(binder);
  else scope.bindings.set(binder, outer);
  return result;
}

/** A number, and the statements that must run before it. */
export function apart(
  b: Builder,
  body: () => FlatExpr,
): { readonly work: FlatBlock; readonly value: FlatExpr } {
  let value: FlatExpr = { kind: "const", value: 0 };
  const work = captured(b, () => {
    value = body();
  });
  return { work, value };
}

/** Whether statements may end the path. */
export function mayEnd(block: FlatBlock): boolean {
  return block.some((statement) => {
    if (statement.kind === "fault" || statement.kind === "reject") return true;
    if (statement.kind === "if") return mayEnd(statement.then) || mayEnd(statement.otherwise);
    return "body" in statement && mayEnd(statement.body);
  });
}
