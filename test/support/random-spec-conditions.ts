// Random conditions: comparisons, quantifiers, the state of locks and processes, and what only properties may ask.

import { cardinality, type Type } from "../../src/language/types.ts";
import { domainOf, findRead, literal, makeable } from "./random-spec-choose.ts";
import { numeric } from "./random-spec-numbers.ts";
import {
  boolean,
  expression,
  fresh,
  isKey,
  isNumber,
  isSymmetric,
  type LabelInfo,
  type LockInfo,
  number,
  type ProcessInfo,
  type Readable,
  type Scope,
  unhinted,
  withReadables,
} from "./random-spec-world.ts";

/** A comparison of two values of any type, membership, or inclusion. */
export function comparison(scope: Scope, depth: number): string | null {
  const { world } = scope;
  const { random } = world;
  if (random.chance(0.35)) {
    const a = numeric(scope, depth - 1).text;
    const b = numeric(scope, depth - 1).text;
    return `(${a} ${random.pick(["==", "!=", "<", "<=", ">", ">="])} ${b})`;
  }
  const read = findRead(scope, ({ kind }) => kind !== "bool");
  if (read === null) return null;
  const { type, text } = read;
  const equality = random.pick(["==", "!="]);
  switch (type.kind) {
    case "range":
      if (isNumber(type)) {
        const operator = random.pick(["==", "!=", "<", "<=", ">", ">="]);
        if (random.chance(0.2)) return memberOf(scope, read, depth);
        if (type.lo >= 0 && type.hi > 1 && random.chance(0.1)) {
          return `(${text} ${random.pick(["/", "%"])} 2 ${equality} ${random.int(0, 1)})`;
        }
        return `(${text} ${operator} ${literal(scope, type)})`;
      }
      // Beside a symmetric value only another one that can be read.
      return makeable(scope, type)
        ? `(${text} ${equality} ${expression(scope, type, 0)})`
        : `(${text} ${equality} ${text})`;
    case "enum":
      if (random.chance(0.2)) return memberOf(scope, read, depth);
      return `(${text} ${equality} ${literal(scope, type)})`;
    case "option":
      if (random.chance(0.5) || !makeable(scope, type.of)) return `(${text} ${equality} null)`;
      return `(${text} ${equality} ${expression(scope, type.of, depth - 1)})`;
    case "set":
      if (isNumber(type.of) && random.chance(0.3)) {
        const { lo, hi } = type.of;
        const end = `${random.pick(["min", "max"])}(${text})`;
        const beside = `${end} ${equality} ${number(random.pick([lo, lo + 1, (lo + hi) >> 1, hi]))}`;
        return random.chance(scope.daring) ? `(${beside})` : `(size(${text}) > 0 && ${beside})`;
      }
      // Beside a set of options, a literal set of plain values would be something else.
      if (random.chance(0.6) && type.of.kind !== "option") {
        const operator = random.pick(["subset", "subset", "==", "!="]);
        return `(${text} ${operator} ${expression(scope, type, depth - 1)})`;
      }
      if (!makeable(scope, type.of)) return `(${text} ${equality} ${text})`;
      return `(${expression(scope, type.of, depth - 1)} ${random.pick(["in", "not in"])} ${text})`;
    default:
      return `(${text} ${equality} ${expression(scope, type, depth - 1)})`;
  }
}

function memberOf(scope: Scope, read: Readable, depth: number): string {
  const { random } = scope.world;
  const operator = random.pick(["in", "not in"]);
  const set: Type = { kind: "set", of: read.type };
  const small = cardinality(read.type) <= 8;
  if (small && random.chance(0.5)) {
    const found = findRead(scope, (type) => type.kind === "set" && type.of === read.type);
    if (found !== null) return `(${read.text} ${operator} ${found.text})`;
  }
  return small
    ? `(${read.text} ${operator} ${expression(unhinted(scope), set, depth - 1)})`
    : `(${read.text} ${operator} 0..${random.int(1, 9)})`;
}

/** `forall` and `exists`, over one or two sets. */
export function quantified(scope: Scope, depth: number): string | null {
  const { world } = scope;
  const first = domainOf(scope, depth - 1);
  if (first === null) return null;
  const quantifier = world.random.pick(["forall", "exists"]);
  const name = fresh(world, "k");
  const inner = withReadables(scope, { text: name, type: first.of });
  const second = world.random.chance(0.25) ? domainOf(inner, 0) : null;
  if (second === null) {
    return `(${quantifier} ${name} in ${first.text}: ${boolean(inner, depth - 1)})`;
  }
  const other = fresh(world, "k");
  const innermost = withReadables(inner, { text: other, type: second.of });
  const body = boolean(innermost, depth - 1);
  return `(${quantifier} ${name} in ${first.text}, ${other} in ${second.text}: ${body})`;
}

// ---------------------------------------------------------------- locks and processes

/** A lock with its indices. */
export function lockText(scope: Scope, lock: LockInfo): string | null {
  const keys: string[] = [];
  for (const key of lock.keys) {
    if (!makeable(scope, key)) return null;
    keys.push(`[${expression({ ...scope, hinted: true }, key, 0)}]`);
  }
  return lock.name + keys.join("");
}

/** A process instance, and what must be bound around it for its index; null if there is none. */
export function processText(scope: Scope, process: ProcessInfo): string | null {
  const { random } = scope.world;
  if (process.index === null) return process.name;
  const { type, values } = process.index;
  if (isSymmetric(type)) {
    if (!makeable(scope, type)) return null;
    return `${process.name}[${expression({ ...scope, hinted: true }, type, 0)}]`;
  }
  const bound = scope.readables.filter(
    (readable) => readable.type === type && /^k\d+$/.test(readable.text),
  );
  const value = random.chance(0.5) ? random.some(bound)?.text : undefined;
  return `${process.name}[${value ?? random.some(values)}]`;
}

/** `held(l)`, `held(l, p)`, `holder(l) == p`, `done(p)`. */
export function lockState(scope: Scope): string | null {
  const { random, processes, locks } = scope.world;
  const process = random.some(processes);
  const lock = random.some(locks);
  const instance = process && processText(scope, process);
  if (instance != null && (lock === undefined || random.chance(0.35))) return `done(${instance})`;
  const place = lock && lockText(scope, lock);
  if (place == null) return null;
  switch (random.int(0, 3)) {
    case 0:
      return instance == null ? `held(${place})` : `held(${place}, ${instance})`;
    case 1:
      return `(holder(${place}) ${random.pick(["==", "!="])} ${instance ?? "null"})`;
    case 2:
      return `(holder(${place}) == null)`;
    default:
      return `held(${place})`;
  }
}

/** Runs `make` with an instance of some process: a named one, or any one under a quantifier. */
function someInstance(
  scope: Scope,
  make: (instance: string, process: ProcessInfo) => string | null,
): string | null {
  const { world } = scope;
  const { random } = world;
  const process = random.some(world.processes);
  if (process === undefined) return null;
  const { index } = process;
  if (index !== null && (isSymmetric(index.type) || random.chance(0.5))) {
    const name = fresh(world, "k");
    const inside = make(`${process.name}[${name}]`, process);
    const quantifier = random.pick(["forall", "exists"]);
    return inside && `(${quantifier} ${name} in ${index.set}: ${inside})`;
  }
  const instance = processText(scope, process);
  return instance === null ? null : make(instance, process);
}

/** `p @ L`, `p @ f.L`, `p @ f`, or something about `p.x`. */
export function located(scope: Scope): string | null {
  const { random } = scope.world;
  return someInstance(scope, (instance, process) => {
    const variable = random.some(process.variables);
    if (variable !== undefined && random.chance(0.35)) {
      const { type } = variable;
      const text = `${instance}.${variable.text}`;
      if (type.kind === "bool") return text;
      const inner = { ...unhinted(scope), readables: [{ text, type }] };
      return comparison(inner, 0);
    }
    const target = targetOf(scope, process);
    return target && `(${instance} @ ${target})`;
  });
}

function targetOf(scope: Scope, process: ProcessInfo): string | null {
  const { random, functions } = scope.world;
  const called = functions.filter(({ name }) => process.calls.has(name));
  const own = process.labels.filter(isSeen);
  const label = random.some(own);
  if (label !== undefined && random.chance(0.5)) {
    return random.chance(0.2) ? `${process.name}.${label.name}` : label.name;
  }
  const callee = random.some(called);
  if (callee === undefined) return label?.name ?? null;
  const inside = isOpen(process, callee.name)
    ? random.some(callee.labels.filter(isSeen))
    : undefined;
  if (inside === undefined || random.chance(0.4)) return callee.name;
  return random.chance(0.5) ? inside.name : `${callee.name}.${inside.name}`;
}

function isOpen(process: ProcessInfo, name: string): boolean {
  return process.openCalls.has(name) && !process.hiddenCalls.has(name);
}

/** A label that a property may name; a patch may take anchors away. */
function isSeen({ observable, anchor }: LabelInfo): boolean {
  return observable && !anchor;
}

/** A condition about a step: primes and `taken`. */
export function stepCondition(scope: Scope): string | null {
  const { world } = scope;
  const { random } = world;
  const action = random.some(world.actions);
  if (action !== undefined && random.chance(0.6)) return `taken(${action.name})`;
  if (random.chance(0.45)) {
    return someInstance(scope, (instance, process) => {
      const target = random.chance(0.5) ? targetOf(scope, process) : null;
      return target === null ? `taken(${instance})` : `taken(${instance} @ ${target})`;
    });
  }
  const variable = random.some([...world.variables, ...world.ghosts]);
  if (variable === undefined) return null;
  const { type, text } = variable;
  if (isNumber(type)) return `(${text}' ${random.pick(["==", ">=", "<=", "!=", "<"])} ${text})`;
  if (type.kind === "bool") return `(${text} => ${text}')`;
  if (type.kind === "array" && isKey(type.key) && makeable(scope, type.key)) {
    const key = expression({ ...scope, hinted: true }, type.key, 0);
    return `(${text}[${key}]' ${random.pick(["==", "!="])} ${text}[${key}])`;
  }
  return `(${text}' ${random.pick(["==", "!="])} ${text})`;
}
