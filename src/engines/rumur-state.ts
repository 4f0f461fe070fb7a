// States of a verifier made by rumur as states of the machine, and rules as movers.

import type { State } from "../checker/transition-system.ts";
import { sameValue } from "../checker/values.ts";
import {
  fieldName,
  type Layout,
  OPTION,
  type OwnerLayout,
  ownerField,
  type ProcessLayout,
  SEQUENCE,
  storedLocals,
} from "../emit/murphi/layout.ts";
import type { MurphiTranslation } from "../emit/murphi/murphi.ts";
import { type Lock, type Type, type Value, valuesOf } from "../machine/machine.ts";
import type { EngineStep } from "./engine.ts";
import type { RumurStep } from "./rumur-output.ts";

type Parts = ReadonlyMap<string, string>;

const UNDEFINED = "Undefined";

/** The machine's state that the verifier has printed. */
export function readState(layout: Layout, parts: Parts): State {
  const { machine } = layout;
  const variables = machine.variables.map(
    ({ name, type }) =>
      [name, readValue(layout, parts, layout.names.get(name) ?? name, type)] as const,
  );
  const locks = machine.locks.map(
    (lock) =>
      [lock.name, readLock(layout, parts, lock, 0, layout.names.get(lock.name) ?? "")] as const,
  );
  const processes = [...layout.processes.values()].map((process) => {
    const values = process.process.process.index?.values ?? null;
    const value: Value =
      values === null
        ? readProcess(layout, parts, process, "")
        : Object.fromEntries(
            values.map((value) => [
              String(value),
              readProcess(
                layout,
                parts,
                process,
                `[${keyText(layout, value, process.index?.type)}]`,
              ),
            ]),
          );
    return [process.process.name, value] as const;
  });
  return Object.fromEntries<Value>([...variables, ...locks, ...processes]);
}

/** Who took the step. */
export function readStep(translation: MurphiTranslation, step: RumurStep): EngineStep | null {
  const meaning = step.rule === null ? undefined : translation.rules.get(step.rule);
  if (meaning === undefined) return null;
  const { owner } = meaning.command;
  if (owner.kind === "action") return { mover: owner.action.name, from: null, choices: null };
  const { layout } = translation;
  const process = layout.processes.get(owner.process.process);
  const index = meaning.index === null ? null : step.parameters.get(meaning.index);
  const from = owner.location.name;
  if (process === undefined || index === undefined) return null;
  return { mover: instanceName(layout, process, index), from, choices: null };
}

function instanceName(layout: Layout, process: ProcessLayout, index: string | null): string {
  const found = layout.machine.instances.find(
    (instance) =>
      instance.process === process.process.process &&
      (index === null || keyText(layout, instance.index, process.index?.type) === index),
  );
  return found?.name ?? process.process.name;
}

/** A key as Murphi prints it. */
function keyText(layout: Layout, value: Value, type: Type | undefined): string {
  if (type?.kind !== "enum") return String(value);
  return layout.members.get(type.name)?.get(String(value)) ?? String(value);
}

function readProcess(layout: Layout, parts: Parts, process: ProcessLayout, suffix: string): Value {
  const at = parts.get(process.at + suffix) ?? "";
  const location = process.process.locations[process.locations.indexOf(at)];
  const locals = storedLocals(process.process).map(
    (local) =>
      [
        local.name,
        readValue(layout, parts, `${process.stored.get(local)}${suffix}`, local.type),
      ] as const,
  );
  return Object.fromEntries<Value>([["at", location?.name ?? at], ...locals]);
}

function readValue(layout: Layout, parts: Parts, place: string, type: Type): Value {
  const text = parts.get(place) ?? UNDEFINED;
  switch (type.kind) {
    case "bool":
      return text === "true";
    case "range":
      return Number(text);
    case "enum":
      return type.members.find((member) => keyText(layout, member, type) === text) ?? text;
    case "process":
      return text;
    case "option":
      if (type.of.kind === "bool" || type.of.kind === "range" || type.of.kind === "enum")
        return text === UNDEFINED ? null : readValue(layout, parts, place, type.of);
      return parts.get(`${place}.${OPTION.some}`) === "true"
        ? readValue(layout, parts, `${place}.${OPTION.value}`, type.of)
        : null;
    case "record":
      return Object.fromEntries(
        type.fields.map((field) => [
          field.name,
          readValue(layout, parts, `${place}.${fieldName(field.name)}`, field.type),
        ]),
      );
    case "array":
      return Object.fromEntries(
        [...valuesOf(type.key)].map((key) => [
          String(key),
          readValue(layout, parts, `${place}[${keyText(layout, key, type.key)}]`, type.of),
        ]),
      );
    case "set":
      return [...valuesOf(type.of)].filter((element) => {
        const indices = flagIndices(layout, element, type.of).map((index) => `[${index}]`);
        return parts.get(place + indices.join("")) === "true";
      });
    case "sequence": {
      const length = Number(parts.get(`${place}.${SEQUENCE.length}`));
      return Array.from({ length }, (_, position) =>
        readValue(layout, parts, `${place}.${SEQUENCE.items}[${position}]`, type.of),
      );
    }
    default:
      return type satisfies never;
  }
}

/** Where the flag of an element is, as Murphi prints it. */
function flagIndices(layout: Layout, element: Value, type: Type): readonly string[] {
  if (type.kind === "bool" || type.kind === "range" || type.kind === "enum")
    return [keyText(layout, element, type)];
  if (type.kind === "record") {
    const fields = element as { readonly [name: string]: Value };
    return type.fields.flatMap(({ name, type: of }) =>
      flagIndices(layout, fields[name] ?? null, of),
    );
  }
  return [String([...valuesOf(type)].findIndex((value) => sameValue(value, element)))];
}

function readLock(layout: Layout, parts: Parts, lock: Lock, depth: number, place: string): Value {
  const key = lock.keys[depth];
  if (key !== undefined) {
    return Object.fromEntries(
      [...valuesOf(key)].map((value) => [
        String(value),
        readLock(layout, parts, lock, depth + 1, `${place}[${keyText(layout, value, key)}]`),
      ]),
    );
  }
  const { owner } = layout;
  if (owner === null) return null;
  if (lock.class !== "rwsem") return readOwner(layout, owner, parts, place);
  const readers = layout.machine.instances.filter(({ process, index }) => {
    const of = layout.processes.get(process);
    if (of === undefined) return false;
    const suffix = index === null ? "" : `[${keyText(layout, index, of.index?.type)}]`;
    return parts.get(`${place}.readers.${of.owner}${suffix}`) === "true";
  });
  return {
    writer: readOwner(layout, owner, parts, `${place}.writer`),
    readers: readers.map(({ name }) => name),
  };
}

function readOwner(layout: Layout, owner: OwnerLayout, parts: Parts, place: string): Value {
  const plain = owner.fields.length === 0;
  const name = parts.get(plain ? place : `${place}.process`);
  for (const process of layout.processes.values()) {
    if (process.owner !== name) continue;
    const { index } = process;
    const field = index === null ? null : `${place}.${ownerField(owner, index.type)}`;
    return instanceName(layout, process, field === null ? null : (parts.get(field) ?? ""));
  }
  return null;
}
