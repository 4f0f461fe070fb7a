// Types: concrete tree to AST.

import type { ElementTypeCstNode, SimpleTypeCstNode, TypeCstNode } from "../../grammar/cst.ts";
import type { TypeExpression } from "./ast.ts";
import { type Building, endOf, nameOf, spanOf, startOf, the } from "./build-ast-base.ts";
import { buildBound } from "./build-ast-expression.ts";

export function buildType(b: Building, cst: TypeCstNode): TypeExpression {
  const { range, elementType } = cst.children;
  if (range === undefined) return buildElementType(b, the(elementType));
  const { bound } = the(range).children;
  return {
    kind: "range",
    lo: buildBound(b, the(bound, 0)),
    hi: buildBound(b, the(bound, 1)),
    span: spanOf(b, cst),
  };
}

function buildElementType(b: Building, cst: ElementTypeCstNode): TypeExpression {
  const simple = the(cst.children.simpleType);
  let type = buildSimpleType(b, simple);
  for (const suffix of cst.children.typeSuffix ?? []) {
    const span = { source: b.source, start: startOf(simple), end: endOf(suffix) };
    const key = suffix.children.type;
    type =
      key === undefined
        ? { kind: "option", of: type, span }
        : { kind: "array", of: type, key: buildType(b, the(key)), span };
  }
  return type;
}

function buildSimpleType(b: Building, cst: SimpleTypeCstNode): TypeExpression {
  const span = spanOf(b, cst);
  const { setType, sequenceType, recordType, type, Bool, Identifier } = cst.children;
  if (setType !== undefined) {
    return { kind: "set", of: buildElementType(b, the(the(setType).children.elementType)), span };
  }
  if (sequenceType !== undefined) {
    const { elementType, bound } = the(sequenceType).children;
    return {
      kind: "sequence",
      of: buildElementType(b, the(elementType)),
      upto: buildBound(b, the(bound)),
      span,
    };
  }
  if (recordType !== undefined) {
    const fields = the(recordType).children.fieldType.map(({ children }) => ({
      name: nameOf(b, the(children.Identifier)),
      type: buildType(b, the(children.type)),
    }));
    return { kind: "record", fields, span };
  }
  if (type !== undefined) return buildType(b, the(type));
  if (Bool !== undefined) return { kind: "bool", span };
  return { kind: "name", name: nameOf(b, the(Identifier)), span };
}
