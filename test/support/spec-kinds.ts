// What a spec is made of: the kinds of nodes in its tree and in its machine. Used to show that random specs cover all.

import type {
  BinaryOperator,
  Declaration,
  Expression,
  File,
  PatchItem,
  StatementShape,
  TypeExpression,
} from "../../src/language/ast.ts";
import { allOps, expressionsOf } from "../../src/machine/code.ts";
import {
  type Code,
  childrenOf,
  type Expr,
  type Machine,
  type Op,
} from "../../src/machine/machine.ts";

// ---------------------------------------------------------------- what there is

type Table<Kind extends string> = { readonly [Name in Kind]: boolean };

/** False for what no spec that compiles can have. */
const declarations: Table<Declaration["kind"]> = {
  ...{ param: true, const: true, assume: true, type: true, enum: true, var: true, init: true },
  ...{ lock: true, fn: true, def: true, process: true, action: true, invariant: true, step: true },
  ...{ cover: true, cost: true, terminal: true, observe: true, expect: true, use: true },
  property: false,
};
const patchItems: Table<Exclude<PatchItem["kind"], Declaration["kind"]>> = {
  ...{ set: true, replace: true, remove: true, edit: true },
};
const anchors: Table<"start" | "before" | "after" | "replace" | "range"> = {
  ...{ start: true, before: true, after: true, replace: true, range: true },
};
const types: Table<TypeExpression["kind"]> = {
  ...{ bool: true, range: true, name: true, record: true, option: true, array: true, set: true },
  sequence: true,
};
const statements: Table<StatementShape["kind"]> = {
  ...{ assign: true, var: true, ghost: true, cost: true, skip: true, acquire: true, release: true },
  ...{ downgrade: true, await: true, assert: true, if: true, while: true, loop: true, break: true },
  ...{ continue: true, for: true, either: true, pick: true, call: true, return: true, goto: true },
  ...{ atomic: true, expression: false },
};
const expressions: Table<Expression["kind"]> = {
  ...{ integer: true, boolean: true, null: true, name: true, call: true, index: true, field: true },
  ...{
    prime: true,
    unary: true,
    binary: true,
    if: true,
    let: true,
    quantifier: true,
    record: true,
  },
  ...{ set: true, sequence: true, array: true, map: true, filter: true, with: true, at: true },
  ...{ "try-acquire": true, temporal: false },
};
const operators: Table<BinaryOperator> = {
  ...{ "<=>": true, "=>": true, "||": true, "&&": true, "==": true, "!=": true, "<": true },
  ...{ "<=": true, ">": true, ">=": true, in: true, "not in": true, subset: true, union: true },
  ...{ intersect: true, minus: true, "..": true, "+": true, "-": true, "*": true, "/": true },
  "%": true,
};
const machineExpressions: Table<Expr["kind"]> = {
  ...{ literal: true, constant: true, variable: true, local: true, bound: true, index: true },
  ...{ element: true, field: true, not: true, negate: true, logical: true, arithmetic: true },
  ...{ comparison: true, member: true, "set-operation": true, subset: true, interval: true },
  ...{ "type-set": true, if: true, let: true, quantifier: true, record: true, set: true },
  ...{ sequence: true, array: true, map: true, filter: true, "with-index": true },
  ...{ "with-element": true, "with-field": true, builtin: true, some: true, unwrap: true },
  ...{ convert: true, instance: true, done: true, holder: true, held: true, prime: true },
  ...{ located: true, "process-variable": true, taken: true, "taken-action": true },
  // What lowering replaces by `located`.
  at: false,
};
const ops: Table<Op["kind"]> = {
  ...{ assign: true, if: true, loop: true, break: true, continue: true, either: true, pick: true },
  ...{ await: true, acquire: true, "try-acquire": true, release: true, downgrade: true },
  ...{ assert: true, cost: true, contract: true, end: true, goto: true, stop: true, line: true },
  ...{ branch: true, enter: true, leave: true },
  // For machines made by hand: lowering lets the operations themselves fault.
  fault: false,
};

function named(prefix: string, table: { readonly [kind: string]: boolean }): readonly string[] {
  return Object.keys(table)
    .filter((kind) => table[kind])
    .map((kind) => `${prefix} ${kind}`);
}

/** Every kind that specs and machines are made of, by the names that `astKinds` and `machineKinds` count. */
export const allKinds: readonly string[] = [
  ...named("declaration", declarations),
  ...named("patch", patchItems),
  ...named("edit", anchors),
  ...named("type", types),
  ...named("statement", statements),
  ...named("expression", expressions),
  ...named("operator", operators),
  ...["forall", "exists", "count", "sum"].map((kind) => `quantifier ${kind}`),
  ...named("machine expression", machineExpressions),
  ...["size", "length", "min", "max", "first", "rest", "append"].map((name) => `builtin ${name}`),
  ...named("op", ops),
];

// ---------------------------------------------------------------- what a spec has

/** The kinds in a file as written, each once. */
export function astKinds(file: File): ReadonlySet<string> {
  const found = new Set<string>();
  const items = file.kind === "spec" ? file.declarations : file.items;
  for (const item of items) {
    found.add(`${item.kind in patchItems ? "patch" : "declaration"} ${item.kind}`);
    if (item.kind === "edit") {
      const { anchor } = item;
      found.add(
        `edit ${anchor.kind === "replace" && anchor.last !== null ? "range" : anchor.kind}`,
      );
    }
    visit(item, "other", found);
  }
  return found;
}

type Category = "statement" | "type" | "expression" | "other";

/** The category of what stands under a property name. */
const categories: { readonly [key: string]: Category } = {
  ...{
    statements: "statement",
    type: "type",
    result: "type",
    of: "type",
    key: "type",
    keys: "type",
  },
  ...{ anchor: "other", subject: "other", domain: "other", selector: "other", initial: "other" },
  ...{ declaration: "other", source: "other", name: "other", span: "other", texts: "other" },
};

function visit(node: unknown, category: Category, found: Set<string>): void {
  if (Array.isArray(node)) {
    for (const part of node) visit(part, category, found);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  if ("kind" in node && category !== "other") {
    found.add(`${category} ${String(node.kind)}`);
    if (category === "expression" && "operator" in node && node.kind === "binary") {
      found.add(`operator ${String(node.operator)}`);
    }
    if ("quantifier" in node) found.add(`quantifier ${String(node.quantifier)}`);
  }
  for (const [key, part] of Object.entries(node)) {
    if (key === "span" || key === "source" || key === "head") continue;
    visit(part, categories[key] ?? "expression", found);
  }
}

/** The kinds in a machine, each once. */
export function machineKinds(machine: Machine): ReadonlySet<string> {
  const found = new Set<string>();
  const expression = (expr: Expr): void => {
    found.add(`machine expression ${expr.kind}`);
    if (expr.kind === "builtin") found.add(`builtin ${expr.function}`);
    for (const child of childrenOf(expr)) expression(child);
  };
  const code = (ofCode: Code): void => {
    for (const op of allOps(ofCode)) {
      found.add(`op ${op.kind}`);
      for (const expr of expressionsOf(op)) expression(expr);
    }
  };
  for (const { start, locations } of machine.processes) {
    code(start);
    for (const location of locations) code(location.code);
  }
  for (const action of machine.actions) code(action.code);
  for (const { condition } of machine.properties) expression(condition);
  for (const condition of [...machine.initConditions, ...machine.terminal]) expression(condition);
  for (const { initial } of machine.variables) expression(initial.value);
  return found;
}
