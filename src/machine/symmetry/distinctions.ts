// What tells the values of a symmetric type apart, though the type checker lets no spec do so by itself: things that happen
// in the order of values, and values that stand where nothing was assigned. Where there is one, states that
// differ only by the names of values may behave differently, and no search may take one of them for the other.

import type { Span } from "../../diagnostics/source.ts";
import { childrenOf } from "../../language/expressions.ts";
import { allOps, blocksOf, expressionsOf, localSet } from "../code.ts";
import { analyseLiveness } from "../dead-variables.ts";
import type { Code, Expr, Machine, MachineLocal, MachineProcess, Type } from "../machine.ts";
import { mayFault } from "../may-fault.ts";
import { firstSinglesOut, involves, isThat, type SymmetricType } from "./types.ts";

export type Distinction =
  /** Values are looked at one by one until one decides, and a look may fault: which comes first matters. */
  | { readonly kind: "fault-in-order"; readonly span: Span }
  /** A local that is read where nothing was assigned to it yet holds the type's first value. */
  | { readonly kind: "read-before-assigned"; readonly name: string; readonly span: Span }
  /** A property reads `p.x`, which is the type's first value once `p` is done. */
  | { readonly kind: "read-after-end"; readonly name: string; readonly span: Span }
  /** Ghosts are written before the first step, by one instance after the other. */
  | { readonly kind: "start-in-order"; readonly name: string; readonly span: Span }
  /** A process has instances for some of the values only. */
  | { readonly kind: "some-instances"; readonly name: string; readonly span: Span };

/** The first thing found that tells values of the type apart; null if nothing does. */
export function distinctionOf(machine: Machine, type: SymmetricType): Distinction | null {
  for (const process of machine.processes) {
    const found = inProcess(machine, process, type);
    if (found !== null) return found;
  }
  for (const { keys, initial } of machine.variables) {
    if (keys.some((key) => isThat(key.type, type)) && mayFault(initial.value))
      return { kind: "fault-in-order", span: initial.value.span };
  }
  for (const expr of rootExpressions(machine)) {
    const found = inExpression(expr, type);
    if (found !== null) return found;
  }
  return null;
}

function inProcess(
  machine: Machine,
  process: MachineProcess,
  type: SymmetricType,
): Distinction | null {
  const { name, index, start } = process;
  const { span } = process.process;
  if (index !== null && isThat(index.type, type)) {
    const instances = machine.instances.filter((instance) => instance.process === process.process);
    if (instances.length !== type.size) return { kind: "some-instances", name, span };
    if (writesShared(start)) return { kind: "start-in-order", name, span };
  }
  const unassigned = [...readBeforeAssigned(process), ...lateTopLocals(process)].find((local) =>
    firstSinglesOut(local.type, type),
  );
  return unassigned === undefined
    ? null
    : { kind: "read-before-assigned", name: unassigned.name, span: unassigned.span };
}

function writesShared(code: Code): boolean {
  return [...allOps(code)].some((op) => op.kind === "assign" && op.place.root.kind === "variable");
}

/** Locals that some way from the beginning reads before any assignment: those alive before everything. */
function readBeforeAssigned({ start, locations }: MachineProcess): readonly MachineLocal[] {
  const codes = [...locations.map(({ code }) => code), start];
  return [...(analyseLiveness(codes, []).atLocation.at(-1) ?? [])];
}

/** Locals at the top of the body, which properties can read all the time, that the work before the first step does not assign for certain. */
function lateTopLocals({ start, locals }: MachineProcess): readonly MachineLocal[] {
  const straight = start.findIndex((op) => blocksOf(op).length > 0);
  const assigned = new Set((straight < 0 ? start : start.slice(0, straight)).map(localSet));
  return locals.filter((local) => local.role === "top" && local.stored && !assigned.has(local));
}

function inExpression(expr: Expr, type: SymmetricType): Distinction | null {
  if (expr.kind === "process-variable" && firstSinglesOut(expr.type, type)) {
    const name = `${expr.process.name}.${expr.local.name}`;
    return { kind: "read-after-end", name, span: expr.span };
  }
  const walked = walkedType(expr);
  if (walked !== null && involves(walked, type) && bodiesOf(expr).some(mayFault))
    return { kind: "fault-in-order", span: expr.span };
  for (const child of childrenOf(expr)) {
    const found = inExpression(child, type);
    if (found !== null) return found;
  }
  return null;
}

/** The type of what an expression goes through one by one; null if it does no such thing. */
function walkedType(expr: Expr): Type | null {
  switch (expr.kind) {
    case "quantifier":
    case "map":
    case "filter":
    case "array":
      return expr.binder.type;
    default:
      return null;
  }
}

/** What is evaluated for each of them. */
function bodiesOf(expr: Expr): readonly Expr[] {
  if (expr.kind === "filter") return [expr.condition];
  return expr.kind === "quantifier" || expr.kind === "map" || expr.kind === "array"
    ? [expr.body]
    : [];
}

/** All expressions of a machine that are no part of another. */
function rootExpressions(machine: Machine): readonly Expr[] {
  const codes = [
    ...machine.processes.flatMap(({ start, locations }) => [
      start,
      ...locations.map(({ code }) => code),
    ]),
    ...machine.actions.map(({ code }) => code),
  ];
  return [
    ...machine.variables.map(({ initial }) => initial.value),
    ...machine.initConditions,
    ...machine.properties.map(({ condition }) => condition),
    ...machine.terminal,
    ...codes.flatMap((code) => [...allOps(code)].flatMap((op) => [...expressionsOf(op)])),
  ];
}
