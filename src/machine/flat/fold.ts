// Constructors of flat expressions that fold what is already known, so that the passes can write the general form.

import type { FlatBinary, FlatExpr, FlatUnary } from "./program.ts";

/** The value of a constant, null for anything else. */
export function known(expr: FlatExpr): number | null {
  return expr.kind === "const" ? expr.value : null;
}

export function constant(value: number): FlatExpr {
  return { kind: "const", value };
}

export const ZERO: FlatExpr = constant(0);
export const ONE: FlatExpr = constant(1);

export function local(id: number): FlatExpr {
  return { kind: "local", local: id };
}

/** `left + right`, with constants gathered on the right. */
export function add(left: FlatExpr, right: FlatExpr): FlatExpr {
  const [a, b] = [known(left), known(right)];
  if (a !== null && b !== null) return constant(a + b);
  if (a !== null) return add(right, left);
  if (b === null) return binary("+", left, right);
  if (b === 0) return left;
  if (left.kind === "binary" && (left.operator === "+" || left.operator === "-")) {
    const inner = known(left.right);
    if (inner !== null)
      return add(left.left, constant(b + (left.operator === "+" ? inner : -inner)));
  }
  return b < 0 ? raw("-", left, constant(-b)) : raw("+", left, right);
}

export function subtract(left: FlatExpr, right: FlatExpr): FlatExpr {
  const b = known(right);
  return b === null ? binary("-", left, right) : add(left, constant(-b));
}

export function multiply(left: FlatExpr, right: FlatExpr): FlatExpr {
  if (known(left) !== null && known(right) === null) return multiply(right, left);
  return known(right) === 1 ? left : known(right) === 0 ? ZERO : binary("*", left, right);
}

export function not(operand: FlatExpr): FlatExpr {
  if (operand.kind === "const") return constant(operand.value === 0 ? 1 : 0);
  if (operand.kind === "unary" && operand.operator === "not") return operand.operand;
  if (operand.kind === "binary" && operand.operator === "==") return { ...operand, operator: "!=" };
  if (operand.kind === "binary" && operand.operator === "!=") return { ...operand, operator: "==" };
  return unary("not", operand);
}

export function and(left: FlatExpr, right: FlatExpr): FlatExpr {
  if (known(left) === 0 || known(right) === 0) return ZERO;
  if (known(left) === 1) return right;
  if (isTest(left) && isTest(right) && same(left.left, right.left)) {
    return left.right.value === right.right.value ? left : ZERO;
  }
  return known(right) === 1 ? left : raw("and", left, right);
}

type Test = FlatExpr & {
  readonly left: FlatExpr;
  readonly right: { readonly kind: "const"; readonly value: number };
};

/** `x == constant`. */
function isTest(expr: FlatExpr): expr is Test {
  return expr.kind === "binary" && expr.operator === "==" && expr.right.kind === "const";
}

/** Whether two expressions are written alike. */
export function same(left: FlatExpr, right: FlatExpr): boolean {
  if (left === right) return true;
  switch (left.kind) {
    case "const":
      return right.kind === "const" && left.value === right.value;
    case "local":
      return right.kind === "local" && left.local === right.local;
    case "read":
      return (
        right.kind === "read" &&
        left.item === right.item &&
        left.state === right.state &&
        same(left.index, right.index)
      );
    case "word":
      return right.kind === "word" && left.word === right.word && left.state === right.state;
    case "load":
      return (
        right.kind === "load" && left.memory === right.memory && same(left.address, right.address)
      );
    case "mover":
      return right.kind === "mover";
    case "unary":
      return (
        right.kind === "unary" &&
        left.operator === right.operator &&
        same(left.operand, right.operand)
      );
    case "binary":
      return (
        right.kind === "binary" &&
        left.operator === right.operator &&
        same(left.left, right.left) &&
        same(left.right, right.right)
      );
    case "select":
      return (
        right.kind === "select" &&
        same(left.condition, right.condition) &&
        same(left.then, right.then) &&
        same(left.otherwise, right.otherwise)
      );
    default:
      return left satisfies never;
  }
}

export function or(left: FlatExpr, right: FlatExpr): FlatExpr {
  if (known(left) === 1 || known(right) === 1) return ONE;
  if (known(left) === 0) return right;
  return known(right) === 0 ? left : raw("or", left, right);
}

export function select(condition: FlatExpr, then: FlatExpr, otherwise: FlatExpr): FlatExpr {
  const value = known(condition);
  if (value !== null) return value === 0 ? otherwise : then;
  if (known(then) !== null && known(then) === known(otherwise)) return then;
  return { kind: "select", condition, then, otherwise };
}

/** Bit `position` of a mask, 0 or 1. */
export function bit(mask: FlatExpr, position: FlatExpr): FlatExpr {
  return binary("bit-and", shiftRight(mask, position), ONE);
}

/** A mask with just this bit. */
export function bitAt(position: FlatExpr): FlatExpr {
  return binary("shift-left", ONE, position);
}

export function shiftRight(value: FlatExpr, by: FlatExpr): FlatExpr {
  return known(by) === 0 ? value : binary("shift-right", value, by);
}

export function shiftLeft(value: FlatExpr, by: FlatExpr): FlatExpr {
  return known(by) === 0 ? value : binary("shift-left", value, by);
}

export function unary(operator: FlatUnary, operand: FlatExpr): FlatExpr {
  const value = known(operand);
  if (value === null) return { kind: "unary", operator, operand };
  switch (operator) {
    case "not":
      return constant(value === 0 ? 1 : 0);
    case "negate":
      return constant(0 - value);
    case "bit-not":
      return constant(~value);
    case "count-bits":
      return constant(countBits(value));
    case "lowest-bit":
      return constant(31 - Math.clz32(value & -value));
    case "highest-bit":
      return constant(31 - Math.clz32(value));
    default:
      return operator satisfies never;
  }
}

export function binary(operator: FlatBinary, left: FlatExpr, right: FlatExpr): FlatExpr {
  const [a, b] = [known(left), known(right)];
  if (a !== null && b !== null) return constant(folded(operator, a, b));
  if (operator === "bit-or" && a === 0) return right;
  if (operator === "bit-or" && b === 0) return left;
  return raw(operator, left, right);
}

function raw(operator: FlatBinary, left: FlatExpr, right: FlatExpr): FlatExpr {
  return { kind: "binary", operator, left, right };
}

function folded(operator: FlatBinary, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b + 0;
    case "/":
      return b > 0 ? Math.floor(a / b) : 0;
    case "%":
      return b > 0 ? a % b : 0;
    case "bit-and":
      return a & b;
    case "bit-or":
      return a | b;
    case "bit-xor":
      return a ^ b;
    case "shift-left":
      return a << b;
    case "shift-right":
      return (a >>> b) | 0;
    case "==":
      return Number(a === b);
    case "!=":
      return Number(a !== b);
    case "<":
      return Number(a < b);
    case "<=":
      return Number(a <= b);
    case ">":
      return Number(a > b);
    case ">=":
      return Number(a >= b);
    case "and":
      return a & b;
    case "or":
      return a | b;
    default:
      return operator satisfies never;
  }
}

function countBits(value: number): number {
  let count = 0;
  for (let left = value; left !== 0; left &= left - 1) count += 1;
  return count;
}
