// Every reachable state of a spec with values of all kinds, printed as TLC prints it, is read back as it was.

import { expect, test } from "vitest";
import { interpret } from "../../src/checker/interpret.ts";
import type { State } from "../../src/checker/transition-system.ts";
import type { TlaVariable } from "../../src/emit/tlaplus/tlaplus.ts";
import { readState, type TlaReading } from "../../src/engines/tlc-state.ts";
import { parseTlaState } from "../../src/engines/tlc-value.ts";
import { type Machine, type Type, type Value, valuesOf } from "../../src/machine/machine.ts";
import { stateFields, stateKey } from "../../src/machine/state.ts";
import { checked } from "../support/checked.ts";

const spec = `spec kinds
enum Color { red, green, blue }
symmetric type Id = 1..2
type Pair = { at: bool, left: Color? }
var one[1..2]: 0..2 = 0
var far[-1..0]: Pair = { at: false, left: null }
var by_color[Color]: set of Color = {}
var by_bool[bool]: 0..1 = 0
var ids: set of Id = {}
var log: seq of Color upto 2 = []
var none: seq of (0..1) upto 1 = []
var held: Id? = null
mutex big
rwsem tree[Id]
process worker[i: Id] {
  var mine: 1..2 = 1
  acquire tree[i] for read
  held := i
  mine := 2
  ids := ids union {i}
  release tree[i]
  acquire big
  one[mine] := 2
  log := append(log, green)
  release big
}
process late[t in {2, 3}] {
  await held != null
  by_color[red] := {red, blue}
}
process plain {
  acquire big
  far[-1].left := blue
  by_bool[true] := 1
  release big
}
`;

/** Values as TLC prints them, written down again from its conventions. */
function print(type: Type, value: Value, machine: Machine): string {
  switch (type.kind) {
    case "bool":
      return String(value).toUpperCase();
    case "range":
      return type.symmetric ? `Id${String(value)}` : String(value);
    case "enum":
      return `"${String(value)}"`;
    case "process": {
      const instance = machine.instances.find(({ name }) => name === value);
      const index = instance?.process.index;
      return index
        ? `<<"${instance?.process.name}", ${print(index.local.type, instance?.index ?? null, machine)}>>`
        : `<<"${instance?.process.name}">>`;
    }
    case "option":
      return value === null ? "Null" : print(type.of, value, machine);
    case "record":
      return record(
        type.fields.map((field) => [
          field.name === "at" ? "at_" : field.name,
          print(field.type, part(value, field.name), machine),
        ]),
      );
    case "array":
      return printFunction(
        type.key,
        [...valuesOf(type.key)],
        (key) => print(type.of, part(value, String(key)), machine),
        machine,
      );
    case "set":
      return `{${(value as readonly Value[]).map((one) => print(type.of, one, machine)).join(", ")}}`;
    case "sequence":
      return `<<${(value as readonly Value[]).map((one) => print(type.of, one, machine)).join(", ")}>>`;
    default:
      return type satisfies never;
  }
}

const part = (value: Value, name: string): Value =>
  (value as Readonly<Record<string, Value>>)[name] ?? null;

const record = (fields: readonly (readonly [string, string])[]): string =>
  `[${fields.map(([name, value]) => `${name} |-> ${value}`).join(", ")}]`;

/** Tuples for 1..n, records for strings, else pairs. */
function printFunction(
  type: Type,
  keys: readonly Value[],
  of: (key: Value) => string,
  machine: Machine,
): string {
  if (type.kind === "enum") return record(keys.map((key) => [String(key), of(key)]));
  const plain = type.kind === "range" && !type.symmetric;
  if (plain && keys.every((key, position) => key === position + 1)) {
    return `<<${keys.map(of).join(", ")}>>`;
  }
  return `(${keys.map((key) => `${print(type, key, machine)} :> ${of(key)}`).join(" @@ ")})`;
}

function printState(machine: Machine, state: State): string {
  const lines = stateFields(machine).flatMap((field) => {
    const value = state[field.name] ?? null;
    if (field.kind !== "process") return [`${field.name} = ${print(field.type, value, machine)}`];
    const { index } = field.process.process;
    const variable = (name: string, type: Type | null): string => {
      const text = (of: Value): string =>
        type === null ? `"${String(part(of, name))}"` : print(type, part(of, name), machine);
      const all =
        index === null
          ? text(value)
          : printFunction(
              index.local.type,
              index.values,
              (key) => text(part(value, String(key))),
              machine,
            );
      return `${field.name}_${name} = ${all}`;
    };
    return [variable("at", null), ...field.locals.map(({ name, type }) => variable(name, type))];
  });
  return lines.map((line) => `/\\ ${line}\n`).join("");
}

function readingOf(machine: Machine): TlaReading {
  return {
    machine,
    variables: stateFields(machine).map(
      (field): TlaVariable =>
        field.kind === "process"
          ? {
              field,
              at: `${field.name}_at`,
              locals: field.locals.map(({ name }) => `${field.name}_${name}`),
            }
          : { field, variable: field.name },
    ),
    symbols: new Map([
      ["Id1", 1],
      ["Id2", 2],
    ]),
    fieldName: (name) => (name === "at" ? "at_" : name),
  };
}

/** All states that can be reached. */
function reachable(machine: Machine): readonly State[] {
  const interpreter = interpret(machine);
  const found = new Map<string, State>();
  const open = interpreter.initial().flatMap(({ state }) => (state === null ? [] : [state]));
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const key = stateKey(state);
    if (found.has(key)) continue;
    found.set(key, state);
    open.push(...interpreter.steps(state).flatMap(({ next }) => (next === null ? [] : [next])));
  }
  return [...found.values()];
}

test("states of all kinds of values", () => {
  const { machine } = checked(spec);
  const states = reachable(machine);
  expect(states.length).toBeGreaterThan(100);
  const reading = readingOf(machine);
  for (const state of states) {
    const text = printState(machine, state);
    const parsed = parseTlaState(text);
    if (parsed.kind === "error") throw new Error(`${parsed.error.expected}: ${text}`);
    expect(readState(reading, parsed.value)).toEqual(state);
  }
});

test("what does not fit its type is no state", () => {
  const { machine } = checked(`spec small
var x: 0..2 = 0
`);
  const parsed = parseTlaState('x = "two"');
  if (parsed.kind === "error") throw new Error(parsed.error.expected);
  expect(() => readState(readingOf(machine), parsed.value)).toThrow(/where a range/);
});
