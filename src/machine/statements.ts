// Statements to control-flow nodes, built backwards: each statement is given the node that comes after it.
// Gives the graph of one body with its calls inlined; decides nothing about folding (see fold.ts).

import { report } from "../diagnostics/report.ts";
import type { Span } from "../diagnostics/source.ts";
import { readsShared } from "../language/expressions.ts";
import type { Body, Expr, Local, Stmt } from "../language/model.ts";
import { buildAssign, combine } from "./assignments.ts";
import {
  type Context,
  freshLocal,
  labelsAtStart,
  localName,
  localPlace,
  markBranch,
  nodeBase,
  opsNode,
  readLocal,
  substitute,
  substituteLock,
  substitutePlace,
} from "./builder.ts";
import { inlineCall } from "./calls.ts";
import {
  buildCondition,
  buildIf,
  constantCondition,
  constantTruth,
  lineCode,
} from "./conditions.ts";
import type { GraphNode, LoopNode, Scope } from "./graph.ts";
import { isJumpedInto, setLabel } from "./labels.ts";
import { placeIsShared } from "./lines.ts";
import { buildFor, buildForAny, constantElements, hasChoice } from "./loops.ts";
import type { Op } from "./machine.ts";

/** More nodes than this in one process, calls inlined, is refused. */
const NODE_LIMIT = 20_000;

/** Statements that only go elsewhere: a loop that they go to is not theirs. */
const JUMPS: ReadonlySet<Stmt["kind"]> = new Set(["goto", "break", "continue"]);

/** The loop that a statement begins with; null if it is none, or already what comes `after` it. */
function loopAt(entry: GraphNode, after: GraphNode): GraphNode | null {
  let node = entry;
  while (node !== after && node.kind === "nop" && node.next !== null) node = node.next;
  return node !== after && node.kind === "loop" ? node : null;
}

/** Builds a body that goes on to `next`; its labels must be in `context.labels`. */
export function buildBody(body: Body, context: Context, next: GraphNode): GraphNode {
  let entry = next;
  for (const label of [...body.endLabels].reverse()) entry = setLabel(context, label, entry, null);
  let scoped = context;
  const contexts = body.statements.map((statement) => {
    if (
      statement.kind === "assign" &&
      statement.declares &&
      statement.target.root.kind === "local"
    ) {
      scoped = declare(scoped, statement.target.root);
    }
    return scoped;
  });
  for (let index = body.statements.length - 1; index >= 0; index -= 1) {
    const statement = body.statements[index];
    const at = contexts[index];
    if (statement === undefined || at === undefined) continue;
    if (context.unit.nodes > NODE_LIMIT) {
      if (!context.unit.overgrown)
        context.unit.tables.diagnostics.push(
          report("spec-too-large", statement.span, { limit: NODE_LIMIT }),
        );
      context.unit.overgrown = true;
      return entry;
    }
    const after = entry;
    entry = buildStatement(statement, at, after);
    const loop = JUMPS.has(statement.kind) ? null : loopAt(entry, after);
    for (const label of [...statement.labels].reverse())
      entry = setLabel(context, label, entry, loop);
  }
  return entry;
}

function declare(context: Context, local: Local): Context {
  if (context.locals.has(local)) return context;
  const own = freshLocal(
    context.unit,
    localName(context, local.name),
    local.type,
    local.role,
    local.span,
  );
  if (local.role === "top") context.unit.topLocals.set(local, own);
  return { ...context, locals: new Map(context.locals).set(local, readLocal(own, local.span)) };
}

function buildStatement(statement: Stmt, context: Context, next: GraphNode): GraphNode {
  const { lines } = context.unit.tables;
  const { span } = statement;
  const line = lines.lineOf(span);
  const sub = (expr: Expr): Expr => substitute(expr, context.locals);
  const step = (ops: readonly Op[], waits = false): GraphNode =>
    opsNode(context, ops, next, { line, step: true, waits });
  const work = (ops: readonly Op[], shared: boolean, local = true): GraphNode =>
    opsNode(context, ops, next, { line, step: shared, local: local && !shared });
  switch (statement.kind) {
    case "skip":
      return step([]);
    case "assign": {
      const place = substitutePlace(statement.target, context.locals);
      return buildAssign(statement.value, place, statement.operator, context, next, {
        line,
        span,
        shared: placeIsShared(place),
      });
    }
    case "ghost": {
      const place = substitutePlace(statement.target, context.locals);
      return work(
        [
          {
            kind: "assign",
            place,
            value: combine(statement.operator, place, sub(statement.value)),
            span,
          },
        ],
        false,
        false,
      );
    }
    case "cost":
      return work(
        [{ kind: "cost", cost: statement.cost, value: sub(statement.value), span }],
        false,
        false,
      );
    case "acquire":
      return step(
        [
          {
            kind: "acquire",
            lock: substituteLock(statement.lock, context.locals),
            read: statement.read,
            span,
          },
        ],
        true,
      );
    case "release":
    case "downgrade":
      return step([
        { kind: statement.kind, lock: substituteLock(statement.lock, context.locals), span },
      ]);
    case "await":
      return step([{ kind: "await", condition: sub(statement.condition), span }], true);
    case "assert":
      return work(
        [
          {
            kind: "assert",
            assertion: assertionOf(statement, context),
            condition: sub(statement.condition),
            span,
          },
        ],
        readsShared(statement.condition),
      );
    case "if":
      return buildIf(statement, context, next);
    case "while": {
      const { condition } = statement;
      const known = constantCondition(condition);
      // As with `if`: what params and consts rule out is not part of the machine, unless something jumps into it.
      if (known === false && !isJumpedInto(statement.body, context)) return next;
      const head = loopNode(context, span, next);
      const body = buildBody(statement.body, { ...context, breakTo: next, continueTo: head }, head);
      const code = lineCode(context, condition.head);
      const entered = markBranch(context, body, {
        span: condition.head,
        description: `a round of \`${code}\``,
        labels: labelsAtStart(statement.body),
        exempt: known === null ? "none" : "note",
      });
      const left = markBranch(context, next, {
        span: condition.head,
        description: `the end of \`${code}\``,
        labels: [],
        exempt: "note",
      });
      head.entry = buildCondition(condition, context, entered, left, null);
      refuseChoiceInAtomicLoop(statement.body, context, span);
      return head;
    }
    case "loop": {
      const head = loopNode(context, span, next);
      head.entry = buildBody(statement.body, { ...context, breakTo: next, continueTo: head }, head);
      refuseChoiceInAtomicLoop(statement.body, context, span);
      return head;
    }
    case "break":
      return context.breakTo ?? next;
    case "continue":
      return context.continueTo ?? next;
    case "for":
      return statement.any
        ? buildForAny(statement, context, next)
        : buildFor(statement, context, next);
    case "either": {
      // As with `if`: branches that params and consts keep from starting are not part of the machine; if all are, it waits.
      const open = statement.branches.filter((branch) => !neverStarts(branch));
      const branches = (open.length > 0 ? open : statement.branches).map((branch) => {
        const scope: Scope = { parent: context.scope };
        const inside = { ...context, scope };
        const mark = {
          span: branch.span,
          description: `branch ${statement.branches.indexOf(branch) + 1} of \`either\``,
          labels: labelsAtStart(branch),
          exempt: open.length > 0 ? "none" : "note",
        } as const;
        const [first] = branch.statements;
        const entry =
          open.length === 0 && first !== undefined
            ? buildStatement(first, inside, next)
            : buildBody(branch, inside, next);
        return { scope, entry: markBranch(inside, entry, mark) };
      });
      return {
        ...nodeBase(context, { line: lines.lineOf(span), step: true }),
        kind: "either",
        span,
        branches,
      };
    }
    case "pick": {
      const local = freshLocal(
        context.unit,
        localName(context, statement.local.name),
        statement.local.type,
        "loop",
        statement.local.span,
      );
      const locals = new Map(context.locals).set(
        statement.local,
        readLocal(local, statement.local.span),
      );
      const scope: Scope = { parent: context.scope };
      const inside = { ...context, scope, locals };
      const empty = hasNoCandidate(statement);
      const mark = {
        span: statement.head,
        description: `\`${lineCode(context, statement.head)}\``,
        labels: labelsAtStart(statement.body),
        exempt: empty ? "note" : "none",
      } as const;
      const body = empty ? next : buildBody(statement.body, inside, next);
      const entry = markBranch(inside, body, mark);
      const where = statement.where === null ? null : substitute(statement.where, locals);
      return {
        ...nodeBase(context, { line: lines.lineOf(statement.head), step: true }),
        kind: "pick",
        span,
        local,
        set: sub(statement.set),
        where,
        body: { scope, entry },
      };
    }
    case "call":
      return inlineCall(statement.call, context, line, () => next);
    case "return": {
      const { node, result } = context.returnTo;
      if (statement.value === null || result === null) return node;
      return buildAssign(statement.value, localPlace(result, span), ":=", context, node, {
        line,
        span,
        shared: false,
      });
    }
    case "goto": {
      const target = context.labels.get(statement.label.name);
      if (target === undefined) throw new Error(`goto ${statement.label.name} has no target`);
      return target;
    }
    case "atomic": {
      if (context.region !== null) return buildBody(statement.body, context, next);
      const inside = { span };
      const entry = buildBody(statement.body, { ...context, region: inside }, next);
      return { ...nodeBase(context, { line, step: true }), kind: "atomic", inside, entry };
    }
    default:
      return statement satisfies never;
  }
}

/** Whether params and consts keep a branch of an `either` from ever starting. */
function neverStarts({ statements }: Body): boolean {
  const [first] = statements;
  if (first?.kind === "await") return constantTruth(first.condition, false) === false;
  if (first?.kind === "either") return first.branches.every(neverStarts);
  return first?.kind === "pick" && hasNoCandidate(first);
}

/** Whether params and consts leave a `pick` nothing to choose. */
function hasNoCandidate({ set, where }: Stmt & { readonly kind: "pick" }): boolean {
  return (
    constantElements(set)?.length === 0 || (where !== null && constantTruth(where, false) === false)
  );
}

function refuseChoiceInAtomicLoop(body: Body, context: Context, span: Span): void {
  if (context.region !== null && hasChoice(body))
    context.unit.tables.diagnostics.push(report("choice-in-atomic-while", span, {}));
}

function loopNode(context: Context, span: Span, exit: GraphNode): LoopNode {
  const node: LoopNode = { ...nodeBase(context), kind: "loop", span, entry: null, exit };
  context.unit.loops.push(node);
  return node;
}

function assertionOf(statement: Stmt & { kind: "assert" }, context: Context): number {
  const { tables } = context.unit;
  const key = `${statement.span.source.path}:${statement.span.start}`;
  const known = tables.assertionIds.get(key);
  if (known !== undefined) return known;
  const id = tables.assertions.length;
  tables.assertionIds.set(key, id);
  tables.assertions.push({
    name:
      statement.name ??
      `assert_${context.owner}_${tables.lines.ordinalOf(statement.span) || id + 1}`,
    named: statement.name !== null,
    condition:
      lineCode(context, statement.condition.span) ||
      statement.condition.span.source.text.slice(
        statement.condition.span.start,
        statement.condition.span.end,
      ),
    function: context.owner,
    span: statement.span,
  });
  return id;
}
