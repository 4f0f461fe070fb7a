// Choosing among ways to make an expression; reads through fields and indices; sets to walk; calls of defs.

import { cardinality, type Type } from "../../src/language/types.ts";
import type { Random } from "./random.ts";
import {
  boolean,
  expression,
  fresh,
  isKey,
  isNumber,
  isSymmetric,
  number,
  type Readable,
  range,
  type Scope,
  typeKey,
  typeSet,
  unhinted,
  withReadables,
} from "./random-spec-world.ts";

/** A weight, and a way to make something that may turn out impossible. */
export type Producer<T> = readonly [number, () => T | null];

/** The first possible result of producers drawn by weight. */
export function choose<T>(random: Random, producers: readonly Producer<T>[], fallback: () => T): T {
  let left = [...producers];
  while (left.length > 0) {
    const chosen = random.weighted(left.map((producer) => [producer[0], producer] as const));
    const made = chosen[1]();
    if (made !== null) return made;
    left = left.filter((producer) => producer !== chosen);
  }
  return fallback();
}

/** Whether the scope can make a value of the type at all: values of symmetric types can only be read. */
export function makeable(scope: Scope, type: Type): boolean {
  if (isSymmetric(type)) {
    return scope.readables.some((readable) => typeKey(readable.type) === typeKey(type));
  }
  if (type.kind === "record") return type.fields.every((field) => makeable(scope, field.type));
  return type.kind !== "array" || makeable(scope, type.of) || isSymmetricKeyed(type);
}

function isSymmetricKeyed(type: Type & { readonly kind: "array" }): boolean {
  return typeKey(type.key) === typeKey(type.of);
}

/** Something readable of a wanted type, through fields and indices; null if none was found. */
export function findRead(scope: Scope, wanted: (type: Type) => boolean): Readable | null {
  const { random } = scope.world;
  for (let tries = 0; tries < 6; tries += 1) {
    let read = random.some(scope.readables);
    for (let steps = 0; read !== undefined && steps < 4; steps += 1) {
      if (wanted(read.type) && random.chance(0.8)) return read;
      read = stepInto(scope, read);
    }
  }
  const plain = scope.readables.filter(({ type }) => wanted(type));
  return random.some(plain) ?? null;
}

/** A part of something readable: a field, an element; the value of an option or an element of a sequence if daring. */
export function stepInto(scope: Scope, read: Readable): Readable | undefined {
  const { random } = scope.world;
  const { type, text } = read;
  switch (type.kind) {
    case "record": {
      const field = random.some(type.fields);
      return field && { text: `${text}.${field.name}`, type: field.type };
    }
    case "array":
      if (!makeable(scope, type.key)) return undefined;
      return { text: `${text}[${key(scope, type.key)}]`, type: type.of };
    case "option":
      return random.chance(scope.daring) ? { text, type: type.of } : undefined;
    case "sequence":
      if (type.upto === 0 || !random.chance(scope.daring)) return undefined;
      return { text: `${text}[${random.int(0, type.upto - 1)}]`, type: type.of };
    default:
      return undefined;
  }
}

/** An index: something readable of just that type, or a literal; not again an element of something. */
function key(scope: Scope, type: Type): string {
  const wanted = typeKey(type);
  const plain = scope.readables.filter((readable) => typeKey(readable.type) === wanted);
  const read = scope.world.random.some(plain);
  if (read !== undefined && (isSymmetric(type) || scope.world.random.chance(0.6))) return read.text;
  return literal({ ...scope, readables: plain }, type);
}

/** A set to walk, of few elements. */
export function domainOf(
  given: Scope,
  depth: number,
): { readonly text: string; readonly of: Type } | null {
  const scope = unhinted(given);
  const { world } = scope;
  const { random } = world;
  const named = random.some(world.types.filter((type) => isKey(type) && cardinality(type) <= 6));
  const read = findRead(scope, (type) => type.kind === "set");
  switch (
    random.weighted([
      [3, "type"],
      [2, "interval"],
      [4, "read"],
      [1.5, "literal"],
      [depth > 0 ? 1.5 : 0, "filter"],
      [depth > 0 ? 1 : 0, "map"],
      [depth > 0 ? 1 : 0, "operation"],
      [0.5, "bool"],
      [world.symmetric === null ? 0 : 2, "symmetric"],
    ] as const)
  ) {
    case "type":
      return named === undefined ? null : { text: typeSet(named), of: named };
    case "interval": {
      const lo = random.int(0, 1);
      const hi = lo + random.int(0, 2);
      return { text: `(${lo}..${hi})`, of: range(lo, hi) };
    }
    case "read":
      return read !== null && read.type.kind === "set" && cardinality(read.type.of) <= 8
        ? { text: read.text, of: read.type.of }
        : null;
    case "literal": {
      const of = named ?? range(0, 2);
      if (!makeable(scope, of)) return null;
      const count = random.int(1, 2);
      if (isNumber(of)) {
        const values = Array.from({ length: count }, () => random.int(of.lo, of.hi));
        const type = range(Math.min(...values), Math.max(...values));
        return { text: `{${values.map(number).join(", ")}}`, of: type };
      }
      const elements = Array.from({ length: count }, () => literal(scope, of));
      return { text: `{${elements.join(", ")}}`, of };
    }
    case "filter": {
      const domain = domainOf(scope, depth - 1);
      if (domain === null) return null;
      const name = fresh(world, "k");
      const inner = withReadables(scope, { text: name, type: domain.of });
      const condition = boolean(inner, depth - 1);
      return { text: `{${name} in ${domain.text} where ${condition}}`, of: domain.of };
    }
    case "map": {
      const domain = domainOf(scope, depth - 1);
      const of = domain?.of;
      if (domain === null || of === undefined || !isNumber(of) || of.hi - of.lo > 5) return null;
      const name = fresh(world, "k");
      return {
        text: `{(${name} + 1) for ${name} in ${domain.text}}`,
        of: range(of.lo + 1, of.hi + 1),
      };
    }
    case "operation": {
      const domain = domainOf(scope, depth - 1);
      if (domain === null || !isKey(domain.of) || !makeable(scope, domain.of)) return null;
      const other = expression(scope, { kind: "set", of: domain.of }, depth - 1);
      const operator = random.pick(["intersect", "minus"]);
      if (operator === "intersect" && isNumber(domain.of)) return null;
      return { text: `(${domain.text} ${operator} ${other})`, of: domain.of };
    }
    case "bool":
      return { text: "bool", of: { kind: "bool" } };
    case "symmetric":
      return world.symmetric === null
        ? null
        : { text: typeSet(world.symmetric), of: world.symmetric };
  }
}

/** A plain value of a scalar type. */
export function literal(scope: Scope, type: Type): string {
  const { world } = scope;
  if (type.kind === "range" && !type.symmetric) {
    return number(world.random.int(type.lo, Math.min(type.hi, type.lo + 7)));
  }
  return expression(scope, type, 0);
}

/** A call of a def whose result is of a wanted type. */
export function callOf<T>(
  scope: Scope,
  depth: number,
  wanted: (type: Type) => boolean,
  make: (text: string, type: Type) => T,
): T | null {
  const { world, place } = scope;
  const shares = place !== "constant" && place !== "local";
  const def = world.random.some(
    world.defs.filter(
      ({ result, shared, parameters }) =>
        wanted(result) && (shares || !shared) && parameters.every((type) => makeable(scope, type)),
    ),
  );
  if (def === undefined) return null;
  const values = def.parameters.map((type) =>
    expression({ ...scope, hinted: true }, type, depth - 1),
  );
  return make(`${def.name}(${values.join(", ")})`, def.result);
}
