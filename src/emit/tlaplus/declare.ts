// Names everything of a machine: top-level names first, so that local ones can keep clear of them.

import {
  type Machine,
  type MachineProcess,
  type Process,
  type Value,
  valuesOf,
} from "../../machine/machine.ts";
import { type Naming, naming } from "../names.ts";
import { type Context, type Group, type ProcessNames, propertyKey } from "./context.ts";
import { setOf, type Tla } from "./tree.ts";
import { isSymmetric, typeSet, valueTree } from "./values.ts";
import { OWN, RESERVED, RESERVED_HEADS } from "./words.ts";

/** Names everything of a machine. */
export function newContext(machine: Machine): Context {
  const names = naming([...RESERVED, ...OWN], false, RESERVED_HEADS);
  const fields = new Map<string, string>();
  const fieldWords = RESERVED.filter((word) => word === word.toUpperCase());
  const fieldNaming = naming(fieldWords, false, RESERVED_HEADS);
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
          .map((local) => [local, names.fresh(localName(machine, process, local.name))]),
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

/** A local's own name if no other process has a local of that name. */
function localName(machine: Machine, process: MachineProcess, name: string): string {
  const others = machine.processes.filter((other) => other !== process);
  const alone = others.every(({ locals }) =>
    locals.every((local) => !local.stored || local.name !== name),
  );
  return alone ? name : `${process.name}_${name}`;
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

function domainOf(context: Context, process: MachineProcess): Tla | null {
  const { index } = process.process;
  if (index === null) return null;
  const { type } = index.local;
  const all = [...valuesOf(type)];
  if (all.length === index.values.length) return typeSet(context, type);
  return setOf(index.values.map((value) => valueTree(context, type, value)));
}
