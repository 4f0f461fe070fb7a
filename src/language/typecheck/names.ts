// Bare names and fields in expressions: locals, variables, consts, types as sets, processes, members.

import { didYouMean } from "../../diagnostics/suggest.ts";
import type { Expression, Name } from "../ast.ts";
import type { Expr } from "../model.ts";
import { declaredAs, describeDeclared } from "../resolve.ts";
import { lookUp, unknownName } from "../resolve-names.ts";
import type { EnumType, Type } from "../types.ts";
import { describeExpr, plain } from "./coerce.ts";
import { type Checker, enumOf, fail, type Hint, type Scope } from "./context.ts";
import { fieldOf } from "./fields.ts";
import { processOf, processVariable } from "./processes.ts";
import { describeType } from "./relations.ts";

/** What a bare name stands for. */
export function inferName(
  checker: Checker,
  name: Name,
  scope: Scope | null,
  hint: Hint | null,
): Expr | null {
  const { span } = name;
  const bound = lookUp(scope, name.text);
  if (bound === "unusable") return null;
  if (bound?.kind === "local") return { kind: "local", local: bound, type: bound.type, span };
  if (bound?.kind === "binder") return { kind: "bound", binder: bound, type: bound.type, span };

  const symbol = checker.declared.get(name.text);
  switch (symbol?.kind) {
    case "constant": {
      const constant = checker.constant(symbol);
      return constant && { kind: "constant", constant, type: constant.type, span };
    }
    case "variable": {
      const variable = checker.variable(symbol);
      return variable && { kind: "variable", variable, type: variable.type, span };
    }
    case "type": {
      const type = checker.type(symbol);
      return type && typeSet(type, span);
    }
    case "process": {
      const process = processOf(checker, { kind: "name", name, span }, scope);
      const members = checker.owners();
      if (!process || members === null) return null;
      return { kind: "instance", ...process, members, type: members, span };
    }
    default:
      break;
  }
  const member = inferMember(checker, name, hint);
  if (member !== undefined) return member;
  if (symbol !== undefined) {
    return fail(checker, "no-value", span, { name: name.text, what: describeDeclared(symbol) });
  }
  if (name.text === "bool") return typeSet({ kind: "bool" }, span);
  return unknownName(checker, name, scope);
}

function typeSet(type: Type, span: Name["span"]): Expr {
  return { kind: "type-set", of: type, type: { kind: "set", of: type }, span };
}

/** The enum member that a name stands for; undefined if it is none. */
function inferMember(checker: Checker, name: Name, hint: Hint | null): Expr | null | undefined {
  const { span } = name;
  const expected = enumOf(hint?.type);
  const literal = (type: EnumType): Expr => ({ kind: "literal", value: name.text, type, span });
  if (expected?.members.includes(name.text)) {
    if (!expected.symmetric) return literal(expected);
    const what = `the member \`${name.text}\``;
    return fail(checker, "symmetric-misuse", span, { what, type: expected.name });
  }
  const enums = checker.enumsByMember.get(name.text);
  const [only, ...others] = enums ?? [];
  if (only === undefined) {
    if (expected === null || checker.declared.has(name.text)) return undefined;
    const didYou = didYouMean(name.text, [...expected.members, ...checker.declared.keys()]);
    return fail(checker, "unknown-name", span, { name: name.text }, { hint: didYou });
  }
  if (others.length > 0) {
    if (expected !== null) {
      const params = { enum: expected.name, member: name.text };
      return fail(checker, "unknown-member", span, params, {
        hint: didYouMean(name.text, expected.members),
      });
    }
    const names = [only, ...others]
      .map((symbol) => `\`${symbol.declaration.name.text}\``)
      .join(", ");
    return fail(checker, "ambiguous-member", span, { member: name.text, enums: names });
  }
  const type = checker.type(only);
  return type?.kind === "enum" ? literal(type) : null;
}

/** `Pte.none`, `p.x`, `r.f`. */
export function inferField(
  checker: Checker,
  expression: Expression & { readonly kind: "field" },
  scope: Scope | null,
): Expr | null {
  const { base, field, span } = expression;
  const qualified = qualifiedMember(checker, base, field, span, scope);
  if (qualified !== undefined) return qualified;
  const process = processOf(checker, base, scope);
  if (process !== undefined)
    return process === null ? null : processVariable(checker, process, field, span);

  const inferred = checker.infer(base, scope, null);
  if (inferred === null) return null;
  const record = plain(inferred);
  if (record.type.kind !== "record") {
    return fail(checker, "type-mismatch", base.span, {
      expected: "a record",
      found: describeExpr(inferred),
    });
  }
  const found = fieldOf(checker, record.type, field);
  return found && { kind: "field", base: record, field: field.text, type: found.type, span };
}

/** `E.m` for an enum `E`; undefined if the base is no type. */
function qualifiedMember(
  checker: Checker,
  base: Expression,
  member: Name,
  span: Name["span"],
  scope: Scope | null,
): Expr | null | undefined {
  if (base.kind !== "name" || lookUp(scope, base.name.text) !== null) return undefined;
  const symbol = declaredAs(checker, base.name.text, "type");
  if (symbol === null) return undefined;
  const type = checker.type(symbol);
  if (type === null) return null;
  if (type.kind !== "enum") {
    return fail(checker, "type-mismatch", base.span, {
      expected: "an enum",
      found: describeType(type),
    });
  }
  if (!type.members.includes(member.text)) {
    const params = { enum: base.name.text, member: member.text };
    return fail(checker, "unknown-member", member.span, params, {
      hint: didYouMean(member.text, type.members),
    });
  }
  if (type.symmetric) {
    return fail(checker, "symmetric-misuse", span, {
      what: `the member \`${member.text}\``,
      type: type.name,
    });
  }
  return { kind: "literal", value: member.text, type, span };
}
