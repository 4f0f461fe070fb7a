// Whether a value lies in a type.

import type { Type } from "../../machine/machine.ts";
import { fitsIn } from "../../machine/may-fault.ts";
import type { Scalar } from "./scalar.ts";
import {
  and,
  atMost,
  FALSE,
  implies,
  isFalse,
  isTrue,
  less,
  not,
  number,
  or,
  TRUE,
  within,
} from "./scalar-build.ts";
import type { Notions } from "./scope.ts";
import type { Symbolic } from "./symbolic.ts";
import { asOption, expect, option, setOf, shaped, whoOf } from "./symbolic-build.ts";
import { candidatesBy, fieldType, innerType, overSet, overType } from "./symbolic-values.ts";

/** Does a value lie in a type? `from` is a type that it is known to lie in, null if there is none. */
export function fits(notions: Notions, value: Symbolic, from: Type | null, type: Type): Scalar {
  if (from !== null && fitsIn(from, type) && !hasProcesses(type)) return TRUE;
  if (type.kind === "option") {
    const some = asOption(value);
    if (isTrue(some.isNull)) return TRUE;
    return or(
      some.isNull,
      fits(notions, some.value, from === null ? null : innerType(from), type.of),
    );
  }
  if (value.kind === "option") {
    const of = from === null ? null : innerType(from);
    if (isTrue(value.isNull)) return FALSE;
    return and(not(value.isNull), fits(notions, value.value, of, type));
  }
  switch (type.kind) {
    case "bool":
    case "enum":
      return TRUE;
    case "range":
      return type.symmetric ? TRUE : within(expect(value, "scalar").scalar, type.lo, type.hi);
    case "process": {
      const process = expect(value, "process");
      const outside = notions.machine.instances.filter(({ name }) => !type.members.includes(name));
      return and(...outside.map((instance) => not(process.is(whoOf(instance)))));
    }
    case "record": {
      const record = expect(value, "record");
      return and(
        ...type.fields.map(({ name, type: of }) => {
          const known = from === null ? null : (fieldType(from, name) ?? null);
          return fits(notions, record.field(name), known, of);
        }),
      );
    }
    case "array": {
      const array = expect(value, "array");
      const known = from?.kind === "array" ? from.of : null;
      return overType(notions, "forall", type.key, "k", (key) =>
        fits(notions, array.at(expect(key, "scalar").scalar), known, type.of),
      );
    }
    case "set": {
      const set = expect(value, "set");
      const of = from?.kind === "set" ? from.of : type.of;
      return overSet(notions, "forall", set, of, "e", (element) =>
        fits(notions, element, null, type.of),
      );
    }
    case "sequence": {
      const sequence = expect(value, "sequence");
      const known = from?.kind === "sequence" ? from.of : null;
      const longest = from?.kind === "sequence" ? Math.min(from.upto, type.upto) : type.upto;
      const elements = Array.from({ length: longest }, (_, position) => {
        const at = number(position);
        const there = less(at, sequence.length);
        return isFalse(there)
          ? TRUE
          : implies(there, fits(notions, sequence.at(at), known, type.of));
      });
      return and(atMost(sequence.length, number(type.upto)), ...elements);
    }
    default:
      return type satisfies never;
  }
}

function hasProcesses(type: Type): boolean {
  switch (type.kind) {
    case "process":
      return true;
    case "option":
    case "set":
    case "sequence":
    case "array":
      return hasProcesses(type.of);
    case "record":
      return type.fields.some((field) => hasProcesses(field.type));
    default:
      return false;
  }
}

/** What a target reads, whose sets may be asked for any value: the target is asked only for values of their type. */
export function guarded(notions: Notions, value: Symbolic, type: Type): Symbolic {
  switch (type.kind) {
    case "option": {
      const some = asOption(value);
      return option(some.isNull, () => guarded(notions, some.value, type.of));
    }
    case "record": {
      const record = expect(value, "record");
      return {
        kind: "record",
        field: (name) => guarded(notions, record.field(name), fieldType(type, name) ?? type),
      };
    }
    case "array": {
      const array = expect(value, "array");
      return { kind: "array", at: (key) => guarded(notions, array.at(key), type.of) };
    }
    case "sequence": {
      const { length, at } = expect(value, "sequence");
      return { kind: "sequence", length, at: (index) => guarded(notions, at(index), type.of) };
    }
    case "set": {
      const set = expect(value, "set");
      const has = (element: Symbolic): Scalar =>
        and(fits(notions, element, null, type.of), set.has(shaped(element, type.of)));
      return setOf(has, () => candidatesBy(notions, has, type.of));
    }
    default:
      return value;
  }
}
