// The types of the language, resolved: every one has a known, finite number of values.

/** A type with all its bounds valued. `name` is the declared name, kept for readers. */
export type Type =
  | BoolType
  | RangeType
  | EnumType
  | RecordType
  | OptionType
  | ArrayType
  | SetType
  | SequenceType
  | ProcessType;

export interface BoolType {
  readonly kind: "bool";
}
/**
 * Integers from `lo` to `hi`. The computed interval of an expression has this form too, with a null name.
 * `symmetric` ranges are nominal: only values of the very same declared name fit.
 */
export interface RangeType {
  readonly kind: "range";
  readonly lo: number;
  readonly hi: number;
  readonly name: string | null;
  readonly symmetric: boolean;
}
export interface EnumType {
  readonly kind: "enum";
  readonly name: string;
  readonly members: readonly string[];
  readonly symmetric: boolean;
}
export interface RecordType {
  readonly kind: "record";
  readonly name: string | null;
  readonly fields: readonly { readonly name: string; readonly type: Type }[];
}
/** `T?`; `T` itself is never an option. */
export interface OptionType {
  readonly kind: "option";
  readonly of: Type;
}
/** `T[K]`; keys are bool, range, enum (or process never). */
export interface ArrayType {
  readonly kind: "array";
  readonly key: Type;
  readonly of: Type;
}
export interface SetType {
  readonly kind: "set";
  readonly of: Type;
}
export interface SequenceType {
  readonly kind: "sequence";
  readonly of: Type;
  readonly upto: number;
}
/** A process instance, the type of lock owners; values are instance names such as `zapper[1]`. `members` in global order. */
export interface ProcessType {
  readonly kind: "process";
  readonly members: readonly string[];
}

/**
 * A value as data, the same in the interpreter, in traces and in the `State` of a generated module:
 * bool → boolean, range → number, enum and process → member name, option → null or the value,
 * record → object by field, array → object by `String(key)`, set → elements in the order of their type, sequence → elements.
 */
export type Value =
  | boolean
  | number
  | string
  | null
  | readonly Value[]
  | { readonly [key: string]: Value };

/** Largest type that may be enumerated (quantified over, be a set's element, an array's key). */
export const ENUMERATION_LIMIT = 65536;

/** How many values a type has; Infinity when beyond double range. */
export function cardinality(type: Type): number {
  switch (type.kind) {
    case "bool":
      return 2;
    case "range":
      return type.hi - type.lo + 1;
    case "enum":
    case "process":
      return type.members.length;
    case "record":
      return type.fields.reduce((product, field) => product * cardinality(field.type), 1);
    case "option":
      return cardinality(type.of) + 1;
    case "array":
      return cardinality(type.of) ** cardinality(type.key);
    case "set":
      return 2 ** cardinality(type.of);
    case "sequence": {
      let total = 0;
      for (let length = 0; length <= type.upto; length += 1)
        total += cardinality(type.of) ** length;
      return total;
    }
    default:
      return type satisfies never;
  }
}

/** All values of a type in their order: false < true, numbers ascending, members as declared, null first, arrays and records with the first key slowest. */
export function* valuesOf(type: Type): Generator<Value> {
  switch (type.kind) {
    case "bool":
      yield false;
      yield true;
      return;
    case "range":
      for (let value = type.lo; value <= type.hi; value += 1) yield value;
      return;
    case "enum":
    case "process":
      yield* type.members;
      return;
    case "option":
      yield null;
      yield* valuesOf(type.of);
      return;
    case "record":
      yield* tuples(type.fields.map((field) => [field.name, field.type] as const));
      return;
    case "array":
      yield* tuples([...valuesOf(type.key)].map((key) => [String(key), type.of] as const));
      return;
    case "set": {
      const elements = [...valuesOf(type.of)];
      for (let mask = 0; mask < 2 ** elements.length; mask += 1) {
        yield elements.filter((_, index) => Math.floor(mask / 2 ** index) % 2 === 1);
      }
      return;
    }
    case "sequence":
      for (let length = 0; length <= type.upto; length += 1) {
        const slots = Array.from({ length }, (_, index) => [String(index), type.of] as const);
        for (const tuple of tuples(slots)) yield Object.values(tuple);
      }
      return;
    default:
      return void (type satisfies never);
  }
}

function* tuples(
  slots: readonly (readonly [string, Type])[],
): Generator<{ readonly [key: string]: Value }> {
  const [first, ...rest] = slots;
  if (first === undefined) {
    yield {};
    return;
  }
  for (const value of valuesOf(first[1])) {
    for (const tail of tuples(rest)) yield { [first[0]]: value, ...tail };
  }
}

/** The first value of a type, which dead locals hold: false, the lower bound, the first member, null, empty set and sequence. */
export function firstValue(type: Type): Value {
  switch (type.kind) {
    case "bool":
      return false;
    case "range":
      return type.lo;
    case "enum":
    case "process":
      return type.members[0] ?? "";
    case "option":
      return null;
    case "set":
    case "sequence":
      return [];
    case "record":
      return Object.fromEntries(type.fields.map((field) => [field.name, firstValue(field.type)]));
    case "array":
      return Object.fromEntries(
        [...valuesOf(type.key)].map((key) => [String(key), firstValue(type.of)]),
      );
    default:
      return type satisfies never;
  }
}

/** A type as a person writes it; a declared name wins over its definition. */
export function formatType(type: Type): string {
  switch (type.kind) {
    case "bool":
      return "bool";
    case "range":
      return type.name ?? `${type.lo}..${type.hi}`;
    case "enum":
      return type.name;
    case "process":
      return "process";
    case "record":
      return (
        type.name ??
        `{ ${type.fields.map((field) => `${field.name}: ${formatType(field.type)}`).join(", ")} }`
      );
    case "option":
      return `${inner(type.of)}?`;
    case "array":
      return `${inner(type.of)}[${formatType(type.key)}]`;
    case "set":
      return `set of ${inner(type.of)}`;
    case "sequence":
      return `seq of ${inner(type.of)} upto ${type.upto}`;
    default:
      return type satisfies never;
  }
}

function inner(type: Type): string {
  const bare = type.kind === "range" && type.name === null;
  const open = type.kind === "set" || type.kind === "sequence";
  return bare || open ? `(${formatType(type)})` : formatType(type);
}
