// What is being built while a machine is flattened: the tables of the whole program, and the routine at hand.

import type { Span } from "../../diagnostics/source.ts";
import type { Layout } from "../layout.ts";
import type { FaultKind, Machine } from "../machine.ts";
import { add, constant, known, local } from "./fold.ts";
import type { FlatBlock, FlatExpr, FlatNote, FlatRoutine, FlatStmt } from "./program.ts";
import { prune } from "./prune.ts";

/** Grows while routines are flattened. */
export interface Builder {
  readonly machine: Machine;
  readonly layout: Layout;
  readonly faults: { readonly fault: FaultKind; readonly span: Span }[];
  readonly notes: FlatNote[];
  readonly orderSites: Span[];
  readonly data: number[];
  readonly keys: Map<string, number>;
  readonly spans: Map<Span["source"], number>;
  /** The most words of scratch that a routine uses. */
  scratchWords: number;
  // ---- the routine at hand
  scratch: number;
  locals: string[];
  names: Set<string>;
  block: FlatStmt[];
  nextId: number;
}

export function builder(machine: Machine, layout: Layout): Builder {
  return {
    machine,
    layout,
    faults: [],
    notes: [],
    orderSites: [],
    data: [],
    keys: new Map(),
    spans: new Map(),
    scratchWords: 0,
    scratch: 0,
    locals: [],
    names: new Set(),
    block: [],
    nextId: 0,
  };
}

/** Flattens one routine: `body` emits its statements; it is given the local that holds the parameter. */
export function routine(
  b: Builder,
  name: string,
  parameter: string | null,
  body: (parameter: FlatExpr) => void,
): FlatRoutine {
  b.locals = [];
  b.names = new Set();
  b.nextId = 0;
  b.scratch = 0;
  const given = parameter === null ? constant(0) : local(newLocal(b, parameter));
  const block = captured(b, () => body(given));
  return prune({ name, locals: b.locals, parameter: parameter !== null, body: block });
}

export function emit(b: Builder, statement: FlatStmt): void {
  b.block.push(statement);
}

/** The statements that `body` emits, kept apart. */
export function captured(b: Builder, body: () => void): FlatBlock {
  const outer = b.block;
  const mine: FlatStmt[] = [];
  b.block = mine;
  body();
  b.block = outer;
  return mine;
}

/** A new local with a name like the one wished for. */
export function newLocal(b: Builder, wish: string): number {
  const base = wish.replaceAll(/[^A-Za-z0-9_]/g, "_");
  let name = base;
  for (let number = 2; b.names.has(name); number += 1) name = `${base}_${number}`;
  b.names.add(name);
  return b.locals.push(name) - 1;
}

/** The value as something cheap to repeat: constants and locals as they are, the rest in a local of its own. */
export function hold(b: Builder, value: FlatExpr, wish = "t"): FlatExpr {
  if (isCheap(value)) return value;
  const id = newLocal(b, wish);
  emit(b, { kind: "set", local: id, value });
  return local(id);
}

/** A constant, a local, or a local and a constant added. */
function isCheap(value: FlatExpr): boolean {
  if (value.kind === "const" || value.kind === "local") return true;
  if (value.kind !== "binary" || (value.operator !== "+" && value.operator !== "-")) return false;
  return value.left.kind === "local" && value.right.kind === "const";
}

/** A new id for a loop or block. */
export function newId(b: Builder): number {
  b.nextId += 1;
  return b.nextId;
}

/** `if`, left out where the condition is known. */
export function branch(
  b: Builder,
  condition: FlatExpr,
  then: () => void,
  otherwise: () => void = () => {},
): void {
  const value = known(condition);
  if (value !== null) {
    if (value === 0) otherwise();
    else then();
    return;
  }
  const thenBlock = captured(b, then);
  const otherwiseBlock = captured(b, otherwise);
  if (thenBlock.length === 0 && otherwiseBlock.length === 0) return;
  emit(b, { kind: "if", condition, then: thenBlock, otherwise: otherwiseBlock });
}

/** A counted loop; the body is given the counter and the loop's id. A loop of one known round is no loop. */
export function count(
  b: Builder,
  wish: string,
  from: FlatExpr,
  below: FlatExpr,
  body: (counter: FlatExpr, id: number) => void,
): void {
  const [first, end] = [known(from), known(below)];
  if (first !== null && end !== null && first >= end) return;
  const counter = newLocal(b, wish);
  const id = newId(b);
  const block = captured(b, () => body(local(counter), id));
  if (block.length > 0) emit(b, { kind: "for", id, local: counter, from, below, body: block });
}

/** Ends the path with this fault. */
export function fault(b: Builder, kind: FaultKind, span: Span): void {
  const site = interned(
    b,
    `fault ${kind} ${spanKey(b, span)}`,
    () => b.faults.push({ fault: kind, span }) - 1,
  );
  emit(b, { kind: "fault", site });
}

/** Ends the path with this fault unless the condition holds. */
export function require(b: Builder, condition: FlatExpr, kind: FaultKind, span: Span): void {
  branch(
    b,
    condition,
    () => {},
    () => fault(b, kind, span),
  );
}

/** The number of something that is listed once. */
export function interned(b: Builder, key: string, add: () => number): number {
  const found = b.keys.get(key) ?? add();
  b.keys.set(key, found);
  return found;
}

export function spanKey(b: Builder, span: Span): string {
  const source = b.spans.get(span.source) ?? b.spans.size;
  b.spans.set(span.source, source);
  return `${source}:${span.start}-${span.end}`;
}

/** Reserves words of scratch for the routine at hand; gives their address. */
export function reserve(b: Builder, words: number): FlatExpr {
  const address = b.scratch;
  b.scratch += words;
  b.scratchWords = Math.max(b.scratchWords, b.scratch);
  return constant(address);
}

/** The address of constant words. */
export function dataAddress(b: Builder, words: readonly number[]): FlatExpr {
  return constant(
    interned(b, `data ${words.join()}`, () => {
      b.data.push(...words);
      return b.data.length - words.length;
    }),
  );
}

/** Element `index` of a constant row of numbers. */
export function lookUp(b: Builder, values: readonly number[], index: FlatExpr): FlatExpr {
  const at = known(index);
  if (at !== null) return constant(values[at] ?? 0);
  return { kind: "load", memory: "data", address: add(dataAddress(b, values), index) };
}
