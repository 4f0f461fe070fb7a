// Flat expressions as JavaScript: int32 arithmetic on words in locals or arrays.

import type { FlatBinary, FlatExpr, FlatProgram, FlatState } from "../../machine/flat/program.ts";
import type { Item } from "../../machine/layout.ts";

/** How a routine names what its expressions read. */
export interface Reading {
  readonly program: FlatProgram;
  readonly locals: readonly string[];
  /** The text of a word of a state, `index` being added to a fixed word. */
  readonly word: (state: FlatState, word: number, index: string | null, count: number) => string;
  /** `!` after an element of an array, where types are printed. */
  readonly sure: string;
  /** Helpers that the text calls. */
  readonly helpers: Set<string>;
}

interface Text {
  readonly text: string;
  readonly level: number;
}

/** Binding strengths, strongest first. */
const ATOM = 20;
const UNARY = 15;
const TIMES = 13;
const PLUS = 12;
const SHIFT = 11;
const COMPARE = 10;
const EQUAL = 9;
const BIT_AND = 8;
const BIT_XOR = 7;
const BIT_OR = 6;
const AND = 5;
const OR = 4;
const CHOICE = 3;

/** The expression as a number. */
export function numberText(reading: Reading, expr: FlatExpr): string {
  return numeric(reading, expr).text;
}

/** The expression, a 0 or 1, as a condition. */
export function conditionText(reading: Reading, expr: FlatExpr): string {
  return condition(reading, expr).text;
}

function atom(text: string): Text {
  return { text, level: ATOM };
}

function wrap({ text, level }: Text, least: number): string {
  return level >= least ? text : `(${text})`;
}

const OPERATORS: { readonly [operator in FlatBinary]?: readonly [string, number] } = {
  "+": ["+", PLUS],
  "-": ["-", PLUS],
  "*": ["*", TIMES],
  "%": ["%", TIMES],
  "bit-and": ["&", BIT_AND],
  "bit-or": ["|", BIT_OR],
  "bit-xor": ["^", BIT_XOR],
  "shift-left": ["<<", SHIFT],
};

const COMPARISONS: { readonly [operator in FlatBinary]?: readonly [string, number] } = {
  "==": ["===", EQUAL],
  "!=": ["!==", EQUAL],
  "<": ["<", COMPARE],
  "<=": ["<=", COMPARE],
  ">": [">", COMPARE],
  ">=": [">=", COMPARE],
};

function numeric(reading: Reading, expr: FlatExpr): Text {
  switch (expr.kind) {
    case "const":
      return { text: String(expr.value), level: expr.value < 0 ? UNARY : ATOM };
    case "local":
      return atom(reading.locals[expr.local] ?? "");
    case "read":
      return readText(reading, expr.state, itemOf(reading, expr.item), expr.index);
    case "word":
      return atom(reading.word(expr.state, expr.word, null, 1));
    case "load":
      return atom(`${expr.memory}[${numberText(reading, expr.address)}]${reading.sure}`);
    case "mover":
      return atom("mover");
    case "unary":
      return unaryText(reading, expr);
    case "binary":
      return binaryText(reading, expr);
    case "select": {
      const [then, otherwise] = [numeric(reading, expr.then), numeric(reading, expr.otherwise)];
      const test = wrap(condition(reading, expr.condition), CHOICE + 1);
      return {
        text: `${test} ? ${wrap(then, CHOICE)} : ${wrap(otherwise, CHOICE)}`,
        level: CHOICE,
      };
    }
    default:
      return expr satisfies never;
  }
}

function unaryText(reading: Reading, expr: FlatExpr & { readonly kind: "unary" }): Text {
  const operand = numeric(reading, expr.operand);
  switch (expr.operator) {
    case "not":
      return asNumber(condition(reading, expr));
    case "negate":
      return { text: `0 - ${wrap(operand, TIMES)}`, level: PLUS };
    case "bit-not":
      return { text: `~${wrap(operand, UNARY)}`, level: UNARY };
    case "count-bits":
      reading.helpers.add("countBits");
      return atom(`countBits(${operand.text})`);
    case "lowest-bit":
      return {
        text: `31 - Math.clz32(${wrap(operand, BIT_AND + 1)} & -${wrap(operand, UNARY)})`,
        level: PLUS,
      };
    case "highest-bit":
      return { text: `31 - Math.clz32(${operand.text})`, level: PLUS };
    default:
      return expr.operator satisfies never;
  }
}

function binaryText(reading: Reading, expr: FlatExpr & { readonly kind: "binary" }): Text {
  const plain = OPERATORS[expr.operator];
  if (plain !== undefined) {
    const [sign, level] = plain;
    const masks = expr.operator === "bit-and" && [expr.left, expr.right].some(isNatural);
    const side = (of: FlatExpr): Text => (masks ? unsigned(reading, of) : numeric(reading, of));
    // Shifts and masks are always set apart, as a person would.
    const apart = expr.operator.startsWith("bit-") ? UNARY : level;
    const left = sameOperator(expr.left, expr.operator) ? level : apart;
    const right = Math.max(apart, level + 1);
    return {
      text: `${wrap(side(expr.left), left)} ${sign} ${wrap(side(expr.right), right)}`,
      level,
    };
  }
  if (expr.operator === "/") {
    const quotient = `${wrap(numeric(reading, expr.left), TIMES)} / ${wrap(numeric(reading, expr.right), UNARY)}`;
    return { text: `(${quotient}) | 0`, level: BIT_OR };
  }
  if (expr.operator === "shift-right") {
    const shifted = unsigned(reading, expr);
    const sure = expr.right.kind === "const" && expr.right.value > 0;
    return sure ? shifted : { text: `${wrap(shifted, BIT_OR)} | 0`, level: BIT_OR };
  }
  return asNumber(condition(reading, expr));
}

function sameOperator(expr: FlatExpr, operator: FlatBinary): boolean {
  return expr.kind === "binary" && expr.operator === operator;
}

function isNatural(expr: FlatExpr): boolean {
  return expr.kind === "const" && expr.value >= 0;
}

/** Like `numeric`, but a shift to the right may give 2^31 or more. */
function unsigned(reading: Reading, expr: FlatExpr): Text {
  if (expr.kind !== "binary" || expr.operator !== "shift-right") return numeric(reading, expr);
  const [left, right] = [numeric(reading, expr.left), numeric(reading, expr.right)];
  return { text: `${wrap(left, SHIFT)} >>> ${wrap(right, SHIFT + 1)}`, level: SHIFT };
}

function asNumber(test: Text): Text {
  return { text: `${wrap(test, CHOICE + 1)} ? 1 : 0`, level: CHOICE };
}

function condition(reading: Reading, expr: FlatExpr): Text {
  if (expr.kind === "const") return atom(expr.value === 0 ? "false" : "true");
  if (expr.kind === "unary" && expr.operator === "not") {
    const operand = condition(reading, expr.operand);
    if (operand.text.endsWith(" !== 0") && operand.level === EQUAL) {
      return { text: operand.text.replace(/ !== 0$/, " === 0"), level: EQUAL };
    }
    return { text: `!${wrap(operand, UNARY)}`, level: UNARY };
  }
  if (expr.kind === "binary" && expr.operator === ">") {
    // TypeScript takes `1 << (a > (b)…` for type arguments: the other way round it cannot.
    const { left, right } = expr;
    return condition(reading, { ...expr, operator: "<", left: right, right: left });
  }
  if (expr.kind === "binary") {
    const comparison = COMPARISONS[expr.operator];
    if (comparison !== undefined) {
      const [sign, level] = comparison;
      const [left, right] = [numeric(reading, expr.left), numeric(reading, expr.right)];
      return { text: `${wrap(left, level + 1)} ${sign} ${wrap(right, level + 1)}`, level };
    }
    if (expr.operator === "and" || expr.operator === "or") {
      const [sign, level] =
        expr.operator === "and" ? (["&&", AND] as const) : (["||", OR] as const);
      const [left, right] = [condition(reading, expr.left), condition(reading, expr.right)];
      return { text: `${wrap(left, level)} ${sign} ${wrap(right, level + 1)}`, level };
    }
  }
  if (expr.kind === "select") {
    const parts = [expr.condition, expr.then, expr.otherwise].map((part) =>
      condition(reading, part),
    );
    const [test, then, otherwise] = parts.map((part) => wrap(part, CHOICE + 1));
    return { text: `${test} ? ${then} : ${otherwise}`, level: CHOICE };
  }
  return { text: `${wrap(unsigned(reading, expr), EQUAL + 1)} !== 0`, level: EQUAL };
}

// ---------------------------------------------------------------- fields

export function itemOf(reading: Reading, id: number): Item {
  const item = reading.program.layout.items[id];
  if (item === undefined) throw new Error(`no item ${id}`);
  return item;
}

/** The lowest `bits` bits, as a number of JavaScript. */
export function maskOf(bits: number): number {
  return bits >= 32 ? -1 : 2 ** bits - 1;
}

/** Where field `index` of an item is: its word, relative to the item's first one (null: that one), and its shift. */
export interface Place {
  readonly word: string | null;
  readonly fixedWord: number;
  readonly shift: string;
  readonly fixedShift: number | null;
}

export function placeOf(reading: Reading, item: Item, index: FlatExpr): Place {
  if (index.kind === "const") {
    const fixedShift = item.shift + (index.value % item.perWord) * item.bits;
    const fixedWord = item.word + Math.floor(index.value / item.perWord);
    return { word: null, fixedWord, shift: String(fixedShift), fixedShift };
  }
  if (item.count <= item.perWord) {
    return {
      word: null,
      fixedWord: item.word,
      shift: shiftText(reading, item, index),
      fixedShift: null,
    };
  }
  const text = numeric(reading, index);
  if (item.perWord === 1)
    return {
      word: text.text,
      fixedWord: item.word,
      shift: String(item.shift),
      fixedShift: item.shift,
    };
  const power = Math.log2(item.perWord);
  if (Number.isInteger(power)) {
    const low: FlatExpr = {
      kind: "binary",
      operator: "bit-and",
      left: index,
      right: { kind: "const", value: item.perWord - 1 },
    };
    return {
      word: `${wrap(text, SHIFT)} >> ${power}`,
      fixedWord: item.word,
      shift: shiftText(reading, item, low),
      fixedShift: null,
    };
  }
  const low: FlatExpr = {
    kind: "binary",
    operator: "%",
    left: index,
    right: { kind: "const", value: item.perWord },
  };
  return {
    word: `(${wrap(text, TIMES)} / ${item.perWord}) | 0`,
    fixedWord: item.word,
    shift: shiftText(reading, item, low),
    fixedShift: null,
  };
}

function shiftText(reading: Reading, item: Item, index: FlatExpr): string {
  const scaled: FlatExpr =
    item.bits === 1
      ? index
      : { kind: "binary", operator: "*", left: index, right: { kind: "const", value: item.bits } };
  const text = numeric(reading, scaled);
  return item.shift === 0 ? text.text : `${wrap(text, PLUS)} + ${item.shift}`;
}

function readText(reading: Reading, state: FlatState, item: Item, index: FlatExpr): Text {
  const place = placeOf(reading, item, index);
  const words = Math.ceil(item.count / item.perWord);
  const word = reading.word(state, place.fixedWord, place.word, words);
  if (item.bits >= 32) return atom(word);
  const mask = maskOf(item.bits);
  if (place.fixedShift === null)
    return { text: `(${word} >>> ${parenthesised(place.shift)}) & ${mask}`, level: BIT_AND };
  if (place.fixedShift === 0) return { text: `${word} & ${mask}`, level: BIT_AND };
  if (place.fixedShift + item.bits === 32)
    return { text: `${word} >>> ${place.fixedShift}`, level: SHIFT };
  return { text: `(${word} >>> ${place.fixedShift}) & ${mask}`, level: BIT_AND };
}

/** A shift's amount, in parentheses unless it is one word. */
export function parenthesised(text: string): string {
  return /^\w+$/.test(text) ? text : `(${text})`;
}
