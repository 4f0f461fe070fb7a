// States of the machine from the values of a translation's variables, by the conventions of emit/tlaplus.

import type { State } from "../checker/transition-system.ts";
import type { TlaTranslation, TlaVariable } from "../emit/tlaplus/tlaplus.ts";
import { type Machine, type Type, type Value, valuesOf } from "../machine/machine.ts";
import type { TlaValue } from "./tlc-value.ts";

/** How a translation names what it holds. */
export interface TlaReading extends Pick<TlaTranslation, "variables" | "symbols" | "fieldName"> {
  readonly machine: Machine;
}

/** The state; throws if a value does not fit its type, which is a mistake of the translation. */
export function readState(reading: TlaReading, values: ReadonlyMap<string, TlaValue>): State {
  const told = (variable: string): TlaValue => {
    const value = values.get(variable);
    if (value === undefined) throw new Error(`TLC tells no value of ${variable}`);
    return value;
  };
  const state: Record<string, Value> = {};
  for (const one of reading.variables) {
    state[one.field.name] =
      "variable" in one
        ? readValue(reading, one.field.type, told(one.variable))
        : readProcess(reading, one, told);
  }
  return state;
}

function readProcess(
  reading: TlaReading,
  { field, at, locals }: Extract<TlaVariable, { readonly at: string }>,
  told: (variable: string) => TlaValue,
): Value {
  const { index } = field.process.process;
  const parts = [
    ["at", null, told(at)] as const,
    ...field.locals.map(
      ({ name, type }, position) => [name, type, told(locals[position] ?? "")] as const,
    ),
  ];
  const one = (part: (value: TlaValue) => TlaValue): Value =>
    Object.fromEntries(
      parts.map(([name, type, value]) => [
        name,
        type === null ? textOf(part(value)) : readValue(reading, type, part(value)),
      ]),
    );
  if (index === null) return one((value) => value);
  const { type } = index.local;
  return Object.fromEntries(
    index.values.map((key) => [String(key), one((value) => apply(reading, type, value, key))]),
  );
}

/** A value of the type. */
export function readValue(reading: TlaReading, type: Type, value: TlaValue): Value {
  switch (type.kind) {
    case "bool":
      if (value.kind === "boolean") return value.value;
      break;
    case "range":
      if (value.kind === "number") return value.value;
      if (value.kind === "model") return symbolOf(reading, value.name);
      break;
    case "enum":
      if (value.kind === "string") return value.value;
      if (value.kind === "model") return symbolOf(reading, value.name);
      break;
    case "process":
      return readInstance(reading, value);
    case "option":
      if (value.kind === "model" && !reading.symbols.has(value.name)) return null;
      return readValue(reading, type.of, value);
    case "record":
      return Object.fromEntries(
        type.fields.map(({ name, type: of }) => {
          const field =
            value.kind === "record" ? value.fields.get(reading.fieldName(name)) : undefined;
          if (field === undefined) throw misfit(value, `a record with ${name}`);
          return [name, readValue(reading, of, field)];
        }),
      );
    case "array":
      return Object.fromEntries(
        [...valuesOf(type.key)].map((key) => [
          String(key),
          readValue(reading, type.of, apply(reading, type.key, value, key)),
        ]),
      );
    case "set":
      if (value.kind === "set") {
        return inOrder(
          type.of,
          value.elements.map((element) => readValue(reading, type.of, element)),
        );
      }
      break;
    case "sequence":
      if (value.kind === "tuple") {
        return value.elements.map((element) => readValue(reading, type.of, element));
      }
      break;
    default:
      return type satisfies never;
  }
  throw misfit(value, `a ${type.kind}`);
}

/** A function applied; TLC prints those over 1..n as tuples and those over strings as records. */
function apply(reading: TlaReading, keys: Type, value: TlaValue, key: Value): TlaValue {
  const found = ((): TlaValue | undefined => {
    switch (value.kind) {
      case "tuple":
        return value.elements[Number(key) - 1];
      case "record":
        return value.fields.get(String(key));
      case "function":
        return value.pairs.find(([one]) => readValue(reading, keys, one) === key)?.[1];
      default:
        return undefined;
    }
  })();
  if (found === undefined) throw misfit(value, `a function with ${String(key)}`);
  return found;
}

/** `<<"splitter">>`, `<<"zapper", 1>>`. */
function readInstance(reading: TlaReading, value: TlaValue): Value {
  const [template, index] = value.kind === "tuple" ? value.elements : [];
  const process = reading.machine.processes.find(({ name }) => name === textOf(template));
  const type = process?.index?.type;
  const key = index === undefined || type === undefined ? null : readValue(reading, type, index);
  const instance = key === null ? process?.name : `${process?.name}[${String(key)}]`;
  if (instance === undefined || !reading.machine.instances.some(({ name }) => name === instance)) {
    throw misfit(value, "a process");
  }
  return instance;
}

function symbolOf(reading: TlaReading, name: string): Value {
  const value = reading.symbols.get(name);
  if (value === undefined) throw new Error(`the translation knows no ${name}`);
  return value;
}

/** Elements of a set in the order of their type. */
function inOrder(type: Type, elements: readonly Value[]): Value {
  const present = new Set(elements.map((element) => JSON.stringify(element)));
  return [...valuesOf(type)].filter((element) => present.has(JSON.stringify(element)));
}

function textOf(value: TlaValue | undefined): string {
  return value?.kind === "string" ? value.value : "";
}

function misfit(value: TlaValue, wanted: string): Error {
  return new Error(`TLC tells ${JSON.stringify(value)} where ${wanted} is expected`);
}
