// Statements to control-flow nodes, built backwards: each statement is given the node that comes after it.
// Gives the graph of one body with its calls inlined; decides nothing about folding (see fold.ts).

import { report } from "../diagnostics/report.ts";
import type { Span } from "../diagnostics/source.ts";
import { evaluateConstant } from "../language/constants.ts";
import { isConstant, readsShared } from "../language/expressions.ts";
import type {
  Body,
  Computation,
  Condition,
  Expr,
  Label,
  Local,
  Place,
  Stmt,
} from "../language/model.ts";
import {
  type Context,
  freshLocal,
  labelsAtStart,
  localName,
  localPlace,
  markBranch,
  nodeBase,
  nopNode,
  opsNode,
  readLocal,
  readPlace,
  substitute,
  substituteLock,
  substitutePlace,
} from "./builder.ts";
import { inlineCall } from "./calls.ts";
import type { GraphNode, LoopNode, NopNode, Scope } from "./graph.ts";
import { computationIsStep, placeIsShared } from "./lines.ts";
import { buildFor, buildForAny, hasChoice } from "./loops.ts";
import type { MachineLocal, Op } from "./machine.ts";

/** More nodes than this in one process, calls inlined, is refused. */
const NODE_LIMIT = 20_000;

type Labels = readonly (readonly [string, string])[];

/** Builds a body that goes on to `next`; its labels must be in `context.labels`. */
export function buildBody(body: Body, context: Context, next: GraphNode): GraphNode {
  let entry = next;
  for (const label of [...body.endLabels].reverse()) entry = setLabel(context, label, entry);
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
    entry = buildStatement(statement, at, entry);
    for (const label of [...statement.labels].reverse()) entry = setLabel(context, label, entry);
  }
  return entry;
}

/** Fresh label nodes for one copy of a body. */
export function withLabels(context: Context, body: Body): Context {
  const labels = new Map(context.labels);
  const visit = (inner: Body): void => {
    for (const statement of inner.statements) {
      for (const label of statement.labels) labels.set(label.name, nopNode(context, [], null));
      for (const part of bodiesOf(statement)) visit(part);
    }
    for (const label of inner.endLabels) labels.set(label.name, nopNode(context, [], null));
  };
  visit(body);
  return { ...context, labels };
}

/** The blocks of a statement. */
export function bodiesOf(statement: Stmt): readonly Body[] {
  switch (statement.kind) {
    case "if":
      return [
        ...statement.arms.map((arm) => arm.body),
        ...(statement.otherwise === null ? [] : [statement.otherwise]),
      ];
    case "either":
      return statement.branches;
    case "while":
    case "loop":
    case "for":
    case "pick":
    case "atomic":
      return [statement.body];
    default:
      return [];
  }
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

function setLabel(context: Context, label: Label, entry: GraphNode): NopNode {
  const known = context.labels.get(label.name);
  if (known === undefined) throw new Error(`the label ${label.name} has no node`);
  // The node was made at the top of the body; the place where the label stands decides its region and scope.
  const node = Object.assign(known, { region: context.region, scope: context.scope });
  const expected = context.unit.tables.expectedLabels.has(`${context.owner}.${label.name}`);
  const mark = {
    span: label.span,
    description: `label ${context.owner}.${label.name}`,
    labels: [],
    exempt: "label",
    label: [context.owner, label.name],
  } as const;
  node.next = expected ? markBranch(context, entry, mark) : entry;
  return node;
}

function buildStatement(statement: Stmt, context: Context, next: GraphNode): GraphNode {
  const { lines } = context.unit.tables;
  const { span } = statement;
  const line = lines.lineOf(span);
  const labels: Labels = statement.labels.map((label) => [context.owner, label.name] as const);
  const sub = (expr: Expr): Expr => substitute(expr, context.locals);
  const step = (ops: readonly Op[], waits = false): GraphNode =>
    opsNode(context, ops, next, { line, step: true, labels, waits });
  const work = (ops: readonly Op[], shared: boolean, local = true): GraphNode =>
    opsNode(context, ops, next, { line, step: shared, labels, local: local && !shared });
  switch (statement.kind) {
    case "skip":
      return step([]);
    case "assign": {
      const place = substitutePlace(statement.target, context.locals);
      return buildAssign(statement.value, place, statement.operator, context, next, {
        line,
        labels,
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
      const head = loopNode(context, span, next);
      const body = buildBody(statement.body, { ...context, breakTo: next, continueTo: head }, head);
      const { condition } = statement;
      const entered = markBranch(context, body, {
        span: condition.head,
        description: `a round of \`${lineCode(context, condition.head)}\``,
        labels: labelsAtStart(statement.body),
        exempt: "none",
      });
      const left = markBranch(context, next, {
        span: condition.head,
        description: `the end of \`${lineCode(context, condition.head)}\``,
        labels: [],
        exempt: "note",
      });
      head.entry = buildCondition(condition, context, entered, left, null, labels);
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
        ? buildForAny(statement, context, next, buildBody, withLabels)
        : buildFor(statement, context, next, buildBody, withLabels);
    case "either": {
      const branches = statement.branches.map((branch, index) => {
        const scope: Scope = { parent: context.scope };
        const inside = { ...context, scope };
        const mark = {
          span: branch.span,
          description: `branch ${index + 1} of \`either\``,
          labels: labelsAtStart(branch),
          exempt: "none",
        } as const;
        return { scope, entry: markBranch(inside, buildBody(branch, inside, next), mark) };
      });
      return {
        ...nodeBase(context, { line: lines.lineOf(span), step: true, labels }),
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
      const mark = {
        span: statement.head,
        description: `\`${lineCode(context, statement.head)}\``,
        labels: labelsAtStart(statement.body),
        exempt: "none",
      } as const;
      const entry = markBranch(inside, buildBody(statement.body, inside, next), mark);
      const where = statement.where === null ? null : substitute(statement.where, locals);
      return {
        ...nodeBase(context, { line: lines.lineOf(statement.head), step: true, labels }),
        kind: "pick",
        span,
        local,
        set: sub(statement.set),
        where,
        body: { scope, entry },
      };
    }
    case "call":
      return inlineCall(
        statement.call,
        context,
        buildBody,
        withLabels,
        { line, labels },
        () => next,
      );
    case "return": {
      const { node, result } = context.returnTo;
      if (statement.value === null || result === null) return node;
      return buildAssign(statement.value, localPlace(result, span), ":=", context, node, {
        line,
        labels,
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
      return { ...nodeBase(context, { line, step: true, labels }), kind: "atomic", inside, entry };
    }
    default:
      return statement satisfies never;
  }
}

function lineCode(context: Context, head: Span): string {
  const { lines } = context.unit.tables;
  return lines.lines[lines.lineOf(head)]?.code ?? "";
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

/** `x += e` as the value that is assigned; the interval is exact. */
function combine(operator: ":=" | "+=" | "-=", place: Place, value: Expr): Expr {
  if (operator === ":=") return value;
  const left = readPlace(place);
  const a = left.type;
  const b = value.type;
  if (a.kind !== "range" || b.kind !== "range")
    throw new Error(`${operator} on values that are no numbers`);
  const [lo, hi] = operator === "+=" ? [a.lo + b.lo, a.hi + b.hi] : [a.lo - b.hi, a.hi - b.lo];
  const type = { kind: "range", lo, hi, name: null, symmetric: false } as const;
  return {
    kind: "arithmetic",
    operator: operator === "+=" ? "+" : "-",
    left,
    right: value,
    type,
    span: value.span,
  };
}

interface Target {
  readonly line: number;
  readonly labels: Labels;
  readonly span: Span;
  /** Whether the assignment itself touches something shared. */
  readonly shared: boolean;
}

/** Evaluates a computation and assigns it to a place. */
function buildAssign(
  computation: Computation,
  place: Place,
  operator: ":=" | "+=" | "-=",
  context: Context,
  next: GraphNode,
  target: Target,
): GraphNode {
  const { line, labels, span } = target;
  const assign = (value: Expr): Op => ({
    kind: "assign",
    place,
    value: combine(operator, place, value),
    span,
  });
  if (computation.kind === "call") {
    const shared = target.shared;
    return inlineCall(
      computation.call,
      context,
      buildBody,
      withLabels,
      { line, labels },
      (result) => {
        if (result === null) throw new Error("the value of a call without a result is used");
        return opsNode(context, [assign(readLocal(result, computation.span))], next, {
          line: shared ? line : -1,
          step: shared,
          local: !shared,
        });
      },
    );
  }
  if (computation.kind === "expression") {
    const step = target.shared || computationIsStep(computation);
    return opsNode(context, [assign(substitute(computation.value, context.locals))], next, {
      line,
      step,
      labels,
      local: !step,
    });
  }
  const { ops, result } = stepFunction(computation, context);
  return opsNode(context, [...ops, assign(readLocal(result, computation.span))], next, {
    line,
    step: true,
    labels,
  });
}

/** The ops of a step function, which leave its value in a local. */
function stepFunction(
  computation: Computation & { kind: "step-function" | "try-acquire" },
  context: Context,
): { ops: readonly Op[]; result: MachineLocal } {
  const { span } = computation;
  if (computation.kind === "try-acquire") {
    const result = freshLocal(
      context.unit,
      localName(context, "taken"),
      { kind: "bool" },
      "result",
      span,
    );
    return {
      ops: [
        {
          kind: "try-acquire",
          lock: substituteLock(computation.lock, context.locals),
          result,
          span,
        },
      ],
      result,
    };
  }
  const place = substitutePlace(computation.place, context.locals);
  const values = computation.arguments.map((argument) => substitute(argument, context.locals));
  const result = freshLocal(
    context.unit,
    localName(context, computation.function === "cmpxchg" ? "swapped" : "old"),
    computation.type,
    "result",
    span,
  );
  const set = (value: Expr): Op => ({ kind: "assign", place, value, span });
  const keep = (value: Expr): Op => ({
    kind: "assign",
    place: localPlace(result, span),
    value,
    span,
  });
  const [first, second] = values;
  if (first === undefined) throw new Error(`${computation.function} without an argument`);
  if (computation.function === "cmpxchg") {
    if (second === undefined) throw new Error("cmpxchg without a new value");
    const equal: Expr = {
      kind: "comparison",
      operator: "==",
      left: readPlace(place),
      right: first,
      type: { kind: "bool" },
      span,
    };
    return {
      ops: [
        keep(equal),
        {
          kind: "if",
          condition: readLocal(result, span),
          then: [set(second)],
          otherwise: [],
          span,
        },
      ],
      result,
    };
  }
  const value = computation.function === "xchg" ? first : combine("+=", place, first);
  return { ops: [keep(readPlace(place)), set(value)], result };
}

function buildIf(statement: Stmt & { kind: "if" }, context: Context, next: GraphNode): GraphNode {
  const code = (head: Span): string => lineCode(context, head);
  // Arms whose condition is constant are decided here: false ones are left out, a true one is the end of the chain.
  const arms = statement.arms.filter((arm) => constantCondition(arm.condition) !== false);
  const certain = arms.findIndex((arm) => constantCondition(arm.condition) === true);
  const open = certain < 0 ? arms : arms.slice(0, certain);
  const last = open.at(-1);
  const otherwise = certain < 0 ? statement.otherwise : (arms[certain]?.body ?? null);
  let entry: GraphNode = otherwise === null ? next : buildBody(otherwise, context, next);
  if (last !== undefined) {
    const mark =
      otherwise === null
        ? ({
            span: last.condition.head,
            description: `\`${code(last.condition.head)}\` without its condition`,
            labels: [],
            exempt: "note",
          } as const)
        : ({
            span: otherwise.span,
            description: `the else of \`${code(last.condition.head)}\``,
            labels: labelsAtStart(otherwise),
            exempt: "none",
          } as const);
    entry = markBranch(context, entry, mark);
  }
  for (const arm of [...open].reverse()) {
    const { condition, body } = arm;
    const then = markBranch(context, buildBody(body, context, next), {
      span: body.span,
      description: `\`${code(condition.head)}\``,
      labels: labelsAtStart(body),
      exempt: "none",
    });
    const labels: Labels =
      arm === statement.arms[0]
        ? statement.labels.map((label) => [context.owner, label.name] as const)
        : [];
    entry = buildCondition(condition, context, then, entry, next, labels);
  }
  return entry;
}

/** The value of a condition made only of params and consts: the other arm is not part of this machine. */
function constantCondition(condition: Condition): boolean | null {
  const { computation, negated } = condition;
  if (computation.kind !== "expression" || !isConstant(computation.value)) return null;
  const value = evaluateConstant(computation.value);
  return typeof value === "boolean" ? value !== negated : null;
}

function buildCondition(
  condition: Condition,
  context: Context,
  whenTrue: GraphNode,
  whenFalse: GraphNode,
  join: GraphNode | null,
  labels: Labels,
): GraphNode {
  const { computation, negated, head } = condition;
  const [then, otherwise] = negated ? [whenFalse, whenTrue] : [whenTrue, whenFalse];
  const line = context.unit.tables.lines.lineOf(head);
  const span = computation.span;
  const known = constantCondition(condition);
  if (known !== null) return known ? whenTrue : whenFalse;
  const branch = (test: Expr, step: boolean, shown: number, own: Labels): GraphNode => ({
    ...nodeBase(context, { line: shown, step, labels: own }),
    kind: "branch",
    condition: test,
    span,
    then,
    otherwise,
    join,
  });
  switch (computation.kind) {
    case "expression":
      return branch(
        substitute(computation.value, context.locals),
        readsShared(computation.value),
        line,
        labels,
      );
    case "call":
      return inlineCall(
        computation.call,
        context,
        buildBody,
        withLabels,
        { line, labels },
        (result) => {
          if (result === null) throw new Error("the value of a call without a result is tested");
          return branch(readLocal(result, span), false, -1, []);
        },
      );
    case "step-function":
    case "try-acquire": {
      const { ops, result } = stepFunction(computation, context);
      return opsNode(context, ops, branch(readLocal(result, span), false, -1, []), {
        line,
        step: true,
        labels,
      });
    }
    default:
      return computation satisfies never;
  }
}
