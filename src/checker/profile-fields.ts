// What the states of a search are made of: how many values each variable, lock and process takes, and how many states there would be
// without it. Something that takes many values makes many states only if it takes them beside everything else.
//
// Both are numbers of different masked states. They are counted exactly as long as they are not too many to be kept; beyond that by
// distinct sampling (Gibbons, "Distinct sampling for highly-accurate answers to distinct values queries", VLDB 2001): only values
// whose hash ends in some zeros are kept, and each stands for as many as there are such endings.

import type { Item, Layout, Stored } from "../machine/layout.ts";
import { itemsOf, maskOfItems } from "../machine/layout-mask.ts";
import type { Machine } from "../machine/machine.ts";
import type { Search } from "./explore.ts";
import { hashWords, StateTable } from "./state-table.ts";

/** A number of different values. */
export interface Distinct {
  readonly count: number;
  /** Of a count that is estimated: one standard error, as a part of it. 0: it is exact. */
  readonly error: number;
}

/** Something that states are made of. */
export interface FieldProfile {
  readonly kind: "variable" | "lock" | "process" | "location" | "local";
  /** `pmd`; `zapper`, `zapper.at`, `zapper.pmd` for all instances of a process. */
  readonly name: string;
  /** Values that it takes in the states met. */
  readonly values: Distinct;
  /** Different states that are left if it is left out. */
  readonly without: Distinct;
}

interface Field {
  readonly kind: FieldProfile["kind"];
  readonly name: string;
  readonly mask: Int32Array;
}

/** Values that are kept for one count. */
const MOST_KEPT = 1 << 16;
/** States between two pauses. */
const BATCH = 4096;

/** Profiles all that takes any bits. Pauses with the number of states looked at; Ctrl-C is for the caller to notice. */
export function* profileFields(
  machine: Machine,
  layout: Layout,
  { table }: Pick<Search, "table">,
): Generator<number, readonly FieldProfile[], void> {
  const { width } = layout;
  const counters = fieldsOf(machine, layout).map(({ kind, name, mask }) => ({
    kind,
    name,
    values: new DistinctCounter(width, mask),
    without: new DistinctCounter(
      width,
      mask.map((word) => ~word),
    ),
  }));
  const { arena, count } = table;
  for (let first = 0; first < count; first += BATCH) {
    const last = Math.min(count, first + BATCH);
    for (const { values, without } of counters) {
      for (let state = first; state < last; state += 1) {
        values.add(arena, state * width);
        without.add(arena, state * width);
      }
    }
    yield last;
  }
  return counters.map(({ kind, name, values, without }) => {
    return { kind, name, values: values.distinct, without: without.distinct };
  });
}

/** Counts the different values of masked states. */
export class DistinctCounter {
  private table: StateTable;
  private readonly mask: Int32Array;
  private readonly masked: Int32Array;
  private readonly mostKept: number;
  /** Ones at the end, in whose place the hash of what is kept has zeros. */
  private sieve = 0;

  constructor(width: number, mask: Int32Array, mostKept = MOST_KEPT) {
    this.table = new StateTable(width);
    this.mask = mask;
    this.masked = new Int32Array(width);
    this.mostKept = mostKept;
  }

  add(states: Int32Array, offset: number): void {
    const { mask, masked } = this;
    for (let word = 0; word < masked.length; word += 1) {
      masked[word] = (states[offset + word] as number) & (mask[word] as number);
    }
    if (this.passes(masked, 0)) this.table.insert(masked, 0);
    if (this.table.count > this.mostKept) this.halve();
  }

  get distinct(): Distinct {
    const { count } = this.table;
    const each = this.sieve + 1;
    // Each value is kept with the chance 1/each, independently of the others.
    const error = each === 1 ? 0 : Math.sqrt((1 - 1 / each) / Math.max(count, 1));
    return { count: count * each, error };
  }

  /** The table looks at the low bits of the same hash; these are others. */
  private passes(words: Int32Array, offset: number): boolean {
    return ((hashWords(words, offset, this.masked.length) >>> 16) & this.sieve) === 0;
  }

  /** Keeps about half of what is kept, and only such from now on. */
  private halve(): void {
    const { table, masked } = this;
    const width = masked.length;
    this.sieve = 2 * this.sieve + 1;
    this.table = new StateTable(width);
    for (let kept = 0; kept < table.count; kept += 1) {
      if (this.passes(table.arena, kept * width)) this.table.insert(table.arena, kept * width);
    }
  }
}

/** What states are made of, as far as it takes any bits. */
function fieldsOf(machine: Machine, layout: Layout): readonly Field[] {
  const field = (kind: Field["kind"], name: string, items: readonly Item[]): Field => {
    return { kind, name, mask: maskOfItems(layout, items) };
  };
  const declared = (
    kind: Field["kind"],
    all: ReadonlyMap<{ readonly name: string }, Stored>,
    owner = "",
  ): readonly Field[] =>
    [...all].map(([{ name }, stored]) => field(kind, `${owner}${name}`, itemsOf(stored)));
  const processes = layout.processes.flatMap(({ location, locals }, at) => {
    const name = machine.processes[at]?.name ?? "";
    const items = [location, ...[...locals.values()].flatMap(itemsOf)];
    return [
      field("process", name, items),
      field("location", `${name}.at`, [location]),
      ...declared("local", locals, `${name}.`),
    ];
  });
  const fields = [
    ...declared("variable", layout.variables),
    ...declared("lock", layout.locks),
    ...processes,
  ];
  return fields.filter(({ mask }) => mask.some((word) => word !== 0));
}
