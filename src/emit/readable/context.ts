// What the printers of the readable form share: names of the module, types as text, the helpers that were used.

import { positionAt, type Span } from "../../diagnostics/source.ts";
import type { Constant, Machine, Type, Value } from "../../machine/machine.ts";
import { cardinality } from "../../machine/machine.ts";
import { fileName, identifier, names, RESERVED } from "../text.ts";
import { preludeText } from "./prelude-text.ts";

export interface Context {
  readonly machine: Machine;
  /** Whether types are printed. */
  readonly types: boolean;
  /** Names of the module: functions, constants. */
  readonly name: (wish: string) => string;
  /** The name of each type of the spec that has one. */
  readonly typeNames: ReadonlyMap<string, string>;
  /** The name of each param and const. */
  readonly constants: ReadonlyMap<Constant, string>;
  /** Helpers of the prelude that the module needs. */
  readonly helpers: Set<string>;
  /** Constants that list all values of a type, by type and text. */
  readonly lists: Map<
    string,
    { readonly name: string; readonly type: string; readonly text: string }
  >;
  /** Names in use by the module, which locals must not hide. */
  readonly taken: Set<string>;
}

/** Names that the printers use inside functions. */
const LOCAL_NAMES = [
  "state",
  "s",
  "self",
  "own",
  "given",
  "choose",
  "report",
  "way",
  "next",
  "before",
  "after",
  "taken",
  "total",
  "round",
];

export function newContext(machine: Machine, types: boolean): Context {
  const taken = new Set([
    ...RESERVED,
    ...LOCAL_NAMES,
    ...Object.keys(preludeText),
    "State",
    "Mover",
    "Process",
    "Step",
    "initialStates",
    "enabled",
    "encode",
    "decode",
    "packed",
  ]);
  const unique = names(taken);
  const constants = new Map(
    [...machine.parameters, ...machine.constants].map(
      (constant) => [constant, unique(identifier(constant.name))] as const,
    ),
  );
  for (const constant of constants.values()) taken.add(constant);
  const typeNames = new Map(
    machine.types.map((declared) => [declared.name, unique(identifier(declared.name))] as const),
  );
  return {
    machine,
    types,
    name: (wish) => {
      const made = unique(wish);
      taken.add(made);
      return made;
    },
    typeNames,
    constants,
    helpers: new Set(),
    lists: new Map(),
    taken,
  };
}

/** Asks for a helper, and gives its name. */
export function helper(context: Context, name: string): string {
  context.helpers.add(name);
  return name;
}

/** `: T` where types are printed. */
export function annotation(context: Context, type: string): string {
  return context.types ? `: ${type}` : "";
}

/** Ranges of more values than this are just numbers. */
const MOST_LITERALS = 16;

/** Whether a range is printed as the union of its values. */
export function isListed(type: Type): boolean {
  return type.kind === "range" && cardinality(type) <= MOST_LITERALS;
}

/** A type of the spec as one of TypeScript. */
export function typeText(context: Context, type: Type): string {
  switch (type.kind) {
    case "bool":
      return "boolean";
    case "range":
      return (type.name === null ? undefined : context.typeNames.get(type.name)) ?? unionText(type);
    case "enum":
      return context.typeNames.get(type.name) ?? unionText(type);
    case "process":
      return "Process";
    case "record": {
      const named = type.name === null ? undefined : context.typeNames.get(type.name);
      return named ?? recordText(context, type);
    }
    case "option":
      return `${typeText(context, type.of)} | null`;
    case "array":
      return `{ [key in ${keyText(context, type.key)}]: ${typeText(context, type.of)} }`;
    case "set":
      return `readonly ${listText(typeText(context, type.of))}`;
    case "sequence":
      return listText(typeText(context, type.of));
    default:
      return type satisfies never;
  }
}

/** `T[]`, with parentheses where `T` has more than one part. */
function listText(of: string): string {
  return /^\w+$/.test(of) ? `${of}[]` : `(${of})[]`;
}

/** The definition of a type: what its name stands for. */
export function definitionText(context: Context, type: Type): string {
  if (type.kind === "range" || type.kind === "enum") return unionText(type);
  return type.kind === "record" ? recordText(context, type) : typeText(context, type);
}

function unionText(type: Type): string {
  if (type.kind === "enum" || type.kind === "process")
    return type.members.map((member) => JSON.stringify(member)).join(" | ");
  if (type.kind !== "range" || !isListed(type)) return "number";
  return Array.from({ length: cardinality(type) }, (_, index) => type.lo + index).join(" | ");
}

function recordText(context: Context, type: Type & { readonly kind: "record" }): string {
  const fields = type.fields.map(
    (field) => `${propertyName(field.name)}: ${typeText(context, field.type)}`,
  );
  return fields.length === 0 ? "Record<string, never>" : `{ ${fields.join("; ")} }`;
}

/** The keys of an array, as TypeScript counts them. */
export function keyText(context: Context, type: Type): string {
  if (type.kind === "bool") return '"true" | "false"';
  if (type.kind === "option") return `${keyText(context, type.of)} | "null"`;
  return typeText(context, type);
}

/** Whether an array has keys that TypeScript knows one by one. */
export function hasKnownKeys(type: Type): boolean {
  return type.kind === "option" ? hasKnownKeys(type.of) : type.kind !== "range" || isListed(type);
}

/** A name as the key of an object. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A place in the spec, as readers see it: `pre-patch.weft:28`. */
export function placeOf(span: Span): string {
  return `${fileName(span.source.path)}:${positionAt(span.source, span.start).line}`;
}

export function quotedPlace(span: Span): string {
  return JSON.stringify(placeOf(span));
}

/** A constant value. */
export function valueText(type: Type, value: Value): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (type.kind === "option") return valueText(type.of, value);
  if (Array.isArray(value)) {
    const of = type.kind === "set" || type.kind === "sequence" ? type.of : type;
    return `[${value.map((one: Value) => valueText(of, one)).join(", ")}]`;
  }
  const parts = Object.entries(value).map(([key, part]) => {
    const of =
      type.kind === "record"
        ? type.fields.find(({ name }) => name === key)?.type
        : type.kind === "array"
          ? type.of
          : type;
    const name = /^\d+$/.test(key) ? key : propertyName(key);
    return `${name}: ${valueText(of ?? type, part)}`;
  });
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

/** The name of the constant that lists all values of a type. */
export function allValues(context: Context, type: Type): string {
  const text = listOf(context, type);
  const listed = `readonly ${listText(typeText(context, type))}`;
  const key = `${listed} ${text}`;
  const known = context.lists.get(key);
  if (known !== undefined) return known.name;
  const named = type.kind === "range" || type.kind === "enum" ? type.name : type.kind;
  const name = context.name(identifier(`all_${named ?? boundary(type)}`));
  context.lists.set(key, { name, type: listed, text });
  return name;
}

function boundary(type: Type): string {
  return type.kind === "range" ? `${type.lo}_to_${type.hi}`.replaceAll("-", "minus_") : type.kind;
}

/** The list of all values, as an expression. */
function listOf(context: Context, type: Type): string {
  switch (type.kind) {
    case "bool":
      return "[false, true]";
    case "range":
      if (isListed(type))
        return `[${Array.from({ length: cardinality(type) }, (_, index) => type.lo + index).join(", ")}]`;
      return `${helper(context, "range")}(${type.lo}, ${type.hi})`;
    case "enum":
    case "process":
      return `[${type.members.map((member) => JSON.stringify(member)).join(", ")}]`;
    case "option":
      return `[null, ...${allValues(context, type.of)}]`;
    case "record": {
      const inner = `({ ${type.fields.map((_, at) => `${propertyName(type.fields[at]?.name ?? "")}: f${at}`).join(", ")} })`;
      return type.fields.reduceRight((text, field, at) => {
        const last = at === type.fields.length - 1;
        return `${allValues(context, field.type)}.${last ? "map" : "flatMap"}((f${at}) => ${text})`;
      }, inner);
    }
    case "array":
      return `${helper(context, "arrays")}(${allValues(context, type.key)}, ${allValues(context, type.of)})${context.types ? ` as ${listText(typeText(context, type))}` : ""}`;
    case "set":
      return `${helper(context, "subsets")}(${allValues(context, type.of)})`;
    case "sequence":
      return `${helper(context, "sequences")}(${allValues(context, type.of)}, ${type.upto})`;
    default:
      return type satisfies never;
  }
}
