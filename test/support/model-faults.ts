// What is wrong with a Model, by rules that every later pass relies on; an empty list for a sound one.

import { childrenOf, placeIndices } from "../../src/language/expressions.ts";
import type {
  Binder,
  Body,
  Computation,
  Expr,
  Local,
  LockPlace,
  Model,
  Place,
  Stmt,
  Type,
} from "../../src/language/model.ts";
import { join, relate } from "../../src/language/typecheck/relations.ts";
import { formatType } from "../../src/language/types.ts";

interface Walk {
  readonly faults: string[];
  readonly model: Model;
  /** Binders that were introduced somewhere already: identity is by reference, so none may come twice. */
  readonly introduced: Set<Binder>;
}

interface Names {
  readonly binders: ReadonlySet<Binder>;
  readonly locals: ReadonlySet<Local>;
}

/** The rules that a Model breaks. */
export function modelFaults(model: Model): readonly string[] {
  const walk: Walk = { faults: [], model, introduced: new Set() };
  const none: Names = { binders: new Set(), locals: new Set() };
  for (const variable of model.variables) {
    const binders = new Set(variable.keys.map((key) => key.binder));
    const { kind, value } = variable.initial;
    visit(walk, value, { ...none, binders });
    const wanted: Type =
      kind === "in" ? { kind: "set", of: variable.elementType } : variable.elementType;
    if (!fitsPlace(value.type, wanted)) say(walk, value, `does not fit ${formatType(wanted)}`);
  }
  for (const expr of [...model.initConditions, ...model.terminal]) visitBool(walk, expr, none);
  for (const property of model.properties) visitBool(walk, property.condition, none);
  for (const fn of model.functions) {
    const locals = new Set(fn.parameters);
    visitBody(walk, fn.body, { ...none, locals });
    if (fn.contract !== null) visitLock(walk, fn.contract.lock, { ...none, locals });
  }
  for (const process of model.processes) {
    const locals = new Set(process.index === null ? [] : [process.index.local]);
    visitBody(walk, process.body, { ...none, locals });
  }
  for (const action of model.actions) {
    const locals = new Set(action.parameters);
    if (action.when !== null) visitBool(walk, action.when, { ...none, locals });
    visitBody(walk, action.body, { ...none, locals });
  }
  return walk.faults;
}

function say(walk: Walk, { kind, span }: Pick<Expr, "kind" | "span">, what: string): void {
  walk.faults.push(`${kind} \`${span.source.text.slice(span.start, span.end)}\` ${what}`);
}

/** Numbers may lie outside: that is checked when they are stored. */
function fitsPlace(source: Type, target: Type): boolean {
  const relation = relate(source, target);
  if (source.kind === "range") return relation !== "disjoint" && relation !== "unlike";
  return relation === "equal" || (source.kind === "set" && relation === "fits");
}

function visitBool(walk: Walk, expr: Expr, names: Names): void {
  visit(walk, expr, names);
  if (expr.type.kind !== "bool") say(walk, expr, "is no bool");
}

function visit(walk: Walk, expr: Expr, names: Names): void {
  let inner = names;
  if ("binder" in expr && expr.kind !== "bound") {
    if (walk.introduced.has(expr.binder))
      say(walk, expr, `binds ${expr.binder.name} a second time`);
    walk.introduced.add(expr.binder);
    inner = { ...names, binders: new Set([...names.binders, expr.binder]) };
  }
  const wrong = faultOf(walk.model, expr, names);
  if (wrong !== null) say(walk, expr, wrong);
  const bodies = bodiesOf(expr);
  for (const child of childrenOf(expr)) visit(walk, child, bodies.includes(child) ? inner : names);
}

/** The parts in which the binder of a node is visible. */
function bodiesOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "let":
    case "quantifier":
    case "map":
    case "array":
      return [expr.body];
    case "filter":
      return [expr.condition];
    default:
      return [];
  }
}

function faultOf(model: Model, expr: Expr, names: Names): string | null {
  switch (expr.kind) {
    case "bound":
      return names.binders.has(expr.binder) ? null : "is out of scope";
    case "local":
      return names.locals.has(expr.local) ? null : "is out of scope";
    case "variable":
      return model.variables.includes(expr.variable) ? null : "is no variable of the model";
    case "index":
      return expr.base.type.kind === "array" && fitsPlace(expr.index.type, expr.base.type.key)
        ? null
        : "has no such key";
    case "with-index":
      return expr.base.type.kind === "array" && fitsPlace(expr.index.type, expr.base.type.key)
        ? null
        : "has no such key";
    case "element":
    case "with-element":
      return expr.base.type.kind === "sequence" && expr.index.type.kind === "range"
        ? null
        : "is no sequence";
    case "field":
    case "with-field": {
      const { type } = expr.base;
      return type.kind === "record" && type.fields.some(({ name }) => name === expr.field)
        ? null
        : "has no field";
    }
    case "not":
      return expr.operand.type.kind === "bool" ? null : "is no bool";
    case "logical":
      return expr.left.type.kind === "bool" && expr.right.type.kind === "bool"
        ? null
        : "is no bool";
    case "negate":
      return isNumber(expr.operand) ? null : "is no number";
    case "arithmetic":
      return isNumber(expr.left) && isNumber(expr.right) && isNumber(expr) ? null : "is no number";
    case "comparison": {
      if (expr.operator !== "==" && expr.operator !== "!=") {
        return isNumber(expr.left) && isNumber(expr.right) ? null : "is no number";
      }
      const joint = join(expr.left.type, expr.right.type);
      if (joint === null) return "compares unlike types";
      const of = joint.kind === "option" ? joint.of : joint;
      if (of.kind === "range") return null;
      const sides = [expr.left, expr.right].map(({ type }) =>
        type.kind === "option" ? type.of : type,
      );
      return sides.every((type) => relate(type, of) === "equal")
        ? null
        : "compares different layouts";
    }
    case "member": {
      if (expr.set.type.kind !== "set") return "is no set";
      const relation = relate(expr.element.type, expr.set.type.of);
      // A set can be asked about any number.
      const numbers = isNumber(expr.element) && relation !== "unlike";
      return relation === "equal" || numbers ? null : "can be no element";
    }
    case "set-operation":
      return [expr.left, expr.right].every(({ type }) => relate(type, expr.type) === "equal")
        ? null
        : "mixes sets";
    case "subset":
      return relate(expr.left.type, expr.right.type) === "equal" ? null : "mixes sets";
    case "if":
      return expr.condition.type.kind === "bool" &&
        [expr.then, expr.otherwise].every((part) => fits(part, expr.type))
        ? null
        : "mixes types";
    case "set":
    case "sequence": {
      const { type } = expr;
      return (type.kind === "set" || type.kind === "sequence") &&
        expr.elements.every((part) => fits(part, type.of))
        ? null
        : "mixes elements";
    }
    case "record": {
      const { type } = expr;
      if (type.kind !== "record" || type.fields.length !== expr.fields.length)
        return "is another record";
      return expr.fields.every(({ name, value }, index) => {
        const field = type.fields[index];
        return field?.name === name && fits(value, field.type);
      })
        ? null
        : "has other fields";
    }
    case "some":
      return expr.type.kind === "option" && fits(expr.value, expr.type.of) ? null : "is no option";
    case "unwrap":
      return expr.value.type.kind === "option" && relate(expr.value.type.of, expr.type) === "equal"
        ? null
        : "unwraps no option";
    case "convert":
      return ["unlike", "disjoint"].includes(relate(expr.value.type, expr.type))
        ? "cannot be converted"
        : null;
    case "quantifier":
    case "map":
    case "filter":
      return expr.set.type.kind === "set" && relate(expr.set.type.of, expr.binder.type) === "equal"
        ? null
        : "binds another type";
    case "let":
      return fits(expr.value, expr.binder.type) ? null : "binds another type";
    default:
      return null;
  }
}

function isNumber({ type }: Expr): boolean {
  return type.kind === "range" && !type.symmetric;
}

/** Whether values of the expression are of the type in its layout; a constant may have a wider declared range. */
function fits(expr: Expr, type: Type): boolean {
  const relation = relate(expr.type, type);
  return (
    relation === "equal" ||
    (expr.type.kind === "range" && (relation === "fits" || relation === "partial"))
  );
}

// ---------------------------------------------------------------- statements

function visitBody(walk: Walk, body: Body, names: Names): void {
  const locals = new Set(names.locals);
  for (const statement of body.statements)
    visitStatement(walk, statement, { ...names, locals }, locals);
}

function visitStatement(walk: Walk, statement: Stmt, names: Names, declared: Set<Local>): void {
  const inside = (local: Local): Names => ({ ...names, locals: new Set([...names.locals, local]) });
  switch (statement.kind) {
    case "assign":
      visitComputation(walk, statement.value, names);
      if (statement.declares && statement.target.root.kind === "local")
        declared.add(statement.target.root);
      visitPlace(walk, statement.target, names);
      if (
        statement.operator === ":=" &&
        !fitsPlace(typeOf(statement.value), statement.target.type)
      ) {
        walk.faults.push(
          `${formatType(typeOf(statement.value))} is assigned to ${formatType(statement.target.type)}`,
        );
      }
      return;
    case "ghost":
      visitPlace(walk, statement.target, names);
      visit(walk, statement.value, names);
      return;
    case "cost":
      visit(walk, statement.value, names);
      return;
    case "acquire":
    case "release":
    case "downgrade":
      visitLock(walk, statement.lock, names);
      return;
    case "await":
    case "assert":
      visitBool(walk, statement.condition, names);
      return;
    case "if":
      for (const { condition, body } of statement.arms) {
        visitCondition(walk, condition.computation, names);
        visitBody(walk, body, names);
      }
      if (statement.otherwise !== null) visitBody(walk, statement.otherwise, names);
      return;
    case "while":
      visitCondition(walk, statement.condition.computation, names);
      visitBody(walk, statement.body, names);
      return;
    case "for":
      visit(walk, statement.set, names);
      visitBody(walk, statement.body, inside(statement.local));
      return;
    case "pick":
      visit(walk, statement.set, names);
      if (statement.where !== null) visitBool(walk, statement.where, inside(statement.local));
      visitBody(walk, statement.body, inside(statement.local));
      return;
    case "either":
      for (const branch of statement.branches) visitBody(walk, branch, names);
      return;
    case "loop":
    case "atomic":
      visitBody(walk, statement.body, names);
      return;
    case "call":
      visitComputation(walk, { kind: "call", call: statement.call, span: statement.span }, names);
      return;
    case "return":
      if (statement.value !== null) visitComputation(walk, statement.value, names);
      return;
    case "skip":
    case "break":
    case "continue":
    case "goto":
      return;
    default:
      statement satisfies never;
  }
}

function typeOf(computation: Computation): Type {
  switch (computation.kind) {
    case "expression":
      return computation.value.type;
    case "step-function":
      return computation.type;
    case "try-acquire":
      return { kind: "bool" };
    case "call":
      return computation.call.function.result ?? { kind: "process", members: [] };
  }
}

function visitCondition(walk: Walk, computation: Computation, names: Names): void {
  visitComputation(walk, computation, names);
  if (typeOf(computation).kind !== "bool") walk.faults.push("a condition is no bool");
}

function visitComputation(walk: Walk, computation: Computation, names: Names): void {
  switch (computation.kind) {
    case "expression":
      visit(walk, computation.value, names);
      return;
    case "step-function":
      visitPlace(walk, computation.place, names);
      for (const argument of computation.arguments) visit(walk, argument, names);
      return;
    case "try-acquire":
      visitLock(walk, computation.lock, names);
      return;
    case "call":
      for (const [index, argument] of computation.call.arguments.entries()) {
        const parameter = computation.call.function.parameters[index];
        if (argument.kind === "reference") {
          if (!names.locals.has(argument.local)) walk.faults.push("a reference is out of scope");
          continue;
        }
        visit(walk, argument.value, names);
        if (parameter === undefined || !fits(argument.value, parameter.type))
          say(walk, argument.value, "is another argument");
      }
      return;
  }
}

function visitPlace(walk: Walk, place: Place, names: Names): void {
  for (const index of placeIndices(place)) visit(walk, index, names);
  const { root } = place;
  const known =
    root.kind === "variable" ? walk.model.variables.includes(root) : names.locals.has(root);
  if (!known) walk.faults.push(`the place ${root.name} is out of scope`);
}

function visitLock(walk: Walk, { lock, indices }: LockPlace, names: Names): void {
  if (indices.length !== lock.keys.length) walk.faults.push(`${lock.name} lacks an index`);
  for (const [position, index] of indices.entries()) {
    visit(walk, index, names);
    const key = lock.keys[position];
    if (key === undefined || !fitsPlace(index.type, key))
      say(walk, index, `is no key of ${lock.name}`);
  }
}
