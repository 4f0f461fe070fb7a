// A declaration whose own names are numbered in the order in which they are bound: alike if only those names differ.

import type { Binding, Declaration, Expression, Name } from "./ast.ts";

/** The names bound so far, outermost first. */
type Names = readonly string[];

/** `#2` for the third that is bound: no name of a spec begins so. */
function rename(names: Names, name: Name): Name {
  const position = names.lastIndexOf(name.text);
  return position < 0 ? name : { ...name, text: `#${position}` };
}

/** The declaration with its own names numbered, as far as it is printed. */
export function withNumberedNames(declaration: Declaration): Declaration {
  switch (declaration.kind) {
    case "fn":
    case "def":
    case "action": {
      const names = declaration.parameters.map(({ name }) => name.text);
      const parameters = declaration.parameters.map((parameter) => ({
        ...parameter,
        name: rename(names, parameter.name),
      }));
      if (declaration.kind === "def") {
        return { ...declaration, parameters, body: numbered(declaration.body, names) };
      }
      if (declaration.kind === "action") {
        const { when } = declaration;
        return { ...declaration, parameters, when: when && numbered(when, names) };
      }
      const { contract } = declaration;
      const holds = contract && { ...contract, lock: numbered(contract.lock, names) };
      return { ...declaration, parameters, contract: holds };
    }
    case "process": {
      const { index } = declaration;
      if (index === null) return declaration;
      const names = [index.name.text];
      return { ...declaration, index: { ...index, name: rename(names, index.name) } };
    }
    case "var": {
      const names = declaration.keys.flatMap(({ binder }) => binder?.text ?? []);
      const keys = declaration.keys.map((key) => ({
        ...key,
        binder: key.binder && rename(names, key.binder),
      }));
      const { initial } = declaration;
      return {
        ...declaration,
        keys,
        initial: { ...initial, value: numbered(initial.value, names) },
      };
    }
    case "param":
    case "const":
      return { ...declaration, value: numbered(declaration.value, []) };
    case "assume":
    case "init":
    case "terminal":
    case "invariant":
    case "step":
    case "property":
    case "cover":
      return { ...declaration, condition: numbered(declaration.condition, []) };
    default:
      return declaration;
  }
}

function numbered(expression: Expression, names: Names): Expression {
  switch (expression.kind) {
    case "name":
      return { ...expression, name: rename(names, expression.name) };
    case "let": {
      const inside = [...names, expression.name.text];
      return {
        ...expression,
        name: rename(inside, expression.name),
        value: numbered(expression.value, names),
        body: numbered(expression.body, inside),
      };
    }
    case "quantifier": {
      let inside = names;
      const bindings = expression.bindings.map((binding) => {
        const one = bound(binding, inside);
        inside = one.inside;
        return one.binding;
      });
      return { ...expression, bindings, body: numbered(expression.body, inside) };
    }
    case "array":
    case "map": {
      const { binding, inside } = bound(expression.binding, names);
      return { ...expression, binding, body: numbered(expression.body, inside) };
    }
    case "filter": {
      const { binding, inside } = bound(expression.binding, names);
      return { ...expression, binding, condition: numbered(expression.condition, inside) };
    }
    default:
      return mapOperands(expression, (operand) => numbered(operand, names));
  }
}

function bound(
  { name, set }: Binding,
  names: Names,
): { readonly binding: Binding; readonly inside: Names } {
  const inside = [...names, name.text];
  return { binding: { name: rename(inside, name), set: numbered(set, names) }, inside };
}

function mapOperands(
  expression: Exclude<
    Expression,
    { kind: "name" | "let" | "quantifier" | "array" | "map" | "filter" }
  >,
  change: (operand: Expression) => Expression,
): Expression {
  switch (expression.kind) {
    case "call":
      return { ...expression, arguments: expression.arguments.map(change) };
    case "index":
      return { ...expression, base: change(expression.base), index: change(expression.index) };
    case "field":
    case "prime":
      return { ...expression, base: change(expression.base) };
    case "unary":
      return { ...expression, operand: change(expression.operand) };
    case "binary":
      return { ...expression, left: change(expression.left), right: change(expression.right) };
    case "if": {
      const { condition, then, otherwise } = expression;
      return {
        ...expression,
        condition: change(condition),
        then: change(then),
        otherwise: change(otherwise),
      };
    }
    case "record": {
      const fields = expression.fields.map(({ name, value }) => ({ name, value: change(value) }));
      return { ...expression, fields };
    }
    case "set":
    case "sequence":
      return { ...expression, elements: expression.elements.map(change) };
    case "with": {
      const { selector } = expression;
      return {
        ...expression,
        base: change(expression.base),
        selector:
          selector.kind === "index" ? { ...selector, index: change(selector.index) } : selector,
        value: change(expression.value),
      };
    }
    case "at":
      return { ...expression, process: change(expression.process) };
    case "try-acquire":
      return { ...expression, lock: change(expression.lock) };
    case "temporal":
      return { ...expression, operands: expression.operands.map(change) };
    case "integer":
    case "boolean":
    case "null":
      return expression;
    default:
      return expression satisfies never;
  }
}
