// How a machine's state is kept in Promela: what everything is called, which process has which number, and of which
// types the variables are. A state of the one reads as a state of the other.

import type {
  Local,
  Lock,
  Machine,
  MachineProcess,
  Process,
  Type,
  Value,
  Variable,
} from "../../machine/machine.ts";
import { type Naming, naming } from "../names.ts";
import type { ScalarType } from "../scalar/scalar.ts";
import { isScalarType } from "../scalar/symbolic-values.ts";
import { type Shapes, shapes } from "./shapes.ts";
import { RESERVED } from "./words.ts";

export interface Layout {
  readonly machine: Machine;
  readonly naming: Naming;
  readonly shapes: Shapes;
  /** By the name of the enum and of the member. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Names of the spec that could not stay as they are. */
  readonly renamed: Naming["renamed"];
  readonly variables: ReadonlyMap<Variable, string>;
  readonly locks: ReadonlyMap<Lock, string>;
  readonly processes: ReadonlyMap<Process, ProcessLayout>;
  /** Macros of properties, in their order. */
  readonly properties: readonly string[];
  /** True once the initial state is reached. */
  readonly started: string;
  /** The proctype of the spec's actions. */
  readonly actions: string;
  /** The macro that says that nothing more needs to happen. */
  readonly finished: string;
  /** Process 0 is `init`, then come the instances, in their order. */
  readonly pidType: ScalarType;
  /** The process whose proctype is being written: it knows its own number as `_pid`. */
  readonly inside: Process | null;
}

export interface ProcessLayout {
  readonly process: MachineProcess;
  readonly name: string;
  /** Where it stands: a variable, or an array by the index of the process. */
  readonly at: string;
  /** Macros of its locations; their values begin with 1, since 0 is before the start. */
  readonly locations: readonly string[];
  readonly stored: ReadonlyMap<Local, string>;
  readonly index: ProcessIndex | null;
  /** The number of its first instance. */
  readonly firstPid: number;
}

export interface ProcessIndex {
  /** A variable of the proctype that never changes. */
  readonly name: string;
  readonly type: ScalarType;
  readonly values: readonly Value[];
}

/** Names and types for a machine. */
export function layoutOf(machine: Machine): Layout {
  const own = machine.processes.map(({ name }) => `P${name}`);
  const names = naming([...RESERVED, ...own]);
  const variables = new Map(machine.variables.map((it) => [it, names.declare(it.name)] as const));
  const locks = new Map(machine.locks.map((it) => [it, names.declare(it.name)] as const));
  const processNames = new Map(
    machine.processes.map((it) => [it, names.declare(it.name)] as const),
  );
  const { members, renamed } = memberNames(machine, names);
  const properties = machine.properties.map(({ name }) => names.declare(name));
  const finished = names.fresh("finished");
  const actions = names.fresh("actions");
  // No field may be called as a macro or as a proctype.
  const macros = [
    finished,
    actions,
    ...processNames.values(),
    ...properties,
    ...[...members.values()].flatMap((it) => [...it.values()]),
  ];
  const processes = new Map<Process, ProcessLayout>();
  let firstPid = 1;
  for (const process of machine.processes) {
    const name = processNames.get(process) ?? process.name;
    processes.set(process.process, {
      process,
      name,
      at: names.fresh(`${name}_at`),
      locations: locationNames(machine, process, names),
      stored: new Map(
        process.locals
          .filter(({ stored }) => stored)
          .map((local) => [local, names.fresh(`${name}_${local.name}`)] as const),
      ),
      index: indexOf(process, names),
      firstPid,
    });
    macros.push(...(processes.get(process.process)?.locations ?? []));
    firstPid += machine.instances.filter((it) => it.process === process.process).length;
  }
  return {
    machine,
    naming: names,
    shapes: shapes(names, macros),
    members,
    renamed: [...names.renamed, ...renamed],
    variables,
    locks,
    processes,
    properties,
    started: names.fresh("started"),
    actions,
    finished,
    pidType: { kind: "range", lo: 0, hi: firstPid - 1, name: null, symmetric: false },
    inside: null,
  };
}

/** Members get the name of their enum in front where two enums, or an enum and something else, share them. */
function memberNames(
  machine: Machine,
  names: Naming,
): { readonly members: Layout["members"]; readonly renamed: Naming["renamed"] } {
  const enums = machine.types.flatMap(({ type }) => (type.kind === "enum" ? [type] : []));
  const all = enums.flatMap(({ members }) => members);
  const others = new Set([
    ...[...machine.variables, ...machine.locks, ...machine.processes].map(({ name }) => name),
    ...machine.properties.map(({ name }) => name),
  ]);
  const renamed: { from: string; to: string }[] = [];
  const members = enums.map(({ name, members: own }) => {
    const called = own.map((member) => {
      const shared = others.has(member) || all.filter((other) => other === member).length > 1;
      const to = names.fresh(shared ? `${name}_${member}` : member);
      if (to !== member) renamed.push({ from: `${name}.${member}`, to });
      return [member, to] as const;
    });
    return [name, new Map(called)] as const;
  });
  return { members: new Map(members), renamed };
}

function locationNames(
  machine: Machine,
  process: MachineProcess,
  names: Naming,
): readonly string[] {
  const others = machine.processes.filter((other) => other !== process);
  return process.locations.map(({ name }) => {
    const shared =
      name === "done" || others.some(({ locations }) => locations.some((it) => it.name === name));
    return names.fresh(shared ? `${process.name}_${name}` : name);
  });
}

function indexOf({ process, index }: MachineProcess, names: Naming): ProcessIndex | null {
  if (index === null || process.index === null) return null;
  if (!isScalarType(index.type)) throw new Error(`an index of type ${index.type.kind}`);
  return { name: names.fresh(index.name), type: index.type, values: process.index.values };
}

/** The type of a variable that each instance of a process has: an array by its index. */
export function ofInstances({ index }: ProcessLayout, type: Type): Type {
  return index === null ? type : { kind: "array", key: index.type, of: type };
}

/** The type of a location variable; 0 is before the start. */
export function locationType({ locations }: ProcessLayout): ScalarType {
  return { kind: "range", lo: 0, hi: locations.length, name: null, symmetric: false };
}

/** A lock: its owner by number, 0 if it is free; a reader-writer lock also has a flag for each reader. */
export function lockType({ pidType }: Layout, lock: Lock): Type {
  const one: Type =
    lock.class === "rwsem"
      ? {
          kind: "record",
          name: "rwsem",
          fields: [
            { name: LOCK.writer, type: pidType },
            { name: LOCK.reader, type: { kind: "set", of: pidType } },
          ],
        }
      : pidType;
  return lock.keys.reduceRight<Type>((of, key) => ({ kind: "array", key, of }), one);
}

export const LOCK = { writer: "writer", reader: "reader" } as const;

export function processLayout(layout: Layout, process: Process): ProcessLayout {
  const found = layout.processes.get(process);
  if (found === undefined) throw new Error(`no such process: ${process.name}`);
  return found;
}

/** The number of an instance. */
export function pidOf(layout: Layout, process: Process, index: Value | null): number {
  const { firstPid, index: own } = processLayout(layout, process);
  return own === null ? firstPid : firstPid + own.values.indexOf(index as Value);
}

/** A variable of the translation, whole. */
export interface Root {
  readonly name: string;
  readonly type: Type;
  /** What typedefs are named after, if not after the variable. */
  readonly hint?: string;
}

/** Everything that is part of the state, in its order. */
export function stateRoots(layout: Layout): readonly Root[] {
  const { machine, variables, locks, processes } = layout;
  return [
    ...machine.variables.map((it) => ({ name: variables.get(it) ?? "", type: it.type })),
    ...machine.locks.map((it) => ({ name: locks.get(it) ?? "", type: lockType(layout, it) })),
    ...[...processes.values()].flatMap((process) => [
      { name: process.at, type: ofInstances(process, locationType(process)) },
      ...[...process.stored].map(([local, name]) => ({
        name,
        type: ofInstances(process, local.type),
      })),
    ]),
  ];
}
