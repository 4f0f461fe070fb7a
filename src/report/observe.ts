// What a step saw: the shared places that its first computation reads, with their values before it.
//
// Only what can be named and looked up is shown. A read through an index that is computed in the same
// step, or of more places than fit a line, is left out rather than guessed.

import { type Environment, evaluate, Fault, lockOf } from "../checker/evaluate.ts";
import { lockName } from "../checker/locks.ts";
import { processFields } from "../checker/processes.ts";
import type { State } from "../checker/transition-system.ts";
import { entryOf } from "../checker/values.ts";
import {
  type Code,
  childrenOf,
  type Expr,
  type Local,
  type Location,
  type Machine,
  type Op,
  type Value,
} from "../machine/machine.ts";
import { formatValue } from "./values.ts";

/** A step with more reads than this shows none: the line itself says more. */
const mostReads = 3;

/** `pmd[1] == none` for each shared place that the step at a location reads first. */
export function observations(
  machine: Machine,
  state: State,
  mover: number,
  location: Location,
): readonly string[] {
  const op = firstOp(location.code);
  const environment = environmentOf(machine, state, mover);
  const seen = (op === null ? [] : readsOf(op)).flatMap((read) => {
    const name = nameOf(read, environment);
    const value = attempt(read, environment);
    return name === null || value === undefined
      ? []
      : [`${name} == ${formatValue(value, read.type)}`];
  });
  const distinct = [...new Set(seen)];
  return distinct.length <= mostReads ? distinct : [];
}

/** The lock that the process at a location would take next, as `ptl[1]`; null if it takes none. */
export function wantedLock(
  machine: Machine,
  state: State,
  mover: number,
  location: Location,
): string | null {
  const op = firstOp(location.code);
  if (op?.kind !== "acquire") return null;
  return tolerant(() => lockName(lockOf(op.lock, environmentOf(machine, state, mover)))) ?? null;
}

/** Locals that are not part of the state have no value here; what needs them is not shown. */
function environmentOf(machine: Machine, state: State, mover: number): Environment {
  const locals = new Map<Local, Value>();
  const instance = machine.instances[mover];
  const template = machine.processes.find(({ process }) => process === instance?.process);
  if (instance !== undefined && template !== undefined) {
    const fields = processFields(instance, state);
    for (const local of template.locals) {
      const value = entryOf(fields, local.name);
      if (value !== undefined) locals.set(local, value);
    }
    if (template.index !== null) locals.set(template.index, instance.index);
  }
  return { machine, state, step: null, locals, bound: null };
}

/** The op that makes a location a step, marks skipped. */
function firstOp(code: Code): Op | null {
  const marks: readonly Op["kind"][] = ["line", "branch", "enter", "leave"];
  return code.find((op) => !marks.includes(op.kind)) ?? null;
}

function readsOf(op: Op): readonly Expr[] {
  switch (op.kind) {
    case "if":
    case "assert":
    case "await":
      return sharedReads(op.condition);
    case "assign":
      // A step that changes something shared shows what it wrote instead.
      return op.place.root.kind === "local" ? sharedReads(op.value) : [];
    default:
      return [];
  }
}

/** The largest parts of an expression that name a shared place. */
function sharedReads(expr: Expr): readonly Expr[] {
  return isPlace(expr) ? [expr] : childrenOf(expr).flatMap(sharedReads);
}

function isPlace(expr: Expr): boolean {
  if (expr.kind === "variable") return true;
  return isPathStep(expr) && isPlace(expr.base);
}

type PathStep = Extract<Expr, { readonly kind: "index" | "element" | "field" }>;

function isPathStep(expr: Expr): expr is PathStep {
  return expr.kind === "index" || expr.kind === "element" || expr.kind === "field";
}

/** A place by the name that it has now, `pmd[1]`; null if an index is not at hand. */
function nameOf(expr: Expr, environment: Environment): string | null {
  if (expr.kind === "variable") return expr.variable.name;
  if (!isPathStep(expr)) return null;
  const base = nameOf(expr.base, environment);
  if (base === null) return null;
  if (expr.kind === "field") return `${base}.${expr.field}`;
  const index = attempt(expr.index, environment);
  return index === undefined ? null : `${base}[${String(index)}]`;
}

/** The value of an expression, undefined if it needs what is not at hand. */
function attempt(expr: Expr, environment: Environment): Value | undefined {
  if (!isClosed(expr, environment)) return undefined;
  return tolerant(() => evaluate(expr, environment));
}

/** Has every local in it a value, and does it stand under no binder? */
function isClosed(expr: Expr, environment: Environment): boolean {
  if (expr.kind === "local") return environment.locals.has(expr.local);
  if (expr.kind === "bound") return false;
  return childrenOf(expr).every((child) => isClosed(child, environment));
}

function tolerant<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
