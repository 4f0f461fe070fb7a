// Statements that change something: assignments, local variables, ghosts, costs and locks.

import { didYouMean } from "../../diagnostics/suggest.ts";
import type { Statement } from "../ast.ts";
import type { Local, Place, StmtShape } from "../model.ts";
import { bind } from "../resolve-names.ts";
import { formatType } from "../types.ts";
import { check, checkNumber, describeExpr, lookInto } from "./coerce.ts";
import { checkComputation, stepOf } from "./computations.ts";
import { type Checker, fail, type Scope } from "./context.ts";
import { outcomeFits } from "./operators.ts";
import { checkLock, checkPlace } from "./places.ts";
import { describeType, isSymmetric } from "./relations.ts";
import { CODE, GHOST, type Reading, restrict, restrictLock, restrictPlace } from "./restrict.ts";

type Written<Kind extends Statement["kind"]> = Statement & { readonly kind: Kind };

export function checkAssign(
  checker: Checker,
  statement: Written<"assign">,
  scope: Scope,
): StmtShape | null {
  const { operator } = statement;
  const target = restrictPlace(checker, checkPlace(checker, statement.target, scope), CODE);
  if (target === null) {
    if (stepOf(checker, statement.value, scope) === undefined)
      lookInto(checker, statement.value, scope);
    return null;
  }
  if (target.root.kind === "variable" && target.root.ghost) {
    const params = {
      name: target.root.name,
      what: "a ghost, which only a `ghost` statement sets,",
    };
    return fail(checker, "not-assignable", statement.target.span, params);
  }
  if (operator === ":=") {
    const value = checkComputation(checker, statement.value, scope, target.type, "assign");
    return value && { kind: "assign", target, operator, value, declares: false };
  }
  const value = checkChange(checker, target, statement, scope, CODE);
  if (value === null) return null;
  return {
    kind: "assign",
    target,
    operator,
    value: { kind: "expression", value, span: value.span },
    declares: false,
  };
}

/** The right side of `+=` or `-=`: what comes out must have a chance to fit. */
function checkChange(
  checker: Checker,
  target: Place,
  statement: Written<"assign"> | Written<"ghost">,
  scope: Scope,
  reading: Reading,
): ReturnType<typeof checkNumber> {
  const { type } = target;
  const value = restrict(checker, checkNumber(checker, statement.value, scope), reading);
  if (type.kind !== "range" || type.symmetric) {
    if (isSymmetric(type)) {
      const params = { what: `\`${statement.operator}\``, type: formatType(type) };
      return fail(checker, "symmetric-misuse", statement.target.span, params);
    }
    const params = { expected: "a place that holds a number", found: describeType(type) };
    return fail(checker, "type-mismatch", statement.target.span, params);
  }
  if (value === null) return null;
  const operator = statement.operator === "-=" ? "-" : "+";
  return outcomeFits(checker, type, operator, value.type, statement.span) ? value : null;
}

/** A local variable; `process` names the process at the top of whose body it stands. */
export function checkVar(
  checker: Checker,
  statement: Written<"var">,
  scope: Scope,
  process: string | null,
): StmtShape | null {
  const { name } = statement;
  const known =
    process === null ? undefined : checker.processVariables.get(process)?.get(name.text);
  const type = known === undefined ? checker.typeOf(statement.type) : known.type;
  if (type === null) {
    bind(checker, scope, name, "unusable");
    return null;
  }
  // The initial value is read before the variable exists.
  const value = checkComputation(checker, statement.value, scope, type, "assign");
  const local: Local =
    known?.span === name.span
      ? known
      : {
          kind: "local",
          name: name.text,
          type,
          role: process === null ? "variable" : "top",
          span: name.span,
        };
  bind(checker, scope, name, local);
  if (value === null) return null;
  const target: Place = { root: local, path: [], type, span: name.span };
  return { kind: "assign", target, operator: ":=", value, declares: true };
}

export function checkGhost(
  checker: Checker,
  statement: Written<"ghost">,
  scope: Scope,
): StmtShape | null {
  const { operator } = statement;
  const target = restrictPlace(checker, checkPlace(checker, statement.target, scope), GHOST);
  if (target === null) return null;
  if (target.root.kind !== "variable" || !target.root.ghost) {
    return fail(checker, "not-a-ghost", statement.target.span, { name: target.root.name });
  }
  const value =
    operator === ":="
      ? restrict(checker, check(checker, statement.value, scope, target.type, "assign"), GHOST)
      : checkChange(checker, target, statement, scope, GHOST);
  return value && { kind: "ghost", target, operator, value };
}

export function checkCost(
  checker: Checker,
  statement: Written<"cost">,
  scope: Scope,
): StmtShape | null {
  const { name } = statement;
  const value = restrict(checker, checkNumber(checker, statement.value, scope), CODE);
  const symbol = checker.declared.get(name.text);
  if (symbol?.kind !== "cost") {
    const costs = [...checker.declared.values()].filter((other) => other.kind === "cost");
    const hint = didYouMean(
      name.text,
      costs.map((other) => other.cost.name),
    );
    return fail(checker, "cost-unknown", name.span, { name: name.text }, { hint });
  }
  if (value !== null && value.type.hi < 0) {
    const params = { found: describeExpr(value), expected: "a cost, which is at least 0" };
    return fail(checker, "out-of-range", value.span, params);
  }
  return value && { kind: "cost", cost: symbol.cost, value };
}

// ---------------------------------------------------------------- locks

export function checkLocking(
  checker: Checker,
  statement: Written<"acquire" | "release" | "downgrade">,
  scope: Scope,
): StmtShape | null {
  const lock = restrictLock(checker, checkLock(checker, statement.lock, scope), CODE);
  if (lock === null) return null;
  const forReaders =
    statement.kind === "downgrade" || (statement.kind === "acquire" && statement.read);
  if (forReaders && lock.lock.class !== "rwsem") {
    const what = statement.kind === "downgrade" ? "downgrade" : "acquire … for read";
    const params = { what, lock: lock.lock.name, class: lock.lock.class };
    return fail(checker, "lock-class", statement.lock.span, params);
  }
  if (statement.kind === "acquire") return { kind: "acquire", lock, read: statement.read };
  return { kind: statement.kind, lock };
}
