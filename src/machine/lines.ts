// What a trace shows for each statement: its `///` text or its source, the function it stands in, whether it is a step.
// Works on the statements as written, before inlining, so that every copy of a statement shares one line.

import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { positionAt, type Source, type Span, spanText } from "../diagnostics/source.ts";
import { readsShared } from "../language/expressions.ts";
import type { Body, Call, Computation, Model, Place, Stmt } from "../language/model.ts";
import type { Line } from "./machine.ts";

type Text = Model["texts"][number];

export interface SourceLines {
  readonly lines: readonly Line[];
  readonly diagnostics: readonly Diagnostic[];
  /** The line of a statement's head. */
  lineOf(head: Span): number;
  /** The how-manieth step of its function this head is, from 1; 0 if it is none. */
  ordinalOf(head: Span): number;
}

/** Whether evaluating the arguments of a call, or the computation itself, is a step. */
export function computationIsStep(computation: Computation): boolean {
  switch (computation.kind) {
    case "expression":
      return readsShared(computation.value);
    case "step-function":
    case "try-acquire":
      return true;
    case "call":
      return callIsStep(computation.call);
    default:
      return computation satisfies never;
  }
}

/** Whether a call's arguments read something shared: then evaluating them is a step before the call. */
export function callIsStep(call: Call): boolean {
  return call.arguments.some(
    (argument) => argument.kind === "value" && readsShared(argument.value),
  );
}

/** Whether assigning to (or indexing) the place touches something shared. */
export function placeIsShared(place: Place): boolean {
  return (
    place.root.kind === "variable" ||
    place.path.some((step) => step.kind !== "field" && readsShared(step.index))
  );
}

/** The span that stands for a statement in messages and traces; an `if` has one for each condition instead. */
export function headOf(statement: Stmt): Span {
  switch (statement.kind) {
    case "if":
      return statement.arms[0]?.condition.head ?? statement.span;
    case "while":
      return statement.condition.head;
    case "for":
    case "pick":
      return statement.head;
    case "either":
    case "atomic":
    case "loop":
      return { ...statement.span, end: statement.span.start + statement.kind.length };
    default:
      return statement.span;
  }
}

interface Head {
  readonly owner: string;
  readonly span: Span;
  readonly kind: Line["kind"];
  readonly inAtomic: boolean;
}

/** Collects the heads of all bodies and gives each its text. */
export function collectLines(model: Model): SourceLines {
  const heads: Head[] = [];
  for (const owner of [...model.functions, ...model.processes, ...model.actions]) {
    walkBody(owner.body, owner.name, owner.kind === "action", heads);
  }
  const { texts, diagnostics } = assignTexts(heads, model.texts);
  const bySource = new Map<
    Source,
    Map<number, { readonly line: number; readonly ordinal: number }>
  >();
  const ordinals = new Map<string, number>();
  const lines = heads.map((head, line): Line => {
    let ordinal = 0;
    if (head.kind !== "local" && !head.inAtomic) {
      ordinal = (ordinals.get(head.owner) ?? 0) + 1;
      ordinals.set(head.owner, ordinal);
    }
    let ofSource = bySource.get(head.span.source);
    if (ofSource === undefined) {
      ofSource = new Map();
      bySource.set(head.span.source, ofSource);
    }
    ofSource.set(head.span.start, { line, ordinal });
    return {
      span: head.span,
      text: texts.get(head) ?? null,
      code: spanText(head.span).replace(/\s+/g, " ").trim(),
      function: head.owner,
      kind: head.kind,
    };
  });
  const find = (head: Span) => bySource.get(head.source)?.get(head.start);
  return {
    lines,
    diagnostics,
    lineOf: (head) => find(head)?.line ?? -1,
    ordinalOf: (head) => find(head)?.ordinal ?? 0,
  };
}

function walkBody(body: Body, owner: string, inAtomic: boolean, heads: Head[]): void {
  for (const statement of body.statements) {
    const kind = headKind(statement);
    const add = (span: Span, headKind: Line["kind"]) =>
      heads.push({ owner, span, kind: headKind, inAtomic });
    const walk = (inner: Body, atomic = inAtomic) => walkBody(inner, owner, atomic, heads);
    switch (statement.kind) {
      case "if":
        for (const arm of statement.arms) {
          add(arm.condition.head, computationIsStep(arm.condition.computation) ? "step" : "local");
          walk(arm.body);
        }
        if (statement.otherwise !== null) walk(statement.otherwise);
        break;
      case "while":
      case "loop":
      case "for":
      case "pick":
        add(headOf(statement), kind);
        walk(statement.body);
        break;
      case "either":
        add(headOf(statement), kind);
        for (const branch of statement.branches) walk(branch);
        break;
      case "atomic":
        add(headOf(statement), kind);
        walk(statement.body, true);
        break;
      default:
        add(statement.span, kind);
    }
  }
}

/** Whether a statement is a step, a choice, or local work, where it begins. */
function headKind(statement: Stmt): Line["kind"] {
  const step = (isStep: boolean): Line["kind"] => (isStep ? "step" : "local");
  switch (statement.kind) {
    case "assign": {
      const value = statement.value;
      if (value.kind === "call" && !callIsStep(value.call))
        return step(placeIsShared(statement.target));
      return step(placeIsShared(statement.target) || computationIsStep(value));
    }
    case "skip":
    case "acquire":
    case "release":
    case "downgrade":
    case "await":
    case "atomic":
      return "step";
    case "assert":
      return step(readsShared(statement.condition));
    case "if":
      return step(
        statement.arms[0] !== undefined &&
          computationIsStep(statement.arms[0].condition.computation),
      );
    case "while":
      return step(computationIsStep(statement.condition.computation));
    case "for":
      return statement.any ? "choice" : "local";
    case "either":
    case "pick":
      return "choice";
    case "call":
      return step(callIsStep(statement.call));
    case "return":
      return step(statement.value !== null && computationIsStep(statement.value));
    case "ghost":
    case "cost":
    case "loop":
    case "break":
    case "continue":
    case "goto":
      return "local";
    default:
      return statement satisfies never;
  }
}

/** Gives each trailing text to the step on its line; the steps inside `atomic` and local work take what is left. */
function assignTexts(
  heads: readonly Head[],
  texts: readonly Text[],
): { texts: Map<Head, string>; diagnostics: Diagnostic[] } {
  const trailing = new Map<Source, Map<number, Text>>();
  for (const text of texts) {
    if (!text.trailing) continue;
    const { source, start } = text.span;
    const ofSource = trailing.get(source) ?? new Map<number, Text>();
    trailing.set(source, ofSource.set(positionAt(source, start).line, text));
  }
  const claims = new Map<Text, Head[]>();
  const given = new Map<Head, string>();
  const rank = (head: Head) => (head.kind === "local" ? 2 : head.inAtomic ? 1 : 0);
  for (const head of [...heads].sort((a, b) => rank(a) - rank(b))) {
    const text = textOnLines(head.span, trailing.get(head.span.source));
    if (text === undefined) continue;
    const claimed = claims.get(text);
    if (claimed === undefined) {
      claims.set(text, [head]);
      given.set(head, text.text);
    } else if (rank(head) === 0) {
      claimed.push(head);
    }
  }
  const diagnostics = [...claims].flatMap(([text, steps]) => {
    if (steps.length === 1) return [];
    const related = steps.map(({ span }, index) => ({
      span,
      message: index === 0 ? "one step" : "another step",
    }));
    return [report("text-for-two-steps", text.span, {}, { related })];
  });
  return { texts: given, diagnostics };
}

function textOnLines(head: Span, texts: ReadonlyMap<number, Text> | undefined): Text | undefined {
  if (texts === undefined) return undefined;
  const first = positionAt(head.source, head.start).line;
  const last = positionAt(head.source, head.end).line;
  for (let line = first; line <= last; line += 1) {
    const text = texts.get(line);
    if (text !== undefined && text.span.start >= head.start) return text;
  }
  return undefined;
}
