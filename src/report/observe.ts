// What a step saw: the shared places that its first computation reads, with their values before it.
//
// Only what can be named and looked up is shown. A read through an index that is computed in the same
// step, or of more places than fit a line, is left out rather than guessed.

import {
  type Bound,
  bind,
  type Environment,
  evaluate,
  Fault,
  lockOf,
} from "../checker/evaluate.ts";
import { lockName } from "../checker/locks.ts";
import { processFields } from "../checker/processes.ts";
import type { State } from "../checker/transition-system.ts";
import { entryOf } from "../checker/values.ts";
import type { Span } from "../diagnostics/source.ts";
import {
  type Binder,
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

/**
 * `pmd[1] == none` for each shared place that the step at a location reads first; of a step that `faults`,
 * also those that it needs for what it would write.
 */
export function observations(
  machine: Machine,
  state: State,
  mover: number,
  location: Location,
  faults = false,
): readonly string[] {
  const op = firstOp(location.code);
  return seenIn(
    machine,
    state,
    mover,
    op === null ? [] : faults ? operandsOf(op) : conditionsOf(op),
  );
}

/** The shared places that a mover reads for these expressions, each with its value; none if they are too many. */
export function seenIn(
  machine: Machine,
  state: State,
  mover: number,
  told: readonly Expr[],
): readonly string[] {
  const environment = environmentOf(machine, state, mover);
  const reads = told.flatMap((expr) => readsIn(expr, environment));
  const seen = reads.flatMap(({ place, scope }) => {
    const name = nameOf(place, scope);
    const value = attempt(place, scope);
    if (name === null || value === undefined) return [];
    return [`${name} == ${formatValue(value, place.type)}`];
  });
  const distinct = [...new Set(seen)];
  return distinct.length <= mostReads ? distinct : [];
}

/** The shared place that the step at a location writes first, as `pmd[1]`; null if it writes none. */
export function writtenPlace(
  machine: Machine,
  state: State,
  mover: number,
  location: Location,
): string | null {
  const op = firstOp(location.code);
  if (op?.kind !== "assign" || op.place.root.kind !== "variable") return null;
  const environment = environmentOf(machine, state, mover);
  let name = op.place.root.name;
  for (const step of op.place.path) {
    if (step.kind === "field") {
      name += `.${step.name}`;
    } else {
      const index = attempt(step.index, environment);
      if (index === undefined) return null;
      name += `[${String(index)}]`;
    }
  }
  return name;
}

/** What a step does to a lock, by the lock's name `ptl[1]`. */
interface LockUse {
  readonly kind: "acquire" | "release" | "downgrade";
  readonly lock: string;
  readonly read: boolean;
  readonly span: Span;
}

/** What the process at a location would do to a lock next; null if its next step is another. */
export function nextLockUse(
  machine: Machine,
  state: State,
  mover: number,
  location: Location,
): LockUse | null {
  const op = firstOp(location.code);
  if (op?.kind !== "acquire" && op?.kind !== "release" && op?.kind !== "downgrade") return null;
  const scope = environmentOf(machine, state, mover);
  const lock = tolerant(() => lockName(lockOf(op.lock, scope)));
  if (lock === undefined) return null;
  return { kind: op.kind, lock, read: op.kind === "acquire" && op.read, span: op.span };
}

/** The lock that the process at a location would take next, as `ptl[1]`; null if it takes none. */
export function wantedLock(
  machine: Machine,
  state: State,
  mover: number,
  location: Location,
): LockUse | null {
  const use = nextLockUse(machine, state, mover, location);
  return use?.kind === "acquire" ? use : null;
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

/** What an op evaluates that a trace should account for. */
function conditionsOf(op: Op): readonly Expr[] {
  switch (op.kind) {
    case "if":
    case "assert":
    case "await":
      return [op.condition];
    case "assign":
      // A step that changes something shared shows what it wrote instead.
      return op.place.root.kind === "local" ? [op.value] : [];
    default:
      return [];
  }
}

/** All that an op evaluates before it does anything. */
function operandsOf(op: Op): readonly Expr[] {
  if (op.kind !== "assign") return conditionsOf(op);
  const indexes = op.place.path.flatMap((step) => (step.kind === "field" ? [] : [step.index]));
  return [...indexes, op.value];
}

/** A shared place that an expression reads, with the names that are bound around it. */
interface Read {
  readonly place: Expr;
  readonly scope: Environment;
}

/** The largest shared places that an evaluation comes by: parts that it skips are left out. */
function readsIn(expr: Expr, scope: Environment): readonly Read[] {
  if (isPlace(expr)) return [{ place: expr, scope }];
  switch (expr.kind) {
    case "let": {
      const value = attempt(expr.value, scope);
      const inner = value === undefined ? scope : bind(scope, expr.binder, value);
      return [...readsIn(expr.value, scope), ...readsIn(expr.body, inner)];
    }
    case "if": {
      const branch = attempt(expr.condition, scope) === true ? expr.then : expr.otherwise;
      return [...readsIn(expr.condition, scope), ...readsIn(branch, scope)];
    }
    case "logical": {
      const left = attempt(expr.left, scope);
      const decided =
        (expr.operator === "&&" && left === false) ||
        (expr.operator === "||" && left === true) ||
        (expr.operator === "=>" && left === false);
      return [...readsIn(expr.left, scope), ...(decided ? [] : readsIn(expr.right, scope))];
    }
    case "quantifier": {
      const values = attempt(expr.set, scope);
      const each = Array.isArray(values) ? (values as readonly Value[]) : [];
      return [
        ...readsIn(expr.set, scope),
        ...each.flatMap((value) => readsIn(expr.body, bind(scope, expr.binder, value))),
      ];
    }
    default:
      return childrenOf(expr).flatMap((child) => readsIn(child, scope));
  }
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

/** The value of an expression; undefined if it faults or needs what is not at hand. */
function attempt(expr: Expr, scope: Environment): Value | undefined {
  return isClosed(expr, scope, []) ? tolerant(() => evaluate(expr, scope)) : undefined;
}

/** Has every local in it a value, and is every bound name bound around it or inside it? */
function isClosed(expr: Expr, scope: Environment, inside: readonly Binder[]): boolean {
  if (expr.kind === "local") return scope.locals.has(expr.local);
  if (expr.kind === "bound")
    return inside.includes(expr.binder) || isBound(expr.binder, scope.bound);
  const within = "binder" in expr ? [...inside, expr.binder] : inside;
  return childrenOf(expr).every((child) => isClosed(child, scope, within));
}

function isBound(binder: Binder, bound: Bound | null): boolean {
  return bound !== null && (bound.binder === binder || isBound(binder, bound.outer));
}

function tolerant<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
