// What a process instance may still do, from each of its locations on, as long as another process does not move: the cells
// that it may read and write, and the targets that it may lead into. The least solution of
// future(l) = step(l), joined with future(l') of all l' to which the step may lead.

import type {
  Instance,
  LockPlace,
  Machine,
  MachineProcess,
  Process,
  Type,
  Value,
} from "../machine.ts";
import { ANY, type CellSet, type Cells, type LockInstance } from "./cells.ts";
import { type AboutProcess, passage, type SeenStep } from "./change.ts";
import { type Known, knownValue } from "./known.ts";
import { heldInBoth } from "./places.ts";
import {
  type Access,
  type Effect,
  type Index,
  positionsOf,
  type StepSummary,
  summarise,
} from "./step.ts";
import { type Target, targetsOf } from "./targets.ts";

/** What steps touch; `enters` and `leaves` are sets of targets. */
export interface Footprint {
  readonly reads: CellSet;
  readonly writes: CellSet;
  readonly enters: bigint;
  readonly leaves: bigint;
}

const NOTHING: Footprint = { reads: 0n, writes: 0n, enters: 0n, leaves: 0n };

/** A step of an instance, by itself. */
export interface InstanceStep {
  readonly summary: StepSummary;
  readonly footprint: Footprint;
}

export interface Analysis {
  readonly machine: Machine;
  readonly cells: Cells;
  /** By instance and location; null where the instance never stands. */
  readonly steps: readonly (readonly (InstanceStep | null)[])[];
  readonly actions: readonly Footprint[];
  /** The cells of an access, given positions for indices that have their value at the beginning of the step. */
  cellsOfAccess(access: Access, resolve: (index: Index, key: Type) => Index): CellSet;
  /** By location: what an instance may do; `avoided` is a lock that another process holds for itself alone. */
  future(instance: number, avoided: LockInstance | null): readonly Footprint[];
}

/** Analyses a machine. */
export function analyse(machine: Machine, cells: Cells): Analysis {
  const targets = targetsOf(machine);
  const finder = instancesOf(machine);
  const cellsOfAccess: Analysis["cellsOfAccess"] = ({ root, indices }, resolve) =>
    cells.of(
      root,
      cells.keysOf(root).map((key, depth) => positionsOf(resolve(indices[depth] ?? ANY, key))),
    );
  const touched = (summary: StepSummary): Pick<Footprint, "reads" | "writes"> => {
    let [reads, writes] = [0n, 0n];
    for (const access of summary.accesses) {
      const set = cellsOfAccess(access, (index) => index);
      if (access.write) writes |= set;
      else reads |= set;
    }
    for (const end of summary.endsRead) {
      const all = machine.instances.map(({ id }) => id);
      for (const id of end === null ? all : [end]) reads |= cells.done(id);
    }
    return { reads, writes };
  };
  const passages = (
    effects: readonly Effect[],
    movers: readonly SeenStep["mover"][],
  ): Pick<Footprint, "enters" | "leaves"> => {
    let [enters, leaves] = [0n, 0n];
    for (const mover of movers) {
      const process = mover === null ? null : machine.instances[mover.instance]?.process;
      const step: SeenStep = {
        cells,
        effects,
        mover,
        instanceOf: (expr) => finder(expr, new Map()),
        isOfMover: (expr) => expr.process === process,
      };
      targets.forEach((target: Target, position) => {
        const { enters: into, leaves: out } = passage(target, step);
        if (into) enters |= 1n << BigInt(position);
        if (out) leaves |= 1n << BigInt(position);
      });
    }
    return { enters, leaves };
  };
  const circumstances = (known: Known, held: readonly LockPlace[], avoided: LockInstance | null) =>
    ({ cells, known, instanceOf: finder, avoided, held }) as const;

  const held = machine.instances.map((instance) => {
    const process = processOf(machine, instance.process);
    return heldAt(process, (code, before) =>
      summarise(code, circumstances(indexOf(process, instance), before, null)),
    );
  });
  const steps = machine.instances.map((instance) => {
    const process = processOf(machine, instance.process);
    const done = process.locations.length - 1;
    return process.locations.map(({ id, code }): InstanceStep | null => {
      const before = held[instance.id]?.[id];
      if (before == null) return null;
      const summary = summarise(code, circumstances(indexOf(process, instance), before, null));
      const movers = [...summary.targets.keys()].map((location) => ({
        instance: instance.id,
        from: id,
        to: location < 0 ? done : location,
        done,
      }));
      const own = touched(summary);
      const ends = movers.some(({ to }) => to === done) ? cells.done(instance.id) : 0n;
      const writes = own.writes | ends;
      return { summary, footprint: { ...own, writes, ...passages(summary.effects, movers) } };
    });
  });
  const actions = machine.actions.map(({ code }): Footprint => {
    const summary = summarise(code, circumstances(new Map(), [], null));
    return { ...touched(summary), ...passages(summary.effects, [null]) };
  });

  /** The steps as they are while a lock is avoided. */
  const hindered = (id: number, avoided: LockInstance): readonly (InstanceStep | null)[] => {
    const instance = machine.instances[id] as Instance;
    const process = processOf(machine, instance.process);
    return process.locations.map(({ id: location, code }): InstanceStep | null => {
      const before = held[id]?.[location];
      const free = steps[id]?.[location];
      if (before == null || free == null) return null;
      const known = indexOf(process, instance);
      const summary = summarise(code, circumstances(known, before, avoided));
      if (summary.targets.size === 0)
        return { summary, footprint: { ...NOTHING, reads: touched(summary).reads } };
      const own = touched(summary);
      const ends = free.footprint.writes & cells.done(id);
      return { summary, footprint: { ...free.footprint, ...own, writes: own.writes | ends } };
    });
  };
  const known = new Map<string, readonly Footprint[]>();
  return {
    machine,
    cells,
    steps,
    actions,
    cellsOfAccess,
    future(instance, avoided) {
      const key = `${instance} ${avoided === null ? "" : `${avoided.lock.name} ${avoided.position}`}`;
      const found =
        known.get(key) ??
        closed(avoided === null ? (steps[instance] ?? []) : hindered(instance, avoided));
      known.set(key, found);
      return found;
    },
  };
}

/** The least fixed point: each step joined with all that may follow it. */
function closed(steps: readonly (InstanceStep | null)[]): readonly Footprint[] {
  const futures = steps.map((step) => step?.footprint ?? NOTHING);
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = steps.length - 1; at >= 0; at -= 1) {
      const before = futures[at] as Footprint;
      let all = before;
      for (const next of steps[at]?.summary.targets.keys() ?? [])
        all = union(all, futures[next] ?? NOTHING);
      if (same(all, before)) continue;
      futures[at] = all;
      changed = true;
    }
  }
  return futures;
}

function union(one: Footprint, other: Footprint): Footprint {
  return {
    reads: one.reads | other.reads,
    writes: one.writes | other.writes,
    enters: one.enters | other.enters,
    leaves: one.leaves | other.leaves,
  };
}

function same(one: Footprint, other: Footprint): boolean {
  return (
    one.reads === other.reads &&
    one.writes === other.writes &&
    one.enters === other.enters &&
    one.leaves === other.leaves
  );
}

/** The locks that an instance holds for sure at each location; null where it never stands. */
function heldAt(
  process: MachineProcess,
  step: (code: MachineProcess["start"], held: readonly LockPlace[]) => StepSummary,
): readonly (readonly LockPlace[] | null)[] {
  const at: (readonly LockPlace[] | null)[] = process.locations.map(() => null);
  const work: number[] = [];
  const reach = ({ targets }: StepSummary): void => {
    for (const [location, held] of targets) {
      const before = at[location];
      const now = before == null ? held : heldInBoth(before, held);
      if (before != null && now.length === before.length) continue;
      at[location] = now;
      work.push(location);
    }
  };
  reach(step(process.start, []));
  for (let location = work.pop(); location !== undefined; location = work.pop()) {
    const code = process.locations[location]?.code;
    if (code !== undefined) reach(step(code, at[location] ?? []));
  }
  return at;
}

/** Finds the instance that an expression names; null if that is not known before it runs. */
function instancesOf(machine: Machine): (expr: AboutProcess, known: Known) => number | null {
  return (expr, known) => {
    const mine = machine.instances.filter(({ process }) => process === expr.process);
    if (expr.index === null) return mine[0]?.id ?? null;
    const value = knownValue(expr.index, known);
    if (value === undefined) return null;
    return mine.find(({ index }) => alike(index, value))?.id ?? null;
  };
}

function alike(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function indexOf(process: MachineProcess, { index }: Instance): Known {
  return process.index === null ? new Map() : new Map([[process.index, index]]);
}

export function processOf(machine: Machine, process: Process): MachineProcess {
  const found = machine.processes.find((candidate) => candidate.process === process);
  if (found === undefined) throw new Error(`${process.name} is not in its machine`);
  return found;
}
