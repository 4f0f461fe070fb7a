// Gives bound names their text: TLA+ forbids a name that is already in scope, whatever it means there.

import { clearOfHeads } from "../names.ts";
import { type Bound, call, type Definition, mapChildren, type Tla, text } from "./tree.ts";
import { RESERVED_HEADS } from "./words.ts";

interface Scope {
  /** Names of the module, and those of the tree's own surroundings. */
  readonly taken: ReadonlySet<string>;
  readonly names: ReadonlyMap<Bound, string>;
}

/** A definition at the top of a module, with nothing left but text. */
export interface Resolved {
  readonly parameters: readonly string[];
  readonly body: Tla;
}

/** Names everything that is bound in a definition; `taken` are the names of the whole module and the words of TLA+. */
export function resolve(
  parameters: readonly Bound[],
  body: Tla,
  taken: ReadonlySet<string>,
): Resolved {
  const scope = extend({ taken, names: new Map() }, parameters);
  return { parameters: parameters.map((one) => nameOf(scope, one)), body: within(scope, body) };
}

function extend(scope: Scope, bounds: readonly Bound[]): Scope {
  const taken = new Set(scope.taken);
  const names = new Map(scope.names);
  for (const bound of bounds) {
    const plain = bound.wish.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^_*\d*$/, "k");
    const wish = clearOfHeads(plain, RESERVED_HEADS);
    let name = wish;
    for (let copy = 2; taken.has(name); copy += 1) name = `${wish}_${copy}`;
    taken.add(name);
    names.set(bound, name);
  }
  return { taken, names };
}

function nameOf(scope: Scope, bound: Bound): string {
  const name = scope.names.get(bound);
  if (name === undefined) throw new Error(`a name out of its scope: ${bound.wish}`);
  return name;
}

/** A binder whose name is already given. */
const given = (scope: Scope, bound: Bound): Bound => ({ wish: nameOf(scope, bound) });

function within(scope: Scope, tree: Tla): Tla {
  const inside = (child: Tla): Tla => within(scope, child);
  switch (tree.kind) {
    case "reference": {
      const name = nameOf(scope, tree.to);
      return tree.arguments.length === 0 ? text(name) : call(name, ...tree.arguments.map(inside));
    }
    case "quantifier":
    case "comprehension": {
      const inner = extend(scope, [tree.bound]);
      const body = within(inner, tree.body);
      return { ...tree, bound: given(inner, tree.bound), set: inside(tree.set), body };
    }
    case "let": {
      let known = scope;
      const definitions = tree.definitions.map((definition): Definition => {
        const after = extend(known, [definition.bound]);
        const around = definition.recursive ? after : known;
        // The definition's own name is taken inside it too.
        const inner = extend({ ...around, taken: after.taken }, definition.parameters);
        known = after;
        return {
          ...definition,
          bound: given(after, definition.bound),
          parameters: definition.parameters.map((one) => given(inner, one)),
          value: within(inner, definition.value),
        };
      });
      return { ...tree, definitions, body: within(known, tree.body) };
    }
    case "later":
      throw new Error("a formula that was not simplified");
    default:
      return mapChildren(tree, inside);
  }
}
