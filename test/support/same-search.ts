// Do two searches of one machine come to the same, to the last index?

import { edgesOf } from "../../src/checker/edges.ts";
import {
  DEFAULT_SEARCH,
  explore,
  finish,
  type Search,
  type SearchOptions,
} from "../../src/checker/explore.ts";
import type { SharedForm } from "../../src/checker/team.ts";
import { emitWasm } from "../../src/emit/wasm/module.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { packedSystem } from "../../src/pipeline.ts";

/** The search of a machine in JavaScript, and the one that WebAssembly takes over after so many states. */
export function bothSearches(
  machine: Machine,
  options: Partial<SearchOptions>,
  after: number,
): readonly [Search, Search] {
  return [searchOf(machine, options), compiledSearchOf(machine, options, after)];
}

/** The search of a machine that WebAssembly takes over after so many states, by several workers where `shared` is given. */
export function compiledSearchOf(
  machine: Machine,
  options: Partial<SearchOptions>,
  after: number,
  shared: SharedForm | null = null,
): Search {
  return searchOf(machine, {
    ...options,
    compiled: { after, module: () => moduleOf(machine), shared },
  });
}

/** The search of a machine, in JavaScript unless the options say otherwise. */
export function searchOf(machine: Machine, options: Partial<SearchOptions>): Search {
  return finish(explore(packedSystem(machine), { ...DEFAULT_SEARCH, ...options }));
}

/** Machines are searched several times, and their modules stay the same. */
const modules = new WeakMap<Machine, ReturnType<typeof emitWasm>>();

function moduleOf(machine: Machine): ReturnType<typeof emitWasm> {
  const known = modules.get(machine);
  if (known !== undefined) return known;
  const module = emitWasm(machine);
  modules.set(machine, module);
  return module;
}

/** What differs first, in words; null if nothing does. */
export function searchDifference(one: Search, other: Search): string | null {
  const [mine, theirs] = [one, other].map(described) as [Described, Described];
  for (const [name, value] of Object.entries(mine)) {
    const [text, otherText] = [value, theirs[name]].map((part) => JSON.stringify(part));
    if (text !== otherText) return `${name}: ${firstPart(text ?? "", otherText ?? "")}`;
  }
  for (let state = 0; state < one.table.count; state += 1) {
    const offset = state * one.table.width;
    if (other.table.find(one.table.arena, offset) !== state) return `state ${state} is not found`;
  }
  return null;
}

type Described = { readonly [part: string]: unknown };

function described(search: Search): Described {
  const { table, system } = search;
  const edges = edgesOf(search);
  return {
    states: table.count,
    initialStates: search.initialStates,
    transitions: search.transitions,
    expanded: search.expanded,
    complete: search.complete,
    stoppedBy: search.stoppedBy,
    levels: search.levels,
    arena: [...table.arena.subarray(0, table.count * table.width)],
    parents: Array.from({ length: table.count }, (_, state) => search.parents.parentOf(state)),
    taken: [...search.taken],
    branches: [...search.branches],
    // Spans differ by nothing but themselves.
    notes: system.notes.map((note) => ({ ...note, span: "span" in note ? note.span.start : null })),
    findings: search.findings,
    edges: Array.from({ length: search.expanded }, (_, state) => {
      const count = edges.load(state);
      return [edges.targets, edges.movers].map((all) => [...all.subarray(0, count)]);
    }),
  };
}

/** The surroundings of the first difference. */
function firstPart(text: string, other: string): string {
  let at = 0;
  while (text[at] === other[at]) at += 1;
  const from = Math.max(0, at - 60);
  return `${text.slice(from, at + 60)} | ${other.slice(from, at + 60)}`;
}
