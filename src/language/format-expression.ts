// Expressions and types as text on one line, with no more parentheses than needed.

import {
  binaryStrength,
  levels,
  postfixStrength,
  prefixStrength,
  withStrength,
} from "../../grammar/operators.ts";
import type { Binding, Expression, TypeExpression } from "./ast.ts";

/** Where an expression stands. */
interface Place {
  /** What binds less strongly needs parentheses. */
  readonly strength: number;
  /** Does nothing follow that a form such as `forall` would take in? */
  readonly last: boolean;
  /** The value of a `with` can be no `with` itself; in a bound of a range only arithmetic can stand. */
  readonly limit: "none" | "value" | "bound";
  /** Is it a part of an expression, where parentheses that are not needed may still help a reader? */
  readonly part: boolean;
}

const whole: Place = { strength: 0, last: true, limit: "none", part: false };
const bound: Place = { strength: binaryStrength("+"), last: false, limit: "bound", part: false };
const updated: Place = { strength: prefixStrength("-"), last: false, limit: "value", part: true };

/** An expression as it would be written. */
export function printExpression(expression: Expression): string {
  return print(expression, whole);
}

/** An expression where a bound of a range or a count stands. */
export function printBound(expression: Expression): string {
  return print(expression, bound);
}

/** An operand of a binary operator, on its left or right side; `last` as for the whole expression. */
export function printOperand(
  expression: Expression,
  operator: string,
  side: "left" | "right",
  last: boolean,
): string {
  return print(expression, operandPlace(operator, side, { ...whole, last }));
}

function operandPlace(operator: string, side: "left" | "right", outer: Place): Place {
  const strength = binaryStrength(operator);
  const { kind } = levels[strength] ?? { kind: "left" };
  return {
    ...outer,
    strength: kind === side ? strength : strength + 1,
    last: side === "right" && outer.last,
    part: true,
  };
}

/** How strongly the outermost operator of an expression binds. */
export function strengthOf(expression: Expression): number {
  switch (expression.kind) {
    case "binary":
      return binaryStrength(expression.operator);
    case "unary":
      return prefixStrength(expression.operator);
    case "temporal":
      return expression.operator === "~>"
        ? binaryStrength("~>")
        : prefixStrength(expression.operator);
    case "at":
      return binaryStrength("@");
    case "with":
    case "try-acquire":
      return withStrength;
    default:
      return postfixStrength;
  }
}

/** `if`, `let`, `forall` … reach as far to the right as they can. */
export function reachesRight(expression: Expression): boolean {
  return expression.kind === "if" || expression.kind === "let" || expression.kind === "quantifier";
}

function print(expression: Expression, place: Place): string {
  const needsParentheses =
    strengthOf(expression) < place.strength ||
    (reachesRight(expression) && (!place.last || place.strength >= withStrength)) ||
    (place.limit === "value" && expression.kind === "with") ||
    (place.limit === "bound" && !fitsBound(expression)) ||
    (place.part && wasParenthesised(expression));
  if (needsParentheses) return `(${printBare(expression, whole)})`;
  return printBare(expression, place);
}

/** Can it stand in a bound without parentheses? Its operands are asked by themselves. */
function fitsBound(expression: Expression): boolean {
  switch (expression.kind) {
    case "integer":
    case "name":
    case "call":
    case "unary":
    case "binary":
      return true;
    case "index":
    case "field":
      return fitsBound(expression.base) || strengthOf(expression.base) < postfixStrength;
    default:
      return false;
  }
}

/** Did the author put parentheses around it? They are kept where they stand around a part. */
function wasParenthesised(expression: Expression): boolean {
  if (strengthOf(expression) === postfixStrength && !reachesRight(expression)) return false;
  const { source, start, end } = expression.span;
  return /\(\s*$/.test(source.text.slice(0, start)) && /^\s*\)/.test(source.text.slice(end));
}

function printBare(expression: Expression, place: Place): string {
  switch (expression.kind) {
    case "integer":
    case "boolean":
      return String(expression.value);
    case "null":
      return "null";
    case "name":
      return expression.name.text;
    case "call":
      return `${expression.name.text}(${printList(expression.arguments)})`;
    case "index":
      return `${printBase(expression.base)}[${printExpression(expression.index)}]`;
    case "field":
      return `${printBase(expression.base)}.${expression.field.text}`;
    case "prime":
      return `${printBase(expression.base)}'`;
    case "unary":
      return printUnary(expression, place);
    case "temporal":
      return printTemporal(expression, place);
    case "binary": {
      const { operator, left, right } = expression;
      const first = print(left, operandPlace(operator, "left", place));
      const second = print(right, operandPlace(operator, "right", place));
      return operator === ".." ? `${first}..${second}` : `${first} ${operator} ${second}`;
    }
    case "if": {
      const { condition, then, otherwise } = expression;
      const chosen = `${printExpression(condition)} then ${printExpression(then)}`;
      return `if ${chosen} else ${print(otherwise, inner(place))}`;
    }
    case "let": {
      const { name, value, body } = expression;
      return `let ${name.text} = ${printDelimited(value)}: ${print(body, inner(place))}`;
    }
    case "quantifier":
      return `${printQuantifierHead(expression)} ${print(expression.body, inner(place))}`;
    case "with": {
      const { base, selector, value } = expression;
      const selected =
        selector.kind === "index" ? `[${printExpression(selector.index)}]` : selector.name.text;
      const changed = print(base, { ...whole, strength: withStrength, last: false });
      return `${changed} with ${selected} = ${print(value, updated)}`;
    }
    case "at": {
      const process = print(expression.process, operandPlace("@", "left", place));
      return `${process} @ ${expression.path.map(({ text }) => text).join(".")}`;
    }
    case "try-acquire":
      return `try acquire ${printExpression(expression.lock)}`;
    default:
      return printLiteral(expression);
  }
}

/** The place of what stands at the right end of a form that reaches as far as it can. */
function inner(place: Place): Place {
  return { ...whole, last: place.last, part: true };
}

type Literal = Extract<
  Expression,
  { readonly kind: "record" | "set" | "sequence" | "array" | "map" | "filter" }
>;

/** Records, sets, sequences and comprehensions: they bring their own brackets. */
function printLiteral(expression: Literal): string {
  switch (expression.kind) {
    case "record": {
      const fields = expression.fields.map(
        ({ name, value }) => `${name.text}: ${printExpression(value)}`,
      );
      return `{ ${fields.join(", ")} }`;
    }
    case "set":
      return `{${printList(expression.elements)}}`;
    case "sequence":
      return `[${printList(expression.elements)}]`;
    case "array":
      return `[${printBinding(expression.binding)}: ${printExpression(expression.body)}]`;
    case "map":
      return `{${printDelimited(expression.body)} for ${printBinding(expression.binding)}}`;
    case "filter":
      return `{${printBinding(expression.binding)} where ${printExpression(expression.condition)}}`;
  }
}

/** `forall x in S, y in T:` */
export function printQuantifierHead(
  expression: Expression & { readonly kind: "quantifier" },
): string {
  return `${expression.quantifier} ${expression.bindings.map(printBinding).join(", ")}:`;
}

/** `x in S` */
export function printBinding({ name, set }: Binding): string {
  return `${name.text} in ${printDelimited(set)}`;
}

/** What stands before a word or sign that a form such as `let` would not run into, but a reader might. */
export function printDelimited(expression: Expression): string {
  return print(expression, { ...whole, last: false });
}

function printList(elements: readonly Expression[]): string {
  return elements.map(printExpression).join(", ");
}

function printBase(base: Expression): string {
  return print(base, { ...whole, strength: postfixStrength, last: false });
}

function printUnary(
  { operator, operand }: Expression & { readonly kind: "unary" },
  place: Place,
): string {
  if (operator === "-") {
    const text = print(operand, { ...place, strength: prefixStrength("-"), part: true });
    // `--` would be one sign.
    return text.startsWith("-") ? `- ${text}` : `-${text}`;
  }
  return `!${print(operand, { ...place, strength: prefixOperandStrength(operand), part: true })}`;
}

/** `!a == b` is legal, but `!(a == b)` says what it means. */
function prefixOperandStrength(operand: Expression): number {
  const isPrefix = operand.kind === "unary" || operand.kind === "temporal";
  return isPrefix ? prefixStrength("!") : prefixStrength("-");
}

function printTemporal(
  { operator, operands }: Expression & { readonly kind: "temporal" },
  place: Place,
): string {
  const [first, second] = operands;
  if (first === undefined) return operator;
  if (second !== undefined) {
    const left = print(first, operandPlace("~>", "left", place));
    return `${left} ~> ${print(second, operandPlace("~>", "right", place))}`;
  }
  const operand = print(first, { ...place, strength: prefixOperandStrength(first), part: true });
  // `[] -x`, `[] {…}` and `[] […]` would go on behind an empty sequence.
  const mistakable = operator === "[]" && /^(?:-|\{|\[(?!\] )|where\b)/.test(operand);
  return mistakable ? `${operator} (${operand})` : `${operator} ${operand}`;
}

// ---------------------------------------------------------------- types

/** A type as it would be written. */
export function printType(type: TypeExpression): string {
  switch (type.kind) {
    case "bool":
      return "bool";
    case "name":
      return type.name.text;
    case "range":
      return `${printBound(type.lo)}..${printBound(type.hi)}`;
    case "record":
      return `{ ${type.fields.map((field) => `${field.name.text}: ${printType(field.type)}`).join(", ")} }`;
    case "option":
      return `${printSuffixed(type.of)}?`;
    case "array":
      return `${printSuffixed(type.of)}[${printType(type.key)}]`;
    case "set":
      return `set of ${printElementType(type.of)}`;
    case "sequence":
      return `seq of ${printElementType(type.of)} upto ${printBound(type.upto)}`;
  }
}

function printElementType(type: TypeExpression): string {
  const loose = type.kind === "range" || type.kind === "sequence";
  return loose ? `(${printType(type)})` : printType(type);
}

/** Before `?` or `[K]`, which bind more strongly than `set of` and `seq of`. */
function printSuffixed(type: TypeExpression): string {
  const loose = type.kind === "range" || type.kind === "set" || type.kind === "sequence";
  return loose ? `(${printType(type)})` : printType(type);
}
