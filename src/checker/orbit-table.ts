// A state table that takes all states of an orbit, those that differ only in the names of symmetric values, for one: the state that
// stands for them. Whatever a search asks it about a state, it answers about that one.

import { StateTable } from "./state-table.ts";
import type { State } from "./transition-system.ts";

/** A state under other names. */
export type Renaming = (state: State) => State;

/** Which state stands for which, and who is who in it. */
export interface Orbits {
  /** Writes the state that stands for the one at `offset` to the beginning of `into`. */
  represent(words: Int32Array, offset: number, into: Int32Array): void;
  /** By mover of the state at `offset`: the mover with the same part in the state that stands for it. */
  moversInRepresentative(words: Int32Array, offset: number): Int32Array;
  /** By mover: those that some renaming makes of it, in their order; itself among them. */
  readonly kin: readonly (readonly number[])[];
  /** What the names of some locks and processes together become under all renamings. */
  images(names: readonly string[]): readonly (readonly string[])[];
  /** A renaming that makes other names of these. */
  renaming(names: readonly string[], others: readonly string[]): Renaming;
}

/** An empty table of states, or of those that stand for others. */
export function tableOf(width: number, orbits: Orbits | null): StateTable {
  return orbits === null ? new StateTable(width) : new OrbitTable(width, orbits);
}

class OrbitTable extends StateTable {
  private readonly orbits: Orbits;
  private readonly representative: Int32Array;

  constructor(width: number, orbits: Orbits) {
    super(width);
    this.orbits = orbits;
    this.representative = new Int32Array(width);
  }

  override insert(words: Int32Array, offset: number): number {
    this.orbits.represent(words, offset, this.representative);
    return super.insert(this.representative, 0);
  }

  override find(words: Int32Array, offset: number): number {
    this.orbits.represent(words, offset, this.representative);
    return super.find(this.representative, 0);
  }
}
