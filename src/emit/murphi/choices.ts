// Choices as parameters of rulesets, which can be booleans, numbers and members only: a choice of many parts has a
// parameter for each, or the position of the value among all of its type.

import { cardinality, type Type, valuesOf } from "../../machine/machine.ts";
import type { Scalar, ScalarType } from "../scalar/scalar.ts";
import { and, eq, or } from "../scalar/scalar-build.ts";
import type { Symbolic } from "../scalar/symbolic.ts";
import { choose, nth } from "../scalar/symbolic-build.ts";
import { allValues, equal, isScalarType, scalarLiteral } from "../scalar/symbolic-values.ts";
import { type Layout, typeText } from "./layout.ts";
import { Unsayable } from "./unsayable.ts";

export interface Choice {
  readonly parameters: readonly (readonly [name: string, type: string])[];
  readonly value: Symbolic;
}

/** More values of many parts than this are not listed. */
const MOST_LISTED = 4096;

/** A choice of any value of a type, each in one way; `fresh` names the parameters. */
export function choiceOf(
  layout: Layout,
  wish: string,
  type: Type,
  fresh: (wish: string) => string,
): Choice {
  const inner = (name: string, of: Type): Choice => choiceOf(layout, name, of, fresh);
  switch (type.kind) {
    case "record": {
      const fields = new Map(
        type.fields.map(
          (field) => [field.name, inner(`${wish}_${field.name}`, field.type)] as const,
        ),
      );
      const field = (name: string): Symbolic => {
        const found = fields.get(name);
        if (found === undefined) throw new Error(`no field ${name}`);
        return found.value;
      };
      return together([...fields.values()], { kind: "record", field });
    }
    case "array": {
      const { key } = type;
      if (!isScalarType(key)) throw new Error("an array with keys that are no scalars");
      const entries = [...valuesOf(key)].map(
        (name) =>
          [scalarLiteral(layout.plain, name, key), inner(`${wish}_${name}`, type.of)] as const,
      );
      const at = (wanted: Scalar): Symbolic =>
        entries
          .map(([name, entry]) => [name, entry.value] as const)
          .reduceRight((rest, [name, value]) => [
            name,
            choose(eq(wanted, name), value, rest[1]),
          ])[1];
      return together(
        entries.map(([, entry]) => entry),
        { kind: "array", at },
      );
    }
    case "set": {
      const values = allValues(layout.plain, type.of);
      const flags = values.map((_, position) => inner(`${wish}_${position}`, { kind: "bool" }));
      const has = (element: Symbolic): Scalar =>
        or(
          ...values.map((value, position) => {
            const flag = flags[position]?.value;
            const same = equal(layout.plain, element, type.of, value, type.of);
            return flag?.kind === "scalar" ? and(same, flag.scalar) : same;
          }),
        );
      return together(flags, { kind: "set", has });
    }
    case "bool":
    case "range":
    case "enum": {
      const name = fresh(wish);
      return {
        parameters: [[name, typeText(type, layout.types)]],
        value: { kind: "scalar", scalar: { kind: "read", place: [name], type } },
      };
    }
    case "option":
    case "sequence":
    case "process": {
      const count = cardinality(type);
      if (count > MOST_LISTED) throw new Unsayable("a choice among very many values", null);
      const positions: ScalarType = {
        ...{ kind: "range", lo: 0, hi: count - 1, name: null, symmetric: false },
      };
      const { parameters, value } = inner(wish, positions);
      const index = value.kind === "scalar" ? value.scalar : null;
      if (index === null) throw new Error("a position that is no number");
      return { parameters, value: nth(allValues(layout.plain, type), index) };
    }
    default:
      return type satisfies never;
  }
}

function together(parts: readonly Choice[], value: Symbolic): Choice {
  return { parameters: parts.flatMap(({ parameters }) => parameters), value };
}
