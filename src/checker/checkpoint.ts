// What a search that stands somewhere in its way must know to go on from there, and how that is put into the pieces of a file.
//
// States are there word by word, in the order in which they were met, and parents as numbers of children (parents.ts). All else
// is small, and is text.
// The table is made anew from the states, and the numbers of notes that are given out while searching (lock orders)
// are given out again: the steps that showed them first are taken once more.

import type { Source } from "../diagnostics/source.ts";
import type { Finding, Findings } from "./findings.ts";
import type { Parents } from "./parents.ts";
import type { StateTable } from "./state-table.ts";
import type { Note, TransitionSystem } from "./transition-system.ts";

/** A search between two states. All arrays are its own, and will change as it goes on. */
export interface Standing {
  readonly system: TransitionSystem;
  readonly table: StateTable;
  readonly parents: Parents;
  readonly levels: readonly number[];
  /** Where the level at hand ends. */
  readonly levelEnd: number;
  readonly initialStates: number;
  readonly transitions: number;
  /** States before it are expanded. */
  readonly cursor: number;
  readonly taken: Uint8Array;
  readonly findings: Findings;
  /** Has what the search is to stop for been found? */
  readonly satisfied: boolean;
  /** Names of the reductions that the search is under. */
  readonly reductions: readonly string[];
}

/** A search that was kept, ready to be gone on with. */
export interface Kept extends Omit<Standing, "system" | "table" | "findings"> {
  /** How many were met. */
  readonly states: number;
  /** Gives them away: nothing may keep memory that the search has left. */
  readonly takeArena: () => Int32Array;
  readonly branches: Uint8Array;
  /** Its notes are missing: they have no numbers yet. */
  readonly findings: Findings;
  /** First occurrences of notes, by what they are. */
  readonly noted: ReadonlyMap<string, Finding>;
  readonly keyOf: (note: Note) => string;
}

/** Where a search is kept. It is asked between batches, and told the time in milliseconds. */
export interface Keeper {
  isDue(now: number): boolean;
  keep(standing: Standing): void;
}

/** All of a standing search but states and parents, as JSON has it. */
export interface StandingSummary {
  readonly width: number;
  readonly states: number;
  readonly levels: readonly number[];
  readonly levelEnd: number;
  readonly initialStates: number;
  readonly transitions: number;
  readonly cursor: number;
  readonly movers: number;
  /** States that met so many others first that their number is no byte. */
  readonly large: readonly (readonly [state: number, children: number])[];
  /** Those that have taken a step. */
  readonly taken: readonly number[];
  readonly branchCount: number;
  /** Those entered. */
  readonly branches: readonly number[];
  readonly findings: Omit<Findings, "faults" | "notes">;
  readonly faults: readonly (readonly [fault: number, Finding])[];
  readonly noted: readonly (readonly [key: string, Finding])[];
  readonly satisfied: boolean;
  readonly reductions: readonly string[];
}

export function summaryOf(standing: Standing, sources: readonly Source[]): StandingSummary {
  const { system, table, findings, taken, levels, levelEnd, initialStates } = standing;
  const { states, coverFaults, steps, deadlock } = findings;
  return {
    width: table.width,
    states: table.count,
    levels,
    levelEnd,
    initialStates,
    transitions: standing.transitions,
    cursor: standing.cursor,
    large: standing.parents.large,
    movers: taken.length,
    taken: onesOf(taken),
    branchCount: system.branches.length,
    branches: onesOf(system.branches),
    findings: { states, coverFaults, steps, deadlock },
    faults: findings.faults.flatMap((finding, fault) => (finding ? [[fault, finding]] : [])),
    noted: findings.notes.flatMap((finding, at) => {
      const note = system.notes[at];
      return finding && note ? [[noteKey(note, sources), finding]] : [];
    }),
    satisfied: standing.satisfied,
    reductions: standing.reductions,
  };
}

/** The search that was kept in so many words, with its states and parents read from elsewhere. */
export function keptOf(
  summary: StandingSummary,
  sources: readonly Source[],
  arena: Int32Array,
  parents: Parents,
): Kept {
  const { states, levels, levelEnd, initialStates, transitions, cursor } = summary;
  const faults: (Finding | undefined)[] = [];
  for (const [fault, finding] of summary.faults) faults[fault] = finding;
  let left: Int32Array | null = arena;
  return {
    states,
    takeArena: () => {
      if (left === null) throw new Error("a search that is gone on with twice");
      const given = left;
      left = null;
      return given;
    },
    parents,
    levels,
    levelEnd,
    initialStates,
    transitions,
    cursor,
    taken: marked(summary.movers, summary.taken),
    branches: marked(summary.branchCount, summary.branches),
    findings: { ...summary.findings, faults, notes: [] },
    noted: new Map(summary.noted),
    keyOf: (note) => noteKey(note, sources),
    satisfied: summary.satisfied,
    reductions: summary.reductions,
  };
}

/** The states whose steps showed the notes of a kept search first, in the order of the search; -1 is the initial work. */
export function witnesses(kept: Kept): readonly number[] {
  const states = [...kept.noted.values()].map(({ state }) => state);
  return [...new Set(states)].toSorted((one, other) => one - other);
}

/** The findings of a kept search with its notes by the numbers that they have in a system that has met them again. */
export function findingsAgain(kept: Kept, met: readonly Note[]): Findings {
  const numbers = new Map(met.map((note, at) => [kept.keyOf(note), at]));
  const notes: (Finding | undefined)[] = [];
  for (const [key, finding] of kept.noted) {
    const at = numbers.get(key);
    if (at === undefined) throw new Error(`a note that is not met again: ${key}`);
    notes[at] = finding;
  }
  return { ...kept.findings, notes };
}

/** Equal for notes that say the same, in every run of the program. */
function noteKey(note: Note, sources: readonly Source[]): string {
  if (note.kind === "assert") return `assert ${note.assertion}`;
  const { source, start, end } = note.span;
  const place = `${sources.indexOf(source)}:${start}-${end}`;
  return note.kind === "lock-order"
    ? `order ${note.held} ${note.taken} ${place}`
    : `sleep ${place}`;
}

function onesOf(marks: Uint8Array): readonly number[] {
  return [...marks.keys()].filter((at) => marks[at] === 1);
}

function marked(length: number, ones: readonly number[]): Uint8Array {
  const marks = new Uint8Array(length);
  for (const at of ones) marks[at] = 1;
  return marks;
}
