// What expressions ask about processes and locks while they are flattened.

import type { StoredProcess } from "../layout.ts";
import {
  cardinality,
  type Expr,
  firstValue,
  type Lock,
  type LockPlace,
  type MachineProcess,
  type Process,
} from "../machine.ts";
import { lockType } from "../state.ts";
import { type Builder, count, emit, hold, lookUp, newLocal, require } from "./builder.ts";
import { both } from "./compare.ts";
import { add, and, binary, constant, local, ONE, or, subtract, ZERO } from "./fold.ts";
import { literalValue, ordinalOfValue } from "./literal.ts";
import { ordinalOf } from "./ordinal.ts";
import type { FlatExpr, FlatState } from "./program.ts";
import { type ExprOf, number, type Scope, value } from "./scope.ts";
import {
  elementOf,
  type FlatValue,
  fieldOf,
  inSet,
  type Location,
  scalar,
  valueAt,
} from "./value.ts";

type ProcessExpr = ExprOf<
  "instance" | "done" | "located" | "process-variable" | "taken" | "taken-action"
>;

/** The value of an expression about a process. */
export function processValue(scope: Scope, expr: ProcessExpr): FlatValue {
  const { b } = scope;
  if (expr.kind === "taken-action") {
    const action = b.machine.actions.findIndex((candidate) => candidate.action === expr.action);
    const mover = constant(b.machine.instances.length + action);
    return scalar(expr.type, binary("==", { kind: "mover" }, mover));
  }
  const { machine, stored } = processOf(b, expr.process);
  const position = instancePosition(scope, expr, machine, stored);
  switch (expr.kind) {
    case "instance":
      return scalar(expr.members, add(position, constant(stored.first)));
    case "done":
      return scalar(
        expr.type,
        binary(
          "==",
          locationAt(stored, position, scope.processes),
          constant(machine.locations.length - 1),
        ),
      );
    case "located":
      return scalar(
        expr.type,
        standsAt(b, machine, locationAt(stored, position, scope.processes), expr.locations),
      );
    case "process-variable": {
      const found = [...stored.locals].find(([candidate]) => candidate.name === expr.local.name);
      if (found === undefined) return literalValue(b, expr.local.type, firstValue(expr.local.type));
      return valueAt(b, {
        kind: "stored",
        type: found[0].type,
        stored: found[1],
        index: position,
        state: scope.processes,
      });
    }
    case "taken": {
      const moved = binary("==", { kind: "mover" }, add(position, constant(stored.first)));
      const { at } = expr;
      return scalar(expr.type, at === null ? moved : both(b, moved, () => number(scope, at)));
    }
    default:
      return expr satisfies never;
  }
}

/** The machine's form of a process, and where it is stored. */
export function processOf(
  b: Builder,
  process: Process,
): { readonly machine: MachineProcess; readonly stored: StoredProcess } {
  const position = b.machine.processes.findIndex((candidate) => candidate.process === process);
  const [machine, stored] = [b.machine.processes[position], b.layout.processes[position]];
  if (machine === undefined || stored === undefined) throw new Error(`no process ${process.name}`);
  return { machine, stored };
}

/** The location at which an instance stands. */
export function locationAt(stored: StoredProcess, position: FlatExpr, state: FlatState): FlatExpr {
  if (stored.location.bits === 0) return ZERO;
  return { kind: "read", item: stored.location.id, index: position, state };
}

/** Is a location one of these? One, a run, or a row of bits. */
export function standsAt(
  b: Builder,
  process: MachineProcess,
  location: FlatExpr,
  among: ReadonlySet<number>,
): FlatExpr {
  const ids = process.locations.map(({ id }) => id).filter((id) => among.has(id));
  const [first = 0, last = 0] = [ids[0], ids.at(-1)];
  if (ids.length === 0) return ZERO;
  if (ids.length === 1) return binary("==", location, constant(first));
  const held = hold(b, location, "at");
  if (last - first + 1 === ids.length) {
    return and(binary(">=", held, constant(first)), binary("<=", held, constant(last)));
  }
  if (ids.length <= 4)
    return ids.reduce<FlatExpr>((any, id) => or(any, binary("==", held, constant(id))), ZERO);
  return lookUp(
    b,
    process.locations.map(({ id }) => Number(among.has(id))),
    held,
  );
}

/** The position of an instance among those of its process; no such instance is the fault `index`. */
function instancePosition(
  scope: Scope,
  expr: Exclude<ProcessExpr, ExprOf<"taken-action">>,
  machine: MachineProcess,
  stored: StoredProcess,
): FlatExpr {
  const { index } = expr.process;
  if (index === null || expr.index === null) return ZERO;
  const { b } = scope;
  const { type } = machine.index ?? index.local;
  const { inside, ordinal } = ordinalOf(b, value(scope, expr.index), type);
  const positions = new Array<number>(cardinality(type)).fill(-1);
  index.values.forEach((one, position) => {
    positions[ordinalOfValue(type, one)] = position;
  });
  if (positions.every((position, at) => position === at)) {
    const held = hold(b, ordinal, "k");
    require(b, inside, "index", expr.span);
    return held;
  }
  const found = newLocal(b, "k");
  emit(b, { kind: "set", local: found, value: constant(-1) });
  const known = both(b, inside, () => {
    emit(b, {
      kind: "set",
      local: found,
      value: lookUp(b, positions, hold(b, ordinal, "ordinal")),
    });
    return binary(">=", local(found), ZERO);
  });
  require(b, known, "index", expr.span);
  return stored.count === 0 ? ZERO : local(found);
}

// ---------------------------------------------------------------- locks

/** One lock of the machine: where its owner and readers are, and its number among all locks of its declaration. */
export interface LockAt {
  readonly lock: Lock;
  readonly location: Location;
  readonly position: FlatExpr;
}

/** The lock that a place denotes; an index without such a lock is the fault `index`. */
export function lockAt(scope: Scope, place: LockPlace): LockAt {
  const { b } = scope;
  const ordinals = place.indices.map((index, depth) => {
    const key = place.lock.keys[depth];
    if (key === undefined) throw new Error(`${place.lock.name} has fewer keys`);
    const { inside, ordinal } = ordinalOf(b, value(scope, index), key);
    return {
      inside: inside.kind === "const" ? inside : hold(b, inside, "inside"),
      ordinal: hold(b, ordinal, "key"),
    };
  });
  require(b, ordinals.reduce<FlatExpr>(
    (all, { inside }) => and(all, inside),
    ONE,
  ), "index", place.span);
  return lockBy(
    scope.b,
    place.lock,
    ordinals.map(({ ordinal }) => ordinal),
    scope.state,
  );
}

/** The lock with these key positions. */
export function lockBy(
  b: Builder,
  lock: Lock,
  keys: readonly FlatExpr[],
  state: FlatState,
): LockAt {
  const stored = b.layout.locks.get(lock);
  if (stored === undefined) throw new Error(`no lock ${lock.name}`);
  let location: Location = {
    kind: "stored",
    type: lockType(b.machine, lock),
    stored,
    index: ZERO,
    state,
  };
  for (const key of keys) location = elementOf(location, key);
  const position = hold(b, location.kind === "stored" ? location.index : ZERO, "lock");
  return { lock, location: { ...location, index: position } as Location, position };
}

/** 0 or 1 + the instance that owns it (of an rwsem: that holds it for writing). */
export function ownerOf(b: Builder, { lock, location }: LockAt): FlatExpr {
  const owner = valueAt(b, lock.class === "rwsem" ? fieldOf(location, "writer") : location);
  if (owner.kind !== "scalar") throw new Error("an owner is one number");
  return owner.value;
}

export function readersOf(b: Builder, { location }: LockAt): FlatValue {
  return valueAt(b, fieldOf(location, "readers"));
}

/** Does this instance hold the lock, in any mode? */
export function heldBy(b: Builder, at: LockAt, instance: FlatExpr): FlatExpr {
  const owns = binary("==", ownerOf(b, at), add(instance, ONE));
  return at.lock.class === "rwsem" ? or(owns, inSet(b, readersOf(b, at), instance)) : owns;
}

/** Has the lock readers? */
export function hasReaders(b: Builder, at: LockAt): FlatExpr {
  const readers = readersOf(b, at);
  if (readers.kind === "scalar") return binary("!=", readers.value, ZERO);
  const any = newLocal(b, "any");
  emit(b, { kind: "set", local: any, value: ZERO });
  count(b, "o", ZERO, constant(b.machine.instances.length), (o) => {
    emit(b, { kind: "set", local: any, value: or(local(any), inSet(b, readers, o)) });
  });
  return local(any);
}

/** `holder(l)` or `held(l)`. */
export function lockValue(scope: Scope, expr: ExprOf<"holder" | "held">): FlatValue {
  const { b } = scope;
  const at = lockAt(scope, expr.lock);
  if (expr.kind === "holder") return scalar(expr.type, ownerOf(b, at));
  if (expr.by !== null)
    return scalar(expr.type, heldBy(b, at, hold(b, processNumber(scope, expr.by), "by")));
  const owned = binary("!=", ownerOf(b, at), ZERO);
  return scalar(expr.type, at.lock.class === "rwsem" ? or(owned, hasReaders(b, at)) : owned);
}

/** The global number of a process value; null gives -1, which holds nothing. */
function processNumber(scope: Scope, expr: Expr): FlatExpr {
  const by = number(scope, expr);
  return expr.type.kind === "option" ? subtract(by, ONE) : by;
}
