// Machine to flat program: every step, the initial states and the properties as scalar code over packed states.
// What the program means is what checker/interpret.ts does with the same machine, fault for fault and in the same order.

import type { Persistence } from "../independence/persistent.ts";
import { isScalar, type Layout, layout } from "../layout.ts";
import {
  type Code,
  cardinality,
  type Lock,
  type Machine,
  type MachineProcess,
  type Type,
  type Variable,
  valuesOf,
} from "../machine.ts";
import {
  type Builder,
  branch,
  builder,
  captured,
  count,
  emit,
  newId,
  newLocal,
  routine,
} from "./builder.ts";
import { flattenCode, type Self } from "./code.ts";
import { assign, converted } from "./convert.ts";
import { flattener } from "./expression.ts";
import { add, constant, local, not, or, ZERO } from "./fold.ts";
import { valueAtOrdinal } from "./ordinal.ts";
import { flattenPersistence } from "./persistent.ts";
import { locationAt, standsAt } from "./process.ts";
import type { FlatExpr, FlatProcess, FlatProgram, FlatRoutine, FlatState } from "./program.ts";
import { bind, number, type Scope, value } from "./scope.ts";
import { elementOf, elementType, held, inSet, type Location, room } from "./value.ts";

/** Flattens a machine, with the choice of who goes alone where there is one; done once for a machine without. */
export function flatten(machine: Machine, choices: Persistence | null = null): FlatProgram {
  const known = choices === null ? flattened.get(machine) : undefined;
  const program = known ?? flattenOver(machine, layout(machine), choices);
  if (choices === null) flattened.set(machine, program);
  return program;
}

const flattened = new WeakMap<Machine, FlatProgram>();

function flattenOver(machine: Machine, given: Layout, choices: Persistence | null): FlatProgram {
  const b = builder(machine, given);
  const initial = routine(b, "initial", null, () => flattenInitial(b));
  const steps = machine.processes.map((process, at) => flattenProcess(b, process, at));
  const actions = machine.actions.map(({ name, code }) =>
    routine(b, name, null, () => flattenCode(b, null, code, [], "start", () => {})),
  );
  const states = statePredicates(b);
  const judged = machine.properties
    .filter(({ kind }) => kind === "step")
    .map(({ name, condition }) => ({
      name,
      routine: predicate(b, name, (scope) => number(scope, condition)),
    }));
  const alone = choices === null ? [] : flattenPersistence(b, choices);
  return {
    layout: given,
    initial,
    initialMayRepeat: machine.processes.some(({ start }) => assignsShared(start)),
    processes: steps.map((process, at) => ({
      ...process,
      alone: alone[at] ?? [],
      passable: choices?.[at]?.map((choice) => choice?.passable === true) ?? [],
    })),
    actions,
    statePredicates: states,
    stepPredicates: judged,
    scratchWords: b.scratchWords,
    data: b.data,
    faults: b.faults,
    notes: b.notes,
    orderSites: b.orderSites,
    lockNames: machine.locks.flatMap(lockNames),
    costs: machine.costs.map(({ name }) => name),
    branches: machine.branches.length,
  };
}

function flattenProcess(
  b: Builder,
  process: MachineProcess,
  at: number,
): Omit<FlatProcess, "alone" | "passable"> {
  const stored = b.layout.processes[at];
  if (stored === undefined) throw new Error(`${process.name} is not laid out`);
  const parameter = stored.count > 1 ? "k" : null;
  return {
    name: process.name,
    first: stored.first,
    count: stored.count,
    location: stored.location.id,
    steps: process.locations.map(({ name, code, mayHold }) => {
      if (code.length === 0) return null;
      const locks = mayHold.flatMap((position) => b.machine.locks[position] ?? []);
      return routine(b, `${process.name} at ${name}`, parameter, (position) => {
        flattenCode(b, { process, stored, position }, code, locks, "start", () =>
          emit(b, { kind: "emit" }),
        );
      });
    }),
    localLocations: process.locations.filter((location) => location.local).map(({ id }) => id),
    done: process.locations.length - 1,
  };
}

// ---------------------------------------------------------------- initial states

function flattenInitial(b: Builder): void {
  const scope = plainScope(b, "now");
  for (const variable of b.machine.variables) initialise(scope, variable);
  for (const condition of b.machine.initConditions) {
    branch(b, not(number(scope, condition)), () => emit(b, { kind: "reject" }));
  }
  b.machine.processes.forEach((process, at) => {
    const stored = b.layout.processes[at];
    if (stored === undefined || isEmptyStart(process.start)) return;
    count(b, "k", ZERO, constant(stored.count), (position) =>
      start(b, { process, stored, position }, process.start),
    );
  });
  emit(b, { kind: "emit" });
}

/** Just going to location 0, where the state's zeros already are. */
function isEmptyStart(start: Code): boolean {
  const [first] = start;
  return start.length === 1 && first?.kind === "goto" && first.location === 0;
}

function start(b: Builder, self: Self, code: Code): void {
  emit(b, { kind: "blame", mover: add(self.position, constant(self.stored.first)) });
  const id = newId(b);
  const none: readonly Lock[] = [];
  const body = captured(b, () =>
    flattenCode(b, self, code, none, "now", () => emit(b, { kind: "break", id })),
  );
  emit(b, { kind: "block", id, body });
}

/** The initial value of a variable, element by element; where it is drawn from sets, all sets are judged before any choice. */
function initialise(scope: Scope, variable: Variable): void {
  const { b } = scope;
  const { kind, value: initial } = variable.initial;
  const stored = b.layout.variables.get(variable);
  if (stored === undefined) throw new Error(`${variable.name} is not laid out`);
  const whole: Location = {
    kind: "stored",
    type: variable.type,
    stored,
    index: ZERO,
    state: "now",
  };
  const { elementType: of } = variable;
  if (kind === "value") {
    return eachElement(scope, variable, 0, whole, (place) => {
      assign(b, place, value(scope, initial), initial.span);
    });
  }
  const sets: Type = { kind: "set", of };
  eachElement(scope, variable, 0, whole, () => {
    const set = value(scope, initial);
    if (isScalar(sets)) converted(b, set, sets, initial.span);
    else assign(b, room(b, sets), set, initial.span);
  });
  eachElement(scope, variable, 0, whole, (place) => {
    const set = held(b, value(scope, initial), "candidates");
    const from = elementType(set.type);
    const ordinal = newLocal(b, `${variable.name}_number`);
    const accept = inSet(b, set, local(ordinal));
    emit(b, {
      kind: "pick",
      local: ordinal,
      count: cardinality(from),
      filter: [],
      accept,
      none: [{ kind: "reject" }],
    });
    assign(b, place, valueAtOrdinal(b, from, local(ordinal)), null);
  });
}

function eachElement(
  scope: Scope,
  variable: Variable,
  depth: number,
  place: Location,
  body: (place: Location) => void,
): void {
  const key = variable.keys[depth];
  if (key === undefined) return body(place);
  const { b } = scope;
  count(b, key.binder.name, ZERO, constant(cardinality(key.type)), (position) => {
    bind(scope, key.binder, valueAtOrdinal(b, key.type, position), () => {
      eachElement(scope, variable, depth + 1, elementOf(place, position), body);
    });
  });
}

/** Whether start work changes variables (ghosts), so that two beginnings may become one. */
function assignsShared(code: Code): boolean {
  return code.some((op) => {
    if (op.kind === "assign") return op.place.root.kind === "variable";
    if (op.kind === "if") return assignsShared(op.then) || assignsShared(op.otherwise);
    return (op.kind === "loop" || op.kind === "pick") && assignsShared(op.body);
  });
}

// ---------------------------------------------------------------- properties

function statePredicates(b: Builder): FlatProgram["statePredicates"] {
  const { machine } = b;
  const labels = new Map<string, readonly [string, string]>();
  for (const { subject } of machine.expectations) {
    if (subject.kind === "label")
      labels.set(`${subject.function}.${subject.label}`, [subject.function, subject.label]);
  }
  return [
    ...machine.properties.flatMap(({ kind, name, condition }) =>
      kind === "step"
        ? []
        : [{ kind, name, routine: predicate(b, name, (scope) => number(scope, condition)) }],
    ),
    ...machine.terminal.map((condition) => ({
      kind: "terminal" as const,
      name: "terminal",
      routine: predicate(b, "terminal", (scope) => number(scope, condition)),
    })),
    ...[...labels].map(([name, [owner, label]]) => ({
      kind: "label" as const,
      name,
      routine: predicate(b, name, () => standsAtLabel(b, owner, label)),
    })),
  ];
}

function predicate(b: Builder, name: string, condition: (scope: Scope) => FlatExpr): FlatRoutine {
  return routine(b, name, null, () => {
    emit(b, { kind: "answer", value: condition(plainScope(b, "now")) });
  });
}

/** Does some process stand at a step with this label? */
function standsAtLabel(b: Builder, owner: string, label: string): FlatExpr {
  const found = newLocal(b, "found");
  emit(b, { kind: "set", local: found, value: ZERO });
  b.machine.processes.forEach((process, at) => {
    const stored = b.layout.processes[at];
    const locations = process.locations.filter(({ labels }) =>
      labels.some(([f, l]) => f === owner && l === label),
    );
    if (stored === undefined || locations.length === 0) return;
    const ids = new Set(locations.map(({ id }) => id));
    count(b, "k", ZERO, constant(stored.count), (position) => {
      const stands = standsAt(b, process, locationAt(stored, position, "now"), ids);
      emit(b, { kind: "set", local: found, value: or(local(found), stands) });
    });
  });
  return local(found);
}

/** The scope of expressions outside code, which name no locals. */
function plainScope(b: Builder, processes: FlatState): Scope {
  return {
    b,
    state: "now",
    processes,
    locals: (at) => {
      throw new Error(`${at.name} is local to code`);
    },
    bindings: new Map(),
    flattener,
  };
}

function lockNames(lock: Lock): readonly string[] {
  return lock.keys.reduce<readonly string[]>(
    (names, key) => names.flatMap((name) => [...valuesOf(key)].map((one) => `${name}[${one}]`)),
    [lock.name],
  );
}
