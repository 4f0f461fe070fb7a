// Reads a trace in the Informal Trace Format back, as far as a machine has the same names.

import { type Machine, type Type, type Value, valuesOf } from "../machine/machine.ts";
import { type StateField, stateFields } from "../machine/state.ts";
import { processType } from "./itf.ts";

/** A stored trace: what it says of each state, and who took each step. */
export interface StoredTrace {
  /** The parameters of the run, as `--set` takes them. */
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly states: readonly StoredState[];
}

export interface StoredState {
  /** The JSON of each variable, still undecoded. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The mover whose step led here; null for the first state or if it is not recorded. */
  readonly mover: string | null;
}

/** Understands the outer form of an ITF document; a sentence if it is none. */
export function readItf(text: string): StoredTrace | string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return "this is not JSON";
  }
  if (!isObject(document)) return "this is not an ITF trace: it is no object";
  const { states } = document;
  if (!Array.isArray(states) || states.length === 0 || !states.every(isObject)) {
    return "this is not an ITF trace: it has no `states`";
  }
  const meta = isObject(document["#meta"]) ? document["#meta"] : {};
  const parameters = isObject(meta["parameters"]) ? meta["parameters"] : {};
  return {
    parameters: Object.entries(parameters).map(([name, value]) => ({ name, value: bare(value) })),
    states: states.map((values, index) => {
      const action = values["mbt::actionTaken"];
      return { values, mover: index === 0 || typeof action !== "string" ? null : action };
    }),
  };
}

/**
 * The variables and locks that a stored state and the machine have in common, decoded; with `places`,
 * the processes too, whose places another version may name otherwise. A sentence if a value does not fit.
 */
export function decodeState(
  machine: Machine,
  stored: StoredState,
  places: boolean,
): ReadonlyMap<string, Value> | string {
  const decoded = new Map<string, Value>();
  for (const field of stateFields(machine)) {
    const value = stored.values[field.name];
    if (value === undefined || (field.kind === "process" && !places)) continue;
    const result = decodeField(machine, field, value);
    if (result === undefined) return `\`${field.name}\` holds what this spec's type does not have`;
    decoded.set(field.name, result);
  }
  return decoded;
}

function decodeField(machine: Machine, field: StateField, value: unknown): Value | undefined {
  if (field.kind !== "process") return decode(value, field.type);
  const type = processType(field);
  const { index } = field.process;
  if (index === null) return decode(value, type);
  const keys = machine.instances
    .filter(({ process }) => process === field.process.process)
    .map((instance) => instance.index);
  return decodeMap(value, keys, index.type, type);
}

/** A value of a type; undefined if it is none. */
function decode(value: unknown, type: Type): Value | undefined {
  switch (type.kind) {
    case "bool":
      return typeof value === "boolean" ? value : undefined;
    case "range": {
      const number = isObject(value) ? Number(value["#bigint"]) : Number(value);
      return number >= type.lo && number <= type.hi ? number : undefined;
    }
    case "enum":
    case "process":
      return typeof value === "string" && type.members.includes(value) ? value : undefined;
    case "option":
      if (!isObject(value)) return undefined;
      return value["tag"] === "None" ? null : decode(value["value"], type.of);
    case "record": {
      if (!isObject(value)) return undefined;
      const fields = type.fields.map(
        ({ name, type: of }) => [name, decode(value[name], of)] as const,
      );
      return fromEntries(fields);
    }
    case "array":
      return decodeMap(value, [...valuesOf(type.key)], type.key, type.of);
    case "set":
      return isObject(value) ? decodeList(value["#set"], type.of) : undefined;
    case "sequence":
      return decodeList(value, type.of);
    default:
      return type satisfies never;
  }
}

function decodeList(value: unknown, type: Type): Value | undefined {
  if (!Array.isArray(value)) return undefined;
  const elements = value.map((element: unknown) => decode(element, type));
  return elements.some((element) => element === undefined) ? undefined : (elements as Value[]);
}

function decodeMap(
  value: unknown,
  keys: readonly Value[],
  keyType: Type,
  type: Type,
): Value | undefined {
  const pairs = isObject(value) ? value["#map"] : undefined;
  if (!Array.isArray(pairs)) return undefined;
  const byKey = new Map<string, unknown>();
  for (const pair of pairs) {
    if (!Array.isArray(pair)) return undefined;
    const key = decode(pair[0], keyType);
    if (key !== undefined) byKey.set(String(key), pair[1]);
  }
  return fromEntries(keys.map((key) => [String(key), decode(byKey.get(String(key)), type)]));
}

function fromEntries(
  entries: readonly (readonly [string, Value | undefined])[],
): Value | undefined {
  if (entries.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(entries as readonly (readonly [string, Value])[]);
}

/** A value as `--set` takes it. */
function bare(value: unknown): string {
  return isObject(value) && "#bigint" in value ? String(value["#bigint"]) : String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
