// How far a step has come: what it has changed so far, which of its locals are known, and how the rest reads that.

import { substitute } from "../../machine/builder.ts";
import {
  type Expr,
  evaluateConstant,
  firstValue,
  type Instance,
  type Local,
  type Lock,
  type MachineLocal,
  type Value,
  type Variable,
} from "../../machine/machine.ts";
import type { Context, ProcessNames } from "./context.ts";
import { faultOf } from "./faults.ts";
import { ofInstance, type Reading } from "./reading.ts";
import { type Tla, text } from "./tree.ts";
import { valueTree } from "./values.ts";

export type Root = Variable | Lock | Local;

export interface Path {
  readonly values: ReadonlyMap<Root, Tla>;
  /** Literals of locals. */
  readonly known: ReadonlyMap<Local, Expr>;
}

/** Whose step it is; `index` is that of the instance, as the step's operator gets it. */
export interface Owner {
  readonly names: ProcessNames;
  readonly index: Tla | null;
  readonly self: Tla;
}

export const START: Path = { values: new Map(), known: new Map() };

/** What expressions read on a path of a step. */
export function readingOf(context: Context, owner: Owner | null, path: Path): Reading {
  return {
    context,
    variable: (variable) => rootOf(context, owner, path, variable),
    lock: (lock) => rootOf(context, owner, path, lock),
    local: (local) => rootOf(context, owner, path, local),
    at: ({ at }) => text(at),
    stored: text,
    mover: null,
    after: null,
    binders: new Map(),
    faultOf,
  };
}

/** The value of something as the step has left it so far; of a stored local the own one. */
export function rootOf(context: Context, owner: Owner | null, path: Path, root: Root): Tla {
  const known = root.kind === "local" ? path.known.get(root) : undefined;
  if (known?.kind === "literal" && root.kind === "local")
    return valueTree(context, root.type, known.value);
  return path.values.get(root) ?? before(context, owner, root);
}

/** The value before the step. */
export function before(context: Context, owner: Owner | null, root: Root): Tla {
  if (root.kind === "variable") return text(context.variables.get(root) ?? root.name);
  if (root.kind === "lock") return text(context.locks.get(root) ?? root.name);
  const stored = owner?.names.locals.get(root as MachineLocal);
  if (stored !== undefined) return ofInstance(text(stored), owner?.index ?? null);
  if (owner?.index && root === owner.names.machine.index) return owner.index;
  return valueTree(context, root.type, firstValue(root.type));
}

/** The path with another value of something. */
export function changed(path: Path, root: Root, value: Tla): Path {
  const known = new Map(path.known);
  if (root.kind === "local") known.delete(root);
  return { values: new Map(path.values).set(root, value), known };
}

/** The path with a local whose value is known. */
export function settled(context: Context, path: Path, local: Local, value: Value): Path {
  return {
    values: new Map(path.values).set(local, valueTree(context, local.type, value)),
    known: new Map(path.known).set(local, literal(local, value)),
  };
}

/** A literal in place of a local; that of a number has the number alone for its type. */
function literal(local: Local, value: Value): Expr {
  const { type, span } = local;
  const narrow =
    type.kind === "range" && typeof value === "number" ? { ...type, lo: value, hi: value } : type;
  return { kind: "literal", value, type: narrow, span };
}

/** The expression with all that is known put in; a literal if that decides it. */
export function settle(path: Path, expr: Expr): Expr {
  const inside = substitute(expr, path.known);
  if (inside.kind === "literal" || path.known.size === 0) return inside;
  const constant = evaluateConstant(expr) !== undefined;
  const value = constant ? undefined : evaluateConstant(inside);
  if (value === undefined) return inside;
  return { kind: "literal", value, type: inside.type, span: expr.span };
}

/** The value of an expression if it is known. */
export function knownValue(path: Path, expr: Expr): Value | undefined {
  return evaluateConstant(substitute(expr, path.known));
}

/** All locals of a process as they are before they are first assigned, for one instance. */
export function freshPath(context: Context, owner: Owner, instance: Instance, base: Path): Path {
  const { machine } = owner.names;
  let path: Path = { values: base.values, known: new Map() };
  for (const local of machine.locals) path = settled(context, path, local, firstValue(local.type));
  if (machine.index !== null && instance.index !== null) {
    path = settled(context, path, machine.index, instance.index);
  }
  return path;
}
