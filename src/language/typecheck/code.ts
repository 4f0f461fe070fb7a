// Bodies of fns, processes and actions: filled in once all headers can be made.

import type { Source, Span } from "../../diagnostics/source.ts";
import type {
  ActionDeclaration,
  Expression,
  FunctionDeclaration,
  ProcessDeclaration,
  Statement,
} from "../ast.ts";
import type { Action, Local, Procedure, Process } from "../model.ts";
import { calledBy, computationsOf, directCalls, statementsOf } from "../resolve-labels.ts";
import { bind, innerScope } from "../resolve-names.ts";
import { checkBool } from "./coerce.ts";
import { type Checker, type Draft, fail } from "./context.ts";
import { parameterScope } from "./declarations.ts";
import { canEnd, checkLabels } from "./flow.ts";
import { checkLock } from "./places.ts";
import { describeType } from "./relations.ts";
import { CODE, restrict, restrictLock } from "./restrict.ts";
import { checkBody } from "./statements.ts";

/** Fills in the body and contract of a fn. */
export function completeProcedure(
  checker: Checker,
  declaration: FunctionDeclaration,
  procedure: Draft<Procedure> | null,
): void {
  const { name, contract, body } = declaration;
  const scope = parameterScope(checker, declaration.parameters, procedure?.parameters ?? null);
  checkLabels(checker, body, name.text);
  const owner = { kind: "fn", name: name.text, result: procedure?.result ?? null, body } as const;
  const checked = procedure === null ? null : checkBody(checker, owner, scope);
  if (procedure === null) return;
  if (procedure.result !== null && canEnd(body)) {
    fail(checker, "missing-return", name.span, { name: name.text });
  }
  if (contract !== null) {
    const lock = restrictLock(checker, checkLock(checker, contract.lock, scope), CODE);
    if (procedure.result?.kind !== "bool") {
      const found =
        procedure.result === null ? "a fn without a result" : describeType(procedure.result);
      fail(checker, "type-mismatch", contract.span, {
        expected: "a fn that returns a bool",
        found,
      });
    }
    if (lock !== null) procedure.contract = { lock, span: contract.span };
  }
  if (checked !== null) procedure.body = checked;
}

/** The `var`s directly at the top of a process's body, which properties can read. */
export function declareProcessVariables(checker: Checker, declaration: ProcessDeclaration): void {
  const locals = new Map<string, Local>();
  for (const statement of declaration.body.statements) {
    if (statement.kind !== "var" || locals.has(statement.name.text)) continue;
    const { name } = statement;
    const type = checker.typeOf(statement.type);
    if (type !== null)
      locals.set(name.text, { kind: "local", name: name.text, type, role: "top", span: name.span });
  }
  checker.processVariables.set(declaration.name.text, locals);
}

/** Fills in the body of a process. */
export function completeProcess(
  checker: Checker,
  declaration: ProcessDeclaration,
  process: Draft<Process> | null,
): void {
  const scope = innerScope(null);
  if (declaration.index !== null) {
    bind(checker, scope, declaration.index.name, process?.index?.local ?? "unusable");
  }
  const { name, body } = declaration;
  checkLabels(checker, body, name.text);
  const checked = checkBody(
    checker,
    { kind: "process", name: name.text, result: null, body },
    scope,
  );
  if (process !== null && checked !== null) process.body = checked;
}

/** Fills in the condition and body of an action. */
export function completeAction(
  checker: Checker,
  declaration: ActionDeclaration,
  action: Draft<Action> | null,
): void {
  const { name, body } = declaration;
  const scope = parameterScope(checker, declaration.parameters, action?.parameters ?? null);
  const when =
    declaration.when && restrict(checker, checkBool(checker, declaration.when, scope), CODE);
  checkLabels(checker, body, name.text);
  const checked = checkBody(
    checker,
    { kind: "action", name: name.text, result: null, body },
    scope,
  );
  refuseLocks(checker, declaration);
  if (action === null || checked === null) return;
  action.when = when;
  action.body = checked;
}

// ---------------------------------------------------------------- rules about calls

/** Reports locks that an action would take, itself or in the fns that it calls. */
function refuseLocks(checker: Checker, action: ActionDeclaration): void {
  for (const { statement, what } of lockingIn(action.body)) {
    fail(checker, "lock-misuse-in-action", statement.span, { what });
  }
  const related = [
    { span: action.name.span, message: `called from the action \`${action.name.text}\`` },
  ];
  for (const fn of calledBy(checker, action.name.text)) {
    for (const { statement, what } of lockingIn(fn.body)) {
      fail(checker, "lock-misuse-in-action", statement.span, { what }, { related });
    }
  }
}

function* lockingIn(
  body: FunctionDeclaration["body"],
): Generator<{ readonly statement: Statement; readonly what: string }> {
  for (const statement of statementsOf(body)) {
    if (
      statement.kind === "acquire" ||
      statement.kind === "release" ||
      statement.kind === "downgrade"
    ) {
      yield { statement, what: statement.kind };
    } else if (computationsOf(statement).some(takesLock))
      yield { statement, what: "try to acquire" };
  }
}

function takesLock(expression: Expression): boolean {
  if (expression.kind === "unary") return takesLock(expression.operand);
  return expression.kind === "try-acquire";
}

/** Reports fns that call themselves, directly or through others; each circle once. */
export function refuseRecursion(checker: Checker): void {
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (fn: FunctionDeclaration, call: Span): void => {
    const name = fn.name.text;
    if (finished.has(name)) return;
    const start = path.indexOf(name);
    if (start >= 0) {
      const cycle = [...path.slice(start), name].join(" -> ");
      fail(checker, "recursive-function", call, { name, cycle });
      return;
    }
    path.push(name);
    for (const called of directCalls(checker, fn.body)) visit(called.fn, called.span);
    path.pop();
    finished.add(name);
  };
  for (const symbol of checker.declared.values())
    if (symbol.kind === "fn") {
      visit(symbol.declaration, symbol.declaration.name.span);
    }
}

/** Warns of fns of a file that no process or action calls, directly or through others. */
export function warnUnused(checker: Checker, source: Source): void {
  const called = new Set<FunctionDeclaration>();
  for (const { kind, declaration } of checker.declared.values()) {
    if (kind !== "process" && kind !== "action") continue;
    for (const fn of calledBy(checker, declaration.name.text)) called.add(fn);
  }
  for (const { kind, declaration } of checker.declared.values()) {
    const { name } = declaration;
    if (kind === "fn" && !called.has(declaration) && name.span.source === source)
      fail(checker, "unused-function", name.span, { name: name.text });
  }
}
