// What the parts of a Murphi text are made with: the layout, the way of judging, functions and names so far.

import type { Local, MachineLocal } from "../../machine/machine.ts";
import { naming } from "../names.ts";
import type { PlaceText, Scalar } from "../scalar/scalar.ts";
import type { Notions } from "../scalar/scope.ts";
import type { Reading, Symbolic, Who } from "../scalar/symbolic.ts";
import { isScalarType } from "../scalar/symbolic-values.ts";
import type { Counting, Judging } from "./judging.ts";
import { type Layout, RESERVED, typeText } from "./layout.ts";
import { ofProcess, processLayout, readPlace, stateReading } from "./reading.ts";
import type { Functions, TextScope } from "./scalar-text.ts";

export interface StateVariable {
  readonly name: string;
  readonly type: string;
  /** It is one word that may be undefined, which can be neither copied nor compared. */
  readonly nullable: boolean;
  readonly doc: string | null;
}

/** The same for a whole text. */
export interface Context {
  readonly layout: Layout;
  readonly notions: Notions;
  readonly judging: Judging;
  readonly counting: Counting;
  readonly functions: Functions;
  /** The variables of the state, by name. */
  readonly variables: ReadonlyMap<string, StateVariable>;
}

/** The names inside one rule, start state, function or property. */
export interface Inside {
  readonly context: Context;
  readonly self: Who | null;
  readonly text: TextScope;
  readonly reading: Reading;
  /** The place of a local of the machine. */
  readonly places: ReadonlyMap<Local, PlaceText>;
  /** Values of locals that have no place, such as chosen records. */
  readonly values: Map<Local, Symbolic>;
  /** A new name, of a variable with this type. */
  readonly variable: (wish: string, type: string) => string;
  /** Variables made, with their types; they are declared once all statements are known. */
  readonly declared: Map<string, string>;
}

/** An identifier as a scalar of this type. */
export function named(name: string, type: MachineLocal["type"]): Scalar {
  if (!isScalarType(type)) throw new Error(`no scalar: ${name}`);
  return { kind: "read", place: [name], type };
}

/** Names for a rule of a process (or of nobody): its index as the parameter, its stored locals as places of the state. */
export function insideOf(
  context: Context,
  process: { readonly self: Who; readonly index: string | null } | null,
  parameters: ReadonlyMap<string, string>,
  values = new Map<Local, Symbolic>(),
): Inside {
  const { layout, functions } = context;
  const names = naming([...RESERVED, ...layout.globals, ...functions.known.values()]);
  const declared = new Map<string, string>();
  const locals = new Map<string, string>();
  for (const [name, type] of parameters) locals.set(name, type);
  const taken = new Set<string>([...RESERVED, ...layout.globals, ...parameters.keys()]);
  for (const name of parameters.keys()) names.fresh(name);
  const variable = (wish: string, type: string): string => {
    const name = names.fresh(/^[A-Za-z]/.test(wish) ? wish : `x${wish}`);
    declared.set(name, type);
    locals.set(name, type);
    taken.add(name);
    return name;
  };
  const places = new Map<Local, PlaceText>();
  if (process !== null) {
    const own = processLayout(layout, process.self.process);
    if (own.process.index !== null && process.index !== null)
      places.set(own.process.index, [process.index]);
    for (const [local, name] of own.stored) places.set(local, ofProcess(name, process.self));
  }
  const local = (of: Local): Symbolic => {
    const value = values.get(of);
    if (value !== undefined) return value;
    const place = places.get(of);
    if (place !== undefined) return readPlace(layout, place, of.type);
    const name = variable(of.name, typeText(of.type, layout.types));
    places.set(of, [name]);
    return readPlace(layout, [name], of.type);
  };
  return {
    context,
    self: process?.self ?? null,
    text: { layout, functions, bounds: new Map(), taken, locals },
    reading: stateReading(layout, local),
    places,
    values,
    variable,
    declared,
  };
}

/** The place of a local, made if it has none yet. */
export function placeOfLocal(inside: Inside, local: Local): PlaceText {
  inside.reading.local(local);
  const place = inside.places.get(local);
  if (place === undefined) throw new Error(`assigned, but chosen: ${local.name}`);
  return place;
}
