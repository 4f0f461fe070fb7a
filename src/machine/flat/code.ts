// The code of a step to flat code: ops in order; forks stay forks, loops count their rounds.

import { isScalar, type StoredProcess } from "../layout.ts";
import {
  type Code,
  cardinality,
  type Local,
  type Lock,
  type MachineLocal,
  type MachineProcess,
  type Op,
  type Place,
} from "../machine.ts";
import {
  type Builder,
  branch,
  captured,
  emit,
  fault,
  hold,
  interned,
  lookUp,
  newLocal,
  require,
} from "./builder.ts";
import { assign, converted, located } from "./convert.ts";
import { flattener } from "./expression.ts";
import { add, and, binary, constant, local, not, ONE, ZERO } from "./fold.ts";
import { ordinalOfValue } from "./literal.ts";
import { type Holder, holdsAny, lockOperation, locksHeldIn } from "./lock.ts";
import { ordinalOf, valueAtOrdinal } from "./ordinal.ts";
import type { FlatBlock, FlatExpr, FlatState } from "./program.ts";
import { number, type Scope, value } from "./scope.ts";
import {
  clear,
  elementOf,
  elementType,
  type FlatValue,
  fieldOf,
  fromOrdinal,
  headOf,
  held,
  inSet,
  type Location,
  room,
  scalar,
  valueAt,
} from "./value.ts";

type OpOf<K extends Op["kind"]> = Extract<Op, { readonly kind: K }>;

/** The process whose code it is; null for actions. */
export interface Self {
  readonly process: MachineProcess;
  readonly stored: StoredProcess;
  /** The instance's position among those of its process. */
  readonly position: FlatExpr;
}

interface Run {
  readonly scope: Scope;
  readonly self: Self | null;
  readonly holder: Holder;
  readonly places: Places;
  /** What happens once the process stands at its next location. */
  readonly arrived: () => void;
}

/** Where the locals of a body are: in the state, in scratch, or in a flat local. */
interface Places {
  readonly of: (
    at: Local,
  ) => Location | { readonly kind: "flat"; readonly type: Local["type"]; readonly local: number };
}

/** Flattens the code of a step. */
export function flattenCode(
  b: Builder,
  self: Self | null,
  code: Code,
  mayHold: readonly Lock[],
  processes: FlatState,
  arrived: () => void,
): void {
  const places = placesOf(b, self);
  const scope = scopeOf(b, self, places, processes);
  const instance = self === null ? constant(-1) : add(self.position, constant(self.stored.first));
  const holder = { instance, mayHold: locksHeldIn(code, mayHold, b.machine.locks) };
  block({ scope, self, holder, places, arrived }, code);
}

/** The scope of expressions over the locals of a process, as the state has them. */
export function scopeAt(b: Builder, self: Self): Scope {
  return scopeOf(b, self, placesOf(b, self), "now");
}

function scopeOf(b: Builder, self: Self | null, places: Places, processes: FlatState): Scope {
  return {
    b,
    state: "now",
    processes,
    locals: (at) => localValue(b, self, places, at),
    bindings: new Map(),
    flattener,
  };
}

function placesOf(b: Builder, self: Self | null): Places {
  const known = new Map<Local, ReturnType<Places["of"]>>();
  return {
    of(at) {
      const found = known.get(at);
      if (found !== undefined) return found;
      const stored = self?.stored.locals.get(at as MachineLocal);
      const made: ReturnType<Places["of"]> =
        self !== null && stored !== undefined
          ? { kind: "stored", type: at.type, stored, index: self.position, state: "now" }
          : isScalar(at.type)
            ? { kind: "flat", type: at.type, local: newLocal(b, at.name) }
            : room(b, at.type);
      known.set(at, made);
      return made;
    },
  };
}

function localValue(b: Builder, self: Self | null, places: Places, at: Local): FlatValue {
  if (self !== null && at === self.process.index) return indexValue(b, self, at);
  const place = places.of(at);
  return place.kind === "flat" ? scalar(at.type, local(place.local)) : valueAt(b, place);
}

/** The value of the process index, by the instance's position. */
function indexValue(b: Builder, self: Self, at: Local): FlatValue {
  const values = self.process.process.index?.values ?? [];
  const ordinals = values.map((one) => ordinalOfValue(at.type, one));
  const [first = 0] = ordinals;
  const row = ordinals.every((ordinal, position) => ordinal === first + position);
  const ordinal = row ? add(self.position, constant(first)) : lookUp(b, ordinals, self.position);
  return scalar(at.type, fromOrdinal(at.type, ordinal));
}

function block(run: Run, code: Code): void {
  for (const op of code) perform(run, op);
}

function perform(run: Run, op: Op): void {
  const { scope } = run;
  const { b } = scope;
  switch (op.kind) {
    case "assign":
      return assignPlace(run, op.place, value(scope, op.value));
    case "if":
      return branch(
        b,
        number(scope, op.condition),
        () => block(run, op.then),
        () => block(run, op.otherwise),
      );
    case "loop":
      return loop(run, op);
    case "break":
      return emit(b, { kind: "break", id: loopId(op.loop) });
    case "continue":
      return emit(b, { kind: "continue", id: loopId(op.loop) });
    case "either":
      return either(run, op);
    case "pick":
      return pick(run, op);
    case "await":
      return branch(b, not(number(scope, op.condition)), () => emit(b, { kind: "reject" }));
    case "acquire":
    case "try-acquire":
    case "release":
    case "downgrade":
    case "contract":
      return lockOperation(scope, run.holder, op, (taken) => {
        if (op.kind === "try-acquire") setLocal(run, op.result, scalar({ kind: "bool" }, taken));
      });
    case "assert":
      return branch(b, not(number(scope, op.condition)), () => {
        const { assertion } = op;
        const note = interned(
          b,
          `assert ${assertion}`,
          () => b.notes.push({ kind: "assert", assertion }) - 1,
        );
        emit(b, { kind: "note", note });
      });
    case "cost": {
      const amount = hold(b, number(scope, op.value), "amount");
      if (op.value.type.kind !== "range" || op.value.type.lo < 0) {
        require(b, binary(">=", amount, ZERO), "negative-cost", op.span);
      }
      return emit(b, { kind: "cost", cost: b.machine.costs.indexOf(op.cost), value: amount });
    }
    case "end":
      return branch(b, holdsAny(b, run.holder), () => fault(b, "lock-held-at-end", op.span));
    case "goto":
      return goto(run, op);
    case "stop":
      return emit(b, { kind: "emit" });
    case "fault":
      return fault(b, op.fault, op.span);
    case "branch":
      return emit(b, { kind: "branch", branch: op.branch });
    case "enter":
      // What a call shows in a trace is evaluated, and may fault, whether it is shown or not.
      for (const argument of b.machine.frames[op.frame]?.arguments ?? []) value(scope, argument);
      return;
    case "line":
    case "leave":
      return;
    default:
      return op satisfies never;
  }
}

function assignPlace(run: Run, place: Place, to: FlatValue): void {
  const { b } = run.scope;
  const root = rootOf(run, place);
  if (root.kind === "flat") {
    const { value: number } = converted(b, to, root.type, place.span);
    return emit(b, { kind: "set", local: root.local, value: number });
  }
  let at: Location = root;
  for (const step of place.path) {
    if (step.kind === "field") {
      at = fieldOf(at, step.name);
      continue;
    }
    const index = held(b, value(run.scope, step.index), "index");
    const { inside, ordinal } =
      at.type.kind === "array" ? ordinalOf(b, index, at.type.key) : slotOf(b, at, index);
    require(b, inside, "index", place.span);
    at = elementOf(at, ordinal);
  }
  assign(b, located(held(b, at)), to, place.span);
}

function slotOf(
  b: Builder,
  sequence: Location,
  index: FlatValue,
): { readonly inside: FlatExpr; readonly ordinal: FlatExpr } {
  if (index.kind !== "scalar") throw new Error("a position is a number");
  const natural =
    index.type.kind === "range" && index.type.lo >= 0 ? ONE : binary(">=", index.value, ZERO);
  return {
    inside: and(natural, binary("<", index.value, headOf(b, sequence))),
    ordinal: index.value,
  };
}

function rootOf(run: Run, { root }: Place): ReturnType<Places["of"]> {
  if (root.kind === "local") return run.places.of(root);
  const stored = run.scope.b.layout.variables.get(root);
  if (stored === undefined) throw new Error(`no variable ${root.name}`);
  return { kind: "stored", type: root.type, stored, index: ZERO, state: "now" };
}

function setLocal(run: Run, at: MachineLocal, to: FlatValue): void {
  const { b } = run.scope;
  const place = run.places.of(at);
  if (place.kind !== "flat") return assign(b, place, to, null);
  emit(b, { kind: "set", local: place.local, value: converted(b, to, at.type, null).value });
}

/** Loops of the code, told from the loops that flattening makes. */
function loopId(loop: number): number {
  return -1 - loop;
}

function loop(run: Run, op: OpOf<"loop">): void {
  const { b } = run.scope;
  const round = newLocal(b, "round");
  emit(b, { kind: "set", local: round, value: ZERO });
  const body = captured(b, () => {
    emit(b, { kind: "set", local: round, value: add(local(round), ONE) });
    require(b, binary("<=", local(round), constant(op.limit)), "endless-loop", op.span);
    block(run, op.body);
  });
  emit(b, { kind: "loop", id: loopId(op.id), body });
}

function either(run: Run, op: OpOf<"either">): void {
  const { b } = run.scope;
  const alternative = newLocal(b, "alternative");
  const { length } = op.branches;
  emit(b, {
    kind: "pick",
    local: alternative,
    count: length,
    filter: [],
    accept: ONE,
    none: [{ kind: "reject" }],
  });
  const from = (position: number): FlatBlock => {
    const arm = op.branches[position];
    if (arm === undefined) return [];
    const then = captured(b, () => block(run, arm));
    if (position === length - 1) return then;
    return [
      {
        kind: "if",
        condition: binary("==", local(alternative), constant(position)),
        then,
        otherwise: from(position + 1),
      },
    ];
  };
  for (const statement of from(0)) emit(b, statement);
}

function pick(run: Run, op: OpOf<"pick">): void {
  const { scope } = run;
  const { b } = scope;
  const of = op.set.kind === "type-set" ? op.set.of : elementType(op.set.type);
  const candidates = op.set.kind === "type-set" ? null : snapshot(b, value(scope, op.set));
  const ordinal = newLocal(b, `${op.local.name}_number`);
  const accepted = newLocal(b, "accepted");
  const accept = (to: FlatExpr): void => emit(b, { kind: "set", local: accepted, value: to });
  const take = (): void => setLocal(run, op.local, valueAtOrdinal(b, of, local(ordinal)));
  const none = captured(b, () => {
    if (op.stuck === "fault") fault(b, "atomic-stuck", op.span);
    else emit(b, { kind: "reject" });
  });
  const { where } = op;
  const filter = captured(b, () => {
    if (where === null) return;
    const judge = (): void => {
      take();
      accept(number(scope, where));
    };
    if (candidates === null) return judge();
    accept(ZERO);
    branch(b, inSet(b, candidates, local(ordinal)), judge);
  });
  const plain = candidates === null ? ONE : inSet(b, candidates, local(ordinal));
  emit(b, {
    kind: "pick",
    local: ordinal,
    count: cardinality(of),
    filter,
    accept: where === null ? plain : local(accepted),
    none,
  });
  if (where === null) take();
  block(run, op.body);
}

/** A set that stays as it is while candidates are tried. */
function snapshot(b: Builder, set: FlatValue): FlatValue {
  if (set.kind !== "scalar") return located(held(b, set));
  if (set.value.kind === "const") return set;
  const mask = newLocal(b, "candidates");
  emit(b, { kind: "set", local: mask, value: set.value });
  return { ...set, value: local(mask) };
}

function goto(run: Run, op: OpOf<"goto">): void {
  const { b } = run.scope;
  const { self } = run;
  if (self === null) throw new Error("an action that goes to a location");
  for (const reset of op.resets) {
    const place = run.places.of(reset);
    if (place.kind === "stored") clear(b, place);
  }
  const { location } = self.stored;
  if (location.bits > 0) {
    emit(b, {
      kind: "write",
      item: location.id,
      index: self.position,
      value: constant(op.location),
    });
  }
  run.arrived();
}
