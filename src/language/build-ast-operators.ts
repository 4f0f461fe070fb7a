// From a row of operands and operators to a tree: the stack of operators that still wait for an operand.

import { binaryStrength, levels, prefixStrength } from "../../grammar/operators.ts";
import { report } from "../diagnostics/report.ts";
import type { Span } from "../diagnostics/source.ts";
import type { BinaryOperator, Expression, Name } from "./ast.ts";
import { type Building, MissingPart } from "./build-ast-base.ts";

/** An operand with the room it takes (its parentheses counted) and the strength of its outermost operator. */
export interface Piece {
  readonly node: Expression;
  readonly start: number;
  readonly end: number;
  readonly strength: number;
}

interface Waiting {
  readonly operator: string;
  readonly prefix: boolean;
  readonly strength: number;
  readonly span: Span;
}

export class OperatorStack {
  private readonly building: Building;
  private readonly pieces: Piece[] = [];
  private readonly waiting: Waiting[] = [];

  constructor(building: Building) {
    this.building = building;
  }

  pushOperand(piece: Piece): void {
    this.pieces.push(piece);
  }

  pushPrefix(operator: string, span: Span): void {
    const strength = prefixStrength(operator);
    const outer = this.waiting.at(-1);
    // `1 + !a == b` would read as `1 + (!(a == b))`, which nobody means.
    if (outer !== undefined && outer.strength > strength) {
      this.building.diagnostics.push(
        report("needs-parentheses", span, { operator, outer: outer.operator }),
      );
    }
    this.waiting.push({ operator, prefix: true, strength, span });
  }

  pushBinary(operator: string, span: Span): void {
    const strength = binaryStrength(operator);
    this.makeRoom(operator, strength, span);
    this.waiting.push({ operator, prefix: false, strength, span });
  }

  /** `@` has no operand to its right but a label. */
  pushAt(path: readonly Name[], span: Span, end: number): void {
    const strength = binaryStrength("@");
    this.makeRoom("@", strength, span);
    const process = this.pop();
    const node: Expression = {
      kind: "at",
      process: process.node,
      path,
      span: { source: this.building.source, start: process.start, end },
    };
    this.pieces.push({ node, start: process.start, end, strength });
  }

  finish(): Expression {
    while (this.waiting.length > 0) this.reduce();
    return this.pop().node;
  }

  /** Builds what binds more strongly than the operator that comes now. */
  private makeRoom(operator: string, strength: number, span: Span): void {
    const { kind } = levels[strength] ?? { kind: "left" };
    for (let top = this.waiting.at(-1); top !== undefined; top = this.waiting.at(-1)) {
      if (top.strength < strength || (top.strength === strength && kind === "right")) break;
      this.reduce();
    }
    if (kind === "none" && this.pieces.at(-1)?.strength === strength) {
      const hint =
        operator === ".." ? null : "join two comparisons with `&&`, or put one in parentheses";
      this.building.diagnostics.push(report("operator-chained", span, { operator }, { hint }));
    }
  }

  private reduce(): void {
    const top = this.waiting.pop();
    if (top === undefined) return;
    const { operator, strength } = top;
    const right = this.pop();
    const left = top.prefix ? { start: top.span.start } : this.pop();
    const span: Span = { source: this.building.source, start: left.start, end: right.end };
    const node =
      "node" in left
        ? joined(operator, left.node, right.node, span)
        : prefixed(operator, right.node, span);
    this.pieces.push({ node, start: left.start, end: right.end, strength });
  }

  private pop(): Piece {
    const piece = this.pieces.pop();
    if (piece === undefined) throw new MissingPart("an operand is missing");
    return piece;
  }
}

function prefixed(operator: string, operand: Expression, span: Span): Expression {
  if (operator === "[]" || operator === "<>")
    return { kind: "temporal", operator, operands: [operand], span };
  return { kind: "unary", operator: operator === "!" ? "!" : "-", operand, span };
}

function joined(operator: string, left: Expression, right: Expression, span: Span): Expression {
  if (operator === "~>") return { kind: "temporal", operator, operands: [left, right], span };
  return { kind: "binary", operator: operator as BinaryOperator, left, right, span };
}
