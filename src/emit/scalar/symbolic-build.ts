// Makes symbolic values: parts on demand, choices between two values, values in the shape of a type.

import type { Instance, Machine, Process, Type } from "../../machine/machine.ts";
import type { Scalar } from "./scalar.ts";
import {
  and,
  boolean,
  eq,
  FALSE,
  isFalse,
  isTrue,
  member,
  not,
  number,
  or,
  select,
} from "./scalar-build.ts";
import type { Candidate, LockSymbolic, Symbolic, Who } from "./symbolic.ts";

type SymbolicOf<K extends Symbolic["kind"]> = Extract<Symbolic, { readonly kind: K }>;
export type OptionSymbolic = SymbolicOf<"option">;
export type SetSymbolic = SymbolicOf<"set">;

export const scalar = (of: Scalar): Symbolic => ({ kind: "scalar", scalar: of });

/** The scalar that a value of a scalar type is. */
export function scalarOf(value: Symbolic): Scalar {
  if (value.kind === "scalar") return value.scalar;
  // An option where its value is wanted was checked before.
  if (value.kind === "option") return scalarOf(value.value);
  throw new Error(`not a scalar: ${value.kind}`);
}

/** An option whose value is made only when asked for. */
export function option(isNull: Scalar, value: () => Symbolic): OptionSymbolic {
  const made = lazy(value);
  return {
    kind: "option",
    isNull,
    get value() {
      return made();
    },
  };
}

/** A set whose candidates are made only when asked for. */
export function setOf(
  has: SetSymbolic["has"],
  candidates: () => readonly Candidate[],
  elements?: readonly Symbolic[],
): SetSymbolic {
  const made = lazy(candidates);
  return {
    kind: "set",
    has,
    get candidates() {
      return made();
    },
    ...(elements === undefined ? {} : { elements }),
  };
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * The same function, which makes what it gives for a literal only once: values that were chosen and changed many times
 * are asked for the same parts over and over.
 */
export function remembering<T>(make: (key: Scalar) => T): (key: Scalar) => T {
  const made = new Map<string | number | boolean, T>();
  return (key) => {
    if (key.kind !== "number" && key.kind !== "boolean" && key.kind !== "member") return make(key);
    const name = key.kind === "member" ? key.member : key.value;
    const known = made.get(name);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(name, value);
    return value;
  };
}

/** The value as an option; one that is none is never null. */
export function asOption(value: Symbolic): OptionSymbolic {
  return value.kind === "option" ? value : option(FALSE, () => value);
}

export function expect<K extends Symbolic["kind"]>(value: Symbolic, kind: K): SymbolicOf<K> {
  if (value.kind === kind) return value as SymbolicOf<K>;
  if (value.kind === "option") return expect(value.value, kind);
  throw new Error(`a ${value.kind} where a ${kind} is wanted`);
}

/** One of two values of alike types. */
export function choose(condition: Scalar, then: Symbolic, otherwise: Symbolic): Symbolic {
  if (isTrue(condition) || then === otherwise) return then;
  if (isFalse(condition)) return otherwise;
  if (then.kind === "option" || otherwise.kind === "option") {
    return chooseOption(condition, asOption(then), asOption(otherwise));
  }
  switch (then.kind) {
    case "scalar":
      return scalar(select(condition, then.scalar, scalarOf(otherwise)));
    case "record": {
      const other = expect(otherwise, "record");
      const fields = new Map<string, Symbolic>();
      return {
        kind: "record",
        field: (name) => {
          const field = fields.get(name) ?? choose(condition, then.field(name), other.field(name));
          fields.set(name, field);
          return field;
        },
      };
    }
    case "array": {
      const other = expect(otherwise, "array");
      return {
        kind: "array",
        at: remembering((key) => choose(condition, then.at(key), other.at(key))),
      };
    }
    case "set": {
      const other = expect(otherwise, "set");
      const has = (element: Symbolic): Scalar =>
        select(condition, then.has(element), other.has(element));
      const hasScalar = remembering((element) => has(scalar(element)));
      return {
        kind: "set",
        has: (element) => (element.kind === "scalar" ? hasScalar(element.scalar) : has(element)),
      };
    }
    case "sequence": {
      const other = expect(otherwise, "sequence");
      return {
        kind: "sequence",
        length: select(condition, then.length, other.length),
        at: remembering((index) => choose(condition, then.at(index), other.at(index))),
      };
    }
    case "process": {
      const other = expect(otherwise, "process");
      return { kind: "process", is: (who) => select(condition, then.is(who), other.is(who)) };
    }
    default:
      return then satisfies never;
  }
}

function chooseOption(
  condition: Scalar,
  then: OptionSymbolic,
  otherwise: OptionSymbolic,
): OptionSymbolic {
  return option(select(condition, then.isNull, otherwise.isNull), () => {
    if (isTrue(then.isNull)) return otherwise.value;
    if (isTrue(otherwise.isNull)) return then.value;
    return choose(condition, then.value, otherwise.value);
  });
}

/** The value in the shape of a type that it lies in: options where the type has them. */
export function shaped(value: Symbolic, type: Type): Symbolic {
  if (type.kind === "option") {
    const some = asOption(value);
    return option(some.isNull, () => shaped(some.value, type.of));
  }
  const bare = value.kind === "option" ? value.value : value;
  switch (type.kind) {
    case "record": {
      const record = expect(bare, "record");
      const types = new Map(type.fields.map((field) => [field.name, field.type]));
      return {
        kind: "record",
        field: (name) => {
          const of = types.get(name);
          return of === undefined ? record.field(name) : shaped(record.field(name), of);
        },
      };
    }
    case "array": {
      const array = expect(bare, "array");
      return { kind: "array", at: (key) => shaped(array.at(key), type.of) };
    }
    case "sequence": {
      const { length, at } = expect(bare, "sequence");
      return { kind: "sequence", length, at: (index) => shaped(at(index), type.of) };
    }
    default:
      return bare;
  }
}

/** The n-th of some values; the last one for all indices beyond. */
export function nth(values: readonly Symbolic[], index: Scalar): Symbolic {
  if (index.kind === "number") {
    const value = values[index.value] ?? values.at(-1);
    if (value === undefined) throw new Error("an element of nothing");
    return value;
  }
  const last = values.at(-1);
  if (last === undefined) throw new Error("an element of nothing");
  return values
    .slice(0, -1)
    .reduceRight<Symbolic>(
      (rest, value, position) => choose(eq(index, number(position)), value, rest),
      last,
    );
}

// ---------------------------------------------------------------- process instances

/** The same instance? */
export function sameWho(left: Who, right: Who): Scalar {
  if (left.process !== right.process) return FALSE;
  if (left.index === null || right.index === null) return boolean(left.index === right.index);
  return eq(left.index, right.index);
}

export function processOf(who: Who): Symbolic {
  return { kind: "process", is: (other) => sameWho(who, other), who };
}

/** An instance with its index as a literal. */
export function whoOf({ process, index }: Instance): Who {
  if (process.index === null || index === null) return { process, index: null };
  const { type } = process.index.local;
  if (typeof index === "number") return { process, index: number(index) };
  if (typeof index === "boolean") return { process, index: boolean(index) };
  if (type.kind !== "enum") throw new Error(`an index of ${process.name} is no scalar`);
  return { process, index: member(type, String(index)) };
}

/** The instances of a process, with literal indices. */
export function instancesOf(machine: Machine, process: Process): readonly Who[] {
  return machine.instances.filter((instance) => instance.process === process).map(whoOf);
}

// ---------------------------------------------------------------- locks

/** One of two states of a lock. */
export function chooseLock(
  condition: Scalar,
  then: LockSymbolic,
  otherwise: LockSymbolic,
): LockSymbolic {
  if (isTrue(condition)) return then;
  if (isFalse(condition)) return otherwise;
  if (then === otherwise) return then;
  const by = (of: "ownedBy" | "readBy"): ((who: Who) => Scalar) => {
    const made = new Map<Process, (index: Scalar) => Scalar>();
    return ({ process, index }) => {
      const known =
        made.get(process) ??
        remembering((at) => {
          const who = { process, index: process.index === null ? null : at };
          return select(condition, then[of](who), otherwise[of](who));
        });
      made.set(process, known);
      return known(index ?? FALSE);
    };
  };
  return {
    free: select(condition, then.free, otherwise.free),
    owned: select(condition, then.owned, otherwise.owned),
    ownedBy: by("ownedBy"),
    readBy: by("readBy"),
  };
}

/** Are these the same keys? */
export function sameKeys(left: readonly Scalar[], right: readonly Scalar[]): Scalar {
  return and(...left.map((key, depth) => eq(key, right[depth] ?? key)));
}

/** Does the process hold the lock, in any mode? */
export function heldBy(lock: LockSymbolic, who: Who): Scalar {
  return or(lock.ownedBy(who), lock.readBy(who));
}

/** Held by anybody. */
export const isHeld = (lock: LockSymbolic): Scalar => not(lock.free);
