// Blocks and statements as text.
//
// What stood on one line stays there if it fits: `if pmd[m] == huge { return true }`. Everything else
// opens its blocks over several lines, labels one step to the left of what they name.

import type { Span } from "../diagnostics/source.ts";
import type { Block, Expression, Statement } from "./ast.ts";
import { breakExpression, fits, isBroken } from "./format-broken.ts";
import { printBinding, printExpression, printType } from "./format-expression.ts";
import type { Layout } from "./format-layout.ts";

/** A head such as `while x > 0`, its block, and where the head begins in the source. */
interface Part {
  readonly head: string;
  readonly start: number;
  readonly body: Block;
}

/** Writes a statement or declaration made of heads and blocks, from `start`: `if … { … } else { … }`. */
export function writeParts(
  layout: Layout,
  indent: number,
  parts: readonly Part[],
  oneLine: boolean,
): void {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return;
  const line = parts.map(({ head, body }) => `${head} ${printBlock(body)}`).join(" ");
  const empty = parts.every(({ body }) => isEmpty(body));
  if ((oneLine || empty) && fits(line, indent)) {
    layout.write(indent, line, first.start, last.body.span.end);
    return;
  }
  parts.forEach(({ head, start, body }, index) => {
    const open = `${head} {`;
    const code = index === 0 ? open : `} ${open}`;
    layout.write(indent, code, start, body.span.start + 1, index === 0 ? indent : indent + 1);
    writeBlockInside(layout, indent + 1, body);
  });
  layout.write(indent, "}", last.body.span.end - 1, last.body.span.end, indent + 1);
}

function isEmpty({ statements, endLabels, span }: Block): boolean {
  const text = span.source.text.slice(span.start + 1, span.end - 1);
  return statements.length + endLabels.length === 0 && text.trim() === "";
}

function writeBlockInside(layout: Layout, indent: number, block: Block): void {
  for (const statement of block.statements) writeStatement(layout, indent, statement);
  for (const label of block.endLabels) {
    layout.write(indent - 1, `${label.text}:`, label.span.start, label.span.end + 1, indent);
  }
}

/** Does it stand on one line of the source? */
export function onOneLine({ span }: { readonly span: Block["span"] }): boolean {
  return !span.source.text.slice(span.start, span.end).includes("\n");
}

function writeStatement(layout: Layout, indent: number, statement: Statement): void {
  for (const label of statement.labels) {
    layout.write(indent - 1, `${label.text}:`, label.span.start, label.span.end + 1, indent);
  }
  const parts = partsOf(statement);
  if (parts !== null) {
    writeParts(layout, indent, parts, onOneLine(statement));
    return;
  }
  const { head, value } = simpleOf(statement);
  writeValue(layout, indent, head, value, statement.span);
}

/** Writes a head such as `x :=` with the expression behind it, on one line if that is enough. */
function writeValue(
  layout: Layout,
  indent: number,
  head: string,
  value: Expression | null,
  { start, end }: Span,
): void {
  const code = joined(head, value);
  if (value === null || (fits(code, indent) && !isBroken(value))) {
    layout.write(indent, code, start, end);
    return;
  }
  const [first, ...others] = breakExpression(value, indent + 1);
  if (first === undefined) return;
  layout.write(indent, `${head} ${first.code}`, start, first.end);
  for (const line of others) layout.write(line.indent, line.code, line.start, line.end);
}

function joined(head: string, value: Expression | null): string {
  return value === null ? head : `${head} ${printExpression(value)}`;
}

/** The heads and blocks of a statement that has any; null for a simple one. */
function partsOf(statement: Statement): readonly Part[] | null {
  const { start } = statement.span;
  switch (statement.kind) {
    case "if": {
      const arms = statement.arms.map(({ condition, body, head }, index) => ({
        head: `${index === 0 ? "if" : "else if"} ${printExpression(condition)}`,
        start: head.start,
        body,
      }));
      const { otherwise } = statement;
      if (otherwise === null) return arms;
      return [...arms, { head: "else", start: otherwise.span.start, body: otherwise }];
    }
    case "while":
      return [
        { head: `while ${printExpression(statement.condition)}`, start, body: statement.body },
      ];
    case "loop":
      return [{ head: "loop", start, body: statement.body }];
    case "atomic":
      return [{ head: "atomic", start, body: statement.body }];
    case "for": {
      const head = `for ${statement.any ? "any " : ""}${printBinding(statement.binding)}`;
      return [{ head, start, body: statement.body }];
    }
    case "either":
      return statement.branches.map((body, index) =>
        index === 0
          ? { head: "either", start, body }
          : { head: "or", start: body.span.start, body },
      );
    case "pick": {
      const { binding, where, body } = statement;
      const condition = where === null ? "" : ` where ${printExpression(where)}`;
      return [{ head: `pick ${printBinding(binding)}${condition}`, start, body }];
    }
    default:
      return null;
  }
}

/** A block on one line. */
export function printBlock({ statements, endLabels }: Block): string {
  const parts = statements.map((statement) => {
    const labels = statement.labels.map(({ text }) => `${text}: `).join("");
    return `${labels}${printStatement(statement)}`;
  });
  if (endLabels.length > 0) parts.push(endLabels.map(({ text }) => `${text}:`).join(" "));
  return parts.length === 0 ? "{}" : `{ ${parts.join("; ")} }`;
}

/** A statement on one line, its labels left out. */
export function printStatement(statement: Statement): string {
  const parts = partsOf(statement);
  if (parts !== null) return parts.map(({ head, body }) => `${head} ${printBlock(body)}`).join(" ");
  const { head, value } = simpleOf(statement);
  return joined(head, value);
}

/** A statement without blocks: what stands before its expression, and the expression if there is one. */
function simpleOf(statement: Statement): {
  readonly head: string;
  readonly value: Expression | null;
} {
  switch (statement.kind) {
    case "assign":
      return {
        head: `${printExpression(statement.target)} ${statement.operator}`,
        value: statement.value,
      };
    case "ghost":
      return {
        head: `ghost ${printExpression(statement.target)} ${statement.operator}`,
        value: statement.value,
      };
    case "var":
      return {
        head: `var ${statement.name.text}: ${printType(statement.type)} =`,
        value: statement.value,
      };
    case "cost":
      return { head: `cost ${statement.name.text} +=`, value: statement.value };
    case "await":
      return { head: "await", value: statement.condition };
    case "assert": {
      const name = statement.name === null ? "" : ` ${statement.name.text}:`;
      return { head: `assert${name}`, value: statement.condition };
    }
    case "return":
      return { head: "return", value: statement.value };
    case "acquire": {
      const mode = statement.read ? " for read" : "";
      return { head: `acquire ${printExpression(statement.lock)}${mode}`, value: null };
    }
    case "release":
    case "downgrade":
      return { head: `${statement.kind} ${printExpression(statement.lock)}`, value: null };
    case "call":
      return { head: printExpression(statement.call), value: null };
    case "expression":
      return { head: printExpression(statement.value), value: null };
    case "goto":
      return { head: `goto ${statement.label.text}`, value: null };
    default:
      return { head: statement.kind, value: null };
  }
}
