// What everything of a machine is called in its Murphi form, and of which Murphi type it is.
// A state of the one reads as a state of the other: variables of the spec, owners of locks, and for each process where
// it stands and the locals that it keeps.

import {
  cardinality,
  type Local,
  type Machine,
  type MachineLocal,
  type MachineProcess,
  type Process,
  type Type,
} from "../../machine/machine.ts";
import { type Naming, naming } from "../names.ts";
import type { Notions } from "../scalar/scope.ts";
import { axesOf } from "./axes.ts";

const WORDS = (
  "alias array assert assume begin boolean by case choose clear const cover do else elsif end endalias endexists " +
  "endfor endforall endfunction endif endprocedure endrecord endrule endruleset endstartstate endswitch endwhile " +
  "enum error exists false for forall function if in interleaved invariant ismember isundefined liveness multiset " +
  "multisetadd multisetcount multisetremove multisetremovepred of procedure process program property put real record " +
  "return rule ruleset scalarset startstate switch then to traceuntil true type undefine undefined union var while"
).split(" ");

/** Murphi reads its keywords in any case, and tells identifiers apart by case. */
export const RESERVED: ReadonlySet<string> = new Set(
  WORDS.flatMap((word) => [word, word.toUpperCase(), word[0]?.toUpperCase() + word.slice(1)]),
);

export interface Layout {
  readonly machine: Machine;
  /** For positions of values, which keep no quantifier. */
  readonly plain: Notions;
  /** Names of the symmetric types that are scalarsets. */
  readonly scalarsets: ReadonlySet<string>;
  /** Every global name; rules and functions name their own things after it. */
  readonly globals: readonly string[];
  readonly types: ReadonlyMap<string, string>;
  /** By the name of the enum and of the member. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Variables, locks and constants by their names in the spec. */
  readonly names: ReadonlyMap<string, string>;
  readonly processes: ReadonlyMap<Process, ProcessLayout>;
  /** The type of lock owners; null in machines without locks. */
  readonly owner: OwnerLayout | null;
  readonly renamed: Naming["renamed"];
}

export interface ProcessLayout {
  readonly process: MachineProcess;
  /** Where it stands: a variable, an array by the index of the process. */
  readonly at: string;
  readonly atType: string;
  /** Members of `atType`, by location. */
  readonly locations: readonly string[];
  /** The type of the index; null without one. */
  readonly index: { readonly type: Type; readonly text: string; readonly all: boolean } | null;
  readonly stored: ReadonlyMap<Local, string>;
  /** The member that stands for it among the owners of locks. */
  readonly owner: string;
}

export interface OwnerLayout {
  readonly type: string;
  /** The enum of the processes' names: the type itself if no process has an index. */
  readonly processType: string;
  readonly nobody: string;
  /** One field for each type of index. */
  readonly fields: readonly { readonly name: string; readonly type: Type }[];
}

/** Names and types for a machine, with these of its symmetric types as scalarsets. */
export function layoutOf(machine: Machine, scalarsets: ReadonlySet<string>): Layout {
  const globals: string[] = [];
  const renamed: { from: string; to: string }[] = [];
  const base = naming(RESERVED);
  const fresh = (name: string): string => {
    const found = base.fresh(letterFirst(name));
    globals.push(found);
    return found;
  };
  const declare = (name: string): string => {
    const found = fresh(name);
    if (found !== name) renamed.push({ from: name, to: found });
    return found;
  };
  const names = new Map<string, string>();
  const constants = [...machine.parameters, ...machine.constants];
  for (const { name } of constants) names.set(name, declare(name));
  const types = new Map(machine.types.map(({ name }) => [name, declare(name)] as const));
  for (const { name } of [...machine.variables, ...machine.locks]) names.set(name, declare(name));
  const owners = new Map<Process, string>();
  if (machine.locks.length > 0) {
    for (const { process } of machine.processes) owners.set(process, declare(process.name));
  }
  const enums = machine.types.flatMap(({ type }) => (type.kind === "enum" ? [type] : []));
  const times = new Map<string, number>();
  for (const { members } of enums)
    for (const member of members) times.set(member, (times.get(member) ?? 0) + 1);
  const members = new Map<string, ReadonlyMap<string, string>>();
  for (const type of enums) {
    const own = type.members.map((member) => {
      const clashes = (times.get(member) ?? 0) > 1 || taken(globals, member);
      const found = fresh(clashes ? `${type.name}_${member}` : member);
      if (found !== member) renamed.push({ from: `${type.name}.${member}`, to: found });
      return [member, found] as const;
    });
    members.set(type.name, new Map(own));
  }
  const processes = new Map<Process, ProcessLayout>();
  for (const process of machine.processes) {
    const { name, locations } = process;
    const stored = process.locals
      .filter((local) => local.stored)
      .map((local) => [local, fresh(`${name}_${local.name}`)] as const);
    const at = fresh(`${name}_at`);
    processes.set(process.process, {
      process,
      at,
      atType: fresh(`${name[0]?.toUpperCase()}${name.slice(1)}At`),
      locations: locations.map((location) => {
        const plain = letterFirst(location.name.replaceAll(".", "_"));
        const clashes =
          plain !== location.name.replaceAll(".", "_") ||
          machine.processes.some(
            (other) => other !== process && other.locations.some((it) => it.name === location.name),
          ) ||
          taken(globals, plain);
        return fresh(clashes ? `${name}_${location.name}` : location.name);
      }),
      index: indexOf(process, types),
      stored: new Map(stored),
      owner: owners.get(process.process) ?? "",
    });
  }
  return {
    machine,
    plain: {
      machine,
      keep: () => false,
      opaque: (type) => isScalarset(type, scalarsets),
    },
    scalarsets,
    globals,
    types,
    members,
    names,
    processes,
    owner: machine.locks.length > 0 ? ownerLayout([...processes.values()], fresh) : null,
    renamed,
  };
}

function taken(globals: readonly string[], name: string): boolean {
  return RESERVED.has(name) || globals.includes(name);
}

/** Identifiers of Murphi begin with a letter. */
export function letterFirst(name: string): string {
  return /^[A-Za-z]/.test(name) ? name : `w${name.startsWith("_") ? "" : "_"}${name}`;
}

function indexOf(
  { process, index }: MachineProcess,
  types: ReadonlyMap<string, string>,
): ProcessLayout["index"] {
  if (index === null || process.index === null) return null;
  const { values } = process.index;
  const { type } = index;
  const all = values.length === cardinality(type);
  const numbers = values.filter((value) => typeof value === "number");
  const lo = Math.min(...numbers);
  const hi = Math.max(...numbers);
  // Values without gaps are a range of their own, so that nothing lies at the others.
  if (!all && type.kind === "range" && hi - lo + 1 === values.length) {
    return {
      type: { kind: "range", lo, hi, name: null, symmetric: false },
      text: `${lo} .. ${hi}`,
      all: true,
    };
  }
  return { type, text: typeText(type, types), all };
}

function ownerLayout(
  processes: readonly ProcessLayout[],
  fresh: (name: string) => string,
): OwnerLayout {
  const type = fresh("Owner");
  const nobody = fresh("nobody");
  const fields: { name: string; type: Type }[] = [];
  for (const { index } of processes) {
    if (index === null || fields.some((field) => sameScalar(field.type, index.type))) continue;
    fields.push({
      name: fields.length === 0 ? "index" : `index_${fields.length + 1}`,
      type: index.type,
    });
  }
  return { type, processType: fields.length === 0 ? type : fresh("ProcessName"), nobody, fields };
}

/** The field of an owner that holds the index of this process. */
export function ownerField(owner: OwnerLayout, index: Type): string {
  return owner.fields.find(({ type }) => sameScalar(type, index))?.name ?? "";
}

function sameScalar(left: Type, right: Type): boolean {
  if (left.kind === "range" && right.kind === "range")
    return left.lo === right.lo && left.hi === right.hi && left.name === right.name;
  if (left.kind === "enum" && right.kind === "enum") return left.name === right.name;
  return left.kind === right.kind;
}

/** Are the values of a type told apart by nothing but being the same or not? */
export function isScalarset(type: Type, scalarsets: ReadonlySet<string>): boolean {
  if (type.kind !== "range" && type.kind !== "enum") return false;
  return type.symmetric && type.name !== null && scalarsets.has(type.name);
}

/** Is a value of this type one word of Murphi? */
export function isScalar(type: Type): boolean {
  return type.kind === "bool" || type.kind === "range" || type.kind === "enum";
}

/** A word that may be undefined: Murphi can read it only where it is not. */
export function isOneWord(type: Type): boolean {
  return type.kind === "option" && isScalar(type.of);
}

/** A type as it is written where it is used: its name if it has one. */
export function typeText(type: Type, types: ReadonlyMap<string, string>): string {
  if (type.kind === "range" || type.kind === "record" || type.kind === "enum") {
    const name = type.name === null ? undefined : types.get(type.name);
    if (name !== undefined) return name;
  }
  return definitionText(type, types);
}

/** What a type is, whatever its name. */
export function definitionText(type: Type, types: ReadonlyMap<string, string>): string {
  const text = (inner: Type): string => typeText(inner, types);
  switch (type.kind) {
    case "bool":
      return "boolean";
    case "range":
      return `${type.lo} .. ${type.hi}`;
    case "enum":
      throw new Error(`an enum that is not declared: ${type.name}`);
    case "process":
      throw new Error("a process kept in a variable");
    case "record":
      return `record ${type.fields.map((field) => `${fieldName(field.name)}: ${text(field.type)};`).join(" ")} end`;
    case "option":
      return isScalar(type.of)
        ? text(type.of)
        : `record ${OPTION.some}: boolean; ${OPTION.value}: ${text(type.of)}; end`;
    case "array":
      return `array [${text(type.key)}] of ${text(type.of)}`;
    case "set":
      return `${axesOf(type.of)
        .map((axis) => `array [${text(axis)}] of `)
        .join("")}boolean`;
    case "sequence":
      return type.upto === 0
        ? `record ${SEQUENCE.length}: 0 .. 0; end`
        : `record ${SEQUENCE.length}: 0 .. ${type.upto}; ${SEQUENCE.items}: array [0 .. ${type.upto - 1}] of ${text(type.of)}; end`;
    default:
      return type satisfies never;
  }
}

/** Fields of what is no scalar; a null among scalars is an undefined value. */
export const OPTION = { some: "is_some", value: "some" } as const;
export const SEQUENCE = { length: "length", items: "items" } as const;

/** Fields live in their record; only keywords are out of the question. */
export function fieldName(name: string): string {
  const plain = letterFirst(name);
  return RESERVED.has(plain) ? `${plain}_` : plain;
}

/** The stored locals of a process, in the order of its states. */
export function storedLocals(process: MachineProcess): readonly MachineLocal[] {
  return process.locals.filter((local) => local.stored);
}
