// Processes that are stuck for ever while others go on: unfinished, in a reachable state from which they can never move again.
//
// For each state, which movers can still move in it or in any state reachable from it? That is the least solution of
// can(s) = movers enabled in s, joined with can(t) of all successors t.
// Three things end the matter, and count as "everybody can move": a faulting step (what it leaves stuck is its own doing),
// a state in which `terminal` holds, and a deadlock (reported as such, with everybody who is blocked in it).

import { FAULTED } from "./edge-log.ts";
import { edgesOf } from "./edges.ts";
import type { Search } from "./explore.ts";
import { isTerminal } from "./findings.ts";
import { levelOf } from "./paths.ts";
import { sweep } from "./sweeps.ts";

export interface Stuck {
  readonly mover: number;
  /** The first level with a state in which it is stuck. */
  readonly depth: number;
  /** The first such state. */
  readonly state: number;
  readonly holds: (state: number) => boolean;
}

/** All movers that must finish and can get stuck, with where that is first so. Only for complete searches. */
export function findStuck(search: Search): readonly Stuck[] {
  const { system } = search;
  const watched = [...system.movers.keys()].filter((mover) => system.movers[mover]?.mustFinish);
  if (watched.length === 0) return [];
  const can = canStillMove(search, watched);
  return watched.flatMap((mover, position) => {
    const stuck = (state: number): boolean =>
      !can.has(state, position) &&
      !system.finished(search.table.arena, state * system.width, mover);
    for (let state = 0; state < search.table.count; state += 1) {
      if (stuck(state)) return [{ mover, depth: levelOf(search, state), state, holds: stuck }];
    }
    return [];
  });
}

interface Can {
  has(state: number, position: number): boolean;
}

/** One bit for each watched mover and state, in words of 31 bits. */
function canStillMove(search: Search, watched: readonly number[]): Can {
  const { system, table } = search;
  const words = Math.ceil(watched.length / 31);
  const can = new Int32Array(words * table.count);
  const positions = new Int32Array(system.movers.length).fill(-1);
  watched.forEach((mover, position) => {
    positions[mover] = position;
  });
  const edges = edgesOf(search);
  const gathered = new Int32Array(words);
  const terminal = system.statePredicates.filter(({ kind }) => kind === "terminal");
  const update = (state: number): boolean => {
    const base = state * words;
    const count = edges.load(state);
    const { targets, movers } = edges;
    gathered.fill(count === 0 ? -1 : 0);
    for (let edge = 0; edge < count; edge += 1) {
      const target = targets[edge] as number;
      if (target === FAULTED) gathered.fill(-1);
      else
        for (let word = 0; word < words; word += 1)
          join(gathered, word, can[target * words + word] as number);
      const position = positions[movers[edge] as number] as number;
      if (position >= 0) join(gathered, Math.floor(position / 31), 1 << (position % 31));
    }
    if (terminal.length > 0 && isTerminal(terminal, table.arena, state * system.width)) {
      gathered.fill(-1);
    }
    let changed = false;
    for (let word = 0; word < words; word += 1) {
      if (can[base + word] === gathered[word]) continue;
      can[base + word] = gathered[word] as number;
      changed = true;
    }
    return changed;
  };
  sweep(table.count, update, (state, visit) => {
    const count = edges.load(state);
    for (let edge = 0; edge < count; edge += 1) {
      const target = edges.targets[edge] as number;
      if (target !== FAULTED) visit(target);
    }
  });
  return {
    has: (state, position) =>
      (((can[state * words + Math.floor(position / 31)] as number) >>> (position % 31)) & 1) === 1,
  };
}

function join(into: Int32Array, word: number, bits: number): void {
  into[word] = (into[word] as number) | bits;
}
