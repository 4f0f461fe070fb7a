// The initial predicate: choices of initial values in the order of the text, `init where`, then the work of each process
// before its first step, which is computed here but for what it does to ghosts.

import { allOps } from "../../machine/code.ts";
import type { Instance, Variable } from "../../machine/machine.ts";
import { fitsIn } from "../../machine/may-fault.ts";
import { type Context, type ProcessNames, processNames } from "./context.ts";
import { exprTree } from "./expression.ts";
import { type Check, faultsOf } from "./faults.ts";
import { changed, freshPath, type Owner, type Path, readingOf, rootOf, START } from "./path.ts";
import { binding, outside, type Reading } from "./reading.ts";
import { letIn, replace, usesOf } from "./simplify.ts";
import {
  apply,
  type Bound,
  bullets,
  call,
  exists,
  FALSE,
  filter,
  forall,
  infix,
  lambda,
  not,
  or,
  prefix,
  reference,
  setOf,
  string,
  type Tla,
  text,
  tuple,
} from "./tree.ts";
import { functionTree, processTree, typeSet, valueTree } from "./values.ts";
import { run } from "./walk.ts";
import { checked, guard, type Next, type Walk } from "./way.ts";

/** Where an instance begins. */
interface Begun {
  readonly at: string;
  readonly path: Path;
}

/** The initial predicate of a machine. */
export function initialFormula(context: Context): Tla {
  const ghosts = assignedAtStart(context);
  const conditions = (position: number, path: Path): Tla => {
    const condition = context.machine.initConditions[position];
    if (condition === undefined) {
      const work = started(context, 0, path, new Map(), ghosts);
      return bullets("/\\", [...freeLocks(context), work]);
    }
    const r = readingOf(context, null, path);
    return checked(walkOf(context, null), faultsOf(r, condition), () =>
      bullets("/\\", [guard(context, exprTree(r, condition)), conditions(position + 1, path)]),
    );
  };
  const variables = (position: number, path: Path): Tla => {
    const variable = context.machine.variables[position];
    if (variable === undefined) return conditions(0, path);
    return chosen(context, variable, path, ghosts.has(variable), (after) =>
      variables(position + 1, after),
    );
  };
  return variables(0, START);
}

/** Variables that work before the first steps assigns: their values are not told before that is done. */
function assignedAtStart({ machine }: Context): ReadonlySet<Variable> {
  return new Set(
    machine.processes.flatMap(({ start }) =>
      [...allOps(start)].flatMap((op) =>
        op.kind === "assign" && op.place.root.kind === "variable" ? [op.place.root] : [],
      ),
    ),
  );
}

// ---------------------------------------------------------------- variables

function chosen(
  context: Context,
  variable: Variable,
  path: Path,
  later: boolean,
  go: (path: Path) => Tla,
): Tla {
  const r = readingOf(context, null, path);
  const { kind } = variable.initial;
  const name = text(context.variables.get(variable) ?? variable.name);
  return checked(walkOf(context, null), initialFaults(r, variable), () => {
    const value = kind === "value" ? keyed(r, variable) : choices(r, variable);
    if (!later) {
      const is = infix(name, kind === "value" ? "=" : "\\in", value);
      return bullets("/\\", [is, go(path)]);
    }
    const bound: Bound = { wish: `${variable.name}_first` };
    const body = go(changed(path, variable, reference(bound)));
    return kind === "value" ? letIn(bound, value, body) : exists(bound, value, body);
  });
}

interface Keys {
  readonly r: Reading;
  readonly bounds: readonly Bound[];
  readonly sets: readonly Tla[];
}

/** The reading inside all keys of a variable. */
function keysOf(r: Reading, variable: Variable): Keys {
  return variable.keys.reduce<Keys>(
    (outer, { binder, type }) => {
      const inner = binding(outer.r, binder);
      return {
        r: inner.r,
        bounds: [...outer.bounds, inner.bound],
        sets: [...outer.sets, typeSet(r.context, type)],
      };
    },
    { r, bounds: [], sets: [] },
  );
}

function initialFaults(r: Reading, variable: Variable): readonly Check[] {
  const { bounds, sets, r: inner } = keysOf(r, variable);
  const { kind, value } = variable.initial;
  const own = [...faultsOf(inner, value)];
  const of = exprTree(inner, value);
  const from = kind === "in" && value.type.kind === "set" ? value.type.of : value.type;
  if (!fitsIn(from, variable.elementType)) {
    const when =
      kind === "in"
        ? not(infix(of, "\\subseteq", typeSet(r.context, variable.elementType)))
        : outside(inner, of, from, variable.elementType);
    own.push({ when, fault: "range", span: value.span });
  }
  const [first] = own;
  if (first === undefined) return [];
  const one = or(...own.map(({ when }) => when));
  const when = bounds.reduceRight(
    (body, bound, depth) => exists(bound, sets[depth] as Tla, body),
    one,
  );
  return [{ ...first, when }];
}

/** The initial value, a function of its keys if it has any. */
function keyed(r: Reading, variable: Variable): Tla {
  const { bounds, sets, r: inner } = keysOf(r, variable);
  const value = exprTree(inner, variable.initial.value);
  return bounds.reduceRight((of, bound, depth) => lambda(bound, sets[depth] as Tla, of), value);
}

/** All values that the variable may begin with: each element is chosen for itself. */
function choices(r: Reading, variable: Variable): Tla {
  const { bounds, sets, r: inner } = keysOf(r, variable);
  const value = exprTree(inner, variable.initial.value);
  return bounds.reduceRight<Tla>((of, bound, depth) => {
    const from = sets[depth] as Tla;
    if (usesOf(of, bound) === 0) return { kind: "functions", from, to: of };
    const whole: Bound = { wish: "f" };
    const all: Tla = { kind: "comprehension", form: "map", bound, set: from, body: of };
    const functions: Tla = { kind: "functions", from, to: prefix("UNION", all) };
    const own: Bound = { wish: bound.wish };
    const within = replace(of, bound, reference(own));
    return filter(
      whole,
      functions,
      forall(own, from, infix(apply(reference(whole), reference(own)), "\\in", within)),
    );
  }, value);
}

// ---------------------------------------------------------------- processes

/** The work of each instance before its first step, one after the other. */
function started(
  context: Context,
  position: number,
  path: Path,
  begun: ReadonlyMap<Instance, Begun>,
  ghosts: ReadonlySet<Variable>,
): Tla {
  const instance = context.machine.instances[position];
  if (instance === undefined) return begins(context, path, begun, ghosts);
  const names = processNames(context, instance.process);
  const owner = ownerOf(context, names, instance);
  const walk: Walk = {
    ...walkOf(context, owner),
    arrive: (at, location) => {
      const name = names.machine.locations[location ?? -1]?.name ?? "";
      const shared = [...at.values].filter(([root]) => root.kind === "variable");
      const next: Path = { values: new Map(shared), known: new Map() };
      const now = new Map(begun).set(instance, { at: name, path: at });
      return started(context, position + 1, next, now, ghosts);
    },
  };
  const nothing: Next = {
    weight: 0,
    go: () => {
      throw new Error("a start that goes nowhere");
    },
  };
  return run(walk, names.machine.start, 0, freshPath(context, owner, instance, path), nothing);
}

function ownerOf(context: Context, names: ProcessNames, instance: Instance): Owner {
  const { index: local } = names.machine;
  const index =
    local === null || instance.index === null
      ? null
      : valueTree(context, local.type, instance.index);
  return { names, index, self: processTree(instance.process, index) };
}

const is = (name: string, value: Tla): Tla => infix(text(name), "=", value);

/** Nobody holds a lock. */
function freeLocks(context: Context): readonly Tla[] {
  return context.machine.locks.map((lock) => {
    const free: Tla =
      lock.class === "rwsem"
        ? {
            kind: "record",
            types: false,
            fields: [
              ["writer", text("Null")],
              ["readers", setOf([])],
            ],
          }
        : text("Null");
    const value = lock.keys.reduceRight<Tla>(
      (of, key, depth) => lambda({ wish: "ijk"[depth] ?? "k" }, typeSet(context, key), of),
      free,
    );
    return is(context.locks.get(lock) ?? lock.name, value);
  });
}

/** Everything that is known once all have begun. */
function begins(
  context: Context,
  path: Path,
  begun: ReadonlyMap<Instance, Begun>,
  ghosts: ReadonlySet<Variable>,
): Tla {
  const later = [...ghosts].map((variable) =>
    is(context.variables.get(variable) ?? "", rootOf(context, null, path, variable)),
  );
  const processes = [...context.processes.values()].flatMap((names) => {
    const { machine } = names;
    const instances = context.machine.instances.filter((one) => one.process === machine.process);
    const all = (of: (one: Instance, at: Begun) => Tla): Tla => {
      const value = (instance: Instance): Tla => of(instance, begun.get(instance) as Begun);
      const [only] = instances;
      if (machine.index === null) return only === undefined ? text("Null") : value(only);
      const type = machine.index.type;
      const keys = instances.map(({ index }) => index);
      const byKey = (key: (typeof keys)[number]): Tla =>
        value(instances.find(({ index }) => index === key) as Instance);
      return functionTree(
        context,
        type,
        keys,
        byKey,
        names.domain ?? tuple([]),
        machine.index.name,
      );
    };
    const locals = [...names.locals].map(([local, name]) =>
      is(
        name,
        all((instance, { path: own }) =>
          rootOf(context, ownerOf(context, names, instance), own, local),
        ),
      ),
    );
    return [
      is(
        names.at,
        all((_, { at }) => string(at)),
      ),
      ...locals,
    ];
  });
  return bullets("/\\", [...later, ...processes]);
}

function walkOf(context: Context, owner: Owner | null): Walk {
  return {
    ...{ context, owner, mayHold: [], loops: new Map(), rounds: START_ROUNDS, run },
    arrive: () => {
      throw new Error("a beginning that goes somewhere");
    },
    // What goes wrong leads to no initial state.
    fault: (verdict, place) =>
      bullets("/\\", [call("Report", string(verdict), string(place)), FALSE]),
  };
}

/** Rounds of loops before the first step, all of which constants decide. */
const START_ROUNDS = 1000;
