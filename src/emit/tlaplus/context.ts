// What all parts of a module share: the names of everything, types as sets, and values.

import { positionAt, type Span } from "../../diagnostics/source.ts";
import {
  type Constant,
  type Instance,
  type Lock,
  type Machine,
  type MachineAction,
  type MachineLocal,
  type MachineProcess,
  type Process,
  type Type,
  type Value,
  type Variable,
  valuesOf,
} from "../../machine/machine.ts";
import { type Naming, naming } from "../names.ts";
import { fileName } from "../text.ts";
import {
  call,
  FALSE,
  infix,
  lambda,
  NULL,
  number,
  prefix,
  reference,
  setOf,
  string,
  type Tla,
  TRUE,
  text,
  tuple,
} from "./tree.ts";
import { OWN, RESERVED } from "./words.ts";

export type Ranges = Extract<Type, { readonly kind: "range" }>;

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

/** Names everything of a machine. */
export function newContext(machine: Machine): Context {
  const names = naming([...RESERVED, ...OWN]);
  const fields = new Map<string, string>();
  const fieldNaming = naming(RESERVED.filter((word) => word === word.toUpperCase()));
  const declared = <T extends { readonly name: string }>(list: readonly T[]): Map<T, string> =>
    new Map(list.map((one) => [one, names.declare(one.name)]));
  const types = new Map(machine.types.map(({ name }) => [name, names.declare(name)]));
  const constants = declared([...machine.parameters, ...machine.constants]);
  const variables = declared(machine.variables);
  const locks = declared(machine.locks);
  const operators = declared(machine.processes);
  const actions = declared(machine.actions);
  const properties = new Map(
    machine.properties.map((one) => [propertyKey(one), names.declare(one.name)]),
  );
  const symbols = new Map<string, Value>();
  const symbolNames = new Map<string, string>();
  for (const { name, type } of machine.types) {
    if (!isSymmetric(type)) continue;
    for (const value of valuesOf(type)) {
      const symbol = names.fresh(type.kind === "enum" ? String(value) : `${name}${String(value)}`);
      symbols.set(symbol, value);
      symbolNames.set(`${name} ${String(value)}`, symbol);
    }
  }
  const seen = new Map<string, number>();
  for (const { locations } of machine.processes) {
    for (const { name } of locations) seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const processes = new Map<Process, ProcessNames>();
  const context: Context = {
    ...{ machine, naming: names, types, constants, variables, locks, processes, actions },
    ...{ properties, symbols, symbolNames },
    taken: new Set(),
    needed: new Map(),
    groups: [],
    ranks: new Map(),
    fieldName(name) {
      const known = fields.get(name);
      if (known !== undefined) return known;
      const made = fieldNaming.declare(name);
      fields.set(name, made);
      return made;
    },
  };
  for (const process of machine.processes) {
    const { name, locations, locals } = process;
    processes.set(process.process, {
      machine: process,
      operator: operators.get(process) ?? name,
      at: names.fresh(`${name}_at`),
      locals: new Map(
        locals
          .filter(({ stored }) => stored)
          .map((local) => [local, names.fresh(`${name}_${local.name}`)]),
      ),
      steps: locations.map((location) =>
        location === locations.at(-1)
          ? ""
          : names.fresh(seen.get(location.name) === 1 ? location.name : `${name}_${location.name}`),
      ),
      domain: domainOf(context, process),
    });
  }
  const all = [
    ...[types, constants, variables, locks, actions, properties].flatMap((map) => [
      ...map.values(),
    ]),
    ...symbols.keys(),
    ...[...processes.values()].flatMap(({ operator, at, locals, steps }) => [
      ...[operator, at],
      ...locals.values(),
      ...steps,
    ]),
  ];
  const groups = groupsOf(names, [...variables.values()], [...locks.values()], processes);
  const taken = new Set([...RESERVED, ...OWN, ...all, ...groupNames(groups)]);
  return { ...context, taken, groups };
}

/** Modules with few variables name them one by one. */
const FEW = 8;

function groupsOf(
  names: Naming,
  variables: readonly string[],
  locks: readonly string[],
  processes: Context["processes"],
): Context["groups"] {
  const own = [...processes.values()].map(({ machine, at, locals }) => ({
    name: machine.name,
    at,
    locals: [...locals.values()],
  }));
  const all = [...variables, ...locks, ...own.flatMap(({ at, locals }) => [at, ...locals])];
  if (all.length <= FEW) return all;
  const group = (name: string, members: Group["members"]): Group["members"] =>
    members.length < 2 ? members : [{ name: names.fresh(name), members }];
  return [
    ...group("shared", variables),
    ...group("locks", locks),
    ...own.flatMap(({ name, at, locals }) =>
      group(`${name}_state`, [at, ...group(`${name}_locals`, locals)]),
    ),
  ];
}

function groupNames(groups: Context["groups"]): readonly string[] {
  return groups.flatMap((one) =>
    typeof one === "string" ? [] : [one.name, ...groupNames(one.members)],
  );
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

function domainOf(context: Context, process: MachineProcess): Tla | null {
  const { index } = process.process;
  if (index === null) return null;
  const { type } = index.local;
  const all = [...valuesOf(type)];
  if (all.length === index.values.length) return typeSet(context, type);
  return setOf(index.values.map((value) => valueTree(context, type, value)));
}

export function isSymmetric(type: Type): boolean {
  return (type.kind === "range" || type.kind === "enum") && type.symmetric;
}

/** The names of a process. */
export function processNames(context: Context, process: Process): ProcessNames {
  const found = context.processes.get(process);
  if (found === undefined) throw new Error(`no such process in the machine: ${process.name}`);
  return found;
}

/** All values of a type, as a set: its name if it has one. */
export function typeSet(context: Context, type: Type): Tla {
  if (type.kind === "process" && type.members.length === context.machine.instances.length) {
    return allInstances(context);
  }
  const name = declaredName(context, type);
  return name === null ? typeDefinition(context, type) : text(name);
}

/** The set of all process instances. */
function allInstances(context: Context): Tla {
  const sets = [...context.processes.values()].map(({ machine, domain }): Tla => {
    if (domain === null) return setOf([processTree(machine.process, null)]);
    const bound = { wish: machine.index?.name ?? "i" };
    const body = processTree(machine.process, reference(bound));
    return { kind: "comprehension", form: "map", bound, set: domain, body };
  });
  const [first, ...others] = sets;
  const all = others.reduce((of, other) => infix(of, "\\cup", other), first ?? setOf([]));
  need(context, "Processes", { name: "Processes", body: all });
  return text("Processes");
}

function declaredName(context: Context, type: Type): string | null {
  if (type.kind !== "range" && type.kind !== "enum" && type.kind !== "record") return null;
  const { name } = type;
  const found = context.machine.types.find((one) => one.name === name)?.type;
  if (name === null || found === undefined || found.kind !== type.kind) return null;
  if (type.kind === "range" && found.kind === "range") {
    if (type.lo !== found.lo || type.hi !== found.hi) return null;
  }
  if (type.kind === "record" && found.kind === "record") {
    if (JSON.stringify(type) !== JSON.stringify(found)) return null;
  }
  return context.types.get(name) ?? null;
}

/** A type as a set, spelled out. */
export function typeDefinition(context: Context, type: Type): Tla {
  switch (type.kind) {
    case "bool":
      return text("BOOLEAN");
    case "range":
      if (!type.symmetric) return infix(number(type.lo), "..", number(type.hi));
      return setOf([...valuesOf(type)].map((value) => valueTree(context, type, value)));
    case "enum":
    case "process":
      return setOf(type.members.map((member) => valueTree(context, type, member)));
    case "record":
      return {
        kind: "record",
        types: true,
        fields: type.fields.map(({ name, type: of }) => [
          context.fieldName(name),
          typeSet(context, of),
        ]),
      };
    case "option":
      return infix(setOf([NULL]), "\\cup", typeSet(context, type.of));
    case "array":
      return { kind: "functions", from: typeSet(context, type.key), to: typeSet(context, type.of) };
    case "set":
      return prefix("SUBSET", typeSet(context, type.of));
    case "sequence":
      need(context, "SeqOf", [
        "\\* Sequences of at most n elements of S.",
        "SeqOf(S, n) == UNION {[1..k -> S] : k \\in 0..n}",
      ]);
      return call("SeqOf", typeSet(context, type.of), number(type.upto));
    default:
      return type satisfies never;
  }
}

/** Has an operator defined that the module needs. */
export function need(context: Context, name: string, needed: Needed): void {
  if (!context.needed.has(name)) context.needed.set(name, needed);
}

/** A value of a type. */
export function valueTree(context: Context, type: Type, value: Value): Tla {
  switch (type.kind) {
    case "bool":
      return value === true ? TRUE : FALSE;
    case "range":
    case "enum": {
      if (type.symmetric) {
        const symbol = context.symbolNames.get(`${type.name ?? ""} ${String(value)}`);
        if (symbol === undefined) throw new Error(`a symmetric type without a name: ${type.name}`);
        return text(symbol);
      }
      return type.kind === "range" ? number(Number(value)) : string(String(value));
    }
    case "process": {
      const instance = context.machine.instances.find(({ name }) => name === value);
      if (instance === undefined) throw new Error(`no such instance: ${String(value)}`);
      return instanceTree(context, instance);
    }
    case "option":
      return value === null ? NULL : valueTree(context, type.of, value);
    case "record":
      return {
        kind: "record",
        types: false,
        fields: type.fields.map(({ name, type: of }) => [
          context.fieldName(name),
          valueTree(context, of, entry(value, name)),
        ]),
      };
    case "array":
      return functionTree(context, type.key, [...valuesOf(type.key)], (key) =>
        valueTree(context, type.of, entry(value, String(key))),
      );
    case "set":
    case "sequence": {
      const parts = (value as readonly Value[]).map((one) => valueTree(context, type.of, one));
      return type.kind === "set" ? setOf(parts) : tuple(parts);
    }
    default:
      return type satisfies never;
  }
}

function entry(value: Value, key: string): Value {
  return (value as { readonly [key: string]: Value })[key] as Value;
}

/** A function by its values, in the shortest way: one value for all keys, a tuple, or pairs. */
export function functionTree(
  context: Context,
  keyType: Type,
  keys: readonly Value[],
  of: (key: Value) => Tla,
  domain: Tla = typeSet(context, keyType),
  wish = "k",
): Tla {
  const values = keys.map(of);
  const [first] = values;
  if (first === undefined) return tuple([]);
  const shown = values.map((value) => JSON.stringify(value));
  if (values.length > 1 && shown.every((one) => one === shown[0])) {
    return lambda({ wish }, domain, first);
  }
  if (keyType.kind === "range" && !keyType.symmetric && keys.every((key, at) => key === at + 1)) {
    return tuple(values);
  }
  return keys
    .map((key, at) => infix(valueTree(context, keyType, key), ":>", values[at] as Tla))
    .reduce((pairs, pair) => infix(pairs, "@@", pair));
}

/** `<<"splitter">>`, `<<"zapper", 1>>` */
export function instanceTree(context: Context, { process, index }: Instance): Tla {
  if (process.index === null || index === null) return tuple([string(process.name)]);
  return processTree(process, valueTree(context, process.index.local.type, index));
}

export function processTree(process: Process, index: Tla | null): Tla {
  return tuple(index === null ? [string(process.name)] : [string(process.name), index]);
}

/** `post-patch.weft:40`, for readers of a message. */
export function placeText(span: Span): string {
  return `${fileName(span.source.path)}:${positionAt(span.source, span.start).line}`;
}
