// Operators as lines of a module.

import { type Lines, line } from "../text.ts";
import type { Context, Needed } from "./context.ts";
import { layOut } from "./print.ts";
import { resolve } from "./resolve.ts";
import { simplify } from "./simplify.ts";
import type { Bound, Tla } from "./tree.ts";

/** An operator of the module. */
export interface Operator {
  readonly name: string;
  readonly parameters: readonly Bound[];
  readonly body: Tla;
}

/** An operator with its body laid out; on its first line if it fits there. */
export function operatorLines(
  context: Context,
  { name, parameters, body }: Operator,
): readonly string[] {
  const plain = simplify(body);
  const { parameters: shown, body: named } = resolve(parameters, plain, context.taken);
  const head = `${name}${shown.length === 0 ? "" : `(${shown.join(", ")})`} ==`;
  const short = layOut(named, head.length + 1);
  const isList = named.kind === "list" && named.bullets;
  if (short.length === 1 && !isList) return [`${head} ${short[0] ?? ""}`];
  const [first = "", ...others] = layOut(named, 2);
  return [head, `  ${first}`, ...others];
}

/** An operator that the module needs. */
export function neededLines(context: Context, needed: Needed): readonly string[] {
  if (!("body" in needed)) return needed;
  return operatorLines(context, { name: needed.name, parameters: [], body: needed.body });
}

/** Text of a spec as comment lines. */
export function comment(doc: string | null): readonly string[] {
  return doc === null ? [] : doc.split("\n").map((one) => `\\* ${one}`.trimEnd());
}

/** Adds lines. */
export function lines(to: Lines, all: readonly string[]): void {
  for (const one of all) line(to, one);
}
