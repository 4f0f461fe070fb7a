// Statements: from what is written to typed statements of the Model, block by block.
//
// Every statement is checked even if one before it is wrong; a body with a wrong statement is null.

import { didYouMean } from "../../diagnostics/suggest.ts";
import type { Block, Name, Statement } from "../ast.ts";
import { someNode } from "../expressions.ts";
import type { Body, Label, Local, Stmt, StmtShape } from "../model.ts";
import { labelsOf } from "../resolve-labels.ts";
import { bind, innerScope } from "../resolve-names.ts";
import { formatType, type Type } from "../types.ts";
import { checkAssign, checkCost, checkGhost, checkLocking, checkVar } from "./assignments.ts";
import { STEP_FUNCTIONS } from "./calls.ts";
import { checkBool } from "./coerce.ts";
import { inferDomain } from "./collections.ts";
import { checkCall, checkComputation, checkCondition } from "./computations.ts";
import { type Checker, fail, type Scope } from "./context.ts";
import { barriersOf, describeBarrier, isBarrier } from "./flow.ts";
import { describeType, symmetricWithin } from "./relations.ts";
import { CODE, restrict } from "./restrict.ts";

/** The fn, process or action whose body is checked. */
export interface Owner {
  readonly kind: "fn" | "process" | "action";
  readonly name: string;
  readonly result: Type | null;
  readonly body: Block;
}

/** Where in a body a statement stands. */
interface Position {
  readonly owner: Owner;
  readonly scope: Scope;
  readonly inLoop: boolean;
  /** Directly in the body, not in a block inside it. */
  readonly top: boolean;
  readonly barriers: readonly Statement[];
  /** The labels of the body as the Model has them. */
  readonly labels: ReadonlyMap<string, Label>;
}

type Written<Kind extends Statement["kind"]> = Statement & { readonly kind: Kind };

/** The typed body of a fn, process or action. */
export function checkBody(checker: Checker, owner: Owner, scope: Scope): Body | null {
  const labels = new Map(
    [...labelsOf(owner.body)].map(([text, { span }]) => [text, { name: text, span }]),
  );
  const position = { owner, scope, inLoop: false, top: true, barriers: [], labels };
  return checkBlock(checker, owner.body, position);
}

function checkBlock(checker: Checker, block: Block, around: Position): Body | null {
  const position = { ...around, scope: innerScope(around.scope) };
  const statements: Stmt[] = [];
  for (const statement of block.statements) {
    const shape = checkStatement(checker, statement, position);
    if (shape !== null) {
      const labels = labelsIn(statement.labels, position);
      statements.push({ ...shape, labels, span: statement.span });
    }
  }
  if (statements.length < block.statements.length) return null;
  return { statements, endLabels: labelsIn(block.endLabels, position), span: block.span };
}

function labelsIn(names: readonly Name[], { labels }: Position): readonly Label[] {
  return names.flatMap((name) => labels.get(name.text) ?? []);
}

/** A block inside a statement. */
function inside(
  checker: Checker,
  block: Block,
  position: Position,
  changes: Partial<Position> = {},
): Body | null {
  return checkBlock(checker, block, { ...position, top: false, ...changes });
}

function checkStatement(
  checker: Checker,
  statement: Statement,
  position: Position,
): StmtShape | null {
  const { scope } = position;
  switch (statement.kind) {
    case "assign":
      return checkAssign(checker, statement, scope);
    case "var": {
      const isTop = position.top && position.owner.kind === "process";
      return checkVar(checker, statement, scope, isTop ? position.owner.name : null);
    }
    case "ghost":
      return checkGhost(checker, statement, scope);
    case "cost":
      return checkCost(checker, statement, scope);
    case "skip":
    case "break":
    case "continue":
      return checkJump(checker, statement, position);
    case "acquire":
    case "release":
    case "downgrade":
      return checkLocking(checker, statement, scope);
    case "await": {
      const condition = restrict(checker, checkBool(checker, statement.condition, scope), CODE);
      return condition && { kind: "await", condition };
    }
    case "assert": {
      const condition = restrict(checker, checkBool(checker, statement.condition, scope), CODE);
      return condition && { kind: "assert", name: statement.name?.text ?? null, condition };
    }
    case "if":
      return checkIf(checker, statement, position);
    case "while": {
      const condition = checkCondition(checker, statement.condition, scope, statement.head);
      const body = inside(checker, statement.body, position, { inLoop: true });
      return condition && body && { kind: "while", condition, body };
    }
    case "loop": {
      const body = inside(checker, statement.body, position, { inLoop: true });
      return body && { kind: "loop", body };
    }
    case "for":
      return checkFor(checker, statement, position);
    case "pick":
      return checkPick(checker, statement, position);
    case "either": {
      const barriers = [...position.barriers, statement];
      const branches = statement.branches.map((branch) =>
        inside(checker, branch, position, { barriers }),
      );
      const found = branches.filter((branch) => branch !== null);
      return found.length === branches.length ? { kind: "either", branches: found } : null;
    }
    case "atomic": {
      const barriers = [...position.barriers, statement];
      const body = inside(checker, statement.body, position, { barriers });
      return body && { kind: "atomic", body };
    }
    case "call":
      return checkCallStatement(checker, statement, scope);
    case "expression": {
      const name = statement.value.kind === "try-acquire" ? "try acquire" : "this expression";
      return fail(checker, "result-unused", statement.span, { name });
    }
    case "return":
      return checkReturn(checker, statement, position);
    case "goto":
      return checkGoto(checker, statement, position);
    default:
      return statement satisfies never;
  }
}

// ---------------------------------------------------------------- control

function checkJump(
  checker: Checker,
  statement: Written<"skip" | "break" | "continue">,
  position: Position,
): StmtShape | null {
  if (statement.kind !== "skip" && !position.inLoop) {
    return fail(checker, "break-outside-loop", statement.span, { what: statement.kind });
  }
  return { kind: statement.kind };
}

function checkIf(checker: Checker, statement: Written<"if">, position: Position): StmtShape | null {
  const arms = statement.arms.map((arm) => {
    const condition = checkCondition(checker, arm.condition, position.scope, arm.head);
    const body = inside(checker, arm.body, position);
    return condition && body && { condition, body };
  });
  const otherwise = statement.otherwise && inside(checker, statement.otherwise, position);
  const found = arms.filter((arm) => arm !== null);
  if (found.length < arms.length || (statement.otherwise !== null && otherwise === null))
    return null;
  return { kind: "if", arms: found, otherwise };
}

function checkFor(
  checker: Checker,
  statement: Written<"for">,
  position: Position,
): StmtShape | null {
  const { binding, any, head } = statement;
  const set = restrict(checker, inferDomain(checker, binding.set, position.scope, null), CODE);
  const barriers = [...position.barriers, statement];
  const within = { barriers, inLoop: true };
  if (set === null) return insideUnusable(checker, statement, position, within);
  const element = set.type.of;
  const symmetric = symmetricWithin(element);
  if (!any && symmetric !== null) {
    const params = { what: `\`for ${binding.name.text} in …\``, type: formatType(symmetric) };
    const hint = `\`for any ${binding.name.text} in …\` walks in any order`;
    fail(checker, "symmetric-misuse", binding.set.span, params, { hint });
  }
  if (!any) refuseShared(checker, set);
  const { local, scope } = bindLoop(checker, binding.name, element, position.scope);
  const body = inside(checker, statement.body, position, { ...within, scope });
  return body && { kind: "for", any, local, set, body, head };
}

/** A walk over a set that others can change would have no meaning as a loop. */
function refuseShared(checker: Checker, set: Parameters<typeof someNode>[0]): void {
  const shared = new Set<string>();
  someNode(set, (node) => {
    if (node.kind === "variable") shared.add(node.variable.name);
    if (node.kind === "holder" || node.kind === "held") shared.add(node.lock.lock.name);
    if (node.kind === "done") shared.add(`done(${node.process.name})`);
    return false;
  });
  for (const name of [...shared].slice(0, 1))
    fail(checker, "shared-in-local-set", set.span, { name });
}

function bindLoop(
  checker: Checker,
  name: Name,
  type: Type,
  around: Scope,
): { readonly local: Local; readonly scope: Scope } {
  const local: Local = { kind: "local", name: name.text, type, role: "loop", span: name.span };
  const scope = innerScope(around);
  bind(checker, scope, name, local);
  return { local, scope };
}

/** Looks for mistakes in the body of a walk whose set is wrong. */
function insideUnusable(
  checker: Checker,
  { binding, body }: Written<"for" | "pick">,
  position: Position,
  changes: Partial<Position>,
): null {
  const scope = innerScope(position.scope);
  bind(checker, scope, binding.name, "unusable");
  inside(checker, body, position, { ...changes, scope });
  return null;
}

function checkPick(
  checker: Checker,
  statement: Written<"pick">,
  position: Position,
): StmtShape | null {
  const { binding, head } = statement;
  const set = restrict(checker, inferDomain(checker, binding.set, position.scope, null), CODE);
  const barriers = [...position.barriers, statement];
  if (set === null) return insideUnusable(checker, statement, position, { barriers });
  const { local, scope } = bindLoop(checker, binding.name, set.type.of, position.scope);
  const where =
    statement.where && restrict(checker, checkBool(checker, statement.where, scope), CODE);
  const body = inside(checker, statement.body, position, { scope, barriers });
  if (body === null || (statement.where !== null && where === null)) return null;
  return { kind: "pick", local, set, where, body, head };
}

function checkCallStatement(
  checker: Checker,
  statement: Written<"call">,
  scope: Scope,
): StmtShape | null {
  const { call, span } = statement;
  const name = call.name.text;
  const symbol = checker.declared.get(name);
  if (symbol?.kind === "fn") {
    const checked = checkCall(checker, call, symbol, scope);
    if (checked !== null && checked.function.result !== null) {
      return fail(checker, "result-unused", span, { name });
    }
    return checked && { kind: "call", call: checked };
  }
  if (symbol === undefined && STEP_FUNCTIONS.some((known) => known === name)) {
    const hints = { xchg: "write `v := e`", fetch_add: "write `v += e`", cmpxchg: null };
    const hint = name === "xchg" || name === "fetch_add" ? hints[name] : null;
    return fail(checker, "result-unused", span, { name }, { hint });
  }
  const expr = checker.infer(call, scope, null);
  return expr === null ? null : fail(checker, "result-unused", span, { name });
}

function checkReturn(
  checker: Checker,
  statement: Written<"return">,
  position: Position,
): StmtShape | null {
  const { owner, scope } = position;
  const { value, span } = statement;
  if (owner.result === null) {
    if (value === null) return { kind: "return", value: null };
    return fail(checker, "return-mismatch", value.span, {
      what: `\`${owner.name}\` has no result to return`,
    });
  }
  if (value === null) {
    const what = `\`${owner.name}\` must return ${describeType(owner.result)} here`;
    return fail(checker, "return-mismatch", span, { what });
  }
  const computation = checkComputation(checker, value, scope, owner.result, "value");
  return computation && { kind: "return", value: computation };
}

function checkGoto(
  checker: Checker,
  statement: Written<"goto">,
  position: Position,
): StmtShape | null {
  const { owner, labels, barriers } = position;
  const name = statement.label.text;
  const label = labels.get(name);
  if (label === undefined) {
    const hint = didYouMean(name, labels.keys());
    return fail(
      checker,
      "unknown-label",
      statement.label.span,
      { label: name, where: owner.name },
      { hint },
    );
  }
  const closed = barriersOf(owner.body)
    .get(name)
    ?.find((barrier) => !barriers.includes(barrier));
  if (closed !== undefined && isBarrier(closed)) {
    const related = [{ span: label.span, message: `\`${name}\` stands in it` }];
    const params = { label: name, what: describeBarrier(closed) };
    return fail(checker, "goto-into-block", statement.label.span, params, { related });
  }
  return { kind: "goto", label };
}
