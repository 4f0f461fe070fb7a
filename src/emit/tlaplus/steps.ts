// One operator for each location and each action, and where a step ends: what has changed is primed, the rest is unchanged.

import type { MachineAction, MachineLocal, Op } from "../../machine/machine.ts";
import { type Context, grouped, type ProcessNames } from "./context.ts";
import type { Operator } from "./operator.ts";
import { before, type Owner, type Path, type Root, rootOf, START } from "./path.ts";
import { ofInstance } from "./reading.ts";
import {
  type Bound,
  bullets,
  call,
  except,
  infix,
  prefix,
  reference,
  sameTree,
  string,
  type Tla,
  text,
  tuple,
} from "./tree.ts";
import { processTree } from "./values.ts";
import { bind, run } from "./walk.ts";
import type { Next, Walk } from "./way.ts";

const NOTHING: Next = {
  weight: 0,
  go: () => {
    throw new Error("code that ends without going anywhere");
  },
};

/** The steps of a process, one for each location that has one. */
export function processSteps(context: Context, names: ProcessNames): readonly Operator[] {
  const { machine, steps } = names;
  return machine.locations.flatMap((location, position) => {
    const name = steps[position] ?? "";
    if (name === "") return [];
    const bound = indexBound(names);
    const index = bound === null ? null : reference(bound);
    const owner: Owner = { names, index, self: processTree(machine.process, index) };
    const walk: Walk = {
      ...{ context, owner, loops: new Map(), rounds: null, run, fault: faultStep },
      mayHold: location.mayHold.flatMap((lock) => context.machine.locks[lock] ?? []),
      arrive: (path, target) =>
        arrive(context, owner, path, target === position ? null : (target ?? null)),
    };
    const here = infix(ofInstance(text(names.at), index), "=", string(location.name));
    const body = bullets("/\\", [here, run(walk, location.code, 0, START, NOTHING)]);
    return [{ name, parameters: bound === null ? [] : [bound], body }];
  });
}

/** What a process is indexed with, as a parameter of an operator. */
export function indexBound({ machine }: ProcessNames): Bound | null {
  return machine.index === null ? null : { wish: machine.index.name };
}

/** An action; its parameters are chosen by its first picks, which Next does. */
export function actionStep(
  context: Context,
  action: MachineAction,
): { readonly operator: Operator; readonly sets: readonly Pick[] } {
  const walk: Walk = {
    ...{ context, owner: null, mayHold: [], loops: new Map(), rounds: null, run, fault: faultStep },
    arrive: (path) => arrive(context, null, path, null),
  };
  let { code } = action;
  let path = START;
  const sets: Pick[] = [];
  while (true) {
    const [first, ...others] = code.filter(({ kind }) => kind !== "line" && kind !== "branch");
    if (first?.kind !== "pick" || others.length > 0 || !isParameter(action, first)) break;
    const bound: Bound = { wish: first.local.name };
    path = bind(path, first.local, bound);
    sets.push({ bound, pick: first });
    code = first.body;
  }
  const body = run(walk, code, 0, path, NOTHING);
  const name = context.actions.get(action) ?? action.name;
  return { operator: { name, parameters: sets.map(({ bound }) => bound), body }, sets };
}

export interface Pick {
  readonly bound: Bound;
  readonly pick: Extract<Op, { readonly kind: "pick" }>;
}

function isParameter(action: MachineAction, { local, where, set }: Pick["pick"]): boolean {
  return where === null && set.kind === "type-set" && action.parameters.includes(local);
}

/** The step changes nothing, and what went wrong is reported. */
function faultStep(verdict: string, place: string): Tla {
  return call("Fault", string(verdict), string(place));
}

/** The end of a path: every variable has its value after the step. */
function arrive(context: Context, owner: Owner | null, path: Path, target: number | null): Tla {
  const changes: Tla[] = [];
  const unchanged: string[] = [];
  const shared = (root: Root, name: string): void => {
    const value = rootOf(context, owner, path, root);
    if (sameTree(value, before(context, owner, root))) unchanged.push(name);
    else changes.push(becomes(name, value));
  };
  const own = (name: string, old: Tla, value: Tla): void => {
    if (sameTree(value, old)) unchanged.push(name);
    else {
      const index = owner?.index ?? null;
      changes.push(becomes(name, index === null ? value : except(text(name), [index], value)));
    }
  };
  for (const [variable, name] of context.variables) shared(variable, name);
  for (const [lock, name] of context.locks) shared(lock, name);
  for (const names of context.processes.values()) {
    if (names !== owner?.names) {
      unchanged.push(names.at, ...names.locals.values());
      continue;
    }
    const location = target === null ? undefined : names.machine.locations[target];
    if (location === undefined) unchanged.push(names.at);
    else own(names.at, text(names.at), string(location.name));
    for (const [local, name] of names.locals) {
      own(name, before(context, owner, local), rootOf(context, owner, path, local as MachineLocal));
    }
  }
  if (changes.length === 0) return prefix("UNCHANGED", text("vars"));
  const kept = grouped(context.groups, new Set(unchanged)).map(text);
  const [only, ...others] = kept;
  const rest =
    only === undefined ? [] : [prefix("UNCHANGED", others.length === 0 ? only : tuple(kept))];
  return bullets("/\\", [...changes, ...rest]);
}

function becomes(name: string, value: Tla): Tla {
  return infix(text(`${name}'`), "=", value);
}
