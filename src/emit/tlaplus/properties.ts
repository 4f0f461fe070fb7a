// What a spec states, as operators: invariants, covers, step properties, deadlock, and the types of all variables.

import type { Property } from "../../machine/machine.ts";
import { lockType } from "../../machine/state.ts";
import { type Context, placeText, propertyKey } from "./context.ts";
import { exprTree } from "./expression.ts";
import { faultOf } from "./faults.ts";
import type { Operator } from "./operator.ts";
import { readingOf, START } from "./path.ts";
import { ofInstance, type Reading } from "./reading.ts";
import { indexBound } from "./steps.ts";
import {
  and,
  type Bound,
  bullets,
  call,
  FALSE,
  forall,
  implies,
  infix,
  not,
  or,
  prefix,
  reference,
  setOf,
  string,
  type Tla,
  TRUE,
  text,
} from "./tree.ts";
import { typeSet } from "./values.ts";

/** A property with the operators that judge it. */
export interface Judged {
  readonly property: Property;
  readonly operator: Operator;
  /** True where judging it goes wrong; null if it never does. */
  readonly faults: Operator | null;
  /** The invariant that is violated where a cover is reached; null for others. */
  readonly unreached: Operator | null;
}

/** The operators of all properties. */
export function judgedProperties(context: Context): readonly Judged[] {
  return context.machine.properties.map((property) => {
    const name = context.properties.get(propertyKey(property)) ?? property.name;
    const mover: Bound = { wish: "mover" };
    const steps = property.kind === "step";
    const r = steps ? stepReading(context, reference(mover)) : readingOf(context, null, START);
    const parameters = steps ? [mover] : [];
    const own = (suffix: string): string => {
      const made = context.naming.fresh(`${name}_${suffix}`);
      context.taken.add(made);
      return made;
    };
    const unreached =
      property.kind === "cover"
        ? { name: own("unreached"), parameters: [], body: prefix("~", text(name)) }
        : null;
    const fault = faultOf(r, property.condition);
    const value = exprTree(r, property.condition);
    if (fault === FALSE) {
      return { property, operator: { name, parameters, body: value }, faults: null, unreached };
    }
    const wrong = own("faults");
    const asked = steps ? call(wrong, reference(mover)) : text(wrong);
    return {
      property,
      operator: { name, parameters, body: bullets("/\\", [not(asked), value]) },
      faults: { name: wrong, parameters, body: fault },
      unreached,
    };
  });
}

/** What a step property reads: the state before the step, and in primed parts the one after it. */
function stepReading(context: Context, mover: Tla): Reading {
  const before = readingOf(context, null, START);
  const prime = (tree: Tla): Tla => (tree.kind === "text" ? text(`${tree.text}'`) : tree);
  const after: Reading = {
    ...before,
    variable: (variable) => prime(before.variable(variable)),
    lock: (lock) => prime(before.lock(lock)),
    at: (process) => prime(before.at(process)),
    stored: (variable) => prime(before.stored(variable)),
    mover,
  };
  return { ...before, mover, after: { ...after, after } };
}

/** All step properties, for a step that this mover takes; null if there are none. */
export function stepsOperator(judged: readonly Judged[]): Operator | null {
  const steps = judged.filter(({ property }) => property.kind === "step");
  if (steps.length === 0) return null;
  const mover: Bound = { wish: "mover" };
  const all = steps.map(({ property, operator }) =>
    call(
      "Checked",
      string(`step ${property.name}`),
      call(operator.name, reference(mover)),
      string(placeText(property.span)),
    ),
  );
  const changes = infix(text("vars'"), "#", text("vars"));
  return { name: "Steps", parameters: [mover], body: implies(changes, bullets("/\\", all)) };
}

/** The right end: one of the `terminal when` conditions. */
export function terminalOperator(context: Context): Operator | null {
  const { terminal } = context.machine;
  if (terminal.length === 0) return null;
  const r = readingOf(context, null, START);
  const one = terminal.map((condition) => and(not(faultOf(r, condition)), exprTree(r, condition)));
  return { name: "Terminal", parameters: [], body: or(...one) };
}

/** Somebody can move, or nobody needs to. */
export function deadlockOperator(context: Context): Operator {
  const { machine } = context;
  const movers = machine.instances.length + machine.actions.length;
  const finished =
    machine.instances.length === 0
      ? FALSE
      : and(
          ...[...context.processes.values()].flatMap((names) => {
            const process = names.machine;
            const present = machine.instances.some((one) => one.process === process.process);
            if (process.daemon || !present) return [];
            const bound = indexBound(names);
            const done = string(process.locations.at(-1)?.name ?? "done");
            const at = ofInstance(text(names.at), bound === null ? null : reference(bound));
            const is = infix(at, "=", done);
            return [bound === null ? is : forall(bound, names.domain ?? setOf([]), is)];
          }),
        );
  const terminal = machine.terminal.length === 0 ? FALSE : text("Terminal");
  const body =
    movers === 0 || finished === TRUE
      ? TRUE
      : bullets("\\/", [finished, terminal, prefix("ENABLED", text("Next"))]);
  return { name: "NoDeadlock", parameters: [], body };
}

/** Every variable holds a value of its type. */
export function typeOperator(context: Context, locations: ReadonlyMap<string, string>): Operator {
  const { machine } = context;
  const isIn = (name: string, set: Tla): Tla => infix(text(name), "\\in", set);
  const shared = machine.variables.map((variable) =>
    isIn(context.variables.get(variable) ?? "", typeSet(context, variable.type)),
  );
  const locks = machine.locks.map((lock) =>
    isIn(context.locks.get(lock) ?? "", typeSet(context, lockType(machine, lock))),
  );
  const processes = [...context.processes.values()].flatMap((names) => {
    const from = names.domain;
    const over = (to: Tla): Tla => (from === null ? to : { kind: "functions", from, to });
    return [
      isIn(names.at, over(text(locations.get(names.at) ?? ""))),
      ...[...names.locals].map(([local, name]) => isIn(name, over(typeSet(context, local.type)))),
    ];
  });
  return {
    name: "TypeOK",
    parameters: [],
    body: bullets("/\\", [...shared, ...locks, ...processes]),
  };
}
