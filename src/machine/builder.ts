// What the builders of control-flow graphs share: the context of a statement, fresh locals, node creation, substitution.

import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import { mapChildren, mapLockPlace, mapPath } from "../language/expressions.ts";
import type { Body, Expr, Local, LockPlace, Place, Type } from "../language/model.ts";
import type { GraphNode, LoopNode, NopNode, OpsNode, Region, Scope } from "./graph.ts";
import type { SourceLines } from "./lines.ts";
import type { Assertion, Branch, Frame, MachineLocal, Op } from "./machine.ts";
import type { LabelNode } from "./observable.ts";

/** Tables that all processes and actions of a machine share. */
export interface Tables {
  readonly lines: SourceLines;
  readonly branches: Branch[];
  readonly branchIds: Map<string, number>;
  readonly assertions: Assertion[];
  readonly assertionIds: Map<string, number>;
  readonly frames: Frame[];
  readonly diagnostics: Diagnostic[];
  /** `f.L` of every expectation about a label. */
  readonly expectedLabels: ReadonlySet<string>;
}

/** One process or action being built: its locals and the loops met. */
export interface Unit {
  readonly tables: Tables;
  readonly locals: MachineLocal[];
  readonly names: Set<string>;
  readonly loops: LoopNode[];
  readonly labelNodes: LabelNode[];
  /** The variables at the top of a process's body, which properties may read. */
  readonly topLocals: Map<Local, MachineLocal>;
  /** Builds a body (statements.ts); here because statements and the calls among them contain each other. */
  readonly buildBody: (body: Body, context: Context, next: GraphNode) => GraphNode;
  /** Whether params leave the process without instances: its code never runs, so its branches are exempt from vacuity. */
  readonly absent: boolean;
  nodes: number;
  /** Set once the unit has grown beyond what is sensible; a diagnostic is given and building stops growing. */
  overgrown: boolean;
}

/** Where a statement stands. */
export interface Context {
  readonly unit: Unit;
  /** The fn, process or action whose body is being built. */
  readonly owner: string;
  /** What the source's locals are here: a machine local, or the expression that a parameter stands for. */
  readonly locals: ReadonlyMap<Local, Expr>;
  readonly region: Region | null;
  readonly scope: Scope | null;
  readonly stack: readonly number[];
  readonly breakTo: GraphNode | null;
  readonly continueTo: GraphNode | null;
  readonly returnTo: { readonly node: GraphNode; readonly result: MachineLocal | null };
  /** The label nodes of this copy of the body, and the labels that a `goto` of it names. */
  readonly labels: ReadonlyMap<string, NopNode>;
  readonly jumps: ReadonlySet<string>;
}

/** A new local of the unit, its name made unique. */
export function freshLocal(
  unit: Unit,
  name: string,
  type: Type,
  role: Local["role"],
  span: Span,
): MachineLocal {
  const base = name.replace(/[^A-Za-z0-9_]/g, "_");
  let unique = base;
  for (let copy = 2; unique === "at" || unit.names.has(unique); copy += 1)
    unique = `${base}_${copy}`;
  unit.names.add(unique);
  const local: MachineLocal = { kind: "local", name: unique, type, role, span, stored: false };
  unit.locals.push(local);
  return local;
}

/** The name of a local of an inlined function shows where it belongs. */
export function localName(context: Context, name: string): string {
  return context.stack.length === 0 ? name : `${context.owner}_${name}`;
}

/** Reads a local. */
export function readLocal(local: Local, span: Span): Expr {
  return { kind: "local", local, type: local.type, span };
}

/** Replaces the source's locals in an expression by what they are in this copy. */
export function substitute(expr: Expr, locals: ReadonlyMap<Local, Expr>): Expr {
  if (expr.kind === "local") {
    const known = locals.get(expr.local);
    return known === undefined ? expr : { ...known, span: expr.span };
  }
  return mapChildren(expr, (child) => substitute(child, locals));
}

/** The place in this copy; a local root must be one that can be assigned. */
export function substitutePlace(place: Place, locals: ReadonlyMap<Local, Expr>): Place {
  const path = mapPath(place.path, (child) => substitute(child, locals));
  if (place.root.kind === "variable") return { ...place, path };
  const root = locals.get(place.root);
  if (root === undefined) return { ...place, path };
  if (root.kind !== "local") throw new Error(`the parameter ${place.root.name} is assigned`);
  return { ...place, root: root.local, path };
}

export function substituteLock(lock: LockPlace, locals: ReadonlyMap<Local, Expr>): LockPlace {
  return mapLockPlace(lock, (child) => substitute(child, locals));
}

/** The value of a place, as an expression. */
export function readPlace(place: Place): Expr {
  const root: Expr =
    place.root.kind === "variable"
      ? { kind: "variable", variable: place.root, type: place.root.type, span: place.span }
      : readLocal(place.root, place.span);
  return place.path.reduce<Expr>((base, step) => {
    switch (step.kind) {
      case "index":
        return { kind: "index", base, index: step.index, type: step.type.of, span: place.span };
      case "element":
        return {
          kind: "element",
          base,
          index: step.index,
          type: base.type.kind === "sequence" ? base.type.of : place.type,
          span: place.span,
        };
      case "field":
        return {
          kind: "field",
          base,
          field: step.name,
          type: step.type.fields.find((field) => field.name === step.name)?.type ?? place.type,
          span: place.span,
        };
      default:
        return step satisfies never;
    }
  }, root);
}

/** A whole local as a place. */
export function localPlace(local: MachineLocal, span: Span): Place {
  return { root: local, path: [], type: local.type, span };
}

export interface NodeOptions {
  readonly line?: number;
  readonly step?: boolean;
}

/** The parts that every node has, from where it stands. */
export function nodeBase(context: Context, options: NodeOptions = {}) {
  context.unit.nodes += 1;
  return {
    region: context.region,
    scope: context.scope,
    stack: context.stack,
    owner: context.owner,
    line: options.line ?? -1,
    step: options.step ?? false,
  };
}

export function opsNode(
  context: Context,
  ops: readonly Op[],
  next: GraphNode,
  options: NodeOptions & { waits?: boolean; local?: boolean; nextRound?: boolean } = {},
): OpsNode {
  const { waits = false, local = false, nextRound = false } = options;
  return { ...nodeBase(context, options), kind: "ops", ops, waits, local, nextRound, next };
}

export function nopNode(context: Context, ops: readonly Op[], next: GraphNode | null): NopNode {
  return { ...nodeBase(context), kind: "nop", ops, next };
}

/** Puts a branch mark in front of a node. */
export function markBranch(
  context: Context,
  next: GraphNode,
  branch: Omit<Branch, "function" | "label"> & { label?: Branch["label"] },
): NopNode {
  const { tables, absent } = context.unit;
  const exempt = absent && branch.exempt === "none" ? "note" : branch.exempt;
  const key = `${branch.span.source.path}:${branch.span.start}:${branch.span.end}:${branch.description}`;
  let id = tables.branchIds.get(key);
  if (id === undefined) {
    id = tables.branches.length;
    tables.branchIds.set(key, id);
    tables.branches.push({ label: null, ...branch, exempt, function: context.owner });
  }
  const known = tables.branches[id];
  // What one process leaves out may run in another.
  if (known?.exempt === "note" && exempt === "none") tables.branches[id] = { ...known, exempt };
  return nopNode(context, [{ kind: "branch", branch: id }], next);
}

/** The labels at the very start of a body, for `expect f.L unreachable`. */
export function labelsAtStart(body: Body): readonly string[] {
  const first = body.statements[0];
  return (first === undefined ? body.endLabels : first.labels).map((label) => label.name);
}
