// How a step may change the truth of a condition: a relational abstract interpretation over the pair of states before and
// after it (Cousot and Cousot, 1977). A truth is abstracted to the set of its possible (before, after) pairs, another value
// to the directions in which it may move.

import {
  childrenOf,
  type Expr,
  evaluateConstant,
  type LockPlace,
  type Type,
  type Value,
} from "../machine.ts";
import type { Cells, Positions } from "./cells.ts";
import { positionIn } from "./known.ts";
import { elementRead } from "./places.ts";
import type { Effect } from "./step.ts";
import type { Target } from "./targets.ts";

/** A step as far as conditions see it. */
export interface SeenStep {
  readonly cells: Cells;
  readonly effects: readonly Effect[];
  /** Whose it is, from where to where; null for an action. */
  readonly mover: {
    readonly instance: number;
    readonly from: number;
    readonly to: number;
    readonly done: number;
  } | null;
  /** The instance that an expression names by its process and index; null if it is not known which. */
  readonly instanceOf: (expr: AboutProcess) => number | null;
  readonly isOfMover: (expr: AboutProcess) => boolean;
}

export type AboutProcess = Extract<
  Expr,
  { readonly kind: "located" | "done" | "process-variable" | "instance" | "at" | "taken" }
>;

/** Sets of (before, after). */
const FF = 1;
const FT = 2;
const TF = 4;
const TT = 8;
const SAME = FF | TT;
const ALL = FF | FT | TF | TT;

/** Sets of directions; OTHER is any. */
const UP = 1;
const DOWN = 2;
const OTHER = 4;

interface Motion {
  readonly directions: number;
  /** All values that it may have after it changed, if they are known. */
  readonly to: readonly Value[] | null;
}

const STILL: Motion = { directions: 0, to: null };
const ANYHOW: Motion = { directions: OTHER, to: null };

/** Whether a step may lead into a target, and whether it may lead out of it. */
export function passage(
  target: Target,
  step: SeenStep,
): { readonly enters: boolean; readonly leaves: boolean } {
  if (target.faulty) {
    const touched = touches(target.condition, step);
    return { enters: touched, leaves: touched };
  }
  const pairs = pairsOf(target.condition, step);
  const [into, out] = target.truth ? [FT, TF] : [TF, FT];
  return { enters: (pairs & into) !== 0, leaves: (pairs & out) !== 0 };
}

// ---------------------------------------------------------------- truths

function pairsOf(expr: Expr, step: SeenStep): number {
  switch (expr.kind) {
    case "literal":
    case "constant": {
      const value = evaluateConstant(expr);
      return value === true ? TT : value === false ? FF : SAME;
    }
    case "not":
      return swapped(pairsOf(expr.operand, step));
    case "logical":
      return combined(expr.operator, pairsOf(expr.left, step), pairsOf(expr.right, step));
    case "comparison":
      return comparison(expr, step);
    case "if": {
      const condition = pairsOf(expr.condition, step);
      if (condition === TT) return pairsOf(expr.then, step);
      if (condition === FF) return pairsOf(expr.otherwise, step);
      if ((condition & ~SAME) !== 0) return ALL;
      return pairsOf(expr.then, step) | pairsOf(expr.otherwise, step);
    }
    case "located": {
      const { mover } = step;
      if (expr.index !== null && touches(expr.index, step)) return ALL;
      if (mover === null || !concernsMover(expr, step)) return SAME;
      const pair = pairOf(expr.locations.has(mover.from), expr.locations.has(mover.to));
      return step.instanceOf(expr) === null ? SAME | pair : pair;
    }
    case "done": {
      const { mover } = step;
      if (expr.index !== null && touches(expr.index, step)) return ALL;
      if (mover === null || !concernsMover(expr, step)) return SAME;
      const pair = pairOf(mover.from === mover.done, mover.to === mover.done);
      return step.instanceOf(expr) === null ? SAME | pair : pair;
    }
    case "held":
      return heldPairs(expr, step);
    case "index":
    case "variable":
    case "process-variable":
      return truthOf(motionOf(expr, step));
    default:
      return childrenOf(expr).some((child) => touches(child, step)) ? ALL : SAME;
  }
}

function pairOf(before: boolean, after: boolean): number {
  if (before) return after ? TT : TF;
  return after ? FT : FF;
}

function swapped(pairs: number): number {
  return (
    (pairs & FF ? TT : 0) | (pairs & FT ? TF : 0) | (pairs & TF ? FT : 0) | (pairs & TT ? FF : 0)
  );
}

const PAIRS: readonly (readonly [number, boolean, boolean])[] = [
  [FF, false, false],
  [FT, false, true],
  [TF, true, false],
  [TT, true, true],
];

function combined(
  operator: (Expr & { readonly kind: "logical" })["operator"],
  left: number,
  right: number,
): number {
  let result = 0;
  for (const [one, before, after] of PAIRS) {
    for (const [other, otherBefore, otherAfter] of PAIRS) {
      if ((left & one) === 0 || (right & other) === 0) continue;
      result |= pairOf(apply(operator, before, otherBefore), apply(operator, after, otherAfter));
    }
  }
  return result;
}

function apply(
  operator: (Expr & { readonly kind: "logical" })["operator"],
  left: boolean,
  right: boolean,
): boolean {
  switch (operator) {
    case "&&":
      return left && right;
    case "||":
      return left || right;
    case "=>":
      return !left || right;
    case "<=>":
      return left === right;
    default:
      return operator satisfies never;
  }
}

/** A truth that is kept in a variable. */
function truthOf({ directions, to }: Motion): number {
  if (directions === 0) return SAME;
  if (to === null) return ALL;
  return to.reduce<number>((pairs, value) => pairs | (value === true ? FT : TF), SAME);
}

function comparison(expr: Expr & { readonly kind: "comparison" }, step: SeenStep): number {
  const { left, right, operator } = expr;
  const [one, other] = [motionOf(left, step), motionOf(right, step)];
  if (one.directions === 0 && other.directions === 0) {
    const value = evaluateConstant(expr);
    return value === undefined ? SAME : value === true ? TT : FF;
  }
  switch (operator) {
    case "==":
    case "!=": {
      const pairs =
        other.directions === 0
          ? equality(one, left.type, evaluateConstant(right))
          : one.directions === 0
            ? equality(other, right.type, evaluateConstant(left))
            : ALL;
      return operator === "==" ? pairs : swapped(pairs);
    }
    case "<":
    case "<=":
      return order(one.directions | opposite(other.directions));
    case ">":
    case ">=":
      return order(opposite(one.directions) | other.directions);
    default:
      return operator satisfies never;
  }
}

/** `x == c` for an x that may move. */
function equality({ directions, to }: Motion, type: Type, constant: Value | undefined): number {
  if (constant === undefined) return ALL;
  if (to !== null) {
    const same = (value: Value): boolean => JSON.stringify(value) === JSON.stringify(constant);
    return to.reduce<number>((pairs, value) => pairs | (same(value) ? FT : TF), SAME);
  }
  // What stands at its bound cannot move beyond it.
  if (type.kind !== "range") return ALL;
  const stays =
    (directions === DOWN && constant === type.lo) || (directions === UP && constant === type.hi);
  return stays ? SAME | FT : ALL;
}

/** `d < 0` or `d <= 0` for a d that may move. */
function order(directions: number): number {
  if ((directions & OTHER) !== 0) return ALL;
  return SAME | (directions & UP ? TF : 0) | (directions & DOWN ? FT : 0);
}

function heldPairs(expr: Expr & { readonly kind: "held" }, step: SeenStep): number {
  const { lock, by } = expr;
  const motion = motionOfLock(lock, step);
  if (by !== null) {
    if (motion.directions === 0) return touches(by, step) ? ALL : SAME;
    if (by.kind !== "instance" || touches(by, step)) return ALL;
    const holder = step.instanceOf(by);
    if (holder !== null && holder !== step.mover?.instance) return SAME;
  }
  if ((motion.directions & OTHER) !== 0) return ALL;
  return SAME | (motion.directions & UP ? FT : 0) | (motion.directions & DOWN ? TF : 0);
}

// ---------------------------------------------------------------- values

function opposite(directions: number): number {
  return (
    (directions & UP ? DOWN : 0) | (directions & DOWN ? UP : 0) | (directions & OTHER ? OTHER : 0)
  );
}

function motionOf(expr: Expr, step: SeenStep): Motion {
  switch (expr.kind) {
    case "literal":
    case "constant":
      return STILL;
    case "variable":
    case "index":
      return motionOfElement(expr, step);
    case "process-variable": {
      const { mover } = step;
      if (expr.index !== null && touches(expr.index, step)) return ANYHOW;
      if (mover === null || !concernsMover(expr, step)) return STILL;
      if (mover.to === mover.done) return ANYHOW;
      const named = ({ root }: Effect): boolean =>
        root.kind === "local" && root.name === expr.local.name;
      return step.effects.some(named) ? ANYHOW : STILL;
    }
    case "arithmetic": {
      const [one, other] = [motionOf(expr.left, step), motionOf(expr.right, step)];
      if (one.directions === 0 && other.directions === 0) return STILL;
      if (expr.operator === "+") return moving(one.directions | other.directions);
      if (expr.operator === "-") return moving(one.directions | opposite(other.directions));
      return ANYHOW;
    }
    case "negate":
      return moving(opposite(motionOf(expr.operand, step).directions));
    case "if":
      return motionOfChoice(expr, step);
    default:
      return touches(expr, step) ? ANYHOW : STILL;
  }
}

function moving(directions: number): Motion {
  return { directions, to: null };
}

/** `if c then a else b`: as `count` is written out, a and b are numbers. */
function motionOfChoice(expr: Expr & { readonly kind: "if" }, step: SeenStep): Motion {
  const condition = pairsOf(expr.condition, step);
  if (condition === TT) return motionOf(expr.then, step);
  if (condition === FF) return motionOf(expr.otherwise, step);
  if ((condition & ~SAME) === 0) {
    const [one, other] = [motionOf(expr.then, step), motionOf(expr.otherwise, step)];
    return moving(one.directions | other.directions);
  }
  const [yes, no] = [evaluateConstant(expr.then), evaluateConstant(expr.otherwise)];
  if (typeof yes !== "number" || typeof no !== "number") return ANYHOW;
  const toYes = yes > no ? UP : yes < no ? DOWN : 0;
  return moving((condition & FT ? toYes : 0) | (condition & TF ? opposite(toYes) : 0));
}

function motionOfElement(expr: Expr, step: SeenStep): Motion {
  const element = elementRead(expr);
  if (element === null)
    return childrenOf(expr).some((child) => touches(child, step)) ? ANYHOW : STILL;
  const { variable, indices } = element;
  if (indices.some((index) => touches(index, step))) return ANYHOW;
  const changes = step.effects.filter(
    (effect) => effect.root === variable && meet(step.cells.keysOf(variable), indices, effect),
  );
  if (changes.length === 0) return STILL;
  // Of a larger value only a part may have changed.
  if (changes.some(({ indices: changed }) => changed.length > indices.length)) return ANYHOW;
  return motionBy(changes, depthOf(variable.type) === indices.length);
}

function depthOf(type: Type): number {
  return type.kind === "array" ? 1 + depthOf(type.of) : 0;
}

/** All changes together; `whole`: of a value that is no array. */
function motionBy(changes: readonly Effect[], whole: boolean): Motion {
  const kinds = new Set(changes.map(({ change }) => change.kind));
  const [kind] = kinds;
  if (!whole || kinds.size !== 1) return ANYHOW;
  if (kind === "up") return moving(UP);
  if (kind === "down") return moving(DOWN);
  const values = changes.flatMap(({ change }) => (change.kind === "to" ? [change.value] : []));
  return { directions: OTHER, to: kind === "to" ? values : null };
}

function motionOfLock(place: LockPlace, step: SeenStep): Motion {
  if (place.indices.some((index) => touches(index, step))) return ANYHOW;
  const changes = step.effects.filter(
    (effect) => effect.root === place.lock && meet(place.lock.keys, place.indices, effect),
  );
  return changes.length === 0 ? STILL : motionBy(changes, true);
}

/** Whether an element may be one of those that an effect changes. */
function meet(keys: readonly Type[], indices: readonly Expr[], effect: Effect): boolean {
  return keys.every((key, depth) => {
    const index = indices[depth];
    const changed: Positions | undefined = effect.indices[depth];
    if (index === undefined || changed === undefined) return true;
    const value = evaluateConstant(index);
    const position = value === undefined ? null : positionIn(key, value);
    if (position === null) return true;
    return typeof changed === "number" ? changed === position : !changed.except.includes(position);
  });
}

// ---------------------------------------------------------------- anything

/** May the step change anything that the expression reads? */
function touches(expr: Expr, step: SeenStep): boolean {
  switch (expr.kind) {
    case "variable":
    case "index":
    case "process-variable":
      return motionOf(expr, step).directions !== 0;
    case "located":
    case "done":
      return (pairsOf(expr, step) & ~SAME) !== 0;
    case "holder":
    case "held":
      return (
        motionOfLock(expr.lock, step).directions !== 0 ||
        childrenOf(expr).some((child) => touches(child, step))
      );
    default:
      return childrenOf(expr).some((child) => touches(child, step));
  }
}

function concernsMover(expr: AboutProcess, step: SeenStep): boolean {
  const instance = step.instanceOf(expr);
  return instance === null ? step.isOfMover(expr) : instance === step.mover?.instance;
}
