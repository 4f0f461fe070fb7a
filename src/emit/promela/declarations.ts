// Declarations: macros, typedefs and variables.

import { cardinality, type Machine, type Type, valuesOf } from "../../machine/machine.ts";
import { isScalarType } from "../scalar/symbolic-values.ts";
import { type Lines, line } from "../text.ts";
import { comment, valueText } from "./comments.ts";
import {
  type Layout,
  locationType,
  lockType,
  ofInstances,
  type Root,
  stateRoots,
} from "./layout.ts";
import type { Translating } from "./reading.ts";
import type { Shape, Typedef } from "./shapes.ts";

function declared(name: string, { base, size }: Shape): string {
  return size === null ? `${base} ${name}` : `${base} ${name}[${size}]`;
}

/** The declaration of a variable. */
export function declaration({ layout }: Translating, { name, type, hint }: Root): string {
  return declared(name, layout.shapes.of(type, hint ?? name));
}

/** Everything before the first process. Typedefs stand before the variables that need them. */
export function writeDeclarations(to: Lines, translating: Translating): void {
  const { layout } = translating;
  const { machine } = layout;
  // Asking for all shapes makes the typedefs known.
  for (const root of stateRoots(layout)) declaration(translating, root);
  writeMembers(to, layout);
  writeLocations(to, layout);
  writeTypedefs(to, layout.shapes.typedefs);
  if (machine.variables.length > 0) line(to, "");
  for (const variable of machine.variables) {
    comment(to, variable.doc);
    const name = layout.variables.get(variable) ?? variable.name;
    explainSlots(to, name, variable.type);
    line(to, `${declaration(translating, { name, type: variable.type })};`);
  }
  writeLocks(to, translating, machine);
  if (machine.processes.length > 0) {
    line(to, "");
    comment(to, "Where the processes stand, and the locals that they keep");
  }
  for (const process of layout.processes.values()) {
    const roots: Root[] = [
      { name: process.at, type: ofInstances(process, locationType(process)) },
      ...[...process.stored].map(([local, name]) => ({
        name,
        type: ofInstances(process, local.type),
      })),
    ];
    for (const root of roots) line(to, `${declaration(translating, root)};`);
  }
  line(to, "");
  line(to, `bool ${layout.started}; /* the first state is reached */`);
}

const MOST_EXPLAINED = 64;

/** Which slot of a set stands for which element, where that is not the element itself. */
function explainSlots(to: Lines, name: string, type: Type): void {
  if (type.kind !== "set" || isScalarType(type.of) || cardinality(type.of) > MOST_EXPLAINED) return;
  const elements = [...valuesOf(type.of)].map((value, slot) => `${slot} ${valueText(value)}`);
  comment(to, `${name}: a flag for each element: ${elements.join(", ")}`);
}

function writeLocks(to: Lines, translating: Translating, { locks }: Machine): void {
  const { layout } = translating;
  if (locks.length === 0) return;
  line(to, "");
  comment(to, "Locks: the number (_pid) of the process that holds it, 0 if it is free");
  for (const lock of locks) {
    comment(to, lock.doc);
    const name = layout.locks.get(lock) ?? lock.name;
    line(to, `${declaration(translating, { name, type: lockType(layout, lock) })};`);
  }
}

function writeMembers(to: Lines, { machine, members }: Layout): void {
  for (const { name, type, doc } of machine.types) {
    if (type.kind !== "enum") continue;
    line(to, "");
    comment(to, doc === null ? name : `${name}: ${doc}`);
    defines(to, [...(members.get(name)?.values() ?? [])], 0);
  }
}

function writeLocations(to: Lines, { processes }: Layout): void {
  for (const { name, locations } of processes.values()) {
    line(to, "");
    comment(to, `Where ${name} stands: before the step of this name`);
    defines(to, locations, 1);
  }
}

function defines(to: Lines, names: readonly string[], first: number): void {
  const width = Math.max(...names.map((name) => name.length));
  names.forEach((name, position) => {
    line(to, `#define ${name.padEnd(width)} ${first + position}`);
  });
}

function writeTypedefs(to: Lines, typedefs: readonly Typedef[]): void {
  if (typedefs.length > 0) line(to, "");
  for (const { name, fields } of typedefs) {
    const all = fields.map((field) => declared(field.name, field.shape));
    line(to, `typedef ${name} { ${all.join("; ")} };`);
  }
}

/** About how many bytes a state takes in the verifier. */
export function stateBytes(translating: Translating): number {
  const { shapes } = translating.layout;
  const sizes = new Map<string, number>([
    ["bool", 1],
    ["byte", 1],
    ["short", 2],
    ["int", 4],
  ]);
  const bytes = ({ base, size }: Shape): number => (sizes.get(base) ?? 8) * (size ?? 1);
  const roots = stateRoots(translating.layout).map((root) => shapes.of(root.type, root.name));
  for (const { name, fields } of shapes.typedefs) {
    sizes.set(
      name,
      fields.reduce((sum, { shape }) => sum + bytes(shape) + 4, 0),
    );
  }
  return roots.reduce((sum, shape) => sum + bytes(shape) + 4, 0);
}
