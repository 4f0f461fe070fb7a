// Operators of the readable form: logic, arithmetic and comparisons.

import type { Expr, Type } from "../../machine/machine.ts";
import { divides } from "../../machine/may-fault.ts";
import { allValues, helper, quotedPlace } from "./context.ts";
import { isScalarValue } from "./kinds.ts";
import { atom, isMetAgain, LEVEL, meet, type Reading, type Text, wrap } from "./reading.ts";

type ExprOf<K extends Expr["kind"]> = Extract<Expr, { readonly kind: K }>;

/** `&&`, `||`, `=>`, `<=>`. */
export function logical(r: Reading, expr: ExprOf<"logical">): Text {
  const [left, right] = [r.text(r, expr.left), r.text(r, expr.right)];
  switch (expr.operator) {
    case "&&":
      return {
        text: `${wrap(left, LEVEL.and)} && ${wrap(right, LEVEL.and + 1)}`,
        level: LEVEL.and,
      };
    case "||":
      return { text: `${wrap(left, LEVEL.or)} || ${wrap(right, LEVEL.or + 1)}`, level: LEVEL.or };
    case "=>":
      return {
        text: `!${wrap(left, LEVEL.unary)} || ${wrap(right, LEVEL.or + 1)}`,
        level: LEVEL.or,
      };
    case "<=>":
      return equality(r, true, left, right);
    default:
      return expr.operator satisfies never;
  }
}

/** `+`, `-`, `*`, `/`, `%`. */
export function arithmetic(r: Reading, expr: ExprOf<"arithmetic">): Text {
  const { context } = r;
  const [left, right] = [r.text(r, expr.left), r.text(r, expr.right)];
  switch (expr.operator) {
    case "+":
    case "-":
      return {
        text: `${wrap(left, LEVEL.plus)} ${expr.operator} ${wrap(right, LEVEL.times)}`,
        level: LEVEL.plus,
      };
    case "*": {
      const product = `${wrap(left, LEVEL.times)} * ${wrap(right, LEVEL.unary)}`;
      const negative = [expr.left, expr.right].some(
        ({ type }) => type.kind !== "range" || type.lo < 0,
      );
      // Never -0, which is not the number 0 to everyone.
      return negative
        ? { text: `${product} + 0`, level: LEVEL.plus }
        : { text: product, level: LEVEL.times };
    }
    case "/":
    case "%": {
      const quotient = expr.operator === "/";
      if (!divides(expr.left, expr.right)) {
        const name = helper(context, quotient ? "quotient" : "remainder");
        return atom(`${name}(${left.text}, ${right.text}, ${quotedPlace(expr.span)})`);
      }
      const text = `${wrap(left, LEVEL.times)} ${expr.operator} ${wrap(right, LEVEL.unary)}`;
      return quotient ? atom(`Math.floor(${text})`) : { text, level: LEVEL.times };
    }
    default:
      return expr.operator satisfies never;
  }
}

/** Equality of any values, and the order of numbers and members. */
export function comparison(r: Reading, expr: ExprOf<"comparison">): Text {
  const { operator } = expr;
  const [left, right] = [r.text(r, expr.left), r.text(r, expr.right)];
  if (operator === "==" || operator === "!=") {
    const scalar = isScalarValue(expr.left.type) && isScalarValue(expr.right.type);
    const alike = scalar && overlap(expr.left.type, expr.right.type);
    const result = alike ? equality(r, operator === "==", left, right) : null;
    if (result !== null) return result;
    const text = `${helper(r.context, "same")}(${left.text}, ${right.text})`;
    return operator === "==" ? atom(text) : { text: `!${text}`, level: LEVEL.unary };
  }
  if (expr.left.type.kind !== "enum") {
    return {
      text: `${wrap(left, LEVEL.compare)} ${operator} ${wrap(right, LEVEL.compare + 1)}`,
      level: LEVEL.compare,
    };
  }
  const all = allValues(r.context, expr.left.type);
  return {
    text: `${all}.indexOf(${left.text}) ${operator} ${all}.indexOf(${right.text})`,
    level: LEVEL.compare,
  };
}

/** Whether TypeScript sees a value that both types have. */
function overlap(left: Type, right: Type): boolean {
  if (left.kind === "option") return right.kind === "option" || overlap(left.of, right);
  if (right.kind === "option") return overlap(right, left);
  if (left.kind !== "range" || right.kind !== "range") return true;
  return left.lo <= right.hi && right.lo <= left.hi;
}

/**
 * `left === right`. TypeScript then takes both for what they have in common, and refuses to compare them with anything
 * else: texts that are met more than once are compared by a call, which tells it nothing.
 */
function equality(r: Reading, equal: boolean, left: Text, right: Text): Text {
  const texts = [left.text, right.text];
  for (const text of texts) meet(r, text);
  const isLiteral = (text: string): boolean => /^(["\d-]|(null|true|false)$)/.test(text);
  const again = texts.some((text) => !isLiteral(text) && isMetAgain(r, text));
  const literals = texts.every(isLiteral);
  if (again || literals) {
    const text = `${helper(r.context, "same")}(${texts.join(", ")})`;
    return equal ? atom(text) : { text: `!${text}`, level: LEVEL.unary };
  }
  return {
    text: `${wrap(left, LEVEL.equal + 1)} ${equal ? "===" : "!=="} ${wrap(right, LEVEL.equal + 1)}`,
    level: LEVEL.equal,
  };
}
