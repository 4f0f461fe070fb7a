// Scalars and places as Promela writes them.

import { type Notation, printScalar } from "../scalar/print.ts";
import type { PlaceText, Scalar } from "../scalar/scalar.ts";
import { not } from "../scalar/scalar-build.ts";
import { LARGEST_TREE, TOO_LARGE, treeSize } from "../scalar/tree-size.ts";
import type { Layout } from "./layout.ts";
import { TooLarge } from "./shapes.ts";

/** Promela has the operators of C, and their precedences. */
const OPERATORS: Notation["operators"] = {
  or: { text: "||", precedence: 1 },
  and: { text: "&&", precedence: 2 },
  "==": { text: "==", precedence: 3 },
  "!=": { text: "!=", precedence: 3 },
  "<": { text: "<", precedence: 4 },
  "<=": { text: "<=", precedence: 4 },
  ">": { text: ">", precedence: 4 },
  ">=": { text: ">=", precedence: 4 },
  "+": { text: "+", precedence: 5 },
  "-": { text: "-", precedence: 5 },
  "*": { text: "*", precedence: 6 },
  "/": { text: "/", precedence: 6 },
  "%": { text: "%", precedence: 6 },
};
const UNARY = 7;
const ATOM = 8;

function notationOf(layout: Layout): Notation {
  return {
    operators: OPERATORS,
    not: { text: "!", precedence: UNARY },
    negate: { text: "-", precedence: UNARY },
    boolean: String,
    number: String,
    member: (type, member) =>
      (type.kind === "enum" ? layout.members.get(type.name)?.get(member) : undefined) ?? member,
    select: {
      precedence: ATOM,
      // A condition is a number, 1 or 0.
      print: (condition, then, otherwise) =>
        then === "1" && otherwise === "0"
          ? `(${condition})`
          : `(${condition} -> ${then} : ${otherwise})`,
    },
    quantifier: {
      precedence: ATOM,
      print: (kind) => {
        throw new Error(`a ${kind} that was not unrolled`);
      },
    },
  };
}

const notations = new WeakMap<Layout, Notation>();

/** The text of a scalar. Promela's numbers have 32 bits, and so have those of the language. */
export function text(scalar: Scalar, layout: Layout): string {
  let notation = notations.get(layout);
  if (notation === undefined) {
    notation = notationOf(layout);
    notations.set(layout, notation);
  }
  if (treeSize(scalar) > LARGEST_TREE) throw new TooLarge(TOO_LARGE);
  return printScalar(plain(scalar), notation);
}

/** The same with negations drawn inwards where that spares brackets. */
function plain(scalar: Scalar): Scalar {
  switch (scalar.kind) {
    case "not": {
      const { operand } = scalar;
      if (operand.kind !== "binary") return { ...scalar, operand: plain(operand) };
      const { operator, left, right } = operand;
      if ((operator === "and" || operator === "or") && isLight(left) && isLight(right)) {
        const turned = operator === "and" ? "or" : "and";
        return { ...operand, operator: turned, left: plain(not(left)), right: plain(not(right)) };
      }
      return { ...scalar, operand: plain(operand) };
    }
    case "binary":
      return { ...scalar, left: plain(scalar.left), right: plain(scalar.right) };
    case "select":
      return {
        ...scalar,
        condition: plain(scalar.condition),
        then: plain(scalar.then),
        otherwise: plain(scalar.otherwise),
      };
    default:
      return scalar;
  }
}

/** Is the negation no longer than this? */
function isLight(scalar: Scalar): boolean {
  if (scalar.kind === "not") return true;
  if (scalar.kind !== "binary") return false;
  const { operator, left, right } = scalar;
  return operator === "and" || operator === "or"
    ? isLight(left) && isLight(right)
    : COMPARISONS.has(operator);
}

const COMPARISONS: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);

/** The text of a place. */
export function placeText(place: PlaceText, layout: Layout): string {
  return place.map((part) => (typeof part === "string" ? part : text(part, layout))).join("");
}
