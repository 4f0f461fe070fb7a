// Where ways through a step meet again: what follows is written once, as an operator of what the ways have changed.

import { changed, type Path, type Root, rootOf } from "./path.ts";
import { type Bound, type Later, reference, sameTree, type Tla } from "./tree.ts";
import type { Next, Walk } from "./way.ts";

/** A way's end: its path, and the place in its formula where what follows is put. */
export interface Exit {
  readonly path: Path;
  readonly later: Later;
}

/** Notes that a way ends here. */
export function exitOf(exits: Exit[], path: Path): Later {
  const later: Later = { kind: "later", tree: null };
  exits.push({ path, later });
  return later;
}

/** The formula `tree` with what follows its exits; something light is written at each of them. */
export function joined(
  w: Walk,
  exits: readonly Exit[],
  base: Path,
  tree: Tla,
  next: Next,
  light: number,
): Tla {
  if (exits.length <= 1 || next.weight <= light) {
    for (const { path, later } of exits) later.tree = next.go(path);
    return tree;
  }
  const roots = changedRoots(w, exits, base);
  const parameters = roots.map((root): Bound => ({ wish: root.name }));
  const operator: Bound = { wish: "Rest" };
  for (const { path, later } of exits) {
    const given = roots.map((root) => rootOf(w.context, w.owner, path, root));
    later.tree = reference(operator, ...given);
  }
  const meeting = withParameters(base, roots, parameters);
  const value = next.go(meeting);
  const definition = { bound: operator, parameters, recursive: false, value };
  return { kind: "let", definitions: [definition], body: tree };
}

/** What the exits have changed since `base`. */
export function changedRoots(w: Walk, exits: readonly Exit[], base: Path): readonly Root[] {
  const all = new Set(exits.flatMap(({ path }) => [...path.values.keys()]));
  return [...all].filter((root) => {
    const before = rootOf(w.context, w.owner, base, root);
    return exits.some(({ path }) => !sameTree(rootOf(w.context, w.owner, path, root), before));
  });
}

/** The path with parameters for these. */
export function withParameters(
  base: Path,
  roots: readonly Root[],
  parameters: readonly Bound[],
): Path {
  return roots.reduce(
    (path, root, index) => changed(path, root, reference(parameters[index] as Bound)),
    base,
  );
}
