// Processes that are stuck for ever while others go on: unfinished, in a reachable state from which they can never move again.
//
// Three things end the matter, and count as "everybody can move": a faulting step (what it leaves stuck is its own doing),
// a state in which `terminal` holds, and a deadlock (reported as such, with everybody who is blocked in it); so does any state
// without steps, for whoever must finish has finished there. So only states from which none of these can be reached matter,
// the hopeless ones: mostly there are none. They lead to each other only, and for each of them, which movers can still
// move in it or in any state reachable from it? That is the least solution of
// can(s) = movers enabled in s, joined with can(t) of all successors t.
//
// Where states are taken for one, the target of a step is not t but a state that stands for it, in which others have the parts
// of t's movers: they are asked in place of these.

import { FAULTED } from "./edge-log.ts";
import { edgesAtRandom } from "./edges.ts";
import type { Search } from "./explore.ts";
import { isTerminal } from "./findings.ts";
import type { Orbits, Renaming } from "./orbit-table.ts";
import { levelOf } from "./paths.ts";
import { canReach, positionIn, type StateGraph, unmarked } from "./reachability.ts";
import { sweep } from "./sweeps.ts";
import { type State, Transitions } from "./transition-system.ts";

export interface Stuck {
  readonly mover: number;
  /** The first level with a state in which it is stuck. */
  readonly depth: number;
  /** The first such state. */
  readonly state: number;
  readonly holds: (state: number) => boolean;
  /** Where states are taken for one: how to rename a state that stands for one of those, so that it is this mover. */
  readonly renaming: (orbits: Orbits, last: State) => Renaming;
}

/** All movers that must finish and can get stuck, with where that is first so. Only for complete searches. */
export function findStuck(search: Search): readonly Stuck[] {
  const { system, table } = search;
  const watched = [...system.movers.keys()].filter((mover) => system.movers[mover]?.mustFinish);
  if (watched.length === 0) return [];
  const hopeless = hopelessStates(search);
  if (hopeless.length === 0 || isRoundabout(search, hopeless, watched)) return [];
  const can = canStillMove(search, hopeless, watched);
  const isStuck = (at: number, mover: number): boolean =>
    !can.has(at, watched.indexOf(mover)) &&
    !system.finished(table.arena, (hopeless[at] as number) * system.width, mover);
  return watched.flatMap((mover) => {
    const alike = search.orbits?.kin[mover] ?? [mover];
    const stuck = hopeless.filter((_, at) => alike.some((one) => isStuck(at, one)));
    const [state] = stuck;
    if (state === undefined) return [];
    const holds = (asked: number): boolean => positionIn(stuck, asked) >= 0;
    const isStuckIn = (asked: number, one: number): boolean =>
      isStuck(positionIn(hopeless, asked), one);
    const renaming = renamingTo(search, mover, isStuckIn);
    return [{ mover, depth: levelOf(search, state), state, holds, renaming }];
  });
}

function renamingTo(
  { system, table }: Search,
  mover: number,
  isStuckIn: (state: number, mover: number) => boolean,
): Stuck["renaming"] {
  return (orbits, last) => {
    const words = new Int32Array(system.width);
    system.encode(last, words, 0);
    const state = table.find(words, 0);
    const movers = orbits.moversInRepresentative(words, 0);
    const stuck = orbits.kin[mover]?.find((one) => isStuckIn(state, movers[one] as number));
    const nameOf = (one: number): string => system.movers[one]?.name ?? "";
    if (stuck === undefined) throw new Error(`${nameOf(mover)} is stuck under no name`);
    return orbits.renaming([nameOf(stuck)], [nameOf(mover)]);
  };
}

/**
 * Does everything go round for ever, through the only initial state, and has everybody moved? Then everybody can move again. So it
 * is with most protocols that never end, and to see that is much less work than to gather who can move from each state.
 */
function isRoundabout(search: Search, hopeless: Int32Array, watched: readonly number[]): boolean {
  const { table, initialStates, taken, orbits } = search;
  const begins = initialStates === 1 && orbits === null && hopeless.length === table.count;
  if (!begins || watched.some((mover) => taken[mover] === 0)) return false;
  return !canReach(stateGraph(search, (state) => state === 0)).includes(0);
}

/** The graph of a search; beside these goals, a step that faults and a state without steps are goals too. */
function stateGraph(search: Search, isGoal: (state: number) => boolean): StateGraph {
  const edges = edgesAtRandom(search);
  return {
    states: search.table.count,
    leadsTo(state, marked) {
      const count = edges.load(state);
      const { targets } = edges;
      for (let edge = 0; edge < count; edge += 1) {
        const target = targets[edge] as number;
        if (target === FAULTED || marked[target] === 1) return true;
      }
      return count === 0 || isGoal(state);
    },
    unmet(state, marked) {
      const count = edges.load(state);
      for (let edge = 0; edge < count; edge += 1) {
        const target = edges.targets[edge] as number;
        if (marked[target] === 0) return target;
      }
      return -1;
    },
    eachTarget(state, visit) {
      const count = edges.load(state);
      for (let edge = 0; edge < count; edge += 1) visit(edges.targets[edge] as number);
    },
  };
}

/** The states, ascending, from which neither a state without steps, nor a terminal one, nor a fault can be reached. */
function hopelessStates(search: Search): Int32Array {
  const { system, table } = search;
  const terminal = system.statePredicates.filter(({ kind }) => kind === "terminal");
  const marks = canReach(
    stateGraph(search, (state) => isTerminal(terminal, table.arena, state * system.width)),
  );
  return unmarked(marks);
}

interface Can {
  has(at: number, position: number): boolean;
}

/** One bit for each hopeless state and watched mover, in words of 31 bits. */
function canStillMove(search: Search, hopeless: Int32Array, watched: readonly number[]): Can {
  const words = Math.ceil(watched.length / 31);
  const can = new Int32Array(words * hopeless.length);
  const positions = new Int32Array(search.system.movers.length).fill(-1);
  watched.forEach((mover, position) => {
    positions[mover] = position;
  });
  const edges = edgesAtRandom(search);
  const all = hopeless.length === search.table.count;
  const positionOf = (state: number): number => (all ? state : positionIn(hopeless, state));
  const gathered = new Int32Array(words);
  const renamed = search.orbits === null ? null : renamedMovers(search, search.orbits);
  const update = (at: number): boolean => {
    const count = edges.load(hopeless[at] as number);
    const { targets, movers } = edges;
    gathered.fill(0);
    renamed?.load(hopeless[at] as number);
    for (let edge = 0; edge < count; edge += 1) {
      const target = positionOf(targets[edge] as number);
      if (renamed === null) {
        for (let word = 0; word < words; word += 1)
          join(gathered, word, can[target * words + word] as number);
      } else {
        const there = renamed.of(edge);
        watched.forEach((mover, position) => {
          if (bitAt(can, target * words, positions[there[mover] as number] as number))
            join(gathered, Math.floor(position / 31), 1 << (position % 31));
        });
      }
      const position = positions[movers[edge] as number] as number;
      if (position >= 0) join(gathered, Math.floor(position / 31), 1 << (position % 31));
    }
    let changed = false;
    for (let word = 0; word < words; word += 1) {
      if (can[at * words + word] === gathered[word]) continue;
      can[at * words + word] = gathered[word] as number;
      changed = true;
    }
    return changed;
  };
  sweep(hopeless.length, update, (at, visit) => {
    const count = edges.load(hopeless[at] as number);
    for (let edge = 0; edge < count; edge += 1) visit(positionOf(edges.targets[edge] as number));
  });
  return { has: (at, position) => bitAt(can, at * words, position) };
}

/** For each step of the state that was loaded: by mover, who has its part in the state that stands for the target. */
function renamedMovers(
  { system, table }: Search,
  orbits: Orbits,
): { load(state: number): void; of(step: number): Int32Array } {
  const out = new Transitions(system.width, system.costs.length);
  return {
    load: (state) => system.successors(table.arena, state * system.width, out),
    of: (step) => orbits.moversInRepresentative(out.words, step * system.width),
  };
}

function bitAt(bits: Int32Array, base: number, position: number): boolean {
  return (((bits[base + Math.floor(position / 31)] as number) >>> (position % 31)) & 1) === 1;
}

function join(into: Int32Array, word: number, bits: number): void {
  into[word] = (into[word] as number) | bits;
}
