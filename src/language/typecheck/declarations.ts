// Declarations: headers that others refer to, made on demand, and the initial values of variables.

import type {
  ActionDeclaration,
  DefDeclaration,
  FunctionDeclaration,
  LockDeclaration,
  Parameter,
  ProcessDeclaration,
  VarDeclaration,
} from "../ast.ts";
import { someNode } from "../expressions.ts";
import type {
  Action,
  Binder,
  Body,
  Expr,
  Instance,
  Local,
  Lock,
  Procedure,
  Process,
  Variable,
} from "../model.ts";
import { bind, innerScope } from "../resolve-names.ts";
import { type Type, type Value, valuesOf } from "../types.ts";
import { formatValue, listOf } from "../values.ts";
import { depthOf, sizeOf } from "./calls.ts";
import { check, coerce } from "./coerce.ts";
import { inferDomain } from "./collections.ts";
import { type Checker, type Definition, type Draft, fail, type Scope } from "./context.ts";
import { bitsOf, describeType, isKey, relate, SET_LIMIT, STATE_BITS_LIMIT } from "./relations.ts";
import { restrict } from "./restrict.ts";
import { constantValue, enumerable, keyType, tooLarge } from "./types.ts";

// ---------------------------------------------------------------- variables and locks

/** A variable with its type; the initial value is filled in by `completeVariable`. */
export function declareVariable(
  checker: Checker,
  declaration: VarDeclaration,
): Draft<Variable> | null {
  const { name, ghost, doc, span } = declaration;
  const elementType = checker.typeOf(declaration.type);
  const keyTypes = declaration.keys.map((key) => keyType(checker, key.type));
  const keys: { binder: Binder; type: Type }[] = [];
  for (const [position, key] of declaration.keys.entries()) {
    const type = keyTypes[position];
    if (!type) continue;
    const named = key.binder ?? { text: `_${position + 1}`, span: key.type.span };
    keys.push({ binder: { kind: "binder", name: named.text, type, span: named.span }, type });
  }
  if (elementType === null || keys.length < declaration.keys.length) return null;
  const type = keys.reduceRight<Type>(
    (of, key) => ({ kind: "array", key: key.type, of }),
    elementType,
  );
  if (bitsOf(type) > STATE_BITS_LIMIT) return tooLarge(checker, describeType(type), name.span);
  const initial = { kind: "value", value: unknown(declaration, elementType) } as const;
  return { kind: "variable", name: name.text, type, ghost, keys, elementType, initial, doc, span };
}

/** Stands where an initial value is not known yet. */
function unknown({ span }: VarDeclaration, type: Type): Expr {
  return { kind: "literal", value: null, type, span };
}

/** Checks the initial value of a variable, which may read the variables in `above`. */
export function completeVariable(
  checker: Checker,
  declaration: VarDeclaration,
  variable: Draft<Variable> | null,
  above: ReadonlySet<string>,
): void {
  const scope = innerScope(null);
  for (const [position, key] of declaration.keys.entries()) {
    if (key.binder !== null)
      bind(checker, scope, key.binder, variable?.keys[position]?.binder ?? "unusable");
  }
  const { kind, value } = declaration.initial;
  if (variable === null) return;
  const { elementType: type } = variable;
  const expr =
    kind === "value"
      ? check(checker, value, scope, type, "value")
      : initialSet(checker, value, scope, type);
  const initial = restrict(checker, expr, { kind: "initial", ghost: declaration.ghost });
  if (initial === null) return;
  someNode(initial, (node) => {
    if (node.kind !== "variable" || above.has(node.variable.name)) return false;
    const params = { name: node.variable.name, variable: variable.name };
    const related = [
      { span: node.variable.span, message: `\`${node.variable.name}\` is declared here` },
    ];
    fail(checker, "read-before-declaration", node.span, params, { related });
    return true;
  });
  variable.initial = { kind, value: initial };
}

/** `var x: T in S`: a set of values that fit `T`; a walked interval or type is not built, so it must fit as it is. */
function initialSet(
  checker: Checker,
  expression: VarDeclaration["initial"]["value"],
  scope: Scope,
  type: Type,
): Expr | null {
  const wanted: Type = { kind: "set", of: type };
  const set = inferDomain(checker, expression, scope, { type: wanted, strict: true });
  if (set === null) return null;
  const walked = set.kind === "interval" || set.kind === "type-set";
  const relation = relate(set.type.of, type);
  if (!walked || relation === "unlike") return coerce(checker, set, wanted, "value");
  if (relation === "equal" || relation === "fits") return set;
  const params = { found: describeType(set.type.of), expected: describeType(type) };
  return fail(checker, "out-of-range", set.span, params);
}

export function declareLock(checker: Checker, declaration: LockDeclaration): Lock | null {
  const keys = declaration.keys.map((key) => keyType(checker, key));
  const found = keys.filter((key) => key !== null);
  if (found.length < keys.length) return null;
  const { name, doc, span } = declaration;
  return { kind: "lock", name: name.text, class: declaration.class, keys: found, doc, span };
}

// ---------------------------------------------------------------- defs

/** A def with its body checked once, for parameters of the declared types. */
export function declareDefinition(
  checker: Checker,
  declaration: DefDeclaration,
): Definition | null {
  const result = checker.typeOf(declaration.result);
  const scope = innerScope(null);
  const parameters: Binder[] = [];
  for (const { name, type: written, reference, span } of declaration.parameters) {
    if (reference) fail(checker, "reference-parameter", span, { kind: "a def" });
    const type = checker.typeOf(written);
    const binder: Binder | null = type && {
      kind: "binder",
      name: name.text,
      type,
      span: name.span,
    };
    if (binder !== null) parameters.push(binder);
    bind(checker, scope, name, binder ?? "unusable");
  }
  const body =
    result === null
      ? checker.infer(declaration.body, scope, null)
      : check(checker, declaration.body, scope, result, "value");
  if (body === null || result === null || parameters.length < declaration.parameters.length)
    return null;
  return {
    name: declaration.name.text,
    parameters,
    result,
    body,
    size: sizeOf(body),
    depth: depthOf(body),
  };
}

// ---------------------------------------------------------------- code

/** Stands where a body is not known yet. */
function emptyBody({ span }: { readonly span: Body["span"] }): Body {
  return { statements: [], endLabels: [], span };
}

function declareParameters(
  checker: Checker,
  parameters: readonly Parameter[],
  refuseReference: string | null,
): readonly Local[] | null {
  const locals: Local[] = [];
  for (const { name, type: written, reference, span } of parameters) {
    const type = checker.typeOf(written);
    if (reference && refuseReference !== null) {
      fail(checker, "reference-parameter", span, { kind: refuseReference });
    }
    const role = reference ? "reference" : "parameter";
    if (type !== null) locals.push({ kind: "local", name: name.text, type, role, span: name.span });
  }
  return locals.length === parameters.length ? locals : null;
}

/** The scope of a body, with its parameters. */
export function parameterScope(
  checker: Checker,
  written: readonly Parameter[],
  parameters: readonly Local[] | null,
): Scope {
  const scope = innerScope(null);
  for (const { name } of written) {
    bind(checker, scope, name, parameters?.find((local) => local.span === name.span) ?? "unusable");
  }
  return scope;
}

export function declareProcedure(
  checker: Checker,
  declaration: FunctionDeclaration,
): Draft<Procedure> | null {
  const parameters = declareParameters(checker, declaration.parameters, null);
  const result = declaration.result && checker.typeOf(declaration.result);
  if (parameters === null || (declaration.result !== null && result === null)) return null;
  const { name, doc, span } = declaration;
  const body = emptyBody(declaration.body);
  return { kind: "fn", name: name.text, parameters, result, contract: null, body, doc, span };
}

export function declareAction(
  checker: Checker,
  declaration: ActionDeclaration,
): Draft<Action> | null {
  const { name, doc, span, fairness } = declaration;
  if (fairness !== "none") fail(checker, "not-yet-supported", name.span, { what: "`fair action`" });
  const parameters = declareParameters(checker, declaration.parameters, "an action");
  if (parameters === null) return null;
  for (const { type, span: at } of parameters) if (!enumerable(checker, type, at)) return null;
  const body = emptyBody(declaration.body);
  return { kind: "action", name: name.text, parameters, when: null, body, doc, span };
}

export function declareProcess(
  checker: Checker,
  declaration: ProcessDeclaration,
): Draft<Process> | null {
  const { name, daemon, doc, span, fairness } = declaration;
  if (fairness !== "none") {
    const what = fairness === "weak" ? "`fair process`" : "`strongly fair process`";
    fail(checker, "not-yet-supported", name.span, { what });
  }
  const index = declaration.index === null ? null : processIndex(checker, declaration.index);
  if (declaration.index !== null && index === null) return null;
  const body = emptyBody(declaration.body);
  return { kind: "process", name: name.text, daemon, index, body, doc, span };
}

function processIndex(
  checker: Checker,
  { name, domain }: NonNullable<ProcessDeclaration["index"]>,
): Process["index"] {
  const found =
    domain.kind === "type"
      ? typeValues(keyType(checker, domain.type))
      : setValues(checker, domain.set);
  if (found === null) return null;
  if (found.values.length > SET_LIMIT) {
    return tooLarge(checker, `a process with ${found.values.length} instances`, name.span);
  }
  const local: Local = {
    kind: "local",
    name: name.text,
    type: found.type,
    role: "index",
    span: name.span,
  };
  return { local, values: found.values };
}

interface Domain {
  readonly type: Type;
  readonly values: readonly Value[];
}

function typeValues(type: Type | null): Domain | null {
  return type && { type, values: [...valuesOf(type)] };
}

function setValues(checker: Checker, expression: Parameters<Checker["infer"]>[0]): Domain | null {
  const what = "the instances of a process";
  const set = restrict(checker, inferDomain(checker, expression, null, null), {
    kind: "constant",
    what,
  });
  if (set === null) return null;
  const type = set.type.of;
  if (!isKey(type))
    return fail(checker, "array-key-type", expression.span, { type: describeType(type) });
  const value = constantValue(checker, set, what);
  return value === undefined ? null : { type, values: listOf(value) };
}

/** All process instances, in the order of successors. */
export function instancesOf(processes: readonly Process[]): readonly Instance[] {
  const instances: Instance[] = [];
  for (const process of processes) {
    const { index, name } = process;
    if (index === null) instances.push({ id: instances.length, process, index: null, name });
    else {
      for (const value of index.values) {
        const shown = `${name}[${formatValue(value, index.local.type)}]`;
        instances.push({ id: instances.length, process, index: value, name: shown });
      }
    }
  }
  return instances;
}
