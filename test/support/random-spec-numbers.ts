// Random numeric expressions, each with the interval of its values as the language computes it.

import { cardinality, type Type } from "../../src/language/types.ts";
import { callOf, choose, domainOf, findRead, type Producer } from "./random-spec-choose.ts";
import {
  boolean,
  fresh,
  isNumber,
  number,
  type RangeShape,
  range,
  type Scope,
  unhinted,
  withReadables,
} from "./random-spec-world.ts";

/** A text and the interval of its values. */
export interface Term {
  readonly text: string;
  readonly lo: number;
  readonly hi: number;
}

/** Beyond this, intermediate results would soon not fit the numbers of the language. */
const LARGE = 100_000;

/** A number that lies in the range when the scope is not daring, and may lie in it in any case. */
export function numberIn(scope: Scope, lo: number, hi: number, depth: number): string {
  const { random } = scope.world;
  // A variable of many values takes few of them, lest it count through all.
  const wide = hi - lo > 8;
  const literal = (): string =>
    number(wide ? random.pick([lo, lo + 1, hi, (lo + hi) >> 1]) : random.int(lo, hi));
  if (wide) return literal();
  if (depth <= 0 || random.chance(0.3)) {
    const read = findRead(scope, (type) => isNumber(type) && type.lo >= lo && type.hi <= hi);
    return read === null || random.chance(0.4) ? literal() : read.text;
  }
  const term = numeric(scope, depth);
  const overlaps = term.lo <= hi && term.hi >= lo;
  if (term.lo >= lo && term.hi <= hi) return term.text;
  if (overlaps && random.chance(scope.daring)) return term.text;
  if (term.lo >= 0 && lo <= 1 && hi > lo && hi < 1000 && random.chance(0.6)) {
    return lo === 0
      ? `(${term.text} % ${hi + 1})`
      : `(${number(lo)} + ${term.text} % ${hi - lo + 1})`;
  }
  const name = fresh(scope.world, "v");
  return `(let ${name} = ${term.text}: (if ${name} in ${number(lo)}..${number(hi)} then ${name} else ${literal()}))`;
}

/** Any number. */
export function numeric(given: Scope, depth: number): Term {
  const scope = unhinted(given);
  const { world } = scope;
  const { random } = world;
  const literal = (): Term => {
    const value = random.weighted([
      [8, random.int(0, 4)],
      [1, -random.int(1, 3)],
    ]);
    return { text: number(value), lo: value, hi: value };
  };
  if (depth <= 0) return readNumber(scope) ?? literal();
  const producers: Producer<Term>[] = [
    [1, literal],
    [6, () => readNumber(scope)],
    [5, () => arithmetic(scope, depth)],
    [1.2, () => division(scope, depth)],
    [0.6, () => negated(numeric(scope, depth - 1))],
    [1, () => counted(scope, depth)],
    [1, () => summed(scope, depth)],
    [1, () => sized(scope, depth)],
    [1, () => extreme(scope, depth)],
    [0.8, () => firstOf(scope)],
    [1, () => callOf(scope, depth, isNumber, asTerm)],
    [
      1,
      () => {
        const [a, b] = [numeric(scope, depth - 1), numeric(scope, depth - 1)];
        const text = `(if ${boolean(scope, depth - 1)} then ${a.text} else ${b.text})`;
        return { text, lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) };
      },
    ],
    [
      0.6,
      () => {
        const value = numeric(scope, depth - 1);
        const name = fresh(world, "v");
        const inner = withReadables(scope, { text: name, type: range(value.lo, value.hi) });
        const body = numeric(inner, depth - 1);
        return { ...body, text: `(let ${name} = ${value.text}: ${body.text})` };
      },
    ],
  ];
  const term = choose(random, producers, literal);
  return Math.max(Math.abs(term.lo), Math.abs(term.hi)) > LARGE ? literal() : term;
}

function asTerm(text: string, type: Type): Term {
  const { lo, hi } = type as RangeShape;
  return { text, lo, hi };
}

function readNumber(scope: Scope): Term | null {
  const read = findRead(scope, isNumber);
  return read && asTerm(read.text, read.type);
}

function negated({ text, lo, hi }: Term): Term {
  return { text: `(-${text})`, lo: 0 - hi, hi: 0 - lo };
}

function arithmetic(scope: Scope, depth: number): Term {
  const [a, b] = [numeric(scope, depth - 1), numeric(scope, depth - 1)];
  const operator = scope.world.random.pick(["+", "+", "-", "*"]);
  const text = `(${a.text} ${operator} ${b.text})`;
  if (operator === "+") return { text, lo: a.lo + b.lo, hi: a.hi + b.hi };
  if (operator === "-") return { text, lo: a.lo - b.hi, hi: a.hi - b.lo };
  const products = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
  return { text, lo: Math.min(...products) + 0, hi: Math.max(...products) + 0 };
}

/** `/` and `%` want a left side of at least 0 and a right side above 0. */
function division(scope: Scope, depth: number): Term | null {
  const { random } = scope.world;
  let a = numeric(scope, depth - 1);
  const simple = random.int(2, 3);
  // Mostly by 2 or 3, which often leaves something over.
  let b = random.chance(0.6)
    ? { text: String(simple), lo: simple, hi: simple }
    : numeric(scope, depth - 1);
  if (a.hi < 0 || b.hi <= 0) return null;
  if (a.lo < 0 && !random.chance(scope.daring)) {
    const name = fresh(scope.world, "v");
    const text = `(let ${name} = ${a.text}: (if ${name} >= 0 then ${name} else 0))`;
    a = { text, lo: a.lo, hi: a.hi };
    // The language does not narrow intervals by conditions, so neither may this.
  }
  if (b.lo <= 0 && !random.chance(scope.daring)) {
    const name = fresh(scope.world, "v");
    const text = `(let ${name} = ${b.text}: (if ${name} > 0 then ${name} else 1))`;
    b = { text, lo: Math.min(b.lo, 1), hi: Math.max(b.hi, 1) };
  }
  if (random.chance(0.5)) {
    const lo = Math.floor(Math.max(0, a.lo) / Math.max(1, b.hi));
    return { text: `(${a.text} / ${b.text})`, lo, hi: Math.floor(a.hi / Math.max(1, b.lo)) };
  }
  const text = `(${a.text} % ${b.text})`;
  if (a.lo >= 0 && a.hi < b.lo) return { text, lo: a.lo, hi: a.hi };
  return { text, lo: 0, hi: Math.min(Math.max(0, a.hi), Math.max(0, b.hi - 1)) };
}

function counted(scope: Scope, depth: number): Term | null {
  const domain = domainOf(scope, depth - 1);
  if (domain === null) return null;
  const name = fresh(scope.world, "k");
  const inner = withReadables(scope, { text: name, type: domain.of });
  const body = boolean(inner, depth - 1);
  return { text: `(count ${name} in ${domain.text}: ${body})`, lo: 0, hi: cardinality(domain.of) };
}

function summed(scope: Scope, depth: number): Term | null {
  const domain = domainOf(scope, depth - 1);
  if (domain === null) return null;
  const name = fresh(scope.world, "k");
  const inner = withReadables(scope, { text: name, type: domain.of });
  const each = numeric(inner, depth - 1);
  const size = cardinality(domain.of);
  const [lo, hi] = [Math.min(0, each.lo * size), Math.max(0, each.hi * size)];
  return { text: `(sum ${name} in ${domain.text}: ${each.text})`, lo, hi };
}

function sized(scope: Scope, depth: number): Term | null {
  const read = findRead(scope, ({ kind }) => kind === "set" || kind === "sequence");
  if (read !== null && read.type.kind === "sequence" && scope.world.random.chance(0.7)) {
    return { text: `length(${read.text})`, lo: 0, hi: read.type.upto };
  }
  if (read !== null && read.type.kind === "set") {
    return { text: `size(${read.text})`, lo: 0, hi: cardinality(read.type.of) };
  }
  const domain = domainOf(scope, depth - 1);
  return domain && { text: `size(${domain.text})`, lo: 0, hi: cardinality(domain.of) };
}

/** `min(s)` or `max(s)`, guarded against the empty set unless daring. */
function extreme(scope: Scope, depth: number): Term | null {
  const { random } = scope.world;
  const read = findRead(scope, (type) => type.kind === "set" && isNumber(type.of));
  const set =
    read !== null && read.type.kind === "set"
      ? { text: read.text, of: read.type.of }
      : domainOf(scope, depth - 1);
  if (set === null || !isNumber(set.of)) return null;
  const call = `${random.pick(["min", "max"])}(${set.text})`;
  const { lo, hi } = set.of;
  if (random.chance(scope.daring)) return { text: call, lo, hi };
  const spare = random.int(lo, hi);
  return { text: `(if size(${set.text}) > 0 then ${call} else ${number(spare)})`, lo, hi };
}

/** `first(q)` or `q[i]`, guarded unless daring. */
function firstOf(scope: Scope): Term | null {
  const { random } = scope.world;
  const read = findRead(scope, (type) => type.kind === "sequence" && isNumber(type.of));
  if (read === null || read.type.kind !== "sequence" || !isNumber(read.type.of)) return null;
  const { lo, hi } = read.type.of;
  const at = random.int(0, read.type.upto - 1);
  const indexed = random.chance(0.5);
  const text = indexed ? `${read.text}[${at}]` : `first(${read.text})`;
  if (random.chance(scope.daring)) return { text, lo, hi };
  const guard = indexed ? `length(${read.text}) > ${at}` : `length(${read.text}) != 0`;
  return { text: `(if ${guard} then ${text} else ${number(random.int(lo, hi))})`, lo, hi };
}
