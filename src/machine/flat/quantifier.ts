// Counted loops that only ask something of each element: as one expression, where that is not long.

import type { Layout } from "../layout.ts";
import { and, binary, constant, known, not, select, ZERO } from "./fold.ts";
import { anyOf, countOf } from "./joined.ts";
import { type Knowledge, mentions, sizeOf, type Uses, withLocals } from "./knowledge.ts";
import type { FlatBlock, FlatExpr, FlatStmt } from "./program.ts";
import { conjuncts, isTruth, truth } from "./truths.ts";

/** Rounds, and parts of what they ask together before it is joined. */
const MOST_ROUNDS = 64;
const MOST_PARTS = 800;

type For = FlatStmt & { readonly kind: "for" };
type SetLocal = FlatStmt & { readonly kind: "set" };

/** The rounds of a loop whose counter goes from a number to below another. */
export interface Rounds {
  readonly loop: For;
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
  const parts = bodyParts(uses, loop.body);
  if (parts === null) return null;
  const { last, values } = parts;
  if (last.kind === "set") {
    const { local, value } = last;
    const more = addition(local, value);
    return more === null ? null : gathered(layout, local, more.operator, rounds, withLocals(more.value, values));
  }
  if (last.kind !== "if" || last.otherwise.length > 0) return null;
  const [found, leaves, ...rest] = last.then;
  if (found?.kind !== "set" || rest.length > 0) return null;
  const condition = withLocals(last.condition, values);
  const { local } = found;
  const becomes = known(found.value);
  if (becomes === null) {
    const more = leaves === undefined ? addition(local, withLocals(found.value, values)) : null;
    if (more === null) return null;
    return gathered(layout, local, more.operator, rounds, select(condition, more.value, ZERO));
  }
  if (leaves !== undefined && (leaves.kind !== "break" || leaves.id !== loop.id)) return null;
  const before = knowledge.get(local)?.value;
  const any = disjunction(layout, rounds, condition);
  if (any === null || mentions(any, local)) return null;
  const was = before === undefined ? null : known(before);
  if (was === 0 && becomes === 1) return { kind: "set", local, value: any };
  if (was === 1 && becomes === 0) return { kind: "set", local, value: not(any) };
  return { kind: "set", local, value: select(any, constant(becomes), { kind: "local", local }) };
}

/** Whether a loop that does nothing unless a condition holds has anything to do; null for other loops. */
export function guardOf(layout: Layout, uses: Uses, rounds: Rounds): FlatExpr | null {
  const parts = bodyParts(uses, rounds.loop.body);
  if (parts === null || parts.last.kind !== "if" || parts.last.otherwise.length > 0) return null;
  return disjunction(layout, rounds, withLocals(parts.last.condition, parts.values));
}

/** A body's last statement, and the values of the locals that are set before and of no use elsewhere. */
function bodyParts(
  uses: Uses,
  body: FlatBlock,
): { readonly last: FlatStmt; readonly values: ReadonlyMap<number, FlatExpr> } | null {
  const last = body.at(-1);
  if (last === undefined) return null;
  const values = new Map<number, FlatExpr>();
  for (const statement of body.slice(0, -1)) {
    if (statement.kind !== "set" || !uses.inPlace.has(statement.local)) return null;
    values.set(statement.local, withLocals(statement.value, values));
  }
  return { last, values };
}

/** `local + value` or `local | value`. */
function addition(
  local: number,
  expr: FlatExpr,
): { readonly operator: "+" | "bit-or"; readonly value: FlatExpr } | null {
  if (expr.kind !== "binary" || (expr.operator !== "+" && expr.operator !== "bit-or")) return null;
  const { operator, left, right } = expr;
  if (left.kind !== "local" || left.local !== local || mentions(right, local)) return null;
  return { operator, value: right };
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
function disjunction(layout: Layout, { loop, first, end }: Rounds, condition: FlatExpr): FlatExpr | null {
  const parts = conjuncts(truth(condition));
  const fixed = parts.filter((part) => !mentions(part, loop.local));
  const varying = parts.filter((part) => mentions(part, loop.local));
  const [one, ...more] = varying;
  const all = fixed.reduce<FlatExpr>((both, part) => and(both, part), constant(1));
  if (one === undefined) return all;
  const each = instances({ loop, first, end }, more.reduce<FlatExpr>((both, part) => and(both, part), one));
  return each === null ? null : and(all, anyOf(layout, each));
}

/** The expression in each round; null if that is too long. */
function instances({ loop, first, end }: Rounds, expr: FlatExpr): readonly FlatExpr[] | null {
  const rounds = end - first;
  if (rounds > MOST_ROUNDS || rounds * sizeOf(expr) > MOST_PARTS) return null;
  return Array.from({ length: rounds }, (_, round) =>
    withLocals(expr, new Map([[loop.local, constant(first + round)]])),
  );
}
