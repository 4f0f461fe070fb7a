// The state that stands for all states that differ from it only by the names of symmetric values: the same one for all of them.
//
// Each value gets a colour that does not depend on names: a hash of what stands in the fields that belong to it and of where it
// stands itself, refined once by the colours of the values around it. Values are sorted by colour. Most ties are between
// values that can be exchanged without changing the state at all; the others are settled by trying their orders, and
// the least state, as words, is taken. A hash that meets another by chance makes a tie, and no mistake.
//
// Sorting: Bošnački, Dams and Holenderski, "Symmetric Spin", STTT 4, 2002. Colours: as in McKay, "Practical graph isomorphism", 1981.

import type { Layout } from "../layout.ts";
import { cardinality, type Machine, type Type } from "../machine.ts";
import { type Cell, type Content, type Family, familiesOf } from "./families.ts";
import {
  identity,
  type Permutation,
  positionOf,
  type Symmetry,
  symmetryOf,
} from "./permutations.ts";
import { hasElement, isMeant, permute, read } from "./permute.ts";
import type { SymmetricType } from "./types.ts";

/**
 * Orders of tied values that are tried. Beyond it (eight tied values or more, none exchangeable) the least state of those
 * tried is taken: always one that differs in names only, but perhaps not the same one for all of these.
 */
const MOST_ORDERS = 5040;

const ROUNDS = 2;

/** Finds the states that stand for others. */
export interface Canonical {
  readonly symmetry: Symmetry;
  readonly families: readonly Family[];
  /** Writes the state that stands for the one at `offset` to the beginning of `into`; answers how it is permuted. */
  apply(words: Int32Array, offset: number, into: Int32Array): Permutation;
}

export function canonicalOf(
  machine: Machine,
  layout: Layout,
  types: readonly SymmetricType[],
): Canonical {
  const symmetry = symmetryOf(machine, types);
  const families = familiesOf(machine, layout, symmetry);
  const sorting = new Sorting(symmetry, families, layout.width);
  return { symmetry, families, apply: (words, offset, into) => sorting.apply(words, offset, into) };
}

class Sorting {
  private readonly symmetry: Symmetry;
  private readonly families: readonly Family[];
  private readonly colours: readonly Int32Array[];
  private readonly next: readonly Int32Array[];
  private readonly trial: Int32Array;

  constructor(symmetry: Symmetry, families: readonly Family[], width: number) {
    this.symmetry = symmetry;
    this.families = families;
    this.colours = symmetry.types.map(({ size }) => new Int32Array(size));
    this.next = symmetry.types.map(({ size }) => new Int32Array(size));
    this.trial = new Int32Array(width);
  }

  apply(words: Int32Array, offset: number, into: Int32Array): Permutation {
    const { symmetry, families, trial } = this;
    this.colour(words, offset);
    const sorted = this.colours.map((colours) =>
      Int32Array.from(colours.keys()).sort(
        (left, right) => (colours[left] as number) - (colours[right] as number) || left - right,
      ),
    );
    let best: Permutation | null = null;
    let tried = 0;
    for (const orders of this.ordersOf(sorted, words, offset)) {
      const permutation = orders.map(positions);
      permute(symmetry, families, permutation, words, offset, trial);
      if (best === null || isLess(trial, into)) {
        into.set(trial);
        best = permutation;
      }
      tried += 1;
      if (tried === MOST_ORDERS) break;
    }
    if (best === null) throw new Error("a state without any order of its values");
    return best;
  }

  /** Orders of the values of all types that colours allow, one of those that give the same state. */
  private *ordersOf(
    sorted: readonly Int32Array[],
    words: Int32Array,
    offset: number,
  ): Generator<readonly Int32Array[]> {
    const classes = sorted.map((_, type) => this.exchangeable(sorted, type, words, offset));
    const orders = sorted.map((order) => order.slice());
    const colours = this.colours;
    /** Fills the orders from a place of a type on. */
    function* fill(
      type: number,
      place: number,
      left: Set<number>,
    ): Generator<readonly Int32Array[]> {
      const order = orders[type];
      const base = sorted[type];
      if (order === undefined || base === undefined) return yield orders;
      if (place === order.length) {
        return yield* fill(type + 1, 0, new Set(sorted[type + 1] ?? []));
      }
      const of = colours[type]?.[base[place] as number];
      const met = new Set<number>();
      for (const value of base) {
        if (!left.has(value) || colours[type]?.[value] !== of) continue;
        const kind = classes[type]?.[value] as number;
        if (met.has(kind)) continue;
        met.add(kind);
        order[place] = value;
        left.delete(value);
        yield* fill(type, place + 1, left);
        left.add(value);
      }
    }
    yield* fill(0, 0, new Set(sorted[0] ?? []));
  }

  /** For each value of a type the first one, in this order, that it can be exchanged with. */
  private exchangeable(
    sorted: readonly Int32Array[],
    type: number,
    words: Int32Array,
    offset: number,
  ): Int32Array {
    const colours = this.colours[type] as Int32Array;
    const classes = new Int32Array(colours.length).fill(-1);
    const firsts: number[] = [];
    for (const value of sorted[type] ?? []) {
      const same = firsts.find(
        (first) =>
          colours[first] === colours[value] && this.exchanges(type, first, value, words, offset),
      );
      if (same === undefined) firsts.push(value);
      classes[value] = same ?? value;
    }
    return classes;
  }

  /** Does exchanging two values leave the state as it is? */
  private exchanges(
    type: number,
    one: number,
    other: number,
    words: Int32Array,
    offset: number,
  ): boolean {
    const { symmetry, families, trial } = this;
    const exchange = identity(symmetry);
    const values = exchange[type] as Int32Array;
    values[one] = other;
    values[other] = one;
    permute(symmetry, families, exchange, words, offset, trial);
    return trial.every((word, at) => word === words[offset + at]);
  }

  private colour(words: Int32Array, offset: number): void {
    const { colours, next } = this;
    for (const of of colours) of.fill(0);
    for (let round = 0; round < ROUNDS; round += 1) {
      colours.forEach((of, type) => {
        next[type]?.set(of);
      });
      this.families.forEach((family, position) => {
        for (const cell of family.cells) this.tint(family, position, cell, words, offset);
      });
      colours.forEach((of, type) => {
        of.set(next[type] as Int32Array);
      });
    }
  }

  /** Adds what a cell says of the values that it belongs to, and of those that stand in it, to their colours. */
  private tint(
    family: Family,
    position: number,
    cell: Cell,
    words: Int32Array,
    offset: number,
  ): void {
    const { types } = family;
    const { colours } = this;
    let hash = mixed(0x9e3779b9, position);
    for (let at = 0; at < types.length; at += 1) {
      hash = mixed(hash, colours[types[at] as number]?.[cell.values[at] as number] as number);
    }
    const named = this.namedIn(family.content, cell, words, offset);
    let content = named.rest;
    for (const { type, value, as } of named.values) {
      const self = types.some((of, at) => of === type && cell.values[at] === value);
      const colour = mixed(mixed(colours[type]?.[value] as number, as), self ? 1 : 0);
      // A sum: which of the elements of a set comes first has no meaning.
      content = (content + mixed(0x2c1b3c6d, colour)) | 0;
      this.add(type, value, mixed(mixed(hash, as), self ? 3 : 2));
    }
    hash = mixed(hash, content);
    for (let at = 0; at < types.length; at += 1) {
      this.add(types[at] as number, cell.values[at] as number, mixed(hash, at));
    }
  }

  private add(type: number, value: number, hash: number): void {
    const next = this.next[type] as Int32Array;
    next[value] = ((next[value] as number) + hash) | 0;
  }

  /** The values of symmetric types that stand in a cell (`as` says in which role), and what else there is to it. */
  private namedIn(content: Content, cell: Cell, words: Int32Array, offset: number): Named {
    const [first] = cell.bits;
    if (first === undefined) throw new Error("a field without bits");
    if (content.kind === "data") return { values: [], rest: read(first, words, offset) };
    if (!isMeant(cell, words, offset)) return NOTHING;
    if (content.kind === "value") {
      return namedBy(this.symmetry, content.type, read(first, words, offset));
    }
    const elements = [];
    for (let element = 0; element < cardinality(content.of); element += 1) {
      if (hasElement(cell, element, words, offset))
        elements.push(namedBy(this.symmetry, content.of, element));
    }
    return {
      values: elements.flatMap(({ values }) => values),
      rest: elements.reduce((sum, { rest }) => (sum + mixed(rest, 1)) | 0, 0),
    };
  }
}

interface Named {
  readonly values: readonly {
    readonly type: number;
    readonly value: number;
    readonly as: number;
  }[];
  readonly rest: number;
}

const NOTHING: Named = { values: [], rest: 0 };

/** Values inside one ordinal; those inside records, arrays, sets and sequences that are held as one number say nothing here. */
function namedBy(symmetry: Symmetry, type: Type, ordinal: number): Named {
  if (type.kind === "option") {
    return ordinal === 0 ? NOTHING : namedBy(symmetry, type.of, ordinal - 1);
  }
  if (type.kind === "process") {
    const of = symmetry.indexedBy[ordinal] as number;
    const value = symmetry.indexValue[ordinal] as number;
    // The instance with the first value stands for the process.
    if (of >= 0) return { values: [{ type: of, value, as: 1 + ordinal - value }], rest: 1 };
    return { values: [], rest: 2 + ordinal };
  }
  const position = positionOf(symmetry.types, type);
  if (position >= 0) return { values: [{ type: position, value: ordinal, as: 0 }], rest: 1 };
  return NOTHING;
}

/** Where each value of an order comes to stand. */
function positions(order: Int32Array): Int32Array {
  const at = new Int32Array(order.length);
  order.forEach((value, position) => {
    at[value] = position;
  });
  return at;
}

function isLess(left: Int32Array, right: Int32Array): boolean {
  for (let word = 0; word < left.length; word += 1) {
    if (left[word] !== right[word]) return (left[word] as number) < (right[word] as number);
  }
  return false;
}

function mixed(hash: number, value: number): number {
  const product = Math.imul((hash ^ value) + 0x7f4a7c15, 0x85ebca6b);
  return Math.imul(product ^ (product >>> 15), 0xc2b2ae35) ^ (product >>> 13);
}
