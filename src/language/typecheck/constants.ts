// Params, consts and assumptions: what has one value for the whole run.

import type { Span } from "../../diagnostics/source.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { ConstDeclaration, Expression, ParamDeclaration, TypeExpression } from "../ast.ts";
import type { Constant } from "../model.ts";
import { formatType, type Type, type Value } from "../types.ts";
import { fitsType, formatValue, sortedSet } from "../values.ts";
import { check, checkBool } from "./coerce.ts";
import { type Checker, type DeclaredOf, fail } from "./context.ts";
import { describeType, isSymmetric, symmetricWithin } from "./relations.ts";
import { restrict } from "./restrict.ts";
import { constantValue } from "./types.ts";

/** The value of a `--set` text as a value of the type; undefined if it is none. */
export function parseSetting(text: string, type: Type): Value | undefined {
  const word = text.trim();
  const value = parseValue(word, type);
  return value !== undefined && fitsType(value, type) ? value : undefined;
}

function parseValue(word: string, type: Type): Value | undefined {
  switch (type.kind) {
    case "bool":
      return word === "true" ? true : word === "false" ? false : undefined;
    case "range":
      return /^-?\d{1,10}$/.test(word) ? Number(word) + 0 : undefined;
    case "enum":
      return word.startsWith(`${type.name}.`) ? word.slice(type.name.length + 1) : word;
    case "option":
      return word === "null" ? null : parseValue(word, type.of);
    case "set": {
      const elements = parseList(word, "{", "}", type.of);
      return elements && sortedSet(elements, type.of);
    }
    case "sequence":
      return parseList(word, "[", "]", type.of);
    case "record":
    case "array":
    case "process":
      return undefined;
    default:
      return type satisfies never;
  }
}

/** `{a, b}` or `[a, b]` of values without commas of their own. */
function parseList(
  word: string,
  open: string,
  close: string,
  of: Type,
): readonly Value[] | undefined {
  if (!word.startsWith(open) || !word.endsWith(close)) return undefined;
  const inner = word.slice(1, -1).trim();
  if (inner === "") return [];
  const values = inner.split(",").map((element) => parseSetting(element, of));
  const found = values.filter((value) => value !== undefined);
  return found.length === values.length ? found : undefined;
}

/** A param or const with its value in this run: for a param the one that was set, else its default. */
export function declareConstant(
  checker: Checker,
  declaration: ParamDeclaration | ConstDeclaration,
): Constant | null {
  const isParameter = declaration.kind === "param";
  const { name, doc, span } = declaration;
  const type = checker.typeOf(declaration.type);
  if (type === null) return null;
  // A const of a type that only holds such values is made of all of them alike; a param could be set to some.
  const symmetric = isSymmetric(type) || isParameter ? symmetricWithin(type) : null;
  if (symmetric !== null) {
    const params = { what: `a ${declaration.kind}`, type: formatType(symmetric) };
    return fail(checker, "symmetric-misuse", declaration.type.span, params);
  }
  const setting = isParameter ? checker.settings.get(name.text) : undefined;
  const value =
    setting === undefined
      ? initialValue(checker, declaration, type)
      : settingValue(checker, declaration, type, setting);
  if (value === undefined) return null;
  const isSet = setting !== undefined;
  return { kind: "constant", name: name.text, type, value, isParameter, isSet, doc, span };
}

function initialValue(
  checker: Checker,
  { kind, name, value: expression }: ParamDeclaration | ConstDeclaration,
  type: Type,
): Value | undefined {
  const what = kind === "param" ? "the default of a param" : "the value of a const";
  const inferred = checker.infer(expression, null, { type, strict: true });
  if (
    inferred?.type.kind === "range" &&
    type.kind === "range" &&
    !type.symmetric &&
    kind === "param"
  ) {
    // A default is judged as any other value of the param, so that its code says so too.
    const number = restrict(checker, inferred, { kind: "constant", what });
    const value = number === null ? undefined : constantValue(checker, number, what);
    if (value === undefined || fitsType(value, type)) return value;
    const params = {
      name: name.text,
      value: formatValue(value, type),
      expected: describeType(type),
    };
    fail(checker, "parameter-out-of-range", expression.span, params);
    return undefined;
  }
  const expr = inferred && check(checker, expression, null, type, "value");
  const constant = restrict(checker, expr, { kind: "constant", what });
  return constant === null ? undefined : constantValue(checker, constant, what);
}

function settingValue(
  checker: Checker,
  declaration: ParamDeclaration | ConstDeclaration,
  type: Type,
  setting: string | Value,
): Value | undefined {
  const { name } = declaration;
  const value = typeof setting === "string" ? parseSetting(setting, type) : setting;
  if (value !== undefined && fitsType(value, type)) return value;
  const shown = typeof setting === "string" ? setting : formatValue(setting, type);
  const params = { name: name.text, value: shown, expected: describeType(type) };
  fail(checker, "parameter-out-of-range", name.span, params);
  // The rest is judged with the default, so that the one mistake is the one thing said.
  return initialValue(checker, declaration, type);
}

/** Reports settings of names that are no params. */
export function checkSettings(checker: Checker): void {
  for (const name of checker.settings.keys()) {
    if (parameterNamed(checker, name) === null) failNoParameter(checker, name, null);
  }
}

/** Reports a name that is none of a param, with what params there are. */
export function failNoParameter(checker: Checker, name: string, span: Span | null): null {
  const known = [...checker.declared.keys()].filter((other) => parameterNamed(checker, other));
  const list = known.length > 0 ? `its params are ${known.join(", ")}` : "it has no params";
  const hint = didYouMean(name, known) ?? list;
  return fail(checker, "parameter-unknown", span, { name }, { hint });
}

/** The param of a name. */
export function parameterNamed(checker: Checker, name: string): DeclaredOf<"constant"> | null {
  const symbol = checker.declared.get(name);
  return symbol?.kind === "constant" && symbol.declaration.kind === "param" ? symbol : null;
}

/** Checks an `assume` against the values of this run. */
export function checkAssumption(checker: Checker, condition: Expression): void {
  const what = "an assumption";
  const expr = restrict(checker, checkBool(checker, condition, null), { kind: "constant", what });
  if (expr === null || constantValue(checker, expr, what) !== false) return;
  const params: string[] = [];
  for (const symbol of checker.declared.values()) {
    if (symbol.kind !== "constant" || symbol.declaration.kind !== "param") continue;
    const constant = checker.constant(symbol);
    if (constant === null) return;
    params.push(`${constant.name} = ${formatValue(constant.value, constant.type)}`);
  }
  const values = params.length === 0 ? "these consts" : params.join(", ");
  fail(checker, "assume-broken", condition.span, { params: values });
}

/** Whether a type is the same whatever values the params have: it names nothing. */
export function isFixedType(type: TypeExpression): boolean {
  switch (type.kind) {
    case "bool":
      return true;
    case "range":
      return [type.lo, type.hi].every(
        (bound) => bound.kind === "integer" || bound.kind === "unary",
      );
    default:
      return false;
  }
}
