// Expressions and formulas of TLA+ as trees, and the few simplifications that are made while they are built.

/** A name that a quantifier, a LET or a parameter binds; identity is by reference, the wish becomes unique when printed. */
export interface Bound {
  readonly wish: string;
}

export interface Definition {
  readonly bound: Bound;
  readonly parameters: readonly Bound[];
  readonly recursive: boolean;
  readonly value: Tla;
}

export interface Change {
  /** Indices, and names of fields. */
  readonly path: readonly (Tla | string)[];
  readonly value: Tla;
}

export type Tla =
  /** A name, a number, a string: anything that needs no parentheses. */
  | { readonly kind: "text"; readonly text: string }
  /** A bound name, applied if it has arguments. */
  | { readonly kind: "reference"; readonly to: Bound; readonly arguments: readonly Tla[] }
  /** A list of conjuncts or disjuncts; `bullets`: always one a line. */
  | {
      readonly kind: "list";
      readonly operator: "/\\" | "\\/";
      readonly parts: readonly Tla[];
      readonly bullets: boolean;
    }
  | {
      readonly kind: "infix";
      readonly operator: Infix;
      readonly left: Tla;
      readonly right: Tla;
    }
  | { readonly kind: "prefix"; readonly operator: Prefix; readonly operand: Tla }
  | { readonly kind: "if"; readonly condition: Tla; readonly then: Tla; readonly otherwise: Tla }
  | { readonly kind: "let"; readonly definitions: readonly Definition[]; readonly body: Tla }
  | {
      readonly kind: "quantifier";
      readonly quantifier: "\\A" | "\\E" | "CHOOSE";
      readonly bound: Bound;
      readonly set: Tla;
      readonly body: Tla;
    }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Tla[] }
  /** `{a, b}` or `<<a, b>>`. */
  | { readonly kind: "items"; readonly brackets: "{}" | "<<>>"; readonly parts: readonly Tla[] }
  /** `{x \in S : p}`, `{e : x \in S}`, `[x \in S |-> e]`. */
  | {
      readonly kind: "comprehension";
      readonly form: "filter" | "map" | "function";
      readonly bound: Bound;
      readonly set: Tla;
      readonly body: Tla;
    }
  /** `[f |-> e]`, or with `types` `[f : S]`. */
  | {
      readonly kind: "record";
      readonly types: boolean;
      readonly fields: readonly (readonly [string, Tla])[];
    }
  /** `[S -> T]` */
  | { readonly kind: "functions"; readonly from: Tla; readonly to: Tla }
  | { readonly kind: "except"; readonly base: Tla; readonly changes: readonly Change[] }
  | { readonly kind: "apply"; readonly function: Tla; readonly argument: Tla }
  | { readonly kind: "field"; readonly record: Tla; readonly name: string }
  /** Stands for what is known only later. */
  | Later;

/** A tree that is filled in once. */
export interface Later {
  readonly kind: "later";
  tree: Tla | null;
}

export type Prefix = "~" | "-" | "SUBSET" | "UNION" | "DOMAIN" | "UNCHANGED" | "ENABLED";

export type Infix =
  | ("=>" | "<=>")
  | ("=" | "#" | "<" | ">" | "<=" | ">=" | "\\in" | "\\notin" | "\\subseteq")
  | ("\\cup" | "\\cap" | "\\" | "..")
  | ("+" | "-" | "*" | "\\div" | "%" | "@@" | ":>");

export const text = (name: string): Tla => ({ kind: "text", text: name });
export const number = (value: number): Tla => {
  const digits = text(String(Math.abs(value)));
  return value < 0 ? { kind: "prefix", operator: "-", operand: digits } : digits;
};
/** A string; those of a spec have no characters that TLA+ wants escaped. */
export const string = (value: string): Tla =>
  text(`"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`);
export const TRUE: Tla = text("TRUE");
export const FALSE: Tla = text("FALSE");
export const NULL: Tla = text("Null");

export const reference = (to: Bound, ...args: readonly Tla[]): Tla => ({
  kind: "reference",
  to,
  arguments: args,
});
export const call = (name: string, ...args: readonly Tla[]): Tla => ({
  kind: "call",
  name,
  arguments: args,
});
export const infix = (left: Tla, operator: Infix, right: Tla): Tla => ({
  kind: "infix",
  operator,
  left,
  right,
});
export const prefix = (operator: Prefix, operand: Tla): Tla => ({
  kind: "prefix",
  operator,
  operand,
});
export const tuple = (parts: readonly Tla[]): Tla => ({ kind: "items", brackets: "<<>>", parts });
export const setOf = (parts: readonly Tla[]): Tla => ({ kind: "items", brackets: "{}", parts });
/** A field of a record; what has just been put there is found. */
export function field(record: Tla, name: string): Tla {
  if (record.kind === "except") {
    const { changes } = record;
    const { path: [step, ...below] = [], value } = changes.at(-1) ?? {};
    if (step === name && below.length === 0 && value !== undefined) return value;
    if (typeof step === "string" && step !== name) return field(withoutLast(record), name);
  }
  if (record.kind === "record" && !record.types) {
    const found = record.fields.find(([one]) => one === name);
    if (found !== undefined) return found[1];
  }
  return { kind: "field", record, name };
}

export const filter = (bound: Bound, set: Tla, body: Tla): Tla => ({
  ...{ kind: "comprehension", form: "filter", bound, set, body },
});
export const lambda = (bound: Bound, set: Tla, body: Tla): Tla => ({
  ...{ kind: "comprehension", form: "function", bound, set, body },
});
export const exists = (bound: Bound, set: Tla, body: Tla): Tla =>
  body === FALSE ? FALSE : { kind: "quantifier", quantifier: "\\E", bound, set, body };
export const forall = (bound: Bound, set: Tla, body: Tla): Tla =>
  body === TRUE ? TRUE : { kind: "quantifier", quantifier: "\\A", bound, set, body };

/** A conjunction; one of none is TRUE. */
export function and(...parts: readonly Tla[]): Tla {
  return list("/\\", parts, false);
}

/** A disjunction; one of none is FALSE. */
export function or(...parts: readonly Tla[]): Tla {
  return list("\\/", parts, false);
}

/** A conjunction or disjunction that is printed with a bullet for each part. */
export function bullets(operator: "/\\" | "\\/", parts: readonly Tla[]): Tla {
  return list(operator, parts, true);
}

function list(operator: "/\\" | "\\/", given: readonly Tla[], always: boolean): Tla {
  const [neutral, absorbing] = operator === "/\\" ? [TRUE, FALSE] : [FALSE, TRUE];
  const parts = given
    .flatMap((part) => (part.kind === "list" && part.operator === operator ? part.parts : [part]))
    .filter((part) => part !== neutral);
  const end = parts.indexOf(absorbing);
  // What stands before an absorbing part may report something; what stands behind it is never come to.
  if (end === 0 || (end > 0 && !always)) return absorbing;
  const [first, ...others] = end > 0 ? parts.slice(0, end + 1) : parts;
  if (first === undefined) return neutral;
  if (others.length === 0) return first;
  const inner = given.some((part) => part.kind === "list" && part.bullets);
  return { kind: "list", operator, parts: [first, ...others], bullets: always || inner };
}

const NEGATED: Partial<Record<Infix, Infix>> = {
  "=": "#",
  "#": "=",
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
  "\\in": "\\notin",
  "\\notin": "\\in",
};

/** The negation, written without `~` where it can be. */
export function not(operand: Tla): Tla {
  if (operand === TRUE) return FALSE;
  if (operand === FALSE) return TRUE;
  if (operand.kind === "prefix" && operand.operator === "~") return operand.operand;
  if (operand.kind === "infix") {
    const operator = NEGATED[operand.operator];
    if (operator !== undefined) return { ...operand, operator };
  }
  return prefix("~", operand);
}

export function implies(left: Tla, right: Tla): Tla {
  if (left === TRUE || right === TRUE) return right;
  return left === FALSE ? TRUE : infix(left, "=>", right);
}

export function choose(condition: Tla, then: Tla, otherwise: Tla): Tla {
  if (condition === TRUE) return then;
  if (condition === FALSE) return otherwise;
  if (sameTree(then, otherwise)) return then;
  return { kind: "if", condition, then, otherwise };
}

/** A function or sequence at an index; what has just been put there is found. */
export function apply(of: Tla, argument: Tla): Tla {
  if (of.kind === "except") {
    const last = of.changes.at(-1);
    const [step, ...below] = last?.path ?? [];
    if (last !== undefined && step !== undefined && typeof step !== "string") {
      if (sameTree(step, argument)) {
        if (below.length === 0) return last.value;
      } else if (areDifferent(step, argument)) {
        return apply(withoutLast(of), argument);
      }
    }
  }
  return { kind: "apply", function: of, argument };
}

function withoutLast(of: Extract<Tla, { readonly kind: "except" }>): Tla {
  const changes = of.changes.slice(0, -1);
  return changes.length === 0 ? of.base : { ...of, changes };
}

/** Two constants that are not the same. */
function areDifferent(left: Tla, right: Tla): boolean {
  const isLiteral = (tree: Tla): boolean =>
    tree.kind === "text" && /^(\d+|".*"|TRUE|FALSE)$/.test(tree.text);
  return isLiteral(left) && isLiteral(right) && !sameTree(left, right);
}

/** The function, record or sequence with another value in a place. */
export function except(base: Tla, path: readonly (Tla | string)[], value: Tla): Tla {
  if (path.length === 0) return value;
  const change = { path, value };
  if (base.kind === "except") {
    const last = base.changes.at(-1);
    const again =
      last !== undefined &&
      last.path.length === path.length &&
      last.path.every((step, depth) => sameStep(step, path[depth]));
    const kept = again ? base.changes.slice(0, -1) : base.changes;
    return { ...base, changes: [...kept, change] };
  }
  return { kind: "except", base, changes: [change] };
}

function sameStep(left: Tla | string, right: Tla | string | undefined): boolean {
  if (right === undefined) return false;
  if (typeof left === "string" || typeof right === "string") return left === right;
  return sameTree(left, right);
}

/** Do two trees say the same, whatever names they bind? */
export function sameTree(left: Tla, right: Tla, bound: Pairs = NO_PAIRS): boolean {
  if (left === right) return true;
  const same = (one: Tla, another: Tla): boolean => sameTree(one, another, bound);
  const all = (): boolean => {
    const [mine, others] = [childrenOf(left), childrenOf(right)];
    return (
      mine.length === others.length &&
      mine.every((child, index) => same(child, others[index] as Tla))
    );
  };
  switch (left.kind) {
    case "text":
      return right.kind === "text" && left.text === right.text;
    case "reference":
      return right.kind === "reference" && (bound.get(left.to) ?? left.to) === right.to && all();
    case "infix":
    case "prefix":
      return right.kind === left.kind && left.operator === right.operator && all();
    case "if":
    case "apply":
    case "functions":
      return right.kind === left.kind && all();
    case "list":
      return right.kind === "list" && left.operator === right.operator && all();
    case "field":
    case "call":
      return right.kind === left.kind && left.name === right.name && all();
    case "items":
      return right.kind === "items" && left.brackets === right.brackets && all();
    case "quantifier":
    case "comprehension": {
      if (right.kind !== "quantifier" && right.kind !== "comprehension") return false;
      if (formOf(left) !== formOf(right) || !same(left.set, right.set)) return false;
      return sameTree(left.body, right.body, new Map(bound).set(left.bound, right.bound));
    }
    case "record":
      return (
        right.kind === "record" &&
        left.types === right.types &&
        left.fields.every(([name], index) => name === right.fields[index]?.[0]) &&
        all()
      );
    case "except":
    case "let":
    case "later":
      return false;
    default:
      return left satisfies never;
  }
}

type Pairs = ReadonlyMap<Bound, Bound>;
const NO_PAIRS: Pairs = new Map();

function formOf(tree: Extract<Tla, { readonly kind: "quantifier" | "comprehension" }>): string {
  return tree.kind === "quantifier" ? tree.quantifier : tree.form;
}

/** The trees directly inside one. */
export function childrenOf(tree: Tla): readonly Tla[] {
  const found: Tla[] = [];
  mapChildren(tree, (child) => {
    found.push(child);
    return child;
  });
  return found;
}

/** The same tree with others inside. */
export function mapChildren(tree: Tla, change: (child: Tla) => Tla): Tla {
  switch (tree.kind) {
    case "text":
      return tree;
    case "later":
      return tree.tree === null ? tree : change(tree.tree);
    case "reference":
    case "call":
      return { ...tree, arguments: tree.arguments.map(change) };
    case "list":
    case "items":
      return { ...tree, parts: tree.parts.map(change) };
    case "infix":
      return { ...tree, left: change(tree.left), right: change(tree.right) };
    case "prefix":
      return { ...tree, operand: change(tree.operand) };
    case "if":
      return {
        ...tree,
        condition: change(tree.condition),
        then: change(tree.then),
        otherwise: change(tree.otherwise),
      };
    case "let":
      return {
        ...tree,
        definitions: tree.definitions.map((one) => ({ ...one, value: change(one.value) })),
        body: change(tree.body),
      };
    case "quantifier":
    case "comprehension":
      return { ...tree, set: change(tree.set), body: change(tree.body) };
    case "record":
      return { ...tree, fields: tree.fields.map(([name, value]) => [name, change(value)]) };
    case "functions":
      return { ...tree, from: change(tree.from), to: change(tree.to) };
    case "except":
      return {
        ...tree,
        base: change(tree.base),
        changes: tree.changes.map(({ path, value }) => ({
          path: path.map((step) => (typeof step === "string" ? step : change(step))),
          value: change(value),
        })),
      };
    case "apply":
      return { ...tree, function: change(tree.function), argument: change(tree.argument) };
    case "field":
      return { ...tree, record: change(tree.record) };
    default:
      return tree satisfies never;
  }
}

/** How many nodes a tree has. */
export function sizeOf(tree: Tla): number {
  return childrenOf(tree).reduce((sum, child) => sum + sizeOf(child), 1);
}
