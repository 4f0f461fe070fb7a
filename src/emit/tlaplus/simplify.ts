// Definitions inside LET that are not worth a name are put where they are used; adjacent ones are joined.

import {
  type Bound,
  bullets,
  childrenOf,
  choose,
  type Definition,
  infix,
  mapChildren,
  not,
  reference,
  sameTree,
  sizeOf,
  type Tla,
  text,
} from "./tree.ts";

/** A value of so few nodes is as readable as a name for it. */
const SMALL = 5;
/** A value that is used once moves there if it has no more nodes than this. */
const MOVABLE = 24;

/** The tree without needless definitions and decided choices; what stood for later is filled in. */
export function simplify(tree: Tla): Tla {
  return tidy(decide(withoutNames(tree), []));
}

/** Conditions that hold, as far as the choices around tell. */
type Facts = readonly Tla[];

/** Chooses where a choice around has decided the same condition already. */
function decide(tree: Tla, facts: Facts): Tla {
  if (tree.kind !== "if") return mapChildren(tree, (child) => decide(child, facts));
  const condition = decide(tree.condition, facts);
  const contrary = not(condition);
  if (facts.some((fact) => sameTree(fact, condition))) return decide(tree.then, facts);
  if (facts.some((fact) => sameTree(fact, contrary))) return decide(tree.otherwise, facts);
  return choose(
    condition,
    decide(tree.then, [...facts, condition]),
    decide(tree.otherwise, [...facts, contrary]),
  );
}

/** What both ways of a choice change alike stands behind it; old values are `@` inside EXCEPT. */
function tidy(tree: Tla): Tla {
  const inside = mapChildren(tree, tidy);
  if (inside.kind === "if") return withCommonBehind(inside);
  if (inside.kind === "except") return withOldValue(inside);
  if (inside.kind !== "list" || !inside.bullets) return inside;
  // A choice may have become a list, which goes up in the one around it.
  return bullets(inside.operator, inside.parts);
}

function withCommonBehind(tree: Extract<Tla, { readonly kind: "if" }>): Tla {
  const [then, otherwise] = [conjunctsOf(tree.then), conjunctsOf(tree.otherwise)];
  const common = then.filter(
    (part) => isChange(part) && otherwise.some((other) => sameTree(part, other)),
  );
  const rest = (parts: readonly Tla[]): readonly Tla[] =>
    parts.filter((part) => !common.some((other) => sameTree(part, other)));
  const [mine, others] = [rest(then), rest(otherwise)];
  const [one, another] = [mine[0], others[0]];
  if (one?.kind === "infix" && another?.kind === "infix" && mine.length + others.length === 2) {
    if (isChange(one) && isChange(another) && sameTree(one.left, another.left)) {
      const value = choose(tree.condition, one.right, another.right);
      return bullets("/\\", [infix(one.left, "=", value), ...common]);
    }
  }
  if (common.length === 0 || mine.length === 0 || others.length === 0) return tree;
  const choice = choose(tree.condition, bullets("/\\", mine), bullets("/\\", others));
  return bullets("/\\", [choice, ...common]);
}

function conjunctsOf(tree: Tla): readonly Tla[] {
  return tree.kind === "list" && tree.operator === "/\\" ? tree.parts : [tree];
}

/** `x' = e` or UNCHANGED: what may be said in any order. */
function isChange(tree: Tla): boolean {
  if (tree.kind === "prefix") return tree.operator === "UNCHANGED";
  if (tree.kind !== "infix" || tree.operator !== "=") return false;
  return tree.left.kind === "text" && tree.left.text.endsWith("'");
}

function withOldValue(tree: Extract<Tla, { readonly kind: "except" }>): Tla {
  const [only, ...others] = tree.changes;
  if (only === undefined || others.length > 0) return tree;
  const old = only.path.reduce<Tla>(
    (of, step) =>
      typeof step === "string"
        ? { kind: "field", record: of, name: step }
        : { kind: "apply", function: of, argument: step },
    tree.base,
  );
  const value = within(only.value, old);
  return value === only.value ? tree : { ...tree, changes: [{ ...only, value }] };
}

/** A tree with `@` for the old value; another EXCEPT inside has a `@` of its own. */
function within(tree: Tla, old: Tla): Tla {
  if (sameTree(tree, old)) return text("@");
  if (tree.kind === "except") return tree;
  let changed = false;
  const inside = mapChildren(tree, (child) => {
    const made = within(child, old);
    if (made !== child) changed = true;
    return made;
  });
  return changed ? inside : tree;
}

function withoutNames(tree: Tla): Tla {
  if (tree.kind === "later") {
    if (tree.tree === null) throw new Error("a part of a formula that was never filled in");
    return withoutNames(tree.tree);
  }
  const inside = mapChildren(tree, withoutNames);
  return inside.kind === "let" ? simplifyLet(inside) : inside;
}

function simplifyLet(tree: Extract<Tla, { readonly kind: "let" }>): Tla {
  let { body } = tree;
  const kept: Definition[] = [];
  for (const definition of [...tree.definitions].reverse()) {
    const { bound, parameters, value } = definition;
    const later = [body, ...kept.map((other) => other.value)];
    const uses = definition.recursive ? Number.POSITIVE_INFINITY : sum(later, bound);
    if (uses === 0) continue;
    const size = sizeOf(value);
    const moves =
      size <= SMALL ||
      (uses === 1 && size <= MOVABLE && !later.some((part) => repeats(part, bound)));
    if (parameters.length === 0 && moves) {
      body = replace(body, bound, value);
      kept.splice(
        0,
        kept.length,
        ...kept.map((other) => ({ ...other, value: replace(other.value, bound, value) })),
      );
    } else kept.unshift(definition);
  }
  if (kept.length === 0) return body;
  if (body.kind === "let") return { ...body, definitions: [...kept, ...body.definitions] };
  return { kind: "let", definitions: kept, body };
}

function sum(trees: readonly Tla[], bound: Bound): number {
  return trees.reduce((total, tree) => total + usesOf(tree, bound), 0);
}

/** How often a bound name is used. */
export function usesOf(tree: Tla, bound: Bound): number {
  const own = tree.kind === "reference" && tree.to === bound ? 1 : 0;
  return own + sum(childrenOf(tree), bound);
}

/** Is the name used where it would be computed again and again? */
function repeats(tree: Tla, bound: Bound): boolean {
  if (tree.kind === "quantifier" || tree.kind === "comprehension") {
    return usesOf(tree.body, bound) > 0 || repeats(tree.set, bound);
  }
  if (tree.kind === "let") {
    const recursive = tree.definitions.some((one) => one.recursive && usesOf(one.value, bound) > 0);
    if (recursive) return true;
  }
  return childrenOf(tree).some((child) => repeats(child, bound));
}

/** The tree with something else in place of a bound name. */
export function replace(tree: Tla, bound: Bound, by: Tla): Tla {
  if (tree.kind === "reference" && tree.to === bound && tree.arguments.length === 0) return by;
  return mapChildren(tree, (child) => replace(child, bound, by));
}

/** A formula in which some values have names: those that are worth it. */
export function letIn(bound: Bound, value: Tla, body: Tla): Tla {
  return {
    kind: "let",
    definitions: [{ bound, parameters: [], recursive: false, value }],
    body,
  };
}

/** A name for a value, and the way to speak of it. */
export function named(wish: string): { readonly bound: Bound; readonly use: Tla } {
  const bound = { wish };
  return { bound, use: reference(bound) };
}
