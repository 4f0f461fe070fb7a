// Sets of the spec as lists: in the order of their type, each element once.

import type { Expr } from "../../machine/machine.ts";
import { allValues, helper, typeText } from "./context.ts";
import {
  arrow,
  atom,
  binding,
  exact,
  LEVEL,
  plain,
  type Reading,
  type Text,
  wrap,
} from "./reading.ts";

type SetExpr = Extract<
  Expr,
  {
    readonly kind:
      | "member"
      | "set-operation"
      | "subset"
      | "interval"
      | "type-set"
      | "set"
      | "map"
      | "filter";
  }
>;

/** Prints an expression that makes a set or asks something of one. */
export function setText(r: Reading, expr: SetExpr): Text {
  const { context } = r;
  const call = (name: string, ...parts: readonly string[]): Text =>
    atom(`${helper(context, name)}(${parts.join(", ")})`);
  const all = (): string => {
    if (expr.type.kind !== "set") throw new Error("no type of a set");
    return allValues(context, expr.type.of);
  };
  switch (expr.kind) {
    case "member": {
      const found = isMember(r, expr);
      return expr.negated ? { text: `!${wrap(found, LEVEL.unary)}`, level: LEVEL.unary } : found;
    }
    case "subset":
      return call("isSubset", plain(r, expr.left), plain(r, expr.right));
    case "set-operation": {
      const [left, right] = [plain(r, expr.left), plain(r, expr.right)];
      if (expr.operator === "union") return call("union", all(), left, right);
      return call(expr.operator === "intersect" ? "intersection" : "difference", left, right);
    }
    case "interval": {
      const of =
        context.types && expr.type.kind === "set" ? `<${typeText(context, expr.type.of)}>` : "";
      return atom(`${helper(context, "range")}${of}(${plain(r, expr.lo)}, ${plain(r, expr.hi)})`);
    }
    case "type-set":
      return atom(allValues(context, expr.of));
    case "set": {
      if (expr.elements.length === 0) return call("setOf", all(), "[]");
      return call(
        "setOf",
        all(),
        `[${expr.elements.map((element) => plain(r, element)).join(", ")}]`,
      );
    }
    case "map": {
      const set = wrap(r.text(r, expr.set), LEVEL.atom);
      const make = binding(r, expr.binder, (name) => arrow(name, r.text(r, expr.body)));
      return call("setOf", all(), `${set}.map(${make})`);
    }
    case "filter": {
      const set = wrap(exact(r, expr.set, expr.set.type), LEVEL.atom);
      const test = binding(r, expr.binder, (name) => arrow(name, r.text(r, expr.condition)));
      return atom(`${set}.filter(${test})`);
    }
    default:
      return expr satisfies never;
  }
}

/** `lo <= x && x <= hi` where `x` is short, else a search. */
function isMember(r: Reading, expr: SetExpr & { readonly kind: "member" }): Text {
  const element = r.text(r, expr.element);
  if (expr.set.kind === "interval" && /^[\w.]+$/.test(element.text)) {
    const lo = wrap(r.text(r, expr.set.lo), LEVEL.compare + 1);
    const hi = wrap(r.text(r, expr.set.hi), LEVEL.compare + 1);
    return { text: `${lo} <= ${element.text} && ${element.text} <= ${hi}`, level: LEVEL.and };
  }
  return atom(`${helper(r.context, "has")}(${plain(r, expr.set)}, ${element.text})`);
}
