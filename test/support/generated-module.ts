// Running the readable form of a generated module: its states, found by calling what it exports.

import { transformSync } from "esbuild";
import type { State } from "../../src/checker/transition-system.ts";
import { stateKey } from "../../src/machine/state.ts";

interface Readable {
  initialStates(): readonly State[];
  readonly movers: readonly string[];
  next(state: State, mover: string): readonly State[];
  encode(state: State): Int32Array;
  decode(words: Int32Array): State;
}

/** The module of a TypeScript text, types stripped. */
export async function loadModule(text: string): Promise<Readable> {
  const { code } = transformSync(text, { loader: "ts" });
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Readable;
}

/** Keys of all states reachable through `next`, and how many steps lead from them; fails if a state does not survive packing. */
export function exploreReadable(module: Readable): { states: Set<string>; transitions: number } {
  const states = new Set<string>();
  const queue: State[] = [];
  let transitions = 0;
  const meet = (state: State): void => {
    const key = stateKey(state);
    if (states.has(key)) return;
    states.add(key);
    queue.push(state);
    const packed = module.decode(module.encode(state));
    if (stateKey(packed) !== key) throw new Error(`packing changes ${key} to ${stateKey(packed)}`);
  };
  module.initialStates().forEach(meet);
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (const mover of module.movers) {
      const successors = module.next(state, mover);
      transitions += successors.length;
      successors.forEach(meet);
    }
  }
  return { states, transitions };
}
