// Expressions that take several lines: broken before operators of the outermost row, and behind the
// heads of `forall` and its like.

import type { Expression } from "./ast.ts";
import {
  printDelimited,
  printExpression,
  printOperand,
  printQuantifierHead,
  reachesRight,
} from "./format-expression.ts";
import { lineWidth } from "./format-layout.ts";

/** A line of a broken expression, with the source that it stands for. */
export interface BrokenLine {
  readonly indent: number;
  readonly code: string;
  readonly start: number;
  readonly end: number;
}

/** The lines of an expression that does not stay on one; a single one if it cannot be broken. */
export function breakExpression(expression: Expression, indent: number): readonly BrokenLine[] {
  const { start, end } = expression.span;
  switch (expression.kind) {
    case "quantifier": {
      const head = expression.bindings.at(-1)?.set.span.end ?? start;
      return [
        { indent, code: printQuantifierHead(expression), start, end: head },
        ...breakInner(expression.body, indent + 1),
      ];
    }
    case "let": {
      const { name, value, body } = expression;
      const head = `let ${name.text} = ${printDelimited(value)}:`;
      return [{ indent, code: head, start, end: value.span.end }, ...breakInner(body, indent)];
    }
    case "if": {
      const { condition, then, otherwise } = expression;
      const line = (word: string, part: Expression, from = part.span.start): BrokenLine => ({
        indent,
        code: `${word} ${printExpression(part)}`,
        start: from,
        end: part.span.end,
      });
      return [line("if", condition, start), line("then", then), line("else", otherwise)];
    }
    case "binary": {
      const { operator } = expression;
      if (breakable.has(operator)) return breakRow(expression, indent);
      if (operator === "..") break;
      const left = printOperand(expression.left, operator, "left", false);
      return prefixed(
        `${left} ${operator}`,
        breakOperand(expression.right, operator, true, indent),
      );
    }
    default:
  }
  return [{ indent, code: printExpression(expression), start, end }];
}

/** Rows of these are broken: others are short, or would read badly. */
const breakable: ReadonlySet<string> = new Set(["<=>", "=>", "||", "&&", "union", "+", "-"]);

/** `a && b && c`: each operand begins a line. */
function breakRow(
  expression: Expression & { readonly kind: "binary" },
  indent: number,
): readonly BrokenLine[] {
  const { operator } = expression;
  const operands = rowOf(expression, operator);
  return operands.flatMap((operand, index) => {
    const last = index === operands.length - 1;
    const side = (operator === "=>" ? last : index > 0) ? "right" : "left";
    const lines = breakOperand(operand, operator, last, indent, side);
    return index === 0 ? lines : prefixed(operator, lines);
  });
}

/** An operand, on several lines if it was or must be. */
function breakOperand(
  operand: Expression,
  operator: string,
  last: boolean,
  indent: number,
  side: "left" | "right" = "right",
): readonly BrokenLine[] {
  const code = printOperand(operand, operator, side, last);
  const { start, end } = operand.span;
  if (fits(`${operator} ${code}`, indent) && !isBroken(operand)) {
    return [{ indent, code, start, end }];
  }
  if (code !== `(${printExpression(operand)})`) {
    return breakExpression(operand, indent + 1).map((line, index) =>
      index === 0 ? { ...line, indent } : line,
    );
  }
  const lines = breakExpression(operand, reachesRight(operand) ? indent : indent + 1);
  return lines.map((line, index) => ({
    ...line,
    indent: index === 0 ? indent : line.indent,
    code: `${index === 0 ? "(" : ""}${line.code}${index === lines.length - 1 ? ")" : ""}`,
  }));
}

function prefixed(prefix: string, lines: readonly BrokenLine[]): readonly BrokenLine[] {
  return lines.map((line, index) =>
    index === 0 ? { ...line, code: `${prefix} ${line.code}` } : line,
  );
}

/** The body of a form: on lines of its own if it was or must be. */
export function breakInner(expression: Expression, indent: number): readonly BrokenLine[] {
  const code = printExpression(expression);
  const { start, end } = expression.span;
  if (fits(code, indent) && !isBroken(expression)) return [{ indent, code, start, end }];
  return breakExpression(expression, indent);
}

/** The operands of a row of one operator: `a && b && c`. */
function rowOf(expression: Expression, operator: string): readonly Expression[] {
  if (expression.kind !== "binary" || expression.operator !== operator) return [expression];
  const { left, right } = expression;
  const isRight = operator === "=>";
  return isRight ? [left, ...rowOf(right, operator)] : [...rowOf(left, operator), right];
}

/** Does it take several lines in the source? */
export function isBroken({ span }: Expression): boolean {
  return span.source.text.slice(span.start, span.end).includes("\n");
}

/** Does the code fit on a line? */
export function fits(code: string, indent: number): boolean {
  return code.length + indent * 2 <= lineWidth;
}
