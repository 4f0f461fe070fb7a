// Where sorting is all that it takes to find the state that stands for others: every value has a key of a few words that says
// all there is to say of it, and sorting the keys puts every state of an orbit into the same form.
//
// It is so if no field mentions symmetric types twice, in what it is indexed by and in what stands in it: no value then
// refers to another. Bošnački, Dams and Holenderski, "Symmetric Spin", STTT 4, 2002, call such states separated.

import { cardinality, type Type } from "../machine.ts";
import type { Bits, Cell, Family, Guard } from "./families.ts";
import { positionOf, type Symmetry } from "./permutations.ts";

/** For each symmetric type how its values are sorted, one type after the other. */
export type SortPlan = readonly TypeSorting[];

export interface TypeSorting {
  /** How many values there are. */
  readonly size: number;
  /** Words of a key; compared as numbers with a sign, the first word first. */
  readonly keyWords: number;
  readonly own: readonly OwnField[];
  readonly naming: readonly NamingField[];
}

/** A part of a key. */
interface KeyPart {
  readonly keyWord: number;
  readonly keyShift: number;
}

/** Something that each value has for itself. */
export interface OwnField extends KeyPart {
  /** By value. */
  readonly cells: readonly Bits[];
}

/** A field in which one of the values may stand: one bit of each value's key says whether it is that value. */
export interface NamingField extends KeyPart {
  readonly bits: Bits;
  /** The number that stands for the first value; those of the others follow. */
  readonly first: number;
  readonly guards: readonly Guard[];
}

/** How the values of all types are sorted; null where sorting is not enough. */
export function sortPlan(symmetry: Symmetry, families: readonly Family[]): SortPlan | null {
  const growing = symmetry.types.map(({ size }) => new Growing(size));
  for (const family of families) {
    const mentioned =
      family.content.kind === "data"
        ? ownFields(family, growing)
        : family.types.length === 0 && namingFields(symmetry, family, growing);
    if (!mentioned) return null;
  }
  return growing.map((one) => one.sorting());
}

class Growing {
  private readonly size: number;
  private readonly own: OwnField[] = [];
  private readonly naming: NamingField[] = [];
  /** Bits used of each word of the keys. */
  private readonly used: number[] = [];

  constructor(size: number) {
    this.size = size;
  }

  addOwn(cells: readonly Bits[]): void {
    const [first] = cells;
    if (first !== undefined) this.own.push({ ...this.place(widthOf(first)), cells });
  }

  addNaming(bits: Bits, first: number, guards: readonly Guard[]): void {
    this.naming.push({ ...this.place(1), bits, first, guards });
  }

  sorting(): TypeSorting {
    const { size, used, own, naming } = this;
    return { size, keyWords: used.length, own, naming };
  }

  private place(bits: number): KeyPart {
    const fitting = this.used.findIndex((used) => used + bits <= 32);
    const keyWord = fitting < 0 ? this.used.push(0) - 1 : fitting;
    const keyShift = this.used[keyWord] as number;
    this.used[keyWord] = keyShift + bits;
    return { keyWord, keyShift };
  }
}

function widthOf({ mask }: Bits): number {
  return 32 - Math.clz32(mask);
}

function ownFields({ types, cells }: Family, growing: readonly Growing[]): boolean {
  const [type, ...more] = types;
  if (type === undefined || more.length > 0) return false;
  for (const part of cells[0]?.bits.keys() ?? [])
    growing[type]?.addOwn(cells.map(({ bits }) => bits[part] as Bits));
  return true;
}

/** False if something stands in the field's cells that is more than one value, or sets of such. */
function namingFields(
  symmetry: Symmetry,
  { cells, content }: Family,
  growing: readonly Growing[],
): boolean {
  if (content.kind === "data") return false;
  const named = namedBy(symmetry, content.kind === "set" ? content.of : content.type);
  if (named === null) return false;
  for (const cell of cells) {
    for (const { type, first } of named) {
      const of = growing[type];
      if (content.kind === "set")
        of?.addOwn(elements(cell, first, symmetry.types[type]?.size ?? 0));
      else of?.addNaming(cell.bits[0] as Bits, first, cell.guards);
    }
  }
  return true;
}

/** The bits that say whether elements are in a set: of so many elements, from this one on. */
function elements({ bits }: Cell, first: number, count: number): readonly Bits[] {
  return Array.from({ length: count }, (_, at) => {
    const { word, shift } = bits[(first + at) >>> 5] as Bits;
    return { word, shift: shift + ((first + at) & 31), mask: 1 };
  });
}

interface NamedType {
  readonly type: number;
  readonly first: number;
}

/** Which ordinals of a type stand for values of symmetric types, those of each one behind the other; null if one may mention several. */
function namedBy(symmetry: Symmetry, type: Type): readonly NamedType[] | null {
  if (type.kind === "option") {
    return namedBy(symmetry, type.of)?.map((one) => ({ ...one, first: one.first + 1 })) ?? null;
  }
  if (type.kind === "process") {
    const { indexedBy, indexValue } = symmetry;
    return Array.from({ length: cardinality(type) }, (_, id) => id)
      .filter((id) => (indexedBy[id] as number) >= 0 && indexValue[id] === 0)
      .map((id) => ({ type: indexedBy[id] as number, first: id }));
  }
  const position = positionOf(symmetry.types, type);
  return position < 0 ? null : [{ type: position, first: 0 }];
}
