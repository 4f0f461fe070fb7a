// The value of an expression in TLA+, where evaluating it does not go wrong; see faults.ts for where it does.

import { type Expr, firstValue } from "../../machine/machine.ts";
import { need } from "./context.ts";
import { before, extreme } from "./order.ts";
import {
  binding,
  type ExprOf,
  isHeld,
  lockAt,
  namesOf,
  ofInstance,
  type Reading,
} from "./reading.ts";
import { letIn } from "./simplify.ts";
import {
  and,
  apply,
  call,
  choose,
  except,
  exists,
  FALSE,
  field,
  filter,
  forall,
  implies,
  infix,
  lambda,
  NULL,
  not,
  number,
  or,
  prefix,
  setOf,
  string,
  type Tla,
  text,
  tuple,
} from "./tree.ts";
import { enumerable, processTree, typeSet, valueTree } from "./values.ts";

/** The value of an expression, as a tree. */
export function exprTree(r: Reading, expr: Expr): Tla {
  const { context } = r;
  const of = (part: Expr): Tla => exprTree(r, part);
  const index = (part: Expr | null): Tla | null => (part === null ? null : of(part));
  switch (expr.kind) {
    case "literal":
      return valueTree(context, expr.type, expr.value);
    case "constant": {
      const name = context.constants.get(expr.constant);
      return name === undefined
        ? valueTree(context, expr.constant.type, expr.constant.value)
        : text(name);
    }
    case "variable":
      return r.variable(expr.variable);
    case "local":
      return r.local(expr.local);
    case "bound": {
      const known = r.binders.get(expr.binder);
      if (known === undefined) throw new Error(`unbound name: ${expr.binder.name}`);
      return known;
    }
    case "index":
      return apply(of(expr.base), of(expr.index));
    case "element":
      return apply(of(expr.base), oneMore(of(expr.index)));
    case "field":
      return field(of(expr.base), context.fieldName(expr.field));
    case "not":
      return not(of(expr.operand));
    case "negate":
      return prefix("-", of(expr.operand));
    case "logical":
      return logical(r, expr);
    case "arithmetic":
      return infix(of(expr.left), ARITHMETIC[expr.operator], of(expr.right));
    case "comparison":
      return comparison(r, expr);
    case "member":
      return infix(of(expr.element), expr.negated ? "\\notin" : "\\in", of(expr.set));
    case "set-operation":
      return infix(of(expr.left), SETS[expr.operator], of(expr.right));
    case "subset":
      return infix(of(expr.left), "\\subseteq", of(expr.right));
    case "interval":
      return infix(of(expr.lo), "..", of(expr.hi));
    case "type-set":
      return enumerable(context, expr.of);
    case "if":
      return choose(of(expr.condition), of(expr.then), of(expr.otherwise));
    case "let": {
      const { bound, r: inner } = binding(r, expr.binder);
      return letIn(bound, of(expr.value), exprTree(inner, expr.body));
    }
    case "quantifier":
      return quantified(r, expr);
    case "record":
      return recordOf(r, expr);
    case "set":
      return setOf(expr.elements.map(of));
    case "sequence":
      return tuple(expr.elements.map(of));
    case "array": {
      const { bound, r: inner } = binding(r, expr.binder);
      return lambda(bound, typeSet(context, expr.binder.type), exprTree(inner, expr.body));
    }
    case "map": {
      const { bound, r: inner } = binding(r, expr.binder);
      const body = exprTree(inner, expr.body);
      return { kind: "comprehension", form: "map", bound, set: of(expr.set), body };
    }
    case "filter": {
      const { bound, r: inner } = binding(r, expr.binder);
      return filter(bound, of(expr.set), exprTree(inner, expr.condition));
    }
    case "with-index":
      return except(of(expr.base), [of(expr.index)], of(expr.value));
    case "with-element":
      return except(of(expr.base), [oneMore(of(expr.index))], of(expr.value));
    case "with-field":
      return except(of(expr.base), [context.fieldName(expr.field)], of(expr.value));
    case "builtin":
      return builtin(r, expr);
    case "some":
    case "unwrap":
    case "convert":
      return of(expr.value);
    case "instance":
      return processTree(expr.process, index(expr.index));
    case "done":
      return infix(place(r, expr), "=", string(lastLocation(r, expr)));
    case "located": {
      const { locations } = namesOf(r, expr.process).machine;
      const names = locations
        .filter(({ id }) => expr.locations.has(id))
        .map(({ name }) => string(name));
      const [first, ...others] = names;
      if (first === undefined) return FALSE;
      if (others.length === 0) return infix(place(r, expr), "=", first);
      return infix(place(r, expr), "\\in", setOf(names));
    }
    case "process-variable": {
      const names = namesOf(r, expr.process);
      const stored = [...names.locals].find(([local]) => local.name === expr.local.name)?.[1];
      if (stored === undefined) return valueTree(context, expr.type, firstValue(expr.local.type));
      return ofInstance(r.stored(stored), index(expr.index));
    }
    case "holder": {
      const lock = lockAt(r, expr.lock, expr.lock.indices.map(of));
      return expr.lock.lock.class === "rwsem" ? field(lock, "writer") : lock;
    }
    case "held": {
      const lock = lockAt(r, expr.lock, expr.lock.indices.map(of));
      return isHeld(expr.lock.lock, lock, index(expr.by));
    }
    case "prime":
      if (r.after === null) throw new Error("a primed expression outside a step property");
      return exprTree({ ...r.after, binders: r.binders }, expr.operand);
    case "taken": {
      if (r.mover === null) throw new Error("`taken` outside a step property");
      const moved = infix(r.mover, "=", processTree(expr.process, index(expr.index)));
      return expr.at === null ? moved : and(moved, of(expr.at));
    }
    case "taken-action":
      if (r.mover === null) throw new Error("`taken` outside a step property");
      return infix(r.mover, "=", tuple([string(expr.action.name)]));
    case "at":
      throw new Error("`@` that lowering left unresolved");
    default:
      return expr satisfies never;
  }
}

const ARITHMETIC = { "+": "+", "-": "-", "*": "*", "/": "\\div", "%": "%" } as const;
const SETS = { union: "\\cup", intersect: "\\cap", minus: "\\" } as const;

/** Sequences of TLA+ begin with 1. */
export function oneMore(index: Tla): Tla {
  if (index.kind === "text" && /^\d+$/.test(index.text)) return number(Number(index.text) + 1);
  return infix(index, "+", number(1));
}

function place(r: Reading, expr: ExprOf<"done" | "located">): Tla {
  const index = expr.index === null ? null : exprTree(r, expr.index);
  return ofInstance(r.at(namesOf(r, expr.process)), index);
}

function lastLocation(r: Reading, expr: ExprOf<"done">): string {
  return namesOf(r, expr.process).machine.locations.at(-1)?.name ?? "done";
}

function logical(r: Reading, expr: ExprOf<"logical">): Tla {
  const [left, right] = [exprTree(r, expr.left), exprTree(r, expr.right)];
  switch (expr.operator) {
    case "&&":
      return and(left, right);
    case "||":
      return or(left, right);
    case "=>":
      return implies(left, right);
    case "<=>":
      return infix(left, "<=>", right);
    default:
      return expr.operator satisfies never;
  }
}

function comparison(r: Reading, expr: ExprOf<"comparison">): Tla {
  const [left, right] = [exprTree(r, expr.left), exprTree(r, expr.right)];
  const { type } = expr.left;
  switch (expr.operator) {
    case "==":
      return infix(left, "=", right);
    case "!=":
      return infix(left, "#", right);
    case "<":
    case "<=":
    case ">":
    case ">=":
      if (type.kind === "range") return infix(left, expr.operator, right);
      if (expr.operator === "<") return before(r.context, type, left, right);
      if (expr.operator === ">") return before(r.context, type, right, left);
      if (expr.operator === "<=") return not(before(r.context, type, right, left));
      return not(before(r.context, type, left, right));
    default:
      return expr.operator satisfies never;
  }
}

/** Elements whose body goes wrong decide nothing: that one before them has decided was made sure of. */
function quantified(r: Reading, expr: ExprOf<"quantifier">): Tla {
  const { bound, r: inner } = binding(r, expr.binder);
  const set = exprTree(r, expr.set);
  const body = exprTree(inner, expr.body);
  switch (expr.quantifier) {
    case "forall":
      return forall(bound, set, and(not(r.faultOf(inner, expr.body)), body));
    case "exists":
      return exists(bound, set, and(not(r.faultOf(inner, expr.body)), body));
    case "count":
      return call("Cardinality", filter(bound, set, body));
    case "sum":
      need(r.context, "Sum", [
        "RECURSIVE SumOver(_, _)",
        "SumOver(f, S) ==",
        "  IF S = {} THEN 0 ELSE LET x == CHOOSE x \\in S : TRUE IN f[x] + SumOver(f, S \\ {x})",
        "",
        "\\* The sum of all values of a function.",
        "Sum(f) == SumOver(f, DOMAIN f)",
      ]);
      return call("Sum", lambda(bound, set, body));
    default:
      return expr.quantifier satisfies never;
  }
}

function recordOf(r: Reading, expr: ExprOf<"record">): Tla {
  const order = expr.type.kind === "record" ? expr.type.fields : expr.fields;
  return {
    kind: "record",
    types: false,
    fields: order.flatMap(({ name }) => {
      const given = expr.fields.find((one) => one.name === name);
      return given === undefined
        ? []
        : [[r.context.fieldName(name), exprTree(r, given.value)] as const];
    }),
  };
}

function builtin(r: Reading, expr: ExprOf<"builtin">): Tla {
  const [first, second] = expr.arguments;
  if (first === undefined) throw new Error(`${expr.function} of nothing`);
  const of = exprTree(r, first);
  switch (expr.function) {
    case "size":
      return call("Cardinality", of);
    case "length":
      return call("Len", of);
    case "min":
    case "max": {
      const type = first.type.kind === "set" ? first.type.of : expr.type;
      return extreme(r.context, type, of, expr.function);
    }
    case "first":
      return call("Head", of);
    case "rest":
      return call("Tail", of);
    case "append":
      return call("Append", of, second === undefined ? NULL : exprTree(r, second));
    default:
      return expr.function satisfies never;
  }
}
