// Names bound to declarations: one space of names for the whole spec.
//
// A declaration may stand anywhere in the text. A name that is declared twice keeps its first meaning.
// Members of enums live beside this space, since enums may share them; but a member cannot be the name
// of something that has a value, or `x := none` would have two readings.

import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Declaration, Name, SpecFile } from "./ast.ts";
import type { Checker, Declared, DeclaredOf, Lazy } from "./typecheck/context.ts";

/** Checks that a spec makes of itself; no property may take their names. */
export const BUILT_IN_CHECKS: readonly string[] = [
  "deadlock",
  "stuck",
  "lock_use",
  "lock_order",
  "range",
];

/** The symbols of a spec. */
export interface Symbols {
  readonly declared: ReadonlyMap<string, Declared>;
  readonly enumsByMember: ReadonlyMap<string, readonly DeclaredOf<"type">[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Collects the declared names of a spec and reports those that are declared twice. */
export function resolve(file: SpecFile): Symbols {
  const declared = new Map<string, Declared>();
  const diagnostics: Diagnostic[] = [];
  for (const declaration of file.declarations) {
    const symbol = symbolOf(declaration);
    if (symbol === null) continue;
    const { name } = symbol.declaration;
    const first = declared.get(name.text);
    if (first !== undefined) {
      diagnostics.push(duplicate(name, first.declaration.name.span));
      continue;
    }
    if (symbol.kind === "property" && BUILT_IN_CHECKS.includes(name.text)) {
      diagnostics.push(report("reserved-name", name.span, { name: name.text }));
    }
    declared.set(name.text, symbol);
  }
  const enumsByMember = collectMembers(declared, diagnostics);
  return { declared, enumsByMember, diagnostics };
}

function collectMembers(
  declared: ReadonlyMap<string, Declared>,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, readonly DeclaredOf<"type">[]> {
  const enumsByMember = new Map<string, DeclaredOf<"type">[]>();
  for (const symbol of declared.values()) {
    if (symbol.kind !== "type" || symbol.declaration.kind !== "enum") continue;
    const seen = new Map<string, Span>();
    for (const member of symbol.declaration.members) {
      const first = seen.get(member.text);
      if (first !== undefined) {
        diagnostics.push(duplicate(member, first));
        continue;
      }
      seen.set(member.text, member.span);
      const value = declared.get(member.text);
      if (value !== undefined && hasValue(value)) {
        diagnostics.push(duplicate(value.declaration.name, member.span));
      }
      enumsByMember.set(member.text, [...(enumsByMember.get(member.text) ?? []), symbol]);
    }
  }
  return enumsByMember;
}

/** Whether the name alone, or with an index, can stand in an expression. */
function hasValue(symbol: Declared): boolean {
  return ["constant", "variable", "process", "type"].includes(symbol.kind);
}

/** The diagnostic for a name that is taken. */
export function duplicate(name: Name, first: Span): Diagnostic {
  const related = [{ span: first, message: "the first one is here" }];
  return report("duplicate-name", name.span, { name: name.text }, { related });
}

function waiting<T>(): Lazy<T> {
  return { state: "waiting", value: null };
}

function symbolOf(declaration: Declaration): Declared | null {
  switch (declaration.kind) {
    case "param":
    case "const":
      return { kind: "constant", declaration, lazy: waiting() };
    case "type":
    case "enum":
      return { kind: "type", declaration, lazy: waiting() };
    case "var":
      return { kind: "variable", declaration, lazy: waiting() };
    case "lock":
      return { kind: "lock", declaration, lazy: waiting() };
    case "fn":
      return { kind: "fn", declaration, lazy: waiting() };
    case "def":
      return { kind: "def", declaration, lazy: waiting() };
    case "process":
      return { kind: "process", declaration, lazy: waiting() };
    case "action":
      return { kind: "action", declaration, lazy: waiting() };
    case "invariant":
    case "step":
    case "property":
    case "cover":
      return { kind: "property", declaration };
    case "cost": {
      const { name, doc, span } = declaration;
      return { kind: "cost", declaration, cost: { kind: "cost", name: name.text, doc, span } };
    }
    case "assume":
    case "init":
    case "terminal":
    case "observe":
    case "expect":
    case "use":
      return null;
    default:
      return declaration satisfies never;
  }
}

/** What a declared name is, in messages. */
export function describeDeclared(symbol: Declared): string {
  switch (symbol.kind) {
    case "constant":
      return symbol.declaration.kind === "param" ? "a param" : "a const";
    case "variable":
      return symbol.declaration.ghost ? "a ghost" : "a variable";
    case "lock":
      return `a ${symbol.declaration.class}`;
    case "property":
      return symbol.declaration.kind === "invariant"
        ? "an invariant"
        : `a ${symbol.declaration.kind}`;
    case "action":
      return "an action";
    case "type":
    case "fn":
    case "def":
    case "process":
    case "cost":
      return `a ${symbol.kind}`;
    default:
      return symbol satisfies never;
  }
}

/** The declaration of a name of the given kind. */
export function declaredAs<Kind extends Declared["kind"]>(
  checker: Pick<Checker, "declared">,
  name: string,
  kind: Kind,
): DeclaredOf<Kind> | null {
  const symbol = checker.declared.get(name);
  return symbol !== undefined && isKind(symbol, kind) ? symbol : null;
}

function isKind<Kind extends Declared["kind"]>(
  symbol: Declared,
  kind: Kind,
): symbol is DeclaredOf<Kind> {
  return symbol.kind === kind;
}
