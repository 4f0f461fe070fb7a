// Labels of bodies and which fns a body calls, both read off the tree as written.

import type { Block, Expression, FunctionDeclaration, Name, Statement } from "./ast.ts";
import { declaredAs } from "./resolve.ts";
import type { Checker } from "./typecheck/context.ts";

/** The blocks directly inside a statement. */
export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case "if": {
      const bodies = statement.arms.map((arm) => arm.body);
      return statement.otherwise === null ? bodies : [...bodies, statement.otherwise];
    }
    case "while":
    case "loop":
    case "for":
    case "pick":
    case "atomic":
      return [statement.body];
    case "either":
      return statement.branches;
    default:
      return [];
  }
}

/** All statements of a body, nested ones too, in the order of the text. */
export function* statementsOf(block: Block): Generator<Statement> {
  for (const statement of block.statements) {
    yield statement;
    for (const inner of blocksOf(statement)) yield* statementsOf(inner);
  }
}

const labelsByBody = new WeakMap<Block, ReadonlyMap<string, Name>>();

/** The labels of a body, the first of each name. */
export function labelsOf(body: Block): ReadonlyMap<string, Name> {
  const known = labelsByBody.get(body);
  if (known !== undefined) return known;
  const labels = new Map<string, Name>();
  for (const label of allLabels(body)) if (!labels.has(label.text)) labels.set(label.text, label);
  labelsByBody.set(body, labels);
  return labels;
}

/** Every label of a body as it stands in the text. */
export function* allLabels(block: Block): Generator<Name> {
  for (const statement of block.statements) {
    yield* statement.labels;
    for (const inner of blocksOf(statement)) yield* allLabels(inner);
  }
  yield* block.endLabels;
}

/** The fns that a fn, process or action calls, directly or through others, in the order of the text. */
export function calledBy(checker: Checker, name: string): readonly FunctionDeclaration[] {
  const seen = new Set<FunctionDeclaration>();
  const visit = (body: Block): void => {
    for (const { fn } of directCalls(checker, body)) {
      if (seen.has(fn)) continue;
      seen.add(fn);
      visit(fn.body);
    }
  };
  const symbol = checker.declared.get(name);
  if (symbol?.kind === "process" || symbol?.kind === "fn" || symbol?.kind === "action") {
    visit(symbol.declaration.body);
  }
  return [...seen];
}

/** A call of a fn and where it stands. */
interface DirectCall {
  readonly fn: FunctionDeclaration;
  readonly span: Expression["span"];
}

/** The calls of fns in a body itself. */
export function* directCalls(
  checker: Pick<Checker, "declared">,
  body: Block,
): Generator<DirectCall> {
  for (const statement of statementsOf(body)) {
    for (const expression of computationsOf(statement)) {
      const call = calledAsWhole(expression);
      const symbol = call && declaredAs(checker, call.name.text, "fn");
      if (call && symbol) yield { fn: symbol.declaration, span: call.span };
    }
  }
}

/** The call that an expression is as a whole, `!` aside. */
function calledAsWhole(expression: Expression): (Expression & { readonly kind: "call" }) | null {
  if (expression.kind === "unary") return calledAsWhole(expression.operand);
  return expression.kind === "call" ? expression : null;
}

/** The expressions of a statement that may be a call, step function or `try acquire`. */
export function computationsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "call":
      return [statement.call];
    case "assign":
    case "var":
    case "expression":
      return [statement.value];
    case "return":
      return statement.value === null ? [] : [statement.value];
    case "if":
      return statement.arms.map((arm) => arm.condition);
    case "while":
      return [statement.condition];
    default:
      return [];
  }
}
