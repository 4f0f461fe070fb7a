// What a random spec has declared so far, what can be read where, and how types are written.

import { cardinality, type Type } from "../../src/language/types.ts";
import type { Random } from "./random.ts";
import type { Code, Inside } from "./random-spec-code.ts";

export interface RangeShape {
  readonly kind: "range";
  readonly lo: number;
  readonly hi: number;
  readonly name: string | null;
  readonly symmetric: boolean;
}

/** Something that an expression may name. */
export interface Readable {
  readonly text: string;
  readonly type: Type;
}

export interface LockInfo {
  readonly name: string;
  readonly class: "spinlock" | "mutex" | "rwsem";
  readonly keys: readonly Type[];
  /** Locks are taken in this order where the spec is tame. */
  readonly rank: number;
}

export interface DefInfo {
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly result: Type;
  readonly shared: boolean;
}

export interface LabelInfo {
  readonly name: string;
  /** Stands before a step outside `atomic`. */
  readonly observable: boolean;
  /** The labelled statement is a plain step that may be exchanged for others. */
  readonly anchor: boolean;
}

export interface CodeInfo {
  readonly kind: "fn" | "process" | "action";
  readonly name: string;
  readonly labels: readonly LabelInfo[];
  /** Pairs of anchors in one block, the first before the second, with nothing that others need between them. */
  readonly ranges: readonly (readonly [string, string])[];
  /** Fns called, directly or through others. */
  readonly calls: ReadonlySet<string>;
  /** Those of them that are called outside `atomic`, where their steps can be seen, and those called inside. */
  readonly openCalls: ReadonlySet<string>;
  readonly hiddenCalls: ReadonlySet<string>;
}

export interface FunctionInfo extends CodeInfo {
  readonly parameters: readonly { readonly type: Type; readonly reference: boolean }[];
  readonly result: Type | null;
  /** The lock held when the result is true. */
  readonly contract: LockInfo | null;
  /** May it stand behind the first step of an `atomic` block, or in a loop there? */
  readonly waits: boolean;
  readonly chooses: boolean;
  /** Steps of its inlined body, roughly. */
  readonly size: number;
  readonly text: string;
}

export interface ProcessInfo extends CodeInfo {
  readonly index: {
    readonly type: Type;
    /** All values as texts, and the set as a text. */
    readonly values: readonly string[];
    readonly set: string;
  } | null;
  readonly variables: readonly Readable[];
}

/** The makers that need each other; they hang here so that no two files import each other. */
export interface Makers {
  readonly expression: (scope: Scope, type: Type, depth: number) => string;
  readonly boolean: (scope: Scope, depth: number) => string;
  readonly statements: (code: Code, inside: Inside, count: number) => Inside;
}

/** Everything that grows while a spec is made. */
export interface World {
  readonly random: Random;
  readonly makers: Makers;
  /** How likely an operation that may fault goes unguarded. */
  readonly daring: number;
  readonly types: Type[];
  readonly symmetric: RangeShape | null;
  readonly parameters: (Readable & { readonly lo: number; readonly hi: number })[];
  readonly constants: Readable[];
  readonly variables: Readable[];
  readonly ghosts: Readable[];
  readonly locks: LockInfo[];
  readonly costs: string[];
  readonly defs: DefInfo[];
  readonly functions: FunctionInfo[];
  readonly processes: ProcessInfo[];
  readonly actions: CodeInfo[];
  /** Enum members that several enums share must be qualified. */
  readonly members: Map<string, number>;
  next: number;
}

/** A name that nothing else in the spec has. */
export function fresh(world: World, prefix: string): string {
  world.next += 1;
  return `${prefix}${world.next}`;
}

/** Where an expression stands: what it may read, and whether its type is expected by its surroundings. */
export interface Scope {
  readonly world: World;
  readonly readables: readonly Readable[];
  /** May it ask for the state of locks and processes (code), look into processes (property), or compare two states (step)? */
  readonly place: "constant" | "local" | "code" | "property" | "step";
  readonly hinted: boolean;
  readonly daring: number;
}

/** A text whose value is one of the type (checked when it runs, where the scope is daring). */
export function expression(scope: Scope, type: Type, depth: number): string {
  return scope.world.makers.expression(scope, type, depth);
}

/** A condition. */
export function boolean(scope: Scope, depth: number): string {
  return scope.world.makers.boolean(scope, depth);
}

export function withReadables(scope: Scope, ...more: readonly Readable[]): Scope {
  return { ...scope, readables: [...scope.readables, ...more] };
}

/** The same scope where nothing says what type is expected. */
export function unhinted(scope: Scope): Scope {
  return scope.hinted ? { ...scope, hinted: false } : scope;
}

// ---------------------------------------------------------------- types

export const BOOL: Type = { kind: "bool" };

export function range(lo: number, hi: number, name: string | null = null): RangeShape {
  return { kind: "range", lo, hi, name, symmetric: false };
}

/** A type as it is written in a declaration. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case "bool":
      return "bool";
    case "range":
      return type.name ?? `${type.lo}..${type.hi}`;
    case "enum":
      return type.name;
    case "record":
      return (
        type.name ??
        `{ ${type.fields.map(({ name, type: of }) => `${name}: ${typeText(of)}`).join(", ")} }`
      );
    case "option":
      return `${inner(type.of)}?`;
    case "array":
      return `${inner(type.of)}[${typeText(type.key)}]`;
    case "set":
      return `set of ${inner(type.of)}`;
    case "sequence":
      return `seq of ${inner(type.of)} upto ${type.upto}`;
    case "process":
      throw new Error("a process type cannot be written");
    default:
      return type satisfies never;
  }
}

function inner(type: Type): string {
  const compound = type.kind === "set" || type.kind === "sequence";
  const bare = type.kind === "range" && type.name === null;
  return compound || bare ? `(${typeText(type)})` : typeText(type);
}

/** Equal for types that fit each other without conversion. */
export function typeKey(type: Type): string {
  switch (type.kind) {
    case "range":
      return type.symmetric ? `${type.name}` : `${type.lo}..${type.hi}`;
    case "option":
      return `${typeKey(type.of)}?`;
    case "array":
      return `${typeKey(type.of)}[${typeKey(type.key)}]`;
    case "set":
      return `set ${typeKey(type.of)}`;
    case "sequence":
      return `seq ${typeKey(type.of)} ${type.upto}`;
    case "record":
      return `{${type.fields.map(({ name, type: of }) => `${name}:${typeKey(of)}`).join()}}`;
    case "enum":
      return type.name;
    default:
      return type.kind;
  }
}

export function isNumber(type: Type): type is RangeShape {
  return type.kind === "range" && !type.symmetric;
}

export function isSymmetric(type: Type): boolean {
  return type.kind === "range" && type.symmetric;
}

export function isKey(type: Type): boolean {
  return type.kind === "bool" || type.kind === "range" || type.kind === "enum";
}

/** The type as a set of all its values, in an expression. */
export function typeSet(type: Type): string {
  if (type.kind === "range" && type.name === null) return `${number(type.lo)}..${number(type.hi)}`;
  return typeText(type);
}

/** A number as an operand. */
export function number(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}

export function member(world: World, type: Type & { readonly kind: "enum" }, name: string): string {
  return (world.members.get(name) ?? 0) > 1 || world.random.chance(0.2)
    ? `${type.name}.${name}`
    : name;
}

// ---------------------------------------------------------------- random types

/** A small scalar: bool, a range, an enum. */
export function randomScalar(world: World): Type {
  const { random } = world;
  const named = random.some(world.types.filter(isKey));
  if (named !== undefined && random.chance(0.5)) return named;
  if (random.chance(0.35)) return BOOL;
  const lo = random.weighted([
    [8, 0],
    [3, 1],
    [1, -2],
    [0.5, 5],
  ]);
  return range(lo, lo + random.int(1, 3));
}

/** Any type of few values, or of many values of which few are used. */
export function randomType(world: World, depth: number): Type {
  const { random } = world;
  if (depth === 0 || random.chance(0.45)) return randomScalar(world);
  const named = random.some(world.types.filter((type) => !isKey(type)));
  if (named !== undefined && random.chance(0.4)) return named;
  const of = randomType(world, depth - 1);
  switch (
    random.weighted([
      [3, "option"],
      [3, "array"],
      [2.5, "set"],
      [3, "sequence"],
      [2, "record"],
      [0.8, "wide"],
    ] as const)
  ) {
    case "option":
      return of.kind === "option" ? of : { kind: "option", of };
    case "array":
      return { kind: "array", of, key: randomKey(world) };
    case "set":
      // Sets of more than 32 elements are stored otherwise than small ones.
      if (random.chance(0.16)) return { kind: "set", of: range(0, random.int(32, 40)) };
      return cardinality(of) <= 8
        ? { kind: "set", of }
        : { kind: "set", of: range(0, random.int(1, 2)) };
    case "sequence":
      return { kind: "sequence", of, upto: random.int(1, 3) };
    case "record":
      return randomRecord(world, null, depth);
    case "wide":
      return range(-random.int(0, 300), random.int(200, 70_000));
  }
}

export function randomKey(world: World): Type {
  const scalar = randomScalar(world);
  if (world.symmetric !== null && world.random.chance(0.4)) return world.symmetric;
  return cardinality(scalar) <= 3 ? scalar : range(0, world.random.int(1, 2));
}

export function randomRecord(world: World, name: string | null, depth: number): Type {
  const count = world.random.int(1, 3);
  const fields = Array.from({ length: count }, (_, index) => ({
    name: `f${index}`,
    type: randomType(world, depth - 1),
  }));
  return { kind: "record", name, fields };
}
