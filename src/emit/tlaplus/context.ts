// What all parts of a module share: the names of everything, and what the module turns out to need.

import { positionAt, type Span } from "../../diagnostics/source.ts";
import type {
  Constant,
  Lock,
  Machine,
  MachineAction,
  MachineLocal,
  MachineProcess,
  Process,
  Value,
  Variable,
} from "../../machine/machine.ts";
import type { Naming } from "../names.ts";
import { fileName } from "../text.ts";
import type { Tla } from "./tree.ts";

export interface Context {
  readonly machine: Machine;
  readonly naming: Naming;
  /** Every name of the module; local ones keep clear of them. */
  readonly taken: Set<string>;
  readonly types: ReadonlyMap<string, string>;
  readonly constants: ReadonlyMap<Constant, string>;
  readonly variables: ReadonlyMap<Variable, string>;
  readonly locks: ReadonlyMap<Lock, string>;
  readonly processes: ReadonlyMap<Process, ProcessNames>;
  readonly actions: ReadonlyMap<MachineAction, string>;
  readonly properties: ReadonlyMap<string, string>;
  /** Members of symmetric types: model values. */
  readonly symbols: ReadonlyMap<string, Value>;
  readonly symbolNames: ReadonlyMap<string, string>;
  /** Operators that are defined because something uses them, in that order. */
  readonly needed: Map<string, Needed>;
  /** Operators that tell the place of a value in the order of its type. */
  readonly ranks: Map<string, string>;
  /** All variables, in the order of a state; many of them in groups. */
  readonly groups: readonly (string | Group)[];
  fieldName(name: string): string;
}

/** Lines of an operator, or an operator to be laid out. */
export type Needed = readonly string[] | { readonly name: string; readonly body: Tla };

/** Variables that have a name together. */
export interface Group {
  readonly name: string;
  readonly members: readonly (string | Group)[];
}

export interface ProcessNames {
  readonly machine: MachineProcess;
  readonly operator: string;
  readonly at: string;
  readonly locals: ReadonlyMap<MachineLocal, string>;
  /** One a location. */
  readonly steps: readonly string[];
  /** The index values, as a set; null without an index. */
  readonly domain: Tla | null;
}

/** The names of a process. */
export function processNames(context: Context, process: Process): ProcessNames {
  const found = context.processes.get(process);
  if (found === undefined) throw new Error(`no such process in the machine: ${process.name}`);
  return found;
}

/** Properties of different kinds may have one name. */
export function propertyKey({
  kind,
  name,
}: {
  readonly kind: string;
  readonly name: string;
}): string {
  return `${kind} ${name}`;
}

/** The names of variables, those of a whole group by its name. */
export function grouped(groups: Context["groups"], wanted: ReadonlySet<string>): readonly string[] {
  const has = (one: string | Group): boolean =>
    typeof one === "string" ? wanted.has(one) : one.members.every(has);
  return groups.flatMap((one) => {
    if (typeof one === "string") return wanted.has(one) ? [one] : [];
    return has(one) ? [one.name] : grouped(one.members, wanted);
  });
}

/** Has an operator defined that the module needs. */
export function need(context: Context, name: string, needed: Needed): void {
  if (!context.needed.has(name)) context.needed.set(name, needed);
}

/** `post-patch.weft:40`, for readers of a message. */
export function placeText(span: Span): string {
  return `${fileName(span.source.path)}:${positionAt(span.source, span.start).line}`;
}
