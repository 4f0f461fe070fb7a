// Counted loops that only ask something of each element: as one expression, where that is not long.

import type { Layout } from "../layout.ts";
import { and, binary, constant, known, not, select, ZERO } from "./fold.ts";
import { anyOf, countOf } from "./joined.ts";
import { type Knowledge, leftBy, mentions, sizeOf, type Uses, withLocals } from "./knowledge.ts";
import type { FlatBlock, FlatExpr, FlatStmt } from "./program.ts";
import { choice, conjuncts, isTruth, truth } from "./truths.ts";

/** Rounds, and parts of what they ask together before it is joined. */
const MOST_ROUNDS = 64;
const MOST_PARTS = 800;
/** Parts of a test of all elements that is taken for less work than a loop which ends at the first that decides. */
const MOST_AT_ONCE = 150;

type For = FlatStmt & { readonly kind: "for" };
type SetLocal = FlatStmt & { readonly kind: "set" };

/** The rounds of a loop whose counter goes from a number to below another. */
export interface Rounds {
  readonly loop: For;
  /** The body as it stands in the routine. */
  readonly text: FlatBlock;
  readonly first: number;
  readonly end: number;
}

/** What the loop sets, at once; null if it does anything but look for something, or count, or gather. */
export function quantified(
  layout: Layout,
  uses: Uses,
  knowledge: Knowledge,
  rounds: Rounds,
): SetLocal | null {
  const { loop } = rounds;
  const parts = bodyParts(uses, rounds);
  if (parts === null) return null;
  const { last, values } = parts;
  if (last.kind === "set") return gathering(layout, knowledge, rounds, last, values);
  if (last.kind !== "if" || last.otherwise.length > 0) return null;
  const [found, leaves, ...rest] = last.then;
  if (found?.kind !== "set" || rest.length > 0) return null;
  const condition = withLocals(last.condition, values);
  const { local } = found;
  const becomes = known(found.value);
  if (becomes === null) {
    const more = leaves === undefined ? operation(local, withLocals(found.value, values)) : null;
    if (more === null || more.operator === "or" || more.operator === "and") return null;
    return gathered(layout, local, more.operator, rounds, select(condition, more.value, ZERO));
  }
  if (leaves !== undefined && (leaves.kind !== "break" || leaves.id !== loop.id)) return null;
  return decided(layout, knowledge, rounds, local, condition, becomes);
}

/** The local becomes a number where the condition holds in any round. */
function decided(
  layout: Layout,
  knowledge: Knowledge,
  rounds: Rounds,
  local: number,
  condition: FlatExpr,
  becomes: number,
): SetLocal | null {
  const any = disjunction(layout, rounds, condition);
  if (any === null || mentions(any, local)) return null;
  const before: FlatExpr = knowledge.get(local)?.value ?? { kind: "local", local };
  return { kind: "set", local, value: choice(any, constant(becomes), before) };
}

/** Each round adds something to what the local was. */
function gathering(
  layout: Layout,
  knowledge: Knowledge,
  rounds: Rounds,
  { local, value }: SetLocal,
  values: ReadonlyMap<number, FlatExpr>,
): SetLocal | null {
  const more = operation(local, value);
  if (more === null) return null;
  const added = withLocals(more.value, values);
  if (more.operator === "or") return decided(layout, knowledge, rounds, local, added, 1);
  if (more.operator === "and") return decided(layout, knowledge, rounds, local, not(added), 0);
  return gathered(layout, local, more.operator, rounds, added);
}

/** Whether a loop that does nothing unless a condition holds has anything to do; null for other loops. */
export function guardOf(layout: Layout, uses: Uses, rounds: Rounds): FlatExpr | null {
  const parts = bodyParts(uses, rounds);
  if (parts === null || parts.last.kind !== "if" || parts.last.otherwise.length > 0) return null;
  return disjunction(layout, rounds, withLocals(parts.last.condition, parts.values));
}

/** A body's last statement, and the values of the locals that are set before and of no use elsewhere. */
function bodyParts(
  uses: Uses,
  { loop: { body }, text }: Rounds,
): { readonly last: FlatStmt; readonly values: ReadonlyMap<number, FlatExpr> } | null {
  const last = body.at(-1);
  if (last === undefined) return null;
  const left = leftBy(uses, text, body.slice(0, -1), MOST_PARTS);
  return left === null || left.values.size > 0 ? null : { last, values: left.own };
}

type Gathering = "+" | "bit-or" | "and" | "or";
const GATHERINGS: ReadonlySet<string> = new Set<Gathering>(["+", "bit-or", "and", "or"]);

/** `local + value`, or with another operator that does not care for the order of its sides. */
function operation(
  local: number,
  expr: FlatExpr,
): { readonly operator: Gathering; readonly value: FlatExpr } | null {
  if (expr.kind !== "binary" || !GATHERINGS.has(expr.operator)) return null;
  const operator = expr.operator as Gathering;
  for (const [one, value] of [
    [expr.left, expr.right],
    [expr.right, expr.left],
  ] as const) {
    if (one.kind === "local" && one.local === local && !mentions(value, local)) {
      return { operator, value };
    }
  }
  return null;
}

function gathered(
  layout: Layout,
  local: number,
  operator: "+" | "bit-or",
  rounds: Rounds,
  value: FlatExpr,
): SetLocal | null {
  const each = instances(rounds, value);
  if (each === null || mentions(value, local)) return null;
  const counts = operator === "+" && each.every(isTruth);
  const all = counts
    ? countOf(layout, each)
    : each.reduce((sum, one) => binary(operator, sum, one), ZERO);
  return { kind: "set", local, value: binary(operator, { kind: "local", local }, all) };
}

/** Does the condition hold in any round? What is the same in all rounds is asked once. */
function disjunction(layout: Layout, rounds: Rounds, condition: FlatExpr): FlatExpr | null {
  const { loop } = rounds;
  const parts = conjuncts(truth(condition));
  const fixed = parts.filter((part) => !mentions(part, loop.local));
  const varying = parts.filter((part) => mentions(part, loop.local));
  const [one, ...more] = varying;
  const all = fixed.reduce<FlatExpr>((both, part) => and(both, part), constant(1));
  if (one === undefined) return all;
  const each = instances(
    rounds,
    more.reduce<FlatExpr>((both, part) => and(both, part), one),
  );
  if (each === null) return null;
  const any = anyOf(layout, each);
  return sizeOf(any) > MOST_AT_ONCE ? null : and(all, any);
}

/** The expression in each round; null if that is too long. */
function instances({ loop, first, end }: Rounds, expr: FlatExpr): readonly FlatExpr[] | null {
  const rounds = end - first;
  if (rounds > MOST_ROUNDS || rounds * sizeOf(expr) > MOST_PARTS) return null;
  return Array.from({ length: rounds }, (_, round) =>
    withLocals(expr, new Map([[loop.local, constant(first + round)]])),
  );
}
