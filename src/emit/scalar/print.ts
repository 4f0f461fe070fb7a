// Prints scalars in the notation of a target, with as few parentheses as it allows.

import type { Bound, Scalar, ScalarType } from "./scalar.ts";

type Operator = Extract<Scalar, { readonly kind: "binary" }>["operator"];

export interface Notation {
  /** Higher binds more tightly. `apart`: operators that are not mixed without parentheses, for readers. */
  readonly operators: {
    readonly [operator in Operator]: { readonly text: string; readonly precedence: number };
  };
  readonly not: { readonly text: string; readonly precedence: number };
  readonly negate: { readonly text: string; readonly precedence: number };
  readonly boolean: (value: boolean) => string;
  readonly number: (value: number) => string;
  readonly member: (type: ScalarType, member: string) => string;
  /** `print` gets its parts without brackets around them. */
  readonly select: {
    readonly precedence: number;
    readonly print: (condition: string, then: string, otherwise: string) => string;
  };
  readonly quantifier: {
    readonly precedence: number;
    readonly print: (
      quantifier: "forall" | "exists" | "count" | "sum",
      bound: Bound,
      name: string,
      body: string,
    ) => string;
  };
}

/** The text of a scalar. */
export function printScalar(scalar: Scalar, notation: Notation): string {
  return print(scalar, 0, { notation, names: new Map() });
}

interface Printing {
  readonly notation: Notation;
  /** What the bound names around are called here. */
  readonly names: ReadonlyMap<Bound, string>;
}

const COMPARISONS: readonly Operator[] = ["==", "!=", "<", "<=", ">", ">="];

/** In parentheses if it binds less tightly than what is around it. */
function print(scalar: Scalar, around: number, printing: Printing): string {
  const { text, precedence } = parts(scalar, printing);
  return precedence < around ? `(${text})` : text;
}

interface Part {
  readonly text: string;
  readonly precedence: number;
}

const TIGHTEST = Number.POSITIVE_INFINITY;

function parts(scalar: Scalar, printing: Printing): Part {
  const { notation, names } = printing;
  const tight = (text: string): Part => ({ text, precedence: TIGHTEST });
  switch (scalar.kind) {
    case "boolean":
      return tight(notation.boolean(scalar.value));
    case "number":
      return tight(notation.number(scalar.value));
    case "member":
      return tight(notation.member(scalar.type, scalar.member));
    case "read":
      return tight(
        scalar.place
          .map((piece) => (typeof piece === "string" ? piece : print(piece, 0, printing)))
          .join(""),
      );
    case "bound": {
      const name = names.get(scalar.bound);
      return tight(name ?? scalar.bound.name);
    }
    case "not":
    case "negate": {
      const { text, precedence } = notation[scalar.kind];
      return { text: `${text}${print(scalar.operand, precedence + 1, printing)}`, precedence };
    }
    case "binary": {
      const { text, precedence } = notation.operators[scalar.operator];
      const [left, right] = sides(scalar.operator, precedence);
      return {
        text: `${print(scalar.left, left, printing)} ${text} ${print(scalar.right, right, printing)}`,
        precedence,
      };
    }
    case "select": {
      const { precedence, print: write } = notation.select;
      const [condition, then, otherwise] = [scalar.condition, scalar.then, scalar.otherwise].map(
        (part) => print(part, 0, printing),
      );
      return { text: write(condition ?? "", then ?? "", otherwise ?? ""), precedence };
    }
    case "quantifier": {
      const { quantifier, bound, body } = scalar;
      const name = unlike(bound.name, [...names.values()]);
      const inside = { notation, names: new Map(names).set(bound, name) };
      const { precedence, print: write } = notation.quantifier;
      return { text: write(quantifier, bound, name, print(body, 0, inside)), precedence };
    }
    default:
      return scalar satisfies never;
  }
}

/** How tightly the sides of an operator must bind. */
function sides(operator: Operator, precedence: number): readonly [number, number] {
  if (operator === "and" || operator === "or") return [precedence, precedence];
  if (COMPARISONS.includes(operator)) return [precedence + 1, precedence + 1];
  return [precedence, precedence + 1];
}

function unlike(name: string, others: readonly string[]): string {
  let found = name;
  for (let copy = 2; others.includes(found); copy += 1) found = `${name}_${copy}`;
  return found;
}
