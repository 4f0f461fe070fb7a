// Code edits at labels: where a patch's block goes in the body of a fn, process or action.
//
// A label names the point before a statement. So `before L` puts code ahead of that point (a jump
// to L skips it), `after L` behind the whole statement, and `replace L` keeps the point: the labels
// of what was replaced stand before what replaces it. The block is spliced without a scope of its
// own. Nothing is mutated; untouched statements are shared with the tree that was given.

import type { Block, Edit, Name, Statement } from "./ast.ts";

/** Why an edit does not apply: `label` is the one that the edit names, `at` where it stands. */
export type EditRefusal =
  | { readonly kind: "unknown-label"; readonly label: Name }
  | { readonly kind: "end-label"; readonly label: Name; readonly at: Name }
  | {
      readonly kind: "range-order";
      readonly first: Name;
      readonly label: Name;
      readonly at: Name;
    };

export type EditOutcome = { readonly kind: "edited"; readonly body: Block } | EditRefusal;

/** The body with the edit applied to it. */
export function editBody(body: Block, edit: Edit): EditOutcome {
  const { anchor } = edit;
  if (anchor.kind === "start") {
    return { kind: "edited", body: splice(body, { from: 0, to: 0, lead: [] }, edit.body) };
  }
  return (
    editAtLabel(body, anchor.label, (block, at) => {
      if (anchor.kind === "replace") return replaceAt(body, block, at, anchor, edit.body);
      return { kind: "edited", body: insertAt(block, at, anchor.kind, edit.body) };
    }) ?? { kind: "unknown-label", label: anchor.label }
  );
}

/** Every label of a body, in the order of the text. */
export function labelsOf(body: Block): readonly Name[] {
  const labels: Name[] = [];
  const visit = (block: Block): void => {
    for (const statement of block.statements) {
      labels.push(...statement.labels);
      for (const child of childBlocks(statement)) visit(child);
    }
    labels.push(...block.endLabels);
  };
  visit(body);
  return labels;
}

/** Where a label stands in a block: before a statement, or (null) at the end; and its rank there. */
interface LabelPlace {
  readonly statement: number | null;
  readonly rank: number;
}

type Replace = Edit["anchor"] & { readonly kind: "replace" };

/** Applies `change` to the innermost block that holds the label; null if no block does. */
function editAtLabel(
  block: Block,
  label: Name,
  change: (block: Block, at: LabelPlace) => EditOutcome,
): EditOutcome | null {
  const place = findLabel(block, label);
  if (place !== null) return change(block, place);
  for (const [index, statement] of block.statements.entries()) {
    for (const child of childBlocks(statement)) {
      const outcome = editAtLabel(child, label, change);
      if (outcome === null) continue;
      if (outcome.kind !== "edited") return outcome;
      const changed = withChild(statement, child, outcome.body);
      const statements = block.statements.with(index, changed);
      return { kind: "edited", body: { ...block, statements } };
    }
  }
  return null;
}

function findLabel(block: Block, label: Name): LabelPlace | null {
  const isLabel = (name: Name): boolean => name.text === label.text;
  for (const [statement, { labels }] of block.statements.entries()) {
    const rank = labels.findIndex(isLabel);
    if (rank >= 0) return { statement, rank };
  }
  const rank = block.endLabels.findIndex(isLabel);
  return rank >= 0 ? { statement: null, rank } : null;
}

function insertAt(block: Block, at: LabelPlace, side: "before" | "after", code: Block): Block {
  if (at.statement === null) {
    // Labels up to the cut stand before the new code, the others stay at the end of the block.
    const cut = side === "before" ? at.rank : at.rank + 1;
    const end = block.statements.length;
    const rest = { ...block, endLabels: block.endLabels.slice(cut) };
    return splice(rest, { from: end, to: end, lead: block.endLabels.slice(0, cut) }, code);
  }
  if (side === "after") {
    return splice(block, { from: at.statement + 1, to: at.statement + 1, lead: [] }, code);
  }
  const statement = block.statements[at.statement];
  if (statement === undefined) throw new Error("a label's place lies outside its block");
  const kept = { ...statement, labels: statement.labels.slice(at.rank) };
  const rest = { ...block, statements: block.statements.with(at.statement, kept) };
  const lead = statement.labels.slice(0, at.rank);
  return splice(rest, { from: at.statement, to: at.statement, lead }, code);
}

function replaceAt(
  body: Block,
  block: Block,
  at: LabelPlace,
  anchor: Replace,
  code: Block,
): EditOutcome {
  const { label, last } = anchor;
  if (at.statement === null) {
    return { kind: "end-label", label, at: block.endLabels[at.rank] ?? label };
  }
  if (last === null) return replaceRange(block, at.statement, at.statement, code);
  const known = labelsOf(body).find((name) => name.text === last.text);
  if (known === undefined) return { kind: "unknown-label", label: last };
  const end = findLabel(block, last);
  if (end?.statement === null) return { kind: "end-label", label: last, at: known };
  if (end === null || end.statement < at.statement) {
    return { kind: "range-order", first: label, label: last, at: known };
  }
  return replaceRange(block, at.statement, end.statement, code);
}

function replaceRange(block: Block, first: number, last: number, code: Block): EditOutcome {
  const lead = block.statements[first]?.labels ?? [];
  return { kind: "edited", body: splice(block, { from: first, to: last + 1, lead }, code) };
}

/**
 * The block with `code` in the place of its statements `from … to`. The labels `lead` stand before
 * the code, the labels at the code's end before what follows it.
 */
function splice(
  block: Block,
  place: { readonly from: number; readonly to: number; readonly lead: readonly Name[] },
  code: Block,
): Block {
  const before = block.statements.slice(0, place.from);
  const [first, ...others] = code.statements;
  const waiting = first === undefined ? [...place.lead, ...code.endLabels] : code.endLabels;
  const inserted =
    first === undefined ? [] : [{ ...first, labels: [...place.lead, ...first.labels] }, ...others];
  const [next, ...after] = block.statements.slice(place.to);
  if (next === undefined) {
    const endLabels = [...waiting, ...block.endLabels];
    return { ...block, statements: [...before, ...inserted], endLabels };
  }
  const following = { ...next, labels: [...waiting, ...next.labels] };
  return { ...block, statements: [...before, ...inserted, following, ...after] };
}

/** The blocks that stand directly in a statement. */
function childBlocks(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case "if": {
      const arms = statement.arms.map((arm) => arm.body);
      return statement.otherwise === null ? arms : [...arms, statement.otherwise];
    }
    case "either":
      return statement.branches;
    case "while":
    case "loop":
    case "for":
    case "pick":
    case "atomic":
      return [statement.body];
    default:
      return [];
  }
}

/** The statement with one of its blocks exchanged. */
function withChild(statement: Statement, child: Block, changed: Block): Statement {
  const exchange = (block: Block): Block => (block === child ? changed : block);
  switch (statement.kind) {
    case "if": {
      const arms = statement.arms.map((arm) => ({ ...arm, body: exchange(arm.body) }));
      const { otherwise } = statement;
      return { ...statement, arms, otherwise: otherwise === null ? null : exchange(otherwise) };
    }
    case "either":
      return { ...statement, branches: statement.branches.map(exchange) };
    case "while":
    case "loop":
    case "for":
    case "pick":
    case "atomic":
      return { ...statement, body: exchange(statement.body) };
    default:
      return statement;
  }
}
