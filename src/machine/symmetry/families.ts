// The fields of a packed state, ordered by the values of symmetric types that they belong to.
//
// A family is a field of one kind, once for each value (or for each tuple of values) of the symmetric types that index it: `pmd` of
// each `Mm`, the location of each `zapper[m]`. A permutation moves what stands in one cell of a family to another, and
// renames values of symmetric types, and process instances, that stand in it. A field that is indexed by none is a family of one cell.

import { analyseLiveness } from "../dead-variables.ts";
import { type Item, type Layout, type Stored, WORD_BITS } from "../layout.ts";
import type { Machine, MachineLocal, Type } from "../machine.ts";
import { lockType } from "../state.ts";
import { isMoved, positionOf, type Symmetry } from "./permutations.ts";

/** Where some bits lie in a state. */
export interface Bits {
  readonly word: number;
  readonly shift: number;
  /** All ones, as wide as the field, not shifted. */
  readonly mask: number;
}

export interface Cell {
  /** One, but for sets of more than 32 elements. */
  readonly bits: readonly Bits[];
  /** The values that it belongs to, one for each of the family's types. */
  readonly values: readonly number[];
  /** All of them must hold for what stands there to mean anything; otherwise it is 0 and stays 0. */
  readonly guards: readonly Guard[];
}

export type Guard =
  | { readonly kind: "at-least"; readonly bits: Bits; readonly least: number }
  /** 1 for each number that will do. */
  | { readonly kind: "one-of"; readonly bits: Bits; readonly allowed: Uint8Array };

/** What stands in the cells of a family. */
export type Content =
  /** Nothing that a permutation renames. */
  | { readonly kind: "data" }
  /** An ordinal of the type. */
  | { readonly kind: "value"; readonly type: Type }
  /** One bit for each element. */
  | { readonly kind: "set"; readonly of: Type };

export interface Family {
  /** For readers: `pmd`, `zapper.at`. */
  readonly name: string;
  /** Positions of the symmetric types that index it. */
  readonly types: readonly number[];
  /** In the order of the values, the last type's fastest. */
  readonly cells: readonly Cell[];
  readonly content: Content;
}

/** What the walk through a stored value knows of where it is. */
interface At {
  readonly name: string;
  readonly index: number;
  readonly types: readonly number[];
  readonly values: readonly number[];
  readonly guards: readonly Guard[];
}

interface Growing extends Family {
  readonly cells: Cell[];
}

/** All families of a machine's states; those without types and of plain data, which no permutation touches, are left out. */
export function familiesOf(
  machine: Machine,
  layout: Layout,
  symmetry: Symmetry,
): readonly Family[] {
  const families = new Map<string, Growing>();

  function add(at: At, content: Content, bits: readonly Bits[]): void {
    const { name, types, values, guards } = at;
    if (types.length === 0 && content.kind === "data") return;
    const family = families.get(name) ?? { name, types, cells: [], content };
    families.set(name, family);
    family.cells.push({ bits, values, guards });
  }

  function visit(stored: Stored, type: Type, at: At): void {
    if (stored.kind === "scalar") {
      if (stored.item.bits === 0) return;
      return add(at, contentOf(symmetry, type), [bitsAt(stored.item, at.index)]);
    }
    if (stored.kind === "option" && type.kind === "option") {
      const flag = bitsAt(stored.flag, at.index);
      add({ ...at, name: `${at.name}?` }, { kind: "data" }, [flag]);
      const guards = [...at.guards, { kind: "at-least", bits: flag, least: 1 } as const];
      return visit(stored.of, type.of, { ...at, guards });
    }
    if (stored.kind === "record" && type.kind === "record") {
      stored.fields.forEach(({ name, of }, position) => {
        const field = type.fields[position]?.type as Type;
        visit(of, field, { ...at, name: `${at.name}.${name}` });
      });
      return;
    }
    if (stored.kind === "array" && type.kind === "array") {
      for (let key = 0; key < stored.count; key += 1)
        visit(stored.of, type.of, keyed(symmetry, at, type.key, stored.count, key));
      return;
    }
    if (stored.kind === "set" && type.kind === "set") {
      const { wholeWords, whole, rest } = stored;
      const words = Array.from({ length: wholeWords }, (_, word) =>
        bitsAt(whole, at.index * wholeWords + word),
      );
      const last = rest.bits === 0 ? [] : [bitsAt(rest, at.index)];
      return add(at, setOf(symmetry, type.of), [...words, ...last]);
    }
    if (stored.kind === "sequence" && type.kind === "sequence") {
      const length = bitsAt(stored.length, at.index);
      if (stored.length.bits > 0)
        add({ ...at, name: `${at.name}.length` }, { kind: "data" }, [length]);
      for (let element = 0; element < stored.upto; element += 1) {
        const guards = [
          ...at.guards,
          { kind: "at-least", bits: length, least: element + 1 } as const,
        ];
        const index = at.index * stored.upto + element;
        visit(stored.of, type.of, { ...at, name: `${at.name}.${element}`, index, guards });
      }
      return;
    }
    throw new Error(`a ${type.kind} is not stored as a ${stored.kind}`);
  }

  const root = (name: string): At => ({ name, index: 0, types: [], values: [], guards: [] });
  for (const [variable, stored] of layout.variables)
    visit(stored, variable.type, root(`variable ${variable.name}`));
  for (const [lock, stored] of layout.locks)
    visit(stored, lockType(machine, lock), root(`lock ${lock.name}`));
  machine.processes.forEach((process, position) => {
    const stored = layout.processes[position];
    if (stored === undefined) throw new Error(`${process.name} is not laid out`);
    const alive = aliveAt(process.locations, process.locals);
    for (let instance = 0; instance < stored.count; instance += 1) {
      const here = root(`process ${process.name}`);
      const at =
        process.index === null
          ? here
          : keyed(symmetry, here, process.index.type, stored.count, instance);
      const location = bitsAt(stored.location, instance);
      if (stored.location.bits > 0)
        add({ ...at, name: `${at.name} at` }, { kind: "data" }, [location]);
      for (const [local, of] of stored.locals) {
        const guards: readonly Guard[] =
          stored.location.bits === 0
            ? []
            : [{ kind: "one-of", bits: location, allowed: alive(local) }];
        visit(of, local.type, { ...at, name: `${at.name}.${local.name}`, guards });
      }
    }
  });
  return [...families.values()];
}

/** At which locations a local holds what was assigned to it; elsewhere it was reset, or was never assigned. */
function aliveAt(
  locations: Machine["processes"][number]["locations"],
  locals: readonly MachineLocal[],
): (local: MachineLocal) => Uint8Array {
  const top = locals.filter(({ role }) => role === "top");
  const { atLocation } = analyseLiveness(
    locations.map(({ code }) => code),
    top,
  );
  const done = locations.length - 1;
  return (local) =>
    Uint8Array.from(locations, ({ id }) => (id !== done && atLocation[id]?.has(local) ? 1 : 0));
}

/** One step further into an array, or into the instances of a process. */
function keyed(symmetry: Symmetry, at: At, key: Type, count: number, position: number): At {
  const index = at.index * count + position;
  const type = positionOf(symmetry.types, key);
  if (type < 0) return { ...at, name: `${at.name}[${position}]`, index };
  return {
    ...at,
    name: `${at.name}[]`,
    index,
    types: [...at.types, type],
    values: [...at.values, position],
  };
}

function contentOf(symmetry: Symmetry, type: Type): Content {
  if (type.kind === "set") return setOf(symmetry, type.of);
  return isMoved(symmetry, type) ? { kind: "value", type } : { kind: "data" };
}

function setOf(symmetry: Symmetry, of: Type): Content {
  return isMoved(symmetry, of) ? { kind: "set", of } : { kind: "data" };
}

function bitsAt(item: Item, index: number): Bits {
  return {
    word: item.word + Math.floor(index / item.perWord),
    shift: item.shift + (index % item.perWord) * item.bits,
    mask: item.bits === WORD_BITS ? -1 : (1 << item.bits) - 1,
  };
}
