// Walking the typed model: the direct parts of expressions and statements, copies with other parts, what they read.

import type { Body, Expr, LockPlace, PathStep, Place, Stmt } from "./model.ts";

/** The direct subexpressions, in the order of evaluation. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "literal":
    case "constant":
    case "variable":
    case "local":
    case "bound":
    case "type-set":
    case "taken-action":
      return [];
    case "index":
    case "element":
      return [expr.base, expr.index];
    case "field":
      return [expr.base];
    case "not":
    case "negate":
    case "prime":
      return [expr.operand];
    case "logical":
    case "arithmetic":
    case "comparison":
    case "set-operation":
    case "subset":
      return [expr.left, expr.right];
    case "member":
      return [expr.element, expr.set];
    case "interval":
      return [expr.lo, expr.hi];
    case "if":
      return [expr.condition, expr.then, expr.otherwise];
    case "let":
      return [expr.value, expr.body];
    case "quantifier":
    case "map":
      return [expr.set, expr.body];
    case "filter":
      return [expr.set, expr.condition];
    case "record":
      return expr.fields.map((field) => field.value);
    case "set":
    case "sequence":
      return expr.elements;
    case "array":
      return [expr.body];
    case "with-index":
    case "with-element":
      return [expr.base, expr.index, expr.value];
    case "with-field":
      return [expr.base, expr.value];
    case "builtin":
      return expr.arguments;
    case "some":
    case "unwrap":
    case "convert":
      return [expr.value];
    case "instance":
    case "done":
    case "at":
    case "located":
    case "process-variable":
      return expr.index === null ? [] : [expr.index];
    case "holder":
      return expr.lock.indices;
    case "held":
      return expr.by === null ? expr.lock.indices : [...expr.lock.indices, expr.by];
    case "taken":
      return [...(expr.index === null ? [] : [expr.index]), ...(expr.at === null ? [] : [expr.at])];
    default:
      return expr satisfies never;
  }
}

/** The same expression with every direct subexpression replaced; binders, types and spans are kept. */
export function mapChildren(expr: Expr, change: (child: Expr) => Expr): Expr {
  const maybe = (child: Expr | null): Expr | null => (child === null ? null : change(child));
  switch (expr.kind) {
    case "literal":
    case "constant":
    case "variable":
    case "local":
    case "bound":
    case "type-set":
    case "taken-action":
      return expr;
    case "index":
    case "element":
      return { ...expr, base: change(expr.base), index: change(expr.index) };
    case "field":
      return { ...expr, base: change(expr.base) };
    case "not":
    case "negate":
    case "prime":
      return { ...expr, operand: change(expr.operand) };
    case "logical":
    case "arithmetic":
    case "comparison":
    case "set-operation":
    case "subset":
      return { ...expr, left: change(expr.left), right: change(expr.right) };
    case "member":
      return { ...expr, element: change(expr.element), set: change(expr.set) };
    case "interval":
      return { ...expr, lo: change(expr.lo), hi: change(expr.hi) };
    case "if":
      return {
        ...expr,
        condition: change(expr.condition),
        then: change(expr.then),
        otherwise: change(expr.otherwise),
      };
    case "let":
      return { ...expr, value: change(expr.value), body: change(expr.body) };
    case "quantifier":
    case "map":
      return { ...expr, set: change(expr.set), body: change(expr.body) };
    case "filter":
      return { ...expr, set: change(expr.set), condition: change(expr.condition) };
    case "record":
      return {
        ...expr,
        fields: expr.fields.map((field) => ({ ...field, value: change(field.value) })),
      };
    case "set":
    case "sequence":
      return { ...expr, elements: expr.elements.map(change) };
    case "array":
      return { ...expr, body: change(expr.body) };
    case "with-index":
    case "with-element":
      return {
        ...expr,
        base: change(expr.base),
        index: change(expr.index),
        value: change(expr.value),
      };
    case "with-field":
      return { ...expr, base: change(expr.base), value: change(expr.value) };
    case "builtin":
      return { ...expr, arguments: expr.arguments.map(change) };
    case "some":
    case "unwrap":
    case "convert":
      return { ...expr, value: change(expr.value) };
    case "instance":
    case "done":
    case "at":
    case "located":
    case "process-variable":
      return { ...expr, index: maybe(expr.index) };
    case "holder":
      return { ...expr, lock: mapLockPlace(expr.lock, change) };
    case "held":
      return { ...expr, lock: mapLockPlace(expr.lock, change), by: maybe(expr.by) };
    case "taken":
      return { ...expr, index: maybe(expr.index), at: maybe(expr.at) };
    default:
      return expr satisfies never;
  }
}

/** A lock place with its index expressions replaced. */
export function mapLockPlace(place: LockPlace, change: (child: Expr) => Expr): LockPlace {
  return { ...place, indices: place.indices.map(change) };
}

/** The index expressions of a place, in the order of evaluation. */
export function placeIndices(place: Place): readonly Expr[] {
  return place.path.flatMap((step) => (step.kind === "field" ? [] : [step.index]));
}

/** A path with its index expressions replaced. */
export function mapPath(
  path: readonly PathStep[],
  change: (child: Expr) => Expr,
): readonly PathStep[] {
  return path.map((step) =>
    step.kind === "field" ? step : { ...step, index: change(step.index) },
  );
}

/** Whether some node of the expression, itself included, satisfies `test`. */
export function someNode(expr: Expr, test: (node: Expr) => boolean): boolean {
  return test(expr) || childrenOf(expr).some((child) => someNode(child, test));
}

/** Whether evaluating it reads what other processes can change: shared variables, lock owners, `done`. */
export function readsShared(expr: Expr): boolean {
  return someNode(
    expr,
    (node) =>
      node.kind === "variable" ||
      node.kind === "holder" ||
      node.kind === "held" ||
      node.kind === "done",
  );
}

/** Whether it is made of literals, params and consts only. */
export function isConstant(expr: Expr): boolean {
  return !someNode(expr, (node) => {
    switch (node.kind) {
      case "variable":
      case "local":
      case "holder":
      case "held":
      case "done":
      case "at":
      case "located":
      case "process-variable":
      case "prime":
      case "taken":
      case "taken-action":
        return true;
      default:
        return false;
    }
  });
}

/** The blocks of a statement. */
export function bodiesOf(statement: Stmt): readonly Body[] {
  switch (statement.kind) {
    case "if":
      return [
        ...statement.arms.map((arm) => arm.body),
        ...(statement.otherwise === null ? [] : [statement.otherwise]),
      ];
    case "either":
      return statement.branches;
    case "while":
    case "loop":
    case "for":
    case "pick":
    case "atomic":
      return [statement.body];
    default:
      return [];
  }
}
