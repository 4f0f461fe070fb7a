// The position of a value in the order of its type, for targets that keep sets of records, options and the like as
// arrays of flags.

import { cardinality, type Type, valuesOf } from "../../machine/machine.ts";
import type { Scalar } from "./scalar.ts";
import { add, eq, member, multiply, number, select, subtract } from "./scalar-build.ts";
import { CannotEnumerate, type Notions } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";
import { expect } from "./symbolic-build.ts";
import { allValues, isScalarType, literal } from "./symbolic-values.ts";

/** The position of a value in the order of `valuesOf`, counted from `base`. */
export function ordinal(notions: Notions, value: Symbolic, type: Type, base = 0): Scalar {
  const inner = (part: Symbolic, of: Type): Scalar => ordinal(notions, part, of);
  const from = (position: Scalar): Scalar => add(position, number(base));
  const tuple = (parts: readonly (readonly [Symbolic, Type])[]): Scalar =>
    parts.reduce<Scalar>(
      (before, [part, of]) => add(multiply(before, number(cardinality(of))), inner(part, of)),
      number(0),
    );
  switch (value.kind) {
    case "scalar":
      return scalarOrdinal(notions, value.scalar, type, base);
    case "option":
      if (type.kind !== "option") throw mismatch(value, type);
      return select(value.isNull, number(base), ordinal(notions, value.value, type.of, base + 1));
    case "record":
      if (type.kind !== "record") throw mismatch(value, type);
      return from(tuple(type.fields.map((field) => [value.field(field.name), field.type])));
    case "array":
      if (type.kind !== "array") throw mismatch(value, type);
      return from(
        tuple(
          [...valuesOf(type.key)].map((key) => {
            const at = expect(literal(notions, key, type.key), "scalar");
            return [value.at(at.scalar), type.of];
          }),
        ),
      );
    case "set":
      if (type.kind !== "set") throw mismatch(value, type);
      return allValues(notions, type.of).reduce<Scalar>(
        (sum, element, position) =>
          add(sum, select(value.has(element), number(2 ** position), number(0))),
        number(base),
      );
    case "sequence": {
      if (type.kind !== "sequence") throw mismatch(value, type);
      const { of, upto } = type;
      // Shorter sequences come first.
      let found: Scalar = number(0);
      let shorter = 0;
      for (let length = 0; length <= upto; length += 1) {
        const items = Array.from({ length }, (_, index) => [value.at(number(index)), of] as const);
        const here = add(tuple(items), number(shorter));
        found = length === 0 ? here : select(eq(value.length, number(length)), here, found);
        shorter += cardinality(of) ** length;
      }
      return from(found);
    }
    default:
      throw mismatch(value, type);
  }
}

function scalarOrdinal(notions: Notions, scalar: Scalar, type: Type, base: number): Scalar {
  if (isScalarType(type) && notions.opaque(type)) throw new CannotEnumerate(type);
  switch (type.kind) {
    case "bool":
      return select(scalar, number(base + 1), number(base));
    case "range":
      return type.lo > base
        ? subtract(scalar, number(type.lo - base))
        : add(scalar, number(base - type.lo));
    case "enum":
      return type.members.reduceRight<Scalar>(
        (otherwise, name, position) =>
          select(eq(scalar, member(type, name)), number(base + position), otherwise),
        number(base),
      );
    default:
      throw new Error(`no scalar type: ${type.kind}`);
  }
}

function mismatch(value: Symbolic, type: Type): Error {
  return new Error(`a ${value.kind} where a ${type.kind} was expected`);
}
