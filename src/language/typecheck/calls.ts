// Calls in expressions: `def`s, which are put in place as nested `let`s, and the built-in functions.

import type { Expression } from "../ast.ts";
import { childrenOf, mapChildren } from "../expressions.ts";
import type { Binder, Expr } from "../model.ts";
import { unknownName } from "../resolve-names.ts";
import { cardinality, formatType, type ProcessType } from "../types.ts";
import { check, coerce, describeExpr, lookInto, plain } from "./coerce.ts";
import { type Checker, type Definition, fail, type Hint, type Scope } from "./context.ts";
import { checkLock } from "./places.ts";
import { checkProcess, inferTaken } from "./processes.ts";
import { BOOL, interval, isSymmetric } from "./relations.ts";

type Call = Expression & { readonly kind: "call" };

/** Most nodes that an expression may have once its defs are in place. */
const SIZE_LIMIT = 50_000;
/** Most nodes that all uses of defs together may make. */
const COPY_LIMIT = 1_000_000;
/** Deepest nesting of such an expression. */
const DEPTH_LIMIT = 500;

/** Functions that take a step: they cannot stand inside an expression. */
export const STEP_FUNCTIONS = ["xchg", "fetch_add", "cmpxchg"] as const;

export function inferCall(
  checker: Checker,
  call: Call,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const name = call.name.text;
  const symbol = checker.declared.get(name);
  if (symbol?.kind === "def") {
    const definition = checker.definition(symbol);
    if (definition === null) return inferAll(checker, call.arguments, scope);
    return expand(checker, call, definition, scope);
  }
  if (symbol?.kind === "fn" || (symbol === undefined && isStepFunction(name))) {
    return fail(checker, "call-in-expression", call.span, { name });
  }
  if (symbol !== undefined && !isBuiltIn(name)) {
    const params = { name, what: `a ${symbol.kind === "constant" ? "value" : symbol.kind}` };
    return fail(checker, "not-callable", call.name.span, params);
  }
  switch (name) {
    case "size":
    case "min":
    case "max":
      return inferOfSet(checker, call, name, scope);
    case "length":
    case "first":
    case "rest":
    case "append":
      return inferOfSequence(checker, call, name, scope, hint);
    case "held":
    case "holder":
      return inferLockState(checker, call, name, scope);
    case "done": {
      const [argument] = exactly(checker, call, 1) ?? [];
      const process = argument === undefined ? null : checkProcess(checker, argument, scope);
      return process && { kind: "done", ...process, type: BOOL, span: call.span };
    }
    case "taken": {
      const [argument] = exactly(checker, call, 1) ?? [];
      return argument === undefined ? null : inferTaken(checker, argument, scope, call.span);
    }
    default:
      return unknownName(checker, call.name, scope);
  }
}

function isStepFunction(name: string): boolean {
  return STEP_FUNCTIONS.some((known) => known === name);
}

function isBuiltIn(name: string): boolean {
  return [
    "size",
    "min",
    "max",
    "length",
    "first",
    "rest",
    "append",
    "held",
    "holder",
    "done",
    "taken",
  ].includes(name);
}

/** Looks for mistakes in arguments whose callee is wrong already. */
function inferAll(checker: Checker, expressions: readonly Expression[], scope: Scope | null): null {
  for (const expression of expressions) lookInto(checker, expression, scope);
  return null;
}

/** The arguments, if there are as many as wanted. */
export function exactly(
  checker: Checker,
  call: Pick<Call, "name" | "arguments" | "span">,
  count: number,
): readonly Expression[] | null {
  if (call.arguments.length === count) return call.arguments;
  const expected = count === 1 ? "1 argument" : `${count} arguments`;
  const given = call.arguments.length;
  const found = given === 1 ? "1 is" : `${given} are`;
  return fail(checker, "wrong-argument-count", call.span, {
    name: call.name.text,
    expected,
    found,
  });
}

// ---------------------------------------------------------------- defs

/** A copy of a def's body inside one `let` a parameter. */
function expand(
  checker: Checker,
  call: Call,
  definition: Definition,
  scope: Scope | null,
): Expr | null {
  const written = exactly(checker, call, definition.parameters.length);
  if (written === null) return inferAll(checker, call.arguments, scope);
  const values = definition.parameters.map((parameter, index) => {
    const argument = written[index];
    return argument === undefined ? null : check(checker, argument, scope, parameter.type, "value");
  });
  const fresh = new Map<Binder, Binder>();
  for (const parameter of definition.parameters) fresh.set(parameter, { ...parameter });
  checker.copied += definition.size;
  const tooMany = checker.copied > COPY_LIMIT;
  if (definition.size > SIZE_LIMIT || definition.depth > DEPTH_LIMIT || tooMany) {
    return fail(checker, "expression-too-large", call.span, {});
  }
  let body = copy(definition.body, fresh);
  for (const [index, parameter] of [...definition.parameters.entries()].reverse()) {
    const binder = fresh.get(parameter);
    const value = values[index];
    if (!value || binder === undefined) return null;
    body = { kind: "let", binder, value, body, type: body.type, span: call.span };
  }
  return body;
}

/** The expression with binders of its own: binders are told apart by identity. */
function copy(expr: Expr, fresh: Map<Binder, Binder>): Expr {
  if (expr.kind === "bound") {
    const binder = fresh.get(expr.binder);
    return binder === undefined ? expr : { ...expr, binder };
  }
  if ("binder" in expr) {
    const binder = { ...expr.binder };
    fresh.set(expr.binder, binder);
    return { ...mapChildren(expr, (child) => copy(child, fresh)), binder } as Expr;
  }
  return mapChildren(expr, (child) => copy(child, fresh));
}

/** The number of nodes of an expression. */
export function sizeOf(expr: Expr): number {
  return childrenOf(expr).reduce((sum, child) => sum + sizeOf(child), 1);
}

/** How deep the nodes of an expression nest. */
export function depthOf(expr: Expr): number {
  return childrenOf(expr).reduce((depth, child) => Math.max(depth, 1 + depthOf(child)), 1);
}

// ---------------------------------------------------------------- built-in functions

function inferOfSet(
  checker: Checker,
  call: Call,
  name: "size" | "min" | "max",
  scope: Scope | null,
): Expr | null {
  const { span } = call;
  if (name !== "size" && call.arguments.length > 1) {
    const hint = `\`${name}({a, b})\` takes a set`;
    const params = { name, expected: "1 argument", found: `${call.arguments.length} are` };
    return fail(checker, "wrong-argument-count", span, params, { hint });
  }
  const [argument] = exactly(checker, call, 1) ?? [];
  const inferred = argument === undefined ? null : checker.infer(argument, scope, null);
  if (inferred === null) return null;
  const set = plain(inferred);
  if (set.type.kind !== "set") {
    const hint =
      set.type.kind === "sequence" && name === "size" ? "`length(q)` counts a sequence" : null;
    const params = { expected: "a set", found: describeExpr(inferred) };
    return fail(checker, "type-mismatch", set.span, params, { hint });
  }
  const rest = { kind: "builtin", function: name, arguments: [set], span } as const;
  const { of } = set.type;
  if (name === "size") return { ...rest, type: interval(0, cardinality(of)) };
  if (isSymmetric(of)) {
    return fail(checker, "symmetric-misuse", span, { what: `\`${name}\``, type: formatType(of) });
  }
  if (of.kind === "range") return { ...rest, type: of };
  const params = { expected: "a set of numbers", found: describeExpr(set) };
  return fail(checker, "type-mismatch", set.span, params);
}

function inferOfSequence(
  checker: Checker,
  call: Call,
  name: "length" | "first" | "rest" | "append",
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { span } = call;
  const [argument, added] = exactly(checker, call, name === "append" ? 2 : 1) ?? [];
  if (argument === undefined) return null;
  const given = name === "rest" || name === "append" ? hint : null;
  const inferred = checker.infer(argument, scope, given);
  if (inferred === null) return null;
  const sequence = plain(inferred);
  if (sequence.type.kind !== "sequence") {
    const what =
      sequence.type.kind === "set" && name === "length" ? "`size(s)` counts a set" : null;
    const params = { expected: "a sequence", found: describeExpr(inferred) };
    return fail(checker, "type-mismatch", sequence.span, params, { hint: what });
  }
  const { type } = sequence;
  const rest = { kind: "builtin", function: name, span } as const;
  if (name === "append") {
    const element = added === undefined ? null : check(checker, added, scope, type.of, "value");
    return element && { ...rest, arguments: [sequence, element], type };
  }
  const one = { ...rest, arguments: [sequence] };
  if (name === "length") return { ...one, type: interval(0, type.upto) };
  return { ...one, type: name === "first" ? type.of : type };
}

function inferLockState(
  checker: Checker,
  call: Call,
  name: "held" | "holder",
  scope: Scope | null,
): Expr | null {
  const { span } = call;
  const count = name === "held" && call.arguments.length === 2 ? 2 : 1;
  const [written, process] = exactly(checker, call, count) ?? [];
  const lock = written === undefined ? null : checkLock(checker, written, scope);
  const owner = checker.owners();
  const by = process === undefined ? null : checkOwner(checker, process, scope, owner);
  if (lock === null || owner === null || (process !== undefined && by === null)) return null;
  if (name === "held") return { kind: "held", lock, by, type: BOOL, span };
  return { kind: "holder", lock, type: { kind: "option", of: owner }, span };
}

function checkOwner(
  checker: Checker,
  process: Expression,
  scope: Scope | null,
  owner: ProcessType | null,
): Expr | null {
  const expr = checker.infer(process, scope, null);
  return expr === null || owner === null ? null : coerce(checker, expr, owner, "value");
}
