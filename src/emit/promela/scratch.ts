// Variables that only live inside one step and are zero outside, so that they never tell states apart.
// They are locals of the proctype: SPIN's breadth-first search takes no `hidden` variables.

import type { Local, Type } from "../../machine/machine.ts";
import type { Root } from "./layout.ts";
import type { Translating } from "./reading.ts";

export interface Scratch {
  /** For a local of the spec that is not part of the state. */
  local(local: Local): Root;
  /** For the value that a variable had before the step. */
  old(root: Root): Root;
  /** For a value that is made before it is put in place. */
  next(type: Type): Root;
  /** For the rounds of a loop inside this many others. */
  round(depth: number): Root;
  /** For an index that must not change while a value is put in place. */
  slot(depth: number): Root;
  /** The scratch variable of this name. */
  named(name: string): Root;
  /** All that were asked for. */
  readonly all: readonly Root[];
}

const WHOLE: Type = {
  kind: "range",
  lo: -2_147_483_647,
  hi: 2_147_483_647,
  name: null,
  symmetric: false,
};

/** The scratch variables of one proctype. */
export function scratchOf({ layout }: Translating): Scratch {
  const all: Root[] = [];
  const made = new Map<unknown, Root>();
  const get = (key: unknown, wish: string, type: Type, hint = wish): Root => {
    const found = made.get(key);
    if (found !== undefined) return found;
    const root: Root = { name: layout.naming.fresh(wish), type, hint };
    made.set(key, root);
    all.push(root);
    return root;
  };
  return {
    local: (local) => get(local, local.name, local.type),
    old: ({ name, type }) => get(`old ${name}`, `old_${name}`, type, name),
    next: (type) => get(`next ${JSON.stringify(type)}`, "next", type),
    round: (depth) => get(`round ${depth}`, "rounds", WHOLE),
    slot: (depth) => get(`slot ${depth}`, "slot", WHOLE),
    named: (name) => {
      const found = all.find((root) => root.name === name);
      if (found === undefined) throw new Error(`no scratch variable ${name}`);
      return found;
    },
    all,
  };
}
