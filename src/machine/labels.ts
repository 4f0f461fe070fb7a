// The labels of one copy of a body: a node for each, made before the statements so that `goto` can point anywhere.

import { bodiesOf } from "../language/expressions.ts";
import type { Body, Label } from "../language/model.ts";
import { type Context, markBranch, nopNode } from "./builder.ts";
import type { GraphNode, NopNode } from "./graph.ts";

/** Fresh label nodes for one copy of a body. */
export function withLabels(context: Context, body: Body): Context {
  const labels = new Map(context.labels);
  const jumps = new Set(context.jumps);
  const visit = (inner: Body): void => {
    for (const statement of inner.statements) {
      if (statement.kind === "goto") jumps.add(statement.label.name);
      for (const label of statement.labels) labels.set(label.name, nopNode(context, [], null));
      for (const part of bodiesOf(statement)) visit(part);
    }
    for (const label of inner.endLabels) labels.set(label.name, nopNode(context, [], null));
  };
  visit(body);
  return { ...context, labels, jumps };
}

/** Whether a body holds a label that a `goto` names: it can be entered though nothing falls into it. */
export function isJumpedInto(body: Body, context: Context): boolean {
  const named = (label: Label): boolean => context.jumps.has(label.name);
  return (
    body.endLabels.some(named) ||
    body.statements.some(
      (statement) =>
        statement.labels.some(named) ||
        bodiesOf(statement).some((part) => isJumpedInto(part, context)),
    )
  );
}

/**
 * Puts a label's node before an entry; a label that an expectation names leaves a mark. `loop` is the loop that the
 * labelled statement begins with.
 */
export function setLabel(
  context: Context,
  label: Label,
  entry: GraphNode,
  loop: GraphNode | null,
): NopNode {
  const known = context.labels.get(label.name);
  if (known === undefined) throw new Error(`the label ${label.name} has no node`);
  // The node was made at the top of the body; the place where the label stands decides its region and scope.
  const { region, scope } = context;
  const node = Object.assign(known, { region, scope, span: label.span });
  context.unit.labelNodes.push({ owner: context.owner, name: label.name, node, loop });
  const expected = context.unit.tables.expectedLabels.has(`${context.owner}.${label.name}`);
  const mark = {
    span: label.span,
    description: `label ${context.owner}.${label.name}`,
    labels: [],
    exempt: "label",
    label: [context.owner, label.name],
  } as const;
  node.next = expected ? markBranch(context, entry, mark) : entry;
  return node;
}
