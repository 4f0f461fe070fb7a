// What one step may touch and do, over all ways through its code: accesses to cells, changes, locations it leads to.
//
// The walk knows a little: the index of the instance, locals with one value on the way here, and, for steps that are taken
// while another process holds a certain lock, that nobody gets past the acquisition of that lock. Whatever it does not
// know may be anything: every answer is an over-approximation.

import { someNode } from "../../language/expressions.ts";
import { allOps, blocksOf } from "../code.ts";
import {
  type Code,
  childrenOf,
  type Expr,
  type Local,
  type Lock,
  type LockPlace,
  type MachineLocal,
  type Op,
  type Place,
  type Value,
  type Variable,
} from "../machine.ts";
import { ANY, type Cells, type LockInstance, type Positions } from "./cells.ts";
import { type Known, knownValue, positionIn, valueAt } from "./known.ts";
import { denotes, elementRead, heldInBoth, isTellable } from "./places.ts";

/** An index as far as it is known: positions, or an expression that has its value when the step begins. */
export type Index = Positions | { readonly expr: Expr; readonly except: readonly number[] };

export interface Access {
  readonly write: boolean;
  readonly root: Variable | Lock;
  readonly indices: readonly Index[];
}

/** How a step may change a place, if it does: to one value, upwards, downwards, anyhow. A lock goes up when it is taken. */
export type Change =
  | { readonly kind: "to"; readonly value: Value }
  | { readonly kind: "up" | "down" | "any" };

export interface Effect {
  readonly root: Variable | Lock | Local;
  readonly indices: readonly Positions[];
  readonly change: Change;
}

export interface StepSummary {
  readonly accesses: readonly Access[];
  /** Instances whose end is asked for; null: that of any. */
  readonly endsRead: readonly (number | null)[];
  readonly effects: readonly Effect[];
  /** The locations to which it may lead, with the locks that are held there whichever way it came. */
  readonly targets: ReadonlyMap<number, readonly LockPlace[]>;
}

/** Whose step, and under which circumstances. */
export interface Circumstances {
  readonly cells: Cells;
  readonly known: Known;
  /** The position of an instance by its process and index; null if that is not known. */
  readonly instanceOf: (expr: Expr & { readonly kind: "done" }, known: Known) => number | null;
  /** A lock that another process holds for itself alone as long as this step may be taken. */
  readonly avoided: LockInstance | null;
  /** Locks that are held whenever the step begins. */
  readonly held: readonly LockPlace[];
}

/** What is known on a way through the code. */
interface Path {
  readonly known: Known;
  /** Locals whose value may not be the one of the beginning. */
  readonly assigned: ReadonlySet<Local>;
  /** A value that a local does not have: the avoided lock's key. */
  readonly apart: ReadonlyMap<Local, Value>;
  /** Locks that are held for sure; their indices are locals and constants. */
  readonly held: readonly LockPlace[];
}

interface Walk {
  readonly at: Circumstances;
  readonly accesses: Access[];
  readonly endsRead: (number | null)[];
  readonly effects: Effect[];
  readonly targets: Map<number, readonly LockPlace[]>;
  readonly broken: Set<number>;
}

/** Sums a step up. */
export function summarise(code: Code, at: Circumstances): StepSummary {
  const walk: Walk = {
    at,
    accesses: [],
    endsRead: [],
    effects: [],
    targets: new Map(),
    broken: new Set(),
  };
  let path: Path | null = {
    known: at.known,
    assigned: new Set(),
    apart: new Map(),
    held: at.held,
  };
  for (const place of at.held) path = path === null ? null : passed(walk, place, path);
  if (path !== null) follow(walk, code, path);
  return walk;
}

/** What is known where the code falls through; null if it does not. */
function follow(walk: Walk, code: Code, before: Path): Path | null {
  let path: Path | null = before;
  for (const op of code) {
    if (path === null) return null;
    path = perform(walk, op, path);
  }
  return path;
}

function perform(walk: Walk, op: Op, path: Path): Path | null {
  switch (op.kind) {
    case "assign":
      return assign(walk, op.place, op.value, path);
    case "if": {
      read(walk, op.condition, path);
      const decided = knownValue(op.condition, path.known);
      if (decided !== undefined)
        return follow(walk, decided === true ? op.then : op.otherwise, path);
      return joined(follow(walk, op.then, path), follow(walk, op.otherwise, path));
    }
    case "loop": {
      const released = locksReleasedIn(op.body);
      const held = path.held.filter(({ lock }) => !released.has(lock));
      const around = unknown({ ...path, held }, assignedIn(op.body));
      follow(walk, op.body, around);
      return walk.broken.has(op.id) ? around : null;
    }
    case "break":
      walk.broken.add(op.loop);
      return null;
    case "either":
      for (const branch of op.branches) follow(walk, branch, path);
      return null;
    case "pick": {
      read(walk, op.set, path);
      const chosen = unknown(path, [op.local]);
      if (op.where !== null) read(walk, op.where, chosen);
      follow(walk, op.body, chosen);
      return null;
    }
    case "await":
      read(walk, op.condition, path);
      return knownValue(op.condition, path.known) === false ? null : path;
    case "acquire": {
      readIndices(walk, op.lock, path);
      const past = passed(walk, op.lock, path);
      if (past === null) return null;
      touchLock(walk, op.lock, past, { kind: "up" });
      return isTellable(op.lock) ? { ...past, held: [...past.held, op.lock] } : past;
    }
    case "try-acquire": {
      readIndices(walk, op.lock, path);
      touchLock(walk, op.lock, path, { kind: "up" });
      return changedLocal(walk, op.result, { kind: "any" }, path);
    }
    case "release":
    case "downgrade":
      readIndices(walk, op.lock, path);
      touchLock(walk, op.lock, path, { kind: op.kind === "release" ? "down" : "any" });
      if (op.kind === "downgrade") return path;
      return { ...path, held: path.held.filter(({ lock }) => lock !== op.lock.lock) };
    case "contract":
      // Whether a process holds a lock is changed by nobody else.
      readIndices(walk, op.lock, path);
      read(walk, op.result, path);
      return path;
    case "assert":
      read(walk, op.condition, path);
      return path;
    case "cost":
      read(walk, op.value, path);
      return path;
    case "goto":
      arrive(walk, op.location, op.resets, path);
      return null;
    case "continue":
    case "stop":
    case "fault":
      return null;
    case "end":
    case "line":
    case "branch":
    case "enter":
    case "leave":
      return path;
    default:
      return op satisfies never;
  }
}

// ---------------------------------------------------------------- paths

function joined(one: Path | null, other: Path | null): Path | null {
  if (one === null || other === null) return one ?? other;
  return {
    known: new Map([...one.known].filter(([local, value]) => alike(other.known.get(local), value))),
    assigned: new Set([...one.assigned, ...other.assigned]),
    apart: new Map([...one.apart].filter(([local, value]) => alike(other.apart.get(local), value))),
    held: heldInBoth(one.held, other.held),
  };
}

function alike(one: Value | undefined, other: Value): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

function unknown(path: Path, locals: readonly Local[]): Path {
  const known = new Map(path.known);
  const assigned = new Set(path.assigned);
  const apart = new Map(path.apart);
  for (const local of locals) {
    known.delete(local);
    apart.delete(local);
    assigned.add(local);
  }
  const now = new Set(locals);
  const held = path.held.filter(({ indices }) =>
    indices.every((index) => index.kind !== "local" || !now.has(index.local)),
  );
  return { known, assigned, apart, held };
}

function locksReleasedIn(code: Code): ReadonlySet<Lock> {
  return new Set([...allOps(code)].flatMap((op) => (op.kind === "release" ? [op.lock.lock] : [])));
}

function arrive(walk: Walk, location: number, resets: readonly MachineLocal[], path: Path): void {
  for (const local of resets)
    walk.effects.push({ root: local, indices: [], change: { kind: "any" } });
  const { held } = unknown(path, resets);
  const known = walk.targets.get(location);
  walk.targets.set(location, known === undefined ? held : heldInBoth(known, held));
}

function assignedIn(code: Code): readonly Local[] {
  return code.flatMap((op): readonly Local[] => {
    const inner = blocksOf(op).flatMap(assignedIn);
    if (op.kind === "assign" && op.place.root.kind === "local") return [op.place.root];
    if (op.kind === "pick") return [op.local, ...inner];
    return op.kind === "try-acquire" ? [op.result] : inner;
  });
}

/** What is known once this process holds a lock; null if that is the one which another holds. */
function passed(walk: Walk, place: LockPlace, path: Path): Path | null {
  const { avoided, cells } = walk.at;
  if (avoided === null || place.lock !== avoided.lock) return path;
  if (place.indices.length === 0) return null;
  const [index] = place.indices;
  const [key] = cells.keysOf(place.lock);
  if (index === undefined || key === undefined || place.indices.length > 1) return path;
  const value = knownValue(index, path.known);
  if (value !== undefined) return positionIn(key, value) === avoided.position ? null : path;
  const apart = valueAt(key, avoided.position);
  if (index.kind !== "local" || apart === undefined) return path;
  return { ...path, apart: new Map(path.apart).set(index.local, apart) };
}

// ---------------------------------------------------------------- reads

function read(walk: Walk, expr: Expr, path: Path): void {
  if (expr.kind === "done") {
    walk.endsRead.push(walk.at.instanceOf(expr, path.known));
  } else if (expr.kind === "holder" || expr.kind === "held") {
    access(walk, expr.lock.lock, expr.lock.indices, path, false);
  }
  const chain = elementRead(expr);
  if (chain === null) {
    for (const child of childrenOf(expr)) read(walk, child, path);
    return;
  }
  for (const index of chain.indices) read(walk, index, path);
  access(walk, chain.variable, chain.indices, path, false);
}

function readIndices(walk: Walk, place: LockPlace, path: Path): void {
  for (const index of place.indices) read(walk, index, path);
}

// ---------------------------------------------------------------- accesses and changes

function access(
  walk: Walk,
  root: Variable | Lock,
  indices: readonly Expr[],
  path: Path,
  write: boolean,
): readonly Index[] {
  const keys = walk.at.cells.keysOf(root);
  const found = keys.map((key, depth): Index => {
    const index = indices[depth];
    if (index === undefined) return ANY;
    const value = knownValue(index, path.known);
    if (value !== undefined) return positionIn(key, value) ?? ANY;
    const apart = index.kind === "local" ? path.apart.get(index.local) : undefined;
    const position = apart === undefined ? null : positionIn(key, apart);
    const except = position === null ? [] : [position];
    return isOfTheBeginning(index, path) ? { expr: index, except } : { except };
  });
  walk.accesses.push({ write, root, indices: found });
  return found;
}

/** Whether an expression has the value that it had when the step began, whatever others do. */
function isOfTheBeginning(expr: Expr, path: Path): boolean {
  return !someNode(expr, (node) => {
    switch (node.kind) {
      case "local":
        return path.assigned.has(node.local) || !isKept(node.local);
      case "literal":
      case "constant":
      case "arithmetic":
      case "negate":
      case "field":
      case "unwrap":
      case "convert":
        return false;
      default:
        return true;
    }
  });
}

/** Whether a local is part of the state, or fixed for each instance. */
function isKept(local: Local): boolean {
  return local.role === "index" || (local as MachineLocal).stored;
}

/** The positions that an index may have, as far as nothing is known of locals. */
export function positionsOf(index: Index): Positions {
  return typeof index === "number" ? index : { except: index.except };
}

function touchLock(walk: Walk, place: LockPlace, path: Path, change: Change): void {
  const indices = access(walk, place.lock, place.indices, path, true);
  walk.effects.push({ root: place.lock, indices: indices.map(positionsOf), change });
}

function assign(walk: Walk, place: Place, value: Expr, path: Path): Path {
  read(walk, value, path);
  for (const step of place.path) if (step.kind !== "field") read(walk, step.index, path);
  const { root } = place;
  const whole = place.path.every(({ kind }) => kind === "index");
  const change = whole ? changeBy(place, value, path) : ({ kind: "any" } as const);
  if (root.kind === "local") {
    return changedLocal(walk, root, place.path.length === 0 ? change : { kind: "any" }, path);
  }
  const leading = place.path.findIndex(({ kind }) => kind !== "index");
  const indices = place.path
    .slice(0, leading < 0 ? undefined : leading)
    .flatMap((step) => (step.kind === "index" ? [step.index] : []));
  const found = access(walk, root, indices, path, true);
  walk.effects.push({ root, indices: found.map(positionsOf), change });
  return path;
}

function changedLocal(walk: Walk, local: Local, change: Change, path: Path): Path {
  walk.effects.push({ root: local, indices: [], change });
  const after = unknown(path, [local]);
  if (change.kind !== "to") return after;
  return { ...after, known: new Map(after.known).set(local, change.value) };
}

function changeBy(place: Place, value: Expr, path: Path): Change {
  const known = knownValue(value, path.known);
  if (known !== undefined) return { kind: "to", value: known };
  if (value.kind === "convert") return changeBy(place, value.value, path);
  const addsToItself =
    value.kind === "arithmetic" &&
    (value.operator === "+" || value.operator === "-") &&
    value.right.type.kind === "range" &&
    value.right.type.lo >= 0 &&
    denotes(value.left, place);
  if (!addsToItself) return { kind: "any" };
  return { kind: value.operator === "+" ? "up" : "down" };
}
