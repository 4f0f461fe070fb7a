// Where a set keeps the flag of an element: in an array over its element's type, nested over the fields of a record.
// What is neither a scalar nor a record goes by its position among the values of its type.

import { cardinality, type Type } from "../../machine/machine.ts";
import { ordinal } from "../scalar/ordinal.ts";
import type { Scalar, ScalarType } from "../scalar/scalar.ts";
import type { Notions } from "../scalar/scope.ts";
import type { Symbolic } from "../scalar/symbolic.ts";
import { expect, nth, scalarOf } from "../scalar/symbolic-build.ts";
import { allValues, isScalarType } from "../scalar/symbolic-values.ts";

/** The keys of the nested arrays, outermost first. */
export function axesOf(type: Type): readonly ScalarType[] {
  if (isScalarType(type)) return [type];
  if (type.kind === "record") return type.fields.flatMap((field) => axesOf(field.type));
  return [{ kind: "range", lo: 0, hi: cardinality(type) - 1, name: null, symmetric: false }];
}

/** Where an element's flag is. */
export function indicesOf(notions: Notions, element: Symbolic, type: Type): readonly Scalar[] {
  if (isScalarType(type)) return [scalarOf(element)];
  if (type.kind === "record") {
    const record = expect(element, "record");
    return type.fields.flatMap((field) => indicesOf(notions, record.field(field.name), field.type));
  }
  return [ordinal(notions, element, type)];
}

/** The element whose flag is there. */
export function elementAt(notions: Notions, indices: readonly Scalar[], type: Type): Symbolic {
  const [first] = indices;
  if (type.kind === "record") {
    const fields = new Map<string, Symbolic>();
    let position = 0;
    for (const field of type.fields) {
      const { length } = axesOf(field.type);
      const own = indices.slice(position, position + length);
      fields.set(field.name, elementAt(notions, own, field.type));
      position += length;
    }
    return { kind: "record", field: (name) => fields.get(name) as Symbolic };
  }
  if (first === undefined) throw new Error("an element without a place");
  if (isScalarType(type)) return { kind: "scalar", scalar: first };
  return nth(allValues(notions, type), first);
}
