// The code of a step as one formula: its ops in order, over what they have changed so far, up to where the step ends.
//
// Nothing is primed before the end of a path. What follows a fork whose ways meet again is written once: as a value where
// the ways only compute, else as an operator inside LET that the ways apply to what they have changed.

import {
  type Code,
  type Expr,
  firstValue,
  type MachineLocal,
  type Op,
  type Place,
} from "../../machine/machine.ts";
import { fitsIn } from "../../machine/may-fault.ts";
import { exprTree, oneMore } from "./expression.ts";
import { beyond, type Check, faultOf, faultsOf } from "./faults.ts";
import { type Exit, exitOf, joined } from "./joins.ts";
import { runLock } from "./locks.ts";
import { runLoop } from "./loops.ts";
import { changed, knownValue, type Path, readingOf, rootOf, settle, settled } from "./path.ts";
import { outside } from "./reading.ts";
import { letIn, named } from "./simplify.ts";
import {
  apply,
  type Bound,
  bullets,
  choose,
  except,
  exists,
  FALSE,
  field,
  infix,
  not,
  number,
  or,
  reference,
  sameTree,
  setOf,
  sizeOf,
  type Tla,
} from "./tree.ts";
import { checked, faultFormula, guard, type Next, note, type Walk, weightOf } from "./way.ts";

/** Values of more nodes get a name when they are assigned. */
const LARGE = 14;
/** What follows a fork may be written twice if it is no more than this. */
const LIGHT = 2;

/** The formula of code from a position on. */
export function run(w: Walk, code: Code, position: number, path: Path, next: Next): Tla {
  const op = code[position];
  if (op === undefined) return next.go(path);
  const rest: Next = {
    weight: next.weight + weightOf(code.slice(position + 1)),
    go: (after) => run(w, code, position + 1, after, next),
  };
  return runOp(w, op, path, rest);
}

function runOp(w: Walk, op: Op, path: Path, rest: Next): Tla {
  const r = readingOf(w.context, w.owner, path);
  switch (op.kind) {
    case "assign":
      return assign(w, op.place, settle(path, op.value), path, rest);
    case "if":
      return branch(w, op, path, rest);
    case "loop":
      return runLoop(w, op, path, rest);
    case "break":
    case "continue": {
      const loop = w.loops.get(op.loop);
      if (loop === undefined) throw new Error(`no loop ${op.loop} around`);
      return (op.kind === "break" ? loop.after : loop.again).go(path);
    }
    case "either":
      return bullets(
        "\\/",
        op.branches.map((code) => run(w, code, 0, path, rest)),
      );
    case "pick":
      return pick(w, op, path, rest);
    case "await": {
      const condition = settle(path, op.condition);
      return checked(w, faultsOf(r, condition), () =>
        bullets("/\\", [guard(w.context, exprTree(r, condition)), rest.go(path)]),
      );
    }
    case "acquire":
    case "try-acquire":
    case "release":
    case "downgrade":
    case "contract":
    case "end":
      return runLock(w, op, path, rest);
    case "assert": {
      const condition = settle(path, op.condition);
      const name = w.context.machine.assertions[op.assertion]?.name ?? "";
      return checked(w, faultsOf(r, condition), () =>
        bullets("/\\", [note(w, `assert ${name}`, exprTree(r, condition), op.span), rest.go(path)]),
      );
    }
    case "cost": {
      const value = settle(path, op.value);
      const negative = value.type.kind === "range" && value.type.lo < 0;
      const below: readonly Check[] = negative
        ? [
            {
              when: infix(exprTree(r, value), "<", number(0)),
              fault: "negative-cost",
              span: op.span,
            },
          ]
        : [];
      return checked(w, [...faultsOf(r, value), ...below], () => rest.go(path));
    }
    case "goto": {
      const arrived = op.resets.reduce((at, local) => reset(w, at, local), path);
      return w.arrive(arrived, op.location);
    }
    case "stop":
      return w.arrive(path, null);
    case "fault":
      return faultFormula(w, op.fault, op.span);
    case "line":
    case "branch":
    case "enter":
    case "leave":
      return rest.go(path);
    default:
      return op satisfies never;
  }
}

// ---------------------------------------------------------------- assignments

/** A value for a place: evaluated first, then the indices of the place, then whether it fits. */
function assign(w: Walk, place: Place, value: Expr, path: Path, rest: Next): Tla {
  const { root } = place;
  const r = readingOf(w.context, w.owner, path);
  const checks = [...faultsOf(r, value)];
  const steps: (Tla | string)[] = [];
  let at: Tla = rootOf(w.context, w.owner, path, root);
  for (const step of place.path) {
    if (step.kind === "field") {
      const name = w.context.fieldName(step.name);
      steps.push(name);
      at = field(at, name);
      continue;
    }
    const index = settle(path, step.index);
    const shown = exprTree(r, index);
    checks.push(...faultsOf(r, index));
    if (step.kind === "element") {
      checks.push({ when: beyond(shown, index, at), fault: "index", span: place.span });
      steps.push(oneMore(shown));
      at = apply(at, oneMore(shown));
    } else {
      const when = fitsIn(index.type, step.type.key)
        ? FALSE
        : outside(r, shown, index.type, step.type.key);
      checks.push({ when, fault: "index", span: place.span });
      steps.push(shown);
      at = apply(at, shown);
    }
  }
  const assigned = exprTree(r, value);
  if (!fitsIn(value.type, place.type)) {
    const when = outside(r, assigned, value.type, place.type);
    checks.push({ when, fault: "range", span: place.span });
  }
  const open = checks.filter(({ when }) => when !== FALSE);
  return checked(w, open, () => {
    if (place.path.length === 0 && root.kind === "local") {
      const known = knownValue(path, value);
      if (known !== undefined) return rest.go(settled(w.context, path, root, known));
    }
    const whole = except(rootOf(w.context, w.owner, path, root), steps, assigned);
    return withName(whole, root.name, (tree) => rest.go(changed(path, root, tree)));
  });
}

/** Goes on with a value, which gets a name if it is large. */
export function withName(value: Tla, name: string, go: (value: Tla) => Tla): Tla {
  if (sizeOf(value) <= LARGE) return go(value);
  const { bound, use } = named(`${name}_new`);
  return letIn(bound, value, go(use));
}

function reset(w: Walk, path: Path, local: MachineLocal): Path {
  return settled(w.context, path, local, firstValue(local.type));
}

// ---------------------------------------------------------------- forks

function branch(w: Walk, op: Extract<Op, { readonly kind: "if" }>, path: Path, rest: Next): Tla {
  const decided = knownValue(path, op.condition);
  if (typeof decided === "boolean") {
    return run(w, decided ? op.then : op.otherwise, 0, path, rest);
  }
  const r = readingOf(w.context, w.owner, path);
  const settledCondition = settle(path, op.condition);
  const condition = exprTree(r, settledCondition);
  return checked(w, faultsOf(r, settledCondition), () => {
    const exits: Exit[] = [];
    const next: Next = { weight: rest.weight, go: (after) => exitOf(exits, after) };
    const then = run(w, op.then, 0, path, next);
    const [one, ...more] = exits.splice(0);
    const otherwise = run(w, op.otherwise, 0, path, next);
    const [another, ...others] = exits.splice(0);
    if (
      one !== undefined &&
      another !== undefined &&
      isPlain(then, one) &&
      isPlain(otherwise, another)
    ) {
      return merged(w, { condition, then, otherwise }, one, another, path, rest);
    }
    const all = [one, ...more, another, ...others].filter((exit) => exit !== undefined);
    return joined(w, all, path, choose(condition, then, otherwise), rest, LIGHT);
  });
}

/** Does a way only compute, and then go on? */
function isPlain(tree: Tla, exit: Exit): boolean {
  if (tree.kind === "let") return isPlain(tree.body, exit);
  return tree === exit.later;
}

/** Both ways only compute: what they come to are values that depend on the condition. */
function merged(
  w: Walk,
  tree: { readonly condition: Tla; readonly then: Tla; readonly otherwise: Tla },
  one: Exit,
  another: Exit,
  path: Path,
  rest: Next,
): Tla {
  const { bound, use } = named("first");
  let after: Path = path;
  const roots = new Set([...one.path.values.keys(), ...another.path.values.keys()]);
  for (const root of roots) {
    const [yes, no] = [one, another].map((exit) => rootOf(w.context, w.owner, exit.path, root));
    if (yes === undefined || no === undefined) continue;
    if (sameTree(yes, no)) {
      const known = root.kind === "local" ? one.path.known.get(root) : undefined;
      after =
        known?.kind === "literal" && root.kind === "local"
          ? settled(w.context, after, root, known.value)
          : changed(after, root, yes);
    } else after = changed(after, root, choose(use, yes, no));
  }
  const names: { readonly bound: Bound; readonly value: Tla }[] = [];
  for (const [root, value] of after.values) {
    if (path.values.get(root) === value || sizeOf(value) <= LARGE) continue;
    const large = named(`${root.name}_new`);
    names.push({ bound: large.bound, value });
    after = changed(after, root, large.use);
  }
  const body = names.reduceRight(
    (inner, each) => letIn(each.bound, each.value, inner),
    rest.go(after),
  );
  return letIn(bound, tree.condition, around(tree.then, around(tree.otherwise, body)));
}

/** What a way has given names to, around what follows. */
function around(tree: Tla, body: Tla): Tla {
  if (tree.kind !== "let") return body;
  return { ...tree, body: around(tree.body, body) };
}

// ---------------------------------------------------------------- picks

function pick(w: Walk, op: Extract<Op, { readonly kind: "pick" }>, path: Path, rest: Next): Tla {
  const r = readingOf(w.context, w.owner, path);
  const from = settle(path, op.set);
  const set = exprTree(r, from);
  const bound: Bound = { wish: op.local.name };
  const inside = changed(path, op.local, reference(bound));
  const inner = readingOf(w.context, w.owner, inside);
  const where = op.where === null ? null : settle(inside, op.where);
  const body = (): Tla => run(w, op.body, 0, inside, rest);
  const way =
    where === null
      ? body()
      : checked(w, faultsOf(inner, where), () =>
          bullets("/\\", [guard(w.context, exprTree(inner, where)), body()]),
        );
  return checked(w, faultsOf(r, from), () => {
    const ways = exists(bound, set, way);
    if (op.stuck === "wait") return ways;
    const none =
      where === null
        ? infix(set, "=", setOf([]))
        : not(exists(bound, set, or(faultOf(inner, where), exprTree(inner, where))));
    if (where === null && from.kind === "type-set") return ways;
    return bullets("\\/", [ways, bullets("/\\", [none, faultFormula(w, "atomic-stuck", op.span)])]);
  });
}

/** What an action's first picks choose, which become its parameters. */
export function bind(path: Path, local: MachineLocal, bound: Bound): Path {
  return changed(path, local, reference(bound));
}
