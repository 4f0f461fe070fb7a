// What a spec declares, each on one line: what a comparison of two versions reads of it.
//
// Two declarations mean the same if they print the same once their own names (parameters, and what quantifiers and
// the like bind) are numbered; so neither comments, layout nor such a name makes a difference.

import type { Span } from "../diagnostics/source.ts";
import type { Declaration, Expression, SpecFile } from "./ast.ts";
import { printDeclaration } from "./format.ts";
import type { Declared } from "./model.ts";
import { withNumberedNames } from "./numbered-names.ts";

/** Everything declared but expectations, in the order of the text. */
export function declaredIn({ declarations }: SpecFile): readonly Declared[] {
  return declarations.flatMap((declaration) => {
    const { kind } = declaration;
    if (kind === "expect" || kind === "use") return [];
    return {
      kind: kind === "lock" ? declaration.class : kind,
      name: "name" in declaration ? declaration.name.text : null,
      text: printDeclaration(declaration),
      meaning: printDeclaration(withNumberedNames(declaration)),
      span: placeOf(declaration),
    };
  });
}

/** The declaration, or the value that a patch gave it. */
function placeOf(declaration: Declaration): Span {
  const { span } = declaration;
  const value = givenValue(declaration);
  return value === null || value.span.source === span.source ? span : value.span;
}

function givenValue(declaration: Declaration): Expression | null {
  switch (declaration.kind) {
    case "param":
    case "const":
      return declaration.value;
    case "var":
      return declaration.initial.value;
    default:
      return null;
  }
}
