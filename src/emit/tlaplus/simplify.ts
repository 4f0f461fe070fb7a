// Definitions inside LET that are not worth a name are put where they are used; adjacent ones are joined.

import {
  type Bound,
  childrenOf,
  choose,
  type Definition,
  mapChildren,
  not,
  reference,
  sameTree,
  sizeOf,
  type Tla,
} from "./tree.ts";

/** A value of so few nodes is as readable as a name for it. */
const SMALL = 5;
/** A value that is used once moves there if it has no more nodes than this. */
const MOVABLE = 24;

/** The tree without needless definitions and decided choices; what stood for later is filled in. */
export function simplify(tree: Tla): Tla {
  return decide(withoutNames(tree), []);
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
