// Rewrites a routine for a back end to which long, straight code is no burden: what is known beforehand is put in,
// quantifiers over few elements become one expression, short loops are unrolled. It does what it did, costs left out.

import type { Layout } from "../layout.ts";
import { constant, known } from "./fold.ts";
import { withTestsJoined } from "./joined.ts";
import {
  changesIn,
  forget,
  type Knowledge,
  learn,
  leftBy,
  mentions,
  replaced,
  sizeOfBlock,
  type Uses,
  usesOf,
} from "./knowledge.ts";
import type { FlatBlock, FlatExpr, FlatRoutine, FlatStmt } from "./program.ts";
import { ends, withoutDeadStores } from "./prune.ts";
import { guardOf, quantified, type Rounds } from "./quantifier.ts";
import { scratchInLocals } from "./scratch.ts";
import { choice, isTruth, truth } from "./truths.ts";
import { mapBlocks, mapExpressions, visitStatements } from "./walk.ts";

/** Parts of statements that one loop may become, and all loops of a routine. */
const MOST_OF_LOOP = 400;
const MOST_OF_ROUTINE = 4000;
/** Parts of an expression that takes the place of a local. */
const MOST_OF_CHOICE = 160;

type For = FlatStmt & { readonly kind: "for" };
type If = FlatStmt & { readonly kind: "if" };

interface Work extends Uses {
  readonly layout: Layout;
  /** Parts that loops may still become. */
  left: number;
  nextId: number;
}

/** A local that is known to be a number when a routine starts. */
export interface Given {
  readonly local: number;
  readonly number: number;
}

/** The routine with its loops unrolled where that is short, and without costs. */
export function specialise(layout: Layout, routine: FlatRoutine, given?: Given): FlatRoutine {
  const once = specialised(layout, { ...routine, body: withoutCosts(routine.body) }, given);
  const inLocals = scratchInLocals(once);
  const twice = inLocals === null ? once : specialised(layout, inLocals);
  return { ...twice, body: testsJoined(layout, twice.body) };
}

function withoutCosts(body: FlatBlock): FlatBlock {
  return body
    .filter(({ kind }) => kind !== "cost" && kind !== "blame")
    .map((statement) => mapBlocks(statement, withoutCosts));
}

/** With tests of fields joined, and without what is set and set again. */
function testsJoined(layout: Layout, body: FlatBlock): FlatBlock {
  const needed = body.filter((statement, at) => {
    const next = body[at + 1];
    if (statement.kind !== "set" || next?.kind !== "set") return true;
    return statement.local !== next.local || mentions(next.value, next.local);
  });
  return needed.map((statement) =>
    mapBlocks(
      mapExpressions(statement, (expr) => withTestsJoined(layout, expr)),
      (inner) => testsJoined(layout, inner),
    ),
  );
}

function specialised(layout: Layout, routine: FlatRoutine, given?: Given): FlatRoutine {
  let nextId = 0;
  visitStatements(routine.body, (statement) => {
    if ("id" in statement) nextId = Math.max(nextId, statement.id);
  });
  const work: Work = { ...usesOf(routine), layout, left: MOST_OF_ROUTINE, nextId };
  const knowledge: Knowledge = new Map();
  if (given !== undefined) learn(knowledge, given.local, constant(given.number));
  return { ...routine, body: withoutDeadStores(rewritten(work, knowledge, routine.body)) };
}

/** The block; `knowledge` becomes what is known behind it. */
function rewritten(work: Work, knowledge: Knowledge, body: FlatBlock): FlatBlock {
  const done: FlatStmt[] = [];
  for (const statement of body) {
    const all = statements(work, knowledge, statement);
    done.push(...all);
    if (all.some(ends)) break;
  }
  return done;
}

function statements(work: Work, knowledge: Knowledge, statement: FlatStmt): FlatBlock {
  if (statement.kind === "pick") return pick(work, knowledge, statement);
  const changed = mapExpressions(statement, (expr) => replaced(work, knowledge, expr));
  switch (changed.kind) {
    case "set":
      learn(knowledge, changed.local, changed.value);
      return [changed];
    case "write":
    case "store":
      forget(knowledge, changesIn([changed]));
      return [changed];
    case "if":
      return conditional(work, knowledge, changed);
    case "for":
      return counted(work, knowledge, changed);
    case "loop":
    case "block":
      forget(knowledge, changesIn(changed.body));
      return [{ ...changed, body: rewritten(work, new Map(knowledge), changed.body) }];
    default:
      return [changed];
  }
}

/** What is known behind the filter is known where it is decided whether the path goes on, and where it does. */
function pick(
  work: Work,
  knowledge: Knowledge,
  statement: FlatStmt & { readonly kind: "pick" },
): FlatBlock {
  forget(knowledge, changesIn([statement]));
  const none = rewritten(work, new Map(knowledge), statement.none);
  const filter = rewritten(work, knowledge, statement.filter);
  return [{ ...statement, none, filter, accept: replaced(work, knowledge, statement.accept) }];
}

// ---------------------------------------------------------------- conditions

function conditional(work: Work, knowledge: Knowledge, statement: If): FlatBlock {
  const decided = known(statement.condition);
  if (decided !== null) {
    return rewritten(work, knowledge, decided === 0 ? statement.otherwise : statement.then);
  }
  const before = new Map(knowledge);
  const inThen = new Map(knowledge);
  const then = rewritten(work, inThen, statement.then);
  const otherwise = rewritten(work, knowledge, statement.otherwise);
  if (otherwise.some(ends)) become(knowledge, inThen);
  else if (!then.some(ends)) keepCommon(knowledge, inThen);
  const both: If = { ...statement, then, otherwise };
  const one = oneSet(work, before, statement, both);
  if (one === null) return [both];
  become(knowledge, before);
  learn(knowledge, one.local, one.value);
  return [one];
}

function become(knowledge: Knowledge, other: Knowledge): void {
  knowledge.clear();
  for (const [local, fact] of other) knowledge.set(local, fact);
}

function keepCommon(knowledge: Knowledge, other: Knowledge): void {
  for (const [local, fact] of knowledge) if (other.get(local) !== fact) knowledge.delete(local);
}

/** An `if` that does no more than set one local to one of two values, as that. `text` is the `if` as it was written. */
function oneSet(
  work: Work,
  knowledge: Knowledge,
  text: If,
  { condition, then, otherwise }: If,
): (FlatStmt & { readonly kind: "set" }) | null {
  const first = leftBy(work, text.then, then, MOST_OF_CHOICE)?.values;
  const second = leftBy(work, text.otherwise, otherwise, MOST_OF_CHOICE)?.values;
  if (first === undefined || second === undefined) return null;
  const locals = new Set([...first.keys(), ...second.keys()]);
  const [local] = locals;
  if (locals.size !== 1 || local === undefined) return null;
  const fact = knowledge.get(local);
  const before: FlatExpr =
    fact !== undefined && fact.size <= MOST_OF_CHOICE ? fact.value : { kind: "local", local };
  const [one, other] = [first.get(local) ?? before, second.get(local) ?? before];
  const test = isKnownTruth(knowledge, condition) ? condition : truth(condition);
  return { kind: "set", local, value: choice(test, one, other) };
}

function isKnownTruth(knowledge: Knowledge, expr: FlatExpr): boolean {
  const fact = expr.kind === "local" ? knowledge.get(expr.local) : undefined;
  return fact !== undefined && isTruth(fact.value);
}

// ---------------------------------------------------------------- loops

function counted(work: Work, knowledge: Knowledge, statement: For): FlatBlock {
  const [first, end] = [known(statement.from), known(statement.below)];
  const changes = changesIn([statement]);
  const inside = new Map(knowledge);
  forget(inside, changes);
  const { left } = work;
  const loop: For = { ...statement, body: rewritten(work, inside, statement.body) };
  if (first === null || end === null) {
    forget(knowledge, changes);
    return [loop];
  }
  if (first >= end || loop.body.length === 0) return [];
  const rounds: Rounds = { loop, text: statement.body, first, end };
  const set = quantified(work.layout, work, knowledge, rounds);
  if (set !== null) {
    const value = replaced(work, knowledge, set.value);
    forget(knowledge, changes);
    learn(knowledge, set.local, value);
    return [{ ...set, value }];
  }
  const guard = isRare(loop.body) ? guardOf(work.layout, work, rounds) : null;
  if (guard !== null) {
    forget(knowledge, changes);
    return [{ kind: "if", condition: guard, then: [loop], otherwise: [] }];
  }
  const size = (end - first) * sizeOfBlock(loop.body);
  if (size > Math.min(MOST_OF_LOOP, left)) {
    forget(knowledge, changes);
    return [loop];
  }
  work.left = left - size;
  return unrolled(work, knowledge, statement, first, end);
}

/** Whether what a body does on a condition is only to note something. */
function isRare(body: FlatBlock): boolean {
  const last = body.at(-1);
  return (
    last?.kind === "if" &&
    last.then.every(({ kind }) => kind === "lock-order" || kind === "note" || kind === "branch")
  );
}

/** All rounds, one behind the other. */
function unrolled(
  work: Work,
  knowledge: Knowledge,
  { id, local, body }: For,
  first: number,
  end: number,
): FlatBlock {
  const changes = changesIn(body);
  const all: FlatStmt[] = [];
  const leaves = jumps(body, "break", id);
  const after = new Map(knowledge);
  for (let round = first; round < end; round += 1) {
    learn(knowledge, local, constant(round));
    const one = rewritten(work, knowledge, body);
    if (jumps(one, "continue", id)) {
      work.nextId += 1;
      all.push({ kind: "block", id: work.nextId, body: continued(one, id, work.nextId) });
      forget(knowledge, changes);
      continue;
    }
    all.push(...one);
    if (one.some(ends)) break;
  }
  if (!leaves) return all;
  become(knowledge, after);
  forget(knowledge, changes);
  return [{ kind: "block", id, body: all }];
}

function jumps(body: FlatBlock, kind: "break" | "continue", id: number): boolean {
  let found = false;
  visitStatements(body, (statement) => {
    if (statement.kind === kind && statement.id === id) found = true;
  });
  return found;
}

/** The body of a round with jumps to the next one as jumps out of a block. */
function continued(body: FlatBlock, id: number, block: number): FlatBlock {
  return body.map((statement) =>
    statement.kind === "continue" && statement.id === id
      ? { kind: "break", id: block }
      : mapBlocks(statement, (inner) => continued(inner, id, block)),
  );
}
