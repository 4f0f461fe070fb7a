// Values as a person reads them, and what differs between two states.

import { processFields } from "../checker/processes.ts";
import type { State } from "../checker/transition-system.ts";
import { type Fields, sameValue } from "../checker/values.ts";
import type { Machine, Type, Value } from "../machine/machine.ts";
import { valuesOf } from "../machine/machine.ts";
import { stateFields } from "../machine/state.ts";

/** A value in the language's own notation. */
export function formatValue(value: Value, type: Type): string {
  switch (type.kind) {
    case "bool":
    case "range":
    case "enum":
    case "process":
      return String(value);
    case "option":
      return value === null ? "null" : formatValue(value, type.of);
    case "record":
      return `{ ${type.fields.map(({ name, type: of }) => `${name}: ${formatValue(member(value, name), of)}`).join(", ")} }`;
    case "array":
      return `[${keysOf(type.key)
        .map((key) => `${key}: ${formatValue(member(value, key), type.of)}`)
        .join(", ")}]`;
    case "set":
      return `{${elements(value, type.of)}}`;
    case "sequence":
      return `[${elements(value, type.of)}]`;
    default:
      return type satisfies never;
  }
}

/** A value whose type is not at hand, such as a parameter's in a stored result. */
export function formatPlainValue(value: Value): string {
  if (value === null || typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `{${value.map(formatPlainValue).join(", ")}}`;
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${formatPlainValue(inner)}`);
  return `{ ${entries.join(", ")} }`;
}

function elements(value: Value, of: Type): string {
  return (value as readonly Value[]).map((element) => formatValue(element, of)).join(", ");
}

/** The field of a record or the element of an array. */
export function member(value: Value, key: string): Value {
  return (value as Fields)[key] ?? null;
}

/** The keys of an array, as its values have them. */
export function keysOf(key: Type): readonly string[] {
  return [...valuesOf(key)].map(String);
}

/** A part of a state that is shown by itself: `pmd[1]`, `node[2].next`. */
export interface Leaf {
  readonly name: string;
  readonly value: Value;
  readonly type: Type;
}

/** Arrays and records taken apart, down to what has no name of its own. */
export function leavesOf(name: string, value: Value, type: Type): readonly Leaf[] {
  if (type.kind === "array") {
    return keysOf(type.key).flatMap((key) =>
      leavesOf(`${name}[${key}]`, member(value, key), type.of),
    );
  }
  if (type.kind === "record") {
    return type.fields.flatMap((field) =>
      leavesOf(`${name}.${field.name}`, member(value, field.name), field.type),
    );
  }
  return [{ name, value, type }];
}

/** Which fields of a state are compared or shown. */
export type FieldKind = "variable" | "ghost" | "lock" | "process";

/** The leaves of a state of the given kinds, in the order of the spec. */
export function stateLeaves(
  machine: Machine,
  state: State,
  kinds: ReadonlySet<FieldKind>,
): readonly Leaf[] {
  const ghosts = new Set(machine.variables.filter(({ ghost }) => ghost).map(({ name }) => name));
  return stateFields(machine).flatMap((field): readonly Leaf[] => {
    const value = state[field.name] ?? null;
    switch (field.kind) {
      case "variable":
        if (!kinds.has(ghosts.has(field.name) ? "ghost" : "variable")) return [];
        return leavesOf(field.name, value, field.type);
      case "lock":
        return kinds.has("lock") ? leavesOf(field.name, value, field.type) : [];
      case "process":
        if (!kinds.has("process")) return [];
        return machine.instances
          .filter((instance) => instance.process.name === field.name)
          .flatMap((instance) => {
            const own = processFields(instance, state);
            return field.locals.flatMap((local) =>
              leavesOf(`${instance.name}.${local.name}`, member(own, local.name), local.type),
            );
          });
      default:
        return field satisfies never;
    }
  });
}

/** The leaves that two states differ in, with their values in the second. */
export function changedLeaves(
  machine: Machine,
  before: State,
  after: State,
  kinds: ReadonlySet<FieldKind>,
): readonly Leaf[] {
  const old = stateLeaves(machine, before, kinds);
  return stateLeaves(machine, after, kinds).filter(
    (leaf, index) => !sameValue(leaf.value, old[index]?.value ?? null),
  );
}

/** Leaves grouped for a short line: `pmd[1] huge, pte[2][*] none`. */
export function summarize(name: string, value: Value, type: Type): readonly string[] {
  const leaves = leavesOf(name, value, type);
  const first = leaves[0];
  if (first === undefined) return [];
  const alike = leaves.every((leaf) => sameValue(leaf.value, first.value));
  if (type.kind === "array" && alike && leaves.length > 1 && first.type.kind !== "record") {
    return [`${starred(name, type)} ${formatValue(first.value, first.type)}`];
  }
  if (type.kind === "array") {
    return keysOf(type.key).flatMap((key) =>
      summarize(`${name}[${key}]`, member(value, key), type.of),
    );
  }
  return leaves.map((leaf) => `${leaf.name} ${formatValue(leaf.value, leaf.type)}`);
}

function starred(name: string, type: Type): string {
  return type.kind === "array" ? starred(`${name}[*]`, type.of) : name;
}
