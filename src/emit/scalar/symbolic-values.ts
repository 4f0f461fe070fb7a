// Literals of any type, all values of a type, quantifiers over them, and equality of any values.

import { cardinality, firstValue, type Type, type Value, valuesOf } from "../../machine/machine.ts";
import type { Scalar, ScalarType } from "./scalar.ts";
import {
  add,
  and,
  boolean,
  boundScalar,
  eq,
  FALSE,
  implies,
  isFalse,
  isTrue,
  less,
  member,
  not,
  number,
  or,
  quantifier,
  select,
  TRUE,
} from "./scalar-build.ts";
import { CannotEnumerate, type Notions } from "./scope.ts";
import type { Candidate, Symbolic, Who } from "./symbolic.ts";
import {
  asOption,
  choose,
  expect,
  instancesOf,
  nth,
  option,
  processOf,
  type SetSymbolic,
  scalar,
  setOf,
  whoOf,
} from "./symbolic-build.ts";

// ---------------------------------------------------------------- literals

/** A value of a type, as a literal. */
export function literal(notions: Notions, value: Value, type: Type): Symbolic {
  switch (type.kind) {
    case "bool":
    case "range":
    case "enum":
      return scalar(scalarLiteral(notions, value, type));
    case "process": {
      const instance = notions.machine.instances.find(({ name }) => name === value);
      if (instance === undefined) throw new Error(`no such process: ${String(value)}`);
      return processOf(whoOf(instance));
    }
    case "option":
      return value === null
        ? option(TRUE, () => literal(notions, firstValue(type.of), type.of))
        : option(FALSE, () => literal(notions, value, type.of));
    case "record": {
      const types = new Map(type.fields.map((field) => [field.name, field.type]));
      return {
        kind: "record",
        field: (name) => literal(notions, entryOf(value, name), types.get(name) ?? type),
      };
    }
    case "array":
      return arrayLiteral(notions, value, type);
    case "set": {
      const elements = elementsOf(value).map((element) => literal(notions, element, type.of));
      return setOf(
        (element) =>
          or(...elements.map((other) => equal(notions, element, type.of, other, type.of))),
        () => elements.map((element) => ({ value: element, when: TRUE })),
        elements,
      );
    }
    case "sequence": {
      const elements = elementsOf(value).map((element) => literal(notions, element, type.of));
      return sequenceOf(elements, () => literal(notions, firstValue(type.of), type.of));
    }
    default:
      return type satisfies never;
  }
}

/** A sequence of these elements; `filler` is what lies beyond its end, which nobody asks for. */
export function sequenceOf(elements: readonly Symbolic[], filler: () => Symbolic): Symbolic {
  return {
    kind: "sequence",
    length: number(elements.length),
    at: (index) => (elements.length === 0 ? filler() : nth(elements, index)),
  };
}

export function scalarLiteral(notions: Notions, value: Value, type: ScalarType): Scalar {
  if (notions.opaque(type)) throw new CannotEnumerate(type);
  if (typeof value === "boolean") return boolean(value);
  return typeof value === "number" ? number(value) : member(type, String(value));
}

function arrayLiteral(
  notions: Notions,
  value: Value,
  type: Extract<Type, { readonly kind: "array" }>,
): Symbolic {
  const { key, of } = type;
  if (!isScalarType(key)) throw new Error("an array with keys that are no scalars");
  const entries = (): readonly (readonly [Scalar, Symbolic])[] =>
    [...valuesOf(key)].map((name) => [
      scalarLiteral(notions, name, key),
      literal(notions, entryOf(value, String(name)), of),
    ]);
  return {
    kind: "array",
    at(wanted) {
      const all = entries();
      const last = all.at(-1);
      if (last === undefined) throw new Error("an array without elements");
      return all
        .slice(0, -1)
        .reduceRight((rest, [name, entry]) => choose(eq(wanted, name), entry, rest), last[1]);
    },
  };
}

function elementsOf(value: Value): readonly Value[] {
  if (!Array.isArray(value)) throw new Error("not a set or sequence");
  return value as readonly Value[];
}

function entryOf(value: Value, key: string): Value {
  return (value as { readonly [key: string]: Value })[key] ?? null;
}

export function isScalarType(type: Type): type is ScalarType {
  return type.kind === "bool" || type.kind === "range" || type.kind === "enum";
}

const enumerations = new WeakMap<Notions, Map<Type, readonly Symbolic[]>>();

/** All values of a type, in their order. */
export function allValues(notions: Notions, type: Type): readonly Symbolic[] {
  let known = enumerations.get(notions);
  if (known === undefined) {
    known = new Map();
    enumerations.set(notions, known);
  }
  let values = known.get(type);
  if (values === undefined) {
    values = [...valuesOf(type)].map((value) => literal(notions, value, type));
    known.set(type, values);
  }
  return values;
}

// ---------------------------------------------------------------- over all values, nothing can fault

type Quantifier = "forall" | "exists" | "count" | "sum";

/** The variable of a quantifier that the target keeps; null if it is to be unrolled. */
export function keptBound(
  notions: Notions,
  kind: Quantifier,
  type: Type,
  name: string,
): { readonly value: Symbolic; readonly close: (body: Scalar) => Scalar } | null {
  if (!isScalarType(type) || !notions.keep(kind, type)) return null;
  const bound = { name, type };
  return {
    value: scalar(boundScalar(bound)),
    close: (body) => quantifier(kind, bound, body),
  };
}

/** A quantifier over all values of a type; the body cannot fault. */
export function overType(
  notions: Notions,
  kind: "forall" | "exists",
  type: Type,
  name: string,
  body: (value: Symbolic) => Scalar,
): Scalar {
  const kept = keptBound(notions, kind, type, name);
  if (kept !== null) return kept.close(body(kept.value));
  const parts = allValues(notions, type).map(body);
  return kind === "forall" ? and(...parts) : or(...parts);
}

/** The candidates of a set; all values of the type if it does not tell. */
export function candidatesOf(notions: Notions, set: SetSymbolic, of: Type): readonly Candidate[] {
  return set.candidates ?? candidatesBy(notions, set.has, of);
}

export function candidatesBy(
  notions: Notions,
  has: SetSymbolic["has"],
  of: Type,
): readonly Candidate[] {
  return allValues(notions, of)
    .map((value) => ({ value, when: has(value) }))
    .filter(({ when }) => !isFalse(when));
}

/** A quantifier over the elements of a set; the body cannot fault. For `sum` it is a number. */
export function overSet(
  notions: Notions,
  kind: Quantifier,
  set: SetSymbolic,
  of: Type,
  name: string,
  body: (value: Symbolic) => Scalar,
): Scalar {
  const among = (when: Scalar, value: Scalar): Scalar => {
    if (kind === "forall") return implies(when, value);
    return kind === "sum" ? select(when, value, number(0)) : and(when, value);
  };
  const { elements } = set;
  const atMostOne = elements !== undefined && elements.length <= 1;
  if (elements !== undefined && (atMostOne || kind === "forall" || kind === "exists")) {
    return combined(kind, elements.map(body));
  }
  const kept = elements === undefined ? keptBound(notions, kind, of, name) : null;
  if (kept !== null) return kept.close(among(set.has(kept.value), body(kept.value)));
  return combined(
    kind,
    candidatesOf(notions, set, of).map(({ value, when }) => among(when, body(value))),
  );
}

/** What a quantifier makes of what its body is for each element. */
export function combined(kind: Quantifier, parts: readonly Scalar[]): Scalar {
  switch (kind) {
    case "forall":
      return and(...parts);
    case "exists":
      return or(...parts);
    case "count":
      return parts.map((part) => select(part, number(1), number(0))).reduce(add, number(0));
    case "sum":
      return parts.reduce(add, number(0));
    default:
      return kind satisfies never;
  }
}

/** Is there an instance of which this holds? */
export function someInstance(notions: Notions, holds: (who: Who) => Scalar): Scalar {
  return or(
    ...notions.machine.processes.map(({ process }) => {
      const all = process.index;
      if (all !== null && cardinality(all.local.type) === all.values.length) {
        const kept = keptBound(notions, "exists", all.local.type, all.local.name);
        if (kept !== null && kept.value.kind === "scalar") {
          return kept.close(holds({ process, index: kept.value.scalar }));
        }
      }
      return or(...instancesOf(notions.machine, process).map(holds));
    }),
  );
}

// ---------------------------------------------------------------- equality

/** Are two values of alike types the same? */
export function equal(
  notions: Notions,
  left: Symbolic,
  leftType: Type,
  right: Symbolic,
  rightType: Type,
): Scalar {
  if (left.kind === "option" || right.kind === "option") {
    const [a, b] = [asOption(left), asOption(right)];
    const [typeA, typeB] = [innerType(leftType), innerType(rightType)];
    const bothNull = and(a.isNull, b.isNull);
    if (isTrue(a.isNull) || isTrue(b.isNull)) return bothNull;
    const values = equal(notions, a.value, typeA, b.value, typeB);
    return or(bothNull, and(not(a.isNull), not(b.isNull), values));
  }
  switch (left.kind) {
    case "scalar":
      return eq(left.scalar, expect(right, "scalar").scalar);
    case "process": {
      const other = expect(right, "process");
      if (left.who !== undefined) return other.is(left.who);
      if (other.who !== undefined) return left.is(other.who);
      return someInstance(notions, (who) => and(left.is(who), other.is(who)));
    }
    case "record": {
      const other = expect(right, "record");
      if (leftType.kind !== "record") throw new Error("a record of no record type");
      return and(
        ...leftType.fields.map(({ name, type }) => {
          const otherType = fieldType(rightType, name) ?? type;
          return equal(notions, left.field(name), type, other.field(name), otherType);
        }),
      );
    }
    case "array": {
      const other = expect(right, "array");
      if (leftType.kind !== "array" || rightType.kind !== "array") throw new Error("no array type");
      return overType(notions, "forall", leftType.key, "k", (key) => {
        const at = expect(key, "scalar").scalar;
        return equal(notions, left.at(at), leftType.of, other.at(at), rightType.of);
      });
    }
    case "set": {
      const other = expect(right, "set");
      return and(
        subset(notions, left, elementType(leftType), other),
        subset(notions, other, elementType(rightType), left),
      );
    }
    case "sequence": {
      const other = expect(right, "sequence");
      if (leftType.kind !== "sequence" || rightType.kind !== "sequence")
        throw new Error("no sequence type");
      const upto = Math.min(leftType.upto, rightType.upto);
      const elements = Array.from({ length: upto }, (_, position) => {
        const at = number(position);
        const within = and(less(at, left.length), less(at, other.length));
        if (isFalse(within)) return TRUE;
        return implies(
          less(at, left.length),
          equal(notions, left.at(at), leftType.of, other.at(at), rightType.of),
        );
      });
      return and(eq(left.length, other.length), ...elements);
    }
    default:
      return left satisfies never;
  }
}

/** Is each element of one set also one of the other? */
export function subset(notions: Notions, left: SetSymbolic, of: Type, right: SetSymbolic): Scalar {
  return overSet(notions, "forall", left, of, "e", (value) => right.has(value));
}

export function elementType(type: Type): Type {
  if (type.kind !== "set") throw new Error(`not the type of a set: ${type.kind}`);
  return type.of;
}

export const innerType = (type: Type): Type => (type.kind === "option" ? type.of : type);

/** The type of a field, undefined if there is none of this name. */
export function fieldType(type: Type, name: string): Type | undefined {
  return type.kind === "record"
    ? type.fields.find((field) => field.name === name)?.type
    : undefined;
}
