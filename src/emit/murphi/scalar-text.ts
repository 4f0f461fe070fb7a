// Scalars as expressions of Murphi. Quantifiers stay as they are; `count` and `sum`, which Murphi lacks, become functions.

import type { Bound, PlaceText, Scalar, ScalarType } from "../scalar/scalar.ts";
import { intervalOf } from "../scalar/scalar-build.ts";
import { LARGEST_TREE, TOO_LARGE, treeSize } from "../scalar/tree-size.ts";
import { type Layout, typeText } from "./layout.ts";
import { Unsayable } from "./unsayable.ts";

/** Where a text stands: the names of bound values, the variables of the rule around it, and functions made so far. */
export interface TextScope {
  readonly layout: Layout;
  readonly functions: Functions;
  readonly bounds: Map<Bound, string>;
  /** Names that a new bound one must not have. */
  readonly taken: ReadonlySet<string>;
  /** Variables and parameters of the rule or function, with their types as text; functions must be passed them. */
  readonly locals: ReadonlyMap<string, string>;
}

/** Functions that were needed, in the order in which they must stand. */
export interface Functions {
  readonly texts: string[];
  readonly known: Map<string, string>;
  readonly fresh: (name: string) => string;
}

const ATOM = 9;
const PRECEDENCE: { readonly [operator: string]: number } = {
  or: 2,
  and: 3,
  not: 4,
  "==": 5,
  "!=": 5,
  "<": 5,
  "<=": 5,
  ">": 5,
  ">=": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
  "%": 7,
};
const SPELLING: { readonly [operator: string]: string } = { and: "&", or: "|", "==": "=" };

/** A scalar as text; `above` is the precedence that it must have to stand without brackets. */
export function scalarText(scalar: Scalar, scope: TextScope, above = 0): string {
  if (treeSize(scalar) > LARGEST_TREE) throw new Unsayable(TOO_LARGE, null);
  const { text, precedence } = spelled(scalar, scope);
  return precedence < above ? `(${text})` : text;
}

function spelled(
  scalar: Scalar,
  scope: TextScope,
): { readonly text: string; readonly precedence: number } {
  switch (scalar.kind) {
    case "boolean":
      return { text: String(scalar.value), precedence: ATOM };
    case "number":
      return { text: String(scalar.value), precedence: ATOM };
    case "member":
      return { text: memberText(scalar.type, scalar.member, scope.layout), precedence: ATOM };
    case "read":
      return { text: placeText(scalar.place, scope), precedence: ATOM };
    case "bound":
      return { text: boundName(scalar.bound, scope), precedence: ATOM };
    case "not": {
      const inner = scalarText(scalar.operand, scope, ATOM);
      return { text: `!${inner}`, precedence: PRECEDENCE["not"] as number };
    }
    case "negate":
      // Two minuses side by side begin a comment.
      return { text: `-(${scalarText(scalar.operand, scope)})`, precedence: ATOM };
    case "binary": {
      const precedence = PRECEDENCE[scalar.operator] as number;
      // Comparisons do not chain, the others group to the left.
      const left = scalarText(scalar.left, scope, precedence === 5 ? 6 : precedence);
      const right = scalarText(
        scalar.right,
        scope,
        scalar.operator === "and" || scalar.operator === "or" ? precedence : precedence + 1,
      );
      const operator = SPELLING[scalar.operator] ?? scalar.operator;
      return { text: `${left} ${operator} ${right}`, precedence };
    }
    case "select": {
      const [condition, then, otherwise] = [scalar.condition, scalar.then, scalar.otherwise].map(
        (part) => scalarText(part, scope, 2),
      );
      return { text: `${condition} ? ${then} : ${otherwise}`, precedence: 1 };
    }
    case "quantifier":
      return { text: quantifierText(scalar, scope), precedence: ATOM };
    default:
      return scalar satisfies never;
  }
}

/** A place with its indices. */
export function placeText(place: PlaceText, scope: TextScope): string {
  return place.map((part) => (typeof part === "string" ? part : scalarText(part, scope))).join("");
}

function memberText(type: ScalarType, member: string, { members }: Layout): string {
  if (type.kind !== "enum") throw new Error(`a member of no enum: ${member}`);
  return members.get(type.name)?.get(member) ?? member;
}

function boundName(bound: Bound, { bounds }: TextScope): string {
  const name = bounds.get(bound);
  if (name === undefined) throw new Error(`unbound name: ${bound.name}`);
  return name;
}

/** The scope inside a binder, and the name that it has there. */
export function withBound(
  bound: Bound,
  scope: TextScope,
): { readonly name: string; readonly inside: TextScope } {
  const plain = /^[A-Za-z]\w*$/.test(bound.name) ? bound.name : `x${bound.name}`;
  let name = plain;
  for (let copy = 2; scope.taken.has(name); copy += 1) name = `${plain}_${copy}`;
  const inside = {
    ...scope,
    bounds: new Map(scope.bounds).set(bound, name),
    taken: new Set([...scope.taken, name]),
  };
  return { name, inside };
}

type Quantifier = Extract<Scalar, { readonly kind: "quantifier" }>;

function quantifierText(scalar: Quantifier, scope: TextScope): string {
  const { quantifier, bound, body } = scalar;
  if (quantifier === "forall" || quantifier === "exists") {
    const { name, inside } = withBound(bound, scope);
    const over = typeText(bound.type, scope.layout.types);
    return `(${quantifier} ${name}: ${over} do ${scalarText(body, inside)} end)`;
  }
  return countingCall(scalar, scope);
}

/** A call of a function that counts or sums; the same one for the same text. */
function countingCall(scalar: Quantifier, scope: TextScope): string {
  const { bound, body, quantifier } = scalar;
  const { layout, functions } = scope;
  const { name, inside } = withBound(bound, scope);
  const bodyText = scalarText(body, inside);
  const passed = [...parametersOf(scalar, scope)];
  const { lo, hi } = totalInterval(scalar);
  const parameters = passed.map(([parameter, type]) => `${parameter}: ${type}`).join("; ");
  const total = freshIn("total", inside.taken);
  const step =
    quantifier === "count"
      ? [`    if ${bodyText} then`, `      ${total} := ${total} + 1;`, "    end;"]
      : [`    ${total} := ${total} + ${scalarText(body, inside, PRECEDENCE["*"])};`];
  const lines = [
    `(${parameters}): ${lo} .. ${hi};`,
    `var ${total}: ${lo} .. ${hi};`,
    "begin",
    `  ${total} := 0;`,
    `  for ${name}: ${typeText(bound.type, layout.types)} do`,
    ...step,
    "  end;",
    `  return ${total};`,
    "end;",
  ];
  const text = lines.join("\n");
  let made = functions.known.get(text);
  if (made === undefined) {
    made = functions.fresh(functionName(`${quantifier}_${name}`, bodyText, inside));
    functions.known.set(text, made);
    functions.texts.push(`function ${made}${text}`);
  }
  return `${made}(${passed.map(([parameter]) => parameter).join(", ")})`;
}

/** After what is counted: `count_m_pmd_huge`. */
function functionName(counts: string, body: string, { bounds, locals }: TextScope): string {
  const bound = new Set(bounds.values());
  const words = [...body.matchAll(/[A-Za-z]\w*/g)].map(([word]) => word);
  const telling = words.filter((word) => !bound.has(word) && !locals.has(word) && !PLAIN.has(word));
  return [counts, ...new Set(telling)].slice(0, MOST_WORDS + 1).join("_");
}

const MOST_WORDS = 4;
const PLAIN: ReadonlySet<string> = new Set(["true", "false", "forall", "exists", "do", "end"]);

function freshIn(name: string, taken: ReadonlySet<string>): string {
  let found = name;
  for (let copy = 2; taken.has(found); copy += 1) found = `${name}_${copy}`;
  return found;
}

/** What a count or sum may be, on the way to its end too. */
function totalInterval(scalar: Quantifier): { readonly lo: number; readonly hi: number } {
  const { lo, hi } = intervalOf(scalar);
  const limit = 2 ** 31 - 1;
  return { lo: Math.max(Math.min(lo, 0), -limit), hi: Math.min(Math.max(hi, 0), limit) };
}

/** What a function with this body must be passed: bound values and local variables around, by name. */
function* parametersOf(scalar: Scalar, scope: TextScope): Generator<readonly [string, string]> {
  const seen = new Set<string>();
  for (const [name, type] of freeNames(scalar, scope, new Set())) {
    if (seen.has(name)) continue;
    seen.add(name);
    yield [name, type];
  }
}

function* freeNames(
  scalar: Scalar,
  scope: TextScope,
  inner: ReadonlySet<Bound>,
): Generator<readonly [string, string]> {
  switch (scalar.kind) {
    case "bound":
      if (!inner.has(scalar.bound)) {
        const type = typeText(scalar.bound.type, scope.layout.types);
        yield [boundName(scalar.bound, scope), type];
      }
      return;
    case "read":
      for (const part of scalar.place) {
        if (typeof part !== "string") {
          yield* freeNames(part, scope, inner);
          continue;
        }
        for (const [word] of part.matchAll(/(?<![\w.])[A-Za-z]\w*/g)) {
          const type = scope.locals.get(word);
          if (type !== undefined) yield [word, type];
        }
      }
      return;
    case "quantifier":
      yield* freeNames(scalar.body, scope, new Set([...inner, scalar.bound]));
      return;
    case "not":
    case "negate":
      yield* freeNames(scalar.operand, scope, inner);
      return;
    case "binary":
      yield* freeNames(scalar.left, scope, inner);
      yield* freeNames(scalar.right, scope, inner);
      return;
    case "select":
      yield* freeNames(scalar.condition, scope, inner);
      yield* freeNames(scalar.then, scope, inner);
      yield* freeNames(scalar.otherwise, scope, inner);
      return;
    default:
      return;
  }
}
