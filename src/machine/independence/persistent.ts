// For which states the steps of one process are enough: they are independent of all that others may do before it moves,
// and hide nothing that is looked for. docs/reductions.md has the argument.
//
// The answer for a state is looked up: it depends on where the processes stand, on the values of indices that the process
// is about to use, and on the locks that it holds.

import { allOps } from "../code.ts";
import { cardinality, type Expr, type Machine, type Type } from "../machine.ts";
import { cellsOf, type LockInstance } from "./cells.ts";
import { type Analysis, analyse, type Footprint, processOf } from "./futures.ts";
import { cycleBreakers } from "./sticky.ts";

/** An index that has its value when the step begins. */
export interface OwnIndex {
  readonly expr: Expr;
  readonly key: Type;
}

/** When the steps of one location are enough; process and location by position. */
export interface Choice {
  /** Their positions in their types tell the cases apart, the first slowest. */
  readonly indices: readonly OwnIndex[];
  /** Nothing that is looked for gets lost if the state before such a step is passed over. */
  readonly passable: boolean;
  /** Locks whose holding matters, at most 30. */
  readonly locks: readonly LockInstance[];
  /**
   * For an instance and a case, and another instance: by the other's location, whether the other cannot interfere. Bit 0:
   * whatever is held; bit i + 1: as long as the instance owns locks[i]. Instances by position in the machine.
   */
  readonly undisturbed: (instance: number, position: number, other: number) => readonly number[];
}

/** By process and location; null where a process never goes alone. */
export type Persistence = readonly (readonly (Choice | null)[])[];

const MOST_CASES = 256;
const MOST_LOCKS = 30;

/** The choices of a machine; null if no process may ever go alone. */
export function persistence(machine: Machine): Persistence | null {
  if (machine.instances.length < 2) return null;
  const analysis = analyse(machine, cellsOf(machine));
  const choices = machine.processes.map((process) => {
    const mine = machine.instances
      .filter((instance) => instance.process === process.process)
      .map(({ id }) => id);
    const promising = process.locations.map(({ id }) => choiceAt(analysis, mine, id));
    const nodes = new Set(promising.flatMap((choice, id) => (choice === null ? [] : [id])));
    const breakers = cycleBreakers(nodes, (location) =>
      mine.flatMap((id) => [...(analysis.steps[id]?.[location]?.summary.targets.keys() ?? [])]),
    );
    return promising.map((choice, location) => (breakers.has(location) ? null : choice));
  });
  return choices.some((ofProcess) => ofProcess.some((choice) => choice !== null)) ? choices : null;
}

/** The choice at a location, whatever cycles it is part of; null if no instance may ever go alone there. */
function choiceAt(analysis: Analysis, mine: readonly number[], location: number): Choice | null {
  const indices = ownIndices(analysis, mine, location);
  const cases = indices.reduce((count, { key }) => count * cardinality(key), 1);
  const { instances } = analysis.machine;
  const locks = locksThatMatter(analysis, mine, location);
  const rows = new Map<string, readonly number[]>();
  let promising = false;
  for (const instance of mine) {
    for (let position = 0; position < cases; position += 1) {
      const own = ownFootprint(analysis, instance, location, indices, position);
      const blocked = own === null || analysis.actions.some((action) => disturbs(action, own));
      let possible = true;
      for (const { id: other } of instances) {
        if (other === instance) continue;
        const row = blocked ? [] : undisturbedBy(analysis, own, other, locks);
        rows.set(`${instance} ${position} ${other}`, row);
        possible &&= row.some((bits) => bits !== 0);
      }
      promising ||= possible;
    }
  }
  if (!promising) return null;
  return {
    indices,
    passable: isPassable(analysis, mine, location),
    locks,
    undisturbed: (instance, position, other) => rows.get(`${instance} ${position} ${other}`) ?? [],
  };
}

/** Whether a state may be passed over if a step from this location is enough and the only one: what it shows is shown behind it. */
function isPassable({ machine, steps }: Analysis, mine: readonly number[], at: number): boolean {
  const location = machine.instances
    .filter(({ id }) => mine.includes(id))
    .map(({ process }) => processOf(machine, process).locations[at])[0];
  if (location === undefined) return false;
  const isExpected = location.labels.some(([owner, label]) =>
    machine.expectations.some(
      ({ subject }) =>
        subject.kind === "label" && subject.function === owner && subject.label === label,
    ),
  );
  // Locks taken one after the other get their numbers in the order in which they are met.
  const takesLocks = [...allOps(location.code)].some(({ kind }) => kind === "acquire");
  const hides = mine.some((id) => steps[id]?.[at]?.footprint.leaves !== 0n);
  return !isExpected && !takesLocks && !hides;
}

function undisturbedBy(
  analysis: Analysis,
  own: Footprint,
  other: number,
  locks: readonly LockInstance[],
): readonly number[] {
  const free = analysis.future(other, null);
  const hindered = locks.map((lock) => analysis.future(other, lock));
  return free.map((future, at) =>
    hindered.reduce(
      (bits, futures, lock) => {
        const still = futures[at];
        return still !== undefined && !disturbs(still, own) ? bits | (2 << lock) : bits;
      },
      disturbs(future, own) ? 0 : 1,
    ),
  );
}

/** Whether what others may do depends on a step, the step on it, or the step may undo a target that they lead into. */
function disturbs(others: Footprint, own: Footprint): boolean {
  return (
    (own.writes & (others.reads | others.writes)) !== 0n ||
    (own.reads & others.writes) !== 0n ||
    (own.leaves & others.enters) !== 0n
  );
}

/** Locks that a process may hold at a location. */
function locksThatMatter(
  { machine, cells }: Analysis,
  mine: readonly number[],
  location: number,
): readonly LockInstance[] {
  const [first] = mine;
  const instance = machine.instances[first ?? -1];
  if (instance === undefined) return [];
  const mayHold = processOf(machine, instance.process).locations[location]?.mayHold ?? [];
  const held = cells.locks.filter(({ lock }) => mayHold.includes(machine.locks.indexOf(lock)));
  return held.slice(0, MOST_LOCKS);
}

// ---------------------------------------------------------------- a process's own step

/** Indices of the step's accesses whose values are known when it begins, as far as there are not too many cases. */
function ownIndices(
  { steps, cells }: Analysis,
  mine: readonly number[],
  location: number,
): readonly OwnIndex[] {
  const found: OwnIndex[] = [];
  let cases = 1;
  for (const instance of mine) {
    for (const { root, indices } of steps[instance]?.[location]?.summary.accesses ?? []) {
      indices.forEach((index, depth) => {
        const key = cells.keysOf(root)[depth];
        if (key === undefined || typeof index === "number" || !("expr" in index)) return;
        if (found.some((known) => isIndex(known, index.expr, key))) return;
        if (cases * cardinality(key) > MOST_CASES) return;
        cases *= cardinality(key);
        found.push({ expr: index.expr, key });
      });
    }
  }
  return found;
}

function isIndex(known: OwnIndex, expr: Expr, key: Type): boolean {
  return alike(known.key, key) && alike(known.expr, expr);
}

/** Whether two types, or two expressions over locals, are the same but for where they stand. */
function alike(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return false;
  // Locals and constants are told apart by what they are, not by what they look like.
  if (isDeclared(one) || isDeclared(other)) return false;
  const [keys, others] = [one, other].map((part) =>
    Object.entries(part).filter(([name]) => name !== "span"),
  ) as [[string, unknown][], [string, unknown][]];
  return (
    keys.length === others.length &&
    keys.every(([name, value]) => alike(value, (other as { [name: string]: unknown })[name]))
  );
}

function isDeclared(part: object): boolean {
  return "role" in part || "isParameter" in part;
}

/** What the step touches in one case; null if the instance never stands there, or goes nowhere from there. */
function ownFootprint(
  { steps, cellsOfAccess }: Analysis,
  instance: number,
  location: number,
  indices: readonly OwnIndex[],
  position: number,
): Footprint | null {
  const step = steps[instance]?.[location];
  if (step == null || step.summary.targets.size === 0) return null;
  if (indices.length === 0) return step.footprint;
  const positions = new Map<OwnIndex, number>();
  let rest = position;
  for (const index of indices.toReversed()) {
    const size = cardinality(index.key);
    positions.set(index, rest % size);
    rest = Math.floor(rest / size);
  }
  let { reads, writes } = step.footprint;
  let [ownReads, ownWrites] = [0n, 0n];
  for (const access of step.summary.accesses) {
    const all = cellsOfAccess(access, (index) => index);
    const some = cellsOfAccess(access, (index, key) => {
      if (typeof index === "number" || !("expr" in index)) return index;
      const known = indices.find((one) => isIndex(one, index.expr, key));
      return known === undefined ? index : (positions.get(known) as number);
    });
    if (access.write) {
      writes &= ~all;
      ownWrites |= some;
    } else {
      reads &= ~all;
      ownReads |= some;
    }
  }
  return { ...step.footprint, reads: reads | ownReads, writes: writes | ownWrites };
}
