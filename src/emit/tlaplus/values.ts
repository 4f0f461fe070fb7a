// Types as sets, and values.

import {
  type Instance,
  type Process,
  type Type,
  type Value,
  valuesOf,
} from "../../machine/machine.ts";
import { type Context, need } from "./context.ts";
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

export function isSymmetric(type: Type): boolean {
  return (type.kind === "range" || type.kind === "enum") && type.symmetric;
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

/** All values of a type, as a set that TLC can enumerate; Seq(S) it can only be asked for members. */
export function enumerable(context: Context, type: Type): Tla {
  if (!hasSequence(type)) return typeSet(context, type);
  const inside = (of: Type): Tla => enumerable(context, of);
  switch (type.kind) {
    case "record": {
      const fields = type.fields.map(
        ({ name, type: of }) => [context.fieldName(name), inside(of)] as const,
      );
      return { kind: "record", types: true, fields };
    }
    case "option":
      return infix(setOf([NULL]), "\\cup", inside(type.of));
    case "array":
      return { kind: "functions", from: typeSet(context, type.key), to: inside(type.of) };
    case "set":
      return prefix("SUBSET", inside(type.of));
    case "sequence": {
      const bound = { wish: "n" };
      const from = infix(number(1), "..", reference(bound));
      const body: Tla = { kind: "functions", from, to: inside(type.of) };
      const set = infix(number(0), "..", number(type.upto));
      return prefix("UNION", { kind: "comprehension", form: "map", bound, set, body });
    }
    default:
      return typeSet(context, type);
  }
}

function hasSequence(type: Type): boolean {
  switch (type.kind) {
    case "sequence":
      return true;
    case "record":
      return type.fields.some((one) => hasSequence(one.type));
    case "option":
    case "array":
    case "set":
      return hasSequence(type.of);
    default:
      return false;
  }
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
        "SeqOf(S, n) == {s \\in Seq(S) : Len(s) <= n}",
      ]);
      return call("SeqOf", typeSet(context, type.of), number(type.upto));
    default:
      return type satisfies never;
  }
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
