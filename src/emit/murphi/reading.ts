// How the parts of a Murphi state are read: places with their types as symbolic values.

import type { Local, Lock, Process, Type } from "../../machine/machine.ts";
import type { PlaceText, Scalar, ScalarType } from "../scalar/scalar.ts";
import { and, boolean, not, or } from "../scalar/scalar-build.ts";
import type { LockSymbolic, Reading, Symbolic, Who } from "../scalar/symbolic.ts";
import { isScalarType, scalarLiteral } from "../scalar/symbolic-values.ts";
import { indicesOf } from "./axes.ts";
import {
  fieldName,
  type Layout,
  OPTION,
  type OwnerLayout,
  ownerField,
  type ProcessLayout,
  SEQUENCE,
} from "./layout.ts";

const BOOL: ScalarType = { kind: "bool" };

const flag = (...place: PlaceText): Scalar => ({ kind: "read", place, type: BOOL });

/** Does a place hold the member of an enum that only the translation knows? */
const holds = (place: PlaceText, name: string): Scalar => ({
  kind: "binary",
  operator: "==",
  left: flag(...place),
  right: flag(name),
});

/** The place of a part. */
export const part = {
  field: (place: PlaceText, name: string): PlaceText => [...place, `.${name}`],
  index: (place: PlaceText, index: Scalar): PlaceText => [...place, "[", index, "]"],
};

/** What a place of this type holds. */
export function readPlace(layout: Layout, place: PlaceText, type: Type): Symbolic {
  switch (type.kind) {
    case "bool":
    case "range":
    case "enum":
      return { kind: "scalar", scalar: { kind: "read", place, type } };
    case "process":
      throw new Error("a process kept in a variable");
    case "record":
      return {
        kind: "record",
        field: (name) => {
          const found = type.fields.find((field) => field.name === name);
          if (found === undefined) throw new Error(`no field ${name}`);
          return readPlace(layout, part.field(place, fieldName(name)), found.type);
        },
      };
    case "array":
      return { kind: "array", at: (key) => readPlace(layout, part.index(place, key), type.of) };
    case "option":
      return isScalarType(type.of)
        ? {
            kind: "option",
            isNull: flag("isundefined(", ...place, ")"),
            value: readPlace(layout, place, type.of),
          }
        : {
            kind: "option",
            isNull: not(flag(...part.field(place, OPTION.some))),
            value: readPlace(layout, part.field(place, OPTION.value), type.of),
          };
    case "set":
      return {
        kind: "set",
        has: (element) =>
          flag(...indicesOf(layout.plain, element, type.of).reduce(part.index, place)),
      };
    case "sequence":
      return {
        kind: "sequence",
        length: {
          kind: "read",
          place: part.field(place, SEQUENCE.length),
          type: { kind: "range", lo: 0, hi: type.upto, name: null, symmetric: false },
        },
        at: (index) =>
          readPlace(layout, part.index(part.field(place, SEQUENCE.items), index), type.of),
      };
    default:
      return type satisfies never;
  }
}

// ---------------------------------------------------------------- processes and locks

/** A place of a process instance: its variable, or the element of its index. */
export function ofProcess(name: string, { index }: Who): PlaceText {
  return index === null ? [name] : part.index([name], index);
}

export function processLayout(layout: Layout, process: Process): ProcessLayout {
  const found = layout.processes.get(process);
  if (found === undefined) throw new Error(`no such process: ${process.name}`);
  return found;
}

/** Where a lock keeps its owner (a reader-writer lock: its writer). */
export function lockPlace(layout: Layout, lock: Lock, keys: readonly Scalar[]): PlaceText {
  return keys.reduce<PlaceText>(part.index, [layout.names.get(lock.name) ?? lock.name]);
}

/** Is the owner that is kept at a place this process? */
function isOwner(layout: Layout, owner: OwnerLayout, place: PlaceText, who: Who): Scalar {
  const process = processLayout(layout, who.process);
  if (owner.fields.length === 0) return holds(place, process.owner);
  const same = holds(part.field(place, "process"), process.owner);
  if (who.index === null || process.index === null) return same;
  const field = part.field(place, ownerField(owner, process.index.type));
  return and(same, sameIndex(readPlace(layout, field, process.index.type), who.index));
}

function sameIndex(kept: Symbolic, index: Scalar): Scalar {
  if (kept.kind !== "scalar") throw new Error("an index that is no scalar");
  return { kind: "binary", operator: "==", left: kept.scalar, right: index };
}

/** Readers of a reader-writer lock: a flag for each process instance. */
export function readerPlace(layout: Layout, lock: PlaceText, who: Who): PlaceText {
  const process = processLayout(layout, who.process);
  const field = part.field(part.field(lock, "readers"), process.owner);
  return who.index === null ? field : part.index(field, who.index);
}

export function readLock(layout: Layout, lock: Lock, keys: readonly Scalar[]): LockSymbolic {
  const { owner } = layout;
  if (owner === null) throw new Error("a lock without owners");
  const place = lockPlace(layout, lock, keys);
  const reading = lock.class === "rwsem";
  const writer = reading ? part.field(place, "writer") : place;
  const name = owner.fields.length === 0 ? writer : part.field(writer, "process");
  const unowned = holds(name, owner.nobody);
  const readers = [...layout.processes.values()].flatMap((process) =>
    anyReader(layout, place, process),
  );
  return {
    free: reading ? and(unowned, ...readers.map(not)) : unowned,
    owned: not(unowned),
    ownedBy: (who) => isOwner(layout, owner, writer, who),
    readBy: (who) => (reading ? flag(...readerPlace(layout, place, who)) : boolean(false)),
  };
}

function anyReader(
  layout: Layout,
  lock: PlaceText,
  { owner, process, index }: ProcessLayout,
): readonly Scalar[] {
  const field = part.field(part.field(lock, "readers"), owner);
  if (index === null || process.process.index === null) return [flag(...field)];
  if (!isScalarType(index.type)) throw new Error("an index that is no scalar");
  if (index.all) {
    const bound = { name: process.index?.name ?? "p", type: index.type };
    const body = flag(...part.index(field, { kind: "bound", bound }));
    return [{ kind: "quantifier", quantifier: "exists", bound, body }];
  }
  const { type } = index;
  const flags = process.process.index.values.map((value) =>
    flag(...part.index(field, scalarLiteral(layout.plain, value, type))),
  );
  return [or(...flags)];
}

/** The state as Murphi holds it; `local` reads what stands in the rule. */
export function stateReading(layout: Layout, local: (local: Local) => Symbolic): Reading {
  return readingAt(layout, local, (name) => name);
}

/** The same over variables of other names, such as copies of an earlier state. */
export function readingAt(
  layout: Layout,
  local: (local: Local) => Symbolic,
  renamed: (name: string) => string,
): Reading {
  const at = (who: Who): PlaceText =>
    ofProcess(renamed(processLayout(layout, who.process).at), who);
  return {
    variable: (variable) =>
      readPlace(layout, [renamed(layout.names.get(variable.name) ?? variable.name)], variable.type),
    local,
    lock: (lock, keys) => readLock(withName(layout, lock, renamed), lock, keys),
    at: (who, locations) => {
      const process = processLayout(layout, who.process);
      const some = (wanted: boolean): readonly Scalar[] =>
        process.locations
          .filter((_, id) => locations.has(id) === wanted)
          .map((name) => holds(at(who), name));
      const inside = some(true);
      const outside = some(false);
      return inside.length <= outside.length ? or(...inside) : and(...outside.map(not));
    },
    processVariable: (who, stored) => {
      const name = processLayout(layout, who.process).stored.get(stored);
      if (name === undefined) throw new Error(`not part of the state: ${stored.name}`);
      return readPlace(layout, ofProcess(renamed(name), who), stored.type);
    },
  };
}

function withName(layout: Layout, lock: Lock, renamed: (name: string) => string): Layout {
  const name = layout.names.get(lock.name) ?? lock.name;
  if (renamed(name) === name) return layout;
  return { ...layout, names: new Map(layout.names).set(lock.name, renamed(name)) };
}
