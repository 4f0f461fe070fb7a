// The order of a type's values, for the few expressions that depend on it.

import { type Type, valuesOf } from "../../machine/machine.ts";
import { type Context, need } from "./context.ts";
import { layOut } from "./print.ts";
import {
  and,
  apply,
  call,
  exists,
  FALSE,
  field,
  forall,
  implies,
  infix,
  NULL,
  not,
  number,
  or,
  reference,
  type Tla,
  tuple,
} from "./tree.ts";
import { isSymmetric, valueTree } from "./values.ts";

/** Does one value of a type come before another? */
export function before(context: Context, type: Type, left: Tla, right: Tla): Tla {
  switch (type.kind) {
    case "bool":
      return and(not(left), right);
    case "range":
      if (!isSymmetric(type)) return infix(left, "<", right);
      return ranked(context, type, left, right);
    case "enum":
    case "process":
      return ranked(context, type, left, right);
    case "option":
      return and(
        infix(right, "#", NULL),
        or(infix(left, "=", NULL), before(context, type.of, left, right)),
      );
    case "record":
      return lexicographic(
        context,
        type.fields.map(({ name, type: of }) => {
          const shown = context.fieldName(name);
          return [of, field(left, shown), field(right, shown)] as const;
        }),
      );
    case "array":
      return lexicographic(
        context,
        [...valuesOf(type.key)].map((key) => {
          const shown = valueTree(context, type.key, key);
          return [type.of, apply(left, shown), apply(right, shown)] as const;
        }),
      );
    case "set": {
      const [more, less] = [{ wish: "d" }, { wish: "e" }];
      return exists(
        more,
        infix(right, "\\", left),
        forall(
          less,
          infix(left, "\\", right),
          before(context, type.of, reference(less), reference(more)),
        ),
      );
    }
    case "sequence": {
      const [at, earlier] = [{ wish: "i" }, { wish: "j" }];
      const [i, j] = [reference(at), reference(earlier)];
      const length = (tree: Tla): Tla => call("Len", tree);
      const differ = exists(
        at,
        infix(number(1), "..", length(left)),
        and(
          before(context, type.of, apply(left, i), apply(right, i)),
          forall(
            earlier,
            infix(number(1), "..", infix(i, "-", number(1))),
            infix(apply(left, j), "=", apply(right, j)),
          ),
        ),
      );
      return or(
        infix(length(left), "<", length(right)),
        and(infix(length(left), "=", length(right)), differ),
      );
    }
    default:
      return type satisfies never;
  }
}

function ranked(context: Context, type: Type, left: Tla, right: Tla): Tla {
  const members = [...valuesOf(type)].map((value) => valueTree(context, type, value));
  const name = type.kind === "process" ? "instances" : ("name" in type && type.name) || "values";
  const key = `rank ${name}`;
  const operator = context.ranks.get(key) ?? freshName(context, `rank_${name}`);
  if (!context.ranks.has(key)) {
    context.ranks.set(key, operator);
    const order = layOut(tuple(members), 0).join(" ");
    need(context, key, [
      "\\* The place of a value in the order of its type.",
      `${operator}(x) == CHOOSE i \\in 1..${members.length} : ${order}[i] = x`,
    ]);
  }
  return infix(call(operator, left), "<", call(operator, right));
}

function freshName(context: Context, wish: string): string {
  const name = context.naming.fresh(wish);
  context.taken.add(name);
  return name;
}

function lexicographic(context: Context, parts: readonly (readonly [Type, Tla, Tla])[]): Tla {
  return parts.reduceRight<Tla>(
    (rest, [type, left, right]) =>
      or(before(context, type, left, right), and(infix(left, "=", right), rest)),
    FALSE,
  );
}

/** What must hold of a value `x` so that whatever comes before it in `set` satisfies `earlier`. */
export function allBefore(
  context: Context,
  type: Type,
  set: Tla,
  value: Tla,
  wish: string,
  earlier: (other: Tla) => Tla,
): Tla {
  const bound = { wish };
  const other = reference(bound);
  return forall(bound, set, implies(before(context, type, other, value), earlier(other)));
}

/** The first or last element of a set. */
export function extreme(context: Context, type: Type, set: Tla, which: "min" | "max"): Tla {
  if (type.kind === "range" && !type.symmetric) {
    const [name, operator] = which === "min" ? ["Min", "<="] : ["Max", ">="];
    need(context, name, [`${name}(S) == CHOOSE x \\in S : \\A y \\in S : x ${operator} y`]);
    return call(name, set);
  }
  const [one, another] = [{ wish: "x" }, { wish: "y" }];
  const [x, y] = [reference(one), reference(another)];
  const wrong = which === "min" ? before(context, type, y, x) : before(context, type, x, y);
  return {
    kind: "quantifier",
    quantifier: "CHOOSE",
    bound: one,
    set,
    body: forall(another, set, not(wrong)),
  };
}
