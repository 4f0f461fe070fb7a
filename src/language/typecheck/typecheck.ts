// Typechecks a spec: from the tree as written, patched and complete, to the typed Model.
//
// Takes one SpecFile and the values of params that were set. Declarations need one another in any
// order, so headers (types, consts, what a fn takes and gives) are made when they are first asked for;
// bodies, initial values and properties follow in the order of the text, when every header can be had.
// Whatever is wrong is reported once, at its place, and leaves a null that later checks pass over in
// silence, so one run reports every mistake. The Model comes out only if there was none: it is total,
// and no later pass has to doubt it.

import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Source } from "../../diagnostics/source.ts";
import type { Name, PropertyDeclaration, SpecFile } from "../ast.ts";
import { declaredIn } from "../declared.ts";
import type { Expectation, Expr, Model, Property } from "../model.ts";
import { resolve } from "../resolve.ts";
import { statementsOf } from "../resolve-labels.ts";
import type { ProcessType, Value } from "../types.ts";
import {
  completeAction,
  completeProcedure,
  completeProcess,
  declareProcessVariables,
  refuseRecursion,
  warnUnused,
} from "./code.ts";
import { checkBool } from "./coerce.ts";
import { checkAssumption, checkSettings, declareConstant } from "./constants.ts";
import {
  type Checker,
  type Declared,
  type DeclaredOf,
  demand,
  fail,
  type Lazy,
} from "./context.ts";
import {
  completeVariable,
  declareAction,
  declareDefinition,
  declareLock,
  declareProcedure,
  declareProcess,
  declareVariable,
  instancesOf,
} from "./declarations.ts";
import { checkExpectation, checkObserved, collectAssertions } from "./expectations.ts";
import { infer } from "./expressions.ts";
import { bitsOf, STATE_BITS_LIMIT } from "./relations.ts";
import { restrict } from "./restrict.ts";
import { declareType, resolveType, tooLarge } from "./types.ts";

/** Deepest nesting of expressions, that of the consts and defs on the way included. */
const DEPTH_LIMIT = 1200;

/** The typed Model of a spec, with the given values for its params; null if anything is wrong. */
export function typecheck(
  file: SpecFile,
  settings: ReadonlyMap<string, string | Value>,
): { readonly value: Model | null; readonly diagnostics: readonly Diagnostic[] } {
  const checker = createChecker(file, settings);
  checkSettings(checker);
  refuseRecursion(checker);
  const model = assemble(checker, file);
  const failed = checker.diagnostics.some((diagnostic) => diagnostic.severity === "error");
  if (!failed) warnUnused(checker, file.source);
  const diagnostics = inOrder(checker.diagnostics, file);
  if (model === null && !failed) throw new Error("a declaration failed without a diagnostic");
  return { value: failed ? null : model, diagnostics };
}

/** The Checker with the functions that the parts of the type checker call each other by. */
function createChecker(file: SpecFile, settings: Checker["settings"]): Checker {
  const { declared, enumsByMember, diagnostics } = resolve(file);
  let owners: ProcessType | null = null;
  let depth = 0;
  const checker: Checker = {
    settings,
    diagnostics: [...diagnostics],
    declared,
    enumsByMember,
    processVariables: new Map(),
    trail: [],
    copied: 0,
    infer: (expression, scope, hint) => {
      if (depth >= DEPTH_LIMIT) return fail(checker, "expression-too-large", expression.span, {});
      depth += 1;
      const expr = infer(checker, expression, scope, hint);
      depth -= 1;
      return expr;
    },
    typeOf: (type) => resolveType(checker, type),
    constant: (symbol) => force(checker, symbol, declareConstant),
    type: (symbol) => force(checker, symbol, declareType),
    variable: (symbol) => force(checker, symbol, declareVariable),
    lock: (symbol) => force(checker, symbol, declareLock),
    procedure: (symbol) => force(checker, symbol, declareProcedure),
    definition: (symbol) => force(checker, symbol, declareDefinition),
    process: (symbol) => force(checker, symbol, declareProcess),
    action: (symbol) => force(checker, symbol, declareAction),
    owners: () => {
      owners ??= ownersOf(checker);
      return owners;
    },
  };
  return checker;
}

/** The header of a declared name, made at the first call. */
function force<D extends { readonly name: Name }, T>(
  checker: Checker,
  symbol: { readonly declaration: D; readonly lazy: Lazy<T> },
  declare: (checker: Checker, declaration: D) => T | null,
): T | null {
  const { declaration, lazy } = symbol;
  return demand(checker, declaration.name, lazy, () => declare(checker, declaration));
}

function ownersOf(checker: Checker): ProcessType | null {
  const processes = valuesOfKind(checker, "process", checker.process);
  return processes && { kind: "process", members: instancesOf(processes).map(({ name }) => name) };
}

/** The declarations of a kind, in the order of the text. */
function ofKind<Kind extends Declared["kind"]>(
  checker: Checker,
  kind: Kind,
): readonly DeclaredOf<Kind>[] {
  const found: DeclaredOf<Kind>[] = [];
  for (const symbol of checker.declared.values()) if (isOfKind(symbol, kind)) found.push(symbol);
  return found;
}

function isOfKind<Kind extends Declared["kind"]>(
  symbol: Declared,
  kind: Kind,
): symbol is DeclaredOf<Kind> {
  return symbol.kind === kind;
}

/** What the declarations of a kind stand for; null if one of them is wrong. */
function valuesOfKind<Kind extends Declared["kind"], T>(
  checker: Checker,
  kind: Kind,
  value: (symbol: DeclaredOf<Kind>) => T | null,
): readonly T[] | null {
  const values = ofKind(checker, kind).map(value);
  const found = values.filter((each): each is NonNullable<Awaited<T>> & T => each !== null);
  return found.length === values.length ? found : null;
}

// ---------------------------------------------------------------- bodies

/** Fills in what headers leave open: initial values, in the order of the text, then code. */
function completeAll(checker: Checker): void {
  for (const symbol of ofKind(checker, "process"))
    declareProcessVariables(checker, symbol.declaration);
  const above = new Set<string>();
  let bits = 0;
  for (const symbol of ofKind(checker, "variable")) {
    const variable = checker.variable(symbol);
    completeVariable(checker, symbol.declaration, symbol.lazy.value, above);
    above.add(symbol.declaration.name.text);
    const before = bits;
    bits += variable === null ? 0 : bitsOf(variable.type);
    if (before <= STATE_BITS_LIMIT && bits > STATE_BITS_LIMIT) {
      tooLarge(checker, "all variables together", symbol.declaration.name.span);
    }
  }
  for (const symbol of ofKind(checker, "fn")) {
    checker.procedure(symbol);
    completeProcedure(checker, symbol.declaration, symbol.lazy.value);
  }
  for (const symbol of ofKind(checker, "process")) {
    checker.process(symbol);
    completeProcess(checker, symbol.declaration, symbol.lazy.value);
  }
  for (const symbol of ofKind(checker, "action")) {
    checker.action(symbol);
    completeAction(checker, symbol.declaration, symbol.lazy.value);
  }
  for (const symbol of ofKind(checker, "def")) checker.definition(symbol);
}

function checkProperty(checker: Checker, declaration: PropertyDeclaration): Property | null {
  const { kind, name, doc, span } = declaration;
  if (kind === "property") {
    return fail(checker, "not-yet-supported", declaration.condition.span, {
      what: "a temporal property",
    });
  }
  const reading = { kind: kind === "step" ? "step" : "state" } as const;
  const condition = restrict(checker, checkBool(checker, declaration.condition, null), reading);
  return condition && { kind, name: name.text, condition, doc, span };
}

// ---------------------------------------------------------------- the Model

/** The parts of a Model that have no name: conditions and expectations. */
interface Unnamed {
  readonly initConditions: readonly Expr[];
  readonly terminal: readonly Expr[];
  readonly observed: readonly string[];
  readonly expectations: readonly Expectation[];
}

function checkUnnamed(checker: Checker, file: SpecFile): Unnamed {
  const initConditions: Expr[] = [];
  const terminal: Expr[] = [];
  const observed: string[] = [];
  const expectations: Expectation[] = [];
  const assertions = collectAssertions(checker);
  for (const declaration of file.declarations) {
    switch (declaration.kind) {
      case "assume":
        checkAssumption(checker, declaration.condition);
        break;
      case "init": {
        const reading = { kind: "initial", ghost: false } as const;
        const expr = restrict(checker, checkBool(checker, declaration.condition, null), reading);
        if (expr !== null) initConditions.push(expr);
        break;
      }
      case "terminal": {
        const reading = { kind: "state" } as const;
        const expr = restrict(checker, checkBool(checker, declaration.condition, null), reading);
        if (expr !== null) terminal.push(expr);
        break;
      }
      case "observe":
        observed.push(...checkObserved(checker, declaration));
        break;
      case "expect": {
        const expectation = checkExpectation(checker, declaration, assertions);
        if (expectation !== null) expectations.push(expectation);
        break;
      }
      default:
        break;
    }
  }
  return { initConditions, terminal, observed, expectations };
}

function assemble(checker: Checker, file: SpecFile): Model | null {
  const constants = valuesOfKind(checker, "constant", checker.constant);
  const types = valuesOfKind(checker, "type", (symbol) => namedType(checker, symbol));
  const variables = valuesOfKind(checker, "variable", checker.variable);
  const locks = valuesOfKind(checker, "lock", checker.lock);
  completeAll(checker);
  const functions = valuesOfKind(checker, "fn", checker.procedure);
  const processes = valuesOfKind(checker, "process", checker.process);
  const actions = valuesOfKind(checker, "action", checker.action);
  const properties = valuesOfKind(checker, "property", ({ declaration }) =>
    checkProperty(checker, declaration),
  );
  const costs = valuesOfKind(checker, "cost", (symbol) => symbol.cost);
  const unnamed = checkUnnamed(checker, file);
  if (constants === null || types === null || variables === null || locks === null) return null;
  if (
    functions === null ||
    processes === null ||
    actions === null ||
    properties === null ||
    costs === null
  ) {
    return null;
  }
  return {
    name: file.name.text,
    doc: file.doc,
    source: file.source,
    sources: sourcesOf(file),
    texts: file.texts,
    declared: declaredIn(file),
    parameters: constants.filter((constant) => constant.isParameter),
    constants: constants.filter((constant) => !constant.isParameter),
    types,
    variables,
    locks,
    functions,
    processes,
    actions,
    properties,
    costs,
    ...unnamed,
    instances: instancesOf(processes),
  };
}

function namedType(checker: Checker, symbol: DeclaredOf<"type">): Model["types"][number] | null {
  const { name, doc, span } = symbol.declaration;
  const type = checker.type(symbol);
  return type && { name: name.text, type, doc, span };
}

/** The sources that went in, the one that was asked for first. */
function sourcesOf(file: SpecFile): readonly Source[] {
  const spans = [...file.declarations, ...file.texts, ...file.comments].map(
    ({ span }) => span.source,
  );
  const inBodies = file.declarations.flatMap((declaration) =>
    "body" in declaration && "statements" in declaration.body
      ? [...statementsOf(declaration.body)].map(({ span }) => span.source)
      : [],
  );
  return [...new Set([file.source, ...spans, ...inBodies])];
}

/** By file, the one that was asked for first, then by place; without repetitions. */
function inOrder(diagnostics: readonly Diagnostic[], file: SpecFile): readonly Diagnostic[] {
  const sources = sourcesOf(file);
  const rank = ({ span }: Diagnostic): number =>
    span === null ? -1 : sources.indexOf(span.source);
  const sorted = diagnostics.toSorted(
    (left, right) => rank(left) - rank(right) || (left.span?.start ?? 0) - (right.span?.start ?? 0),
  );
  const key = (diagnostic: Diagnostic): string =>
    `${diagnostic.code} ${rank(diagnostic)} ${diagnostic.span?.start} ${diagnostic.span?.end} ${diagnostic.message}`;
  const seen = new Set<string>();
  return sorted.filter((diagnostic) => {
    const known = seen.has(key(diagnostic));
    seen.add(key(diagnostic));
    return !known;
  });
}
