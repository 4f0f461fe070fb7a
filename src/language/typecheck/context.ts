// What the parts of the type checker share: the symbols, the diagnostics, and each other, bound late.
//
// Expressions, types, constants and declarations need one another (a type's bounds are expressions, an
// expression names types and consts). So that no two files import each other, the functions that close
// these circles hang on the Checker; typecheck.ts puts it together.
//
// A null where an expression or type is wanted means: something is wrong and has been reported already.

import type { DiagnosticCode } from "../../diagnostics/catalogue.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { type ReportExtras, type ReportParams, report } from "../../diagnostics/report.ts";
import type { Span } from "../../diagnostics/source.ts";
import type {
  ActionDeclaration,
  ConstDeclaration,
  DefDeclaration,
  EnumDeclaration,
  Expression,
  FunctionDeclaration,
  LockDeclaration,
  Name,
  ParamDeclaration,
  ProcessDeclaration,
  PropertyDeclaration,
  TypeDeclaration,
  TypeExpression,
  VarDeclaration,
} from "../ast.ts";
import type {
  Action,
  Binder,
  Constant,
  Cost,
  Expr,
  Local,
  Lock,
  Procedure,
  Process,
  Variable,
} from "../model.ts";
import type { EnumType, ProcessType, Type, Value } from "../types.ts";

/** An object that is made before what it holds is known (bodies, initial values) and completed once. */
export type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** A `def` whose body is checked once; each use gets a copy with binders of its own. */
export interface Definition {
  readonly name: string;
  readonly parameters: readonly Binder[];
  readonly result: Type;
  readonly body: Expr;
  /** Nodes of the body and how deep they nest, what it calls included: copies must not grow without bound. */
  readonly size: number;
  readonly depth: number;
}

/** A result that is worked out when it is first asked for. */
export interface Lazy<T> {
  state: "waiting" | "working" | "ready";
  value: T | null;
}

/** A declared name of the spec. Fns, processes, actions and variables are here as headers: their bodies come later. */
export type Declared =
  | {
      readonly kind: "constant";
      readonly declaration: ParamDeclaration | ConstDeclaration;
      readonly lazy: Lazy<Constant>;
    }
  | {
      readonly kind: "type";
      readonly declaration: TypeDeclaration | EnumDeclaration;
      readonly lazy: Lazy<Type>;
    }
  | {
      readonly kind: "variable";
      readonly declaration: VarDeclaration;
      readonly lazy: Lazy<Draft<Variable>>;
    }
  | { readonly kind: "lock"; readonly declaration: LockDeclaration; readonly lazy: Lazy<Lock> }
  | {
      readonly kind: "fn";
      readonly declaration: FunctionDeclaration;
      readonly lazy: Lazy<Draft<Procedure>>;
    }
  | { readonly kind: "def"; readonly declaration: DefDeclaration; readonly lazy: Lazy<Definition> }
  | {
      readonly kind: "process";
      readonly declaration: ProcessDeclaration;
      readonly lazy: Lazy<Draft<Process>>;
    }
  | {
      readonly kind: "action";
      readonly declaration: ActionDeclaration;
      readonly lazy: Lazy<Draft<Action>>;
    }
  | { readonly kind: "property"; readonly declaration: PropertyDeclaration }
  | { readonly kind: "cost"; readonly declaration: { readonly name: Name }; readonly cost: Cost };

export type DeclaredOf<Kind extends Declared["kind"]> = Declared & { readonly kind: Kind };

/** What is known of the type that an expression should have. A strict hint must be met, a soft one only helps to resolve names. */
export interface Hint {
  readonly type: Type;
  readonly strict: boolean;
}

/** The names of a block or binder; those of the spec itself are in `Checker.declared`. */
export interface Scope {
  readonly parent: Scope | null;
  readonly names: Map<string, Bound>;
}

/** What a name of a scope stands for; `unusable` if what would say so is wrong, which has been reported. */
export type Bound = Local | Binder | "unusable";

export interface Checker {
  readonly settings: ReadonlyMap<string, string | Value>;
  readonly diagnostics: Diagnostic[];
  readonly declared: ReadonlyMap<string, Declared>;
  /** The enums that have a member of this name, in the order of the text. */
  readonly enumsByMember: ReadonlyMap<string, readonly DeclaredOf<"type">[]>;
  /** The `var`s directly at the top of each process's body, by process name. */
  readonly processVariables: Map<string, Map<string, Local>>;
  /** Names of what is being worked out, outermost first: a cycle comes back to one of them. */
  readonly trail: string[];
  /** Nodes that copies of defs have made so far. */
  copied: number;

  readonly infer: (expression: Expression, scope: Scope | null, hint: Hint | null) => Expr | null;
  readonly typeOf: (type: TypeExpression) => Type | null;
  readonly constant: (symbol: DeclaredOf<"constant">) => Constant | null;
  readonly type: (symbol: DeclaredOf<"type">) => Type | null;
  readonly variable: (symbol: DeclaredOf<"variable">) => Variable | null;
  readonly lock: (symbol: DeclaredOf<"lock">) => Lock | null;
  readonly procedure: (symbol: DeclaredOf<"fn">) => Procedure | null;
  readonly definition: (symbol: DeclaredOf<"def">) => Definition | null;
  readonly process: (symbol: DeclaredOf<"process">) => Process | null;
  readonly action: (symbol: DeclaredOf<"action">) => Action | null;
  /** The type of lock owners: all process instances. */
  readonly owners: () => ProcessType | null;
}

/** Most names that are worked out inside each other. */
const TRAIL_LIMIT = 100;

/** Reports an error and gives the null that stands for "already reported". */
export function fail<Code extends DiagnosticCode>(
  checker: Checker,
  code: Code,
  span: Span | null,
  params: ReportParams<Code>,
  extras: ReportExtras = {},
): null {
  checker.diagnostics.push(report(code, span, params, extras));
  return null;
}

/** The enum that a type is, seen through an option. */
export function enumOf(type: Type | undefined): EnumType | null {
  if (type === undefined) return null;
  const inner = type.kind === "option" ? type.of : type;
  return inner.kind === "enum" ? inner : null;
}

/**
 * What a lazy result holds, working it out at the first call. Coming back to a name that is still being
 * worked out is a definition by itself, which has no value.
 */
export function demand<T>(
  checker: Checker,
  name: Name,
  lazy: Lazy<T>,
  compute: () => T | null,
): T | null {
  if (lazy.state === "ready") return lazy.value;
  if (lazy.state === "working") {
    const start = checker.trail.lastIndexOf(name.text);
    const cycle = [...checker.trail.slice(start), name.text].join(" -> ");
    return fail(checker, "recursive-definition", name.span, { name: name.text, cycle });
  }
  if (checker.trail.length >= TRAIL_LIMIT) {
    return fail(checker, "definition-too-deep", name.span, { name: name.text, limit: TRAIL_LIMIT });
  }
  lazy.state = "working";
  checker.trail.push(name.text);
  lazy.value = compute();
  checker.trail.pop();
  lazy.state = "ready";
  return lazy.value;
}
