// The hash of a set of states computed from the readable states alone, with big integers: slow, and in other words.

import { locationOf } from "../../src/checker/processes.ts";
import type { State } from "../../src/checker/transition-system.ts";
import type { Machine, Type, Value } from "../../src/machine/machine.ts";
import { lockType } from "../../src/machine/state.ts";

const WORD = 1n << 32n;
const seeds = [0x9e3779b9n, 0x7f4a7c15n] as const;

/** 16 hexadecimal digits. */
export function hashBySums(machine: Machine, states: readonly State[]): string {
  const ranks = machine.processes.map(({ process }) => {
    const instances = machine.instances.filter((one) => one.process === process);
    const met = states.flatMap((state) =>
      instances.map((one) => locationOf(machine, one, state).id),
    );
    return [...new Set(met)].sort((a, b) => a - b);
  });
  let total = 0n;
  for (const state of states) {
    const said = partsOf(machine, state, ranks);
    const [high, low] = seeds.map((seed) => {
      const parts = said.map(([path, value]) => mix(text(path, seed) ^ code(value, seed)));
      return mix(parts.reduce((sum, part) => sum + part, 0n) % WORD);
    });
    total += (high as bigint) * WORD + (low as bigint);
  }
  return (total % (WORD * WORD)).toString(16).padStart(16, "0");
}

type Part = readonly [path: string, value: number | string];

function partsOf(
  machine: Machine,
  state: State,
  ranks: readonly (readonly number[])[],
): readonly Part[] {
  const parts: Part[] = [];
  for (const { name, type } of machine.variables) {
    parts.push(...flat(name, type, state[name] as Value));
  }
  for (const lock of machine.locks) {
    parts.push(...flat(lock.name, lockType(machine, lock), state[lock.name] as Value));
  }
  for (const instance of machine.instances) {
    const at = machine.processes.findIndex(({ process }) => process === instance.process);
    const all = state[instance.process.name] as Readonly<Record<string, Value>>;
    const own = (instance.index === null ? all : all[String(instance.index)]) as typeof all;
    const rank = ranks[at]?.indexOf(locationOf(machine, instance, state).id) ?? -1;
    parts.push([`${instance.name}.at`, rank]);
    machine.processes[at]?.locals
      .filter(({ stored }) => stored)
      .forEach(({ name, type }, order) => {
        parts.push(...flat(`${instance.name}.local ${order}`, type, own[name] as Value));
      });
  }
  return parts;
}

function flat(path: string, type: Type, value: Value): readonly Part[] {
  const inside = value as Readonly<Record<string, Value>>;
  switch (type.kind) {
    case "range":
      return [[path, value as number]];
    case "bool":
    case "enum":
    case "process":
      return [[path, String(value)]];
    case "option": {
      if (value === null) return [];
      const plain = ["bool", "range", "enum", "process"].includes(type.of.kind);
      return [...(plain ? [] : [[`${path}?`, 1] as const]), ...flat(path, type.of, value)];
    }
    case "record":
      return type.fields.flatMap(({ name, type: of }) =>
        flat(`${path}.${name}`, of, inside[name] as Value),
      );
    case "array":
      return Object.entries(inside).flatMap(([key, one]) => flat(`${path}[${key}]`, type.of, one));
    case "set":
      return (value as readonly Value[]).map((one) => [`${path} has ${shown(one)}`, 1]);
    case "sequence": {
      const elements = value as readonly Value[];
      return [
        [`${path}.length`, elements.length],
        ...elements.flatMap((one, at) => flat(`${path}[${at}]`, type.of, one)),
      ];
    }
    default:
      return type satisfies never;
  }
}

function shown(value: Value): string {
  if (value === null || typeof value !== "object") return `${value}`;
  if (Array.isArray(value)) return `(${value.map(shown).join(" ")})`;
  const fields = Object.entries(value).map(([name, one]) => `${name} ${shown(one)}`);
  return `{${fields.sort().join(" ")}}`;
}

function code(value: number | string, seed: bigint): bigint {
  return typeof value === "string" ? text(value, seed) : BigInt.asUintN(32, BigInt(value));
}

function text(of: string, seed: bigint): bigint {
  let hash = seed;
  for (let at = 0; at < of.length; at += 1) {
    hash = mix(((hash + seed) % WORD) ^ BigInt(of.charCodeAt(at)));
  }
  return hash;
}

function mix(word: bigint): bigint {
  let hash = word ^ (word >> 16n);
  hash = (hash * 0x85ebca6bn) % WORD;
  hash ^= hash >> 13n;
  hash = (hash * 0xc2b2ae35n) % WORD;
  return hash ^ (hash >> 16n);
}
