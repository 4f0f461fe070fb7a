// How large the text of a scalar will be. Parts may stand in several places, and again in parts of those, so that a scalar
// that was made in no time can have a text without end.

import type { Scalar } from "./scalar.ts";

/** Larger texts are no help to anybody, and too large for the engines; such machines are refused. */
export const LARGEST_TREE = 50_000;

/** What a refusal says of a scalar that is larger. */
export const TOO_LARGE =
  "a condition or value depends on too much of what the step has done before";

const sizes = new WeakMap<Scalar, number>();

/** Nodes of the text; each part is counted once and added wherever it stands. */
export function treeSize(scalar: Scalar): number {
  let size = sizes.get(scalar);
  if (size === undefined) {
    size = partsOf(scalar).reduce((sum, part) => sum + treeSize(part), 1);
    sizes.set(scalar, size);
  }
  return size;
}

function partsOf(scalar: Scalar): readonly Scalar[] {
  switch (scalar.kind) {
    case "read":
      return scalar.place.filter((piece) => typeof piece !== "string");
    case "not":
    case "negate":
      return [scalar.operand];
    case "binary":
      return [scalar.left, scalar.right];
    case "select":
      return [scalar.condition, scalar.then, scalar.otherwise];
    case "quantifier":
      return [scalar.body];
    default:
      return [];
  }
}
