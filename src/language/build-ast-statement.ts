// Blocks and statements: concrete tree to AST.

import type {
  AssignOrCallCstNode,
  BlockCstNode,
  BlockItemCstNode,
  IfElseCstNode,
  StatementCstNode,
} from "../../grammar/cst.ts";
import { statementWords, type Token } from "../../grammar/tokens.ts";
import { report } from "../diagnostics/report.ts";
import { spanText } from "../diagnostics/source.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Block, Name, Statement, StatementShape } from "./ast.ts";
import { type Building, nameOf, spanOf, the, wholeOnes } from "./build-ast-base.ts";
import { buildBinding, buildExpression, buildPlace, buildTarget } from "./build-ast-expression.ts";
import { buildType } from "./build-ast-type.ts";

type Shape<Kind extends StatementShape["kind"]> = StatementShape & { readonly kind: Kind };

export function buildBlock(b: Building, cst: BlockCstNode): Block {
  let labels: Name[] = [];
  const statements = wholeOnes(cst.children.blockItem, (item) => {
    const { label } = item.children;
    if (label !== undefined) {
      labels.push(nameOf(b, the(the(label).children.Identifier)));
      return [];
    }
    const own = labels;
    labels = [];
    return [buildStatement(b, item, own)];
  }).flat();
  return { statements, endLabels: labels, span: spanOf(b, cst) };
}

function buildStatement(b: Building, item: BlockItemCstNode, labels: readonly Name[]): Statement {
  const cst = the(item.children.statement);
  return { ...buildShape(b, cst), labels, span: spanOf(b, cst) };
}

function buildShape(b: Building, cst: StatementCstNode): StatementShape {
  const parts = cst.children;
  if (parts.assignOrCall !== undefined) return buildAssignOrCall(b, the(parts.assignOrCall));
  if (parts.Skip !== undefined) return { kind: "skip" };
  if (parts.Break !== undefined) return { kind: "break" };
  if (parts.Continue !== undefined) return { kind: "continue" };
  if (parts.acquire !== undefined) {
    const { place, Read } = the(parts.acquire).children;
    return { kind: "acquire", lock: buildPlace(b, the(place)), read: Read !== undefined };
  }
  if (parts.release !== undefined) {
    return { kind: "release", lock: buildPlace(b, the(the(parts.release).children.place)) };
  }
  if (parts.downgrade !== undefined) {
    return { kind: "downgrade", lock: buildPlace(b, the(the(parts.downgrade).children.place)) };
  }
  if (parts.await !== undefined) {
    return {
      kind: "await",
      condition: buildExpression(b, the(the(parts.await).children.expression)),
    };
  }
  if (parts.assert !== undefined) {
    const { Identifier, expression } = the(parts.assert).children;
    const name = Identifier === undefined ? null : nameOf(b, the(Identifier));
    return { kind: "assert", name, condition: buildExpression(b, the(expression)) };
  }
  if (parts.goto !== undefined) {
    return { kind: "goto", label: nameOf(b, the(the(parts.goto).children.Identifier)) };
  }
  if (parts.return !== undefined) {
    const { expression } = the(parts.return).children;
    return {
      kind: "return",
      value: expression === undefined ? null : buildExpression(b, the(expression)),
    };
  }
  return buildSetting(b, cst) ?? buildCompound(b, cst);
}

/** `var`, `cost` and `ghost`. */
function buildSetting(b: Building, cst: StatementCstNode): StatementShape | null {
  const { localVariable, addCost, setGhost } = cst.children;
  if (localVariable !== undefined) {
    const { Identifier, type, expression } = the(localVariable).children;
    return {
      kind: "var",
      name: nameOf(b, the(Identifier)),
      type: buildType(b, the(type)),
      value: buildExpression(b, the(expression)),
    };
  }
  if (addCost !== undefined) {
    const { Identifier, expression } = the(addCost).children;
    return {
      kind: "cost",
      name: nameOf(b, the(Identifier)),
      value: buildExpression(b, the(expression)),
    };
  }
  if (setGhost !== undefined) {
    const { place, AssignOperator, expression } = the(setGhost).children;
    return {
      kind: "ghost",
      target: buildPlace(b, the(place)),
      operator: assignOperator(the(AssignOperator)),
      value: buildExpression(b, the(expression)),
    };
  }
  return null;
}

/** The statements that hold blocks. */
function buildCompound(b: Building, cst: StatementCstNode): StatementShape {
  const parts = cst.children;
  if (parts.ifElse !== undefined) return buildIf(b, the(parts.ifElse));
  if (parts.loop !== undefined) {
    return { kind: "loop", body: buildBlock(b, the(the(parts.loop).children.block)) };
  }
  if (parts.atomic !== undefined) {
    return { kind: "atomic", body: buildBlock(b, the(the(parts.atomic).children.block)) };
  }
  if (parts.either !== undefined) {
    return {
      kind: "either",
      branches: the(parts.either).children.block.map((block) => buildBlock(b, block)),
    };
  }
  if (parts.while !== undefined) {
    const { While, expression, block } = the(parts.while).children;
    const body = buildBlock(b, the(block));
    const condition = buildExpression(b, the(expression));
    return { kind: "while", condition, body, head: spanOf(b, the(While), the(expression)) };
  }
  if (parts.for !== undefined) {
    const { For, Any, binding, block } = the(parts.for).children;
    const body = buildBlock(b, the(block));
    const head = spanOf(b, the(For), the(binding));
    return {
      kind: "for",
      any: Any !== undefined,
      binding: buildBinding(b, the(binding)),
      body,
      head,
    };
  }
  const { Pick, binding, Where, expression, block } = the(parts.pick).children;
  const body = buildBlock(b, the(block));
  const where = Where === undefined ? null : buildExpression(b, the(expression));
  const head = spanOf(b, the(Pick), Where === undefined ? the(binding) : the(expression));
  return { kind: "pick", binding: buildBinding(b, the(binding)), where, body, head };
}

function buildIf(b: Building, cst: IfElseCstNode): Shape<"if"> {
  const { If, expression, block, elseIf = [] } = cst.children;
  // Blocks first: what is wrong in them is said even if the condition is broken.
  const body = buildBlock(b, the(block));
  const others = elseIf.map(({ children }) => ({
    body: buildBlock(b, the(children.block)),
    condition: buildExpression(b, the(children.expression)),
    head: spanOf(b, the(children.Else), the(children.expression)),
  }));
  const otherwise = block.length < 2 ? null : buildBlock(b, the(block, 1));
  const condition = buildExpression(b, the(expression));
  const head = spanOf(b, the(If), the(expression));
  return { kind: "if", arms: [{ condition, body, head }, ...others], otherwise };
}

function buildAssignOrCall(b: Building, cst: AssignOrCallCstNode): StatementShape {
  const target = buildTarget(b, the(cst.children.target));
  const { AssignOperator, expression } = cst.children;
  if (AssignOperator !== undefined) {
    const operator = assignOperator(the(AssignOperator));
    return { kind: "assign", target, operator, value: buildExpression(b, the(expression)) };
  }
  if (target.kind === "call") return { kind: "call", call: target };
  if (target.kind !== "try-acquire") {
    const what = spanText(target.span);
    const hint = target.kind === "name" ? didYouMean(what, statementWords) : null;
    b.diagnostics.push(
      report(
        "not-a-statement",
        target.span,
        {},
        { hint: hint ?? "`:=` assigns, `assert` checks, `await` waits" },
      ),
    );
  }
  return { kind: "expression", value: target };
}

function assignOperator(token: Token): ":=" | "+=" | "-=" {
  switch (token.image) {
    case "+=":
    case "-=":
      return token.image;
    default:
      return ":=";
  }
}
