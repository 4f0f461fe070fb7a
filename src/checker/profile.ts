// Where the states of a search come from: how often each action, and each location of a process, was tried and taken, how many
// states were first met by it, and what part of the time it took.
//
// It is found after the search, by taking steps again, so that a search without it takes no longer. Of many states a
// part is looked at, spread evenly over the search.

import type { Layout } from "../machine/layout.ts";
import type { Machine } from "../machine/machine.ts";
import type { Search } from "./explore.ts";
import { type FieldProfile, profileFields } from "./profile-fields.ts";
import { type TransitionSystem, Transitions } from "./transition-system.ts";

/** Code that makes steps: an action, or what a process does from a location. */
export interface PartProfile {
  readonly kind: "action" | "location";
  /** The process; empty for actions. */
  readonly process: string;
  /** The action's or the location's name. */
  readonly name: string;
  /** Position in Machine.lines of what begins there; -1 for actions. */
  readonly line: number;
  /** How often it was looked whether it can be taken: in each state for each instance at the location, once for an action. */
  readonly tried: number;
  /** Steps that came of it. */
  readonly taken: number;
  /** States first met by such a step. */
  readonly met: number;
  /** The part of the time that finding all steps takes, from 0 to 1. */
  readonly time: number;
}

export interface Profile {
  readonly states: number;
  /** States whose steps have been found. */
  readonly expanded: number;
  /** Those of them whose steps were counted; the counts of parts are made larger accordingly if not all were. */
  readonly counted: number;
  readonly parts: readonly PartProfile[];
  readonly fields: readonly FieldProfile[];
}

export interface ProfileSettings {
  readonly interrupted: () => boolean;
  /** Milliseconds. */
  readonly now: () => number;
  /** Steps are counted in at most so many states. */
  readonly mostCounted: number;
  /** The system in which only this part has steps (a process and a location, or null and an action); null: none has. */
  readonly partOf: (part: PartPlace | null) => TransitionSystem;
}

/** Where a part is in the machine. */
export interface PartPlace {
  /** Position in Machine.processes; null: an action. */
  readonly process: number | null;
  /** Of the location among those of the process, or of the action. */
  readonly at: number;
}

/** About two seconds. */
export const MOST_COUNTED = 1 << 21;
/** States between two pauses. */
const BATCH = 1024;
/** States that the time of a part is measured on, how often, and the least time that can be measured well. */
const TIMED_STATES = 256;
const TIMES = 5;
const TIMED_MILLISECONDS = 0.5;

/** Profiles a search. Pauses with the states looked at, of how many; null if it was interrupted. */
export function* profileOf(
  machine: Machine,
  layout: Layout,
  search: Search,
  settings: ProfileSettings,
): Generator<readonly [done: number, all: number], Profile | null, void> {
  const { table, expanded } = search;
  const stride = Math.max(1, Math.ceil(expanded / settings.mostCounted));
  const counted = Math.ceil(expanded / stride);
  const all = counted + table.count;
  const counter = new StepCounter(machine, layout, search);
  for (let state = 0; state < expanded; state += stride) {
    counter.count(state);
    if ((state / stride) % BATCH !== 0) continue;
    yield [state / stride, all];
    if (settings.interrupted()) return null;
  }
  const times = timesOf(counter, search, settings);
  const time = times.reduce((sum, one) => sum + one, 0);
  const fields = profileFields(machine, layout, search);
  for (let next = fields.next(); ; next = fields.next()) {
    if (next.done === true) {
      const parts = counter.parts.map((part, at) => {
        const { tried, taken, met } = part;
        const [share = 0, each] = [(times[at] ?? 0) / Math.max(time, Number.MIN_VALUE), stride];
        return {
          ...named(machine, part),
          tried: each * tried,
          taken: each * taken,
          met: each * met,
          time: share,
        };
      });
      return { states: table.count, expanded, counted, parts, fields: next.value };
    }
    yield [counted + next.value, all];
    if (settings.interrupted()) return null;
  }
}

function named(
  machine: Machine,
  { process, at }: PartPlace,
): Pick<PartProfile, "kind" | "process" | "name" | "line"> {
  if (process === null) {
    return { kind: "action", process: "", name: machine.actions[at]?.name ?? "", line: -1 };
  }
  const owner = machine.processes[process];
  const { name = "", line = -1 } = owner?.locations[at] ?? {};
  return { kind: "location", process: owner?.name ?? "", name, line };
}

interface Part extends PartPlace {
  tried: number;
  taken: number;
  met: number;
  /** Some of the states in which it was tried. */
  readonly examples: number[];
}

/** Counts for each part what it does in states that it is shown. */
class StepCounter {
  readonly parts: readonly Part[];
  private readonly search: Search;
  private readonly out: Transitions;
  /** By process instance: where its location stands in a state, and the part of location 0. */
  private readonly places: readonly {
    readonly word: number;
    readonly shift: number;
    readonly mask: number;
    readonly firstPart: number;
  }[];
  private readonly firstAction: number;
  /** By mover: the part that makes its steps in the state at hand. */
  private readonly partOf: Int32Array;
  /** States first met from the state at hand. */
  private readonly children = new Set<number>();

  constructor(machine: Machine, layout: Layout, search: Search) {
    const { system } = search;
    this.search = search;
    this.out = new Transitions(system.width, system.costs.length);
    this.partOf = new Int32Array(system.movers.length);
    const parts: Part[] = [];
    const add = (process: number | null, count: number): number => {
      const first = parts.length;
      for (let at = 0; at < count; at += 1) {
        parts.push({ process, at, tried: 0, taken: 0, met: 0, examples: [] });
      }
      return first;
    };
    this.places = layout.processes.flatMap(({ location, count }, process) => {
      const firstPart = add(process, machine.processes[process]?.locations.length ?? 0);
      const { word, shift, bits, perWord } = location;
      return Array.from({ length: count }, (_, k) => ({
        word: word + Math.floor(k / perWord),
        shift: shift + (k % perWord) * bits,
        mask: 2 ** bits - 1,
        firstPart,
      }));
    });
    this.firstAction = add(null, machine.actions.length);
    this.parts = parts;
  }

  count(state: number): void {
    const { search, out, partOf, children } = this;
    const { system, table, parents } = search;
    const offset = state * system.width;
    this.locate(table.arena, offset);
    for (const part of partOf) this.tried(part, state);
    system.successors(table.arena, offset, out);
    children.clear();
    for (let step = 0; step < out.count; step += 1) {
      const part = this.parts[partOf[out.mover[step] as number] as number] as Part;
      part.taken += 1;
      if ((out.fault[step] as number) >= 0) continue;
      const target = table.find(out.words, step * system.width);
      if (target <= state || children.has(target) || parents.parentOf(target) !== state) continue;
      children.add(target);
      part.met += 1;
    }
  }

  /** How many instances stand at the location of a part, in a state; 1 for an action. */
  trials(part: Part, state: number): number {
    const { table, system } = this.search;
    this.locate(table.arena, state * system.width);
    return this.partOf.reduce((sum, of) => sum + (this.parts[of] === part ? 1 : 0), 0);
  }

  private locate(states: Int32Array, offset: number): void {
    const { places, partOf, firstAction } = this;
    places.forEach(({ word, shift, mask, firstPart }, mover) => {
      partOf[mover] = firstPart + (((states[offset + word] as number) >>> shift) & mask);
    });
    for (let mover = places.length; mover < partOf.length; mover += 1) {
      partOf[mover] = firstAction + mover - places.length;
    }
  }

  private tried(at: number, state: number): void {
    const part = this.parts[at] as Part;
    part.tried += 1;
    // Every so many trials one is kept, fewer and fewer: they are spread over the search.
    const { examples, tried } = part;
    if (examples.length < TIMED_STATES) examples.push(state);
    else if (tried % Math.ceil(tried / TIMED_STATES) === 0) examples[tried % TIMED_STATES] = state;
  }
}

/** By part: milliseconds that all its trials take. */
function timesOf(
  counter: StepCounter,
  search: Search,
  { now, partOf }: ProfileSettings,
): readonly number[] {
  const out = new Transitions(search.system.width, search.system.costs.length);
  const { arena, width } = search.table;
  /** Measures how long finding the steps of these states once takes; the least of all measurements is kept. */
  const stopwatch = (system: TransitionSystem, states: readonly number[]) => {
    const run = (rounds: number): number => {
      const started = now();
      for (let round = 0; round < rounds; round += 1) {
        for (const state of states) system.successors(arena, state * width, out);
      }
      return now() - started;
    };
    let rounds = 1;
    // It is compiled meanwhile.
    while (run(rounds) < TIMED_MILLISECONDS) rounds *= 2;
    let least = Number.POSITIVE_INFINITY;
    return {
      again: (): void => {
        least = Math.min(least, run(rounds));
      },
      milliseconds: (): number => least / rounds,
    };
  };
  const nothing = partOf(null);
  const watches = counter.parts.map((part) => {
    const { examples } = part;
    if (examples.length === 0) return null;
    return { own: stopwatch(partOf(part), examples), idle: stopwatch(nothing, examples) };
  });
  // All in turn, again and again: whatever else the computer does for a while disturbs one measurement of many parts, not all
  // measurements of one.
  for (let time = 0; time < TIMES; time += 1) {
    for (const watch of watches) {
      watch?.own.again();
      watch?.idle.again();
    }
  }
  return counter.parts.map((part, at) => {
    const watch = watches[at] ?? null;
    if (watch === null) return 0;
    const trials = part.examples.reduce((sum, state) => sum + counter.trials(part, state), 0);
    const own = watch.own.milliseconds() - watch.idle.milliseconds();
    return (Math.max(own, 0) / trials) * part.tried;
  });
}
