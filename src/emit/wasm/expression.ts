// Flat expressions as code of WebAssembly.

import { sizeOf } from "../../machine/flat/knowledge.ts";
import type { FlatBinary, FlatExpr, FlatProgram, FlatState } from "../../machine/flat/program.ts";
import type { Item } from "../../machine/layout.ts";
import type { Code } from "./code.ts";
import * as wasm from "./code.ts";
import type { MemoryMap } from "./memory-map.ts";

/** Parts of an expression that is rather computed than jumped over. */
const MOST_CHEAP = 16;

/** How a routine reads what its expressions name. */
export interface Reading {
  readonly program: FlatProgram;
  readonly map: MemoryMap;
  /** The name of a routine's local. */
  readonly local: (local: number) => string;
  /** A word of a state: `word`, or `index` words behind it, of `count` that there are. */
  readonly word: (state: FlatState, word: number, index: Code | null, count: number) => Code;
}

const OPERATORS: { readonly [operator in FlatBinary]: (left: Code, right: Code) => Code } = {
  "+": wasm.add,
  "-": wasm.subtract,
  "*": wasm.multiply,
  "/": wasm.divide,
  "%": wasm.remainder,
  "bit-and": wasm.and,
  "bit-or": wasm.or,
  "bit-xor": wasm.xor,
  "shift-left": wasm.shiftLeft,
  "shift-right": wasm.shiftRight,
  "==": wasm.equal,
  "!=": wasm.unequal,
  "<": wasm.less,
  "<=": wasm.atMost,
  ">": wasm.greater,
  ">=": wasm.atLeast,
  and: wasm.and,
  or: wasm.or,
};

/** The expression as a number. */
export function value(reading: Reading, expr: FlatExpr): Code {
  const of = (part: FlatExpr): Code => value(reading, part);
  switch (expr.kind) {
    case "const":
      return wasm.constant(expr.value);
    case "local":
      return wasm.get(reading.local(expr.local));
    case "read":
      return readCode(reading, expr.state, itemOf(reading, expr.item), expr.index);
    case "word":
      return reading.word(expr.state, expr.word, null, 1);
    case "load":
      return wasm.load(wordAddress(of(expr.address)), reading.map[expr.memory]);
    case "mover":
      return wasm.get("mover");
    case "unary":
      return unary(expr.operator, of(expr.operand));
    case "binary": {
      const { operator, left, right } = expr;
      if ((operator !== "and" && operator !== "or") || isCheap(reading, right)) {
        return OPERATORS[operator](of(left), of(right));
      }
      return operator === "and"
        ? wasm.choose(of(left), of(right), wasm.constant(0))
        : wasm.choose(of(left), wasm.constant(1), of(right));
    }
    case "select": {
      const cheap = isCheap(reading, expr.then) && isCheap(reading, expr.otherwise);
      const choose = cheap ? wasm.select : wasm.choose;
      return choose(of(expr.condition), of(expr.then), of(expr.otherwise));
    }
    default:
      return expr satisfies never;
  }
}

function unary(operator: (FlatExpr & { readonly kind: "unary" })["operator"], operand: Code): Code {
  switch (operator) {
    case "not":
      return wasm.isZero(operand);
    case "negate":
      return wasm.subtract(wasm.constant(0), operand);
    case "bit-not":
      return wasm.xor(operand, wasm.constant(-1));
    case "count-bits":
      return wasm.countBits(operand);
    case "lowest-bit":
      return wasm.trailingZeros(operand);
    case "highest-bit":
      return wasm.subtract(wasm.constant(31), wasm.leadingZeros(operand));
    default:
      return operator satisfies never;
  }
}

/** Whether to compute an expression costs less than to jump over it, and is safe where its value means nothing. */
function isCheap(reading: Reading, expr: FlatExpr): boolean {
  return sizeOf(expr) <= MOST_CHEAP && isSafe(reading, expr);
}

/** Whether an expression may be computed where its value means nothing: it reads no address out of bounds. */
function isSafe(reading: Reading, expr: FlatExpr): boolean {
  switch (expr.kind) {
    case "load":
      return expr.address.kind === "const";
    case "read": {
      const { count, perWord } = itemOf(reading, expr.item);
      return expr.index.kind === "const" || (count <= perWord && isSafe(reading, expr.index));
    }
    case "unary":
      return isSafe(reading, expr.operand);
    case "binary":
      return (
        expr.operator !== "/" &&
        expr.operator !== "%" &&
        isSafe(reading, expr.left) &&
        isSafe(reading, expr.right)
      );
    case "select":
      return [expr.condition, expr.then, expr.otherwise].every((part) => isSafe(reading, part));
    default:
      return true;
  }
}

/** The bytes before word `index`. */
export function wordAddress(index: Code): Code {
  return wasm.shiftLeft(index, wasm.constant(2));
}

// ---------------------------------------------------------------- fields

export function itemOf(reading: Reading, id: number): Item {
  const item = reading.program.layout.items[id];
  if (item === undefined) throw new Error(`no item ${id}`);
  return item;
}

/** Words that the fields of an item lie in. */
export function wordsOf(item: Item): number {
  return Math.ceil(item.count / item.perWord);
}

/** The lowest `bits` bits. */
export function maskOf(bits: number): number {
  return bits >= 32 ? -1 : 2 ** bits - 1;
}

/** Where field `index` of an item is: its word, relative to the fixed one (null: that one), and its shift. */
export interface Place {
  readonly fixedWord: number;
  readonly word: Code | null;
  readonly shift: number | Code;
}

export function placeOf(reading: Reading, item: Item, index: FlatExpr): Place {
  if (index.kind === "const") {
    return {
      fixedWord: item.word + Math.floor(index.value / item.perWord),
      word: null,
      shift: item.shift + (index.value % item.perWord) * item.bits,
    };
  }
  const number = value(reading, index);
  if (item.perWord === 1) return { fixedWord: item.word, word: number, shift: item.shift };
  const many = wasm.constant(item.perWord);
  const one = item.count <= item.perWord;
  const within = one ? number : wasm.remainder(number, many);
  const scaled = item.bits === 1 ? within : wasm.multiply(within, wasm.constant(item.bits));
  const shift = item.shift === 0 ? scaled : wasm.add(scaled, wasm.constant(item.shift));
  return { fixedWord: item.word, word: one ? null : wasm.divide(number, many), shift };
}

function readCode(reading: Reading, state: FlatState, item: Item, index: FlatExpr): Code {
  const place = placeOf(reading, item, index);
  const word = reading.word(state, place.fixedWord, place.word, wordsOf(item));
  if (item.bits >= 32) return word;
  const { shift } = place;
  if (shift === 0) return wasm.and(word, wasm.constant(maskOf(item.bits)));
  const shifted = wasm.shiftRight(word, typeof shift === "number" ? wasm.constant(shift) : shift);
  if (typeof shift === "number" && shift + item.bits === 32) return shifted;
  return wasm.and(shifted, wasm.constant(maskOf(item.bits)));
}

/** The word with a field changed to a value. */
export function changedWord(item: Item, word: Code, shift: number | Code, to: Code): Code {
  if (item.bits >= 32) return to;
  const mask = maskOf(item.bits);
  if (typeof shift === "number") {
    const kept = wasm.and(word, wasm.constant(~(mask << shift)));
    return wasm.or(kept, shift === 0 ? to : wasm.shiftLeft(to, wasm.constant(shift)));
  }
  const kept = wasm.and(
    word,
    wasm.xor(wasm.shiftLeft(wasm.constant(mask), shift), wasm.constant(-1)),
  );
  return wasm.or(kept, wasm.shiftLeft(to, shift));
}
