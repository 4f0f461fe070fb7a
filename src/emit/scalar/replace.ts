// What a value is once a part of it has been replaced.

import type { Type } from "../../machine/machine.ts";
import type { Scalar } from "./scalar.ts";
import { eq, isFalse, isTrue } from "./scalar-build.ts";
import type { Symbolic } from "./symbolic.ts";
import { choose, expect, remembering, shaped } from "./symbolic-build.ts";

/** One step of a path into a value, with its index evaluated. */
export type PlaceStep =
  | { readonly kind: "index" | "element"; readonly index: Scalar }
  | { readonly kind: "field"; readonly name: string };

/** The whole value once the part at this path is another. */
export function replaced(
  base: Symbolic,
  path: readonly PlaceStep[],
  value: Symbolic,
  type: Type,
): Symbolic {
  const [step, ...rest] = path;
  if (step === undefined) return shaped(value, type);
  if (step.kind === "field") {
    const { field } = expect(base, "record");
    return {
      kind: "record",
      field: (name) =>
        name === step.name ? replaced(field(name), rest, value, type) : field(name),
    };
  }
  const { index, kind } = step;
  const parts = (at: (key: Scalar) => Symbolic): ((key: Scalar) => Symbolic) =>
    remembering((key) => {
      const same = eq(key, index);
      if (isFalse(same)) return at(key);
      const part = replaced(at(index), rest, value, type);
      return isTrue(same) ? part : choose(same, part, at(key));
    });
  if (kind === "index") {
    const { at } = expect(base, "array");
    return { kind: "array", at: parts(at) };
  }
  const { length, at } = expect(base, "sequence");
  return { kind: "sequence", length, at: parts(at) };
}
