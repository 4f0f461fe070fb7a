// The states of a search as the machine packs them, whatever its system made of them.

import { packer } from "../machine/layout-pack.ts";
import type { Machine } from "../machine/machine.ts";
import type { Search } from "./explore.ts";

/** States in the machine's packed form: state i begins at words[i * width of its layout]. */
export interface PackedStates {
  readonly words: Int32Array;
  readonly count: number;
}

/** All states that a search of this machine met, by their indices. */
export function packedStates(
  machine: Machine,
  { system, table }: Pick<Search, "system" | "table">,
): PackedStates {
  const { arena, count } = table;
  if (system.packed) return { words: arena, count };
  const { layout, pack } = packer(machine);
  const words = new Int32Array(layout.width * count);
  for (let index = 0; index < count; index += 1) {
    pack(system.decode(arena, index * system.width), words, index * layout.width);
  }
  return { words, count };
}
