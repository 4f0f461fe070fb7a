// Scalars and places as Promela writes them.

import { type Notation, printScalar } from "../scalar/print.ts";
import type { PlaceText, Scalar } from "../scalar/scalar.ts";
import { not } from "../scalar/scalar-build.ts";
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
  if (nodesOf(scalar) > MOST_NODES)
    throw new TooLarge("a condition or value depends on too much of what the step has done before");
  return printScalar(plain(scalar), notation);
}

/** Larger texts are no help to anybody, and soon too large for SPIN. */
const MOST_NODES = 50_000;
const counted = new WeakMap<Scalar, number>();

/** How large the text will be; parts that stand in several places are counted once and added each time. */
function nodesOf(scalar: Scalar): number {
  let nodes = counted.get(scalar);
  if (nodes === undefined) {
    nodes = partsOf(scalar).reduce((sum, part) => sum + nodesOf(part), 1);
    counted.set(scalar, nodes);
  }
  return nodes;
}

function partsOf(scalar: Scalar): readonly Scalar[] {
  switch (scalar.kind) {
    case "read":
      return scalar.place.filter((piece) => typeof piece !== "string");
    case "not":
    case "negate":
      return [scalar.operand];
    case "binary":
      return [scalar.left, scalar.right];
    case "select":
      return [scalar.condition, scalar.then, scalar.otherwise];
    case "quantifier":
      return [scalar.body];
    default:
      return [];
  }
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
