// Where control can go in a body: labels, gotos, and whether a fn can end without returning.

import { report } from "../../diagnostics/report.ts";
import type { Block, Statement } from "../ast.ts";
import { duplicate } from "../resolve.ts";
import { allLabels, blocksOf, labelsOf, statementsOf } from "../resolve-labels.ts";
import type { Checker } from "./context.ts";

/** Statements that `goto` cannot enter: the block's variable or choice would be missing. */
type Barrier = Statement & { readonly kind: "atomic" | "for" | "pick" | "either" };

export function isBarrier(statement: Statement): statement is Barrier {
  return ["atomic", "for", "pick", "either"].includes(statement.kind);
}

/** A barrier in messages. */
export function describeBarrier(barrier: Barrier): string {
  return barrier.kind === "for" || barrier.kind === "pick"
    ? `the \`${barrier.kind}\``
    : `the \`${barrier.kind}\` block`;
}

/** The barriers around each label of a body, outermost first. */
export function barriersOf(body: Block): ReadonlyMap<string, readonly Barrier[]> {
  const found = new Map<string, readonly Barrier[]>();
  const visit = (block: Block, around: readonly Barrier[]): void => {
    for (const statement of block.statements) {
      for (const label of statement.labels)
        if (!found.has(label.text)) found.set(label.text, around);
      const inside = isBarrier(statement) ? [...around, statement] : around;
      for (const inner of blocksOf(statement)) visit(inner, inside);
    }
    for (const label of block.endLabels) if (!found.has(label.text)) found.set(label.text, around);
  };
  visit(body, []);
  return found;
}

/** Reports labels that stand twice in a body. */
export function checkLabels(checker: Checker, body: Block, where: string): void {
  for (const label of allLabels(body)) {
    const first = labelsOf(body).get(label.text);
    if (first === undefined || first === label) continue;
    const { related } = duplicate(label, first.span);
    checker.diagnostics.push(
      report("duplicate-label", label.span, { label: label.text, where }, { related }),
    );
  }
}

/** Whether control can reach the end of a body: then a fn with a result may end without one. */
export function canEnd(body: Block): boolean {
  const targets = new Set<string>();
  for (const statement of statementsOf(body)) {
    if (statement.kind === "goto") targets.add(statement.label.text);
  }
  return blockEnds(body, true, targets).ends;
}

interface Flow {
  /** Control can come out at the end. */
  readonly ends: boolean;
  /** A `break` of the loop around can be reached. */
  readonly breaks: boolean;
}

function blockEnds(block: Block, entered: boolean, targets: ReadonlySet<string>): Flow {
  let reachable = entered;
  let breaks = false;
  const reached = (labels: readonly { readonly text: string }[]): boolean =>
    labels.some((label) => targets.has(label.text));
  for (const statement of block.statements) {
    if (reached(statement.labels)) reachable = true;
    const flow = statementEnds(statement, reachable, targets);
    reachable = flow.ends;
    breaks ||= flow.breaks;
  }
  return { ends: reachable || reached(block.endLabels), breaks };
}

function statementEnds(statement: Statement, entered: boolean, targets: ReadonlySet<string>): Flow {
  const inner = blocksOf(statement).map((block) => blockEnds(block, entered, targets));
  const some = (key: keyof Flow): boolean => inner.some((flow) => flow[key]);
  switch (statement.kind) {
    case "return":
    case "goto":
    case "continue":
      return { ends: false, breaks: false };
    case "break":
      return { ends: false, breaks: entered };
    case "if":
      return {
        ends: some("ends") || (statement.otherwise === null && entered),
        breaks: some("breaks"),
      };
    case "either":
    case "pick":
    case "atomic":
      return { ends: some("ends"), breaks: some("breaks") };
    case "loop":
      return { ends: some("breaks"), breaks: false };
    case "while": {
      const endless = statement.condition.kind === "boolean" && statement.condition.value;
      return { ends: some("breaks") || (!endless && (entered || some("ends"))), breaks: false };
    }
    case "for":
      return { ends: entered || some("ends") || some("breaks"), breaks: false };
    default:
      return { ends: entered, breaks: false };
  }
}
