// Assignments of a step's body.

import type { MachineLocal, Op, Place } from "../../machine/machine.ts";
import { fitsIn, mayFault } from "../../machine/may-fault.ts";
import { line } from "../text.ts";
import type { Body } from "./body.ts";
import { helper, quotedPlace, typeText } from "./context.ts";
import { checked } from "./expression.ts";
import { isFresh } from "./kinds.ts";
import { atom, exact, keyAccess, LEVEL, meet, plain, type Text, wrap } from "./reading.ts";

type OpOf<K extends Op["kind"]> = Extract<Op, { readonly kind: K }>;

/** The value is evaluated first, then the indices of the place, then the value must fit. */
export function printAssign(body: Body, op: OpOf<"assign">): void {
  const { context, reading, to } = body;
  const { place } = op;
  const at = quotedPlace(place.span);
  if (place.root.kind === "local" && place.path.length === 0 && !body.isRead(place.root)) {
    if (!mayFault(op.value) && fitsIn(op.value.type, place.type)) return;
    line(to, `void ${wrap(checked(reading, op.value, place.type, at), LEVEL.unary)};`);
    return;
  }
  const unsure = place.path.some(
    (step) =>
      step.kind === "element" ||
      (step.kind === "index" && (mayFault(step.index) || !fitsIn(step.index.type, step.type.key))),
  );
  let given: Text = isFresh(op.value)
    ? reading.text(reading, op.value)
    : atom(`${helper(context, "copy")}(${plain(reading, op.value)})`);
  if (unsure && mayFault(op.value)) {
    const name = body.unique("value");
    const type =
      context.types && op.value.kind !== "literal" ? `: ${typeText(context, op.value.type)}` : "";
    line(to, `const ${name}${type} = ${exactGiven(body, op, given)};`);
    given = atom(name);
    line(
      to,
      `${placeText(body, place)} = ${checked(reading, op.value, place.type, at, given).text};`,
    );
    return;
  }
  const target = placeText(body, place);
  meet(reading, target);
  line(to, `${target} = ${checked(reading, op.value, place.type, at, given).text};`);
}

function exactGiven({ reading }: Body, op: OpOf<"assign">, given: Text): string {
  return isFresh(op.value) ? exact(reading, op.value, op.value.type).text : given.text;
}

/** A place to assign to. */
function placeText(body: Body, place: Place): string {
  const { context, reading } = body;
  const at = quotedPlace(place.span);
  const root = rootText(body, place);
  return place.path.reduce((text, step) => {
    if (step.kind === "field") return `${text}.${step.name}`;
    if (step.kind === "element")
      return `${text}[${helper(context, "position")}(${text}, ${plain(reading, step.index)}, ${at})]${context.types ? "!" : ""}`;
    return `${text}${keyAccess(reading, text, step.index, step.type.key, at)}`;
  }, root);
}

function rootText({ reading, nameOf }: Body, { root, path }: Place): string {
  if (root.kind === "variable") return `s.${root.name}`;
  // Changing a part keeps the others, so the local counts as read.
  return path.length > 0 ? reading.local(root) : nameOf(root);
}

/** Gives a local a value, unless nobody reads it. */
export function setLocal(body: Body, local: MachineLocal, value: string): void {
  if (!body.isRead(local)) return;
  const name = body.nameOf(local);
  meet(body.reading, name);
  line(body.to, `${name} = ${value};`);
}
