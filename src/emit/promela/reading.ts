// How the parts of a state are read in Promela: places with their types as symbolic values.

import type { Local, Lock, Type } from "../../machine/machine.ts";
import { ordinal } from "../scalar/ordinal.ts";
import type { PlaceText, Scalar, ScalarType } from "../scalar/scalar.ts";
import { add, and, eq, not, number, or, select } from "../scalar/scalar-build.ts";
import type { Notions } from "../scalar/scope.ts";
import type { LockSymbolic, Reading, Symbolic, Who } from "../scalar/symbolic.ts";
import { option, scalar, scalarOf } from "../scalar/symbolic-build.ts";
import { guarded } from "../scalar/symbolic-fits.ts";
import { isScalarType } from "../scalar/symbolic-values.ts";
import {
  type Layout,
  LOCK,
  locationType,
  lockType,
  ofInstances,
  type ProcessLayout,
  pidOf,
  processLayout,
} from "./layout.ts";
import { elementRange, FIELDS, keyRange, lengthType, nullCode, slotOf } from "./shapes.ts";

/** A place of the translation and the type of what it holds. */
export interface Stored {
  readonly place: PlaceText;
  readonly type: Type;
}

/** What all of one translation share. */
export interface Translating {
  readonly layout: Layout;
  readonly notions: Notions;
}

const BOOL: ScalarType = { kind: "bool" };

export const part = {
  /** A field of a record, by its name in the spec. */
  field: ({ shapes }: Layout, place: PlaceText, name: string): PlaceText => [
    ...place,
    `.${shapes.field(name)}`,
  ],
  slot: (place: PlaceText, slot: Scalar): PlaceText => [...place, "[", slot, "]"],
};

/** Is this array's element an array itself, which Promela keeps in a typedef of its own? */
function inRows(of: Type): boolean {
  return of.kind === "array" || of.kind === "set";
}

/** The place of an array's element. */
export function elementPlace(
  layout: Layout,
  place: PlaceText,
  type: Extract<Type, { readonly kind: "array" }>,
  key: Scalar,
): PlaceText {
  const slot = part.slot(place, slotOf(key, keyRange(type.key)));
  return inRows(type.of) ? part.field(layout, slot, FIELDS.row) : slot;
}

/** The place of a sequence's item. */
export function itemPlace(layout: Layout, place: PlaceText, of: Type, index: Scalar): PlaceText {
  const slot = part.slot(part.field(layout, place, FIELDS.item), index);
  return inRows(of) ? part.field(layout, slot, FIELDS.row) : slot;
}

/** The flag of a set's element. */
export function flagPlace(
  { notions }: Translating,
  place: PlaceText,
  of: Type,
  element: Symbolic,
): PlaceText {
  const index = isScalarType(of) ? scalarOf(element) : ordinal(notions, element, of);
  return part.slot(place, slotOf(index, elementRange(of)));
}

/** What a place holds. */
export function readPlace(translating: Translating, { place, type }: Stored): Symbolic {
  return guarded(translating.notions, readParts(translating, place, type), type);
}

function readParts(translating: Translating, place: PlaceText, type: Type): Symbolic {
  const { layout } = translating;
  switch (type.kind) {
    case "bool":
    case "range":
    case "enum":
      return scalar({ kind: "read", place, type });
    case "process":
      throw new Error("a process kept in a variable");
    case "record":
      return {
        kind: "record",
        field: (name) => {
          const found = type.fields.find((field) => field.name === name);
          if (found === undefined) throw new Error(`no field ${name}`);
          return readParts(translating, part.field(layout, place, name), found.type);
        },
      };
    case "array":
      return {
        kind: "array",
        at: (key) => readParts(translating, elementPlace(layout, place, type, key), type.of),
      };
    case "option": {
      const { of } = type;
      if (isScalarType(of)) {
        const isNull = eq(rawRead(place), number(nullCode(of)));
        return option(isNull, () => scalar({ kind: "read", place, type: of }));
      }
      const some: Scalar = {
        kind: "read",
        place: part.field(layout, place, FIELDS.some),
        type: BOOL,
      };
      return option(not(some), () =>
        readParts(translating, part.field(layout, place, FIELDS.value), of),
      );
    }
    case "set":
      return {
        kind: "set",
        has: (element) => ({
          kind: "read",
          place: flagPlace(translating, place, type.of, element),
          type: BOOL,
        }),
      };
    case "sequence":
      return {
        kind: "sequence",
        length: {
          kind: "read",
          place: part.field(layout, place, FIELDS.length),
          type: lengthType(type.upto),
        },
        at: (index) => readParts(translating, itemPlace(layout, place, type.of, index), type.of),
      };
    default:
      return type satisfies never;
  }
}

const ANY_NUMBER: ScalarType = {
  kind: "range",
  lo: Number.NEGATIVE_INFINITY,
  hi: Number.POSITIVE_INFINITY,
  name: null,
  symmetric: false,
};

/** The number at a place, whatever it stands for. */
export function rawRead(place: PlaceText): Scalar {
  return { kind: "read", place, type: ANY_NUMBER };
}

// ---------------------------------------------------------------- processes and locks

/** A variable that each instance of a process has. */
export function instancePlace(
  layout: Layout,
  process: ProcessLayout,
  name: string,
  type: Type,
  { index }: Who,
): PlaceText {
  const whole = ofInstances(process, type);
  if (whole.kind !== "array" || process.index === null || index === null) return [name];
  return elementPlace(layout, [name], whole, index);
}

/** The number of an instance; `_pid` in the proctype's own text. */
export function pidScalar(layout: Layout, { process, index }: Who): Scalar {
  const { index: own, firstPid } = processLayout(layout, process);
  const itself: Scalar = { kind: "read", place: ["_pid"], type: layout.pidType };
  if (own === null || index === null) return layout.inside === process ? itself : number(firstPid);
  if (index.kind === "read" && index.place.length === 1 && index.place[0] === own.name) {
    return itself;
  }
  const literalOf = (value: Scalar): number | null => {
    if (value.kind === "number" || value.kind === "boolean")
      return pidOf(layout, process, value.value);
    return value.kind === "member" ? pidOf(layout, process, value.member) : null;
  };
  const known = literalOf(index);
  if (known !== null) return number(known);
  const [first] = own.values;
  const numbered = own.values.every(
    (value, position) =>
      typeof value === "number" && typeof first === "number" && value === first + position,
  );
  if (numbered && typeof first === "number") return add(index, number(firstPid - first));
  return own.values
    .map((value, position) => ({ value, pid: number(firstPid + position) }))
    .reduceRight<Scalar>(
      (rest, { value, pid }) => select(isIndex(value, index, own.type), pid, rest),
      number(firstPid),
    );
}

function isIndex(value: unknown, index: Scalar, type: ScalarType): Scalar {
  if (typeof value === "number") return eq(index, number(value));
  if (typeof value === "boolean") return value ? index : not(index);
  return eq(index, { kind: "member", type, member: String(value) });
}

/** Where a lock is kept. */
export function lockPlace(layout: Layout, lock: Lock, keys: readonly Scalar[]): Stored {
  let place: PlaceText = [layout.locks.get(lock) ?? lock.name];
  let type = lockType(layout, lock);
  for (const key of keys) {
    if (type.kind !== "array") break;
    place = elementPlace(layout, place, type, key);
    type = type.of;
  }
  return { place, type };
}

/** Where a lock keeps the number of its owner. */
export function ownerPlace(layout: Layout, lock: Lock, keys: readonly Scalar[]): PlaceText {
  const { place } = lockPlace(layout, lock, keys);
  return lock.class === "rwsem" ? part.field(layout, place, LOCK.writer) : place;
}

/** The flag of a reader. */
export function readerPlace(
  layout: Layout,
  lock: Lock,
  keys: readonly Scalar[],
  pid: Scalar,
): PlaceText {
  const { place } = lockPlace(layout, lock, keys);
  return part.slot(part.field(layout, place, LOCK.reader), pid);
}

function readLock(layout: Layout, lock: Lock, keys: readonly Scalar[]): LockSymbolic {
  const owner: Scalar = {
    kind: "read",
    place: ownerPlace(layout, lock, keys),
    type: layout.pidType,
  };
  const flag = (pid: Scalar): Scalar => ({
    kind: "read",
    place: readerPlace(layout, lock, keys, pid),
    type: BOOL,
  });
  const unowned = eq(owner, number(0));
  const shared = lock.class === "rwsem";
  const readers = layout.machine.instances.map(({ id }) => flag(number(id + 1)));
  return {
    free: shared ? and(unowned, ...readers.map(not)) : unowned,
    owned: not(unowned),
    ownedBy: (who) => eq(owner, pidScalar(layout, who)),
    readBy: (who) => (shared ? flag(pidScalar(layout, who)) : { kind: "boolean", value: false }),
  };
}

/** Does a process stand at one of these locations? */
function located(layout: Layout, who: Who, locations: ReadonlySet<number>): Scalar {
  const process = processLayout(layout, who.process);
  const place = instancePlace(layout, process, process.at, locationType(process), who);
  const at = (name: string): Scalar => eq(rawRead(place), rawRead([name]));
  const some = (wanted: boolean): readonly Scalar[] =>
    process.locations.filter((_, id) => locations.has(id) === wanted).map(at);
  const [inside, outside] = [some(true), some(false)];
  return inside.length <= outside.length ? or(...inside) : and(...outside.map(not));
}

/** The state as Promela holds it; `local` reads the locals of the step. */
export function stateReading(translating: Translating, local: (local: Local) => Symbolic): Reading {
  const { layout } = translating;
  return {
    variable: (variable) =>
      readPlace(translating, {
        place: [layout.variables.get(variable) ?? variable.name],
        type: variable.type,
      }),
    local,
    lock: (lock, keys) => readLock(layout, lock, keys),
    at: (who, locations) => located(layout, who, locations),
    processVariable: (who, stored) => {
      const process = processLayout(layout, who.process);
      const name = process.stored.get(stored);
      if (name === undefined) throw new Error(`not part of the state: ${stored.name}`);
      const place = instancePlace(layout, process, name, stored.type, who);
      return readPlace(translating, { place, type: stored.type });
    },
  };
}
