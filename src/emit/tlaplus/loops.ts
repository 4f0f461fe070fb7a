// Loops inside a step: written out where constants decide how many rounds there are, else an operator that applies itself.

import { allOps, localSet } from "../../machine/code.ts";
import type { Code, Op } from "../../machine/machine.ts";
import { type Exit, exitOf, joined, withParameters } from "./joins.ts";
import { type Path, type Root, rootOf } from "./path.ts";
import { type Bound, choose, FALSE, infix, number, reference, type Tla } from "./tree.ts";
import { faultFormula, type Next, type Walk, weightOf } from "./way.ts";

type Loop = Extract<Op, { readonly kind: "loop" }>;

/** Ops that are written out for one loop at most. */
const WRITTEN_OUT = 120;

/** The formula of a loop and of what follows it. */
export function runLoop(w: Walk, op: Loop, path: Path, rest: Next): Tla {
  const exits: Exit[] = [];
  const after: Next = { weight: rest.weight, go: (at) => exitOf(exits, at) };
  const tree = isShort(w, op, path)
    ? writtenOut(w, op, path, after, 1)
    : recursive(w, op, path, after);
  return joined(w, exits, path, tree, rest, 1);
}

/** The walk inside a loop. */
function inside(w: Walk, op: Loop, after: Next, again: Next): Walk {
  return { ...w, loops: new Map(w.loops).set(op.id, { after, again }) };
}

function writtenOut(w: Walk, op: Loop, path: Path, after: Next, round: number): Tla {
  if (round > op.limit) return faultFormula(w, "endless-loop", op.span);
  const again: Next = {
    weight: weightOf(op.body),
    go: (at) => writtenOut(w, op, at, after, round + 1),
  };
  const within = inside(w, op, after, again);
  return w.run(within, op.body, 0, path, again);
}

/** Do constants alone decide that there are few rounds, each of which goes on in one way? */
function isShort(w: Walk, op: Loop, path: Path): boolean {
  const rounds = w.rounds ?? Math.ceil(WRITTEN_OUT / (4 + weightOf(op.body)));
  const nowhere: Next = { weight: 0, go: () => FALSE };
  const loops = new Map([...w.loops.keys()].map((id) => [id, { after: nowhere, again: nowhere }]));
  let paths: Path[] = [path];
  for (let round = 1; paths.length > 0; round += 1) {
    const [at, ...others] = paths;
    if (at === undefined || others.length > 0) return false;
    if (round > op.limit) return true;
    if (round > rounds) return false;
    paths = [];
    const again: Next = {
      weight: 0,
      go: (next) => {
        paths.push(next);
        return FALSE;
      },
    };
    w.run(inside({ ...w, loops }, op, nowhere, again), op.body, 0, at, again);
  }
  return true;
}

/** An operator over what the loop changes, and over the number of the round. */
function recursive(w: Walk, op: Loop, path: Path, after: Next): Tla {
  const roots = assignedRoots(op.body);
  const parameters = roots.map((root): Bound => ({ wish: root.name }));
  const [operator, round]: readonly Bound[] = [{ wish: "Loop" }, { wish: "round" }];
  if (operator === undefined || round === undefined) throw new Error("no name for a loop");
  const given = (at: Path): readonly Tla[] =>
    roots.map((root) => rootOf(w.context, w.owner, at, root));
  const again: Next = {
    weight: 0,
    go: (at) => reference(operator, infix(reference(round), "+", number(1)), ...given(at)),
  };
  const body = w.run(
    inside(w, op, after, again),
    op.body,
    0,
    withParameters(path, roots, parameters),
    again,
  );
  const value = choose(
    infix(reference(round), ">", number(op.limit)),
    faultFormula(w, "endless-loop", op.span),
    body,
  );
  return {
    kind: "let",
    definitions: [{ bound: operator, parameters: [round, ...parameters], recursive: true, value }],
    body: reference(operator, number(1), ...given(path)),
  };
}

/** Everything that code may assign. */
function assignedRoots(code: Code): readonly Root[] {
  const found = new Set<Root>();
  for (const op of allOps(code)) {
    const local = localSet(op);
    if (local !== null) found.add(local);
    if (op.kind === "assign") found.add(op.place.root);
    if (
      op.kind === "acquire" ||
      op.kind === "try-acquire" ||
      op.kind === "release" ||
      op.kind === "downgrade"
    )
      found.add(op.lock.lock);
  }
  return [...found];
}
