// Assignments: the value is made, looked at, and put in its place part by part.

import type { CommandOp } from "../../machine/command.ts";
import type { Place } from "../../machine/machine.ts";
import { evaluate } from "../scalar/evaluate.ts";
import { type PlaceStep, placeFaults } from "../scalar/place.ts";
import type { Symbolic } from "../scalar/symbolic.ts";
import { shaped } from "../scalar/symbolic-build.ts";
import type { Layout } from "./layout.ts";
import { text } from "./print.ts";
import { elementPlace, itemPlace, part, rawRead, type Stored } from "./reading.ts";
import { isOneNumber } from "./shapes.ts";
import { unlessFaulty } from "./step-ends.ts";
import {
  keptPlace,
  type Path,
  put,
  putShared,
  putValue,
  type Step,
  scopeAt,
  setLocal,
  storedLocal,
} from "./step-path.ts";
import { readsOf, rootOf } from "./store.ts";

type OpOf<K extends CommandOp["kind"]> = Extract<CommandOp, { readonly kind: K }>;

/** `place := value`; `forget` lets go of what is not read any more. */
export function assign(
  step: Step,
  path: Path,
  op: OpOf<"assign">,
  forget: () => void,
  rest: () => void,
): void {
  const { place } = op;
  const scope = scopeAt(step, path);
  const value = evaluate(op.value, scope);
  const steps = placeFaults(place, value, scope, op.value.type);
  unlessFaulty(step, path, scope.sites, () => {
    forget();
    putIn(step, path, place, steps, shaped(value, place.type));
    rest();
  });
}

function putIn(
  step: Step,
  path: Path,
  place: Place,
  steps: readonly PlaceStep[],
  value: Symbolic,
): void {
  const { root } = place;
  const { layout } = step.translating;
  if (root.kind === "variable") {
    const whole: Stored = { place: [layout.variables.get(root) ?? root.name], type: root.type };
    withFixedIndices(step, whole, steps, place, (stored) => putShared(step, path, stored, value));
    return;
  }
  const stored = storedLocal(step, root);
  if (stored !== null) {
    withFixedIndices(step, stored, steps, place, (inner) => putShared(step, path, inner, value));
    return;
  }
  if (steps.length === 0) {
    setLocal(step, path, root, value);
    return;
  }
  withFixedIndices(step, keptPlace(step, path, root), steps, place, (inner) =>
    putValue(step, path, inner, value),
  );
}

/** The part of a place that is assigned; its index is kept where putting the value in place could change it. */
function withFixedIndices(
  step: Step,
  whole: Stored,
  steps: readonly PlaceStep[],
  { type }: Place,
  store: (stored: Stored) => void,
): void {
  const root = rootOf(whole.place);
  const slots: string[] = [];
  const fixed = steps.map((one): PlaceStep => {
    if (one.kind === "field" || isOneNumber(type)) return one;
    if (!readsOf(one.index).some((read) => rootOf(read) === root)) return one;
    const { name } = step.scratch.slot(slots.length);
    slots.push(name);
    put(step, [`${name} = ${text(one.index, step.translating.layout)}`]);
    return { ...one, index: rawRead([name]) };
  });
  store(placeIn(step.translating.layout, whole, fixed));
  put(
    step,
    slots.map((name) => `${name} = 0`),
  );
}

/** A part of what is stored. */
function placeIn(layout: Layout, whole: Stored, steps: readonly PlaceStep[]): Stored {
  return steps.reduce<Stored>(({ place, type }, one) => {
    if (one.kind === "field") {
      const field = type.kind === "record" && type.fields.find(({ name }) => name === one.name);
      if (!field) throw new Error(`no field ${one.name}`);
      return { place: part.field(layout, place, one.name), type: field.type };
    }
    if (type.kind === "array")
      return { place: elementPlace(layout, place, type, one.index), type: type.of };
    if (type.kind === "sequence")
      return { place: itemPlace(layout, place, type.of, one.index), type: type.of };
    throw new Error(`an index into a ${type.kind}`);
  }, whole);
}
