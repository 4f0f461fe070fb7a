// Traces in the Informal Trace Format (ITF), which other tools of the TLA+ family show and read.
//
// Every state gives every variable: shared variables, locks and processes under their own names, and the
// two of model-based testing: `mbt::actionTaken` and `mbt::nondetPicks`. What ITF has no word for stands
// in `#meta`, which readers skip.

import type { Step, Trace } from "../checker/exploration.ts";
import { holdersOf, lockInstances, lockName } from "../checker/locks.ts";
import { entryOf } from "../checker/values.ts";
import { positionAt } from "../diagnostics/source.ts";
import { type Machine, type Type, type Value, valuesOf } from "../machine/machine.ts";
import { type StateField, stateFields } from "../machine/state.ts";
import { lineOf } from "./text.ts";

export type Itf =
  | boolean
  | string
  | { readonly "#bigint": string }
  | { readonly "#set": readonly Itf[] }
  | { readonly "#tup": readonly Itf[] }
  | { readonly "#map": readonly (readonly [Itf, Itf])[] }
  | readonly Itf[]
  | { readonly [field: string]: Itf };

const description = "https://apalache-mc.org/docs/adr/015adr-trace.html";
const unit: Itf = { "#tup": [] };

export interface ItfOptions {
  /** What the trace shows, such as `unmap_complete is violated`. */
  readonly description: string;
  readonly status: "violation" | "example";
}

/** A trace as an ITF document, ready for JSON.stringify. */
export function toItf(machine: Machine, trace: Trace, options: ItfOptions): object {
  const fields = stateFields(machine);
  const picks = pickNames(trace);
  const varTypes = Object.fromEntries([
    ...fields.map((field) => [field.name, fieldType(field)]),
    ["mbt::actionTaken", "Str"],
    [
      "mbt::nondetPicks",
      picks.length === 0
        ? "{ }"
        : `{ ${picks.map((name) => `${name}: None(UNIT) | Some(${pickType(trace, name)})`).join(", ")} }`,
    ],
  ]);
  return {
    "#meta": {
      format: "ITF",
      "format-description": description,
      source: machine.source.path,
      status: options.status,
      description: options.description,
      varTypes,
      parameters: Object.fromEntries(
        machine.parameters.map(({ name, type, value }) => [name, encode(value, type)]),
      ),
    },
    params: machine.parameters.map(({ name }) => name),
    vars: [...fields.map(({ name }) => name), "mbt::actionTaken", "mbt::nondetPicks"],
    states: trace.states.map((state, index) => ({
      "#meta": stateMeta(machine, trace, index),
      ...Object.fromEntries(
        fields.map((field) => [field.name, encodeField(machine, field, state[field.name] ?? null)]),
      ),
      "mbt::actionTaken": trace.steps[index - 1]?.name ?? "init",
      "mbt::nondetPicks": nondetPicks(picks, trace.steps[index - 1]),
    })),
    ...(trace.loop === null ? {} : { loop: trace.loop }),
  };
}

/** A value in ITF. */
export function encode(value: Value, type: Type): Itf {
  switch (type.kind) {
    case "bool":
      return value === true;
    case "range":
      return { "#bigint": String(value) };
    case "enum":
    case "process":
      return String(value);
    case "option":
      return value === null
        ? { tag: "None", value: unit }
        : { tag: "Some", value: encode(value, type.of) };
    case "record":
      return Object.fromEntries(
        type.fields.map(({ name, type: of }) => [name, encode(entryOf(value, name) ?? null, of)]),
      );
    case "array":
      return {
        "#map": [...valuesOf(type.key)].map(
          (key) =>
            [encode(key, type.key), encode(entryOf(value, String(key)) ?? null, type.of)] as const,
        ),
      };
    case "set":
      return { "#set": (value as readonly Value[]).map((element) => encode(element, type.of)) };
    case "sequence":
      return (value as readonly Value[]).map((element) => encode(element, type.of));
    default:
      return type satisfies never;
  }
}

function encodeField(machine: Machine, field: StateField, value: Value): Itf {
  if (field.kind !== "process") return encode(value, field.type);
  const type = processType(field);
  const { index } = field.process;
  if (index === null) return encode(value, type);
  return {
    "#map": machine.instances
      .filter(({ process }) => process === field.process.process)
      .map((instance) => [
        encode(instance.index, index.type),
        encode(entryOf(value, String(instance.index)) ?? null, type),
      ]),
  };
}

/** The state of one process instance as a record: its place and its locals. */
export function processType({ process, locals }: StateField & { readonly kind: "process" }): Type {
  const places = process.locations.map(({ name }) => name);
  const at: Type = { kind: "enum", name: "location", members: places, symmetric: false };
  return {
    kind: "record",
    name: null,
    fields: [{ name: "at", type: at }, ...locals.map(({ name, type }) => ({ name, type }))],
  };
}

function fieldType(field: StateField): string {
  if (field.kind !== "process") return apalacheType(field.type);
  const { index } = field.process;
  const one = apalacheType(processType(field));
  return index === null ? one : `${apalacheType(index.type)} -> ${one}`;
}

/** A type in the notation that Apalache wants in `varTypes`. */
function apalacheType(type: Type): string {
  switch (type.kind) {
    case "bool":
      return "Bool";
    case "range":
      return "Int";
    case "enum":
    case "process":
      return "Str";
    case "option":
      return `None(UNIT) | Some(${apalacheType(type.of)})`;
    case "record":
      return `{ ${type.fields.map(({ name, type: of }) => `${name}: ${apalacheType(of)}`).join(", ")} }`;
    case "array":
      return `${apalacheType(type.key)} -> ${grouped(type.of)}`;
    case "set":
      return `Set(${apalacheType(type.of)})`;
    case "sequence":
      return `Seq(${apalacheType(type.of)})`;
    default:
      return type satisfies never;
  }
}

function grouped(type: Type): string {
  const text = apalacheType(type);
  return type.kind === "array" || type.kind === "option" ? `(${text})` : text;
}

function stateMeta(machine: Machine, trace: Trace, index: number): object {
  const step = trace.steps[index - 1];
  const state = trace.states[index];
  const line = step === undefined ? null : lineOf(machine, step);
  const held = lockInstances(machine).flatMap((lock) => {
    if (state === undefined) return [];
    const { owner, readers } = holdersOf(state, lock);
    const by = owner === null ? readers : [owner];
    return by.map((process) => `${lockName(lock)} by ${process}`);
  });
  return {
    index,
    ...(step === undefined ? {} : { thread: step.name, label: step.from ?? step.name }),
    ...(line === null
      ? {}
      : {
          text: line.text ?? line.code,
          loc: `${line.span.source.path}:${positionAt(line.span.source, line.span.start).line}`,
        }),
    locksHeld: held,
  };
}

function pickNames(trace: Trace): readonly string[] {
  const names = trace.steps.flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === "pick" ? [event.name] : [])),
  );
  return [...new Set(names)];
}

function nondetPicks(names: readonly string[], step: Step | undefined): Itf {
  return Object.fromEntries(
    names.map((name) => {
      const picked = step?.events.find((event) => event.kind === "pick" && event.name === name);
      return [
        name,
        picked?.kind === "pick"
          ? { tag: "Some", value: encodeBare(picked.value) }
          : { tag: "None", value: unit },
      ];
    }),
  );
}

/** A picked value, whose type is not recorded: scalars as themselves, anything else as its text. */
function encodeBare(value: Value): Itf {
  if (typeof value === "number") return { "#bigint": String(value) };
  if (typeof value === "boolean" || typeof value === "string") return value;
  return JSON.stringify(value);
}

function pickType(trace: Trace, name: string): string {
  for (const { events } of trace.steps) {
    for (const event of events) {
      if (event.kind !== "pick" || event.name !== name) continue;
      if (typeof event.value === "number") return "Int";
      return typeof event.value === "boolean" ? "Bool" : "Str";
    }
  }
  return "Str";
}
