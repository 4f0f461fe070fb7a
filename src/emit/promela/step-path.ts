// What is known while a step is written: where its locals are, and what it has written so far.
// A local that is not part of the state is replaced by its value where that is short and does not change before it is
// used; else it is kept in a scratch variable.

import type { Local, Property } from "../../machine/machine.ts";
import { firstValue } from "../../machine/machine.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { type Scope, scopeOf, type Taker } from "../scalar/scope.ts";
import type { Reading, Symbolic, Who } from "../scalar/symbolic.ts";
import { scalar } from "../scalar/symbolic-build.ts";
import { literal } from "../scalar/symbolic-values.ts";
import { type Lines, line } from "../text.ts";
import type { Findings } from "./findings.ts";
import { type Layout, type ProcessLayout, processLayout, type Root, stateRoots } from "./layout.ts";
import {
  instancePlace,
  readPlace,
  type Stored,
  stateReading,
  type Translating,
} from "./reading.ts";
import type { Scratch } from "./scratch.ts";
import { clear, copy, readsOf, rootOf, storeInPlace } from "./store.ts";

export interface Step {
  readonly translating: Translating;
  readonly findings: Findings;
  readonly scratch: Scratch;
  readonly to: Lines;
  /** Who takes it; null for actions. */
  readonly self: Who | null;
  /** For step properties; null for the work before the first step, which they do not judge. */
  readonly taker: Taker | null;
  /** The location that it leaves. */
  readonly from: number | null;
  readonly choices: ReadonlyMap<Local, Symbolic>;
  readonly judged: readonly { readonly property: Property; readonly position: number }[];
  /** Variables whose value before the step is kept while it runs. */
  readonly saved: ReadonlySet<string>;
  /** Such variables, whether jumps are needed, whether it can fault: found while it is written for the first time. */
  readonly needs: { readonly saved: Set<string>; jumps: boolean; faults: boolean };
  /** Where it jumps to when it faults and when it ends; null if it needs no jumps. */
  readonly labels: { readonly undo: string; readonly out: string } | null;
  /** Makes a label that no other has. */
  readonly label: (wish: string) => string;
}

export interface Path {
  /** `kept`: in its scratch variable. */
  readonly locals: Map<Local, Symbolic | "kept">;
  readonly written: Set<string>;
  /** Scratch variables that may not be zero. */
  readonly dirty: Set<string>;
  /** Does this code end the step? Not inside loops and branches that come together again. */
  readonly tail: boolean;
  readonly loops: readonly {
    readonly id: number;
    readonly again: string;
    readonly after: string;
  }[];
}

export function newPath(): Path {
  return { locals: new Map(), written: new Set(), dirty: new Set(), tail: true, loops: [] };
}

/** The same path in another branch. */
export function branchOf(path: Path, change: Partial<Pick<Path, "tail" | "loops">> = {}): Path {
  return {
    ...path,
    ...change,
    locals: new Map(path.locals),
    written: new Set(path.written),
    dirty: new Set(path.dirty),
  };
}

/** Takes over what the branches have done. */
export function join(path: Path, branches: readonly Path[]): void {
  for (const branch of branches) {
    for (const name of branch.written) path.written.add(name);
    for (const name of branch.dirty) path.dirty.add(name);
  }
}

// ---------------------------------------------------------------- reading

/** What the step reads here. Values are made part by part, later: locals stay as they are now. */
export function readingOf(step: Step, path: Path): Reading {
  const locals = new Map(path.locals);
  return stateReading(step.translating, (local) => readLocal(step, { locals }, local));
}

export function scopeAt(step: Step, path: Path): Scope {
  return scopeOf(step.translating.notions, readingOf(step, path));
}

function readLocal(step: Step, path: Pick<Path, "locals">, local: Local): Symbolic {
  const chosen = step.choices.get(local);
  if (chosen !== undefined) return chosen;
  const stored = storedLocal(step, local);
  if (stored !== null) return readPlace(step.translating, stored);
  if (isIndex(step, local) && step.self?.index) return scalar(step.self.index);
  const known = path.locals.get(local);
  if (known === "kept") return readPlace(step.translating, keptIn(step, local));
  return known ?? literal(step.translating.notions, firstValue(local.type), local.type);
}

function isIndex({ self, translating }: Step, local: Local): boolean {
  if (self === null) return false;
  return processLayout(translating.layout, self.process).process.index === local;
}

/** Where a local that is part of the state is kept; null for others. */
export function storedLocal({ translating, self }: Step, local: Local): Stored | null {
  if (self === null) return null;
  const process = processLayout(translating.layout, self.process);
  const name = process.stored.get(local);
  if (name === undefined) return null;
  return {
    place: instancePlace(translating.layout, process, name, local.type, self),
    type: local.type,
  };
}

function keptIn({ scratch }: Step, local: Local): Stored {
  const { name, type } = scratch.local(local);
  return { place: [name], type };
}

// ---------------------------------------------------------------- writing

export function put(step: Step, statements: readonly string[]): void {
  for (const statement of statements) line(step.to, `${statement};`);
}

/** Puts a value in place, by way of a scratch variable where the parts would get in each other's way. */
export function putValue(step: Step, path: Path, stored: Stored, value: Symbolic): void {
  const { translating, scratch } = step;
  beforeWriting(step, path, rootOf(stored.place));
  const statements = storeInPlace(translating, stored, value);
  if (statements !== null) {
    put(step, statements);
    return;
  }
  const { name, type } = scratch.next(stored.type);
  const next: Stored = { place: [name], type };
  put(step, storeInPlace(translating, next, value) ?? []);
  put(step, copy(translating, stored.place, next.place, type));
  put(step, clear(translating, next));
}

/** Writes to a variable of the state. */
export function putShared(step: Step, path: Path, stored: Stored, value: Symbolic): void {
  putValue(step, path, stored, value);
  path.written.add(rootOf(stored.place));
}

/** Locals that stand for what they read must be kept before that changes. */
export function beforeWriting(step: Step, path: Path, root: string): void {
  for (const [local, value] of path.locals) {
    if (value !== "kept" && rootsIn(value).has(root)) keep(step, path, local);
  }
}

/** Puts a local in its scratch variable. */
export function keep(step: Step, path: Path, local: Local): void {
  const value = readLocal(step, path, local);
  path.locals.set(local, "kept");
  const stored = keptIn(step, local);
  path.dirty.add(rootOf(stored.place));
  putValue(step, path, stored, value);
}

/** A place in a local that is not part of the state: it is kept from now on. */
export function keptPlace(step: Step, path: Path, local: Local): Stored {
  if (path.locals.get(local) !== "kept") keep(step, path, local);
  return keptIn(step, local);
}

/** Gives a local that is not part of the state a value. */
export function setLocal(step: Step, path: Path, local: Local, value: Symbolic): void {
  if (path.tail && isShort(step, value)) {
    path.locals.set(local, value);
    return;
  }
  const stored = keptIn(step, local);
  path.dirty.add(rootOf(stored.place));
  putValue(step, path, stored, value);
  path.locals.set(local, "kept");
}

const MOST_NODES = 12;

/** Can this stand wherever the local is read? It must not read scratch variables, which come and go. */
function isShort({ scratch }: Step, value: Symbolic): boolean {
  if (value.kind !== "scalar") return false;
  const own = new Set(scratch.all.map(({ name }) => name));
  return sizeOf(value.scalar) <= MOST_NODES && [...rootsIn(value)].every((root) => !own.has(root));
}

function sizeOf(value: Scalar): number {
  switch (value.kind) {
    case "not":
    case "negate":
      return 1 + sizeOf(value.operand);
    case "binary":
      return 1 + sizeOf(value.left) + sizeOf(value.right);
    case "select":
      return 1 + sizeOf(value.condition) + sizeOf(value.then) + sizeOf(value.otherwise);
    case "quantifier":
      return 1 + sizeOf(value.body);
    default:
      return 1;
  }
}

/** Variables that a short value reads. */
function rootsIn(value: Symbolic): ReadonlySet<string> {
  if (value.kind !== "scalar") return new Set();
  return new Set(readsOf(value.scalar).map(rootOf));
}

// ---------------------------------------------------------------- variables of the state

const roots = new WeakMap<Translating, ReadonlyMap<string, Root>>();

/** The variable of the state of this name; null if it is none. */
export function stateRoot({ translating }: Step, name: string): Root | null {
  let known = roots.get(translating);
  if (known === undefined) {
    known = new Map(stateRoots(translating.layout).map((root) => [root.name, root]));
    roots.set(translating, known);
  }
  return known.get(name) ?? null;
}

/** The copy of the value that a variable had before the step, and the variable. */
export function savedRoots(step: Step): readonly { readonly root: Root; readonly old: Root }[] {
  return [...step.saved].flatMap((name) => {
    const root = stateRoot(step, name);
    return root === null ? [] : [{ root, old: step.scratch.old(root) }];
  });
}

/** The state before the step, as far as it was saved; what was not is unchanged. */
export function readingBefore(step: Step, path: Path): Reading {
  const { translating } = step;
  const { layout } = translating;
  const before = (name: string): string => {
    const root = stateRoot(step, name);
    if (root === null || !path.written.has(name)) return name;
    step.needs.saved.add(name);
    return step.saved.has(name) ? step.scratch.old(root).name : name;
  };
  const renamed = (change: Partial<Layout>): Reading =>
    stateReading({ ...translating, layout: { ...layout, ...change } }, () => {
      throw new Error("a local in a property");
    });
  const withProcess = (who: Who, change: (own: ProcessLayout) => ProcessLayout): Reading => {
    const own = change(processLayout(layout, who.process));
    return renamed({ processes: new Map(layout.processes).set(who.process, own) });
  };
  return {
    variable: (variable) => {
      const name = before(layout.variables.get(variable) ?? variable.name);
      return renamed({ variables: new Map([[variable, name]]) }).variable(variable);
    },
    local: renamed({}).local,
    lock: (lock, keys) => {
      const name = before(layout.locks.get(lock) ?? lock.name);
      return renamed({ locks: new Map([[lock, name]]) }).lock(lock, keys);
    },
    at: (who, locations) =>
      withProcess(who, (own) => ({ ...own, at: before(own.at) })).at(who, locations),
    processVariable: (who, local) =>
      withProcess(who, (own) => {
        const name = before(own.stored.get(local) ?? local.name);
        return { ...own, stored: new Map([[local, name]]) };
      }).processVariable(who, local),
  };
}
