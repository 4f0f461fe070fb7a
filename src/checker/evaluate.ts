// The meaning of expressions, as directly as it can be written. Slow on purpose: this is what fast code is compared with.
// A fault is thrown as a `Fault` and caught where steps and properties are judged.

import type { Span } from "../diagnostics/source.ts";
import {
  type Binder,
  type Expr,
  type FaultKind,
  firstValue,
  type Instance,
  type Local,
  type LockPlace,
  type Machine,
  type Process,
  type Type,
  type Value,
  valuesOf,
} from "../machine/machine.ts";
import { holdersOf, holds, type LockInstance } from "./locks.ts";
import { isDone, locationName, machineProcess, processFields } from "./processes.ts";
import type { State } from "./transition-system.ts";
import {
  canonicalSet,
  compareValues,
  elementsOf,
  entryOf,
  type Fields,
  fits,
  sameValue,
} from "./values.ts";

/** Something that goes wrong while a step runs or a property is judged. Never leaves the interpreter. */
export class Fault {
  readonly kind: FaultKind;
  readonly span: Span;

  constructor(kind: FaultKind, span: Span) {
    this.kind = kind;
    this.span = span;
  }
}

/** A name bound inside an expression, innermost first. */
export interface Bound {
  readonly binder: Binder;
  readonly value: Value;
  readonly outer: Bound | null;
}

/** What an expression can read. */
export interface Environment {
  readonly machine: Machine;
  readonly state: State;
  /** The state after the step that a step property judges, and who took it. */
  readonly step: { readonly next: State; readonly mover: number } | null;
  readonly locals: ReadonlyMap<Local, Value>;
  readonly bound: Bound | null;
}

/** The value of an expression; throws a `Fault`. */
export function evaluate(expr: Expr, environment: Environment): Value {
  switch (expr.kind) {
    case "literal":
      return expr.value;
    case "constant":
      return expr.constant.value;
    case "variable":
      return environment.state[expr.variable.name] as Value;
    case "local": {
      const value = environment.locals.get(expr.local);
      if (value === undefined) throw new Error(`local without a value: ${expr.local.name}`);
      return value;
    }
    case "bound":
      return boundValue(expr.binder, environment.bound);
    case "index": {
      const base = evaluate(expr.base, environment);
      const entry = entryOf(base, String(evaluate(expr.index, environment)));
      if (entry === undefined) throw new Fault("index", expr.span);
      return entry;
    }
    case "element": {
      const elements = elementsOf(evaluate(expr.base, environment));
      const element = elements[Number(evaluate(expr.index, environment))];
      if (element === undefined) throw new Fault("index", expr.span);
      return element;
    }
    case "field":
      return entryOf(evaluate(expr.base, environment), expr.field) as Value;
    case "not":
      return evaluate(expr.operand, environment) !== true;
    case "negate":
      return 0 - Number(evaluate(expr.operand, environment));
    case "logical":
      return logical(expr, environment);
    case "arithmetic":
      return arithmetic(expr, environment);
    case "comparison":
      return comparison(expr, environment);
    case "member": {
      const element = evaluate(expr.element, environment);
      const set = elementsOf(evaluate(expr.set, environment));
      return set.some((other) => sameValue(element, other)) !== expr.negated;
    }
    case "set-operation": {
      const left = elementsOf(evaluate(expr.left, environment));
      const right = elementsOf(evaluate(expr.right, environment));
      const inRight = (element: Value): boolean => right.some((other) => sameValue(element, other));
      if (expr.operator === "union")
        return canonicalSet(elementType(expr.type), [...left, ...right]);
      return left.filter((element) => inRight(element) === (expr.operator === "intersect"));
    }
    case "subset": {
      const left = elementsOf(evaluate(expr.left, environment));
      const right = elementsOf(evaluate(expr.right, environment));
      return left.every((element) => right.some((other) => sameValue(element, other)));
    }
    case "interval": {
      const lo = Number(evaluate(expr.lo, environment));
      const hi = Number(evaluate(expr.hi, environment));
      return Array.from({ length: Math.max(0, hi - lo + 1) }, (_, index) => lo + index);
    }
    case "type-set":
      return [...valuesOf(expr.of)];
    case "if":
      return evaluate(
        isTrue(expr.condition, environment) ? expr.then : expr.otherwise,
        environment,
      );
    case "let":
      return evaluate(expr.body, bind(environment, expr.binder, evaluate(expr.value, environment)));
    case "quantifier":
      return quantified(expr, environment);
    case "record":
      return recordOf(expr, environment);
    case "set": {
      const elements = expr.elements.map((element) => evaluate(element, environment));
      return canonicalSet(elementType(expr.type), elements);
    }
    case "sequence":
      return expr.elements.map((element) => evaluate(element, environment));
    case "array":
      return Object.fromEntries(
        [...valuesOf(expr.binder.type)].map((key) => [
          String(key),
          evaluate(expr.body, bind(environment, expr.binder, key)),
        ]),
      );
    case "map": {
      const elements = elementsOf(evaluate(expr.set, environment));
      const images = elements.map((value) =>
        evaluate(expr.body, bind(environment, expr.binder, value)),
      );
      return canonicalSet(elementType(expr.type), images);
    }
    case "filter":
      return elementsOf(evaluate(expr.set, environment)).filter((value) =>
        isTrue(expr.condition, bind(environment, expr.binder, value)),
      );
    case "with-index": {
      const base = evaluate(expr.base, environment);
      const key = String(evaluate(expr.index, environment));
      const value = evaluate(expr.value, environment);
      if (entryOf(base, key) === undefined) throw new Fault("index", expr.span);
      return { ...(base as Fields), [key]: value };
    }
    case "with-element": {
      const elements = elementsOf(evaluate(expr.base, environment));
      const index = Number(evaluate(expr.index, environment));
      const value = evaluate(expr.value, environment);
      if (elements[index] === undefined) throw new Fault("index", expr.span);
      return elements.with(index, value);
    }
    case "with-field": {
      const base = evaluate(expr.base, environment);
      return { ...(base as Fields), [expr.field]: evaluate(expr.value, environment) };
    }
    case "builtin":
      return builtin(expr, environment);
    case "some":
      return evaluate(expr.value, environment);
    case "unwrap": {
      const value = evaluate(expr.value, environment);
      if (value === null) throw new Fault("null-used", expr.span);
      return value;
    }
    case "convert": {
      const value = evaluate(expr.value, environment);
      if (!fits(expr.type, value)) throw new Fault("range", expr.span);
      return value;
    }
    case "instance":
      return instanceOf(expr, environment).name;
    case "done": {
      return isDone(environment.machine, instanceOf(expr, environment), environment.state);
    }
    case "holder":
      return holdersOf(environment.state, lockOf(expr.lock, environment)).owner;
    case "held": {
      const holders = holdersOf(environment.state, lockOf(expr.lock, environment));
      if (expr.by !== null) return holds(holders, evaluate(expr.by, environment) as string);
      return holders.owner !== null || holders.readers.length > 0;
    }
    case "prime": {
      if (environment.step === null) throw new Error("a primed expression outside a step property");
      return evaluate(expr.operand, { ...environment, state: environment.step.next });
    }
    case "at":
      throw new Error("`@` that lowering left unresolved");
    case "located": {
      const at = locationName(instanceOf(expr, environment), environment.state);
      const { locations } = machineProcess(environment.machine, expr.process);
      return locations.some(({ id, name }) => name === at && expr.locations.has(id));
    }
    case "process-variable": {
      const fields = processFields(instanceOf(expr, environment), environment.state);
      return entryOf(fields, expr.local.name) ?? firstValue(expr.local.type);
    }
    case "taken": {
      const instance = instanceOf(expr, environment);
      if (instance.id !== environment.step?.mover) return false;
      return expr.at === null || isTrue(expr.at, environment);
    }
    case "taken-action": {
      const { instances, actions } = environment.machine;
      const position = actions.findIndex(({ action }) => action === expr.action);
      return environment.step?.mover === instances.length + position;
    }
    default:
      return expr satisfies never;
  }
}

/** Does a condition hold? Throws a `Fault`. */
export function isTrue(expr: Expr, environment: Environment): boolean {
  return evaluate(expr, environment) === true;
}

/** The environment inside a binder's scope. */
export function bind(environment: Environment, binder: Binder, value: Value): Environment {
  return { ...environment, bound: { binder, value, outer: environment.bound } };
}

/** The lock that a place denotes; an index without such a lock is a fault. */
export function lockOf(place: LockPlace, environment: Environment): LockInstance {
  const keys = place.indices.map((index) => evaluate(index, environment));
  const exists = place.lock.keys.every((type, position) => fits(type, keys[position] as Value));
  if (!exists) throw new Fault("index", place.span);
  return { lock: place.lock, keys: keys.map(String) };
}

function instanceOf(
  expr: { readonly process: Process; readonly index: Expr | null; readonly span: Span },
  environment: Environment,
): Instance {
  const index = expr.index === null ? null : evaluate(expr.index, environment);
  const found = environment.machine.instances.find(
    (instance) => instance.process === expr.process && sameValue(instance.index, index),
  );
  if (found === undefined) throw new Fault("index", expr.span);
  return found;
}

function boundValue(binder: Binder, bound: Bound | null): Value {
  for (let scope = bound; scope !== null; scope = scope.outer) {
    if (scope.binder === binder) return scope.value;
  }
  throw new Error(`unbound name: ${binder.name}`);
}

function elementType(type: Type): Type {
  if (type.kind !== "set") throw new Error(`not the type of a set: ${type.kind}`);
  return type.of;
}

type ExprOf<K extends Expr["kind"]> = Extract<Expr, { readonly kind: K }>;

function logical(expr: ExprOf<"logical">, environment: Environment): boolean {
  const left = isTrue(expr.left, environment);
  switch (expr.operator) {
    case "&&":
      return left && isTrue(expr.right, environment);
    case "||":
      return left || isTrue(expr.right, environment);
    case "=>":
      return !left || isTrue(expr.right, environment);
    case "<=>":
      return left === isTrue(expr.right, environment);
    default:
      return expr.operator satisfies never;
  }
}

function arithmetic(expr: ExprOf<"arithmetic">, environment: Environment): number {
  const left = Number(evaluate(expr.left, environment));
  const right = Number(evaluate(expr.right, environment));
  switch (expr.operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      // Never -0, which no state holds.
      return left * right + 0;
    case "/":
    case "%":
      if (left < 0 || right <= 0) throw new Fault("division", expr.span);
      return expr.operator === "/" ? Math.floor(left / right) : left % right;
    default:
      return expr.operator satisfies never;
  }
}

function comparison(expr: ExprOf<"comparison">, environment: Environment): boolean {
  const left = evaluate(expr.left, environment);
  const right = evaluate(expr.right, environment);
  if (expr.operator === "==") return sameValue(left, right);
  if (expr.operator === "!=") return !sameValue(left, right);
  const order = compareValues(expr.left.type, left, right);
  switch (expr.operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    default:
      return expr.operator satisfies never;
  }
}

function quantified(expr: ExprOf<"quantifier">, environment: Environment): Value {
  const values = elementsOf(evaluate(expr.set, environment));
  const body = (value: Value): Value => evaluate(expr.body, bind(environment, expr.binder, value));
  switch (expr.quantifier) {
    case "forall":
      return values.every((value) => body(value) === true);
    case "exists":
      return values.some((value) => body(value) === true);
    case "count":
      return values.filter((value) => body(value) === true).length;
    case "sum":
      return values.reduce<number>((total, value) => total + Number(body(value)), 0);
    default:
      return expr.quantifier satisfies never;
  }
}

/** Fields are evaluated as written and kept in the order of the type. */
function recordOf(expr: ExprOf<"record">, environment: Environment): Value {
  const values = new Map(
    expr.fields.map(({ name, value }) => [name, evaluate(value, environment)]),
  );
  const order =
    expr.type.kind === "record" ? expr.type.fields.map(({ name }) => name) : [...values.keys()];
  return Object.fromEntries(order.map((name) => [name, values.get(name) as Value]));
}

function builtin(expr: ExprOf<"builtin">, environment: Environment): Value {
  const [first = [], second = null] = expr.arguments.map((argument) =>
    evaluate(argument, environment),
  );
  const elements = elementsOf(first);
  switch (expr.function) {
    case "size":
    case "length":
      return elements.length;
    case "min":
    case "max":
      if (elements.length === 0) throw new Fault("empty-set", expr.span);
      // A set is kept in the order of its type, which loops that the machine makes use for enums too.
      return elements.at(expr.function === "min" ? 0 : -1) as Value;
    case "first":
      if (elements.length === 0) throw new Fault("sequence-empty", expr.span);
      return elements[0] as Value;
    case "rest":
      if (elements.length === 0) throw new Fault("sequence-empty", expr.span);
      return elements.slice(1);
    case "append": {
      const upto = expr.type.kind === "sequence" ? expr.type.upto : 0;
      if (elements.length >= upto) throw new Fault("sequence-full", expr.span);
      return [...elements, second];
    }
    default:
      return expr.function satisfies never;
  }
}
