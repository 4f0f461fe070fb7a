// `for` and `for any`, in terms of a hidden loop variable or set of what is left; unrolled where a choice inside `atomic` asks for it.

import { evaluateConstant } from "../language/constants.ts";
import { isConstant, readsShared } from "../language/expressions.ts";
import type { Body, Expr, Stmt } from "../language/model.ts";
import { cardinality, type SetType, type Type, type Value } from "../language/types.ts";
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
} from "./builder.ts";
import type { GraphNode, LoopNode, Scope } from "./graph.ts";
import { withLabels } from "./labels.ts";
import type { MachineLocal } from "./machine.ts";

type ForStmt = Stmt & { readonly kind: "for" };

const BOOL: Type = { kind: "bool" };

/** Whether a body, its calls included, chooses. */
export function hasChoice(body: Body): boolean {
  return body.statements.some((statement) => {
    switch (statement.kind) {
      case "either":
      case "pick":
        return true;
      case "for":
        return statement.any || hasChoice(statement.body);
      case "call":
        return hasChoice(statement.call.function.body);
      case "assign":
      case "return":
        return statement.value?.kind === "call" && hasChoice(statement.value.call.function.body);
      case "if":
        return (
          statement.arms.some(
            ({ condition, body: arm }) =>
              (condition.computation.kind === "call" &&
                hasChoice(condition.computation.call.function.body)) ||
              hasChoice(arm),
          ) ||
          (statement.otherwise !== null && hasChoice(statement.otherwise))
        );
      case "while":
        return (
          (statement.condition.computation.kind === "call" &&
            hasChoice(statement.condition.computation.call.function.body)) ||
          hasChoice(statement.body)
        );
      case "loop":
      case "atomic":
        return hasChoice(statement.body);
      default:
        return false;
    }
  });
}

/** The elements of a constant set, in the order of their type; null if it is not constant. */
export function constantElements(set: Expr): readonly Value[] | null {
  if (!isConstant(set)) return null;
  const value = evaluateConstant(set);
  return Array.isArray(value) ? value : null;
}

function elementType(set: Expr): Type {
  if (set.type.kind !== "set") throw new Error("a loop over something that is no set");
  return set.type.of;
}

const literal = (value: Value, type: Type, at: Expr): Expr => ({
  kind: "literal",
  value,
  type,
  span: at.span,
});

/** `for x in S`: over a constant set the loop variable says how far it is; over a local set a copy holds what is left. */
export function buildFor(statement: ForStmt, context: Context, next: GraphNode): GraphNode {
  const { set: given, head } = statement;
  const span = head;
  const set = substitute(given, context.locals);
  const elements = constantElements(set);
  const line = context.unit.tables.lines.lineOf(head);
  const unroll = context.region !== null && hasChoice(statement.body);
  const local = freshLocal(
    context.unit,
    localName(context, statement.local.name),
    statement.local.type,
    "loop",
    statement.local.span,
  );
  const locals = new Map(context.locals).set(statement.local, readLocal(local, span));
  const inside: Context = { ...context, locals, breakTo: next };
  const assign = (value: Expr, then: GraphNode, nextRound: boolean): GraphNode =>
    opsNode(context, [{ kind: "assign", place: localPlace(local, span), value, span }], then, {
      line,
      local: true,
      nextRound,
    });

  if (elements !== null) {
    const [first] = elements;
    const type = statement.local.type;
    if (first === undefined) return next;
    if (unroll) {
      return elements.reduceRight<GraphNode>((after, element) => {
        const copy = withLabels({ ...inside, continueTo: after }, statement.body);
        return assign(
          literal(element, type, set),
          context.unit.buildBody(statement.body, copy, after),
          false,
        );
      }, next);
    }
    const round = roundNode(context, statement, next);
    const more = branchNode(
      context,
      compare("!=", local, elements.at(-1) ?? first, span),
      assign(following(local, elements, span), round, true),
      next,
      statement,
    );
    round.entry = context.unit.buildBody(statement.body, { ...inside, continueTo: more }, more);
    return assign(literal(first, type, set), round, false);
  }

  const left = freshLocal(
    context.unit,
    localName(context, `${statement.local.name}_left`),
    set.type,
    "loop",
    span,
  );
  const take = takeFirst(left, span);
  const entered = (body: GraphNode): GraphNode =>
    markBranch(context, body, {
      span,
      description: `a round of \`${context.unit.tables.lines.lines[line]?.code ?? "for"}\``,
      labels: labelsAtStart(statement.body),
      exempt: "note",
    });
  const start = (then: GraphNode): GraphNode =>
    opsNode(context, [{ kind: "assign", place: localPlace(left, span), value: set, span }], then, {
      line,
      local: true,
    });
  const pick = (then: GraphNode, nextRound: boolean): GraphNode =>
    opsNode(
      context,
      [
        { kind: "assign", place: localPlace(local, span), value: take.first, span },
        { kind: "assign", place: localPlace(left, span), value: take.rest, span },
      ],
      then,
      { local: true, nextRound },
    );
  if (unroll) {
    let after: GraphNode = next;
    for (let copies = cardinality(elementType(set)); copies > 0; copies -= 1) {
      const copy = withLabels({ ...inside, continueTo: after }, statement.body);
      after = branchNode(
        context,
        take.some,
        pick(entered(context.unit.buildBody(statement.body, copy, after)), false),
        next,
        statement,
      );
    }
    return start(after);
  }
  const round = roundNode(context, statement, next);
  const more = branchNode(context, take.some, pick(round, true), next, statement);
  round.entry = entered(
    context.unit.buildBody(statement.body, { ...inside, continueTo: more }, more),
  );
  return start(branchNode(context, take.some, pick(round, false), next, statement));
}

/** `for any x in S`: each round picks one of what is left. */
export function buildForAny(statement: ForStmt, context: Context, next: GraphNode): GraphNode {
  const { head } = statement;
  const span = head;
  const set = substitute(statement.set, context.locals);
  const elements = constantElements(set);
  if (elements?.length === 0) return next;
  const line = context.unit.tables.lines.lineOf(head);
  const local = freshLocal(
    context.unit,
    localName(context, statement.local.name),
    statement.local.type,
    "loop",
    statement.local.span,
  );
  const left = freshLocal(
    context.unit,
    localName(context, `${statement.local.name}_left`),
    set.type,
    "loop",
    span,
  );
  const take = takeFirst(left, span);
  const mark = {
    span,
    description: `a round of \`${context.unit.tables.lines.lines[line]?.code ?? "for any"}\``,
    labels: labelsAtStart(statement.body),
    exempt: "none",
  } as const;
  const round = (makeBody: (inside: Context) => GraphNode, again: GraphNode): GraphNode => {
    const scope: Scope = { parent: context.scope };
    const locals = new Map(context.locals).set(statement.local, readLocal(local, span));
    const inside: Context = { ...context, locals, scope, breakTo: next, continueTo: again };
    const without = opsNode(
      inside,
      [
        {
          kind: "assign",
          place: localPlace(left, span),
          value: remove(left, readLocal(local, span)),
          span,
        },
      ],
      makeBody(inside),
      {},
    );
    const chosen: GraphNode = {
      ...nodeBase(context, { line, step: true }),
      kind: "pick",
      span,
      local,
      set: readLocal(left, span),
      where: null,
      body: { scope, entry: markBranch(inside, without, mark) },
    };
    return branchNode(context, take.some, chosen, next, statement);
  };
  const start = (then: GraphNode): GraphNode => {
    const shared = readsShared(set);
    return opsNode(
      context,
      [{ kind: "assign", place: localPlace(left, span), value: set, span }],
      then,
      { line, step: shared, local: !shared },
    );
  };
  if (context.region !== null) {
    let after: GraphNode = next;
    for (let copies = elements?.length ?? cardinality(elementType(set)); copies > 0; copies -= 1) {
      const again = after;
      after = round(
        (inside) =>
          context.unit.buildBody(statement.body, withLabels(inside, statement.body), again),
        again,
      );
    }
    return start(after);
  }
  const loop = roundNode(context, statement, next);
  loop.entry = round((inside) => context.unit.buildBody(statement.body, inside, loop), loop);
  return start(loop);
}

function roundNode(context: Context, statement: ForStmt, exit: GraphNode): LoopNode {
  return { ...nodeBase(context), kind: "loop", span: statement.head, entry: null, exit };
}

function branchNode(
  context: Context,
  condition: Expr,
  then: GraphNode,
  otherwise: GraphNode,
  statement: ForStmt,
): GraphNode {
  return {
    ...nodeBase(context),
    kind: "branch",
    condition,
    span: statement.head,
    then,
    otherwise,
    join: null,
  };
}

function compare(
  operator: "!=" | "==",
  local: MachineLocal,
  value: Value,
  span: Expr["span"],
): Expr {
  const left = readLocal(local, span);
  return {
    kind: "comparison",
    operator,
    left,
    right: { kind: "literal", value, type: local.type, span },
    type: BOOL,
    span,
  };
}

/** The element after the loop variable's: `x + 1` in an unbroken range, else a chain of comparisons. */
function following(local: MachineLocal, elements: readonly Value[], span: Expr["span"]): Expr {
  const { type } = local;
  const first = elements[0];
  if (typeof first === "number" && elements.every((element, index) => element === first + index)) {
    const one: Expr = {
      kind: "literal",
      value: 1,
      type: { kind: "range", lo: 1, hi: 1, name: null, symmetric: false },
      span,
    };
    const sum: Type = {
      kind: "range",
      lo: first + 1,
      hi: first + elements.length,
      name: null,
      symmetric: false,
    };
    return {
      kind: "arithmetic",
      operator: "+",
      left: readLocal(local, span),
      right: one,
      type: sum,
      span,
    };
  }
  const values = elements.map((value): Expr => ({ kind: "literal", value, type, span }));
  const last = values.at(-1);
  if (last === undefined) throw new Error("a loop over nothing has no next element");
  return elements.slice(0, -2).reduceRight<Expr>(
    (otherwise, element, index) => ({
      kind: "if",
      condition: compare("==", local, element, span),
      then: values[index + 1] ?? last,
      otherwise,
      type,
      span,
    }),
    last,
  );
}

/** Whether a set is not empty, its first element, and the set without it. */
function takeFirst(
  left: MachineLocal,
  span: Expr["span"],
): { some: Expr; first: Expr; rest: Expr } {
  const of = (left.type as SetType).of;
  const set = readLocal(left, span);
  const first: Expr = { kind: "builtin", function: "min", arguments: [set], type: of, span };
  const empty: Expr = { kind: "set", elements: [], type: left.type, span };
  return {
    some: { kind: "comparison", operator: "!=", left: set, right: empty, type: BOOL, span },
    first,
    rest: remove(left, first),
  };
}

function remove(left: MachineLocal, element: Expr): Expr {
  const one: Expr = { kind: "set", elements: [element], type: left.type, span: element.span };
  return {
    kind: "set-operation",
    operator: "minus",
    left: readLocal(left, element.span),
    right: one,
    type: left.type,
    span: element.span,
  };
}
