// Points at steps that real code can seldom take at one instant: those that touch two shared locations,
// and those that read and write one without saying that they are atomic.
//
// Takes a model and gives warnings; changes nothing. What stands in `atomic` or in an action is left
// alone, since its author has said that it happens at once, and so are `assert`, `ghost` and `cost`, which
// are about the code and not of it. A location is a shared variable, or an element or field of one; a
// lock is a location too. An access whose index a quantifier binds stands for many locations.

import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { type Span, spanText } from "../diagnostics/source.ts";
import { bodiesOf, childrenOf, placeIndices, someNode } from "./expressions.ts";
import type {
  Binder,
  Body,
  Computation,
  Expr,
  Local,
  LockPlace,
  Model,
  Place,
  Stmt,
} from "./model.ts";

/** Warnings about the code of a model, in the order of the text. */
export function lint(model: Model): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const { body } of [...model.functions, ...model.processes]) lintBody(body, diagnostics);
  return diagnostics;
}

function lintBody(body: Body, diagnostics: Diagnostic[]): void {
  for (const statement of body.statements) {
    for (const step of stepsOf(statement)) {
      const found = judge(step);
      if (found !== null) diagnostics.push(found);
    }
    // What an `atomic` block touches, it touches on purpose at once.
    if (statement.kind === "atomic") continue;
    for (const inner of bodiesOf(statement)) lintBody(inner, diagnostics);
  }
}

// ---------------------------------------------------------------- what one step touches

/** One step of the source: where it stands, what it reads, what it writes, what of that is atomic by nature. */
interface LintStep {
  readonly span: Span;
  readonly reads: readonly Expr[];
  readonly writes: readonly Place[];
  readonly locks: readonly LockPlace[];
  readonly varying: Varying;
  /** `+=` and step functions read and write their place as one operation. */
  readonly marked: boolean;
}

/** A shared location; `many` if it stands for several, such as every element of an array. */
interface Access {
  readonly key: string;
  readonly text: string;
  readonly many: boolean;
}

function judge(step: LintStep): Diagnostic | null {
  const reads = step.reads.flatMap((read) => accessesOf(read, step.varying));
  const written = step.writes.filter((place) => place.root.kind === "variable");
  const writes = written.map(placeAccess);
  for (const place of written) reads.push(...accessesOfAll(placeIndices(place)));
  for (const lock of step.locks) {
    reads.push(...accessesOfAll(lock.indices));
    writes.push({ key: placeKey(lock), text: spanText(lock.span), many: false });
  }
  const touched = new Map([...reads, ...writes].map((access) => [access.key, access]));
  const accesses = [...touched.values()];
  if (accesses.length > 1 || accesses.some((access) => access.many)) {
    const locations = accesses.map(describe).join(", ");
    return report("several-locations", step.span, { locations });
  }
  const [write] = writes;
  if (write === undefined || step.marked || !reads.some(({ key }) => key === write.key)) {
    return null;
  }
  return report("plain-read-modify-write", step.span, { location: describe(write) });
}

function describe(access: Access): string {
  return access.many ? `many elements of \`${access.text}\`` : `\`${access.text}\``;
}

function accessesOfAll(exprs: readonly Expr[]): readonly Access[] {
  return exprs.flatMap((expr) => accessesOf(expr));
}

/** What takes several values while the expression around it is evaluated. */
type Varying = ReadonlySet<Binder | Local>;

/** The shared locations that evaluating an expression reads, in the order of the text. */
function accessesOf(expr: Expr, varying: Varying = new Set()): readonly Access[] {
  const within = (inner: Varying): readonly Access[] =>
    childrenOf(expr).flatMap((child) => accessesOf(child, inner));
  switch (expr.kind) {
    case "variable":
    case "index":
    case "element":
    case "field": {
      const chain = chainOf(expr);
      if (chain.at(-1)?.kind !== "variable") return within(varying);
      const indices = chain.flatMap((link) => ("index" in link ? [link.index] : []));
      const many = expr.type.kind === "array" || indices.some((index) => varies(index, varying));
      const access = { key: exprKey(expr), text: spanText(expr.span), many };
      return [...indices.toReversed().flatMap((index) => accessesOf(index, varying)), access];
    }
    case "holder":
    case "held": {
      const many = expr.lock.indices.some((index) => varies(index, varying));
      const access = { key: placeKey(expr.lock), text: spanText(expr.lock.span), many };
      return [...within(varying), access];
    }
    case "done":
      return [{ key: exprKey(expr), text: spanText(expr.span), many: varies(expr, varying) }];
    case "quantifier":
    case "array":
    case "map":
    case "filter":
      return within(new Set([...varying, expr.binder]));
    case "let":
      return varies(expr.value, varying)
        ? within(new Set([...varying, expr.binder]))
        : within(varying);
    default:
      return within(varying);
  }
}

function varies(expr: Expr, varying: Varying): boolean {
  return someNode(
    expr,
    (node) =>
      (node.kind === "bound" && varying.has(node.binder)) ||
      (node.kind === "local" && varying.has(node.local)),
  );
}

type Link = Expr & { readonly kind: "index" | "element" | "field" | "variable" | "local" };

/** The access and what it is made on, outermost first: `a[i].f`, `a[i]`, `a`. */
function chainOf(expr: Expr): readonly Link[] {
  switch (expr.kind) {
    case "index":
    case "element":
    case "field":
      return [expr, ...chainOf(expr.base)];
    case "unwrap":
    case "convert":
      return chainOf(expr.value);
    case "variable":
    case "local":
      return [expr];
    default:
      return [];
  }
}

function placeAccess(place: Place): Access {
  return { key: placeKey(place), text: spanText(place.span), many: place.type.kind === "array" };
}

// ---------------------------------------------------------------- when two accesses are the same

/** Equal for accesses that are written alike: `a[i]` and `a[ i ]`, not `a[i]` and `a[j]`. */
function placeKey(place: Place | LockPlace): string {
  if ("lock" in place)
    return place.lock.name + place.indices.map((i) => `[${exprKey(i)}]`).join("");
  const steps = place.path.map((step) =>
    step.kind === "field" ? `.${step.name}` : `[${exprKey(step.index)}]`,
  );
  return place.root.name + steps.join("");
}

function exprKey(expr: Expr): string {
  switch (expr.kind) {
    case "variable":
      return expr.variable.name;
    case "local":
      return expr.local.name;
    case "bound":
      return expr.binder.name;
    case "constant":
      return expr.constant.name;
    case "literal":
      return JSON.stringify(expr.value);
    case "index":
    case "element":
      return `${exprKey(expr.base)}[${exprKey(expr.index)}]`;
    case "field":
      return `${exprKey(expr.base)}.${expr.field}`;
    case "some":
    case "unwrap":
    case "convert":
      return exprKey(expr.value);
    default:
      return spanText(expr.span).replace(/\s+/g, " ");
  }
}

// ---------------------------------------------------------------- the steps of a statement

/** The steps that a statement itself takes, without those of the blocks in it. */
function stepsOf(statement: Stmt): readonly LintStep[] {
  const { span } = statement;
  switch (statement.kind) {
    case "assign":
      return [stepOf(span, statement.value, [statement.target], statement.operator !== ":=")];
    case "await":
      return [reading(span, [statement.condition])];
    case "acquire":
    case "release":
    case "downgrade":
      return [{ ...reading(span, []), locks: [statement.lock] }];
    case "if":
      return statement.arms.map(({ condition }) => stepOf(condition.head, condition.computation));
    case "while":
      return [stepOf(statement.condition.head, statement.condition.computation)];
    case "for":
      return statement.any ? [reading(statement.head, [statement.set])] : [];
    case "pick": {
      const { set, where, head } = statement;
      const step = reading(head, where === null ? [set] : [set, where]);
      return [{ ...step, varying: new Set([statement.local]) }];
    }
    case "call":
      return [stepOf(span, { kind: "call", call: statement.call, span })];
    case "return":
      return statement.value === null ? [] : [stepOf(span, statement.value)];
    case "skip":
    case "ghost":
    case "cost":
    case "assert":
    case "loop":
    case "break":
    case "continue":
    case "either":
    case "goto":
    case "atomic":
      return [];
    default:
      return statement satisfies never;
  }
}

function reading(span: Span, reads: readonly Expr[]): LintStep {
  return { span, reads, writes: [], locks: [], varying: new Set(), marked: false };
}

/** A computation, and where its result goes; the arguments of a call are read in the step before it. */
function stepOf(
  span: Span,
  value: Computation,
  targets: readonly Place[] = [],
  marked = false,
): LintStep {
  switch (value.kind) {
    case "expression":
      return { ...reading(span, [value.value]), writes: targets, marked };
    case "step-function": {
      const writes = [value.place, ...targets];
      return { ...reading(span, value.arguments), writes, marked: true };
    }
    case "try-acquire":
      return { ...reading(span, []), writes: targets, locks: [value.lock], marked: true };
    case "call": {
      const reads = value.call.arguments.flatMap((given) =>
        given.kind === "value" ? [given.value] : [],
      );
      return reading(span, reads);
    }
    default:
      return value satisfies never;
  }
}
