// Declarations: concrete tree to AST.

import type {
  ActorCstNode,
  ConstantCstNode,
  DeclarationCstNode,
  ExpectCstNode,
  FunctionCstNode,
  LockCstNode,
  ParamCstNode,
  ParametersCstNode,
  ProcessCstNode,
  PropertyCstNode,
  VariableCstNode,
} from "../../grammar/cst.ts";
import { report } from "../diagnostics/report.ts";
import type {
  ActionDeclaration,
  Declaration,
  ExpectDeclaration,
  FunctionDeclaration,
  LockDeclaration,
  Name,
  Parameter,
  ProcessDeclaration,
  PropertyDeclaration,
  TypeExpression,
  VarDeclaration,
} from "./ast.ts";
import {
  type Building,
  type Located,
  linesOf,
  nameOf,
  spanOf,
  the,
  unquoted,
} from "./build-ast-base.ts";
import { buildBound, buildExpression, buildPlace } from "./build-ast-expression.ts";
import { buildBlock } from "./build-ast-statement.ts";
import { buildType } from "./build-ast-type.ts";

/** What every declaration has, whatever its kind. */
type Common = Pick<Declaration, "doc" | "span">;

export function buildDeclaration(b: Building, cst: DeclarationCstNode): Declaration {
  const parts = cst.children;
  if (parts.function !== undefined) return buildFunction(b, the(parts.function), cst);
  if (parts.actor !== undefined) return buildActor(b, the(parts.actor), cst);
  const common: Common = { doc: b.docOf(linesOf(cst)), span: spanOf(b, cst) };
  if (parts.variable !== undefined) return buildVariable(b, the(parts.variable), common);
  if (parts.property !== undefined) return buildProperty(b, the(parts.property), common);
  if (parts.expect !== undefined) return buildExpect(b, the(parts.expect), common);
  if (parts.lock !== undefined) return buildLock(b, the(parts.lock), common);
  if (parts.param !== undefined)
    return { kind: "param", ...buildConstant(b, the(parts.param)), ...common };
  if (parts.constant !== undefined)
    return { kind: "const", ...buildConstant(b, the(parts.constant)), ...common };
  if (parts.typeName !== undefined) {
    const { Symmetric, Identifier, type } = the(parts.typeName).children;
    const name = nameOf(b, the(Identifier));
    return {
      kind: "type",
      name,
      symmetric: Symmetric !== undefined,
      type: buildType(b, the(type)),
      ...common,
    };
  }
  if (parts.enumeration !== undefined) {
    const [name, ...members] = the(parts.enumeration).children.Identifier.map((token) =>
      nameOf(b, token),
    );
    return { kind: "enum", name: the(name && [name]), members, ...common };
  }
  if (parts.definition !== undefined) {
    const { Identifier, parameters, type, expression } = the(parts.definition).children;
    return {
      kind: "def",
      name: nameOf(b, the(Identifier)),
      parameters: buildParameters(b, the(parameters)),
      result: buildType(b, the(type)),
      body: buildExpression(b, the(expression)),
      ...common,
    };
  }
  if (parts.observe !== undefined) {
    const names = the(parts.observe).children.Identifier.map((token) => nameOf(b, token));
    return { kind: "observe", names, ...common };
  }
  if (parts.cost !== undefined) {
    return { kind: "cost", name: nameOf(b, the(the(parts.cost).children.Identifier)), ...common };
  }
  if (parts.use !== undefined) {
    return { kind: "use", path: unquoted(the(the(parts.use).children.StringLiteral)), ...common };
  }
  const kind =
    parts.assume !== undefined ? "assume" : parts.init !== undefined ? "init" : "terminal";
  const { expression } = the<{ children: { expression: ExpectedExpression } }>(
    parts.assume ?? parts.init ?? parts.terminal,
  ).children;
  return { kind, condition: buildExpression(b, the(expression)), ...common };
}

type ExpectedExpression = ParamCstNode["children"]["expression"];

function buildConstant(b: Building, cst: ParamCstNode | ConstantCstNode) {
  const { Identifier, type, expression } = cst.children;
  return {
    name: nameOf(b, the(Identifier)),
    type: buildType(b, the(type)),
    value: buildExpression(b, the(expression)),
  };
}

function buildVariable(b: Building, cst: VariableCstNode, common: Common): VarDeclaration {
  const { Ghost, Identifier, variableKey, type, Equals, expression } = cst.children;
  return {
    kind: "var",
    name: nameOf(b, the(Identifier)),
    ghost: Ghost !== undefined,
    keys: (variableKey ?? []).map(({ children }) => ({
      binder: children.Identifier === undefined ? null : nameOf(b, the(children.Identifier)),
      type: buildType(b, the(children.type)),
    })),
    type: buildType(b, the(type)),
    initial: {
      kind: Equals === undefined ? "in" : "value",
      value: buildExpression(b, the(expression)),
    },
    ...common,
  };
}

function buildLock(b: Building, cst: LockCstNode, common: Common): LockDeclaration {
  const { Spinlock, Mutex, Identifier, type } = cst.children;
  return {
    kind: "lock",
    name: nameOf(b, the(Identifier)),
    class: Spinlock !== undefined ? "spinlock" : Mutex !== undefined ? "mutex" : "rwsem",
    keys: (type ?? []).map((key) => buildType(b, key)),
    ...common,
  };
}

function buildParameters(b: Building, cst: ParametersCstNode): Parameter[] {
  return (cst.children.parameter ?? []).map((parameter) => {
    const { Ref, Identifier, type } = parameter.children;
    return {
      name: nameOf(b, the(Identifier)),
      type: buildType(b, the(type)),
      reference: Ref !== undefined,
      span: spanOf(b, parameter),
    };
  });
}

/** `whole` is what carries its text: the declaration, or the `replace` around it. */
export function buildFunction(
  b: Building,
  cst: FunctionCstNode,
  whole: Located,
): FunctionDeclaration {
  const { Identifier, parameters, type, contract, block } = cst.children;
  // The body first: what is wrong in it is said even if the head is broken.
  const body = buildBlock(b, the(block));
  const held = contract?.[0];
  const result: TypeExpression | null = type === undefined ? null : buildType(b, the(type));
  return {
    kind: "fn",
    name: nameOf(b, the(Identifier)),
    parameters: buildParameters(b, the(parameters)),
    result,
    contract:
      held === undefined
        ? null
        : { lock: buildPlace(b, the(held.children.place)), span: spanOf(b, held) },
    body,
    doc: b.docOf(linesOf(whole, the(block))),
    span: spanOf(b, cst),
  };
}

/** `whole` is what carries its text: the declaration, or the `replace` around it. */
export function buildActor(
  b: Building,
  cst: ActorCstNode,
  whole: Located,
): ProcessDeclaration | ActionDeclaration {
  const words = cst.children.fairness?.[0]?.children;
  const fairness = words === undefined ? "none" : words.Strongly === undefined ? "weak" : "strong";
  const span = spanOf(b, cst);
  if (cst.children.process !== undefined) {
    const process = the(cst.children.process);
    const doc = b.docOf(linesOf(whole, the(process.children.block)));
    return buildProcess(b, process, fairness, { doc, span });
  }
  const { Identifier, parameters, expression, block } = the(cst.children.action).children;
  const body = buildBlock(b, the(block));
  return {
    kind: "action",
    name: nameOf(b, the(Identifier)),
    fairness,
    parameters: parameters === undefined ? [] : buildParameters(b, the(parameters)),
    when: expression === undefined ? null : buildExpression(b, the(expression)),
    body,
    doc: b.docOf(linesOf(whole, the(block))),
    span,
  };
}

function buildProcess(
  b: Building,
  cst: ProcessCstNode,
  fairness: ProcessDeclaration["fairness"],
  common: Common,
): ProcessDeclaration {
  const { Daemon, Identifier, processIndex, block } = cst.children;
  const body = buildBlock(b, the(block));
  return {
    kind: "process",
    name: nameOf(b, the(Identifier)),
    daemon: Daemon !== undefined,
    fairness,
    index: processIndex === undefined ? null : buildIndex(b, processIndex),
    body,
    ...common,
  };
}

function buildIndex(
  b: Building,
  parts: NonNullable<ProcessCstNode["children"]["processIndex"]>,
): ProcessDeclaration["index"] {
  const { Identifier, type, expression } = the(parts).children;
  return {
    name: nameOf(b, the(Identifier)),
    domain:
      type === undefined
        ? { kind: "set", set: buildExpression(b, the(expression)) }
        : { kind: "type", type: buildType(b, the(type)) },
  };
}

function buildProperty(b: Building, cst: PropertyCstNode, common: Common): PropertyDeclaration {
  const { Invariant, Step, Property, Identifier, expression } = cst.children;
  return {
    kind: Invariant ? "invariant" : Step ? "step" : Property ? "property" : "cover",
    name: nameOf(b, the(Identifier)),
    condition: buildExpression(b, the(expression)),
    ...common,
  };
}

function buildExpect(b: Building, cst: ExpectCstNode, common: Common): ExpectDeclaration {
  const bindings = (cst.children.parameterValue ?? []).map((value) => ({
    name: nameOf(b, the(value.children.Identifier)),
    value: buildExpression(b, the(value.children.expression)),
    span: spanOf(b, value),
  }));
  return { kind: "expect", subject: buildSubject(b, cst), bindings, ...common };
}

function buildSubject(b: Building, cst: ExpectCstNode): ExpectDeclaration["subject"] {
  if (cst.children.expectedCount !== undefined) {
    const { States, Transitions, bound } = the(cst.children.expectedCount).children;
    const what = States ? "states" : Transitions ? "transitions" : "depth";
    return { kind: "count", what, value: buildBound(b, the(bound)) };
  }
  const { Identifier, Holds, Violated, Reachable } = the(cst.children.expectedOutcome).children;
  const [first, second] = Identifier.map((token) => nameOf(b, token));
  const name: Name = the(first && [first]);
  if (second !== undefined) {
    const wrong = Holds?.[0] ?? Violated?.[0];
    if (wrong !== undefined) {
      const found = `\`${wrong.image}\``;
      const expected = "`reachable` or `unreachable` behind a label";
      b.diagnostics.push(report("syntax-error", spanOf(b, wrong), { expected, found }));
    }
    return {
      kind: "label",
      function: name,
      label: second,
      outcome: Reachable ? "reachable" : "unreachable",
    };
  }
  const outcome = Holds ? "holds" : Violated ? "violated" : Reachable ? "reachable" : "unreachable";
  return { kind: "property", name, outcome };
}
