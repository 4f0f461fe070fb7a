// What a flat expression over the words of a state comes to, computed part by part.

import type { FlatBinary, FlatExpr } from "../../src/machine/flat/program.ts";
import type { Layout } from "../../src/machine/layout.ts";

const operators: { readonly [operator in FlatBinary]: (a: number, b: number) => number } = {
  "+": (a, b) => (a + b) | 0,
  "-": (a, b) => (a - b) | 0,
  "*": Math.imul,
  "/": (a, b) => Math.trunc(a / b),
  "%": (a, b) => a % b,
  "bit-and": (a, b) => a & b,
  "bit-or": (a, b) => a | b,
  "bit-xor": (a, b) => a ^ b,
  "shift-left": (a, b) => a << b,
  "shift-right": (a, b) => (a >>> b) | 0,
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
  "<": (a, b) => Number(a < b),
  "<=": (a, b) => Number(a <= b),
  ">": (a, b) => Number(a > b),
  ">=": (a, b) => Number(a >= b),
  and: (a, b) => (a === 0 ? 0 : b),
  or: (a, b) => (a === 0 ? b : 1),
};

/** The value, all reads being of the state with these words. */
export function flatValue(layout: Layout, words: readonly number[], expr: FlatExpr): number {
  const of = (part: FlatExpr): number => flatValue(layout, words, part);
  switch (expr.kind) {
    case "const":
      return expr.value | 0;
    case "word":
      return (words[expr.word] ?? 0) | 0;
    case "read": {
      const item = layout.items[expr.item];
      if (item === undefined) throw new Error("no such item");
      const index = of(expr.index);
      const word = words[item.word + Math.floor(index / item.perWord)] ?? 0;
      const shift = item.shift + (index % item.perWord) * item.bits;
      return Number((BigInt(word >>> 0) >> BigInt(shift)) & ((1n << BigInt(item.bits)) - 1n)) | 0;
    }
    case "unary":
      return unary(expr.operator, of(expr.operand));
    case "binary":
      return operators[expr.operator](of(expr.left), of(expr.right));
    case "select":
      return of(expr.condition) === 0 ? of(expr.otherwise) : of(expr.then);
    default:
      throw new Error(`no ${expr.kind} here`);
  }
}

function unary(operator: (FlatExpr & { kind: "unary" })["operator"], value: number): number {
  const bits = [...(value >>> 0).toString(2).padStart(32, "0")].reverse();
  switch (operator) {
    case "not":
      return value === 0 ? 1 : 0;
    case "negate":
      return -value | 0;
    case "bit-not":
      return ~value;
    case "count-bits":
      return bits.filter((bit) => bit === "1").length;
    case "lowest-bit":
      return bits.indexOf("1");
    case "highest-bit":
      return bits.lastIndexOf("1");
    default:
      return operator satisfies never;
  }
}
