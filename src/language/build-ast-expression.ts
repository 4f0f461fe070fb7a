// Expressions and types: concrete tree to AST.
//
// The grammar gives an expression as a flat row of operands and operators. Here a stack of operators
// makes the tree of it, by the strengths in grammar/operators.ts, without recursion over the row.

import type {
  BindingCstNode,
  BoundCstNode,
  BoundOperandCstNode,
  BracesLiteralCstNode,
  BracketsLiteralCstNode,
  ExpressionCstNode,
  OperandCstNode,
  OperationCstNode,
  PlaceCstNode,
  PlaceSuffixCstNode,
  PlainOperandCstNode,
  PrimaryCstNode,
  ReferenceCstNode,
  SuffixCstNode,
  TargetCstNode,
  TryAcquireCstNode,
} from "../../grammar/cst.ts";
import { postfixStrength, withStrength } from "../../grammar/operators.ts";
import type { Token } from "../../grammar/tokens.ts";
import type { Binding, Expression } from "./ast.ts";
import { type Building, endOf, nameOf, spanOf, startOf, the } from "./build-ast-base.ts";
import { OperatorStack, type Piece } from "./build-ast-operators.ts";

export function buildExpression(b: Building, cst: ExpressionCstNode): Expression {
  const { operand, operation } = cst.children;
  const stack = new OperatorStack(b);
  pushOperand(b, stack, the(operand));
  pushOperations(b, stack, operation);
  return stack.finish();
}

/** What an assignment assigns to, or what stands alone as a statement. */
export function buildTarget(b: Building, cst: TargetCstNode): Expression {
  const { reference, tryAcquire, suffix, operation } = cst.children;
  const stack = new OperatorStack(b);
  const first =
    reference === undefined ? buildTry(b, the(tryAcquire)) : buildReference(b, the(reference));
  stack.pushOperand(withSuffixes(b, pieceOf(first), suffix));
  pushOperations(b, stack, operation);
  return stack.finish();
}

/** A bound of a range, or a count. */
export function buildBound(b: Building, cst: BoundCstNode): Expression {
  const { boundOperand, boundOperation } = cst.children;
  const stack = new OperatorStack(b);
  pushBoundOperand(b, stack, the(boundOperand));
  for (const operation of boundOperation ?? []) {
    const operator = the(operation.children.ArithmeticOperator);
    stack.pushBinary(operator.image, spanOf(b, operator));
    pushBoundOperand(b, stack, the(operation.children.boundOperand));
  }
  return stack.finish();
}

function pushBoundOperand(b: Building, stack: OperatorStack, cst: BoundOperandCstNode): void {
  const { Minus, NumberLiteral, reference, expression, LParen, RParen, placeSuffix } = cst.children;
  for (const minus of Minus ?? []) stack.pushPrefix("-", spanOf(b, minus));
  let first: Piece;
  if (NumberLiteral !== undefined) first = pieceOf(buildNumber(b, the(NumberLiteral)));
  else if (reference !== undefined) first = pieceOf(buildReference(b, the(reference)));
  else {
    const node = buildExpression(b, the(expression));
    const { start, end } = spanOf(b, the(LParen), the(RParen));
    first = { node, start, end, strength: postfixStrength };
  }
  stack.pushOperand(withSuffixes(b, first, placeSuffix));
}

function buildNumber(b: Building, token: Token): Expression {
  return { kind: "integer", value: Number(token.image), span: spanOf(b, token) };
}

export function buildBinding(b: Building, cst: BindingCstNode): Binding {
  const { Identifier, expression } = cst.children;
  return { name: nameOf(b, the(Identifier)), set: buildExpression(b, the(expression)) };
}

/** A variable, an element or a field: what a lock or a ghost is written as. */
export function buildPlace(b: Building, cst: PlaceCstNode): Expression {
  const name = nameOf(b, the(cst.children.Identifier));
  return withSuffixes(b, pieceOf({ kind: "name", name, span: name.span }), cst.children.placeSuffix)
    .node;
}

function pushOperations(
  b: Building,
  stack: OperatorStack,
  operations: readonly OperationCstNode[] = [],
): void {
  for (const { children } of operations) {
    if (children.labelPath !== undefined) {
      const labels = the(children.labelPath);
      const path = labels.children.Identifier.map((token) => nameOf(b, token));
      stack.pushAt(path, spanOf(b, the(children.At)), endOf(labels));
      continue;
    }
    if (children.NotWord !== undefined) {
      stack.pushBinary("not in", spanOf(b, the(children.NotWord), the(children.In)));
    } else {
      const operator = the(children.BinaryOperator);
      stack.pushBinary(operator.image, spanOf(b, operator));
    }
    pushOperand(b, stack, the(children.operand));
  }
}

function pushOperand(b: Building, stack: OperatorStack, cst: OperandCstNode): void {
  const { prefix, primary, suffix, update } = cst.children;
  for (const sign of prefix ?? []) {
    const { Not, Minus, Diamond } = sign.children;
    const operator =
      Not !== undefined ? "!" : Minus !== undefined ? "-" : Diamond !== undefined ? "<>" : "[]";
    stack.pushPrefix(operator, spanOf(b, sign));
  }
  let piece = withSuffixes(b, buildPrimary(b, the(primary)), suffix);
  for (const { children, location } of update ?? []) {
    const value = new OperatorStack(b);
    pushPlainOperand(b, value, the(children.plainOperand));
    const end = (location?.endOffset ?? 0) + 1;
    const node: Expression = {
      kind: "with",
      base: piece.node,
      selector:
        children.expression === undefined
          ? { kind: "field", name: nameOf(b, the(children.Identifier)) }
          : { kind: "index", index: buildExpression(b, the(children.expression)) },
      value: value.finish(),
      span: { source: b.source, start: piece.start, end },
    };
    piece = { node, start: piece.start, end, strength: withStrength };
  }
  stack.pushOperand(piece);
}

function pushPlainOperand(b: Building, stack: OperatorStack, cst: PlainOperandCstNode): void {
  for (const minus of cst.children.Minus ?? []) stack.pushPrefix("-", spanOf(b, minus));
  stack.pushOperand(
    withSuffixes(b, buildPrimary(b, the(cst.children.primary)), cst.children.suffix),
  );
}

function withSuffixes(
  b: Building,
  base: Piece,
  suffixes: readonly (SuffixCstNode | PlaceSuffixCstNode)[] = [],
): Piece {
  let { node } = base;
  let end = base.end;
  for (const suffix of suffixes) {
    end = endOf(suffix);
    const span = { source: b.source, start: base.start, end };
    const { expression, Identifier } = suffix.children;
    if (expression !== undefined) {
      node = { kind: "index", base: node, index: buildExpression(b, the(expression)), span };
    } else if (Identifier !== undefined) {
      node = { kind: "field", base: node, field: nameOf(b, the(Identifier)), span };
    } else {
      node = { kind: "prime", base: node, span };
    }
  }
  return { node, start: base.start, end, strength: postfixStrength };
}

function pieceOf(node: Expression): Piece {
  return { node, start: node.span.start, end: node.span.end, strength: postfixStrength };
}

function buildPrimary(b: Building, cst: PrimaryCstNode): Piece {
  const node = buildPrimaryNode(b, cst);
  // In parentheses a node keeps its own span, but takes the room of the parentheses.
  return { node, start: startOf(cst), end: endOf(cst), strength: postfixStrength };
}

function buildPrimaryNode(b: Building, cst: PrimaryCstNode): Expression {
  const span = spanOf(b, cst);
  const parts = cst.children;
  if (parts.NumberLiteral !== undefined) return buildNumber(b, the(parts.NumberLiteral));
  if (parts.True !== undefined) return { kind: "boolean", value: true, span };
  if (parts.False !== undefined) return { kind: "boolean", value: false, span };
  if (parts.Null !== undefined) return { kind: "null", span };
  if (parts.reference !== undefined) return buildReference(b, the(parts.reference));
  if (parts.expression !== undefined) return buildExpression(b, the(parts.expression));
  if (parts.bracesLiteral !== undefined) return buildBraces(b, the(parts.bracesLiteral));
  if (parts.bracketsLiteral !== undefined) return buildBrackets(b, the(parts.bracketsLiteral));
  if (parts.tryAcquire !== undefined) return buildTry(b, the(parts.tryAcquire));
  if (parts.conditional !== undefined) {
    const { expression } = the(parts.conditional).children;
    return {
      kind: "if",
      condition: buildExpression(b, the(expression, 0)),
      then: buildExpression(b, the(expression, 1)),
      otherwise: buildExpression(b, the(expression, 2)),
      span,
    };
  }
  if (parts.letIn !== undefined) {
    const { Identifier, expression } = the(parts.letIn).children;
    return {
      kind: "let",
      name: nameOf(b, the(Identifier)),
      value: buildExpression(b, the(expression, 0)),
      body: buildExpression(b, the(expression, 1)),
      span,
    };
  }
  const { children } = the(parts.quantified);
  return {
    kind: "quantifier",
    quantifier: children.Forall
      ? "forall"
      : children.Exists
        ? "exists"
        : children.Count
          ? "count"
          : "sum",
    bindings: children.binding.map((binding) => buildBinding(b, binding)),
    body: buildExpression(b, the(children.expression)),
    span,
  };
}

function buildReference(b: Building, cst: ReferenceCstNode): Expression {
  const name = nameOf(b, the(cst.children.Identifier));
  if (cst.children.callArguments === undefined) return { kind: "name", name, span: name.span };
  const list = the(cst.children.callArguments).children.expression ?? [];
  return {
    kind: "call",
    name,
    arguments: list.map((argument) => buildExpression(b, argument)),
    span: spanOf(b, cst),
  };
}

function buildTry(b: Building, cst: TryAcquireCstNode): Expression {
  return {
    kind: "try-acquire",
    lock: buildPlace(b, the(cst.children.place)),
    span: spanOf(b, cst),
  };
}

function buildBraces(b: Building, cst: BracesLiteralCstNode): Expression {
  const span = spanOf(b, cst);
  const { fieldValue, binding, Where, expression = [] } = cst.children;
  if (fieldValue !== undefined) {
    const fields = fieldValue.map(({ children }) => ({
      name: nameOf(b, the(children.Identifier)),
      value: buildExpression(b, the(children.expression)),
    }));
    return { kind: "record", fields, span };
  }
  const elements = expression.map((element) => buildExpression(b, element));
  if (binding === undefined) return { kind: "set", elements, span };
  const bound = buildBinding(b, the(binding));
  return Where === undefined
    ? { kind: "map", body: the(elements), binding: bound, span }
    : { kind: "filter", binding: bound, condition: the(elements), span };
}

function buildBrackets(b: Building, cst: BracketsLiteralCstNode): Expression {
  const span = spanOf(b, cst);
  const { binding, expression = [] } = cst.children;
  const elements = expression.map((element) => buildExpression(b, element));
  if (binding === undefined) return { kind: "sequence", elements, span };
  return { kind: "array", binding: buildBinding(b, the(binding)), body: the(elements), span };
}
