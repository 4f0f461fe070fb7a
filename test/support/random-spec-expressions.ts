// Random expressions of a wanted type, well typed by construction.

import { cardinality, type Type } from "../../src/language/types.ts";
import {
  callOf,
  choose,
  domainOf,
  findRead,
  literal,
  makeable,
  type Producer,
} from "./random-spec-choose.ts";
import {
  comparison,
  located,
  lockState,
  quantified,
  stepCondition,
} from "./random-spec-conditions.ts";
import { numberIn } from "./random-spec-numbers.ts";
import {
  boolean,
  expression,
  fresh,
  isKey,
  isNumber,
  isSymmetric,
  member,
  type Scope,
  typeKey,
  typeSet,
  unhinted,
  withReadables,
} from "./random-spec-world.ts";

/** A text whose value is one of the type (checked when it runs, where the scope is daring). */
export function makeExpression(scope: Scope, type: Type, depth: number): string {
  switch (type.kind) {
    case "bool":
      return makeBoolean(scope, depth);
    case "range":
      return type.symmetric ? other(scope, type, depth) : numberIn(scope, type.lo, type.hi, depth);
    default:
      return other(scope, type, depth);
  }
}

/** A condition. */
export function makeBoolean(given: Scope, depth: number): string {
  const scope = unhinted(given);
  const { random } = scope.world;
  const constant = (): string => (random.chance(0.5) ? "true" : "false");
  const read = (): string | null => findRead(scope, ({ kind }) => kind === "bool")?.text ?? null;
  if (depth <= 0) return read() ?? comparison(scope, 0) ?? constant();
  const sub = (): string => boolean(scope, depth - 1);
  const producers: Producer<string>[] = [
    [0.2, constant],
    [4, read],
    [6, () => comparison(scope, depth)],
    [1.5, () => `(!${sub()})`],
    [2, () => `(${sub()} && ${sub()})`],
    [2, () => `(${sub()} || ${sub()})`],
    [1, () => `(${sub()} => ${sub()})`],
    [0.7, () => `(${sub()} <=> ${sub()})`],
    [2, () => quantified(scope, depth)],
    [0.7, () => `(if ${sub()} then ${sub()} else ${sub()})`],
    [
      1.5,
      () =>
        callOf(
          scope,
          depth,
          ({ kind }) => kind === "bool",
          (text) => text,
        ),
    ],
    [scope.place === "constant" || scope.place === "local" ? 0 : 1.5, () => lockState(scope)],
    [scope.place === "property" || scope.place === "step" ? 5 : 0, () => located(scope)],
    [scope.place === "step" ? 6 : 0, () => stepCondition(scope)],
    [0.5, () => letIn(scope, { kind: "bool" }, depth)],
  ];
  return choose(random, producers, constant);
}

/** `let x = e: body`, with x of any scalar type. */
function letIn(scope: Scope, type: Type, depth: number): string | null {
  const { world } = scope;
  const bound = world.random.some(
    [...world.types, { kind: "bool" } as const].filter((of) => makeable(scope, of)),
  );
  if (bound === undefined || bound.kind === "record") return null;
  const name = fresh(world, "v");
  const value = expression(unhinted(scope), bound, depth - 1);
  // A number's interval may be narrower than its type: it is read as what it is only if it is not a number.
  const readable = isNumber(bound) ? [] : [{ text: name, type: bound }];
  return `(let ${name} = ${value}: ${expression(withReadables(scope, ...readable), type, depth - 1)})`;
}

/** Values of enums, records, options, arrays, sets, sequences, and of symmetric types. */
function other(scope: Scope, type: Type, depth: number): string {
  const { random } = scope.world;
  const wanted = typeKey(type);
  const read = (): string | null =>
    findRead(scope, (found) => typeKey(found) === wanted)?.text ?? null;
  const made = (): string => literalOf(scope, type, depth);
  if (isSymmetric(type)) return read() ?? chosenSymmetric(scope, type);
  if (depth <= 0) return random.chance(0.5) ? made() : (read() ?? made());
  const producers: Producer<string>[] = [
    [3, made],
    [4, read],
    [
      1,
      () =>
        `(if ${boolean(scope, depth - 1)} then ${expression(scope, type, depth - 1)} else ${expression(scope, type, depth - 1)})`,
    ],
    [0.6, () => letIn(scope, type, depth)],
    [
      1,
      () =>
        callOf(
          scope,
          depth,
          (result) => typeKey(result) === wanted,
          (text) => text,
        ),
    ],
    ...updates(scope, type, depth),
  ];
  return choose(random, producers, made);
}

/** A symmetric value has no literal: what is bound over the type can be taken from it. */
function chosenSymmetric(scope: Scope, type: Type): string {
  const bound = scope.readables.find((readable) => typeKey(readable.type) === typeKey(type));
  if (bound === undefined) throw new Error(`no value of ${typeSet(type)} can be read here`);
  return bound.text;
}

function literalOf(scope: Scope, type: Type, depth: number): string {
  const { world } = scope;
  const { random } = world;
  // Where no type is expected nothing is taken out of an option, so that daring ends here.
  const inner = scope.hinted ? scope : { ...scope, daring: 0 };
  const part = (of: Type): string => expression(inner, of, depth - 1);
  switch (type.kind) {
    case "enum":
      return member(world, type, random.some(type.members) ?? "");
    case "option":
      if (!makeable(scope, type.of)) return nullOr(scope, type);
      return scope.hinted && random.chance(0.35) ? "null" : part(type.of);
    case "record":
      return `{ ${type.fields.map((field) => `${field.name}: ${part(field.type)}`).join(", ")} }`;
    case "array": {
      const name = fresh(world, "k");
      const each = withReadables(inner, { text: name, type: type.key });
      return `[${name} in ${typeSet(type.key)}: ${expression(each, type.of, depth - 1)}]`;
    }
    case "set": {
      const count = makeable(scope, type.of) ? random.int(scope.hinted ? 0 : 1, 2) : 0;
      if (count === 0) return scope.hinted ? "{}" : nullOr(scope, type);
      // Numbers of wide intervals would make a set type too large.
      const element = (): string =>
        isNumber(type.of) ? expression(inner, type.of, 0) : part(type.of);
      return `{${Array.from({ length: count }, element).join(", ")}}`;
    }
    case "sequence": {
      const count = makeable(scope, type.of)
        ? random.int(scope.hinted ? 0 : 1, Math.min(2, type.upto))
        : 0;
      if (count === 0) return scope.hinted ? "[]" : nullOr(scope, type);
      return `[${Array.from({ length: count }, () => part(type.of)).join(", ")}]`;
    }
    default:
      return literal(scope, type);
  }
}

/** The empty value of a type, where its type must be said by a conditional with something read. */
function nullOr(scope: Scope, type: Type): string {
  const empty = type.kind === "set" ? "{}" : type.kind === "sequence" ? "[]" : "null";
  if (scope.hinted) return empty;
  const read = findRead(scope, (found) => typeKey(found) === typeKey(type));
  if (read !== null) return read.text;
  if (type.kind === "set") return `{${fresh(scope.world, "k")} in ${typeSet(type.of)} where false}`;
  return empty;
}

/** Ways to change a value: `with`, set operations, comprehensions, `rest`, `append`. */
function updates(scope: Scope, type: Type, depth: number): Producer<string>[] {
  const { world } = scope;
  const { random } = world;
  const sub = (): string => expression(scope, type, depth - 1);
  switch (type.kind) {
    case "record":
      return [
        [
          2,
          () => {
            const base = findRead(scope, (found) => typeKey(found) === typeKey(type));
            const field = random.some(type.fields);
            if (base === null || field === undefined) return null;
            const value = expression({ ...scope, hinted: true }, field.type, depth - 1);
            return `(${base.text} with ${field.name} = (${value}))`;
          },
        ],
      ];
    case "array":
      return [
        [
          2,
          () => {
            const base = findRead(scope, (found) => typeKey(found) === typeKey(type));
            if (base === null || !makeable(scope, type.key) || !makeable(scope, type.of))
              return null;
            const inner = { ...scope, hinted: true };
            const key = expression(inner, type.key, depth - 1);
            const value = expression(inner, type.of, depth - 1);
            return `(${base.text} with [${key}] = (${value}))`;
          },
        ],
      ];
    case "set":
      return [
        [2, () => `(${sub()} ${random.pick(["union", "intersect", "minus"])} ${sub()})`],
        [1, () => (isSymmetric(type.of) || cardinality(type.of) <= 4 ? typeAsSet(type.of) : null)],
        [
          1,
          () => {
            const name = fresh(world, "k");
            const inner = withReadables(scope, { text: name, type: type.of });
            // Where nothing says so, a literal set of `T` is no set of `T?`, nor one of wider records.
            if (!isKey(type.of)) return null;
            const base = expression(unhinted(scope), type, depth - 1);
            return `{${name} in ${base} where ${boolean(inner, depth - 1)}}`;
          },
        ],
        [
          1,
          () => {
            const domain = domainOf(scope, 0);
            if (domain === null) return null;
            const name = fresh(world, "k");
            const inner = withReadables(scope, { text: name, type: domain.of });
            if (!makeable(inner, type.of)) return null;
            return `{${expression(inner, type.of, depth - 1)} for ${name} in ${domain.text}}`;
          },
        ],
      ];
    case "sequence":
      return sequenceUpdates(scope, type, depth);
    default:
      return [];
  }
}

function typeAsSet(type: Type): string | null {
  if (type.kind === "range" && type.name === null) return `(${typeSet(type)})`;
  return type.kind === "range" || type.kind === "enum" || type.kind === "bool"
    ? typeSet(type)
    : null;
}

function sequenceUpdates(
  scope: Scope,
  type: Type & { readonly kind: "sequence" },
  depth: number,
): Producer<string>[] {
  const { random } = scope.world;
  const base = (): string | null =>
    findRead(scope, (found) => typeKey(found) === typeKey(type))?.text ?? null;
  const guarded = (guard: string, text: string, read: string): string =>
    random.chance(scope.daring) ? text : `(if ${guard} then ${text} else ${read})`;
  const element = (): string | null =>
    makeable(scope, type.of) ? expression({ ...scope, hinted: true }, type.of, depth - 1) : null;
  return [
    [
      2,
      () => {
        const read = base();
        return read && guarded(`length(${read}) > 0`, `rest(${read})`, read);
      },
    ],
    [
      4,
      () => {
        const read = base();
        const value = element();
        if (read === null || value === null) return null;
        return guarded(`length(${read}) < ${type.upto}`, `append(${read}, ${value})`, read);
      },
    ],
    [
      1.5,
      () => {
        const read = base();
        const value = element();
        if (read === null || value === null || type.upto === 0) return null;
        const at = random.int(0, type.upto - 1);
        return guarded(`length(${read}) > ${at}`, `(${read} with [${at}] = (${value}))`, read);
      },
    ],
  ];
}
