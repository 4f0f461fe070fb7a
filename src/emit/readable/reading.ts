// What an expression of the readable form can name, and the small decisions that its printers share.

import type { Binder, Expr, Local, LockPlace, Process, Type } from "../../machine/machine.ts";
import { fitsIn, isInstance } from "../../machine/may-fault.ts";
import { mentions } from "../text.ts";
import { type Context, hasKnownKeys, helper, quotedPlace, typeText, valueText } from "./context.ts";
import { isExact } from "./kinds.ts";

export interface Reading {
  readonly context: Context;
  /** The object that holds variables and locks. */
  readonly state: string;
  /** The object in which processes are looked at. */
  readonly processes: string;
  readonly local: (local: Local) => string;
  readonly binders: Map<Binder, string>;
  /** Texts that are compared or assigned, by how often; TypeScript must not narrow one that is met again. */
  readonly compared: Compared;
  /** The expression as text; here, since the printers call each other. */
  readonly text: (reading: Reading, expr: Expr) => Text;
}

/** Counted while a body is printed for the first time, used the second time. */
export interface Compared {
  readonly counts: Map<string, number>;
  readonly counting: boolean;
}

/** Counts a text that is compared or assigned. */
export function meet({ compared: { counts, counting } }: Reading, text: string): void {
  if (counting) counts.set(text, (counts.get(text) ?? 0) + 1);
}

/** Whether TypeScript could narrow the text here and refuse it elsewhere. */
export function isMetAgain({ compared }: Reading, text: string): boolean {
  return (compared.counts.get(text) ?? 0) > 1;
}

/** A text that TypeScript is told the type of. */
export function cast(given: Text, type: string): Text {
  return { text: `${wrap(given, LEVEL.unary)} as ${type}`, level: LEVEL.compare };
}

/** A text and how strongly it binds, see `LEVEL`. */
export interface Text {
  readonly text: string;
  readonly level: number;
}

/** Binding strengths of JavaScript's operators, strongest first. */
export const LEVEL = {
  atom: 20,
  unary: 15,
  times: 13,
  plus: 12,
  compare: 10,
  equal: 9,
  and: 5,
  or: 4,
  choice: 3,
  arrow: 2,
} as const;

export function atom(text: string): Text {
  return { text, level: LEVEL.atom };
}

/** In parentheses unless it binds at least so strongly. */
export function wrap({ text, level }: Text, least: number): string {
  return level >= least ? text : `(${text})`;
}

/** The expression as a text that can stand between commas. */
export function plain(reading: Reading, expr: Expr): string {
  return reading.text(reading, expr).text;
}

/** The expression with exactly the type that its place wants. */
export function exact(reading: Reading, expr: Expr, type: Type): Text {
  const text = reading.text(reading, expr);
  const wanted = typeText(reading.context, type);
  if (!reading.context.types || isExact(expr) || isPlain(wanted)) return text;
  return cast(text, wanted);
}

/** Types that TypeScript finds by itself. */
export function isPlain(type: string): boolean {
  return type === "number" || type === "boolean";
}

/** The body of an arrow function. */
export function arrowBody(text: Text): string {
  return text.text.startsWith("{") ? `(${text.text})` : wrap(text, LEVEL.choice);
}

/** A function of one value; without the parameter where the body does not name it. */
export function arrow(name: string, body: Text): string {
  const text = arrowBody(body);
  return mentions([text], name) ? `(${name}) => ${text}` : `() => ${text}`;
}

/** What `body` gives while a name is bound. */
export function binding<T>(reading: Reading, binder: Binder, body: (name: string) => T): T {
  const inUse = new Set(reading.binders.values());
  let name = reading.context.taken.has(binder.name) ? `${binder.name}$` : binder.name;
  while (inUse.has(name)) name = `${name}$`;
  const outer = reading.binders.get(binder);
  reading.binders.set(binder, name);
  const result = body(name);
  if (outer === undefined) reading.binders.delete(binder);
  else reading.binders.set(binder, outer);
  return result;
}

/** `[key]` of an array; `array` is its text, for the check of a key that may not be one. */
export function keyAccess(
  reading: Reading,
  array: string,
  index: Expr,
  key: Type,
  place: string,
): string {
  const { context } = reading;
  const sure = context.types && !hasKnownKeys(key) ? "!" : "";
  if (fitsIn(index.type, key)) return `[${keyText(reading, index, key)}]${sure}`;
  return `[${helper(context, "keyOf")}(${array}, ${plain(reading, index)}, ${place})]${sure}`;
}

/** A key as TypeScript knows the keys of its array. */
export function keyText(reading: Reading, index: Expr, key: Type): string {
  const text = exact(
    reading,
    index,
    index.type.kind === "range" && key.kind === "range" ? key : index.type,
  );
  if (key.kind === "bool") return `${wrap(text, LEVEL.choice + 1)} ? "true" : "false"`;
  if (key.kind !== "option") return text.text;
  if (key.of.kind === "bool")
    return reading.context.types
      ? `String(${text.text}) as "null" | "true" | "false"`
      : `String(${text.text})`;
  return index.type.kind === "option" ? `${wrap(text, LEVEL.or + 1)} ?? "null"` : text.text;
}

/** The part of the state that belongs to an instance. */
export function instanceState(
  reading: Reading,
  of: { readonly process: Process; readonly index: Expr | null; readonly span: Expr["span"] },
  state = reading.processes,
): string {
  const { process, index, span } = of;
  const all = `${state}.${process.name}`;
  if (index === null || process.index === null) return all;
  const { type } = process.index.local;
  if (isInstance(index.type, process)) {
    const sure = reading.context.types && !hasKnownKeys(type) ? "!" : "";
    return `${all}[${keyText(reading, index, index.type)}]${sure}`;
  }
  return `${all}[${helper(reading.context, "keyOf")}(${all}, ${plain(reading, index)}, ${quotedPlace(span)})]${reading.context.types && !hasKnownKeys(type) ? "!" : ""}`;
}

/** The name of an instance, which is also its value: `zapper[1]`. */
export function instanceName(
  reading: Reading,
  of: { readonly process: Process; readonly index: Expr | null; readonly span: Expr["span"] },
): string {
  const { process, index, span } = of;
  if (index === null || process.index === null) return JSON.stringify(process.name);
  if (index.kind === "literal" && isInstance(index.type, process))
    return JSON.stringify(`${process.name}[${index.value}]`);
  if (isInstance(index.type, process)) return `\`${process.name}[\${${plain(reading, index)}}]\``;
  const values = process.index.values.map((value) => valueText(index.type, value)).join(", ");
  return `\`${process.name}[\${${helper(reading.context, "oneOf")}${reading.context.types ? "<unknown>" : ""}([${values}], ${plain(reading, index)}, ${quotedPlace(span)})}]\``;
}

/** A lock in the state; indices that may not denote one are checked, all of them evaluated before. */
export function lockText(
  reading: Reading,
  place: LockPlace,
  keys: readonly string[] | null = null,
): string {
  return place.lock.keys.reduce((text, key, depth) => {
    const index = place.indices[depth];
    if (index === undefined) return text;
    const sure = reading.context.types && !hasKnownKeys(key) ? "!" : "";
    const hoisted = keys?.[depth];
    if (hoisted !== undefined) return `${text}[${hoisted}]${sure}`;
    return `${text}${keyAccess(reading, text, index, key, quotedPlace(place.span))}`;
  }, `${reading.state}.${place.lock.name}`);
}

/** The test that a value lies in a type, for `fitting`. */
export function fitsText(reading: Reading, from: Type, to: Type, value: string, depth = 0): string {
  const inner = `x${depth}`;
  if (fitsIn(from, to)) return "true";
  if (to.kind === "option") {
    const some = from.kind === "option" ? from.of : from;
    return `(${value} === null || ${fitsText(reading, some, to.of, value, depth)})`;
  }
  if (from.kind === "option")
    return `(${value} !== null && ${fitsText(reading, from.of, to, value, depth)})`;
  if (to.kind === "range") return `(${value} >= ${to.lo} && ${value} <= ${to.hi})`;
  if (to.kind === "set" && from.kind === "set")
    return `${value}.every((${inner}) => ${fitsText(reading, from.of, to.of, inner, depth + 1)})`;
  if (to.kind === "sequence" && from.kind === "sequence") {
    return `(${value}.length <= ${to.upto} && ${value}.every((${inner}) => ${fitsText(reading, from.of, to.of, inner, depth + 1)}))`;
  }
  if (to.kind === "array" && from.kind === "array") {
    return `Object.values(${value}).every((${inner}) => ${fitsText(reading, from.of, to.of, inner, depth + 1)})`;
  }
  if (to.kind === "record" && from.kind === "record") {
    const tests = to.fields.map((field) => {
      const other = from.fields.find(({ name }) => name === field.name)?.type ?? field.type;
      return fitsText(reading, other, field.type, `${value}.${field.name}`, depth);
    });
    return `(${tests.join(" && ")})`;
  }
  return "true";
}
